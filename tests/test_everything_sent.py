"""Everything that the bot can send: every entry in every language, every prompt, every guided step.

Held against LINE's limits always, and against LINE's official OpenAPI file where it stands beside the
project (an extra; a user of the project has none).
"""

from __future__ import annotations

import copy
import itertools
import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.demo.message_limits import error_of
from bot.knowledge import Edition
from bot.render import messages_of
from intents.desk import Desk, respond
from intents.guard import Kind, Refusal
from intents.model import LANGS, Lang, Reply
from intents.office import JST
from intents.talk import STALE, Followed, Located, Said, Sent, Slipped, Talk, Tapped
from tests.support.desk import texts_of

SPEC = Path(__file__).parents[2] / "shared" / "line-openapi" / "messaging-api.yml"
MOMENTS = (
    datetime(2026, 7, 20, 10, tzinfo=JST),  # before the programme
    datetime(2026, 8, 3, 10, tzinfo=JST),  # open
    datetime(2026, 9, 19, 22, tzinfo=JST),  # closed: the evening before five days without office
    datetime(2026, 11, 2, 10, tzinfo=JST),  # after
)


class NoCases:
    def open_case(self, code: str, topic: str, tried: tuple[str, ...], lang: Lang) -> str:
        return "ちょうちん-999"


def every_reply(edition: Edition) -> Iterator[tuple[str, Reply]]:
    """(name, reply) for all that can be tapped, sent or slipped, in all languages and phases."""
    desk = Desk(edition.catalogue, edition.matcher, NoCases())
    for lang, now, family in itertools.product(LANGS, MOMENTS, (False, True)):
        talk = Talk(chosen=lang, family=family)
        for said in every_said(edition):
            reply, after = respond(said, talk, desk, now)
            yield f"{lang} {now:%m-%d} {said}", reply
            for room in ("say_again", "shorter", "slowly"):
                if reply.room == "answer" and now is MOMENTS[1]:
                    yield f"{lang} {said} {room}", respond(Tapped("entry", (room,)), after, desk, now)[0]


def every_said(edition: Edition) -> Iterator[Said]:
    for name in edition.catalogue.entries:
        yield Tapped("entry", (name,))
    for guide in edition.catalogue.guides.values():
        keys = [[choice.key for choice in question.choices] for question in guide.questions]
        for depth in range(len(keys) + 1):
            for given in itertools.product(*keys[:depth]):
                yield Tapped("guide", (guide.id, *given))
    for kind in Kind:
        yield Slipped(Refusal(kind, scam=False))
        yield Slipped(Refusal(kind, scam=True))
    for kind_sent in ("image", "video", "audio", "file", "sticker"):
        yield Sent(kind_sent)  # type: ignore[arg-type]
    yield from (Located(35.6, 139.6), Followed(), STALE, Tapped("none"), Tapped("stop"))


@pytest.fixture(scope="module", params=["faq", "practice"])
def sent(request: pytest.FixtureRequest, edition: Edition, practice: Edition) -> list[tuple[str, list[Any]]]:
    """Every distinct reply as LINE gets it."""
    chosen = edition if request.param == "faq" else practice
    seen: dict[str, tuple[str, list[Any]]] = {}
    for name, reply in every_reply(chosen):
        messages = messages_of(reply)
        seen.setdefault(repr(messages), (name, messages))
    return list(seen.values())


def test_it_is_a_lot(sent: list[tuple[str, list[Any]]]) -> None:
    assert len(sent) > 500


def test_nothing_breaks_lines_limits(sent: list[tuple[str, list[Any]]]) -> None:
    broken = [(name, problems) for name, messages in sent if (problems := error_of(messages))]
    assert broken == []


def test_nothing_is_silent_or_half_filled(sent: list[tuple[str, list[Any]]]) -> None:
    """No reply is empty, and none shows a fact's braces."""
    for name, messages in sent:
        assert messages, name
        assert "{" not in str([m.get("text", m.get("altText")) for m in messages]), name


