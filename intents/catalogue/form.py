"""Reading a node field by field: what is missing, of the wrong kind or unknown becomes a fault."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, time

from rapidfuzz import fuzz, process

from intents.catalogue.yamldoc import Fault, Fields, Items, Node, Text
from intents.model import Place, Words

_NULLS = frozenset({"", "null", "~", "Null", "NULL", "未定"})
_TIME = re.compile(r"^(\d{1,2}):(\d{2})$")


def is_null(node: Node | None) -> bool:
    """Whether the ward has not given this yet."""
    return node is None or (isinstance(node, Text) and node.value.strip() in _NULLS)


def nearest(word: str, known: Iterable[str]) -> str:
    """「（「answer」のまちがいでは？）」, or nothing where no known word is near."""
    found = process.extractOne(word, list(known), scorer=fuzz.ratio, score_cutoff=60)
    return f"（「{found[0]}」のまちがいでは？）" if found else ""


class Form:
    """One mapping of the content, read key by key. Faults gather in `faults`."""

    def __init__(self, node: Fields, entry: str, faults: list[Fault]) -> None:
        self.node = node
        self.entry = entry
        self.faults = faults

    def allow(self, known: Iterable[str]) -> None:
        """Every key that is not known is a fault that names the nearest known one."""
        names = tuple(known)
        for key, place in self.node.key_places.items():
            if key not in names:
                self.fault(
                    f"「{key}」という項目はありません{nearest(key, names)}。"
                    f"書けるのは {'・'.join(names)} です。",
                    place,
                )

    def fault(self, text: str, place: Place | None = None, *, stops: bool = True) -> None:
        self.faults.append(Fault(place or self.node.place, text, self.entry, stops))

    def has(self, key: str) -> bool:
        return key in self.node.fields

    def get(self, key: str) -> Node | None:
        return self.node.fields.get(key)

    def text(self, key: str, *, needed: bool = False) -> str:
        """The text under `key`, stripped; "" where there is none."""
        node = self.node.fields.get(key)
        if node is None:
            if needed:
                self.fault(f"「{key}:」がありません。")
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
                self.fault(f"「{key}:」がありません。「- 」で始まる行を並べてください。")
            return ()
        if not isinstance(node, Items):
            self.fault(f"「{key}」は「- 」で始まる行の並びにしてください。", node.place)
            return ()
        found = []
        for item in node.items:
            if isinstance(item, Text) and item.value.strip():
                found.append((item.value.strip(), item.place))
            else:
                self.fault(f"「{key}」の行には文を一つ書いてください（「: 」は引用符で囲む）。", item.place)
        return tuple(found)

    def words(self, key: str, *, needed: bool = False) -> Words | None:
        """The wording in up to three languages; a bare text is the Japanese."""
        node = self.node.fields.get(key)
        if node is None:
            if needed:
                self.fault(f"「{key}:」がありません。")
            return None
        return self.words_of(node, key)

    def words_of(self, node: Node, key: str) -> Words | None:
        if isinstance(node, Text):
            if not node.value.strip():
                self.fault(f"「{key}」が空です。", node.place)
                return None
            return Words(node.value.strip())
        if not isinstance(node, Fields):
            self.fault(f"「{key}」には文か、ja: easy: en: を書いてください。", node.place)
            return None
        inner = Form(node, self.entry, self.faults)
        inner.allow(("ja", "easy", "en"))
        ja = inner.text("ja", needed=True)
        return Words(ja, inner.text("easy"), inner.text("en")) if ja else None

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
        if isinstance(node, Text) and node.value.strip().isascii() and node.value.strip().isdigit():
            value = int(node.value)
            if low <= value <= high:
                return value
        self.fault(f"「{key}」は {low} から {high} までの数にしてください。", node.place)
        return None

    def form(self, key: str) -> Form | None:
        """The mapping under `key` as a form of its own."""
        node = self.node.fields.get(key)
        if node is None or is_null(node):
            return None
        if not isinstance(node, Fields):
            self.fault(f"「{key}」の下には「項目: 値」を字下げして書いてください。", node.place)
            return None
        return Form(node, self.entry, self.faults)

    def forms(self, key: str) -> list[Form]:
        """The list of mappings under `key`, each as a form of its own."""
        node = self.node.fields.get(key)
        if node is None or is_null(node):
            return []
        return list(forms_of(node, self.entry, self.faults, key))


def forms_of(node: Node, entry: str, faults: list[Fault], what: str) -> Iterable[Form]:
    if not isinstance(node, Items):
        faults.append(Fault(node.place, f"「{what}」は「- 」で始まる項目の並びにしてください。", entry))
        return
    for item in node.items:
        if isinstance(item, Fields):
            yield Form(item, entry, faults)
        else:
            faults.append(
                Fault(item.place, f"「{what}」の「- 」の後には「項目: 値」を書いてください。", entry)
            )
