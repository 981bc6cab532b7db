"""The door and the path of a message: what LINE may send, and what must then happen."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from linebot.v3.webhook import SignatureValidator

from bot.webhook import is_signed
from tests.support import events
from tests.support.desk import DeskUnderTest, actions_of, texts_of

SPEC_SECRET = "8c570fa6dd201bb328f1c1eac23a96d8"
SPEC_BODY = b'{"destination":"U8e742f61d673b39c7fff3cecb7536ef0","events":[]}'
SPEC_SIGNATURE = "GhRKmvmHys4Pi8DxkF4+EayaH0OqtJtaZxgTD9fMDLs="


class TestSignature:
    def test_the_check_vector_of_the_documentation_is_accepted(self) -> None:
        assert is_signed(SPEC_SECRET, SPEC_BODY, SPEC_SIGNATURE)

    @pytest.mark.parametrize("wrong", [None, "", "x", SPEC_SIGNATURE[:-1], "Ｇ" + SPEC_SIGNATURE[1:], "é"])
    def test_a_missing_or_wrong_one_is_refused(self, wrong: str | None) -> None:
        assert not is_signed(SPEC_SECRET, SPEC_BODY, wrong)

    @pytest.mark.parametrize("text", ["a", "窓口", '{"x":"\\ud83e\\udd70"}', " 絵文字🥰 "])
    def test_ours_agrees_with_the_official_sdk(self, text: str) -> None:
        signature = events.signed(text.encode(), SPEC_SECRET)
        assert SignatureValidator(SPEC_SECRET).validate(text, signature)
        assert is_signed(SPEC_SECRET, text.encode(), signature)

    def test_a_body_changed_by_one_byte_is_refused(self) -> None:
        assert not is_signed(SPEC_SECRET, SPEC_BODY + b" ", SPEC_SIGNATURE)


class TestDoor:
    def test_a_forged_request_is_an_empty_400(self, desk: DeskUnderTest) -> None:
        answer = desk.post(events.webhook(events.text("持ち物は？")), signature="forged")
        assert (answer.status_code, answer.data) == (400, b"")

    def test_no_signature_header_is_an_empty_400(self, desk: DeskUnderTest) -> None:
        answer = desk.client.post("/callback", data=b"{}")
        assert (answer.status_code, answer.data) == (400, b"")

    def test_an_oversized_request_is_an_empty_413_before_it_is_read(self, desk: DeskUnderTest) -> None:
        answer = desk.post(b"x" * 1_000_001)
        assert (answer.status_code, answer.data) == (413, b"")

    def test_a_get_is_refused(self, desk: DeskUnderTest) -> None:
        assert desk.client.get("/callback").status_code == 405

    def test_verify_with_no_events_is_200(self, desk: DeskUnderTest) -> None:
        assert desk.post(b'{"destination":"U","events":[]}').status_code == 200

    def test_a_body_without_destination_or_events_is_200(self, desk: DeskUnderTest) -> None:
        assert desk.post(b"{}").status_code == 200

    @pytest.mark.parametrize(
        "body", [b"", b"not json", b"[]", b'"x"', b'{"events": 3}', b"\xff\xfe", b"[" * 5000]
    )
    def test_a_signed_body_that_cannot_be_read_is_400(self, desk: DeskUnderTest, body: bytes) -> None:
        answer = desk.post(body)
        assert (answer.status_code, answer.data) == (400, b"")

    def test_the_header_name_is_read_in_any_case(self, desk: DeskUnderTest) -> None:
        body = events.webhook()
        answer = desk.client.post("/callback", data=body, headers={"X-LINE-SIGNATURE": events.signed(body)})
        assert answer.status_code == 200

    def test_an_unknown_path_is_an_empty_404(self, desk: DeskUnderTest) -> None:
        answer = desk.client.get("/nothing")
        assert (answer.status_code, answer.data) == (404, b"")


STRANGE: list[Any] = [
    None,
    3,
    "x",
    [],
    {},
    {"type": 5},
    events.event("message"),
    events.event("message", message="x"),
    events.event("message", message={"type": "hologram", "id": "1"}),
    events.event("somethingNew"),
    events.event("message", source=None, message={"type": "text", "text": "x"}),
    events.event("message", source={"type": "spaceship"}, message={"type": "text", "text": "x"}),
    events.event("message", message={"type": "text", "text": 5}),
    events.event("message", message={"type": "location", "latitude": "x", "longitude": None}),
    events.event("message", message={"type": "sticker", "keywords": "x"}),
    events.event("postback", postback=None),
    events.event("unsend"),
    events.event("unsend", unsend={"messageId": 5}),
    events.event("accountLink", link={"result": "failed"}),
    events.event("memberJoined", joined={"members": []}),
    events.event("beacon", beacon={"type": "stay"}),
    events.event("videoPlayComplete"),
    events.event("membership"),
    events.event("module"),
    events.event("activated"),
    events.event("delivery"),
    events.event("botSuspended"),
    events.event("join", group=events.GROUP),
]


class TestEachEventByItself:
    @pytest.mark.parametrize("strange", STRANGE, ids=lambda e: json.dumps(e, ensure_ascii=False)[:40])
    def test_a_strange_neighbour_loses_no_message(self, desk: DeskUnderTest, strange: Any) -> None:
        """Nothing that stands beside a readable message keeps it from being answered."""
        question = events.text("持ち物は何ですか")
        assert desk.send(strange, question, strange) == 200
        assert "マイナンバーカード" in texts_of(desk.line.wait_reply(question["replyToken"]))[0]

    @pytest.mark.parametrize(
        "lacking", ["mode", "timestamp", "deliveryContext", "webhookEventId", "destination"]
    )
    def test_a_missing_property_does_not_lose_the_text(self, desk: DeskUnderTest, lacking: str) -> None:
        question = events.text("持ち物は何ですか")
        question.pop(lacking, None)
        question["message"].pop("quoteToken", None)
        assert desk.ask(question)

    @pytest.mark.parametrize(
        "odd", [{"mode": "surprise"}, {"timestamp": 1.5}, {"timestamp": "x"}, {"extra": {"a": 1}}]
    )
    def test_an_odd_property_does_not_lose_the_text(self, desk: DeskUnderTest, odd: dict[str, Any]) -> None:
        assert desk.ask(events.text("持ち物は何ですか") | odd)

    def test_standby_is_silent(self, desk: DeskUnderTest) -> None:
        question = events.text("持ち物は何ですか") | {"mode": "standby"}
        desk.send(question)
        desk.is_quiet()
        assert desk.line.calls == 0


class TestOnceOnly:
    def test_a_redelivered_event_is_answered_once(self, desk: DeskUnderTest) -> None:
        question = events.text("持ち物は何ですか")
        desk.ask(question)
        question["deliveryContext"]["isRedelivery"] = True
        assert desk.send(question) == 200
        desk.is_quiet()
        assert desk.line.calls == 1

    def test_simultaneous_copies_are_answered_once(self, desk: DeskUnderTest) -> None:
        question = events.text("持ち物は何ですか")
        with ThreadPoolExecutor(8) as pool:
            assert set(pool.map(desk.send, [question] * 16)) == {200}
        desk.line.wait_reply(question["replyToken"])
        desk.is_quiet()
        assert desk.line.calls == 1

    def test_two_copies_in_one_webhook_are_answered_once(self, desk: DeskUnderTest) -> None:
        question = events.text("持ち物は何ですか")
        desk.send(question, question)
        desk.is_quiet()
        assert desk.line.calls == 1

    def test_one_users_messages_are_answered_in_their_order(self, desk: DeskUnderTest) -> None:
        sent = [events.text(words) for words in ("持ち物は何ですか", "費用はいくらですか", "ありがとう") * 4]
        desk.send(*sent)
        assert desk.line.wait_for(len(sent))
        assert list(desk.line.replies) == [event["replyToken"] for event in sent]


class TestGroups:
    def test_a_group_is_left_in_peace(self, desk: DeskUnderTest) -> None:
        desk.send(events.text("持ち物は何ですか", group=events.GROUP))
        desk.is_quiet()
        assert desk.line.calls == 0

    def test_a_mention_of_the_bot_is_answered_without_the_mention(self, desk: DeskUnderTest) -> None:
        asked = events.text(
            "😀@窓口 持ち物は何ですか",
            group=events.GROUP,
            mention={"mentionees": [{"index": 2, "length": 3, "type": "user", "isSelf": True}]},
        )
        assert "マイナンバーカード" in texts_of(desk.ask(asked))[0]

    def test_a_mention_of_somebody_else_is_not_ours(self, desk: DeskUnderTest) -> None:
        desk.send(
            events.text(
                "@母 持ち物は何ですか",
                group=events.GROUP,
                mention={"mentionees": [{"index": 0, "length": 2, "type": "user"}]},
            )
        )
        desk.is_quiet()
        assert desk.line.calls == 0

    def test_the_guard_speaks_even_unasked(self, desk: DeskUnderTest) -> None:
        said = texts_of(desk.ask(events.text("暗証番号は4649だよ", group=events.GROUP)))
        assert "暗証番号のように見えたので" in said[0]

    def test_a_pin_that_arrives_by_editing_is_refused(self, desk: DeskUnderTest) -> None:
        edited = events.event(
            "messageEdited",
            group=events.GROUP,
            message={"type": "text", "id": "m1", "text": "暗証番号は4649だよ"},
        )
        assert "暗証番号のように見えたので" in texts_of(desk.ask(edited))[0]


class TestEveryKindOfEvent:
    def test_a_new_friend_gets_two_bubbles_and_the_main_choices(self, desk: DeskUnderTest) -> None:
        messages = desk.ask(events.event("follow", follow={"isUnblocked": False}))
        assert len(messages) == 2
        assert len([a for a in actions_of(messages) if a.get("data", "").startswith("entry:")]) >= 4

    @pytest.mark.parametrize("kind", ["image", "video", "audio", "file"])
    def test_a_photo_is_never_fetched_and_kindly_declined(self, desk: DeskUnderTest, kind: str) -> None:
        said = texts_of(desk.ask(events.message(kind, contentProvider={"type": "line"})))
        assert "ここでは開きません" in said[0]
        assert desk.line.calls == 1

    def test_a_sticker_gets_a_word_and_the_choices(self, desk: DeskUnderTest) -> None:
        assert actions_of(desk.ask(events.message("sticker", packageId="1", stickerId="1")))

    def test_the_text_of_a_message_sticker_is_guarded(self, desk: DeskUnderTest) -> None:
        said = texts_of(desk.ask(events.message("sticker", text="暗証番号は4649")))
        assert "暗証番号のように見えたので" in said[0]

    def test_a_file_name_is_guarded(self, desk: DeskUnderTest) -> None:
        said = texts_of(desk.ask(events.message("file", fileName="暗証番号4649.txt")))
        assert "暗証番号のように見えたので" in said[0]

    def test_a_place_gets_the_list_while_positions_are_not_given(self, desk: DeskUnderTest) -> None:
        said = texts_of(desk.ask(events.message("location", latitude=35.64, longitude=139.65)))
        assert "世田谷総合支所" in said[0] and "km" not in said[0]

    def test_a_forged_postback_gets_the_choices_and_no_harm(self, desk: DeskUnderTest) -> None:
        assert actions_of(desk.ask(events.tap("'; DROP TABLE events; --")))

    def test_a_pin_in_postback_data_is_refused(self, desk: DeskUnderTest) -> None:
        assert "暗証番号のように見えたので" in desk.tap("暗証番号は4649")[0]

    def test_blocking_the_desk_makes_it_forget(self, desk: DeskUnderTest) -> None:
        desk.tap("lang:en")
        assert desk.say("ありがとう")[0].isascii()
        desk.send(events.event("unfollow"))
        assert not desk.say("ありがとう")[0].isascii()

    def test_an_unsent_message_is_gone_from_the_store(self, desk: DeskUnderTest) -> None:
        question = events.text("持ち物は何ですか")
        desk.ask(question)
        assert desk.send(events.event("unsend", unsend={"messageId": question["message"]["id"]})) == 200
