"""A ledger in memory: what `madoguchi ask` books on, and what the tests compare the stores with."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from typing import TypeVar

from intents.ledger.pages import Json, Pages, Shelf

T = TypeVar("T")
Written = dict[tuple[Shelf, str], str | None]


class _MemoryPages:
    """A transaction over the committed pages: what it wrote lies beside them."""

    def __init__(self, committed: Written) -> None:
        self._committed = committed
        self.written: Written = {}

    def get(self, shelf: Shelf, key: str) -> Json | None:
        place = shelf, key
        text = self.written[place] if place in self.written else self._committed.get(place)
        return json.loads(text) if text else None

    def put(self, shelf: Shelf, key: str, page: Json | None) -> None:
        self.written[shelf, key] = None if page is None else json.dumps(page)


class MemoryLedger:
    """base.Ledger but for durability: gone with the process."""

    def __init__(self) -> None:
        self._committed: Written = {}
        self._alone = threading.Lock()

    def transact(self, work: Callable[[Pages], T]) -> T:
        with self._alone:
            return self.run(work, lambda: None)

    def read(self, work: Callable[[Pages], T]) -> T:
        with self._alone:
            return work(_MemoryPages(self._committed))

    def run(self, work: Callable[[Pages], T], pause: Callable[[], object]) -> T:
        """`work`, then `pause`, then what it wrote: alone only if the caller holds everybody off."""
        pages = _MemoryPages(self._committed)
        result = work(pages)
        pause()
        for place, text in pages.written.items():
            if text is None:
                self._committed.pop(place, None)
            else:
                self._committed[place] = text
        return result

    def shelf(self, name: Shelf) -> dict[str, Json]:
        return {key: json.loads(text or "") for (one, key), text in self._committed.items() if one == name}

    def due(self, name: Shelf, until: int, limit: int = 100) -> list[str]:
        dues = ((page.get("due"), key) for key, page in self.shelf(name).items())
        return [key for _, key in sorted((due, key) for due, key in dues if due and due <= until)][:limit]

    def close(self) -> None: ...
