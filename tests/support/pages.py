"""A careless ledger, and the hand that the tests of the ledger use on every store.

`NaiveLedger` reads, decides, and then
writes without comparing: the mistake that every test of simultaneous claims must catch.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from types import MappingProxyType
from typing import TypeVar

from bot.store.base import Ledger
from bot.store.memory import MemoryLedger
from intents import ledger
from intents.bookings import Guest, Outcome, Waiting, Wish
from intents.ledger import closing, guests, holding, places
from intents.ledger.pages import Json, Pages, Shelf, once
from intents.ledger.places import Table
from intents.model import Openings
from intents.office import JST
from intents.slots import Slot
from tests.support.patience import PATIENCE

T = TypeVar("T")

TUESDAY, WEDNESDAY = date(2026, 8, 25), date(2026, 8, 26)
NINE, QUARTER, AFTERNOON = time(9), time(9, 45), time(13, 45)
OPENINGS = Openings((NINE, QUARTER, AFTERNOON), 2, 45, MappingProxyType({"kitazawa": (TUESDAY, WEDNESDAY)}))
SLOT, OTHER = Slot("kitazawa", TUESDAY, NINE), Slot("kitazawa", TUESDAY, AFTERNOON)
NEXT_DAY = Slot("kitazawa", WEDNESDAY, NINE)
NOW = int(datetime(2026, 8, 20, 10, 0, tzinfo=JST).timestamp())


class NaiveLedger(MemoryLedger):
    """Writes what it decided whatever happened meanwhile. `pause` is between the two."""

    def __init__(self, pause: Callable[[], object]) -> None:
        super().__init__()
        self._pause = pause

    def transact(self, work: Callable[[Pages], T]) -> T:
        return self.run(work, self._pause)


@dataclass
class Hand:
    """The ledger's rules, each call one transaction on `ledger` at the moment `now`."""

    ledger: Ledger
    now: int = NOW
    openings: Openings = field(default_factory=lambda: OPENINGS)

    @property
    def table(self) -> Table:
        return Table(self.openings, self.now)

    def at(self, day: int, hour: int, minute: int = 0) -> None:
        """Sets the clock to a moment of August 2026, Japan time."""
        self.now = int(datetime(2026, 8, day, hour, minute, tzinfo=JST).timestamp())

    def does(self, work: Callable[[Pages, Table], T]) -> T:
        table = self.table
        return self.ledger.transact(lambda pages: work(pages, table))

    def book(self, user: str, slot: Slot = SLOT, people: int = 1, event: str = "") -> Outcome:
        """As the desk books: remembered under the event that asked for it."""
        request, wish = event or f"book/{user}/{slot.key}/{self.now}", Wish(people)

        def work(pages: Pages, table: Table) -> Outcome:
            decide = lambda: ledger.book(pages, request, guest(user), slot, wish, table)  # noqa: E731
            return once(pages, request, table.now, decide)

        return self.does(work)

    def hold(self, user: str, slot: Slot = SLOT, people: int = 1, moving: str = "") -> Outcome:
        return self.does(lambda pages, table: holding.hold(pages, guest(user), slot, people, table, moving=moving))

    def let_go(self, user: str) -> Outcome:
        return self.does(lambda pages, table: holding.let_go(pages, guest(user), table))

    def decline(self, user: str) -> Outcome:
        return self.does(lambda pages, table: holding.decline(pages, guest(user), table))

    def move(self, user: str, code: str, slot: Slot) -> Outcome:
        return self.does(lambda pages, table: ledger.move(pages, guest(user), code, slot, table))

    def cancel(self, user: str, code: str) -> Outcome:
        return self.does(lambda pages, table: ledger.cancel(pages, guest(user), code, table))

    def restore(self, user: str, code: str) -> Outcome:
        return self.does(lambda pages, table: ledger.restore(pages, guest(user), code, table))

    def find(self, user: str, code: str) -> Outcome:
        return self.does(lambda pages, table: guests.find(pages, guest(user), code, table))

    def quiet(self, user: str) -> Outcome:
        return self.does(lambda pages, table: guests.be_quiet(pages, guest(user), table))

    def wait(self, user: str, day: date = TUESDAY, people: int = 1) -> Outcome:
        waiting = Waiting("kitazawa", day, people)
        return self.does(lambda pages, table: guests.wait(pages, guest(user), waiting, table))

    def expire(self) -> None:
        """What the worker does every few seconds: holds whose time is over."""
        for holder in self.ledger.due("hold", self.now):
            self.does(lambda pages, table, holder=holder: places.expire(pages, holder, table))  # type: ignore[misc]

    def delete(self) -> None:
        """What the worker does every day: bookings whose time is over."""
        for code in self.ledger.due("booking", self.now):
            self.does(lambda pages, table, code=code: closing.delete_booking(pages, code, table))  # type: ignore[misc]

    def close_day(self, day: date = TUESDAY) -> list[str]:
        closed = self.does(lambda pages, table: closing.close_day(pages, "kitazawa", day, "台風", table))
        return [booking.reference for booking in closed]

    def reopen_day(self, day: date = TUESDAY) -> list[str]:
        again = self.does(lambda pages, table: closing.reopen_day(pages, "kitazawa", day, table))
        return [booking.reference for booking in again]

    def open_again(self, day: date = TUESDAY) -> list[str]:
        """As the ward opens a closed day again. Those who have their places back."""

        def work(pages: Pages, table: Table) -> list[str]:
            displaced = closing.reopen_day(pages, "kitazawa", day, table)
            again = [closing.give_back(pages, booking, table) for booking in displaced]
            return [booking.reference for booking in again if booking.state == "booked"]

        return self.does(work)

    def desks(self, slot: Slot = SLOT) -> dict[str, str]:
        """Desk → who has it, as committed."""
        claims = self.ledger.shelf("place").get(slot.key, {})
        return {desk: holder for desk, (holder, _) in claims.items()}

    def notices(self, kind: str) -> list[str]:
        """Ids of the outbox's entries of one kind, soonest first."""
        found = self.ledger.due("notice", self.now + 10**8)
        return [one for one in found if self.ledger.shelf("notice")[one]["kind"] == kind]


def guest(user: str) -> Guest:
    """`user` on LINE; "" is the operator, for a caller on the phone."""
    return Guest(user, f"address of {user}" if user else "")


def code_of(outcome: Outcome) -> str:
    """The reference of a booking that came about."""
    assert outcome.ok and outcome.booking is not None, outcome.kind
    return outcome.booking.reference


def put(ledger: Ledger, shelf: Shelf, key: str, page: Json | None) -> None:
    """One page, in a transaction of its own."""
    ledger.transact(lambda pages: pages.put(shelf, key, page))


def claimed_by_many(hand: Hand, users: int, slot: Slot = SLOT) -> list[Outcome]:
    """`users` people book `slot` at once, each in a thread of its own. In the order of the people."""
    outcomes: dict[int, Outcome] = {}
    start = threading.Barrier(users)

    def claim(number: int) -> None:
        start.wait(PATIENCE)
        outcomes[number] = hand.book(f"user{number}", slot)

    threads = [threading.Thread(target=claim, args=(number,)) for number in range(users)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return [outcomes[number] for number in range(users)]
