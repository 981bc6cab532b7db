"""The rules of the booking ledger: who may have a place, change it, give it back, take it back.

Every function is one transaction over `Pages`: it decides and writes, or refuses and writes nothing
that matters. A booking is written together with the notices that tell of it. A place is given up
only after its booking says so, which the stores check for themselves.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count

from intents.bookings import Booking, Hold, Outcome, Waiting, Wish
from intents.model import Lang
from intents.notices import REMINDERS, TOKEN_SECONDS, NoticeKind, notice_id, of_booking, reminders_of
from intents.office import JST
from intents.pages import (
    Pages,
    Waiter,
    booking_at,
    claims_of,
    day_key,
    hold_at,
    person_at,
    put_claims,
    put_hold,
    put_notice,
    put_person,
    put_waiters,
    waiters_at,
)
from intents.places import (
    HOLD_SECONDS,
    PERSON_SECONDS,
    Table,
    drop_hold,
    is_closed,
    leave_line,
    release,
    room_for,
    serve_waiting,
    take,
)
from intents.reference import reference as code_from
from intents.slots import Slot

UNDO_SECONDS = 600
KEEP_DAYS = 30  # after the visit; then a booking is deleted (docs/retention.md)
MAX_WAITERS = 30  # of one day: more could not be served
WRONG_GUESSES, GUESS_SECONDS = 5, 3600
_TELLING: tuple[NoticeKind, ...] = ("receipt", "changed", "cancelled", "restored", "closure")


@dataclass(frozen=True, slots=True)
class Guest:
    """Who acts: the keyed hash and the sealed LINE id; both "" for a caller on the phone."""

    user: str = ""
    address: str = field(default="", repr=False)
    lang: Lang = "ja"


# ------------------------------------------------------------------ holding
def hold(pages: Pages, who: Guest, slot: Slot, people: int, table: Table, *, moving: str = "") -> Outcome:
    """Keep places of `slot` for HOLD_SECONDS. `moving`: for the booking that is to move there."""
    if not table.seats(slot) or is_closed(pages, slot):
        return Outcome("closed")
    offered = _offered(pages, who, slot, people, table)
    if offered:
        return Outcome("ok", hold=offered)
    if table.is_late(slot):
        return Outcome("late")
    if not room_for(pages, who.user, people, table, but=moving):
        return Outcome("limit")
    holder, until = f"hold:{who.user}", table.now + HOLD_SECONDS
    before = drop_hold(pages, holder)
    desks = take(pages, slot, people, (holder, until), table)
    kept = Hold(slot, people, until) if desks else None
    put_hold(pages, holder, kept)
    if before and before != (slot if desks else None):
        serve_waiting(pages, before, table)
    kept = kept or _offered(pages, who, slot, people, table)
    return Outcome("ok", hold=kept) if kept else Outcome("full")


def _offered(pages: Pages, who: Guest, slot: Slot, people: int, table: Table) -> Hold | None:
    """The guest's offer of this very slot; it may have come about a moment ago in this transaction,
    when what had run out was cleared away and she was the first in line."""
    offer = hold_at(pages, f"offer:{who.user}") if who.user else None
    fits = offer and offer.slot == slot and offer.people >= people and offer.until > table.now
    return offer if fits else None


def let_go(pages: Pages, who: Guest, table: Table) -> Outcome:
    """What is held goes to whoever waits, else it is free. An offer stays open."""
    return _given_back(pages, f"hold:{who.user}", table)


def decline(pages: Pages, who: Guest, table: Table) -> Outcome:
    """What is offered goes to the next on the waiting list, else it is free."""
    return _given_back(pages, f"offer:{who.user}", table)


def _given_back(pages: Pages, holder: str, table: Table) -> Outcome:
    slot = drop_hold(pages, holder)
    if slot:
        serve_waiting(pages, slot, table)
    return Outcome("ok")


# ------------------------------------------------------------------ booking
def book(pages: Pages, request: str, who: Guest, slot: Slot, wish: Wish, table: Table) -> Outcome:
    """A booking of `slot`, from what is held for the guest or from what is free."""
    if not table.seats(slot) or is_closed(pages, slot):
        return Outcome("closed")
    if who.user and not room_for(pages, who.user, wish.people, table):
        return Outcome("limit")
    code = _free_code(pages, request)
    left: list[Slot] = []
    desks = _seated(pages, who, slot, wish.people, code, table, left)
    if isinstance(desks, Outcome):
        return _refused(pages, desks, left, table)
    booking = Booking(
        reference=code,
        slot=slot,
        people=wish.people,
        desks=desks,
        topics=wish.topics,
        family=wish.family,
        channel=wish.channel,
        user=who.user,
        address=who.address,
        lang=wish.lang,
        made=table.now,
    )
    if who.user:
        leave_line(pages, day_key(slot.venue, slot.day), who.user, table)
        _open(pages, who.user, code, table)
    outcome = _written(pages, booking, "receipt", table)
    _serve(pages, left, table)
    return outcome


def _free_code(pages: Pages, request: str) -> str:
    """A reference that no booking has, the same for the same request."""
    codes = (code_from(f"{request}/{attempt}".encode()) for attempt in count())
    return next(code for code in codes if pages.get("booking", code) is None)


def _serve(pages: Pages, left: list[Slot], table: Table) -> None:
    """Offers what was left, once the booking is written: she may wait for it herself, up to her limit."""
    for slot in left:
        serve_waiting(pages, slot, table)


def _refused(pages: Pages, why: Outcome, left: list[Slot], table: Table) -> Outcome:
    _serve(pages, left, table)
    return why


def _seated(
    pages: Pages, who: Guest, slot: Slot, people: int, code: str, table: Table, left: list[Slot]
) -> tuple[int, ...] | Outcome:
    """The desks that booking `code` gets: those held for the guest first. An Outcome: why none.

    `left` gets the slots where something that was kept for her has become free.
    """
    if table.is_over(slot) or slot.starts.timestamp() <= table.now:
        return Outcome("late")
    own = (f"hold:{who.user}", f"offer:{who.user}") if who.user else ()
    held = _held(pages, own, slot, table)
    if not held and table.is_late(slot):
        return Outcome("late")
    for holder in own:
        kept = hold_at(pages, holder)
        if kept and (holder.startswith("hold:") or kept.slot == slot):
            drop_hold(pages, holder)
            left.append(kept.slot)
    if len(held) >= people:
        desks = _retaken(pages, slot, tuple(held[:people]), code)
    else:
        desks = take(pages, slot, people, (code, 0), table)
    if not desks and _offered(pages, who, slot, people, table):
        held = _held(pages, own, slot, table)
        drop_hold(pages, f"offer:{who.user}")
        left.append(slot)
        desks = _retaken(pages, slot, tuple(held[:people]), code)
    return desks or Outcome("full")


def _held(pages: Pages, own: tuple[str, ...], slot: Slot, table: Table) -> list[int]:
    """Desks of `slot` that are kept for the holders `own` at this moment."""
    claims = claims_of(pages.get("place", slot.key))
    return [desk for desk, (holder, until) in claims.items() if holder in own and until > table.now]


def _retaken(pages: Pages, slot: Slot, desks: tuple[int, ...], code: str) -> tuple[int, ...]:
    """Desks that were the guest's own hold a moment ago in this very transaction."""
    claims = claims_of(pages.get("place", slot.key))
    put_claims(pages, slot, claims | dict.fromkeys(desks, (code, 0)))
    return desks


