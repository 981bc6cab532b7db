"""What is told of a booking stays true, and what names it goes with it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import get_args

import pytest

from bot.clock import PracticeClock
from bot.knowledge import Edition
from bot.listing import KINDS, WHYS
from bot.outbox_rules import Budget, Why, lease, retry_key
from bot.store.memory import MemoryLedger
from bot.store.sweeping import sweep_pages
from intents.guard import Context, SafeText, judge
from intents.ledger.notices import NoticeKind, of_booking
from intents.ledger.pages import KEEP_DAYS, deleted_at, put_booking
from intents.model import LANGS, Lang
from intents.office import JST
from intents.say import Speaker
from intents.telling import booking_lines, receipt, say_notice
from tests.conftest import ROOT
from tests.support.desk import DeskUnderTest
from tests.support.line import StandInLine
from tests.support.notices import NOW as NOTICED
from tests.support.notices import booked, booking
from tests.support.pages import NEXT_DAY, OPENINGS, SLOT, TUESDAY, Hand, code_of
from tests.test_outbox import Book

MORNING = datetime(2026, 8, 20, 11, tzinfo=JST)


@pytest.fixture
def hand() -> Hand:
    return Hand(MemoryLedger())


class TestTheReceipt:
    @pytest.mark.parametrize("lang", LANGS)
    def test_it_says_all_that_matters_and_what_is_forwarded_says_nobodys_name(
        self, practice: Edition, lang: Lang
    ) -> None:
        speak = Speaker(practice.catalogue, lang, date(2026, 8, 20))
        large, forward = receipt(speak, booking(), "receipt_booked", lambda *_: "https://desk.example/c.ics")
        assert large.large and [button.label for button in large.buttons][-1] == speak.prompt("receipt_calendar")
        for bubble in (large, forward):
            assert "さくら-1" in bubble.text and speak.date(booking().slot.day) in bubble.text
            assert isinstance(judge(bubble.text, Context()).outcome, SafeText)
        assert "45" in large.text and speak.prompt("receipt_bring") in large.text
        assert not forward.buttons and "user-1" not in forward.text

    @pytest.mark.parametrize("kind", [one for one in get_args(NoticeKind) if one not in ("offer", "waiting_over")])
    @pytest.mark.parametrize("lang", LANGS)
    def test_every_push_names_the_day_with_its_weekday(
        self, practice: Edition, kind: NoticeKind, lang: Lang
    ) -> None:
        speak = Speaker(practice.catalogue, lang, date(2026, 8, 20))
        one = replace(booking(), state="cancelled" if kind == "cancelled" else "booked")
        reply = say_notice(of_booking(kind, one, NOTICED), one, speak, MORNING)
        assert reply.bubbles and ("（火）" in reply.bubbles[0].text or "Tue" in reply.bubbles[0].text)


class TestNothingUntrueIsTold:
    def test_taking_back_onto_a_closed_day_is_not_called_somebody_elses(self, hand: Hand) -> None:
        code = code_of(hand.book("anna"))
        hand.cancel("anna", code)
        hand.close_day()
        assert hand.restore("anna", code).kind == "closed"
        assert hand.ledger.shelf("booking")[code]["state"] == "cancelled"

    @pytest.mark.parametrize("lang", LANGS)
    def test_a_booking_of_a_closed_day_has_no_receipt(self, practice: Edition, lang: Lang) -> None:
        """An old 「予約する」 pressed again, or a look by reference: the day is closed, and that is said."""
        speak = Speaker(practice.catalogue, lang, date(2026, 8, 20))
        closed = replace(booking(), state="closed")
        [bubble] = receipt(speak, closed, "receipt_standing", None)
        assert speak.prompt("receipt_standing") not in bubble.text
        assert speak.prompt("closure_next") in bubble.text
        assert speak.prompt("visit_closed") in booking_lines(speak, closed)
        assert speak.prompt("visit_closed") not in booking_lines(speak, booking())

    @pytest.mark.parametrize("lang", LANGS)
    def test_of_a_day_that_opens_after_all_it_is_said_which(self, practice: Edition, lang: Lang) -> None:
        speak = Speaker(practice.catalogue, lang, date(2026, 8, 20))
        reply = say_notice(of_booking("reopened", booking(), NOTICED), booking(), speak, MORNING)
        first, forward = reply.bubbles
        day = {"ja": "8月25日（火）の砧総合支所は、開くことになりました", "easy": "8月25日", "en": "after all"}
        assert day[lang] in first.text and "さくら-1" in first.text and "さくら-1" in forward.text

    def test_where_the_table_is_taken_away_who_booked_still_sees_and_cancels(
        self, desk: DeskUnderTest, edition: Edition
    ) -> None:
        """The ward's own content has no table: an edit may take it away while bookings stand."""
        desk.say("北沢で8月12日の午前9時に予約、東京アプリ、わたし")
        assert "予約できました" in "".join(desk.say("はい"))
        assert edition.catalogue.facts.openings is None
        desk.running.library.edition = edition
        shown = "".join(desk.say("予約の確認"))
        assert "8月12日（水）午前9時" in shown and "ほかの方も見ている" not in shown
        code = next(iter(desk.running.store.shelf("booking")))
        assert "次の予約を取り消しました" in "".join(desk.tap(f"cancelit:{code}"))
        assert not desk.running.store.shelf("place")

    def test_where_there_is_no_table_nobody_is_told_of_a_group(
        self, tmp_path: Path, line: StandInLine, clock: PracticeClock, edition: Edition
    ) -> None:
        with DeskUnderTest(tmp_path, line, clock, edition, faq_dir=ROOT / "faq") as desk:
            assert "ほかの方も見ている" not in "".join(desk.say("予約の確認"))

    def test_a_day_taken_from_the_table_keeps_its_bookings_and_reminders(self, hand: Hand) -> None:
        code = code_of(hand.book("anna"))
        hand.openings = replace(OPENINGS, days={"kitazawa": (NEXT_DAY.day,)})
        assert set(hand.desks().values()) == {code} and len(hand.notices("reminder_day")) == 1
        assert hand.hold("bert").kind == hand.wait("bert").kind == "closed"
        assert hand.move("anna", code, NEXT_DAY).ok and hand.desks() == {}
        assert hand.restore("anna", code).kind == "closed"

    def test_a_place_freed_on_a_day_taken_from_the_table_is_offered_to_nobody(self, hand: Hand) -> None:
        hand.openings = replace(OPENINGS, slots=(SLOT.time,))
        code = code_of(hand.book("anna", people=2))
        hand.wait("bert")
        hand.openings = replace(OPENINGS, days={"kitazawa": (NEXT_DAY.day,)})
        hand.cancel("anna", code)
        assert hand.desks() == {} and hand.notices("offer") == []


