"""What a person does on the page → the event JSON that LINE would send for it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from bot.demo.practice import Json, Person, Practice

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_SILENT_KINDS = frozenset({"unsend", "unfollow"})
_QUOTABLE = frozenset({"text", "sticker", "image", "video"})
_MAX_DATA = 300


class BadAct(Exception):
    """The page asked for something that is no act. Carries nothing of what was typed."""


def ulid(at_ms: int) -> str:
    """A ULID of that moment, as LINE uses for webhookEventId: 26 letters of Crockford's base 32."""
    number = (at_ms << 80) | secrets.randbits(80)
    return "".join(_CROCKFORD[(number >> shift) & 31] for shift in range(125, -5, -5))


def build_event(act: Json, person: Person, practice: Practice) -> Json:
    """One webhook event for `act` ({"kind": …, …}). Raises BadAct."""
    kind = act.get("kind")
    build = _KINDS.get(kind) if isinstance(kind, str) else None
    if build is None or kind is None:
        raise BadAct
    event = {
        **build(act),
        "mode": "active",
        "timestamp": practice.now_ms(),
        "source": {"type": "user", "userId": person.user_id},
        "webhookEventId": ulid(practice.now_ms()),
        "deliveryContext": {"isRedelivery": False},
    }
    if event["type"] == "message":
        _identify(event["message"], practice)
    if kind not in _SILENT_KINDS:
        event["replyToken"] = practice.issue_token(person.user_id)
    return event


def _identify(message: Json, practice: Practice) -> None:
    message["id"] = practice.new_message_id()
    message["markAsReadToken"] = secrets.token_urlsafe(24)
    if message["type"] in _QUOTABLE:
        message["quoteToken"] = secrets.token_urlsafe(24)


def _text(act: Json, key: str, *, needed: bool = True) -> str:
    value = act.get(key)
    if isinstance(value, str) and (value or not needed):
        return value
    if value is None and not needed:
        return ""
    raise BadAct


def _number(act: Json, key: str, least: float, most: float) -> float:
    value = act.get(key)
    if isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most:
        return float(value)
    raise BadAct


def _message(**message: Any) -> Json:
    return {"type": "message", "message": message}


def _typed(act: Json) -> Json:
    return _message(type="text", text=_text(act, "text"))


def _postback(act: Json) -> Json:
    data = _text(act, "data")
    if len(data) > _MAX_DATA:
        raise BadAct
    postback: Json = {"data": data}
    params = act.get("params")
    if params is not None:
        postback["params"] = _params(params)
    return {"type": "postback", "postback": postback}


def _params(params: Any) -> Json:
    """What a picker chose: one of date, time, datetime. Without a time zone, as LINE sends it."""
    if not isinstance(params, dict) or len(params) != 1:
        raise BadAct
    [(key, value)] = params.items()
    if key not in ("date", "time", "datetime") or not isinstance(value, str) or len(value) > 16:
        raise BadAct
    return {key: value}


def _sticker(act: Json) -> Json:
    word = _text(act, "keyword")
    return _message(
        type="sticker", packageId="446", stickerId="1988", stickerResourceType="STATIC",
        keywords=[word],
    )


def _location(act: Json) -> Json:
    place = {key: value for key in ("title", "address") if (value := _text(act, key, needed=False))}
    return _message(
        type="location", **place,
        latitude=_number(act, "latitude", -90, 90), longitude=_number(act, "longitude", -180, 180),
    )


def _of_line(kind: str, **more: int) -> Callable[[Json], Json]:
    """Pictures, films and voice: only that one was sent. The look-alike has no content to give."""

    def build(_: Json) -> Json:
        return _message(type=kind, contentProvider={"type": "line"}, **more)

    return build


def _file(_: Json) -> Json:
    return _message(type="file", fileName="practice.pdf", fileSize=2048)


def _follow(act: Json) -> Json:
    return {"type": "follow", "follow": {"isUnblocked": act.get("isUnblocked") is True}}


def _unfollow(_: Json) -> Json:
    return {"type": "unfollow"}


def _unsend(act: Json) -> Json:
    return {"type": "unsend", "unsend": {"messageId": _text(act, "messageId")}}


_KINDS: dict[str, Callable[[Json], Json]] = {
    "text": _typed, "postback": _postback, "sticker": _sticker, "location": _location,
    "image": _of_line("image"), "video": _of_line("video", duration=4000),
    "audio": _of_line("audio", duration=3000), "file": _file, "follow": _follow,
    "unfollow": _unfollow, "unsend": _unsend,
}
