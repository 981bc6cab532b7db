"""`madoguchi serve --workers 2` on Redis: several processes on one port, and a dead one is started anew."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.support import events
from tests.support.line import StandInLine
from tests.support.patience import until
from tests.support.process import ServerProcess, desk_server
from tests.support.redis import RealRedis
from tests.test_no_trace import post


def asked(server: ServerProcess, line: StandInLine, count: int) -> None:
    """`count` people ask, and each is answered."""
    questions = [events.text("持ち物は何ですか", user=f"U{number:032x}") for number in range(count)]
    for question in questions:
        assert until(lambda question=question: post(server.port, events.webhook(question)) == 200)  # type: ignore[misc]
    for question in questions:
        assert "マイナンバーカード" in str(line.wait_reply(question["replyToken"]))


@pytest.mark.proof
def test_two_processes_answer_and_a_killed_one_comes_back(tmp_path: Path) -> None:
    with (
        RealRedis(tmp_path) as redis,
        StandInLine() as line,
        desk_server(tmp_path, line.url, workers=2, STORE_URL=redis.url) as server,
    ):
        serving = workers_of(server)
        assert len(serving) == 2
        asked(server, line, 20)
        os.kill(serving[0], signal.SIGKILL)
        assert until(lambda: len(workers_of(server)) == 2 and serving[0] not in workers_of(server))
        asked(server, line, 20)
        assert server.stop() == 0


def workers_of(server: ServerProcess) -> list[int]:
    """The child processes that serve; Python keeps one more, which looks after what they share."""
    children = server.pids()[1:]
    lines = {pid: Path(f"/proc/{pid}/cmdline") for pid in children}
    return [pid for pid, path in lines.items() if path.exists() and b"spawn_main" in path.read_bytes()]
