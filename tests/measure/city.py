"""Another city's content: an invented hundred of entries, messages in other words, and noise.

`python -m tests.measure.city` prints the table of docs/measured.md.
"""

from __future__ import annotations

import json
import random
import time
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge import load
from intents.match import Band, Matcher
from tests.measure.noise import NOISE

CITY = Path(__file__).parents[1] / "data" / "city"
SEED = 7


@dataclass(frozen=True, slots=True)
class Asked:
    """A resident's message; `entry` is None where the content has no answer."""

    text: str
    entry: str | None


@dataclass(frozen=True, slots=True)
class Result:
    first: float  # of the messages in scope: the right entry first
    among: float  # … among the first three, whatever the band
    sure: float  # … answered by itself, and rightly
    precision: float  # of all answers given, out-of-scope ones being wrong
    refused: float  # of the messages out of scope: not answered by itself


def questions() -> list[Asked]:
    lines = (CITY / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    return [Asked(row["q"], row["entry"]) for row in map(json.loads, lines)]


def noisy(kind: str) -> list[Asked]:
    """All messages with one kind of noise, the same every time."""
    rng = random.Random(SEED)
    return [Asked(NOISE[kind](asked.text, rng), asked.entry) for asked in questions()]


def measure(matcher: Matcher, asked: list[Asked]) -> Result:
    inside = first = among = right = answers = outside = answered_outside = 0
    for one in asked:
        match = matcher.read(one.text)[0]
        ids = [candidate.id for candidate in match.candidates[:3]]
        sure = match.band is Band.SURE
        answers += sure
        if one.entry is None:
            outside += 1
            answered_outside += sure
            continue
        inside += 1
        first += ids[:1] == [one.entry]
        among += one.entry in ids
        right += sure and ids[0] == one.entry
    return Result(
        first / inside,
        among / inside,
        right / inside,
        right / max(1, answers),
        1 - answered_outside / max(1, outside),
    )


def main() -> None:
    started = time.perf_counter()
    matcher = load(CITY / "faq").matcher
    print(f"built and calibrated in {time.perf_counter() - started:.2f} s: {matcher.confidence}\n")
    print("| messages | right first | among three | sure and right | precision | refused |")
    print("|---|---|---|---|---|---|")
    sets = {"clean": questions()} | {kind: noisy(kind) for kind in NOISE}
    for name, asked in sets.items():
        r = measure(matcher, asked)
        print(
            f"| {name} | {r.first:.3f} | {r.among:.3f} | {r.sure:.3f} | {r.precision:.3f} "
            f"| {r.refused:.3f} |"
        )


if __name__ == "__main__":
    main()
