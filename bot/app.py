"""Wiring: settings → one running desk, LINE's door before Flask's pages. No decisions here."""

from __future__ import annotations

import asyncio
import hashlib
import logging
from functools import partial
from typing import Any, cast
from wsgiref.types import WSGIApplication

from a2wsgi import ASGIMiddleware, WSGIMiddleware
from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from bot.answering import Answering
from bot.calendar import Calendar, calendar_file, file_name
from bot.clock import Clock, SystemClock
from bot.door import Application, Door
from bot.knowledge import Edition, Library
from bot.line import Line
from bot.log import note
from bot.loop import Loop, start_loop, stop_loop, wait_from_thread
from bot.outbox import Outbox
from bot.over_capacity import after_edit
from bot.seal import Seal
from bot.settings import Settings
from bot.store import open_store
from bot.store.base import StorageError
from bot.trusted_clock import TrustedClock
from bot.webhook import Webhook
from intents.model import Catalogue, Lang
from intents.office import JST
from intents.say import Speaker
from intents.slots import Slot
from intents.telling import say_notice

_PAGE_THREADS = 4
_THINKING = 5.0  # seconds for a desk to be free


class RunningDesk:
    """Everything that lives while the server runs. `close` finishes what is under way.

    Every process has its own outbox: leases keep them apart, and nothing waits for a certain one.
    """

    def __init__(
        self, settings: Settings, clock: Clock, edition: Edition | None = None, loop: Loop | None = None
    ) -> None:
        """`edition`: the content where it is loaded already. `loop`: where the network is waited for; without
        one the desk starts its own, in a thread."""
        self.clock = clock
        self.library = Library(settings.faq_dir, edition, clock, settings.indexes)
        self.store = open_store(settings.store_url)
        self._is_own_loop = loop is None
        self.loop = loop or start_loop()
        self.line = Line(settings.line_api_url, settings.access_token, loop=self.loop)
        seal = Seal(settings.secret_key, *settings.old_keys)
        self.calendar = Calendar(settings.public_url, settings.secret_key, *settings.old_keys)
        # A practice clock is moved on purpose.
        self.trusted = TrustedClock(self.store, clock) if isinstance(clock, SystemClock) else None
        self.answering = Answering(
            self.store, self.library, self.line, clock, self.loop, self.calendar.url, self.trusted
        )
        say = partial(say_notice, calendar=self.calendar.url)
        self.outbox = Outbox(self.store, seal, self.line, self.library, clock, say, self.trusted)
        self.webhook = Webhook(
            secret=settings.channel_secret,
            hash_keys=tuple(hashlib.sha256(key.encode()).digest() for key in (settings.secret_key, *settings.old_keys)),
            seal=seal,
            store=self.store,
            clock=clock,
            wake=self.answering.wake,
            apologise=self.answering.apologise,
        )
        pages: Any = WSGIMiddleware(cast("Any", _pages(self)), workers=_PAGE_THREADS)
        self.application: Application = Door(pages, self.webhook)
        self.library.heed = self._heed
        self._heed(self.library.edition.catalogue)
        self.library.watch()
        self.answering.start()
        self.outbox.start()

    def _heed(self, catalogue: Catalogue) -> None:
        """The table in force against the bookings that stand: noted, and what room there is offered."""
        try:
            after_edit(self.store, catalogue.facts.openings, self.clock.now())
        except StorageError as error:
            note("store_down", logging.ERROR, error=str(error), room="table")

    def faults(self) -> list[str]:
        """What keeps the desk from serving, each as "part: what"; empty where all is well. Takes a moment."""
        found = []
        try:
            self.store.ping()
        except StorageError as error:
            found.append(f"store: down ({error})")
        try:
            wait_from_thread(self.loop, asyncio.wait_for(self.answering.is_thinking(), _THINKING))
        except TimeoutError:
            found.append("desk: stuck")
        rounds = (self.answering.keeper, self.outbox.rounds, self.library.rounds)
        return [*found, *(f"{one.name}: dead" for one in rounds if not one.is_alive)]

    async def aclose(self) -> None:
        """In the loop."""
        self.library.close()
        await asyncio.to_thread(self.outbox.close)
        await self.answering.aclose()
        await self.line.aclose()
        await asyncio.to_thread(self.store.close)

    def close(self) -> None:
        """From another thread than the loop's."""
        wait_from_thread(self.loop, self.aclose())
        if self._is_own_loop:
            stop_loop(self.loop)


def as_wsgi(desk: RunningDesk) -> WSGIApplication:
    """The desk's application for a WSGI server: the practice page's, and the tests'."""
    return cast("WSGIApplication", ASGIMiddleware(cast("Any", desk.application), loop=desk.loop))


def _pages(desk: RunningDesk) -> Flask:
    """What is not LINE's: health, and calendar files."""
    app = Flask("madoguchi", static_folder=None)
    app.url_map.merge_slashes = False  # a redirect would name whatever host a stranger's request claims

    @app.get("/healthz")
    def healthz() -> Response:
        return _empty(200)

    @app.get("/readyz")
    def readyz() -> Response:
        """Content loaded, store writes, threads live. A refused edit is told, and the last good content serves."""
        return _state(desk)

    @app.get("/calendar/<token>.ics")
    def calendar(token: str) -> Response:
        visit = desk.calendar.read(token)
        return _empty(404) if visit is None else _calendar(desk, *visit)

    @app.errorhandler(Exception)
    def fault(error: Exception) -> Response:
        """An empty status for all: no page, no traceback."""
        if isinstance(error, HTTPException):
            return _empty(error.code or 500)
        note("page_failed", logging.ERROR, error=type(error).__name__)
        return _empty(500)

    return app


def _empty(status: int) -> Response:
    return Response(status=status, content_type="text/plain")


def _calendar(desk: RunningDesk, slot: Slot, lang: Lang) -> Response:
    now = desk.clock.now()
    speak = Speaker(desk.library.edition.catalogue, lang, now.astimezone(JST).date())
    response = Response(calendar_file(slot, speak, now), content_type="text/calendar; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=file_name(slot))
    return response


def _state(desk: RunningDesk) -> Response:
    """What /readyz says, in Japanese, for the staff member who has just saved an edit."""
    faults = desk.faults()
    lines = faults or ["store: ok"]
    lines += [f"entries: {len(desk.library.edition.catalogue.entries)}", *desk.library.state()]
    if desk.trusted is not None and not faults:
        lines += desk.trusted.state()
    status = 503 if faults else 200
    return Response("\n".join(lines) + "\n", status, content_type="text/plain; charset=utf-8")
