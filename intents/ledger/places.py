"""Places: who has which desk of a slot, for good or for some minutes, and who is next in line.

A place whose hold has run out is nobody's; whoever comes upon it first clears it away, and the
waiting list of that day is served before the newcomer.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import timedelta

from intents.bookings import Hold
from intents.ledger.notices import in_daytime
from intents.ledger.pages import (
    Claims,
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
    to_waiter,
    waiters_at,
)
from intents.model import Openings
from intents.slots import Slot, desks_on, slots_on

HOLD_SECONDS = 600
OFFER_SECONDS = 3600
PERSON_SECONDS = 180 * 86_400  # longer than the programme: a page outlives its bookings
NO_TABLE = Openings((), 0, 45, {})  # where the ward has given none, or taken it away


@dataclass(frozen=True, slots=True)
class Table:
    """The openings in force, and the moment (epoch seconds) of a transaction."""

    openings: Openings
    now: int

    def seats(self, slot: Slot) -> int:
        """Desks served in `slot`; 0 where the table has no such slot."""
        if slot not in slots_on(self.openings, slot.venue, slot.day):
            return 0
        return desks_on(self.openings, slot.venue, slot.day)

    def is_late(self, slot: Slot, at: int | None = None) -> bool:
        """Whether `slot` begins too soon to be booked at `at` (now)."""
        notice = timedelta(minutes=self.openings.notice).total_seconds()
        return slot.starts.timestamp() < (self.now if at is None else at) + notice

    def is_over(self, slot: Slot) -> bool:
        return slot.starts.timestamp() + self.openings.minutes * 60 <= self.now


def is_closed(pages: Pages, slot: Slot) -> bool:
    return pages.get("closed", day_key(slot.venue, slot.day)) is not None


def take(pages: Pages, slot: Slot, people: int, claim: tuple[str, int], table: Table) -> tuple[int, ...]:
    """Claims `people` desks of `slot`; () where there are not as many, or the day is closed."""
    if is_closed(pages, slot):
        return ()
    claims = settled(pages, slot, table)
    seats = table.seats(slot)
    free = [desk for desk in range(seats) if desk not in claims][:people]
    # With fewer staff than planned, places beyond the desks may be taken: those count too.
    if len(free) < people or len(claims) + people > seats:
        return ()
    put_claims(pages, slot, claims | dict.fromkeys(free, claim))
    return tuple(free)


def release(pages: Pages, slot: Slot, holder: str, *, keep: Collection[int] = ()) -> None:
    """The desks of `holder` in `slot` are free, but for those to `keep`."""
    claims = claims_of(pages.get("place", slot.key))
    left = {desk: claim for desk, claim in claims.items() if claim[0] != holder or desk in keep}
    if left != claims:
        put_claims(pages, slot, left)


def drop_hold(pages: Pages, holder: str) -> Slot | None:
    """Ends the hold under `holder`; its slot, for whoever waits."""
    hold = hold_at(pages, holder)
    if hold is None:
        return None
    release(pages, hold.slot, holder)
    put_hold(pages, holder, None)
    return hold.slot


def settled(pages: Pages, slot: Slot, table: Table) -> Claims:
    """The claims of `slot` once what has run out is cleared away and the waiting list was served."""
    claims = claims_of(pages.get("place", slot.key))
    over = {holder for holder, until in claims.values() if until and until <= table.now}
    if not over:
        return claims
    for holder in over:
        release(pages, slot, holder)
        held = hold_at(pages, holder)
        if held and held.slot == slot:
            put_hold(pages, holder, None)
    serve_waiting(pages, slot, table)
    return claims_of(pages.get("place", slot.key))


def serve_waiting(pages: Pages, slot: Slot, table: Table) -> None:
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
    claims = claims_of(pages.get("place", slot.key))
    seats = table.seats(slot)
    free = [desk for desk in range(seats) if desk not in claims][: waiter.people]
    if len(free) < waiter.people or len(claims) + waiter.people > seats:
        return False
    put_claims(pages, slot, claims | dict.fromkeys(free, (holder, until)))
    chosen = Hold(slot, waiter.people, until, offer=True, topics=waiter.topics, family=waiter.family)
    put_hold(pages, holder, chosen)
    name = f"offer:{slot.key}:{waiter.user}:{until}"
    notice = to_waiter("offer", name, waiter, slot, (told, until))
    put_notice(pages, replace(notice, until=until))
    return True


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
