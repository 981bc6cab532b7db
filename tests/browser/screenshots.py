"""Draws docs/images anew: `python -m tests.browser.screenshots`."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Browser

from tests.browser.phone import ROOT, Demo, Phone, running_browser, running_demo

IMAGES = ROOT / "docs" / "images"
SIZES = {"page.png": (1180, 860), "page-phone.png": (390, 844)}


def draw(browser: Browser, demo: Demo, name: str) -> None:
    """One picture: the welcome's menu on a phone, a question and its answer on a large screen."""
    width, height = SIZES[name]
    page = browser.new_page(viewport={"width": width, "height": height}, locale="ja-JP")
    phone = Phone(page, demo)
    phone.open()
    if name == "page.png":
        phone.ask("電話")
    page.mouse.move(0, 0)
    page.evaluate("document.activeElement.blur()")
    page.screenshot(path=IMAGES / name)
    page.close()


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    folder = TemporaryDirectory()
    with folder as path, running_demo(Path(path)) as demo, running_browser() as browser:
        for name in SIZES:
            draw(browser, demo, name)


if __name__ == "__main__":
    main()
