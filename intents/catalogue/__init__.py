"""The content folder → Catalogue, or every fault at once.

`build` takes the files as bytes, by name; names under `practice/` are laid over the ward's. A file
that is not one of RESERVED holds entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType

from intents.catalogue.between import content_faults, expired
from intents.catalogue.entries import read_entries
from intents.catalogue.facts import read_facts
from intents.catalogue.files import OVERLAY as OVERLAY
from intents.catalogue.files import RESERVED as RESERVED
from intents.catalogue.files import File, Shelf, holds_entries
from intents.catalogue.form import forms_of
from intents.catalogue.guides import read_guides
from intents.catalogue.lint import sentence_faults
from intents.catalogue.needed import missing_entries, missing_guides, missing_prompts
from intents.catalogue.nodes import Fault, Fields, Node
from intents.catalogue.prompts import read_prompts
from intents.catalogue.references import dead_references
from intents.catalogue.wordlists import read_words
from intents.model import Asked, Catalogue, Entry, Facts, Place, Tile

TILES = 6


@dataclass(frozen=True, slots=True)
class Loaded:
    """`catalogue` is None where a fault stops it from going live. `roots`: what each file was read into."""

    catalogue: Catalogue | None
    faults: tuple[Fault, ...]
    roots: Mapping[str, Node] = field(default_factory=dict, repr=False)


def expired_faults(loaded: Loaded, today: date) -> tuple[Fault, ...]:
    """What is past its last day on `today`; () where the content cannot go live at all."""
    return tuple(expired(loaded.roots, loaded.catalogue, today)) if loaded.catalogue else ()


def build(files: Mapping[str, File]) -> Loaded:
    """The catalogue in `files` (by name), and every fault found, those of reading first."""
    shelf = Shelf(files)
    entries: dict[str, Entry] = {}
    for name in filter(holds_entries, sorted(files)):
        read_entries(shelf.roots.get(name), shelf.faults, entries)
    catalogue = Catalogue(
        entries=MappingProxyType(entries),
        facts=_facts(shelf),
        prompts=MappingProxyType(read_prompts(shelf.roots.get("prompts.yaml"), shelf.faults)),
        guides=MappingProxyType(read_guides(shelf.roots.get("guides.yaml"), shelf.faults)),
        vocabulary=read_words(shelf.roots.get("words.yaml"), shelf.faults),
        questions=_questions(shelf),
        tiles=_tiles(shelf),
    )
    # What could not be read comes first: it is the cause of much that follows it.
    faults = (*_in_order(shelf.faults), *_in_order(_cross_faults(shelf, catalogue)))
    stopped = any(fault.stops for fault in faults)
    return Loaded(None if stopped else catalogue, faults, shelf.roots)


def _in_order(faults: Iterable[Fault]) -> list[Fault]:
    return sorted(dict.fromkeys(faults), key=lambda fault: (fault.place.file, fault.place.line))


def _facts(shelf: Shelf) -> Facts:
    facts = read_facts(shelf.roots.get("facts.yaml"), shelf.faults, Facts(), practice=False)
    if shelf.hides("facts.yaml".__eq__):
        return facts
    return read_facts(shelf.roots.get(OVERLAY + "facts.yaml"), shelf.faults, facts, practice=True)


def _questions(shelf: Shelf) -> tuple[Asked, ...]:
    root = shelf.roots.get("questions.yaml")
    asked = []
    for form in forms_of(root, "questions", shelf.faults, "質問") if root else ():
        form.allow(("q", "entry"))
        question, entry = form.text("q", needed=True), form.text("entry", needed=True)
        if question and entry:
            asked.append(Asked(question, entry, form.place))
    return tuple(asked)


def _tiles(shelf: Shelf) -> tuple[Tile, ...]:
    root = shelf.roots.get("richmenu.yaml")
    forms = list(forms_of(root, "richmenu", shelf.faults, "メニュー")) if root else []
    if forms and len(forms) != TILES and not shelf.hides("richmenu.yaml".__eq__):
        place = forms[min(TILES, len(forms) - 1)].place
        words = f"メニューのタイルは{TILES}つです（いま{len(forms)}）。"
        shelf.faults.append(Fault(place, words, "richmenu"))
    tiles = []
    for form in forms:
        form.allow(("entry", "label"))
        label = form.words("label", needed=True)
        if label is not None:
            tiles.append(Tile(form.text("entry", needed=True), label))
    return tuple(tiles)


def _cross_faults(shelf: Shelf, catalogue: Catalogue) -> Iterator[Fault]:
    """What the files together show to be wrong, as far as no broken file may be the cause."""
    facts_known = not shelf.hides(lambda name: name.endswith("facts.yaml"))
    yield from sentence_faults(shelf.roots, catalogue, facts_known)
    yield from content_faults(shelf.roots, catalogue)
    gaps = list(_gaps(shelf, catalogue))
    # A file that is not read by its name does no harm, unless just what stands in it seems to be missing.
    yield from (replace(fault, stops=True) for fault in shelf.unread) if gaps else shelf.unread
    yield from () if shelf.unread else gaps


def _gaps(shelf: Shelf, catalogue: Catalogue) -> Iterator[Fault]:
    """What is missing: to those who name it, and to the desk itself where the folder is meant for one."""
    if shelf.hides(holds_entries):
        return
    if not catalogue.entries and not any(fault.stops for fault in shelf.faults):
        yield Fault(Place("", 0), "答えの項目が一つもありません。")
    yield from dead_references(shelf.roots, catalogue.entries)
    if not catalogue.prompts:
        return
    yield from missing_entries(catalogue)
    for name, missing in (("prompts.yaml", missing_prompts), ("guides.yaml", missing_guides)):
        root = shelf.roots.get(name)
        if not shelf.hides(name.__eq__):
            yield from missing(root.key_places if isinstance(root, Fields) else ())
