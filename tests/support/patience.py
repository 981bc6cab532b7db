"""How long a test waits for what must come true: far longer than it takes, on any machine.

Only a failure uses it up, so it costs nothing and need not be short.
"""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 180.0  # seconds
_LOOK = 0.02  # seconds between two looks


def until(come_true: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Whether `come_true` was so within `seconds`."""
    end = time.monotonic() + seconds
    while not come_true():
        if time.monotonic() > end:
            return False
        time.sleep(_LOOK)
    return True
