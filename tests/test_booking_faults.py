"""What goes wrong in the middle of a booking: too late, crashed, blocked, unsent, closed, the clock put."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import PracticeClock
from bot.knowledge import Edition
from bot.reception import Reception
from bot.store import open_ledger
from bot.store.base import Ledger
from bot.store.memory import MemoryLedger
from intents.bookings import Outcome, Waiting, Wish
from intents.ledger import guests
from intents.ledger.closing import close_day
from intents.ledger.pages import deleted_at
from intents.ledger.places import HOLD_SECONDS
from intents.slots import Slot
from tests.support import events
from tests.support.desk import DeskUnderTest, texts_of
from tests.support.line import StandInLine
from tests.support.pages import OPENINGS, OTHER, SLOT, TUESDAY, Hand, code_of, guest
from tests.support.patience import PATIENCE
from tests.support.redis import RealRedis


@pytest.fixture
def hand() -> Hand:
    return Hand(MemoryLedger())


@dataclass
class Person:
    """Somebody at the desk: each message has its own reception, as in the running desk."""

    hand: Hand
    name: str
    messages: int = field(default=0, init=False)

    def message(self, again: bool = False) -> Reception:
        """A new message; `again`: the last one, taken up once more after a crash."""
        self.messages += not again
        request = f"{self.name}-{self.messages}"
        return Reception(self.hand.ledger, guest(self.name), request, self.hand.openings, self.hand.now)


@pytest.fixture
def anna(hand: Hand) -> Person:
    return Person(hand, "anna")


class TestTheSameButton:
    """「予約する」 carries a key: pressed twice it books once. A refusal is another thing."""

    def test_who_was_too_late_for_one_place_gets_another_in_the_same_talk(
        self, hand: Hand, anna: Person
    ) -> None:
        anna.message().hold(SLOT, 1)
        hand.now += HOLD_SECONDS
        hand.book("", SLOT, 2)
        assert anna.message().book(SLOT, Wish(), "key").kind == "full"
        anna.message().hold(OTHER, 1)
        assert anna.message().book(OTHER, Wish(), "key").ok

    def test_who_was_refused_gets_the_place_once_it_is_free(self, hand: Hand, anna: Person) -> None:
        taken = code_of(hand.book("bert", people=2))
        mine = code_of(anna.message().book(OTHER, Wish(), "first"))
        assert anna.message().book(SLOT, Wish(), "key").kind == "full"
        assert anna.message().move(mine, SLOT, "moving").kind == "full"
        hand.cancel("bert", taken)
        assert anna.message().move(mine, SLOT, "moving").ok
        assert anna.message().book(SLOT, Wish(), "key").ok

    def test_no_message_is_told_no_and_then_yes(self, hand: Hand, anna: Person) -> None:
        taken = code_of(hand.book("bert", people=2))
        assert anna.message().book(SLOT, Wish(), "key").kind == "full"
        hand.cancel("bert", taken)
        assert anna.message(again=True).book(SLOT, Wish(), "key").kind == "full"

    def test_pressed_twice_it_books_once(self, hand: Hand, anna: Person) -> None:
        codes = {code_of(anna.message().book(slot, Wish(), "key")) for slot in (SLOT, SLOT, OTHER)}
        assert len(codes) == 1 and len(hand.ledger.shelf("booking")) == 1

    def test_a_message_answered_again_is_told_of_the_place_that_it_holds_now(
        self, hand: Hand, anna: Person
    ) -> None:
        """After a crash the first free place may be another one than before."""
        anna.message().hold(SLOT, 1)
        held = anna.message(again=True).hold(OTHER, 1).hold
        assert held is not None and held.slot == OTHER and anna.message().held() == held


class TestNoPlaceIsLost:
    def test_who_waits_for_a_day_that_has_a_place_again_is_offered_it_at_once(self, hand: Hand) -> None:
        """It was full when she looked, and free before she tapped 「空きを待つ」."""
        hand.openings = replace(OPENINGS, slots=(SLOT.time,))
        code = code_of(hand.book("bert", people=2))
        hand.cancel("bert", code)
        assert hand.wait("anna").ok
        assert set(hand.desks().values()) == {"offer:anna"} and len(hand.notices("offer")) == 1

    def test_who_holds_a_place_keeps_it_when_it_is_renewed_though_others_wait(self, hand: Hand) -> None:
        """Bert's hold runs out and nobody has cleared it yet: his place goes along the line, hers not."""
        hand.openings = replace(OPENINGS, slots=(SLOT.time,))
        hand.hold("bert")
        hand.now += HOLD_SECONDS - 1
        hand.hold("anna")
        for user in ("carl", "dora"):
            hand.wait(user)
        hand.now += 1
        assert hand.hold("anna").ok
        assert set(hand.desks().values()) == {"hold:anna", "offer:carl"}

    def test_taking_back_is_not_in_her_own_way(self, hand: Hand) -> None:
        """She cancels, begins to book the same place again, and then presses 元にもどす."""
        code = code_of(hand.book("anna", people=2))
        hand.cancel("anna", code)
        hand.hold("anna", people=2)
        assert hand.restore("anna", code).ok
        assert set(hand.desks().values()) == {code} and not hand.ledger.shelf("hold")

    def test_forgetting_in_the_middle_of_a_booking_frees_what_was_held(
        self, desk: DeskUnderTest, clock: PracticeClock
    ) -> None:
        desk.say("北沢で8月12日の午前9時に予約")
        assert desk.running.store.shelf("hold")
        assert desk.send(events.event("unfollow")) == 200
        clock.move(clock.now() + timedelta(seconds=HOLD_SECONDS))
        desk.running.outbox.run_once()
        assert not desk.running.store.shelf("hold") and not desk.running.store.shelf("place")

    def test_who_blocks_the_desk_waits_no_longer(self, hand: Hand) -> None:
        """An offer to her would be read by nobody, and keep the place from the next for an hour."""
        hand.openings = replace(OPENINGS, slots=(SLOT.time,))
        code = code_of(hand.book("anna", people=2))
        hand.wait("bert", people=2)
        hand.wait("carl", people=2)
        hand.does(lambda pages, table: guests.leave_lines(pages, "bert", table.now))
        hand.cancel("anna", code)
        assert set(hand.desks().values()) == {"offer:carl"} and "bert" not in hand.ledger.shelf("person")

    def test_blocking_takes_her_off_the_waiting_list_and_leaves_her_booking(
        self, desk: DeskUnderTest, clock: PracticeClock
    ) -> None:
        desk.say("北沢で8月12日の午前9時に予約、東京アプリ、わたし")
        desk.say("はい")
        assert len(desk.running.store.shelf("booking")) == 1
        user = next(iter(desk.running.store.shelf("person")))
        openings = desk.running.library.edition.catalogue.facts.openings
        assert openings is not None
        reception = Reception(
            desk.running.store, guest(user), "q", openings, int(clock.now().timestamp())
        )
        assert reception.wait(Waiting("kitazawa", date(2026, 8, 13), earliest=datetime.max.time())).ok
        assert desk.running.store.shelf("waiting")
        assert desk.send(events.event("unfollow")) == 200
        assert not desk.running.store.shelf("waiting")
        assert len(desk.running.store.shelf("booking")) == 1


