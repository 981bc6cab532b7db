"""What every command of the operator works with: the ledger beside the desk, content, the time."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from bot.clock import clock_from
from bot.content import read_folder
from bot.knowledge import ContentError
from bot.reception import Reception
from bot.settings import DEFAULT_STORE, SettingsError, faq_dir, practice_start, store_url
from bot.store import open_ledger
from bot.store.base import Ledger, StorageError
from bot.typed import Misuse
from intents.bookings import Booking, Guest, Misfits
from intents.catalogue import build
from intents.ledger.fitting import all_misfits
from intents.ledger.pages import Pages
from intents.ledger.places import NO_TABLE, Table
from intents.model import Catalogue, Openings
from intents.office import JST
from intents.say import Speaker
from intents.slots import Slot, slots_on

_PAUSES = (0.2, 1.0)  # seconds before a second and a third try of a change

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Operating:
    """`now`: aware, of the clock that DESK_CLOCK may set."""

    ledger: Ledger
    catalogue: Catalogue
    now: datetime

    @property
    def today(self) -> date:
        return self.now.astimezone(JST).date()

    @property
    def seconds(self) -> int:
        """`now` in epoch seconds."""
        return int(self.now.timestamp())

    @property
    def openings(self) -> Openings:
        """The opening table; one without a single day where the ward has given none."""
        return self.catalogue.facts.openings or NO_TABLE

    @property
    def table(self) -> Table:
        return Table(self.openings, self.seconds)

    def speaker(self) -> Speaker:
        """The desk's own sentences in Japanese; marked 見本 where the table is invented."""
        return Speaker(self.catalogue, "ja", self.today, practice=self.openings.practice)

    def reception(self) -> Reception:
        """The ledger as the operator sees it: every booking, nobody's own."""
        return Reception(self.ledger, Guest(), "", self.openings, self.seconds)

    def bookings(self) -> list[Booking]:
        """Every booking that is kept, cancelled ones too; by day, time, venue."""
        found = [Booking.from_json(page) for page in self.ledger.shelf("booking").values()]
        return sorted(
            found, key=lambda one: (one.slot.day, one.slot.time, one.slot.venue, one.desks)
        )

    def misfits(self) -> Misfits:
        """Which bookings the table no longer fits, and why."""
        return all_misfits(self.bookings(), self.ledger.shelf("length"), self.openings, self.now)

    def is_listed(self, slot: Slot) -> bool:
        """Whether the table has `slot`."""
        return slot in slots_on(self.openings, slot.venue, slot.day)

    def surely(self, work: Callable[[Pages], T]) -> T:
        """Runs a change up to three times: an answer may get lost on the way.

        `work` must remember its request, so that a repeat changes nothing. StorageError.
        """
        for pause in _PAUSES:
            try:
                return self.ledger.transact(work)
            except StorageError:
                time.sleep(pause)
        try:
            return self.ledger.transact(work)
        except StorageError as error:
            raise StorageError(
                f"{error}。できたかどうかは、madoguchi bookings で確かめてください。"
            ) from None


@contextmanager
def operating(environ: Mapping[str, str]) -> Iterator[Operating]:
    """The ledger at STORE_URL, FAQ_DIR's content, the time. SettingsError, ContentError, StorageError."""
    problems: list[str] = []
    clock = clock_from(practice_start(environ.get("DESK_CLOCK", ""), problems))
    folder = faq_dir(environ.get("FAQ_DIR", "").strip() or "faq", problems)
    if problems:
        raise SettingsError(problems)
    loaded = build(read_folder(folder))
    if loaded.catalogue is None:
        raise ContentError(loaded.faults)
    ledger = open_ledger(_store_url(environ))
    try:
        yield Operating(ledger, loaded.catalogue, clock.now())
    finally:
        ledger.close()


def _store_url(environ: Mapping[str, str]) -> str:
    """STORE_URL. Misuse where it is not given and there is nothing.

    A booking in an empty file of a wrong folder would be one that nobody else knows of.
    """
    if url := environ.get("STORE_URL", "").strip():
        problems: list[str] = []
        store_url(url, problems)
        if problems:
            raise SettingsError(problems)
        if url.startswith("sqlite:///") and not Path(path := url.removeprefix("sqlite:///")).exists():
            print(f"予約の記録がまだないので、新しく作ります：{path}", file=sys.stderr)
        return url
    if not Path(DEFAULT_STORE.removeprefix("sqlite:///")).exists():
        raise Misuse(
            "ここには予約の記録（var/desk.db）がありません。窓口のフォルダで打つか、STORE_URL を窓口と同じにしてください。"
        )
    return DEFAULT_STORE
