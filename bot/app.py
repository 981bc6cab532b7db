"""Wiring: settings → one running desk behind Flask. No decisions here."""

from __future__ import annotations

import hashlib
from functools import partial

from flask import Flask, Response
from werkzeug.exceptions import HTTPException

from bot.answering import Answering
from bot.calendar import Calendar, calendar_file, file_name
from bot.clock import Clock, clock_from
from bot.door import Door
from bot.knowledge import Edition, Library
from bot.line import Line
from bot.outbox import Outbox
from bot.seal import Seal
from bot.settings import Settings
from bot.store import open_store
from bot.store.base import StorageError
from bot.webhook import Webhook
from intents.model import Lang
from intents.office import JST
from intents.say import Speaker
from intents.slots import Slot
from intents.telling import say_notice

DESK = "madoguchi.desk"


class RunningDesk:
    """Everything that lives while the server runs. `close` finishes what is under way.

    Every process has its own outbox: leases keep them apart, and nothing waits for a certain one.
    """

    def __init__(self, settings: Settings, clock: Clock, edition: Edition | None = None) -> None:
        self.clock = clock
        self.library = Library(settings.faq_dir, edition)
        self.store = open_store(settings.store_url)
        line = Line(settings.line_api_url, settings.access_token)
        seal = Seal(settings.secret_key)
        self.calendar = Calendar(settings.public_url, settings.secret_key)
        self.answering = Answering(self.store, self.library, line, clock, self.calendar.url)
        say = partial(say_notice, calendar=self.calendar.url)
        self.outbox = Outbox(self.store, seal, line, self.library, clock, say)
        self.webhook = Webhook(
            secret=settings.channel_secret,
            hash_key=hashlib.sha256(settings.secret_key.encode()).digest(),
            seal=seal,
            store=self.store,
            clock=clock,
            wake=self.answering.wake,
            apologise=self.answering.apologise,
        )
        self.library.watch()
        self.answering.start()
        self.outbox.start()

    def close(self) -> None:
        self.library.close()
        self.outbox.close()
        self.answering.close()
        self.store.close()


def create_app(settings: Settings, clock: Clock | None = None, edition: Edition | None = None) -> Flask:
    """The desk's web application; the desk itself is in `app.extensions[DESK]`.

    `edition`: the content where it is loaded already, so that processes share it after a fork.
    """
    app = Flask("madoguchi", static_folder=None)
    desk = RunningDesk(settings, clock or clock_from(settings.practice_start), edition)
    app.extensions[DESK] = desk

    @app.get("/healthz")
    def healthz() -> Response:
        return _empty(200)

    @app.get("/readyz")
    def readyz() -> Response:
        """Content loaded, store answers. A refused edit is told, and the last good content serves."""
        try:
            desk.store.ping()
        except StorageError:
            return _state(503, store="down", desk=desk)
        return _state(200, store="ok", desk=desk)

    @app.get("/calendar/<token>.ics")
    def calendar(token: str) -> Response:
        visit = desk.calendar.read(token)
        return _empty(404) if visit is None else _calendar(desk, *visit)

    @app.errorhandler(HTTPException)
    def http_error(error: HTTPException) -> Response:
        return _empty(error.code or 500)

    app.wsgi_app = Door(app.wsgi_app, desk.webhook)  # type: ignore[method-assign]
    return app


def _empty(status: int) -> Response:
    return Response(status=status, content_type="text/plain")


def _calendar(desk: RunningDesk, slot: Slot, lang: Lang) -> Response:
    now = desk.clock.now()
    speak = Speaker(desk.library.edition.catalogue, lang, now.astimezone(JST).date())
    response = Response(calendar_file(slot, speak, now), content_type="text/calendar; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=file_name(slot))
    return response


def _state(status: int, *, store: str, desk: RunningDesk) -> Response:
    """What /readyz says, in Japanese, for the staff member who has just saved an edit."""
    stopping = [str(fault) for fault in desk.library.faults if fault.stops]
    lines = [f"store: {store}", f"entries: {len(desk.library.edition.catalogue.entries)}"]
    if stopping:
        lines += ["content: 直前の正しい内容で動いています。次のまちがいを直してください。", *stopping]
    else:
        lines.append("content: ok")
    return Response("\n".join(lines) + "\n", status, content_type="text/plain; charset=utf-8")
