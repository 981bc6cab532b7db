"""What a transaction on the ledger reads and writes: shelves of small JSON pages, typed here.

The rules are written once, over this; a store only has to make a transaction whole, durable and
alone. `put` of a page with "due" (epoch seconds) lets the store find it by that moment.

    place    slot key          → {desk: [holder, until]}; until 0: for good, else a hold's end
    booking  reference         → Booking; due: the day of its deletion
    person   user              → Person
    hold     holder            → a Hold; due: its end. A holder is "hold:USER" or "offer:USER"
    length   venue/day         → {time: {desk: minutes}}: every time at which a place was claimed; -1: all other desks
    waiting  venue/day         → the waiting list of a day, first come first
    closed   venue/day         → why and since when; due: as a booking of that day
    notice   notice id         → the outbox; due: not to be sent before
    unsent   notice id         → what could not be sent, for staff
    request  event id / number → the outcome, for repeats
    deletion day               → how many bookings were deleted, and by which rule
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Literal, Protocol

from intents.bookings import Booking, Hold, Outcome
from intents.ledger.notices import Notice, NoticeKind
from intents.model import LANGS, Lang
from intents.office import JST
from intents.slots import Slot

Json = dict[str, Any]
Shelf = Literal[
    "place", "booking", "person", "hold", "waiting", "closed", "notice", "unsent", "request", "deletion", "length", "clock"
]
SHELVES: tuple[Shelf, ...] = (
    *("place", "booking", "person", "hold", "waiting"),
    *("closed", "notice", "unsent", "request", "deletion", "length", "clock"),
)
KEEP_DAYS = 30  # after the visit; then a booking is deleted (docs/retention.md)
_REQUEST_SECONDS = 3 * 86_400  # as long as LINE's events are known


class Pages(Protocol):
    """One transaction. What `put` wrote, `get` reads; another's writes are seen whole or not at all."""

    def get(self, shelf: Shelf, key: str) -> Json | None: ...

    def put(self, shelf: Shelf, key: str, page: Json | None) -> None:
        """None erases. A place of a standing booking must not be freed before the booking says so."""


Claims = dict[int, tuple[str, int]]  # desk → (holder, until)


def claims_of(page: Json | None) -> Claims:
    return {int(desk): (holder, until) for desk, (holder, until) in (page or {}).items()}


def put_claims(pages: Pages, slot: Slot, claims: Claims) -> None:
    page = {str(desk): list(claim) for desk, claim in sorted(claims.items())}
    pages.put("place", slot.key, page or None)


def booking_at(pages: Pages, reference: str) -> Booking | None:
    page = pages.get("booking", reference)
    return Booking.from_json(page) if page else None


def put_booking(pages: Pages, booking: Booking) -> None:
    pages.put("booking", booking.reference, booking.to_json() | {"due": deleted_at(booking.slot.day)})


def deleted_at(day: date) -> int:
    """The moment (epoch seconds) from which nothing that tells of a visit on `day` is kept."""
    return int((datetime.combine(day, time(), JST) + timedelta(days=KEEP_DAYS + 1)).timestamp())


@dataclass(frozen=True, slots=True)
class Person:
    """What the ledger knows of a person: her bookings, waiting lists, wrong guesses, her silence, and when
    places were offered to her."""

    open: tuple[str, ...] = ()
    waits: tuple[str, ...] = ()
    wrong: tuple[int, ...] = ()
    quiet: bool = False
    offered: tuple[int, ...] = ()


def person_at(pages: Pages, user: str) -> Person:
    page = pages.get("person", user) or {}
    return Person(
        tuple(page.get("open", ())),
        tuple(page.get("waits", ())),
        tuple(page.get("wrong", ())),
        page.get("quiet", False),
        tuple(page.get("offered", ())),
    )


def put_person(pages: Pages, user: str, person: Person, due: int) -> None:
    """`due`: when the page may be erased. An empty one is not kept."""
    page = {
        "open": list(person.open),
        "waits": list(person.waits),
        "wrong": list(person.wrong),
        "quiet": person.quiet,
        "offered": list(person.offered),
        "due": due,
    }
    pages.put("person", user, None if person == Person() else page)


