"""Who speaks of another part of the content that is not there: dead buttons, tiles and questions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from intents.catalogue.nodes import Fault, Fields, Items, Node, Text
from intents.catalogue.reading import nearest
from intents.model import Entry

NOTHING = "none"  # in questions.yaml: the desk must not answer this by itself


def dead_references(roots: Mapping[str, Node], entries: Mapping[str, Entry]) -> Iterator[Fault]:
    """A fault at each name of an entry that is none of `entries`."""
    for name, root in roots.items():
        for owner, what, node in _named(name, root):
            target = node.value.strip()
            if target and target not in entries and not (what == "questions" and target == NOTHING):
                before = "ボタン：" if what == "buttons" else ""
                yield Fault(node.place, f"{before}{_no_entry(target, entries)}", owner)


def _named(name: str, root: Node) -> Iterator[tuple[str, str, Text]]:
    """(owner, what, name) of every entry that a file names."""
    match name:
        case "questions.yaml" | "richmenu.yaml":
            what = name.removesuffix(".yaml")
            found = (item.fields.get("entry") for item in _items(root) if isinstance(item, Fields))
            yield from ((what, what, node) for node in found if isinstance(node, Text))
        case "guides.yaml":
            for guide, node in root.fields.items() if isinstance(root, Fields) else ():
                yield from ((guide, "buttons", one) for one in _buttons(node))
        case _:
            for item in _items(root):
                id = item.fields.get("id") if isinstance(item, Fields) else None
                owner = id.value.strip() if isinstance(id, Text) else ""
                yield from ((owner, "buttons", one) for one in _buttons(item))


def _items(node: Node | None) -> tuple[Node, ...]:
    return node.items if isinstance(node, Items) else ()


def _buttons(node: Node) -> Iterator[Text]:
    found = node.fields.get("buttons") if isinstance(node, Fields) else None
    return (item for item in _items(found) if isinstance(item, Text))


def _no_entry(target: str, entries: Mapping[str, Entry]) -> str:
    if "、" in target:
        return f"「{target}」は、全角の「、」ではなく半角の「, 」で区切ってください。"
    return f"「{target}」という項目はありません{nearest(target, entries)}。"
