"""`make bench`: the desk beside the SDK's own Flask echo example, in one run on the same server.

`python -m tests.measure.bench [PART …] [--mix FILE]`. Every reply is read: an apology counts as a loss.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import random
import signal
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.measure.load import Requests, closed_loop, losses, open_loop, requests_for
from tests.support import events
from tests.support.line import StandInLine
from tests.support.patience import until
from tests.support.process import ServerProcess, desk_server, echo_server

THREADS = 24  # of the echo's server
_MIX = Path(__file__).parents[1] / "data" / "load-mix.txt"
Messages = list[dict[str, Any]]


def read_mix(path: Path) -> list[str]:
    """The texts of a mix: one message a line, its share of the load by how often it stands there."""
    texts = [line for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    if not texts:
        raise ValueError(f"no message in {path}")
    return texts


class Mix:
    """Messages drawn from the texts, by as many users as are wanted; the same in every run."""

    def __init__(self, texts: list[str]) -> None:
        self._texts = texts

    def messages(self, count: int, users: int) -> Messages:
        chance = random.Random(7)
        return [
            events.text(chance.choice(self._texts), user=f"U{chance.randrange(users):032x}")
            for _ in range(count)
        ]


def told(lost: dict[str, int]) -> str:
    """How the answers are counted: an apology is none."""
    return f"lost: {lost['silent']} silent, {lost['apologies']} apologies"


def throughput(server: ServerProcess, line: StandInLine, mix: Mix, count: int) -> dict[str, float]:
    """Events per second until the last reply has arrived at LINE, and CPU per event."""
    asyncio.run(closed_loop(server.port, requests_for(mix.messages(200, 50)), 8))
    assert line.wait_for(200)
    line.replies.clear()
    requests = requests_for(mix.messages(count, 400))
    cpu, start = server.cpu_seconds(), time.monotonic()
    asyncio.run(closed_loop(server.port, requests, 16))
    assert line.wait_for(count), f"only {len(line.replies)} of {count} answered"
    took = max(line.times[token] for token, _ in requests) - start
    spent = (server.cpu_seconds() - cpu) / count * 1000
    return {"per_second": count / took, "cpu_ms": spent, **losses(requests, line.replies)}


def side_by_side(folder: Path, mix: Mix, rounds: int, count: int) -> None:
    """The two in turn, ratios pair by pair: the machine's speed drifts."""
    rows = []
    for number in range(rounds):
        row = {}
        for name in ("desk", "echo"):
            with StandInLine() as line, tempfile.TemporaryDirectory(dir=folder) as own:
                make = (
                    desk_server(Path(own), line.url)
                    if name == "desk"
                    else echo_server(Path(own), line.url, THREADS)
                )
                with make as server:
                    row[name] = throughput(server, line, mix, count)
        rows.append(row)
        print(
            f"round {number + 1}: "
            + "  ".join(f"{n} {r['per_second']:.0f}/s {r['cpu_ms']:.2f} ms CPU" for n, r in row.items())
            + f"  desk {told(row['desk'])}",
            flush=True,
        )
    speed = statistics.median(r["desk"]["per_second"] / r["echo"]["per_second"] for r in rows)
    cpu = statistics.median(r["echo"]["cpu_ms"] / r["desk"]["cpu_ms"] for r in rows)
    print(f"median ratio desk/echo: requests per second {speed:.2f}x, events per CPU second {cpu:.2f}x")


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def at_rate(folder: Path, mix: Mix, rate: int, seconds: int, latency: float) -> None:
    """An open loop: acknowledgement and reply times, nothing lost."""
    with (
        StandInLine(latency=latency) as line,
        tempfile.TemporaryDirectory(dir=folder) as own,
        desk_server(Path(own), line.url) as server,
    ):
        asyncio.run(closed_loop(server.port, requests_for(mix.messages(100, 20)), 4))
        requests = requests_for(mix.messages(rate * seconds, 2000))
        sent = asyncio.run(open_loop(server.port, requests, rate))
        line.wait_for(rate * seconds + 100)
        acks = sent.ack_times()
        replies = [line.times[t] - sent.at[t] for t, _ in requests if t in line.times]
        print(
            f"{rate}/s for {seconds} s, LINE {latency * 1000:.0f} ms: "
            f"ack p50 {percentile(acks, 0.5) * 1000:.1f} p99 {percentile(acks, 0.99) * 1000:.1f} ms, "
            f"reply p50 {percentile(replies, 0.5) * 1000:.0f} p99 {percentile(replies, 0.99) * 1000:.0f} ms, "
            f"acked {len(acks)}/{len(requests)}, {told(losses(requests, line.replies))}",
            flush=True,
        )


