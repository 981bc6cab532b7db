"""A clock that jumps deletes nothing: what goes by its date goes only as far as a credible clock has come.

A machine's clock that stood 75 days ahead for six seconds once deleted every booking for good. So the last
credible moment is kept with the ledger; one that lies far beyond it is believed when a person confirms it.
"""

from __future__ import annotations

from intents.ledger.pages import Pages

FAR = 3 * 86_400  # seconds; a desk that was off for longer cannot know either
_NOTED = 600  # seconds between two notes of the time

_KEY = "credible"


def credible(pages: Pages, now: int) -> int:
    """`now` (epoch seconds), or the last credible moment where `now` lies more than FAR beyond it."""
    last = _last(pages)
    return now if last is None or now - last <= FAR else last


def is_to_note(pages: Pages, now: int) -> bool:
    """Whether `now` is credible, and newer than the last that was noted."""
    last = _last(pages)
    return last is None or _NOTED <= now - last <= FAR


def confirm(pages: Pages, now: int) -> None:
    """`now` is the time: noted, or said by a person. Also where the clock was ahead before."""
    pages.put("clock", _KEY, {"at": now})


def _last(pages: Pages) -> int | None:
    page = pages.get("clock", _KEY)
    return None if page is None else int(page["at"])
