"""What LINE refuses in the messages of a reply or push."""

from __future__ import annotations

from typing import Any

from bot.demo.flex_limits import check_flex
from bot.demo.limits import Findings, Json, check_action

MAX_MESSAGES = 5
MAX_TEXT = 5000
MAX_ALT = 1500
MAX_QUICK = 13
_BODY_FAULT = "The request body has {count} error(s)"
_FLEX_FAULT = "A message (messages[{index}]) in the request body is invalid"


def error_of(messages: Any) -> Json | None:
    """LINE's error answer `{message, details}` for the messages of one call; None without one."""
    if not isinstance(messages, list) or not 1 <= len(messages) <= MAX_MESSAGES:
        found = Findings()
        found.add("messages", f"Size must be between 1 and {MAX_MESSAGES}")
        return _error(found)
    found = Findings()
    for index, message in enumerate(messages):
        _message(message, f"messages[{index}].", found)
    if found.details:
        return _error(found)
    return _flex_error(messages)


def _error(found: Findings) -> Json:
    return {"message": _BODY_FAULT.format(count=len(found.details)), "details": found.details}


def _flex_error(messages: list[Json]) -> Json | None:
    """Flex faults are told for the first bad message alone, by JSON pointer."""
    for index, message in enumerate(messages):
        if message["type"] == "flex":
            found = Findings()
            check_flex(message.get("contents"), found)
            if found.details:
                return {"message": _FLEX_FAULT.format(index=index), "details": found.details}
    return None


def _message(message: Any, where: str, found: Findings) -> None:
    kind = message.get("type") if isinstance(message, dict) else None
    check = _MESSAGES.get(kind) if isinstance(kind, str) else None
    if check is None:
        found.add(f"{where}type", "unknown message type")
        return
    check(message, where, found)
    if "quickReply" in message:
        _quick_reply(message["quickReply"], f"{where}quickReply.", found)
    sender = message.get("sender")
    if isinstance(sender, dict):
        found.text(sender, "name", f"{where}sender.", 20, needed=False)


def _quick_reply(quick: Any, where: str, found: Findings) -> None:
    items = quick.get("items") if isinstance(quick, dict) else None
    if not isinstance(items, list) or not 1 <= len(items) <= MAX_QUICK:
        found.add(f"{where}items", f"Size must be between 1 and {MAX_QUICK}")
        return
    for index, item in enumerate(items):
        here = f"{where}items[{index}]."
        if not isinstance(item, dict) or item.get("type") != "action":
            found.add(f"{here}type", "must be action")
        else:
            check_action(item.get("action"), f"{here}action.", "quick", found)


def _text(message: Json, where: str, found: Findings) -> None:
    found.text(message, "text", where, MAX_TEXT)


def _flex(message: Json, where: str, found: Findings) -> None:
    found.text(message, "altText", where, MAX_ALT)
    if not isinstance(message.get("contents"), dict):
        found.add(f"{where}contents", "must be specified")


def _sticker(message: Json, where: str, found: Findings) -> None:
    for key in ("packageId", "stickerId"):
        found.text(message, key, where, 20)


def _location(message: Json, where: str, found: Findings) -> None:
    for key in ("title", "address"):
        found.text(message, key, where, 100)
    for key in ("latitude", "longitude"):
        if not isinstance(message.get(key), int | float):
            found.add(f"{where}{key}", "must be a number")


def _media(*keys: str) -> Any:
    def check(message: Json, where: str, found: Findings) -> None:
        for key in keys:
            found.text(message, key, where, 2000)
            url = message.get(key)
            if isinstance(url, str) and not url.startswith("https://"):
                found.add(f"{where}{key}", "must be an https URL")

    return check


def _template(message: Json, where: str, found: Findings) -> None:
    found.text(message, "altText", where, MAX_ALT)
    template = message.get("template")
    here = f"{where}template."
    kind = template.get("type") if isinstance(template, dict) else None
    if not isinstance(template, dict) or kind not in ("buttons", "confirm", "carousel"):
        found.add(f"{here}type", "unknown template")
    elif kind == "carousel":
        _columns(template, here, found)
    elif kind == "confirm":
        found.text(template, "text", here, 240, clusters=True)
        _actions(template, here, 2, 2, found)
    else:
        has_head = "title" in template or "thumbnailImageUrl" in template
        found.text(template, "title", here, 40, clusters=True, needed=False)
        found.text(template, "text", here, 60 if has_head else 160, clusters=True)
        _actions(template, here, 1, 4, found)


def _columns(template: Json, where: str, found: Findings) -> None:
    columns = template.get("columns")
    if not isinstance(columns, list) or not 1 <= len(columns) <= 10:
        found.add(f"{where}columns", "Size must be between 1 and 10")
        return
    for index, column in enumerate(columns):
        here = f"{where}columns[{index}]."
        if not isinstance(column, dict):
            found.add(here.rstrip("."), "must be specified")
            continue
        found.text(column, "text", here, 60 if "title" in column else 120, clusters=True)
        _actions(column, here, 1, 3, found)


def _actions(holder: Json, where: str, least: int, most: int, found: Findings) -> None:
    actions = holder.get("actions")
    if not isinstance(actions, list) or not least <= len(actions) <= most:
        found.add(f"{where}actions", f"Size must be between {least} and {most}")
        return
    for index, action in enumerate(actions):
        check_action(action, f"{where}actions[{index}].", "template", found)


_MESSAGES = {
    "text": _text, "textV2": _text, "flex": _flex, "sticker": _sticker, "location": _location,
    "image": _media("originalContentUrl", "previewImageUrl"),
    "video": _media("originalContentUrl", "previewImageUrl"),
    "audio": _media("originalContentUrl"), "template": _template,
}
