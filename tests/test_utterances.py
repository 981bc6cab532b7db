"""Messages in words of their own get the answer they ask for; hardly any gets a wrong one.

How the files came about, and what the figures are worth, stands in docs/measured.md.
"""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from intents.match import Band, Matcher
from intents.model import Catalogue
from tests.measure.own import DATA, HELD_OUT, Message, held_out, jsonl, tally, wants

GIVEN = Path(__file__).parents[2] / "shared" / "utterances-dev.jsonl"


@pytest.mark.skipif(not GIVEN.exists(), reason="extra: the given messages are not beside the project")
def test_the_given_messages_are_answered_as_wanted(matcher: Matcher) -> None:
    result = tally(matcher, jsonl(GIVEN))
    assert result.answered / result.count >= 0.97
    assert result.sure / result.wanted >= 0.78
    assert result.wrong <= 2


@pytest.mark.parametrize("name", HELD_OUT)
def test_held_out_messages_are_answered_as_wanted(name: str, matcher: Matcher) -> None:
    result = tally(matcher, held_out(name))
    assert result.answered / result.count >= 0.95
    assert result.sure / result.wanted >= 0.75
    assert result.wrong / result.count <= 0.02


def _messages(want: str) -> list[Message]:
    wanted = wants()[want]
    return [m for name in HELD_OUT for m in held_out(name) if m.wanted == wanted]


@pytest.mark.parametrize("want", ["emergency", "scam or PIN asked"])
def test_danger_is_never_met_with_another_answer(want: str, matcher: Matcher) -> None:
    """Not always sure, but never sure of something else, and mostly said at once."""
    messages = _messages(want)
    assert len(messages) >= 8
    result = tally(matcher, messages)
    assert result.wrong == 0
    assert result.answered == result.count
    assert result.sure / result.count >= 0.7


def test_no_other_message_is_taken_for_an_emergency(matcher: Matcher, catalogue: Catalogue) -> None:
    urgent = {name for name, entry in catalogue.entries.items() if entry.urgent}
    assert "emergency" in urgent
    for name in HELD_OUT:
        for message in held_out(name):
            matches = matcher.read(message.text)
            sure = {m.candidates[0].id for m in matches if m.band is Band.SURE}
            assert not (sure & urgent) or message.wanted & urgent, message.text


def test_every_question_of_the_list_is_answered_as_it_says(
    matcher: Matcher, catalogue: Catalogue
) -> None:
    assert len(catalogue.questions) > 800
    assert sum(asked.entry == "none" for asked in catalogue.questions) >= 60
    wrong = []
    for asked in catalogue.questions:
        matches = matcher.read(asked.question)
        sure = [m.candidates[0].id for m in matches if m.band is Band.SURE]
        offered = [c.id for m in matches if m.band is Band.UNSURE for c in m.candidates[:3]]
        right = not sure if asked.entry == "none" else asked.entry in (sure or offered)
        if not right:
            wrong.append((asked.question, asked.entry, sure or offered))
    assert not wrong


def test_every_kind_of_wish_names_entries_that_exist(catalogue: Catalogue) -> None:
    for want, entries in wants().items():
        assert entries <= set(catalogue.entries), want


def test_the_hard_questions_are_few_and_known(catalogue: Catalogue) -> None:
    """Labelled questions that are not answered as they say: kept in sight, not in staff's list."""
    hard = yaml.safe_load((DATA / "hard-questions.yaml").read_text(encoding="utf-8"))
    listed = {asked.question for asked in catalogue.questions}
    assert len(hard) <= 30
    assert all(row["entry"] in catalogue.entries or row["entry"] == "none" for row in hard)
    assert not {row["q"] for row in hard} & listed
