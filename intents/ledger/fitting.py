"""Which bookings the opening table no longer fits: a person's, by the pages of their days alone, or all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime

from intents.bookings import Booking, Misfits
from intents.ledger.closing import booked_on
from intents.ledger.lengths import lasting, lengths_at, lengths_of, visits_on
from intents.ledger.pages import Json, Pages, day_key
from intents.ledger.table import Table
from intents.misfits import Lasting, misfits
from intents.model import Openings
from intents.office import JST
from intents.overlap import most_at_once
from intents.slots import desks_on


def misfits_of(pages: Pages, mine: Iterable[Booking], table: Table) -> Misfits:
    """As `misfits`, of the bookings `mine`: whoever else is booked on their days is looked at too."""
    standing = {one.reference: one for one in mine if one.state == "booked"}
    days = dict.fromkeys((one.slot.venue, one.slot.day) for one in standing.values())
    found = [one for venue, day in days for one in _on(pages, venue, day, standing.values(), table)]
    why = misfits(found, table.openings, datetime.fromtimestamp(table.now, JST))
    return {code: reasons for code, reasons in why.items() if code in standing}


def _on(pages: Pages, venue: str, day: date, mine: Iterable[Booking], table: Table) -> Iterator[Lasting]:
    """The bookings of the day; those of `mine` alone where there are not too many people at any moment."""
    lengths = lengths_at(pages, venue, day)
    visits = [one for one in visits_on(pages, venue, day, table.openings) if not one.until]
    fullest = max((most_at_once(visits, one.starts, one.ends) for one in visits), default=0)
    full = fullest > desks_on(table.openings, venue, day)
    for booking in booked_on(pages, venue, day, table) if full else mine:
        if (booking.slot.venue, booking.slot.day) == (venue, day):
            yield Lasting(booking, lasting(lengths, booking, table.openings))


def all_misfits(bookings: Iterable[Booking], lengths: Mapping[str, Json], openings: Openings, now: datetime) -> Misfits:
    """As `misfits`, of all `bookings` there are. `lengths`: that shelf of the ledger; `now`: aware."""
    return misfits(all_lasting(bookings, lengths, openings), openings, now)


def all_lasting(bookings: Iterable[Booking], lengths: Mapping[str, Json], openings: Openings) -> Iterator[Lasting]:
    """Each of `bookings` that stands, with how long its visit lasts."""
    known = {key: lengths_of(page) for key, page in lengths.items()}
    for booking in bookings:
        if booking.state == "booked":
            on_its_day = known.get(day_key(booking.slot.venue, booking.slot.day), {})
            yield Lasting(booking, lasting(on_its_day, booking, openings))
