"""The calendar file of a visit: its signed address, what is in it, and that it opens for ever."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar as File
from itsdangerous import URLSafeSerializer

from bot.calendar import Calendar, calendar_file
from bot.clock import PracticeClock
from bot.knowledge import Edition
from bot.settings import SettingsError, from_environment
from intents.guard import Context, SafeText, judge
from intents.model import LANGS, Lang
from intents.office import JST
from intents.say import Speaker
from intents.slots import Slot
from tests.support.desk import ROOT, DeskUnderTest
from tests.support.line import StandInLine
from tests.support.sending import SECRET_KEY

KEY = "test-secret-key-of-32-characters"
HOME = "https://desk.example.jp"
NOW = datetime(2026, 8, 20, 10, 0, tzinfo=JST)
SLOT = Slot.parse("kinuta/2026-08-25/13:45") or pytest.fail("no slot")
GONE = Slot.parse("kinuta/2026-08-29/13:30") or pytest.fail("no slot")


def event_of(file: bytes) -> Any:
    """The one event of a calendar file, as its library reads it."""
    found = File.from_ical(file.decode())
    (event,) = found.walk("VEVENT")
    return event


def made(practice: Edition, slot: Slot = SLOT, lang: Lang = "ja") -> bytes:
    return calendar_file(slot, Speaker(practice.catalogue, lang, NOW.date()), NOW)


class TestAddress:
    @pytest.mark.parametrize("lang", LANGS)
    def test_it_holds_slot_and_language(self, lang: Lang) -> None:
        calendar = Calendar(HOME, KEY)
        url = calendar.url(SLOT, lang)
        assert url.startswith(f"{HOME}/calendar/") and len(url) <= 1000
        assert calendar.read(url.split("/")[-1].split(".ics")[0]) == (SLOT, lang)

    def test_without_a_public_address_there_is_none(self) -> None:
        assert Calendar("", KEY).url(SLOT, "ja") == ""

    def test_another_key_another_label_or_a_changed_one_is_refused(self) -> None:
        calendar = Calendar(HOME, KEY)
        token = calendar.token(SLOT, "ja")
        forged = URLSafeSerializer(KEY).dumps([SLOT.key, "ja"])
        for wrong in (
            Calendar(HOME, KEY + "!").token(SLOT, "ja"),
            str(forged),
            token[1:],
            token[:-1],
            "",
            "x.y",
        ):
            assert calendar.read(wrong) is None

    def test_what_is_signed_but_no_visit_is_refused(self) -> None:
        calendar = Calendar(HOME, KEY)
        for content in (
            ["kinuta/2026-02-30/13:45", "ja"],
            [SLOT.key, "fr"],
            [SLOT.key],
            SLOT.key,
            {"a": 1},
            [1, 2],
        ):
            assert calendar.read(str(calendar._tokens.dumps(content))) is None


class TestFile:
    def test_it_begins_and_ends_in_japanese_time(self, practice: Edition) -> None:
        event = event_of(made(practice))
        assert event["dtstart"].dt == datetime(2026, 8, 25, 13, 45, tzinfo=JST)
        assert event["dtend"].dt - event["dtstart"].dt == timedelta(minutes=45)
        assert b"DTSTART;TZID=Asia/Tokyo:20260825T134500" in made(
            practice
        ) and b"BEGIN:VTIMEZONE" in made(practice)

    def test_the_length_is_that_of_the_table(self, practice: Edition) -> None:
        openings = practice.catalogue.facts.openings
        assert openings is not None
        facts = replace(practice.catalogue.facts, openings=replace(openings, minutes=30))
        event = event_of(
            made(replace(practice, catalogue=replace(practice.catalogue, facts=facts)))
        )
        assert event["dtend"].dt - event["dtstart"].dt == timedelta(minutes=30)

    @pytest.mark.parametrize(
        ("lang", "place", "word"),
        [
            ("ja", "砧総合支所", "スマホ窓口の予約"),
            ("easy", "砧（きぬた）", "まどぐちの よやく"),
            ("en", "Kinuta Branch Office", "Smartphone help desk visit"),
        ],
    )
    def test_it_speaks_the_persons_language(
        self, practice: Edition, lang: Lang, place: str, word: str
    ) -> None:
        event = event_of(made(practice, lang=lang))
        assert event["location"] == place and place in event["summary"] and word in event["summary"]

    def test_it_rings_the_day_before(self, practice: Edition) -> None:
        alarm = event_of(made(practice)).walk("VALARM")[0]
        assert alarm["trigger"].dt == timedelta(days=-1)
        assert alarm["description"] == "あした、窓口の予約があります。"

    def test_invented_days_are_marked(self, practice: Edition) -> None:
        assert "見本" in event_of(made(practice))["summary"]

    def test_everything_in_it_passes_the_guard(self, practice: Edition) -> None:
        """It may be shared: what stands in it never looks like a secret, nor asks for one."""
        event = event_of(made(practice))
        for name in ("summary", "location", "description"):
            assert isinstance(judge(str(event[name]), Context()).outcome, SafeText)

    def test_a_slot_that_the_table_no_longer_has_still_gives_its_file(
        self, practice: Edition, edition: Edition
    ) -> None:
        assert event_of(made(practice, GONE))["dtstart"].dt == GONE.starts
        assert edition.catalogue.facts.openings is None
        assert event_of(made(edition, GONE))["dtstart"].dt == GONE.starts


class TestRoute:
    def test_the_address_of_a_receipt_gives_the_file(
        self, tmp_path: Path, line: StandInLine, clock: PracticeClock, practice: Edition
    ) -> None:
        with DeskUnderTest(tmp_path, line, clock, practice, public_url=HOME) as desk:
            url = desk.running.calendar.url(SLOT, "en")
            answer = desk.client.get(url.removeprefix(HOME))
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert (
            answer.headers["Content-Disposition"] == "attachment; filename=madoguchi-2026-08-25.ics"
        )
        assert event_of(answer.data)["location"] == "Kinuta Branch Office"

    def test_a_forged_or_unreadable_one_gives_nothing(self, desk: DeskUnderTest) -> None:
        token = desk.running.calendar.token(SLOT, "ja")
        for path in (
            f"{token}x.ics",
            "x.ics",
            f"{token}",
            ".ics",
            "%E6%9A%97.ics",
            f"{'a' * 5000}.ics",
        ):
            answer = desk.client.get(f"/calendar/{path}")
            assert (answer.status_code, answer.data) == (404, b"")


class TestSetting:
    def environ(self, url: str) -> dict[str, str]:
        names = {
            "LINE_CHANNEL_SECRET": "s",
            "LINE_CHANNEL_ACCESS_TOKEN": "t",
            "SECRET_KEY": SECRET_KEY,
        }
        return names | {"FAQ_DIR": str(ROOT / "faq"), "PUBLIC_URL": url}

    @pytest.mark.parametrize(
        ("given", "taken"),
        [("", ""), (HOME, HOME), (HOME + "/", HOME), (HOME + "/desk", HOME + "/desk")],
    )
    def test_it_is_optional_and_loses_its_last_slash(self, given: str, taken: str) -> None:
        assert from_environment(self.environ(given)).public_url == taken

    @pytest.mark.parametrize(
        "wrong",
        ["desk.example.jp", "http://desk.example.jp", "https://", HOME + "?a=b", "https://a b"],
    )
    def test_what_line_would_not_take_stops_the_start(self, wrong: str) -> None:
        with pytest.raises(SettingsError, match="PUBLIC_URL"):
            from_environment(self.environ(wrong))
