"""What a YAML file is read into: texts, lists and mappings that know their line; and what is wrong in it."""

from __future__ import annotations

from dataclasses import dataclass

from intents.model import Place


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend. `stops` is False for what may go live but should be mended.

    `hides`: something that was written could not be read, so that others may seem to miss it.
    A place on line 0 is the file as a whole; one without a file, the folder.
    """

    place: Place
    text: str
    entry: str = ""
    stops: bool = True
    hides: bool = False

    def __str__(self) -> str:
        where = str(self.place) if self.place.line else self.place.file
        return f"{'✕' if self.stops else '△'} {where} {self.entry}".rstrip() + f"：{self.text}"


@dataclass(frozen=True, slots=True)
class Text:
    """`style` is how it is written: "" plain, or one of " ' | >."""

    place: Place
    value: str
    style: str = ""

    def at(self, offset: int) -> Place:
        """Where the character at `offset` of the value stands: its line in a block (|), else the text's first."""
        if self.style != "|":
            return self.place
        return Place(self.place.file, self.place.line + 1 + self.value.count("\n", 0, offset))


@dataclass(frozen=True, slots=True)
class Items:
    """`flow`: written as [one, two]."""

    place: Place
    items: tuple[Node, ...]
    flow: bool = False


@dataclass(frozen=True, slots=True)
class Fields:
    place: Place
    fields: dict[str, Node]
    key_places: dict[str, Place]

    def at(self, key: str) -> Place:
        """Where `key` stands; the mapping's first line where it has no such key."""
        return self.key_places.get(key, self.place)


Node = Text | Items | Fields
