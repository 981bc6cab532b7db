"""The ledger as one person at the desk sees it, for the length of one message."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.store.base import Ledger
from intents import ledger
from intents.bookings import Booking, Hold, Outcome, Waiting, Wish
from intents.ledger import Guest
from intents.model import Openings
from intents.pages import Pages, booking_at, claims_of, hold_at, once, person_at, waiters_at
from intents.places import Table
from intents.slots import Slot


@dataclass(slots=True)
class Reception:
    """Keeps the promises of `intents.bookings.Bookings` for the guest of one message.

    `request` names the message: the same call in the same message is the same request, so that a
    message answered again after a crash changes nothing and hears the same. `now`: epoch seconds.
    """

    store: Ledger
    guest: Guest
    request: str
    openings: Openings
    now: int
    _calls: int = field(default=0, init=False)

    @property
    def _table(self) -> Table:
        return Table(self.openings, self.now)

    def _once(self, decide: Callable[[Pages], Outcome], request: str = "") -> Outcome:
        self._calls += 1
        name = request or f"{self.request}/{self._calls}"
        return self.store.transact(lambda pages: once(pages, name, self.now, lambda: decide(pages)))

    # --- what there is

    def taken(self) -> Mapping[Slot, int]:
        own = (f"hold:{self.guest.user}", f"offer:{self.guest.user}")
        taken: dict[Slot, int] = {}
        for key, page in self.store.shelf("place").items():
            slot = Slot.parse(key)
            live = [
                holder
                for holder, until in claims_of(page).values()
                if holder not in own and (not until or until > self.now)
            ]
            if slot and live:
                taken[slot] = len(live)
        return taken

    def closed(self) -> Mapping[tuple[str, date], str]:
        days = {}
        for key, page in self.store.shelf("closed").items():
            venue, day = key.rsplit("/", 1)
            days[venue, date.fromisoformat(day)] = str(page["reason"])
        return days

    def mine(self) -> tuple[Booking, ...]:
        def read(pages: Pages) -> list[Booking]:
            found = (booking_at(pages, code) for code in person_at(pages, self.guest.user).open)
            return [one for one in found if one and one.is_open and not self._table.is_over(one.slot)]

        mine = self.store.transact(read)
        return tuple(sorted(mine, key=lambda one: one.slot.starts))

    def held(self) -> Hold | None:
        def read(pages: Pages) -> Hold | None:
            holds = (hold_at(pages, f"{kind}:{self.guest.user}") for kind in ("offer", "hold"))
            return next((one for one in holds if one and one.until > self.now), None)

        return self.store.transact(read)

    def waits(self) -> tuple[Waiting, ...]:
        def read(pages: Pages) -> list[Waiting]:
            found = []
            for key in person_at(pages, self.guest.user).waits:
                venue, day = key.rsplit("/", 1)
                found += [
                    Waiting(venue, date.fromisoformat(day), one.people, one.earliest, one.latest)
                    for one in waiters_at(pages, key)
                    if one.user == self.guest.user
                ]
            return found

        return tuple(self.store.transact(read))

    # --- what changes it

    def fresh_key(self) -> str:
        return hashlib.sha256(f"{self.request}/{self.guest.user}".encode()).hexdigest()[:16]

    def hold(self, slot: Slot, people: int, moving: str = "") -> Outcome:
        return self._once(
            lambda pages: ledger.hold(pages, self.guest, slot, people, self._table, moving=moving)
        )

    def let_go(self) -> None:
        self._once(lambda pages: ledger.let_go(pages, self.guest, self._table))

    def decline(self) -> None:
        self._once(lambda pages: ledger.decline(pages, self.guest, self._table))

    def book(self, slot: Slot, wish: Wish, key: str) -> Outcome:
        request = self._keyed("book", key)
        return self._once(
            lambda pages: ledger.book(pages, request, self.guest, slot, wish, self._table), request
        )

    def move(self, reference: str, slot: Slot, key: str) -> Outcome:
        return self._once(
            lambda pages: ledger.move(pages, self.guest, reference, slot, self._table),
            self._keyed("move", f"{key}/{slot.key}"),
        )

    def _keyed(self, what: str, key: str) -> str:
        """A request of the person's own: another's key is another request."""
        return f"{what}/{self.guest.user}/{key}"

    def cancel(self, reference: str) -> Outcome:
        return self._once(lambda pages: ledger.cancel(pages, self.guest, reference, self._table))

    def restore(self, reference: str) -> Outcome:
        return self._once(lambda pages: ledger.restore(pages, self.guest, reference, self._table))

    def find(self, reference: str) -> Outcome:
        return self._once(lambda pages: ledger.find(pages, self.guest, reference, self._table))

    def wait(self, waiting: Waiting) -> Outcome:
        return self._once(lambda pages: ledger.wait(pages, self.guest, waiting, self._table))

    def unwait(self, venue: str, day: date) -> None:
        key = f"{venue}/{day.isoformat()}"
        self._once(lambda pages: ledger.unwait(pages, self.guest, key, self._table))

    def be_quiet(self) -> None:
        self._once(lambda pages: ledger.be_quiet(pages, self.guest, self._table))
