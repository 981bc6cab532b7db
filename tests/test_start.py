"""Whatever keeps a command from starting is said in plain Japanese, and no traceback is ever shown."""

from __future__ import annotations

import io
import re
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli import main
from bot.start_faults import store_fault
from bot.store.base import StorageError
from tests.support.redis import RealRedis
from tests.test_cli import least_folder
from tests.test_settings import ENVIRON

PASSWORD = "hunter2-hunter2"
Printed = pytest.CaptureFixture[str]


@pytest.fixture
def environ(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> pytest.MonkeyPatch:
    """A good environment, its store in a folder of its own."""
    for name, value in (ENVIRON | {"STORE_URL": f"sqlite:///{tmp_path}/var/desk.db", "PORT": "0"}).items():
        monkeypatch.setenv(name, value)
    for starter in ("worker", "demo.serve"):  # the log of the process that runs the tests is its own
        monkeypatch.setattr(f"bot.{starter}.set_up", lambda _: None)
    return monkeypatch


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another program listens on."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def told(capsys: Printed, *argv: str) -> str:
    """What a command that cannot start says."""
    assert main(argv) == 2
    printed = capsys.readouterr()
    assert printed.out == "" and "Traceback" not in printed.err
    return printed.err


class TestPort:
    def test_a_taken_one_is_named_with_what_to_type(
        self, environ: pytest.MonkeyPatch, capsys: Printed, taken: int
    ) -> None:
        environ.setenv("PORT", str(taken))
        for said in (told(capsys, "serve"), told(capsys, "serve", "--port", str(taken))):
            assert f"ポート {taken} は、ほかのプログラムが使っています" in said and "serve --port" in said
        said = told(capsys, "demo", "--port", str(taken))
        assert f"ポート {taken} は" in said and "demo --port" in said

    def test_an_address_that_is_not_ours_is_told(self, environ: pytest.MonkeyPatch, capsys: Printed) -> None:
        environ.setenv("HOST", "192.0.2.1")
        assert "HOST と PORT を確かめて" in told(capsys, "serve")

    def test_a_number_that_is_no_port_is_misuse(self, capsys: Printed) -> None:
        with pytest.raises(SystemExit) as ended:
            main(["demo", "--port", "99999"])
        assert ended.value.code == 2 and "--port" in capsys.readouterr().err


class TestStore:
    @pytest.mark.parametrize("command", ["serve", "bookings"])
    def test_a_folder_that_cannot_be_written(
        self, environ: pytest.MonkeyPatch, capsys: Printed, tmp_path: Path, command: str
    ) -> None:
        """Root may write everywhere: a file stands where the folder should be."""
        (tmp_path / "var").write_text("")
        assert re.search("(?:var|保存先).*(?:使えません|開けません)", told(capsys, command).splitlines()[-1])

    def test_a_file_that_is_no_store(self, environ: pytest.MonkeyPatch, capsys: Printed, tmp_path: Path) -> None:
        (tmp_path / "var").mkdir()
        (tmp_path / "var" / "desk.db").write_text("買い物メモ" * 1000)
        assert "こわれています" in told(capsys, "serve")

    @pytest.mark.parametrize("command", [["serve"], ["worker"], ["bookings"], ["case", "さくら-27"]], ids="/".join)
    def test_a_redis_that_is_not_there(
        self, environ: pytest.MonkeyPatch, capsys: Printed, command: list[str]
    ) -> None:
        environ.setenv("STORE_URL", f"redis://:{PASSWORD}@127.0.0.1:1/0")
        said = told(capsys, *command)
        assert "Redis につながりません" in said and PASSWORD not in said

    def test_a_redis_with_another_password(
        self, environ: pytest.MonkeyPatch, capsys: Printed, tmp_path: Path
    ) -> None:
        with RealRedis(tmp_path, options=("--user", "default", "on", f">{PASSWORD}", "~*", "+@all")) as server:
            environ.setenv("STORE_URL", server.url.replace("redis://", "redis://:wrong-password@"))
            said = told(capsys, "serve")
        assert "パスワード" in said and "wrong-password" not in said and PASSWORD not in said

    def test_a_redis_that_would_forget(
        self, environ: pytest.MonkeyPatch, capsys: Printed, tmp_path: Path
    ) -> None:
        with RealRedis(tmp_path, durable=False) as server:
            environ.setenv("STORE_URL", server.url)
            assert "appendonly yes" in told(capsys, "serve")

    @pytest.mark.parametrize("command", [["serve"], ["worker"], ["bookings"], ["case", "さくら-27"]], ids="/".join)
    def test_an_address_that_names_no_store(
        self, environ: pytest.MonkeyPatch, capsys: Printed, command: list[str]
    ) -> None:
        environ.setenv("STORE_URL", f"postgres://user:{PASSWORD}@127.0.0.1/x")
        said = told(capsys, *command)
        assert "STORE_URL" in said and PASSWORD not in said

    def test_every_fault_of_a_store_has_a_sentence(self) -> None:
        for name in ("ConnectionError", "TimeoutError", "AuthenticationError", "OperationalError", "DatabaseError"):
            assert store_fault(StorageError(name)).endswith("。")


class TestSettingsOfEveryCommand:
    def test_a_folder_that_is_not_there(self, environ: pytest.MonkeyPatch, capsys: Printed) -> None:
        environ.setenv("FAQ_DIR", "/nowhere")
        commands = (["serve"], ["bookings"], ["check"], ["test"], ["ask", "x"], ["richmenu", "show"])
        for command in commands:
            assert "フォルダがありません：/nowhere" in told(capsys, *command)

    @pytest.mark.parametrize("command", [["serve"], ["bookings"], ["ask", "x"]], ids="/".join)
    def test_a_clock_that_cannot_be_read(
        self, environ: pytest.MonkeyPatch, capsys: Printed, command: list[str]
    ) -> None:
        environ.setenv("DESK_CLOCK", "8月3日")
        assert "DESK_CLOCK は" in told(capsys, *command)

    @pytest.mark.parametrize("command", [["serve"], ["bookings"], ["check"], ["case", "さくら-27"]], ids="/".join)
    def test_an_env_file_that_cannot_be_read(
        self, environ: pytest.MonkeyPatch, capsys: Printed, tmp_path: Path, command: list[str]
    ) -> None:
        (tmp_path / "settings").write_text("これは設定ではありません\n", encoding="utf-8")
        environ.setenv("ENV_FILE", str(tmp_path / "settings"))
        assert "1行目が読めません" in told(capsys, *command)

    def test_what_the_env_file_says_is_used(
        self, environ: pytest.MonkeyPatch, capsys: Printed, tmp_path: Path
    ) -> None:
        environ.delenv("FAQ_DIR")
        (tmp_path / "settings").write_text("FAQ_DIR=/nowhere\n")
        environ.setenv("ENV_FILE", str(tmp_path / "settings"))
        try:
            assert "/nowhere" in told(capsys, "check")
        finally:
            environ.delenv("FAQ_DIR")  # which the file has added

    def test_a_line_of_questions_that_cannot_be_read(
        self, environ: pytest.MonkeyPatch, capsys: Printed, tmp_path: Path
    ) -> None:
        environ.setattr("sys.stdin", io.StringIO("\n[1]\n"))
        assert "2行目が読めません" in told(capsys, "ask", "--jsonl", "--folder", str(least_folder(tmp_path)))


def test_the_version_is_told(capsys: Printed) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert ended.value.code == 0
    assert re.fullmatch(r"madoguchi \d+\.\d+\.\d+\n", capsys.readouterr().out)
