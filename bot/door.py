"""LINE's door: `POST /callback` as plain WSGI, before Flask's routing.

It is nearly all of the traffic, needs none of Flask, and here stands in full what a stranger's
request can do: be answered with an empty status.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from typing import Any

from bot.log import note
from bot.store.base import StorageError
from bot.webhook import BadRequest, Webhook

MAX_BODY = 1_000_000  # bytes; LINE publishes no limit, its own requests stay far below

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
_STATUS = {
    200: "200 OK",
    400: "400 Bad Request",
    405: "405 Method Not Allowed",
    413: "413 Content Too Large",
    503: "503 Service Unavailable",
}


class Door:
    """Lets webhooks in; everything else goes on to the application behind it."""

    def __init__(self, behind: Callable[[Environ, StartResponse], Iterable[bytes]], webhook: Webhook) -> None:
        self._behind = behind
        self._webhook = webhook

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if environ.get("PATH_INFO") != "/callback":
            return self._behind(environ, start_response)
        start_response(_STATUS[self._let_in(environ)], [("Content-Length", "0")])
        return []

    def _let_in(self, environ: Environ) -> int:
        """200 once every event is kept; 503 where LINE is to deliver again; 4xx for strangers."""
        if environ.get("REQUEST_METHOD") != "POST":
            return 405
        length = environ.get("CONTENT_LENGTH")
        if length and int(length) > MAX_BODY:
            return 413
        body = environ["wsgi.input"].read(int(length) if length else MAX_BODY + 1)
        if len(body) > MAX_BODY:
            return 413
        try:
            self._webhook.handle_all(body, environ.get("HTTP_X_LINE_SIGNATURE"))
        except BadRequest:
            return 400
        except StorageError as error:
            note("store_down", logging.ERROR, error=type(error).__name__)
            return 503
        return 200
