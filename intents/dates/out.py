"""Which of the days and hours on a page are wished, and what those that are ruled out come to."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, time
from typing import TypeVar

from intents.dates.clock import Hours, OfDay, Span
from intents.dates.corrected import corrected
from intents.dates.days import Said
from intents.dates.ruled_out import Clauses, Standing, refused_before

_TO = re.compile(" ?(?:から|-|to|until) ?")
_FROM = re.compile(" ?から")
_TOO_EARLY = re.compile("[^、。\0]{0,4}(?:早|はや)(?:すぎ|い)|[^、。\0]{0,4}too early")
_TOO_LATE = re.compile("[^、。\0]{0,4}(?:遅|おそ)(?:すぎ|い)|[^、。\0]{0,4}too late")
_THEN = re.compile("その(?:あと|後(?!の[日週]))|それ(?:以降|より(?:あと|後))|終わ(?:って|った[ら後]|り次第)|済ん(?:で|だら)|after that")
_BUT = re.compile("[\0の ]*以外")
_LOOKS_ON = 120  # characters after the last day or hour; no clause of a person's is longer
_DAWN, _DUSK = time(6), time(18)


def stood(of_day: OfDay, said: Sequence[Said], page: str, today: date) -> tuple[OfDay, list[Said]]:
    """The same with the standing of each in its sentence; `page` has them all blanked."""
    ends = (*(one.end for one in of_day.hours), *(one.end for one in said))
    clauses = Clauses(page[: max(ends, default=0) + _LOOKS_ON])
    hours = [replace(one, standing=clauses.standing(one.start, one.end)) for one in of_day.hours]
    days = [replace(one, standing=_of_day(one, clauses, today)) for one in said]
    hours, days = corrected(_but_reasons(hours, clauses), _but_reasons(days, clauses), page)
    if any(one.standing == "out" for one in days):
        elsewhere = any(one.standing == "wished" for one in days)
        days = _framed(days, clauses.span, elsewhere)
        hours, days = _in_part(hours, days, page, clauses.span, elsewhere)
    return replace(of_day, hours=tuple(hours)), days


_Named = TypeVar("_Named", Hours, Said)


def _but_reasons(named: list[_Named], clauses: Clauses) -> list[_Named]:
    """Without those that only give the reason for a later one."""
    wished = [i for i, one in enumerate(named) if one.standing == "wished"]
    return [
        replace(one, standing="told")
        if one.standing == "wished" and i < wished[-1] and clauses.gives_reason(one.end)
        else one
        for i, one in enumerate(named)
    ]


def _of_day(one: Said, clauses: Clauses, today: date) -> Standing:
    standing = clauses.standing(one.start, one.end)
    if one.standing == "told":  # 「毎週水曜」 names no day to come on
        return "out" if standing == "out" else "told"
    done = bool(one.days) and one.days[-1] <= today and clauses.is_done(one.end)
    return "told" if done else standing


_SpanOf = Callable[[int], tuple[int, int]]


def _framed(days: Sequence[Said], span_of: _SpanOf, elsewhere: bool) -> list[Said]:
    """「来週は水曜が無理」 rules out one day: the week is only its frame."""
    done = list(days)
    for i, (long, lone) in enumerate(zip(days, days[1:], strict=False)):
        both_out = long.standing == lone.standing == "out" and span_of(long.start) == span_of(lone.start)
        if both_out and len(long.days) > 1 and (lone.day or lone.weekday is not None):
            done[i] = replace(long, standing="told" if elsewhere else "wished")
    return done


def _in_part(
    hours: list[Hours], days: list[Said], page: str, span_of: _SpanOf, elsewhere: bool
) -> tuple[list[Hours], list[Said]]:
    """「12日の午前はだめ」 leaves the rest of that day, unless another day is named."""
    of_clause: dict[tuple[int, int], list[Hours]] = {}
    for hour in hours:
        if hour.standing == "out":
            of_clause.setdefault(span_of(hour.start), []).append(hour)
    for clause, refused in of_clause.items():
        named = [one for one in days if one.standing == "out" and clause[0] <= one.start < refused[0].start]
        if not named:
            continue
        whole = {time(0), time(12)} <= {one.span[0] for one in refused if not one.clock}
        loose = all(one.loose for one in named)  # 「火曜の午前以外」; 「12日の9時以外」 is on the 12th
        but = loose and (refused_before(page, named[0].start) or _leaves_the_rest(refused, named[-1], page))
        if whole or but or elsewhere:
            hours = [replace(one, standing="told") if one in refused else one for one in hours]
        if not whole:
            rest: Standing = "told" if but or elsewhere else "wished"
            days = [replace(one, standing=rest) if one in named else one for one in days]
    return hours, days


def _leaves_the_rest(hours: Sequence[Hours], day: Said, page: str) -> bool:
    """「火曜の午前以外」: those hours of that day, and nothing else."""
    return any(_BUT.match(page, one.end) and "は" not in page[day.end : one.start] for one in hours)


def hours_out(hours: Sequence[Hours], page: str) -> tuple[tuple[Span, ...], time | None]:
    """(spans of starts that are ruled out, the time from which it is wished: 「そのあと」)."""
    spans: list[Span] = []
    said = [one for one in hours if one.standing == "out"]
    # 「午後は2時から用事」: the part of the day only frames the hour.
    pairs = zip(said, said[1:], strict=False)
    framed = {one for one, after in pairs if not one.clock and after.clock and after.start - one.end < 6}
    out = [one for one in said if one not in framed]
    while out:
        one = out.pop(0)
        ranged = bool(out) and one.clock and _TO.fullmatch(page, one.end, out[0].start) is not None
        spans.append(_open_ended((one.span[0], _to_the_minute(out.pop(0).span[1])) if ranged else _alone(one, page)))
    after = _THEN.search(page) if spans else None
    last = spans[-1][1] if spans else None
    if after is None or last is None:
        return tuple(spans), None
    return tuple(spans[:-1]), _next_minute(last) if last.minute % 5 == 4 else last


def _alone(one: Hours, page: str) -> Span:
    """One that is no range: 「3時から用事」 reaches on, 「9時は早すぎる」 back."""
    start, end = one.span
    if _TOO_EARLY.match(page, one.end):
        return None, end
    if one.clock and (_FROM.match(page, one.end) or _TOO_LATE.match(page, one.end)):
        return start, None
    return start, _to_the_minute(end) if start is None else end


def _open_ended(span: Span) -> Span:
    """Open at the ends of the day: 午前 is all that is before noon."""
    start, end = span
    return None if start and start < _DAWN else start, None if end and end > _DUSK else end


def _to_the_minute(end: time | None) -> time | None:
    """Busy until 12:00 is free at 12:00."""
    if end is None or end == time.min:
        return end
    minutes = end.hour * 60 + end.minute - 1
    return time(minutes // 60, minutes % 60)


def _next_minute(end: time) -> time:
    minutes = min(end.hour * 60 + end.minute + 1, 24 * 60 - 1)
    return time(minutes // 60, minutes % 60)


def allowed(window: Span, barred: Sequence[Span]) -> Span:
    """The window of hours; open where all of it is ruled out: 「昼は薬を飲むので昼は避けたい」."""
    low, high = window[0] or time.min, window[1] or time.max
    wholly = any((start or time.min) <= low and high <= (end or time.max) for start, end in barred)
    return (None, None) if wholly else window


def days_out(out: Sequence[Said], today: date) -> tuple[tuple[date, ...], tuple[int, ...]]:
    """(days to come, weekdays) that are ruled out; weekdays where no week or date was named."""
    weekdays = {number for one in out for number in one.loose}
    days = {day for one in out if not one.loose for day in one.days if day >= today}
    return tuple(sorted(days)), tuple(sorted(weekdays))
