"""The desk under gunicorn: one process, many threads; a SIGTERM finishes what is under way."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Flask
from gunicorn.app.base import BaseApplication

from bot.app import DESK
from bot.settings import Settings

THREADS = 24
_GRACE = 25  # seconds to finish after SIGTERM


class Server(BaseApplication):  # type: ignore[misc]
    """Gunicorn started from code, so that `madoguchi serve` is all there is to type."""

    def __init__(self, settings: Settings, make_app: Callable[[], Flask], workers: int = 1) -> None:
        self._settings, self._make_app, self._workers = settings, make_app, workers
        super().__init__()

    def load_config(self) -> None:
        options: dict[str, Any] = {
            "bind": f"{self._settings.host}:{self._settings.port}",
            "workers": self._workers,
            "worker_class": "gthread",
            "threads": THREADS,
            "graceful_timeout": _GRACE,
            "timeout": 60,
            "keepalive": 30,
            # Request lines could carry anything; our own log has what is needed.
            "accesslog": None,
            "logger_class": "bot.log.GunicornLogger",
            "worker_exit": _close_desk,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        """In the worker, after the fork: the store's threads and the LINE client belong to it."""
        return self._make_app()


def _close_desk(_server: Any, worker: Any) -> None:
    app = getattr(worker, "wsgi", None)
    if isinstance(app, Flask):
        app.extensions[DESK].close()
