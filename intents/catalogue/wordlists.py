"""words.yaml → Vocabulary: synonyms, places, readings, hard words."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from intents.catalogue.form import Form, root_form
from intents.catalogue.nodes import Fault, Items, Node, Text
from intents.model import Vocabulary


def read_words(root: Node | None, faults: list[Fault]) -> Vocabulary:
    """The desk's own words in `root`; none where there is no such file."""
    form = root_form(root, "words", faults)
    if form is None:
        return Vocabulary()
    form.allow(("synonyms", "places", "readings", "hard", "family"))
    return Vocabulary(
        synonyms=tuple(_groups(form, "synonyms")),
        places=tuple(text for text, _ in form.phrases("places")),
        readings=MappingProxyType(_readings(form)),
        hard=MappingProxyType(_hard(form)),
        family=tuple(text for text, _ in form.phrases("family")),
    )


def _groups(form: Form, key: str) -> Iterator[tuple[str, ...]]:
    node = form.get(key)
    if node is None or (isinstance(node, Text) and not node.value.strip()):
        return
    if not isinstance(node, Items):
        form.fault(f"「{key}」は [ことば, ことば] の並びにしてください。", node.place)
        return
    for item in node.items:
        if isinstance(item, Items):
            form.run_together(item)
        words = item.items if isinstance(item, Items) else ()
        group = tuple(word.value for word in words if isinstance(word, Text) and word.value)
        if len(group) < 2 or len(group) < len(words):
            form.fault(f"「{key}」の行は [ことば, ことば] の形にしてください。", item.place)
        else:
            yield group


def _readings(form: Form) -> dict[str, str]:
    section = form.form("readings")
    if section is None:
        return {}
    return {word: section.text(word, needed=True) for word in section.node.fields}


def _hard(form: Form) -> dict[str, tuple[str, ...]]:
    section = form.form("hard")
    if section is None:
        return {}
    return {word: tuple(text for text, _ in section.phrases(word, needed=True)) for word in section.node.fields}
