"""How many reminders come twice or never, the long form: `python -m tests.measure.reminders [ROUNDS]`.

Each round: 400 bookings on two days, senders killed at random, LINE losing 8% of its answers, on both
stores with a seed of its own. Prints one line a round; exits with 1 where one came twice or never.
"""

from __future__ import annotations

import random
import sys
import tempfile
import time
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

from bot.store import open_ledger
from intents.office import JST
from tests.support.line import Faults, StandInLine
from tests.support.redis import RealRedis
from tests.support.sending import Moment, Reaper, Senders, book_many, line_id, sending_moments

PEOPLE = 400
BOOKED = datetime(2026, 8, 20, 12, tzinfo=JST)


def one_round(senders: Senders, store_url: str, seed: int) -> tuple[int, int]:
    """(twice, never) of 800 reminders; prints what the round was like."""
    started, killed = time.perf_counter(), senders.killed
    faults = Faults(seed, error=0.05, rate=0.03, lost=0.08, stall=0.005)
    ledger = open_ledger(store_url)
    made = book_many(ledger, PEOPLE, int(BOOKED.timestamp()))
    clock = Moment(BOOKED)
    with StandInLine(faults=faults, clock=clock) as line:
        reaper = Reaper(line, random.Random(seed), often=0.9)
        for at in sending_moments():
            clock.at = at
            reaper.send_all(senders, store_url, at)
    ledger.close()
    came = Counter((one.to, one.at.astimezone(JST).date()) for one in line.pushes)
    wanted = {
        (line_id(number), booking.slot.day - timedelta(days=back))
        for number, booking in enumerate(made)
        for back in (0, 1)
    }
    twice, never = sum(came.values()) - len(came), len(wanted - set(came))
    kind = store_url.split(":")[0]
    print(
        f"| {kind} | {seed} | {len(wanted)} | {senders.killed - killed} | {line.repeated} | {line.calls} "
        f"| {twice} | {never} | {time.perf_counter() - started:.1f} |"
    )
    return twice, never


def main() -> int:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 10
    print("| store | seed | reminders | senders killed | repeated (409) | calls | twice | never | s |")
    print("|---|---|---|---|---|---|---|---|---|")
    faults = 0
    with tempfile.TemporaryDirectory() as folder, Senders() as senders, RealRedis(Path(folder)) as redis:
        for seed in range(1, rounds + 1):
            faults += sum(one_round(senders, f"sqlite:///{folder}/{seed}.db", seed))
            redis.flush()
            faults += sum(one_round(senders, redis.url, seed))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
