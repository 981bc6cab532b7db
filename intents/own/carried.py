"""A wish for a visit, small enough for a button and for `Talk.pending`: ids and numbers, never typed text.

    kitazawa.20260807-20260808.0900.1145.1_0_0_0      venue, days, earliest, latest, shift
"""

from __future__ import annotations

from datetime import date, datetime, time

from intents.dates import When
from intents.wishes import Heard, Shift

_MOST_DAYS = 3  # a button's value has at most 80 characters
_PARTS = 5
_SHIFT_PARTS = 4


def pack(heard: Heard) -> str:
    """The counter, days, hours and shift that `heard` wishes; "" where it says none of them."""
    when, shift = heard.when, heard.shift
    if not (heard.venue or when.days or when.earliest or when.latest or shift):
        return ""
    days = "-".join(day.strftime("%Y%m%d") for day in when.days[:_MOST_DAYS])
    moved = f"{shift.days}_{shift.weeks}_{shift.minutes}_{shift.later}" if shift else ""
    return ".".join((heard.venue, days, _clock(when.earliest), _clock(when.latest), moved))


def unpack(packed: str, venues: frozenset[str]) -> Heard:
    """The wish in `packed`, a button's value that anybody could have forged: `Heard()` where it is none.

    `venues`: the ids there are.
    """
    parts = packed.split(".")
    if len(parts) != _PARTS or parts[0] not in (*venues, ""):
        return Heard()
    try:
        days = tuple(datetime.strptime(day, "%Y%m%d").date() for day in parts[1].split("-") if day)
        earliest, latest = (_moment(part) for part in parts[2:4])
        shift = _shift(parts[4])
    except ValueError:
        return Heard()
    return _heard(parts[0], days[:_MOST_DAYS], earliest, latest, shift)


def _heard(venue: str, days: tuple[date, ...], earliest: time | None, latest: time | None, shift: Shift) -> Heard:
    when = When(days=days, earliest=earliest, latest=latest)
    return Heard(venue=venue, venues=(venue,) if venue else (), when=when, shift=shift)


def _clock(moment: time | None) -> str:
    return moment.strftime("%H%M") if moment else ""


def _moment(part: str) -> time | None:
    return datetime.strptime(part, "%H%M").time() if part else None


def _shift(part: str) -> Shift:
    if not part:
        return Shift()
    numbers = [int(number) for number in part.split("_")]
    if len(numbers) != _SHIFT_PARTS or any(abs(number) > 24 * 60 for number in numbers):
        raise ValueError(part)
    return Shift(*numbers)
