"""Mistakes that the desk noted and lived through: each fails the test in which it happened.

tests/conftest.py looks after every test, into this process and into the logs of the servers it started.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

MISTAKES = ("desk_failed", "answer_failed", "event_failed", "outbox_failed", "page_failed", "webhook_failed")


def mistakes_in(lines: Iterable[str]) -> list[str]:
    """What a log in JSON lines tells of mistakes: "desk_failed KeyError", in order."""
    found = []
    for line in lines:
        with suppress(ValueError):  # cut off by a kill, or none of ours
            note = json.loads(line)
            if isinstance(note, dict) and note.get("what") in MISTAKES:
                found.append(f"{note['what']} {note.get('error', '')}".rstrip())
    return found


class Watch(logging.Handler):
    """Hears the desk of this process; `logs` of others are read on from where the last look ended."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self._heard: list[str] = []
        self._logs: dict[Path, int] = {}

    def emit(self, record: logging.LogRecord) -> None:
        if record.msg in MISTAKES:
            error = getattr(record, "fields", {}).get("error", "")
            self._heard.append(f"{record.msg} {error}".rstrip())

    def read_too(self, log: Path) -> None:
        """From now on `log` is looked into; it need not be there yet."""
        self._logs.setdefault(log, 0)

    def taken(self) -> list[str]:
        """Everything since the last look."""
        found, self._heard = self._heard, []
        for log, seen in self._logs.items():
            if log.exists():
                with log.open("rb") as file:
                    file.seek(seen)
                    new = file.read()
                whole = new.rfind(b"\n") + 1
                self._logs[log] = seen + whole
                found += mistakes_in(new[:whole].decode("utf-8", "replace").splitlines())
        return found


WATCH = Watch()
