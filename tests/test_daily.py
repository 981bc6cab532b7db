"""What is said of today, of closed days, and after the end is what the table and the ward's closures say."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import cast

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge import Edition
from intents.bookings import Bookings
from intents.daily import Daily
from intents.desk import Desk, respond
from intents.model import LANGS, Lang, Reply, Tap
from intents.office import JST
from intents.open_days import in_words
from intents.say import Speaker
from intents.slots import Slot, open_venues
from intents.talk import Followed, Said, Sent, Talk, Tapped
from intents.turn import Turn
from intents.wishes import read_wish
from intents.wording import accepts_bookings, fill
from tests.support.conversation import Cases

AFTER = datetime(2026, 11, 2, 10, tzinfo=JST)


class Ledger:
    """As much of a ledger as the facts of the day read."""

    def __init__(self, closed: Mapping[tuple[str, date], str], taken: Mapping[Slot, int] | None = None) -> None:
        self._closed, self._taken = closed, taken or {}

    def closed(self) -> Mapping[tuple[str, date], str]:
        return self._closed

    def taken(self) -> Mapping[Slot, int]:
        return self._taken


def daily(practice: Edition, now: datetime, closed: Mapping[tuple[str, date], str], lang: Lang = "ja") -> Daily:
    speak = Speaker(practice.catalogue, lang, now.date())
    return Daily(speak, now, cast(Bookings, Ledger(closed)))


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_open_is_said_of_exactly_the_counters_that_are(data: st.DataObject, practice: Edition) -> None:
    """Of no closed one, of no other day's, and of every one that is."""
    openings = practice.catalogue.facts.openings
    assert openings is not None
    names = {venue.id: venue.name.ja for venue in practice.catalogue.facts.venues}
    day = data.draw(st.dates(date(2026, 8, 3), date(2026, 10, 30)))
    due = open_venues(openings, day)
    shut = data.draw(st.sets(st.sampled_from(due))) if due else set()
    now = datetime.combine(day, datetime.min.time(), JST) + timedelta(hours=8)
    said = daily(practice, now, {(venue, day): "台風" for venue in shut}).today()
    first = said.split("\n")[0]
    there = [venue for venue in due if venue not in shut]
    assert ("開いています" in first) == bool(there), said
    assert {venue for venue, name in names.items() if name in first} == set(there)


@pytest.mark.parametrize("lang", LANGS)
def test_a_closed_day_is_named_until_it_is_past(practice: Edition, lang: Lang) -> None:
    closed = {("kitazawa", date(2026, 8, 12)): "台風", ("kitazawa", date(2026, 8, 5)): ""}
    during = daily(practice, datetime(2026, 8, 12, 20, tzinfo=JST), closed, lang).notice()
    assert "台風" in during and during.count("\n") == 0
    assert daily(practice, datetime(2026, 8, 13, 8, tzinfo=JST), closed, lang).notice() == ""


def test_of_many_closed_days_the_rest_is_counted(practice: Edition) -> None:
    closed = {("kinuta", date(2026, 8, day)): "" for day in range(20, 29)}
    notice = daily(practice, datetime(2026, 8, 3, 9, tzinfo=JST), closed).notice()
    assert notice.count("\n") == 6 and "3日あります" in notice


def test_a_venue_whose_days_are_past_is_said_to_be_over(practice: Edition) -> None:
    said = daily(practice, datetime(2026, 10, 26, 9, tzinfo=JST), {}).dates()
    assert "砧総合支所：終わりました" in said and "玉川総合支所：10月26日（月）〜10月30日（金）" in said


def test_in_a_group_what_was_closed_is_not_known_and_that_is_said(practice: Edition) -> None:
    now = datetime(2026, 8, 4, 9, tzinfo=JST)
    group = Daily(Speaker(practice.catalogue, "ja", now.date()), now, None)
    assert "急なお休みは、ここではわかりません" in group.today()
    assert group.closures() == ""


