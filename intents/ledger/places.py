"""Places: who has which desk of a slot, for good or for some minutes, and who is next in line.

A place whose hold has run out is nobody's; whoever comes upon it first clears it away, and the
waiting list of that day is served before the newcomer.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import time

from intents.bookings import Hold
from intents.ledger.desks import Freed, claim_desks, release
from intents.ledger.lengths import visits_beside
from intents.ledger.notices import in_daytime
from intents.ledger.pages import (
    Pages,
    Waiter,
    booking_at,
    day_key,
    hold_at,
    person_at,
    put_hold,
    put_notice,
    put_person,
    put_waiters,
    to_waiter,
    waiters_at,
)
from intents.ledger.table import NO_TABLE as NO_TABLE  # callers know both by this file
from intents.ledger.table import Table as Table
from intents.overlap import Visit, minute_of
from intents.slots import Slot, slots_on

HOLD_SECONDS = 600
OFFER_SECONDS = 3600
MOST_OFFERS = 3  # to one person in a day: each is a message, and somebody else waits too
_DAY = 86_400
PERSON_SECONDS = 180 * 86_400  # longer than the programme: a page outlives its bookings


def is_closed(pages: Pages, slot: Slot) -> bool:
    return pages.get("closed", day_key(slot.venue, slot.day)) is not None


def take(
    pages: Pages, slot: Slot, people: int, claim: tuple[str, int], table: Table, *, but: str = ""
) -> tuple[int, ...]:
    """Claims `people` desks of `slot`; () where there are not as many, or the day is closed.

    `but`: the holder who leaves another time of the day for this one.
    """
    if is_closed(pages, slot):
        return ()
    return claim_desks(pages, slot, settled(pages, slot, table), people, claim, table, but)


def drop_hold(pages: Pages, holder: str, table: Table) -> Freed | None:
    """Ends the hold under `holder`; what is free now, for whoever waits."""
    hold = hold_at(pages, holder)
    if hold is None:
        return None
    put_hold(pages, holder, None)
    return release(pages, hold.slot, holder, table)


def settled(pages: Pages, slot: Slot, table: Table) -> list[Visit]:
    """The visits beside `slot` once what has run out is cleared away and the waiting list was served."""
    visits = visits_beside(pages, slot, table.openings)
    over = sorted({(one.starts, one.holder) for one in visits if one.until and one.until <= table.now})
    if not over:
        return visits
    left = [_ended(pages, replace(slot, time=time(*divmod(starts, 60))), holder, table) for starts, holder in over]
    for freed in left:
        serve_waiting(pages, freed, table)
    return visits_beside(pages, slot, table.openings)


def _ended(pages: Pages, slot: Slot, holder: str, table: Table) -> Freed | None:
    """A hold of `slot` has run out."""
    held = hold_at(pages, holder)
    if held and held.slot == slot:
        put_hold(pages, holder, None)
    return release(pages, slot, holder, table)


# ------------------------------------------------------------------ the waiting list
def serve_waiting(pages: Pages, freed: Freed | None, table: Table) -> None:
    """Offers what has become free to those who wait for the day, in their order.

    It may be free at several times: those of the table are others now than when it was booked.
    """
    if freed is None or not waiters_at(pages, day_key(freed.slot.venue, freed.slot.day)):
        return
    starts = minute_of(freed.slot.time)
    for slot in slots_on(table.openings, freed.slot.venue, freed.slot.day):
        begins = minute_of(slot.time)
        if begins < starts + freed.minutes and starts < begins + table.openings.minutes:
            serve_slot(pages, slot, table)


def serve_slot(pages: Pages, slot: Slot, table: Table) -> None:
    """Offers the free places of `slot` to those who wait for the day, in their order."""
    key = day_key(slot.venue, slot.day)
    # An offer made at night is told in the morning, and holds from then on.
    told = in_daytime(table.now)
    until = told + OFFER_SECONDS
    if is_closed(pages, slot) or table.is_late(slot, until):
        return
    for waiter in waiters_at(pages, key):
        if waiter.would_take(slot) and _offer(pages, slot, waiter, told, until, table):
            leave_line(pages, key, waiter.user, table)


def _offer(pages: Pages, slot: Slot, waiter: Waiter, told: int, until: int, table: Table) -> bool:
    holder = f"offer:{waiter.user}"
    if hold_at(pages, holder) is not None or not room_for(pages, waiter.user, waiter.people, table):
        return False
    person = person_at(pages, waiter.user)
    lately = tuple(at for at in person.offered if table.now - _DAY < at <= table.now)
    if len(lately) >= MOST_OFFERS:
        return False
    visits = visits_beside(pages, slot, table.openings)
    if not claim_desks(pages, slot, visits, waiter.people, (holder, until), table):
        return False
    chosen = Hold(slot, waiter.people, until, offer=True, topics=waiter.topics, family=waiter.family)
    put_hold(pages, holder, chosen)
    changed = replace(person, offered=(*lately, table.now))
    put_person(pages, waiter.user, changed, table.now + PERSON_SECONDS)
    notice = to_waiter("offer", offer_name(chosen, waiter.user), waiter, slot, (told, until))
    put_notice(pages, replace(notice, until=until))
    return True


def offer_name(hold: Hold, user: str) -> str:
    """The notice that tells of the offer `hold`."""
    return f"offer:{hold.slot.key}:{user}:{hold.until}"


def leave_line(pages: Pages, key: str, user: str, table: Table) -> None:
    """Takes `user` off the waiting list of a day."""
    page = pages.get("waiting", key)
    if page is not None:
        left = tuple(one for one in waiters_at(pages, key) if one.user != user)
        put_waiters(pages, key, left, page["due"])
    person = person_at(pages, user)
    if key in person.waits:
        waits = tuple(one for one in person.waits if one != key)
        put_person(pages, user, replace(person, waits=waits), table.now + PERSON_SECONDS)


def places_of(pages: Pages, user: str, table: Table, *, but: str = "") -> int:
    """Places of the person's open bookings whose visit is not over, without booking `but`."""
    mine = (booking_at(pages, one) for one in person_at(pages, user).open if one != but)
    return sum(one.people for one in mine if one and one.is_open and not table.is_over(one.slot))


def room_for(pages: Pages, user: str, people: int, table: Table, *, but: str = "") -> bool:
    """Whether `people` more places stay within what one person may have."""
    return places_of(pages, user, table, but=but) + people <= table.openings.per_person


def expire(pages: Pages, holder: str, table: Table) -> None:
    """A hold's time is over: its place goes to whoever waits, else it is free."""
    hold = hold_at(pages, holder)
    if hold is None or hold.until > table.now:
        return
    settled(pages, hold.slot, table)
    if hold_at(pages, holder) == hold:  # its claim was gone already
        put_hold(pages, holder, None)
