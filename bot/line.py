"""The only caller of the LINE API: one shared client of the official SDK, a time limit on every call.

Messages are prepared as plain JSON: the SDK's models cost more than the rest of an answer, and drop
silently what they do not know. Everything that goes wrong comes out as LineError.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

import urllib3
from linebot.v3.messaging import ApiClient, Configuration

_CONNECT = 2.0  # seconds
_READ = 5.0
_POOL = 64
_SAID = 500  # characters of an error's message that are looked at


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
    """Speaks to LINE's Messaging API. Make it after a fork; safe to share between threads."""

    def __init__(self, base_url: str, access_token: str, patience: float = _READ) -> None:
        """`patience`: seconds for LINE's answer to one call."""
        configuration = Configuration(host=base_url, access_token=access_token)
        configuration.retries = False  # urllib3's own would sleep and repeat without telling
        configuration.connection_pool_maxsize = _POOL
        client = ApiClient(configuration)
        self._timeout = urllib3.Timeout(connect=_CONNECT, read=patience)
        self._headers = client.default_headers | {"Content-Type": "application/json"}
        self._host = client.rest_client.pool_manager.connection_from_url(base_url)
        self._base_path = urlsplit(base_url).path.rstrip("/")

    def reply(self, token: str, messages: list[dict[str, Any]]) -> str:
        """Send 1 to 5 messages with a reply token (once, for a minute). LINE's request id."""
        body = {"replyToken": token, "messages": messages}
        return _request_id(self._call("POST", "/v2/bot/message/reply", body))

    def push(self, to: str, messages: list[dict[str, Any]], retry_key: str) -> int:
        """Send 1 to 5 messages to the user id `to`. 200: LINE took them; 409: it had them already.

        `retry_key` (a UUID) is known to LINE for 24 hours: a repeat with it is no second message.
        """
        body = {"to": to, "messages": messages}
        key = {"X-Line-Retry-Key": retry_key}
        return int(self._call("POST", "/v2/bot/message/push", body, key, good=(200, 409)).status)

    def quota(self) -> tuple[int | None, int]:
        """(messages that may be sent in this month or None for any number, messages sent so far).

        Source: GET /v2/bot/message/quota and /quota/consumption of the Messaging API.
        """
        limit = _json(self._call("GET", "/v2/bot/message/quota"))
        if limit.get("type") != "limited":
            return None, 0
        used = _json(self._call("GET", "/v2/bot/message/quota/consumption"))
        return _count(limit, "value"), _count(used, "totalUsage")

    def _call(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | None = None,
        more: dict[str, str] | None = None,
        good: tuple[int, ...] = (200,),
    ) -> urllib3.BaseHTTPResponse:
        """Straight through the SDK's connection pool: its call layer costs as much as the call."""
        try:
            answer: urllib3.BaseHTTPResponse = self._host.urlopen(
                method,
                self._base_path + path,
                body=None if body is None else json.dumps(body).encode(),
                headers=self._headers | (more or {}),
                retries=False,
                timeout=self._timeout,
            )
        except (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError):
            raise LineError(0, unsent=True) from None
        except urllib3.exceptions.ProtocolError:
            raise LineError(0, cut=True) from None
        except urllib3.exceptions.HTTPError:
            raise LineError(0) from None
        if answer.status not in good:
            said = answer.data[:_SAID].decode("utf-8", "replace")
            raise LineError(answer.status, _request_id(answer), said)
        return answer


def _request_id(answer: urllib3.BaseHTTPResponse) -> str:
    return str(answer.headers.get("x-line-request-id", ""))


def _json(answer: urllib3.BaseHTTPResponse) -> dict[str, Any]:
    try:
        data = json.loads(answer.data)
    except ValueError:
        data = None
    if not isinstance(data, dict):
        raise LineError(0, _request_id(answer))
    return data


def _count(data: dict[str, Any], key: str) -> int:
    value = data.get(key)
    if not isinstance(value, int):
        raise LineError(0)
    return value