def test_without_a_table_nothing_is_said_of_the_day(edition: Edition) -> None:
    now = datetime(2026, 8, 4, 9, tzinfo=JST)
    assert Daily(Speaker(edition.catalogue, "ja", now.date()), now, None)("today_open") is None
    assert fill("{today_open}", edition.catalogue.facts, "ja", now.date()).missing


@pytest.mark.parametrize(
    ("day", "accepts"), [("2026-07-26", False), ("2026-07-27", True), ("2026-10-30", True), ("2026-10-31", False)]
)
def test_bookings_are_taken_from_their_first_day_to_the_end(practice: Edition, day: str, accepts: bool) -> None:
    facts = practice.catalogue.facts
    assert facts.openings is not None
    facts = replace(facts, openings=replace(facts.openings, accept_from=date(2026, 7, 27)))
    assert accepts_bookings(facts, date.fromisoformat(day)) is accepts


@pytest.mark.parametrize(
    "phrase", ["today_open", "two_at_once", "booking_how", "booking_since", "booking_phone", "book_for_family"]
)
def test_before_booking_opens_it_is_not_offered_as_open(practice: Edition, phrase: str) -> None:
    """With a table whose first day of booking is still to come."""
    catalogue = practice.catalogue
    assert catalogue.facts.openings is not None
    later = replace(catalogue.facts.openings, accept_from=date(2026, 9, 1))
    catalogue = replace(catalogue, facts=replace(catalogue.facts, openings=later))
    speak = Speaker(catalogue, "ja", date(2026, 8, 4))
    now = datetime(2026, 8, 4, 9, tzinfo=JST)
    said = speak.answer(catalogue.entries[phrase], False, Daily(speak, now, cast(Bookings, Ledger({}))))
    assert said and "いま、" not in said and "一番早くて" not in said, said


@pytest.mark.parametrize("lang", LANGS)
def test_after_the_end_no_large_button_leads_to_the_counter(practice: Edition, lang: Lang) -> None:
    desk = Desk(practice.catalogue, practice.matcher, Cases())
    entries = practice.catalogue.entries
    said: list[Said] = [Tapped("entry", (name,)) for name, entry in entries.items() if not entry.start]
    over = {"entry:booking", "entry:booking_change", "entry:booking_check", "entry:bring_check", "entry:where"}
    for one in (*said, Sent("sticker"), Sent("image"), Followed()):
        reply, _ = respond(one, Talk(chosen=lang), desk, AFTER)
        assert not over & _large(reply), one
        assert len(_large(reply)) >= 2, one


def _large(reply: Reply) -> set[str]:
    return {b.data for bubble in reply.bubbles for b in bubble.buttons if isinstance(b, Tap)}


DAY_QUESTIONS = ("8月14日はやってますか", "あさっては休みですか", "14日の砧は開いていますか", "今から行けますか", "これから行っても大丈夫ですか",
                 "今週の金曜日はやっていますか", "Is it open on August 14?")
NO_DAY_QUESTIONS = ("12日は仕事が休みなので行けます", "8月14日に予約したい", "14日の席は空いていますか", "今から病院に行きます", "窓口はやっていますか",
                    "今から予約を変えたい", "30日に電話は開いていますか", "ポイントは8月からやっていますか",
                    "土曜日はやっていますか", "日曜も開いていますか", "Are you open on Sundays?")  # fmt: skip


@pytest.mark.parametrize("text", DAY_QUESTIONS + NO_DAY_QUESTIONS)
def test_a_question_whether_a_day_is_open_is_told_from_a_wish(text: str, practice: Edition) -> None:
    now = datetime(2026, 8, 4, 10, tzinfo=JST)
    ledger = cast(Bookings, Ledger({}))
    desk = Desk(practice.catalogue, practice.matcher, Cases(), ledger)
    turn = Turn(desk, Talk(), now, Speaker(practice.catalogue, "ja", now.date()))
    found = in_words(turn, text, read_wish(text, practice.catalogue, now.date()))
    assert (found is not None) == (text in DAY_QUESTIONS)
