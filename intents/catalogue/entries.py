"""The files of entries → Entry values, by id. What one entry alone shows to be wrong is told here."""

from __future__ import annotations

import re

from intents.catalogue.form import Form, forms_of
from intents.catalogue.keys import ENTRY_KEYS
from intents.catalogue.nodes import Fault, Node
from intents.catalogue.prompts import STARTS
from intents.catalogue.reading import is_null, nearest
from intents.model import Entry, Place

MAX_PHRASE = 200
MAX_BUTTONS = 4
_ID = re.compile(r"[A-Za-z0-9_\-.]{1,64}")


def read_entries(root: Node | None, faults: list[Fault], found: dict[str, Entry]) -> None:
    """Adds the entries in `root` to `found`; of two with one id the first stays."""
    doubled: list[tuple[Form, Entry]] = []
    total = 0
    for form in forms_of(root, "", faults, "項目") if root else ():
        entry = _entry(form)
        total += 1
        if entry and entry.id in found:
            doubled.append((form, found[entry.id]))
        elif entry:
            found[entry.id] = entry
    _tell_doubled(doubled, total)


def _tell_doubled(doubled: list[tuple[Form, Entry]], total: int) -> None:
    """A copy of a whole file is told once, not entry by entry."""
    others = {other.place.file for form, other in doubled if other.place.file != form.place.file}
    if len(others) == 1 and len(doubled) == total > 1:
        form = doubled[0][0]
        words = f"この中の id は{total}個とも「{others.pop()}」にあります。写しなら、このフォルダの外へ移してください。"
        form.faults.append(Fault(Place(form.place.file, 0), words))
        return
    for form, other in doubled:
        form.fault(f"id「{form.entry}」は {other.place} にもあります。", form.at("id"))


def _entry(form: Form) -> Entry | None:
    form.entry = form.text("id")
    form.allow(ENTRY_KEYS)
    if not form.entry:
        form.lacks("「id:」がありません。半角の小文字と _ で名前を付けてください。", "id", hides=True)
        return None
    if not _ID.fullmatch(form.entry):
        form.fault("id は半角の英数字と _ で書いてください。", form.at("id"), hides=True)
    valid = form.form("valid")
    if valid is not None:
        valid.allow(("from", "until"))
    entry = Entry(
        id=form.entry,
        phrases=_phrases(form),
        place=form.place,
        label=form.words("label"),
        answer=form.words("answer"),
        start=_start(form),
        unknown=form.words("unknown"),
        family=form.words("family"),
        before=form.words("before"),
        after=form.words("after"),
        bookable=form.words("bookable"),
        buttons=_buttons(form),
        source=form.text("source"),
        checked=form.day("checked"),
        valid_from=valid.day("from") if valid else None,
        valid_until=valid.day("until") if valid else None,
        courtesy=form.flag("courtesy"),
        urgent=form.flag("urgent"),
        closures=form.flag("closures"),
    )
    _advise(form, entry)
    return entry


def _start(form: Form) -> str:
    start = form.text("start")
    words = "「answer:」か「start:」の、どちらか一つを書いてください。"
    if form.has("start") and form.has("answer"):
        form.fault(words, form.at("start"))
    elif not form.has("start") and not form.has("answer"):
        form.lacks(words)
    if start and start not in STARTS:
        form.fault(f"start「{start}」はありません{nearest(start, STARTS)}。", form.at("start"))
    return start


def _phrases(form: Form) -> tuple[str, ...]:
    phrases = form.phrases("phrases", needed=True)
    for text, place in phrases:
        if len(text) > MAX_PHRASE:
            form.fault(f"聞き方が長すぎます（{MAX_PHRASE}文字まで）。", place)
    return tuple(text for text, _ in phrases)


def _buttons(form: Form) -> tuple[str, ...]:
    buttons = form.texts("buttons")
    if len(buttons) > MAX_BUTTONS:
        words = f"ボタンは{MAX_BUTTONS}つまでです（いま{len(buttons)}）。"
        form.fault(words, buttons[MAX_BUTTONS][1])
    return tuple(text for text, _ in buttons)


def _advise(form: Form, entry: Entry) -> None:
    """What an entry may go live without, but should have."""
    if entry.label is None and not entry.start:
        form.lacks("ボタンに出る短い名前（label:）がありません。", "label", stops=False)
    if entry.answer and not entry.source:
        form.lacks("出典（source:）がありません。", "source", stops=False)
    if entry.answer and is_null(form.get("checked")):
        form.lacks("確かめた日（checked:）がありません。", "checked", stops=False)
