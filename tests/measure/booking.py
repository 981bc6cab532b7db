"""How long a booking takes and how many a second there can be: `python -m tests.measure.booking [PART …]`.

Parts: rate (50 bookings a second on both stores, beside the disk's own sync), processes (bookings a
second on Redis with 1, 2 and 4 web processes), steps (where the time of one booking goes).
"""

from __future__ import annotations

import asyncio
import itertools
import os
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bot.answering import Answering
from bot.clock import PracticeClock
from bot.content import read_folder
from bot.knowledge import load
from bot.line import Line
from bot.webhook import Webhook
from intents.booking.questions import slot_data
from intents.catalogue import build
from intents.model import Openings
from intents.office import JST
from intents.slots import Slot, desks_on, slots_on
from tests.chaos.reading import buttons
from tests.measure.bench import percentile
from tests.measure.load import closed_loop, open_loop, requests_for
from tests.support import events
from tests.support.desk import DeskUnderTest
from tests.support.line import StandInLine
from tests.support.process import ServerProcess, desk_server
from tests.support.redis import RealRedis

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 8, 3, 10, tzinfo=JST)
_RATE, _SECONDS, _CONNECTIONS = 50, 12, 32
_BLOCK = b"x" * 4096
_STEPS = ("glance", "admit", "take", "talk", "shelf", "transact", "finish")


def wishes() -> list[dict[str, Any]]:
    """A last button for every place of the practice content, each pressed by somebody else."""
    taps = [f"bookit:{slot_data(slot)}:1s:both:{number:016x}" for number, slot in enumerate(_places())]
    return [events.tap(data, f"U{number:032x}") for number, data in enumerate(taps)]


def _places() -> Iterator[Slot]:
    """Every place from tomorrow on; neighbours in the list are not neighbours at the counter."""
    openings = _openings()
    slots = [
        slot
        for venue, days in openings.days.items()
        for day in days
        for slot in slots_on(openings, venue, day)
        if slot.day > NOW.date()
    ]
    for desk in range(openings.desks):
        yield from (slot for slot in slots if desk < desks_on(openings, slot.venue, slot.day))


def _openings() -> Openings:
    catalogue = build(read_folder(ROOT / "faq" / "practice")).catalogue
    assert catalogue is not None and catalogue.facts.openings is not None
    return catalogue.facts.openings


def syncs(folder: Path, count: int = 300) -> list[float]:
    """Seconds that the disk needs to keep 4 KB, again and again."""
    took = []
    with (folder / "sync").open("wb", buffering=0) as file:
        for _ in range(count):
            started = time.perf_counter()
            file.write(_BLOCK)
            os.fsync(file.fileno())
            took.append(time.perf_counter() - started)
    return took


@contextmanager
def _store(kind: str, folder: Path) -> Iterator[str]:
    """The address of an empty store."""
    if kind == "sqlite":
        yield f"sqlite:///{folder}/desk.db"
    else:
        with RealRedis(folder) as server:
            yield server.url


def _warm(server: ServerProcess, line: StandInLine) -> None:
    """The first calls of a process load what the later ones have."""
    asked = [events.tap("mine", f"U{number:032d}") for number in range(200)]
    asyncio.run(closed_loop(server.port, requests_for(asked), 8))
    assert line.wait_for(len(asked))


# ------------------------------------------------------------------ 50 a second
def at_rate(folder: Path) -> None:
    print("| store | bookings | kept, p50 ms | p99 | told, p50 ms | p99 | the disk's sync, p50 ms | p99 |")
    print("|---|---|---|---|---|---|---|---|")
    for kind in ("sqlite", "redis"):
        own = folder / kind
        own.mkdir()
        with (
            StandInLine() as line,
            _store(kind, own) as url,
            desk_server(own, line.url, STORE_URL=url) as server,
        ):
            _warm(server, line)
            disk = syncs(own)
            pressed = wishes()[: _RATE * _SECONDS]
            sent = asyncio.run(open_loop(server.port, requests_for(pressed), _RATE))
            assert line.wait_for(200 + len(pressed))
            tokens = [event["replyToken"] for event in pressed]
            booked = sum(bool(buttons(line.replies[token], "cancel")) for token in tokens)
            told = [line.times[token] - sent.at[token] for token in tokens]
            disk += syncs(own)
        times = (_two(sent.ack_times()), _two(told), _two(disk))
        print(f"| {kind} | {booked} of {len(pressed)} | {' | '.join(times)} |", flush=True)