class TestTheClockJumps:
    @pytest.mark.parametrize("jump", [86_400, -86_400])
    def test_in_the_middle_of_a_booking_it_still_ends_in_one_place(
        self, hand: Hand, anna: Person, jump: int
    ) -> None:
        anna.message().hold(SLOT, 1)
        hand.now += jump
        code = code_of(anna.message().book(SLOT, Wish(), "key"))
        hand.now -= jump
        assert code_of(anna.message().book(SLOT, Wish(), "key")) == code
        assert set(hand.desks().values()) == {code} and len(hand.ledger.shelf("booking")) == 1

    def test_back_by_a_day_wrong_guesses_lock_nobody_out_for_longer(self, hand: Hand) -> None:
        code = code_of(hand.book("anna"))
        for _ in range(guests.WRONG_GUESSES):
            hand.find("bert", "さくら-00")
        assert hand.find("bert", code).kind == "locked"
        hand.now -= 86_400
        assert hand.find("bert", code).ok

    def test_a_deleted_booking_is_deleted_whatever_the_clock_says_later(self, hand: Hand) -> None:
        hand.book("anna")
        hand.now = deleted_at(TUESDAY)
        hand.delete()
        hand.now -= 86_400
        hand.delete()
        assert not hand.ledger.shelf("booking") and not hand.ledger.shelf("place")


