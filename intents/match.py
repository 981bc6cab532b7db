"""Which entry a message means: one, a few, or none.

Three channels look at the same text: as written (one- and two-character grams), by its words
(dictionary forms) and by its sound (kana grams); rapidfuzz compares the best candidates letter by
letter. A small logistic, fitted on the content itself (see calibrate.py), turns score, margin and
agreement into the probability that the first candidate is right.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from types import MappingProxyType

import numpy as np
from rapidfuzz import fuzz

from intents.grams import Channel, Floats
from intents.model import Catalogue, Entry
from intents.readings import Respeller, Unit, units
from intents.text import fold, is_hiragana, latin_words, sentences, sound, strip_polite
from intents.vocabulary import Thesaurus

MAX_QUERY = 300  # characters of a message that are looked at, from its end
_FUZZ_CANDIDATES = 8


class Band(Enum):
    SURE = "sure"
    UNSURE = "unsure"
    FAR = "far"


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each look at the text counts; chosen by measurement (docs/measured.md)."""

    written: float = 0.40
    words: float = 0.25
    sound: float = 0.35
    phrase: float = 0.60  # best phrase against whole entry
    answer: float = 0.50
    fuzz: float = 0.15


@dataclass(frozen=True, slots=True)
class Candidate:
    id: str
    score: float
    why: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Match:
    """The candidates, best first; how sure the desk may be of the first; and why."""

    candidates: tuple[Candidate, ...]
    chance: float
    band: Band
    text: str = ""


@dataclass(frozen=True, slots=True)
class Signs:
    """What the logistic looks at. All between 0 and about 1."""

    score: float
    margin: float
    agreement: float
    known: float
    exact: float

    def values(self) -> tuple[float, ...]:
        return (self.score, self.margin, self.agreement, self.known, self.exact)


@dataclass(frozen=True, slots=True)
class Confidence:
    """chance = logistic(bias + weights · signs); the bands begin at `sure` and `unsure`."""

    bias: float = -6.0
    weights: tuple[float, ...] = (9.0, 6.0, 1.0, 1.0, 3.0)
    sure: float = 0.75
    unsure: float = 0.15

    def chance(self, signs: Signs) -> float:
        total = self.bias + sum(w * v for w, v in zip(self.weights, signs.values(), strict=True))
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))

    def band(self, chance: float) -> Band:
        if chance >= self.sure:
            return Band.SURE
        return Band.UNSURE if chance >= self.unsure else Band.FAR


@dataclass(frozen=True, slots=True)
class Seen:
    """A text as the three channels see it."""

    written: tuple[str, ...]
    words: tuple[str, ...]
    sounds: tuple[str, ...]
    letters: str


@dataclass(frozen=True, slots=True)
class Scores:
    """Per entry: the sum, and each channel's share of it."""

    total: Floats
    channels: tuple[Floats, ...]
    known: float


