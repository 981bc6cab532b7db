"""`madoguchi demo`: the real desk and the look-alike page in one process, on loopback only."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from types import FrameType
from wsgiref.types import WSGIApplication

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from bot.app import RunningDesk, as_wsgi
from bot.clock import PracticeClock
from bot.demo.pages import create_demo, side_by_side
from bot.demo.practice import Json, Practice
from bot.demo.sender import Platform
from bot.knowledge import Edition, load_for_desk
from bot.log import set_up
from bot.settings import Settings, index_folder
from bot.start_faults import listener
from intents.office import JST

HOST = "127.0.0.1"
START = datetime(2026, 8, 3, 10, 0, tzinfo=JST)  # the first morning of the counters
_CONTENT = Path("faq") / "practice"


class _Quiet(WSGIRequestHandler):
    """Writes no line for every look that the page takes."""

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Nothing: the desk's own log has what is needed."""


@dataclass(frozen=True, slots=True)
class Demo:
    """A look-alike that is ready to be served."""

    application: WSGIApplication
    desk: RunningDesk
    practice: Practice


def run(port: int, start: datetime | None) -> int:
    """Serve the page on 127.0.0.1:`port` (0: any free one) until it is interrupted.

    `start` is where the practice clock begins; without a time zone it is Japanese time. Returns
    the exit code. Raises ContentError where the content has faults, Misuse where the port is taken.
    """
    set_up("WARNING")
    content = content_folder()
    if content is None:
        print(f"見本の内容（{_CONTENT}）が見つかりません。", file=sys.stderr)
        return 1
    with listener(HOST, port, "demo") as door, TemporaryDirectory(prefix="madoguchi-demo-") as folder:
        print("内容を読んでいます。2、3秒お待ちください。", flush=True)
        demo = build(door.getsockname()[1], _aware(start or START), content, Path(folder))
        try:
            _serve(door, demo.application)
        finally:
            demo.desk.close()
    return 0


def content_folder() -> Path | None:
    """The practice content: beside the package, else in the working directory."""
    for root in (Path(__file__).resolve().parents[2], Path.cwd()):
        if (root / _CONTENT / "facts.yaml").is_file():
            return root / _CONTENT
    return None


def _aware(start: datetime) -> datetime:
    return start.replace(tzinfo=JST) if start.tzinfo is None else start


def build(
    port: int, start: datetime, content: Path, folder: Path, edition: Edition | None = None
) -> Demo:
    """Desk, practice Messaging API and page, wired for `port`. Its store lies in `folder`.

    `edition` is the content where it is loaded already. Secrets are made here and live as long as
    the process: nobody else can sign a webhook.
    """
    edition = edition or load_for_desk(content, index_folder(os.environ))
    settings = Settings(
        channel_secret=secrets.token_hex(16),
        access_token=secrets.token_hex(32),
        secret_key=secrets.token_hex(32),
        faq_dir=content,
        store_url=f"sqlite:///{folder / 'desk.db'}",
        line_api_url=f"http://{HOST}:{port}/practice-line",
        practice_start=start,
        port=port,
        public_url=f"http://{HOST}:{port}",
        indexes=index_folder(os.environ),
    )
    clock = PracticeClock(start)
    desk = RunningDesk(settings, clock, edition)
    practice = Practice(clock)
    platform = Platform(practice, f"http://{HOST}:{port}/callback", settings.channel_secret)
    page = create_demo(
        platform, clock, settings.access_token, secrets.token_urlsafe(24), lambda: tiles_of(desk)
    )
    return Demo(side_by_side(page, as_wsgi(desk)), desk, practice)


def tiles_of(desk: RunningDesk) -> list[Json]:
    """The rich menu's tiles as the page shows them while no menu is published: {label, data}."""
    tiles = desk.library.edition.catalogue.tiles
    return [{"label": tile.label.ja, "data": f"entry:{tile.entry}"} for tile in tiles]


def _serve(door: socket.socket, application: WSGIApplication) -> None:
    host, port = door.getsockname()
    server = make_server(
        host, port, application, threaded=True, request_handler=_Quiet, fd=door.fileno()
    )
    with _stopped_by_signals(server):
        print(f"世田谷区 スマホ窓口（見本）： http://{host}:{port}/", flush=True)
        print("ブラウザで開いてください。終わるときは Ctrl+C を押します。", flush=True)
        server.serve_forever()
    server.server_close()


@contextmanager
def _stopped_by_signals(server: BaseWSGIServer) -> Iterator[None]:
    """SIGINT and SIGTERM end the server in good order."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        # From another thread: shutdown waits for the loop that this very thread runs.
        Thread(target=server.shutdown, daemon=True).start()

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
