"""The content folder on disk → the files that `intents.catalogue.build` reads.

Nothing here raises for what lies in a folder: what cannot be read is a fault under its name.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from bot.content_names import is_content, unread_words
from intents.catalogue import OVERLAY
from intents.catalogue.nodes import Fault, Fields, Text
from intents.catalogue.yamldoc import MAX_BYTES, read
from intents.model import Place

Files = dict[str, bytes | Fault]
_FACTS = "facts.yaml"


@dataclass(frozen=True, slots=True)
class _Base:
    """What a facts.yaml says of the folder that it lies over."""

    path: str
    place: Place


def read_folder(folder: Path) -> Files:
    """Every YAML file of `folder` by name. A folder whose facts.yaml names a `base` lies over it.

    A fault stands for what is not read: a file that cannot be, a name that only looks like content, a
    `base` that leads nowhere or on to another one.
    """
    files = _read_files(_real(folder))
    base = _base(files.get(_FACTS))
    if base is None:
        return files
    under = _read_base(_real(folder), base)
    if isinstance(under, Fault):
        return files | {f"{base.path}/": under}
    return under | {OVERLAY + name: _laid_over(file) for name, file in files.items()}


def fingerprint(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """(path, time of change in ns, size) of all that `read_folder` looks at: another one after every edit."""
    return tuple(_seen(each / name) for each in _layers(folder) for name in ("", *_names(each)))


def path_of(folder: Path, files: Files, name: str) -> Path:
    """Where the file `name` stands of the `files` that were read from `folder`."""
    if name.startswith(OVERLAY):
        return folder / name.removeprefix(OVERLAY)
    base = _base(files.get(OVERLAY + _FACTS))
    return Path(os.path.normpath(folder / base.path / name)) if base and name else folder / name


# ------------------------------------------------------------------ folders
def _layers(folder: Path) -> list[Path]:
    """The folder, and the one it lies over, links followed."""
    real = _real(folder)
    base = _base(_content(real / _FACTS, _FACTS))
    return [real] if base is None else [real, _real(real / base.path)]


def _real(folder: Path) -> Path:
    return Path(os.path.realpath(folder))


def _base(facts: bytes | Fault | None) -> _Base | None:
    if not isinstance(facts, bytes) or b"base" not in facts:
        return None
    root, _ = read(_FACTS, facts)
    node = root.fields.get("base") if isinstance(root, Fields) else None
    path = node.value.strip().replace("\0", "") if isinstance(node, Text) else ""
    return _Base(path, node.place) if node and path else None


def _read_base(folder: Path, base: _Base) -> Files | Fault:
    below = _real(folder / base.path)
    if below == folder:
        return _base_fault(base, "このフォルダ自身を指しています。元のフォルダを書いてください。")
    if not os.path.isdir(below):
        return _base_fault(base, "そのフォルダがありません。場所をお確かめください。")
    files = _read_files(below)
    if _base(files.get(_FACTS)):
        return _base_fault(base, "その先のフォルダにも base があります。重ねられるのは一度だけです。")
    return files


def _base_fault(base: _Base, words: str) -> Fault:
    return Fault(base.place, f"「base: {base.path}」：{words}", hides=True)


def _laid_over(file: bytes | Fault) -> bytes | Fault:
    if isinstance(file, bytes):
        return file
    return replace(file, place=replace(file.place, file=OVERLAY + file.place.file))


# ------------------------------------------------------------------ files
def _names(folder: Path) -> list[str]:
    """The names in `folder` that are content or look like it; [] where it cannot be listed."""
    try:
        names = sorted(os.listdir(folder))
    except OSError:
        return []
    everything = frozenset(names)
    return [name for name in names if is_content(name) or unread_words(name, everything)]


def _seen(path: Path) -> tuple[str, int, int]:
    """The time of change follows a save, and new rights too; a link is followed to its file."""
    try:
        stat = path.stat()
    except OSError:
        return str(path), -1, -1
    # A folder's own times move with every by-file of an editor.
    return (str(path), 0, 0) if S_ISDIR(stat.st_mode) else (str(path), stat.st_ctime_ns, stat.st_size)


def _read_files(folder: Path) -> Files:
    if not os.access(folder, os.R_OK | os.X_OK):
        return {"": _unread("", "このフォルダが読めません。場所と、読む許可をお確かめください。")}
    names = _names(folder)
    everything = frozenset(names)
    files: Files = {}
    for name in names:
        words = unread_words(name, everything)
        shown = os.fsencode(name).decode("utf-8", "replace")
        files[shown] = Fault(Place(shown, 0), words, stops=False) if words else _content(folder / name, shown)
    return files


def _content(path: Path, name: str) -> bytes | Fault:
    try:
        mode = path.stat().st_mode
        if S_ISDIR(mode):
            return _unread(name, "フォルダに、ファイルの名前が付いています。中の文は読まれません。名前を変えてください。")
        if not S_ISREG(mode):
            return _unread(name, "ふつうのファイルではないので、読めません。作り直してください。")
        with path.open("rb") as file:
            # One byte more than may be: then `read` tells that it is too large.
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return _unread(name, "このファイルは、ほかの場所への印（リンク）だけで、中身がありません。作り直すか、消してください。")
    except PermissionError:
        return _unread(name, "このファイルを読む許可がありません。ファイルの「アクセス許可」を直してください。")
    except OSError as error:
        return _unread(name, f"このファイルが読めません（{error.strerror}）。作り直すか、消してください。")


def _unread(name: str, words: str) -> Fault:
    return Fault(Place(name, 0), words, hides=True)
