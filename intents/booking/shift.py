"""Wishes relative to what is chosen or booked: 次の日, 翌週の水曜, 1時間遅く, もっと早い時間."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from intents.dates import When
from intents.draft import Draft
from intents.slots import Slot
from intents.wishes import Heard, Shift

_WORKDAYS = range(5)


@dataclass(frozen=True, slots=True)
class Base:
    """What a relative wish starts from. `time` None: no time is chosen, `ends` bounds those shown."""

    day: date
    time: dt.time | None = None
    ends: tuple[dt.time | None, dt.time | None] = (None, None)


def base_of(draft: Draft) -> Base | None:
    """The chosen place, or the last wished day; None where neither is."""
    if draft.slot is not None:
        return Base(draft.slot.day, draft.slot.time)
    return Base(draft.days[-1], None, (draft.earliest, draft.latest)) if draft.days else None


def settled(heard: Heard, base: Base | None, open_days: Iterable[date], times: tuple[dt.time, ...]) -> Heard:
    """`heard` with its relative wish as days and hours; as it is where there is nothing to start from.

    `open_days` are those of the counter, `times` the starts of its visits.
    """
    shift = heard.shift
    if not shift or base is None:
        return heard
    when = heard.when
    if shift.days or shift.weeks:
        # 「一週間後」 is a day, 「次の週」 is a week.
        exact = len(when.days) == 1 and not when.weekdays
        moved = base.day + timedelta(days=shift.days, weeks=shift.weeks)
        days = (moved,) if exact else _moved_days(shift, moved, when.weekdays, frozenset(open_days))
        when = replace(when, days=days, weekdays=(), problem="")
        if base.time and not (when.earliest or when.latest or when.first):
            when = replace(when, earliest=base.time, latest=base.time)
    elif not when.days:
        when = replace(when, days=(base.day,), problem="")
    if shift.minutes or shift.later:
        when = _moved_hours(when, shift, base, times)
    return replace(heard, when=when, shift=Shift())


def _moved_days(
    shift: Shift, moved: date, weekdays: tuple[int, ...], open_days: frozenset[date]
) -> tuple[date, ...]:
    """A day on, or the week: the same weekday of it where the counter is open then, else all of it."""
    if shift.days or (moved in open_days and not weekdays):
        return (moved,)
    monday = moved - timedelta(days=moved.weekday())
    return tuple(monday + timedelta(days=number) for number in (weekdays or _WORKDAYS))


def _moved_hours(when: When, shift: Shift, base: Base, times: tuple[dt.time, ...]) -> When:
    """Later or earlier than the chosen time; an hour later is the start that comes nearest to it."""
    later = (shift.minutes or shift.later) > 0
    edge = base.time or (base.ends[1] if later else base.ends[0])
    if edge is None:
        return when
    beyond = [one for one in sorted(times) if (one > edge if later else one < edge)]
    if shift.minutes and base.time and beyond:
        wished = datetime.combine(base.day, base.time) + timedelta(minutes=shift.minutes)
        near = min(beyond, key=lambda one: abs(datetime.combine(base.day, one) - wished))
        return replace(when, earliest=near, latest=near, first=False)
    just = datetime.combine(base.day, edge) + timedelta(minutes=1 if later else -1)
    if later:
        return replace(when, earliest=just.time(), latest=None, first=False)
    return replace(when, earliest=None, latest=just.time(), first=False)


def slot_base(slot: Slot) -> Base:
    """A booking's place, which a change starts from."""
    return Base(slot.day, slot.time)
