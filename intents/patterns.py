"""Patterns that list the ways of saying one thing: a line each, so that one can be read, and mended, alone."""

from __future__ import annotations

import re


def any_of(*ways: str) -> str:
    """The source of a group that matches any of `ways`."""
    return f"(?:{'|'.join(ways)})"


def said(*ways: str) -> re.Pattern[str]:
    """A pattern that finds any of `ways`."""
    return re.compile("|".join(ways))