def stall(folder: Path, mix: Mix) -> None:
    """LINE answers nothing for 8 seconds: every acknowledgement still comes."""
    with (
        StandInLine(latency=8.0) as line,
        tempfile.TemporaryDirectory(dir=folder) as own,
        desk_server(Path(own), line.url) as server,
    ):
        requests = requests_for(mix.messages(50 * 8, 200))
        sent = asyncio.run(open_loop(server.port, requests, 50))
        acks = sent.ack_times()
        print(
            f"LINE stalling 8 s, 50/s: acked {len(acks)}/{len(requests)}, slowest ack {max(acks) * 1000:.0f} ms",
            flush=True,
        )
        server.stop(signal.SIGKILL)


def kill_under_load(folder: Path, mix: Mix, kills: int) -> None:
    """Kill -9 under load, start again: every acknowledged event is answered."""
    chance = random.Random(11)
    with StandInLine(latency=0.05) as line, tempfile.TemporaryDirectory(dir=folder) as own:
        server = desk_server(Path(own), line.url)
        acked: Requests = []
        for _ in range(kills):
            server.start()
            requests = requests_for(mix.messages(300, 100))
            acked += asyncio.run(_load_and_kill(server, requests, chance.uniform(0.3, 1.2)))
        server.start()
        until(lambda: not {token for token, _ in acked} - set(line.replies))
        print(
            f"kill -9 under load, {kills} times: {len(acked)} acknowledged; after the restart "
            f"{told(losses(acked, line.replies))}",
            flush=True,
        )
        server.stop()


async def _load_and_kill(server: ServerProcess, requests: Requests, after: float) -> Requests:
    """Those that were acknowledged before the end."""
    loading = asyncio.create_task(open_loop(server.port, requests, 200))
    await asyncio.sleep(after)
    server.stop(signal.SIGKILL)
    sent = await loading
    return [one for one in requests if sent.statuses.get(one[0]) == 200]


def start_and_memory(folder: Path, mix: Mix) -> None:
    with StandInLine() as line:
        took, memory = [], 0.0
        for number in range(5):
            own = folder / f"start{number}"
            own.mkdir()
            server = desk_server(own, line.url)
            took.append(server.start())
            asyncio.run(closed_loop(server.port, requests_for(mix.messages(500, 100)), 8))
            assert line.wait_for(500 * (number + 1))
            memory = max(memory, server.resident_mb())
            server.stop()
        print(
            f"ready after the command: median {statistics.median(took):.2f} s, slowest {max(took):.2f} s; "
            f"memory after 500 events {memory:.0f} MB",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.measure.bench")
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(_PARTS)}; none: all")
    parser.add_argument("--mix", type=Path, default=_MIX, help="what is typed: one message a line")
    asked = parser.parse_args()
    if strange := set(asked.parts) - set(_PARTS):
        parser.error(f"no such part: {', '.join(sorted(strange))}")
    parts, mix = asked.parts or list(_PARTS), Mix(read_mix(asked.mix))
    multiprocessing.set_start_method("spawn")
    with tempfile.TemporaryDirectory() as name:
        for part in parts:
            _PARTS[part](Path(name), mix)
    print(json.dumps({"done": parts}))


def _rates(folder: Path, mix: Mix) -> None:
    at_rate(folder, mix, 50, 20, 0.05)
    at_rate(folder, mix, 300, 10, 0.05)


_PARTS: dict[str, Callable[[Path, Mix], None]] = {
    "start": start_and_memory,
    "side": lambda folder, mix: side_by_side(folder, mix, rounds=5, count=3000),
    "rates": _rates,
    "stall": stall,
    "kill": lambda folder, mix: kill_under_load(folder, mix, kills=5),
}


if __name__ == "__main__":
    main()
