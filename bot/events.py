"""LINE's event JSON → what the desk needs of it, field by field, so that no strange one does harm.

The SDK's parser loses the text of an event with an unknown neighbour field and fails whole webhooks
on others; LINE adds fields without notice. So each event is read by itself, and what is not
understood is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Literal

What = Literal["said", "forget", "unsend", "silent"]
_LONGEST = 5000  # UTF-16 units of a text, LINE's own limit (R#text-message)
_MOST_WORDS = 15  # keywords of a sticker, LINE's own limit
_SENT = ("image", "video", "audio", "file", "sticker")


@dataclass(frozen=True, slots=True)
class Incoming:
    """One event before the guard: `texts` is raw and must not be written anywhere.

    `texts` holds every free text of the event, the message first; `speaker` is the person,
    `room` the group or the person. `at` is LINE's time of the event in epoch milliseconds.
    """

    what: What
    event_id: str = ""
    kind: str = ""
    room: str = field(default="", repr=False)
    speaker: str = field(default="", repr=False)
    is_group: bool = False
    is_mentioned: bool = False
    reply_token: str = field(default="", repr=False)
    at: int = 0
    message_id: str = ""
    texts: tuple[str, ...] = field(default=(), repr=False)
    data: str = field(default="", repr=False)
    place: tuple[float, float] | None = field(default=None, repr=False)


_SILENT = Incoming("silent")
_DEGREES = (("latitude", 90), ("longitude", 180))


def read_event(event: Any) -> Incoming:
    """What `event` asks of the desk. Never raises; what cannot be read is silent."""
    if not isinstance(event, dict) or event.get("mode") == "standby":
        return _SILENT
    kind = _text(event, "type")
    source = _mapping(event, "source")
    room = next((_text(source, key) for key in ("groupId", "roomId") if _text(source, key)), "")
    speaker = _text(source, "userId")
    if not room and not speaker:
        return _SILENT
    if kind in ("unfollow", "leave"):
        return Incoming("forget", kind=kind, room=room or speaker, speaker=speaker)
    if kind == "unsend":
        return Incoming("unsend", message_id=_text(_mapping(event, "unsend"), "messageId"))
    return _said(event, kind, room, speaker)


def _said(event: dict[str, Any], kind: str, room: str, speaker: str) -> Incoming:
    message, postback = _mapping(event, "message"), _mapping(event, "postback")
    if kind in ("message", "messageEdited"):
        what = _text(message, "type")
    elif kind in ("postback", "follow"):
        what = kind
    else:
        return _SILENT
    message_id = _text(message, "id")
    return Incoming(
        "said",
        event_id=_event_id(event, message_id),
        kind=what,
        room=room or speaker,
        speaker=speaker,
        is_group=bool(room),
        is_mentioned=_is_mentioned(message),
        reply_token=_text(event, "replyToken"),
        at=_moment(event),
        message_id=message_id,
        texts=_texts(what, message, postback),
        data=_tapped(postback),
        place=_place(message) if what == "location" else None,
    )


def _event_id(event: dict[str, Any], message_id: str) -> str:
    """LINE's id of the event; where it lacks, what comes nearest, so that copies are still known."""
    kind = _text(event, "type")
    return _text(event, "webhookEventId") or f"{kind}:{message_id or _text(event, 'replyToken')}"


def _texts(what: str, message: dict[str, Any], postback: dict[str, Any]) -> tuple[str, ...]:
    """Every place where typed words can hide: stickers, file names, titles of places, pickers."""
    if what == "text":
        return (_within(_without_mentions(message)),)
    if what == "sticker":
        keywords = message.get("keywords")
        words = [_text({"word": word}, "word") for word in keywords] if isinstance(keywords, list) else []
        return tuple(_within(text) for text in (_text(message, "text"), *words[:_MOST_WORDS]) if text)
    if what == "file":
        return tuple(_within(text) for text in (_text(message, "fileName"),) if text)
    if what == "location":
        return tuple(_within(t) for t in (_text(message, "title"), _text(message, "address")) if t)
    if what == "postback":
        return (_within(_text(postback, "data")),)
    return ()


def _within(text: str) -> str:
    """At most as much as LINE sends; what lies beyond is read by nobody."""
    if len(text) <= _LONGEST // 2:
        return text
    return text.encode("utf-16-le", "replace")[: 2 * _LONGEST].decode("utf-16-le", "ignore")


def _tapped(postback: dict[str, Any]) -> str:
    """The data of the button, with the day that its calendar gave behind it."""
    data, day = _text(postback, "data"), _text(_mapping(postback, "params"), "date")
    return f"{data}:{day}" if data and re.fullmatch(r"\d{4}-\d{2}-\d{2}", day, re.ASCII) else data


def _mentions(message: dict[str, Any]) -> list[dict[str, Any]]:
    found = _mapping(message, "mention").get("mentionees")
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _is_mentioned(message: dict[str, Any]) -> bool:
    return any(one.get("isSelf") is True for one in _mentions(message))


def _without_mentions(message: dict[str, Any]) -> str:
    """The text without "@窓口" and whoever else is named beside it: their places are in UTF-16 units."""
    units = _text(message, "text").encode("utf-16-le", "surrogatepass")
    spans = [
        (one["index"], one["length"])
        for one in _mentions(message)
        if type(one.get("index")) is int and type(one.get("length")) is int
    ]
    for start, length in sorted(spans, reverse=True):
        if start >= 0 and length > 0:
            units = units[: 2 * start] + units[2 * (start + length) :]
    return units.decode("utf-16-le", "replace").strip()


def _place(message: dict[str, Any]) -> tuple[float, float] | None:
    latitude, longitude = (_degrees(message.get(key), most) for key, most in _DEGREES)
    return None if latitude is None or longitude is None else (latitude, longitude)


def _degrees(value: Any, most: int) -> float | None:
    """`value` on the earth; a number that no float holds is not, nor is what is no number."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and -most <= value <= most else None


def _moment(event: dict[str, Any]) -> int:
    moment = event.get("timestamp")
    return int(moment) if isinstance(moment, int | float) and 0 <= moment < 1e15 else 0


def _text(mapping: dict[str, Any], key: str) -> str:
    value = mapping.get(key)
    if not isinstance(value, str):
        return ""
    # JSON can carry half an emoji, which no store and no font can.
    return value if value.isascii() else value.encode("utf-8", "replace").decode()


def _mapping(mapping: dict[str, Any], key: str) -> dict[str, Any]:
    value = mapping.get(key)
    return value if isinstance(value, dict) else {}


def sent_kind(kind: str) -> str | None:
    """The kind of a thing that the desk does not open, or None."""
    return kind if kind in _SENT else None
