"""STORE_URL → the store that keeps the promises of base.Store."""

from __future__ import annotations

from pathlib import Path

from bot.store.adopting import adopt
from bot.store.base import Ledger, Store


def open_store(url: str) -> Store:
    """The store at `sqlite:///PATH` or `redis://…`. Raises StorageError where it does not serve."""
    store = _store(url)
    adopt(store)
    return store


def _store(url: str) -> Store:
    if url.startswith("sqlite:///"):
        from bot.store.sqlite import SqliteStore

        return SqliteStore(Path(url.removeprefix("sqlite:///")))
    from bot.store.redis import RedisStore

    return RedisStore(url)


def open_ledger(url: str) -> Ledger:
    """The booking ledger of the store at `url`, also while `madoguchi serve` has it open.

    StorageError where it does not serve.
    """
    if url.startswith("sqlite:///"):
        from bot.store.sqlite_ledger import SqliteLedger

        ledger = SqliteLedger(Path(url.removeprefix("sqlite:///")))
        adopt(ledger)
        return ledger
    return open_store(url)
