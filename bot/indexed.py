"""A catalogue's matcher: mapped from the index that was kept for this content and version, else built and kept."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Mapping
from dataclasses import asdict
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from bot.index_file import BadIndex, load, save
from bot.log import note
from bot.memory import give_back
from intents.catalogue.nodes import Fault
from intents.match import Confidence, Matcher
from intents.match.calibrate import calibrated
from intents.match.parts import Parts
from intents.model import Catalogue

_KEPT = 4  # newest indexes: those of an edit that is taken back, and of the practice content beside the ward's
_INTENTS = Path(__file__).resolve().parents[1] / "intents"
_DEPENDS_ON = ("match/*.py", "text.py", "catalogue/*.py", "model.py")
_PACKAGES = ("sudachipy", "sudachidict-small", "numpy", "rapidfuzz")


def key_of(files: Mapping[str, bytes | Fault]) -> str:
    """The name of the index over these files, as this version of the desk would build it."""
    mixed = hashlib.sha256(_version())
    for name in sorted(files):
        content = files[name]
        for part in (name.encode(), content if isinstance(content, bytes) else str(content).encode()):
            mixed.update(len(part).to_bytes(8, "little") + part)
    return mixed.hexdigest()[:32]


@lru_cache(maxsize=1)
def _version() -> bytes:
    mixed = hashlib.sha256()
    for pattern in _DEPENDS_ON:
        for path in sorted(_INTENTS.glob(pattern)):
            mixed.update(path.read_bytes())
    for name in _PACKAGES:
        mixed.update(f"{name} {version(name)}\n".encode())
    return mixed.digest()


def matcher_of(catalogue: Catalogue, key: str, folder: Path | None) -> Matcher:
    """The matcher over `catalogue`, its bands calibrated. `folder`: where indexes are kept; None for nowhere."""
    kept = mapped(catalogue, folder / f"{key}.index") if folder is not None else None
    if kept is not None:
        return kept
    matcher = calibrated(catalogue)
    give_back()
    if folder is not None:
        keep(matcher, folder, key)
    return matcher


def mapped(catalogue: Catalogue, path: Path) -> Matcher | None:
    """The matcher whose index was kept at `path`; None where there is none, or none that can be read."""
    try:
        plain, arrays = load(path)
        path.touch()  # among the newest
        return Matcher(
            catalogue,
            confidence=Confidence(**plain["confidence"]),
            parts=Parts.put_together(plain, arrays),
        )
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, BadIndex, KeyError, TypeError, ValueError) as error:
        note("index_unreadable", logging.WARNING, error=type(error).__name__)
        return None


def keep(matcher: Matcher, folder: Path, key: str) -> None:
    """Only a saving of time: where it cannot be written, the next start builds it again."""
    plain, arrays = matcher.parts.taken_apart()
    plain["confidence"] = asdict(matcher.confidence)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        save(folder / f"{key}.index", plain, arrays)
        for old in _newest_first(folder)[_KEPT:]:
            old.unlink(missing_ok=True)
    except OSError as error:
        note("index_unsaved", logging.WARNING, error=type(error).__name__)


def last_confidence(folder: Path) -> Confidence:
    """Of the index that was used last: near enough for the seconds until an edit has its own."""
    for path in _newest_first(folder)[:1]:
        try:
            return Confidence(**load(path)[0]["confidence"])
        except (OSError, BadIndex, KeyError, TypeError):
            break
    return Confidence()


def _newest_first(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.index"), key=lambda path: -path.stat().st_mtime_ns)
