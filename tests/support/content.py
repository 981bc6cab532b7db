"""The same bytes are the same content: each is built and indexed once in a process.

An operator's command reads all of it, and hundreds of tests run one; what they share is frozen.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

import pytest

from intents.catalogue import Loaded, build
from intents.catalogue.nodes import Fault
from intents.match import Matcher
from intents.match.calibrate import calibrated
from intents.model import Catalogue


@cache
def _built(content: tuple[tuple[str, bytes | Fault], ...]) -> Loaded:
    return build(dict(content))


class _Indexed:
    """Matchers by the catalogue itself, which they keep alive."""

    def __init__(self) -> None:
        self._made: dict[int, tuple[Catalogue, Matcher]] = {}

    def __call__(self, catalogue: Catalogue) -> Matcher:
        if id(catalogue) not in self._made:
            self._made[id(catalogue)] = catalogue, calibrated(catalogue)
        return self._made[id(catalogue)][1]


@pytest.fixture(autouse=True, scope="session")
def content_is_built_once() -> Iterator[None]:
    def built(content: Mapping[str, bytes | Fault]) -> Loaded:
        return _built(tuple(sorted(content.items())))

    with pytest.MonkeyPatch.context() as patch:
        for room in ("knowledge", "operating"):
            patch.setattr(f"bot.{room}.build", built)
        patch.setattr("bot.indexed.calibrated", _Indexed())
        yield
