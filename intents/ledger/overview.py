"""All places at a glance, for whoever looks for a free one: as the ledger would decide at this moment."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from intents.ledger.lengths import lengths_of, visits_of
from intents.ledger.pages import Json, claims_of, day_key
from intents.model import Openings
from intents.overlap import Visit, minute_of, most_at_once
from intents.slots import Slot, slots_on

_Day = tuple[str, date]  # venue and day


def taken_places(
    places: Mapping[str, Json], lengths: Mapping[str, Json], openings: Openings, now: int,
    own: Collection[str] = (), moving: str = "",
) -> Mapping[Slot, int]:  # fmt: skip
    """Of every slot of the table in which somebody is: how many there are at its fullest moment.

    `places`, `lengths`: those shelves of the ledger. Holds that have run out, and those of the holders
    `own`, do not count; nor does booking `moving` at the times beside the one that it would leave.
    """
    found: dict[Slot, int] = {}
    for (venue, day), visits in _by_day(places, lengths, openings).items():
        live = (one for one in visits if one.holder not in own and (not one.until or one.until > now))
        found |= _fullest(slots_on(openings, venue, day), live, openings.minutes, moving)
    return found


def _by_day(places: Mapping[str, Json], lengths: Mapping[str, Json], openings: Openings) -> Mapping[_Day, list[Visit]]:
    by_day: dict[_Day, list[Visit]] = defaultdict(list)
    known = {key: lengths_of(page) for key, page in lengths.items()}
    for key, page in places.items():
        slot = Slot.parse(key)
        if slot is not None:
            lasting = known.get(day_key(slot.venue, slot.day), {})
            by_day[slot.venue, slot.day] += visits_of(claims_of(page), slot.time, lasting, openings)
    return by_day


def _fullest(
    slots: tuple[Slot, ...], visits: Iterable[Visit], minutes: int, moving: str
) -> Mapping[Slot, int]:
    """`slots`: of one day, in the order of their times, none of which overlap."""
    starts = [minute_of(slot.time) for slot in slots]
    there: dict[int, list[Visit]] = defaultdict(list)
    for visit in visits:
        first, after = bisect_right(starts, visit.starts - minutes), bisect_left(starts, visit.ends)
        for i in range(first, after):
            if visit.holder != moving or visit.starts == starts[i]:
                there[i].append(visit)
    return {slots[i]: most_at_once(at, starts[i], starts[i] + minutes) for i, at in there.items()}
