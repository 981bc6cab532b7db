"""The rules of the waiting list, of closed days, looking up and deletion, on a store in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest

from bot.store.sweeping import sweep_pages
from intents.bookings import Waiting
from intents.ledger import guests
from intents.ledger.guests import ALL_GUESSES, MAX_WAITERS, WRONG_GUESSES
from intents.ledger.pages import KEEP_DAYS
from intents.ledger.places import HOLD_SECONDS, OFFER_SECONDS
from intents.office import JST
from tests.support.pages import (
    NEXT_DAY,
    NINE,
    OPENINGS,
    OTHER,
    QUARTER,
    SLOT,
    TUESDAY,
    WEDNESDAY,
    Hand,
    MemoryLedger,
    code_of,
    guest,
)

ONE_SLOT = replace(OPENINGS, slots=(NINE,))
EVENING = Waiting("kitazawa", TUESDAY, earliest=time(17))  # hours that no slot has


@pytest.fixture
def hand() -> Hand:
    return Hand(MemoryLedger())


class TestWaitingList:
    @pytest.fixture
    def hand(self) -> Hand:
        """One slot a day, so that a day is soon full."""
        return Hand(MemoryLedger(), openings=ONE_SLOT)

    def test_a_freed_place_goes_along_the_line(self, hand: Hand) -> None:
        code = code_of(hand.book("anna", people=2))
        for user in ("bert", "carl", "dora"):
            hand.wait(user)
        hand.cancel("anna", code)
        assert set(hand.desks().values()) == {"offer:bert", "offer:carl"}
        assert hand.book("erna").kind == "full"
        hand.now += OFFER_SECONDS
        hand.expire()
        assert "offer:dora" in hand.desks().values()
        assert len(hand.notices("offer")) == 3

    def test_an_offer_becomes_the_booking(self, hand: Hand) -> None:
        code = code_of(hand.book("anna", people=2))
        hand.wait("bert", people=2)
        hand.cancel("anna", code)
        assert hand.book("bert", people=2).ok
        assert hand.ledger.shelf("hold") == {} and hand.ledger.shelf("waiting") == {}

    def test_who_waits_and_comes_first_upon_what_ran_out_gets_it(self, hand: Hand) -> None:
        hand.hold("anna", people=2)
        hand.wait("bert", people=2)
        hand.now += HOLD_SECONDS
        held = hand.hold("bert", people=2).hold
        assert held is not None and held.offer
        assert hand.book("bert", people=2).ok

    def test_who_waits_and_books_at_once_what_ran_out_gets_it(self, hand: Hand) -> None:
        hand.hold("anna", people=2)
        hand.wait("bert", people=2)
        hand.now += HOLD_SECONDS
        code = code_of(hand.book("bert", people=2))
        assert set(hand.desks().values()) == {code} and hand.ledger.shelf("hold") == {}

    def test_who_wants_other_hours_is_passed_over(self, hand: Hand) -> None:
        hand.openings = OPENINGS
        for slot in (OTHER, replace(SLOT, time=QUARTER)):
            hand.book("", slot, 2)
        code = code_of(hand.book("anna", people=2))
        afternoon = Waiting("kitazawa", TUESDAY, 1, earliest=time(12))
        hand.does(lambda pages, table: guests.wait(pages, guest("bert"), afternoon, table))
        hand.wait("carl")
        hand.cancel("anna", code)
        assert set(hand.desks().values()) == {"offer:carl"}

    def test_an_offer_of_the_night_is_told_in_the_morning_and_holds_from_then(self, hand: Hand) -> None:
        code = code_of(hand.book("anna", people=2))
        hand.wait("bert")
        hand.at(22, 23)
        hand.cancel("anna", code)
        (offer,) = (hand.ledger.shelf("notice")[hand.notices("offer")[0]]["due"],)
        hand.at(23, 7)
        assert offer == hand.now
        assert hand.ledger.shelf("hold")["offer:bert"]["due"] == hand.now + OFFER_SECONDS

    def test_a_line_has_an_end(self, hand: Hand) -> None:
        hand.book("anna", people=2)
        kinds = [hand.wait(f"user{number}").kind for number in range(MAX_WAITERS + 1)]
        assert kinds == ["ok"] * MAX_WAITERS + ["full"]

    def test_who_leaves_the_line_is_not_offered(self, hand: Hand) -> None:
        code = code_of(hand.book("anna", people=2))
        hand.wait("bert")
        key = f"kitazawa/{TUESDAY}"
        hand.does(lambda pages, table: guests.unwait(pages, guest("bert"), key, table))
        hand.cancel("anna", code)
        assert hand.desks() == {} and hand.ledger.shelf("person").get("bert") is None


class TestClosing:
    def test_a_closed_day_displaces_and_cancels_nobody(self, hand: Hand) -> None:
        code = code_of(hand.book("anna"))
        hand.hold("bert", OTHER)
        hand.does(lambda pages, table: guests.wait(pages, guest("carl"), EVENING, table))
        assert hand.close_day() == [code]
        assert hand.ledger.shelf("booking")[code]["state"] == "closed"
        assert hand.desks() == hand.desks(OTHER) == {} and hand.ledger.shelf("hold") == {}
        assert len(hand.notices("closure")) == len(hand.notices("waiting_over")) == 1
        assert hand.book("dora").kind == "closed"

    def test_a_displaced_person_moves_or_cancels(self, hand: Hand) -> None:
        moving, leaving = code_of(hand.book("anna")), code_of(hand.book("bert"))
        hand.close_day()
        assert hand.move("anna", moving, NEXT_DAY).ok and hand.cancel("bert", leaving).ok
        assert set(hand.desks(NEXT_DAY).values()) == {moving}

    def test_a_reopened_day_can_be_booked_and_names_the_displaced(self, hand: Hand) -> None:
        code = code_of(hand.book("anna"))
        hand.close_day()
        assert hand.reopen_day() == [code]
        assert hand.move("anna", code, SLOT).ok
        assert hand.reopen_day() == []

    def test_a_day_closed_twice_forgets_nobody(self, hand: Hand) -> None:
        code = code_of(hand.book("anna"))
        hand.close_day()
        assert hand.close_day() == []
        assert hand.reopen_day() == [code]


class TestLookingUp:
    def test_a_booking_is_found_from_another_phone(self, hand: Hand) -> None:
        code = code_of(hand.book("anna"))
        found = hand.find("bert", code)
        assert found.booking is not None and found.booking.reference == code

    def test_wrong_guesses_are_limited_for_an_hour(self, hand: Hand) -> None:
        code = code_of(hand.book("anna"))
        kinds = [hand.find("bert", "さくら-00").kind for _ in range(WRONG_GUESSES)]
        assert set(kinds) == {"unknown"} and hand.find("bert", code).kind == "locked"
        assert hand.find("anna", code).ok
        hand.now += 3601
        assert hand.find("bert", code).ok


class TestRetention:
    def test_a_booking_goes_at_its_day_and_the_record_of_it_stays(self, hand: Hand) -> None:
        code = code_of(hand.book("anna"))
        due = datetime.combine(TUESDAY, time(), JST) + timedelta(days=KEEP_DAYS + 1)
        hand.now = int(due.timestamp()) - 1
        hand.delete()
        assert code in hand.ledger.shelf("booking")
        hand.now += 1
        hand.delete()
        assert hand.ledger.shelf("booking") == hand.ledger.shelf("person") == {} and hand.desks() == {}
        (record,) = hand.ledger.shelf("deletion").values()
        assert record["count"] == 1 and "anna" not in str(record) and code not in str(record)

    def test_a_sweep_erases_what_is_over_and_no_person_with_a_booking(self, hand: Hand) -> None:
        hand.book("anna")
        hand.wait("bert", WEDNESDAY)
        sweep_pages(hand.ledger, hand.now + 400 * 86_400)
        assert hand.ledger.shelf("request") == hand.ledger.shelf("waiting") == {}
        assert list(hand.ledger.shelf("person")) == ["anna"]

    def test_a_sweep_leaves_what_is_not_over(self, hand: Hand) -> None:
        hand.book("anna")
        hand.does(lambda pages, table: guests.wait(pages, guest("bert"), EVENING, table))
        hand.close_day(WEDNESDAY)
        sweep_pages(hand.ledger, hand.now + 86_400)
        shelves = [hand.ledger.shelf(name) for name in ("request", "waiting", "closed")]
        assert [len(shelf) for shelf in shelves] == [1, 1, 1]


def test_of_wrong_references_all_together_have_a_limit_and_ones_own_is_always_found(hand: Hand) -> None:
    """A guesser with many names finds no more than one with one name; who has a booking still sees it."""
    code = code_of(hand.book("anna"))
    said = [hand.find(f"guesser{number}", f"さくら-{100 + number}").kind for number in range(ALL_GUESSES + 3)]
    assert said == ["unknown"] * ALL_GUESSES + ["locked"] * 3
    assert hand.find("bert", code).kind == "locked"
    assert hand.find("anna", code).kind == "ok"
