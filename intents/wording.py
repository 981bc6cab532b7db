"""Dates, times and facts in words a resident understands: 8月5日（水）, 午後2時."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta

from intents.model import Fact, Facts, Lang, Openings, Words
from intents.office import phase
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


Daily = Callable[[str], Fact | None]


def no_daily(name: str) -> Fact | None:
    """No facts of the moment: what follows from the content and the day alone."""
    return None


def fill(text: str, facts: Facts, lang: Lang, today: date, daily: Daily = no_daily) -> Filled:
    """`text` with its {facts} in words. A fact that is not given or is stale makes it `missing`.

    `daily`: facts of the moment by name; they come before those of the content.
    """
    missing = practice = False
    found: dict[str, str] = {}
    for name in _BRACES.findall(text):
        fact = daily(name) or _fact(name, facts, today)
        if fact.words is None:
            missing = True
            continue
        inner = fill(fact.words.say(lang), facts, lang, today, daily)
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
    if facts.openings and facts.openings.days:
        return _of_openings(name, facts, facts.openings)
    return Fact(None)


def _of_openings(name: str, facts: Facts, openings: Openings) -> Fact:
    """What follows from the openings table."""
    if name == "venue_dates":
        return Fact(_each(facts, _venue_dates), openings.practice)
    if name == "accept_from" and openings.accept_from:
        return Fact(_dated(openings.accept_from), openings.practice)
    if name == "per_person":
        return Fact(Words(str(openings.per_person)), openings.practice)
    if name == "notice":
        return Fact(_minutes(openings.notice), openings.practice)
    return Fact(None)


def accepts_bookings(facts: Facts, today: date) -> bool:
    """Whether bookings are taken on `today`: the table stands, and its first day for that has come."""
    openings = facts.openings
    if openings is None or not any(openings.days.values()) or phase(today, facts) == "after":
        return False
    return openings.accept_from is None or today >= openings.accept_from


def _minutes(minutes: int) -> Words:
    """1時間, 30分 / 1 hour, 30 minutes."""
    hours, rest = divmod(minutes, 60)
    ja = f"{f'{hours}時間' if hours else ''}{f'{rest}分' if rest or not hours else ''}"
    en = [f"{hours} hour{'s' if hours > 1 else ''}"] if hours else []
    en += [f"{rest} minutes"] if rest or not hours else []
    return Words(ja, ja.replace("時間", "じかん").replace("分", "ふん"), " ".join(en))


def _dated(day: date) -> Words:
    return Words(say_date(day, "ja"), say_date(day, "easy"), say_date(day, "en"))


def _timed(moment: time) -> Words:
    return Words(say_time(moment, "ja"), say_time(moment, "easy"), say_time(moment, "en"))


def _each(facts: Facts, build: Callable[[Facts, Lang], str]) -> Words:
    return Words(build(facts, "ja"), build(facts, "easy"), build(facts, "en"))


def _venue_list(facts: Facts, lang: Lang) -> str:
    return (", " if lang == "en" else "・").join(venue.name.say(lang) for venue in facts.venues)


def _venue_dates(facts: Facts, lang: Lang) -> str:
    assert facts.openings is not None
    return venue_dates(facts, facts.openings, lang)


def venue_dates(facts: Facts, table: Openings, lang: Lang, today: date = date.min, over: str = "") -> str:
    """A line for each venue of `table`: its open days from `today` on, or `over` where all are past."""
    lines = []
    for venue in facts.venues:
        days = table.days.get(venue.id, ())
        spans = spans_of((day for day in days if day >= today), facts)
        said = (", " if lang == "en" else "、").join(_say_span(a, b, lang) for a, b in spans) or over
        if days and said:
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
