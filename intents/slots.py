"""Openings and places: which venue is open when, which slots a day has, and which of them are free.

All times are those of Japan. Desks and staff are counted in people; a *place* is one desk in one slot.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from itertools import combinations, pairwise
from types import MappingProxyType

from intents.dates import When
from intents.model import Facts, Office, Openings
from intents.office import JST, is_office_day

_KEY = re.compile(r"([^/\s]{1,64})/(\d{4}-\d{2}-\d{2})/(\d{2}:\d{2})", re.ASCII)
_WEEKDAYS = "月火水木金土日"


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """One start time of one day at one venue (by its id). Ordered by venue, day, time."""

    venue: str
    day: date
    time: dt.time

    @property
    def key(self) -> str:
        """`kitazawa/2026-08-25/13:45`: for storage and button data."""
        return f"{self.venue}/{self.day.isoformat()}/{self.time:%H:%M}"

    @property
    def starts(self) -> datetime:
        """The moment at which the visit begins, aware."""
        return datetime.combine(self.day, self.time, JST)

    @classmethod
    def parse(cls, key: str) -> Slot | None:
        """The slot that a key names; None for anything that is no key. It may still not be offered."""
        found = _KEY.fullmatch(key)
        if found is None:
            return None
        try:
            return cls(found[1], date.fromisoformat(found[2]), dt.time.fromisoformat(found[3]))
        except ValueError:
            return None


def in_time(slot: Slot) -> tuple[date, dt.time, str]:
    """Sorting key: by day and time, then venue."""
    return slot.day, slot.time, slot.venue


# ------------------------------------------------------------------ the days of a venue, as staff write them
_ISO = r"(\d{4}-\d{2}-\d{2})"
_SPAN = re.compile(rf"(休み |臨時 )?{_ISO}(?:〜{_ISO})?", re.ASCII)
_RULE = re.compile(f"(?:毎週|第([1-5]))([{_WEEKDAYS}])曜")
_LOOSE_DAY = re.compile(r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})", re.ASCII)
_FORMS = "2026-08-03、2026-08-03〜2026-08-07、毎週火曜、第2水曜、休み 2026-08-13、臨時 2026-08-08"
_ANY_HOURS = Office(dt.time(9), dt.time(17))  # office days do not depend on the hours


def days_of(rules: Sequence[str], facts: Facts) -> tuple[tuple[date, ...], tuple[str, ...]]:
    """The days that `rules` open, in order, and what is wrong with the rules, in Japanese.

    A rule is a day, a range (its office days), 毎週火曜 or 第2水曜 (office days of the programme),
    休み and a day or range (closed, whatever else says), 臨時 and a day or range (open, weekends too).
    """
    regular: set[date] = set()
    special: set[date] = set()
    closed: set[date] = set()
    problems: list[str] = []
    for rule in rules:
        days, kind, problem = _days_of_rule(rule.strip(), facts)
        {"休み": closed, "臨時": special}.get(kind, regular).update(days)
        if problem:
            problems.append(problem)
    for day in sorted(special & closed):
        problems.append(f"{day} は「休み」と「臨時」の両方にあります。どちらか一つにしてください。")
    for day in sorted(closed - regular - special):
        problems.append(f"「休み {day}」：もともと開いていない日です。日付をお確かめください。")
    return tuple(sorted((regular | special) - closed)), tuple(problems)


def _days_of_rule(rule: str, facts: Facts) -> tuple[list[date], str, str]:
    """(days, 休み or 臨時 or "", problem or "") of one rule."""
    weekly = _RULE.fullmatch(rule)
    if weekly:
        return _weekly(rule, weekly, facts)
    found = _SPAN.fullmatch(rule)
    if found is None:
        return [], "", f"「{rule}」は読めません。{_nearest_form(rule)}"
    kind = (found[1] or "").strip()
    try:
        first, last = date.fromisoformat(found[2]), date.fromisoformat(found[3] or found[2])
    except ValueError:
        return [], kind, f"「{rule}」：ない日付です。暦をお確かめください。"
    if first > last:
        return [], kind, f"「{rule}」：始まりが終わりより後です。「{last}〜{first}」と書いてください。"
    if not (_in_programme(first, facts) and _in_programme(last, facts)):
        return [], kind, f"「{rule}」：実施期間（{facts.starts}〜{facts.ends}）の外です。"
    office_days_only = found[3] and not kind
    days = [day for day in _through(first, last) if not office_days_only or _works(day, facts)]
    return days, kind, "" if days else f"「{rule}」：この間に区役所の開庁日はありません。"


def _weekly(rule: str, found: re.Match[str], facts: Facts) -> tuple[list[date], str, str]:
    if facts.starts is None or facts.ends is None:
        return [], "", f"「{rule}」：実施期間（programme の from と until）がないと日付が決まりません。"
    weekday, nth = _WEEKDAYS.index(found[2]), int(found[1] or 0)
    days = [
        day for day in _through(facts.starts, facts.ends)
        if day.weekday() == weekday and nth in (0, (day.day + 6) // 7) and _works(day, facts)
    ]  # fmt: skip
    return days, "", "" if days else f"「{rule}」：実施期間の中に、当てはまる開庁日がありません。"


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
        return f"「{'第' + nth[1] if nth else '毎週'}{weekday}曜」と書いてください。"
    return f"書き方の例：{_FORMS}"


def in_turn(venues: Sequence[str], facts: Facts, weeks: int = 1) -> Mapping[str, tuple[date, ...]]:
    """順番に1週間ずつ: the programme's office days, each venue `weeks` calendar weeks, then the next."""
    table: dict[str, list[date]] = {venue: [] for venue in venues}
    if venues and facts.starts and facts.ends and weeks > 0:
        monday = facts.starts - timedelta(days=facts.starts.weekday())
        for day in _through(facts.starts, facts.ends):
            if _works(day, facts):
                turn = (day - monday).days // 7 // weeks
                table[venues[turn % len(venues)]].append(day)
    return MappingProxyType({venue: tuple(days) for venue, days in table.items()})


