"""Holding: places kept for some minutes while a person decides, and the desks that a booking gets.

What was kept for her becomes her booking's; what she does not take goes to whoever waits.
"""

from __future__ import annotations

from intents.bookings import Guest, Hold, Outcome
from intents.ledger.desks import Freed, room
from intents.ledger.lengths import put_lengths, visits_beside
from intents.ledger.pages import Pages, claims_of, hold_at, put_claims, put_hold
from intents.ledger.places import (
    HOLD_SECONDS,
    Table,
    drop_hold,
    is_closed,
    room_for,
    serve_waiting,
    settled,
    take,
)
from intents.overlap import minute_of
from intents.slots import Slot


def hold(pages: Pages, who: Guest, slot: Slot, people: int, table: Table, *, moving: str = "") -> Outcome:
    """Keep places of `slot` for HOLD_SECONDS. `moving`: for the booking that is to move there."""
    if not table.seats(slot) or is_closed(pages, slot):
        return Outcome("closed")
    # First, so that what others let run out goes along the line, and never what she still holds.
    settled(pages, slot, table)
    offered = _offered(pages, who, slot, people, table)
    if offered:
        return Outcome("ok", hold=offered)
    if table.is_late(slot):
        return Outcome("late")
    if not room_for(pages, who.user, people, table, but=moving):
        return Outcome("limit")
    holder, until = f"hold:{who.user}", table.now + HOLD_SECONDS
    before = drop_hold(pages, holder, table)
    desks = take(pages, slot, people, (holder, until), table, but=moving)
    kept = Hold(slot, people, until) if desks else None
    put_hold(pages, holder, kept)
    if before and before.slot != (slot if desks else None):
        serve_waiting(pages, before, table)
    kept = kept or _offered(pages, who, slot, people, table)
    return Outcome("ok", hold=kept) if kept else Outcome("full")


def _offered(pages: Pages, who: Guest, slot: Slot, people: int, table: Table) -> Hold | None:
    """The guest's offer of this very slot; it may have come about a moment ago in this transaction,
    when what had run out was cleared away and she was the first in line."""
    offer = hold_at(pages, f"offer:{who.user}") if who.user else None
    fits = offer and offer.slot == slot and offer.people >= people and offer.until > table.now
    return offer if fits and is_hers(pages, who, slot, people, table) else None


def is_hers(pages: Pages, who: Guest, slot: Slot, people: int, table: Table, *, code: str = "") -> bool:
    """Whether what is kept of `slot` for the guest can still become a booking of `people`: the table may have
    been edited since. Others' holds do not count: whoever is first to book has the place. They do where
    visits last longer now: nothing is kept for the rest of hers.

    `code`: the booking that would move there.
    """
    own, starts = _holders(who), minute_of(slot.time)
    if len(_held(pages, own, slot, table)) < people:
        return False
    visits = visits_beside(pages, slot, table.openings)
    mine = [one for one in visits if one.holder in own and one.starts == starts and one.until > table.now]
    is_longer = any(one.ends < starts + table.openings.minutes for one in mine)
    others = [one for one in visits if one not in mine and (is_longer or not one.until)]
    return people <= room(others, slot, table, but=code)


def _holders(who: Guest) -> tuple[str, ...]:
    """Under which places are kept for the guest."""
    return (f"hold:{who.user}", f"offer:{who.user}") if who.user else ()


def let_go(pages: Pages, who: Guest, table: Table) -> Outcome:
    """What is held goes to whoever waits, else it is free. An offer stays open."""
    return _given_back(pages, f"hold:{who.user}", table)


def decline(pages: Pages, who: Guest, table: Table) -> Outcome:
    """What is offered goes to the next on the waiting list, else it is free."""
    return _given_back(pages, f"offer:{who.user}", table)


def _given_back(pages: Pages, holder: str, table: Table) -> Outcome:
    serve_waiting(pages, drop_hold(pages, holder, table), table)
    return Outcome("ok")


# ------------------------------------------------------------------ becoming a booking
def seated(
    pages: Pages, who: Guest, slot: Slot, people: int, code: str, table: Table, left: list[Freed | None]
) -> tuple[int, ...] | Outcome:
    """The desks that booking `code` gets: those held for the guest first. An Outcome: why none.

    `left` gets what was kept for her and has become free.
    """
    if table.is_over(slot) or slot.starts.timestamp() <= table.now:
        return Outcome("late")
    own = _holders(who)
    held = _held(pages, own, slot, table)
    if not held and table.is_late(slot):
        return Outcome("late")
    hers = bool(held) and is_hers(pages, who, slot, people, table, code=code)
    for holder in own:
        kept = hold_at(pages, holder)
        if kept and (holder.startswith("hold:") or kept.slot == slot):
            left.append(drop_hold(pages, holder, table))
    if hers:
        desks = _retaken(pages, slot, tuple(held[:people]), code, table)
    else:
        desks = take(pages, slot, people, (code, 0), table, but=code)
    if not desks and _offered(pages, who, slot, people, table):
        held = _held(pages, own, slot, table)
        left.append(drop_hold(pages, f"offer:{who.user}", table))
        desks = _retaken(pages, slot, tuple(held[:people]), code, table)
    return desks or Outcome("full")


def _held(pages: Pages, own: tuple[str, ...], slot: Slot, table: Table) -> list[int]:
    """Desks of `slot` that are kept for the holders `own` at this moment."""
    claims = claims_of(pages.get("place", slot.key))
    return [desk for desk, (holder, until) in claims.items() if holder in own and until > table.now]


def _retaken(pages: Pages, slot: Slot, desks: tuple[int, ...], code: str, table: Table) -> tuple[int, ...]:
    """Desks that were the guest's own hold a moment ago in this very transaction."""
    claims = claims_of(pages.get("place", slot.key))
    put_claims(pages, slot, claims | dict.fromkeys(desks, (code, 0)))
    put_lengths(pages, slot, desks, table.openings.minutes)
    return desks


def serve_left(pages: Pages, left: list[Freed | None], table: Table) -> None:
    """Offers what was left, once the booking is written: she may wait for it herself, up to her limit."""
    for freed in left:
        serve_waiting(pages, freed, table)