def _open(pages: Pages, user: str, code: str, table: Table) -> None:
    """Adds `code` to the person's bookings. Those of days gone by stay until they are deleted: a
    displaced one may still be moved, and the clock may have jumped."""
    person = person_at(pages, user)
    still = tuple(one for one in person.open if one != code and (b := booking_at(pages, one)) and b.is_open)
    put_person(pages, user, replace(person, open=(*still, code)), table.now + PERSON_SECONDS)


def _written(pages: Pages, booking: Booking, told_as: NoticeKind, table: Table) -> Outcome:
    """The booking on its page, its notices in the outbox, those of its last version out of it."""
    put_booking(pages, booking)
    for kind in (*_TELLING, *REMINDERS):
        pages.put("notice", notice_id(kind, booking.reference, booking.version - 1), None)
    notice = of_booking(told_as, booking, table.now, wait=TOKEN_SECONDS)
    put_notice(pages, notice)
    if booking.state == "booked" and not person_at(pages, booking.user).quiet:
        for reminder in reminders_of(booking, table.now):
            put_notice(pages, reminder)
    return Outcome("ok", booking, notice=notice.id if notice.address else "")


def put_booking(pages: Pages, booking: Booking) -> None:
    deleted = datetime.combine(booking.slot.day, datetime.min.time(), JST) + timedelta(days=KEEP_DAYS + 1)
    pages.put("booking", booking.reference, booking.to_json() | {"due": int(deleted.timestamp())})


# ------------------------------------------------------------------ changing
def _own(pages: Pages, who: Guest, code: str, table: Table) -> Booking | Outcome:
    """The guest's open booking whose visit has not begun. The operator's guest may have any."""
    booking = booking_at(pages, code)
    if booking is None or not booking.is_open or (who.user and booking.user != who.user):
        return Outcome("unknown")
    if booking.state == "booked" and booking.slot.starts.timestamp() <= table.now:
        return Outcome("late", booking)
    return booking


def move(pages: Pages, who: Guest, code: str, slot: Slot, table: Table) -> Outcome:
    """The booking goes to `slot`, in one step: either the new place is its own or the old one stays."""
    booking = _own(pages, who, code, table)
    if isinstance(booking, Outcome):
        return booking
    if booking.slot == slot and booking.state == "booked":
        return Outcome("ok", booking)
    if not table.seats(slot) or is_closed(pages, slot):
        return Outcome("closed")
    # A displaced booking whose day is over did not count meanwhile.
    over = bool(who.user) and table.is_over(booking.slot)
    if over and not room_for(pages, who.user, booking.people, table, but=code):
        return Outcome("limit", booking)
    left: list[Slot] = []
    desks = _seated(pages, who, slot, booking.people, code, table, left)
    if isinstance(desks, Outcome):
        return _refused(pages, desks, left, table)
    was = booking.slot if booking.state == "booked" else None
    moved = replace(
        booking,
        slot=slot,
        desks=desks,
        state="booked",
        version=booking.version + 1,
        previous=was,
        undo_until=table.now + UNDO_SECONDS if was else 0,
    )
    outcome = _written(pages, moved, "changed", table)
    if was:
        release(pages, was, code)
        left.append(was)
    _serve(pages, left, table)
    return outcome


