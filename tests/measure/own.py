"""The ward's own content against messages in other words: how many are answered, how many wrongly.

`python -m tests.measure.own [MESSAGES.jsonl]` prints a table; the optional file has lines with
`text` and `wants`, the latter read by tests/data/wants.yaml.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.knowledge import load
from intents.match import Band, Matcher

ROOT = Path(__file__).parents[2]
DATA = ROOT / "tests" / "data"
HELD_OUT = ("heldout-utterances.yaml", "fresh-utterances.yaml", "last-utterances.yaml")
# Where nothing is wanted, these say honestly that the matter is not the desk's.
HARMLESS = frozenset({"other_ward", "small_talk", "general_phone"})


@dataclass(frozen=True, slots=True)
class Message:
    """`wanted`: the entries whose answer serves; empty where the desk must not answer."""

    text: str
    wanted: frozenset[str]
    persona: str = ""


@dataclass(slots=True)
class Tally:
    """How messages were answered. A right choice among three counts as answered, not as sure."""

    count: int = 0
    answered: int = 0
    sure: int = 0
    wrong: int = 0
    wanted: int = 0

    def add(self, matcher: Matcher, message: Message) -> None:
        matches = matcher.read(message.text)
        sure = [m.candidates[0].id for m in matches if m.band is Band.SURE]
        self.count += 1
        self.wanted += bool(message.wanted)
        if sure:
            right = sure[0] in (message.wanted or HARMLESS)
            self.answered += right
            self.wrong += not right
            self.sure += right and bool(message.wanted)
        elif not message.wanted:
            self.answered += 1
        elif matches[0].band is Band.UNSURE:
            self.answered += any(c.id in message.wanted for c in matches[0].candidates[:3])

    def row(self, name: str) -> str:
        share = self.sure / max(1, self.wanted)
        return (
            f"| {name} | {self.count} | {self.answered / self.count:.3f} | {share:.3f} "
            f"| {self.wrong} ({self.wrong / self.count:.1%}) |"
        )


def wants() -> dict[str, frozenset[str]]:
    """Kind of message → the entries whose answer serves it."""
    read = yaml.safe_load((DATA / "wants.yaml").read_text(encoding="utf-8"))
    return {want: frozenset(entries) for want, entries in read.items()}


def held_out(name: str) -> Iterator[Message]:
    """The messages of a held-out file; "out of scope" wants nothing."""
    known = wants()
    for want, rows in yaml.safe_load((DATA / name).read_text(encoding="utf-8")).items():
        for persona, text in rows:
            yield Message(text, known.get(want, frozenset()), persona)


def jsonl(path: Path) -> Iterator[Message]:
    """Lines with `text`, `wants` and `persona`."""
    known = wants()
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        yield Message(row["text"], known[row["wants"]], row.get("persona", ""))


def tally(matcher: Matcher, messages: Iterable[Message]) -> Tally:
    total = Tally()
    for message in messages:
        total.add(matcher, message)
    return total


def main() -> None:
    matcher = load(ROOT / "faq").matcher
    print("| messages | n | answered as wanted | sure and right | sure and wrong |")
    print("|---|---|---|---|---|")
    for path in map(Path, sys.argv[1:]):
        print(tally(matcher, jsonl(path)).row(path.stem))
    everything: list[Message] = []
    for name in HELD_OUT:
        messages = list(held_out(name))
        everything += messages
        print(tally(matcher, messages).row(name.removesuffix(".yaml")))
    for persona in sorted({message.persona for message in everything}):
        rows = [message for message in everything if message.persona == persona]
        print(tally(matcher, rows).row(persona))


if __name__ == "__main__":
    main()
