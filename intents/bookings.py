"""The values of a booking, and the desk's window on the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, time
from typing import Any, Literal, Protocol

from intents.model import LANGS, Lang
from intents.slots import Slot

Json = dict[str, Any]
State = Literal["booked", "cancelled", "closed"]
Channel = Literal["line", "phone"]
Misfit = Literal[
    "no_day",  # the table no longer opens the venue on its day
    "no_time",  # the table no longer has its time
    "too_many",  # more people than desks, of whom this one booked last
]
Misfits = Mapping[str, tuple[Misfit, ...]]  # reference → why the table no longer fits the booking
TOPICS = ("setagaya", "tokyo")  # the two programmes that a visit can be for


@dataclass(frozen=True, slots=True)
class Booking:
    """One visit. No name and no phone number: the reference is all that a person is known by.

    `user` is the keyed hash and `address` the sealed LINE id ("" for a phone caller). `state`
    "closed": the ward closed that day and the person has not chosen another. `version` counts every
    change. `previous` is what 元にもどす goes back to until `undo_until`. Moments are epoch seconds.
    """

    reference: str
    slot: Slot
    people: int
    desks: tuple[int, ...]
    topics: tuple[str, ...] = ()
    family: bool = False
    channel: Channel = "line"
    user: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    lang: Lang = "ja"
    state: State = "booked"
    version: int = 1
    made: int = 0
    previous: Slot | None = None
    undo_until: int = 0

    @property
    def is_open(self) -> bool:
        """Whether it counts to the person's limit: a visit that still stands or must be moved."""
        return self.state != "cancelled"

    def to_json(self) -> Json:
        return {
            "reference": self.reference,
            "slot": self.slot.key,
            "people": self.people,
            "desks": list(self.desks),
            "topics": list(self.topics),
            "family": self.family,
            "channel": self.channel,
            "user": self.user,
            "address": self.address,
            "lang": self.lang,
            "state": self.state,
            "version": self.version,
            "made": self.made,
            "previous": self.previous.key if self.previous else None,
            "undo_until": self.undo_until,
        }

    @classmethod
    def from_json(cls, data: Json) -> Booking:
        """A booking as it was stored. ValueError where its slot is none."""
        slot = Slot.parse(data["slot"])
        if slot is None:
            raise ValueError("no slot")
        return cls(
            reference=data["reference"],
            slot=slot,
            people=data["people"],
            desks=tuple(data["desks"]),
            topics=tuple(data["topics"]),
            family=data["family"],
            channel=data["channel"],
            user=data["user"],
            address=data["address"],
            lang=data["lang"] if data["lang"] in LANGS else "ja",
            state=data["state"],
            version=data["version"],
            made=data["made"],
            previous=Slot.parse(data["previous"] or ""),
            undo_until=data["undo_until"],
        )

    def without_address(self) -> Booking:
        """As others may see it: who booked stays out."""
        return replace(self, user="", address="")


