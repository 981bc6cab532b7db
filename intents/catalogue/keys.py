"""The names that staff may write on the left of a colon in an entry."""

from __future__ import annotations

ENTRY_KEYS = (
    "id",
    "label",
    "phrases",
    "answer",
    "start",
    "unknown",
    "family",
    "before",
    "after",
    "bookable",
    "buttons",
    "source",
    "checked",
    "valid",
    "courtesy",
    "urgent",
    "closures",
)
LANG_KEYS = ("ja", "easy", "en")
# A line that begins with one of these is meant as YAML, not as a sentence.
PLAIN_KEYS = frozenset((*ENTRY_KEYS, *LANG_KEYS, "q", "entry"))
