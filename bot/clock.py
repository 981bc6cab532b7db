"""The only place that asks the system for the time."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    def now(self) -> datetime:
        """This moment, with a time zone."""


class SystemClock:
    def now(self) -> datetime:
        return datetime.now(UTC)


class PracticeClock:
    """Starts where it is told and runs on from there; `move` sets it anew (practice and tests only)."""

    def __init__(self, start: datetime) -> None:
        self.move(start)

    def move(self, to: datetime) -> None:
        self._start = to
        self._since = time.monotonic()

    def now(self) -> datetime:
        return self._start + timedelta(seconds=time.monotonic() - self._since)


def clock_from(practice_start: datetime | None) -> Clock:
    return PracticeClock(practice_start) if practice_start else SystemClock()


def stopwatch() -> float:
    """Seconds of a clock that never goes back: for durations alone."""
    return time.monotonic()
