"""How sure the desk may be of a match: candidates, the signs that speak for the first, the bands."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

FEW_WORDS = 2 / 8  # of Signs.matter
STANDS_OUT = 0.12  # margin


class Band(Enum):
    SURE = "sure"
    UNSURE = "unsure"
    FAR = "far"


@dataclass(frozen=True, slots=True)
class Candidate:
    id: str
    score: float
    why: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Match:
    """The candidates, best first, and how sure the desk may be of the first. Nothing of the text."""

    candidates: tuple[Candidate, ...]
    chance: float
    band: Band


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for the first candidate being right, all between 0 and 1."""

    score: float
    margin: float  # to the second candidate
    agreement: float  # the share of channels that put it first
    covered: float  # the share of the message that stands in its words
    matter: float  # how much was said: of eight different words of matter

    def values(self) -> tuple[float, ...]:
        return (self.score, self.margin, self.agreement, self.covered, self.matter)


@dataclass(frozen=True, slots=True)
class Confidence:
    """chance = logistic(bias + weights · signs), of the first candidate being right.

    The signs' weights were fitted once, on two contents with labelled messages (docs/measured.md);
    where the bands begin follows from each content itself: sure from the chance `sure` on, and not
    far from the score `near` on.
    """

    bias: float = -4.4
    weights: tuple[float, ...] = (3.1, 7.4, 0.95, 1.7, 2.2)
    sure: float = 0.75
    near: float = 0.18

    def chance(self, signs: Signs) -> float:
        total = self.bias + sum(w * v for w, v in zip(self.weights, signs.values(), strict=True))
        return 1.0 / (1.0 + math.exp(-total))

    def band(self, signs: Signs) -> Band:
        """A word or two that are no phrase leave open what is asked, unless one entry stands out."""
        vague = signs.matter <= FEW_WORDS and signs.margin < STANDS_OUT
        if self.chance(signs) >= self.sure and not vague:
            return Band.SURE
        return Band.UNSURE if signs.score >= self.near else Band.FAR
