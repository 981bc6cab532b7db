"""LINE's door: `POST /callback` as plain ASGI, before Flask's routing.

It is nearly all of the traffic, needs none of Flask, and here stands in full what a stranger's
request can do: be answered with an empty status.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from bot.log import note
from bot.store.base import StorageError
from bot.webhook import BadRequest, Webhook

MAX_BODY = 1_000_000  # bytes; LINE publishes no limit, its own requests stay far below
BODY_SECONDS = 10.0  # LINE sends a body in one go; a proxy that buffers does too

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


class _Refused(Exception):
    """`status` for a request that is not looked at."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Door:
    """Lets webhooks in; everything else goes on to the application behind it."""

    def __init__(self, behind: Application, webhook: Webhook) -> None:
        self._behind = behind
        self._webhook = webhook
        self.refused: Counter[str] = Counter()  # by name: signature, body, method, size, slow

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != "/callback":
            return await self._behind(scope, receive, send)
        status = await self._let_in(scope, receive)
        await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})

    async def _let_in(self, scope: Scope, receive: Receive) -> int:
        """200 once every event is kept; 503 where LINE is to deliver again; 4xx for strangers."""
        if scope["method"] != "POST":
            return self._turned_away("method", 405)
        headers = dict(scope["headers"])
        try:
            async with asyncio.timeout(BODY_SECONDS):
                body = await _body(headers, receive)
            signature = headers.get(b"x-line-signature", b"").decode("latin-1")
            await self._webhook.handle_all(body, signature)
        except _Refused as refusal:
            return self._turned_away("size" if refusal.status == 413 else "body", refusal.status)
        except TimeoutError:
            return self._turned_away("slow", 408)
        except BadRequest as error:
            return self._turned_away(error.why, 400)
        except StorageError as error:
            note("store_down", logging.ERROR, error=str(error), room="door")
            return 503
        except Exception as error:
            # A mistake of ours: LINE comes again, and nothing of the request travels in a traceback.
            note("webhook_failed", logging.ERROR, error=type(error).__name__)
            return 500
        return 200

    def _turned_away(self, why: str, status: int) -> int:
        """Counted and named: a wrong channel secret shows as a row of `signature`."""
        self.refused[why] += 1
        note("webhook_refused", logging.WARNING, kind=why, status=status, count=self.refused[why])
        return status


async def _body(headers: dict[bytes, bytes], receive: Receive) -> bytes:
    """The whole body. _Refused where it is too long, or its sender has gone."""
    length = headers.get(b"content-length", b"0")
    if not length.isdigit() or int(length[:9]) > MAX_BODY:
        raise _Refused(413)
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise _Refused(400)
        body += message.get("body", b"")
        if len(body) > MAX_BODY:
            raise _Refused(413)
        if not message.get("more_body", False):
            return bytes(body)