def _works(day: date, facts: Facts) -> bool:
    return is_office_day(day, facts.office or _ANY_HOURS)


def _in_programme(day: date, facts: Facts) -> bool:
    return not (facts.starts and day < facts.starts) and not (facts.ends and day > facts.ends)


def _through(first: date, last: date) -> list[date]:
    return [first + timedelta(days=i) for i in range((last - first).days + 1)]


# ------------------------------------------------------------------ what is wrong with a table
def opening_faults(facts: Facts) -> list[str]:
    """What staff should look at in the openings, in Japanese; [] where all is well or none is given.

    Two venues on one day may be meant: that line begins with 「確認：」.
    """
    openings = facts.openings
    if openings is None:
        return []
    return [*_slot_faults(openings), *_day_faults(openings, facts), *_shared_days(openings, facts)]


def _slot_faults(openings: Openings) -> list[str]:
    if not openings.slots:
        return ["時間の枠（slots）が一つもありません。"]
    faults = []
    for one, two in pairwise(openings.slots):
        minutes = (two.hour - one.hour) * 60 + two.minute - one.minute
        if minutes <= 0:
            faults.append(f"時間の枠 {one:%H:%M} と {two:%H:%M}：早い順に、一度ずつ並べてください。")
        elif minutes < openings.minutes:
            faults.append(
                f"時間の枠 {one:%H:%M} と {two:%H:%M}：間が{minutes}分で、1回の{openings.minutes}分より短いです。"
            )
    return faults


def _day_faults(openings: Openings, facts: Facts) -> list[str]:
    if not any(openings.days.values()):
        return ["開設日（days）が一日もありません。"]
    faults = []
    for venue, days in openings.days.items():
        for day in days:
            named = f"{_name(venue, facts)} {day}（{_WEEKDAYS[day.weekday()]}）"
            if not _in_programme(day, facts):
                faults.append(f"{named}：実施期間（{facts.starts}〜{facts.ends}）の外です。")
            elif not _works(day, facts):
                faults.append(f"{named}：区役所の閉庁日です。臨時に開くなら office の open にも書いてください。")
    return faults


