"""Times of day: 3時半, 午後, 10時以降 → the earliest and latest start of a visit."""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from intents.dates.page import taken
from intents.dates.ruled_out import Standing

Span = tuple[time | None, time | None]
_PARTS: dict[str, Span] = {
    "昼前後": (time(11), time(13, 59)), "昼過ぎ": (time(12, 30), time(14, 59)), "昼前": (time(10, 30), time(11, 59)),
    "午前": (time(0), time(11, 59)), "午後": (time(12), time(23, 59)),
    "朝": (time(5), time(10, 29)), "昼": (time(11), time(13, 59)), "昼ごろ": (time(11, 15), time(13)),
    "昼から": (time(12), time(23, 59)), "夕方": (time(15), time(18, 59)), "夜": (time(18), time(23, 59)),
}  # fmt: skip
_PART_OF_DAY = re.compile(
    "(昼前後|昼から(?!ず)|昼過ぎ|昼すぎ|昼前|正午(?: ?(?:ごろ|ころ|頃|前後|くらい|ぐらい))?|昼(?:ごろ|ころ|頃|どき|時)|午前|午後|夕方"
    "|(?<!毎)朝(?![日鮮顔食飯刊礼市ご])|昼(?![食飯寝休間ご])|(?<![毎昨])夜(?![間中勤景分更]))"
)
_FIRST = re.compile(
    "(?:いちばん|一番|最も|もっとも|なるべく|できるだけ|出来るだけ)(?:の)?(?:早|はや)|最短|最速|直近"
    "|(?:いちばん|一番|最も)近い?(?:日(?!本)|時間|枠)"
    "|(?:(?<=午後)|(?<=午前)|(?<=朝))の?(?:いちばん|一番|いち(?![じに])|一(?![時二]))(?!の?(?:遅|おそ|最後))"
)
_LAST = re.compile(
    "(?:いちばん|一番|最も|もっとも|なるべく|できるだけ|出来るだけ)(?:の)?(?:遅|おそ)(?!い?(?:日|く(?:ても|まで)))"
    "|(?:一番|いちばん)?最後の?(?:時間|枠|席|時刻|回)|(?:午前|午後|夕方|その日|1日)?の?最後(?=で?(?:お願い|いい|$))|最終の?(?:時間|枠|回|時刻)"
)
_CLOCK = re.compile(
    "(?:(午前|午後|朝|昼|夕方|夜|晩)(?:中)?(?:の|、|,)? ?)?(?<![0-9:./])([0-9]{1,2})"
    "(?::([0-5][0-9])(?![0-9:])|時(?!間|的|期|停|金|給|代|点|計| ?かん) ?(?:(半)|([0-9]{1,2})分)?)"
    "(?: ?(ごろ|ころ|頃|くらい|ぐらい|前後))?"
    "(?: ?(過ぎ|すぎ|以降|以後|いこう|より(?:も)?(?:後|あと|遅[いく])|まで|前(?!後)|より(?:も)?(?:前|まえ|早[いく])|台)|(から)(?=なら|だったら))?"
)

_LATER = re.compile("よりも?[後あ遅]")


@dataclass(frozen=True, slots=True)
class Hours:
    """What one stretch of the page says of the time of day; `clock`: by the clock, not as 午前."""

    start: int
    end: int
    span: Span
    clock: bool
    standing: Standing = "wished"


@dataclass(frozen=True, slots=True)
class OfDay:
    """All that a page says of the time of day; `first`, `last`: the earliest or latest place is wished."""

    hours: tuple[Hours, ...]
    first: bool
    last: bool


def take_hours(page: str) -> tuple[OfDay, str]:
    """(what is said of the time of day, the page without it)."""
    clocks, page = taken(_CLOCK, page, _clock)
    lasts, page = taken(_LAST, page, lambda m: m[0])
    firsts, page = taken(_FIRST, page, lambda m: m[0])
    parts, page = taken(_PART_OF_DAY, page, _part)
    hours = tuple(sorted(clocks + parts, key=lambda one: one.start))
    return OfDay(hours, bool(firsts), bool(lasts)), page


def _clock(m: re.Match[str]) -> Hours | None:
    """One time of day with what stands around it; None where no clock shows it (25時)."""
    hour, minute = int(m[2]), 30 if m[4] else int(m[3] or m[5] or 0)
    if hour > 23 or minute > 59:
        return None
    exact = time(_in_working_hours(hour, m[1]), minute)
    return Hours(m.start(), m.end(), _bounded(exact, bool(m[6]), m[7] or m[8] or ""), clock=True)


def _bounded(exact: time, about: bool, bound: str) -> Span:
    """10時 → 10:00; 10時ごろ → half an hour either way; 10時以降, 10時まで, 10時台."""
    early, late = (_shifted(exact, -30), _shifted(exact, 30)) if about else (exact, exact)
    if bound in ("過ぎ", "すぎ", "以降", "以後", "いこう", "から") or _LATER.match(bound):
        return early, None
    if bound in ("まで", "前") or bound.startswith("より"):
        return None, late
    return early, late.replace(minute=59) if bound == "台" else late


def _shifted(moment: time, minutes: int) -> time:
    total = min(max(moment.hour * 60 + moment.minute + minutes, 0), 24 * 60 - 1)
    return time(total // 60, total % 60)


def _part(m: re.Match[str]) -> Hours | None:
    word = m[1].replace("すぎ", "過ぎ")
    around_noon = word.startswith("正午") or (word.startswith("昼") and word not in _PARTS)
    return Hours(m.start(), m.end(), _PARTS["昼ごろ" if around_noon else word], clock=False)


def _in_working_hours(hour: int, part: str | None) -> int:
    """The hour meant: 午後1時 is 13; a bare 1時 is read as the one between 8:00 and 18:00."""
    late = hour < 12 if part in ("午後", "夕方", "夜", "晩") else 1 <= hour <= 6 and part in (None, "昼")
    return hour + 12 if late else hour


def window_of(hours: Sequence[Hours], days: Sequence[int]) -> Span:
    """The one window for all `days` (their starts on the page), open where two days have different ones."""
    groups: dict[int, list[Hours]] = {}
    for one in hours:
        if one.standing == "wished":
            groups.setdefault(bisect(sorted(days), one.start), []).append(one)
    windows = {day: _window(group) for day, group in groups.items()}
    general = windows.get(0)
    # 「午前がいいです。火曜の10時」: what was said before any day only frames what follows.
    if general and len(windows) > 1 and all(_lies_in(one, general) for one in windows.values()):
        del windows[0]
    different = set(windows.values())
    return different.pop() if len(different) == 1 else (None, None)


def _lies_in(one: Span, frame: Span) -> bool:
    return (one[0] or time.min) >= (frame[0] or time.min) and (one[1] or time.max) <= (frame[1] or time.max)


def _window(hours: Sequence[Hours]) -> Span:
    """From the earliest to the latest of them, by the clock where one is named; an open side stays open."""
    spans = [one.span for one in hours if one.clock] or [one.span for one in hours]
    starts = [start for start, _ in spans if start is not None]
    ends = [end for _, end in spans if end is not None]
    endless = len(ends) < len(spans) and len(starts) == len(spans)
    return min(starts, default=None), None if endless else max(ends, default=None)
