"""How fast one person may write: whoever presses a button a hundred times costs the others nothing."""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from threading import Lock

MOST = 120  # messages a minute; nobody reads two answers a second
_MINUTE = 60
_PEOPLE = 10_000  # remembered at once


@dataclass(slots=True)
class Pace:
    """Counts, for this process, the messages of each person in the last minute."""

    most: int = MOST
    _times: OrderedDict[str, deque[int]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def is_too_fast(self, user: str, at: int) -> bool:
        """Counts a message of `user` at `at` (epoch seconds); whether it is one too many for a minute."""
        with self._lock:
            times = self._times.setdefault(user, deque(maxlen=self.most))
            self._times.move_to_end(user)
            while len(self._times) > _PEOPLE:
                self._times.popitem(last=False)
            if len(times) == self.most and 0 <= at - times[0] < _MINUTE:
                return True
            times.append(at)
            return False
