"""Whom an edit of the table has left without a place: who is named, where it is said, and that nothing else happens."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.cli import main
from bot.knowledge import Edition
from bot.operating import Operating
from bot.over_capacity import after_edit, lines
from bot.reception import Reception
from intents.bookings import Booking, Misfit
from intents.misfits import Lasting, misfits
from intents.model import Openings
from intents.office import JST
from intents.overlap import Visit, minute_of, most_at_once
from intents.slots import Slot
from tests.support.desk import ROOT
from tests.support.pages import NOW, OPENINGS, TUESDAY, WEDNESDAY, Hand, code_of, guest

Printed = pytest.CaptureFixture[str]

PRACTICE = (ROOT / "faq" / "practice" / "facts.yaml").read_text(encoding="utf-8")
SLOTS = 'slots: ["9:00", "9:45", "10:30", "11:15", "13:00", "13:45", "14:30", "15:15"]'
KITAZAWA = "      - 2026-08-10〜2026-08-14\n"
DAY = "2026-08-12"


# ------------------------------------------------------------------ the commands, as staff type them
class Office:
    """A store, and content in a folder of its own that staff edit.

    `said`, `warned`: what the last command printed, and on stderr.
    """

    def __init__(self, folder: Path, capsys: Printed, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self._capsys = folder / "faq", capsys
        self.folder.mkdir()
        self.save()
        self.store = folder / "desk.db"
        monkeypatch.setenv("STORE_URL", f"sqlite:///{self.store}")
        monkeypatch.setenv("FAQ_DIR", str(self.folder))
        self._environ, self.minutes = monkeypatch, 0
        self.said = self.warned = ""

    def save(self, *edits: tuple[str, str]) -> None:
        """The practice content with these pieces of text exchanged."""
        text = PRACTICE.replace("base: ..", f"base: {ROOT / 'faq'}")
        for before, after in edits:
            assert before in text, before
            text = text.replace(before, after, 1)
        (self.folder / "facts.yaml").write_text(text, encoding="utf-8")

    def __call__(self, *argv: str) -> int:
        self._capsys.readouterr()
        self.minutes += 1  # every command is typed a minute after the one before
        now = datetime(2026, 8, 3, 10, tzinfo=JST) + timedelta(minutes=self.minutes)
        self._environ.setenv("DESK_CLOCK", now.isoformat())
        code = main(argv)
        self.said, self.warned = self._capsys.readouterr()
        return code

    def books(self, at: str, people: int = 1, day: str = DAY) -> str:
        booked = self("book", "--venue", "北沢", "--date", day, "--time", at, "--people", str(people), "--json")
        assert booked == 0, self.said
        return str(json.loads(self.said)["reference"])

    def listed(self) -> dict[str, dict[str, Any]]:
        assert self("bookings", "--json") == 0
        return {one["reference"]: one for one in json.loads(self.said)}

    def check(self) -> int:
        return self("check", str(self.folder))


@pytest.fixture
def office(tmp_path: Path, capsys: Printed, monkeypatch: pytest.MonkeyPatch) -> Office:
    return Office(tmp_path, capsys, monkeypatch)


def slots(times: str, minutes: int = 45) -> tuple[tuple[str, str], ...]:
    listed = ", ".join(f'"{one}"' for one in times.split())
    return (SLOTS, f"slots: [{listed}]"), ("minutes: 45", f"minutes: {minutes}")


def staff(people: int) -> tuple[tuple[str, str], ...]:
    return (("  days:\n", f"  staff_on:\n    kitazawa: {{2026-08-12: {people}}}\n  days:\n"),)


# Two are booked at 9:45 (a couple), then one at 10:30, then another at 10:30. What is said of each.
LABELS = {"no_day": "表にない日", "no_time": "表にない時刻", "too_many": "人数が係より多い"}
EDITS: dict[str, tuple[tuple[tuple[str, str], ...], tuple[list[str], list[str], list[str]]]] = {
    "nothing that touches them": (slots("9:45 10:30 15:15"), ([], [], [])),
    "slots shifted earlier": (slots("9:15 10:00 10:45"), (["no_time"], ["no_time"], ["no_time"])),
    "one of the times taken out": (slots("9:00 9:45 11:15"), ([], ["no_time"], ["no_time"])),
    "the earlier time taken out": (slots("9:00 10:30"), (["no_time"], [], [])),
    "visits that last longer from now on": (slots("9:45 10:45", 60), ([], ["no_time"], ["no_time"])),
    "one person fewer on duty": (staff(2), (["too_many"], [], ["too_many"])),
    "the usual staff cut to two": ((("desks: 2", "desks: 1\n  staff: 2"),), (["too_many"], [], ["too_many"])),
    "one on duty": (staff(1), (["too_many"],) * 3),
    "nobody on duty": (staff(0), (["too_many"],) * 3),
    "fewer staff and other times": ((*staff(2), *slots("9:45 10:45")), (["too_many"], ["no_time"], ["no_time", "too_many"])),
    "the day taken out": (((KITAZAWA, "      - 2026-08-10\n"),), (["no_day"],) * 3),
    "the venue's weekday taken out": (((KITAZAWA, f"{KITAZAWA}      - 休み 第2水曜\n"),), (["no_day"],) * 3),
    "the day moved to another venue": (
        ((KITAZAWA, f"{KITAZAWA}      - 休み {DAY}\n"), ("    kinuta:\n", f"    kinuta:\n      - {DAY}\n")),
        (["no_day"],) * 3,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EDITS)
class TestEdits:
    @pytest.fixture
    def codes(self, office: Office, name: str) -> list[str]:
        """The references of the couple and of the two, in the order of booking; then the table is edited."""
        booked = [office.books("9:45", 2), office.books("10:30"), office.books("10:30")]
        office.save(*EDITS[name][0])
        return booked

    def test_the_list_says_why_and_nobody_is_cancelled(self, office: Office, name: str, codes: list[str]) -> None:
        listed = office.listed()
        assert [listed[code]["problems"] for code in codes] == list(EDITS[name][1])
        assert {one["status"] for one in listed.values()} == {"booked"} and len(listed) == 3
        assert office("bookings") == 0
        for code, why in zip(codes, EDITS[name][1], strict=True):
            (line,) = (line for line in office.said.splitlines() if code in line)
            assert ("・".join(LABELS[one] for one in why) or "予約") in line
        there = {one for why in EDITS[name][1] for one in why}
        assert {one for one, label in LABELS.items() if f"\n{label}：" in office.said} == there

    def test_check_names_them_before_it_goes_live(self, office: Office, name: str, codes: list[str]) -> None:
        found = office.check()
        told = [line for line in office.said.splitlines() if line.startswith("△ 予約と表が合いません")]
        for code, why in zip(codes, EDITS[name][1], strict=True):
            assert [one for one, label in LABELS.items() if any(code in line and label in line for line in told)] == [
                one for one in LABELS if one in why
            ]
        assert found == (1 if told else 0) and f"注意 {len(told)}件" in office.said
        assert all("8月12日（水）" in line and "北沢総合支所" in line and "電話" in line for line in told)

    def test_the_sheet_marks_them_and_shows_no_desk_as_free_that_is_not(
        self, office: Office, name: str, codes: list[str]
    ) -> None:
        assert office("sheet", "--venue", "北沢", "--date", DAY) == 0
        html = unescape(office.said)
        for code, why in zip(codes, EDITS[name][1], strict=True):
            marks = "".join(mark for one, mark in (("no_time", "◆"), ("too_many", "▲")) if one in why)
            assert f'class="code">{marks}{code}<' in html
            assert ("no_day" in why) == ("表にない日です" in html)
        assert ("▲ 人数が係より多い" in html) == any("too_many" in why for why in EDITS[name][1])

    def test_taken_back_nothing_is_left_to_say(self, office: Office, name: str, codes: list[str]) -> None:
        office.save()
        assert office.check() == 0 and "予約と表" not in office.said
        assert all(not one["problems"] for one in office.listed().values())


class TestCheck:
    def test_without_a_store_it_is_as_it_was_and_makes_none(self, office: Office) -> None:
        assert office.check() == 0 and not office.store.exists()
        assert office.said.strip() == "まちがい 0件（✕ 直すまで使えません）、注意 0件（△）"

    def test_a_store_that_cannot_be_read_is_told_and_the_content_is_checked(self, office: Office) -> None:
        office.store.write_bytes(b"no database at all, and longer than its header would be" * 40)
        assert office.check() == 0
        assert "照らし合わせはしていません" in office.warned and "まちがい 0件" in office.said

    def test_content_without_any_counter_is_not_held_against_the_bookings(self, office: Office, tmp_path: Path) -> None:
        office.books("9:45")
        other = tmp_path / "other"
        other.mkdir()
        (other / "city.yaml").write_text("- id: garbage\n  phrases: [ごみの日はいつですか]\n  answer: 月曜です。\n", "utf-8")
        office("check", str(other))
        assert "予約と表" not in office.said

    def test_a_table_taken_away_is_told(self, office: Office) -> None:
        code = office.books("9:45")
        assert office("check", str(ROOT / "faq")) == 1 and code in office.said and "表にない日" in office.said

    def test_a_visit_that_is_over_is_nobodys_trouble(self, office: Office) -> None:
        office.books("9:45")
        office.save((KITAZAWA, "      - 2026-08-10\n"))
        office.minutes = 9 * 24 * 60 + 29  # 10:30 on that day
        assert office.check() == 0 and not next(iter(office.listed().values()))["problems"]

    def test_what_to_do_is_said_with_it(self, office: Office) -> None:
        office.books("9:45")
        for edit, words in (
            (staff(1), ("staff_on", "ほかの方の席は足りています")),
            (slots("9:00"), ("そのままお迎えください", "お電話を")),
            (((KITAZAWA, "      - 2026-08-10\n"),), ("madoguchi close", "日をもどして")),
        ):
            office.save(*edit)
            assert office.check() == 1 and all(one in office.said for one in words), office.said


# ------------------------------------------------------------------ the cases that were found, as they were told
def test_overlapping_times_are_not_booked_and_the_old_ones_are_told(office: Office) -> None:
    """slots-moved-overlap: 2 at 9:45 and 1 at 10:30, times edited to 9:15, 10:00, 10:45, then 10:00 for two."""
    codes = [office.books("9:45", 2), office.books("10:30")]
    office.save(*slots("9:15 10:00 10:45"))
    assert office("book", "--venue", "北沢", "--date", DAY, "--time", "10:00", "--people", "2") == 1
    assert office("book", "--venue", "北沢", "--date", DAY, "--time", "10:00") == 1
    assert "いっぱい" in office.said and "8月12日（水）午前10時45分" in office.said
    assert office.check() == 1 and all(code in office.said for code in codes)
    office("bookings")
    assert office.said.count("表にない時刻") == 3 and "表にない日" not in office.said  # two rows, and what to do


def test_a_cut_from_three_to_two_names_the_later_of_two(office: Office) -> None:
    """staff-cut-unsaid, staff-two: two booked at 10:30, then two on duty: one desk."""
    first, second = office.books("10:30"), office.books("10:30")
    office.save(*staff(2))
    assert office.check() == 1 and second in office.said and first not in office.said
    assert office.listed()[second]["problems"] == ["too_many"] and not office.listed()[first]["problems"]
    office("sheet", "--venue", "北沢", "--date", DAY)
    assert f"▲{second}" in office.said and f"▲{first}" not in office.said
    assert office("book", "--venue", "北沢", "--date", DAY, "--time", "10:30") == 1


def test_on_the_sheet_nobody_sits_where_others_still_are(office: Office) -> None:
    """Two walk in at 10:00: both desks are the couple's until 10:30."""
    office.books("9:45", 2)
    office.save(*slots("9:15 10:00 10:45"))
    office("sheet", "--venue", "北沢", "--date", DAY)
    rows = {at: office.said.split(f">{at}</th>")[1].split("</tbody>")[0] for at in ("9:15", "9:45", "10:00", "10:45")}
    assert "空きはありません" in rows["9:15"] and "空きはありません" in rows["10:00"]
    assert rows["9:45"].count("◆") == 2 and rows["10:45"].count('class="box"') == 2


