"""facts.yaml → Facts. What the ward has not given stays None; practice facts stay marked."""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType

from intents.catalogue.facts_openings import read_openings, sourced
from intents.catalogue.form import Form
from intents.catalogue.keys import LANG_KEYS
from intents.catalogue.nodes import Fault, Fields, Items, Node, Text
from intents.catalogue.reading import Lost, is_null
from intents.catalogue.telephones import as_dialled
from intents.model import Fact, Facts, Office, Venue, Words

_NAME = re.compile("[a-z_]+")
SECTIONS = ("base", "programme", "office", "phone", "venues", "openings", "texts")
# Facts that follow from the typed ones; `intents/wording.py` and `intents/daily.py`
# put them into words.
BUILT_IN = (
    *("phone", "venues", "starts", "ends", "opens", "closes", "venue_dates", "accept_from", "per_person"),
    *("notice", "today_open", "tomorrow_open", "closures"),
)


def read_facts(root: Node | None, faults: list[Fault], under: Facts, practice: bool) -> Facts:
    """The facts in `root` laid over `under`; `practice` marks every one of them as 見本.

    A section that could not be read (a fault says so) is left as it is in `under`.
    """
    if root is None:
        return under
    if not isinstance(root, Fields):
        words = "事実の表は「項目: 値」の並びにしてください。"
        faults.append(Fault(root.place, words, "facts", hides=True))
        return under
    lost = Lost.in_file(root.place.file, faults)
    form = Form(root, "facts", faults, lost=lost, broken=bool(lost.places))
    form.allow(SECTIONS)
    form.text("base")
    facts = _texts(form, under, practice)
    facts = _phone(form, facts, practice)
    facts = _days_and_places(form, facts)
    # Without all the days and venues, every line of the table would seem wrong.
    lost = Lost.in_file(root.place.file, faults)
    return facts if lost.places else read_openings(form, facts, practice)


def _days_and_places(form: Form, facts: Facts) -> Facts:
    """What the openings build on; a fault in it hides whether they are right."""
    before = len(form.faults)
    facts = _programme(form, facts)
    facts = _office(form, facts)
    facts = _venues(form, facts)
    form.faults[before:] = [replace(fault, hides=fault.hides or fault.stops) for fault in form.faults[before:]]
    return facts


def _texts(form: Form, under: Facts, practice: bool) -> Facts:
    texts: dict[str, Fact] = dict(under.texts)
    section = form.form("texts")
    for name, node in section.node.fields.items() if section else ():
        if section and not _NAME.fullmatch(name):
            section.fault(f"事実の名前「{name}」は、半角の小文字と _ だけにしてください。", section.at(name))
        texts[name] = _text_fact(name, node, section, practice) if section else Fact(None)
    return replace(under, texts=MappingProxyType(texts))


def _text_fact(name: str, node: Node, section: Form, practice: bool) -> Fact:
    if is_null(node):
        return Fact(None)
    if not isinstance(node, Fields):
        told = "null か、ja: easy: en: source: を書いてください。"
        section.faults.append(Fault(node.place, told, name))
        return Fact(None)
    form = section.inner(node, name)
    form.entry = name
    form.allow((*LANG_KEYS, "source", "checked", "until"))
    sourced(form)
    ja = form.text("ja", needed=True)
    words = Words(ja, form.text("easy"), form.text("en")) if ja else None
    for lang in words.missing() if words else ():
        form.lacks(f"訳（{lang}:）がありません。", lang, stops=False)
    return Fact(words, practice, form.day("until"))


def _programme(form: Form, facts: Facts) -> Facts:
    section = form.form("programme")
    if section is None:
        return facts
    section.allow(("from", "until", "source", "checked"))
    sourced(section)
    starts, ends = section.day("from"), section.day("until")
    if starts and ends and starts > ends:
        section.fault("「from」が「until」より後になっています。", section.at("until"))
    return replace(facts, starts=starts, ends=ends)


def _office(form: Form, facts: Facts) -> Facts:
    section = form.form("office")
    if section is None:
        return facts
    section.allow(("opens", "closes", "closed", "open", "source", "checked"))
    sourced(section)
    opens, closes = section.moment("opens"), section.moment("closes")
    if opens is None or closes is None:
        return facts
    return replace(facts, office=Office(opens, closes, section.days("closed"), section.days("open")))


def _phone(form: Form, facts: Facts, practice: bool) -> Facts:
    section = form.form("phone")
    if section is None:
        return facts
    section.allow(("number", "source", "checked"))
    if is_null(section.get("number")):
        return replace(facts, phone=Fact(None))
    sourced(section)
    number = as_dialled(section.text("number"))
    if not number:
        words = "「number」は、かけられる番号ではありません。03-0000-0000 の形で、桁数をお確かめください。"
        section.fault(words, section.at("number"))
    return replace(facts, phone=Fact(Words(number), practice))


def _venues(form: Form, facts: Facts) -> Facts:
    venues: dict[str, Venue] = {}
    for item in form.forms("venues"):
        item.allow(("id", "name", "position", "source", "checked"))
        sourced(item)
        id, name = item.text("id", needed=True), item.words("name", needed=True)
        if id in venues:
            item.fault(f"会場「{id}」が二度書かれています。", item.at("id"))
        # Without its name a venue is still known: the openings may speak of it.
        venues[id] = Venue(id, name or Words(id), _position(item))
    return replace(facts, venues=tuple(venues.values())) if venues else facts


def _position(form: Form) -> tuple[float, float] | None:
    node = form.get("position")
    if is_null(node):
        return None
    if isinstance(node, Items) and len(node.items) == 2:
        try:
            numbers = [float(item.value) for item in node.items if isinstance(item, Text)]
        except ValueError:
            numbers = []
        # Wide bounds of Tokyo: latitude and longitude swapped is the usual slip.
        if len(numbers) == 2 and 35 <= numbers[0] <= 36.2 and 138.5 <= numbers[1] <= 140.2:
            return numbers[0], numbers[1]
    words = "「position」は [緯度, 経度] の順に書いてください（例 [35.64, 139.65]）。"
    form.fault(words, form.at("position"))
    return None


def known_names(facts: Facts) -> frozenset[str]:
    """Every name that a text may quote in {braces}."""
    return frozenset(facts.texts) | frozenset(BUILT_IN)
