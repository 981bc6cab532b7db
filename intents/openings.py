"""The days on which a venue is open: the rules that staff write → days, or what is wrong with them.

Days are those of the calendar in Japan; how the rules are written is told in faq/README.md.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from types import MappingProxyType

from intents.model import Facts, Office
from intents.office import is_office_day

_WEEKDAYS = "月火水木金土日"
_KIND = "(?:(休み|臨時)[ \u3000])?"
_ISO = r"(\d{4}-\d{2}-\d{2})"
# 〜 and ～ look alike: Windows types the one, a Mac the other.
_SPAN = re.compile(rf"{_KIND}{_ISO}(?:[〜～~]{_ISO})?", re.ASCII)
_WEEKLY = re.compile(f"{_KIND}(?:毎週|第([1-5]))([{_WEEKDAYS}])曜")
_LOOSE_DAY = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})", re.ASCII)
_FORMS = "2026-08-03、2026-08-03〜2026-08-07、毎週火曜、第2水曜、休み 2026-08-13、臨時 2026-08-08"
_LONGEST = 366  # days of one range; only the programme bounds it otherwise, and that may be missing
_ANY_HOURS = Office(dt.time(9), dt.time(17))  # office days do not depend on the hours


@dataclass(frozen=True, slots=True)
class RuleFault:
    """What is wrong with one rule, in Japanese. `rule`: its index in the list."""

    rule: int
    text: str


@dataclass(frozen=True, slots=True)
class _Read:
    """One rule, read. `kind`: 休み, 臨時 or ""."""

    days: tuple[date, ...] = ()
    kind: str = ""
    problem: str = ""


def days_of(
    rules: Sequence[str], facts: Facts, base: Collection[date] = ()
) -> tuple[tuple[date, ...], tuple[RuleFault, ...]]:
    """The days that `base` and `rules` open, in order, and what is wrong with the rules.

    A rule is a day, a range (its office days), 毎週火曜 or 第2水曜 (office days of the programme);
    with 休み before it: closed, whatever else says; with 臨時: open on weekends and holidays too.
    """
    read = [_read(rule.strip(), facts) for rule in rules]
    opened = set(base).union(*(one.days for one in read if one.kind != "休み"))
    closed = set[date]().union(*(one.days for one in read if one.kind == "休み"))
    extra = set[date]().union(*(one.days for one in read if one.kind == "臨時"))
    faults = []
    for i, one in enumerate(read):
        problem = one.problem or (_closing_problem(one.days, opened, extra) if one.kind == "休み" else "")
        if problem:
            faults.append(RuleFault(i, problem))
    return tuple(sorted(opened - closed)), tuple(faults)


def _closing_problem(days: Collection[date], opened: Collection[date], extra: Collection[date]) -> str:
    """Why these days cannot be closed, or ""; a range may reach over days that are closed anyway."""
    if both := sorted(set(days) & set(extra)):
        return f"{both[0]} は「休み」と「臨時」の両方にあります。どちらか一つにしてください。"
    if not set(days) & set(opened):
        return f"「休み {min(days)}」：もともと開いていない日です。日付をお確かめください。"
    return ""


def _read(rule: str, facts: Facts) -> _Read:
    weekly = _WEEKLY.fullmatch(rule)
    if weekly:
        return _read_weekly(rule, weekly, facts)
    span = _SPAN.fullmatch(rule)
    if span:
        return _read_span(rule, span, facts)
    return _Read(problem=f"「{rule}」は読めません。{_nearest_form(rule)}")


def _read_span(rule: str, found: re.Match[str], facts: Facts) -> _Read:
    kind = found[1] or ""
    try:
        first, last = date.fromisoformat(found[2]), date.fromisoformat(found[3] or found[2])
    except ValueError:
        return _Read(problem=f"「{rule}」：ない日付です。暦をお確かめください。")
    if first > last:
        return _Read(problem=f"「{rule}」：始まりが終わりより後です。「{last}〜{first}」と書いてください。")
    if not (in_programme(first, facts) and in_programme(last, facts)):
        return _Read(problem=f"「{rule}」：実施期間（{facts.starts}〜{facts.ends}）の外です。")
    if (last - first).days > _LONGEST:
        return _Read(problem=f"「{rule}」：1年より長くなっています。年をお確かめください。")
    days = tuple(day for day in _through(first, last) if kind or is_working_day(day, facts))
    if days:
        return _Read(days, kind)
    if found[3]:
        return _Read(problem=f"「{rule}」：この間に区役所の開庁日はありません。")
    named = f"{rule}（{_WEEKDAYS[first.weekday()]}）：区役所の閉庁日です。"
    return _Read(problem=f"{named}それでも開くなら「臨時 {rule}」と書いてください。")


def _read_weekly(rule: str, found: re.Match[str], facts: Facts) -> _Read:
    if facts.starts is None or facts.ends is None:
        return _Read(problem=f"「{rule}」：実施期間（programme の from と until）がないと日付が決まりません。")
    kind, nth, weekday = found[1] or "", int(found[2] or 0), _WEEKDAYS.index(found[3])
    days = tuple(
        day for day in _through(facts.starts, facts.ends)
        if day.weekday() == weekday and nth in (0, (day.day + 6) // 7)
        and (kind or is_working_day(day, facts))
    )  # fmt: skip
    if days:
        return _Read(days, kind)
    mend = "" if kind else f"それでも開くなら「臨時 {rule}」と書いてください。"
    return _Read(problem=f"「{rule}」：実施期間の中に、当てはまる開庁日がありません。{mend}")


def _nearest_form(rule: str) -> str:
    """The right way to write what was probably meant."""
    plain = unicodedata.normalize("NFKC", rule)
    kind = next((kind + " " for kind in ("休み", "臨時") if kind[0] in plain), "")
    days = [f"{year}-{month:0>2}-{day:0>2}" for year, month, day in _LOOSE_DAY.findall(plain)][:2]
    weekday = next((char for char in plain.replace("曜日", "") if char in _WEEKDAYS), "")
    if days:
        return f"「{kind}{'〜'.join(days)}」と書いてください。"
    if weekday:
        nth = re.search(r"第?\s*([1-5])", plain)
        return f"「{kind}{'第' + nth[1] if nth else '毎週'}{weekday}曜」と書いてください。"
    return f"書き方の例：{_FORMS}"


def in_turn(venues: Sequence[str], facts: Facts, weeks: int = 1) -> Mapping[str, tuple[date, ...]]:
    """順番に1週間ずつ: the programme's office days, each venue `weeks` calendar weeks, then the next."""
    table: dict[str, list[date]] = {venue: [] for venue in venues}
    if venues and facts.starts and facts.ends and weeks > 0:
        monday = facts.starts - timedelta(days=facts.starts.weekday())
        for day in _through(facts.starts, facts.ends):
            if is_working_day(day, facts):
                turn = (day - monday).days // 7 // weeks
                table[venues[turn % len(venues)]].append(day)
    return MappingProxyType({venue: tuple(days) for venue, days in table.items()})


