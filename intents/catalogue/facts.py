"""facts.yaml → Facts. What the ward has not given stays None; practice facts stay marked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import MappingProxyType

from intents.catalogue.facts_openings import read_openings, sourced
from intents.catalogue.form import Form, is_null
from intents.catalogue.yamldoc import Fault, Fields, Items, Node, Text
from intents.model import Fact, Facts, Office, Venue, Words

SECTIONS = ("base", "programme", "office", "phone", "venues", "openings", "texts")
# Facts that follow from the typed ones; `intents/wording.py` and `intents/daily.py`
# put them into words.
BUILT_IN = (
    *("phone", "venues", "starts", "ends", "opens", "closes", "venue_dates", "accept_from", "per_person"),
    *("notice", "today_open", "tomorrow_open", "closures"),
)


def read_facts(root: Node | None, faults: list[Fault], under: Facts, practice: bool) -> Facts:
    """The facts in `root` laid over `under`; `practice` marks every one of them as 見本."""
    if root is None:
        return under
    if not isinstance(root, Fields):
        faults.append(Fault(root.place, "事実の表は「項目: 値」の並びにしてください。", "facts"))
        return under
    form = Form(root, "facts", faults)
    form.allow(SECTIONS)
    facts = _texts(form, under, practice)
    facts = _programme(form, facts)
    facts = _office(form, facts)
    facts = _phone(form, facts, practice)
    facts = _venues(form, facts)
    return read_openings(form, facts, practice)


def _texts(form: Form, under: Facts, practice: bool) -> Facts:
    texts: dict[str, Fact] = dict(under.texts)
    section = form.form("texts")
    for name, node in section.node.fields.items() if section else ():
        texts[name] = _text_fact(name, node, form.faults, practice)
    return replace(under, texts=MappingProxyType(texts))


def _text_fact(name: str, node: Node, faults: list[Fault], practice: bool) -> Fact:
    if is_null(node):
        return Fact(None)
    if not isinstance(node, Fields):
        faults.append(Fault(node.place, "null か、ja: easy: en: source: を書いてください。", name))
        return Fact(None)
    form = Form(node, name, faults)
    form.allow(("ja", "easy", "en", "source", "checked", "until"))
    sourced(form)
    ja = form.text("ja", needed=True)
    words = Words(ja, form.text("easy"), form.text("en")) if ja else None
    for lang in words.missing() if words else ():
        form.fault(f"訳（{lang}:）がありません。", stops=False)
    return Fact(words, practice, form.day("until"))


def _programme(form: Form, facts: Facts) -> Facts:
    section = form.form("programme")
    if section is None:
        return facts
    section.allow(("from", "until", "source", "checked"))
    sourced(section)
    starts, ends = section.day("from"), section.day("until")
    if starts and ends and starts > ends:
        section.fault("「from」が「until」より後になっています。")
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
    return replace(facts, office=Office(opens, closes, _dates(section, "closed"), _dates(section, "open")))


def _dates(form: Form, key: str) -> frozenset[date]:
    node = form.get(key)
    if not isinstance(node, Items):
        return frozenset()
    return frozenset(day for item in node.items if (day := form.day_of(item, key)))


def _phone(form: Form, facts: Facts, practice: bool) -> Facts:
    section = form.form("phone")
    if section is None:
        return facts
    section.allow(("number", "source", "checked"))
    if is_null(section.get("number")):
        return replace(facts, phone=Fact(None))
    sourced(section)
    number = section.text("number")
    if not number.replace("-", "").isdigit() or not number.isascii():
        section.fault("「number」は 03-0000-0000 の形（半角の数字とハイフン）にしてください。")
    return replace(facts, phone=Fact(Words(number), practice))


def _venues(form: Form, facts: Facts) -> Facts:
    venues = []
    for item in form.forms("venues"):
        item.allow(("id", "name", "position", "source", "checked"))
        sourced(item)
        name = item.words("name", needed=True)
        if name is not None:
            venues.append(Venue(item.text("id", needed=True), name, _position(item)))
    return replace(facts, venues=tuple(venues)) if venues else facts


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
    form.fault("「position」は [緯度, 経度] の順に書いてください（例 [35.64, 139.65]）。")
    return None


def known_names(facts: Facts) -> frozenset[str]:
    """Every name that a text may quote in {braces}."""
    return frozenset(facts.texts) | frozenset(BUILT_IN)
