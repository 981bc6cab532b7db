"""Pages whose time is over are erased; written once, for every store."""

from __future__ import annotations

from bot.store.base import Ledger
from intents.ledger.pages import Pages, Shelf, person_at

SWEPT: tuple[Shelf, ...] = ("request", "waiting", "unsent", "person", "closed", "length")
_BATCH = 100  # pages in one transaction: the desk's own work waits no longer than that
_AGAIN = 86_400  # seconds until a person whose bookings still stand is looked at again


def sweep_pages(ledger: Ledger, now: int) -> None:
    """Erases the pages of SWEPT whose due is over at `now` (epoch seconds)."""
    for shelf in SWEPT:
        while keys := ledger.due(shelf, now, _BATCH):
            ledger.transact(lambda pages, shelf=shelf, keys=keys: _erase(pages, shelf, keys, now))  # type: ignore[misc]


def _erase(pages: Pages, shelf: Shelf, keys: list[str], now: int) -> None:
    for key in keys:
        page = pages.get(shelf, key)
        if page and page["due"] > now:  # changed meanwhile
            continue
        stays = page and shelf == "person" and person_at(pages, key).open
        pages.put(shelf, key, page | {"due": now + _AGAIN} if page and stays else None)
