"""Bookings that the opening table no longer fits, since staff edited it: which they are, and why.

They stand: an edit cancels nothing. Staff and the person herself are told, and she may move.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import NamedTuple

from intents.bookings import Booking, Misfit, Misfits
from intents.model import Openings
from intents.overlap import Visit, minute_of, most_at_once
from intents.slots import Slot, desks_on


class Lasting(NamedTuple):
    """A booking, and how many minutes its visit lasts."""

    booking: Booking
    minutes: int


def off_table(slot: Slot, openings: Openings) -> Misfit | None:
    """Whether the table no longer has the slot's day, or its time; None where it has both."""
    if slot.day not in openings.days.get(slot.venue, ()):
        return "no_day"
    return None if slot.time in openings.slots else "no_time"


def misfits(found: Iterable[Lasting], openings: Openings, now: datetime) -> Misfits:
    """Of the standing bookings among `found` whose visits are not over at `now` (aware): those that do not fit.

    "too_many": with it there would be more people than desks at some moment. Those who booked first have
    the desks, so the same ones are named however often it is asked.
    """
    ahead = [one for one in found if one.booking.state == "booked" and _ends(one) > now]
    crowded = _crowded(ahead, openings)
    why: dict[str, tuple[Misfit, ...]] = {}
    for booking, _ in ahead:
        many: Misfit | None = "too_many" if booking.reference in crowded else None
        if told := tuple(one for one in (off_table(booking.slot, openings), many) if one):
            why[booking.reference] = told
    return why


def _ends(one: Lasting) -> datetime:
    return one.booking.slot.starts + timedelta(minutes=one.minutes)


def _crowded(found: Iterable[Lasting], openings: Openings) -> set[str]:
    """The references of those for whom no desk is left on their day, once who booked before has one."""
    seated: dict[tuple[str, date], list[Visit]] = defaultdict(list)
    crowded = set()
    for booking, minutes in sorted(found, key=lambda one: (one.booking.made, one.booking.reference)):
        slot, starts = booking.slot, minute_of(booking.slot.time)
        if off_table(slot, openings) == "no_day":
            continue  # nobody is on duty: that is said already
        others = seated[slot.venue, slot.day]
        if most_at_once(others, starts, starts + minutes) + booking.people > desks_on(openings, slot.venue, slot.day):
            crowded.add(booking.reference)
        else:
            others += [Visit(starts, starts + minutes)] * booking.people
    return crowded
