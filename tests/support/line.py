"""A stand-in for LINE's Messaging API on loopback: real HTTP, with the latency and faults asked for.

It keeps what it was sent, refuses a reply token used before (as LINE does), and can answer slowly,
with an error status, or not at all.
"""

from __future__ import annotations

import asyncio
import json
import threading
import time
from dataclasses import dataclass, field
from typing import Any


@dataclass
class StandInLine:
    """Runs in a thread of its own. `replies` maps reply token → messages, accepted ones only."""

    latency: float = 0.0
    statuses: list[int] = field(default_factory=list)  # answers to the next calls; then 200
    drop: int = 0  # calls whose connection is closed without an answer
    replies: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    times: dict[str, float] = field(default_factory=dict)
    calls: int = 0
    refused: int = 0
    url: str = ""

    def __enter__(self) -> StandInLine:
        self._ready, self._changed = threading.Event(), threading.Condition()
        self._thread = threading.Thread(target=lambda: asyncio.run(self._serve()), daemon=True)
        self._thread.start()
        assert self._ready.wait(5)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(5)

    def wait_for(self, count: int, seconds: float = 10.0) -> bool:
        """Whether `count` replies have come within `seconds`."""
        with self._changed:
            return self._changed.wait_for(lambda: len(self.replies) >= count, seconds)

    def wait_reply(self, token: str, seconds: float = 10.0) -> list[dict[str, Any]]:
        with self._changed:
            assert self._changed.wait_for(lambda: token in self.replies, seconds), f"no reply to {token}"
        return self.replies[token]

    async def _serve(self) -> None:
        self._loop, self._stop = asyncio.get_running_loop(), asyncio.Event()
        server = await asyncio.start_server(self._connection, "127.0.0.1", 0)
        self.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
        self._ready.set()
        await self._stop.wait()
        server.close()

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                length = next(
                    (
                        int(line.split(b":")[1])
                        for line in head.split(b"\r\n")
                        if line.lower().startswith(b"content-length:")
                    ),
                    0,
                )
                body = await reader.readexactly(length)
                if not await self._answer(body, writer):
                    break
        except (asyncio.IncompleteReadError, asyncio.CancelledError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _answer(self, body: bytes, writer: asyncio.StreamWriter) -> bool:
        self.calls += 1
        if self.latency:
            await asyncio.sleep(self.latency)
        if self.drop:
            self.drop -= 1
            return False
        status = self.statuses.pop(0) if self.statuses else 200
        data = json.loads(body) if body else {}
        if status == 200 and "replyToken" in data:
            status = self._keep(data)
        answer = b'{"sentMessages":[]}' if status == 200 else b'{"message":"Invalid reply token"}'
        writer.write(
            b"HTTP/1.1 %d X\r\nContent-Type: application/json\r\nContent-Length: %d\r\n"
            b"x-line-request-id: r%d\r\n\r\n%s" % (status, len(answer), self.calls, answer)
        )
        await writer.drain()
        return True

    def _keep(self, data: dict[str, Any]) -> int:
        token = data["replyToken"]
        if token in self.replies:
            self.refused += 1
            return 400
        with self._changed:
            self.replies[token] = data["messages"]
            self.times[token] = time.monotonic()
            self._changed.notify_all()
        return 200
