"""LINE webhooks as LINE sends them: events, bodies, signatures."""

from __future__ import annotations

import base64
import hashlib
import hmac
import itertools
import json
from typing import Any

SECRET = "test-channel-secret"
USER = "U" + "0" * 31 + "1"
GROUP = "C" + "0" * 31 + "1"

_numbers = itertools.count(1)


def signed(body: bytes, secret: str = SECRET) -> str:
    return base64.b64encode(hmac.new(secret.encode(), body, hashlib.sha256).digest()).decode()


def webhook(*events: dict[str, Any]) -> bytes:
    body = {"destination": "U" + "f" * 32, "events": list(events)}
    try:
        return json.dumps(body, ensure_ascii=False).encode()
    except UnicodeEncodeError:  # half an emoji can only be sent escaped
        return json.dumps(body).encode()


def event(kind: str, user: str = USER, group: str = "", **more: Any) -> dict[str, Any]:
    """An event with all that LINE puts into it; `more` adds or replaces."""
    number = next(_numbers)
    source = {"type": "user", "userId": user}
    if group:
        source = {"type": "group", "groupId": group, "userId": user}
    return {
        "type": kind,
        "mode": "active",
        "timestamp": 1_785_000_000_000 + number,
        "source": source,
        "webhookEventId": f"01TEST{number:020d}",
        "deliveryContext": {"isRedelivery": False},
        "replyToken": f"token-{number:08d}",
    } | more


def message(kind: str, user: str = USER, group: str = "", **fields: Any) -> dict[str, Any]:
    content = {"type": kind, "id": f"m{next(_numbers)}"} | fields
    return event("message", user, group, message=content)


def text(words: str, user: str = USER, group: str = "", **fields: Any) -> dict[str, Any]:
    return message("text", user, group, text=words, quoteToken="q", **fields)


def tap(data: str, user: str = USER) -> dict[str, Any]:
    return event("postback", user, postback={"data": data})
