"""words.yaml at work: the desk's synonyms become one word, names of towns one mark."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from intents.model import Vocabulary
from intents.text import fold, is_latin, to_hiragana

# What every town name becomes: a word that the channels know how to take apart.
TOWN, TOWN_LATIN = "町名", "townname"
_LETTER = re.compile("[a-z]")


class Thesaurus:
    """Unifies folded text: each group of synonyms to its first word, each town name to one word.

    English text keeps to the Latin words of a group, or it would no longer be read as English.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        japanese = {to_hiragana(fold(place)): TOWN for place in vocabulary.places}
        latin = {fold(place): TOWN_LATIN for place in vocabulary.places if is_latin(fold(place))}
        for group in vocabulary.synonyms:
            words = [fold(word) for word in group]
            japanese.update(dict.fromkeys(map(to_hiragana, words), words[0]))
            english = [word for word in words if is_latin(word)]
            latin.update(dict.fromkeys(english, english[0] if english else ""))
        self._japanese, self._latin = _Swap(japanese), _Swap(latin)

    def unify(self, folded: str) -> str:
        return (self._latin if is_latin(folded) else self._japanese)(folded)


class _Swap:
    """Swaps words, the longest first."""

    def __init__(self, words: Mapping[str, str]) -> None:
        self._words = words
        latin = [word for word in words if word.isascii()]
        self._japanese = re.compile(_any_of([word for word in words if not word.isascii()]))
        # Latin words match whole, not inside others; Japanese has no such borders.
        self._latin = re.compile(rf"(?<![a-z0-9])(?:{_any_of(latin)})(?![a-z0-9])")

    def __call__(self, folded: str) -> str:
        """Katakana and hiragana are one here: people type カード as かーど."""
        swapped = self._swap(self._japanese, folded)
        return self._swap(self._latin, swapped) if _LETTER.search(swapped) else swapped

    def _swap(self, pattern: re.Pattern[str], folded: str) -> str:
        out, end = [], 0
        for found in pattern.finditer(to_hiragana(folded)):
            out += [folded[end : found.start()], self._words[found[0]]]
            end = found.end()
        return "".join((*out, folded[end:])) if out else folded


def _any_of(words: Sequence[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True))) or "(?!)"
