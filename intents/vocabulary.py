"""words.yaml at work: the desk's synonyms become one word, names of towns one mark."""

from __future__ import annotations

import re
from collections.abc import Mapping

from intents.model import Vocabulary
from intents.text import fold, is_latin, to_hiragana

# What every town name becomes: a word that the channels know how to take apart.
TOWN, TOWN_LATIN = "町名", "townname"


class Thesaurus:
    """Unifies folded text: each group of synonyms to its first word, each town name to one word.

    English text keeps to the Latin words of a group, or it would no longer be read as English.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        japanese = {to_hiragana(fold(place)): TOWN for place in vocabulary.places}
        latin = {fold(place): TOWN_LATIN for place in vocabulary.places if is_latin(fold(place))}
        for group in vocabulary.synonyms:
            words = [fold(word) for word in group]
            japanese.update({to_hiragana(word): words[0] for word in words})
            english = [word for word in words if is_latin(word)]
            latin.update({word: english[0] for word in english})
        self._japanese, self._latin = _Swap(japanese), _Swap(latin)

    def unify(self, folded: str) -> str:
        return (self._latin if is_latin(folded) else self._japanese)(folded)


class _Swap:
    """Swaps words, the longest first."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words
        longest_first = sorted(words, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(_bounded, longest_first)) or "(?!)")

    def __call__(self, folded: str) -> str:
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
