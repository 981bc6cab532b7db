"""The page that is being read: rewriting it, and taking pieces off it so that none is read twice."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeVar

Rewrite = str | Callable[[re.Match[str]], str]
Rewrites = tuple[tuple[re.Pattern[str], Rewrite], ...]
GONE = "\0"
_MOST = 40  # nobody names more days or hours than that; it bounds the work on a hostile text
_T = TypeVar("_T")


def rewrites(*pairs: tuple[str, Rewrite]) -> Rewrites:
    """Pattern and replacement, in the order in which they apply."""
    return tuple((re.compile(pattern), rewrite) for pattern, rewrite in pairs)


def rewritten(page: str, pairs: Rewrites) -> str:
    """`page` with every pair applied to it, in order."""
    for pattern, rewrite in pairs:
        page = pattern.sub(rewrite, page)
    return page


def taken(
    pattern: re.Pattern[str], page: str, read: Callable[[re.Match[str]], _T | None]
) -> tuple[list[_T], str]:
    """What `read` makes of each match, and the page with those blanked, so that none is read twice."""
    found: list[_T] = []

    def blank(m: re.Match[str]) -> str:
        said = read(m)
        if said is None:
            return m[0]
        found.append(said)
        return GONE * len(m[0])

    return found, pattern.sub(blank, page, count=_MOST)
