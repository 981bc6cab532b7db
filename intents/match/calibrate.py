"""How sure may the desk be? Where its bands begin follows from the content, nobody labels messages.

Each phrase is asked as if staff had not written it: once with its entry still there (is the first
candidate right?), once with its whole entry gone (then no answer is right). Staff write phrases
that differ from each other, so these trials are harder than real messages: what is right in 80 of
100 trials was right in 94 of 100 messages, on two contents (docs/measured.md). Where the content has
its own question list, those are messages, and are asked as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from intents.match import Matcher, Scores
from intents.match.confidence import Confidence, Signs
from intents.match.grams import Seen
from intents.model import Asked, Catalogue

TRIAL_PRECISION = 0.80  # of phrases asked of the content
LIST_PRECISION = 0.97  # of the content's own question list
GONE_WEIGHT = 1 / 3  # one message in four is none of ours
MISSED = 0.02  # of the right candidates among three may fall below `near`
MAX_ASKED = 450  # phrases; more teach nothing new and take time when staff save
MAX_LISTED = 300
MIN_TRIALS = 40
_SURE_LEAST, _SURE_MOST = 0.65, 0.97
_NEAR_LEAST, _NEAR_MOST = 0.12, 0.18


@dataclass(frozen=True, slots=True)
class Trial:
    """One text asked of the content. `gone`: its entry was taken away, so no answer is right."""

    signs: Signs
    found: str
    right: bool
    among: bool  # the right entry is one of the first three
    gone: bool
    row: int = -1


def calibrated(catalogue: Catalogue) -> Matcher:
    """A matcher over `catalogue` whose bands follow from the catalogue itself."""
    matcher = Matcher(catalogue)
    matcher.confidence = calibrate(matcher, catalogue)
    return matcher


def calibrate(matcher: Matcher, catalogue: Catalogue) -> Confidence:
    """How sure `matcher` may be, by the catalogue itself."""
    trials = list(ask_itself(matcher))
    listed = list(ask_list(matcher, _thinned(catalogue.questions)))
    return bands(trials, listed, Confidence())


def _thinned(asked: Sequence[Asked]) -> Sequence[Asked]:
    return asked[:: max(1, len(asked) // MAX_LISTED)]


def bands(trials: list[Trial], listed: list[Trial], start: Confidence) -> Confidence:
    """`start` with the bands that the trials and the listed questions allow."""
    sure = [
        _sure(asked, start, precision)
        for asked, precision in ((trials, TRIAL_PRECISION), (listed, LIST_PRECISION))
        if len(asked) >= MIN_TRIALS
    ]
    found = [trial.signs.score for trial in trials if trial.among]
    near = float(np.quantile(found, MISSED)) if len(found) >= MIN_TRIALS else start.near
    return replace(
        start,
        sure=float(np.mean(sure)) if sure else start.sure,
        near=float(np.clip(near, _NEAR_LEAST, _NEAR_MOST)),
    )


def _sure(trials: list[Trial], confidence: Confidence, precision: float) -> float:
    """The lowest chance from which on `precision` of the answers are right."""
    chances = np.array([confidence.chance(trial.signs) for trial in trials])
    order = np.argsort(-chances)
    weight = np.array([GONE_WEIGHT if trial.gone else 1.0 for trial in trials])[order]
    right = np.array([trial.right for trial in trials], float)[order] * weight
    good = np.nonzero(np.cumsum(right) / np.cumsum(weight) >= precision)[0]
    lowest = float(chances[order[good[-1]]]) if len(good) else _SURE_MOST
    return float(np.clip(lowest, _SURE_LEAST, _SURE_MOST))


def ask_itself(matcher: Matcher, most: int = MAX_ASKED) -> Iterator[Trial]:
    """Phrases, evenly thinned to about `most`, asked without themselves, then without their entry."""
    counts = np.bincount(matcher.owner, minlength=len(matcher.ids))
    # An entry with one phrase has nothing left when it is taken away.
    rows = np.nonzero(counts[matcher.owner] > 1)[0].tolist()
    for row in rows[:: max(1, len(rows) // most)]:
        seen = matcher.see_row(row)
        scores = matcher.score(matcher.forget(matcher.look(seen), row))
        yield from _ask(matcher, seen, scores, int(matcher.owner[row]), row)


def ask_list(matcher: Matcher, asked: Iterable[Asked]) -> Iterator[Trial]:
    """The questions of the list; `none` has no right answer. They are messages: nothing is taken away."""
    for question in asked:
        seen = matcher.see(question.question)
        scores = matcher.score(matcher.look(seen))
        yield _trial(matcher, seen, scores, question.entry, None)


def _ask(
    matcher: Matcher, seen: Seen, scores: Scores, entry: int, row: int | None
) -> Iterator[Trial]:
    name = matcher.ids[entry]
    yield _trial(matcher, seen, scores, name, row)
    yield replace(_trial(matcher, seen, scores.without(entry), "", row), gone=True)


def _trial(matcher: Matcher, seen: Seen, scores: Scores, entry: str, row: int | None) -> Trial:
    candidates = matcher.best(seen, scores, without=row)
    return Trial(
        signs=matcher.signs(seen, scores, candidates),
        found=candidates[0].id,
        right=candidates[0].id == entry,
        among=entry in [candidate.id for candidate in candidates[:3]],
        gone=False,
        row=-1 if row is None else row,
    )


def collisions(matcher: Matcher) -> list[tuple[int, str]]:
    """Phrases (rows of `matcher.texts`) that stand nearer to another entry, and that entry's id.

    For staff: had the phrase not been written, the desk would be sure of the other one.
    """
    return [
        (trial.row, trial.found)
        for trial in ask_itself(matcher, most=len(matcher.texts))
        if not trial.gone
        and not trial.right
        and matcher.confidence.chance(trial.signs) >= matcher.confidence.sure
    ]
