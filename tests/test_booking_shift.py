"""Wishes relative to what is chosen: 次の日, 翌週, 1時間遅く."""

from __future__ import annotations

from datetime import date, time

import pytest

from intents.booking.shift import Base, settled
from intents.dates import When
from intents.wishes import Heard, Shift

TIMES = (time(9), time(9, 45), time(10, 30), time(11, 15), time(13), time(13, 45), time(14, 30), time(15, 15))
WEEK = tuple(date(2026, 8, day) for day in (10, 12, 13, 14, 24, 25, 26, 27, 28))
AT = Base(date(2026, 8, 12), time(10, 30))


def meant(shift: Shift, base: Base = AT, when: When | None = None) -> When:
    return settled(Heard(when=when or When(), shift=shift), base, WEEK, TIMES).when


def test_the_next_day_keeps_the_hour() -> None:
    when = meant(Shift(days=1))
    assert (when.days, when.earliest, when.latest) == ((date(2026, 8, 13),), time(10, 30), time(10, 30))


def test_the_week_after_is_its_same_weekday_where_the_counter_is_open_then() -> None:
    assert meant(Shift(weeks=2)).days == (date(2026, 8, 26),)


def test_else_it_is_the_whole_week() -> None:
    assert meant(Shift(weeks=1)).days == tuple(date(2026, 8, day) for day in range(17, 22))


def test_a_weekday_of_the_week_after() -> None:
    assert meant(Shift(weeks=2), when=When(weekdays=(3, 4))).days == (date(2026, 8, 27), date(2026, 8, 28))


@pytest.mark.parametrize(
    ("minutes", "at"), [(60, time(11, 15)), (30, time(11, 15)), (150, time(13)), (-60, time(9, 45)), (-90, time(9))]
)
def test_an_hour_later_is_the_start_nearest_to_it_and_never_the_same(minutes: int, at: time) -> None:
    when = meant(Shift(minutes=minutes))
    assert (when.days, when.earliest, when.latest) == ((AT.day,), at, at)


def test_later_is_any_time_after_the_chosen_one() -> None:
    when = meant(Shift(later=1))
    assert (when.days, when.earliest, when.latest) == ((AT.day,), time(10, 31), None)


def test_earlier_than_the_times_that_are_shown() -> None:
    when = meant(Shift(later=-1), Base(AT.day, None, (time(13), None)))
    assert (when.earliest, when.latest) == (None, time(12, 59))


def test_with_nothing_chosen_there_is_nothing_to_start_from() -> None:
    heard = Heard(shift=Shift(days=1))
    assert settled(heard, None, WEEK, TIMES) is heard


def test_one_week_later_is_that_very_day() -> None:
    assert meant(Shift(weeks=1), when=When(days=(date(2026, 8, 11),))).days == (date(2026, 8, 19),)
