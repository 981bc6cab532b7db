"""One demo and one browser for the whole suite; a fresh page and a forgetful desk for each test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser.phone import Phone, forget_everybody, running_browser, running_demo


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with running_browser() as running:
        yield running


@pytest.fixture(scope="session")
def demo() -> Iterator[str]:
    with running_demo() as address:
        yield address


def _opened(browser: Browser, demo: str, width: int, height: int) -> Iterator[Phone]:
    """A page on which no script may fail, and which may fetch nothing from elsewhere."""
    forget_everybody(demo)
    context = browser.new_context(viewport={"width": width, "height": height}, locale="ja-JP")
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    page.on("request", lambda request: _foreign(request.url, demo, troubles))
    phone = Phone(page, demo)
    phone.open()
    yield phone
    context.close()
    assert troubles == []


def _foreign(url: str, demo: str, troubles: list[str]) -> None:
    if not url.startswith(demo + "/"):
        troubles.append(f"asked for {url}")


@pytest.fixture
def phone(browser: Browser, demo: str) -> Iterator[Phone]:
    """A phone-sized page, after the welcome."""
    yield from _opened(browser, demo, 390, 844)


@pytest.fixture
def desktop(browser: Browser, demo: str) -> Iterator[Phone]:
    """The page on a large screen, with the tools beside the phone."""
    yield from _opened(browser, demo, 1280, 900)


@pytest.fixture
def narrow(browser: Browser, demo: str) -> Iterator[Phone]:
    """What 200 % zoom leaves of a small window: 320 CSS pixels."""
    yield from _opened(browser, demo, 320, 512)
