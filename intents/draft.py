"""A booking under way: what was chosen so far. It is kept in the talk, and forgotten with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any, Literal

from intents.dates import Out, When
from intents.slots import Slot

Step = Literal["venue", "day", "time", "people", "topics", "confirm"]
IDLE_SECONDS = 1800
STEPS: tuple[Step, ...] = ("venue", "day", "time", "people", "topics", "confirm")


@dataclass(frozen=True, slots=True)
class Draft:
    """`moving`: the reference of the booking that is to be changed; "" for a new one.

    `people` 0 and `topics` None: not said yet. `quick`: it began with a typed sentence, so only what
    is lacking is asked. `taps` counts the answers; `offered` are the taps last shown, in order.
    `among`: the venues that come into question, () for all; `out`: days and hours that do not.
    """

    key: str = ""
    moving: str = ""
    venue: str = ""
    days: tuple[date, ...] = ()
    earliest: time | None = None
    latest: time | None = None
    first: bool = False
    last: bool = False
    slot: Slot | None = None
    people: int = 0
    topics: tuple[str, ...] | None = None
    family: bool = False
    quick: bool = False
    taps: int = 0
    step: Step = "venue"
    offered: tuple[str, ...] = ()
    asked: int = 0
    among: tuple[str, ...] = ()
    out: Out = Out()

    @property
    def when(self) -> When:
        return When(self.days, self.earliest, self.latest, self.first, out=self.out, last=self.last)

    @property
    def seats(self) -> int:
        return self.people or 1

    def is_idle(self, now: float) -> bool:
        """Whether nobody has answered for so long (`now`: epoch seconds) that it is not gone back to."""
        return now - self.asked > IDLE_SECONDS

    def wishing(self, when: When) -> Draft:
        """With another day or time; what `when` leaves open stays as it was.

        What is wished again is no longer ruled out; hours chosen before give way to hours ruled out.
        """
        hours = bool(when.earliest or when.latest or when.first or when.last)
        out = when.out.beside(self.out.allowing(when.days, hours))
        days = when.days or tuple(day for day in self.days if not out.bars(day))
        if hours:
            wished = replace(
                self, earliest=when.earliest, latest=when.latest, first=when.first, last=when.last
            )
        elif when.out.hours:
            wished = self.at_any_time()
        else:
            wished = self
        return replace(wished, days=days, out=out, slot=None)

    def at_any_time(self) -> Draft:
        """With the hour open again."""
        return replace(self, earliest=None, latest=None, first=False, last=False, slot=None)

    def on_any_day(self) -> Draft:
        """With day and hour open again."""
        return replace(self.at_any_time(), days=())

    def at(self, slot: Slot) -> Draft:
        """With this very slot chosen."""
        return replace(
            self,
            venue=slot.venue,
            days=(slot.day,),
            earliest=slot.time,
            latest=slot.time,
            first=False,
            last=False,
            slot=slot,
        )

    def to_json(self) -> dict[str, Any]:
        fresh = Draft()
        data = {name: getattr(self, name) for name in _PLAIN if getattr(self, name) != getattr(fresh, name)}
        data |= {"days": [day.isoformat() for day in self.days]} if self.days else {}
        for name in ("earliest", "latest"):
            moment = getattr(self, name)
            data |= {name: moment.isoformat("minutes")} if moment else {}
        data |= {"out": _out_to_json(self.out)} if self.out else {}
        return data | ({"slot": self.slot.key} if self.slot else {})

    @classmethod
    def from_json(cls, data: Any) -> Draft | None:
        """A draft from its JSON; None where another version wrote it."""
        if not isinstance(data, dict) or not set(data) <= set(_READ):
            return None
        try:
            return cls(**{name: _READ[name](value) for name, value in data.items()})
        except (TypeError, ValueError):
            return None


_PLAIN = ("key", "moving", "venue", "first", "last", "people", "topics", "family", "quick", "taps", "step", "offered", "asked", "among")


def _texts(value: list[str]) -> tuple[str, ...]:
    return tuple(str(item) for item in value)


def _step(value: str) -> Step:
    found = [step for step in STEPS if step == value]
    if not found:
        raise ValueError(value)
    return found[0]


def _out_to_json(out: Out) -> list[Any]:
    hours = [[moment.isoformat("minutes") if moment else "" for moment in pair] for pair in out.hours]
    return [[day.isoformat() for day in out.days], list(out.weekdays), hours]


def _out_from_json(value: Any) -> Out:
    days, weekdays, hours = value
    return Out(
        tuple(date.fromisoformat(day) for day in days),
        tuple(int(day) for day in weekdays),
        tuple((_moment(first), _moment(last)) for first, last in hours),
    )


def _moment(text: str) -> time | None:
    return time.fromisoformat(text) if text else None


_READ: dict[str, Callable[[Any], Any]] = {
    "key": str,
    "moving": str,
    "venue": str,
    "days": lambda days: tuple(date.fromisoformat(day) for day in days),
    "earliest": time.fromisoformat,
    "latest": time.fromisoformat,
    "first": bool,
    "last": bool,
    "slot": Slot.parse,
    "people": int,
    "topics": _texts,
    "family": bool,
    "quick": bool,
    "taps": int,
    "asked": int,
    "step": _step,
    "offered": _texts,
    "among": _texts,
    "out": _out_from_json,
}
