"""The store for many web processes and machines: Redis ≥ 7 or Valkey, durable or refused.

Every change is one script, so that it happens whole or not at all, and carries its request id: the
client repeats a call whose answer was lost, and the repeat must not count twice. All keys share one
hash tag, so that the store also runs on a cluster.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from redis.exceptions import ResponseError

from bot.store.base import (
    CASE_DAYS,
    EVENT_DAYS,
    PERSON_DAYS,
    SHAPE_SECONDS,
    TALK_HOURS,
    Case,
    Glance,
    StorageError,
    Ticket,
    aged,
    case_from_json,
    case_to_json,
    lasting,
    said_from_json,
    said_to_json,
)
from bot.store.redis_client import FAULTS, TAG, connect, node_of
from bot.store.redis_ledger import RedisLedger, due_key, page_key
from bot.store.redis_scripts import ADMIT, FINISH, FORGET, KEEP, RELEASE, TAKE
from bot.store.sweeping import sweep_pages
from intents.guard import Shape
from intents.ledger.pages import Json, Pages, Shelf
from intents.reference import reference
from intents.talk import Talk

_DAY = 86_400
_LEASE_MS = 30_000  # longer than the slowest answer; after a kill the lane is free again
_ADMITTING = 16  # webhooks that wait for the server at once
REWRITE_SECONDS = 3600  # an answered text stands that long in the append-only file, and its rewriting's time
_UNSENT_GAP = 60  # as long at most does one that was unsent
_RECOVERED = 1000  # users looked at in one round

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")


def _translated(method: Callable[P, R]) -> Callable[P, R]:
    """Whatever the client raises comes out as StorageError, without the data of the call."""

    @wraps(method)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return method(*args, **kwargs)
        except FAULTS as error:
            raise StorageError(type(error).__name__) from None

    return call


class RedisStore:
    """The promises of base.Store on a Redis server."""

    is_at_hand = False

    @_translated
    def __init__(self, url: str) -> None:
        """StorageError where the server does not answer, or would lose what it acknowledged.

        `?durable=no` in the URL accepts such a server all the same (for trying things out).
        """
        self._redis = connect(url)
        self._node = node_of(self._redis)
        self._admit = self._redis.register_script(ADMIT)
        self._take = self._redis.register_script(TAKE)
        self._finish = self._redis.register_script(FINISH)
        self._release = self._redis.register_script(RELEASE)
        self._forget = self._redis.register_script(FORGET)
        self._keep = self._redis.register_script(KEEP)
        self._admitting = ThreadPoolExecutor(_ADMITTING, thread_name_prefix="admit")
        self._ledger = RedisLedger(self._redis)
        self._taken: dict[str, tuple[str, str]] = {}

    @_translated
    def knows(self, user: str) -> bool:
        kept = self._redis.exists(*(_key(kind, user) for kind in ("person", "talk", "shape", "lane")))
        return bool(kept or self._redis.hexists(page_key("person"), user))

    @_translated
    def glance(self, user: str, now: int) -> Glance:
        talk, touched, shape, shaped = self._person(user)
        fresh = now - shaped <= SHAPE_SECONDS
        return Glance(aged(talk, touched, now).asked, shape if fresh else Shape())

    def _person(self, user: str) -> tuple[Talk, int, Shape, int]:
        """The talk and the shape go by themselves when their time is over; what lasts stays longer."""
        with self._redis.pipeline(transaction=False) as pipeline:
            pipeline.hmget(_key("talk", user), ["talk", "touched"])
            pipeline.hmget(_key("shape", user), ["shape", "shaped"])
            pipeline.get(_key("person", user))
            (talk, touched), (shape, shaped), lasts = pipeline.execute()
        return (
            Talk.from_json(json.loads(talk or lasts or "{}")),
            int(touched or 0),
            Shape.from_json(json.loads(shape or "[]")),
            int(shaped or 0),
        )

    def admit_all(self, admitted: Sequence[tuple[Ticket, Shape]]) -> Future[list[bool]]:
        return self._admitting.submit(lambda: [self.admit(ticket, shape) for ticket, shape in admitted])

    @_translated
    def admit(self, ticket: Ticket, shape: Shape) -> bool:
        room = ticket.user.split(".")[0]
        if room != ticket.user:
            self._redis.sadd(_key("room", room), ticket.user)
        admitted = self._admit(
            keys=[
                _key("seen", ticket.event_id),
                _key("lane", ticket.user),
                _key("waiting"),
                _key("shape", ticket.user),
                _key("message", ticket.message_id or ticket.event_id),
            ],
            args=[
                uuid.uuid4().hex,
                _ticket_text(ticket),
                ticket.user,
                ticket.at,
                EVENT_DAYS * _DAY,
                json.dumps(shape.to_json()),
                SHAPE_SECONDS,
            ],
        )
        return bool(admitted)

    @_translated
    def take(self, user: str) -> Ticket | None:
        token = uuid.uuid4().hex
        keys = [_key("lane", user), _key("lease", user), _key("waiting")]
        text = self._take(keys=keys, args=[token, _LEASE_MS, user])
        if not text:
            return None
        self._taken[user] = (token, text)
        ticket = _ticket_from(text, user, Glance(self._person(user)[0].asked))
        if ticket is None:  # written by another version: nobody can answer it
            self._drop_head(user, token, text)
        return ticket

    def _drop_head(self, user: str, token: str, text: str) -> None:
        self._redis.lrem(_key("lane", user), 1, text)
        self._release(keys=[_key("lease", user)], args=[token])

    @_translated
    def talk(self, user: str, now: int) -> Talk:
        talk, touched, _, _ = self._person(user)
        return aged(talk, touched, now)

    @_translated
    def finish(self, ticket: Ticket, talk: Talk, now: int, told: tuple[str, ...] = ()) -> None:
        user = ticket.user
        token, text = self._taken.pop(user, ("", ""))
        self._finish(
            keys=[
                *(_key("lane", user), _key("lease", user), _key("waiting"), _key("talk", user)),
                *(_key("person", user), page_key("notice"), due_key("notice")),
            ],
            args=[
                *(token, text, user, _text(talk), now, TALK_HOURS * 3600),
                *(_text(lasting(talk)), PERSON_DAYS * _DAY, *told),
            ],
        )

    @_translated
    def release(self, ticket: Ticket) -> None:
        token, _ = self._taken.pop(ticket.user, ("", ""))
        self._release(keys=[_key("lease", ticket.user)], args=[token])

    @_translated
    def keep(self, ticket: Ticket) -> None:
        token, _ = self._taken.get(ticket.user, ("", ""))
        self._keep(keys=[_key("lease", ticket.user)], args=[token, _LEASE_MS])

    @_translated
    def waiting(self) -> list[str]:
        return list(self._redis.zrange(_key("waiting"), 0, _RECOVERED - 1))

    @_translated
    def forget(self, user: str) -> None:
        whom = [user, *self._redis.smembers(_key("room", user))]
        own = (_key(kind, one) for one in whom for kind in ("person", "talk", "shape", "lane"))
        self._forget(keys=[_key("waiting"), _key("room", user), *own], args=whom)

    @_translated
    def withdraw(self, message_id: str) -> None:
        user = self._redis.get(_key("message", message_id)) if message_id else None
        if user is None:
            return
        lane = _key("lane", user)
        for text in self._redis.lrange(lane, 0, -1):
            if json.loads(text).get("message") == message_id:
                self._redis.lrem(lane, 1, text)
        self._redis.delete(_key("message", message_id))
        self._rewrite(_UNSENT_GAP)

    @_translated
    def open_case(self, case: Case, seed: str) -> str:
        body = json.dumps(case_to_json(case), ensure_ascii=False)
        if case.code:
            self._redis.set(_key("case", case.code), body, ex=CASE_DAYS * _DAY)
            return case.code
        for attempt in range(1000):
            code = reference(f"{seed}/{attempt}".encode())
            if self._redis.set(_key("case", code), body, nx=True, ex=CASE_DAYS * _DAY):
                return code
        raise StorageError("no free case code")

    @_translated
    def case(self, code: str) -> Case | None:
        body = self._redis.get(_key("case", code))
        return case_from_json(code, json.loads(body)) if body else None

    @_translated
    def sweep(self, now: int) -> None:
        """The rest Redis forgets by itself: every other key has its end. Its append-only file still holds
        what was erased, until it is rewritten."""
        sweep_pages(self, now)
        self._rewrite(REWRITE_SECONDS)

    def _rewrite(self, gap: int) -> None:
        """Has the append-only file rewritten, unless it was within `gap` seconds, whoever asked for it."""
        mark = _key("rewritten")
        age = self._redis.ttl(mark)
        if age > _DAY - gap or not self._redis.set(mark, 1, ex=_DAY):
            return
        try:
            self._redis.bgrewriteaof(**self._node)
        except ResponseError:  # one is under way already; the next round asks again
            self._redis.delete(mark)

    @_translated
    def transact(self, work: Callable[[Pages], T]) -> T:
        return self._ledger.transact(work)

    @_translated
    def read(self, work: Callable[[Pages], T]) -> T:
        return self._ledger.read(work)

    @_translated
    def shelf(self, name: Shelf) -> dict[str, Json]:
        return self._ledger.shelf(name)

    @_translated
    def due(self, name: Shelf, until: int, limit: int = 100) -> list[str]:
        return self._ledger.due(name, until, limit)

    @_translated
    def ping(self) -> None:
        """A write, since a full or read-only server still answers PING; and a look at what all share, which
        somebody else may have laid over with another kind of value."""
        self._redis.set(_key("ping"), 1, ex=60)
        self._redis.zcard(_key("waiting"))
        self._ledger.look()

    def close(self) -> None:
        self._admitting.shutdown()
        self._redis.close()


def _text(talk: Talk) -> str:
    return json.dumps(talk.to_json(), ensure_ascii=False, separators=(",", ":"))


def _key(*parts: str) -> str:
    return ":".join((TAG, *parts))


def _ticket_text(ticket: Ticket) -> str:
    return json.dumps(
        {
            "id": ticket.event_id,
            "token": ticket.reply_token,
            "at": ticket.at,
            "message": ticket.message_id,
            "address": ticket.address,
            "said": said_to_json(ticket.said),
        },
        ensure_ascii=False,
        separators=(",", ":"),
    )


def _ticket_from(text: str, user: str, glance: Glance) -> Ticket | None:
    data: dict[str, Any] = json.loads(text)
    said = said_from_json(data["said"], glance, data["at"])
    if said is None:
        return None
    address = data.get("address", "")
    return Ticket(data["id"], user, said, data["token"], data["at"], data["message"], address)
