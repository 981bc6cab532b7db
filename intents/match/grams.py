"""What the matcher looks at in a text: written grams, words, sounds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from intents.match.readings import Unit
from intents.text import is_hiragana, is_latin, latin_words, sound

CHANNELS = ("written", "words", "sound")


@dataclass(frozen=True, slots=True)
class Seen:
    """A text as the three channels see it, and its letters for comparing them one by one."""

    written: tuple[str, ...]
    words: tuple[str, ...]
    sound: tuple[str, ...]
    letters: str

    def channels(self) -> tuple[tuple[str, ...], ...]:
        return (self.written, self.words, self.sound)


def see(text: str, found: Sequence[Unit]) -> Seen:
    """The features of a folded text that has been stripped of politeness; `found` are its units."""
    return _see_english(text) if is_latin(text) else _see_japanese(text, found)


def _see_japanese(text: str, found: Sequence[Unit]) -> Seen:
    return Seen(
        written=(*_stems(text), *_japanese_grams(text)),
        words=tuple(
            stem(unit.surface) if unit.surface.isascii() else unit.normal
            for unit in found
            if unit.is_content
        ),
        sound=tuple(_sound_grams(found)),
        letters=text,
    )


def _see_english(text: str) -> Seen:
    words = _stems(text)
    pairs = [f"{a} {b}" for a, b in zip(words, words[1:], strict=False)]
    return Seen(
        written=(*words, *pairs),
        words=tuple(words),
        sound=tuple(gram for word in words for gram in _letter_grams(word)),
        letters=" ".join(words),
    )


def _japanese_grams(text: str) -> list[str]:
    """One- and two-character grams but those of hiragana alone: they are grammar, not matter."""
    single = [c for c in text if not (c.isascii() or is_hiragana(c))]
    pairs = (a + b for a, b in zip(text, text[1:], strict=False))
    return single + [pair for pair in pairs if not is_hiragana(pair) and not pair.isascii()]


def _sound_grams(found: Sequence[Unit]) -> list[str]:
    heard = sound("".join(unit.reading or unit.surface for unit in found))
    return [heard[i : i + n] for n in (2, 3) for i in range(len(heard) - n + 1)]


def _letter_grams(word: str) -> list[str]:
    """Three letters at a time, with the word's borders: a slip of the finger spoils few of them."""
    padded = f"^{word}$"
    return [padded[i : i + 3] for i in range(len(padded) - 2)]


# Small words that stand in every English question alike. Question words stay: they are matter.
_STOP = frozenset(
    str.split(
        "a an the is are am be been was were do does did i im id me my you your we our us it its to of or so"
        " please can could will would shall should may there this that these those with as by if have has had"
        " get got just also some any very really"
    )
)
_ENDINGS = ("ations", "ation", "ings", "ing", "ies", "ied", "ers", "er", "ed", "es", "s", "ly", "e", "y")
_MIN_STEM = 3


def _stems(text: str) -> list[str]:
    words = latin_words(text)
    matter = [word for word in words if word not in _STOP]
    return [stem(word) for word in (matter or words)]


def stem(word: str) -> str:
    """An English word without its commonest ending: booking, booked → book."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _MIN_STEM:
            return _single(word[: -len(ending)])
    return word


def _single(word: str) -> str:
    """stopp(ed) → stop."""
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "ls" else word
