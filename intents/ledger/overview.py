"""All places at a glance, for whoever looks for a free one: as the ledger would decide at this moment."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date, time

from intents.ledger.lengths import lengths_of, visits_of
from intents.ledger.pages import Json, claims_of, day_key
from intents.model import Openings
from intents.overlap import Visit, minute_of, most_at_once
from intents.slots import Slot, slots_on


class Taken(Mapping[Slot, int]):
    """Of every slot of the table in which somebody is: how many there are at its fullest moment.

    Worked out day by day as they are asked for: most questions look at a few days of a programme.
    """

    def __init__(
        self, places: Mapping[str, Json], lengths: Mapping[str, Json], openings: Openings, now: int,
        own: Collection[str] = (), moving: str = "",
    ) -> None:  # fmt: skip
        """`places`, `lengths`: those shelves of the ledger. Holds that have run out, and those of the holders
        `own`, do not count; nor does booking `moving` at the times beside the one that it would leave."""
        self._lengths, self._openings, self._now, self._own, self._moving = lengths, openings, now, own, moving
        self._places: dict[str, dict[str, Json]] = defaultdict(dict)  # venue/day → time → page
        for key, page in places.items():
            day, _, moment = key.rpartition("/")
            self._places[day][moment] = page
        self._known: dict[str, Mapping[Slot, int]] = {}

    def __getitem__(self, slot: Slot) -> int:
        return self._on(slot.venue, slot.day)[slot]

    def __iter__(self) -> Iterator[Slot]:
        for key in self._places:
            venue, _, day = key.rpartition("/")
            yield from self._on(venue, date.fromisoformat(day))

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def _on(self, venue: str, day: date) -> Mapping[Slot, int]:
        key = day_key(venue, day)
        if key not in self._known:
            visits = self._visits(key) if key in self._places else ()
            self._known[key] = _fullest(slots_on(self._openings, venue, day), visits, self._openings.minutes, self._moving)
        return self._known[key]

    def _visits(self, day: str) -> Iterator[Visit]:
        """Those that count."""
        lengths = lengths_of(self._lengths.get(day))
        for moment, page in self._places[day].items():
            for visit in visits_of(claims_of(page), time.fromisoformat(moment), lengths, self._openings):
                if visit.holder not in self._own and (not visit.until or visit.until > self._now):
                    yield visit


def _fullest(slots: tuple[Slot, ...], visits: Iterable[Visit], minutes: int, moving: str) -> Mapping[Slot, int]:
    """`slots`: of one day, in the order of their times."""
    starts = [minute_of(slot.time) for slot in slots]
    there: dict[int, list[Visit]] = defaultdict(list)
    for visit in visits:
        first, after = bisect_right(starts, visit.starts - minutes), bisect_left(starts, visit.ends)
        for i in range(first, after):
            if visit.holder != moving or visit.starts == starts[i]:
                there[i].append(visit)
    return {slots[i]: most_at_once(at, starts[i], starts[i] + minutes) for i, at in there.items()}
