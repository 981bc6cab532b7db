"""tests/dialogues/*.yaml: conversations, as a person has them. Each step says or taps, and hears.

`tap` names the label of a button that the reply before must have shown. A step with nothing heard
must be silent; a dialogue that is answered twice or not at all fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.knowledge import Edition
from intents.desk import Desk, respond
from intents.guard import Context, Refusal, judge
from intents.model import Lang, Reply, Tap
from intents.talk import Followed, Located, Said, Sent, Slipped, Talk, Typed, parse_tap

FOLDER = Path(__file__).parent / "dialogues"


def dialogues() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for dialogue in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield pytest.param(dialogue, id=f"{path.stem}: {dialogue['name']}")


class Cases:
    """Codes in a row, so that dialogues can name them."""

    def open_case(self, code: str, topic: str, tried: tuple[str, ...], lang: Lang) -> str:
        return code or "さくら-27"


@pytest.mark.parametrize("dialogue", dialogues())
def test_the_dialogue_goes_as_written(dialogue: dict[str, Any], edition: Edition, practice: Edition) -> None:
    content = practice if dialogue.get("practice") else edition
    desk = Desk(content.catalogue, content.matcher, Cases())
    now = datetime.fromisoformat(str(dialogue.get("at", "2026-08-03T10:00:00+09:00")))
    talk, shown, shape = Talk(), Reply(()), Context(now=now).shape
    for step in dialogue["steps"]:
        said, shape = _said(step, shown, Context(talk.asked, shape, now))
        shown, talk = respond(said, talk, desk, now)
        _check(step, shown)


def _said(step: dict[str, Any], shown: Reply, context: Context) -> tuple[Said, Any]:
    if "say" in step:
        verdict = judge(step["say"], context)
        if isinstance(verdict.outcome, Refusal):
            return Slipped(verdict.outcome), verdict.shape
        return Typed(verdict.outcome), verdict.shape
    if "tap" in step:
        tap = parse_tap(_button(step["tap"], shown).data)
        assert tap is not None
        return tap, context.shape
    if "place" in step:
        return Located(*step["place"]), context.shape
    if "sends" in step:
        return Sent(step["sends"]), context.shape
    return Followed(), context.shape


def _button(label: str, shown: Reply) -> Tap:
    taps = [b for bubble in shown.bubbles for b in bubble.buttons if isinstance(b, Tap)]
    taps += [b for b in shown.quick if isinstance(b, Tap)]
    found = [tap for tap in taps if tap.label == label]
    assert found, f"「{label}」 is not among {[tap.label for tap in taps]}"
    return found[0]


def _check(step: dict[str, Any], shown: Reply) -> None:
    heard = "\n".join(bubble.text for bubble in shown.bubbles)
    buttons = [b.label for bubble in shown.bubbles for b in bubble.buttons]
    assert shown.bubbles, f"silence after {step}"
    for words in step.get("hears", []):
        assert words in heard, f"{words!r} is not in {heard!r}"
    for words in step.get("not", []):
        assert words not in heard, f"{words!r} is in {heard!r}"
    for label in step.get("buttons", []):
        assert label in buttons, f"{label!r} is not among {buttons}"
    if "entry" in step:
        assert shown.entry == step["entry"], (shown.entry, heard)
    if "bubbles" in step:
        assert len(shown.bubbles) == step["bubbles"], heard
