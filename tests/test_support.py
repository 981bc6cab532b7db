"""What the tests lean on is tested too: mistakes are found in every log, apologies in every language."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.knowledge import Edition
from bot.log import JsonLines, note
from intents.guard import Context, Refusal, judge
from intents.language import language
from intents.model import Catalogue
from tests.measure.bench import Mix, read_mix
from tests.measure.load import losses
from tests.support import events
from tests.support.apologies import Apologies
from tests.support.desk import ROOT, DeskUnderTest, Messages
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


class TestLoad:
    """What `make bench` counts as answered."""

    def test_silence_and_apologies_are_losses(self, practice: Edition) -> None:
        sorry = [{"type": "text", "text": practice.catalogue.prompts["busy"].en}]
        replies: dict[str, Messages] = {"a": [{"type": "text", "text": "午前9時からです。"}], "b": sorry}
        requests = [(token, b"") for token in "abc"]
        assert losses(requests, replies) == {"silent": 1, "apologies": 1}

    def test_a_mix_is_read_line_by_line_and_drawn_the_same_every_time(self, tmp_path: Path) -> None:
        (tmp_path / "mix").write_text("予約したい\n\n持ち物は\n", encoding="utf-8")
        texts = read_mix(tmp_path / "mix")
        assert texts == ["予約したい", "持ち物は"]
        drawn = [[one["message"]["text"] for one in Mix(texts).messages(50, 5)] for _ in range(2)]
        assert drawn[0] == drawn[1] and set(drawn[0]) == set(texts)

    def test_our_own_mix_has_all_kinds_and_no_secret(self) -> None:
        texts = read_mix(ROOT / "tests" / "data" / "load-mix.txt")
        now = datetime(2026, 8, 3, 1, tzinfo=UTC)
        assert not [text for text in texts if isinstance(judge(text, Context(now=now)).outcome, Refusal)]
        assert {language(text) for text in texts} == {"ja", "easy", "en"}
        assert sum("予約" in text for text in texts) >= 5 and max(map(len, texts)) > 3000