def test_no_sentence_asks_for_a_number(sent: list[tuple[str, list[Any]]]) -> None:
    """Nothing that the bot says reads like a request for a PIN."""
    asks = re.compile(
        "番号を(?:入力して|送って|教えて|書いて|お知らせ)ください|[Pp]lease (?:enter|send|type|tell) .{0,12}PIN"
        r"|(?:^|[.!?\n] ?)(?:Enter|Send|Type|Tell) .{0,12}PIN"
    )
    for name, messages in sent:
        assert not asks.search("\n".join(texts_of(messages))), name


def test_the_warning_is_said_for_slips_alone(sent: list[tuple[str, list[Any]]]) -> None:
    for name, messages in sent:
        assert ("暗証番号のように見えたので" in str(messages)) == (
            "Slipped" in name and (name.startswith("ja"))
        ), name


def test_every_text_and_button_grows_with_the_readers_letters(sent: list[tuple[str, list[Any]]]) -> None:
    for name, messages in sent:
        for message in messages:
            if message["type"] == "flex":
                parts = message["contents"]["body"]["contents"] + message["contents"]["footer"]["contents"]
                assert all(part["scaling"] is True for part in parts), name


def test_practice_facts_are_marked_wherever_they_are_used(practice: Edition) -> None:
    """Every reply that holds an invented fact says 見本."""
    for name, reply in every_reply(practice):
        whole = "\n".join(bubble.text for bubble in reply.bubbles) + str(reply.bubbles)
        if "03-0000-0000" in whole or "8月3日（月）〜8月7日" in whole or "Aug 3 to" in whole:
            assert "見本" in whole or "SAMPLE" in whole, name


@pytest.mark.skipif(not SPEC.exists(), reason="extra: LINE's OpenAPI file is not beside the project")
def test_everything_is_valid_by_lines_openapi_file(sent: list[tuple[str, list[Any]]]) -> None:
    validator = openapi_validator()
    for name, messages in sent:
        request = {"replyToken": "t", "messages": messages, "notificationDisabled": False}
        faults = [f"{e.instance_path}: {e.message[:200]}" for e in validator.iter_errors(request)]
        assert faults == [], name


def openapi_validator() -> Any:
    """A validator of ReplyMessageRequest that refuses what the file does not know."""
    import jsonschema_rs

    schemas = copy.deepcopy(yaml.safe_load(SPEC.read_text())["components"]["schemas"])
    bases = {name for name, schema in schemas.items() if "discriminator" in schema}
    for name in list(schemas):
        schemas[name] = _pointed(schemas[name], bases)
    for name in bases:
        schemas[f"{name}.any"] = _any_of(schemas[name])
    root = {"$ref": "#/components/schemas/ReplyMessageRequest", "components": {"schemas": schemas}}
    return jsonschema_rs.Draft202012Validator(root)


def _pointed(schema: Any, bases: set[str], inside_all: bool = False) -> Any:
    """References to a base from anywhere but `allOf` mean any of its kinds."""
    if isinstance(schema, list):
        return [_pointed(one, bases, inside_all) for one in schema]
    if not isinstance(schema, dict):
        return schema
    made = {key: _pointed(value, bases, key == "allOf") for key, value in schema.items()}
    name = str(made.get("$ref", "")).rsplit("/", 1)[-1]
    if name in bases and not inside_all:
        made["$ref"] += ".any"
    return made


def _any_of(base: dict[str, Any]) -> dict[str, Any]:
    """The kind that the discriminator names, with nothing unknown in it."""
    key, mapping = base["discriminator"]["propertyName"], base["discriminator"]["mapping"]
    kinds = [
        {
            "if": {"properties": {key: {"const": kind}}},
            "then": {"$ref": target, "unevaluatedProperties": False},
        }
        for kind, target in mapping.items()
    ]
    return {"required": [key], "properties": {key: {"enum": list(mapping)}}, "allOf": kinds}


@pytest.mark.skipif(not SPEC.exists(), reason="extra: LINE's OpenAPI file is not beside the project")
@pytest.mark.parametrize(
    "wrong",
    [
        {"type": "text"},
        {"type": "text", "text": "x", "colour": "red"},
        {"type": "hologram"},
        {"type": "flex", "altText": "x", "contents": {"type": "bubble", "body": {"type": "box"}}},
    ],
)
def test_the_validator_can_see(wrong: dict[str, Any]) -> None:
    assert list(openapi_validator().iter_errors({"replyToken": "t", "messages": [wrong]}))
