"""What the look-alike remembers: people, reply tokens, what the desk sent. In memory, and bounded.

Of what a person types only the last webhook is kept, because redelivery must repeat its very bytes.
"""

from __future__ import annotations

import secrets
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from bot.clock import Clock, stopwatch
from intents.office import JST

Json = dict[str, Any]

TOKEN_SECONDS = 60.0  # LINE: "within one minute after receiving the webhook"
_KEPT_UPDATES = 500
_KEPT_TOKENS = 2000
_KEPT_KEYS = 2000
_PEOPLE = (("me", "わたし"), ("daughter", "むすめ"))


@dataclass(slots=True)
class Person:
    """Somebody at the practice phone. `key` is the page's name for her, `user_id` is LINE's."""

    key: str
    name: str
    user_id: str
    is_friend: bool = False
    last_webhook: bytes | None = field(default=None, repr=False)
    last_message_id: str = ""


@dataclass(slots=True)
class _Token:
    user_id: str
    given: float
    is_used: bool = False


class Practice:
    """The platform's side of the talk. Safe to share between threads.

    A reply token's minute is counted by `elapsed` (seconds that never go back) and not by the
    practice clock, which visitors move at will.
    """

    def __init__(self, clock: Clock, elapsed: Callable[[], float] = stopwatch) -> None:
        self.clock = clock
        self.bot_id = _user_id()
        self.people = {key: Person(key, name, _user_id()) for key, name in _PEOPLE}
        self._elapsed = elapsed
        self._lock = Lock()
        self._tokens: dict[str, _Token] = {}
        self._pushed: dict[str, tuple[str, list[Json]]] = {}
        self._updates: deque[Json] = deque(maxlen=_KEPT_UPDATES)
        self._cursor = 0
        self._message_number = secrets.randbelow(10**9) + 5 * 10**17
        self.pushes = 0
        self._month = self._this_month()

    def now_ms(self) -> int:
        """The practice clock as LINE's timestamps are: milliseconds since 1970, UTC."""
        return int(self.clock.now().timestamp() * 1000)

    def by_user_id(self, user_id: str) -> Person | None:
        return next((p for p in self.people.values() if p.user_id == user_id), None)

    def new_message_id(self) -> str:
        with self._lock:
            self._message_number += 1
            return str(self._message_number)

    def issue_token(self, user_id: str) -> str:
        """A reply token that serves once, within the next minute."""
        token = secrets.token_hex(16)
        with self._lock:
            self._tokens[token] = _Token(user_id, self._elapsed())
            _trim(self._tokens, _KEPT_TOKENS)
        return token

    def renew_token(self, token: str) -> None:
        """A redelivered webhook carries the same token, with a new minute unless it was used."""
        with self._lock:
            if token in self._tokens:
                self._tokens[token].given = self._elapsed()

    def redeem(self, token: str) -> Person | None:
        """Whom the token replies to; None where it is unknown, used, or older than a minute."""
        with self._lock:
            found = self._tokens.get(token)
            if found is None or found.is_used or self._elapsed() - found.given > TOKEN_SECONDS:
                return None
            found.is_used = True
        return self.by_user_id(found.user_id)

    def deliver(self, person: Person, messages: list[Json]) -> list[Json]:
        """Show the desk's messages on the page → LINE's `sentMessages`. Who blocks it sees none."""
        ids = [self.new_message_id() for _ in messages]
        if person.is_friend:
            shown = [
                {"kind": "message", "id": name, "message": message}
                for name, message in zip(ids, messages, strict=True)
            ]
            self.tell(person, *shown)
        return [{"id": name, "quoteToken": secrets.token_urlsafe(24)} for name in ids]

    def push(
        self, person: Person, messages: list[Json], request: str, key: str | None
    ) -> list[Json]:
        """Deliver and count; `key` makes a second try of the same push known."""
        sent = self.deliver(person, messages)
        self.used()
        with self._lock:
            self.pushes += 1
            if key is not None:
                self._pushed[key] = (request, sent)
                _trim(self._pushed, _KEPT_KEYS)
        return sent

    def used(self) -> int:
        """Pushes in this month of the practice clock; LINE counts by the month in Japan."""
        month = self._this_month()
        with self._lock:
            if month != self._month:
                self._month, self.pushes = month, 0
            return self.pushes

    def _this_month(self) -> tuple[int, int]:
        today = self.clock.now().astimezone(JST)
        return today.year, today.month

    def pushed_before(self, key: str) -> tuple[str, list[Json]] | None:
        """The accepted request's id and what it sent, where this retry key was accepted already."""
        with self._lock:
            return self._pushed.get(key)

    def tell(self, person: Person, *updates: Json) -> None:
        """Something for the page to show: all of it in one look, or none."""
        now = self.now_ms()
        with self._lock:
            for update in updates:
                self._cursor += 1
                self._updates.append({"n": self._cursor, "user": person.key, "at": now, **update})

    def updates(self, after: int) -> list[Json]:
        """What happened after the page's cursor, oldest first."""
        with self._lock:
            return [update for update in self._updates if update["n"] > after]

    @property
    def cursor(self) -> int:
        with self._lock:
            return self._cursor


def _user_id() -> str:
    return "U" + secrets.token_hex(16)


def _trim(kept: dict[str, Any], most: int) -> None:
    while len(kept) > most:
        del kept[next(iter(kept))]
