"""No part of a file is ever dropped in silence: it is read, it is a note (# …), or a fault stops the edit."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intents.catalogue import Loaded, build
from intents.catalogue.yamldoc import Fields, Items, Node, Text, read
from intents.model import Entry, Place

FAQ = Path(__file__).parents[1] / "faq"
WARD = {path.name: path.read_text(encoding="utf-8") for path in sorted(FAQ.glob("*.yaml"))}

# ---------------------------------------------------------------- the measure
NOTE = re.compile(r"(?:^|[\s\]}\"',\[{])#(?:\s|$|[^\w\s]).*$|^\s*#.*$")
UNWRITTEN = re.compile(r"[\W_]+")


def told(node: Node) -> Iterator[str]:
    """Everything that a document says, in its order."""
    if isinstance(node, Text):
        yield node.value
    elif isinstance(node, Items):
        for item in node.items:
            yield from told(item)
    elif isinstance(node, Fields):
        for key, value in node.fields.items():
            yield key
            yield from told(value)


def unread_lines(text: str, node: Node | None) -> list[str]:
    """The lines of `text` that are no note, and that the document does not say in its place."""
    said = UNWRITTEN.sub("", "".join(told(node))) if node else ""
    lines = [line for line in text.splitlines() if not line.startswith(("%", "---", "..."))]
    unread, at = [], 0
    for line in lines:
        words = UNWRITTEN.sub("", NOTE.sub("", line))
        found = said.find(words, at)
        if found < 0:
            unread.append(line)
        else:
            at = found + len(words)
    return unread


def stops(name: str, text: str) -> bool:
    return any(fault.stops for fault in read(name, text.encode())[1])


def all_read(name: str, text: str) -> bool:
    node, faults = read(name, text.encode())
    return any(fault.stops for fault in faults) or not unread_lines(text, node)


@pytest.mark.parametrize("name", WARD)
def test_the_measure_finds_every_line_of_the_wards_own_files(name: str) -> None:
    assert not stops(name, WARD[name]) and all_read(name, WARD[name])


def test_the_measure_sees_a_line_that_is_dropped() -> None:
    node, _ = read("a.yaml", b"- id: a\n")
    assert unread_lines("- id: a\n- id: lost\n", node) == ["- id: lost"]


# ---------------------------------------------------------------- what hands and editors do to a line
Change = Callable[[str, random.Random], str]
PASTED = ("ここから下は図書館", "==========", "// メモ", "＃ メモ", "- 2026-08-29", "id: library", "ja: ここ", "…", "図書館：午後7時まで")
CHANGES: dict[str, Change] = {
    "a dash lost": lambda line, _: line.replace("- ", "", 1),
    "a dash overtyped": lambda line, _: line.replace("- ", "  ", 1),
    "a space after the dash lost": lambda line, _: line.replace("- ", "-", 1),
    "a dash in full width": lambda line, _: line.replace("- ", "－", 1),
    "a space after the colon lost": lambda line, _: line.replace(": ", ":", 1),
    "a colon in full width": lambda line, _: line.replace(": ", "：", 1),
    "a colon lost": lambda line, _: line.replace(":", "", 1),
    "a full-width space after the colon": lambda line, _: line.replace(": ", ":　", 1),
    "a bar lost": lambda line, _: line.replace("|", "", 1),
    "a quote lost": lambda line, _: line.replace('"', "", 1),
    "a bracket lost": lambda line, _: re.sub(r"[\[\]{}]", "", line, count=1),
    "a comma in full width": lambda line, _: line.replace(", ", "、", 1),
    "the line twice": lambda line, _: line + line,
    "the line away": lambda line, _: "",
    "text before": lambda line, rng: rng.choice(PASTED) + "\n" + line,
    "text before, indented alike": lambda line, rng: indent(line) + rng.choice(PASTED) + "\n" + line,
    "less indented": lambda line, rng: line[min(rng.randint(1, 4), len(indent(line))):],
    "more indented": lambda line, rng: " " * rng.randint(1, 4) + line,
    "indented by a tab": lambda line, _: "\t" + line.lstrip(" "),
    "indented in full width": lambda line, _: "　" * (len(indent(line)) // 2 or 1) + line.lstrip(" "),
    "a new document": lambda line, _: "---\n" + line,
    "an end of the document": lambda line, _: "...\n" + line,
    "a directive": lambda line, _: "%YAML 1.1\n" + line,
    "a mark of YAML's": lambda line, rng: re.sub(r"(: |- )(?=\S)", lambda m: m[0] + rng.choice(["!a ", "&a ", "*a ", "! "]), line, count=1),
    "a number to dial": lambda line, _: line.rstrip("\n") + " #9110 へ\n",
    "broken in two": lambda line, rng: line[: (cut := rng.randrange(len(line)))] + "\n" + line[cut:],
    "joined to the next": lambda line, _: line.rstrip("\n"),
    "an unseen character": lambda line, rng: line[: (cut := rng.randrange(len(line)))] + rng.choice("\x00\x0b\u2028\u200b\x85") + line[cut:],
}  # fmt: skip


def indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" "))]


def changed(text: str, change: Change, at: int, rng: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    at %= len(lines)
    return "".join((*lines[:at], change(lines[at], rng), *lines[at + 1 :]))


@settings(max_examples=300, deadline=None)
@given(
    name=st.sampled_from(sorted(WARD)),
    change=st.sampled_from(sorted(CHANGES)),
    at=st.integers(0, 3000),
    seed=st.integers(0, 1 << 16),
)
def test_a_changed_line_is_read_or_stops_the_edit(name: str, change: str, at: int, seed: int) -> None:
    text = changed(WARD[name], CHANGES[change], at, random.Random(seed))
    assert all_read(name, text)


# ---------------------------------------------------------------- what stands beside the change stays as it was
ENTRIES = """\
# くらしの質問
- id: garbage
  label: {ja: ごみ, easy: ごみ, en: Garbage}
  phrases: [ごみの日はいつですか, "燃えるごみ、燃えないごみ"]
  answer:
    ja: |
      月曜と木曜です。

      「FAX：」のあるお宅にも、お知らせを送ります。
    easy: げつようと もくようです。
    en: "Mondays and Thursdays: both."
  source: 区のおしらせ  # 7月号
  checked: 2026-07-01

