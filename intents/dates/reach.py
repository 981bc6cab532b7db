"""Days that reach further than the one named: 25日以降, 25日まで, 8月24日の週."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from intents.dates.days import Said, monday_of

_FURTHEST = 60  # days; 「25日以降」 wishes a day before long, not one next year
_ONWARD = re.compile(
    " ?の?(?:以降|以後|いこう(?![とかな])|に入(?:ってから|ったら)|から(?:なら|だったら|先)"
    "|を?(?:過ぎ|すぎ)(?:たら|てから|なら|の|に|で|$|[、。 ]))"
)
_ONWARD_BEFORE = re.compile(r"\bstarting(?: from| on)? ?$")
_LATER = re.compile(" ?より(?:後|あと)")
_LATER_BEFORE = re.compile(r"\bafter ?$")
_BEFORE = re.compile(" ?(?:より|から見て)も?(?:前|まえ|早)")
_BEFORE_BEFORE = re.compile(r"\bbefore ?$")
_NEXT_DAY = re.compile(" ?の(?:(?:翌日|次の日)|(前日|前の日))(?![曜程])")
_FROM = re.compile(" ?から(?! ?\0)")
_UNTIL = re.compile(" ?(?:まで(?!の予約)|以前)")
_UNTIL_BEFORE = re.compile(r"\b(?:by|until|till|no later than) ?$")
_ITS_WEEK = re.compile(" ?の週(?!末)")
_ITS_WEEK_BEFORE = re.compile(r"\bweek (?:of|beginning|starting|commencing) ?$")


def reaching(one: Said, page: str, today: date, *, ends_range: bool) -> Said:
    """`one` with all the days it reaches to, at most 60; `ends_range`: it is the last of 5日から7日まで."""
    if not one.days:
        return one
    before = page[max(0, one.start - 20) : one.start]
    if _ITS_WEEK.match(page, one.end) or _ITS_WEEK_BEFORE.search(before):
        return replace(one, days=_days(monday_of(one.days[0]), 7), of_week=True, loose=())
    if _ONWARD.match(page, one.end) or _ONWARD_BEFORE.search(before):
        return replace(one, days=_days(one.days[0], _FURTHEST), loose=())
    if _LATER.match(page, one.end) or _LATER_BEFORE.search(before):
        return replace(one, days=_days(one.days[-1] + timedelta(days=1), _FURTHEST), loose=())
    beside = _NEXT_DAY.match(page, one.end)
    if beside:
        return replace(one, end=beside.end(), days=(one.days[-1] + timedelta(days=-1 if beside[1] else 1),))
    if one.standing == "out" and not ends_range and _FROM.match(page, one.end):
        return replace(one, days=_days(one.days[0], _FURTHEST), loose=())
    ahead = (one.days[0] - today).days
    if ahead > 0 and (_BEFORE.match(page, one.end) or _BEFORE_BEFORE.search(before)):
        return replace(one, days=_days(today, min(ahead, _FURTHEST)), loose=())
    until = _UNTIL.match(page, one.end) or _UNTIL_BEFORE.search(before)
    ahead = (one.days[-1] - today).days
    if until and not ends_range and ahead >= 0:
        return replace(one, days=_days(today, min(ahead + 1, _FURTHEST)), loose=())
    return one


def _days(first: date, count: int) -> tuple[date, ...]:
    return tuple(first + timedelta(days=i) for i in range(count))
