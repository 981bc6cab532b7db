"""The files of a content folder, by name: what each holds, what it was read into, and what could not be read."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from intents.catalogue.nodes import Fault, Node
from intents.catalogue.yamldoc import read
from intents.model import Place

OVERLAY = "practice/"
RESERVED = (
    "facts.yaml",
    "prompts.yaml",
    "words.yaml",
    "guides.yaml",
    "questions.yaml",
    "richmenu.yaml",
)
# The bytes of a file; or, under the name of what is not read, the fault that says why and what to do.
File = bytes | Fault
_NOT_LAID_OVER = "重ねられるのは facts.yaml だけです。この中は読まれません。元のフォルダのファイルに書いてください。"


def holds_entries(name: str) -> bool:
    return name not in RESERVED and not name.startswith(OVERLAY)


@dataclass(slots=True)
class Shelf:
    """The files as read. `faults` gather on; `unread` are those of files whose names the desk does not read."""

    files: Mapping[str, File]
    roots: dict[str, Node] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    unread: list[Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        for name in sorted(self.files):
            file = self.files[name]
            if isinstance(file, Fault):
                (self.faults if file.stops else self.unread).append(file)
            elif name.startswith(OVERLAY) and name != f"{OVERLAY}facts.yaml":
                self.unread.append(Fault(Place(name, 0), _NOT_LAID_OVER, stops=False))
            else:
                self._read(name, file)

    def _read(self, name: str, raw: bytes) -> None:
        node, faults = read(name, raw)
        self.faults += faults
        if node is not None:
            self.roots[name] = node

    def hides(self, concerns: Callable[[str], bool]) -> bool:
        """Whether something in the files with a name that `concerns` could not be read: others may miss it."""
        if any(isinstance(file, Fault) and file.stops and not _is_file(name) for name, file in self.files.items()):
            return True  # a whole folder
        return any(fault.hides and concerns(fault.place.file) for fault in self.faults)


def _is_file(name: str) -> bool:
    return name.endswith(".yaml")
