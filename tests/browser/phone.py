"""Driving the look-alike page in a real Chromium, by what people see and press."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
import urllib3
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from tests.support.mistakes import mistakes_in

ROOT = Path(__file__).parents[2]
_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
)  # fmt: skip
_ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
PATIENCE = 180_000  # ms; see tests/support/patience.py


def browser_path() -> str:
    """The system's Chromium. A machine without one fails, and says what is missing."""
    given = os.environ.get("CHROMIUM")
    found = next(
        (path for name in (given, *_BROWSERS) if name and (path := shutil.which(name))), ""
    )
    if not found:
        pytest.fail(
            "No Chromium on the path: install the system's chromium package (or set CHROMIUM)."
        )
    return found


@contextmanager
def running_browser() -> Iterator[Browser]:
    path = browser_path()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=[*_ARGUMENTS])
        yield browser
        browser.close()


@dataclass(frozen=True, slots=True)
class Demo:
    """A running demo: where it listens, and the only folder that it may write to."""

    address: str
    folder: Path

    def files(self) -> list[Path]:
        return [path for path in self.folder.rglob("*") if path.is_file()]


@contextmanager
def running_demo(folder: Path) -> Iterator[Demo]:
    """`madoguchi demo` as a process of its own on a free port; it ends well and leaves no file."""
    command = [sys.executable, "-u", "-m", "bot.cli", "demo", "--port", "0"]
    environment = os.environ | {"TMPDIR": str(folder)}
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True
    )
    demo = Demo(_address_of(process), folder)
    try:
        yield demo
    finally:
        process.send_signal(signal.SIGINT)
        said, _ = process.communicate(timeout=PATIENCE / 1000)
    assert process.returncode == 0 and mistakes_in(said.splitlines()) == []
    assert demo.files() == []


def _address_of(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        found = _ADDRESS.search(line)
        if found:
            return found[0]
    pytest.fail(f"The demo ended at its start with exit code {process.wait()}.")


def forget_everybody(address: str) -> None:
    """Both people block the account, so that the next page meets a desk without a past."""
    token = urllib3.request("GET", f"{address}/demo/state").json()["token"]
    for user in ("me", "daughter"):
        urllib3.request(
            "POST",
            f"{address}/demo/act",
            json={"user": user, "kind": "unfollow"},
            headers={"X-Demo-Token": token},
        )


@dataclass
class Phone:
    """One browser page. Bubbles are counted in the talk that is on screen."""

    page: Page
    demo: Demo

    def open(self) -> None:
        """Open the page and wait for the welcome that a new friend gets."""
        self.page.goto(self.demo.address)
        self._welcomed()

    def _welcomed(self) -> None:
        """What is written before the welcome has come would take it for its answer."""
        expect(self.bubbles.last).to_be_visible()
        expect(self.talk.locator(".quick button").first).to_be_visible()

    @property
    def talk(self) -> Locator:
        return self.page.locator(".talk:visible")

    @property
    def bubbles(self) -> Locator:
        """The desk's messages."""
        return self.talk.locator(".row.bot")

    @property
    def last(self) -> Locator:
        return self.bubbles.last

    def write(self, text: str) -> None:
        """Type into the field and send with Enter; opens the keyboard where the menu is."""
        if self.page.locator("#to-keyboard").is_visible():
            self.page.click("#to-keyboard")
        self.page.fill("#text", text)
        self.page.press("#text", "Enter")

    def ask(self, text: str) -> Locator:
        """Write `text` and wait for what the desk says → its last bubble."""
        before = self.bubbles.count()
        self.write(text)
        return self.answer_after(before)

    def tap(self, label: str) -> Locator:
        """Press the newest button or chip of that name and wait → the desk's last bubble."""
        button = self.talk.get_by_role("button", name=label, exact=True).last
        button.wait_for()  # the answer that brings it is no answer to it
        before = self.bubbles.count()
        button.click()
        return self.answer_after(before)

    def answer_after(self, count: int) -> Locator:
        """The desk's last bubble, once more than `count` stand there."""
        expect(self.bubbles.nth(count)).to_be_visible()
        return self.last

    def said(self) -> str:
        """Everything the desk has said in this talk."""
        return "\n".join(self.bubbles.all_inner_texts())

    def switch_to(self, name: str) -> None:
        self.page.locator("#people").get_by_role("button", name=re.compile(f"^{name}")).click()
        self._welcomed()

    def open_tools(self) -> None:
        if not self.page.locator("#redeliver").is_visible():
            self.page.click("#tools > summary")

    def dialog(self) -> Locator:
        return self.page.locator("dialog[open]")
