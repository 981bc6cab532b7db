"""The sender behind a LINE that stalls: several pushes at once, receipts first, the month not overdrawn."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from bot.knowledge import Edition, Library
from bot.line import Line
from bot.outbox import _PUSHES, _SENDERS, Outbox
from bot.outbox_rules import RESERVE
from bot.store import open_ledger
from intents.office import JST
from tests.conftest import ROOT
from tests.support.line import Faults, StandInLine
from tests.support.notices import NOW as NOTICED
from tests.support.notices import SEAL, booked, booking
from tests.support.sending import Moment, line_id


class _Counting(Line):
    """Knows how many pushes were under way at once."""

    def __init__(self, url: str, token: str, patience: float) -> None:
        super().__init__(url, token, patience)
        self._lock, self._under_way, self.most = threading.Lock(), 0, 0

    def push(self, *call: Any) -> int:
        with self._lock:
            self._under_way += 1
            self.most = max(self.most, self._under_way)
        try:
            return super().push(*call)
        finally:
            with self._lock:
                self._under_way -= 1


class TestAStalledLine:
    """LINE takes a message and answers too late: each call costs the sender's whole patience."""

    @pytest.fixture
    def stalling(self) -> Iterator[StandInLine]:
        with StandInLine(faults=Faults(1, stall=1.0, stall_seconds=1.0)) as line:
            yield line

    def test_one_receipt_waits_for_no_row_of_reminders(
        self, stalling: StandInLine, tmp_path: Path, practice: Edition
    ) -> None:
        ledger = open_ledger(f"sqlite:///{tmp_path}/desk.db")
        at = Moment(datetime.fromtimestamp(NOTICED, JST))
        library = Library(ROOT / "faq" / "practice", practice)
        line = _Counting(stalling.url, "t", 0.3)
        outbox = Outbox(ledger, SEAL, line, library, at)

        for number in range(1, 40):
            ledger.transact(lambda pages, n=number: booked(pages, "reminder_day", booking(n)))  # type: ignore[misc]
        ledger.transact(lambda pages: booked(pages, "receipt", booking(40)))
        # Another falls due while the first are under way.
        stalling.at_push = lambda: None if ledger.shelf("booking").get("さくら-41") else ledger.transact(
            lambda pages: booked(pages, "receipt", booking(41)) and None
        )  # fmt: skip
        outbox.run_once()
        told = [one.to for one in stalling.pushes]
        assert len(told) == 41
        assert line_id(40) in told[:_PUSHES] and line_id(41) in told[_PUSHES : 2 * _PUSHES]
        assert line.most > _SENDERS // 2  # one by one, each would wait for all before it
        ledger.close()

    def test_several_at_once_do_not_overdraw_the_month(
        self, line: StandInLine, tmp_path: Path, practice: Edition
    ) -> None:
        line.limit, line.used_before, line.latency = 200, 200 - RESERVE - 3, 0.05
        ledger = open_ledger(f"sqlite:///{tmp_path}/desk.db")
        at = Moment(datetime.fromtimestamp(NOTICED, JST))
        outbox = Outbox(ledger, SEAL, Line(line.url, "t"), Library(ROOT / "faq" / "practice", practice), at)
        for number in range(1, 12):
            ledger.transact(lambda pages, n=number: booked(pages, "reminder_day", booking(n)))  # type: ignore[misc]
        assert outbox.run_once() == len(line.pushes) == 3
        ledger.close()
