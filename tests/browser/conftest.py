"""One demo and one browser for these tests; a fresh page and a forgetful desk for each of them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.phone import PATIENCE, Demo, Phone, forget_everybody, running_browser, running_demo


# Playwright leaves an event loop running in this thread: tests elsewhere may need one of their own.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    with running_browser() as running:
        yield running


@pytest.fixture(scope="package")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with running_demo(tmp_path_factory.mktemp("demo")) as running:
        yield running


def _opened(browser: Browser, demo: Demo, width: int, height: int) -> Iterator[Phone]:
    """A page on which no script may fail, and which may fetch nothing from elsewhere."""
    forget_everybody(demo.address)
    context = browser.new_context(viewport={"width": width, "height": height}, locale="ja-JP")
    context.set_default_timeout(PATIENCE)
    expect.set_options(timeout=PATIENCE)
    page = context.new_page()
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.on("console", lambda said: troubles.append(said.text) if said.type == "error" else None)
    page.on("request", lambda request: _foreign(request.url, demo.address, troubles))
    phone = Phone(page, demo)
    phone.open()
    yield phone
    context.close()
    assert troubles == []


def _foreign(url: str, address: str, troubles: list[str]) -> None:
    if not url.startswith(address + "/"):
        troubles.append(f"asked for {url}")


@pytest.fixture
def phone(browser: Browser, demo: Demo) -> Iterator[Phone]:
    """A phone-sized page, after the welcome."""
    yield from _opened(browser, demo, 390, 844)


@pytest.fixture
def desktop(browser: Browser, demo: Demo) -> Iterator[Phone]:
    """The page on a large screen, with the tools beside the phone."""
    yield from _opened(browser, demo, 1280, 900)


@pytest.fixture
def narrow(browser: Browser, demo: Demo) -> Iterator[Phone]:
    """What 200 % zoom leaves of a small window: 320 CSS pixels."""
    yield from _opened(browser, demo, 320, 512)
