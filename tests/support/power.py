"""A power cut, imitated: what SQLite had synced at a moment, and nothing else, is on the disk.

SQLite's own file layer is wrapped (its VFS): each completed sync of a file keeps what the file then
held. What was written but not synced is lost, as it would be from the machine's memory.
"""

from __future__ import annotations

import _sqlite3
import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_WORD = ctypes.sizeof(ctypes.c_void_p)
_METHODS_WORDS, _SYNC_WORD = 19, 5  # struct sqlite3_io_methods, version 3: xSync is its sixth word
_OPEN = ctypes.CFUNCTYPE(
    *(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p),  # the name by address: SQLite keeps it
    *(ctypes.POINTER(ctypes.c_void_p), ctypes.c_int, ctypes.c_void_p),
)
_SYNC = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_int)


class _Vfs(ctypes.Structure):
    """struct sqlite3_vfs, as far as this needs to know it."""

    _fields_ = (
        *(("version", ctypes.c_int), ("file_size", ctypes.c_int), ("path_size", ctypes.c_int)),
        *(("following", ctypes.c_void_p), ("name", ctypes.c_char_p), ("data", ctypes.c_void_p)),
        *(("open", _OPEN), ("others", ctypes.c_void_p * 17)),
    )


class Disk:
    """What a power cut would leave: each file as its last completed sync left it."""

    def __init__(self) -> None:
        self.synced: dict[str, bytes] = {}
        self._kept: list[Any] = []  # SQLite calls these for as long as a file is open

    def restore(self, folder: Path) -> None:
        """Writes the files as they were on the disk into `folder`. A deleted file stays deleted."""
        for path, content in self.synced.items():
            if Path(path).exists():
                (folder / Path(path).name).write_bytes(content)

    def opening(self, real: Any) -> Any:
        """xOpen: opens as before, then has every sync of the file noted."""

        def opened(_: int, name: int | None, file: Any, flags: int, out: int) -> int:
            result = int(real.contents.open(ctypes.cast(real, ctypes.c_void_p), name, file, flags, out))
            if result == 0 and name:
                file[0] = self._noting(file[0], ctypes.string_at(name).decode())
            return result

        return self._keep(_OPEN(opened))

    def _noting(self, methods: int, path: str) -> int:
        """The address of a copy of a file's methods whose xSync notes what was synced."""
        words = (ctypes.c_void_p * _METHODS_WORDS)()
        ctypes.memmove(words, methods, _METHODS_WORDS * _WORD)
        sync = _SYNC(words[_SYNC_WORD] or 0)

        def synced(file: int, flags: int) -> int:
            result = int(sync(file, flags))
            if result == 0:
                self.synced[path] = Path(path).read_bytes()
            return result

        words[_SYNC_WORD] = ctypes.cast(self._keep(_SYNC(synced)), ctypes.c_void_p).value
        return ctypes.addressof(self._keep(words))

    def _keep(self, one: Any) -> Any:
        self._kept.append(one)
        return one


_disks: list[Any] = []  # never freed: a connection may outlive its test


@contextmanager
def watched_disk() -> Iterator[Disk]:
    """SQLite files that are opened inside are watched."""
    library = ctypes.CDLL(_sqlite3.__file__)
    library.sqlite3_vfs_find.restype = ctypes.POINTER(_Vfs)
    library.sqlite3_vfs_register.argtypes = (ctypes.c_void_p, ctypes.c_int)
    real = library.sqlite3_vfs_find(None)
    disk, copy = Disk(), _Vfs()
    ctypes.memmove(ctypes.addressof(copy), real, ctypes.sizeof(_Vfs))
    copy.name, copy.open = b"watched-%d" % len(_disks), disk.opening(real)
    _disks.append((disk, copy))
    library.sqlite3_vfs_register(ctypes.addressof(copy), 1)
    try:
        yield disk
    finally:
        library.sqlite3_vfs_register(ctypes.cast(real, ctypes.c_void_p), 1)
        library.sqlite3_vfs_unregister(ctypes.byref(copy))
