"""A mapping read as values: wordings, days, times, numbers, and the mappings within it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import date, time

from intents.catalogue.keys import LANG_KEYS
from intents.catalogue.nodes import Fault, Fields, Items, Node, Text
from intents.catalogue.reading import Lost, Reading, is_null
from intents.model import Words

_TIME = re.compile(r"^(\d{1,2}):(\d{2})$")
_NUMBER = re.compile("[0-9]{1,9}")
_RUN_ON = re.compile(rf"[｛{{]? *(?P<key>{'|'.join(LANG_KEYS)})\s*[:：]")


class Form(Reading):
    """As `Reading`, with values of every kind."""

    def words(self, key: str, *, needed: bool = False) -> Words | None:
        """The wording in up to three languages; a bare text is the Japanese."""
        node = self.node.fields.get(key)
        if node is None:
            if needed:
                self.lacks(f"「{key}:」がありません。")
            return None
        return self.words_of(node, key)

    def words_of(self, node: Node, key: str) -> Words | None:
        """As `words`, of a node found under `key`. A language that is missing is told, and does not stop."""
        if isinstance(node, Text):
            return self._bare_words(node, key)
        if not isinstance(node, Fields):
            self.fault(f"「{key}」には文か、ja: easy: en: を書いてください。", node.place)
            return None
        inner = self.inner(node, key)
        inner.allow(LANG_KEYS)
        ja = inner.text("ja", needed=True)
        words = Words(ja, inner.text("easy"), inner.text("en")) if ja else None
        for lang in words.missing() if words else ():
            inner.lacks(f"「{key}」の訳（{lang}:）がありません。", lang, stops=False)
        return words

    def _bare_words(self, node: Text, key: str) -> Words | None:
        words = Words(node.value.strip())
        if not words.ja:
            self.fault(f"「{key}」が空です。", node.place)
            return None
        if run_on := _RUN_ON.match(words.ja):
            self.fault(f"「{run_on['key']}」の書き方がちがいます。「{run_on['key']}: …」の形（半角）にしてください。", node.place)
        for lang in words.missing():
            self.lacks(f"「{key}」の訳（{lang}:）がありません。", key, stops=False)
        return words

    def day(self, key: str) -> date | None:
        node = self.node.fields.get(key)
        return None if node is None or is_null(node) else self.day_of(node, key)

    def day_of(self, node: Node, key: str) -> date | None:
        if isinstance(node, Text):
            try:
                return date.fromisoformat(node.value.strip())
            except ValueError:
                pass
        self.fault(f"「{key}」は 2026-08-03 の形の、ある日付にしてください。", node.place)
        return None

    def days(self, key: str) -> frozenset[date]:
        """The list of days under `key`; none where there is none."""
        node = self.node.fields.get(key)
        if node is None or is_null(node):
            return frozenset()
        if not isinstance(node, Items):
            self.fault(f"「{key}」は [2026-08-13, 2026-08-14] のような日付の並びにしてください。", node.place)
            return frozenset()
        return frozenset(day for item in node.items if (day := self.day_of(item, key)))

    def moment(self, key: str) -> time | None:
        node = self.node.fields.get(key)
        return None if node is None or is_null(node) else self.moment_of(node, key)

    def moment_of(self, node: Node, key: str) -> time | None:
        match = _TIME.match(node.value.strip()) if isinstance(node, Text) else None
        if match and int(match[1]) < 24 and int(match[2]) < 60:
            return time(int(match[1]), int(match[2]))
        self.fault(f"「{key}」は 9:00 の形の時刻にしてください。", node.place)
        return None

    def flag(self, key: str) -> bool:
        """Whether `key` says yes; yes and no are the only words for it."""
        said = self.text(key)
        if said not in ("", "yes", "no"):
            self.fault(f"「{key}」は yes か no にしてください。", self.node.fields[key].place)
        return said == "yes"

    def number(self, key: str, low: int, high: int) -> int | None:
        node = self.node.fields.get(key)
        if node is None or is_null(node):
            return None
        if isinstance(node, Text) and _NUMBER.fullmatch(node.value.strip()) and low <= int(node.value) <= high:
            return int(node.value)
        self.fault(f"「{key}」は {low} から {high} までの数にしてください。", node.place)
        return None

    def inner(self, node: Fields, key: str) -> Form:
        """The form of the mapping under `key`."""
        return Form(node, self.entry, self.faults, self.at(key), self.lost, self.broken)

    def form(self, key: str) -> Form | None:
        """The mapping under `key` as a form of its own."""
        node = self.node.fields.get(key)
        if node is None or is_null(node):
            return None
        if not isinstance(node, Fields):
            self.fault(f"「{key}」の下には「項目: 値」を字下げして書いてください。", node.place, hides=True)
            return None
        return self.inner(node, key)

    def forms(self, key: str) -> list[Form]:
        """The list of mappings under `key`, each as a form of its own."""
        node = self.node.fields.get(key)
        if node is None or is_null(node):
            return []
        return list(_items(node, self.entry, self.faults, key, self.lost, self.broken))


def root_form(root: Node | None, entry: str, faults: list[Fault]) -> Form | None:
    """The mapping that a whole file is; None, and a fault, where it is something else."""
    if root is None:
        return None
    if isinstance(root, Fields):
        lost = Lost.in_file(root.place.file, faults)
        return Form(root, entry, faults, lost=lost, broken=bool(lost.places))
    faults.append(Fault(root.place, "このファイルは「項目: 値」の並びにしてください。", entry, hides=True))
    return None


def forms_of(root: Node, entry: str, faults: list[Fault], what: str) -> Iterator[Form]:
    """The items of the list that a whole file is, each as a form; what is none is a fault."""
    yield from _items(root, entry, faults, what, Lost.in_file(root.place.file, faults))


def _items(
    node: Node, entry: str, faults: list[Fault], what: str, lost: Lost, broken: bool = False
) -> Iterator[Form]:
    if not isinstance(node, Items):
        words = f"「{what}」は「- 」で始まる項目の並びにしてください。"
        faults.append(Fault(node.place, words, entry, hides=True))
        return
    ends = [*(item.place.line for item in node.items[1:]), sys.maxsize]
    for item, end in zip(node.items, ends, strict=False):
        if isinstance(item, Fields):
            yield Form(item, entry, faults, None, lost, broken or lost.within(item.place.line, end))
        elif item.place not in lost.places:
            words = f"「{what}」の「- 」の後には「項目: 値」を書いてください。"
            faults.append(Fault(item.place, words, entry, hides=True))
