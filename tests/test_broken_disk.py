"""A disk that takes nothing more, a file that is gone or damaged: /readyz says so, LINE is asked to come again."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

import pytest

from bot.store import open_store
from bot.store.base import StorageError, Store
from tests.support import events
from tests.support.line import StandInLine
from tests.support.patience import until
from tests.support.process import ServerProcess, desk_server
from tests.test_no_trace import post
from tests.test_store import ticket


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(f"sqlite:///{tmp_path}/desk.db")


def test_a_file_that_was_deleted_is_no_store(store: Store, tmp_path: Path) -> None:
    store.ping()
    (tmp_path / "desk.db").unlink()
    with pytest.raises(StorageError):
        store.ping()
    store.close()


def test_a_file_that_was_replaced_is_no_store(store: Store, tmp_path: Path) -> None:
    """As by a backup that is copied back under the running desk."""
    (tmp_path / "desk.db").rename(tmp_path / "old.db")
    (tmp_path / "desk.db").write_bytes((tmp_path / "old.db").read_bytes())
    with pytest.raises(StorageError):
        store.ping()
    store.close()


def test_a_damaged_page_is_no_store(tmp_path: Path) -> None:
    from intents.guard import Shape

    path = tmp_path / "desk.db"
    store = open_store(f"sqlite:///{path}")
    for number in range(300):
        store.admit(ticket(number, f"user{number}"), Shape())
    store.close()
    data = bytearray(path.read_bytes())
    for page in range(2 * 4096, len(data), 4096):  # all but the schema
        data[page : page + 200] = b"\xff" * 200
    path.write_bytes(data)
    with pytest.raises(StorageError):
        open_store(f"sqlite:///{path}").ping()


@pytest.mark.skipif(sys.platform != "linux", reason="prlimit(2) of Linux makes a disk full for one process")
def test_while_the_disk_is_full_line_is_asked_to_come_again_and_then_all_is_well(tmp_path: Path) -> None:
    with StandInLine() as line, desk_server(tmp_path, line.url) as server:
        fill(server, tmp_path)
        refused = events.text("持ち物は何ですか")
        assert post(server.port, events.webhook(refused)) == 503
        assert not server.is_ready()
        assert "03-0000-0000" in str(line.wait_reply(refused["replyToken"]))  # the phone line, from memory
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        assert until(server.is_ready)
        refused["replyToken"] += "-again"
        assert post(server.port, events.webhook(refused)) == 200
        assert "マイナンバーカード" in str(line.wait_reply(refused["replyToken"]))


def fill(server: ServerProcess, folder: Path) -> None:
    """From now on no file of the server's may grow."""
    _, most = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE)
    size = min(path.stat().st_size for path in folder.glob("desk.db*") if path.stat().st_size)
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (min(size, 4096), most))
