"""facts.yaml, `openings:` → Openings. Every fault is told at its own line, with the nearest right form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from itertools import pairwise
from types import MappingProxyType

from intents.catalogue.form import Form
from intents.catalogue.nodes import Items, Text
from intents.catalogue.reading import is_null, nearest
from intents.model import Facts, Openings, Place
from intents.openings import days_of, in_programme, in_turn

_KNOWN = (
    "slots", "desks", "minutes", "days", "turns", "accept_from", "notice_minutes", "per_person",
    "staff", "staff_on", "source", "checked",
)  # fmt: skip
_Rules = Sequence[tuple[str, Place]]
_Days = dict[str, tuple[date, ...]]


def read_openings(form: Form, facts: Facts, practice: bool) -> Facts:
    """`facts` with the openings that `form` gives; as they were where it gives none (null)."""
    section = form.form("openings")
    if section is None:
        return facts
    section.allow(_KNOWN)
    sourced(section)
    minutes = _number(section, "minutes", 5, 240, 45)
    openings = Openings(
        slots=_slots(section, minutes),
        desks=_number(section, "desks", 1, 50, 1),
        minutes=minutes,
        days=MappingProxyType(_days(section, facts)),
        practice=practice,
        accept_from=_accept_from(section, facts),
        notice=_number(section, "notice_minutes", 0, 20160, 60),
        per_person=_number(section, "per_person", 1, 20, 2),
        on_duty=_number(section, "staff", 0, 51, 3),
    )
    openings = replace(openings, staff=MappingProxyType(_staff_on(section, facts, openings)))
    _check_staff(section, openings)
    return replace(facts, openings=openings)


def sourced(form: Form) -> None:
    """A fact without a source is one that nobody can check."""
    if not form.text("source"):
        form.lacks("出典（source:）がありません。", "source", stops=False)
    if form.day("checked") is None and is_null(form.get("checked")):
        form.lacks("確かめた日（checked:）がありません。", "checked", stops=False)


def _number(form: Form, key: str, low: int, high: int, otherwise: int) -> int:
    value = form.number(key, low, high)
    return otherwise if value is None else value


def _accept_from(section: Form, facts: Facts) -> date | None:
    day = section.day("accept_from")
    if day and facts.ends and day > facts.ends:
        section.fault(f"「accept_from」が実施期間の終わり（{facts.ends}）より後です。", section.at("accept_from"))
    return day


# ------------------------------------------------------------------ times of a day
def _slots(section: Form, minutes: int) -> tuple[time, ...]:
    """The start times; two that overlap would give one desk to two people."""
    node = section.get("slots")
    items = node.items if isinstance(node, Items) else ()
    read = [(moment, item.place) for item in items if (moment := section.moment_of(item, "slots"))]
    if not items:
        words = '時間の枠（slots）がありません。「slots: ["9:00", "9:45"]」のように書いてください。'
        section.fault(words, section.at("slots"))
    for (one, _), (two, place) in pairwise(read):
        gap = (two.hour - one.hour) * 60 + two.minute - one.minute
        named = f"時間の枠 {one:%H:%M} と {two:%H:%M}："
        if gap <= 0:
            section.fault(f"{named}早い順に、一度ずつ並べてください。", place)
        elif gap < minutes:
            section.fault(f"{named}間が{gap}分で、1回の{minutes}分（minutes）より短いです。", place)
    return tuple(moment for moment, _ in read)


# ------------------------------------------------------------------ days
def _days(section: Form, facts: Facts) -> _Days:
    days, turns = section.form("days"), section.form("turns")
    if days and turns:
        section.fault("「days」と「turns」の両方は書けません。どちらか一つにしてください。", section.at("turns"))
    elif days:
        return _days_by_venue(days, facts)
    elif turns:
        return _days_in_turn(turns, facts)
    else:
        section.fault("開設日がありません。会場ごとの「days:」か、順番の「turns:」を書いてください。")
    return {}


def _days_by_venue(form: Form, facts: Facts) -> _Days:
    before = len(form.faults)
    table = {venue: _opened(form, rules, facts) for venue, rules in _rules(form, facts).items()}
    if not any(table.values()) and len(form.faults) == before:
        form.fault("開設日（days）が一日もありません。")
    return table


def _days_in_turn(form: Form, facts: Facts) -> _Days:
    form.allow(("order", "weeks", "closed", "extra"))
    if facts.starts is None or facts.ends is None:
        form.fault("順番（turns）には、実施期間（programme の from と until）が要ります。")
    base = in_turn(_order(form, facts), facts, _number(form, "weeks", 1, 13, 1))
    closed, extra = form.form("closed"), form.form("extra")
    shut = _rules(closed, facts, "休み ") if closed else {}
    more = _rules(extra, facts) if extra else {}
    venues = [venue.id for venue in facts.venues if venue.id in {*base, *shut, *more}]
    rules = {venue: (*shut.get(venue, ()), *more.get(venue, ())) for venue in venues}
    return {venue: _opened(form, rules[venue], facts, base.get(venue, ())) for venue in venues}


def _order(form: Form, facts: Facts) -> tuple[str, ...]:
    """The venues that take turns; one that is not known or stands twice is a fault."""
    order: list[str] = []
    for venue, place in form.texts("order", needed=True):
        if venue in order:
            form.fault(f"会場「{venue}」が順番（order）に二度あります。", place)
        elif _is_known(form, venue, facts, place):
            order.append(venue)
    return tuple(order)


def _rules(form: Form, facts: Facts, kind: str = "") -> dict[str, _Rules]:
    """The rules of each venue with their places; `kind` goes before a rule that does not say it."""
    table: dict[str, _Rules] = {}
    for venue, node in form.node.fields.items():
        if _is_known(form, venue, facts, form.at(venue)) and not is_null(node):
            read = form.texts(venue)
            table[venue] = [(said if said.startswith(kind) else kind + said, at) for said, at in read]
    return table


def _opened(form: Form, rules: _Rules, facts: Facts, base: Sequence[date] = ()) -> tuple[date, ...]:
    days, faults = days_of([rule for rule, _ in rules], facts, base)
    for fault in faults:
        form.fault(fault.text, rules[fault.rule][1])
    return days


def _is_known(form: Form, venue: str, facts: Facts, place: Place) -> bool:
    ids = [one.id for one in facts.venues]
    if venue in ids:
        return True
    named = [one.id for one in facts.venues if venue and venue in one.name.ja]
    meant = f"（「{named[0]}」のまちがいでは？）" if len(named) == 1 else nearest(venue, ids)
    form.fault(f"会場「{venue}」は venues にありません{meant}。", place)
    return False


# ------------------------------------------------------------------ people on duty
def _staff_on(section: Form, facts: Facts, openings: Openings) -> Mapping[tuple[str, date], int]:
    venues = section.form("staff_on")
    staff: dict[tuple[str, date], int] = {}
    for venue in venues.node.fields if venues else ():
        if venues and _is_known(venues, venue, facts, venues.at(venue)):
            by_day = venues.form(venue)
            numbers = _staff_by_day(by_day, venue, facts, openings) if by_day else {}
            staff.update({(venue, day): people for day, people in numbers.items()})
    return staff


def _staff_by_day(form: Form, venue: str, facts: Facts, openings: Openings) -> Mapping[date, int]:
    numbers: dict[date, int] = {}
    for written in form.node.fields:
        day = form.day_of(Text(form.at(written), written), "staff_on")
        people = form.number(written, 0, 51)
        if day and people is not None and _is_open(form, written, venue, day, facts, openings):
            numbers[day] = people
    return numbers


def _is_open(form: Form, key: str, venue: str, day: date, facts: Facts, openings: Openings) -> bool:
    """A day on which the venue is closed is most likely another day mistyped."""
    if day in openings.days.get(venue, ()):
        return True
    why = "この会場が開いていない日です" if in_programme(day, facts) else "実施期間の外です"
    form.fault(f"「staff_on」の {day}：{why}。日付をお確かめください。", form.at(key))
    return False


def _check_staff(section: Form, openings: Openings) -> None:
    """More desks than the people on duty can serve: they are never offered, which staff may not expect."""
    served = max(openings.on_duty - 1, 0)
    if openings.desks > served:
        section.fault(
            f"職員{openings.on_duty}人（staff）では、窓口は{served}つまでです（desks は{openings.desks}）。",
            section.at("staff"), stops=False,
        )  # fmt: skip
