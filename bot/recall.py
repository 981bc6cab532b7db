"""What was asked before is not thought about again; and no text is kept for it.

Many people ask the same thing in the same words. What they asked is remembered as a digest under a key
that only this process has ever had, with the ids of what was found: from neither can words be read back.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from hashlib import blake2b
from threading import Lock

from intents.match import Match
from intents.turn import Reads

MOST = 2048  # questions, those asked last


class Recall:
    """A matcher that thinks once about each of the questions asked last. Safe to share."""

    def __init__(self, matcher: Reads, most: int = MOST) -> None:
        self._matcher, self._most = matcher, most
        self._key = secrets.token_bytes(32)
        self._known: OrderedDict[bytes, tuple[Match, ...]] = OrderedDict()
        self._lock = Lock()

    def read(self, text: str) -> list[Match]:
        """As the matcher's own."""
        digest = blake2b(text.encode("utf-8", "surrogatepass"), key=self._key, digest_size=16).digest()
        with self._lock:
            known = self._known.get(digest)
            if known is not None:
                self._known.move_to_end(digest)
                return list(known)
        found = self._matcher.read(text)
        with self._lock:
            self._known[digest] = tuple(found)
            while len(self._known) > self._most:
                self._known.popitem(last=False)
        return found
