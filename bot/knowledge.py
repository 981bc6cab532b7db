"""The content at work: loaded, indexed, and taken anew within seconds when staff save an edit."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.clock import Clock, SystemClock
from bot.content import fingerprint, read_folder
from bot.log import note
from bot.memory import give_back
from bot.recall import Recall
from bot.rounds import Rounds
from intents.catalogue import build
from intents.catalogue.prompts import NEEDED
from intents.catalogue.yamldoc import Fault
from intents.match import Matcher
from intents.match.calibrate import calibrated
from intents.model import Catalogue, Place
from intents.office import JST

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
    recall: Recall = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "recall", Recall(self.matcher))


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

    def __init__(self, folder: Path, edition: Edition | None = None, clock: Clock | None = None) -> None:
        """`edition`: the folder's content where it is loaded already. Raises ContentError."""
        self._folder, self._clock = folder, clock or SystemClock()
        self._seen = fingerprint(folder)
        self.edition = edition or load_for_desk(folder)
        self.faults: tuple[Fault, ...] = ()
        self.rounds = Rounds("content", self.look, _PERIOD, _PERIOD)
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
            edition = load_for_desk(self._folder)
        except ContentError as error:
            self._seen, self.faults = now, error.faults
            self._fall_behind("faults")
            for fault in error.faults:
                if fault.stops:
                    note("content_refused", logging.ERROR, file=fault.place.file, line=fault.place.line)
            return
        except Exception as error:
            # A file that is being replaced this very moment, or a mistake of ours: looked at again soon.
            self._fall_behind(type(error).__name__)
            note("content_unreadable", logging.WARNING, error=type(error).__name__)
            return
        self._seen, self.faults, self.edition, self._behind = now, (), edition, None
        note("content_live", count=len(edition.catalogue.entries))

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
