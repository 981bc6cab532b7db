"""Signed webhooks over kept-alive connections: a closed loop as fast as it goes, or an open loop at a rate."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field
from typing import Any

from tests.support import events
from tests.support.apologies import of_practice
from tests.support.desk import Messages

Requests = list[tuple[str, bytes]]  # (reply token, whole HTTP request) of each event


def losses(requests: Requests, replies: dict[str, Messages]) -> dict[str, int]:
    """What of `requests` got no answer: how many are silent, and how many got an apology for one."""
    apologies = of_practice()
    silent = sum(token not in replies for token, _ in requests)
    sorry = sum(token in replies and apologies.is_one(replies[token]) for token, _ in requests)
    return {"silent": silent, "apologies": sorry}


@dataclass
class Sent:
    """When each reply token's webhook was sent and acknowledged (monotonic seconds); statuses."""

    at: dict[str, float] = field(default_factory=dict)
    acked: dict[str, float] = field(default_factory=dict)
    statuses: dict[str, int] = field(default_factory=dict)

    def ack_times(self) -> list[float]:
        return [self.acked[t] - self.at[t] for t in self.acked]


def requests_for(messages: list[dict[str, Any]]) -> Requests:
    made = []
    for event in messages:
        body = events.webhook(event)
        head = (
            f"POST /callback HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            f"x-line-signature: {events.signed(body)}\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        made.append((event["replyToken"], head.encode() + body))
    return made


async def _exchange(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes) -> int:
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        (
            int(line.split(b":")[1])
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length:")
        ),
        0,
    )
    if length:
        await reader.readexactly(length)
    return int(head.split(b" ", 2)[1])


async def _send(port: int, pool: asyncio.LifoQueue[Any], token: str, request: bytes, sent: Sent) -> None:
    sent.at[token] = time.monotonic()
    try:
        connection = pool.get_nowait() if not pool.empty() else await asyncio.open_connection("127.0.0.1", port)
    except ConnectionError:
        return  # the server is gone: not acknowledged
    try:
        sent.statuses[token] = await _exchange(*connection, request)
        sent.acked[token] = time.monotonic()
        pool.put_nowait(connection)
    except (ConnectionError, asyncio.IncompleteReadError):
        connection[1].close()


async def closed_loop(port: int, requests: Requests, connections: int) -> Sent:
    """Each of the connections sends its next webhook when the last one was acknowledged."""
    sent, pool = Sent(), asyncio.LifoQueue[Any]()
    waiting = iter(requests)

    async def one() -> None:
        for token, request in waiting:
            await _send(port, pool, token, request, sent)

    await asyncio.gather(*(one() for _ in range(connections)))
    return sent


async def open_loop(port: int, requests: Requests, rate: float) -> Sent:
    """One webhook every 1/rate seconds, whether the earlier ones are answered or not."""
    sent, pool = Sent(), asyncio.LifoQueue[Any]()
    start, tasks = time.monotonic(), []
    for number, (token, request) in enumerate(requests):
        await asyncio.sleep(max(0.0, start + number / rate - time.monotonic()))
        tasks.append(asyncio.create_task(_send(port, pool, token, request, sent)))
    await asyncio.gather(*tasks)
    return sent
