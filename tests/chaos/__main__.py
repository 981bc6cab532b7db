"""`make chaos`: many users, few places, everything dies; prints one line a round, exits 1 on a fault.

`python -m tests.chaos [--rounds N] [--store sqlite|redis|both] [--seed FIRST] [--beside N]`. Last, the
same users on a naive store: there the checker must find faults, else it is the checker that is at fault.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from tests.chaos.plan import LONG
from tests.chaos.rounds import HEAD, Report, naive_round, one_round

_SHOWN = 5  # faults of a round in words


def _reports(kinds: list[str], seeds: range, beside: int, folder: Path) -> Iterator[Report]:
    """Every round, in the order in which they end; `beside` of them at once."""
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(beside, spawn) as pool:
        wanted = [
            pool.submit(one_round, kind, seed, LONG, folder / f"{kind}-{seed}")
            for seed in seeds
            for kind in kinds
        ]
        try:
            for done in as_completed(wanted):
                yield done.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _show(report: Report) -> None:
    print(report, flush=True)
    for fault in report.faults[:_SHOWN]:
        print(f"    {fault}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.chaos")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--store", choices=("sqlite", "redis", "both"), default="both")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--beside", type=int, default=2, help="rounds at once: most of one is waiting")
    asked = parser.parse_args()
    kinds = ["sqlite", "redis"] if asked.store == "both" else [asked.store]
    begun, found = time.monotonic(), 0
    print(HEAD, flush=True)
    with tempfile.TemporaryDirectory() as name:
        for report in _reports(kinds, range(asked.seed, asked.seed + asked.rounds), asked.beside, Path(name)):
            _show(report)
            found += len(report.faults)
        naive = naive_round(asked.seed, LONG, Path(name) / "naive")
    _show(naive)
    took = time.monotonic() - begun
    print(f"{asked.rounds} rounds on {' and '.join(kinds)}: {found} faults, {took:.0f} s;", end=" ")
    print(f"on the naive store: {len(naive.faults)} faults")
    return 1 if found or not naive.faults else 0


if __name__ == "__main__":
    sys.exit(main())