class Matcher:
    """An index over a catalogue's phrases, labels and answers."""

    def __init__(
        self, catalogue: Catalogue, weights: Weights = Weights(), confidence: Confidence = Confidence()
    ) -> None:
        entries = list(catalogue.entries.values())
        self.ids = [entry.id for entry in entries]
        self._index = {name: i for i, name in enumerate(self.ids)}
        self.weights = weights
        self.confidence = confidence
        self._thesaurus = Thesaurus(catalogue.vocabulary)
        folded = [[self._fold(p) for p in _ways_to_ask(entry)] for entry in entries]
        answers = [self._fold(_answer_text(entry)) for entry in entries]
        self._respeller = Respeller(
            [text for texts in folded for text in texts] + answers,
            catalogue.vocabulary.readings,
        )
        self.texts = [text for texts in folded for text in texts]
        self.owner = np.array([e for e, texts in enumerate(folded) for _ in texts], np.int32)
        self._starts = np.searchsorted(self.owner, np.arange(len(entries)))
        self.exact = {text: int(e) for text, e in zip(self.texts, self.owner, strict=True)}
        rows = [self._see(strip_polite(text)) for text in self.texts]
        extra = [self._see(text) for text in answers]
        self._letters = [row.letters for row in rows]
        owner = [int(e) for e in self.owner]
        self._channels = tuple(
            Channel([get(r) for r in rows], owner, [get(x) for x in extra], weights.answer)
            for get in (_written, _words, _sounds)
        )

    def match(self, text: str) -> Match:
        """The best entries for a whole message: for the sentence in it that fits best."""
        folded = self._fold(text[-MAX_QUERY:])
        best = self._match_folded(folded)
        parts = [self._fold(part) for part in sentences(text[-MAX_QUERY:])]
        if len(parts) > 1:
            found = [self._match_folded(part) for part in parts if len(part) >= 2]
            best = max([best, *found], key=lambda match: match.chance, default=best)
        return best

    def read(self, text: str) -> list[Match]:
        """The matches of a message, one for each question in it."""
        return [self.match(text)]

    def match_sentence(self, text: str) -> Match:
        return self._match_folded(self._fold(text[-MAX_QUERY:]))

    def _fold(self, text: str) -> str:
        return self._thesaurus.unify(fold(text))

    def _match_folded(self, folded: str) -> Match:
        if not folded or not self.ids:
            return Match((), 0.0, Band.FAR, folded)
        seen = self._see(strip_polite(folded))
        scores = self.score(seen)
        candidates = self.best(seen, scores)
        chance = self.confidence.chance(self.signs(scores, candidates, folded))
        return Match(tuple(candidates), chance, self.confidence.band(chance), folded)

    def _see(self, stripped: str) -> Seen:
        respelled = self._respeller.respell(stripped)
        found = units(respelled)
        return Seen(
            written=tuple(_written_grams(respelled)),
            words=tuple(unit.normal for unit in found if unit.is_content),
            sounds=tuple(_sound_grams(found)),
            letters=respelled,
        )

    def score(self, seen: Seen, without: int | None = None) -> Scores:
        """Every entry's score. `without` leaves that phrase out, as if staff had not written it."""
        shares: list[Floats] = []
        known = 0.0
        weights = (self.weights.written, self.weights.words, self.weights.sound)
        for channel, features, weight in zip(
            self._channels, (seen.written, seen.words, seen.sounds), weights, strict=True
        ):
            query, share = channel.vector(features)
            known += weight * share
            shares.append(self._channel_share(channel, query, without) * np.float32(weight))
        return Scores(np.sum(shares, axis=0, dtype=np.float32), tuple(shares), known)

    def _channel_share(
        self, channel: Channel, query: dict[str, float], without: int | None
    ) -> Floats:
        phrases, sums = channel.dots(query)
        norms = channel.norms
        if without is not None:
            entry = int(self.owner[without])
            own = float(phrases[without])
            phrases, sums, norms = phrases.copy(), sums.copy(), norms.copy()
            phrases[without] = 0.0
            rest = norms[entry] ** 2 - 2 * sums[entry] + own
            norms[entry] = math.sqrt(max(float(rest), 1e-6))
            sums[entry] = max(0.0, float(sums[entry]) - own)
        best = np.maximum.reduceat(phrases, self._starts)
        share = np.float32(self.weights.phrase)
        return share * best + (1 - share) * sums / norms

    def best(self, seen: Seen, scores: Scores, without: int | None = None) -> list[Candidate]:
        """The best few entries, ordered anew with the letter-by-letter likeness of their phrases."""
        order = np.argsort(-scores.total)[:_FUZZ_CANDIDATES]
        found = [self._candidate(seen, scores, int(entry), without) for entry in order]
        return sorted(found, key=lambda candidate: -candidate.score)

    def _candidate(self, seen: Seen, scores: Scores, entry: int, without: int | None) -> Candidate:
        likeness = self._likeness(seen, entry, without)
        total = float(scores.total[entry]) * (1 - self.weights.fuzz) + self.weights.fuzz * likeness
        shares = (float(share[entry]) for share in scores.channels)
        why = dict(zip(("written", "words", "sound"), shares, strict=True)) | {"fuzz": likeness}
        return Candidate(self.ids[entry], total, MappingProxyType(why))

    def _likeness(self, seen: Seen, entry: int, without: int | None) -> float:
        start = int(self._starts[entry])
        end = int(self._starts[entry + 1]) if entry + 1 < len(self._starts) else len(self._letters)
        rows = [self._letters[row] for row in range(start, end) if row != without]
        return max((fuzz.ratio(seen.letters, row) for row in rows), default=0.0) / 100.0

    def signs(self, scores: Scores, candidates: Sequence[Candidate], folded: str) -> Signs:
        first = candidates[0]
        second = candidates[1].score if len(candidates) > 1 else 0.0
        entry = self._index[first.id]
        agree = sum(1 for share in scores.channels if int(np.argmax(share)) == entry)
        return Signs(
            score=first.score,
            margin=first.score - second,
            agreement=agree / len(scores.channels),
            known=scores.known,
            exact=float(self.exact.get(folded) == entry),
        )

    def see_row(self, row: int) -> Seen:
        return self._see(strip_polite(self.texts[row]))


def _ways_to_ask(entry: Entry) -> list[str]:
    labels = (entry.label.ja, entry.label.easy, entry.label.en) if entry.label else ()
    return [text for text in (*entry.phrases, *labels) if text]


def _answer_text(entry: Entry) -> str:
    return " ".join(w.ja for w in (entry.answer, entry.unknown) if w is not None)


def _written(seen: Seen) -> tuple[str, ...]:
    return seen.written


def _words(seen: Seen) -> tuple[str, ...]:
    return seen.words


def _sounds(seen: Seen) -> tuple[str, ...]:
    return seen.sounds


def _written_grams(text: str) -> list[str]:
    """One- and two-character grams but those of hiragana alone; Latin words whole."""
    words = latin_words(text)
    grams = [f"w:{word}" for word in words] + [f"w:{a} {b}" for a, b in zip(words, words[1:], strict=False)]
    japanese = [c for c in text if not (c.isascii() or is_hiragana(c))]
    pairs = (a + b for a, b in zip(text, text[1:], strict=False))
    grams += japanese
    grams += [pair for pair in pairs if not is_hiragana(pair) and not pair.isascii()]
    return grams


def _sound_grams(found: Sequence[Unit]) -> list[str]:
    heard = sound("".join(unit.reading or unit.surface for unit in found))
    return [heard[i : i + n] for n in (2, 3) for i in range(len(heard) - n + 1)]
