"""Typed days and times → the days and hours meant: 「来週の火曜の午前」, 二十五日, "next Tuesday".

English and kana are first rewritten into one Japanese spelling, which one grammar then reads.
Days are those of the calendar in Japan; nothing here knows when a counter is open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from intents.dates_clock import take_hours, window_of
from intents.dates_days import Problem, is_unclear
from intents.dates_joined import named_days
from intents.dates_spelling import one_spelling


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


@dataclass(frozen=True, slots=True)
class When:
    """What a text says of day and time. `days` in order, () when none was said.

    `weekdays`: those named without a week or a date (0 is Monday); `days` then has the next of each.
    `out`: what cannot be; `days`, `earliest` and `latest` never repeat it.

    `earliest`/`latest` bound the start of a visit, both included; equal for an exact time; None
    where that side is open, or where two days have different hours. `first`: the earliest place is wished. `problem`: why `days` cannot
    be used as they are ("past" keeps the past days, so that they can be named).
    """

    days: tuple[date, ...] = ()
    earliest: time | None = None
    latest: time | None = None
    first: bool = False
    problem: Problem = ""
    weekdays: tuple[int, ...] = ()
    out: Out = Out()


def read_when(text: str, today: date) -> When:
    """The days and times that `text` names, seen from `today`. Never raises; linear in length."""
    page = one_spelling(text, today)
    unclear = is_unclear(page)
    hours, first, page = take_hours(page)
    named = named_days(page, today)
    earliest, latest = window_of(hours, named.starts, named.out)
    problem: Problem = "ambiguous" if unclear and not named.dated else named.problem
    return When(named.days, earliest, latest, first, problem)
