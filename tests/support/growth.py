"""How work grows with the length of a text: the measure of "no text runs away" that holds on any machine.

Milliseconds tell of the machine and of its other work; the ratio of two lengths does not. `make bench`
prints the milliseconds.
"""

from __future__ import annotations

from collections.abc import Callable
from time import process_time

LONGEST = 5000  # characters of one message on LINE
LINEAR = 2.6  # times the time for twice the length: 2 is linear, 4 is quadratic
_BEST_OF = 5
_SHORTEST = 0.004  # seconds of one measurement; below it the clock and the caches are all there is to see
_LOOKS = 4  # a doubtful ratio is looked at again: chance passes, a square stays


def growth(work: Callable[[str], object], scrap: str, longest: int = LONGEST) -> float:
    """The time for `scrap` repeated to `longest` characters, over the time for half as many.

    CPU time of this process, the best of five each, taken in turn. Both are repeated as often as the
    short one needs to be measurable, so a short one that takes next to nothing counts too.
    """
    short, long = (_repeated(scrap, length) for length in (longest // 2, longest))
    times = _times(lambda: work(short))
    best_short = best_long = float("inf")
    ratio = float("inf")
    for _ in range(_LOOKS):
        for _ in range(_BEST_OF):
            best_short = min(best_short, _seconds(lambda: work(short), times))
            best_long = min(best_long, _seconds(lambda: work(long), times))
        ratio = best_long / best_short
        if ratio <= LINEAR:
            break
    return ratio


def _repeated(scrap: str, length: int) -> str:
    """Whole scraps only: half of one at the end can be read quite otherwise."""
    return scrap * max(1, length // len(scrap))


def _times(work: Callable[[], object]) -> int:
    """How often `work` must be done to be measurable."""
    times = 1
    while _seconds(work, times) < _SHORTEST:
        times *= 2
    return times


def _seconds(work: Callable[[], object], times: int) -> float:
    begun = process_time()
    for _ in range(times):
        work()
    return process_time() - begun
