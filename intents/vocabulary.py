"""words.yaml at work: the desk's synonyms become one word, names of towns one mark."""

from __future__ import annotations

import re

from intents.model import Vocabulary
from intents.text import fold, to_hiragana

# A private character: folding drops it from what residents type, and every town name becomes it.
TOWN = "\ue000"


class Thesaurus:
    """Unifies folded text: each group of synonyms to its first word, each town name to TOWN."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._words = {to_hiragana(fold(place)): TOWN for place in vocabulary.places}
        for group in vocabulary.synonyms:
            head, *others = (fold(word) for word in group)
            self._words.update({to_hiragana(word): head for word in (head, *others)})
        longest_first = sorted(self._words, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(_bounded, longest_first)) or "(?!)")

    def unify(self, folded: str) -> str:
        """Katakana and hiragana are one here: people type カード as かーど."""
        out, end = [], 0
        for found in self._pattern.finditer(to_hiragana(folded)):
            out += [folded[end : found.start()], self._words[found[0]]]
            end = found.end()
        return "".join((*out, folded[end:]))


def _bounded(word: str) -> str:
    """Latin words match whole, not inside others; Japanese has no such borders."""
    escaped = re.escape(word)
    return rf"(?<![a-z0-9]){escaped}(?![a-z0-9])" if word.isascii() else escaped
