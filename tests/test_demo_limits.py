"""LINE's limits of messages, as the look-alike holds the desk to them."""

from __future__ import annotations

from typing import Any

import pytest

from bot.demo.limits import graphemes, utf16_units
from bot.demo.message_limits import error_of
from tests.support.demo import HELLO, Json


def flex(container: Json) -> Json:
    return {"type": "flex", "altText": "a", "contents": container}


def bubble(*contents: Json | None, **more: Any) -> Json:
    box = {"type": "box", "layout": "vertical", "contents": list(contents)}
    return flex({"type": "bubble", "body": box} | more)


def quick(*labels: str) -> Json:
    items = [
        {"type": "action", "action": {"type": "postback", "label": label, "data": "x"}} for label in labels
    ]
    return {"type": "text", "text": "a", "quickReply": {"items": items}}


def confirm(*actions: Json) -> Json:
    template = {"type": "confirm", "text": "a", "actions": list(actions)}
    return {"type": "template", "altText": "a", "template": template}


def press(**action: Any) -> Json:
    return bubble({"type": "button", "action": {"type": "postback", "label": "a", "data": "x"} | action})


REFUSED: dict[str, tuple[Any, str]] = {
    "no message": ([], "messages"),
    "six messages": (HELLO * 6, "messages"),
    "no list": ("hello", "messages"),
    "null": ([None], "messages[0].type"),
    "unknown type": ([{"type": "shout", "text": "a"}], "messages[0].type"),
    "empty text": ([{"type": "text", "text": ""}], "messages[0].text"),
    "text of 5001 units": ([{"type": "text", "text": "あ" * 5001}], "messages[0].text"),
    "emoji count twice": ([{"type": "text", "text": "🥰" * 2501}], "messages[0].text"),
    "14 quick replies": ([quick(*"abcdefghijklmn")], "messages[0].quickReply.items"),
    "label of 21": ([quick("あ" * 21)], "messages[0].quickReply.items[0].action.label"),
    "label missing": (
        [
            {
                "type": "text",
                "text": "a",
                "quickReply": {"items": [{"type": "action", "action": {"type": "location"}}]},
            }
        ],
        "messages[0].quickReply.items[0].action.label",
    ),
    "second message": ([*HELLO, {"type": "text"}], "messages[1].text"),
    "altText of 1501": ([bubble() | {"altText": "a" * 1501}], "messages[0].altText"),
    "flex without contents": ([{"type": "flex", "altText": "a"}], "messages[0].contents"),
    "flex of another kind": ([flex({"type": "box"})], "/type"),
    "bubble without block": ([flex({"type": "bubble"})], "/body"),
    "flex empty text": ([bubble({"type": "text", "text": ""})], "/body/contents/0/text"),
    "flex null": ([bubble({"type": "filler"}, None)], "/body/contents/1"),
    "flex layout": (
        [bubble({"type": "box", "layout": "round", "contents": []})],
        "/body/contents/0/layout",
    ),
    "flex colour": (
        [bubble({"type": "text", "text": "a", "color": "green"})],
        "/body/contents/0/color",
    ),
    "flex size": ([bubble({"type": "text", "text": "a", "size": "big"})], "/body/contents/0/size"),
    "bubble size": ([bubble(size="tera")], "/size"),
    "button label of 41": ([press(label="a" * 41)], "/body/contents/0/action/label"),
    "data of 301": ([press(data="a" * 301)], "/body/contents/0/action/data"),
    "displayText of 301": ([press(displayText="a" * 301)], "/body/contents/0/action/displayText"),
    "uri scheme": ([press(type="uri", uri="ftp://a")], "/body/contents/0/action/uri"),
    "uri not encoded": ([press(type="uri", uri="https://例.jp")], "/body/contents/0/action/uri"),
    "location in a bubble": ([press(type="location")], "/body/contents/0/action/type"),
    "picker without mode": ([press(type="datetimepicker")], "/body/contents/0/action/mode"),
    "picker min over max": (
        [press(type="datetimepicker", mode="date", min="2026-08-04", max="2026-08-03")],
        "/body/contents/0/action/min",
    ),
    "bubble of 30 KB": ([bubble(*[{"type": "text", "text": "あ" * 1000}] * 11)], "/"),
    "13 bubbles": (
        [flex({"type": "carousel", "contents": [bubble()["contents"]] * 13})],
        "/contents",
    ),
    "picture over http": (
        [{"type": "image", "originalContentUrl": "http://a", "previewImageUrl": "https://a"}],
        "messages[0].originalContentUrl",
    ),
    "confirm with one action": (
        [confirm({"type": "message", "label": "a", "text": "a"})],
        "messages[0].template.actions",
    ),
}

ACCEPTED: dict[str, Any] = {
    "text of 5000 units": [{"type": "text", "text": "🥰" * 2500}],
    "13 quick replies of 20": [quick(*["あ" * 20] * 13)],
    "a family of emoji is one character": [quick("👨‍👩‍👧‍👦" * 20)],
    "five messages": HELLO * 5,
    "telephone": [press(type="uri", uri="tel:03-0000-0000")],
    "picker": [press(type="datetimepicker", mode="datetime", min="2026-08-03t00:00", max="2026-08-04T00:00")],
    "all of flex": [
        bubble(
            {
                "type": "text",
                "text": "a",
                "wrap": True,
                "scaling": True,
                "size": "18px",
                "margin": "md",
            },
            {"type": "text", "contents": [{"type": "span", "text": "b", "weight": "bold"}]},
            {"type": "separator", "margin": "lg"},
            {"type": "filler"},
            size="giga",
        )
    ],
}


class TestLimits:
    @pytest.mark.parametrize("name", REFUSED)
    def test_what_line_refuses_is_refused_with_the_place_of_the_fault(self, name: str) -> None:
        messages, place = REFUSED[name]
        error = error_of(messages)
        assert error is not None and error["message"]
        assert [detail["property"] for detail in error["details"]] == [place]

    @pytest.mark.parametrize("name", ACCEPTED)
    def test_what_line_takes_is_taken(self, name: str) -> None:
        assert error_of(ACCEPTED[name]) is None

    def test_a_refusal_has_the_shape_of_lines(self) -> None:
        assert error_of([bubble({"type": "text", "text": ""})]) == {
            "message": "A message (messages[0]) in the request body is invalid",
            "details": [{"message": "must be non-empty text", "property": "/body/contents/0/text"}],
        }

    @pytest.mark.parametrize(
        ("text", "units", "seen"),
        [
            ("abc", 3, 3),
            ("か\u3099", 2, 1),
            ("🥰", 2, 1),
            ("👍🏽", 4, 1),
            ("🇯🇵🇯🇵", 8, 2),
            ("👨‍👩‍👧", 8, 1),
        ],
    )
    def test_texts_count_in_utf16_units_and_labels_in_characters_seen(
        self, text: str, units: int, seen: int
    ) -> None:
        assert (utf16_units(text), graphemes(text)) == (units, seen)
