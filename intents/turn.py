"""One turn at the desk: what it answers from, the talk so far, and the parts that replies are made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from intents.bookings import Bookings
from intents.handoff import Cases, hand_over, phone_button
from intents.match import Band, Match
from intents.model import LANGS, Bubble, Button, Catalogue, Entry, Reply, Tap
from intents.office import phase
from intents.say import Speaker
from intents.talk import Talk
from intents.telling import Calendar

MAX_TRIED = 6
_MAIN = ("where", "bring", "pin_difference", "booking")
STILL = ("until", "points_about", "pin_difference", "menu")  # what one may ask after the programme
_OVER = ("booking", "booking_change", "booking_check", "bring_check")


class Reads(Protocol):
    def read(self, text: str) -> list[Match]:
        """What a message asks: its sure answers in their order, or one match that is not sure."""


@dataclass(frozen=True, slots=True)
class Desk:
    """What the desk answers from: the content, the matcher over it, where cases are noted.

    `bookings`: the ledger as this person sees it; None in a group, where everybody reads along.
    `calendar`: the address of a visit's calendar file.
    """

    catalogue: Catalogue
    matcher: Reads
    cases: Cases
    bookings: Bookings | None = None
    calendar: Calendar | None = None

    def entry(self, name: str) -> Entry | None:
        return self.catalogue.entries.get(name)

    def sure(self, matches: list[Match]) -> list[Entry]:
        """The entries that a message surely asks for."""
        return [e for m in matches if m.band is Band.SURE and (e := self.entry(m.candidates[0].id))]


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn at the desk: the talk so far, the moment, and the voice in the resident's language."""

    desk: Desk
    talk: Talk
    now: datetime
    speak: Speaker

    def remember(self, **changes: object) -> Turn:
        return replace(self, talk=replace(self.talk, **changes))  # type: ignore[arg-type]

    def say(self, *bubbles: Bubble, **more: object) -> tuple[Reply, Talk]:
        return Reply(tuple(bubbles), **more), self.talk  # type: ignore[arg-type]


def handed(turn: Turn) -> tuple[Bubble, Turn]:
    """The phone line, with a case code that the operator can look up."""
    code = turn.desk.cases.open_case(turn.talk.case, turn.talk.last, turn.talk.tried, turn.talk.lang)
    return hand_over(turn.speak, turn.now, code), turn.remember(case=code, guide="", given=())


def tried(talk: Talk, *names: str) -> tuple[str, ...]:
    return (*talk.tried, *names)[-MAX_TRIED:]


def tap(label: str, data: str) -> Tap:
    return Tap(label, data, label)


def entry_button(entry: Entry, turn: Turn) -> Tap:
    return tap(entry.name(turn.speak.lang)[:20], f"entry:{entry.id}")


def entry_taps(turn: Turn, *names: str) -> tuple[Button, ...]:
    return tuple(entry_button(entry, turn) for name in names if (entry := turn.desk.entry(name)))


def main_taps(turn: Turn) -> tuple[Button, ...]:
    """The four ways in: to the counter; after the programme to what still holds."""
    over = phase(turn.speak.today, turn.desk.catalogue.facts) == "after"
    return entry_taps(turn, *(STILL if over else _MAIN))


def is_over(entry: Entry) -> bool:
    """Whether the entry has nothing more to say after the programme than that it has ended."""
    said = entry.after.ja.split("\n\n")[0] if entry.after else ""
    return entry.start in _OVER or "{ends}" in said


def phone_taps(turn: Turn) -> tuple[Button, ...]:
    dial = phone_button(turn.desk.catalogue, turn.speak)
    return dial or entry_taps(turn, "phone")


def quick_taps(turn: Turn, entry: Entry | None = None) -> tuple[Button, ...]:
    """The small taps below: slowly and again for an answer, a person, and the other languages."""
    taps = list(entry_taps(turn, "slowly", "say_again")) if entry else []
    taps += entry_taps(turn, "phone")
    others = [lang for lang in LANGS if lang != turn.speak.lang]
    taps += [tap(turn.speak.prompt(f"lang_{lang}"), f"lang:{lang}") for lang in others]
    return tuple(taps)
