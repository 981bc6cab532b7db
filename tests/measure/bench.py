"""`make bench`: the desk beside the SDK's own Flask echo example, in one run on the same server."""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import random
import signal
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.measure.load import closed_loop, open_loop, requests_for
from tests.support import events
from tests.support.line import StandInLine
from tests.support.process import ServerProcess, desk_server, echo_server

THREADS = 24  # of the echo's server
_QUESTIONS = (
    "持ち物は何ですか",
    "どこでやっていますか",
    "予約したいのですが",
    "暗証番号を忘れました",
    "もちものを おしえて ください",
    "What should I bring?",
    "電話番号を教えてください",
    "土日もやっていますか",
    "母の代わりに行けますか",
    "せたがやPayの暗証番号はどれですか",
    "ありがとう",
    "駐車場はありますか",
)


def messages(count: int, users: int) -> list[dict[str, Any]]:
    chance = random.Random(7)
    return [
        events.text(chance.choice(_QUESTIONS), user=f"U{chance.randrange(users):032x}") for _ in range(count)
    ]


def throughput(server: ServerProcess, line: StandInLine, count: int) -> dict[str, float]:
    """Events per second until the last reply has arrived at LINE, and CPU per event."""
    asyncio.run(closed_loop(server.port, requests_for(messages(200, 50)), 8))
    time.sleep(0.5)
    time.sleep(0.5)
    line.replies.clear()
    requests = requests_for(messages(count, 400))
    cpu, start = server.cpu_seconds(), time.monotonic()
    asyncio.run(closed_loop(server.port, requests, 16))
    assert line.wait_for(count), f"only {len(line.replies)} of {count} answered"
    took = max(line.times[token] for token, _ in requests) - start
    return {"per_second": count / took, "cpu_ms": (server.cpu_seconds() - cpu) / count * 1000}


def side_by_side(folder: Path, rounds: int, count: int) -> None:
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
                    row[name] = throughput(server, line, count)
        rows.append(row)
        print(
            f"round {number + 1}: "
            + "  ".join(f"{n} {r['per_second']:.0f}/s {r['cpu_ms']:.2f} ms CPU" for n, r in row.items()),
            flush=True,
        )
    speed = statistics.median(r["desk"]["per_second"] / r["echo"]["per_second"] for r in rows)
    cpu = statistics.median(r["echo"]["cpu_ms"] / r["desk"]["cpu_ms"] for r in rows)
    print(f"median ratio desk/echo: requests per second {speed:.2f}x, events per CPU second {cpu:.2f}x")


def percentile(values: list[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def at_rate(folder: Path, rate: int, seconds: int, latency: float) -> None:
    """An open loop: acknowledgement and reply times, nothing lost."""
    with (
        StandInLine(latency=latency) as line,
        tempfile.TemporaryDirectory(dir=folder) as own,
        desk_server(Path(own), line.url) as server,
    ):
        asyncio.run(closed_loop(server.port, requests_for(messages(100, 20)), 4))
        requests = requests_for(messages(rate * seconds, 2000))
        sent = asyncio.run(open_loop(server.port, requests, rate))
        complete = line.wait_for(rate * seconds + 100)
        acks = sent.ack_times()
        replies = [line.times[t] - sent.at[t] for t, _ in requests if t in line.times]
        print(
            f"{rate}/s for {seconds} s, LINE {latency * 1000:.0f} ms: "
            f"ack p50 {percentile(acks, 0.5) * 1000:.1f} p99 {percentile(acks, 0.99) * 1000:.1f} ms, "
            f"reply p50 {percentile(replies, 0.5) * 1000:.0f} p99 {percentile(replies, 0.99) * 1000:.0f} ms, "
            f"acked {len(acks)}/{len(requests)}, answered {len(replies)}/{len(requests)}"
            f"{'' if complete else '  LOST SOME'}",
            flush=True,
        )


def stall(folder: Path) -> None:
    """LINE answers nothing for 8 seconds: every acknowledgement still comes."""
    with (
        StandInLine(latency=8.0) as line,
        tempfile.TemporaryDirectory(dir=folder) as own,
        desk_server(Path(own), line.url) as server,
    ):
        requests = requests_for(messages(50 * 8, 200))
        sent = asyncio.run(open_loop(server.port, requests, 50))
        acks = sent.ack_times()
        print(
            f"LINE stalling 8 s, 50/s: acked {len(acks)}/{len(requests)}, slowest ack {max(acks) * 1000:.0f} ms",
            flush=True,
        )
        server.stop(signal.SIGKILL)


def kill_under_load(folder: Path, kills: int) -> None:
    """Kill -9 under load, start again: every acknowledged event is answered."""
    chance = random.Random(11)
    with StandInLine(latency=0.05) as line, tempfile.TemporaryDirectory(dir=folder) as own:
        server = desk_server(Path(own), line.url)
        acked: set[str] = set()
        for _ in range(kills):
            server.start()
            requests = requests_for(messages(300, 100))
            asyncio.run(_load_and_kill(server, requests, chance.uniform(0.3, 1.2), acked))
        server.start()
        end = time.monotonic() + 30
        while time.monotonic() < end and acked - set(line.replies):
            time.sleep(0.1)
        lost = acked - set(line.replies)
        print(
            f"kill -9 under load, {kills} times: {len(acked)} acknowledged, {len(lost)} unanswered after the restart",
            flush=True,
        )
        server.stop()


async def _load_and_kill(
    server: ServerProcess, requests: list[tuple[str, bytes]], after: float, acked: set[str]
) -> None:
    loading = asyncio.create_task(open_loop(server.port, requests, 200))
    await asyncio.sleep(after)
    server.stop(signal.SIGKILL)
    sent = await loading
    acked.update(token for token, status in sent.statuses.items() if status == 200)


def start_and_memory(folder: Path) -> None:
    with StandInLine() as line:
        took, memory = [], 0.0
        for number in range(5):
            own = folder / f"start{number}"
            own.mkdir()
            server = desk_server(own, line.url)
            took.append(server.start())
            asyncio.run(closed_loop(server.port, requests_for(messages(500, 100)), 8))
            time.sleep(0.5)
            memory = max(memory, server.resident_mb())
            server.stop()
        print(
            f"ready after the command: median {statistics.median(took):.2f} s, slowest {max(took):.2f} s; "
            f"memory after 500 events {memory:.0f} MB",
            flush=True,
        )


def main() -> None:
    parts = sys.argv[1:] or ["start", "side", "rates", "stall", "kill"]
    multiprocessing.set_start_method("spawn")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if "start" in parts:
            start_and_memory(folder)
        if "side" in parts:
            side_by_side(folder, rounds=5, count=3000)
        if "rates" in parts:
            at_rate(folder, 50, 20, 0.05)
            at_rate(folder, 300, 10, 0.05)
        if "stall" in parts:
            stall(folder)
        if "kill" in parts:
            kill_under_load(folder, kills=5)
    print(json.dumps({"done": parts}))


if __name__ == "__main__":
    main()
