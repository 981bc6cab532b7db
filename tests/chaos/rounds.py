"""One round: a fresh store, a crowd, deaths, quiet, and what the checker finds."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, fields, replace
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from bot.content import read_folder
from bot.knowledge import Edition
from bot.store import open_ledger
from bot.store.base import Ledger
from intents.catalogue import build
from intents.match import Matcher
from intents.model import Catalogue
from tests.chaos.books import Books, waiting_in
from tests.chaos.check import Story, faults, log_faults, staff_faults
from tests.chaos.crowd import Crowd
from tests.chaos.machines import Machines
from tests.chaos.naive import NaiveDesk
from tests.chaos.plan import BEGUN, Plan
from tests.chaos.post import Post
from tests.chaos.reading import Reader
from tests.support.line import Faults, StandInLine
from tests.support.patience import PATIENCE
from tests.support.redis import RealRedis
from tests.support.sending import ROOT

_LATER = timedelta(minutes=11)  # longer than a hold, and than a reply token serves
_QUIET, _NAIVE_QUIET = 75.0, 5.0  # seconds in which everything must come to rest; what is broken never does
Kills = Callable[[random.Random], Iterator[Callable[[], None]]]
_CALLS = 5000  # more than there are in an outage
_TOKENS_LIVE = 120  # seconds: a reply token's, and a lease's, on a busy machine
_SWEEP = 5  # seconds after which an outbox in good health has let go what is over

HEAD = (
    "| store | seed | pressed | standing | refused | cancelled | moved | pushed | killed | redelivered "
    "| sent again | apologies | faults | s |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|---|"
)


@dataclass(frozen=True, slots=True)
class Report:
    """A round in figures, and every fault in words."""

    store: str
    seed: int
    pressed: int
    standing: int
    refused: int
    cancelled: int
    moved: int
    pushed: int
    killed: int
    redelivered: int
    repeated: int
    apologised: int
    faults: tuple[str, ...]
    seconds: float

    def __str__(self) -> str:
        figures = (getattr(self, one.name) for one in fields(self)[:-2])
        return f"| {' | '.join(map(str, figures))} | {len(self.faults)} | {self.seconds:.1f} |"


@cache
def catalogue() -> Catalogue:
    """The practice content."""
    found = build(read_folder(ROOT / "faq" / "practice")).catalogue
    assert found is not None
    return found


def _line(seed: int) -> StandInLine:
    return StandInLine(faults=Faults(seed, error=0.03, rate=0.03, lost=0.08, stall=0.02, stall_seconds=0.7))


# ------------------------------------------------------------------ the load
async def _load(plan: Plan, seed: int, line: StandInLine, ports: Sequence[int], kills: Kills) -> Crowd:
    """Everybody comes and goes, while processes die."""
    reader = Reader(catalogue(), plan.slots)
    crowd = Crowd(plan, seed, reader, Post(ports, plan, random.Random(f"post {seed}")))
    line.heard = crowd.hear
    await asyncio.gather(
        crowd.live(),
        _die(plan, random.Random(f"kills {seed}"), kills),
        _fail(plan, random.Random(f"outages {seed}"), line),
    )
    return crowd


async def _die(plan: Plan, chance: random.Random, kills: Kills) -> None:
    begun, deaths = time.monotonic(), kills(chance)
    for at in sorted(chance.uniform(0.3, 1.2 * plan.spread) for _ in range(plan.kills)):
        await asyncio.sleep(max(0.0, begun + at - time.monotonic()))
        await asyncio.to_thread(next(deaths))


async def _fail(plan: Plan, chance: random.Random, line: StandInLine) -> None:
    """LINE refuses everything for a while: replies fail for good, and what must arrive is pushed."""
    for _ in range(plan.outages):
        await asyncio.sleep(chance.uniform(0.2, 1.0) * plan.spread / plan.outages)
        line.statuses += [chance.choice((500, 429)) for _ in range(_CALLS)]
        await asyncio.sleep(plan.outage)
        line.statuses.clear()


def _story(plan: Plan, crowd: Crowd) -> Story:
    reader = Reader(catalogue(), plan.slots)
    return Story(plan, reader, crowd.presses, crowd.post.acknowledged, crowd.post.put_off, crowd.log)


# ------------------------------------------------------------------ quiet
def _until_answered(tickets: Callable[[], int]) -> None:
    """Returns when nobody waits for a reply, or when every reply token has died: a process that was killed
    keeps its people's lanes for a lease, and while a token lives it is tried again."""
    end = time.monotonic() + _TOKENS_LIVE
    while tickets() and time.monotonic() < end:
        time.sleep(0.3)


