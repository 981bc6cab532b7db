"""What one file alone cannot show: dead buttons, unknown facts, missing translations, hard words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from intents.catalogue.facts import known_names
from intents.catalogue.form import nearest
from intents.catalogue.prompts import NEEDED, PLACEHOLDERS, STARTS
from intents.catalogue.yamldoc import Fault
from intents.model import Catalogue, Entry, Place, Words
from intents.slots import opening_faults
from intents.text import fold
from intents.wording import fact_names

MAX_LABEL = 20
MAX_BUTTONS = 4
# LINE's limit is 5,000 UTF-16 units; marks, facts and headings are added to what staff write.
MAX_ANSWER = 4000
_WIDE_BRACES = re.compile(r"｛\s*[A-Za-zＡ-Ｚａ-ｚ_＿]+\s*[｝}]")


def cross_faults(catalogue: Catalogue) -> Iterator[Fault]:
    """Every fault between the parts of the content."""
    for entry in catalogue.entries.values():
        yield from _entry_faults(entry, catalogue)
    yield from _doubled_phrases(catalogue)
    yield from _prompt_faults(catalogue)
    yield from _guide_faults(catalogue)
    yield from _tile_faults(catalogue)
    for text in opening_faults(catalogue.facts):
        yield Fault(Place("facts.yaml", 1), text, "openings", stops=False)
    for asked in catalogue.questions:
        if asked.entry not in catalogue.entries and asked.entry != "none":
            yield Fault(asked.place, _no_entry(asked.entry, catalogue), "questions")


def expired_faults(catalogue: Catalogue, today: date) -> Iterator[Fault]:
    """Entries and facts whose last day is past: the desk gives the phone line instead of them."""
    for entry in catalogue.entries.values():
        if entry.valid_until and entry.valid_until < today:
            yield _advice(entry, f"有効期限（{entry.valid_until}）が過ぎています。")
    for name, fact in catalogue.facts.texts.items():
        if fact.until and fact.until < today:
            text = f"事実「{name}」の期限（{fact.until}）が過ぎています。"
            yield Fault(Place("facts.yaml", 1), text, name, stops=False)


def _entry_faults(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    if not re.fullmatch(r"[A-Za-z0-9_\-.]{1,64}", entry.id):
        yield _fault(entry, "id は半角の英数字と _ で書いてください。")
    if entry.start and entry.start not in STARTS:
        yield _fault(entry, f"start「{entry.start}」はありません{nearest(entry.start, STARTS)}。")
    if entry.label is None and not entry.start:
        yield _advice(entry, "ボタンに出る短い名前（label:）がありません。")
    if entry.answer and not entry.source:
        yield _advice(entry, "出典（source:）がありません。")
    if entry.answer and entry.checked is None:
        yield _advice(entry, "確かめた日（checked:）がありません。")
    yield from _button_faults(entry, catalogue)
    for what, words in _said(entry):
        yield from _words_faults(entry, what, words, catalogue)


def _said(entry: Entry) -> Iterator[tuple[str, Words]]:
    for what in ("label", "answer", "unknown", "family", "before", "after", "bookable"):
        words = getattr(entry, what)
        if words is not None:
            yield what, words


def _button_faults(entry: Entry, catalogue: Catalogue) -> Iterator[Fault]:
    if len(entry.buttons) > MAX_BUTTONS:
        yield _fault(entry, f"ボタンは{MAX_BUTTONS}つまでです（いま{len(entry.buttons)}）。")
    for target in entry.buttons:
        if target not in catalogue.entries:
            yield _fault(entry, f"ボタン：{_no_entry(target, catalogue)}")


def _no_entry(target: str, catalogue: Catalogue) -> str:
    if "、" in target:
        return f"「{target}」は、全角の「、」ではなく半角の「, 」で区切ってください。"
    return f"「{target}」という項目はありません{nearest(target, catalogue.entries)}。"


def _words_faults(entry: Entry, what: str, words: Words, catalogue: Catalogue) -> Iterator[Fault]:
    for lang in words.missing():
        yield _advice(entry, f"「{what}」の訳（{lang}:）がありません。")
    for lang, text in (("ja", words.ja), ("easy", words.easy), ("en", words.en)):
        limit = MAX_LABEL if what == "label" else MAX_ANSWER
        # len() is never less than LINE's own count of characters, so this errs on the safe side.
        if len(text) > limit:
            yield _fault(entry, f"「{what}」の {lang} が長すぎます（{limit}文字まで、いま{len(text)}）。")
        yield from _fact_faults(entry, text, catalogue)
        yield from _wide_braces(entry, text)
    if what != "label":
        yield from _hard_words(entry, words.ja, catalogue)
    if what == "answer" and _needs_unknown(words.ja, catalogue) and entry.unknown is None:
        yield _advice(
            entry, "まだ発表のない事実を使っています。「unknown:」（発表前の答え）を書いてください。"
        )


def _fact_faults(entry: Entry, text: str, catalogue: Catalogue) -> Iterator[Fault]:
    known = known_names(catalogue.facts)
    for name in fact_names(text):
        if name not in known:
            yield _fault(entry, f"事実「{{{name}}}」は facts.yaml にありません{nearest(name, known)}。")


def _wide_braces(entry: Entry, text: str) -> Iterator[Fault]:
    for found in _WIDE_BRACES.findall(text):
        yield _fault(entry, f"「{found}」のかっこが全角です。半角の「{{」「}}」にしてください。")


def _needs_unknown(text: str, catalogue: Catalogue) -> bool:
    texts = catalogue.facts.texts
    return any(name in texts and texts[name].words is None for name in fact_names(text))


def _hard_words(entry: Entry, text: str, catalogue: Catalogue) -> Iterator[Fault]:
    """A word from the list of hard ones needs one of its rewordings, in （ ） or otherwise, beside it."""
    for word, rewordings in catalogue.vocabulary.hard.items():
        if word in text and not any(reworded in text for reworded in rewordings):
            said = "」か「".join(rewordings)
            yield _advice(entry, f"難しいことば「{word}」に言いかえがありません（「{said}」など）。")


def _doubled_phrases(catalogue: Catalogue) -> Iterator[Fault]:
    owners: dict[str, list[Entry]] = defaultdict(list)
    for entry in catalogue.entries.values():
        for phrase in entry.phrases:
            owners[fold(phrase)].append(entry)
    for entry in catalogue.entries.values():
        for phrase in entry.phrases:
            others = {other.id for other in owners[fold(phrase)] if other.id != entry.id}
            if others:
                yield _advice(entry, f"聞き方「{phrase}」は「{'」「'.join(sorted(others))}」にもあります。")


def _prompt_faults(catalogue: Catalogue) -> Iterator[Fault]:
    place = Place("prompts.yaml", 1)
    if not catalogue.prompts:
        return
    for name in NEEDED - set(catalogue.prompts):
        yield Fault(place, f"窓口の文「{name}」がありません。", name)
    for name, words in catalogue.prompts.items():
        if name not in NEEDED:
            yield Fault(place, f"「{name}」という文は使われません{nearest(name, NEEDED)}。", name)
        for lang in words.missing():
            yield Fault(place, f"訳（{lang}:）がありません。", name, stops=False)
        known = known_names(catalogue.facts) | PLACEHOLDERS
        for text in (words.ja, words.easy, words.en):
            for fact in fact_names(text):
                if fact not in known:
                    yield Fault(place, f"「{{{fact}}}」は使えません{nearest(fact, known)}。", name)


def _guide_faults(catalogue: Catalogue) -> Iterator[Fault]:
    place = Place("guides.yaml", 1)
    for guide in catalogue.guides.values():
        for target in guide.buttons:
            if target not in catalogue.entries:
                yield Fault(place, _no_entry(target, catalogue), guide.id)
        for question in guide.questions:
            for choice in question.choices:
                if max(len(choice.label.say(lang)) for lang in ("ja", "easy", "en")) > MAX_LABEL:
                    yield Fault(place, f"答え「{choice.label.ja}」は20文字までです。", guide.id)


def _tile_faults(catalogue: Catalogue) -> Iterator[Fault]:
    place = Place("richmenu.yaml", 1)
    if catalogue.tiles and len(catalogue.tiles) != 6:
        yield Fault(place, "メニューのタイルは6つです。", "richmenu")
    for tile in catalogue.tiles:
        if tile.entry not in catalogue.entries:
            yield Fault(place, _no_entry(tile.entry, catalogue), "richmenu")


def _fault(entry: Entry, text: str) -> Fault:
    return Fault(entry.place, text, entry.id)


def _advice(entry: Entry, text: str) -> Fault:
    return Fault(entry.place, text, entry.id, stops=False)