# ------------------------------------------------------------------ who is named
def booking(reference: str, at: str, people: int = 1, made: int = 0, state: Any = "booked") -> Booking:
    slot = Slot("kitazawa", TUESDAY, time.fromisoformat(at))
    return Booking(reference, slot, people, tuple(range(people)), made=made, state=state)


def named(*found: Booking, openings: Openings = OPENINGS, minutes: int = 45) -> dict[str, tuple[Misfit, ...]]:
    return dict(misfits([Lasting(one, minutes) for one in found], openings, datetime.fromtimestamp(NOW, JST)))


class TestWhoIsNamed:
    def test_who_booked_later_whatever_the_order_they_are_found_in(self) -> None:
        found = [booking(str(n), "09:00", made=n) for n in range(4)]
        for _ in range(5):
            random.Random(1).shuffle(found)
            assert named(*found) == {"2": ("too_many",), "3": ("too_many",)}

    def test_those_of_one_second_are_told_apart_by_their_reference(self) -> None:
        assert named(*(booking(one, "09:00") for one in "cab")) == {"c": ("too_many",)}

    def test_only_as_many_as_must_leave(self) -> None:
        """The second overlaps with the first and with the third; without it both fit."""
        chain = [booking("first", "09:00", 2, 1), booking("second", "09:45", 2, 2), booking("third", "10:15", 2, 3)]
        openings = replace(OPENINGS, slots=tuple(one.slot.time for one in chain))
        assert named(*chain, openings=openings, minutes=60) == {"second": ("too_many",)}

    def test_who_is_cancelled_or_displaced_counts_for_nothing(self) -> None:
        assert named(*(booking(state, "09:00", 2, n, state) for n, state in enumerate(("cancelled", "closed", "booked")))) == {}

    def test_of_a_day_that_is_gone_only_that_is_said(self) -> None:
        gone = replace(OPENINGS, days={"kitazawa": (WEDNESDAY,)})
        assert named(*(booking(one, "09:00", 2) for one in "abc"), openings=gone) == dict.fromkeys("abc", ("no_day",))


