"""The index of one content in one file: JSON, then arrays that every process maps and none copies.

Nothing in it is ever executed. A file that was cut off or is of another make is BadIndex, and built anew.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
from collections.abc import Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import numpy as np
from numpy.typing import NDArray

_MAGIC = b"madoguchi index 1\n"
_ALIGNED = 64  # bytes
_LENGTH = struct.Struct("<Q")
_HEAD = len(_MAGIC) + _LENGTH.size

Arrays = dict[str, NDArray[Any]]


class BadIndex(Exception):
    """Not a whole index file."""


def save(path: Path, plain: dict[str, Any], arrays: Mapping[str, NDArray[Any]]) -> None:
    """Writes the file whole or not at all. OSError."""
    blocks = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    places, at = {}, 0
    for name, block in blocks.items():
        places[name] = [block.dtype.str, list(block.shape), at]
        at += _padded(block.nbytes)
    head = json.dumps({"plain": plain, "arrays": places, "bytes": at}, ensure_ascii=False).encode()
    with NamedTemporaryFile(dir=path.parent, delete=False) as file:
        try:
            file.write(_MAGIC + _LENGTH.pack(len(head)) + head)
            file.write(bytes(_padded(_HEAD + len(head)) - _HEAD - len(head)))
            for block in blocks.values():
                file.write(block.tobytes() + bytes(_padded(block.nbytes) - block.nbytes))
            file.close()
            os.replace(file.name, path)
        except BaseException:  # an interrupt too must leave no half file behind
            os.unlink(file.name)
            raise


def load(path: Path) -> tuple[dict[str, Any], Arrays]:
    """What was saved, its arrays mapped read-only. BadIndex, OSError."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
        data, start = _head(whole)
    mapped = np.memmap(path, np.uint8, "r", offset=start)
    return data["plain"], {
        name: mapped[at : at + _bytes(kind, shape)].view(kind).reshape(shape)
        for name, (kind, shape, at) in data["arrays"].items()
    }


def _head(whole: mmap.mmap) -> tuple[dict[str, Any], int]:
    """The JSON, and where the arrays begin."""
    if whole[: len(_MAGIC)] != _MAGIC or len(whole) < _HEAD:
        raise BadIndex
    (length,) = _LENGTH.unpack(whole[len(_MAGIC) : _HEAD])
    try:
        data = json.loads(whole[_HEAD : _HEAD + length])
    except ValueError:
        raise BadIndex from None
    start = _padded(_HEAD + length)
    if len(whole) != start + data["bytes"]:
        raise BadIndex
    return data, start


def _padded(length: int) -> int:
    return -(-length // _ALIGNED) * _ALIGNED


def _bytes(kind: str, shape: list[int]) -> int:
    return int(np.dtype(kind).itemsize * np.prod(shape, dtype=np.int64))