def _two(seconds: list[float]) -> str:
    return f"{percentile(seconds, 0.5) * 1000:.1f} | {percentile(seconds, 0.99) * 1000:.1f}"


# ------------------------------------------------------------------ as many as there can be
def with_processes(folder: Path) -> None:
    print("| web processes on Redis | bookings | bookings a second | CPU of the desk, ms a booking |")
    print("|---|---|---|---|")
    for number, workers in enumerate((1, 2, 4, 1, 2, 4)):
        own = folder / f"processes-{number}"
        own.mkdir()
        with (
            StandInLine() as line,
            _store("redis", own) as url,
            desk_server(own, line.url, workers=workers, STORE_URL=url) as server,
        ):
            _warm(server, line)
            pressed, cpu, begun = wishes(), server.cpu_seconds(), time.monotonic()
            asyncio.run(closed_loop(server.port, requests_for(pressed), _CONNECTIONS))
            assert line.wait_for(200 + len(pressed))
            tokens = [event["replyToken"] for event in pressed]
            booked = sum(bool(buttons(line.replies[token], "cancel")) for token in tokens)
            took = max(line.times[token] for token in tokens) - begun
            spent = (server.cpu_seconds() - cpu) / len(pressed) * 1000
        print(f"| {workers} | {booked} of {len(pressed)} | {booked / took:.0f} | {spent:.1f} |", flush=True)


# ------------------------------------------------------------------ where the time goes
class _Watch(ExitStack):
    """Adds up the wall time of calls by name; what is called inside another call counts there too."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self.calls: Counter[str] = Counter()

    def on(self, thing: object, name: str, label: str = "") -> None:
        """Until the end of `with`, `thing.name` is timed."""
        real: Callable[..., Any] = getattr(thing, name)
        label = label or f"of it, store.{name}"

        def timed(*args: Any, **kwargs: Any) -> Any:
            started = time.perf_counter()
            try:
                return real(*args, **kwargs)
            finally:
                self.seconds[label] += time.perf_counter() - started
                self.calls[label] += 1

        self.enter_context(patch.object(thing, name, timed))


def steps(folder: Path) -> None:
    """One booking after the other, in this process, each step timed."""
    edition = load(ROOT / "faq" / "practice")
    for kind in ("sqlite", "redis"):
        own = folder / f"steps-{kind}"
        own.mkdir()
        with (
            StandInLine() as line,
            _store(kind, own) as url,
            DeskUnderTest(own, line, PracticeClock(NOW), edition, store_url=url) as desk,
        ):
            watch, count = _watched(desk)
        print(f"\n{kind}: a booking in steps (mean of {count})\n\n| step | calls | ms |\n|---|---|---|")
        for name, seconds in sorted(watch.seconds.items(), key=lambda one: -one[1]):
            print(f"| {name} | {watch.calls[name] / count:.1f} | {seconds / count * 1000:.2f} |", flush=True)


def _watched(desk: DeskUnderTest, count: int = 300) -> tuple[_Watch, int]:
    pressed = iter(wishes())
    for event in itertools.islice(pressed, 20):
        desk.ask(event)
    with _Watch() as watch:
        for name in _STEPS:
            watch.on(desk.running.store, name)
        watch.on(Webhook, "handle_all", "the whole webhook")
        watch.on(Answering, "_answer", "the whole answer")
        watch.on(Answering, "_respond", "deciding and wording")
        watch.on(Line, "reply", "the call to LINE")
        for event in itertools.islice(pressed, count):
            desk.ask(event)
        assert desk.is_quiet()
    return watch, count


def main() -> None:
    parts = sys.argv[1:] or ["rate", "processes", "steps"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if "rate" in parts:
            at_rate(folder)
        if "processes" in parts:
            with_processes(folder)
        if "steps" in parts:
            steps(folder)


if __name__ == "__main__":
    main()
