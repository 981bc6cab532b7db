"""Which pages a transaction of the ledger touches: those of its day and its person, however much is booked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from typing import TypeVar

from bot.store.memory import MemoryLedger
from intents.ledger.pages import Json, Pages, Shelf
from intents.slots import Slot
from tests.support.pages import OPENINGS, Hand, code_of

T = TypeVar("T")
DAYS = tuple(date(2026, 8, 24) + timedelta(days=n) for n in range(12))
TIMES = tuple(time(9 + n) for n in range(8))
TABLE = replace(OPENINGS, slots=TIMES, days={"kitazawa": DAYS})
EDITED = replace(TABLE, slots=tuple(one.replace(minute=30) for one in TIMES))
SLOT = Slot("kitazawa", DAYS[5], TIMES[3])


class Counted(MemoryLedger):
    """Remembers which pages the transactions have read and written."""

    def __init__(self) -> None:
        super().__init__()
        self.read_pages: list[tuple[Shelf, str]] = []
        self.written: list[tuple[Shelf, str]] = []

    def transact(self, work: Callable[[Pages], T]) -> T:
        return super().transact(lambda pages: work(_Counting(pages, self)))


class _Counting:
    def __init__(self, pages: Pages, counts: Counted) -> None:
        self._pages, self._counts = pages, counts

    def get(self, shelf: Shelf, key: str) -> Json | None:
        self._counts.read_pages.append((shelf, key))
        return self._pages.get(shelf, key)

    def put(self, shelf: Shelf, key: str, page: Json | None) -> None:
        self._counts.written.append((shelf, key))
        self._pages.put(shelf, key, page)


def reads_of(hand: Hand, what: Callable[[], object]) -> list[tuple[Shelf, str]]:
    assert isinstance(hand.ledger, Counted)
    hand.ledger.read_pages.clear()
    what()
    return list(hand.ledger.read_pages)


def filled(*, but: Slot = SLOT, whole_day: bool = False) -> Hand:
    """One desk is taken everywhere but at `but`; on its day only if `whole_day`."""
    hand = Hand(Counted(), openings=TABLE)
    for day in DAYS:
        for at in TIMES:
            slot = Slot("kitazawa", day, at)
            if slot != but and (whole_day or day != but.day):
                hand.book("", slot)
    return hand


def test_a_booking_reads_as_many_pages_however_many_others_there_are() -> None:
    hands = [Hand(Counted(), openings=TABLE), filled(), filled(whole_day=True)]
    counts = {len(reads_of(hand, lambda hand=hand: hand.book("anna", SLOT))) for hand in hands}  # type: ignore[misc]
    assert len(counts) == 1 and counts.pop() < 25


def test_after_an_edit_it_reads_the_times_that_reach_into_its_own() -> None:
    hand = filled(whole_day=True)
    hand.openings = EDITED
    slot = replace(SLOT, time=time(14, 30))  # 14:00 and 15:00 are booked for 45 minutes
    read = reads_of(hand, lambda: hand.book("anna", slot))
    places = {key for shelf, key in read if shelf == "place"}
    assert places == {replace(slot, time=at).key for at in (time(14), time(14, 30), time(15))}


def test_moving_cancelling_and_undoing_stay_within_the_days_they_touch() -> None:
    hand, there = filled(whole_day=True), Slot("kitazawa", DAYS[8], TIMES[0])
    code = code_of(hand.book("anna", SLOT))
    read = reads_of(hand, lambda: hand.move("anna", code, there))
    read += reads_of(hand, lambda: hand.restore("anna", code)) + reads_of(hand, lambda: hand.cancel("anna", code))
    assert {key for shelf, key in read if shelf == "place"} == {SLOT.key, there.key}
    assert {key for shelf, key in read if shelf == "booking"} == {code}
    assert {key for shelf, key in read if shelf == "length"} == {f"kitazawa/{one.day}" for one in (SLOT, there)}


def test_a_place_that_is_booked_again_for_as_long_writes_no_lengths() -> None:
    """So that on Redis two who book on one day are seldom in each other's way."""
    hand = Hand(Counted(), openings=TABLE)
    hand.cancel("anna", code_of(hand.book("anna", SLOT)))
    assert isinstance(hand.ledger, Counted)
    hand.ledger.written.clear()
    assert hand.book("bert", SLOT).ok
    assert "length" not in {shelf for shelf, _ in hand.ledger.written}
