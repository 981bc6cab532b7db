"""What the serving process keeps to itself: its memory, its files, enough sockets."""

from __future__ import annotations

import ctypes
import os
import resource
import sys

_PR_SET_DUMPABLE = 4  # prctl(2) of Linux


def keep_to_itself() -> None:
    """No core dump, no reading of its memory by others, files for their owner alone; as many sockets as
    the system allows. Before anything is opened."""
    os.umask(0o077)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
