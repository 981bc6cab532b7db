"""Giving memory back once the content is loaded. A saving only: where the system knows none of it, nothing happens."""

from __future__ import annotations

import ctypes
import gc
import sys
from collections.abc import Iterator
from pathlib import Path

_MAPS = Path("/proc/self/maps")
_DONTNEED = 4  # MADV_DONTNEED of Linux: the pages come back from the file when they are needed


def give_back() -> None:
    """Returns what building the index has left over, and the dictionary's pages that it read through.

    Answering a message needs a few of those pages; reading all phrases touched nearly all of them.
    """
    gc.collect()
    if sys.platform != "linux" or not _MAPS.exists():
        return
    libc = ctypes.CDLL(None)
    if hasattr(libc, "malloc_trim"):
        libc.malloc_trim(0)
    for start, end in _dictionary_pages():
        libc.madvise(ctypes.c_void_p(start), ctypes.c_size_t(end - start), _DONTNEED)


def _dictionary_pages() -> Iterator[tuple[int, int]]:
    """Where the dictionary's file is mapped, read only: nothing of it can be lost."""
    for line in _MAPS.read_text().splitlines():
        if line.endswith(".dic") and line.split()[1].startswith("r--"):
            start, end = (int(address, 16) for address in line.split()[0].split("-"))
            yield start, end
