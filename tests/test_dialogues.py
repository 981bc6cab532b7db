"""tests/dialogues/*.yaml: conversations, as people have them, each on both stores.

How the steps are written: tests/support/conversation.py. After a step:

    hears: [words]    all of them are in the reply    not: [words]      none of them is
    buttons: [labels] are among the large buttons     entry: id         is the entry answered
    bubbles: number   of bubbles                      silent: true      nothing is said
    taps: number      at most so many taps by this person so far
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.demo.message_limits import error_of
from bot.knowledge import Edition
from bot.render import messages_of
from bot.store.base import Store
from tests.support.conversation import Conversation, heard

FOLDER = Path(__file__).parent / "dialogues"


def dialogues() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for dialogue in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield pytest.param(dialogue, id=f"{path.stem}: {dialogue['name']}")


@pytest.mark.parametrize("dialogue", dialogues())
def test_the_dialogue_goes_as_written(
    dialogue: dict[str, Any], store: Store, edition: Edition, practice: Edition
) -> None:
    content = practice if dialogue.get("practice") else edition
    at = datetime.fromisoformat(str(dialogue.get("at", "2026-08-03T10:00:00+09:00")))
    talk = Conversation(content, store, at)
    for step in dialogue["steps"]:
        talk.step(step)
        _check(step, talk)


def _check(step: dict[str, Any], talk: Conversation) -> None:
    shown, said = talk.shown, heard(talk.shown)
    labels = [b.label for bubble in shown.bubbles for b in bubble.buttons]
    assert bool(shown.bubbles) != bool(step.get("silent")) or _is_beside(step), f"after {step}: {said!r}"
    for words in step.get("hears", []):
        words = words.replace("{ref}", talk.who.reference).replace("{phone}", talk.phone)
        assert words in said, f"{words!r} is not in {said!r}"
    for words in step.get("not", []):
        assert words not in said, f"{words!r} is in {said!r}"
    for label in step.get("buttons", []):
        assert label in labels, f"{label!r} is not among {labels}"
    if "entry" in step:
        assert shown.entry == step["entry"], (shown.entry, said)
    if "bubbles" in step:
        assert len(shown.bubbles) == step["bubbles"], said
    if shown.bubbles:
        assert error_of(messages_of(shown)) is None, step
    if "taps" in step:
        assert talk.who.taps <= step["taps"], talk.who.taps


def _is_beside(step: dict[str, Any]) -> bool:
    """Steps that nobody answers."""
    return bool(set(step) & {"later", "fill", "close", "phone", "table"})
