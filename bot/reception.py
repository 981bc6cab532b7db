"""The ledger as one person at the desk sees it, for the length of one message."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from bot.store.base import Ledger
from intents import ledger
from intents.bookings import Booking, Guest, Hold, Misfits, Outcome, Waiting, Wish
from intents.ledger import guests, holding
from intents.ledger.fitting import misfits_of
from intents.ledger.overview import Taken
from intents.ledger.pages import (
    Pages,
    booking_at,
    day_key,
    hold_at,
    once,
    person_at,
    waiters_at,
)
from intents.ledger.places import Table
from intents.model import Openings
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

    def _once(self, what: str, decide: Callable[[Pages], Outcome]) -> Outcome:
        """`what` names the call and what it asks for: a message answered again may ask for something
        else in the same place, since others were served meanwhile."""
        name = self._name(what)
        return self.store.transact(lambda pages: once(pages, name, self.now, lambda: decide(pages)))

    def _keyed(self, what: str, decide: Callable[[Pages, str], Outcome]) -> Outcome:
        """A request of the person's own: another's key is another request.

        Done once whatever the message; but a "no" is this message's alone, for the same button may
        be asked again for another place, or when the place is free.
        """
        kind, _, rest = what.partition("/")
        request, refusal = f"{kind}/{self.guest.user}/{rest}", self._name(what)

        def work(pages: Pages) -> Outcome:
            return once(pages, request, self.now, lambda: decide(pages, request), refusal=refusal)

        return self.store.transact(work)

    def _name(self, what: str) -> str:
        self._calls += 1
        return f"{self.request}/{self._calls}/{what}"

    # --- what there is

    def taken(self, moving: str = "") -> Mapping[Slot, int]:
        own = (f"hold:{self.guest.user}", f"offer:{self.guest.user}")
        places = self.store.shelf("place")  # before the lengths: of no place that is seen they lack
        return Taken(places, self.store.shelf("length"), self.openings, self.now, own, moving)

    def closed(self) -> Mapping[tuple[str, date], str]:
        days = {}
        for key, page in self.store.shelf("closed").items():
            venue, day = key.rsplit("/", 1)
            days[venue, date.fromisoformat(day)] = str(page["reason"])
        return days

    def mine(self) -> tuple[Booking, ...]:
        return tuple(sorted(self.store.read(self._mine), key=lambda one: one.slot.starts))

    def _mine(self, pages: Pages) -> list[Booking]:
        found = (booking_at(pages, code) for code in person_at(pages, self.guest.user).open)
        return [one for one in found if one and one.is_open and not self._table.is_over(one.slot)]

    def misfits(self) -> Misfits:
        return self.store.read(lambda pages: misfits_of(pages, self._mine(pages), self._table))

    def held(self) -> Hold | None:
        def read(pages: Pages) -> Hold | None:
            holds = (hold_at(pages, f"{kind}:{self.guest.user}") for kind in ("offer", "hold"))
            return next((one for one in holds if one and self._is_hers(pages, one)), None)

        return self.store.read(read)

    def _is_hers(self, pages: Pages, hold: Hold) -> bool:
        return holding.is_hers(pages, self.guest, hold.slot, hold.people, self._table)

    def waits(self) -> tuple[Waiting, ...]:
        def read(pages: Pages) -> list[Waiting]:
            found = []
            for key in person_at(pages, self.guest.user).waits:
                venue, day = key.rsplit("/", 1)
                found += [
                    Waiting(
                        *(venue, date.fromisoformat(day), one.people, one.earliest, one.latest),
                        *(one.topics, one.family),
                    )
                    for one in waiters_at(pages, key)
                    if one.user == self.guest.user
                ]
            return found

        return tuple(self.store.read(read))

    # --- what changes it

    def fresh_key(self) -> str:
        return hashlib.sha256(f"{self.request}/{self.guest.user}".encode()).hexdigest()[:16]

    def hold(self, slot: Slot, people: int, moving: str = "") -> Outcome:
        return self._once(
            f"hold/{slot.key}/{people}/{moving}",
            lambda pages: holding.hold(pages, self.guest, slot, people, self._table, moving=moving),
        )

    def let_go(self) -> None:
        self._once("let_go", lambda pages: holding.let_go(pages, self.guest, self._table))

    def decline(self) -> None:
        self._once("decline", lambda pages: holding.decline(pages, self.guest, self._table))

    def book(self, slot: Slot, wish: Wish, key: str) -> Outcome:
        return self._keyed(
            f"book/{key}",
            lambda pages, request: ledger.book(pages, request, self.guest, slot, wish, self._table),
        )

    def move(self, reference: str, slot: Slot, key: str) -> Outcome:
        return self._keyed(
            f"move/{key}/{slot.key}",
            lambda pages, _: ledger.move(pages, self.guest, reference, slot, self._table),
        )

    def cancel(self, reference: str) -> Outcome:
        return self._once(
            f"cancel/{reference}",
            lambda pages: ledger.cancel(pages, self.guest, reference, self._table),
        )

    def restore(self, reference: str) -> Outcome:
        return self._once(
            f"restore/{reference}",
            lambda pages: ledger.restore(pages, self.guest, reference, self._table),
        )

    def find(self, reference: str) -> Outcome:
        return self._once(
            f"find/{reference}",
            lambda pages: guests.find(pages, self.guest, reference, self._table),
        )

    def wait(self, waiting: Waiting) -> Outcome:
        return self._once(
            f"wait/{day_key(waiting.venue, waiting.day)}",
            lambda pages: guests.wait(pages, self.guest, waiting, self._table),
        )

    def unwait(self, venue: str, day: date) -> None:
        key = day_key(venue, day)
        self._once(f"unwait/{key}", lambda pages: guests.unwait(pages, self.guest, key, self._table))

    def be_quiet(self) -> None:
        self._once("quiet", lambda pages: guests.be_quiet(pages, self.guest, self._table))

    def be_loud(self) -> None:
        self._once("loud", lambda pages: guests.be_loud(pages, self.guest, self._table))
