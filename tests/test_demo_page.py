"""What people do on the look-alike reaches the desk as from LINE; other pages are kept out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
import urllib3
from werkzeug.test import Client, TestResponse

from bot.demo.events import BadAct, build_event, ulid
from bot.demo.pages import is_local, side_by_side
from bot.demo.serve import build
from bot.events import read_event
from bot.knowledge import Edition
from bot.webhook import is_signed
from tests.support.demo import PAGE, SECRET, START, Bench, Json, bench_running, served


@pytest.fixture
def bench() -> Iterator[Bench]:
    with bench_running() as running:
        yield running


class TestActs:
    def test_what_is_typed_goes_to_the_callback_truly_signed(self, bench: Bench) -> None:
        outcome = bench.act(kind="text", text="持ち物は？").get_json()
        [(body, signature)] = bench.recorder.seen
        assert is_signed(SECRET, body, signature)
        incoming = read_event(json.loads(body)["events"][0])
        assert (incoming.kind, incoming.texts) == ("text", ("持ち物は？",))
        assert outcome["statuses"] == [200] and outcome["messageId"] == incoming.message_id

    def test_an_event_carries_what_lines_do(self, bench: Bench) -> None:
        bench.act(kind="text", text="a")
        [event] = bench.recorder.events()
        assert event["source"] == {"type": "user", "userId": bench.practice.people["me"].user_id}
        assert event["deliveryContext"] == {"isRedelivery": False} and event["mode"] == "active"
        assert len(event["webhookEventId"]) == 26 and event["message"]["quoteToken"]
        assert abs(event["timestamp"] - START.timestamp() * 1000) < 60_000
        assert bench.reply(event["replyToken"]).status_code == 200

    def test_a_redelivery_is_the_same_event_marked_as_such(self, bench: Bench) -> None:
        bench.act(kind="text", text="a")
        bench.act(kind="redeliver")
        first, again = bench.recorder.events()
        assert again == first | {"deliveryContext": {"isRedelivery": True}}

    def test_simultaneous_copies_are_byte_for_byte_the_same(self, bench: Bench) -> None:
        assert bench.act(kind="text", text="a", copies=True).get_json()["statuses"] == [200, 200]
        one, other = bench.recorder.seen
        assert one == other

    @pytest.mark.parametrize("kind", ["unsend", "unfollow"])
    def test_unsend_and_block_carry_no_token_and_leave_nothing_to_redeliver(
        self, bench: Bench, kind: str
    ) -> None:
        sent = bench.act(kind="text", text="a").get_json()
        bench.act(kind=kind, messageId=sent["messageId"])
        assert "replyToken" not in bench.recorder.events()[-1]
        assert bench.act(kind="redeliver").status_code == 400

    @pytest.mark.parametrize(
        "act",
        [
            {"kind": "postback", "data": "x", "params": {"date": "2026-08-03"}},
            {"kind": "sticker", "keyword": "OK"},
            {"kind": "image"},
            {"kind": "video"},
            {"kind": "audio"},
            {"kind": "file"},
            {"kind": "follow"},
            {"kind": "location", "latitude": 35.6, "longitude": 139.6},
        ],
    )
    def test_everything_a_phone_can_send_is_understood_by_the_desk(self, bench: Bench, act: Json) -> None:
        assert bench.act(**act).get_json()["statuses"] == [200]
        [event] = bench.recorder.events()
        assert read_event(event).kind == act["kind"]

    @pytest.mark.parametrize(
        "act",
        [
            {},
            {"kind": "shout"},
            {"kind": "text"},
            {"kind": "text", "text": ""},
            {"kind": ["text"]},
            {"kind": "text", "text": "a", "user": "stranger"},
            {"kind": "redeliver"},
            {"kind": "postback", "data": "a" * 301},
            {"kind": "postback", "data": "a", "params": {"x": "y"}},
            {"kind": "location", "latitude": 91, "longitude": 0},
            {"kind": "location", "latitude": True, "longitude": 0},
        ],
    )
    def test_what_is_no_act_is_a_400_and_reaches_nobody(self, bench: Bench, act: Json) -> None:
        assert bench.act(**act).status_code == 400
        assert bench.recorder.seen == []

    def test_a_desk_that_does_not_answer_is_told_as_no_answer(self) -> None:
        alone = Bench()
        alone.start(port=9)  # the discard port: nobody listens there
        assert alone.act(kind="text", text="a").get_json()["statuses"] == [0]

    def test_only_the_last_webhook_is_remembered_and_never_shown(self, bench: Bench) -> None:
        bench.act(kind="text", text="first-secret-words")
        bench.act(kind="text", text="second-words")
        kept = bench.practice.people["me"].last_webhook
        assert kept is not None and b"second-words" in kept and b"first-secret-words" not in kept
        assert "words" not in bench.client.get("/demo/updates?after=0").text
        assert "words" not in repr(bench.practice.people["me"])

    def test_a_bad_act_raises_without_what_was_typed(self, bench: Bench) -> None:
        with pytest.raises(BadAct) as caught:
            build_event({"kind": "x", "text": "4649"}, bench.practice.people["me"], bench.practice)
        assert "4649" not in str(caught.value)

    def test_ulids_are_in_the_order_of_their_moments(self) -> None:
        assert ulid(1) < ulid(2) < ulid(1_800_000_000_000)


class TestDoors:
    def desk(self, environ: WSGIEnvironment, start: StartResponse) -> list[bytes]:
        start("200 OK", [("X-From", "desk")])
        return []

    def ask(self, bench: Bench, path: str, host: str = "127.0.0.1:8000") -> TestResponse:
        whole = Client(side_by_side(bench.client.application, self.desk))
        return whole.get(path, headers={"Host": host})

    @pytest.mark.parametrize("host", ["example.com", "127.0.0.1.example.com", "192.168.0.2:80", "", "[::1]"])
    def test_another_host_name_is_refused_for_page_and_desk(self, bench: Bench, host: str) -> None:
        assert not is_local(host)
        for path in ("/", "/demo/state", "/callback"):
            assert self.ask(bench, path, host or "x").status_code == 403

    @pytest.mark.parametrize("host", ["127.0.0.1:8765", "localhost:8765", "LOCALHOST", "127.0.0.1"])
    def test_the_loopback_names_are_let_in(self, bench: Bench, host: str) -> None:
        assert self.ask(bench, "/", host).status_code == 200

    def test_what_is_not_the_pages_is_the_desks(self, bench: Bench) -> None:
        assert self.ask(bench, "/callback").headers["X-From"] == "desk"
        assert self.ask(bench, "/healthz").headers["X-From"] == "desk"
        assert "X-From" not in self.ask(bench, "/demo/state").headers

    @pytest.mark.parametrize("path", ["/demo/act", "/demo/clock"])
    @pytest.mark.parametrize("token", [None, "", "wrong"])
    def test_a_post_without_the_pages_token_does_nothing(
        self, bench: Bench, path: str, token: str | None
    ) -> None:
        headers = {} if token is None else {"X-Demo-Token": token}
        body = {"user": "me", "kind": "text", "text": "a", "at": "2026-10-30T10:00"}
        assert bench.client.post(path, json=body, headers=headers).status_code == 403
        assert bench.recorder.seen == []
        assert bench.practice.clock.now().month == START.month

    def test_the_page_may_load_nothing_from_outside(self, bench: Bench) -> None:
        answer = bench.client.get("/")
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy
        assert "http" not in answer.text.replace("/callback", "")
        assert "Access-Control-Allow-Origin" not in bench.client.get("/demo/state").headers

    @pytest.mark.parametrize("at", [None, 5, "tomorrow", "1800-01-01T00:00"])
    def test_a_clock_time_that_is_none_is_refused(self, bench: Bench, at: Any) -> None:
        answer = bench.client.post("/demo/clock", json={"at": at}, headers={"X-Demo-Token": PAGE})
        assert answer.status_code == 400


class TestWhole:
    """The real desk behind the page, over real HTTP: no short cut anywhere."""

    @pytest.fixture
    def base(self, tmp_path: Path, practice: Edition) -> Iterator[str]:
        content = Path(__file__).parents[1] / "faq" / "practice"
        behind: list[WSGIApplication] = []
        with served(lambda environ, start: behind[0](environ, start)) as server:
            demo = build(server.port, START, content, tmp_path, practice)
            behind.append(demo.application)
            try:
                yield f"http://127.0.0.1:{server.port}"
            finally:
                demo.desk.close()

    def test_a_new_friend_is_welcomed_by_the_desk(self, base: str) -> None:
        http = urllib3.PoolManager()
        state = http.request("GET", f"{base}/demo/state").json()
        assert len(state["tiles"]) == 6
        headers = {"X-Demo-Token": state["token"]}
        act = {"user": "me", "kind": "follow"}
        outcome = http.request("POST", f"{base}/demo/act", json=act, headers=headers).json()
        assert outcome["statuses"] == [200]
        updates = self.wait_for_updates(http, base)
        assert updates and all(update["user"] == "me" for update in updates)

    def wait_for_updates(self, http: urllib3.PoolManager, base: str) -> list[Json]:
        """The desk answers after its 200: asks again, a bounded number of times."""
        for _ in range(2000):
            updates = list(http.request("GET", f"{base}/demo/updates?after=0").json()["updates"])
            if updates:
                return updates
        return []
