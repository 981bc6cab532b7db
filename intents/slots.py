"""Slots and places: which slots a day has, which of them are free, and what to offer instead.

All times are those of Japan. A *place* is one desk in one slot; how days open: openings.py.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import Enum
from itertools import islice
from types import MappingProxyType

from intents.dates import Out, When
from intents.model import Facts, Openings
from intents.office import JST
from intents.openings import in_programme, is_working_day
from intents.openings import opening_faults as opening_faults  # callers know it by this file

_KEY = re.compile(r"([^/\s]{1,64})/(\d{4}-\d{2}-\d{2})/(\d{2}:\d{2})", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """One start time of one day at one venue (by its id). Ordered by venue, day, time."""

    venue: str
    day: date
    time: dt.time

    @property
    def key(self) -> str:
        """`kitazawa/2026-08-25/13:45`: for storage and button data."""
        return f"{self.venue}/{self.day.isoformat()}/{self.time:%H:%M}"

    @property
    def starts(self) -> datetime:
        """The moment at which the visit begins, aware."""
        return datetime.combine(self.day, self.time, JST)

    @classmethod
    def parse(cls, key: str) -> Slot | None:
        """The slot that a key names; None for anything that is no key. It may still not be offered."""
        found = _KEY.fullmatch(key)
        if found is None:
            return None
        try:
            return cls(found[1], date.fromisoformat(found[2]), dt.time.fromisoformat(found[3]))
        except ValueError:
            return None


def in_time(slot: Slot) -> tuple[date, dt.time, str]:
    """Sorting key: by day and time, then venue."""
    return slot.day, slot.time, slot.venue


# ------------------------------------------------------------------ slots and places
def capacity(openings: Openings, staff: int) -> int:
    """Desks served in a slot by `staff` people on duty: 3 → 2, 2 → 1, fewer → 0; never above `desks`."""
    return max(0, min(openings.desks, staff - 1))


def desks_on(openings: Openings, venue: str, day: date) -> int:
    """Desks that the people on duty at `venue` on `day` can serve, whether or not it is open then."""
    return capacity(openings, openings.staff.get((venue, day), openings.on_duty))


def without(openings: Openings, closed: Collection[tuple[str, date]]) -> Openings:
    """The same table without the (venue id, day) pairs in `closed`: days closed by command."""
    shut = frozenset(closed)
    days = {
        venue: tuple(day for day in opened if (venue, day) not in shut)
        for venue, opened in openings.days.items()
    }
    return replace(openings, days=MappingProxyType(days))


def only_at(openings: Openings, venues: Collection[str]) -> Openings:
    """The same table with these venues alone."""
    days = {venue: days for venue, days in openings.days.items() if venue in venues}
    return replace(openings, days=MappingProxyType(days))


def slots_on(openings: Openings, venue: str, day: date) -> tuple[Slot, ...]:
    """The venue's slots of `day` in the order of the table; () where it is closed or unknown."""
    if day not in openings.days.get(venue, ()):
        return ()
    return tuple(Slot(venue, day, moment) for moment in openings.slots)


def all_slots(openings: Openings) -> tuple[Slot, ...]:
    """Every slot of the programme, by day, time and venue."""
    slots = (Slot(v, d, t) for v, days in openings.days.items() for d in days for t in openings.slots)
    return tuple(sorted(slots, key=in_time))


def open_venues(openings: Openings, day: date) -> tuple[str, ...]:
    """The ids of the venues open on `day`, in the order of the table."""
    return tuple(venue for venue, days in openings.days.items() if day in days)


def next_days(openings: Openings, venue: str | None, after: date, count: int) -> tuple[date, ...]:
    """The first `count` open days later than `after`: of `venue`, or of any for None."""
    days = {day for one in _venues(openings, venue) for day in openings.days.get(one, ()) if day > after}
    return tuple(sorted(days)[: max(count, 0)])


def places_left(openings: Openings, taken: Mapping[Slot, int], slot: Slot) -> int:
    """Places free in `slot`, never below 0; two of them are side by side. `taken`: booked or held."""
    return max(0, desks_on(openings, slot.venue, slot.day) - taken.get(slot, 0))


