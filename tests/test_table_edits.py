"""Staff edit the opening table while people are booked: nobody loses her place, and nobody is added to a crowd.

On both stores. `Before` and `after` are tables; a booking lasts as long as the table said when it was made.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import time

import pytest

from bot.reception import Reception
from bot.store.base import Store
from intents.ledger import guests
from intents.ledger.places import HOLD_SECONDS
from intents.model import Openings
from intents.slots import Slot, places_left, slots_on
from tests.support.claimants import Claimants
from tests.support.pages import NOW, OPENINGS, TUESDAY, WEDNESDAY, Hand, code_of, guest, put
from tests.support.stores import Open

VENUE = "kitazawa"
Booked = tuple[tuple[str, int], ...]  # time, people


def at(moment: str, day: object = TUESDAY) -> Slot:
    slot = Slot.parse(f"{VENUE}/{day}/{moment}")
    assert slot is not None
    return slot


def table(times: str, minutes: int = 45) -> Openings:
    return replace(OPENINGS, slots=tuple(time.fromisoformat(one) for one in times.split()), minutes=minutes)


def with_staff(openings: Openings, people: int) -> Openings:
    return replace(openings, staff={(VENUE, TUESDAY): people})


def free(hand: Hand, slot: Slot) -> int:
    """The places that somebody who looks is shown."""
    glance = Reception(hand.ledger, guest("stranger"), "", hand.openings, hand.now)
    return places_left(hand.openings, glance.taken(), slot)


MORNING = table("09:00 09:45 10:30")
HALF_HOURS = table("09:00 09:30 10:00 10:30", 30)


@dataclass(frozen=True)
class Edit:
    """`left`: how many people can still be booked at each time of the new table."""

    before: Openings
    booked: Booked
    after: Openings
    left: dict[str, int]


EDITS = {
    "shifted by half a visit": Edit(
        MORNING, (("09:45", 2), ("10:30", 1)), table("09:15 10:00 10:45"), {"09:15": 0, "10:00": 0, "10:45": 1}
    ),
    "shifted earlier": Edit(
        MORNING, (("09:45", 1), ("10:30", 2)), table("08:50 09:35 10:20"), {"08:50": 2, "09:35": 1, "10:20": 0}
    ),
    "shifted later": Edit(
        MORNING, (("09:00", 2), ("10:30", 1)), table("09:40 10:25 11:10"), {"09:40": 0, "10:25": 1, "11:10": 1}
    ),
    "shorter visits": Edit(
        MORNING, (("09:00", 2), ("10:30", 1)), HALF_HOURS, {"09:00": 0, "09:30": 0, "10:00": 2, "10:30": 1}
    ),
    "longer visits": Edit(
        HALF_HOURS, (("09:30", 2), ("10:30", 1)), table("09:00 10:00", 60), {"09:00": 0, "10:00": 1}
    ),
    "longer visits over two short ones at the same desk": Edit(
        HALF_HOURS, (("09:00", 1), ("09:30", 1)), table("09:00 10:00", 60), {"09:00": 1, "10:00": 2}
    ),
    "a time taken out": Edit(MORNING, (("09:45", 2),), table("09:00 10:30"), {"09:00": 2, "10:30": 2}),
    "a time taken out, the next one moved into it": Edit(
        MORNING, (("09:45", 2),), table("09:00 10:15"), {"09:00": 2, "10:15": 0}
    ),
    "one visit ends as the next begins": Edit(MORNING, (("09:00", 2),), table("09:45"), {"09:45": 2}),
    "a second edit before anybody came": Edit(
        table("09:45", 90), (("09:45", 1),), table("09:15 10:00 10:45", 30), {"09:15": 2, "10:00": 1, "10:45": 1}
    ),
}


@pytest.mark.parametrize("name", EDITS)
class TestTimes:
    @pytest.fixture
    def edited(self, hand: Hand, name: str) -> Hand:
        hand.openings = EDITS[name].before
        for moment, people in EDITS[name].booked:
            hand.book("", at(moment), people)
        hand.openings = EDITS[name].after
        return hand

    def test_only_as_many_are_booked_as_there_are_desks_at_every_moment(self, edited: Hand, name: str) -> None:
        for moment, left in EDITS[name].left.items():
            assert edited.book("", at(moment), left + 1, f"{moment} too many").kind == "full"
            assert not left or edited.book("", at(moment), left, f"{moment} all").ok, moment
            assert edited.book("", at(moment), 1, f"{moment} one more").kind == "full"

    def test_what_is_shown_as_free_is_what_can_be_had(self, edited: Hand, name: str) -> None:
        assert {moment: free(edited, at(moment)) for moment in EDITS[name].left} == EDITS[name].left

    def test_a_hold_needs_the_same_room(self, edited: Hand, name: str) -> None:
        for moment, left in EDITS[name].left.items():
            kinds = [edited.hold(f"user at {moment}", at(moment), people).kind for people in (2, 1)]
            edited.let_go(f"user at {moment}")
            assert kinds == ["ok" if left >= people else "full" for people in (2, 1)], moment

    def test_whoever_waits_is_offered_no_more_than_that(self, edited: Hand, name: str) -> None:
        for number in range(12):
            edited.wait(f"user{number}")
        offered = {moment: len(edited.desks(at(moment))) for moment in EDITS[name].left}
        standing = dict(EDITS[name].booked)
        assert {one: n - standing.get(one, 0) for one, n in offered.items()} == EDITS[name].left

    def test_a_booking_of_another_day_counts_nowhere_else(self, edited: Hand, name: str) -> None:
        assert all(free(edited, slot) == 2 for slot in slots_on(edited.openings, VENUE, WEDNESDAY))


class TestStaffAndDays:
    @pytest.mark.parametrize(("staff", "kinds"), [(3, "ok full"), (2, "full full"), (1, "closed closed"), (0, "closed closed")])
    def test_with_fewer_on_duty_nobody_is_added(self, hand: Hand, staff: int, kinds: str) -> None:
        hand.book("anna")
        hand.openings = with_staff(OPENINGS, staff)
        assert [hand.book(user, at("09:00")).kind for user in ("bert", "carl")] == kinds.split()

    def test_three_two_one_none_and_back(self, hand: Hand) -> None:
        codes = [code_of(hand.book("", at("09:00"), event=name)) for name in ("first", "second")]
        for staff in (2, 1, 0, 2):
            hand.openings = with_staff(OPENINGS, staff)
            assert not hand.book("", at("09:00"), event=f"{staff}").ok and free(hand, at("09:00")) == 0
            assert set(hand.desks().values()) == set(codes)
        assert hand.cancel("", codes[0]).ok and hand.book("", at("09:00"), event="again").kind == "full"
        hand.openings = OPENINGS
        assert free(hand, at("09:00")) == 1 and hand.book("", at("09:00"), event="restored").ok

    def test_a_day_taken_out_is_closed_and_its_bookings_stand(self, hand: Hand) -> None:
        code = code_of(hand.book("anna"))
        hand.openings = replace(OPENINGS, days={VENUE: (WEDNESDAY,)})
        assert hand.book("bert").kind == hand.hold("bert").kind == hand.wait("bert").kind == "closed"
        assert hand.ledger.shelf("booking")[code]["state"] == "booked" and set(hand.desks().values()) == {code}
        assert hand.move("anna", code, at("09:00", WEDNESDAY)).ok and hand.desks() == {}

    def test_a_day_taken_out_and_put_back_has_its_bookings_and_no_more(self, hand: Hand) -> None:
        hand.book("", people=2)
        hand.openings = replace(OPENINGS, days={VENUE: (WEDNESDAY,)})
        hand.book("bert", at("09:00", WEDNESDAY))
        hand.openings = OPENINGS
        assert hand.book("carl").kind == "full"

    def test_a_day_moved_to_another_venue_has_all_its_places_there(self, hand: Hand) -> None:
        code = code_of(hand.book("anna", people=2))
        hand.openings = replace(OPENINGS, days={VENUE: (WEDNESDAY,), "kinuta": (TUESDAY,)})
        there = replace(at("09:00"), venue="kinuta")
        assert free(hand, there) == 2 and hand.book("bert", there, 2).ok
        assert hand.cancel("anna", code).ok and hand.desks() == {}

    def test_a_table_taken_away_cancels_nobody(self, hand: Hand) -> None:
        code = code_of(hand.book("anna"))
        hand.openings = replace(OPENINGS, slots=(), days={})
        assert hand.book("bert").kind == "closed" and hand.find("anna", code).ok
        assert hand.cancel("anna", code).ok and hand.restore("anna", code).kind == "closed"


class TestChanges:
    """Whoever has a place moves, undoes and waits by the same rule."""

    @pytest.fixture
    def edited(self, hand: Hand) -> Hand:
        hand.openings = MORNING
        return hand

    def shift(self, edited: Hand) -> None:
        edited.openings = table("09:15 10:00 10:45")

    def test_who_moves_is_not_in_her_own_way(self, edited: Hand) -> None:
        code = code_of(edited.book("anna", at("09:45"), 2))
        self.shift(edited)
        glance = Reception(edited.ledger, guest("anna"), "", edited.openings, edited.now)
        assert places_left(edited.openings, glance.taken(code), at("10:00")) == 2
        assert places_left(edited.openings, glance.taken(), at("10:00")) == 0
        assert edited.hold("anna", at("10:00"), 2, code).ok and edited.move("anna", code, at("10:00")).ok
        assert edited.desks(at("09:45")) == {} and set(edited.desks(at("10:00")).values()) == {code}

    def test_nobody_moves_into_a_time_that_others_reach_into(self, edited: Hand) -> None:
        edited.book("", at("09:00"), 2)
        code = code_of(edited.book("anna", at("10:30")))
        self.shift(edited)
        assert edited.move("anna", code, at("09:15")).kind == "full"
        assert set(edited.desks(at("10:30")).values()) == {code}

    def test_a_move_to_a_time_that_is_gone_is_not_taken_back(self, edited: Hand) -> None:
        code = code_of(edited.book("anna", at("09:45")))
        self.shift(edited)
        edited.move("anna", code, at("10:45"))
        assert edited.restore("anna", code).kind == "closed"

    def test_nothing_is_taken_back_into_a_time_that_others_reach_into(self, edited: Hand) -> None:
        code = code_of(edited.book("anna", at("09:45")))
        edited.cancel("anna", code)
        edited.openings = table("09:15 10:00")
        edited.book("", at("10:00"), 2)
        edited.openings = MORNING
        assert edited.restore("anna", code).kind == "full"

    def test_a_day_opened_again_gives_back_what_fits_to_whoever_booked_first(self, edited: Hand) -> None:
        late = code_of(edited.book("", at("09:00"), event="second"))
        edited.now -= 60
        early = code_of(edited.book("", at("09:45"), event="first"))
        edited.now += 120
        edited.close_day()
        edited.openings = with_staff(table("09:00 09:45", 30), 2)
        assert edited.open_again() == [early, late]
        edited.close_day()
        edited.openings = with_staff(table("09:00 09:45 10:30", 60), 2)  # as no table may be, for the sake of it
        assert edited.open_again() == [early]

    def test_a_closing_reaches_those_whose_time_is_gone(self, edited: Hand) -> None:
        code = code_of(edited.book("anna", at("09:45")))
        edited.hold("bert", at("09:45"))
        self.shift(edited)
        assert edited.close_day() == [code]
        assert edited.desks(at("09:45")) == {} and edited.ledger.shelf("hold") == {}

    def test_a_place_given_up_is_offered_at_the_times_it_reached_into(self, edited: Hand) -> None:
        code = code_of(edited.book("anna", at("09:45"), 2))
        edited.book("", at("10:30"), 2)
        self.shift(edited)
        edited.book("", at("09:15"), event="none")
        for user in ("bert", "carl"):
            edited.wait(user)
        assert edited.notices("offer") == []
        edited.cancel("anna", code)
        assert set(edited.desks(at("09:15")).values()) == {"offer:bert", "offer:carl"}

    def test_who_waits_is_served_once_there_is_room_again(self, edited: Hand) -> None:
        edited.openings = with_staff(table("09:45"), 2)
        edited.book("", at("09:45"))
        edited.wait("bert")
        assert edited.notices("offer") == []
        edited.openings = table("09:45")
        edited.does(lambda pages, now: guests.serve_day(pages, VENUE, TUESDAY, now))
        assert "offer:bert" in edited.desks(at("09:45")).values() and edited.book("carl", at("09:45")).kind == "full"


class TestInTheMiddle:
    """The edit comes while somebody holds a place."""

    def test_what_is_held_is_booked_if_it_still_fits(self, hand: Hand) -> None:
        hand.hold("anna")
        hand.openings = with_staff(OPENINGS, 2)
        assert hand.book("anna").ok

    def test_of_two_who_hold_one_desk_the_first_to_book_has_it(self, hand: Hand) -> None:
        hand.hold("anna")
        hand.hold("bert")
        hand.openings = with_staff(OPENINGS, 2)
        assert [hand.book(user).kind for user in ("bert", "anna")] == ["ok", "full"]

    def test_what_is_held_is_not_booked_beside_those_who_were_booked_since(self, hand: Hand) -> None:
        hand.openings = MORNING
        hand.hold("anna", at("09:45"))
        hand.openings = table("10:00")
        hand.book("bert", at("10:00"))
        hand.openings = with_staff(MORNING, 2)
        assert hand.book("anna", at("09:45")).kind == "full"

    def test_what_is_held_for_a_shorter_visit_is_not_a_longer_ones(self, hand: Hand) -> None:
        hand.openings = HALF_HOURS
        hand.hold("anna", at("09:00"))
        hand.hold("bert", at("09:30"), 2)
        hand.openings = table("09:00", 60)
        assert hand.book("anna", at("09:00")).kind == "full"

    @pytest.mark.parametrize(
        ("edited", "is_shown"),
        [
            (table("09:00"), True),
            (table("09:00", 30), True),
            (with_staff(table("09:00"), 2), False),
            (table("10:00"), False),
            (table("09:00", 90), True),
            (replace(OPENINGS, days={}), False),
        ],
    )
    def test_an_offer_is_shown_as_long_as_it_can_be_taken(
        self, hand: Hand, edited: Openings, is_shown: bool
    ) -> None:
        hand.openings = table("09:00")
        code = code_of(hand.book("", people=2))
        hand.wait("bert")
        hand.cancel("", code)
        hand.book("carl")
        hand.openings = edited
        held = Reception(hand.ledger, guest("bert"), "", edited, hand.now).held()
        assert (held is not None) == is_shown
        assert hand.book("bert").ok == is_shown

    def test_what_has_run_out_at_a_time_that_is_gone_is_in_nobodys_way(self, hand: Hand) -> None:
        hand.openings = MORNING
        hand.hold("anna", at("09:45"), 2)
        hand.openings = table("10:00")
        assert hand.book("bert", at("10:00"), 2).kind == "full"
        hand.now += HOLD_SECONDS
        assert hand.book("bert", at("10:00"), 2, "later").ok and hand.ledger.shelf("hold") == {}

    def test_who_race_with_the_old_and_the_new_table_fill_no_moment_twice(self, hand: Hand) -> None:
        hands = [replace(hand, openings=one) for one in (MORNING, table("09:15 10:00 10:45"))]
        wishes = [(hands[n % 2], moment, f"{n} {moment}") for n in range(6) for moment in ("0", "1", "2")]

        def claim(wish: tuple[Hand, str, str]) -> str:
            one, number, name = wish
            slot = slots_on(one.openings, VENUE, TUESDAY)[int(number)]
            return one.book("", slot, event=name).kind

        with ThreadPoolExecutor(18) as pool:
            kinds = list(pool.map(claim, wishes))
        assert set(kinds) == {"ok", "full"}
        assert fullest(hand) == 2 and len(hand.ledger.shelf("booking")) == kinds.count("ok")

    def test_the_last_place_is_one_persons_across_the_edit(self, hand: Hand) -> None:
        hand.openings = MORNING
        hand.book("", at("09:45"))
        old, new = replace(hand), replace(hand, openings=table("10:00"))
        with ThreadPoolExecutor(8) as pool:
            claims = [
                pool.submit(one.book, "", slot, 1, f"{n} {slot.key}")
                for n in range(4)
                for one, slot in ((old, at("09:45")), (new, at("10:00")))
            ]
            kinds = [one.result().kind for one in claims]
        assert sorted(kinds) == ["full"] * 7 + ["ok"] and fullest(hand) == 2


    def test_processes_that_have_other_tables_fill_no_moment_twice(self, url: str, hand: Hand) -> None:
        """As web processes do in the second in which one knows of an edit and the other does not."""
        others = [Claimants(url, f"{moment}", 6, moment) for moment in (time(9), time(9, 15), time(9, 30))]
        for other in others:
            other.wait_until_ready()
        for other in others:
            other.go()
        kinds = [kind for other in others for kind in other.kinds()]
        assert sorted(kinds) == ["full"] * 16 + ["ok"] * 2 and fullest(hand) == 2


def fullest(hand: Hand) -> int:
    """The most people at one moment of Tuesday, by what is shown."""
    whole = replace(OPENINGS, slots=(time(8),), minutes=480)
    glance = Reception(hand.ledger, guest("stranger"), "", whole, hand.now)
    return glance.taken().get(at("08:00"), 0)


class TestPagesOfAnOlderVersion:
    """Places that were claimed before lengths were kept."""

    def forget_lengths(self, store: Store) -> None:
        for day in store.shelf("length"):
            put(store, "length", day, None)

    def test_they_are_seen_from_other_times_once_the_store_was_opened(self, reopen: Open) -> None:
        hand = Hand(reopen(), openings=MORNING)
        hand.book("", at("09:45"), 2)
        self.forget_lengths(reopen())
        hand = Hand(reopen(), openings=table("09:00 10:00"))
        assert hand.book("", at("10:00")).kind == "full" and free(hand, at("10:00")) == 0
        assert hand.book("", at("09:00"), event="before").ok

    def test_their_length_is_the_usual_one_or_the_tables_if_that_is_longer(self, reopen: Open) -> None:
        hand = Hand(reopen(), openings=table("09:00 10:00", 60))
        hand.book("", at("09:00"), 2)
        self.forget_lengths(reopen())
        store = reopen()
        for minutes, kind in ((60, "full"), (30, "ok")):
            edited = Hand(store, openings=table("09:50", minutes))
            assert edited.book("", at("09:50"), event=f"{minutes}").kind == kind

    def test_a_store_without_them_is_not_written_to(self, reopen: Open) -> None:
        Hand(reopen()).book("anna")
        before = {name: reopen().shelf(name) for name in ("place", "length", "booking")}
        assert {name: reopen().shelf(name) for name in ("place", "length", "booking")} == before

    def test_lengths_go_with_their_bookings(self, store: Store) -> None:
        Hand(store).book("anna")
        store.sweep(NOW + 30 * 86_400)
        assert len(store.shelf("length")) == 1
        store.sweep(NOW + 60 * 86_400)
        assert store.shelf("length") == {}
