"""The promise of speed: no text that a person can send makes the PIN guard slow."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from intents.guard import Context, judge
from tests.support.growth import LINEAR, LONGEST, growth
from tests.support.long_texts import GUARD

NOW = datetime(2026, 8, 3, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize("scrap", GUARD)
def test_no_text_of_5000_characters_runs_away(scrap: str) -> None:
    assert growth(_judged, scrap) <= LINEAR


@pytest.mark.parametrize("scrap", GUARD)
def test_nor_does_a_longer_one(scrap: str) -> None:
    """LINE lets nobody send it; a square that is hidden at 5,000 shows here."""
    assert growth(_judged, scrap, 4 * LONGEST) <= LINEAR


def _judged(text: str) -> None:
    judge(text, Context(now=NOW))