def _venues(openings: Openings, venue: str | None) -> tuple[str, ...]:
    return tuple(openings.days) if venue is None else (venue,)


def free_slots(
    openings: Openings, taken: Mapping[Slot, int], when: When, venue: str | None,
    now: datetime, notice: timedelta, *, people: int = 1,
) -> tuple[Slot, ...]:  # fmt: skip
    """Slots that fit `when` with `people` places left, starting `notice` or more after `now` (aware).

    By day, time and venue; any venue for None; any day where `when` names none; () where it has a
    problem. `when.first` keeps the earliest alone, `when.last` the latest of each day.
    """
    free = _free(openings, taken, when, _venues(openings, venue), now + notice, people)
    if when.last:
        return tuple({slot.day: slot for slot in free}.values())
    return tuple(islice(free, 1) if when.first else free)


def first_free(
    openings: Openings, taken: Mapping[Slot, int], when: When,
    now: datetime, notice: timedelta, *, people: int = 1,
) -> tuple[Slot, ...]:  # fmt: skip
    """The first of `free_slots` at each venue that has one, the soonest first."""
    by_venue = (_free(openings, taken, when, (one,), now + notice, people) for one in openings.days)
    firsts = sorted((slot for free in by_venue for slot in islice(free, 1)), key=in_time)
    return tuple(firsts[:1] if when.first else firsts)


def _free(
    openings: Openings, taken: Mapping[Slot, int], when: When, venues: Iterable[str],
    begin: datetime, people: int,
) -> Iterator[Slot]:  # fmt: skip
    """In the order of `in_time`, made one by one: a programme has hundreds, and most callers want few."""
    if when.problem:
        return
    begin = begin.astimezone(JST)
    first_day, first_time = begin.date(), begin.time()
    moments = sorted(moment for moment in openings.slots if _fits(moment, when))
    for day, opened in sorted(_open_days(openings, venues, when.days, when.out).items()):
        if day < first_day:
            continue
        for moment in moments:
            if day > first_day or moment >= first_time:
                slots = (Slot(venue, day, moment) for venue in sorted(opened))
                yield from (one for one in slots if places_left(openings, taken, one) >= people)


def _open_days(
    openings: Openings, venues: Iterable[str], wished: Collection[date], out: Out
) -> dict[date, list[str]]:
    """Which of `venues` are open, day by day: on the wished days, or on any that is not ruled out."""
    opened: dict[date, list[str]] = {}
    for venue in venues:
        for day in openings.days.get(venue, ()):
            if (not wished or day in wished) and not out.bars(day):
                opened.setdefault(day, []).append(venue)
    return opened


def _fits(moment: dt.time, when: When) -> bool:
    out = any(_between(moment, first, last) for first, last in when.out.hours)
    return _between(moment, when.earliest, when.latest) and not out


def _between(moment: dt.time, first: dt.time | None, last: dt.time | None) -> bool:
    return (first or dt.time.min) <= moment <= (last or dt.time.max)


# ------------------------------------------------------------------ a wish that does not fit
class Reason(Enum):
    """Why nothing fits a wish, the most hopeful first; of several wished days the most hopeful counts."""

    FITS = "fits"
    FULL = "full"
    TOO_SOON = "too_soon"
    NO_SUCH_TIME = "no_such_time"
    OTHER_TURN = "other_turn"
    CLOSED = "closed"
    HOLIDAY = "holiday"
    BEFORE = "before"
    AFTER = "after"
    PAST = "past"
    AMBIGUOUS = "ambiguous"
    NO_SUCH_DAY = "no_such_day"
    NO_TABLE = "no_table"


_HOPE = {reason: i for i, reason in enumerate(Reason)}


@dataclass(frozen=True, slots=True)
class Alternatives:
    """What to say instead. `day`: the one the reason speaks of; `turn`: the venues open on it.

    `slots`: free ones at the wished venue, nearest first (at any venue where none was wished).
    `elsewhere`: free ones at other venues on the wished days, nearest in time first.
    """

    reason: Reason
    day: date | None = None
    turn: tuple[str, ...] = ()
    slots: tuple[Slot, ...] = ()
    elsewhere: tuple[Slot, ...] = ()


