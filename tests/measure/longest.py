"""The milliseconds of LINE's longest messages, reader by reader: `python -m tests.measure.longest`.

The promises: the PIN guard 20 ms, dates 20 ms, wishes and own bookings 50 ms each, the matcher 50 ms.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from time import process_time

from bot.knowledge import load
from intents.dates import read_when
from intents.guard import Context, judge
from intents.wishes import read_wish
from tests.support.growth import LONGEST
from tests.support.long_texts import DATES, DAYS_OUT, GUARD, MATCHER, OWN, WISHES

ROOT = Path(__file__).parents[2]
TODAY, NOW = date(2026, 8, 3), datetime(2026, 8, 3, 1, 0, tzinfo=UTC)
Reads = Callable[[str], object]


def milliseconds(reads: Reads, text: str) -> float:
    """CPU time, the best of five."""
    spent = []
    for _ in range(5):
        begun = process_time()
        reads(text)
        spent.append(process_time() - begun)
    return min(spent) * 1000


def readers() -> dict[str, tuple[Reads, list[str]]]:
    """Each reader with the scraps that cost it the most."""
    edition = load(ROOT / "faq" / "practice")
    return {
        "PIN guard": (lambda text: judge(text, Context(now=NOW)), GUARD),
        "dates": (lambda text: read_when(text, TODAY), DATES + DAYS_OUT),
        "wishes": (lambda text: read_wish(text, edition.catalogue, TODAY), WISHES + OWN),
        "matcher": (edition.matcher.read, MATCHER),
    }


def main() -> None:
    print(f"| {LONGEST} characters, read by | median ms | worst ms | of the scrap |\n|---|---|---|---|")
    for name, (reads, scraps) in readers().items():
        found = sorted((milliseconds(reads, scrap * (LONGEST // len(scrap))), scrap) for scrap in scraps)
        worst, scrap = found[-1]
        print(f"| {name} | {found[len(found) // 2][0]:.1f} | {worst:.1f} | {scrap!r} |", flush=True)


if __name__ == "__main__":
    main()
