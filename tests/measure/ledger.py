"""How long a booking takes, and how many fit into a second. `python -m tests.measure.ledger`.

A booking decided at RATE a second, from the moment at which it is due; beside it what the disk alone
takes for one sync. Then as many as THREADS threads can do.
"""

from __future__ import annotations

import os
import random
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from datetime import time as clock_time
from itertools import count
from pathlib import Path
from types import MappingProxyType

import numpy as np

from bot.store import open_store
from bot.store.base import Store
from intents.model import Openings
from intents.slots import Slot, all_slots
from tests.support.pages import Hand, claimed_by_many
from tests.support.redis import RealRedis

RATE, SECONDS, THREADS, BURST_SECONDS = 50, 10, 16, 3
VENUES = ("setagaya", "kitazawa", "tamagawa", "kinuta", "karasuyama")
DAYS = tuple(date(2026, 9, 1) + timedelta(days) for days in range(50))
HOURS = tuple(clock_time(9 + quarter * 45 // 60, quarter * 45 % 60) for quarter in range(8))
# More desks than the ward has: a burst must not run out of places.
PROGRAMME = Openings(HOURS, 20, 45, MappingProxyType(dict.fromkeys(VENUES, DAYS)), on_duty=21)


@dataclass
class Bookers:
    """Everybody books once, a slot chosen at random from the whole programme."""

    hand: Hand
    slots: tuple[Slot, ...] = field(default_factory=lambda: all_slots(PROGRAMME))
    numbers: Iterator[int] = field(default_factory=count)
    rng: random.Random = field(default_factory=lambda: random.Random(3))

    def __call__(self) -> None:
        number = next(self.numbers)
        outcome = self.hand.book(f"user{number}", self.rng.choice(self.slots), event=f"event{number}")
        assert outcome.ok, outcome.kind


def quantiles(times: list[float]) -> str:
    """p50, p99 and the worst, in milliseconds, as cells of a table."""
    ms = np.array(times) * 1000
    return " | ".join(f"{one:.2f}" for one in (*np.quantile(ms, (0.5, 0.99)), ms.max()))


def syncs(folder: Path, times: int = 300) -> list[float]:
    """Seconds that a write of 4 KB and its sync take."""
    taken = []
    with (folder / "sync").open("wb", buffering=0) as file:
        for _ in range(times):
            started = time.perf_counter()
            file.write(b"x" * 4096)
            os.fdatasync(file.fileno())
            taken.append(time.perf_counter() - started)
    return taken


def steadily(booked: Callable[[], None]) -> list[float]:
    """Seconds from the moment at which each booking was due to its answer."""
    taken: list[float] = []
    begun = time.perf_counter() + 0.1

    def at(number: int) -> None:
        due = begun + number / RATE
        time.sleep(max(0.0, due - time.perf_counter()))
        booked()
        taken.append(time.perf_counter() - due)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(at, range(RATE * SECONDS)))
    return taken


def at_once(booked: Callable[[], None]) -> float:
    """Bookings a second by THREADS threads that never rest."""
    end = time.perf_counter() + BURST_SECONDS
    done = [0] * THREADS

    def work(thread: int) -> None:
        while time.perf_counter() < end:
            booked()
            done[thread] += 1

    threads = [threading.Thread(target=work, args=(number,)) for number in range(THREADS)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return sum(done) / BURST_SECONDS


@contextmanager
def stores(folder: Path) -> Iterator[dict[str, Store]]:
    with ExitStack() as stack:
        server = stack.enter_context(RealRedis(folder))
        opened = {"SQLite": open_store(f"sqlite:///{folder}/desk.db"), "Redis": open_store(server.url)}
        for store in opened.values():
            stack.callback(store.close)
        yield opened


def main() -> None:
    with tempfile.TemporaryDirectory() as name, stores(Path(name)) as opened:
        print(f"| | p50 ms | p99 ms | worst ms | a second, {THREADS} threads | 20 claim one slot, ms |")
        print("|---|---|---|---|---|---|")
        print(f"| the disk's own sync | {quantiles(syncs(Path(name)))} | | |")
        for kind, store in opened.items():
            bookers = Bookers(Hand(store, openings=PROGRAMME))
            for _ in range(20):
                bookers()
            steady, many = quantiles(steadily(bookers)), at_once(bookers)
            started = time.perf_counter()
            claimed_by_many(bookers.hand, 20, Slot(VENUES[0], DAYS[-1], HOURS[-1]))  # of 20 desks
            print(f"| {kind} | {steady} | {many:.0f} | {(time.perf_counter() - started) * 1000:.0f} |")


if __name__ == "__main__":
    main()
