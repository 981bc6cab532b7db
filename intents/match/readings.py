"""How words sound: readings from the Sudachi dictionary, and respelling from the content's own words.

Kana-only typing and voice input's homophones break everything that looks at written text. What
repairs them is the content itself: each of its words, by its reading, is a spelling to return to.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import zip_longest
from sys import intern
from typing import Any, NamedTuple

import sudachipy

from intents.text import to_hiragana

_KANA_RUN = re.compile(r"[ぁ-ゖー]{2,}")
_HAS_KANJI = re.compile(r"[一-鿿々]")
_CONTENT = ("名詞", "動詞", "形容詞", "形状詞", "副詞", "接頭辞", "接尾辞")
_COUNTERS = "時日月曜分人回桁歳年番枚円時週階台つ文字"
_MIN_READING = 3  # kana; shorter ones stand inside too many other words
_MAX_COMPOUND = 3  # units
_MAX_RUN = 12  # kana; no word of a resident is longer
_LONG = re.compile("(?<=[おこそとのほもよろごぞどぼぽょうくすつぬふむゆるぐずぶゅ])う|ー")
_MAX_UNITS_TEXT = 600  # characters looked at; a resident's question is far shorter


class Unit(NamedTuple):
    """A short unit of a text: as written, its dictionary form, how it sounds, what it is."""

    surface: str
    normal: str
    reading: str
    pos: str

    @property
    def is_content(self) -> bool:
        return self.pos in _CONTENT


@lru_cache(maxsize=1)
def _dictionary() -> Any:
    """One mapped file for all threads."""
    return sudachipy.Dictionary(dict="small")


_IDLE: deque[Any] = deque()  # tokenizers that nobody is using


def _new_tokenizer() -> Any:
    """`tokenizer` is new in SudachiPy 0.7, where `create`, the name before, is on its way out."""
    make = getattr(_dictionary(), "tokenizer", None) or _dictionary().create
    return make(mode=sudachipy.SplitMode.A)


def _tokenized(text: str) -> list[Unit]:
    """SudachiPy lets no two threads use one tokenizer at a time: there are as many as are at work at once."""
    try:
        tokenizer = _IDLE.pop()
    except IndexError:
        tokenizer = _new_tokenizer()
    try:
        return [
            Unit(
                intern(m.surface()),
                intern(m.normalized_form()),
                intern(to_hiragana(m.reading_form())),
                m.part_of_speech()[0],
            )
            for m in tokenizer.tokenize(text)
        ]
    finally:
        _IDLE.append(tokenizer)


def units(text: str) -> list[Unit]:
    """The short units of `text`."""
    found = _tokenized(text[:_MAX_UNITS_TEXT])
    return [_counting(unit, after) for unit, after in zip_longest(found, found[1:])]


def _counting(unit: Unit, after: Unit | None) -> Unit:
    """何 before a counter is なん, and 時 is じ: short units alone are read otherwise."""
    if unit.surface == "何" and after is not None and after.surface[0] in _COUNTERS:
        return unit._replace(reading="なん")
    if unit.surface == "時":
        return unit._replace(reading="じ")
    return unit


def reading(text: str) -> str:
    """How `text` sounds, in hiragana; Latin letters and digits stay."""
    return "".join(unit.reading or unit.surface for unit in units(text))


class Respeller:
    """Kana and foreign homophones → the spelling that the content uses."""

    def __init__(self, spelling: Mapping[str, str], known: Iterable[str]) -> None:
        """`spelling`: sound → the content's word; `known`: all of its words."""
        self.spelling, self.known = spelling, frozenset(known)
        self._short = {_shortened(sounds): word for sounds, word in spelling.items()}
        self._longest = min(_MAX_RUN, max(map(len, spelling), default=0))

    @classmethod
    def of(cls, texts: Iterable[list[Unit]], given: Mapping[str, str]) -> Respeller:
        """`texts`: the content; `given`: word → reading, written beside the words by staff."""
        by_reading: dict[str, Counter[str]] = defaultdict(Counter)
        known: set[str] = set()
        for found in texts:
            known.update(unit.surface for unit in found)
            for spelling, sounds in _compounds(found):
                by_reading[sounds][spelling] += 1
        for word, sounds in given.items():
            by_reading[to_hiragana(sounds)][word] += 1000
        return cls({sounds: words.most_common(1)[0][0] for sounds, words in by_reading.items()}, known)

    def respell(self, found: list[Unit]) -> str:
        """A text with kana runs and unknown homophones in the content's spelling, longest first."""
        heard, at = [], 0
        while at < len(found):
            word, used = self._hear(found[at : at + _MAX_COMPOUND])
            heard.append(word)
            at += used
        return _KANA_RUN.sub(lambda run: self._respell_run(run[0]), "".join(heard))

    def _hear(self, ahead: list[Unit]) -> tuple[str, int]:
        """A kanji word that the content does not know, but whose sound it does, is a slip of the ear.

        Returns the word to read at the head of `ahead`, and how many units it stands for.
        """
        for used in range(len(ahead), 0, -1):
            part = ahead[:used]
            if any(map(self._is_strange, part)):
                sounds = "".join(unit.reading for unit in part)
                word = self.spelling.get(sounds) or self._short.get(_shortened(sounds))
                if word is not None and len(sounds) >= _MIN_READING:
                    return word, used
        return ahead[0].surface, 1

    def _is_strange(self, unit: Unit) -> bool:
        return unit.surface not in self.known and bool(_HAS_KANJI.search(unit.surface))

    def _respell_run(self, run: str) -> str:
        out, start = [], 0
        while start < len(run):
            for end in range(min(len(run), start + self._longest), start + _MIN_READING - 1, -1):
                spelling = self.spelling.get(run[start:end])
                if spelling is not None:
                    out.append(spelling)
                    start = end
                    break
            else:
                out.append(run[start])
                start += 1
        return "".join(out)


def _shortened(sounds: str) -> str:
    """Without long vowels: the ear easily loses them (ししょう, ししょ)."""
    return _LONG.sub("", sounds)


def _compounds(found: list[Unit]) -> Iterable[tuple[str, str]]:
    """Words and short compounds that are written with kanji, each with its sound."""
    for start, first in enumerate(found):
        if not first.is_content:
            continue
        surface = sounds = ""
        for unit in found[start : start + _MAX_COMPOUND]:
            if not unit.is_content:
                break
            surface, sounds = surface + unit.surface, sounds + unit.reading
            if len(sounds) >= _MIN_READING and _HAS_KANJI.search(surface):
                yield surface, sounds