@dataclass(frozen=True, slots=True)
class Guest:
    """Who acts: the keyed hash and the sealed LINE id; both "" for a caller on the phone."""

    user: str = ""
    address: str = field(default="", repr=False)
    lang: Lang = "ja"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person wants a place for: how many people, which help, for family, in which language."""

    people: int = 1
    topics: tuple[str, ...] = ()
    family: bool = False
    lang: Lang = "ja"
    channel: Channel = "line"


@dataclass(frozen=True, slots=True)
class Hold:
    """A place kept for a person until `until` (epoch seconds) while she decides.

    `offer`: it was freed and is offered from the waiting list, with `topics` and `family` as chosen there.
    """

    slot: Slot
    people: int
    until: int
    offer: bool = False
    topics: tuple[str, ...] = ()
    family: bool = False


Kind = Literal[
    "ok",
    "full",  # no such place left
    "limit",  # the person has as many open bookings as one may have
    "closed",  # the day was closed, or the slot is none of the table
    "late",  # too near, or the visit has begun
    "unknown",  # no such booking, or another person's
    "expired",  # the time for 元にもどす is over
    "locked",  # too many wrong references
]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the ledger decided. `notice`: the outbox entry that tells of it, to be taken out once told."""

    kind: Kind
    booking: Booking | None = None
    hold: Hold | None = None
    notice: str = ""

    @property
    def ok(self) -> bool:
        return self.kind == "ok"

    @property
    def notices(self) -> tuple[str, ...]:
        return (self.notice,) if self.notice else ()

    def to_json(self) -> Json:
        hold = self.hold
        return {
            "kind": self.kind,
            "booking": self.booking.to_json() if self.booking else None,
            "hold": [hold.slot.key, hold.people, hold.until, hold.offer, list(hold.topics), hold.family]
            if hold
            else None,
            "notice": self.notice,
        }

    @classmethod
    def from_json(cls, data: Json) -> Outcome:
        booking = Booking.from_json(data["booking"]) if data["booking"] else None
        return cls(data["kind"], booking, _hold(data["hold"]), data["notice"])


def _hold(data: list[Any] | None) -> Hold | None:
    slot = Slot.parse(data[0]) if data else None
    if not data or slot is None:
        return None
    topics, family = data[4:6] or ((), False)  # an older version kept neither
    return Hold(slot, data[1], data[2], data[3], tuple(topics), family)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A place on the waiting list of a day: which hours would do, for how many people, for what help."""

    venue: str
    day: date
    people: int = 1
    earliest: time | None = None
    latest: time | None = None
    topics: tuple[str, ...] = ()
    family: bool = False


class Bookings(Protocol):
    """The ledger as one person at the desk sees it.

    Every call that changes something is one durable commit, and the same call in the same turn of
    the same message gives the same outcome however often it is repeated. Raises the store's error.
    """

    def taken(self, moving: str = "") -> Mapping[Slot, int]:
        """How many people others' bookings and holds make at the fullest moment of each slot of the table; the
        person's own hold is free to her. `moving`: her booking that would leave its time for another."""

    def closed(self) -> Mapping[tuple[str, date], str]:
        """(venue, day) → why: days that were closed by command."""

    def mine(self) -> tuple[Booking, ...]:
        """The person's open bookings whose visit is not over, the next first."""

    def misfits(self) -> Misfits:
        """Her standing bookings that the table, edited since, no longer fits. They stand all the same."""

    def held(self) -> Hold | None:
        """The place that is kept for her and could be booked at this moment: an offer, else of a step under way."""

    def waits(self) -> tuple[Waiting, ...]:
        """The waiting lists on which she stands."""

    def hold(self, slot: Slot, people: int, moving: str = "") -> Outcome:
        """Keep places for some minutes; a place held before is let go. `moving`: for that booking."""

    def let_go(self) -> None:
        """Give back what is held; an offer stays open."""

    def decline(self) -> None:
        """Give an offer back: the next on the waiting list gets it."""

    def fresh_key(self) -> str:
        """A name for a booking that begins now, so that its last button can be pressed twice."""

    def book(self, slot: Slot, wish: Wish, key: str) -> Outcome:
        """Once for each `key`, however often and in whatever message it is repeated."""

    def move(self, reference: str, slot: Slot, key: str) -> Outcome:
        """As `book`: once for each `key`."""

    def cancel(self, reference: str) -> Outcome: ...

    def restore(self, reference: str) -> Outcome:
        """元にもどす: the last change or cancellation of the last minutes."""

    def find(self, reference: str) -> Outcome:
        """A booking by its reference, whoever made it; wrong guesses are counted and limited."""

    def wait(self, waiting: Waiting) -> Outcome: ...

    def unwait(self, venue: str, day: date) -> None: ...

    def be_quiet(self) -> None:
        """No reminders for this person's bookings from now on."""

    def be_loud(self) -> None:
        """Reminders again, as far as their moment is still to come."""