def _shared_days(openings: Openings, facts: Facts) -> list[str]:
    notes = []
    for (one, ones), (two, twos) in combinations(openings.days.items(), 2):
        both = sorted(set(ones) & set(twos))
        if both:
            more = f" ほか{len(both) - 1}日" if len(both) > 1 else ""
            notes.append(f"確認：{_name(one, facts)}と{_name(two, facts)}が同じ日に開きます（{both[0]}{more}）。")
    return notes


def _name(venue: str, facts: Facts) -> str:
    return next((one.name.ja for one in facts.venues if one.id == venue), venue)


# ------------------------------------------------------------------ slots and places
def capacity(openings: Openings, staff: int) -> int:
    """Desks served in a slot by `staff` people on duty: 3 → 2, 2 → 1, fewer → 0; never above `desks`."""
    return max(0, min(openings.desks, staff - 1))


def slots_on(openings: Openings, venue: str, day: date) -> tuple[Slot, ...]:
    """The venue's slots of `day` in the order of the table; () where it is closed or unknown."""
    if day not in openings.days.get(venue, ()):
        return ()
    return tuple(Slot(venue, day, moment) for moment in openings.slots)


def all_slots(openings: Openings) -> tuple[Slot, ...]:
    """Every slot of the programme, by day, time and venue."""
    slots = (Slot(v, d, t) for v, days in openings.days.items() for d in days for t in openings.slots)
    return tuple(sorted(slots, key=in_time))


def open_venues(openings: Openings, day: date) -> tuple[str, ...]:
    """The ids of the venues open on `day`, in the order of the table."""
    return tuple(venue for venue, days in openings.days.items() if day in days)


def next_days(openings: Openings, venue: str | None, after: date, count: int) -> tuple[date, ...]:
    """The first `count` open days later than `after`: of `venue`, or of any for None."""
    days = {day for one in _venues(openings, venue) for day in openings.days.get(one, ()) if day > after}
    return tuple(sorted(days)[: max(count, 0)])


def places_left(openings: Openings, taken: Mapping[Slot, int], slot: Slot, staff: int | None = None) -> int:
    """Free desks in `slot`, never below 0. `staff`: people on duty; None: every desk is served."""
    desks = openings.desks if staff is None else capacity(openings, staff)
    return max(0, desks - taken.get(slot, 0))


def _venues(openings: Openings, venue: str | None) -> tuple[str, ...]:
    return tuple(openings.days) if venue is None else (venue,)


def free_slots(
    openings: Openings, taken: Mapping[Slot, int], when: When, venue: str | None,
    now: datetime, notice: timedelta, *, staff: int | None = None, people: int = 1,
) -> tuple[Slot, ...]:  # fmt: skip
    """Slots that fit `when` with `people` places left, starting `notice` or more after `now` (aware).

    By day, time and venue; any venue for None; any day where `when` names none; () where it has a
    problem. `when.first` keeps the earliest alone.
    """
    if when.problem:
        return ()
    venues = _venues(openings, venue)
    days = when.days or sorted({day for one in venues for day in openings.days.get(one, ())})
    slots = (slot for one in venues for day in days for slot in slots_on(openings, one, day))
    free = sorted(
        (slot for slot in slots if _fits(slot.time, when) and slot.starts >= now + notice
         and places_left(openings, taken, slot, staff) >= people),
        key=in_time,
    )  # fmt: skip
    return tuple(free[:1] if when.first else free)


def _fits(moment: dt.time, when: When) -> bool:
    return (when.earliest or dt.time.min) <= moment <= (when.latest or dt.time.max)


# ------------------------------------------------------------------ a wish that does not fit
class Reason(Enum):
    """Why nothing fits a wish, the most hopeful first; of several wished days the most hopeful counts."""

    FITS = "fits"
    FULL = "full"
    TOO_SOON = "too_soon"
    NO_SUCH_TIME = "no_such_time"
    OTHER_TURN = "other_turn"
    CLOSED = "closed"
    HOLIDAY = "holiday"
    BEFORE = "before"
    AFTER = "after"
    PAST = "past"
    AMBIGUOUS = "ambiguous"
    NO_SUCH_DAY = "no_such_day"
    NO_TABLE = "no_table"


_HOPE = {reason: i for i, reason in enumerate(Reason)}


