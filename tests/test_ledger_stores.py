"""What both stores promise of the booking ledger, against real servers: whole, durable, alone."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from bot.store.base import Store, Ticket
from intents.guard import Shape
from intents.ledger import UNDO_SECONDS
from intents.ledger.pages import KEEP_DAYS
from intents.ledger.places import HOLD_SECONDS, OFFER_SECONDS
from intents.talk import Sent, Talk
from tests.support.claimants import Claimants
from tests.support.pages import NOW, OTHER, SLOT, Hand, claimed_by_many, code_of, put
from tests.support.stores import Open

DAY = 86_400


class TestClaims:
    def test_of_twenty_who_claim_the_last_desk_one_gets_it(self, hand: Hand) -> None:
        hand.book("early")
        outcomes = claimed_by_many(hand, 20)
        assert sorted(outcome.kind for outcome in outcomes) == ["full"] * 19 + ["ok"]
        assert len(hand.desks()) == 2 and len(hand.ledger.shelf("booking")) == 2

    def test_of_twenty_copies_of_one_request_one_books(self, hand: Hand) -> None:
        with ThreadPoolExecutor(20) as pool:
            outcomes = list(pool.map(lambda _: hand.book("anna", event="e"), range(20)))
        assert len({code_of(outcome) for outcome in outcomes}) == 1
        assert len(hand.ledger.shelf("booking")) == len(hand.desks()) == 1

    def test_twenty_changes_at_once_keep_every_desk_right(self, hand: Hand) -> None:
        codes = [code_of(hand.book("anna")), code_of(hand.book("bert", OTHER))]
        moves = [(codes[n % 2], (SLOT, OTHER)[n // 2 % 2]) for n in range(20)]
        with ThreadPoolExecutor(20) as pool:
            kinds = set(pool.map(lambda move: hand.move("", *move).kind, moves))
        assert kinds == {"ok"}
        held = [holder for slot in (SLOT, OTHER) for holder in hand.desks(slot).values()]
        assert sorted(held) == sorted(codes)

    def test_processes_that_claim_one_slot_fill_it_once(self, url: str, hand: Hand) -> None:
        others = [Claimants(url, name, 6) for name in ("x", "y")]
        for other in others:
            other.wait_until_ready()
        for other in others:
            other.go()
        own = [outcome.kind for outcome in claimed_by_many(hand, 6)]
        kinds = [*own, *(kind for other in others for kind in other.kinds())]
        assert sorted(kinds) == ["full"] * 16 + ["ok"] * 2
        assert len(hand.desks()) == len(hand.ledger.shelf("booking")) == 2


class TestPromises:
    def test_a_hold_expires_and_the_place_is_anothers(self, hand: Hand) -> None:
        hand.hold("anna", people=2)
        assert hand.book("bert", event="early").kind == "full"
        hand.now += HOLD_SECONDS
        hand.expire()
        assert hand.book("bert", people=2).ok and hand.ledger.shelf("hold") == {}

    def test_a_repeat_after_a_restart_has_the_same_outcome(self, reopen: Open) -> None:
        first = Hand(reopen()).book("anna", event="e")
        again = Hand(reopen())
        assert again.book("anna", event="e") == first
        assert list(again.ledger.shelf("booking")) == [code_of(first)]

    def test_what_was_refused_stays_refused_though_a_place_is_free_now(self, hand: Hand) -> None:
        code = code_of(hand.book("anna", people=2))
        assert hand.book("bert", event="e").kind == "full"
        hand.cancel("anna", code)
        assert hand.book("bert", event="e").kind == "full" and hand.desks() == {}

    def test_a_booking_is_moved_cancelled_and_restored(self, hand: Hand) -> None:
        code = code_of(hand.book("anna", people=2))
        assert hand.move("anna", code, OTHER).ok and hand.desks() == {}
        assert hand.cancel("anna", code).ok and hand.desks(OTHER) == {}
        hand.now += UNDO_SECONDS
        assert hand.restore("anna", code).ok
        assert list(hand.desks(OTHER).values()) == [code, code]

    def test_a_person_has_two_places_at_most_even_at_once(self, hand: Hand) -> None:
        slots = (SLOT, OTHER) * 10
        with ThreadPoolExecutor(20) as pool:
            booked = list(pool.map(lambda n: hand.book("anna", slots[n], event=f"e{n}").kind, range(20)))
        assert booked.count("ok") == 2 and set(booked) == {"ok", "limit"}

    def test_a_freed_place_goes_along_the_line_as_offers_run_out(self, hand: Hand) -> None:
        hand.openings = replace(hand.openings, slots=(SLOT.time,))
        code = code_of(hand.book("anna", people=2))
        for user in ("bert", "carl"):
            hand.wait(user, people=2)
        hand.cancel("anna", code)
        for user in ("bert", "carl"):
            assert set(hand.desks().values()) == {f"offer:{user}"}
            hand.now += OFFER_SECONDS
            hand.expire()
        assert hand.desks() == {} and len(hand.notices("offer")) == 2

    def test_a_closed_day_displaces_and_cancels_nobody(self, hand: Hand) -> None:
        code = code_of(hand.book("anna"))
        assert hand.close_day() == [code]
        assert hand.ledger.shelf("booking")[code]["state"] == "closed" and hand.desks() == {}
        assert hand.book("bert").kind == "closed"

    def test_a_booking_is_deleted_at_its_day_and_the_record_stays(self, hand: Hand) -> None:
        hand.book("anna")
        hand.now += (KEEP_DAYS + 4) * DAY
        hand.delete()
        assert len(hand.ledger.shelf("booking")) == 1
        hand.now += 3 * DAY
        hand.delete()
        assert hand.ledger.shelf("booking") == {} and hand.desks() == {}
        assert [record["count"] for record in hand.ledger.shelf("deletion").values()] == [1]

    def test_a_clock_that_jumps_by_a_day_gives_no_place_away(self, hand: Hand, store: Store) -> None:
        code = code_of(hand.book("anna"))
        for number, jump in enumerate((DAY, -DAY, -DAY, DAY)):
            hand.hold(f"user{number}")
            hand.now += jump
            hand.expire()
            store.sweep(hand.now)
            assert code in hand.desks().values() and len(hand.desks()) <= 2
        assert hand.book("anna", event=f"book/anna/{SLOT.key}/{NOW}").booking is not None
        assert len(hand.ledger.shelf("booking")) == 1


class TestTickets:
    def ticket(self) -> Ticket:
        return Ticket("event", "anna", Sent("image"), "token", NOW, "message", "sealed address")

    def test_the_address_is_kept_with_the_ticket(self, reopen: Open) -> None:
        reopen().admit(self.ticket(), Shape())
        taken = reopen().take("anna")
        assert taken is not None and taken.address == "sealed address"
        assert "sealed" not in repr(taken)

    def test_what_an_answer_told_leaves_the_outbox_with_it(self, reopen: Open) -> None:
        store = reopen()
        for key in ("told", "other"):
            put(store, "notice", key, {"due": NOW})
        store.admit(self.ticket(), Shape())
        taken = store.take("anna")
        assert taken is not None
        store.finish(taken, Talk(last="where"), NOW, told=("told",))
        assert list(store.shelf("notice")) == store.due("notice", NOW) == ["other"]
        assert reopen().talk("anna", NOW).last == "where"

    def test_what_was_told_is_not_told_again_though_its_message_was_unsent(self, store: Store) -> None:
        put(store, "notice", "told", {"due": NOW})
        store.admit(self.ticket(), Shape())
        taken = store.take("anna")
        assert taken is not None
        store.withdraw("message")
        store.finish(taken, Talk(last="where"), NOW, told=("told",))
        assert store.shelf("notice") == {} and store.due("notice", NOW) == []

    def test_who_unfollows_keeps_her_booking(self, hand: Hand, store: Store) -> None:
        code = code_of(hand.book("anna"))
        store.forget("anna")
        assert set(hand.desks().values()) == {code}

    def test_a_sweep_erases_what_is_over(self, hand: Hand, store: Store) -> None:
        hand.book("anna")
        for number in range(250):
            put(store, "unsent", str(number), {"due": NOW + number})
        store.sweep(NOW + 200)
        assert len(store.shelf("unsent")) == 49 and len(store.shelf("request")) == 1
        store.sweep(NOW + 400 * DAY)
        assert store.shelf("unsent") == store.shelf("request") == {}
        assert list(store.shelf("person")) == ["anna"] and len(store.shelf("booking")) == 1
