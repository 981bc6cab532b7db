"""The opening table as a transaction on the ledger sees it: at one moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from intents.misfits import off_table
from intents.model import Openings
from intents.slots import Slot, desks_on

NO_TABLE = Openings((), 0, 45, {})  # where the ward has given none, or taken it away


@dataclass(frozen=True, slots=True)
class Table:
    """The openings in force, and the moment (epoch seconds) of a transaction."""

    openings: Openings
    now: int

    def seats(self, slot: Slot) -> int:
        """Desks served in `slot`; 0 where the table has no such slot."""
        if off_table(slot, self.openings):
            return 0
        return desks_on(self.openings, slot.venue, slot.day)

    def is_late(self, slot: Slot, at: int | None = None) -> bool:
        """Whether `slot` begins too soon to be booked at `at` (now)."""
        notice = timedelta(minutes=self.openings.notice).total_seconds()
        return slot.starts.timestamp() < (self.now if at is None else at) + notice

    def is_over(self, slot: Slot) -> bool:
        return slot.starts.timestamp() + self.openings.minutes * 60 <= self.now
