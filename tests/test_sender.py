"""The sender at work on a real store and against LINE's stand-in: faults, the month's limit, housekeeping."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.knowledge import Edition, Library
from bot.line import Line, LineError
from bot.loop import wait_from_thread
from bot.outbox import _PUSHES, READING, Outbox
from bot.outbox_rules import RESERVE, retry_key
from bot.seal import Seal
from bot.store import open_ledger
from bot.store.base import Ledger
from intents.bookings import Booking, Hold
from intents.ledger.notices import Notice, NoticeKind
from intents.ledger.pages import Pages, put_hold
from intents.model import Bubble, Reply
from intents.office import JST
from intents.say import Speaker
from tests.conftest import ROOT
from tests.support.line import Faults, StandInLine
from tests.support.notices import NOW, SEAL, VISIT, booked, booking
from tests.support.sending import Moment, line_id


class TestLineCalls:
    @pytest.fixture
    def client(self, line: StandInLine) -> Iterator[Line]:
        client = Line(line.url, "test-token")
        yield client
        client.close()

    def test_a_repeat_with_its_retry_key_is_no_second_message(self, line: StandInLine, client: Line) -> None:
        said = [{"type": "text", "text": "こんにちは"}]
        assert [client.push(line_id(1), said, retry_key("x")) for _ in range(2)] == [200, 409]
        assert [(one.to, one.messages) for one in line.pushes] == [(line_id(1), said)]

    def test_the_quota_is_read_and_none_is_no_limit(self, line: StandInLine, client: Line) -> None:
        assert client.quota() == (None, 0)
        line.limit, line.used_before = 200, 180
        assert client.quota() == (200, 180)

    def test_the_months_limit_is_told_from_too_many_calls(self, line: StandInLine, client: Line) -> None:
        line.limit = 0
        assert self.refusal(client).month_is_full
        line.limit, line.statuses = None, [429]
        error = self.refusal(client)
        assert error.may_pass and not error.month_is_full

    def test_a_used_token_is_told_from_a_faulty_message(self, line: StandInLine, client: Line) -> None:
        self.reply(client, "token")
        with pytest.raises(LineError) as used:
            self.reply(client, "token")
        line.statuses = [400]
        with pytest.raises(LineError) as faulty:
            self.reply(client, "other")
        assert (used.value.token_used, faulty.value.token_used) == (True, False)

    def test_a_lost_answer_may_have_arrived_and_a_closed_port_surely_not(
        self, line: StandInLine, client: Line
    ) -> None:
        line.lose = 1
        assert self.refusal(client).may_have_arrived
        assert not self.refusal(Line("http://127.0.0.1:1", "t")).may_have_arrived

    @staticmethod
    def reply(client: Line, token: str) -> None:
        wait_from_thread(client.loop, client.reply(token, [{}]))

    @staticmethod
    def refusal(client: Line) -> LineError:
        with pytest.raises(LineError) as caught:
            client.push(line_id(1), [{"type": "text", "text": "x"}], retry_key("y"))
        return caught.value


def in_words(notice: Notice, booking: Booking | None, speak: Speaker, now: datetime) -> Reply:
    if notice.reference == "さくら-13":
        raise ZeroDivisionError("a mistake in the words")
    return Reply((Bubble(f"{notice.kind} {notice.reference}"),))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    opened = open_ledger(f"sqlite:///{tmp_path}/desk.db")
    yield opened
    opened.close()


@pytest.fixture
def at() -> Moment:
    return Moment(datetime.fromtimestamp(NOW, JST))


@pytest.fixture
def outbox(ledger: Ledger, line: StandInLine, at: Moment, practice: Edition) -> Iterator[Outbox]:
    library = Library(ROOT / "faq" / "practice", practice)
    client = Line(line.url, "test-token")
    yield Outbox(ledger, SEAL, client, library, at, in_words)
    client.close()


def write(ledger: Ledger, *numbers: int, kind: NoticeKind = "receipt") -> list[Notice]:
    return ledger.transact(lambda pages: [booked(pages, kind, booking(n)) for n in numbers])


def later(at: Moment, seconds: int) -> None:
    at.at += timedelta(seconds=seconds)


class TestSender:
    def test_what_is_due_reaches_its_person_and_leaves_nothing(
        self, outbox: Outbox, ledger: Ledger, line: StandInLine
    ) -> None:
        write(ledger, 1, 2)
        assert (outbox.run_once(), outbox.run_once()) == (2, 0)
        assert sorted(one.to for one in line.pushes) == [line_id(1), line_id(2)]
        assert not ledger.shelf("notice") and not ledger.shelf("unsent")

    def test_a_lost_answer_is_asked_again_with_the_same_key(
        self, outbox: Outbox, ledger: Ledger, line: StandInLine, at: Moment
    ) -> None:
        write(ledger, 1)
        line.lose = 1
        assert outbox.run_once() == 0
        later(at, 2)
        assert outbox.run_once() == 1
        assert (len(line.pushes), line.repeated) == (1, 1)

    def test_an_answer_that_comes_too_late_is_not_waited_for_and_not_doubled(
        self, outbox: Outbox, ledger: Ledger, line: StandInLine, at: Moment
    ) -> None:
        write(ledger, 1)
        outbox.line = Line(line.url, "test-token", patience=0.05)
        line.faults = Faults(seed=1, stall=1.0, stall_seconds=0.2)
        assert outbox.run_once() == 0
        line.faults = None
        later(at, 2)
        assert outbox.run_once() == 1
        assert (len(line.pushes), line.repeated) == (1, 1)

    @pytest.mark.parametrize("status", [500, 503, 429, 401, 403])
    def test_what_may_pass_is_tried_again(
        self, outbox: Outbox, ledger: Ledger, line: StandInLine, at: Moment, status: int
    ) -> None:
        write(ledger, 1)
        line.statuses = [status]
        assert outbox.run_once() == 0
        later(at, 2)
        assert outbox.run_once() == 1

    @pytest.mark.parametrize("status", [400, 404, 413])
    def test_what_line_refuses_for_good_goes_to_staff(
        self, outbox: Outbox, ledger: Ledger, line: StandInLine, status: int
    ) -> None:
        write(ledger, 1)
        line.statuses = [status]
        outbox.run_once()
        assert [page["why"] for page in ledger.shelf("unsent").values()] == ["refused"]
        assert not ledger.shelf("notice")

    def test_an_address_of_another_key_goes_to_staff(self, outbox: Outbox, ledger: Ledger) -> None:
        other = replace(booking(), address=Seal("another-secret-key-of-32-letters").seal(line_id(1)))
        ledger.transact(lambda pages: booked(pages, "receipt", other))
        outbox.run_once()
        assert [page["why"] for page in ledger.shelf("unsent").values()] == ["address"]

    @pytest.mark.provokes("outbox_failed")
    def test_a_mistake_with_one_keeps_no_other_waiting(
        self, outbox: Outbox, ledger: Ledger, line: StandInLine
    ) -> None:
        write(ledger, 12, 13, 14)
        assert outbox.run_once() == 2
        assert sorted(one.to for one in line.pushes) == [line_id(12), line_id(14)]

    def test_what_matters_more_goes_before_reminders(
        self, outbox: Outbox, ledger: Ledger, line: StandInLine, at: Moment
    ) -> None:
        """Those of one batch go side by side; what matters more is in the first one."""
        write(ledger, *range(100, 140), kind="reminder_day")
        later(at, 1)
        ledger.transact(lambda pages: booked(pages, "receipt", booking(3), NOW + 1))
        assert outbox.run_once() == 41
        assert line_id(3) in [one.to for one in line.pushes[:_PUSHES]]

    def test_of_eight_senders_one_sends_each(
        self, ledger: Ledger, line: StandInLine, at: Moment, practice: Edition, outbox: Outbox
    ) -> None:
        write(ledger, *range(20, 60))
        others = [
            Outbox(ledger, SEAL, outbox.line, outbox.library, at, in_words) for _ in range(8)
        ]
        with ThreadPoolExecutor(8) as pool:
            assert sum(pool.map(Outbox.run_once, others)) == 40
        assert (len(line.pushes), line.repeated) == (40, 0)


class TestQuota:
    def test_reminders_stop_at_the_reserve_and_receipts_still_go(
        self, outbox: Outbox, ledger: Ledger, line: StandInLine
    ) -> None:
        line.limit, line.used_before = 200, 200 - RESERVE - 2
        write(ledger, *range(1, 6), kind="reminder_day")
        assert outbox.run_once() == 2
        write(ledger, *range(6, 10))
        assert outbox.run_once() == 4
        assert len(ledger.shelf("notice")) == 3

    def test_withheld_to_the_end_they_stand_in_the_list_for_staff(
        self, outbox: Outbox, ledger: Ledger, line: StandInLine, at: Moment
    ) -> None:
        line.limit, line.used_before = 200, 190
        [notice] = write(ledger, 1, kind="reminder_day")
        outbox.run_once()
        at.at = datetime.fromtimestamp(notice.expires, JST)
        outbox.run_once()
        assert not line.pushes and not ledger.shelf("notice")
        listed = [(page["why"], page["reference"]) for page in ledger.shelf("unsent").values()]
        assert listed == [("quota", "さくら-1")]

    def test_a_full_month_stops_everything_until_the_next_reading(
        self, outbox: Outbox, ledger: Ledger, line: StandInLine, at: Moment
    ) -> None:
        line.limit = line.used_before = 200
        write(ledger, 1, 2, 3)
        assert outbox.run_once() == 0
        line.limit = 1000
        later(at, READING - 1)
        assert outbox.run_once() == 0
        later(at, 1)
        assert outbox.run_once() == 3

    def test_a_month_that_fills_up_unseen_is_learnt_from_the_refusal(
        self, outbox: Outbox, ledger: Ledger, line: StandInLine, at: Moment
    ) -> None:
        write(ledger, 1)
        outbox.run_once()
        line.limit, line.used_before = 200, 200
        write(ledger, 2, 3, 4)
        assert outbox.run_once() == 0
        calls = line.calls
        write(ledger, 5)
        assert outbox.run_once() == 0 and line.calls == calls
        line.used_before = 0
        later(at, READING)
        assert outbox.run_once() == 4

    def test_it_is_read_at_most_every_ten_minutes_and_not_where_nothing_is_to_be_sent(
        self, outbox: Outbox, ledger: Ledger, line: StandInLine, at: Moment
    ) -> None:
        outbox.run_once()
        assert line.asked == 0
        for number in range(1, 10):
            write(ledger, number)
            outbox.run_once()
            later(at, 60)
        assert (line.asked, len(line.pushes)) == (1, 9)
        later(at, 60)
        write(ledger, 10)
        outbox.run_once()
        assert line.asked == 2

    def test_a_quota_that_cannot_be_read_does_not_silence_the_desk_for_good(
        self, outbox: Outbox, ledger: Ledger, line: StandInLine, at: Moment, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        line.limit = line.used_before = 200
        write(ledger, 1)
        assert outbox.run_once() == 0
        line.limit = 1000

        def unreadable(_: Line) -> tuple[int | None, int]:
            raise LineError(500)

        monkeypatch.setattr(Line, "quota", unreadable)
        later(at, READING)
        assert outbox.run_once() == 1

    def test_pushes_between_two_readings_are_counted(
        self, outbox: Outbox, ledger: Ledger, line: StandInLine
    ) -> None:
        line.limit, line.used_before = 200, 200 - RESERVE - 1
        write(ledger, 1, 2, 3)
        assert outbox.run_once() == 3
        write(ledger, 4, kind="reminder_day")
        assert outbox.run_once() == 0


class TestHousekeeping:
    def test_a_hold_runs_out_and_its_place_is_free(self, outbox: Outbox, ledger: Ledger, at: Moment) -> None:
        def keep(pages: Pages) -> None:
            put_hold(pages, "hold:user-1", Hold(VISIT, 1, NOW + 600))
            pages.put("place", VISIT.key, {"0": ["hold:user-1", NOW + 600]})

        ledger.transact(keep)
        outbox.run_once()
        assert ledger.shelf("hold")
        later(at, 600)
        outbox.run_once()
        assert not ledger.shelf("hold") and not ledger.shelf("place")

    def test_a_booking_is_deleted_by_the_dated_rule_and_the_record_stays(
        self, outbox: Outbox, ledger: Ledger, at: Moment
    ) -> None:
        write(ledger, 1)
        at.at = datetime(2026, 9, 24, 23, tzinfo=JST)
        outbox.run_once()
        assert ledger.shelf("booking")
        at.at = datetime(2026, 9, 25, 0, 1, tzinfo=JST)
        outbox.run_once()
        assert not ledger.shelf("booking") and not ledger.shelf("place")
        assert [page["count"] for page in ledger.shelf("deletion").values()] == [1]
