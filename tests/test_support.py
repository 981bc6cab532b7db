"""What the tests lean on is tested too: mistakes are found in every log, apologies in every language."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import pytest

from bot.log import JsonLines, note
from intents.model import Catalogue
from tests.support import events
from tests.support.apologies import Apologies
from tests.support.desk import DeskUnderTest
from tests.support.mistakes import MISTAKES, Watch, mistakes_in
from tests.support.patience import until


class TestMistakes:
    @pytest.mark.provokes(*MISTAKES)
    def test_the_watch_hears_what_the_desk_of_this_process_notes(self) -> None:
        watch, logger = Watch(), logging.getLogger("madoguchi")
        logger.addHandler(watch)
        for name in MISTAKES:
            note(name, logging.ERROR, error="KeyError")
        note("reply_failed", logging.WARNING)
        logger.removeHandler(watch)
        assert watch.taken() == [f"{name} KeyError" for name in MISTAKES] and watch.taken() == []

    def test_it_reads_a_servers_log_once_and_waits_for_whole_lines(self, tmp_path: Path) -> None:
        watch, log = Watch(), tmp_path / "server.log"
        watch.read_too(log)
        assert watch.taken() == []
        line = json.dumps({"what": "desk_failed", "error": "KeyError"})
        log.write_text(line[:9])
        assert watch.taken() == []
        log.write_text(f"{line}\nTraceback\n")
        assert watch.taken() == ["desk_failed KeyError"] and watch.taken() == []

    def test_lines_as_the_desk_writes_them_are_read(self) -> None:
        record = logging.LogRecord("madoguchi", logging.ERROR, "", 0, "answer_failed", (), None)
        record.fields = {"error": "ValueError"}
        assert mistakes_in([JsonLines().format(record), "cut {", "[]"]) == ["answer_failed ValueError"]


class TestApologies:
    @pytest.fixture
    def apologies(self, catalogue: Catalogue) -> Apologies:
        return Apologies(catalogue)

    @pytest.mark.provokes("desk_failed")
    @pytest.mark.parametrize("words", ["持ち物は何ですか", "もちものは なん ですか", "What should I bring?"])
    def test_that_of_a_desk_that_fails_is_known_in_every_language(
        self, apologies: Apologies, desk: DeskUnderTest, monkeypatch: pytest.MonkeyPatch, words: str
    ) -> None:
        assert not apologies.is_one(desk.ask(events.text(words)))

        def broken(*_: object) -> None:
            raise ZeroDivisionError

        monkeypatch.setattr("bot.answering.respond", broken)
        assert apologies.is_one(desk.ask(events.text(words)))

    def test_nothing_at_all_is_no_answer(self, apologies: Apologies) -> None:
        assert apologies.is_one([])


class TestPatience:
    def test_it_ends_as_soon_as_it_is_so(self) -> None:
        looks = iter([False, False, True])
        assert until(lambda: next(looks))

    def test_it_ends_where_it_never_is(self) -> None:
        assert not until(lambda: False, seconds=0.0)
