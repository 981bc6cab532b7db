"""STORE_URL → the store that keeps the promises of base.Store."""

from __future__ import annotations

from pathlib import Path

from bot.store.base import Store


def open_store(url: str) -> Store:
    """The store at `sqlite:///PATH` or `redis://…`. Raises StorageError where it does not serve."""
    if url.startswith("sqlite:///"):
        from bot.store.sqlite import SqliteStore

        return SqliteStore(Path(url.removeprefix("sqlite:///")))
    from bot.store.redis import RedisStore

    return RedisStore(url)
