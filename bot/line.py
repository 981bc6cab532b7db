"""The only caller of the LINE API: one shared client of the official SDK, a time limit on every call.

Replies are prepared as plain JSON: the SDK's models cost more than the rest of an answer, and drop
silently what they do not know. Everything that goes wrong comes out as LineError.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import urlsplit

import urllib3
from linebot.v3.messaging import ApiClient, Configuration

_TIMEOUT = urllib3.Timeout(connect=2.0, read=5.0)  # seconds
_POOL = 64


class LineError(Exception):
    """A call to LINE failed. `status` is 0 where no answer came; `request` is LINE's request id."""

    def __init__(self, status: int, request: str = "", *, unsent: bool = False) -> None:
        super().__init__(f"LINE answered {status}")
        self.status = status
        self.request = request
        self.unsent = unsent

    @property
    def may_pass(self) -> bool:
        """Whether the same call may succeed a little later."""
        return self.status in (0, 429) or self.status >= 500


class Line:
    """Speaks to LINE's Messaging API. Make it after a fork; safe to share between threads."""

    def __init__(self, base_url: str, access_token: str) -> None:
        configuration = Configuration(host=base_url, access_token=access_token)
        configuration.retries = False  # urllib3's own would sleep and repeat without telling
        configuration.connection_pool_maxsize = _POOL
        client = ApiClient(configuration)
        self._headers = client.default_headers | {"Content-Type": "application/json"}
        self._host = client.rest_client.pool_manager.connection_from_url(base_url)
        self._base_path = urlsplit(base_url).path.rstrip("/")

    def reply(self, token: str, messages: list[dict[str, Any]]) -> str:
        """Send 1 to 5 messages with a reply token (once, for a minute). LINE's request id."""
        return self._post("/v2/bot/message/reply", {"replyToken": token, "messages": messages})

    def _post(self, path: str, body: dict[str, Any]) -> str:
        """Straight through the SDK's connection pool: its call layer costs as much as the call."""
        try:
            answer = self._host.urlopen(
                "POST",
                self._base_path + path,
                body=json.dumps(body).encode(),
                headers=self._headers,
                retries=False,
                timeout=_TIMEOUT,
            )
        except (urllib3.exceptions.ProtocolError, urllib3.exceptions.NewConnectionError):
            raise LineError(0, unsent=True) from None
        except urllib3.exceptions.HTTPError:
            raise LineError(0) from None
        request = str(answer.headers.get("x-line-request-id", ""))
        if answer.status != 200:
            raise LineError(answer.status, request)
        return request