def alternatives(
    facts: Facts, taken: Mapping[Slot, int], when: When, venue: str | None,
    now: datetime, notice: timedelta, *, people: int = 1, count: int = 3,
) -> Alternatives:  # fmt: skip
    """Why the wish cannot be had, and up to `count` free slots nearest to it in days, then minutes."""
    openings = facts.openings
    if openings is None or not any(openings.days.values()) or not openings.slots:
        return Alternatives(Reason.NO_TABLE)
    fitting = free_slots(openings, taken, when, venue, now, notice, people=people)
    if fitting:
        return Alternatives(Reason.FITS, fitting[0].day, slots=fitting[:count])
    reason, day = _why(facts, openings, when, venue, now, notice)
    free = free_slots(openings, taken, When(out=when.out), None, now, notice, people=people)
    wished = when.days or (now.astimezone(JST).date(),)
    nearest = sorted(free, key=lambda slot: (*distance(slot, when, wished), *in_time(slot)))
    here = [slot for slot in nearest if venue in (None, slot.venue)]
    others = [slot for slot in nearest if venue not in (None, slot.venue) and slot.day in when.days]
    turn = open_venues(openings, day) if day and reason is Reason.OTHER_TURN else ()
    return Alternatives(reason, day, turn, tuple(here[:count]), tuple(others[:count]))


def distance(slot: Slot, when: When, wished: Iterable[date]) -> tuple[int, int]:
    """How far a slot is from a wish: days to the nearest wished one, then minutes outside its hours."""
    minutes = slot.time.hour * 60 + slot.time.minute
    low = when.earliest.hour * 60 + when.earliest.minute if when.earliest else minutes
    high = when.latest.hour * 60 + when.latest.minute if when.latest else minutes
    return min(abs((slot.day - day).days) for day in wished), max(low - minutes, minutes - high, 0)


def _why(
    facts: Facts, openings: Openings, when: When, venue: str | None, now: datetime, notice: timedelta
) -> tuple[Reason, date | None]:
    """The reason for the most hopeful of the wished days, and that day."""
    if when.problem:
        return Reason(when.problem), when.days[0] if when.days else None
    today = now.astimezone(JST).date()
    if not when.days:
        ahead = next_days(openings, venue, today - timedelta(days=1), 400)
        ahead = tuple(day for day in ahead if not when.out.bars(day)) or ahead
        if not ahead:
            ended = facts.ends is not None and today > facts.ends
            return Reason.AFTER if ended else Reason.CLOSED, None
        reasons = (_why_not(facts, openings, day, when, venue, now, notice) for day in ahead)
        return min(reasons, key=_HOPE.__getitem__), None
    by_day = [(_why_not(facts, openings, day, when, venue, now, notice), day) for day in when.days]
    return min(by_day, key=lambda one: (_HOPE[one[0]], one[1]))


def _why_not(
    facts: Facts, openings: Openings, day: date, when: When, venue: str | None,
    now: datetime, notice: timedelta,
) -> Reason:  # fmt: skip
    """Why nothing is free on this one day; only called where nothing is."""
    if day < now.astimezone(JST).date():
        return Reason.PAST
    if not in_programme(day, facts):
        return Reason.BEFORE if facts.starts and day < facts.starts else Reason.AFTER
    slots = [slot for one in _venues(openings, venue) for slot in slots_on(openings, one, day)]
    if not slots:
        if open_venues(openings, day):
            return Reason.OTHER_TURN
        return Reason.CLOSED if is_working_day(day, facts) else Reason.HOLIDAY
    fitting = [slot for slot in slots if _fits(slot.time, when)]
    if not fitting:
        return Reason.NO_SUCH_TIME
    if all(slot.starts < now + notice for slot in fitting):
        return Reason.PAST if all(slot.starts < now for slot in fitting) else Reason.TOO_SOON
    return Reason.FULL
