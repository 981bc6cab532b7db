"""What is on the day's list of a counter: who has which desk at which time, and what is free."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, time

from bot.operating import Operating
from intents.bookings import Booking, Misfit, Misfits
from intents.ledger.fitting import all_lasting
from intents.misfits import Lasting
from intents.overlap import Visit, minute_of, most_at_once, overlapping
from intents.slots import Slot, desks_on


@dataclass(frozen=True, slots=True)
class Row:
    """One desk of one slot; `booking` None: free for a walk-in. `second`: of two people; `unfit`: why the
    table no longer fits the booking."""

    desk: int
    booking: Booking | None = None
    second: bool = False
    unfit: tuple[Misfit, ...] = ()


def slots_of(desk: Operating, venue: str, day: date) -> dict[time, list[Row]]:
    """Every desk of every slot, by time; also times that only a booking names. {}: no counter."""
    standing = _standing(desk, venue, day)
    is_listed = day in desk.openings.days.get(venue, ())
    booked = (one.booking.slot.time for one in standing)
    times = {*(desk.openings.slots if is_listed else ()), *booked}
    unfit = desk.misfits()
    return {moment: _rows(desk, Slot(venue, day, moment), standing, unfit) for moment in sorted(times)}


def _standing(desk: Operating, venue: str, day: date) -> list[Lasting]:
    """The standing bookings of the day, and how long each lasts."""
    found = all_lasting(desk.bookings(), desk.ledger.shelf("length"), desk.openings)
    return [one for one in found if (one.booking.slot.venue, one.booking.slot.day) == (venue, day)]


def _rows(desk: Operating, slot: Slot, standing: Iterable[Lasting], unfit: Misfits) -> list[Row]:
    taken = {
        number: Row(number, one, number != one.desks[0], unfit.get(one.reference, ()))
        for one, _ in standing
        if one.slot == slot
        for number in one.desks
    }
    free = {number: Row(number) for number in _free(desk, slot, taken, standing)}
    return [row for _, row in sorted({**free, **taken}.items())]


def _free(desk: Operating, slot: Slot, taken: Collection[int], standing: Iterable[Lasting]) -> list[int]:
    """The desks of `slot` that nobody has, as many as people may still come: others may sit into its time."""
    if not desk.is_listed(slot):
        return []
    starts, ends = minute_of(slot.time), minute_of(slot.time) + desk.openings.minutes
    visits = [
        Visit(begins := minute_of(one.slot.time), begins + minutes, number)
        for one, minutes in standing
        for number in one.desks
    ]
    seats = desks_on(desk.openings, slot.venue, slot.day)
    busy = {one.desk for one in overlapping(visits, starts, ends)}
    others = sorted((number for number in range(seats) if number not in taken), key=busy.__contains__)
    return others[: max(0, seats - most_at_once(visits, starts, ends))]
