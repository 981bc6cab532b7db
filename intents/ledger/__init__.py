"""The rules of the booking ledger: who may have a place, change it, give it back, take it back.

Every function is one transaction over `Pages`: it decides and writes, or refuses and writes nothing
that matters. A booking is written together with the notices that tell of it. A place is given up
only after its booking says so, which the stores check for themselves.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import count

from intents.bookings import Booking, Guest, Outcome, Wish
from intents.ledger.desks import Freed, release
from intents.ledger.holding import seated, serve_left
from intents.ledger.notices import REMINDERS, TOKEN_SECONDS, NoticeKind, notice_id, of_booking, reminders_of
from intents.ledger.pages import (
    Pages,
    booking_at,
    day_key,
    hold_at,
    person_at,
    put_booking,
    put_notice,
    put_person,
)
from intents.ledger.places import (
    PERSON_SECONDS,
    Table,
    drop_hold,
    is_closed,
    leave_line,
    room_for,
    serve_waiting,
    take,
)
from intents.reference import reference as code_from
from intents.slots import Slot

UNDO_SECONDS = 600
_TELLING: tuple[NoticeKind, ...] = ("receipt", "changed", "cancelled", "restored", "closure", "reopened")


# ------------------------------------------------------------------ booking
def book(pages: Pages, request: str, who: Guest, slot: Slot, wish: Wish, table: Table) -> Outcome:
    """A booking of `slot`, from what is held for the guest or from what is free."""
    if not table.seats(slot) or is_closed(pages, slot):
        return Outcome("closed")
    if who.user and not room_for(pages, who.user, wish.people, table):
        return Outcome("limit")
    code = _free_code(pages, request)
    left: list[Freed | None] = []
    desks = seated(pages, who, slot, wish.people, code, table, left)
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
    serve_left(pages, left, table)
    return outcome


def _free_code(pages: Pages, request: str) -> str:
    """A reference that no booking has, the same for the same request."""
    codes = (code_from(f"{request}/{attempt}".encode()) for attempt in count())
    return next(code for code in codes if pages.get("booking", code) is None)


def _refused(pages: Pages, why: Outcome, left: list[Freed | None], table: Table) -> Outcome:
    serve_left(pages, left, table)
    return why


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
        pages.put("notice", notice_id(kind, replace(booking, version=booking.version - 1)), None)
    notice = of_booking(told_as, booking, table.now, wait=TOKEN_SECONDS)
    put_notice(pages, notice)
    if booking.state == "booked" and not person_at(pages, booking.user).quiet:
        for reminder in reminders_of(booking, table.now):
            put_notice(pages, reminder)
    return Outcome("ok", booking, notice=notice.id if notice.address else "")


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
    left: list[Freed | None] = []
    desks = seated(pages, who, slot, booking.people, code, table, left)
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
        left.append(release(pages, was, code, table))
    serve_left(pages, left, table)
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
    serve_waiting(pages, release(pages, booking.slot, code, table), table)
    return outcome


def restore(pages: Pages, who: Guest, code: str, table: Table) -> Outcome:
    """元にもどす: the place before the last change, if it is still free. "full": somebody has it;
    "closed": the day was closed since."""
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
    if not table.seats(slot) or is_closed(pages, slot):
        return Outcome("closed", booking)
    held = hold_at(pages, f"hold:{who.user}") if who.user else None
    if held and held.slot == slot:  # she has begun to book the very place again
        drop_hold(pages, f"hold:{who.user}", table)
    desks = take(pages, slot, booking.people, (code, 0), table, but=code)
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
        serve_waiting(pages, release(pages, booking.slot, code, table), table)
    return outcome
