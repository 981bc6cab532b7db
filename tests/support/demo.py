"""The look-alike under test: its parts in reach, and a desk that only notes what comes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from threading import Thread
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from flask.testing import FlaskClient
from werkzeug.serving import BaseWSGIServer, make_server
from werkzeug.test import TestResponse

from bot.clock import PracticeClock
from bot.demo.pages import create_demo
from bot.demo.practice import Practice
from bot.demo.sender import Platform
from intents.office import JST

Json = dict[str, Any]
START = datetime(2026, 8, 3, 10, 0, tzinfo=JST)
SECRET, TOKEN, PAGE = "channel-secret", "access-token", "page-token"
API = "/practice-line/v2/bot"
HELLO = [{"type": "text", "text": "こんにちは"}]


@dataclass
class Recorder:
    """A desk that only notes what comes to its door."""

    seen: list[tuple[bytes, str]] = field(default_factory=list)

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> list[bytes]:
        body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
        self.seen.append((body, environ.get("HTTP_X_LINE_SIGNATURE", "")))
        start("200 OK", [("Content-Length", "0")])
        return []

    def events(self) -> list[Json]:
        return [event for body, _ in self.seen for event in json.loads(body)["events"]]


@contextmanager
def served(application: WSGIApplication) -> Iterator[BaseWSGIServer]:
    """`application` on a free port of the loopback."""
    server = make_server("127.0.0.1", 0, application, threaded=True)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Bench:
    """The demo application with its parts in reach. `seconds` is what its monotonic clock says."""

    seconds: float = 0.0
    recorder: Recorder = field(default_factory=Recorder)
    practice: Practice = field(init=False)
    client: FlaskClient = field(init=False)

    def start(self, port: int) -> None:
        clock = PracticeClock(START)
        self.practice = Practice(clock, lambda: self.seconds)
        platform = Platform(self.practice, f"http://127.0.0.1:{port}/callback", SECRET)
        app = create_demo(platform, clock, TOKEN, PAGE, lambda: [{"label": "電話", "data": "entry:phone"}])
        self.client = app.test_client()

    def api(self, path: str, body: Any = None, method: str = "POST", **headers: str) -> TestResponse:
        given = {"Authorization": f"Bearer {TOKEN}"} | headers
        return self.client.open(API + path, method=method, json=body, headers=given)

    def act(self, **act: Any) -> TestResponse:
        return self.client.post("/demo/act", json={"user": "me"} | act, headers={"X-Demo-Token": PAGE})

    def token(self) -> str:
        """A reply token of the person on the page, who is a friend."""
        me = self.practice.people["me"]
        me.is_friend = True
        return self.practice.issue_token(me.user_id)

    def reply(self, token: str, messages: Any = None, **headers: str) -> TestResponse:
        body = {"replyToken": token, "messages": HELLO if messages is None else messages}
        return self.api("/message/reply", body, **headers)


@contextmanager
def bench_running() -> Iterator[Bench]:
    """A bench whose webhooks reach its recorder over HTTP."""
    made = Bench()
    with served(made.recorder) as server:
        made.start(server.port)
        yield made
