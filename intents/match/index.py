"""A channel of the matcher: texts as unit tf-idf vectors in one sparse matrix on numpy.

The columns are, side by side: every phrase, every voice's phrases together, its answer, and the
words it knows. One pass over the rows of a query's features gives all four looks at all voices.
A voice is an entry's phrases in one script; Japanese ones must not thin out the English.
"""

from __future__ import annotations

import math
from array import array
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Plan:
    """Which phrase belongs to which voice, and which voice to which entry; both rise."""

    voice_of: Ints
    entry_of: Ints

    @cached_property
    def starts(self) -> Ints:
        """The first phrase of each voice. Every voice has one."""
        return np.searchsorted(self.voice_of, np.arange(len(self.entry_of)))

    @cached_property
    def owner(self) -> Ints:
        """The entry of each phrase."""
        return self.entry_of[self.voice_of] if len(self.entry_of) else self.voice_of


@dataclass(frozen=True, slots=True)
class Look:
    """What a channel says of a query. All but `phrases` and `known` are per voice, from 0 to 1.

    `covered` is the share of the query's weight in words that the voice uses at all; `known` the
    share in words that anybody does.
    """

    phrases: Floats
    whole: Floats
    answer: Floats
    covered: Floats
    known: float

    def best(self, plan: Plan) -> Floats:
        return np.asarray(np.maximum.reduceat(self.phrases, plan.starts))


@dataclass(slots=True)
class Features:
    """The features of texts as numbers, taken in one text after another: strings would weigh more."""

    ids: dict[str, int] = field(default_factory=dict)
    flat: array[int] = field(default_factory=lambda: array("i"))
    lengths: list[int] = field(default_factory=list)

    def add(self, features: Sequence[str]) -> None:
        self.flat.extend([self.ids.setdefault(name, len(self.ids)) for name in features])
        self.lengths.append(len(features))

    def cells(self) -> tuple[Ints, Ints]:
        """(text, feature) of every feature of every text."""
        texts = np.repeat(np.arange(len(self.lengths)), self.lengths)
        return texts, np.array(self.flat, np.int64)


class Channel:
    """One way of looking at texts: features in, looks out."""

    def __init__(self, names: Sequence[str], arrays: Mapping[str, NDArray[Any]], plan: Plan) -> None:
        """`names`: the features in the order of their numbers; `arrays`: what `Channel.of` has made."""
        self._rows, self._voices = len(plan.voice_of), len(plan.entry_of)
        self.names, self.arrays = names, arrays
        self._ids = {name: number for number, name in enumerate(names)}
        self._columns, self._weights = arrays["columns"], arrays["weights"]
        self._norms, self.lone, self.rare = arrays["norms"], arrays["lone"], arrays["rare"]
        # One by one, lists are faster than arrays.
        self._idf_of: list[float] = arrays["idf"].tolist()
        self._from: list[int] = arrays["from"].tolist()
        self._top_idf = max(self._idf_of, default=1.0)

    @classmethod
    def of(cls, taken: Features, plan: Plan) -> Channel:
        """`taken`: the features of each phrase, then of each voice's answer."""
        return cls(list(taken.ids), _arrays(taken, plan), plan)

    def look(self, features: Sequence[str]) -> Look:
        """All voices as this channel sees them."""
        known, weights, norm = self._vector(features)
        width = self._rows + 3 * self._voices
        if not known:
            return self._split(np.zeros(width), 1.0, 0.0)
        spans = [(self._from[f], self._from[f + 1], w / norm) for f, w in zip(known, weights, strict=True)]
        columns = np.concatenate([self._columns[a:b] for a, b, _ in spans])
        values = np.concatenate([self._weights[a:b] * np.float32(w) for a, b, w in spans])
        share = sum(w * w for w in weights) / norm**2
        return self._split(np.bincount(columns, values, width).astype(np.float64, copy=False), norm, share)

    def _vector(self, features: Sequence[str]) -> tuple[list[int], list[float], float]:
        """The known features' numbers and weights, and the length of the vector with the unknown."""
        known, weights, unknown = [], [], 0.0
        for feature, n in Counter(features).items():
            at = self._ids.get(feature)
            times = 1.0 if n == 1 else 1.0 + math.log(n)
            if at is None:
                unknown += (times * self._top_idf) ** 2
            else:
                known.append(at)
                weights.append(times * self._idf_of[at])
        norm = float((sum(w * w for w in weights) + unknown) ** 0.5)
        return known, weights, norm or 1.0

    def _split(self, out: Floats, norm: float, known: float) -> Look:
        edges = [self._rows, self._rows + self._voices, self._rows + 2 * self._voices]
        phrases, whole, answer, covered = (out[a:b] for a, b in pairwise((0, *edges, len(out))))
        return Look(phrases, whole, answer, covered / norm, known)

    def forget(self, look: Look, row: int, voice: int) -> Look:
        """`look` of phrase `row` itself, as if staff had never written that phrase."""
        phrases, whole, covered = look.phrases.copy(), look.whole.copy(), look.covered.copy()
        own, norm = float(phrases[row]), float(self._norms[voice])
        total = float(whole[voice]) * norm
        rest = norm**2 - 2 * total + own
        whole[voice] = max(0.0, total - own) / max(rest, 1e-6) ** 0.5 if rest > 1e-6 else 0.0
        phrases[row] = 0.0
        covered[voice] -= self.lone[row]
        return Look(phrases, whole, look.answer, covered, look.known - float(self.rare[row]))


