"""Every sentence of the content that residents can read, and the line on which it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from intents.catalogue.nodes import Fields, Items, Node, Text
from intents.model import LANGS, Lang, Place

Kind = Literal["entry", "prompt", "guide", "fact", "tile"]
_KINDS: Mapping[str, Kind] = {
    "prompts.yaml": "prompt",
    "guides.yaml": "guide",
    "facts.yaml": "fact",
    "richmenu.yaml": "tile",
}
_SILENT = ("questions.yaml", "words.yaml")
# What is written under these keys is said, in one language or in three.
_WORDED = frozenset(
    "label answer unknown family before after bookable intro closing ask say name".split()
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """`owner`: the entry, prompt, guide or fact; `what`: the key it stands under, "" for a prompt or fact."""

    kind: Kind
    owner: str
    what: str
    lang: Lang
    node: Text

    @property
    def text(self) -> str:
        return self.node.value

    def at(self, offset: int = 0) -> Place:
        return self.node.at(offset)


def sentences(roots: Mapping[str, Node]) -> Iterator[Sentence]:
    """The sentences of all files; `roots` is what each file was read into, by its name."""
    for name, root in roots.items():
        bare = name.rpartition("/")[2]
        if bare not in _SILENT:
            yield from _of_file(_KINDS.get(bare, "entry"), root)


def _of_file(kind: Kind, root: Node) -> Iterator[Sentence]:
    if isinstance(root, Items):
        for item in root.items:
            yield from _within(kind, _name(item), item)
        return
    for name, node in root.fields.items() if isinstance(root, Fields) else ():
        if kind == "prompt":
            yield from _worded(kind, name, "", node)
        elif kind == "fact" and name == "texts":
            for fact, words in node.fields.items() if isinstance(node, Fields) else ():
                yield from _worded(kind, fact, "", words)
        else:
            yield from _within(kind, name, node)


def _name(node: Node) -> str:
    found = node.fields.get("id") or node.fields.get("entry") if isinstance(node, Fields) else None
    return found.value.strip() if isinstance(found, Text) else ""


def _within(kind: Kind, owner: str, node: Node) -> Iterator[Sentence]:
    if isinstance(node, Items):
        for item in node.items:
            yield from _within(kind, owner, item)
    elif isinstance(node, Fields):
        for key, value in node.fields.items():
            if key in _WORDED:
                yield from _worded(kind, owner, key, value)
            else:
                yield from _within(kind, owner, value)


def _worded(kind: Kind, owner: str, what: str, node: Node) -> Iterator[Sentence]:
    """A bare text is the Japanese."""
    if isinstance(node, Text):
        yield Sentence(kind, owner, what, "ja", node)
    elif isinstance(node, Fields):
        for lang in LANGS:
            words = node.fields.get(lang)
            if isinstance(words, Text):
                yield Sentence(kind, owner, what, lang, words)
