"""Desks: who has which, and whether there is room for more.

At no moment are there more people than desks: everybody counts whose visit overlaps in time, at
whatever time it begins, since staff edit the table while people are booked. Who stood there before an
edit stays; nobody is added where there are too many.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

from intents.ledger.lengths import lasts, lengths_at, put_lengths
from intents.ledger.pages import Pages, claims_of, put_claims
from intents.ledger.table import Table
from intents.overlap import Visit, minute_of, most_at_once
from intents.slots import Slot


class Freed(NamedTuple):
    """What somebody had and has no longer: from `slot` on, for `minutes`."""

    slot: Slot
    minutes: int


def room(visits: Iterable[Visit], slot: Slot, table: Table, but: str = "") -> int:
    """How many more people there may be in `slot` beside `visits`; none, or fewer, where it is full.

    With fewer staff, or other times, than when people were booked there may be too many already.
    """
    starts = minute_of(slot.time)
    others = (one for one in visits if one.holder != but or one.starts == starts)
    return table.seats(slot) - most_at_once(others, starts, starts + table.openings.minutes)


def claim_desks(
    pages: Pages, slot: Slot, visits: Collection[Visit], people: int, claim: tuple[str, int], table: Table, but: str = ""
) -> tuple[int, ...]:
    """Desks for `people` more, at which nobody sits into their time if that can be; () if there is no room.

    `visits`: all beside `slot`, as its page has them now.
    """
    if people > room(visits, slot, table, but):
        return ()
    starts = minute_of(slot.time)
    claims = {one.desk: (one.holder, one.until) for one in visits if one.starts == starts}
    free = [desk for desk in range(table.seats(slot)) if desk not in claims]
    busy = {one.desk for one in visits}
    desks = tuple(sorted(sorted(free, key=busy.__contains__)[:people]))
    put_claims(pages, slot, claims | dict.fromkeys(desks, claim))
    put_lengths(pages, slot, desks, table.openings.minutes)
    return desks


def release(pages: Pages, slot: Slot, holder: str, table: Table) -> Freed | None:
    """The desks of `holder` in `slot` are free; None where there were none."""
    claims = claims_of(pages.get("place", slot.key))
    mine = [desk for desk, claim in claims.items() if claim[0] == holder]
    if not mine:
        return None
    put_claims(pages, slot, {desk: claim for desk, claim in claims.items() if desk not in mine})
    lengths = lengths_at(pages, slot.venue, slot.day)
    return Freed(slot, max(lasts(lengths, slot.time, desk, table.openings) for desk in mine))
