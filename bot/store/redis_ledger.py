"""The ledger's pages in Redis: read freely, then compared and written by one script, or not at all.

A transaction remembers every page that it read. The script applies what it wrote only if all of
those still stand as they were read; else the work is run again. So nobody waits for a lock, and a
process that dies leaves none behind.
"""

from __future__ import annotations

import json
import random
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from bot.store.base import StorageError
from bot.store.redis_client import FAULTS, TAG
from intents.ledger.pages import SHELVES, Json, Pages, Shelf

_PATIENCE = 5.0  # seconds in which a transaction must come through
_REMEMBERED = 600  # seconds for which a request's id is known; a lost answer is asked for again at once
_FIRST_PAUSE, _LONGEST_PAUSE = 0.001, 0.05  # seconds between two tries

T = TypeVar("T")
Place = tuple[Shelf, str]

# KEYS: the request, then each shelf's pages, then each shelf's dues. ARGV: the request's seconds,
# the number of pages read, of pages written; of each page read: shelf, key, text ("" for none); of
# each page written: shelf, key, text ("" to erase), due ("" for none).
# Answers "ok", "conflict", or why the places of standing bookings would not be right.
_APPLY = """
local shelves = (#KEYS - 1) / 2
if redis.call('EXISTS', KEYS[1]) == 1 then return 'ok' end
local at = 4
for _ = 1, tonumber(ARGV[2]) do
    local now = redis.call('HGET', KEYS[1 + ARGV[at]], ARGV[at + 1]) or ''
    if now ~= ARGV[at + 2] then return 'conflict' end
    at = at + 3
end
local PLACE, BOOKING = 1, 2
local written = {{}, {}}
for i = at, #ARGV, 4 do
    local pages = written[tonumber(ARGV[i])]
    if pages then pages[ARGV[i + 1]] = ARGV[i + 2] end
end
local function read(text)
    return text and text ~= '' and cjson.decode(text) or nil
end
local function page(shelf, key)
    return read(written[shelf][key] or redis.call('HGET', KEYS[1 + shelf], key))
end
local function has(claims, desk, holder)
    local claim = claims and claims[desk]
    return claim and claim[1] == holder and claim[2] == 0
end
for reference, text in pairs(written[BOOKING]) do
    local booking = read(text)
    local before = read(redis.call('HGET', KEYS[1 + BOOKING], reference))
    if booking and before and booking.made ~= before.made then
        return 'reference of another booking'
    end
    if booking and booking.state == 'booked' then
        local claims = page(PLACE, booking.slot)
        if #booking.desks ~= booking.people or booking.people < 1 then return 'booking without its places' end
        for _, desk in ipairs(booking.desks) do
            if not has(claims, string.format('%d', desk), reference) then
                return 'booking without its places'
            end
        end
    end
end
for slot, text in pairs(written[PLACE]) do
    local claims = read(text)
    for desk, claim in pairs(read(redis.call('HGET', KEYS[1 + PLACE], slot)) or {}) do
        if claim[2] == 0 and not has(claims, desk, claim[1]) then
            local booking = page(BOOKING, claim[1])
            if booking and booking.state == 'booked' and booking.slot == slot then
                return 'place of a standing booking'
            end
        end
    end
end
for i = at, #ARGV, 4 do
    local pages, dues = KEYS[1 + ARGV[i]], KEYS[1 + shelves + ARGV[i]]
    if ARGV[i + 2] == '' then
        redis.call('HDEL', pages, ARGV[i + 1])
    else
        redis.call('HSET', pages, ARGV[i + 1], ARGV[i + 2])
    end
    if ARGV[i + 3] == '' then
        redis.call('ZREM', dues, ARGV[i + 1])
    else
        redis.call('ZADD', dues, ARGV[i + 3], ARGV[i + 1])
    end
end
if at <= #ARGV then redis.call('SET', KEYS[1], 1, 'EX', ARGV[1]) end
return 'ok'
"""
_NUMBER = {shelf: number for number, shelf in enumerate(SHELVES, 1)}  # place 1, booking 2: the script's


def page_key(shelf: Shelf) -> str:
    return f"{TAG}:pages:{shelf}"


def due_key(shelf: Shelf) -> str:
    return f"{TAG}:due:{shelf}"


