"""LINE's sending side: signs webhooks and posts them to the desk over HTTP, the production path."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import urllib3

from bot.clock import stopwatch
from bot.demo.events import BadAct, build_event
from bot.demo.practice import Json, Person, Practice

_PATIENCE = urllib3.Timeout(connect=2.0, read=10.0)  # seconds; LINE itself waits two
_COPIES = 2


@dataclass(slots=True)
class Platform:
    """Delivers what people do to `callback_url`. Safe to share between threads."""

    practice: Practice
    callback_url: str
    channel_secret: str = field(repr=False)
    _pool: urllib3.PoolManager = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._pool = urllib3.PoolManager(maxsize=8, retries=False, timeout=_PATIENCE)

    def act(self, act: Json) -> Json:
        """Do `act` ({"user", "kind", …, "copies"}) → what the page shows of it. Raises BadAct."""
        person = self.practice.people.get(str(act.get("user")))
        if person is None:
            raise BadAct
        if act.get("kind") == "redeliver":
            return self._redeliver(person)
        event = build_event(act, person, self.practice)
        self._note(person, event)
        body = self._body(event)
        person.last_webhook = body if event["type"] in ("message", "postback", "follow") else None
        outcome = self._post(body, _COPIES if act.get("copies") else 1)
        return {**outcome, "at": event["timestamp"], "messageId": person.last_message_id}

    def _note(self, person: Person, event: Json) -> None:
        person.last_message_id = event["message"]["id"] if event["type"] == "message" else ""
        if event["type"] in ("follow", "unfollow"):
            person.is_friend = event["type"] == "follow"

    def _body(self, event: Json) -> bytes:
        webhook = {"destination": self.practice.bot_id, "events": [event]}
        return json.dumps(webhook, ensure_ascii=False, separators=(",", ":")).encode()

    def _redeliver(self, person: Person) -> Json:
        """The last webhook once more: same id, time and token, only `isRedelivery` turns true."""
        if person.last_webhook is None:
            raise BadAct
        event = json.loads(person.last_webhook)["events"][0]
        event["deliveryContext"]["isRedelivery"] = True
        self.practice.renew_token(event.get("replyToken", ""))
        outcome = self._post(self._body(event), 1)
        return {**outcome, "at": event["timestamp"], "messageId": ""}

    def _post(self, body: bytes, copies: int) -> Json:
        """The desk's HTTP status for each copy (0: no answer), and the time the slowest took."""
        started = stopwatch()
        with ThreadPoolExecutor(copies) as pool:
            statuses = list(pool.map(lambda _: self._post_once(body), range(copies)))
        return {"statuses": statuses, "ms": round((stopwatch() - started) * 1000)}

    def _post_once(self, body: bytes) -> int:
        mac = hmac.new(self.channel_secret.encode(), body, hashlib.sha256).digest()
        headers = {
            "Content-Type": "application/json; charset=utf-8",
            "User-Agent": "madoguchi-practice",
            "x-line-signature": base64.b64encode(mac).decode(),
        }
        try:
            return self._pool.request("POST", self.callback_url, body=body, headers=headers).status
        except urllib3.exceptions.HTTPError:
            return 0
