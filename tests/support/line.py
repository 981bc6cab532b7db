"""A stand-in for LINE's Messaging API on loopback: real HTTP, with the latency and faults asked for.

It keeps what it was sent and who got it when; refuses a reply token used before, knows retry keys for
24 hours and counts the month's pushes, as LINE does. It can answer slowly, with an error status, not
at all, or take a message and lose the answer.
"""

from __future__ import annotations

import asyncio
import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.clock import Clock, SystemClock
from tests.support.patience import PATIENCE

Json = dict[str, Any]
_KEY_LIFE = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Faults:
    """How often each thing goes wrong with a call that sends, by a seed: a share of 1."""

    seed: int
    error: float = 0.0  # 500, and nothing was taken
    rate: float = 0.0  # 429: too many calls
    lost: float = 0.0  # taken, and the connection closed without an answer
    stall: float = 0.0  # taken, and the answer comes too late
    stall_seconds: float = 1.0


@dataclass(frozen=True, slots=True)
class Pushed:
    """A push that was taken, at the time of the stand-in's clock."""

    to: str
    key: str
    messages: list[Json]
    at: datetime


@dataclass(frozen=True, slots=True)
class _Call:
    path: str
    headers: dict[str, str]
    data: Json


@dataclass
class StandInLine:
    """Runs in a thread of its own. `replies` maps reply token → messages, accepted ones only."""

    latency: float = 0.0
    statuses: list[int] = field(default_factory=list)  # answers to the next sending calls; then 200
    drop: int = 0  # calls whose connection is closed without an answer, nothing taken
    lose: int = 0  # sending calls that are taken, their connection closed without an answer
    limit: int | None = None  # pushes a month
    used_before: int = 0
    faults: Faults | None = None
    clock: Clock = field(default_factory=SystemClock)
    at_push: Callable[[], None] | None = None  # called before and after a push is taken
    heard: Callable[[str, list[Json]], None] | None = None  # who (user id or reply token) was told what
    replies: dict[str, list[Json]] = field(default_factory=dict)
    times: dict[str, float] = field(default_factory=dict)
    failed: Counter[str] = field(default_factory=Counter)  # tries to reply that a fault refused, per token
    pushes: list[Pushed] = field(default_factory=list)
    calls: int = 0
    refused: int = 0
    repeated: int = 0  # pushes answered 409
    asked: int = 0  # looks at the quota
    url: str = ""

    def __enter__(self) -> StandInLine:
        self._ready, self._changed = threading.Event(), threading.Condition()
        self._chance = random.Random(self.faults.seed if self.faults else 0)
        self._keys: dict[str, datetime] = {}
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()
        assert self._ready.wait(PATIENCE)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(PATIENCE)

    def wait_for(self, count: int, seconds: float = PATIENCE) -> bool:
        """Whether `count` replies have come within `seconds`."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self.replies) >= count, seconds)

    def wait_reply(self, token: str, seconds: float = PATIENCE) -> list[Json]:
        with self._changed:
            assert self._changed.wait_for(lambda: token in self.replies, seconds), f"no reply to {token}"
        return self.replies[token]

    def wait_pushes(self, count: int = 1, seconds: float = PATIENCE) -> list[Pushed]:
        """All that was pushed, once there are `count`."""
        with self._changed:
            come = self._changed.wait_for(lambda: len(self.pushes) >= count, seconds)
            assert come, f"{len(self.pushes)} of {count} pushes"
        return self.pushes

    # --- the server

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._connection, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        self._ready.set()
        await self._stop.wait()
        server.close()

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while await self._answer(await _read(reader), writer):
                pass
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _answer(self, call: _Call, writer: asyncio.StreamWriter) -> bool:
        """False: the connection is closed without an answer."""
        self.calls += 1
        if self.latency:
            await asyncio.sleep(self.latency)
        if self.drop:
            self.drop -= 1
            return False
        fault = self._fault() if call.data else ""
        if fault in ("status", "error", "rate"):
            self.failed[call.data.get("replyToken", "")] += 1
        if fault == "status":
            status, answer = self.statuses.pop(0), {"message": "as the test wants it"}
        else:
            status, answer = self._taken(call, fault)
        if fault == "lost":
            return False
        if fault == "stall" and self.faults:
            await asyncio.sleep(self.faults.stall_seconds)
        text = json.dumps(answer).encode()
        writer.write(
            b"HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\n"
            b"x-line-request-id: r%d\r\n\r\n%s" % (status, len(text), self.calls, text)
        )
        await writer.drain()
        return True

    def _fault(self) -> str:
        """What goes wrong with this call: what was ordered for it, else by chance."""
        if self.statuses:
            return "status"
        if self.lose:
            self.lose -= 1
            return "lost"
        if self.faults is None:
            return ""
        drawn = self._chance.random()
        for name in ("error", "rate", "lost", "stall"):
            drawn -= getattr(self.faults, name)
            if drawn < 0:
                return name
        return ""

    # --- what LINE does with a call

    def _taken(self, call: _Call, fault: str) -> tuple[int, Json]:
        """The status and body of LINE's answer, once the call has had its effect."""
        if fault == "error":
            return 500, {"message": "Internal error"}
        if fault == "rate":
            return 429, {"message": "The API rate limit has been exceeded. Try again later."}
        if call.path.endswith("/message/reply"):
            return self._reply(call.data)
        if call.path.endswith("/message/push"):
            return self._push(call)
        if call.path.endswith("/message/quota"):
            self.asked += 1
            return 200, {"type": "none"} if self.limit is None else {"type": "limited", "value": self.limit}
        if call.path.endswith("/message/quota/consumption"):
            return 200, {"totalUsage": self.used_before + len(self.pushes)}
        return 404, {"message": "Not found"}

    def _reply(self, data: Json) -> tuple[int, Json]:
        token = data["replyToken"]
        if token in self.replies:
            self.refused += 1
            return 400, {"message": "Invalid reply token"}
        with self._changed:
            self.replies[token] = data["messages"]
            self.times[token] = time.monotonic()
            self._changed.notify_all()
        self._tell(token, data["messages"])
        return 200, {"sentMessages": []}

    def _push(self, call: _Call) -> tuple[int, Json]:
        if self.at_push:
            self.at_push()
        key, now = call.headers.get("x-line-retry-key", ""), self.clock.now()
        if key in self._keys and now - self._keys[key] < _KEY_LIFE:
            self.repeated += 1
            return 409, {"message": "The retry key is already accepted"}
        if self.limit is not None and self.used_before + len(self.pushes) >= self.limit:
            return 429, {"message": "You have reached your monthly limit."}
        if not call.data["to"].startswith("U") or not call.data["messages"]:
            return 400, {"message": "Failed to send messages"}
        with self._changed:
            self._keys[key] = now
            self.pushes.append(Pushed(call.data["to"], key, call.data["messages"], now))
            self._changed.notify_all()
        self._tell(call.data["to"], call.data["messages"])
        if self.at_push:
            self.at_push()
        return 200, {"sentMessages": []}

    def _tell(self, name: str, messages: list[Json]) -> None:
        if self.heard:
            self.heard(name, messages)


async def _read(reader: asyncio.StreamReader) -> _Call:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
    body = await reader.readexactly(int(headers.get("content-length", 0)))
    return _Call(head[0].split(" ")[1], headers, json.loads(body) if body else {})
