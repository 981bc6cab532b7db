"""The rules of the booking ledger, on a store in memory."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import time

import pytest

from intents.ledger import UNDO_SECONDS
from intents.ledger.notices import REMINDERS
from intents.ledger.places import HOLD_SECONDS
from intents.slots import Slot
from tests.support.pages import (
    NEXT_DAY,
    NOW,
    OPENINGS,
    OTHER,
    SLOT,
    TUESDAY,
    WEDNESDAY,
    Hand,
    MemoryLedger,
    NaiveLedger,
    claimed_by_many,
    code_of,
)
from tests.support.patience import PATIENCE


@pytest.fixture
def hand() -> Hand:
    return Hand(MemoryLedger())


class TestPlaces:
    def test_a_slot_has_as_many_bookings_as_desks(self, hand: Hand) -> None:
        assert [hand.book(user).kind for user in ("anna", "bert", "carl")] == ["ok", "ok", "full"]

    def test_two_people_get_two_desks_of_one_slot_or_none(self, hand: Hand) -> None:
        hand.book("anna")
        assert hand.book("bert", people=2).kind == "full"
        assert hand.book("bert", OTHER, people=2).ok and len(hand.desks(OTHER)) == 2

    def test_with_fewer_staff_there_are_fewer_places(self, hand: Hand) -> None:
        hand.openings = replace(OPENINGS, staff={("kitazawa", TUESDAY): 2})
        assert [hand.book(user).kind for user in ("anna", "bert")] == ["ok", "full"]

    def test_a_day_or_time_that_the_table_does_not_have_is_closed(self, hand: Hand) -> None:
        for slot in (Slot("kitazawa", TUESDAY, time(10)), Slot("nowhere", TUESDAY, time(9))):
            assert hand.book("anna", slot).kind == hand.hold("anna", slot).kind == "closed"

    def test_a_visit_within_the_hour_is_too_near_unless_it_is_held(self, hand: Hand) -> None:
        hand.at(25, 7, 59)
        assert hand.hold("anna").ok
        hand.at(25, 8, 1)
        assert hand.book("bert").kind == "late"
        assert hand.book("anna").ok

    def test_a_visit_that_has_begun_cannot_be_booked_even_if_held(self, hand: Hand) -> None:
        hand.at(25, 7, 59)
        hand.hold("anna")
        hand.at(25, 9)
        assert hand.book("anna").kind == "late"


class TestHolds:
    def test_a_held_place_is_nobody_elses_until_its_time_is_over(self, hand: Hand) -> None:
        assert hand.hold("anna", people=2).ok
        assert hand.book("bert").kind == "full"
        hand.now += HOLD_SECONDS
        assert hand.book("bert", event="again").ok

    def test_what_is_held_becomes_the_booking(self, hand: Hand) -> None:
        hand.hold("anna")
        desks = hand.desks()
        code = code_of(hand.book("anna"))
        assert hand.desks() == dict.fromkeys(desks, code)
        assert hand.ledger.shelf("hold") == {}

    def test_holding_another_place_lets_the_first_go(self, hand: Hand) -> None:
        hand.hold("anna")
        hand.hold("anna", OTHER)
        assert hand.desks() == {} and len(hand.desks(OTHER)) == 1

    def test_what_is_let_go_is_free(self, hand: Hand) -> None:
        hand.hold("anna", people=2)
        hand.let_go("anna")
        assert hand.desks() == {} and hand.ledger.shelf("hold") == {}

    def test_the_worker_clears_what_has_run_out(self, hand: Hand) -> None:
        hand.hold("anna")
        hand.now += HOLD_SECONDS
        hand.expire()
        assert hand.desks() == {} and hand.ledger.shelf("hold") == {}


class TestLimit:
    def test_a_person_has_two_places_at_most(self, hand: Hand) -> None:
        hand.book("anna", people=2)
        assert hand.book("anna", OTHER).kind == hand.hold("anna", OTHER).kind == "limit"
        assert hand.wait("anna", WEDNESDAY).kind == "limit"

    def test_forty_attempts_make_two_bookings(self, hand: Hand) -> None:
        slots = (SLOT, OTHER, NEXT_DAY)
        kinds = [hand.book("anna", slots[n % 3], event=f"e{n}").kind for n in range(40)]
        assert kinds.count("ok") == 2 and set(kinds) == {"ok", "limit"}

    def test_what_is_cancelled_or_over_does_not_count(self, hand: Hand) -> None:
        code = code_of(hand.book("anna", people=2))
        hand.cancel("anna", code)
        assert hand.book("anna", OTHER, people=2).ok
        hand.at(25, 15)
        assert hand.book("anna", NEXT_DAY, people=2).ok

    def test_the_operator_has_no_limit(self, hand: Hand) -> None:
        assert [hand.book("", slot, 2, f"call {slot.key}").kind for slot in (SLOT, OTHER)] == ["ok", "ok"]

    def test_a_displaced_booking_moved_after_its_day_still_counts(self, hand: Hand) -> None:
        """Or she could book two others meanwhile and then have three places."""
        code = code_of(hand.book("anna", people=2))
        hand.close_day()
        hand.at(25, 15)
        assert hand.book("anna", NEXT_DAY, people=1).ok
        assert hand.move("anna", code, Slot("kitazawa", WEDNESDAY, time(13, 45))).kind == "limit"

    def test_a_displaced_booking_moved_after_its_day_is_still_hers(self, hand: Hand) -> None:
        hand.openings = replace(OPENINGS, per_person=4)
        code = code_of(hand.book("anna"))
        hand.close_day()
        hand.at(25, 15)
        hand.book("anna", NEXT_DAY)
        hand.move("anna", code, Slot("kitazawa", WEDNESDAY, time(13, 45)))
        assert code in hand.ledger.shelf("person")["anna"]["open"]


class TestChanges:
    def test_a_move_frees_the_old_place_and_takes_the_new(self, hand: Hand) -> None:
        code = code_of(hand.book("anna"))
        assert hand.move("anna", code, OTHER).ok
        assert hand.desks() == {} and set(hand.desks(OTHER).values()) == {code}

    def test_a_move_to_a_full_slot_leaves_everything_as_it_was(self, hand: Hand) -> None:
        hand.book("", OTHER, 2)
        code = code_of(hand.book("anna"))
        assert hand.move("anna", code, OTHER).kind == "full"
        assert set(hand.desks().values()) == {code}

    def test_another_persons_booking_is_unknown(self, hand: Hand) -> None:
        code = code_of(hand.book("anna"))
        assert {hand.cancel("bert", code).kind, hand.move("bert", code, OTHER).kind} == {"unknown"}
        assert hand.restore("bert", code).kind == "unknown"
        assert set(hand.desks().values()) == {code}

    def test_a_cancellation_can_be_taken_back_for_some_minutes(self, hand: Hand) -> None:
        code = code_of(hand.book("anna"))
        hand.cancel("anna", code)
        assert hand.desks() == {}
        hand.now += UNDO_SECONDS
        assert hand.restore("anna", code).ok and set(hand.desks().values()) == {code}
        hand.cancel("anna", code)
        hand.now += UNDO_SECONDS + 1
        assert hand.restore("anna", code).kind == "expired"

    def test_a_move_can_be_taken_back(self, hand: Hand) -> None:
        code = code_of(hand.book("anna"))
        hand.move("anna", code, OTHER)
        assert hand.restore("anna", code).ok
        assert hand.desks(OTHER) == {} and set(hand.desks().values()) == {code}

    def test_nothing_is_taken_back_onto_anothers_place(self, hand: Hand) -> None:
        code = code_of(hand.book("anna"))
        hand.cancel("anna", code)
        hand.book("bert", people=2)
        assert hand.restore("anna", code).kind == "full"

    def test_a_visit_that_has_begun_is_not_changed(self, hand: Hand) -> None:
        code = code_of(hand.book("anna"))
        hand.at(25, 9)
        assert hand.cancel("anna", code).kind == hand.move("anna", code, OTHER).kind == "late"

    def test_every_change_counts_the_version_on(self, hand: Hand) -> None:
        code = code_of(hand.book("anna"))
        hand.move("anna", code, OTHER)
        hand.cancel("anna", code)
        hand.restore("anna", code)
        assert hand.ledger.shelf("booking")[code]["version"] == 4


class TestNotices:
    def test_a_booking_is_written_with_its_receipt_and_two_reminders(self, hand: Hand) -> None:
        outcome = hand.book("anna")
        assert hand.notices("receipt") == [outcome.notice]
        assert [len(hand.notices(kind)) for kind in REMINDERS] == [1, 1]

    def test_a_change_takes_the_old_reminders_out(self, hand: Hand) -> None:
        code = code_of(hand.book("anna"))
        hand.move("anna", code, NEXT_DAY)
        assert [hand.notices(kind) for kind in REMINDERS] == [[f"{kind}:{code}:2:{NOW}"] for kind in REMINDERS]
        assert hand.notices("receipt") == [] and len(hand.notices("changed")) == 1

    def test_a_cancelled_booking_has_no_reminders(self, hand: Hand) -> None:
        hand.cancel("anna", code_of(hand.book("anna")))
        assert [hand.notices(kind) for kind in REMINDERS] == [[], []]

    def test_who_wants_no_reminders_gets_none_now_or_later(self, hand: Hand) -> None:
        hand.book("anna")
        hand.quiet("anna")
        hand.book("anna", OTHER)
        assert [hand.notices(kind) for kind in REMINDERS] == [[], []]

    def test_who_booked_within_the_hour_is_not_reminded(self, hand: Hand) -> None:
        hand.at(24, 9, 30)
        hand.book("anna")
        assert hand.notices("reminder_day") == [] and len(hand.notices("reminder_morning")) == 1

    def test_a_caller_on_the_phone_has_no_notices(self, hand: Hand) -> None:
        assert hand.book("").notice == "" and hand.ledger.shelf("notice") == {}


class TestRepeats:
    def test_a_repeat_is_told_the_same_and_changes_nothing(self, hand: Hand) -> None:
        first = hand.book("anna", event="e")
        assert hand.book("anna", event="e") == first and len(hand.ledger.shelf("booking")) == 1

    def test_what_was_refused_stays_refused(self, hand: Hand) -> None:
        code = code_of(hand.book("anna", people=2))
        assert hand.book("bert", event="e").kind == "full"
        hand.cancel("anna", code)
        assert hand.book("bert", event="e").kind == "full"
        assert hand.book("bert", event="another").ok


def test_the_test_of_simultaneous_claims_catches_a_naive_store() -> None:
    """All twenty have read before the first writes: without comparing, all are told yes."""
    outcomes = claimed_by_many(Hand(NaiveLedger(threading.Barrier(20, timeout=PATIENCE).wait)), 20)
    assert sum(outcome.ok for outcome in outcomes) > 2


def test_of_twenty_claims_in_memory_two_desks_make_two() -> None:
    outcomes = claimed_by_many(Hand(MemoryLedger()), 20)
    assert sum(outcome.ok for outcome in outcomes) == 2
