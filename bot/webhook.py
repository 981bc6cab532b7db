"""The path of one message, from LINE's door to the durable ticket, on one screen."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import json
import logging
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from bot.clock import Clock
from bot.events import Incoming, read_event, sent_kind
from bot.log import note
from bot.seal import Seal
from bot.store.base import Glance, StorageError, Store, Ticket
from intents.guard import Context, Refusal, SafeText, Shape, judge
from intents.ledger.guests import leave_lines
from intents.talk import STALE, Followed, Located, Said, Sent, Slipped, Typed, parse_tap

PATIENCE = 1.7  # seconds for the store; LINE counts a webhook as failed after two
_STRIPES = 256


class BadRequest(Exception):
    """Not from LINE, or not readable. `why` is "signature" or "body"; it carries nothing of the request."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


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
        raise BadRequest("body") from None
    events = data.get("events", []) if isinstance(data, dict) else None
    if not isinstance(events, list):
        raise BadRequest("body")
    return events


@dataclass(frozen=True, slots=True)
class Admission:
    """One event on its way in: what was said (safe, or the fact of a refusal), by whom (hash), and the
    shape of what came, for the next judgement."""

    incoming: Incoming = field(repr=False)
    user: str
    said: Said
    shape: Shape


@dataclass(slots=True)
class Webhook:
    """Takes events in: guard, tickets, wake the answering. Raises StorageError where LINE must come again.

    Its calls are the event loop's.
    """

    secret: str
    hash_keys: tuple[bytes, ...]  # the one in force, then old ones, by which people may still be known
    seal: Seal
    store: Store
    clock: Clock
    wake: Callable[[str], None]
    apologise: Callable[[str, Said], None]
    patience: float = PATIENCE
    # Two halves of a split secret that arrive at once must see each other's shape.
    _stripes: list[asyncio.Lock] = field(
        init=False, default_factory=lambda: [asyncio.Lock() for _ in range(_STRIPES)]
    )
    _under_way: set[asyncio.Task[None]] = field(init=False, default_factory=set)

    async def handle_all(self, body: bytes, signature: str | None) -> None:
        """Every event of the webhook, each by itself, in one commit. BadRequest, StorageError.

        LINE waits two seconds: a store that takes longer is a fault, and goes on beside. LINE comes
        again, and what was admitted meanwhile is known by its event id.
        """
        if not is_signed(self.secret, body, signature):
            raise BadRequest("signature")
        work = asyncio.ensure_future(self._handle(events_of(body)))
        self._under_way.add(work)
        work.add_done_callback(self._done)
        finished, _ = await asyncio.wait((work,), timeout=self.patience)
        if not finished:
            raise StorageError("slow")
        work.result()

    def _done(self, work: asyncio.Task[None]) -> None:
        self._under_way.discard(work)
        if not work.cancelled():
            work.exception()  # looked at: whoever still waits for it has it too

    async def _handle(self, events: list[Any]) -> None:
        """What was said together, as far as nothing else stands between; a storage fault is raised last."""
        fault: StorageError | None = None
        for is_said, run in groupby(map(read_event, events), lambda incoming: incoming.what == "said"):
            group = list(run)
            try:
                await (self._take_in(group) if is_said else self._put_away(group))
            except StorageError as error:
                fault = error
        if fault is not None:
            raise fault

    async def _put_away(self, group: list[Incoming]) -> None:
        for incoming in group:
            if incoming.what == "unsend":
                await asyncio.to_thread(self.store.withdraw, incoming.message_id)
            elif incoming.what == "forget":
                for name in self._names(incoming):
                    await asyncio.to_thread(self._forget, name)

    def _forget(self, user: str) -> None:
        """She blocks the desk, or a group lets it go: what was said, and her places on waiting lists."""
        now = int(self.clock.now().timestamp())
        self.store.forget(user)
        self.store.transact(lambda pages: leave_lines(pages, user, now))

    async def _take_in(self, group: list[Incoming]) -> None:
        """Guard all, keep all in one commit, then wake their lanes."""
        named = [(incoming, await self._user(incoming)) for incoming in group]
        users = {user for _, user in named}
        async with AsyncExitStack() as held:
            for stripe in sorted({hash(user) % _STRIPES for user in users}):
                await held.enter_async_context(self._stripes[stripe])
            now = int(self.clock.now().timestamp())
            glances, down = await self._glances(users, now)
            admissions = self._admissions(named, glances)
            if down is None:
                down = await self._keep(admissions, now)
        if down is not None:
            for one in admissions:
                self.apologise(one.incoming.reply_token, one.said)
            raise down

    async def _keep(self, admissions: list[Admission], now: int) -> StorageError | None:
        tickets = [(self._ticket(one, now), one.shape) for one in admissions]
        if not tickets:
            return None
        try:
            admitted = await asyncio.wrap_future(self.store.admit_all(tickets))
        except StorageError as error:
            return error
        for user in dict.fromkeys(t.user for (t, _), new in zip(tickets, admitted, strict=True) if new):
            self.wake(user)
        return None

    def _admissions(self, named: list[tuple[Incoming, str]], glances: dict[str, Glance]) -> list[Admission]:
        """Those that are for us, as the guard lets them pass, one after the other."""
        made = []
        for incoming, user in named:
            try:
                one = self._admission(incoming, user, glances)
            except Exception as error:
                # A mistake of ours in one event: its neighbours must not be lost, and its text must
                # not travel in a traceback. Its type is all that is told.
                note("event_failed", logging.ERROR, error=type(error).__name__)
                continue
            if one is not None:
                made.append(one)
        return made

    def _admission(
        self, incoming: Incoming, user: str, glances: dict[str, Glance]
    ) -> Admission | None:
        said, shape = self._guarded(incoming, glances[user])
        if isinstance(said, Slipped):
            note("pin_refused", kind=said.refusal.kind.value)
        if said is None or not _is_for_us(incoming, said):
            return None
        glances[user] = replace(glances[user], shape=shape)
        return Admission(incoming, user, said, shape)

    def _ticket(self, admission: Admission, now: int) -> Ticket:
        """With the speaker's sealed address where she is alone with the desk: to a group nothing is pushed."""
        incoming = admission.incoming
        address = "" if incoming.is_group else self.seal.seal(incoming.speaker)
        token, message = incoming.reply_token, incoming.message_id
        return Ticket(incoming.event_id, admission.user, admission.said, token, now, message, address)

    async def _glances(self, users: set[str], now: int) -> tuple[dict[str, Glance], StorageError | None]:
        """What the guard needs to know; without the store it judges as if nothing was asked."""
        try:
            if self.store.is_at_hand:
                return self._look(users, now), None
            return await asyncio.to_thread(self._look, users, now), None
        except StorageError as error:
            return dict.fromkeys(users, Glance()), error

    def _look(self, users: set[str], now: int) -> dict[str, Glance]:
        return {user: self.store.glance(user, now) for user in users}

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

    async def _user(self, incoming: Incoming) -> str:
        """A keyed hash of who speaks where: what is kept cannot be led back to a LINE id.

        While old keys are beside the new one, whoever is known by an old hash keeps it.
        """
        name, *old = self._names(incoming)
        for known in old:
            if await self._beside(self.store.knows, known):
                return known
        return name

    async def _beside(self, look: Callable[[str], bool], name: str) -> bool:
        return look(name) if self.store.is_at_hand else await asyncio.to_thread(look, name)

    def _names(self, incoming: Incoming) -> list[str]:
        """In a group `room.speaker`, so that leaving the group forgets everybody in it."""
        alone = not incoming.is_group or incoming.what == "forget"
        rooms = [(_hashed(key, incoming.room), key) for key in self.hash_keys]
        return [room if alone else f"{room}.{_hashed(key, incoming.speaker)}" for room, key in rooms]


def _hashed(key: bytes, name: str) -> str:
    return hmac.new(key, name.encode(), hashlib.sha256).hexdigest()[:32]


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
