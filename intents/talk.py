"""What a person does (Said), and what the desk remembers of it for a while (Talk)."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from typing import Any, Literal

from intents.draft import Draft
from intents.guard import Asked, Refusal, SafeText
from intents.model import LANGS, Lang

# What a button of ours may carry; anything else is text, which the guard reads like any other.
_TIME = r"(?:[01]\d|2[0-3])[0-5]\d"
_CARRIED = (  # a wish that waits for the answer which booking is meant (own/carried.py)
    rf"[a-z_-]{{0,40}}\.(?:\d{{8}}(?:-\d{{8}}){{0,2}})?\.(?:{_TIME})?\.(?:{_TIME})?\.(?:-?\d{{1,4}}(?:_-?\d{{1,4}}){{3}})?"
)
_ARGUMENTS = (
    "[a-z][a-z_-]{0,39}",  # an entry, a venue, a choice
    r"\d{1,3}[a-z]?",  # a page; how many people, and whose
    r"\d{4}-\d{2}-\d{2}(?::\d{4})?",  # a day, a slot
    r"(?:[a-z]\.)?[ぁ-んー]{1,10}-\d{2,3}",  # a booking's reference
    "[0-9a-f]{16}",  # a request's key
    _CARRIED,
)
_TAP = re.compile(rf"[a-z_]{{1,20}}(?::(?:{'|'.join(_ARGUMENTS)})){{0,8}}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Typed:
    text: SafeText


@dataclass(frozen=True, slots=True)
class Tapped:
    """A button of ours: `verb` and its arguments."""

    verb: str
    args: tuple[str, ...] = ()

    @property
    def data(self) -> str:
        return ":".join((self.verb, *self.args))


@dataclass(frozen=True, slots=True)
class Slipped:
    """The guard refused what was typed; nothing of it is left but the kind."""

    refusal: Refusal


@dataclass(frozen=True, slots=True)
class Sent:
    """Something that the desk does not open: its content is never fetched."""

    kind: Literal["image", "video", "audio", "file", "sticker"]


@dataclass(frozen=True, slots=True)
class Located:
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Followed:
    pass


STALE = Tapped("stale")  # a button that is none of ours, or no longer


Said = Typed | Tapped | Slipped | Sent | Located | Followed


def parse_tap(data: str) -> Tapped | None:
    """The button behind postback data; None for what no button of ours sends.

    Data is not signed: it names public entries, steps and slots only. A forged one can do no more
    than a tap could: whose booking a reference is, the ledger decides by who taps.
    """
    if not _TAP.fullmatch(data):
        return None
    verb, *args = data.split(":")
    return Tapped(verb, tuple(args))


@dataclass(frozen=True, slots=True)
class Talk:
    """The state of one person's conversation. Entry ids, counts and choices: never typed text.

    `chosen` is the language picked by a tap and stays; `heard` follows the last question.
    `page` is the step of a slow answer; `guide` and `given` are the guided check under way, `draft`
    the booking; `undo` names the bookings that 元にもどす means, which it does until `undo_until`.
    `pending`, since `pending_at`: the question about her own bookings that waits for an answer, as its
    tap or kind. Moments are epoch seconds.
    """

    chosen: Lang | None = None
    heard: Lang = "ja"
    last: str = ""
    family: bool = False
    page: int = 0
    misses: int = 0
    slips: int = 0
    offered: tuple[str, ...] = ()
    tried: tuple[str, ...] = ()
    guide: str = ""
    given: tuple[str, ...] = ()
    case: str = ""
    asked: Asked = Asked.NOTHING
    draft: Draft | None = None
    undo: str = ""
    pending: str = ""
    pending_at: int = 0
    undo_until: int = 0
    missed: bool = False  # the last answer surely did not reach her

    @property
    def lang(self) -> Lang:
        return self.chosen or self.heard

    def to_json(self) -> dict[str, Any]:
        """Only what differs from a fresh talk, so that most talks are a few bytes."""
        changed = [name for name, fresh in _FRESH if getattr(self, name) != fresh]
        data = {name: getattr(self, name) for name in changed}
        if "asked" in data:
            data["asked"] = self.asked.value
        if self.draft is not None:
            data["draft"] = self.draft.to_json()
        return data

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Talk:
        """A talk from its JSON; what an older or newer version wrote differently is left out."""
        known: dict[str, Any] = {}
        for f in fields(cls):
            value = _read(f.name, data.get(f.name))
            if value is not None:
                known[f.name] = value
        return cls(**known)


_FRESH = tuple((f.name, getattr(Talk(), f.name)) for f in fields(Talk))
_TEXTS = frozenset({"last", "guide", "case", "undo", "pending"})
_COUNTS = frozenset({"page", "misses", "slips", "pending_at", "undo_until"})
_LISTS = frozenset({"offered", "tried", "given"})


def _read(name: str, value: Any) -> Any:
    """`value` as the field `name` wants it, or None where it does not fit."""
    if name in _TEXTS and isinstance(value, str):
        return value
    if name in _COUNTS and type(value) is int:
        return value
    if name in _LISTS and isinstance(value, list):
        return tuple(item for item in value if isinstance(item, str))
    if name in ("chosen", "heard") and value in LANGS:
        return value
    if name in ("family", "missed") and isinstance(value, bool):
        return value
    if name == "asked" and value in {member.value for member in Asked}:
        return Asked(value)
    if name == "draft":
        return Draft.from_json(value)
    return None