def hold_at(pages: Pages, holder: str) -> Hold | None:
    """The hold under `holder`, over or not."""
    page = pages.get("hold", holder)
    slot = Slot.parse(page["slot"]) if page else None
    if page is None or slot is None:
        return None
    topics, family = tuple(page.get("topics", ())), page.get("family", False)
    return Hold(slot, page["people"], page["due"], page["offer"], topics, family)


def put_hold(pages: Pages, holder: str, hold: Hold | None) -> None:
    if hold is None:
        return pages.put("hold", holder, None)
    page = {"slot": hold.slot.key, "people": hold.people, "due": hold.until, "offer": hold.offer}
    chosen = {"topics": list(hold.topics), "family": hold.family} if hold.offer else {}
    return pages.put("hold", holder, page | chosen)


@dataclass(frozen=True, slots=True)
class Waiter:
    """Somebody on the waiting list of a day."""

    user: str
    address: str
    lang: Lang
    people: int
    earliest: time | None
    latest: time | None
    at: int
    topics: tuple[str, ...] = ()
    family: bool = False

    def would_take(self, slot: Slot) -> bool:
        return (self.earliest or time.min) <= slot.time <= (self.latest or time.max)


def day_key(venue: str, day: date) -> str:
    return f"{venue}/{day.isoformat()}"


def waiters_at(pages: Pages, key: str) -> tuple[Waiter, ...]:
    return waiters_of(pages.get("waiting", key))


def waiters_of(page: Json | None) -> tuple[Waiter, ...]:
    return tuple(
        Waiter(
            one["user"],
            one["address"],
            one["lang"] if one["lang"] in LANGS else "ja",
            one["people"],
            time.fromisoformat(one["earliest"]) if one["earliest"] else None,
            time.fromisoformat(one["latest"]) if one["latest"] else None,
            one["at"],
            tuple(one.get("topics", ())),  # pages of an older version have neither
            one.get("family", False),
        )
        for one in (page or {"list": []})["list"]
    )


def put_waiters(pages: Pages, key: str, waiters: tuple[Waiter, ...], due: int) -> None:
    listed = [
        {
            "user": one.user,
            "address": one.address,
            "lang": one.lang,
            "people": one.people,
            "earliest": one.earliest.isoformat() if one.earliest else None,
            "latest": one.latest.isoformat() if one.latest else None,
            "at": one.at,
            "topics": list(one.topics),
            "family": one.family,
        }
        for one in waiters
    ]
    pages.put("waiting", key, {"list": listed, "due": due} if listed else None)


def put_notice(pages: Pages, notice: Notice) -> None:
    """Into the outbox; who cannot be reached on LINE has no address and gets none."""
    if notice.address:
        pages.put("notice", notice.id, notice.to_json())


def to_waiter(
    kind: NoticeKind, name: str, waiter: Waiter, slot: Slot, when: tuple[int, int]
) -> Notice:
    """A notice under the id `name` for one on a waiting list. `when`: due, expires."""
    return Notice(
        id=name,
        kind=kind,
        address=waiter.address,
        user=waiter.user,
        lang=waiter.lang,
        slot=slot,
        due=when[0],
        expires=when[1],
        people=waiter.people,
    )


def once(
    pages: Pages, request: str, now: int, decide: Callable[[], Outcome], *, refusal: str = ""
) -> Outcome:
    """What `decide` says, remembered under `request`: a repeat is told the same and changes nothing.

    `refusal`: the request under which a "no" is remembered instead, where a later message may ask the
    same and be told "yes".
    """
    for name in (request, refusal):
        known = pages.get("request", name) if name else None
        if known is not None:
            return Outcome.from_json(known)
    outcome = decide()
    kept = outcome.booking.without_address() if outcome.booking else None
    outcome = replace(outcome, booking=kept)
    name = request if outcome.ok or not refusal else refusal
    pages.put("request", name, outcome.to_json() | {"due": now + _REQUEST_SECONDS})
    return outcome