times = st.sampled_from([time(9, n) for n in range(0, 60, 15)] + [time(10, n) for n in range(0, 60, 15)])
some = st.lists(st.tuples(times, st.integers(1, 2), st.integers(0, 3), st.sampled_from([30, 45, 60])), max_size=10)


@given(some, st.integers(0, 3), st.randoms(use_true_random=False))
def test_without_those_named_everybody_fits_and_with_any_of_them_somebody_does_not(
    made: list[tuple[time, int, int, int]], desks: int, chance: random.Random
) -> None:
    openings = replace(OPENINGS, slots=tuple(sorted({one[0] for one in made})), desks=desks, on_duty=desks + 1)
    found = [
        Lasting(booking(f"{n}", f"{at:%H:%M}", people, order), minutes)
        for n, (at, people, order, minutes) in enumerate(made)
    ]
    why = misfits(found, openings, datetime.fromtimestamp(NOW, JST))
    shuffled = chance.sample(found, len(found))
    assert misfits(shuffled, openings, datetime.fromtimestamp(NOW, JST)) == why
    fitting = [one for one in found if one.booking.reference not in why]
    assert _fullest(fitting) <= desks
    assert all(_fullest([*fitting, one]) > desks for one in found if one.booking.reference in why)


def _fullest(found: list[Lasting]) -> int:
    visits = [
        Visit(starts := minute_of(one.booking.slot.time), starts + one.minutes)
        for one in found
        for _ in range(one.booking.people)
    ]
    return most_at_once(visits, 0, 24 * 60)


