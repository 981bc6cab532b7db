"""A desk on a deliberately naive store, in this process: the checker must find it out."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar
from unittest.mock import patch

from werkzeug.serving import WSGIRequestHandler, make_server

from bot.app import RunningDesk, as_wsgi
from bot.clock import PracticeClock
from bot.knowledge import Edition
from bot.settings import Settings
from bot.store.base import Ledger, Ticket
from bot.store.sqlite import SqliteStore
from intents.ledger.pages import Json, Pages, Shelf
from intents.talk import Talk
from tests.chaos.plan import BEGUN
from tests.support.events import SECRET
from tests.support.pages import NaiveLedger
from tests.support.patience import PATIENCE
from tests.support.sending import ROOT, SECRET_KEY

T = TypeVar("T")
_DESKS = 16
_PAUSE = 0.1  # seconds between deciding and writing: so long that some users surely meet in it


class _Unlocked(NaiveLedger):
    """NaiveLedger, read while others write."""

    def shelf(self, name: Shelf) -> dict[str, Json]:
        calm = NaiveLedger(self._pause)
        calm._committed = dict(self._committed)
        return super(NaiveLedger, calm).shelf(name)


class NaiveStore(SqliteStore):
    """Tickets as they should be; the ledger reads, decides, and writes without comparing."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.ledger = _Unlocked(lambda: time.sleep(_PAUSE))

    def transact(self, work: Callable[[Pages], T]) -> T:
        return self.ledger.transact(work)

    def read(self, work: Callable[[Pages], T]) -> T:
        return self.ledger.read(work)

    def shelf(self, name: Shelf) -> dict[str, Json]:
        return self.ledger.shelf(name)

    def due(self, name: Shelf, until: int, limit: int = 100) -> list[str]:
        return self.ledger.due(name, until, limit)

    def finish(self, ticket: Ticket, talk: Talk, now: int, told: tuple[str, ...] = ()) -> None:
        super().finish(ticket, talk, now)
        if told:
            self.ledger.transact(lambda pages: pages.put("notice", told, None))


class _Quiet(WSGIRequestHandler):
    """Says nothing."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None: ...


class NaiveDesk:
    """Served over HTTP on `port`, its ledger open to the checker."""

    def __init__(self, folder: Path, line_url: str, edition: Edition) -> None:
        store = NaiveStore(folder / "desk.db")
        folder_of_content = ROOT / "faq" / "practice"
        settings = Settings(SECRET, "test-token", SECRET_KEY, folder_of_content, line_api_url=line_url)
        self.clock = PracticeClock(BEGUN)
        # Several think at once, or nobody would ever meet in the pause.
        with patch("bot.app.open_store", lambda _: store), patch("bot.answering.DESKS", _DESKS):
            self._desk = RunningDesk(settings, self.clock, edition)
        self.ledger: Ledger = store.ledger
        self._server = make_server("127.0.0.1", 0, as_wsgi(self._desk), threaded=True, request_handler=_Quiet)
        self.port = int(self._server.port)

    @contextmanager
    def running(self) -> Iterator[None]:
        thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._server.shutdown()
            thread.join(PATIENCE)
            self._server.server_close()
            self._desk.close()
