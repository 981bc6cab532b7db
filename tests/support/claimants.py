"""Another process that claims places: `python -m tests.support.claimants URL NAME COUNT TIME`.

It says "ready", waits for a line, then COUNT people book the same slot, each in a thread of its own: that
of TIME, by a table that was edited to have it alone. Prints the outcomes' kinds as a JSON list.
"""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import time
from pathlib import Path

from bot.store import open_ledger
from tests.support.pages import OPENINGS, SLOT, Hand
from tests.support.patience import PATIENCE

ROOT = Path(__file__).parents[2]


class Claimants:
    """The process, from its parent's side."""

    def __init__(self, url: str, name: str, count: int, at: time = SLOT.time) -> None:
        command = [sys.executable, "-m", "tests.support.claimants", url, name, str(count), at.isoformat()]
        self._process = subprocess.Popen(
            command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def wait_until_ready(self) -> None:
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == "ready\n"

    def go(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("go\n")
        self._process.stdin.flush()

    def kinds(self) -> list[str]:
        """What each was told."""
        said, _ = self._process.communicate(timeout=PATIENCE)
        found: list[str] = json.loads(said)
        return found


def main(url: str, name: str, count: int, at: time) -> None:
    hand, slot = Hand(open_ledger(url), openings=replace(OPENINGS, slots=(at,))), replace(SLOT, time=at)
    print("ready", flush=True)
    sys.stdin.readline()
    with ThreadPoolExecutor(count) as pool:
        outcomes = pool.map(lambda n: hand.book(f"{name}{n}", slot), range(count))
        print(json.dumps([one.kind for one in outcomes]))
    hand.ledger.close()


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), time.fromisoformat(sys.argv[4]))
