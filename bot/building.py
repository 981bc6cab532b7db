"""Building an edition in a process of its own (builder.py), so that answers go on at their usual pace.

It hands back first catalogue, faults and the index, so that an edit is live at once with the bands of the one
before; then the bands that follow from the new content itself. The two processes are one program, and pickle
is safe between them.
"""

from __future__ import annotations

import copyreg
import os
import pickle
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Timer
from types import MappingProxyType
from typing import IO, Any

from bot.indexed import mapped
from intents.catalogue import Loaded
from intents.match import Confidence, Matcher

_PATIENCE = 120.0  # seconds; two cores that are busy need six
_SECRETS = ("LINE_CHANNEL_SECRET", "LINE_CHANNEL_ACCESS_TOKEN", "SECRET_KEY", "SECRET_KEY_OLD", "STORE_URL")


def _proxied(mapping: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(mapping)


# What a catalogue is made of, and pickle does not know.
copyreg.pickle(MappingProxyType, lambda proxy: (_proxied, (dict(proxy),)))


class BuildError(Exception):
    """The building process ended without a result."""


def built_beside(folder: Path, indexes: Path) -> Iterator[tuple[Loaded, Matcher | None]]:
    """The content of `folder`, checked, with its matcher; where there is one, once more when its bands are
    calibrated. The matcher is None where faults stop it. BuildError."""
    command = [sys.executable, "-m", "bot.builder", str(folder), str(indexes)]
    environ = {name: value for name, value in os.environ.items() if name not in _SECRETS}
    with subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environ
    ) as builder:
        assert builder.stdout is not None
        limit = Timer(_PATIENCE, builder.kill)
        limit.start()
        try:
            yield from _handed_back(builder.stdout, indexes)
        except (EOFError, pickle.UnpicklingError):
            raise BuildError("no result") from None
        finally:
            limit.cancel()
            builder.kill()


def _handed_back(results: IO[bytes], indexes: Path) -> Iterator[tuple[Loaded, Matcher | None]]:
    loaded, key = pickle.load(results)
    if loaded.catalogue is None:
        yield loaded, None
        return
    matcher = mapped(loaded.catalogue, indexes / f"{key}.index")
    if matcher is None:
        raise BuildError("no index")
    yield loaded, matcher
    confidence: Confidence | None = pickle.load(results)
    if confidence is not None:
        yield loaded, Matcher(loaded.catalogue, confidence=confidence, parts=matcher.parts)
