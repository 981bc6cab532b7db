"""Ward-office days: weekdays but public holidays and 12/29–1/3, and the ward's own exceptions."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import jpholiday

from intents.model import Facts, Office

JST = ZoneInfo("Asia/Tokyo")
_HORIZON = 30  # days; the longest run of closed days is far shorter


def is_office_day(day: date, office: Office) -> bool:
    """Whether the ward office works on `day` (区役所開庁日)."""
    if day in office.closed:
        return False
    if day in office.open:
        return True
    if day.weekday() >= 5 or (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3):
        return False
    return not jpholiday.is_holiday(day)


def is_open(now: datetime, facts: Facts) -> bool:
    """Whether the call centre answers the phone at `now` (aware)."""
    office, local = facts.office, now.astimezone(JST)
    if office is None or not _within(local.date(), facts):
        return False
    return is_office_day(local.date(), office) and office.opens <= local.time() < office.closes


def next_opening(now: datetime, facts: Facts) -> date | None:
    """The day on which the phone is next answered from its opening time; None if never again."""
    office, local = facts.office, now.astimezone(JST)
    if office is None:
        return None
    day = local.date() if local.time() < office.opens else local.date() + timedelta(days=1)
    if facts.starts and day < facts.starts:
        day = facts.starts
    for ahead in range(_HORIZON):
        candidate = day + timedelta(days=ahead)
        if _within(candidate, facts) and is_office_day(candidate, office):
            return candidate
    return None


def phase(today: date, facts: Facts) -> str:
    """Whether `today` is before, during or after the programme: one of these three words."""
    if facts.starts and today < facts.starts:
        return "before"
    if facts.ends and today > facts.ends:
        return "after"
    return "during"


def _within(day: date, facts: Facts) -> bool:
    return phase(day, facts) == "during"
