"""Days that lean on each other: 8月5日から7日, 25日（火）, 火曜ではなく木曜 → the days that are wished."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from intents.dates.days import Problem, Said, monday_of, month_days
from intents.dates.out import days_out
from intents.dates.page import GONE
from intents.dates.reach import reaching
from intents.dates.ruled_out import refused_before

_LISTED = frozenset("か と や , ・ / または 又は もしくは or and か、 または、 ではなく じゃなく じゃなくて".split())
_RANGED = frozenset("- から より to through thru until till".split())
# The venue between a week and its day; no clause of its own, no other choice.
_PLACE_BETWEEN = re.compile(
    "(?!.*(?:ので|けど|忙し)) ?の?、?[^。か0-9a-z\0]{1,10}(?:で|に|は|へ|の|、| ) ?"
    "|[ 、][一-鿿]{1,6} ?|(?!.*\\b(?:or|and|not|but|except)\\b)[a-z ,]{1,24}"
)

@dataclass(frozen=True, slots=True)
class Named:
    """The days that a page names, past ones only where there is no other.

    `starts`: where each stretch that is wished begins; `dated`: whether there is more than weekdays without
    a week. `weekdays`, `out_days`, `out_weekdays`: as in When.
    """

    days: tuple[date, ...]
    problem: Problem
    starts: tuple[int, ...]
    dated: bool
    weekdays: tuple[int, ...]
    out_days: tuple[date, ...]
    out_weekdays: tuple[int, ...]


def named_days(said: Sequence[Said], page: str, today: date) -> Named:
    """What the stretches of a page come to, with what else of it depends on where they stand."""
    wished, out = _wished(_resolved(said, page, today), page)
    named = sorted({day for one in wished for day in one.days})
    coming = tuple(day for day in named if day >= today)
    problems = [one.problem for one in wished if one.problem]
    problem: Problem = "past" if named else problems[0] if problems else ""
    if coming:
        problem = "ambiguous" if "ambiguous" in problems else ""
    return Named(
        coming or tuple(named),
        problem,
        tuple(one.start for one in wished),
        any(one.weekday is None or one.of_week for one in wished if one.days),
        _loose(wished),
        *days_out(out, today),
    )


def _loose(wished: Sequence[Said]) -> tuple[int, ...]:
    """The weekdays that were named without a week; none where a date stands with them."""
    if not all(one.loose for one in wished if one.days):
        return ()
    return tuple(sorted({number for one in wished for number in one.loose}))


def _joint(one: Said, two: Said, page: str) -> Literal["", "list", "range", "beside"]:
    """How two stretches hang together: by か or と, by から, side by side, or not at all."""
    between = page[one.end : two.start].replace(GONE, "").strip(" の()、,は")
    if between in _RANGED:
        return "range"
    return "list" if between in _LISTED else "" if between else "beside"


def _resolved(said: Sequence[Said], page: str, today: date) -> list[Said]:
    """Every lone day and weekday as a date; 「8/25(火)」 is one day, and unclear where they disagree."""
    done: list[Said] = []
    waiting: Said | None = None
    for i, one in enumerate(said):
        _extend_last(done, page, today)
        before = done[-1] if done else None
        leans = before and one.standing == "wished" and _joint(before, one, page) == "beside"
        if before and (one.day or one.weekday is not None) and _is_within(one, before, page):
            done[-1] = _narrowed(before, one)
        elif before and leans and one.weekday is not None and _is_one(before):
            done[-1] = _checked(before, one)
        elif before and leans and _are_one(before, one):
            done[-1] = _agreed(before, one)
        elif one.weekday is None:
            dated = _lone_day_resolved(one, before, page, today)
            done.append(_checked(dated, waiting) if waiting else dated)
            waiting = None
        elif i + 1 < len(said) and _joint(one, said[i + 1], page) == "beside" and _is_one(said[i + 1]):
            waiting = one
        else:
            done.append(_lone_weekday_resolved(one, before, page, today))
    _extend_last(done, page, today)
    return [_ranged(one, done[i + 1] if i + 1 < len(done) else None, page) for i, one in enumerate(done)]


def _extend_last(done: list[Said], page: str, today: date) -> None:
    """Give the last one the days it reaches to, before another leans on it: 25日以降の火曜."""
    if done:
        ends_range = len(done) > 1 and _joint(done[-2], done[-1], page) == "range"
        done[-1] = reaching(done[-1], page, today, ends_range=ends_range)


def _is_within(one: Said, long: Said, page: str) -> bool:
    """Whether a lone day belongs to the week or month before it: 来週の火曜, 「来週、北沢で火曜」."""
    if len(long.days) < 2 or one.standing != "wished" or long.standing != "wished":
        return False
    between = page[long.end : one.start].replace(GONE, "")
    return _joint(long, one, page) == "beside" or _PLACE_BETWEEN.fullmatch(between) is not None


def _is_one(said: Said) -> bool:
    """Whether it names a single date (or tried to), which a weekday beside it only confirms."""
    return bool(said.day or said.problem) or len(said.days) == 1


def _checked(dated: Said, weekday: Said) -> Said:
    agrees = not dated.days or dated.days[0].weekday() == weekday.weekday
    start, end = min(dated.start, weekday.start), max(dated.end, weekday.end)
    return replace(dated, start=start, end=end, problem=dated.problem if agrees else "ambiguous")


def _are_one(one: Said, two: Said) -> bool:
    """「来週の火曜8月25日」: a weekday of a week beside a date are the same day, or should be."""
    of_week = one if one.of_week else two
    dated = two if one.of_week else one
    return of_week.of_week and not dated.of_week and dated.weekday is None and len(of_week.days) == len(dated.days) == 1


def _agreed(one: Said, two: Said) -> Said:
    """The date of the two; in doubt where the other names another day."""
    dated = two if one.of_week else one
    doubt: Problem = dated.problem if one.days == two.days else "ambiguous"
    return replace(dated, start=min(one.start, two.start), end=max(one.end, two.end), problem=doubt)


def _narrowed(long: Said, lone: Said) -> Said:
    """「来週は火曜」, 「8月、25日」: the one day within the week or month."""
    days = tuple(day for day in long.days if day.day == lone.day or day.weekday() == lone.weekday)
    return replace(long, end=lone.end, days=days, problem="" if days else "ambiguous")


def _lone_day_resolved(one: Said, before: Said | None, page: str, today: date) -> Said:
    """25日: in the month named just before it, else the next 25th from today on."""
    if not one.day:
        return one
    if before and before.days and before.standing != "wished" and one.standing == "wished":
        return _of_the_same_month(one, before.days[0], today)  # 14日じゃなくて13日
    joined = before is not None and before.days and _joint(before, one, page) in ("list", "range", "beside")
    since = before.days[-1] if before and joined else today
    months = [(since.year + (since.month + i - 1) // 12, (since.month + i - 1) % 12 + 1) for i in range(3)]
    if joined:
        months = months[:1] if one.day >= since.day else months[1:2]
    found = [date(*month, one.day) for month in months if _exists(*month, one.day)]
    days = tuple(day for day in found if day >= since)[:1]
    return replace(one, days=days, problem="" if days else "no_such_day")


def _of_the_same_month(one: Said, refused: date, today: date) -> Said:
    """The day that is wished instead of a refused one: of that month, else the next to come."""
    if _exists(refused.year, refused.month, one.day):
        day = date(refused.year, refused.month, one.day)
        if day >= today:
            return replace(one, days=(day,))
    return _lone_day_resolved(one, None, "", today)


def _exists(year: int, month: int, day: int) -> bool:
    return any(one.day == day for one in month_days(year, month))


def _lone_weekday_resolved(one: Said, before: Said | None, page: str, today: date) -> Said:
    """火曜: in the week named just before it, else the next one after today."""
    joint = _joint(before, one, page) if before else ""
    assert one.weekday is not None
    in_its_week = joint in ("list", "range", "beside") or (before and before.standing == "moved")
    if before and before.days and before.of_week and in_its_week:
        day = monday_of(before.days[0]) + timedelta(days=one.weekday)
        return replace(one, days=(day,), of_week=True, loose=one.loose if before.loose else ())
    since = before.days[0] if before and before.days and joint == "range" else today
    ahead = (one.weekday - since.weekday() - 1) % 7 + 1
    return replace(one, days=(since + timedelta(days=ahead),))


def _ranged(one: Said, after: Said | None, page: str) -> Said:
    """8月5日から7日: the days between belong to it; unless the first is only moved from."""
    if not after or not one.days or not after.days or _joint(one, after, page) != "range":
        return one
    length = (after.days[-1] - one.days[0]).days
    if not 0 < length <= 100 or one.standing == "moved":
        return one
    days = tuple(one.days[0] + timedelta(days=i) for i in range(length))
    return replace(one, days=days, loose=tuple({day.weekday() for day in days}) if one.loose else ())


def _wished(said: Sequence[Said], page: str) -> tuple[list[Said], list[Said]]:
    """Those wished, and those ruled out: 「火曜と木曜はだめ」, "next week, not Tuesday"."""
    out: list[Said] = []
    kept: list[Said] = []
    dropped: list[Said] = []
    for i in range(len(said) - 1, -1, -1):
        one, after = said[i], said[i + 1] if i + 1 < len(said) else None
        with_next = bool(out) and out[-1] is after and _all_ruled_out(one, out[-1], page)
        into = {"wished": kept, "out": out}.get(one.standing, dropped)
        (out if with_next else into).append(one)
    return [replace(one, days=_without(one.days, (*out, *dropped))) for one in reversed(kept)], out


def _all_ruled_out(one: Said, after: Said, page: str) -> bool:
    """火曜と木曜はだめ rules out both; 火曜ではなく木曜 does not."""
    alike = (one.weekday is None) == (after.weekday is None)
    listed = alike and page[one.end : after.start].strip() in ("、", ",")
    joined = listed or _joint(one, after, page) in ("list", "range")
    contrasted = "な" in page[one.end : after.start]
    return joined and not contrasted and not refused_before(page, after.start)


def _without(days: tuple[date, ...], out: Sequence[Said]) -> tuple[date, ...]:
    """A week or longer without the days ruled out of it; a single day was meant as it was said."""
    if len(days) < 2:
        return days
    weekdays = {one.weekday for one in out}
    ruled_out = {day for one in out for day in one.days}
    return tuple(day for day in days if day not in ruled_out and day.weekday() not in weekdays)