def cancel(pages: Pages, who: Guest, code: str, table: Table) -> Outcome:
    """The booking is given up; its place goes to whoever waits, else it is free."""
    booking = _own(pages, who, code, table)
    if isinstance(booking, Outcome):
        return booking
    undo = table.now + UNDO_SECONDS if booking.state == "booked" else 0
    gone = replace(
        booking, state="cancelled", version=booking.version + 1, previous=None, undo_until=undo
    )
    outcome = _written(pages, gone, "cancelled", table)
    release(pages, booking.slot, code)
    serve_waiting(pages, booking.slot, table)
    return outcome


def restore(pages: Pages, who: Guest, code: str, table: Table) -> Outcome:
    """元にもどす: the place before the last change, if it is still free. "full": somebody has it."""
    booking = booking_at(pages, code)
    if booking is None or (who.user and booking.user != who.user):
        return Outcome("unknown")
    moved_from = booking.previous if booking.state == "booked" else None
    slot = booking.slot if booking.state == "cancelled" else moved_from
    if slot is None or table.now > booking.undo_until:
        return Outcome("expired", booking)
    if slot.starts.timestamp() <= table.now:
        return Outcome("late", booking)
    if who.user and not room_for(pages, who.user, booking.people, table, but=code):
        return Outcome("limit", booking)
    desks = take(pages, slot, booking.people, (code, 0), table)
    if not desks:
        return Outcome("full", booking)
    back = replace(
        booking,
        slot=slot,
        desks=desks,
        state="booked",
        version=booking.version + 1,
        previous=None,
        undo_until=0,
    )
    if booking.user:
        _open(pages, booking.user, code, table)
    outcome = _written(pages, back, "restored", table)
    if moved_from:
        release(pages, booking.slot, code)
        serve_waiting(pages, booking.slot, table)
    return outcome


# ------------------------------------------------------------------ looking up, waiting, silence
def find(pages: Pages, who: Guest, code: str, table: Table) -> Outcome:
    """A standing booking by its reference. Of wrong guesses a person has WRONG_GUESSES an hour."""
    person = person_at(pages, who.user)
    wrong = tuple(at for at in person.wrong if at > table.now - GUESS_SECONDS)
    booking = booking_at(pages, code)
    mine = booking is not None and booking.user == who.user
    if len(wrong) >= WRONG_GUESSES and not mine:
        return Outcome("locked")
    if booking is not None and booking.is_open and not table.is_over(booking.slot):
        return Outcome("ok", booking)
    changed = replace(person, wrong=(*wrong, table.now))
    put_person(pages, who.user, changed, table.now + PERSON_SECONDS)
    return Outcome("unknown")


def wait(pages: Pages, who: Guest, waiting: Waiting, table: Table) -> Outcome:
    """A place at the end of the day's waiting list; "full" where the list itself is."""
    key = day_key(waiting.venue, waiting.day)
    over = datetime.combine(waiting.day, datetime.max.time(), JST).timestamp()
    if waiting.day not in table.openings.days.get(waiting.venue, ()) or pages.get("closed", key):
        return Outcome("closed")
    if over <= table.now:
        return Outcome("late")
    if not room_for(pages, who.user, waiting.people, table):
        return Outcome("limit")
    others = tuple(one for one in waiters_at(pages, key) if one.user != who.user)
    if len(others) >= MAX_WAITERS:
        return Outcome("full")
    waiter = Waiter(
        who.user, who.address, who.lang, waiting.people, waiting.earliest, waiting.latest, table.now
    )
    put_waiters(pages, key, (*others, waiter), int(over))
    person = person_at(pages, who.user)
    waits = tuple(dict.fromkeys((*person.waits, key)))
    put_person(pages, who.user, replace(person, waits=waits), table.now + PERSON_SECONDS)
    return Outcome("ok")


def unwait(pages: Pages, who: Guest, key: str, table: Table) -> Outcome:
    leave_line(pages, key, who.user, table)
    return Outcome("ok")


def be_quiet(pages: Pages, who: Guest, table: Table) -> Outcome:
    """No reminders from now on; those that stand in the outbox are taken out."""
    person = person_at(pages, who.user)
    put_person(pages, who.user, replace(person, quiet=True), table.now + PERSON_SECONDS)
    for code in person.open:
        booking = booking_at(pages, code)
        for kind in REMINDERS if booking else ():
            pages.put("notice", notice_id(kind, code, booking.version), None)  # type: ignore[union-attr]
    return Outcome("ok")
