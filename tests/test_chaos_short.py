"""`make chaos` in small: the desk dies while people book, and nothing is given twice or lost."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from bot.knowledge import Edition
from intents.bookings import Booking
from intents.model import Lang
from intents.slots import Slot
from tests.chaos.books import Books, hash_of
from tests.chaos.check import Story, faults, staff_faults
from tests.chaos.crowd import Press
from tests.chaos.plan import SHORT
from tests.chaos.reading import Messages, Reader
from tests.chaos.rounds import catalogue, naive_round, one_round

ANNA, BERTA = "U" + "a" * 32, "U" + "b" * 32
SLOT, LATER = Slot("kitazawa", date(2026, 8, 10), time(9)), Slot("kitazawa", date(2026, 8, 10), time(9, 45))
REFUSED: Messages = [{"type": "text", "text": "ごめんなさい。"}]
WISH = "bookit:kitazawa:2026-08-10:0900:1s:both:0123456789abcdef"


@pytest.mark.proof
@pytest.mark.parametrize("store", ["sqlite", "redis"])
def test_forty_people_twelve_places_and_kill_9_leave_no_fault(store: str, tmp_path: Path) -> None:
    report = one_round(store, 5, SHORT, tmp_path / store)
    assert report.faults == ()
    assert report.standing > 0 and report.refused > 0 and report.killed > 0


@pytest.mark.proof
def test_a_store_that_does_not_compare_before_it_writes_is_found_out(
    tmp_path: Path, practice: Edition
) -> None:
    # Two bookings on one desk; with luck for the naive store no two users meet in one round.
    rounds = (naive_round(seed, SHORT, tmp_path / f"naive{seed}", practice) for seed in range(5, 13))
    assert any("has not the desks" in fault for report in rounds for fault in report.faults)


class TestChecker:
    """Each kind of fault, put into a story that is otherwise without one."""

    def test_a_booking_that_was_told_and_stands_is_no_fault(self) -> None:
        assert self.found(told(), [anna()]) == []

    def test_a_booking_told_that_the_store_has_lost(self) -> None:
        assert self.found(told(), []) != []

    def test_a_booking_that_nobody_was_told_of(self) -> None:
        lost = anna("もみじ-99", LATER)
        assert "もみじ-99" in " ".join(self.found(told(), [anna(), lost]))

    def test_a_receipt_with_another_time_than_the_store_has(self) -> None:
        assert self.found(told(), [anna(slot=LATER)]) != []

    def test_a_wish_that_was_granted_and_then_refused(self) -> None:
        found = self.found([*told(), ("t2", REFUSED)], [anna()], presses=[press("1"), press("2")])
        assert found == ["a wish got yes and then no: 0123456789abcdef"]

    def test_a_wish_that_was_refused_and_then_granted_is_no_fault(self) -> None:
        assert self.found([("t0", REFUSED), *told()], [anna()], presses=[press("0"), press("1")]) == []

    def test_a_booking_that_stands_though_its_only_event_was_refused(self) -> None:
        pushed = [(ANNA, messages) for _, messages in told()]
        found = self.found([("t1", REFUSED), *pushed], [anna()])
        assert found == ["1 bookings of 0 wishes that were not refused"]

    def test_an_acknowledged_event_without_an_answer(self) -> None:
        found = self.found(told(), [anna()], presses=[press("1"), press("2", "who:self", BERTA)])
        assert found == ["acknowledged and not answered: who:self"]

    @pytest.mark.parametrize("lang", ["ja", "easy", "en"])
    def test_an_acknowledged_event_that_was_answered_with_an_apology(self, lang: Lang) -> None:
        """But where LINE was asked to send it again, it was the truth."""
        sorry: Messages = [{"type": "text", "text": catalogue().prompts["busy"].say(lang)}]
        log, presses = [*told(), ("t2", sorry)], [press("1"), press("2", "who:self", BERTA)]
        found = self.found(log, [anna()], presses=presses)
        assert found == ["acknowledged and answered with an apology: who:self"]
        assert self.found(log, [anna()], presses=presses, put_off={"e2"}) == []

    def test_a_desk_that_is_kept_for_no_booking(self) -> None:
        books = books_of([anna()])
        books.places[LATER.key] = {0: ("すみれ-10", 0)}
        assert any("does not stand there" in fault for fault in self.found(told(), [], books=books))

    def test_a_hold_that_outlives_its_time(self) -> None:
        books = books_of([anna()])
        books.places[LATER.key] = {0: ("hold:somebody", 500)}
        assert self.found(told(), [], books=books) == ["held over its time: hold:somebody"]

    def test_more_places_than_one_person_may_have(self) -> None:
        three = [anna(), anna("もみじ-99", LATER), anna("すみれ-10", replace(LATER, time=time(13)))]
        assert any("has 3 places" in fault for fault in self.found(told(), three))

    def test_a_staff_list_that_lacks_a_booking(self) -> None:
        assert len(staff_faults([], books_of([anna()]))) == 1

    @staticmethod
    def found(
        log: list[tuple[str, Messages]],
        bookings: list[Booking],
        *,
        presses: list[Press] | None = None,
        books: Books | None = None,
        put_off: Collection[str] = ()
    ) -> list[str]:
        pressed = presses or [press("1")]
        reader = Reader(catalogue(), SHORT.slots)
        story = Story(SHORT, reader, pressed, {one.event for one in pressed}, set(put_off), log)
        return faults(story, books or books_of(bookings), 0, 1000.0)


def press(name: str, data: str = WISH, user: str = ANNA) -> Press:
    return Press(f"e{name}", f"t{name}", user, data)


def told() -> list[tuple[str, Messages]]:
    """Anna's receipt, as a reply to her first press."""
    text = "予約できました。\n\n場所：北沢総合支所\n日時：8月10日（月）午前9時\n予約の合い言葉：さくら-27"
    return [("t1", [{"type": "text", "text": text}])]


def anna(code: str = "さくら-27", slot: Slot = SLOT) -> Booking:
    return Booking(code, slot, 1, (0,), user=hash_of(ANNA))


def books_of(bookings: list[Booking]) -> Books:
    """The pages of these bookings, each on its desks."""
    places = {one.slot.key: dict.fromkeys(one.desks, (one.reference, 0)) for one in bookings}
    return Books(places, {one.reference: one for one in bookings}, {}, {}, {})