class RedisPages:
    """intents.ledger.pages.Pages: what was read, what is to be written."""

    def __init__(self, client: Any, wanted: Iterable[Place] = ()) -> None:
        """`wanted`: pages that will probably be read, fetched in one go."""
        self._redis = client
        self._fetched: dict[Place, str | None] = {}
        self.seen: dict[Place, str | None] = {}
        self.written: dict[Place, tuple[str, int | None]] = {}
        self._fetch(wanted)

    def get(self, shelf: Shelf, key: str) -> Json | None:
        place = shelf, key
        if place in self.written:
            text: str | None = self.written[place][0]
        else:
            if place not in self._fetched:
                self._fetch((place, *_beside(place)))
            text = self.seen[place] = self._fetched[place]
        return json.loads(text) if text else None

    def put(self, shelf: Shelf, key: str, page: Json | None) -> None:
        if page is None:
            self.written[shelf, key] = "", None
        else:
            text = json.dumps(page, ensure_ascii=False, separators=(",", ":"))
            self.written[shelf, key] = text, page.get("due")

    def _fetch(self, places: Iterable[Place]) -> None:
        by_shelf: dict[Shelf, list[str]] = defaultdict(list)
        for shelf, key in places:
            if (shelf, key) not in self._fetched:
                by_shelf[shelf].append(key)
        with self._redis.pipeline(transaction=False) as pipeline:
            for shelf, keys in by_shelf.items():
                pipeline.hmget(page_key(shelf), keys)
            answers = pipeline.execute()
        for (shelf, keys), texts in zip(by_shelf.items(), answers, strict=True):
            self._fetched.update(((shelf, key), text) for key, text in zip(keys, texts, strict=True))

    def arguments(self) -> list[str | int]:
        """ARGV of the script."""
        reads = ((_NUMBER[shelf], key, text or "") for (shelf, key), text in self.seen.items())
        writes = (
            (_NUMBER[shelf], key, text, "" if due is None else due)
            for (shelf, key), (text, due) in self.written.items()
        )
        return [
            *(_REMEMBERED, len(self.seen), len(self.written)),
            *(value for read in reads for value in read),
            *(value for write in writes for value in write),
        ]


def _beside(place: Place) -> tuple[Place, ...]:
    """Pages that the rules read together with this one."""
    shelf, key = place
    if shelf == "person":
        return ("hold", f"hold:{key}"), ("hold", f"offer:{key}")
    if shelf == "closed":
        return (("waiting", key),)
    return ()


class RedisLedger:
    """base.Ledger on a Redis client."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._apply = client.register_script(_APPLY)

    def look(self) -> None:
        """Raises what the client does where a shelf is not what a shelf must be."""
        for shelf in SHELVES:
            self._client.hlen(page_key(shelf))
            self._client.zcard(due_key(shelf))

    def transact(self, work: Callable[[Pages], T]) -> T:
        end, pause = time.monotonic() + _PATIENCE, _FIRST_PAUSE
        wanted: tuple[Place, ...] = ()
        while True:
            pages = RedisPages(self._client, wanted)
            try:
                result = work(pages)
            except FAULTS:
                raise
            except Exception:
                # Over pages of different moments the rules may stumble: only over true ones it is a bug.
                pages.written.clear()
                if self._applied(pages):
                    raise
            else:
                if self._applied(pages):
                    return result
            if time.monotonic() > end:
                raise StorageError("too many conflicts")
            time.sleep(random.uniform(0, pause))
            pause = min(2 * pause, _LONGEST_PAUSE)
            wanted = tuple(pages.seen)

    def read(self, work: Callable[[Pages], T]) -> T:
        """A transaction too: only the comparison at its end makes what was read that of one moment."""
        return self.transact(work)

    def _applied(self, pages: RedisPages) -> bool:
        """Whether what was read still stood, and all is written. A repeat by the client is harmless."""
        request = f"{TAG}:applied:{uuid.uuid4().hex}"
        keys = [request, *map(page_key, SHELVES), *map(due_key, SHELVES)]
        answer = self._apply(keys=keys, args=pages.arguments())
        if answer not in ("ok", "conflict"):
            raise StorageError(answer)
        return bool(answer == "ok")

    def shelf(self, name: Shelf) -> dict[str, Json]:
        found = self._client.hgetall(page_key(name))
        return {key: json.loads(text) for key, text in found.items()}

    def due(self, name: Shelf, until: int, limit: int = 100) -> list[str]:
        return list(self._client.zrangebyscore(due_key(name), "-inf", until, start=0, num=limit))
