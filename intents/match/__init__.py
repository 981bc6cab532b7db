"""Which entry a message means: one, a few, or none.

Three channels look at the same text: as written, by its words, and by its sound (grams.py). Each
takes four looks at every entry: its likest phrase, all its phrases, its answer, and how much of the
message stands in its words at all (index.py). rapidfuzz compares the best letter by letter. A small
logistic, fitted on the content itself (calibrate.py), says how probably the first one is right.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType

import numpy as np
from rapidfuzz import fuzz, process

from intents.catalogue.vocabulary import Thesaurus
from intents.match.confidence import Band, Candidate, Confidence, Match, Signs
from intents.match.grams import CHANNELS, Seen
from intents.match.index import Floats, Look
from intents.match.parts import Parts, bare
from intents.match.questions import Reader
from intents.model import Catalogue
from intents.text import fold, strip_polite

MAX_QUERY = 300  # characters of a message that are looked at, from its end
_FUZZ_CANDIDATES = 8
_SHOWN = 3  # candidates that anybody looks at
_ENOUGH_WORDS = 8
_WORD_FOR_WORD = MappingProxyType({"exact": 1.0})

__all__ = ["Band", "Candidate", "Confidence", "Match", "Matcher", "Signs", "Weights"]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each look at the text counts; chosen by measurement (docs/measured.md)."""

    written: float = 0.33
    words: float = 0.27
    sound: float = 0.40
    best: float = 0.20
    whole: float = 0.40
    answer: float = 0.12
    covered: float = 0.28
    fuzz: float = 0.15

    def channels(self) -> tuple[float, ...]:
        return (self.written, self.words, self.sound)


@dataclass(frozen=True, slots=True)
class Scores:
    """Per entry: the sum, each channel's share of it, and how much of the message it covers."""

    total: Floats
    channels: tuple[Floats, ...]
    covered: Floats

    def without(self, entry: int) -> Scores:
        """As if staff had never written `entry`."""
        total, *channels = (_struck(one, entry) for one in (self.total, *self.channels))
        return Scores(total, tuple(channels), self.covered)


