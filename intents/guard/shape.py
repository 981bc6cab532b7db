"""The shape of the last moments: how many digits and letters came in bits, never which ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# Long enough for an elder to find four keys one by one, short enough that an old 12 is forgotten.
KEPT_SECONDS = 120
_MOST_BITS = 12


@dataclass(frozen=True)
class Bit:
    """One bare fragment: when it came (epoch seconds), how many digits and letters it held.

    labelled: it announced a secret (暗証番号は) and may hold nothing itself.
    """

    at: int
    digits: int
    letters: int
    labelled: bool


@dataclass(frozen=True)
class Shape:
    """The bits of the last two minutes, oldest first. Holds counts only, so it may be stored."""

    bits: tuple[Bit, ...] = ()

    def to_json(self) -> list[list[int]]:
        """A list of [epoch seconds, digits, letters, 0 or 1]."""
        return [[bit.at, bit.digits, bit.letters, int(bit.labelled)] for bit in self.bits]

    @classmethod
    def from_json(cls, data: object) -> Shape:
        """What to_json gave; anything else is an empty shape."""
        if not isinstance(data, Sequence) or isinstance(data, str):
            return cls()
        bits = [_bit(item) for item in data[:_MOST_BITS]]
        return cls(tuple(bit for bit in bits if bit is not None))

    def recent(self, now: int) -> Shape:
        """Without what is too old, or lies in the future because a clock was set back."""
        return Shape(tuple(bit for bit in self.bits if 0 <= now - bit.at <= KEPT_SECONDS))

    def plus(self, bit: Bit) -> Shape:
        """One bit more; the oldest goes when there are too many."""
        return Shape((*self.bits, bit)[-_MOST_BITS:])

    @property
    def labelled(self) -> bool:
        """Has a secret been announced?"""
        return any(bit.labelled for bit in self.bits)

    def completes(self, digits: int, letters: int) -> bool:
        """Would these make a PIN together with what came before: four digits, or six of both?"""
        digits += sum(bit.digits for bit in self.bits)
        letters += sum(bit.letters for bit in self.bits)
        return digits >= 4 or (digits >= 1 and letters >= 1 and digits + letters >= 6)


def _bit(item: object) -> Bit | None:
    if not isinstance(item, Sequence) or isinstance(item, str) or len(item) != 4:
        return None
    if not all(isinstance(number, int) and number >= 0 for number in item):
        return None
    at, digits, letters, labelled = item
    return Bit(at, digits, letters, bool(labelled))
