"""What two places of the content make wrong together, and what time makes wrong."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

from intents.catalogue.files import OVERLAY
from intents.catalogue.nodes import Fault, Fields, Items, Node, Text
from intents.model import Catalogue, Entry, Place
from intents.slots import opening_faults
from intents.text import fold
from intents.wording import fact_names

_FACTS = ("facts.yaml", f"{OVERLAY}facts.yaml")  # the later is laid over the earlier

def content_faults(roots: Mapping[str, Node], catalogue: Catalogue) -> Iterator[Fault]:
    """What two places together make wrong."""
    yield from _doubled_phrases(roots)
    yield from _needing_unknown(roots, catalogue)
    yield from _facts_in_a_circle(roots, catalogue)
    for text in opening_faults(catalogue.facts):
        yield Fault(_openings(roots), text, "openings", stops=False)


def _entries(roots: Mapping[str, Node]) -> Iterator[tuple[str, Fields]]:
    """(id, entry) of every item that has an id."""
    for root in roots.values():
        for item in root.items if isinstance(root, Items) else ():
            id = item.fields.get("id") if isinstance(item, Fields) else None
            if isinstance(item, Fields) and isinstance(id, Text):
                yield id.value.strip(), item


def _doubled_phrases(roots: Mapping[str, Node]) -> Iterator[Fault]:
    owners: dict[str, set[str]] = defaultdict(set)
    written: list[tuple[str, str, Text]] = []
    for id, entry in _entries(roots):
        phrases = entry.fields.get("phrases")
        for item in phrases.items if isinstance(phrases, Items) else ():
            if isinstance(item, Text) and item.value.strip():
                folded = fold(item.value)
                owners[folded].add(id)
                written.append((id, folded, item))
    for id, folded, item in written:
        if others := owners[folded] - {id}:
            words = f"聞き方「{item.value.strip()}」は「{'」「'.join(sorted(others))}」にもあります。"
            yield Fault(item.place, words, id, stops=False)


def _needing_unknown(roots: Mapping[str, Node], catalogue: Catalogue) -> Iterator[Fault]:
    texts = catalogue.facts.texts
    for id, written in _entries(roots):
        entry = catalogue.entries.get(id)
        names = fact_names(entry.answer.ja) if entry and entry.answer and not entry.unknown else ()
        if any(name in texts and texts[name].words is None for name in names):
            words = "まだ発表のない事実を使っています。「unknown:」（発表前の答え）を書いてください。"
            yield Fault(written.at("answer"), words, id, stops=False)


def _facts_in_a_circle(roots: Mapping[str, Node], catalogue: Catalogue) -> Iterator[Fault]:
    """A fact may quote another, but not one that leads back to it."""
    quoted = {
        name: {one for lang in (words.ja, words.easy, words.en) for one in fact_names(lang)}
        for name, fact in catalogue.facts.texts.items()
        if (words := fact.words)
    }
    for name in quoted:
        reached, more = set[str](), set(quoted[name])
        while more:
            reached |= more
            more = {one for other in more for one in quoted.get(other, ())} - reached
        if name in reached:
            yield Fault(fact_place(roots, name), f"事実「{{{name}}}」が、自分自身を使っています。", name)


def fact_place(roots: Mapping[str, Node], name: str, key: str = "") -> Place:
    """Where the fact `name`, or its `key`, is written: the last file that gives it."""
    found = Place("facts.yaml", 0)
    for file in _FACTS:
        root = roots.get(file)
        texts = root.fields.get("texts") if isinstance(root, Fields) else None
        if isinstance(texts, Fields) and name in texts.key_places:
            fact = texts.fields.get(name)
            found = fact.key_places.get(key, texts.at(name)) if isinstance(fact, Fields) else texts.at(name)
    return found


def _openings(roots: Mapping[str, Node]) -> Place:
    found = Place("facts.yaml", 0)
    for file in _FACTS:
        root = roots.get(file)
        openings = root.fields.get("openings") if isinstance(root, Fields) else None
        if isinstance(openings, Fields):
            found = openings.at("days" if "days" in openings.key_places else "turns")
    return found


def expired(roots: Mapping[str, Node], catalogue: Catalogue, today: date) -> Iterator[Fault]:
    """Entries and facts whose last day is past: the desk gives the phone line instead of them."""
    for entry in catalogue.entries.values():
        if entry.valid_until and entry.valid_until < today:
            yield Fault(_until(roots, entry), f"有効期限（{entry.valid_until}）が過ぎています。", entry.id, stops=False)
    for name, fact in catalogue.facts.texts.items():
        if fact.until and fact.until < today:
            words = f"事実「{name}」の期限（{fact.until}）が過ぎています。"
            yield Fault(fact_place(roots, name, "until"), words, name, stops=False)


def _until(roots: Mapping[str, Node], entry: Entry) -> Place:
    for id, written in _entries(roots):
        valid = written.fields.get("valid")
        if id == entry.id and isinstance(valid, Fields):
            return valid.at("until")
    return entry.place
