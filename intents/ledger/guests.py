"""What a guest may do beside booking: look up a reference, wait for a full day, ask for silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from intents.bookings import Guest, Outcome, Waiting
from intents.ledger.notices import REMINDERS, TOKEN_SECONDS, notice_id, reminders_of
from intents.ledger.pages import (
    Pages,
    Waiter,
    booking_at,
    day_key,
    hold_at,
    person_at,
    put_notice,
    put_person,
    put_waiters,
    waiters_at,
)
from intents.ledger.places import (
    NO_TABLE,
    PERSON_SECONDS,
    Table,
    leave_line,
    offer_name,
    room_for,
    serve_slot,
    settled,
)
from intents.office import JST
from intents.slots import slots_on

MAX_WAITERS = 30  # of one day: more could not be served
WRONG_GUESSES, ALL_GUESSES, GUESS_SECONDS = 5, 60, 3600
_ALL = "*"  # the page of what all have guessed; no person's hash


def find(pages: Pages, who: Guest, code: str, table: Table) -> Outcome:
    """A standing booking by its reference. Of wrong guesses a person has WRONG_GUESSES an hour, and all
    together ALL_GUESSES: many names may be one guesser."""
    booking = booking_at(pages, code)
    mine = booking is not None and booking.user == who.user
    if not mine and (
        len(_guesses(pages, who.user, table)) >= WRONG_GUESSES or len(_guesses(pages, _ALL, table)) >= ALL_GUESSES
    ):
        return Outcome("locked")
    if booking is not None and booking.is_open and not table.is_over(booking.slot):
        return Outcome("ok", booking)
    for user in (who.user, _ALL):
        changed = replace(person_at(pages, user), wrong=(*_guesses(pages, user, table), table.now))
        put_person(pages, user, changed, table.now + PERSON_SECONDS)
    return Outcome("unknown")


def _guesses(pages: Pages, user: str, table: Table) -> tuple[int, ...]:
    """When, within the hour, `user` has guessed wrong."""
    return tuple(at for at in person_at(pages, user).wrong if table.now - GUESS_SECONDS < at <= table.now)


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
        user=who.user,
        address=who.address,
        lang=who.lang,
        people=waiting.people,
        earliest=waiting.earliest,
        latest=waiting.latest,
        at=table.now,
        topics=waiting.topics,
        family=waiting.family,
    )
    put_waiters(pages, key, (*others, waiter), int(over))
    person = person_at(pages, who.user)
    waits = tuple(dict.fromkeys((*person.waits, key)))
    put_person(pages, who.user, replace(person, waits=waits), table.now + PERSON_SECONDS)
    serve_day(pages, waiting.venue, waiting.day, table)
    return _with_offer(pages, who, waiting, table)


def _with_offer(pages: Pages, who: Guest, waiting: Waiting, table: Table) -> Outcome:
    """What the day offers her at once is told by the reply; it is pushed only if that does not arrive."""
    hold = hold_at(pages, f"offer:{who.user}")
    if hold is None or (hold.slot.venue, hold.slot.day) != (waiting.venue, waiting.day):
        return Outcome("ok")
    name = offer_name(hold, who.user)
    page = pages.get("notice", name)
    if page is not None:
        pages.put("notice", name, page | {"due": max(page["due"], table.now + TOKEN_SECONDS)})
    return Outcome("ok", hold=hold, notice=name)


def serve_day(pages: Pages, venue: str, day: date, table: Table) -> None:
    """Offers what is free on the day to those who wait for it: a place may have become free since she saw
    the day full, or an edit of the table has made room, and nobody would tell her of it later."""
    for slot in slots_on(table.openings, venue, day):
        settled(pages, slot, table)
        serve_slot(pages, slot, table)


def unwait(pages: Pages, who: Guest, key: str, table: Table) -> Outcome:
    leave_line(pages, key, who.user, table)
    return Outcome("ok")


def leave_lines(pages: Pages, user: str, now: int) -> None:
    """Off every waiting list: who cannot be written to would keep a freed place from the next."""
    table = Table(NO_TABLE, now)
    for key in person_at(pages, user).waits:
        leave_line(pages, key, user, table)


def be_quiet(pages: Pages, who: Guest, table: Table) -> Outcome:
    """No reminders from now on; those that stand in the outbox are taken out."""
    person = person_at(pages, who.user)
    put_person(pages, who.user, replace(person, quiet=True), table.now + PERSON_SECONDS)
    for code in person.open:
        booking = booking_at(pages, code)
        if booking is not None:
            for kind in REMINDERS:
                pages.put("notice", notice_id(kind, booking), None)
    return Outcome("ok")


def be_loud(pages: Pages, who: Guest, table: Table) -> Outcome:
    """Reminders again: those of standing bookings whose moment is still to come."""
    person = person_at(pages, who.user)
    if not person.quiet:  # they stand in the outbox
        return Outcome("ok")
    put_person(pages, who.user, replace(person, quiet=False), table.now + PERSON_SECONDS)
    for code in person.open:
        booking = booking_at(pages, code)
        if booking is not None and booking.state == "booked":
            for reminder in reminders_of(booking, table.now):
                put_notice(pages, reminder)
    return Outcome("ok")
