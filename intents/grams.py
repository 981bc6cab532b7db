"""A channel of the matcher: texts as unit tf-idf vectors, in an inverted index on numpy.

Cosines against every phrase and every entry come out of one pass over the postings of the query's
features; the arithmetic is in arrays, so 2,000 entries cost well under a millisecond.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]


class Channel:
    """One way of looking at texts: features in, cosines out.

    `rows` are the features of each phrase, `owner` the entry of each row, `extra` the features of
    each entry's further text (its answer), which counts `extra_weight` phrases.
    """

    def __init__(
        self,
        rows: Sequence[Sequence[str]],
        owner: Sequence[int],
        extra: Sequence[Sequence[str]],
        extra_weight: float,
    ) -> None:
        self._count, self._entries = len(rows), len(extra)
        counts, extras = [Counter(row) for row in rows], [Counter(text) for text in extra]
        self._idf = _idf([*counts, *extras], [*owner, *range(len(extra))], len(extra))
        self._top_idf = max(self._idf.values(), default=1.0)
        units = [self._unit(count) for count in counts]
        self._rows = _Postings(units)
        sums: list[dict[str, float]] = [defaultdict(float) for _ in extra]
        for unit, entry in zip(units, owner, strict=True):
            _add(sums[entry], unit, 1.0)
        for entry, count in enumerate(extras):
            _add(sums[entry], self._unit(count), extra_weight)
        self.norms: Floats = np.array(
            [sum(v * v for v in one.values()) ** 0.5 or 1.0 for one in sums], np.float32
        )
        self._sums = _Postings(sums)

    def _unit(self, counts: Counter[str]) -> dict[str, float]:
        weights = {f: (1.0 + math.log(n)) * self._idf[f] for f, n in counts.items()}
        norm = sum(w * w for w in weights.values()) ** 0.5
        return {f: w / norm for f, w in weights.items()} if norm else {}

    def vector(self, features: Sequence[str]) -> tuple[dict[str, float], float]:
        """The query's unit vector, and the share of its weight that the content knows at all."""
        counts = Counter(features)
        weights: dict[str, float] = {}
        total = 0.0
        for feature, n in counts.items():
            idf = self._idf.get(feature)
            weight = (1.0 + math.log(n)) * (idf or self._top_idf)
            total += weight * weight
            if idf is not None:
                weights[feature] = weight
        if not total:
            return {}, 0.0
        norm = total**0.5
        known = sum(w * w for w in weights.values()) / total
        return {f: w / norm for f, w in weights.items()}, known

    def dots(self, query: dict[str, float]) -> tuple[Floats, Floats]:
        """The cosine with each phrase, and the dot product with each entry's sum of phrases."""
        return self._rows.dot(query, self._count), self._sums.dot(query, self._entries)


def _add(total: dict[str, float], vector: dict[str, float], weight: float) -> None:
    for feature, value in vector.items():
        total[feature] += weight * value


class _Postings:
    """feature → (rows, weights)."""

    def __init__(self, vectors: Iterable[dict[str, float]]) -> None:
        gathered: dict[str, tuple[list[int], list[float]]] = {}
        for row, vector in enumerate(vectors):
            for feature, weight in vector.items():
                rows, weights = gathered.setdefault(feature, ([], []))
                rows.append(row)
                weights.append(weight)
        self._lists = {
            feature: (np.array(rows, np.int32), np.array(weights, np.float32))
            for feature, (rows, weights) in gathered.items()
        }

    def dot(self, query: dict[str, float], size: int) -> Floats:
        out = np.zeros(size, np.float32)
        for feature, weight in query.items():
            found = self._lists.get(feature)
            if found is not None:
                out[found[0]] += found[1] * np.float32(weight)
        return out


def _idf(counts: list[Counter[str]], owner: Sequence[int], entries: int) -> dict[str, float]:
    """How telling a feature is: by the number of entries, not phrases, that use it."""
    users: dict[str, set[int]] = defaultdict(set)
    for count, entry in zip(counts, owner, strict=True):
        for feature in count:
            users[feature].add(entry)
    return {f: math.log((1 + entries) / (1 + len(who))) + 1.0 for f, who in users.items()}
