"""A store that an older version wrote: what it did not keep is noted once, when the store is opened."""

from __future__ import annotations

from collections import defaultdict

from bot.store.base import Ledger
from intents.ledger.lengths import is_known, lengths_of, note_claims
from intents.ledger.pages import Pages, day_key
from intents.slots import Slot

_Claimed = dict[Slot, list[int]]  # slot → desks


def adopt(ledger: Ledger) -> None:
    """Notes every place claimed before lengths of visits were kept: else it would not be seen from other
    times of its day, once the table is edited. Writes nothing to a store that has none. StorageError."""
    for claimed in _unknown(ledger).values():
        ledger.transact(lambda pages, claimed=claimed: _note(pages, claimed))  # type: ignore[misc]


def _unknown(ledger: Ledger) -> dict[str, _Claimed]:
    """Day → claimed desks whose lengths no page tells."""
    places, lengths = ledger.shelf("place"), ledger.shelf("length")
    found: dict[str, _Claimed] = defaultdict(dict)
    for key, page in places.items():
        slot = Slot.parse(key)
        if slot is None:
            continue
        day = day_key(slot.venue, slot.day)
        known = lengths_of(lengths.get(day)).get(slot.time, {})
        if unknown := [int(desk) for desk in page if not is_known(known, int(desk))]:
            found[day][slot] = unknown
    return found


def _note(pages: Pages, claimed: _Claimed) -> None:
    for slot, desks in claimed.items():
        note_claims(pages, slot, desks)
