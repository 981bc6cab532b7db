"""Log lines are JSON from an allow-list of fields. Nobody can log a text: there is no field for it."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any

_NAME = "madoguchi"
# Never text, names or raw user ids. `venue` is an id of the content, `error` is the name of an exception's type.
FIELDS = (
    "event",
    "entry",
    "band",
    "room",
    "ms",
    "kind",
    "status",
    "request",
    "error",
    "count",
    "file",
    "line",
    "venue",
)
_LOGGER = logging.getLogger(_NAME)
_LOGGER.addHandler(logging.NullHandler())  # a command that sets nothing up prints none of it


def note(what: str, level: int = logging.INFO, **fields: str | int | float) -> None:
    """One line about something that happened. Unknown fields are a mistake of the caller."""
    strange = set(fields) - set(FIELDS)
    if strange:
        raise TypeError(f"not in the allow-list: {sorted(strange)}")
    if _LOGGER.isEnabledFor(level):
        _LOGGER.log(level, what, extra={"fields": fields})


class JsonLines(logging.Formatter):
    """Ours with their fields; of other libraries' records only who, how grave and what kind.

    Their messages and tracebacks can hold bodies, headers and typed words.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
        }
        if record.name == _NAME:
            line["what"] = record.msg
            line.update(getattr(record, "fields", {}))
        else:
            line["what"] = "library"
            line["room"] = record.name
            if record.exc_info and record.exc_info[0]:
                line["error"] = record.exc_info[0].__name__
        return json.dumps(line, ensure_ascii=False)


def set_up(level: str) -> None:
    """All logging of the process goes to stdout as JSON lines; other libraries from WARNING on."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    _LOGGER.setLevel(level)
    logging.captureWarnings(True)