@dataclass(frozen=True, slots=True)
class Alternatives:
    """What to say instead. `day`: the one the reason speaks of; `turn`: the venues open on it.

    `slots`: free ones at the wished venue, nearest first (at any venue where none was wished).
    `elsewhere`: free ones at other venues on the wished days, nearest in time first.
    """

    reason: Reason
    day: date | None = None
    turn: tuple[str, ...] = ()
    slots: tuple[Slot, ...] = ()
    elsewhere: tuple[Slot, ...] = ()


def alternatives(
    facts: Facts, taken: Mapping[Slot, int], when: When, venue: str | None,
    now: datetime, notice: timedelta, *, staff: int | None = None, people: int = 1, count: int = 3,
) -> Alternatives:  # fmt: skip
    """Why the wish cannot be had, and up to `count` free slots nearest to it in days, then minutes."""
    openings = facts.openings
    if openings is None or not any(openings.days.values()) or not openings.slots:
        return Alternatives(Reason.NO_TABLE)
    fitting = free_slots(openings, taken, when, venue, now, notice, staff=staff, people=people)
    if fitting:
        return Alternatives(Reason.FITS, fitting[0].day, slots=fitting[:count])
    reason, day = _why(facts, openings, when, venue, now, notice)
    free = free_slots(openings, taken, When(), None, now, notice, staff=staff, people=people)
    wished = when.days or (now.astimezone(JST).date(),)
    nearest = sorted(free, key=lambda slot: (*distance(slot, when, wished), *in_time(slot)))
    here = [slot for slot in nearest if venue in (None, slot.venue)]
    others = [slot for slot in nearest if venue not in (None, slot.venue) and slot.day in when.days]
    turn = open_venues(openings, day) if day and reason is Reason.OTHER_TURN else ()
    return Alternatives(reason, day, turn, tuple(here[:count]), tuple(others[:count]))


def distance(slot: Slot, when: When, wished: Iterable[date]) -> tuple[int, int]:
    """How far a slot is from a wish: days to the nearest wished one, then minutes outside its hours."""
    minutes = slot.time.hour * 60 + slot.time.minute
    low = when.earliest.hour * 60 + when.earliest.minute if when.earliest else minutes
    high = when.latest.hour * 60 + when.latest.minute if when.latest else minutes
    return min(abs((slot.day - day).days) for day in wished), max(low - minutes, minutes - high, 0)


def _why(
    facts: Facts, openings: Openings, when: When, venue: str | None, now: datetime, notice: timedelta
) -> tuple[Reason, date | None]:
    """The reason for the most hopeful of the wished days, and that day."""
    if when.problem:
        return Reason(when.problem), when.days[0] if when.days else None
    today = now.astimezone(JST).date()
    if not when.days:
        ahead = next_days(openings, venue, today - timedelta(days=1), 400)
        if not ahead:
            ended = facts.ends is not None and today > facts.ends
            return Reason.AFTER if ended else Reason.CLOSED, None
        reasons = (_why_not(facts, openings, day, when, venue, now, notice) for day in ahead)
        return min(reasons, key=_HOPE.__getitem__), None
    by_day = [(_why_not(facts, openings, day, when, venue, now, notice), day) for day in when.days]
    return min(by_day, key=lambda one: (_HOPE[one[0]], one[1]))


def _why_not(
    facts: Facts, openings: Openings, day: date, when: When, venue: str | None,
    now: datetime, notice: timedelta,
) -> Reason:  # fmt: skip
    """Why nothing is free on this one day; only called where nothing is."""
    if day < now.astimezone(JST).date():
        return Reason.PAST
    if not _in_programme(day, facts):
        return Reason.BEFORE if facts.starts and day < facts.starts else Reason.AFTER
    slots = [slot for one in _venues(openings, venue) for slot in slots_on(openings, one, day)]
    if not slots:
        if open_venues(openings, day):
            return Reason.OTHER_TURN
        return Reason.CLOSED if _works(day, facts) else Reason.HOLIDAY
    fitting = [slot for slot in slots if _fits(slot.time, when)]
    if not fitting:
        return Reason.NO_SUCH_TIME
    if all(slot.starts < now + notice for slot in fitting):
        return Reason.PAST if all(slot.starts < now for slot in fitting) else Reason.TOO_SOON
    return Reason.FULL
