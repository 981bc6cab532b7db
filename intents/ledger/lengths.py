"""How long the visits of a day last, kept as they were booked: the table may be edited meanwhile.

A place's page says who has which desk at a time; its visit lasts as long as visits did when the place was
claimed. The page of a day knows that for every time at which a place was ever claimed, so that a
transaction finds the places beside a slot without looking through the store.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, time

from intents.bookings import Booking
from intents.ledger.pages import Claims, Json, Pages, claims_of, day_key, deleted_at
from intents.model import Openings
from intents.overlap import Visit, minute_of, overlapping
from intents.slots import Slot

_USUAL = 45  # minutes, of a visit that was booked before lengths were kept: no table had others
_NOT_KEPT = 0  # in the page: claimed by such a version
_OTHERS = -1  # stands for every desk that has no length of its own

Lengths = Mapping[time, Mapping[int, int]]  # start → desk → minutes


def lengths_of(page: Json | None) -> Lengths:
    times = (page or {"times": {}})["times"]
    return {
        time.fromisoformat(moment): {int(desk): minutes for desk, minutes in desks.items()}
        for moment, desks in times.items()
    }


def lengths_at(pages: Pages, venue: str, day: date) -> Lengths:
    return lengths_of(pages.get("length", day_key(venue, day)))


def put_lengths(pages: Pages, slot: Slot, desks: Iterable[int], minutes: int) -> None:
    """From now on visits of these desks of `slot` last `minutes`. Nothing is written where they did before."""
    known = lengths_at(pages, slot.venue, slot.day)
    before = dict(known.get(slot.time, {}))
    after = {_OTHERS: minutes, **before} if minutes else before
    after = after | {desk: minutes for desk in desks if _length(after, desk) != minutes}
    if after == before:
        return
    times = {
        f"{moment:%H:%M}": {str(desk): length for desk, length in sorted(desks_at.items())}
        for moment, desks_at in sorted({**known, slot.time: after}.items())
    }
    pages.put("length", day_key(slot.venue, slot.day), {"times": times, "due": deleted_at(slot.day)})


def note_claims(pages: Pages, slot: Slot, desks: Iterable[int]) -> None:
    """Desks of `slot` that a version without lengths has claimed: they are found from other times too."""
    known = lengths_at(pages, slot.venue, slot.day).get(slot.time, {})
    put_lengths(pages, slot, [desk for desk in desks if not is_known(known, desk)], _NOT_KEPT)


def is_known(at: Mapping[int, int], desk: int) -> bool:
    """Whether the lengths of a time tell anything of `desk`, be it that its own was not kept."""
    return desk in at or _OTHERS in at


def _length(at: Mapping[int, int], desk: int) -> int | None:
    return at.get(desk, at.get(_OTHERS))


# ------------------------------------------------------------------ visits
def lasts(lengths: Lengths, moment: time, desk: int, openings: Openings) -> int:
    """Minutes of the visit that begins at `moment` at `desk`. Of one whose length was not kept: what it
    can have been, by the usual length and by the table, whichever is longer."""
    return _length(lengths.get(moment, {}), desk) or max(_USUAL, openings.minutes)


def lasting(lengths: Lengths, booking: Booking, openings: Openings) -> int:
    """As `lasts`, of a standing booking of that day."""
    return max(lasts(lengths, booking.slot.time, desk, openings) for desk in booking.desks)


def visits_of(claims: Claims, moment: time, lengths: Lengths, openings: Openings) -> list[Visit]:
    """The visits of one place page."""
    starts = minute_of(moment)
    return [
        Visit(starts, starts + lasts(lengths, moment, desk, openings), desk, holder, until)
        for desk, (holder, until) in claims.items()
    ]


def every_slot(pages: Pages, venue: str, day: date, openings: Openings) -> tuple[Slot, ...]:
    """Those of the day by time: of the table, whether or not it opens that day, and all that were claimed."""
    times = {*openings.slots, *lengths_at(pages, venue, day)}
    return tuple(Slot(venue, day, moment) for moment in sorted(times))


def visits_on(pages: Pages, venue: str, day: date, openings: Openings) -> list[Visit]:
    """Everybody's visits of the day, by time."""
    lengths = lengths_at(pages, venue, day)
    return [
        visit
        for slot in every_slot(pages, venue, day, openings)
        for visit in visits_of(claims_of(pages.get("place", slot.key)), slot.time, lengths, openings)
    ]


def visits_beside(pages: Pages, slot: Slot, openings: Openings) -> list[Visit]:
    """Everybody's visits that overlap one of `slot` as the table has it now, and all that begin with it."""
    lengths = lengths_at(pages, slot.venue, slot.day)
    starts = minute_of(slot.time)
    ends = starts + openings.minutes

    def at(moment: time) -> list[Visit]:
        claims = claims_of(pages.get("place", replace(slot, time=moment).key))
        return visits_of(claims, moment, lengths, openings)

    def may_reach(moment: time) -> bool:
        longest = max(lasts(lengths, moment, desk, openings) for desk in lengths[moment])
        return minute_of(moment) < ends and starts < minute_of(moment) + longest

    others = [moment for moment in lengths if moment != slot.time and may_reach(moment)]
    return [*at(slot.time), *(visit for moment in others for visit in overlapping(at(moment), starts, ends))]
