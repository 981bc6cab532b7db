"""What a message says about a booking, read as its receiver reads it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from intents.model import Catalogue
from intents.say import Speaker
from intents.slots import Slot
from intents.telling import say_slot
from tests.chaos.plan import BEGUN
from tests.support.apologies import Apologies
from tests.support.desk import Messages, actions_of, texts_of

Answer = Literal["yes", "no", "busy", "stale"]
_BOOKED = ("receipt_booked", "receipt_changed", "receipt_restored", "receipt_standing")


@dataclass(frozen=True, slots=True)
class Told:
    """A person was told that her booking stands at `slot`, or that it is cancelled."""

    reference: str
    slot: Slot
    people: int
    stands: bool


class Reader:
    """Reads messages of a desk that speaks the words of `catalogue`."""

    def __init__(self, catalogue: Catalogue, slots: tuple[Slot, ...]) -> None:
        speak = Speaker(catalogue, "ja", BEGUN.date())
        self._booked = [speak.prompt(name) for name in _BOOKED]
        self._cancelled, self._two = speak.prompt("receipt_cancelled"), speak.prompt("visit_two")
        self.is_apology = Apologies(catalogue).is_one
        self._stale = [speak.prompt(name).split("\n")[0] for name in ("book_stale", "booking_gone")]
        head, tail = speak.prompt("visit_reference", case="\n").split("\n")
        self._reference = re.compile(f"{re.escape(head)}(\\S+){re.escape(tail)}")
        self._slots = {speak.prompt("visit_when", day=say_slot(slot, speak)): slot for slot in slots}

    def told(self, messages: Messages) -> list[Told]:
        """Every booking whose state is told. AssertionError where a receipt cannot be read."""
        return [told for text in texts_of(messages) if (told := self._told(text))]

    def _told(self, text: str) -> Told | None:
        stands = any(head in text for head in self._booked)
        if not stands and self._cancelled not in text:
            return None
        code = self._reference.search(text)
        slots = [slot for words, slot in self._slots.items() if words in text.split("\n")]
        assert code and len(slots) == 1, f"a receipt that cannot be read: {text}"
        return Told(code[1], slots[0], 2 if self._two in text else 1, stands)

    def answer(self, messages: Messages) -> Answer:
        """What the answer to a wish says. "stale": the button serves no more."""
        if self.told(messages):
            return "yes"
        if self.is_apology(messages):
            return "busy"
        text = "\n".join(texts_of(messages))
        return "stale" if any(words in text for words in self._stale) else "no"


def buttons(messages: Messages, verb: str) -> list[str]:
    """The data of the buttons that do `verb`."""
    data = (str(action.get("data", "")) for action in actions_of(messages))
    return [one for one in data if one.split(":")[0] == verb]