- id: library
  label:
    ja: 図書館
    easy: としょかん
    en: Library
  phrases:
    - 図書館は何時まで
    - "本を借りたい"
  answer: |
    午後7時までです。
    URL：ホームページをごらんください。
  buttons: [garbage]

- id: tax
  phrases:
  - 住民税の払い方
  - 税金はどこで払いますか
  answer: 銀行で払えます。{cost}
"""
FACTS = """\
programme: {from: 2026-08-03, until: 2026-10-30, source: 報告, checked: 2026-07-01}
office:
  opens: "9:00"
  closes: "17:00"
  closed: [2026-08-13]
  source: 報告
  checked: 2026-07-01

texts:
  cost:
    ja: 手数料はありません。
    easy: おかねは いりません。
    en: It is free.
    source: 報告
    checked: 2026-07-01
  place: null
"""


def loaded(entries: str = ENTRIES, facts: str = FACTS) -> Loaded:
    return build({"city.yaml": entries.encode(), "facts.yaml": facts.encode()})


def untouched(at: int) -> list[str]:
    """The entries in whose lines line `at` (from 0) does not stand."""
    heads = [number for number, line in enumerate(ENTRIES.splitlines()) if line.startswith("- id")]
    owner = sum(head <= at for head in heads) - 1
    return [id for place, id in enumerate(("garbage", "library", "tax")) if place != owner]


def placeless(entry: Entry) -> Entry:
    return replace(entry, place=Place("", 0))


@settings(max_examples=250, deadline=None)
@given(change=st.sampled_from(sorted(CHANGES)), at=st.integers(0, 100), seed=st.integers(0, 1 << 16))
def test_the_entries_beside_a_changed_line_stay_or_the_edit_is_stopped(change: str, at: int, seed: int) -> None:
    before = loaded().catalogue
    after = loaded(changed(ENTRIES, CHANGES[change], at, random.Random(seed))).catalogue
    assert before is not None
    if after is not None:
        for id in untouched(at % ENTRIES.count("\n")):
            assert placeless(after.entries[id]) == placeless(before.entries[id])


@settings(max_examples=150, deadline=None)
@given(change=st.sampled_from(sorted(CHANGES)), at=st.integers(0, 100), seed=st.integers(0, 1 << 16))
def test_the_facts_beside_a_changed_line_stay_or_the_edit_is_stopped(change: str, at: int, seed: int) -> None:
    at %= FACTS.count("\n")
    before, after = loaded().catalogue, loaded(facts=changed(FACTS, CHANGES[change], at, random.Random(seed))).catalogue
    assert before is not None
    if after is not None:
        for part in ("office", "texts"):
            assert _stands_in(part, at) or getattr(after.facts, part) == getattr(before.facts, part)


def _stands_in(part: str, at: int) -> bool:
    heads = {"programme": 0, "office": 1, "texts": 8}
    return part == max((name for name, head in heads.items() if head <= at), key=heads.__getitem__)