class TestAReferenceGivenOutAgain:
    """Sixty thousand references, and deleted ones come back: nothing of the old booking clings to it."""

    OLD = replace(booking(1), made=NOTICED - 40 * 86_400)
    NEW = booking(1)

    def test_its_notices_have_retry_keys_of_their_own(self) -> None:
        """Else LINE would answer 409 to the new receipt, and nobody would be told."""
        ids = [of_booking("receipt", one, NOTICED).id for one in (self.OLD, self.NEW)]
        assert retry_key(ids[0]) != retry_key(ids[1])

    def test_a_notice_of_the_old_booking_never_tells_of_the_new_one(self) -> None:
        """It would tell the one who had the reference before when and where another comes."""
        book = Book()
        notice = booked(book, "receipt", self.OLD)
        put_booking(book, self.NEW)
        assert lease(book, notice.id, NOTICED, Budget()) is None
        assert ("notice", notice.id) not in book and not book.unsent()


class TestRetention:
    def test_nothing_that_names_a_booking_outlives_it(self, hand: Hand) -> None:
        """Not the list of those whom a closed day touched, nor what could not be sent."""
        code = code_of(hand.book("anna"))
        hand.close_day()
        hand.now = deleted_at(TUESDAY)
        for notice in list(hand.ledger.shelf("notice")):
            hand.does(lambda pages, table, notice=notice: lease(pages, notice, table.now, Budget()))  # type: ignore[misc]
        assert hand.ledger.shelf("unsent")
        hand.delete()
        sweep_pages(hand.ledger, hand.now)
        kept = [page for shelf in ("booking", "closed", "unsent", "request", "place", "hold", "person")
                for page in hand.ledger.shelf(shelf).items()]  # type: ignore[arg-type] # fmt: skip
        assert not kept and code not in str(hand.ledger.shelf("deletion"))

    def test_of_the_last_visit_nothing_is_left_after_thirty_days(self) -> None:
        last = date(2026, 10, 30)
        left = datetime.fromtimestamp(deleted_at(last), JST)
        assert left == datetime(2026, 11, 30, 0, 0, tzinfo=JST) and KEEP_DAYS == 30


def test_staff_read_every_kind_of_notice_and_every_reason_in_words() -> None:
    assert set(get_args(NoticeKind)) == set(KINDS) and set(get_args(Why)) == set(WHYS)
