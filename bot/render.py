"""Reply → LINE messages as plain JSON. The only room that knows what a LINE message looks like."""

from __future__ import annotations

from typing import Any

from intents.model import Bubble, Button, Call, Link, PickDate, Reply, SendPlace, Tap

Json = dict[str, Any]

MAX_MESSAGES = 5
MAX_TEXT = 5000  # UTF-16 units
MAX_ALT = 1500
MAX_QUICK = 13
_MAP = "https://line.me/R/nv/location/"
_GREEN = "#06703C"  # white on it reads at AA contrast


def messages_of(reply: Reply) -> list[Json]:
    """LINE's messages for `reply`: text as text, so that it can be copied and read aloud; large
    buttons under it as a Flex bubble; the small taps below the last message."""
    messages: list[Json] = []
    for bubble in reply.bubbles:
        messages += _bubble(bubble)
    messages = _within(messages)
    if messages and reply.quick:
        messages[-1]["quickReply"] = {"items": [_quick(tap) for tap in reply.quick[:MAX_QUICK]]}
    return messages


def _within(messages: list[Json]) -> list[Json]:
    """At most five messages: texts that stand alone are joined before anything is left out."""
    while len(messages) > MAX_MESSAGES:
        pair = next(
            (i for i in range(len(messages) - 1) if messages[i]["type"] == messages[i + 1]["type"] == "text"),
            None,
        )
        if pair is None:
            return messages[:MAX_MESSAGES]
        joined = _clip(messages[pair]["text"] + "\n\n" + messages[pair + 1]["text"], MAX_TEXT)
        messages[pair : pair + 2] = [{"type": "text", "text": joined}]
    return messages


def _bubble(bubble: Bubble) -> list[Json]:
    if not bubble.buttons and not bubble.large:
        return [{"type": "text", "text": _clip(bubble.text, MAX_TEXT)}]
    return [_card(bubble)]


def _card(bubble: Bubble) -> Json:
    text = {
        "type": "text",
        "text": _clip(bubble.text, 2000),
        "wrap": True,
        "scaling": True,
        "size": "lg" if bubble.large else "md",
        "color": "#111111",
        "lineSpacing": "6px",
    }
    card: Json = {
        "type": "bubble",
        "size": "giga" if bubble.large else "mega",
        "body": {"type": "box", "layout": "vertical", "contents": [text]},
    }
    if bubble.buttons:
        buttons = [_button(button) for button in bubble.buttons]
        card["footer"] = {"type": "box", "layout": "vertical", "spacing": "sm", "contents": buttons}
    return {"type": "flex", "altText": _clip(bubble.text, MAX_ALT), "contents": card}


def _button(button: Button) -> Json:
    stands_out = isinstance(button, Call) or (isinstance(button, Tap) and button.main)
    look: Json = {"style": "primary", "color": _GREEN} if stands_out else {"style": "secondary"}
    return {
        "type": "button",
        **look,
        "height": "sm",
        "scaling": True,
        "adjustMode": "shrink-to-fit",
        "action": _action(button),
    }


def _action(button: Button) -> Json:
    match button:
        case Tap(label, data, says, _):
            return {
                "type": "postback",
                "label": _clip(label, 40),
                "data": data,
                "displayText": _clip(says or label, 300),
            }
        case Call(label, number):
            return {"type": "uri", "label": _clip(label, 40), "uri": f"tel:{number}"}
        case SendPlace(label):
            return {"type": "uri", "label": _clip(label, 40), "uri": _MAP}
        case Link(label, url):
            return {"type": "uri", "label": _clip(label, 40), "uri": url}
        case PickDate(label, data, first, last):
            # LINE wants min before max.
            bounds = {"min": first.isoformat(), "max": last.isoformat()} if first < last else {}
            return {
                "type": "datetimepicker",
                "label": _clip(label, 40),
                "data": data,
                "mode": "date",
                "initial": first.isoformat(),
                **bounds,
            }


def _quick(button: Button) -> Json:
    if isinstance(button, SendPlace):
        return {"type": "action", "action": {"type": "location", "label": _clip(button.label, 20)}}
    action = _action(button)
    return {"type": "action", "action": action | {"label": _clip(action["label"], 20)}}


def _clip(text: str, units: int) -> str:
    """`text` within LINE's count of UTF-16 units, never ending inside a character."""
    if len(text) * 2 <= units or len(text.encode("utf-16-le")) // 2 <= units:
        return text
    cut = text.encode("utf-16-le")[: 2 * (units - 1)].decode("utf-16-le", "ignore")
    return cut + "…"