# ------------------------------------------------------------------ the person's own view, on both stores
class TestOwnView:
    def unfit(self, hand: Hand, user: str, openings: Openings) -> dict[str, tuple[Misfit, ...]]:
        return dict(Reception(hand.ledger, guest(user), "", openings, hand.now).misfits())

    def test_only_the_later_one_sees_it_of_her_booking(self, hand: Hand) -> None:
        code_of(hand.book("anna"))
        hand.now += 60
        later = code_of(hand.book("bert"))
        cut = replace(OPENINGS, staff={("kitazawa", TUESDAY): 2})
        assert self.unfit(hand, "anna", cut) == {} and self.unfit(hand, "bert", cut) == {later: ("too_many",)}
        assert self.unfit(hand, "bert", OPENINGS) == {}

    @pytest.mark.parametrize(
        ("edited", "why"),
        [
            (replace(OPENINGS, slots=(time(10),)), "no_time"),
            (replace(OPENINGS, days={"kitazawa": (WEDNESDAY,)}), "no_day"),
            (replace(OPENINGS, days={"kinuta": (TUESDAY,)}), "no_day"),
            (replace(OPENINGS, on_duty=1), "too_many"),
        ],
    )
    def test_each_reason_is_told_apart(self, hand: Hand, edited: Openings, why: Misfit) -> None:
        code = code_of(hand.book("anna"))
        assert self.unfit(hand, "anna", edited) == {code: (why,)}

    def test_who_moves_to_a_time_that_fits_is_named_no_more(self, hand: Hand) -> None:
        code = code_of(hand.book("anna"))
        hand.openings = replace(OPENINGS, slots=(time(9, 15), time(13, 45)))
        assert self.unfit(hand, "anna", hand.openings)
        hand.move("anna", code, Slot("kitazawa", TUESDAY, time(9, 15)))
        assert self.unfit(hand, "anna", hand.openings) == {}