def _until_quiet(
    ledger: Ledger, tickets: Callable[[], int], now: Callable[[], float], seconds: float = _QUIET
) -> None:
    """Returns when nothing is left to do; or after `seconds`, and the checker says what is."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        time.sleep(0.3)
        books = Books.of(ledger)
        if not (tickets() or books.to_tell() or books.over(now())):
            return


# ------------------------------------------------------------------ the rounds
def one_round(kind: str, seed: int, plan: Plan, folder: Path) -> Report:
    """`kind`: sqlite or redis. The desk as processes, killed while they serve."""
    begun = time.monotonic()
    folder.mkdir()
    with ExitStack() as stack:
        server = stack.enter_context(RealRedis(folder)) if kind == "redis" else None
        line = stack.enter_context(_line(seed))
        machines = Machines(folder, line.url, server)
        stack.callback(machines.stop, signal.SIGKILL)
        machines.start()
        crowd = asyncio.run(_load(plan, seed, line, machines.ports, machines.kills))
        tickets = waiting_in(machines.url)
        _until_answered(tickets)
        machines.put_forward(_LATER, lingering=plan.lingering)
        ledger = open_ledger(machines.url)
        stack.callback(ledger.close)
        _until_quiet(ledger, tickets, lambda: machines.now().timestamp())
        listed = _staff_list(machines.environ)
        machines.stop()
        books, story = Books.of(ledger), _story(plan, crowd)
        found = faults(story, books, tickets(), machines.now().timestamp() - _SWEEP)
        found += staff_faults(listed, books) + log_faults(machines.logs)
    return _report(kind, seed, story, books, crowd, len(machines.killed), found, begun)


def naive_round(seed: int, plan: Plan, folder: Path, edition: Edition | None = None) -> Report:
    """The same users on a store that does not compare; nothing dies."""
    begun = time.monotonic()
    folder.mkdir()
    with _line(seed) as line:
        desk = NaiveDesk(folder, line.url, edition or Edition(catalogue(), Matcher(catalogue())))
        with desk.running():
            calm = replace(plan, kills=0)
            crowd = asyncio.run(_load(calm, seed, line, [desk.port], lambda _: iter(())))
            desk.clock.move(BEGUN + _LATER)
            tickets = waiting_in(f"sqlite:///{folder}/desk.db")
            _until_quiet(desk.ledger, tickets, lambda: desk.clock.now().timestamp(), _NAIVE_QUIET)
            books, story = Books.of(desk.ledger), _story(plan, crowd)
            found = faults(story, books, tickets(), desk.clock.now().timestamp() - _SWEEP)
    return _report("naive", seed, story, books, crowd, 0, found, begun)


def _staff_list(environ: dict[str, str]) -> list[dict[str, Any]]:
    """What `madoguchi bookings --json` prints."""
    command = [sys.executable, "-m", "bot.cli", "bookings", "--json"]
    done = subprocess.run(command, cwd=ROOT, env=os.environ | environ, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def _report(
    kind: str,
    seed: int,
    story: Story,
    books: Books,
    crowd: Crowd,
    killed: int,
    found: list[str],
    begun: float,
) -> Report:
    def granted(verb: str) -> int:
        return sum(answer == "yes" for _, answer in story.answers_to(verb))

    return Report(
        store=kind,
        seed=seed,
        pressed=len(story.presses),
        standing=sum(one.state == "booked" for one in books.bookings.values()),
        refused=sum(answer == "no" for _, answer in story.answers_to("bookit", "moveit")),
        cancelled=granted("cancelit"),
        moved=granted("moveit"),
        pushed=sum(name.startswith("U") for name, _ in story.log),
        killed=killed,
        redelivered=crowd.post.redelivered,
        repeated=crowd.post.repeated,
        apologised=sum(map(story.reader.is_apology, story.answers.values())),
        faults=tuple(found),
        seconds=time.monotonic() - begun,
    )
