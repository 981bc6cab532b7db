"""A file that YAML cannot read as a whole, read piece by piece: one broken entry hides no fault of the others.

Its pieces are only for telling faults: at least one of them stops the file from going live.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from intents.catalogue.keys import PLAIN_KEYS
from intents.catalogue.nodes import Fault, Fields, Items, Node, Text
from intents.catalogue.reader import compose, doubled
from intents.model import Place

_ENTRY = re.compile(r"-(?:\s|$)")
_MARKER = re.compile(r"(?:---|\.\.\.)(?:\s|$)|%")
_UNDASHED = re.compile(rf"(?:{'|'.join(sorted(PLAIN_KEYS))}):\s")
_KEYED = re.compile(r":(?:\s|$)|^(?:- *)?(?:$|[\"'\[{#|>])")
_HEAD = re.compile(r"[^\s#]")
_NO_ITEM = "この行は、どの項目でもありません。説明なら行の頭に「# 」を、上の文の続きなら字下げを付けてください。"
_WIDE_NOTE = "説明の行の頭の「＃」が全角です。半角の「# 」にしてください。"
_NO_DASH = "「- 」がありません。初めの行を「- id: …」とし、続く行は半角の空白二つ分、下げてください。"
_NO_ID = "左端の「- 」の後には「id: …」を書きます。上の項目に入れるなら、字下げしてください。"
_STRAY_DASH = "「- 」の行が左端にあります。上の項目に入れるなら、字下げしてください。"


@dataclass(slots=True)
class _Salvage:
    name: str
    listed: bool  # the file is a list of items; else a mapping
    faults: list[Fault] = field(default_factory=list)
    items: list[Node] = field(default_factory=list)
    fields: dict[str, Node] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    undashed: int = -1  # the line after the last one that lacks its dash
    explained: bool = False  # a slip says why a piece cannot be read

    def marker(self, said: str, start: int) -> None:
        """「---」 may begin a file; further down, YAML stops there. A directive (%) is nobody's wish."""
        if self.items or self.fields or said.startswith("%"):
            self._lost(Place(self.name, start + 1), f"「{said}」の行は消してください。ここから後が読まれません（説明なら、頭に「# 」）。")

    def take(self, node: Node, end: int) -> None:
        """One piece of the file, which ends before line `end`."""
        if isinstance(node, Text):
            self._lost(node.place, _WIDE_NOTE if node.value.startswith("＃") else _NO_ITEM)
        elif isinstance(node, Items) and self.listed:
            self.items += node.items
        elif isinstance(node, Fields) and not self.listed:
            self._take_fields(node)
        elif isinstance(node, Items):
            self._lost(node.place, _STRAY_DASH)
        else:
            # Every line of an entry without its dash is a piece of its own: told once.
            if node.place.line != self.undashed:
                self._lost(node.place, _NO_DASH)
            self.undashed = end

    def _take_fields(self, node: Fields) -> None:
        for key, value in node.fields.items():
            if key in self.places:
                self._lost(node.at(key), doubled(key, self.places[key]))
            else:
                self.fields[key], self.places[key] = value, node.at(key)

    def _lost(self, place: Place, words: str) -> None:
        self.faults.append(Fault(place, words, hides=True))

    def root(self) -> Node:
        place = Place(self.name, 1)
        return Items(place, tuple(self.items)) if self.listed else Fields(place, self.fields, self.places)


def salvage(
    name: str, lines: list[str], marks: list[str], slipped: set[int], listed: bool
) -> tuple[Node, list[Fault], bool]:
    """What can be read of `lines`, the faults of the rest, and whether they say why the whole cannot be read.

    `marks`: the lines' `insides`. `slipped`: the lines with a slip; it is the cause of what YAML says
    of the lines after it, so that is left unsaid.
    """
    found = _Salvage(name, listed)
    for start, end in _pieces(lines, marks):
        if _MARKER.match(lines[start]):
            found.marker(lines[start].strip(), start)
            continue
        node, problems = compose(name, "".join(lines[start:end]), start)
        if node is not None:
            found.take(node, end + 1)
        elif problems and slipped.intersection(range(start + 1, problems[0].place.line + 1)):
            found.explained, problems = True, []
        elif problems:
            problems = _at_head(name, lines[start], start, listed) or problems
        found.faults += problems
    return found.root(), found.faults, found.explained or any(fault.stops for fault in found.faults)


def _at_head(name: str, line: str, start: int, listed: bool) -> list[Fault]:
    """Where a piece cannot be read because of its first line; [] where the cause lies further down."""
    if listed and _UNDASHED.match(line):
        return [Fault(Place(name, start + 1), _NO_DASH, hides=True)]
    if not _KEYED.search(line):
        return [Fault(Place(name, start + 1), _NO_ID if _ENTRY.match(line) else _NO_ITEM, hides=True)]
    return []


def _pieces(lines: list[str], marks: list[str]) -> Iterator[tuple[int, int]]:
    """(first line, line after the last) from each line at the left edge to the next."""
    heads = [at for at, line in enumerate(lines) if _ENTRY.match(line) or (_HEAD.match(line) and not marks[at])]
    # What stands before the first of them belongs to it.
    return pairwise([*dict.fromkeys([0, *heads]), len(lines)])
