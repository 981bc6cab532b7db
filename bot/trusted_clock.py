"""The time by which things are deleted for good, as far as it can be trusted (intents/ledger/trusted.py)."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Lock

from bot.clock import Clock, stopwatch
from bot.log import note
from bot.store.base import Ledger
from intents.ledger.trusted import confirm, credible, is_to_note
from intents.office import JST

SETTLING = 60.0  # seconds; a clock that is wrong for moments is waited for with everything that goes by dates

_DAY = 86_400


@dataclass(slots=True)
class TrustedClock:
    """Watches `clock` over the ledger. Safe to share."""

    ledger: Ledger
    clock: Clock
    _doubted: float | None = field(init=False, default=None)  # stopwatch, since the time is no longer credible
    _lock: Lock = field(init=False, default_factory=Lock)

    def now(self) -> int:
        """Epoch seconds for what is deleted by its date: the clock's, or the last that was credible."""
        now = self._now()
        trusted = self.ledger.read(lambda pages: credible(pages, now))
        self._watch(trusted, now)
        if trusted == now and self.ledger.read(lambda pages: is_to_note(pages, now)):
            self.ledger.transact(lambda pages: confirm(pages, now))
        return trusted

    def is_settling(self) -> bool:
        """The clock has jumped this very minute: nothing that goes by dates is to be done yet."""
        self.now()
        with self._lock:
            return self._doubted is not None and stopwatch() - self._doubted < SETTLING

    def _watch(self, trusted: int, now: int) -> None:
        with self._lock:
            if trusted == now:
                self._doubted = None
            elif self._doubted is None:
                self._doubted = stopwatch()
                note("clock_jumped", logging.ERROR, count=(now - trusted) // _DAY)

    def state(self) -> list[str]:
        """For /readyz, in Japanese: empty while the clock is trusted."""
        now = self._now()
        last = self.ledger.read(lambda pages: credible(pages, now))
        if last == now:
            return []
        return [
            f"clock: 時計が {_said(last)} から {_said(now)} にとびました。決まりの日に消す仕事を止めています。"
            "時計が正しければ、madoguchi clock --confirm と打ってください。"
        ]

    def _now(self) -> int:
        return int(self.clock.now().timestamp())


def _said(moment: int) -> str:
    return f"{datetime.fromtimestamp(moment, UTC).astimezone(JST):%Y-%m-%d %H:%M}"
