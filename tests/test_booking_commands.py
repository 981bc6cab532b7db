"""The operator's commands: beside a running desk on both stores, and to a slip of the hand."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

import pytest

from bot.booking_commands import book_for_caller
from bot.cancelling_commands import cancel_for_caller
from bot.cli import main
from bot.closing_commands import Day, close_day, reopen_day
from bot.knowledge import Edition
from bot.operating import Operating
from bot.seal import Seal
from bot.store import open_ledger
from bot.store.base import StorageError
from bot.store.memory import MemoryLedger
from intents import ledger
from intents.bookings import Booking, Guest, Outcome, Wish
from intents.ledger import closing
from intents.ledger.pages import Pages, booking_at
from intents.ledger.places import Table
from intents.model import Catalogue
from intents.office import JST
from intents.slots import Slot
from tests.support.desk import ROOT
from tests.support.events import USER
from tests.support.line import StandInLine
from tests.support.pages import Hand, code_of, guest
from tests.support.process import ServerProcess, desk_server
from tests.support.redis import RealRedis

T = TypeVar("T")
Printed = pytest.CaptureFixture[str]
Patch = pytest.MonkeyPatch

SLOT = Slot.parse("kitazawa/2026-08-12/13:45") or pytest.fail("no slot")
PLACE = ["--venue", "北沢", "--date", "8/12"]
AT = [*PLACE, "--time", "13:45"]
NOW = datetime(2026, 8, 3, 10, 0, tzinfo=JST)


@pytest.fixture
def url(tmp_path: Path, monkeypatch: Patch) -> str:
    """The address of an empty store, and the environment of an operator on practice content."""
    at = f"sqlite:///{tmp_path}/desk.db"
    as_operator(monkeypatch, at)
    return at


def as_operator(monkeypatch: Patch, url: str) -> None:
    monkeypatch.setenv("STORE_URL", url)
    monkeypatch.setenv("FAQ_DIR", str(ROOT / "faq" / "practice"))
    monkeypatch.setenv("DESK_CLOCK", NOW.isoformat())


def booked_on_line(url: str, catalogue: Catalogue, slot: Slot = SLOT, people: int = 1) -> str:
    """A booking as the desk makes it for somebody on LINE; its receipt was told. The reference."""
    openings = catalogue.facts.openings
    assert openings is not None
    table = Table(openings, int(NOW.timestamp()))
    who = Guest("hash", Seal("test-secret-key-of-32-characters").seal(USER), "ja")
    kept = open_ledger(url)

    request = uuid.uuid4().hex  # a reference of its own: LINE knows a notice's retry key for a day

    def work(pages: Pages) -> Outcome:
        outcome = ledger.book(pages, request, who, slot, Wish(people), table)
        pages.put("notice", outcome.notice, None)
        return outcome

    try:
        return code_of(kept.transact(work))
    finally:
        kept.close()


def _with_fewer_days(folder: Path) -> Path:
    """The practice content without 12 August at 北沢, in a folder of its own."""
    facts = (ROOT / "faq" / "practice" / "facts.yaml").read_text(encoding="utf-8")
    facts = facts.replace("- 2026-08-10〜2026-08-14", "- 2026-08-10")
    changed = folder / "faq" / "practice"
    changed.mkdir(parents=True)
    (changed / "facts.yaml").write_text(facts.replace("base: ..", f"base: {ROOT / 'faq'}"), encoding="utf-8")
    return changed


class Told:
    """Runs a command. `text`: all that it printed; `data`: its JSON."""

    def __init__(self, capsys: Printed) -> None:
        self._capsys = capsys
        self.text = ""

    def __call__(self, *argv: str) -> int:
        self._capsys.readouterr()
        try:
            code = main(argv)
        except SystemExit as end:
            code = int(end.code or 0)
        out = self._capsys.readouterr()
        self.text = out.out + out.err
        return code

    @property
    def data(self) -> list[dict[str, object]]:
        found = json.loads(self.text)
        return found if isinstance(found, list) else [found]


@pytest.fixture
def run(capsys: Printed, url: str) -> Told:
    told = Told(capsys)
    told("bookings")  # makes the store, which is said once
    return told


class TestBesideARunningDesk:
    """`madoguchi serve` in a process of its own, on each store."""

    @pytest.fixture(scope="class")
    def line(self) -> Iterator[StandInLine]:
        with StandInLine() as running:
            yield running

    @pytest.fixture(scope="class", params=["sqlite", "redis"])
    def server(
        self,
        request: pytest.FixtureRequest,
        tmp_path_factory: pytest.TempPathFactory,
        line: StandInLine,
    ) -> Iterator[ServerProcess]:
        folder = tmp_path_factory.mktemp("desk")
        if request.param == "sqlite":
            with desk_server(folder, line.url) as running:
                yield running
            return
        with (
            RealRedis(folder) as server,
            desk_server(folder, line.url, STORE_URL=server.url) as running,
        ):
            yield running

    @pytest.fixture
    def told(self, server: ServerProcess, capsys: Printed, monkeypatch: Patch) -> Told:
        as_operator(monkeypatch, server.environ["STORE_URL"])
        return Told(capsys)

    def test_booking_listing_and_cancelling(self, told: Told) -> None:
        assert told("book", *AT, "--people", "2", "--topics", "せたがやPay", "--json") == 0
        code = str(told.data[0]["reference"])
        assert told("book", *AT) == 1 and "いっぱい" in told.text
        assert told("bookings", *PLACE, "--json") == 0
        assert [one["reference"] for one in told.data] == [code]
        assert told("cancel", code) == 0 and code in told.text
        assert told("bookings", *PLACE, "--json") == 0 and told.data == []

    def test_who_booked_on_line_hears_of_a_cancellation_at_once(
        self, told: Told, server: ServerProcess, line: StandInLine, practice: Edition
    ) -> None:
        before = len(line.pushes)
        code = booked_on_line(server.environ["STORE_URL"], practice.catalogue)
        assert told("cancel", code) == 0 and "LINE" in told.text
        pushed = line.wait_pushes(before + 1)[before]
        assert pushed.to == USER and code in json.dumps(pushed.messages, ensure_ascii=False)

    def test_who_booked_on_line_hears_of_a_closing_and_of_its_end(
        self, told: Told, server: ServerProcess, line: StandInLine, practice: Edition
    ) -> None:
        before = len(line.pushes)
        day = replace(SLOT, day=SLOT.day.replace(day=13))
        code = booked_on_line(server.environ["STORE_URL"], practice.catalogue, day)
        there = ["--venue", "北沢", "--date", "8/13"]
        assert told("close", *there, "--reason", "台風", "--yes") == 0
        closure = json.dumps(line.wait_pushes(before + 1)[before].messages, ensure_ascii=False)
        assert "台風" in closure and f"change:{code}" in closure
        assert told("open", *there) == 0 and code in told.text
        restored = json.dumps(line.wait_pushes(before + 2)[before + 1].messages, ensure_ascii=False)
        assert "8月13日（木）の北沢総合支所は、開くことになりました" in restored and code in restored


class TestBooking:
    def test_the_operator_reads_out_the_visit_and_what_to_bring(self, run: Told) -> None:
        assert run("book", *AT, "--people", "2", "--topics", "せたがやPay,東京アプリ") == 0
        for words in (
            "合い言葉：",
            "見本",
            "北沢総合支所",
            "8月12日（水）午後1時45分",
            "二人",
            "東京アプリ",
            "マイナンバーカード",
            "暗証番号は紙に書かず",
        ):
            assert words in run.text

    @pytest.mark.parametrize("venue", ["北沢", "きたざわ", "キタザワ", "Kitazawa", "北沢総合支所"])
    @pytest.mark.parametrize("day", ["2026-08-12", "８／１２", "8月12日", "来週の水曜"])
    def test_names_and_days_are_read_as_an_operator_types_them(
        self, run: Told, venue: str, day: str
    ) -> None:
        assert run("book", "--venue", venue, "--date", day, "--time", "午後1時45分", "--json") == 0
        told = run.data[0]
        assert (told["venue_id"], told["date"], told["time"]) == ("kitazawa", "2026-08-12", "13:45")

    def test_what_cannot_be_had_is_explained_with_the_nearest_three(self, run: Told) -> None:
        assert run("book", "--venue", "北沢", "--date", "8/25", "--time", "13:45", "--json") == 1
        told = run.data[0]
        assert told["error"] == "other_turn" and "砧総合支所" in str(told["message"])
        free = told["free"]
        assert isinstance(free, list) and len(free) == 3
        assert free[0] == {
            "venue": "砧総合支所",
            "venue_id": "kinuta",
            "date": "2026-08-25",
            "time": "13:45",
        }
        assert free[1]["venue_id"] == free[2]["venue_id"] == "kitazawa"

    @pytest.mark.parametrize(
        ("day", "time", "why"),
        [
            ("8/11", "9:00", "区役所が休みの日"), ("11/2", "9:00", "終わったあと"), ("7/1", "9:00", "過ぎて"),
            ("8/12", "13:50", "始まる予約は、ありません"), ("8/12", "20:00", "始まる予約は、ありません"),
        ],
    )  # fmt: skip
    def test_the_reason_is_told(self, run: Told, day: str, time: str, why: str) -> None:
        assert run("book", "--venue", "北沢", "--date", day, "--time", time) == 1
        assert why in run.text and "北沢総合支所" in run.text

    def test_of_a_time_gone_by_today_only_the_time_is_past(self, run: Told) -> None:
        assert run("book", "--venue", "世田谷", "--date", "きょう", "--time", "9:00") == 1
        assert "8月3日（月）午前9時は、もう過ぎています" in run.text

    def test_where_the_wished_counter_is_over_others_are_named(
        self, run: Told, monkeypatch: Patch
    ) -> None:
        monkeypatch.setenv("DESK_CLOCK", "2026-10-20T10:00:00+09:00")
        assert run("book", "--venue", "砧", "--date", "8/25", "--time", "9:00", "--json") == 1
        free = run.data[0]["free"]
        assert isinstance(free, list) and [one["venue_id"] for one in free] == ["kitazawa"] * 3

    def test_a_full_slot_is_given_to_nobody(self, run: Told) -> None:
        assert [run("book", *AT) for _ in range(3)] == [0, 0, 1]
        assert "午後1時45分は、ご希望の時間がもういっぱい" in run.text

    def test_before_the_first_day_of_booking_and_without_a_table_it_says_so(
        self, run: Told, monkeypatch: Patch
    ) -> None:
        monkeypatch.setenv("FAQ_DIR", str(ROOT / "faq"))
        assert run("book", *AT) == 1 and "まだ発表されていません" in run.text
        monkeypatch.setenv("DESK_CLOCK", "2026-11-02T10:00:00+09:00")
        assert run("book", *AT) == 1 and "終わりました" in run.text

    def test_a_store_that_was_not_there_is_told(
        self, run: Told, monkeypatch: Patch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("STORE_URL", f"sqlite:///{tmp_path}/other.db")
        assert run("book", *AT) == 0 and "新しく作ります" in run.text
        assert run("book", *AT) == 0 and "新しく作ります" not in run.text

    def test_no_store_in_a_wrong_folder_is_begun(
        self, run: Told, monkeypatch: Patch, tmp_path: Path
    ) -> None:
        """A booking there would be one that nobody else knows of."""
        faq = ROOT / "faq" / "practice"
        monkeypatch.delenv("STORE_URL")
        monkeypatch.setenv("FAQ_DIR", str(faq))
        monkeypatch.chdir(tmp_path)
        assert run("book", *AT) == 2 and "STORE_URL" in run.text
        assert not (tmp_path / "var").exists()


class TestListing:
    def test_nothing_in_it_leads_to_a_person(self, run: Told, url: str, practice: Edition) -> None:
        code = booked_on_line(url, practice.catalogue)
        assert run("bookings", "--json") == 0
        assert run.data == [
            {
                "reference": code, "venue": "北沢総合支所", "venue_id": "kitazawa",
                "date": "2026-08-12", "time": "13:45",
                "people": 1, "topics": [], "family": False, "channel": "line", "status": "booked",
                "off_table": False, "problems": [], "made": "2026-08-03T10:00:00+09:00",
            }
        ]  # fmt: skip
        assert run("bookings") == 0 and code in run.text and "hash" not in run.text

    def test_sorted_filtered_and_cancelled_ones_on_demand(self, run: Told) -> None:
        for venue, day, time in (
            ("世田谷", "8/5", "9:00"),
            ("北沢", "8/12", "9:45"),
            ("北沢", "8/12", "9:00"),
        ):
            assert run("book", "--venue", venue, "--date", day, "--time", time, "--json") == 0
        last = str(run.data[0]["reference"])
        run("bookings", "--json")
        assert [(one["date"], one["time"]) for one in run.data] == [
            ("2026-08-05", "09:00"), ("2026-08-12", "09:00"), ("2026-08-12", "09:45")]  # fmt: skip
        run("cancel", last)
        run("bookings", *PLACE, "--json")
        assert [one["time"] for one in run.data] == ["09:45"]
        run("bookings", *PLACE, "--all", "--json")
        assert [one["status"] for one in run.data] == ["cancelled", "booked"]

    def test_a_booking_on_a_day_that_fell_out_of_the_table_is_marked(
        self, run: Told, url: str, practice: Edition, monkeypatch: Patch, tmp_path: Path
    ) -> None:
        booked_on_line(url, practice.catalogue)
        monkeypatch.setenv("FAQ_DIR", str(_with_fewer_days(tmp_path)))
        run("bookings")
        assert "表にない日" in run.text
        run("bookings", "--json")
        assert run.data[0]["off_table"] is True

    def test_what_could_not_be_sent_and_what_was_deleted(self, run: Told, url: str) -> None:
        unsent = {
            "kind": "reminder_day", "reference": "さくら-27", "venue": "kitazawa", "day": "2026-08-12",
            "time": "13:45", "why": "quota", "at": int(NOW.timestamp()), "due": 2_000_000_000,
        }  # fmt: skip
        kept = open_ledger(url)
        kept.transact(lambda pages: pages.put("unsent", "key", unsent))
        kept.transact(
            lambda pages: pages.put("deletion", "2026-09-12", {"count": 3, "rule": closing.RULE})
        )
        kept.close()
        run("bookings", "--unsent")
        assert "さくら-27" in run.text and "月の送信数の上限" in run.text
        run("bookings", "--unsent", "--json")
        assert (run.data[0]["reference"], run.data[0]["reason"]) == ("さくら-27", "quota")
        run("bookings", "--deletions", "--json")
        assert run.data == [{"date": "2026-09-12", "count": 3, "rule": closing.RULE}]
        run("bookings", "--deletions")
        assert "3件" in run.text


class TestCancelling:
    @pytest.mark.parametrize("spelling", ["{0}", "{1}の{2}番", "{1} {2}"])
    def test_a_reference_is_read_however_it_is_typed(self, run: Told, spelling: str) -> None:
        run("book", *AT, "--json")
        code = str(run.data[0]["reference"])
        word, number = code.split("-")
        assert run("cancel", *spelling.format(code, word, number).split()) == 0
        assert "取り消しました" in run.text and "お知らせは送りません" in run.text

    def test_what_is_not_there_or_was_cancelled_is_told(self, run: Told) -> None:
        assert run("cancel", "さくら-27") == 1 and "ありません" in run.text
        run("book", *AT, "--json")
        code = str(run.data[0]["reference"])
        assert run("cancel", code) == 0
        assert run("cancel", code) == 1 and "前に取り消されています" in run.text

    def test_a_mistaken_cancellation_is_taken_back(self, run: Told) -> None:
        run("book", *AT, "--json")
        code = str(run.data[0]["reference"])
        assert run("cancel", code) == 0 and f"madoguchi cancel {code} --undo" in run.text
        assert run("cancel", code, "--undo") == 0 and "元にもどしました" in run.text
        assert run("bookings", "--json") == 0 and [one["reference"] for one in run.data] == [code]

    def test_what_cannot_be_taken_back_is_told(self, run: Told, monkeypatch: Patch) -> None:
        assert run("cancel", "さくら-27", "--undo") == 1 and "ありません" in run.text
        run("book", *AT, "--json")
        code = str(run.data[0]["reference"])
        assert run("cancel", code, "--undo") == 1 and "取り消されていません" in run.text
        assert run("cancel", code) == 0
        monkeypatch.setenv("DESK_CLOCK", "2026-08-04T10:00:00+09:00")
        assert run("cancel", code, "--undo") == 1 and "時間が過ぎました" in run.text

    def test_a_visit_that_has_begun_is_not_cancelled(self, run: Told, monkeypatch: Patch) -> None:
        run("book", *AT, "--json")
        code = str(run.data[0]["reference"])
        monkeypatch.setenv("DESK_CLOCK", "2026-08-12T13:50:00+09:00")
        assert run("cancel", code) == 1 and "もう始まっている" in run.text


class TestClosing:
    def test_it_shows_first_and_changes_nothing(
        self, run: Told, url: str, practice: Edition
    ) -> None:
        booked_on_line(url, practice.catalogue)
        run("book", *AT, "--json")
        code = str(run.data[0]["reference"])
        assert run("close", *PLACE, "--reason", "台風") == 0
        assert "LINEの予約　1件" in run.text and "電話の予約　1件" in run.text and code in run.text
        assert "--yes" in run.text
        run("bookings", "--json")
        assert {one["status"] for one in run.data} == {"booked"}

    def test_closed_nobody_is_cancelled_and_the_phone_list_can_be_seen_again(
        self, run: Told
    ) -> None:
        run("book", *AT, "--json")
        code = str(run.data[0]["reference"])
        for _ in range(2):
            assert run("close", *PLACE, "--reason", "台風", "--yes") == 0 and code in run.text
        run("bookings", "--json")
        assert [one["status"] for one in run.data] == ["closed"]
        assert run("book", *AT) == 1 and "理由：台風" in run.text

    def test_a_day_that_is_not_open_is_not_closed(self, run: Told) -> None:
        assert run("close", "--venue", "北沢", "--date", "9/9", "--reason", "台風", "--yes") == 1
        assert "もともと開かない日" in run.text and "9月14日" in run.text
        assert run("open", *PLACE) == 1 and "閉じられていません" in run.text

    def test_opened_again_everybody_has_the_old_place(self, run: Told) -> None:
        run("book", *AT, "--people", "2", "--json")
        code = str(run.data[0]["reference"])
        run("close", *PLACE, "--reason", "台風", "--yes")
        assert run("open", *PLACE) == 0 and code in run.text
        run("bookings", "--json")
        assert [one["status"] for one in run.data] == ["booked"]
        assert run("book", *AT) == 1

    def test_a_day_taken_from_the_table_is_not_said_to_be_open_again(
        self, run: Told, tmp_path: Path, monkeypatch: Patch
    ) -> None:
        run("book", *AT, "--json")
        code = str(run.data[0]["reference"])
        run("close", *PLACE, "--reason", "台風", "--yes")
        monkeypatch.setenv("FAQ_DIR", str(_with_fewer_days(tmp_path)))
        assert run("open", *PLACE) == 0
        assert "表（facts.yaml）にありません" in run.text and "また開けました" not in run.text
        assert "もどせなかった方" in run.text and code in run.text

    def test_a_pin_in_the_reason_is_refused_and_kept_nowhere(self, run: Told, url: str) -> None:
        assert run("close", *PLACE, "--reason", "暗証番号は4649です", "--yes") == 2
        assert "受け取りませんでした" in run.text and "4649" not in run.text
        kept = open_ledger(url)
        assert kept.shelf("closed") == {}
        kept.close()


class TestGivingBack:
    """closing.give_back: the rule itself."""

    def again(self, hand: Hand, code: str) -> Booking:
        def work(pages: Pages, table: Table) -> Booking:
            booking = booking_at(pages, code)
            assert booking is not None
            return closing.give_back(pages, booking, table)

        return hand.does(work)

    def test_it_is_told_and_reminded_of_again(self) -> None:
        hand = Hand(MemoryLedger())
        code = code_of(hand.book("anna"))
        hand.close_day()
        assert hand.reopen_day() == [code]
        assert self.again(hand, code).state == "booked" and set(hand.desks().values()) == {code}
        assert hand.notices("closure") == [] and len(hand.notices("reopened")) == 1
        assert len(hand.notices("reminder_day")) == len(hand.notices("reminder_morning")) == 1

    def test_a_place_that_another_has_now_is_not_taken_from_him(self) -> None:
        hand = Hand(MemoryLedger())
        code = code_of(hand.book("anna", people=2))
        hand.close_day()
        hand.reopen_day()
        other = code_of(hand.book("bert"))
        assert self.again(hand, code).state == "closed" and set(hand.desks().values()) == {other}

    def test_not_while_closed_nor_once_the_visit_has_begun(self) -> None:
        hand = Hand(MemoryLedger())
        code = code_of(hand.book("anna"))
        hand.close_day()
        assert self.again(hand, code).state == "closed"
        hand.reopen_day()
        hand.now += 6 * 86_400
        assert self.again(hand, code).state == "closed"

    def test_one_who_chose_another_day_keeps_it(self) -> None:
        hand = Hand(MemoryLedger())
        code = code_of(hand.book("anna"))
        hand.close_day()
        hand.does(lambda pages, table: ledger.cancel(pages, guest("anna"), code, table))
        hand.reopen_day()
        assert self.again(hand, code).state == "cancelled" and hand.desks() == {}


class Forgetful(MemoryLedger):
    """Writes what it is told, and loses `lost` answers on the way, from the next write on."""

    lost = 0
    losing = False

    def transact(self, work: Callable[[Pages], T]) -> T:
        before = dict(self._committed)
        result = super().transact(work)
        self.losing = self.lost > 0 and (self.losing or self._committed != before)
        if self.losing:
            self.lost -= 1
            raise StorageError("answer lost")
        return result


class TestAnswerLostOnTheWay:
    @pytest.fixture(autouse=True)
    def no_pauses(self, monkeypatch: Patch) -> None:
        monkeypatch.setattr("bot.operating._PAUSES", (0.0, 0.0))

    @pytest.fixture
    def desk(self, practice: Edition) -> Operating:
        return Operating(Forgetful(), practice.catalogue, NOW)

    def lose(self, desk: Operating, answers: int = 1) -> None:
        assert isinstance(desk.ledger, Forgetful)
        desk.ledger.lost = answers

    def booked(self, desk: Operating) -> str:
        told = book_for_caller(desk, SLOT, Wish(channel="phone"), "request")
        assert isinstance(told, Booking)
        return told.reference

    def test_a_caller_is_booked_once(self, desk: Operating) -> None:
        self.lose(desk)
        code = self.booked(desk)
        assert [one.reference for one in desk.bookings()] == [code]

    def test_a_cancellation_is_not_told_as_one_that_was_there_before(self, desk: Operating) -> None:
        code = self.booked(desk)
        self.lose(desk)
        assert cancel_for_caller(desk, code, "request").ok

    def test_a_closing_and_an_opening_still_name_everybody(self, desk: Operating) -> None:
        code, one = self.booked(desk), Day(desk, SLOT.venue, SLOT.day)
        self.lose(desk)
        assert "電話の予約　1件" in close_day(one, "台風", "a")
        self.lose(desk)
        assert code in reopen_day(one, "b")
        assert [booking.state for booking in desk.bookings()] == ["booked"]

    def test_one_that_never_comes_is_said_to_be_unsure(self, desk: Operating) -> None:
        self.lose(desk, 9)
        with pytest.raises(StorageError, match="madoguchi bookings"):
            self.booked(desk)


SLIPS: list[tuple[list[str], str]] = [
    (["book"], "--venue, --date, --time がありません"),
    (["boook"], "「book」のことでしょうか"),
    (["book", "北沢", "8/25", "13:45"], "例：madoguchi book --venue 北沢"),
    (["book", *AT, "--name", "山田"], "お名前・電話番号・住所は、どこにも書きません"),
    (["book", *AT, "--phone", "0312345678"], "どこにも書きません"),
    (["book", "--venue", "北澤", "--date", "8/12", "--time", "9:00"], "「北沢」のことでしょうか"),
    (["book", "--venue", "渋谷", "--date", "8/12", "--time", "9:00"], "世田谷・北沢・玉川・砧・烏山"),
    (["book", "--venue", "北沢", "--date", "2月30日", "--time", "9:00"], "2月は28日までです。「2026-02-28」"),
    (["book", "--venue", "北沢", "--date", "2027-08-25", "--time", "9:00"], "「2026-08-25」のことでしょうか"),
    (["book", "--venue", "北沢", "--date", "0825", "--time", "9:00"], "「2026-08-25」のように"),
    (["book", "--venue", "北沢", "--date", "来週", "--time", "9:00"], "一日だけ書いてください"),
    (["book", "--venue", "北沢", "--date", "8/12 9:00", "--time", "9:00"], "時刻は --time"),
    (["book", *PLACE, "--time", "1345"], "「13:45」のように"),
    (["book", *PLACE, "--time", "午後"], "「13:45」のように"),
    (["book", *AT, "--people", "3"], "2人までです"),
    (["book", *AT, "--people", "多い"], "1 か 2 を書いて"),
    (["book", *AT, "--topics", "ペイペイ"], "せたがやPay か 東京アプリ"),
    (["book", "--venue"], "--venue のあとに、値を書いてください"),
    (["bookings", "--date", "13月1日"], "月は1から12です"),
    (["bookings", "--unsent", "--deletions"], "どちらか一つ"),
    (["bookings", "--jsn"], "--jsn は、bookings では使えません"),
    (["cancel"], "例：madoguchi cancel さくら-27"),
    (["cancel", "27"], "さくら-27 のように"),
    (["cancel", "さくら-27", "すいか-31"], "一度に一つだけ"),
    (["close", *PLACE], "--reason がありません"),
    (["close", *PLACE, "--reason", "あ" * 41], "40文字まで"),
    (["close", *PLACE, "--reason", " "], "理由を書いてください"),
    (["open", "--venue", "北沢"], "--date がありません"),
    (["sheet", *PLACE, "--out", "/nowhere/day.html"], "ほかの場所を書いてください"),
]  # fmt: skip


@pytest.mark.parametrize(("argv", "told"), SLIPS)
def test_a_slip_is_told_with_what_to_type_and_exit_2(run: Told, argv: list[str], told: str) -> None:
    assert run(*argv) == 2
    assert told in run.text and "usage" not in run.text


def test_dashes_of_a_japanese_keyboard_are_read(run: Told) -> None:
    assert run("bookings", "－－venue", "北沢", "ーーjson") == 0 and run.data == []


@pytest.mark.parametrize(
    "argv",
    [
        ["cancel", "4649"],
        ["book", "--venue", "4649", "--date", "8/12", "--time", "9:00"],
        ["book", "--venue", "北沢", "--date", "4649", "--time", "9:00"],
        ["book", *PLACE, "--time", "4649"],
        ["book", *PLACE, "--time", "9:00", "--topics", "暗証番号4649"],
        ["book", *AT, "4649"],
        ["boook4649"],
        ["open", *PLACE, "--pin=4649"],
    ],
)
def test_a_pin_typed_anywhere_is_not_repeated(run: Told, argv: list[str]) -> None:
    assert run(*argv) == 2 and run.text and "4649" not in run.text


def test_a_case_that_is_a_bookings_reference_shows_the_booking(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A caller does not know which of the two words hers is."""
    monkeypatch.setenv("STORE_URL", f"sqlite:///{tmp_path}/desk.db")
    monkeypatch.setenv("FAQ_DIR", str(ROOT / "faq" / "practice"))
    hand = Hand(open_ledger(f"sqlite:///{tmp_path}/desk.db"))
    code = code_of(hand.book("anna"))
    hand.ledger.close()
    assert main(["case", code]) == 0
    assert "予約の合い言葉です（予約）" in capsys.readouterr().out