class TestClosingAndBookingAtOnce:
    @pytest.fixture(params=["sqlite", "redis"])
    def ledger(self, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Ledger]:
        if request.param == "sqlite":
            kept = open_ledger(f"sqlite:///{tmp_path}/desk.db")
            yield kept
            kept.close()
            return
        with RealRedis(tmp_path) as server:
            kept = open_ledger(server.url)
            yield kept
            kept.close()

    def test_every_booking_is_refused_or_displaced_and_told(self, ledger: Ledger) -> None:
        """Two operators close the day while eight people book on it: nobody stands on a closed day."""
        for number in range(4):
            hand = Hand(ledger, openings=replace(OPENINGS, days={f"v{number}": (TUESDAY,)}, desks=8, on_duty=9))
            outcomes = _at_once(hand, f"v{number}")
            stands = [page for page in ledger.shelf("booking").values() if page["slot"].startswith(f"v{number}/")]
            assert {page["state"] for page in stands} <= {"closed"}
            assert len(stands) == sum(one.ok for one in outcomes)
            told = {page["reference"] for page in ledger.shelf("notice").values() if page["kind"] == "closure"}
            assert {page["reference"] for page in stands} <= told
            touched = ledger.shelf("closed")[f"v{number}/{TUESDAY}"]["touched"]
            assert sorted(touched) == sorted(page["reference"] for page in stands)
        assert not ledger.shelf("place")


def _at_once(hand: Hand, venue: str) -> list[Outcome]:
    start, outcomes = threading.Barrier(10), list[Outcome]()
    slot = Slot(venue, TUESDAY, SLOT.time)

    def close() -> None:
        start.wait(PATIENCE)
        hand.does(lambda pages, table: close_day(pages, venue, TUESDAY, "台風", table))

    def take(number: int) -> None:
        start.wait(PATIENCE)
        outcomes.append(hand.book(f"{venue}-{number}", slot))

    threads = [threading.Thread(target=close) for _ in range(2)]
    threads += [threading.Thread(target=take, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(PATIENCE)
    return outcomes


class TestAMessageUnsent:
    def test_its_booking_stands_and_was_told_once(self, desk: DeskUnderTest) -> None:
        """LINE's 送信取消 takes the words back, not the booking that came of them."""
        desk.say("北沢で8月12日の午前9時に予約、東京アプリ、わたし")
        said = events.text("はい")
        desk.ask(said)
        unsent = events.event("unsend", unsend={"messageId": said["message"]["id"]})
        assert desk.send(unsent) == 200 and desk.is_quiet()
        assert len(desk.running.store.shelf("booking")) == 1
        assert not [one for one in desk.running.store.shelf("notice") if one.startswith("receipt")]
        assert "8月12日（水）" in "".join(desk.say("予約の確認"))


class TestRedisIsGone:
    def test_for_a_while_in_the_middle_of_a_booking(
        self, tmp_path: Path, line: StandInLine, clock: PracticeClock, practice: Edition
    ) -> None:
        """The tap is answered with "busy", delivered again by LINE, and told of by a push: once."""
        with (
            RealRedis(tmp_path) as server,
            DeskUnderTest(tmp_path, line, clock, practice, store_url=server.url) as desk,
        ):
            desk.say("北沢で8月12日の午前9時に予約、東京アプリ、わたし")
            assert desk.is_quiet() and desk.running.store.shelf("hold")
            server.kill()
            said = events.text("はい")
            assert desk.send(said) >= 500
            busy = practice.catalogue.prompts["busy"].ja
            assert busy.strip() in "".join(texts_of(line.wait_reply(said["replyToken"])))
            server.start()
            assert [desk.send(said | {"deliveryContext": {"isRedelivery": True}}) for _ in range(2)] == [200, 200]
            [pushed] = line.wait_pushes(1)
            assert pushed.to == events.USER and desk.is_quiet()
            [page] = desk.running.store.shelf("booking").values()
            assert page["slot"] == "kitazawa/2026-08-12/09:00" and page["state"] == "booked"
            assert page["reference"] in "".join(texts_of(pushed.messages)) and len(line.pushes) == 1
