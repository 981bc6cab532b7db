"""LINE's limits for actions and texts, and how LINE counts: what the look-alike refuses."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Json = dict[str, Any]
Place = Literal["quick", "flex", "flex_button", "template", "richmenu"]

_ZWJ = "\u200d"
_EXTENDING = ("Mn", "Me", "Mc")
_LABEL_MAX: dict[Place, int] = {
    "quick": 20, "flex": 40, "flex_button": 40, "template": 20, "richmenu": 20
}
_LABEL_NEEDED: frozenset[Place] = frozenset({"quick", "flex_button", "template"})
_QUICK_ONLY = frozenset({"camera", "cameraRoll", "location"})
_SCHEMES = ("https:", "http:", "tel:", "line:")
_PICKER_FORMS = {"date": "%Y-%m-%d", "time": "%H:%M", "datetime": "%Y-%m-%dT%H:%M"}
_INPUT_OPTIONS = ("closeRichMenu", "openRichMenu", "openKeyboard", "openVoice")


@dataclass(slots=True)
class Findings:
    """What is wrong with a request body, as LINE's `details`: a message and where it applies."""

    details: list[dict[str, str]] = field(default_factory=list)

    def add(self, where: str, message: str) -> None:
        self.details.append({"message": message, "property": where})

    def text(self, holder: Json, key: str, where: str, most: int, *, clusters: bool = False,
             needed: bool = True) -> None:
        """`holder[key]` is a text that is not empty, of at most `most` units (or clusters)."""
        value, here = holder.get(key), f"{where}{key}"
        if value is None and not needed:
            return
        if not isinstance(value, str) or not value:
            self.add(here, "must be non-empty text")
        elif (graphemes(value) if clusters else utf16_units(value)) > most:
            self.add(here, f"Length must be between 1 and {most}")


def utf16_units(text: str) -> int:
    """The length of `text` as LINE counts most texts."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def graphemes(text: str) -> int:
    """The number of characters as a reader sees them, which is how LINE counts labels.

    The common rules of Unicode's segmentation (marks, joiners, flags, skin tones), not all of them.
    """
    count, joined, flag_open = 0, False, False
    for char in text:
        is_flag = "\U0001f1e6" <= char <= "\U0001f1ff"
        extends = char == _ZWJ or unicodedata.category(char) in _EXTENDING
        extends = extends or "\U0001f3fb" <= char <= "\U0001f3ff" or (is_flag and flag_open)
        if not (extends or joined) or count == 0:
            count += 1
        joined = char == _ZWJ
        flag_open = is_flag and not flag_open
    return count


def check_action(action: Any, where: str, place: Place, found: Findings) -> None:
    """Add to `found` what LINE would refuse in an action that stands at `where`."""
    if not isinstance(action, dict):
        found.add(where.rstrip("/."), "must be specified")
        return
    kind = action.get("type")
    check = _ACTIONS.get(kind) if isinstance(kind, str) else None
    if check is None or (kind in _QUICK_ONLY and place != "quick"):
        found.add(f"{where}type", "invalid action type")
        return
    found.text(action, "label", where, _LABEL_MAX[place], clusters=True,
               needed=place in _LABEL_NEEDED)
    check(action, where, found)


def _postback(action: Json, where: str, found: Findings) -> None:
    found.text(action, "data", where, 300)
    for key in ("displayText", "fillInText", "text"):
        found.text(action, key, where, 300, clusters=True, needed=False)
    option = action.get("inputOption")
    if option is not None and option not in _INPUT_OPTIONS:
        found.add(f"{where}inputOption", "invalid value")
    if "fillInText" in action and option != "openKeyboard":
        found.add(f"{where}fillInText", "needs inputOption openKeyboard")


def _message(action: Json, where: str, found: Findings) -> None:
    found.text(action, "text", where, 300, clusters=True)


def _uri(action: Json, where: str, found: Findings) -> None:
    found.text(action, "uri", where, 1000)
    uri = action.get("uri")
    if isinstance(uri, str) and (not uri.startswith(_SCHEMES) or not uri.isascii() or " " in uri):
        found.add(f"{where}uri", "invalid uri")


def _clipboard(action: Json, where: str, found: Findings) -> None:
    found.text(action, "clipboardText", where, 1000)


def _menu_switch(action: Json, where: str, found: Findings) -> None:
    found.text(action, "richMenuAliasId", where, 32)
    found.text(action, "data", where, 300)


def _picker(action: Json, where: str, found: Findings) -> None:
    found.text(action, "data", where, 300)
    form = _PICKER_FORMS.get(str(action.get("mode")))
    if form is None:
        found.add(f"{where}mode", "must be date, time or datetime")
        return
    told = [key for key in ("initial", "min", "max") if key in action]
    moments = {key: _moment(action[key], form) for key in told}
    for key, moment in moments.items():
        if moment is None:
            found.add(f"{where}{key}", "invalid date or time")
    low, high = moments.get("min"), moments.get("max")
    if low is not None and high is not None and low >= high:
        found.add(f"{where}min", "must be before max")


def _moment(text: Any, form: str) -> datetime | None:
    try:
        return datetime.strptime(str(text).lower().replace("t", "T"), form)
    except ValueError:
        return None


def _label_only(action: Json, where: str, found: Findings) -> None:
    """Camera, camera roll and location have nothing but their label."""


_ACTIONS = {
    "postback": _postback, "message": _message, "uri": _uri, "datetimepicker": _picker,
    "clipboard": _clipboard, "richmenuswitch": _menu_switch, "camera": _label_only,
    "cameraRoll": _label_only, "location": _label_only,
}
