"""Visits in time: which of them overlap, and how many people there are at once at the fullest moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import NamedTuple


class Visit(NamedTuple):
    """One place that one person has, in minutes after midnight: from `starts` until before `ends`.

    `holder` and `until` are those of the place's page in the ledger (`intents/ledger/pages.py`).
    """

    starts: int
    ends: int
    desk: int = 0
    holder: str = ""
    until: int = 0


def minute_of(moment: dt.time) -> int:
    """Minutes after midnight."""
    return moment.hour * 60 + moment.minute


def overlapping(visits: Iterable[Visit], starts: int, ends: int) -> list[Visit]:
    """Those during which somebody is there between `starts` and `ends`; who leaves as one comes is not."""
    return [one for one in visits if one.starts < ends and starts < one.ends]


def most_at_once(visits: Iterable[Visit], starts: int, ends: int) -> int:
    """How many people there are at the fullest moment between `starts` and `ends`."""
    there = overlapping(visits, starts, ends)
    moments = {starts, *(one.starts for one in there if one.starts > starts)}  # it grows only as one comes
    return max(sum(one.starts <= moment < one.ends for one in there) for moment in moments)
