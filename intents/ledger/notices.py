"""What must reach a person: the entries of the outbox, and when each may be sent.

A notice is written in the same commit as the fact that it reports. A reply may tell it first; what
no reply told is pushed. Its id follows from the booking, its version and the moment it was made, so
that LINE's retry key does too, and a reference that is given out again has keys of its own. Moments
are epoch seconds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from typing import Any, Literal

from intents.bookings import Booking
from intents.model import LANGS, Lang
from intents.office import JST
from intents.slots import Slot

Json = dict[str, Any]
NoticeKind = Literal[
    "receipt",  # booked
    "changed",
    "cancelled",
    "restored",
    "closure",  # the ward closed the day: choose another
    "reopened",  # the closed day opens after all, and the booking stands as before
    "offer",  # a freed place, for somebody on the waiting list
    "waiting_over",  # the day of a waiting list was closed
    "reminder_day",  # the day before
    "reminder_morning",
]
REMINDERS: tuple[NoticeKind, ...] = ("reminder_day", "reminder_morning")
TOKEN_SECONDS = 60  # a reply token surely serves that long: until then a push would say it twice
KEY_SECONDS = 23 * 3600  # LINE knows a retry key for 24 hours; later a repeat would be a second message
_DAY_OPENS, _DAY_CLOSES = time(7), time(21)  # nobody is woken by a push
_EVE_AT, _EVE_UNTIL = time(10), time(20)
_MORNING_AT = time(7, 30)
_JUST_BOOKED = 3600  # who booked within the hour needs no reminding


@dataclass(frozen=True, slots=True)
class Notice:
    """One entry of the outbox. `due`: not before; `expires`: useless from then on."""

    id: str
    kind: NoticeKind
    address: str = field(repr=False)
    user: str = field(repr=False)
    lang: Lang
    slot: Slot
    due: int
    expires: int
    reference: str = ""
    people: int = 1
    version: int = 1
    until: int = 0  # an offer holds until then
    reason: str = ""  # why the ward closed the day, in the staff's words
    first_try: int = 0
    tries: int = 0

    def to_json(self) -> Json:
        data = {name: getattr(self, name) for name in _PLAIN}
        return data | {"slot": self.slot.key}

    @classmethod
    def from_json(cls, data: Json) -> Notice:
        """A notice as it was stored. ValueError where its slot is none."""
        slot = Slot.parse(data["slot"])
        if slot is None:
            raise ValueError("no slot")
        lang: Lang = data["lang"] if data["lang"] in LANGS else "ja"
        return cls(**{name: data[name] for name in _PLAIN} | {"slot": slot, "lang": lang})


_PLAIN = (
    *("id", "kind", "address", "user", "lang", "due", "expires", "reference", "people"),
    *("version", "until", "reason", "first_try", "tries"),
)


def notice_id(kind: NoticeKind, booking: Booking) -> str:
    return f"{kind}:{booking.reference}:{booking.version}:{booking.made}"


def of_booking(kind: NoticeKind, booking: Booking, now: int, *, wait: int = 0, reason: str = "") -> Notice:
    """The notice of what has just happened to `booking`; pushed after `wait` seconds unless told."""
    starts = int(booking.slot.starts.timestamp())
    # Even a cancellation at the last moment is confirmed.
    return _notice(kind, booking, now + wait, max(starts, now + 3600), reason)


def reminders_of(booking: Booking, now: int) -> tuple[Notice, ...]:
    """The day before in the daytime, and on the morning; none that would follow on the booking's heels."""
    starts = booking.slot.starts
    eve = starts.date() - timedelta(days=1)
    planned: tuple[tuple[NoticeKind, datetime, datetime], ...] = (
        ("reminder_day", datetime.combine(eve, _EVE_AT, JST), datetime.combine(eve, _EVE_UNTIL, JST)),
        ("reminder_morning", datetime.combine(starts.date(), _MORNING_AT, JST), starts),
    )
    return tuple(
        _notice(kind, booking, int(at.timestamp()), int(until.timestamp()))
        for kind, at, until in planned
        if at.timestamp() >= now + _JUST_BOOKED
    )


def _notice(kind: NoticeKind, booking: Booking, due: int, expires: int, reason: str = "") -> Notice:
    return Notice(
        id=notice_id(kind, booking),
        kind=kind,
        address=booking.address,
        user=booking.user,
        lang=booking.lang,
        slot=booking.slot,
        due=due,
        expires=expires,
        reference=booking.reference,
        people=booking.people,
        version=booking.version,
        reason=reason,
    )


def in_daytime(now: int) -> int:
    """`now` if a push may be sent then, else the moment at which the day begins for it."""
    local = datetime.fromtimestamp(now, JST)
    if _DAY_OPENS <= local.time() < _DAY_CLOSES:
        return now
    day = local.date() if local.time() < _DAY_OPENS else local.date() + timedelta(days=1)
    return int(datetime.combine(day, _DAY_OPENS, JST).timestamp())
