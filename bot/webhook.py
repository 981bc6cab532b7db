"""The path of one message, from LINE's door to the durable ticket, on one screen."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from bot.clock import Clock
from bot.events import Incoming, read_event, sent_kind
from bot.log import note
from bot.seal import Seal
from bot.store.base import Glance, StorageError, Store, Ticket
from intents.guard import Context, Refusal, SafeText, Shape, judge
from intents.ledger.guests import leave_lines
from intents.talk import STALE, Followed, Located, Said, Sent, Slipped, Typed, parse_tap

_STRIPES = 256


class BadRequest(Exception):
    """Not from LINE, or not readable. Carries nothing of the request."""


def is_signed(secret: str, body: bytes, signature: str | None) -> bool:
    """Whether `signature` is LINE's for exactly these bytes, in constant time.

    By hand and not by the SDK, which wants the body as text: only the raw bytes are signed.
    """
    if not signature or not signature.isascii():
        return False
    mac = hmac.new(secret.encode(), body, hashlib.sha256).digest()
    return hmac.compare_digest(base64.b64encode(mac), signature.encode())


def events_of(body: bytes) -> list[Any]:
    """The events of a webhook body. BadRequest where it is none."""
    try:
        data = json.loads(body)
    except (ValueError, RecursionError):
        raise BadRequest from None
    events = data.get("events", []) if isinstance(data, dict) else None
    if not isinstance(events, list):
        raise BadRequest
    return events


@dataclass(slots=True)
class Webhook:
    """Takes events in: guard, ticket, wake the answering. Raises StorageError where LINE must come again."""

    secret: str
    hash_key: bytes
    seal: Seal
    store: Store
    clock: Clock
    wake: Callable[[str], None]
    apologise: Callable[[str, Said], None]
    # Two halves of a split secret that arrive at once must see each other's shape.
    _locks: list[Lock] = field(init=False, default_factory=lambda: [Lock() for _ in range(_STRIPES)])

    def handle_all(self, body: bytes, signature: str | None) -> None:
        """Every event of the webhook, each by itself; a storage fault is raised after the last."""
        if not is_signed(self.secret, body, signature):
            raise BadRequest
        fault: StorageError | None = None
        for event in events_of(body):
            try:
                self.handle(read_event(event))
            except StorageError as error:
                fault = error
            except Exception as error:
                # A mistake of ours in one event: its neighbours must not be lost, and its text must
                # not travel in a traceback. Its type is all that is told.
                note("event_failed", logging.ERROR, error=type(error).__name__)
        if fault is not None:
            raise fault

    def handle(self, incoming: Incoming) -> None:
        """One event: out of the way, or guarded and kept as a ticket."""
        if incoming.what == "silent":
            return
        if incoming.what == "unsend":
            return self.store.withdraw(incoming.message_id)
        user = self._user(incoming)
        if incoming.what == "forget":
            return self._forget(user)
        with self._locks[hash(user) % _STRIPES]:
            self._admit(incoming, user)

    def _forget(self, user: str) -> None:
        """She blocks the desk, or a group lets it go: what was said, and her places on waiting lists."""
        now = int(self.clock.now().timestamp())
        self.store.forget(user)
        self.store.transact(lambda pages: leave_lines(pages, user, now))

    def _admit(self, incoming: Incoming, user: str) -> None:
        now = int(self.clock.now().timestamp())
        glance, down = self._glance(user, now)
        said, shape = self._guarded(incoming, glance)
        if isinstance(said, Slipped):
            note("pin_refused", kind=said.refusal.kind.value)
        if said is None or not _is_for_us(incoming, said):
            return
        if down is not None:
            self.apologise(incoming.reply_token, said)
            raise down
        try:
            admitted = self.store.admit(self._ticket(incoming, user, said, now), shape)
        except StorageError:
            self.apologise(incoming.reply_token, said)
            raise
        if admitted:
            self.wake(user)

    def _ticket(self, incoming: Incoming, user: str, said: Said, now: int) -> Ticket:
        """With the speaker's sealed address where she is alone with the desk: to a group nothing is pushed."""
        address = "" if incoming.is_group else self.seal.seal(incoming.speaker)
        token, message = incoming.reply_token, incoming.message_id
        return Ticket(incoming.event_id, user, said, token, now, message, address)

    def _glance(self, user: str, now: int) -> tuple[Glance, StorageError | None]:
        """What the guard needs to know; without the store it judges as if nothing was asked."""
        try:
            return self.store.glance(user, now), None
        except StorageError as error:
            return Glance(), error

    def _guarded(self, incoming: Incoming, glance: Glance) -> tuple[Said | None, Shape]:
        """The last lines at which raw text exists. What goes on is safe, or the fact of a refusal."""
        tap = parse_tap(incoming.data) if incoming.kind == "postback" else None
        if tap is not None:
            return tap, glance.shape
        shape, safe = glance.shape, None
        for text in incoming.texts:
            verdict = judge(text, Context(glance.asked, shape, self.clock.now()))
            shape = verdict.shape
            if isinstance(verdict.outcome, Refusal):
                return Slipped(verdict.outcome), shape
            safe = safe or verdict.outcome
        return _said(incoming, safe), shape

    def _user(self, incoming: Incoming) -> str:
        """A keyed hash of who speaks where: what is kept cannot be led back to a LINE id.

        In a group `room.speaker`, so that leaving the group forgets everybody in it.
        """
        room = self._hash(incoming.room)
        alone = not incoming.is_group or incoming.what == "forget"
        return room if alone else f"{room}.{self._hash(incoming.speaker)}"

    def _hash(self, name: str) -> str:
        return hmac.new(self.hash_key, name.encode(), hashlib.sha256).hexdigest()[:32]


def _said(incoming: Incoming, safe: SafeText | None) -> Said | None:
    if incoming.kind == "text":
        return Typed(safe) if safe is not None else None
    if incoming.kind == "follow":
        return Followed()
    if incoming.kind == "postback":
        return STALE
    if incoming.kind == "location":
        return Located(*incoming.place) if incoming.place else None
    kind = sent_kind(incoming.kind)
    return Sent(kind) if kind else None  # type: ignore[arg-type]


def _is_for_us(incoming: Incoming, said: Said) -> bool:
    """In a group the desk is silent unless it is meant, or the guard must speak."""
    if not incoming.is_group or isinstance(said, Slipped):
        return True
    return incoming.is_mentioned or incoming.kind == "postback"
