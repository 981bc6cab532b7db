"""What every sentence that residents read must hold to: its length, its facts and numbers, plain words, no secrets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from intents.catalogue.asking import asks_for_secret, names_secret
from intents.catalogue.facts import known_names
from intents.catalogue.nodes import Fault, Node
from intents.catalogue.prompts import PLACEHOLDERS
from intents.catalogue.reading import nearest
from intents.catalogue.said import Sentence, sentences
from intents.catalogue.telephones import wrong_numbers
from intents.model import Catalogue
from intents.wording import fact_names

MAX_LABEL = 20
# LINE's limit is 5,000 UTF-16 units; marks, facts and headings are added to what staff write.
MAX_ANSWER = 4000
# About a screen and a half in large letters: who reads slowly gives up on more.
LONG_ANSWER = 500
_WIDE_BRACES = re.compile(r"｛\s*[A-Za-zＡ-Ｚａ-ｚ_＿]+\s*[｝}]")
_STRAY_BRACES = re.compile(r"\{(?![a-z_]+\})[^{}\n]{0,20}\}?|(?<![a-z_])\}")


def sentence_faults(roots: Mapping[str, Node], catalogue: Catalogue, facts_known: bool) -> Iterator[Fault]:
    """The faults of every sentence, at its line. `facts_known`: every file of facts could be read."""
    names = known_names(catalogue.facts)
    said = list(sentences(roots))
    secretive = {(sentence.kind, sentence.owner) for sentence in said if names_secret(sentence.text)}
    for sentence in said:
        known = names | PLACEHOLDERS if sentence.kind == "prompt" else names
        yield from _length_faults(sentence)
        if _length(sentence) > MAX_ANSWER:
            continue  # too long to be looked through
        yield from _secret_faults(sentence, (sentence.kind, sentence.owner) in secretive)
        yield from _number_faults(sentence)
        yield from _brace_faults(sentence)
        if facts_known:
            yield from _fact_faults(sentence, known)
        if sentence.kind == "entry" and sentence.lang == "ja" and sentence.what != "label":
            yield from _hard_words(sentence, catalogue)


def _fault(sentence: Sentence, text: str, at: int = 0, *, stops: bool = True) -> Fault:
    return Fault(sentence.at(at), text, sentence.owner, stops)


def _length_faults(sentence: Sentence) -> Iterator[Fault]:
    limit = MAX_LABEL if sentence.what == "label" else MAX_ANSWER
    length = _length(sentence)
    named = f"「{sentence.what}」の {sentence.lang}" if sentence.what else f"「{sentence.lang}」"
    if length > limit:
        yield _fault(sentence, f"{named} が長すぎます（{limit}文字まで、いま{length}）。")
    elif length > LONG_ANSWER:
        words = f"{named} が{length}文字あります。読みやすいのは{LONG_ANSWER}文字くらいまでです。短くしてください。"
        yield _fault(sentence, words, stops=False)


def _length(sentence: Sentence) -> int:
    """As LINE counts: letters on a button, UTF-16 units elsewhere."""
    text = sentence.text.strip()
    return len(text) if sentence.what == "label" else len(text.encode("utf-16-le")) // 2


def _secret_faults(sentence: Sentence, among: bool) -> Iterator[Fault]:
    button = sentence.what == "label" or sentence.kind == "prompt"
    for at in asks_for_secret(sentence.text, button, among):
        words = "暗証番号を書いてもらう（教えてもらう）文になっています。番号をたずねない言い方に直してください。"
        yield _fault(sentence, words, at)


def _number_faults(sentence: Sentence) -> Iterator[Fault]:
    for at, number in wrong_numbers(sentence.text):
        yield _fault(sentence, f"電話番号「{number}」の桁数が合いません。番号をお確かめください。", at)


def _brace_faults(sentence: Sentence) -> Iterator[Fault]:
    for wide in _WIDE_BRACES.finditer(sentence.text):
        words = f"「{wide[0]}」のかっこが全角です。半角の「{{」「}}」にしてください。"
        yield _fault(sentence, words, wide.start())
    for stray in _STRAY_BRACES.finditer(sentence.text):
        words = f"「{stray[0]}」は事実の名前になっていません。「{{phone}}」のように半角の小文字で書いてください。"
        yield _fault(sentence, words, stray.start())


def _fact_faults(sentence: Sentence, known: frozenset[str]) -> Iterator[Fault]:
    for name in dict.fromkeys(fact_names(sentence.text)):
        if name not in known:
            said = f"「{{{name}}}」は使えません" if sentence.kind == "prompt" else f"事実「{{{name}}}」は facts.yaml にありません"
            yield _fault(sentence, f"{said}{nearest(name, known)}。", sentence.text.index(f"{{{name}}}"))


def _hard_words(sentence: Sentence, catalogue: Catalogue) -> Iterator[Fault]:
    """A word from the list of hard ones needs one of its rewordings, in （ ） or otherwise, beside it."""
    for word, rewordings in catalogue.vocabulary.hard.items():
        at = sentence.text.find(word)
        if at >= 0 and not any(reworded in sentence.text for reworded in rewordings):
            said = "」か「".join(rewordings)
            words = f"難しいことば「{word}」に言いかえがありません（「{said}」など）。"
            yield _fault(sentence, words, at, stops=False)
