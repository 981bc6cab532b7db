"""The PIN guard and the desk's own words: what we publish and expect is never refused.

People paste an answer back to ask about it, and tap or type the questions that we offer. So every
phrase, answer and question of the content, in every language, has to pass as a message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from intents.guard import Context, Refusal, judge

NOW = datetime(2026, 8, 3, 1, 0, tzinfo=UTC)
ROOT = Path(__file__).resolve().parents[1]
FILES = sorted([*(ROOT / "faq").glob("*.yaml"), *(ROOT / "tests" / "data").glob("*.yaml")])
_SENTENCE = re.compile(r"(?<=[。.!?！？\n])")


def _texts(node: Any) -> Iterator[str]:
    """Every text of a document, names of keys left out."""
    if isinstance(node, str):
        yield node
    elif isinstance(node, dict):
        for value in node.values():
            yield from _texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from _texts(value)


def _refused(text: str) -> bool:
    return isinstance(judge(text, Context(now=NOW)).outcome, Refusal)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_text_of_the_content_is_refused_when_it_is_sent_back(path: Path) -> None:
    texts = set(_texts(yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)))
    sentences = {part for text in texts for part in _SENTENCE.split(text)}
    assert [text for text in sorted(texts | sentences) if _refused(text)] == []


def test_a_pin_inside_an_answer_that_is_sent_back_is_still_seen() -> None:
    answers = [text for text in _texts(yaml.load(FILES[0].read_text(encoding="utf-8"),
               yaml.BaseLoader)) if len(text) > 40]  # fmt: skip
    assert answers
    assert all(_refused(f"{text}\n私の暗証番号は4649です") for text in answers)


def test_there_is_content_to_read() -> None:
    assert sum(path.parent.name == "faq" for path in FILES) >= 10
