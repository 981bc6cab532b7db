"""Senders that can be killed at any moment, and hundreds of bookings for them to remind of.

`python -m tests.support.sending` loads once, then forks one sender for each line it reads: a start
costs milliseconds in place of seconds, and each sender is a process that kill -9 ends.
"""

from __future__ import annotations

import json
import logging
import os
import random
import signal
import subprocess
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from threading import Timer
from types import TracebackType
from typing import NoReturn

from bot.clock import PracticeClock
from bot.knowledge import Edition, Library
from bot.line import Line
from bot.outbox import Outbox
from bot.outbox_rules import sent
from bot.seal import Seal
from bot.store import open_ledger
from bot.store.base import Ledger
from intents.bookings import Booking, Guest, Wish
from intents.ledger import book
from intents.ledger.pages import Pages
from intents.ledger.places import Table
from intents.model import Openings
from intents.office import JST
from intents.slots import Slot
from tests.support.line import StandInLine
from tests.support.patience import PATIENCE

ROOT = Path(__file__).parents[2]
SECRET_KEY = "test-secret-key-of-32-characters"
DAYS = (date(2026, 8, 25), date(2026, 8, 26))
VENUES = ("setagaya", "kitazawa", "tamagawa", "kinuta", "karasuyama")
TIMES = tuple(time.fromisoformat(t) for t in "09:00 09:45 10:30 11:15 13:00 13:45 14:30 15:15".split())
DESKS = 6
OPENINGS = Openings(TIMES, DESKS, 45, dict.fromkeys(VENUES, DAYS), on_duty=DESKS + 1)
_EVE, _MORNING = time(10), time(7, 30)
# Seconds after a reminder is due at which a sender starts: later than every lease and every pause.
_STARTS = (0, 35, 70, 110, 160, 220, 300, 420, 600, 900, 1300, 1700, 2300, 2900, 3600)
_PATIENCE = 0.3  # seconds for an answer of the stand-in


def line_id(number: int) -> str:
    return f"U{number:032x}"


def seconds(day: date, moment: time) -> int:
    return int(datetime.combine(day, moment, JST).timestamp())


def book_many(ledger: Ledger, count: int, now: int, group: int = 50) -> list[Booking]:
    """`count` bookings of as many people, made at `now` by the ledger's own rules; their receipts told."""
    seal = Seal(SECRET_KEY)
    places = [Slot(v, d, t) for d in DAYS for v in VENUES for t in TIMES for _ in range(DESKS)]
    made: list[Booking] = []

    def some(first: int) -> Callable[[Pages], list[Booking]]:
        def work(pages: Pages) -> list[Booking]:
            return [one(pages, number) for number in range(first, min(first + group, count))]

        return work

    def one(pages: Pages, number: int) -> Booking:
        who = Guest(f"user-{number}", seal.seal(line_id(number)))
        slot = places[number * len(places) // count]
        outcome = book(pages, f"event-{number}", who, slot, Wish(), Table(OPENINGS, now))
        assert outcome.booking is not None, outcome.kind
        sent(pages, outcome.notice)
        return outcome.booking

    for first in range(0, count, group):
        made += ledger.transact(some(first))
    return made


def sending_moments() -> list[datetime]:
    """When senders are started: often after a reminder falls due, and through the nights."""
    due = [datetime.combine(day - timedelta(days=1), _EVE, JST) for day in DAYS]
    due += [datetime.combine(day, _MORNING, JST) for day in DAYS]
    starts = {moment + timedelta(seconds=s) for moment in due for s in _STARTS}
    nights = [datetime.combine(day, time(hour), JST) for day in DAYS for hour in (0, 3, 6, 22)]
    return sorted(starts | set(nights))


# ------------------------------------------------------------------ the process
class Senders:
    """Starts senders one after another; `killed` counts those that did not live to their end."""

    def __enter__(self) -> Senders:
        self.killed = 0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.sending"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        return self

    def __exit__(self, _type: type[BaseException] | None, _e: object, _t: TracebackType | None) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        self._process.wait(PATIENCE)

    def start(self, store_url: str, line_url: str, at: datetime) -> int:
        """A sender of everything that is due at `at`. Its process id."""
        return self._ask({"store": store_url, "line": line_url, "at": at.isoformat()})

    def wait(self) -> bool:
        """Whether the sender came to its end by itself."""
        code = self._ask(None)
        self.killed += code == -signal.SIGKILL
        assert code in (0, -signal.SIGKILL), f"the sender failed: {code}"
        return code == 0

    def _ask(self, task: dict[str, str] | None) -> int:
        assert self._process.stdin is not None and self._process.stdout is not None
        if task is not None:
            self._process.stdin.write(json.dumps(task) + "\n")
            self._process.stdin.flush()
        return int(self._process.stdout.readline())


@dataclass
class Moment:
    """A clock that stands where it was put."""

    at: datetime

    def now(self) -> datetime:
        return self.at


@dataclass
class Reaper:
    """Kills the sender under way: before or after LINE has taken a push, or at any other moment."""

    line: StandInLine
    chance: random.Random
    often: float = 0.8  # how many of the senders are killed

    def send_all(self, senders: Senders, store_url: str, at: datetime) -> None:
        """Senders at `at`, each killed somewhere, until one lives to its end."""
        while True:
            left = self.chance.randrange(1, 12) if self.chance.random() < self.often else 0
            pid = senders.start(store_url, self.line.url, at)
            timer = self._aim(pid, left)
            lived = senders.wait()
            timer.cancel()
            self.line.at_push = None
            if lived:
                return

    def _aim(self, pid: int, left: int) -> Timer:
        """`left`: the sender's calls at LINE until it is killed, half of them later by an instant."""
        timer = Timer(self.chance.random() * 0.01, _kill, (pid,))
        counted = [left]

        def count() -> None:
            counted[0] -= 1
            if counted[0] == 0 and left % 2:
                _kill(pid)
            elif counted[0] == 0:
                timer.start()

        self.line.at_push = count if left else None
        return timer


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _send(task: dict[str, str], library: Library) -> None:
    """Everything that is due: the real outbox on the real store, in rounds until nothing is left."""
    ledger = open_ledger(task["store"])
    line = Line(task["line"], "test-token", _PATIENCE)
    clock = PracticeClock(datetime.fromisoformat(task["at"]))
    outbox = Outbox(ledger, Seal(SECRET_KEY), line, library, clock)
    while outbox.run_once():
        pass
    ledger.close()


def _end_with(work: Callable[[], None]) -> NoReturn:
    """The fork ends here: what follows is its parent's."""
    code = 1
    try:
        work()
        code = 0
    except Exception:
        traceback.print_exc()
    finally:
        os._exit(code)


def _serve(library: Library) -> None:
    for order in sys.stdin:
        pid = os.fork()
        if pid == 0:
            _end_with(partial(_send, json.loads(order), library))
        print(pid, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


def main() -> None:
    logging.disable(logging.CRITICAL)  # the faults are meant
    import bot.store.redis
    import bot.store.sqlite_ledger  # noqa: F401 - before the forks, which would each load them
    from bot.content import read_folder
    from intents.catalogue import build
    from intents.match import Matcher

    folder = ROOT / "faq" / "practice"
    catalogue = build(read_folder(folder)).catalogue
    assert catalogue is not None
    _serve(Library(folder, Edition(catalogue, Matcher(catalogue))))


if __name__ == "__main__":
    main()
