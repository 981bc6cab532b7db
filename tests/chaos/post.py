"""LINE's side of the door: signed webhooks, sent again until acknowledged, some of them twice."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Sequence
from typing import Any

from tests.chaos.plan import Plan
from tests.support import events

Event = dict[str, Any]
_LONGEST = 60.0  # seconds for which an event is sent again
_CALL = 15.0  # seconds for one acknowledgement
_FAULTS = (OSError, asyncio.IncompleteReadError, TimeoutError)

Wire = tuple[asyncio.StreamReader, asyncio.StreamWriter]


class Post:
    """Delivers events to servers on `ports` of 127.0.0.1, over a limited number of connections."""

    def __init__(self, ports: Sequence[int], plan: Plan, chance: random.Random) -> None:
        self._ports, self._plan, self._chance = ports, plan, chance
        self._lines = asyncio.Semaphore(plan.connections)
        self._idle: dict[int, list[Wire]] = {port: [] for port in ports}
        self._later: list[asyncio.Task[None]] = []
        self.acknowledged: set[str] = set()  # event ids
        self.put_off: set[str] = set()  # event ids that were not acknowledged at every try
        self.redelivered = 0
        self.repeated = 0  # sent again for want of a 200

    async def deliver(self, event: Event) -> None:
        """Returns once the event is acknowledged, or was sent long enough in vain."""
        copies = 2 if self._chance.random() < self._plan.copied else 1
        self.redelivered += copies - 1
        await asyncio.gather(*(self._until_taken(event) for _ in range(copies)))
        if self._chance.random() < self._plan.redelivered:
            self._later.append(asyncio.create_task(self._again(event)))

    async def close(self) -> None:
        """Waits for what is to be sent later, then hangs up."""
        await asyncio.gather(*self._later)
        for _, writer in (wire for wires in self._idle.values() for wire in wires):
            writer.close()

    async def _again(self, event: Event) -> None:
        await asyncio.sleep(self._chance.uniform(0.1, 3.0))
        self.redelivered += 1
        await self._until_taken(event | {"deliveryContext": {"isRedelivery": True}})

    async def _until_taken(self, event: Event) -> None:
        request, end, pause = _request(event), asyncio.get_running_loop().time() + _LONGEST, 0.1
        while asyncio.get_running_loop().time() < end:
            if await self._sent(self._chance.choice(self._ports), request) == 200:
                self.acknowledged.add(event["webhookEventId"])
                return
            self.repeated += 1
            self.put_off.add(event["webhookEventId"])
            await asyncio.sleep(self._chance.uniform(0.5, 1.0) * pause)
            pause = min(2 * pause, 1.0)

    async def _sent(self, port: int, request: bytes) -> int:
        """The status; 0 where none came."""
        async with self._lines:
            idle = self._idle[port]
            try:
                wire = idle.pop() if idle else await asyncio.open_connection("127.0.0.1", port)
            except OSError:
                return 0
            try:
                status, stays = await asyncio.wait_for(_exchange(*wire, request), _CALL)
            except _FAULTS:
                wire[1].close()
                return 0
            if stays:
                idle.append(wire)
            else:
                wire[1].close()
            return status


def _request(event: Event) -> bytes:
    body = json.dumps({"destination": "U" + "f" * 32, "events": [event]}).encode()
    head = (
        "POST /callback HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"x-line-signature: {events.signed(body)}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def _exchange(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes
) -> tuple[int, bool]:
    """The status, and whether the connection stays."""
    writer.write(request)
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower().split("\r\n")
    fields = {name: value.strip() for name, _, value in (line.partition(":") for line in head[1:])}
    await reader.readexactly(int(fields.get("content-length", 0)))
    return int(head[0].split(" ")[1]), fields.get("connection") != "close"
