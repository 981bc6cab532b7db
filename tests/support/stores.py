"""Fixtures: both stores, empty, on real servers. `tests/conftest.py` hands them to every test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.store import open_store
from bot.store.base import Store
from tests.support.pages import Hand
from tests.support.redis import RealRedis

Open = Callable[[], Store]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealRedis]:
    with RealRedis(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture(params=["sqlite", "redis"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty store."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/desk.db"
    server: RealRedis = request.getfixturevalue("server")
    server.flush()
    return server.url


@pytest.fixture
def reopen(url: str) -> Iterator[Open]:
    """Opens the same store again, as after a restart; the one before is closed."""
    opened: list[Store] = []

    def open_again() -> Store:
        while opened:
            opened.pop().close()
        opened.append(open_store(url))
        return opened[0]

    yield open_again
    while opened:
        opened.pop().close()


@pytest.fixture
def store(reopen: Open) -> Store:
    return reopen()


@pytest.fixture
def hand(store: Store) -> Hand:
    return Hand(store)
