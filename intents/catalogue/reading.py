"""One mapping of the content and its texts: what is missing, of the wrong kind or unknown is a fault at its line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from intents.catalogue.nodes import Fault, Fields, Items, Node, Text
from intents.model import Place

_NULLS = frozenset({"", "null", "~", "Null", "NULL", "未定"})
_WIDE_BRACKETS = re.compile("[［【].*[］】]")


def is_null(node: Node | None) -> bool:
    """Whether the ward has not given this yet."""
    return node is None or (isinstance(node, Text) and node.value.strip() in _NULLS)


def nearest(word: str, known: Iterable[str]) -> str:
    """「（「answer」のまちがいでは？）」, or nothing where no known word is near."""
    found = process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=60)
    return f"（「{found[0]}」のまちがいでは？）" if found else ""


@dataclass(frozen=True, slots=True)
class Lost:
    """Where something in a file could not be read: a fault there says why, all others would follow from it."""

    places: frozenset[Place] = frozenset()

    @classmethod
    def in_file(cls, name: str, faults: Iterable[Fault]) -> Lost:
        return cls(frozenset(fault.place for fault in faults if fault.hides and fault.place.file == name))

    def within(self, first: int, end: int) -> bool:
        """Whether one of the lines from `first` to before `end` is among them."""
        return any(first <= place.line < end for place in self.places)


class Reading:
    """One mapping, read key by key. Faults gather in `faults`."""

    def __init__(
        self,
        node: Fields,
        entry: str,
        faults: list[Fault],
        place: Place | None = None,
        lost: Lost = Lost(),
        broken: bool = False,
    ) -> None:
        """`place`: where it begins, if that is the line of a key above it. `broken`: some of it is `lost`."""
        self.node = node
        self.entry = entry
        self.faults = faults
        self.place = place or node.place
        self.lost = lost
        self.broken = broken

    def allow(self, known: Iterable[str]) -> None:
        """Every key that is not known is a fault that names the nearest known one."""
        names = tuple(known)
        for key, place in self.node.key_places.items():
            if key not in names:
                self.fault(_unknown_words(key, names), place)

    def fault(self, text: str, place: Place | None = None, *, stops: bool = True, hides: bool = False) -> None:
        fault = Fault(place or self.place, text, self.entry, stops, hides)
        if fault.place not in self.lost.places:
            self.faults.append(fault)

    def lacks(self, text: str, key: str = "", *, stops: bool = True, hides: bool = False) -> None:
        """A fault for what is not written, at `key` if that is; none where it may stand in what is lost."""
        if not self.broken:
            self.fault(text, self.at(key), stops=stops, hides=hides)

    def at(self, key: str) -> Place:
        """The line of `key`; of the whole where it is not written."""
        return self.node.key_places.get(key, self.place)

    def has(self, key: str) -> bool:
        return key in self.node.fields

    def get(self, key: str) -> Node | None:
        return self.node.fields.get(key)

    def text(self, key: str, *, needed: bool = False) -> str:
        """The text under `key`, stripped; "" where there is none."""
        node = self.node.fields.get(key)
        if node is None:
            if needed:
                self.lacks(f"「{key}:」がありません。")
            return ""
        if not isinstance(node, Text):
            self.fault(f"「{key}」には文を一つ書いてください。", node.place)
            return ""
        if needed and not node.value.strip():
            self.fault(f"「{key}」が空です。", node.place)
        return node.value.strip()

    def texts(self, key: str, *, needed: bool = False) -> tuple[tuple[str, Place], ...]:
        """The list of texts under `key`, each with its place."""
        node = self.node.fields.get(key)
        if node is None or (isinstance(node, Text) and not node.value.strip()):
            if needed:
                self.lacks(f"「{key}:」がありません。「- 」で始まる行を並べてください。", key)
            return ()
        if not isinstance(node, Items):
            wide = isinstance(node, Text) and _WIDE_BRACKETS.fullmatch(node.value.strip())
            words = "半角のかっこ [ ] で囲んでください" if wide else "「- 」で始まる行の並びにしてください"
            self.fault(f"「{key}」は{words}。", node.place)
            return ()
        found = []
        for item in node.items:
            if isinstance(item, Text) and item.value.strip():
                found.append((item.value.strip(), item.place))
            else:
                self.fault(f"「{key}」の行には文を一つ書いてください（「: 」は引用符で囲む）。", item.place)
        return tuple(found)

    def phrases(self, key: str, *, needed: bool = False) -> tuple[tuple[str, Place], ...]:
        """As `texts`; told, too, where 「[A、B]」 is one text though two may be meant."""
        node = self.node.fields.get(key)
        if isinstance(node, Items):
            self.run_together(node)
        return self.texts(key, needed=needed)

    def run_together(self, node: Items) -> None:
        for item in node.items if node.flow else ():
            if isinstance(item, Text) and not item.style and re.search("[、，]", item.value):
                words = (
                    f"「{item.value.strip()}」は、ひとつながりで読まれます。"
                    "いくつかなら半角の「, 」で区切り、一つなら引用符「\"」で囲んでください。"
                )
                self.fault(words, item.place, stops=False)


def _unknown_words(key: str, known: tuple[str, ...]) -> str:
    run_on = next((mark for mark in "：:" if mark in key), "")
    if run_on:
        return f"「{key}」：コロンは半角にして、後に空白を入れてください（「{key.partition(run_on)[0]}: …」）。"
    return f"「{key}」という項目はありません{nearest(key, known)}。書けるのは {'・'.join(known)} です。"
