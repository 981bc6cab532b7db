"""How long the matcher takes, and how much it holds. `python -m tests.measure.speed`."""

from __future__ import annotations

import random
import resource
import time
from pathlib import Path
from types import MappingProxyType

import numpy as np

from bot.knowledge import load
from intents.match import Matcher
from intents.match.calibrate import calibrated
from intents.model import Catalogue, Entry, Place, Words
from tests.measure.city import CITY, questions

ROOT = Path(__file__).parents[2]
ENTRIES, PHRASES = 2000, 5


def many_entries(entries: int = ENTRIES, phrases: int = PHRASES) -> Catalogue:
    """Entries made of the invented city's words, shuffled: as many different ones as are wanted."""
    rng = random.Random(3)
    own = list(load(CITY / "faq").catalogue.entries.values())
    halves = [text for entry in own for phrase in entry.phrases for text in _halves(phrase)]
    made = {}
    for number in range(entries):
        subject = rng.choice(halves)
        texts = tuple(subject + rng.choice(halves) for _ in range(phrases))
        answer = rng.choice(own).answer or Words("")
        made[f"e{number}"] = Entry(f"e{number}", texts, Place("", 0), answer=answer)
    return Catalogue(entries=MappingProxyType(made))


def _halves(phrase: str) -> tuple[str, str]:
    middle = len(phrase) // 2
    return phrase[:middle], phrase[middle:]


def milliseconds(matcher: Matcher, texts: list[str]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """CPU time of each message."""
    times = []
    for text in texts:
        started = time.process_time()
        matcher.read(text)
        times.append((time.process_time() - started) * 1000)
    return np.array(times)


def _report(name: str, matcher: Matcher, texts: list[str], built: float) -> None:
    ms = milliseconds(matcher, texts)
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    p50, p99 = np.quantile(ms, (0.5, 0.99))
    print(f"| {name} | {built:.2f} | {p50:.2f} | {p99:.2f} | {ms.max():.2f} | {held:.0f} |")


def main() -> None:
    texts = [asked.text for asked in questions()]
    print("| content | build and calibration, s | p50 ms | p99 ms | worst ms | resident MB, so far |")
    print("|---|---|---|---|---|---|")
    loaded = load(ROOT / "faq").catalogue
    for name, catalogue in (("the ward's", loaded), (f"{ENTRIES} × {PHRASES}", many_entries())):
        started = time.perf_counter()
        matcher = calibrated(catalogue)
        _report(name, matcher, texts, time.perf_counter() - started)
    long = ["窓口はどこですか。" * 555, "😀" * 500, "あ" * 5000, "a" * 5000, "と、" * 2500, "ﷺ" * 5000]
    for text in long:
        print(f"{text[:6]}… {len(text)} characters: {milliseconds(matcher, [text])[0]:.1f} ms")


if __name__ == "__main__":
    main()
