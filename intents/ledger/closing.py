"""What the ward does to the ledger: closing a day, opening it again, deleting by the dated rule."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

from intents.bookings import Booking
from intents.ledger.desks import release
from intents.ledger.lengths import every_slot, visits_on
from intents.ledger.notices import REMINDERS, in_daytime, notice_id, of_booking, reminders_of
from intents.ledger.pages import (
    KEEP_DAYS,
    Pages,
    booking_at,
    claims_of,
    day_key,
    deleted_at,
    person_at,
    put_booking,
    put_notice,
    put_person,
    put_waiters,
    to_waiter,
    waiters_at,
)
from intents.ledger.places import PERSON_SECONDS, Table, drop_hold, leave_line, take
from intents.office import JST
from intents.slots import Slot

RULE = f"来所日の{KEEP_DAYS}日後に消す"


def booked_on(pages: Pages, venue: str, day: date, table: Table) -> tuple[Booking, ...]:
    """The bookings that stand on this day, by time, also at times that the table no longer has."""
    visits = visits_on(pages, venue, day, table.openings)
    codes = dict.fromkeys(one.holder for one in visits if not one.until)
    found = (booking_at(pages, code) for code in codes)
    return tuple(one for one in found if one is not None)


def close_day(pages: Pages, venue: str, day: date, reason: str, table: Table) -> tuple[Booking, ...]:
    """Nobody can book the day any more; whoever had a place is told, and chooses another.

    Cancels nobody: a booking stays its person's, marked "closed". Returns those touched.
    """
    key, slots = day_key(venue, day), every_slot(pages, venue, day, table.openings)
    touched = booked_on(pages, venue, day, table)
    codes = [one.reference for one in touched]
    before = (pages.get("closed", key) or {}).get("touched", [])  # a day may be closed twice
    page = {"reason": reason, "at": table.now, "touched": [*before, *codes]}
    pages.put("closed", key, page | {"due": deleted_at(day)})
    told = in_daytime(table.now)
    for booking in touched:
        _displace(pages, booking, reason, told, table)
    for waiter in waiters_at(pages, key):
        name = f"waiting_over:{key}:{waiter.user}:{table.now}"
        over = int(datetime.combine(day, datetime.max.time(), JST).timestamp())
        slot = slots[0] if slots else Slot(venue, day, time())  # of that day: no hour is said
        notice = to_waiter("waiting_over", name, waiter, slot, (told, over))
        put_notice(pages, replace(notice, reason=reason))
        leave_line(pages, key, waiter.user, table)
    put_waiters(pages, key, (), 0)
    for slot in slots:
        for holder, until in set(claims_of(pages.get("place", slot.key)).values()):
            if until:
                drop_hold(pages, holder, table)
                release(pages, slot, holder, table)
    return touched


def _displace(pages: Pages, booking: Booking, reason: str, told: int, table: Table) -> None:
    displaced = replace(
        booking, state="closed", version=booking.version + 1, previous=None, undo_until=0
    )
    put_booking(pages, displaced)
    release(pages, booking.slot, booking.reference, table)
    for kind in REMINDERS:
        pages.put("notice", notice_id(kind, booking), None)
    put_notice(pages, of_booking("closure", displaced, told, reason=reason))


def reopen_day(pages: Pages, venue: str, day: date, table: Table) -> tuple[Booking, ...]:
    """Takes a closure back: the day can be booked again. Returns the bookings that were displaced and
    have not moved, the oldest first; `give_back` seats them again."""
    key = day_key(venue, day)
    page = pages.get("closed", key)
    if page is None:
        return ()
    pages.put("closed", key, None)
    found = (booking_at(pages, code) for code in page.get("touched", ()))
    displaced = (
        one for one in found if one and one.state == "closed" and (one.slot.venue, one.slot.day) == (venue, day)
    )
    return tuple(sorted(displaced, key=lambda one: (one.made, one.reference)))


def give_back(pages: Pages, booking: Booking, table: Table) -> Booking:
    """The displaced booking at its old time, and told, where its places are free and the visit is ahead;
    else unchanged: its person still chooses another day."""
    if booking.state != "closed" or booking.slot.starts.timestamp() <= table.now:
        return booking
    desks = take(pages, booking.slot, booking.people, (booking.reference, 0), table)
    if not desks:
        return booking
    back = replace(booking, desks=desks, state="booked", version=booking.version + 1)
    put_booking(pages, back)
    pages.put("notice", notice_id("closure", booking), None)
    put_notice(pages, of_booking("reopened", back, in_daytime(table.now)))
    if not person_at(pages, back.user).quiet:
        for reminder in reminders_of(back, table.now):
            put_notice(pages, reminder)
    return back


def delete_booking(pages: Pages, code: str, table: Table) -> None:
    """The dated rule: the booking goes, and a record of how many went stays, without any of them."""
    page = pages.get("booking", code)
    booking = booking_at(pages, code)
    if page is None or booking is None or page["due"] > table.now:
        return
    pages.put("booking", code, None)
    release(pages, booking.slot, code, table)
    if booking.user:
        person = person_at(pages, booking.user)
        left = tuple(one for one in person.open if one != code)
        put_person(pages, booking.user, replace(person, open=left), table.now + PERSON_SECONDS)
    today = datetime.fromtimestamp(table.now, JST).date().isoformat()
    record = pages.get("deletion", today) or {"count": 0, "rule": RULE}
    pages.put("deletion", today, record | {"count": record["count"] + 1})