def is_working_day(day: date, facts: Facts) -> bool:
    """Whether the ward office works on `day`; without its own exceptions where none are known."""
    return is_office_day(day, facts.office or _ANY_HOURS)


def in_programme(day: date, facts: Facts) -> bool:
    """Whether `day` lies within the programme, ends included; an end that is not known does not bind."""
    return not (facts.starts and day < facts.starts) and not (facts.ends and day > facts.ends)


def _through(first: date, last: date) -> list[date]:
    return [first + timedelta(days=i) for i in range((last - first).days + 1)]


def opening_faults(facts: Facts) -> list[str]:
    """What staff should look at in a table that could be read, in Japanese: two venues on one day.

    That may be meant, so each begins with 「確認：」; [] where all is well or none is given.
    """
    notes = []
    days = facts.openings.days if facts.openings else {}
    for (one, ones), (two, twos) in combinations(days.items(), 2):
        both = sorted(set(ones) & set(twos))
        if both:
            more = f" ほか{len(both) - 1}日" if len(both) > 1 else ""
            notes.append(f"確認：{_name(one, facts)}と{_name(two, facts)}が同じ日に開きます（{both[0]}{more}）。")
    return notes


def _name(venue: str, facts: Facts) -> str:
    return next((one.name.ja for one in facts.venues if one.id == venue), venue)
