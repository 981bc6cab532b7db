"""What LINE refuses in a Flex container. Places are named by JSON pointers, as LINE does."""

from __future__ import annotations

import json
import re
from typing import Any

from bot.demo.limits import Findings, Json, check_action

MAX_BUBBLE, MAX_CAROUSEL = 30_000, 50_000  # bytes of JSON, the stricter reading of "KB"
MAX_BUBBLES = 12
_DEEP = 10  # LINE names no depth; this one only bounds the walk
_BUBBLE_SIZES = ("nano", "micro", "deca", "hecto", "kilo", "mega", "giga")
_KEYWORD_SIZES = ("xxs", "xs", "sm", "md", "lg", "xl", "xxl", "3xl", "4xl", "5xl")
_SPACES = ("none", "xs", "sm", "md", "lg", "xl", "xxl")
_PIXELS = re.compile(r"\d{1,4}(\.\d{1,3})?px")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}([0-9A-Fa-f]{2})?")
_STYLES = ("primary", "secondary", "link")
_BLOCKS = ("header", "hero", "body", "footer")


def check_flex(container: Any, found: Findings) -> None:
    """Add to `found` what is wrong with a bubble or a carousel."""
    kind = container.get("type") if isinstance(container, dict) else None
    if kind == "bubble":
        _bubble(container, "", found)
    elif kind == "carousel":
        _carousel(container, found)
    else:
        found.add("/type", "must be bubble or carousel")


def _carousel(container: Json, found: Findings) -> None:
    bubbles = container.get("contents")
    if not isinstance(bubbles, list) or not 1 <= len(bubbles) <= MAX_BUBBLES:
        found.add("/contents", f"size must be between 1 and {MAX_BUBBLES}")
        return
    if _size(container) > MAX_CAROUSEL:
        found.add("/", "carousel is too large")
    for index, bubble in enumerate(bubbles):
        if isinstance(bubble, dict) and bubble.get("type") == "bubble":
            _bubble(bubble, f"/contents/{index}", found)
        else:
            found.add(f"/contents/{index}/type", "must be bubble")
    if len({bubble.get("size", "mega") for bubble in bubbles if isinstance(bubble, dict)}) > 1:
        found.add("/contents", "bubbles must have one width")


def _bubble(bubble: Json, where: str, found: Findings) -> None:
    if _size(bubble) > MAX_BUBBLE:
        found.add(where or "/", "bubble is too large")
    if bubble.get("size", "mega") not in _BUBBLE_SIZES:
        found.add(f"{where}/size", "invalid bubble size")
    blocks = [name for name in _BLOCKS if name in bubble]
    if not blocks:
        found.add(f"{where}/body", "must be specified")
    for name in blocks:
        here = f"{where}/{name}"
        part = bubble[name]
        wanted = ("box", "image", "video") if name == "hero" else ("box",)
        if not isinstance(part, dict) or part.get("type") not in wanted:
            found.add(f"{here}/type", f"must be {' or '.join(wanted)}")
        else:
            _component(part, here, found, _DEEP)
    if "action" in bubble:
        check_action(bubble["action"], f"{where}/action/", "flex", found)


def _component(part: Any, where: str, found: Findings, depth: int) -> None:
    if not isinstance(part, dict):
        found.add(where, "cannot contain null elements")
        return
    kind = part.get("type")
    check = _COMPONENTS.get(kind) if isinstance(kind, str) else None
    if check is None or depth == 0:
        found.add(f"{where}/type", "unknown component")
        return
    _looks(part, where, found)
    if kind != "button" and "action" in part:
        check_action(part["action"], f"{where}/action/", "flex", found)
    check(part, where, found, depth)


def _looks(part: Json, where: str, found: Findings) -> None:
    """Colours, margins and spacing, which any component may carry."""
    for key in ("color", "backgroundColor", "borderColor"):
        if key in part and not (isinstance(part[key], str) and _COLOUR.fullmatch(part[key])):
            found.add(f"{where}/{key}", "invalid color")
    for key in ("margin", "spacing"):
        if key in part and not _is_length(part[key], _SPACES):
            found.add(f"{where}/{key}", "invalid length")


def _is_length(value: Any, keywords: tuple[str, ...]) -> bool:
    return isinstance(value, str) and (value in keywords or bool(_PIXELS.fullmatch(value)))


def _box(part: Json, where: str, found: Findings, depth: int) -> None:
    if part.get("layout") not in ("vertical", "horizontal", "baseline"):
        found.add(f"{where}/layout", "must be vertical, horizontal or baseline")
    contents = part.get("contents")
    if not isinstance(contents, list):
        found.add(f"{where}/contents", "must be specified")
        return
    for index, child in enumerate(contents):
        _component(child, f"{where}/contents/{index}", found, depth - 1)


def _text(part: Json, where: str, found: Findings, depth: int) -> None:
    spans = part.get("contents")
    if isinstance(spans, list) and spans:
        for index, span in enumerate(spans):
            here = f"{where}/contents/{index}"
            if isinstance(span, dict) and span.get("type") == "span":
                _component(span, here, found, depth - 1)
            else:
                found.add(f"{here}/type", "must be span")
    elif not isinstance(part.get("text"), str) or not part["text"]:
        found.add(f"{where}/text", "must be non-empty text")
    _text_size(part, where, found)


def _span(part: Json, where: str, found: Findings, depth: int) -> None:
    if not isinstance(part.get("text"), str) or not part["text"]:
        found.add(f"{where}/text", "must be non-empty text")
    _text_size(part, where, found)


def _text_size(part: Json, where: str, found: Findings) -> None:
    if "size" in part and not _is_length(part["size"], _KEYWORD_SIZES):
        found.add(f"{where}/size", "invalid text size")


def _button(part: Json, where: str, found: Findings, depth: int) -> None:
    if part.get("style", "link") not in _STYLES:
        found.add(f"{where}/style", "invalid button style")
    if part.get("height", "md") not in ("sm", "md"):
        found.add(f"{where}/height", "invalid button height")
    check_action(part.get("action"), f"{where}/action/", "flex_button", found)


def _image(part: Json, where: str, found: Findings, depth: int) -> None:
    url = part.get("url")
    if not isinstance(url, str) or not url.startswith("https://") or len(url) > 2000:
        found.add(f"{where}/url", "must be an https URL")


def _plain(part: Json, where: str, found: Findings, depth: int) -> None:
    """Separators and fillers have only looks."""


def _size(container: Json) -> int:
    return len(json.dumps(container, ensure_ascii=False, separators=(",", ":")).encode())


_COMPONENTS = {
    "box": _box, "text": _text, "span": _span, "button": _button, "image": _image, "icon": _image,
    "video": _image, "separator": _plain, "filler": _plain,
}
