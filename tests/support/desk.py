"""A whole desk in this process, reached as LINE reaches it: signed webhooks in, replies at LINE."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from werkzeug.test import Client

from bot.app import RunningDesk, as_wsgi
from bot.clock import Clock
from bot.knowledge import Edition
from bot.settings import Settings
from tests.support import events
from tests.support.line import StandInLine

ROOT = Path(__file__).parents[2]
Messages = list[dict[str, Any]]


def texts_of(messages: Messages) -> list[str]:
    """What a resident reads: the texts of messages and of Flex bubbles."""
    found = []
    for message in messages:
        if message["type"] == "text":
            found.append(message["text"])
        else:
            found += [part["text"] for part in message["contents"]["body"]["contents"] if "text" in part]
    return found


def actions_of(messages: Messages) -> list[dict[str, Any]]:
    """Every button, large and small, in order."""
    found = []
    for message in messages:
        footer = message.get("contents", {}).get("footer", {}).get("contents", [])
        found += [button["action"] for button in footer]
        found += [item["action"] for item in message.get("quickReply", {}).get("items", [])]
    return found


class _Client(Client):
    """Takes every answer to its end, as a real server does."""

    def open(self, *args: Any, **named: Any) -> Any:
        return super().open(*args, **named | {"buffered": True})


class DeskUnderTest:
    """Opens on `with`. `settings` may be changed by keyword."""

    def __init__(
        self, folder: Path, line: StandInLine, clock: Clock, edition: Edition | None, **settings: Any
    ) -> None:
        self.line, self._clock, self._edition = line, clock, edition
        values: dict[str, Any] = {
            "channel_secret": events.SECRET,
            "access_token": "test-token",
            "secret_key": "test-secret-key-of-32-characters",
            "faq_dir": ROOT / "faq" / "practice",
            "store_url": f"sqlite:///{folder}/desk.db",
            "line_api_url": line.url,
        }
        self.settings = Settings(**(values | settings))

    def __enter__(self) -> DeskUnderTest:
        self.running = RunningDesk(self.settings, self._clock, self._edition)
        self.client = _Client(as_wsgi(self.running))
        return self

    def __exit__(self, *_: object) -> None:
        self.running.close()

    def post(self, body: bytes, signature: str | None = None) -> Any:
        """A webhook; signed unless a signature is given."""
        header = events.signed(body) if signature is None else signature
        return self.client.post("/callback", data=body, headers={"x-line-signature": header})

    def send(self, *sent: dict[str, Any]) -> int:
        """One webhook with these events. The status."""
        return int(self.post(events.webhook(*sent)).status_code)

    def ask(self, event: dict[str, Any]) -> Messages:
        """One event, and the messages LINE was given in answer."""
        assert self.send(event) == 200
        return self.line.wait_reply(event["replyToken"])

    def say(self, words: str, user: str = events.USER) -> list[str]:
        """What a resident reads after typing `words`."""
        return texts_of(self.ask(events.text(words, user)))

    def tap(self, data: str, user: str = events.USER) -> list[str]:
        return texts_of(self.ask(events.tap(data, user)))

    def is_quiet(self) -> bool:
        """Whether nothing more is said: every worker has come to rest."""
        self.running.answering.settle()
        return True
