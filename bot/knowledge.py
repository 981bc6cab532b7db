"""The content at work: loaded, indexed, and taken anew within seconds when staff save an edit."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event, Thread

from bot.content import fingerprint, read_folder
from bot.log import note
from bot.memory import give_back
from intents.catalogue import build
from intents.catalogue.prompts import NEEDED
from intents.catalogue.yamldoc import Fault
from intents.match import Matcher
from intents.match.calibrate import calibrated
from intents.model import Catalogue, Place

_PERIOD = 1.0  # seconds between two looks at the folder


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


def load(folder: Path) -> Edition:
    """The content of `folder`, checked and indexed. Raises ContentError with every fault."""
    loaded = build(read_folder(folder))
    if loaded.catalogue is None:
        raise ContentError(loaded.faults)
    edition = Edition(loaded.catalogue, calibrated(loaded.catalogue))
    give_back()
    return edition


def load_for_desk(folder: Path) -> Edition:
    """As `load`; a desk moreover needs all of its own sentences."""
    edition = load(folder)
    missing = NEEDED - set(edition.catalogue.prompts)
    if missing:
        place = Place("prompts.yaml", 1)
        raise ContentError(tuple(Fault(place, "この文がありません。", name) for name in sorted(missing)))
    return edition


class Library:
    """Holds the edition that is live, and watches the folder for a better one."""

    def __init__(self, folder: Path, edition: Edition | None = None) -> None:
        """`edition`: the folder's content where it is loaded already. Raises ContentError."""
        self._folder = folder
        self._seen = fingerprint(folder)
        self.edition = edition or load_for_desk(folder)
        self.faults: tuple[Fault, ...] = ()
        self._stop = Event()

    def watch(self) -> None:
        Thread(target=self._watch, name="content", daemon=True).start()

    def close(self) -> None:
        self._stop.set()

    def _watch(self) -> None:
        while not self._stop.wait(_PERIOD):
            self.look()

    def look(self) -> None:
        """Take a changed folder live if it is good; else keep the last good one, and say so."""
        try:
            now = fingerprint(self._folder)
            if now == self._seen:
                return
            edition = load_for_desk(self._folder)
        except ContentError as error:
            self._seen, self.faults = now, error.faults
            for fault in error.faults:
                if fault.stops:
                    note("content_refused", logging.ERROR, file=fault.place.file, line=fault.place.line)
            return
        except OSError as error:
            # A file is being replaced this very moment: look again.
            note("content_unreadable", logging.WARNING, error=type(error).__name__)
            return
        self._seen, self.faults, self.edition = now, (), edition
        note("content_live", count=len(edition.catalogue.entries))