def _arrays(taken: Features, plan: Plan) -> dict[str, NDArray[Any]]:
    count, rows, voices = len(taken.ids), len(plan.voice_of), len(plan.entry_of)
    texts, features = taken.cells()
    voice = np.concatenate((plan.voice_of, np.arange(voices)))[texts]
    idf = _idf(plan.entry_of[voice], features, count, int(plan.entry_of[-1]) + 1)
    cells = _Cells.counted(texts, features, count)
    cells.weigh(idf, rows + voices)
    return {"idf": idf, **_matrix(cells, idf, plan), **_lone(cells, count, plan)}


def _matrix(cells: _Cells, idf: Floats, plan: Plan) -> dict[str, NDArray[Any]]:
    """By features: phrases | whole voices | answers | known words."""
    count, rows, voices = len(idf), len(plan.voice_of), len(plan.entry_of)
    phrase = cells.where(cells.text < rows)
    answer = cells.where(cells.text >= rows)
    whole = _Cells.summed(plan.voice_of[phrase.text], phrase.feature, phrase.weight, count)
    norms = whole.normalise(voices)
    voice = np.concatenate((plan.voice_of[phrase.text], answer.text - rows))
    known = _Cells.counted(voice, np.concatenate((phrase.feature, answer.feature)), count)
    known.weight = idf[known.feature]
    column = np.concatenate(
        (phrase.text, whole.text + rows, answer.text + voices, known.text + rows + 2 * voices)
    )
    feature = np.concatenate((phrase.feature, whole.feature, answer.feature, known.feature))
    weight = np.concatenate((phrase.weight, whole.weight, answer.weight, known.weight))
    order = np.argsort(feature, kind="stable")
    return {
        "norms": norms,
        "columns": column[order].astype(np.int32),
        "weights": weight[order].astype(np.float32),
        "from": np.searchsorted(feature[order], np.arange(count + 1)),
    }


def _lone(cells: _Cells, count: int, plan: Plan) -> dict[str, NDArray[Any]]:
    """For each phrase: how much of its weight only it brings to its voice, and to the content."""
    rows = len(plan.voice_of)
    voice = np.concatenate((plan.voice_of, np.arange(len(plan.entry_of))))[cells.text]
    _, at, uses = np.unique(voice * count + cells.feature, return_inverse=True, return_counts=True)
    alone = (uses[at] == 1) & (cells.text < rows)
    rare = (np.bincount(cells.feature, minlength=count)[cells.feature] == 1) & alone
    weight = cells.weight**2
    return {
        "lone": np.bincount(cells.text[alone], weight[alone], rows),
        "rare": np.bincount(cells.text[rare], weight[rare], rows),
    }


@dataclass(slots=True)
class _Cells:
    """The filled cells of a matrix: text, feature, weight."""

    text: Ints
    feature: Ints
    weight: Floats

    @staticmethod
    def counted(text: Ints, feature: Ints, features: int) -> _Cells:
        keys, counts = np.unique(text * features + feature, return_counts=True)
        return _Cells(keys // features, keys % features, counts.astype(np.float64))

    @staticmethod
    def summed(text: Ints, feature: Ints, weight: Floats, features: int) -> _Cells:
        keys, at = np.unique(text * features + feature, return_inverse=True)
        return _Cells(keys // features, keys % features, np.bincount(at, weight).astype(np.float64))

    def weigh(self, idf: Floats, texts: int) -> None:
        """Counts → unit tf-idf vectors."""
        self.weight = (1.0 + np.log(self.weight)) * idf[self.feature]
        self.normalise(texts)

    def normalise(self, texts: int) -> Floats:
        """Every text to length 1; the lengths before."""
        norms = np.sqrt(np.bincount(self.text, self.weight**2, texts))
        norms[norms == 0.0] = 1.0
        self.weight = self.weight / norms[self.text]
        return np.asarray(norms)

    def where(self, mask: NDArray[np.bool_]) -> _Cells:
        return _Cells(self.text[mask], self.feature[mask], self.weight[mask])


def _idf(entry: Ints, feature: Ints, features: int, entries: int) -> Floats:
    """Rarer among entries, heavier."""
    keys = np.unique(entry * max(1, features) + feature)
    used = np.bincount(keys % max(1, features), minlength=features)
    return np.asarray(np.log((1 + entries) / (1 + used)) + 1.0)
