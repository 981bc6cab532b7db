"""The look-alike's practice Messaging API is as strict as LINE."""

from __future__ import annotations

import struct
from collections.abc import Iterator

import pytest
from werkzeug.test import TestResponse

from tests.support.demo import API, HELLO, PAGE, TOKEN, Bench, Json, bench_running

RETRY_KEY = "0f4e6c9a-1111-4222-8333-123456789abc"


@pytest.fixture
def bench() -> Iterator[Bench]:
    with bench_running() as running:
        yield running


class TestReply:
    def test_a_token_serves_once(self, bench: Bench) -> None:
        token = bench.token()
        first, second = bench.reply(token), bench.reply(token)
        assert first.status_code == 200
        assert [set(sent) for sent in first.get_json()["sentMessages"]] == [{"id", "quoteToken"}]
        assert (second.status_code, second.json) == (400, {"message": "Invalid reply token"})

    def test_a_token_serves_for_one_minute_and_no_longer(self, bench: Bench) -> None:
        early, late = bench.token(), bench.token()
        bench.seconds = 60.0
        assert bench.reply(early).status_code == 200
        bench.seconds = 60.1
        assert bench.reply(late).status_code == 400

    def test_moving_the_practice_clock_does_not_age_a_token(self, bench: Bench) -> None:
        token = bench.token()
        moved = bench.client.post(
            "/demo/clock", json={"at": "2026-10-30T10:00"}, headers={"X-Demo-Token": PAGE}
        )
        assert moved.get_json()["clock"] == "2026-10-30T10:00:00+09:00"
        assert bench.reply(token).status_code == 200

    def test_a_refused_message_uses_no_token_and_shows_nothing(self, bench: Bench) -> None:
        token = bench.token()
        assert bench.reply(token, [{"type": "text", "text": ""}]).status_code == 400
        assert bench.practice.updates(0) == []
        assert bench.reply(token).status_code == 200

    def test_an_unknown_token_a_retry_key_and_a_wrong_bearer_are_refused(self, bench: Bench) -> None:
        assert bench.reply("0" * 32).status_code == 400
        keyed = bench.reply(bench.token(), **{"X-Line-Retry-Key": RETRY_KEY})
        assert keyed.status_code == 400
        assert bench.reply(bench.token(), Authorization="Bearer other").status_code == 401

    def test_every_answer_names_its_request(self, bench: Bench) -> None:
        answers = [bench.reply(bench.token()), bench.reply("x"), bench.api("/nothing", {})]
        names = [answer.headers.get("X-Line-Request-Id") for answer in answers]
        assert all(names) and len(set(names)) == len(names)

    def test_the_page_gets_the_messages_of_its_own_person_in_order(self, bench: Bench) -> None:
        bench.reply(bench.token(), [*HELLO, {"type": "text", "text": "二つ目"}])
        updates = bench.client.get("/demo/updates?after=0").get_json()["updates"]
        assert [(u["user"], u["message"]["text"]) for u in updates] == [
            ("me", "こんにちは"),
            ("me", "二つ目"),
        ]
        rest = bench.client.get(f"/demo/updates?after={updates[0]['n']}").get_json()["updates"]
        assert [u["message"]["text"] for u in rest] == ["二つ目"]


class TestPush:
    def push(self, bench: Bench, key: str | None = None, to: str | None = None) -> TestResponse:
        target = to or bench.practice.people["me"].user_id
        headers = {"X-Line-Retry-Key": key} if key else {}
        return bench.api("/message/push", {"to": target, "messages": HELLO}, **headers)

    def test_the_same_retry_key_is_a_409_that_names_the_accepted_request(self, bench: Bench) -> None:
        bench.token()
        first, second = self.push(bench, RETRY_KEY), self.push(bench, RETRY_KEY)
        assert (first.status_code, second.status_code) == (200, 409)
        assert second.headers["X-Line-Accepted-Request-Id"] == first.headers["X-Line-Request-Id"]
        assert second.get_json()["sentMessages"] == first.get_json()["sentMessages"]
        assert len(bench.practice.updates(0)) == 1

    def test_pushes_are_counted_and_replies_are_not(self, bench: Bench) -> None:
        self.push(bench)
        bench.reply(bench.token())
        assert bench.api("/message/quota", method="GET").json == {"type": "limited", "value": 200}
        used = bench.api("/message/quota/consumption", method="GET").json
        assert used == {"totalUsage": 1}

    def test_beyond_the_quota_is_a_429(self, bench: Bench) -> None:
        bench.practice.pushes = 200
        assert self.push(bench).status_code == 429

    def test_a_push_to_one_who_blocked_is_accepted_and_arrives_nowhere(self, bench: Bench) -> None:
        assert self.push(bench).status_code == 200
        assert bench.practice.updates(0) == []

    def test_an_unknown_user_and_a_key_that_is_no_uuid_are_refused(self, bench: Bench) -> None:
        assert self.push(bench, to="U" + "0" * 32).json == {"message": "Failed to send messages"}
        assert self.push(bench, key="again").status_code == 400


