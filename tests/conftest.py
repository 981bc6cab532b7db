"""What many tests need: the ward's content, its matcher, and a whole desk behind a test client."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import settings

from bot.clock import PracticeClock
from bot.knowledge import Edition, load
from intents.match import Matcher
from intents.model import Catalogue
from intents.office import JST
from tests.support.content import content_is_built_once  # noqa: F401 - for all
from tests.support.desk import DeskUnderTest
from tests.support.line import StandInLine
from tests.support.mistakes import WATCH
from tests.support.stores import hand, reopen, server, store, url  # noqa: F401 - fixtures for all

ROOT = Path(__file__).parents[1]
os.environ["ENV_FILE"] = ""  # a .env that lies here is somebody's desk, and none of the tests'
# The same examples in every run: what is red today is red tomorrow.
settings.register_profile("same", derandomize=True, deadline=None, database=None)
settings.load_profile("same")
logging.getLogger("madoguchi").addHandler(WATCH)

FIRST_MORNING = datetime(2026, 8, 3, 10, 0, tzinfo=JST)


@pytest.fixture(autouse=True)
def no_mistake_is_lived_through(request: pytest.FixtureRequest) -> Iterator[None]:
    """The desk notes its own mistakes and goes on. Here, and in the servers that a test has started, each
    fails the test; one that provokes them says which: `@pytest.mark.provokes("desk_failed")`."""
    yield
    marker = request.node.get_closest_marker("provokes")
    meant = set(marker.args) if marker else set()
    found = WATCH.taken()
    assert not [one for one in found if one.split()[0] not in meant], found
    assert meant <= {one.split()[0] for one in found}, f"provoked nothing: {meant}, {found}"


@pytest.fixture(scope="session")
def edition() -> Edition:
    """The ward's own content."""
    return load(ROOT / "faq")


@pytest.fixture(scope="session")
def practice() -> Edition:
    """The content with the invented facts (見本) laid over it."""
    return load(ROOT / "faq" / "practice")


@pytest.fixture(scope="session")
def catalogue(edition: Edition) -> Catalogue:
    return edition.catalogue


@pytest.fixture(scope="session")
def matcher(edition: Edition) -> Matcher:
    return edition.matcher


@pytest.fixture
def clock() -> PracticeClock:
    return PracticeClock(FIRST_MORNING)


@pytest.fixture
def line() -> Iterator[StandInLine]:
    with StandInLine() as running:
        yield running


@pytest.fixture
def desk(
    tmp_path: Path, line: StandInLine, clock: PracticeClock, practice: Edition
) -> Iterator[DeskUnderTest]:
    """A whole desk on practice content; messages go in as signed webhooks, replies come from LINE."""
    with DeskUnderTest(tmp_path, line, clock, practice) as running:
        yield running
