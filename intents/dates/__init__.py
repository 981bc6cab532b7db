"""Typed days and times → the days and hours meant: 「来週の火曜の午前」, 二十五日, "next Tuesday".

English and kana are first rewritten into one Japanese spelling, which one grammar then reads.
Days are those of the calendar in Japan; nothing here knows when a counter is open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from intents.dates.clock import take_hours, window_of
from intents.dates.days import Problem, is_unclear, stretches
from intents.dates.joined import named_days
from intents.dates.out import allowed, hours_out, stood
from intents.dates.relative import beside_event
from intents.dates.spelling import one_spelling


@dataclass(frozen=True, slots=True)
class Out:
    """What a text rules out: 「水曜以外」, 「午前は無理」, 「12日は病院」.

    `weekdays`: 0 is Monday. `hours`: start times ruled out, both ends included, None where open.
    """

    days: tuple[date, ...] = ()
    weekdays: tuple[int, ...] = ()
    hours: tuple[tuple[time | None, time | None], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.days or self.weekdays or self.hours)

    def bars(self, day: date) -> bool:
        return day in self.days or day.weekday() in self.weekdays

    def beside(self, other: Out) -> Out:
        """What either of the two rules out."""
        days = tuple(sorted({*self.days, *other.days}))
        weekdays = tuple(sorted({*self.weekdays, *other.weekdays}))
        hours = (*other.hours, *(pair for pair in self.hours if pair not in other.hours))
        return Out(days, weekdays, hours)

    def allowing(self, days: tuple[date, ...], hours: bool) -> Out:
        """Without what would bar these days; with `hours`, without any hours."""
        wished = {day.weekday() for day in days}
        return Out(
            tuple(day for day in self.days if day not in days),
            tuple(day for day in self.weekdays if day not in wished),
            () if hours else self.hours,
        )


@dataclass(frozen=True, slots=True)
class When:
    """What a text says of day and time. `days` in order, () when none was said.

    `weekdays`: those named without a week or a date (0 is Monday); `days` then has the next of each.
    `out`: what cannot be; `days`, `earliest` and `latest` never repeat it.

    `earliest`/`latest` bound the start of a visit, both included; equal for an exact time; None
    where that side is open, or where two days have different hours. `first`, `last`: the earliest or the
    latest place is wished. `problem`: why `days` cannot
    be used as they are ("past" keeps the past days, so that they can be named).
    """

    days: tuple[date, ...] = ()
    earliest: time | None = None
    latest: time | None = None
    first: bool = False
    problem: Problem = ""
    weekdays: tuple[int, ...] = ()
    out: Out = Out()
    last: bool = False


_NOTHING = When()


def read_when(text: str, today: date) -> When:
    """The days and times that `text` names, seen from `today`. Never raises; linear in length."""
    page = one_spelling(text, today)
    unclear = is_unclear(page)
    of_day, page = take_hours(page)
    said, page = stretches(page, today)
    if not (unclear or said or of_day.hours or of_day.first or of_day.last):
        return _NOTHING
    of_day, said = stood(of_day, said, page, today)
    named = named_days(said, page, today)
    barred, after = hours_out(of_day.hours, page)
    window = beside_event(of_day.hours, page) or window_of(of_day.hours, named.starts)
    earliest, latest = allowed(window, barred)
    problem: Problem = "ambiguous" if unclear and not named.dated else named.problem
    out = Out(named.out_days, named.out_weekdays, barred)
    return When(
        named.days, earliest or after, latest, of_day.first, problem, named.weekdays, out, of_day.last
    )
