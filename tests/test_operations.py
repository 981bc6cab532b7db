"""Running it: settings, live edits, a dead store, faults at LINE, logs, stopping and crashing."""

from __future__ import annotations

import json
import logging
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from bot import knowledge
from bot.clock import PracticeClock
from bot.knowledge import Edition, Library
from bot.log import FIELDS, JsonLines, note
from bot.settings import from_environment
from bot.store import open_ledger
from bot.store.base import StorageError
from bot.worker import run_worker
from intents.office import JST
from tests.support import events
from tests.support.desk import ROOT, DeskUnderTest, actions_of, texts_of
from tests.support.growth import LINEAR, growth
from tests.support.line import StandInLine
from tests.support.long_texts import DESK
from tests.support.mistakes import WATCH
from tests.support.patience import PATIENCE, until
from tests.support.process import desk_server
from tests.support.redis import RealRedis
from tests.support.sending import book_many
from tests.test_settings import ENVIRON as SETTINGS

ENVIRON = SETTINGS | {"FAQ_DIR": "faq/practice"}

class TestLiveEdits:
    def test_the_folder_is_looked_at_often_enough_for_five_seconds(self) -> None:
        """What is promised to staff: a look every second, and the reading takes two or three."""
        assert knowledge._PERIOD <= 1.0

    @pytest.fixture
    def library(self, tmp_path: Path, edition: Edition) -> Library:
        for path in (ROOT / "faq").glob("*.yaml"):
            shutil.copy(path, tmp_path)
        return Library(tmp_path, edition)

    def test_a_good_edit_is_taken(self, library: Library, tmp_path: Path) -> None:
        self.edit(tmp_path / "prompts.yaml", "もしかして、このことですか。", "このことですか。")
        library.look()
        assert library.edition.catalogue.prompts["choose"].ja == "このことですか。"

    def test_a_bad_edit_is_refused_and_the_last_good_content_stays(
        self, library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        good = library.edition
        self.edit(tmp_path / "where.yaml", "  answer:", "  anser:")
        library.look()
        assert library.edition is good
        assert any("anser" in str(fault) for fault in library.faults)

    def test_mending_it_goes_live(self, library: Library, tmp_path: Path) -> None:
        self.edit(tmp_path / "where.yaml", "  answer:", "  anser:")
        library.look()
        self.edit(tmp_path / "where.yaml", "  anser:", "  answer:")
        library.look()
        assert library.faults == ()

    @staticmethod
    def edit(path: Path, old: str, new: str) -> None:
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")


class TestStoreDown:
    @pytest.fixture
    def broken(self, desk: DeskUnderTest, monkeypatch: pytest.MonkeyPatch) -> DeskUnderTest:
        def fail(*_: object) -> None:
            raise StorageError("gone")

        for name in ("admit_all", "glance", "ping"):
            monkeypatch.setattr(type(desk.running.store), name, fail)
        return desk

    def test_the_telephone_line_is_still_given_and_line_is_asked_to_come_again(
        self, broken: DeskUnderTest
    ) -> None:
        question = events.text("持ち物は何ですか")
        assert broken.send(question) == 503
        messages = broken.line.wait_reply(question["replyToken"])
        assert "03-0000-0000" in str(texts_of(messages)) and any("uri" in a for a in actions_of(messages))

    def test_a_pin_is_still_refused(self, broken: DeskUnderTest) -> None:
        slip = events.text("暗証番号は4649です")
        broken.send(slip)
        assert "暗証番号のように見えたので" in str(broken.line.wait_reply(slip["replyToken"]))

    def test_readyz_says_so(self, broken: DeskUnderTest) -> None:
        answer = broken.client.get("/readyz")
        assert answer.status_code == 503 and "store: down" in answer.text

    def test_the_event_is_taken_when_line_delivers_it_again(
        self, desk: DeskUnderTest, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        question = events.text("持ち物は何ですか")
        with monkeypatch.context() as patch:
            patch.setattr(
                type(desk.running.store), "admit_all", lambda *_: (_ for _ in ()).throw(StorageError("gone"))
            )
            assert desk.send(question) == 503
        question["deliveryContext"]["isRedelivery"] = True
        question["replyToken"] += "-again"
        assert "マイナンバーカード" in str(desk.ask(question))


class TestFaultsAtLine:
    @pytest.mark.parametrize("status", [500, 503, 429])
    def test_a_passing_fault_is_tried_again(self, desk: DeskUnderTest, status: int) -> None:
        desk.line.statuses.append(status)
        assert desk.ask(events.text("持ち物は何ですか"))

    def test_a_closed_connection_is_tried_again_at_once(self, desk: DeskUnderTest) -> None:
        desk.line.drop = 1
        assert desk.ask(events.text("持ち物は何ですか"))

    @pytest.mark.parametrize("status", [400, 401, 403])
    def test_a_lasting_fault_is_not(self, desk: DeskUnderTest, status: int) -> None:
        desk.line.statuses.append(status)
        desk.send(events.text("持ち物は何ですか"))
        desk.is_quiet()
        assert desk.line.calls == 1

    @pytest.mark.provokes("desk_failed")
    def test_a_mistake_in_the_desk_gives_the_phone_line_and_closes_no_lane(
        self, desk: DeskUnderTest, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*_: object) -> None:
            raise ZeroDivisionError("ひみつのことば")

        with monkeypatch.context() as patch:
            patch.setattr("bot.answering.respond", broken)
            assert "03-0000-0000" in str(desk.say("持ち物は何ですか"))
        assert "マイナンバーカード" in str(desk.say("持ち物は何ですか"))

    @pytest.mark.provokes("answer_failed")
    def test_a_mistake_in_the_printer_gives_up_one_message_and_closes_no_lane(
        self, desk: DeskUnderTest, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def broken(*_: object) -> None:
            raise ZeroDivisionError("ひみつのことば")

        with monkeypatch.context() as patch:
            patch.setattr("bot.answering.messages_of", broken)
            desk.send(events.text("持ち物は何ですか"))
            desk.is_quiet()
        assert "マイナンバーカード" in str(desk.say("持ち物は何ですか"))


class TestLog:
    def test_a_field_that_is_not_allowed_is_a_mistake(self) -> None:
        with pytest.raises(TypeError):
            note("x", text="secret")

    def test_no_field_is_for_words(self) -> None:
        assert not {"text", "name", "user", "body", "message"} & set(FIELDS)

    def test_other_libraries_say_who_and_how_grave_but_not_what(self) -> None:
        record = logging.LogRecord("urllib3", logging.WARNING, "", 0, "body: %s", ("4649",), None)
        line = json.loads(JsonLines().format(record))
        assert line["room"] == "urllib3" and "4649" not in str(line)

    def test_a_traceback_leaves_its_type_alone(self) -> None:
        try:
            raise ValueError("暗証番号は4649")
        except ValueError as error:
            record = logging.LogRecord(
                "flask", logging.ERROR, "", 0, "x", (), (type(error), error, error.__traceback__)
            )
        line = json.loads(JsonLines().format(record))
        assert line["error"] == "ValueError" and "4649" not in str(line)


BAD_INPUT = {
    "5,000 characters": "もちものはなんですか" * 500,
    "5,000 of one character": "あ" * 5000,
    "zero-width characters": "持\u200bち\u200c物\u200dは\ufeff何ですか" * 50,
    "right-to-left marks": "\u202e持ち物は何ですか\u202c" * 100,
    "500 emoji": "👨‍👩‍👧‍👦" * 500,
    "combining marks": "か" + "\u3099" * 2000,
    "only punctuation": "。、！？" * 1000,
    "only spaces": " 　\n" * 1000,
    "digits and letters": "a1" * 2500,
    "a lone surrogate": "持ち物\ud83d",
    "control characters": "持ち\x00物\x07は",
    "nothing": "",
}


@pytest.mark.parametrize("name", BAD_INPUT)
def test_bad_input_breaks_nothing(desk: DeskUnderTest, name: str) -> None:
    assert desk.send(events.text(BAD_INPUT[name])) == 200
    desk.is_quiet()
    assert desk.say("持ち物は何ですか")


@pytest.mark.parametrize("scrap", DESK)
def test_the_cost_of_a_message_grows_no_faster_than_its_length(desk: DeskUnderTest, scrap: str) -> None:
    def ask(words: str) -> None:
        assert desk.send(events.text(words)) == 200
        desk.is_quiet()

    assert growth(ask, scrap) <= LINEAR


class TestProcess:
    """The real command, started and ended as an operator or a crash would."""

    def test_sigterm_finishes_what_is_under_way(self, tmp_path: Path) -> None:
        with StandInLine(latency=0.3) as line, desk_server(tmp_path, line.url) as server:
            tokens = self.post(server.port, 20)
            assert server.stop(signal.SIGTERM) == 0
            assert set(tokens) <= set(line.replies)

    def test_after_kill_9_every_acknowledged_event_is_answered(self, tmp_path: Path) -> None:
        with StandInLine(latency=PATIENCE) as line, desk_server(tmp_path, line.url) as server:
            tokens = self.post(server.port, 60)
            server.stop(signal.SIGKILL)
            assert not line.replies
            line.latency = 0.0
            server.start()
            for token in tokens:
                line.wait_reply(token)

    def test_a_good_edit_goes_live_by_itself_and_nothing_is_dropped(self, tmp_path: Path) -> None:
        faq = tmp_path / "faq"
        shutil.copytree(ROOT / "faq", faq)
        with StandInLine() as line, desk_server(tmp_path, line.url, FAQ_DIR=str(faq)) as server:
            tokens = self.post(server.port, 5)
            TestLiveEdits.edit(
                faq / "prompts.yaml",
                "スタンプをありがとうございます",
                "すてきなスタンプをありがとうございます",
            )

            def is_live() -> bool:
                question = events.message("sticker")
                self.send(server.port, question)
                tokens.append(question["replyToken"])
                return "すてきな" in str(line.wait_reply(question["replyToken"]))

            assert until(is_live)
            for token in tokens:
                line.wait_reply(token)

    def test_a_missing_setting_stops_the_start_and_is_named(self, tmp_path: Path) -> None:
        server = desk_server(tmp_path, "http://127.0.0.1:1", SECRET_KEY="", LINE_CHANNEL_SECRET="")
        with pytest.raises(AssertionError, match=r"LINE_CHANNEL_SECRET[\s\S]*SECRET_KEY"):
            server.start()

    def post(self, port: int, count: int) -> list[str]:
        tokens = []
        for number in range(count):
            question = events.text("持ち物は何ですか", user=f"U{number:032x}")
            self.send(port, question)
            tokens.append(question["replyToken"])
        return tokens

    @staticmethod
    def send(port: int, event: dict[str, object]) -> None:
        import urllib.request

        body = events.webhook(event)
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/callback", body, {"x-line-signature": events.signed(body)}
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            assert answer.status == 200


class TestWorker:
    """`madoguchi worker` beside nobody: what must arrive arrives, however often it is killed."""

    def test_a_killed_worker_loses_no_reminder_and_doubles_none(self, tmp_path: Path) -> None:
        with RealRedis(tmp_path) as redis, StandInLine(latency=0.03) as line:
            ledger = open_ledger(redis.url)
            book_many(ledger, 40, int(datetime(2026, 8, 20, 12, tzinfo=JST).timestamp()))
            first = self.start(redis.url, line.url, "2026-08-24T10:00:00+09:00", tmp_path)
            line.at_push = lambda: first.kill() if len(line.pushes) >= 3 else None
            first.wait(PATIENCE)
            assert 3 <= len(line.pushes) < 20
            # After the lease of what the first one had in hand.
            second = self.start(redis.url, line.url, "2026-08-24T10:01:00+09:00", tmp_path)
            line.wait_pushes(20)
            second.send_signal(signal.SIGTERM)
            assert second.wait(PATIENCE) == 0
            assert len({one.to for one in line.pushes}) == len(line.pushes) == 20
            ledger.close()

    def test_with_sqlite_it_says_that_serve_does_its_work(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        settings = replace(from_environment(ENVIRON), store_url=f"sqlite:///{tmp_path}/desk.db")
        assert run_worker(settings) == 2
        assert "madoguchi serve" in capsys.readouterr().err

    @staticmethod
    def start(store_url: str, line_url: str, at: str, folder: Path) -> subprocess.Popen[bytes]:
        environ = ENVIRON | {"STORE_URL": store_url, "LINE_API_URL": line_url, "DESK_CLOCK": at}
        WATCH.read_too(folder / "worker.log")
        with (folder / "worker.log").open("ab") as out:
            return subprocess.Popen(
                [sys.executable, "-m", "bot.cli", "worker"],
                cwd=ROOT,
                env=os.environ | environ,
                stdout=out,
                stderr=out,
            )


def test_the_practice_clock_starts_where_it_is_told_and_runs_on() -> None:
    start, begun = datetime(2026, 8, 3, 10, tzinfo=JST), time.monotonic()
    clock = PracticeClock(start)
    first = clock.now()
    assert 0 <= (first - start).total_seconds() <= time.monotonic() - begun + 0.001
    assert clock.now() >= first
