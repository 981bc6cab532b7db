"""The content folder → Catalogue, or every fault at once.

`build` takes the files as bytes, by name; names under `practice/` are laid over the ward's. A file
that is not one of RESERVED holds entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from intents.catalogue.facts import read_facts
from intents.catalogue.form import Form, forms_of
from intents.catalogue.guides import read_guides
from intents.catalogue.lint import cross_faults
from intents.catalogue.yamldoc import Fault, Fields, Items, Node, Text, read
from intents.model import Asked, Catalogue, Entry, Facts, Place, Tile, Vocabulary, Words

OVERLAY = "practice/"
RESERVED = (
    "facts.yaml",
    "prompts.yaml",
    "words.yaml",
    "guides.yaml",
    "questions.yaml",
    "richmenu.yaml",
)
ENTRY_KEYS = (
    "id",
    "label",
    "phrases",
    "answer",
    "start",
    "unknown",
    "family",
    "before",
    "after",
    "bookable",
    "buttons",
    "source",
    "checked",
    "valid",
    "courtesy",
    "urgent",
    "closures",
)
MAX_PHRASE = 200


@dataclass(frozen=True, slots=True)
class Loaded:
    """`catalogue` is None where a fault stops it from going live."""

    catalogue: Catalogue | None
    faults: tuple[Fault, ...]


@dataclass(slots=True)
class _Shelf:
    """What has been read so far."""

    faults: list[Fault] = field(default_factory=list)
    entries: dict[str, Entry] = field(default_factory=dict)

    def nodes(self, files: Mapping[str, bytes], name: str) -> Node | None:
        if name not in files:
            return None
        node, faults = read(name, files[name])
        self.faults += faults
        return node


def build(files: Mapping[str, bytes]) -> Loaded:
    """The catalogue in `files` (name → bytes), and every fault found, in the order of the files."""
    shelf = _Shelf()
    for name in sorted(files):
        if name not in RESERVED and not name.startswith(OVERLAY):
            _read_entries(shelf, shelf.nodes(files, name))
    catalogue = Catalogue(
        entries=MappingProxyType(shelf.entries),
        facts=_facts(shelf, files),
        prompts=MappingProxyType(_prompts(shelf, files)),
        guides=MappingProxyType(read_guides(shelf.nodes(files, "guides.yaml"), shelf.faults)),
        vocabulary=_vocabulary(shelf, files),
        questions=_questions(shelf, files),
        tiles=_tiles(shelf, files),
    )
    if not shelf.entries and not any(fault.stops for fault in shelf.faults):
        shelf.faults.append(Fault(Place("faq", 1), "答えの項目が一つもありません。"))
    # What could not be read comes first: it is the cause of much that follows it.
    faults = (*_in_order(shelf.faults), *_in_order(cross_faults(catalogue)))
    return Loaded(None if any(fault.stops for fault in faults) else catalogue, faults)


def _in_order(faults: Iterable[Fault]) -> list[Fault]:
    return sorted(faults, key=lambda fault: (fault.place.file, fault.place.line))


def _read_entries(shelf: _Shelf, root: Node | None) -> None:
    if root is None:
        return
    for form in forms_of(root, "", shelf.faults, "項目"):
        entry = _entry(form)
        if entry is None:
            continue
        if entry.id in shelf.entries:
            other = shelf.entries[entry.id].place
            form.fault(f"id「{entry.id}」は {other} にもあります。")
        else:
            shelf.entries[entry.id] = entry


def _entry(form: Form) -> Entry | None:
    form.entry = form.text("id")
    form.allow(ENTRY_KEYS)
    if not form.entry:
        form.fault("「id:」がありません。半角の小文字と _ で名前を付けてください。")
        return None
    start, answer = form.text("start"), form.words("answer")
    if form.has("start") == form.has("answer"):
        form.fault("「answer:」か「start:」の、どちらか一つを書いてください。")
    valid = form.form("valid")
    if valid is not None:
        valid.allow(("from", "until"))
    return Entry(
        id=form.entry,
        phrases=_phrases(form),
        place=form.node.place,
        label=form.words("label"),
        answer=answer,
        start=start,
        unknown=form.words("unknown"),
        family=form.words("family"),
        before=form.words("before"),
        after=form.words("after"),
        bookable=form.words("bookable"),
        buttons=tuple(text for text, _ in form.texts("buttons")),
        source=form.text("source"),
        checked=form.day("checked"),
        valid_from=valid.day("from") if valid else None,
        valid_until=valid.day("until") if valid else None,
        courtesy=form.flag("courtesy"),
        urgent=form.flag("urgent"),
        closures=form.flag("closures"),
    )


def _phrases(form: Form) -> tuple[str, ...]:
    phrases = form.texts("phrases", needed=True)
    for text, place in phrases:
        if len(text) > MAX_PHRASE:
            form.fault(f"聞き方が長すぎます（{MAX_PHRASE}文字まで）。", place)
    return tuple(text for text, _ in phrases)


def _facts(shelf: _Shelf, files: Mapping[str, bytes]) -> Facts:
    facts = read_facts(shelf.nodes(files, "facts.yaml"), shelf.faults, Facts(), practice=False)
    overlay = shelf.nodes(files, OVERLAY + "facts.yaml")
    return read_facts(overlay, shelf.faults, facts, practice=True)


def _prompts(shelf: _Shelf, files: Mapping[str, bytes]) -> dict[str, Words]:
    root = shelf.nodes(files, "prompts.yaml")
    if not isinstance(root, Fields):
        return {}
    form = Form(root, "prompts", shelf.faults)
    found = {name: form.words_of(node, name) for name, node in root.fields.items()}
    return {name: words for name, words in found.items() if words is not None}


def _vocabulary(shelf: _Shelf, files: Mapping[str, bytes]) -> Vocabulary:
    root = shelf.nodes(files, "words.yaml")
    if not isinstance(root, Fields):
        return Vocabulary()
    form = Form(root, "words", shelf.faults)
    form.allow(("synonyms", "places", "readings", "hard", "family"))
    return Vocabulary(
        synonyms=tuple(_groups(form, "synonyms")),
        places=tuple(text for text, _ in form.texts("places")),
        readings=MappingProxyType(_readings(form)),
        hard=MappingProxyType(_hard(form)),
        family=tuple(text for text, _ in form.texts("family")),
    )


def _groups(form: Form, key: str) -> list[tuple[str, ...]]:
    node = form.get(key)
    if node is None:
        return []
    if not isinstance(node, Items):
        form.fault(f"「{key}」は [ことば, ことば] の並びにしてください。", node.place)
        return []
    groups = []
    for item in node.items:
        words = item.items if isinstance(item, Items) else ()
        group = tuple(word.value for word in words if isinstance(word, Text) and word.value)
        if len(group) < 2:
            form.fault(f"「{key}」の行は [ことば, ことば] の形にしてください。", item.place)
        else:
            groups.append(group)
    return groups


def _readings(form: Form) -> dict[str, str]:
    section = form.form("readings")
    if section is None:
        return {}
    return {word: section.text(word) for word in section.node.fields}


def _hard(form: Form) -> dict[str, tuple[str, ...]]:
    section = form.form("hard")
    if section is None:
        return {}
    return {word: tuple(text for text, _ in section.texts(word, needed=True)) for word in section.node.fields}


def _questions(shelf: _Shelf, files: Mapping[str, bytes]) -> tuple[Asked, ...]:
    root = shelf.nodes(files, "questions.yaml")
    asked = []
    for form in forms_of(root, "questions", shelf.faults, "質問") if root else ():
        form.allow(("q", "entry"))
        question, entry = form.text("q", needed=True), form.text("entry", needed=True)
        if question and entry:
            asked.append(Asked(question, entry, form.node.place))
    return tuple(asked)


def _tiles(shelf: _Shelf, files: Mapping[str, bytes]) -> tuple[Tile, ...]:
    root = shelf.nodes(files, "richmenu.yaml")
    tiles = []
    for form in forms_of(root, "richmenu", shelf.faults, "メニュー") if root else ():
        form.allow(("entry", "label"))
        label = form.words("label", needed=True)
        if label is not None:
            tiles.append(Tile(form.text("entry", needed=True), label))
    return tuple(tiles)
