"""How sure may the desk be? Learned from the content itself, with nobody labelling messages.

Each phrase is asked as if staff had not written it: once with its entry still there (is the first
candidate right?), once with its whole entry gone (then no answer is right). A small logistic on the
matcher's signs is fitted to these, and the band of sure answers begins where it promises PRECISION.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from intents.match import Candidate, Confidence, Matcher, Scores, Signs
from intents.model import Catalogue

PRECISION = 0.95
MAX_ASKED = 1200  # phrases; more teach nothing new and take time when staff save
MIN_PHRASES = 2  # an entry with one phrase has nothing left when it is taken away
_RIDGE = 1.0
_STEPS = 25


@dataclass(frozen=True, slots=True)
class Trial:
    """One phrase asked of the content: the signs, whether the first candidate was right."""

    signs: Signs
    right: bool
    row: int
    found: str


def calibrated(catalogue: Catalogue) -> Matcher:
    """A matcher over `catalogue` whose bands follow from the catalogue itself."""
    matcher = Matcher(catalogue)
    trials = ask_itself(matcher)
    if len(trials) >= 40 and len({trial.right for trial in trials}) == 2:
        matcher.confidence = fit(trials, matcher.confidence)
    return matcher


def ask_itself(matcher: Matcher) -> list[Trial]:
    """Every phrase (evenly thinned to MAX_ASKED) with itself, then with its entry, left out."""
    counts = np.bincount(matcher.owner, minlength=len(matcher.ids))
    rows = [row for row in range(len(matcher.texts)) if counts[matcher.owner[row]] >= MIN_PHRASES]
    step = max(1, len(rows) // MAX_ASKED)
    return [trial for row in rows[::step] for trial in _ask(matcher, row)]


def _ask(matcher: Matcher, row: int) -> list[Trial]:
    seen, entry = matcher.see_row(row), int(matcher.owner[row])
    scores = matcher.score(seen, without=row)
    kept = matcher.best(seen, scores, without=row)
    trials = [_trial(matcher, scores, kept, row, right=kept[0].id == matcher.ids[entry])]
    gone = replace(
        scores,
        total=_without(scores.total, entry),
        channels=tuple(_without(share, entry) for share in scores.channels),
    )
    trials.append(_trial(matcher, gone, matcher.best(seen, gone, without=row), row, right=False))
    return trials


def _trial(
    matcher: Matcher, scores: Scores, candidates: list[Candidate], row: int, *, right: bool
) -> Trial:
    return Trial(matcher.signs(scores, candidates, ""), right, row, candidates[0].id)


def _without(share: NDArray[np.float32], entry: int) -> NDArray[np.float32]:
    left = share.copy()
    left[entry] = -1.0
    return left


def fit(trials: list[Trial], start: Confidence) -> Confidence:
    """The logistic on the trials' signs, and the two thresholds. `exact` keeps its own weight."""
    signs = np.array([trial.signs.values()[:-1] for trial in trials])
    right = np.array([trial.right for trial in trials], float)
    bias, weights = _logistic(signs, right)
    chances = 1 / (1 + np.exp(-(bias + signs @ weights)))
    sure = _threshold(chances, right)
    return replace(
        start, bias=bias, weights=(*(float(w) for w in weights), start.weights[-1] + 6.0), sure=sure,
        unsure=min(start.unsure, sure / 2),
    )


def _logistic(signs: NDArray[np.float64], right: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
    """Newton's method with a little ridge."""
    design = np.hstack([np.ones((len(signs), 1)), signs])
    weights = np.zeros(design.shape[1])
    ridge = np.diag([0.0, *([_RIDGE] * signs.shape[1])])
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(design @ weights, -30, 30)))
        gradient = design.T @ (right - chance) - ridge @ weights
        curvature = (design * (chance * (1 - chance))[:, None]).T @ design + ridge
        weights += np.linalg.solve(curvature + 1e-6 * np.eye(len(weights)), gradient)
    return float(weights[0]), weights[1:]


def _threshold(chances: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    """The lowest chance from which on the answers are right PRECISION of the time."""
    order = np.argsort(-chances)
    precision = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    good = np.nonzero(precision >= PRECISION)[0]
    if len(good) == 0:
        return 0.97
    return float(np.clip(chances[order[good[-1]]], 0.5, 0.97))


def collisions(matcher: Matcher) -> list[tuple[int, str]]:
    """Phrases (rows) that another entry would win if they were not written, and that entry's id."""
    return [
        (trial.row, trial.found)
        for trial in ask_itself(matcher)[::2]
        if not trial.right and trial.signs.score > 0.5
    ]
