"""The only caller of the Messaging API: one client on one event loop, a total time limit on every call.

Straight through aiohttp, which the official SDK's own asynchronous client stands on: the SDK's models
cost more than the rest of an answer, drop silently what they do not know, and take a second to import.
Messages are prepared as plain JSON. Everything that goes wrong comes out as LineError.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import aiohttp

from bot.loop import Loop, start_loop, wait_from_thread

_CONNECT = 2.0  # seconds
_PATIENCE = 5.0
_KEPT = 50.0  # seconds that an idle connection is kept
_CONNECTIONS = 200  # at once; while LINE stalls, each answer under way has one
_LONGEST = 65_536  # bytes of an answer; LINE's own are far shorter
_SAID = 500  # of them that are looked at for the kind of an error


class LineError(Exception):
    """A call to LINE failed. `status` is 0 where no answer came; `request` is LINE's request id.

    `unsent`: it surely never reached LINE. `cut`: the connection was closed in place of an answer,
    as happens to one that was kept open too long; to try again at once is right.
    """

    def __init__(
        self, status: int, request: str = "", said: str = "", *, unsent: bool = False, cut: bool = False
    ) -> None:
        super().__init__(f"LINE answered {status}")
        self.status = status
        self.request = request
        self.unsent = unsent
        self.cut = cut
        self._said = said.lower()

    @property
    def may_pass(self) -> bool:
        """Whether the same call may succeed a little later."""
        return self.status in (0, 429) or self.status >= 500

    @property
    def may_have_arrived(self) -> bool:
        """No answer came, and LINE may have taken the call all the same."""
        return self.status == 0 and not self.unsent

    @property
    def token_used(self) -> bool:
        """The reply token was used before, or is over: LINE does not tell which."""
        return self.status == 400 and "invalid reply token" in self._said

    @property
    def month_is_full(self) -> bool:
        """The month's messages are used up; another 429 means only that calls come too fast."""
        return self.status == 429 and "monthly limit" in self._said


class Line:
    """Speaks to LINE's Messaging API from one event loop, over kept connections. Safe to share.

    `reply` is awaited in the loop; `push` and `quota` are called from threads, and wait there.
    """

    def __init__(
        self, base_url: str, access_token: str, patience: float = _PATIENCE, loop: Loop | None = None
    ) -> None:
        """`patience`: seconds for one whole call, however its answer drips. `loop`: where the calls run;
        without one it starts its own."""
        self._base_url = base_url.rstrip("/")
        self._headers = {"Authorization": f"Bearer {access_token}", "User-Agent": "madoguchi"}
        self._timeout = aiohttp.ClientTimeout(total=patience, sock_connect=_CONNECT)
        self.loop = loop or start_loop("line")
        self._opened: aiohttp.ClientSession | None = None

    async def reply(self, token: str, messages: list[dict[str, Any]]) -> str:
        """Send 1 to 5 messages with a reply token (once, for a minute). LINE's request id. LineError."""
        body = {"replyToken": token, "messages": messages}
        return (await self._call("POST", "/v2/bot/message/reply", body)).request

    def push(self, to: str, messages: list[dict[str, Any]], retry_key: str) -> int:
        """Send 1 to 5 messages to the user id `to`. 200: LINE took them; 409: it had them already.

        `retry_key` (a UUID) is known to LINE for 24 hours: a repeat with it is no second message.
        """
        body = {"to": to, "messages": messages}
        key = {"X-Line-Retry-Key": retry_key}
        pushed = self._call("POST", "/v2/bot/message/push", body, key, good=(200, 409))
        return wait_from_thread(self.loop, pushed).status

    def quota(self) -> tuple[int | None, int]:
        """(messages that may be sent in this month or None for any number, messages sent so far).

        Source: GET /v2/bot/message/quota and /quota/consumption of the Messaging API.
        """
        return wait_from_thread(self.loop, self._quota())

    async def _quota(self) -> tuple[int | None, int]:
        limit = _json(await self._call("GET", "/v2/bot/message/quota"))
        if limit.get("type") != "limited":
            return None, 0
        used = _json(await self._call("GET", "/v2/bot/message/quota/consumption"))
        return _count(limit, "value"), _count(used, "totalUsage")

    async def aclose(self) -> None:
        """In the loop: lets the kept connections go."""
        if self._opened is not None:
            await self._opened.close()

    def close(self) -> None:
        """As `aclose`, from another thread."""
        wait_from_thread(self.loop, self.aclose())

    def _session(self) -> aiohttp.ClientSession:
        """Made at the first call, since it belongs to the loop that runs."""
        if self._opened is None:
            pool = aiohttp.TCPConnector(limit=_CONNECTIONS, keepalive_timeout=_KEPT)
            self._opened = aiohttp.ClientSession(connector=pool, headers=self._headers, timeout=self._timeout)
        return self._opened

    async def _call(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | None = None,
        more: dict[str, str] | None = None,
        good: tuple[int, ...] = (200,),
    ) -> _Answer:
        try:
            async with self._session().request(
                method,
                self._base_url + path,
                data=None if body is None else json.dumps(body).encode(),
                headers={"Content-Type": "application/json"} | (more or {}),
                allow_redirects=False,
            ) as response:
                answer = await _read(response)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError):
            raise LineError(0, unsent=True) from None
        except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError):
            raise LineError(0, cut=True) from None
        except (aiohttp.ClientError, TimeoutError):
            raise LineError(0) from None
        if answer.status not in good:
            raise LineError(answer.status, answer.request, answer.body[:_SAID].decode("utf-8", "replace"))
        return answer


@dataclass(frozen=True, slots=True)
class _Answer:
    status: int
    request: str
    body: bytes


async def _read(response: aiohttp.ClientResponse) -> _Answer:
    """The answer as far as it comes: its status alone says what became of the call, so a body that breaks
    off, drips or never ends is cut, and its connection with it."""
    body = bytearray()
    try:
        async for piece in response.content.iter_any():
            body += piece
            if len(body) > _LONGEST:
                response.close()
                break
    except (aiohttp.ClientError, TimeoutError):
        response.close()
    return _Answer(response.status, response.headers.get("x-line-request-id", ""), bytes(body))


def _json(answer: _Answer) -> dict[str, Any]:
    try:
        data = json.loads(answer.body)
    except ValueError:
        data = None
    if not isinstance(data, dict):
        raise LineError(0, answer.request)
    return data


def _count(data: dict[str, Any], key: str) -> int:
    value = data.get(key)
    if not isinstance(value, int):
        raise LineError(0)
    return value
