"""Work that is done again and again in a thread of its own, and that no error ends."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Thread

from bot.log import note
from bot.store.base import StorageError


@dataclass(slots=True)
class Rounds:
    """`work` every `period` seconds, `after_fault` seconds after one that failed, until `close`."""

    name: str
    work: Callable[[], object]
    period: float
    after_fault: float = 5.0
    fault: str = field(init=False, default="")  # the type of the last round's error; "" where it was good
    _stop: Event = field(init=False, default_factory=Event)
    _thread: Thread | None = field(init=False, default=None)

    def start(self) -> None:
        self._thread = Thread(target=self._run, name=self.name, daemon=True)
        self._thread.start()

    @property
    def is_alive(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    @property
    def is_stopping(self) -> bool:
        return self._stop.is_set()

    def close(self, patience: float) -> None:
        """Returns once the round under way is over, or after `patience` seconds."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(patience)

    def _run(self) -> None:
        pause = self.period
        while not self._stop.wait(pause):
            self.fault = self._round()
            pause = self.after_fault if self.fault else self.period

    def _round(self) -> str:
        """One round. The type of its error, noted; "" where there was none."""
        try:
            self.work()
        except StorageError as error:
            note("store_down", logging.ERROR, error=str(error), room=self.name)
            return type(error).__name__
        except Exception as error:
            # Whatever the mistake: the next round comes, and /readyz and the log say that this one failed.
            note("round_failed", logging.ERROR, error=type(error).__name__, room=self.name)
            return type(error).__name__
        return ""
