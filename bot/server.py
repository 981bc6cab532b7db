"""The desk under uvicorn: one event loop a process; a SIGTERM finishes what is under way.

With Redis several processes share one port, each with its own desk; uvicorn's supervisor starts a dead
one anew. With SQLite there is one process, and whatever started it (systemd, a container) starts it anew.
"""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from typing import Any

import uvicorn
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.supervisors import Multiprocess

from bot.app import RunningDesk
from bot.clock import clock_from
from bot.door import Receive, Scope, Send
from bot.knowledge import Edition
from bot.log import set_up
from bot.process import keep_to_itself
from bot.settings import Settings, from_environment

_GRACE = 25  # seconds to finish after SIGTERM
_KEPT = 30  # seconds that an idle connection is kept
HEAD_SECONDS = 10.0  # for the request line and headers
HEAD_BYTES = 32_768
_CONNECTIONS = 2000
_MEANINGLESS = ("SIGHUP", "SIGUSR1", "SIGUSR2", "SIGTTIN", "SIGTTOU", "SIGWINCH")


class _Protocol(HttpToolsProtocol):
    """Closes whoever does not send the head of a request in time, or sends one without end.

    Nobody who waits holds a thread: a half-open connection costs its socket, and that not for long.
    """

    _head_due: asyncio.TimerHandle | None = None
    _head_bytes = 0

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._expect_head()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._expect_head()

    def on_headers_complete(self) -> None:
        self._stop_expecting()
        super().on_headers_complete()

    def data_received(self, data: bytes) -> None:
        if self._head_due is not None:
            self._head_bytes += len(data)
        super().data_received(data)
        if self._head_due is not None and self._head_bytes > HEAD_BYTES:
            self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_expecting()
        super().connection_lost(exc)

    def _expect_head(self) -> None:
        self._stop_expecting()
        self._head_due, self._head_bytes = self.loop.call_later(HEAD_SECONDS, self.transport.close), 0

    def _stop_expecting(self) -> None:
        if self._head_due is not None:
            self._head_due.cancel()
            self._head_due = None


class Serving:
    """The ASGI application: opens the desk when the server starts, closes it when the server ends."""

    def __init__(self, settings: Settings, edition: Edition | None = None) -> None:
        self._settings, self._edition = settings, edition
        self._desk: RunningDesk | None = None
        self.fault: Exception | None = None  # why it did not start

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif self._desk is not None:
            await self._desk.application(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()
        try:
            clock = clock_from(self._settings.practice_start)
            self._desk = RunningDesk(self._settings, clock, self._edition, asyncio.get_running_loop())
        except Exception as error:
            # Whatever it was: the command that started the server tells it, in Japanese.
            self.fault = error
            await send({"type": "lifespan.startup.failed", "message": ""})
            return
        await send({"type": "lifespan.startup.complete"})
        await receive()
        await self._desk.aclose()
        await send({"type": "lifespan.shutdown.complete"})


def serve_alone(settings: Settings, listener: socket.socket, edition: Edition) -> None:
    """One process that serves on `listener` until SIGTERM or SIGINT. Raises what kept it from starting."""
    _meet_signals()
    application = Serving(settings, edition)
    try:
        uvicorn.Server(_config(application)).run([listener])
    except SystemExit:
        if application.fault is None:
            raise
    if application.fault is not None:
        raise application.fault


def serve_many(listener: socket.socket, processes: int) -> None:
    """As `serve_alone`, in several processes with their own desks. They read the settings from the environment."""
    config = _config("bot.server:from_environ", factory=True, workers=processes)
    Multiprocess(config, [listener]).run()


def from_environ() -> Serving:
    """What each of several processes makes for itself."""
    keep_to_itself()
    settings = from_environment(os.environ)
    set_up(settings.log_level)
    return Serving(settings)


def _config(application: Serving | str, **more: Any) -> uvicorn.Config:
    return uvicorn.Config(
        application,
        http=_Protocol,
        ws="none",
        lifespan="on",
        interface="asgi3",
        proxy_headers=False,
        server_header=False,
        # Request lines could carry anything; our own log has what is needed.
        access_log=False,
        log_config=None,
        limit_concurrency=_CONNECTIONS,
        timeout_keep_alive=_KEPT,
        timeout_graceful_shutdown=_GRACE,
        **more,
    )


def _meet_signals() -> None:
    """A terminal that is closed, or a signal meant for another kind of server, must not end the desk; and
    uvicorn, having ended in good order, raises the signal again that it was ended by."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: None)
    for name in _MEANINGLESS:
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_IGN)
