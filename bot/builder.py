"""`python -m bot.builder FOLDER INDEXES`: the process that builds an edition for building.py."""

from __future__ import annotations

import gc
import pickle
import sys
from pathlib import Path
from typing import IO

import bot.building  # noqa: F401 - teaches pickle what a catalogue is made of
from bot.content import read_folder
from bot.indexed import keep, key_of, last_confidence, mapped
from intents.catalogue import build
from intents.match import Matcher
from intents.match.calibrate import calibrate


def main(folder: Path, indexes: Path, results: IO[bytes]) -> None:
    """Each result as soon as it is there."""
    gc.disable()
    files = read_folder(folder)
    loaded, key = build(files), key_of(files)
    if loaded.catalogue is None:
        return _hand_back((loaded, key), results)
    matcher = mapped(loaded.catalogue, indexes / f"{key}.index")
    if matcher is not None:  # an edit that was taken back
        _hand_back((loaded, key), results)
        return _hand_back(None, results)
    matcher = Matcher(loaded.catalogue, confidence=last_confidence(indexes))
    keep(matcher, indexes, key)
    _hand_back((loaded, key), results)
    matcher.confidence = calibrate(matcher, loaded.catalogue)
    keep(matcher, indexes, key)
    return _hand_back(matcher.confidence, results)


def _hand_back(result: object, results: IO[bytes]) -> None:
    results.write(pickle.dumps(result, pickle.HIGHEST_PROTOCOL))
    results.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.stdout.buffer)
