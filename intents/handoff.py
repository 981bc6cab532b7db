"""The way to the phone line: open now, or open again on which day; with a code to read out."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from intents.model import Bubble, Button, Call, Catalogue, Lang
from intents.office import JST, is_open, next_opening, phase
from intents.say import Speaker


class Cases(Protocol):
    """Where handoffs are noted for the operator: topic and what was tried, never typed text."""

    def open_case(self, code: str, topic: str, tried: tuple[str, ...], lang: Lang) -> str:
        """The case `code` brought up to date, or a new one where `code` is ""; durable on return."""


def hours_line(speak: Speaker, now: datetime) -> str:
    """Whether the phone is answered now, and if not, on which day it is again."""
    facts = speak.catalogue.facts
    when = phase(now.astimezone(JST).date(), facts)
    if when == "during" and facts.phone.words is None:
        return speak.prompt("phone_hours")  # "open now" helps nobody without a number
    if is_open(now, facts):
        return speak.prompt("phone_open")
    day = next_opening(now, facts)
    if when == "before":
        return speak.prompt("phone_before")
    if when == "after" or day is None:
        return speak.prompt("phone_after")
    return speak.prompt("phone_closed", day=speak.date(day))


def phone_button(catalogue: Catalogue, speak: Speaker) -> tuple[Button, ...]:
    """The button that dials: where the number is known, while the programme runs."""
    number = catalogue.facts.phone
    if number.words is None or phase(speak.today, catalogue.facts) != "during":
        return ()
    speak.practice = speak.practice or number.practice
    return (Call(speak.prompt("phone_button"), number.words.ja),)


def hand_over(speak: Speaker, now: datetime, code: str) -> Bubble:
    """The phone line as one bubble: the number or where it will be announced, hours, the code."""
    known = speak.catalogue.facts.phone.words is not None
    over = phase(speak.today, speak.catalogue.facts) == "after"
    number = [] if over else [speak.prompt("phone_known" if known else "phone_unknown")]
    parts = [*number, hours_line(speak, now)]
    if code and known and not over:
        parts.append(speak.prompt("phone_case", case=code))
    return Bubble("\n\n".join(parts), phone_button(speak.catalogue, speak))
