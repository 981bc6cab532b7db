"""Dates, times and facts in words a resident understands: 8月5日（水）, 午後2時."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta

from intents.model import Fact, Facts, Lang, Words
from intents.openings import is_working_day

_WEEKDAYS = "月火水木金土日"
_WEEKDAYS_EN = "Mon Tue Wed Thu Fri Sat Sun".split()
_MONTHS_EN = "January February March April May June July August September October November December".split()
_BRACES = re.compile(r"\{([a-z_]+)\}")


def say_date(day: date, lang: Lang) -> str:
    """8月5日（水） / 8がつ5にち（すい） / Wed, August 5."""
    if lang == "en":
        return f"{_WEEKDAYS_EN[day.weekday()]}, {_MONTHS_EN[day.month - 1]} {day.day}"
    return f"{day.month}月{day.day}日（{_WEEKDAYS[day.weekday()]}）"


def say_time(moment: time, lang: Lang) -> str:
    """午後2時, 午前9時45分 / 2 p.m., 9:45 a.m."""
    hour = moment.hour % 12 or 12
    if lang == "en":
        minutes = f":{moment.minute:02}" if moment.minute else ""
        return f"{hour}{minutes} {'a.m.' if moment.hour < 12 else 'p.m.'}"
    half = "午前" if moment.hour < 12 else "午後"
    hour = moment.hour if moment.hour < 12 else moment.hour - 12
    minutes = f"{moment.minute}分" if moment.minute else ""
    return f"{half}{hour}時{minutes}"


def fact_names(text: str) -> tuple[str, ...]:
    """The facts that `text` quotes in {braces}, in order."""
    return tuple(_BRACES.findall(text))


@dataclass(frozen=True, slots=True)
class Filled:
    """A text with its facts in place. `missing`: a fact is not given; `practice`: one is 見本."""

    text: str
    missing: bool = False
    practice: bool = False


def fill(text: str, facts: Facts, lang: Lang, today: date) -> Filled:
    """`text` with its {facts} in words. A fact that is not given or is stale makes it `missing`."""
    missing = practice = False
    found: dict[str, str] = {}
    for name in _BRACES.findall(text):
        fact = _fact(name, facts, today)
        if fact.words is None:
            missing = True
            continue
        inner = fill(fact.words.say(lang), facts, lang, today)
        missing, practice = missing or inner.missing, practice or fact.practice or inner.practice
        found[name] = inner.text
    if not found and not missing:
        return Filled(text)
    return Filled(_BRACES.sub(lambda m: found.get(m[1], ""), text), missing, practice)


def _fact(name: str, facts: Facts, today: date) -> Fact:
    """A fact by name: given as text, or following from the typed ones."""
    fact = facts.texts.get(name)
    if fact is not None and fact.words is not None:
        return Fact(None) if fact.until and today > fact.until else fact
    if name == "phone":
        return facts.phone
    if name == "venues" and facts.venues:
        return Fact(_each(facts, _venue_list))
    if name in ("starts", "ends"):
        day = facts.starts if name == "starts" else facts.ends
        return Fact(_dated(day)) if day else Fact(None)
    if name in ("opens", "closes") and facts.office:
        return Fact(_timed(facts.office.opens if name == "opens" else facts.office.closes))
    if name == "venue_dates" and facts.openings and facts.openings.days:
        return Fact(_each(facts, _venue_dates), facts.openings.practice)
    return Fact(None)


def _dated(day: date) -> Words:
    return Words(say_date(day, "ja"), say_date(day, "easy"), say_date(day, "en"))


def _timed(moment: time) -> Words:
    return Words(say_time(moment, "ja"), say_time(moment, "easy"), say_time(moment, "en"))


def _each(facts: Facts, build: Callable[[Facts, Lang], str]) -> Words:
    return Words(build(facts, "ja"), build(facts, "easy"), build(facts, "en"))


def _venue_list(facts: Facts, lang: Lang) -> str:
    return (", " if lang == "en" else "・").join(venue.name.say(lang) for venue in facts.venues)


def _venue_dates(facts: Facts, lang: Lang) -> str:
    openings = facts.openings
    assert openings is not None
    lines = []
    for venue in facts.venues:
        spans = spans_of(openings.days.get(venue.id, ()), facts)
        if spans:
            said = (", " if lang == "en" else "、").join(_say_span(a, b, lang) for a, b in spans)
            lines.append(f"{venue.name.say(lang)}{': ' if lang == 'en' else '：'}{said}")
    return "\n".join(lines)


def _say_span(first: date, last: date, lang: Lang) -> str:
    joint = " to " if lang == "en" else "〜"
    return _short(first, lang) if first == last else f"{_short(first, lang)}{joint}{_short(last, lang)}"


def _short(day: date, lang: Lang) -> str:
    """8月3日（月） / Mon, Aug 3: short enough for a table of many days."""
    return say_date(day, lang).replace(_MONTHS_EN[day.month - 1], _MONTHS_EN[day.month - 1][:3])


def spans_of(days: Iterable[date], facts: Facts) -> list[tuple[date, date]]:
    """Runs of days between which the ward office is closed anyway; a weekend opening stands alone."""
    spans: list[tuple[date, date]] = []
    for day in sorted(days):
        if spans and not _parted(spans[-1][1], day, facts):
            spans[-1] = (spans[-1][0], day)
        else:
            spans.append((day, day))
    return spans


def _parted(last: date, day: date, facts: Facts) -> bool:
    between = [last + timedelta(days=i) for i in range(1, (day - last).days)]
    return (
        not (is_working_day(last, facts) and is_working_day(day, facts))
        or any(is_working_day(one, facts) for one in between)
    )  # fmt: skip
