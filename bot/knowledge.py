"""The content at work: loaded, indexed, and taken anew within seconds when staff save an edit."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.building import built_beside
from bot.clock import Clock, SystemClock
from bot.content import fingerprint, read_folder
from bot.indexed import key_of, matcher_of
from bot.log import note
from bot.recall import Recall
from bot.rounds import Rounds
from intents.catalogue import Loaded, build
from intents.catalogue.needed import desk_faults
from intents.catalogue.nodes import Fault
from intents.match import Matcher
from intents.model import Catalogue
from intents.office import JST

_PERIOD = 0.5  # seconds between two looks at the folder


class ContentError(Exception):
    """The content has faults that stop it from going live."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("\n".join(str(fault) for fault in faults if fault.stops))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Edition:
    """One state of the content, ready to answer from."""

    catalogue: Catalogue
    matcher: Matcher = field(repr=False)
    recall: Recall = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "recall", Recall(self.matcher))


def load(folder: Path, indexes: Path | None = None) -> Edition:
    """The content of `folder`, checked and indexed. `indexes`: where indexes are kept; None for nowhere.
    Raises ContentError with every fault."""
    files = read_folder(folder)
    return _edition(build(files), key_of(files), indexes)


def load_for_desk(folder: Path, indexes: Path | None = None) -> Edition:
    """As `load`; a desk moreover needs all of its own sentences."""
    return _complete(load(folder, indexes))


def load_beside(folder: Path, indexes: Path) -> Iterator[Edition]:
    """As `load_for_desk`, with the work done by another process; the second one has bands of its own."""
    for loaded, matcher in built_beside(folder, indexes):
        if loaded.catalogue is None or matcher is None:
            raise ContentError(loaded.faults)
        yield _complete(Edition(loaded.catalogue, matcher))


def _edition(loaded: Loaded, key: str, indexes: Path | None) -> Edition:
    if loaded.catalogue is None:
        raise ContentError(loaded.faults)
    return Edition(loaded.catalogue, matcher_of(loaded.catalogue, key, indexes))


def _complete(edition: Edition) -> Edition:
    if missing := desk_faults(edition.catalogue):
        raise ContentError(missing)
    return edition


class Library:
    """Holds the edition that is live, and watches the folder for a better one."""

    def __init__(
        self,
        folder: Path,
        edition: Edition | None = None,
        clock: Clock | None = None,
        indexes: Path | None = None,
    ) -> None:
        """`edition`: the folder's content where it is loaded already. `indexes`: where indexes are kept; a
        changed folder is then built beside this process. Raises ContentError."""
        self._folder, self._clock, self._indexes = folder, clock or SystemClock(), indexes
        self._seen = fingerprint(folder)
        self.edition = edition or load_for_desk(folder, indexes)
        self.faults: tuple[Fault, ...] = ()
        self.rounds = Rounds("content", self.look, _PERIOD)
        self.heed: Callable[[Catalogue], object] = lambda _: None  # told of what goes live
        self._behind: tuple[datetime, str] | None = None  # since when, and why, the newest is not live

    def watch(self) -> None:
        self.rounds.start()

    def close(self) -> None:
        self.rounds.close(_PERIOD)

    def look(self) -> None:
        """Take a changed folder live if it is good; else keep the last good one, and say so."""
        now = fingerprint(self._folder)
        if now == self._seen:
            return
        try:
            for edition in self._newest():
                self._seen, self.faults, self.edition, self._behind = now, (), edition, None
                note("content_live", count=len(edition.catalogue.entries))
        except ContentError as error:
            self._seen, self.faults = now, error.faults
            self._fall_behind("faults")
            for fault in error.faults:
                if fault.stops:
                    note("content_refused", logging.ERROR, file=fault.place.file, line=fault.place.line)
        except Exception as error:
            # A file that is being replaced this very moment, or a mistake of ours: looked at again soon.
            self._fall_behind(type(error).__name__)
            note("content_unreadable", logging.WARNING, error=type(error).__name__)
            raise
        else:
            self.heed(self.edition.catalogue)  # its own mistakes are no fault of the content

    def _newest(self) -> Iterator[Edition]:
        if self._indexes is None:
            return iter((load_for_desk(self._folder),))
        return load_beside(self._folder, self._indexes)

    def _fall_behind(self, why: str) -> None:
        since = self._behind[0] if self._behind else self._clock.now()
        self._behind = (since, why)

    def state(self) -> list[str]:
        """For /readyz, in Japanese: whether the newest content is live; if not, since when and why."""
        if self._behind is None:
            return ["content: ok"]
        since, why = self._behind
        at = f"{since.astimezone(JST):%Y-%m-%d %H:%M:%S}"
        told = [str(fault) for fault in self.faults if fault.stops] or [f"読めません（{why}）。くり返し試しています。"]
        return [f"content: {at} から、直前の正しい内容で動いています。次のまちがいを直してください。", *told]
