"""What a round is like: who wants which places, how events are sent, how often something dies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from intents.office import JST
from intents.slots import Slot

VENUE = "kitazawa"
DESKS, PER_PERSON = 2, 2  # of the practice content
BEGUN = datetime(2026, 8, 3, 10, tzinfo=JST)  # a week before the days that are wanted
_TIMES = "09:00 09:45 10:30 11:15 13:00 13:45 14:30 15:15"
_DAYS = (date(2026, 8, 10), date(2026, 8, 12), date(2026, 8, 13))  # the 11th is a holiday


@dataclass(frozen=True, slots=True)
class Plan:
    """A round. Times in seconds, shares of 1.

    `lingering`: leases of killed processes are waited for; else they are cut short once every
    process that could have held one is gone.
    """

    users: int = 200
    places: int = 48
    connections: int = 16
    copied: float = 0.1  # events sent twice at once
    redelivered: float = 0.1  # events sent again later
    spread: float = 7.0  # over which the users come
    patience: float = 3.0  # for an answer; then the button is pressed again
    kills: int = 4
    outages: int = 3  # of LINE: all calls are refused
    outage: float = 1.8  # longer than a reply is tried
    lingering: bool = True

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The only slots that anybody wants: with DESKS places each."""
        moments = [time.fromisoformat(text) for text in _TIMES.split()]
        every = [Slot(VENUE, day, moment) for day in _DAYS for moment in moments]
        return tuple(every[: self.places // DESKS])


LONG = Plan()
SHORT = Plan(users=40, places=12, spread=2.0, kills=2, outages=1, lingering=False)