class TestOtherCalls:
    def test_the_loading_animation_is_a_202_in_fives_of_seconds(self, bench: Bench) -> None:
        me = bench.practice.people["me"].user_id
        assert bench.api("/chat/loading/start", {"chatId": me, "loadingSeconds": 10}).status_code == 202
        assert bench.api("/chat/loading/start", {"chatId": me, "loadingSeconds": 7}).status_code == 400
        assert [update["kind"] for update in bench.practice.updates(0)] == ["loading"]

    def test_a_profile_is_known_of_friends_alone(self, bench: Bench) -> None:
        me = bench.practice.people["me"]
        assert bench.api(f"/profile/{me.user_id}", method="GET").status_code == 404
        me.is_friend = True
        assert bench.api(f"/profile/{me.user_id}", method="GET").get_json()["displayName"] == "わたし"

    def test_a_body_over_two_megabytes_is_a_413(self, bench: Bench) -> None:
        assert bench.reply("x", [{"type": "text", "text": "a" * 2_000_001}]).status_code == 413

    def test_a_body_that_is_no_json_object_is_refused(self, bench: Bench) -> None:
        headers = {"Authorization": f"Bearer {TOKEN}"}
        plain = bench.client.post(f"{API}/message/reply", data="a", headers=headers)
        assert plain.status_code == 415
        assert bench.api("/message/reply", [1]).status_code == 400


def png(width: int, height: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, height) + b"\x08\x02\0\0\0"


MENU: Json = {
    "size": {"width": 2500, "height": 1686},
    "selected": True,
    "name": "m",
    "chatBarText": "メニュー",
    "areas": [
        {
            "bounds": {"x": 0, "y": 0, "width": 833, "height": 843},
            "action": {"type": "postback", "label": "電話", "data": "entry:phone"},
        }
    ],
}


class TestRichMenu:
    def upload(self, bench: Bench, menu_id: str, image: bytes) -> int:
        headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "image/png"}
        path = f"{API}/richmenu/{menu_id}/content"
        return bench.client.post(path, data=image, headers=headers).status_code

    def test_a_menu_is_made_drawn_set_and_shown_on_the_page(self, bench: Bench) -> None:
        menu_id = bench.api("/richmenu", MENU).get_json()["richMenuId"]
        assert bench.api(f"/user/all/richmenu/{menu_id}").status_code == 400, "no image yet"
        assert self.upload(bench, menu_id, png(2500, 1686)) == 200
        assert self.upload(bench, menu_id, png(2500, 1686)) == 400, "an image is never replaced"
        assert bench.api(f"/user/all/richmenu/{menu_id}").status_code == 200
        assert bench.client.get("/demo/state").get_json()["richMenu"]["richMenuId"] == menu_id
        assert bench.client.get("/demo/richmenu-image").content_type == "image/png"

    def test_an_alias_names_one_menu_and_can_be_moved(self, bench: Bench) -> None:
        one, two = (bench.api("/richmenu", MENU).get_json()["richMenuId"] for _ in range(2))
        wanted = {"richMenuAliasId": "main", "richMenuId": one}
        assert [bench.api("/richmenu/alias", wanted).status_code for _ in range(2)] == [200, 400]
        bench.api("/richmenu/alias/main", {"richMenuId": two})
        assert bench.api("/richmenu/alias/main", method="GET").get_json()["richMenuId"] == two

    def test_a_deleted_menu_is_gone_from_the_page(self, bench: Bench) -> None:
        menu_id = bench.api("/richmenu", MENU).get_json()["richMenuId"]
        self.upload(bench, menu_id, png(2500, 1686))
        bench.api(f"/user/all/richmenu/{menu_id}")
        bench.api(f"/richmenu/{menu_id}", method="DELETE")
        assert bench.client.get("/demo/state").get_json()["richMenu"] is None
        assert bench.api(f"/richmenu/{menu_id}", method="GET").status_code == 404

    @pytest.mark.parametrize(
        "change",
        [
            {"size": {"width": 2500, "height": 2000}},
            {"chatBarText": "あ" * 15},
            {"areas": [{}]},
            {
                "areas": [
                    {
                        "bounds": {"x": 2000, "y": 0, "width": 833, "height": 843},
                        "action": {"type": "message", "text": "a"},
                    }
                ]
            },
        ],
    )
    def test_a_menu_beyond_the_limits_is_refused(self, bench: Bench, change: Json) -> None:
        assert bench.api("/richmenu", MENU | change).status_code == 400

    @pytest.mark.parametrize("image", [b"GIF89a", png(700, 400), png(2500, 1686) + b"\0" * 1_000_000])
    def test_an_image_beyond_the_limits_is_refused(self, bench: Bench, image: bytes) -> None:
        menu_id = bench.api("/richmenu", MENU).get_json()["richMenuId"]
        assert self.upload(bench, menu_id, image) == 400