# ------------------------------------------------------------------ as an edit goes live
class TestGoingLive:
    @pytest.fixture
    def log(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, dict[str, Any]]]]:
        noted: list[tuple[str, dict[str, Any]]] = []
        monkeypatch.setattr("bot.over_capacity.note", lambda what, level, **fields: noted.append((what, fields)))
        yield noted

    def edit(self, hand: Hand, openings: Openings | None) -> None:
        after_edit(hand.ledger, openings, datetime.fromtimestamp(hand.now, JST))

    def test_one_line_for_each_venue_with_how_many_and_nothing_more(self, hand: Hand, log: list[Any]) -> None:
        hand.openings = replace(OPENINGS, days={"kitazawa": (TUESDAY,), "kinuta": (TUESDAY, WEDNESDAY)})
        for user, venue, day in (("a", "kitazawa", TUESDAY), ("b", "kinuta", TUESDAY), ("c", "kinuta", WEDNESDAY)):
            hand.book(user, Slot(venue, day, time(9)))
        self.edit(hand, hand.openings)
        assert log == []
        self.edit(hand, replace(hand.openings, on_duty=1))
        assert log == [("over_capacity", {"venue": "kinuta", "count": 2}), ("over_capacity", {"venue": "kitazawa", "count": 1})]

    def test_the_log_takes_these_fields(self) -> None:
        from bot.log import FIELDS

        assert {"venue", "count"} <= set(FIELDS)

    def test_a_table_taken_away_leaves_everybody_without_a_place(self, hand: Hand, log: list[Any]) -> None:
        hand.book("anna")
        self.edit(hand, None)
        assert log == [("over_capacity", {"venue": "kitazawa", "count": 1})]

    def test_who_waits_has_what_the_edit_made_room_for(self, hand: Hand, log: list[Any]) -> None:
        hand.openings = replace(OPENINGS, slots=(time(9),), on_duty=2)
        hand.book("anna")
        hand.wait("bert")
        self.edit(hand, hand.openings)
        assert hand.notices("offer") == []
        self.edit(hand, replace(hand.openings, on_duty=3))
        assert len(hand.notices("offer")) == 1 and "offer:bert" in hand.desks().values()
        self.edit(hand, replace(hand.openings, on_duty=3))
        assert len(hand.notices("offer")) == 1

    def test_nothing_of_anybody_is_changed(self, hand: Hand, log: list[Any]) -> None:
        hand.book("anna")
        before = Counter(json.dumps(page) for page in hand.ledger.shelf("booking").values()), hand.desks()
        self.edit(hand, replace(OPENINGS, slots=(), days={}))
        assert (Counter(json.dumps(page) for page in hand.ledger.shelf("booking").values()), hand.desks()) == before


def test_the_lines_are_by_day_and_reason_with_all_who_are_meant(hand: Hand, practice: Edition) -> None:
    facts = practice.catalogue.facts
    assert facts.openings is not None
    hand.openings, now = facts.openings, datetime(2026, 8, 3, 10, tzinfo=JST)
    hand.now = int(now.timestamp())
    day = date(2026, 8, 12)
    codes = [code_of(hand.book("", Slot("kitazawa", day, time(hour)), event=f"{hour}")) for hour in (9, 13)]
    gone = replace(facts.openings, days={"kitazawa": (date(2026, 8, 13),)})
    (line,) = lines(replace(practice.catalogue, facts=replace(facts, openings=gone)), hand.ledger, now)
    assert all(code in line for code in codes) and line.count("表にない日") == 1
    assert not Operating(hand.ledger, practice.catalogue, now).misfits()