class Matcher:
    """An index over a catalogue's phrases, labels and answers."""

    def __init__(
        self,
        catalogue: Catalogue,
        weights: Weights = Weights(),
        confidence: Confidence = Confidence(),
        parts: Parts | None = None,
    ) -> None:
        """`parts`: the index over this very catalogue, where it is made already."""
        self.weights, self.confidence = weights, confidence
        self._thesaurus = Thesaurus(catalogue.vocabulary)
        self.parts = parts = parts or Parts.of(catalogue, self._thesaurus)
        self.ids, self.texts, self.plan = parts.ids, parts.texts, parts.plan
        self.owner = parts.plan.owner
        self._index = {name: i for i, name in enumerate(self.ids)}
        self._row_starts = [*self.plan.starts.tolist(), len(self.texts)]
        self._voice_starts = np.searchsorted(self.plan.entry_of, np.arange(len(self.ids)))
        bounds = [*map(self._first_row, range(len(self.ids))), len(self.texts)]
        self._spellings = [parts.letters[a:b] for a, b in pairwise(bounds)]
        entries = [catalogue.entries[name] for name in self.ids]
        self._reader = Reader(
            self.match,
            courtesy=frozenset(entry.id for entry in entries if entry.courtesy),
            urgent=frozenset(entry.id for entry in entries if entry.urgent),
        )

    def read(self, text: str) -> list[Match]:
        """What a message asks: its sure answers in their order, or one match that is not sure."""
        return self._reader.read(text)

    def match(self, text: str) -> Match:
        """The best entries for one sentence, taken as it is."""
        folded = self._fold(text[-MAX_QUERY:])[-MAX_QUERY:]
        if not folded or not self.ids:
            return Match((), 0.0, Band.FAR)
        stripped = strip_polite(folded)
        owner = self.parts.exact.get(bare(stripped), -1)
        if owner >= 0:
            # What staff wrote word for word is that entry, however near another comes.
            return Match((Candidate(self.ids[owner], 1.0, _WORD_FOR_WORD),), 1.0, Band.SURE)
        seen = self.parts.see(stripped)
        scores = self.score(self.look(seen))
        candidates = self.best(seen, scores)
        signs = self.signs(seen, scores, candidates)
        chance, band = self.confidence.chance(signs), self.confidence.band(signs)
        return Match(tuple(candidates), chance, band)

    def _fold(self, text: str) -> str:
        return self._thesaurus.unify(fold(text))

    def see(self, text: str) -> Seen:
        """A message as the channels see it."""
        return self.parts.see(strip_polite(self._fold(text[-MAX_QUERY:])[-MAX_QUERY:]))

    def see_row(self, row: int) -> Seen:
        """The phrase of a row as the channels see it."""
        return self.parts.see(strip_polite(self.texts[row]))

    def look(self, seen: Seen) -> list[Look]:
        return [c.look(features) for c, features in zip(self.parts.channels, seen.channels(), strict=True)]

    def forget(self, looks: Sequence[Look], row: int) -> list[Look]:
        """The looks at phrase `row` itself, as if staff had never written it."""
        voice = int(self.plan.voice_of[row])
        pairs = zip(self.parts.channels, looks, strict=True)
        return [channel.forget(look, row, voice) for channel, look in pairs]

    def score(self, looks: Sequence[Look]) -> Scores:
        """Every entry's score: of its voices, the one that speaks best for it."""
        w = self.weights
        shares, covered = [], np.zeros(len(self.ids))
        for look, weight in zip(looks, w.channels(), strict=True):
            share = (
                w.best * look.best(self.plan)
                + w.whole * look.whole
                + w.answer * look.answer
                + w.covered * look.covered
            )
            shares.append(self._of_entries(share) * weight)
            covered += self._of_entries(look.covered) * weight
        return Scores(np.sum(shares, axis=0), tuple(shares), covered)

    def _of_entries(self, voices: Floats) -> Floats:
        return np.asarray(np.maximum.reduceat(voices, self._voice_starts))

    def best(self, seen: Seen, scores: Scores, without: int | None = None) -> list[Candidate]:
        """The best few entries, ordered anew with the letter-by-letter likeness of their phrases."""
        found: list[Candidate] = []
        for entry in np.argsort(-scores.total)[:_FUZZ_CANDIDATES].tolist():
            if len(found) >= _SHOWN and found[_SHOWN - 1].score > self._at_best(scores, entry):
                break  # not even a phrase like it, letter by letter, would bring it or a later one among them
            found.append(self._candidate(seen, scores, entry, without))
            found.sort(key=lambda candidate: -candidate.score)
        return found

    def _at_best(self, scores: Scores, entry: int) -> float:
        return float(scores.total[entry]) * (1 - self.weights.fuzz) + self.weights.fuzz

    def _candidate(self, seen: Seen, scores: Scores, entry: int, without: int | None) -> Candidate:
        likeness = self._likeness(seen, entry, without)
        total = float(scores.total[entry]) * (1 - self.weights.fuzz) + self.weights.fuzz * likeness
        shares = (float(share[entry]) for share in scores.channels)
        why = dict(zip(CHANNELS, shares, strict=True)) | {"fuzz": likeness}
        return Candidate(self.ids[entry], total, MappingProxyType(why))

    def _likeness(self, seen: Seen, entry: int, without: int | None) -> float:
        letters = self._spellings[entry]
        if without is not None:
            first = self._first_row(entry)
            letters = [row for number, row in enumerate(letters, first) if number != without]
        # One call for all phrases: the loop over them runs in rapidfuzz, not here.
        found = process.extractOne(seen.letters, letters, scorer=fuzz.ratio)
        return found[1] / 100.0 if found else 0.0

    def _first_row(self, entry: int) -> int:
        return int(self._row_starts[int(self._voice_starts[entry])])

    def signs(
        self, seen: Seen, scores: Scores, candidates: Sequence[Candidate]
    ) -> Signs:
        """What speaks for the first candidate being right."""
        first = candidates[0]
        second = candidates[1].score if len(candidates) > 1 else 0.0
        entry = self._index[first.id]
        agree = sum(1 for share in scores.channels if int(np.argmax(share)) == entry)
        return Signs(
            score=first.score,
            margin=max(0.0, first.score - second),
            agreement=agree / len(scores.channels),
            covered=float(scores.covered[entry]),
            matter=min(1.0, len(set(seen.words)) / _ENOUGH_WORDS),
        )


def _struck(scores: Floats, entry: int) -> Floats:
    left = scores.copy()
    left[entry] = -1.0
    return left
