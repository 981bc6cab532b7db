"""Every step on the ledger, in any order, beside a simple model: in memory, on SQLite, on Redis."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time
from itertools import product
from pathlib import Path
from typing import Any, cast

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.reception import Reception
from bot.store import open_ledger, open_store
from bot.store.base import Ledger
from intents.bookings import Outcome
from intents.ledger import guests
from intents.ledger.places import Table
from intents.model import Openings
from intents.slots import Slot, all_slots, places_left
from tests.support.model import PER_PERSON, Grid, Model, starts
from tests.support.pages import (
    AFTERNOON,
    NINE,
    NOW,
    OPENINGS,
    TUESDAY,
    WEDNESDAY,
    Hand,
    MemoryLedger,
    guest,
)
from tests.support.redis import RealRedis

DAYS = (TUESDAY, WEDNESDAY)
# Few places, so that people get in each other's way.
GRID = Grid((NINE, AFTERNOON), 45, {TUESDAY: 2, WEDNESDAY: 2})
# What staff may edit the table to: earlier, later, shorter, longer visits, one time less, another.
TIMES = (
    (GRID.times, 45),
    ((time(8, 30), time(9, 15), AFTERNOON), 45),
    ((time(9, 30), time(14)), 45),
    ((time(8, 30), NINE, time(9, 30), AFTERNOON), 30),
    ((time(8), NINE, time(10)), 60),
    ((NINE,), 90),
)
MOST_DESKS = 2
DESKS = ({TUESDAY: 2, WEDNESDAY: 2}, {TUESDAY: 1, WEDNESDAY: 2}, {TUESDAY: 0, WEDNESDAY: 1}, {WEDNESDAY: 2}, {})
EVE_OF_TUESDAY = 1_787_565_600  # 2026-08-24 19:00 in Japan: the night, and the visits, are near
users = st.sampled_from(["anna", "bert", "carl"])
anybody = st.sampled_from(["anna", "bert", "carl", ""])  # "" is the operator
days, people, which = st.sampled_from(DAYS), st.integers(1, 2), st.integers(0, 9)
edits = st.one_of(st.sampled_from(TIMES), st.sampled_from(DESKS))
actors = st.sampled_from(["own", "own", "own", "carl", ""])  # "own": whose booking it is
closing_days = st.sampled_from([WEDNESDAY, WEDNESDAY, TUESDAY])
jumps = st.sampled_from([60, 600, 600, 601, 3600, 3600, 4 * 3600, 9 * 3600, 86_400, -3600, -86_400])


def openings_of(grid: Grid) -> Openings:
    """The table as the ledger knows it: one more on duty than desks served."""
    staff = {("kitazawa", day): desks + 1 for day, desks in grid.desks.items()}
    return replace(OPENINGS, slots=grid.times, minutes=grid.minutes, days={"kitazawa": tuple(grid.desks)}, staff=staff)


class LedgerMachine(RuleBasedStateMachine):
    """One ledger and one model, told the same; after each step they must agree."""

    def __init__(self, ledger: Ledger, finish: Callable[[], None]) -> None:
        super().__init__()
        self.hand = Hand(ledger, EVE_OF_TUESDAY, openings_of(GRID))
        self.model = Model(EVE_OF_TUESDAY, GRID)
        self.finish = finish
        self.steps = 0
        self.beyond_limit = False  # or what counts to it has changed since
        self.crowd: dict[int, int] = {}  # moment → people, a step ago

    def teardown(self) -> None:
        self.hand.ledger.close()
        self.finish()

    def chosen(self, actor: str, which: int) -> tuple[str, str]:
        """Who acts on which of the bookings so far."""
        codes = sorted(self.model.visits)
        code = codes[which % len(codes)]
        return self.model.visits[code].user if actor == "own" else actor, code

    def slot(self, which: int) -> Slot:
        """One of the table; now and then one that it had before."""
        listed = [slot for day in DAYS for slot in self.model.grid.slots(day)]
        before = [Slot("kitazawa", day, at) for day in DAYS for at in GRID.times]
        known = [*listed, *listed, *before]
        return known[which % len(known)]

    # --- steps

    @rule(to=edits)
    def edit(self, to: Any) -> None:
        """Staff save a table with other times, or with other days and people on duty."""
        grid = self.model.grid
        self.exchange(replace(grid, desks=to) if isinstance(to, dict) else Grid(*to, grid.desks))

    def exchange(self, grid: Grid) -> None:
        self.nobody_is_added_where_there_are_as_many_people_as_desks()
        # With longer visits one that was over may be under way again, and count.
        self.beyond_limit |= grid.minutes > self.model.grid.minutes
        self.hand.openings, self.model.grid = openings_of(grid), grid

    @rule(user=users, which=which, n=people, to=edits, other=users)
    def book_across_an_edit(self, user: str, which: int, n: int, to: Any, other: str) -> None:
        """Two people are about to book a place while staff save another table."""
        slot = self.slot(which)
        for one in (user, other):
            self.hold_at(one, slot, n)
        self.edit(to)
        for one in (other, user):
            self.book(one, slot, n)

    @precondition(lambda self: self.model.visits)
    @rule(which=which, to=edits)
    def move_across_an_edit(self, which: int, to: Any) -> None:
        """To a time that overlaps with her own, and back as the table goes back: she is not in her own way."""
        before, (user, code) = self.model.grid, self.chosen("own", which)
        visit = self.model.visits[code]
        self.edit(to)
        for slot in self.model.grid.slots(visit.slot.day):
            if abs(starts(slot) - starts(visit.slot)) < 3600:
                self.hold_at(user, slot, visit.n, code)
                assert self.hand.move(user, code, slot).kind == self.model.move(user, code, slot)
                break
        self.exchange(before)
        assert self.hand.restore(user, code).kind == self.model.restore(user, code)

    @rule(day=days)
    def serve_day(self, day: date) -> None:
        self.hand.does(lambda pages, table: guests.serve_day(pages, "kitazawa", day, table))
        self.model.serve_day(day)

    @rule(which=which)
    def fill(self, which: int) -> None:
        """A caller on the phone takes what is left, so that others must wait."""
        slot = self.slot(which)
        left = self.model.grid.seats(slot) - self.model.taken(slot).total()
        if left > 0:
            self.book("", slot, left)

    @rule(user=users, which=which, n=people)
    def hold(self, user: str, which: int, n: int) -> None:
        self.hold_at(user, self.slot(which), n)

    def hold_at(self, user: str, slot: Slot, n: int, moving: str = "") -> None:
        if user:  # who books by phone holds nothing
            assert self.hand.hold(user, slot, n, moving).kind == self.model.hold(user, slot, n, moving)

    @precondition(lambda self: self.model.visits)
    @rule(which=which, to=which)
    def hold_to_move(self, which: int, to: int) -> None:
        user, code = self.chosen("own", which)
        self.hold_at(user, self.slot(to), self.model.visits[code].n, code)

    @rule(user=users)
    def let_go(self, user: str) -> None:
        assert self.hand.let_go(user).kind == self.model.let_go(user)

    @rule(user=users)
    def decline(self, user: str) -> None:
        assert self.hand.decline(user).kind == self.model.let_go(user, "offer")

    @rule(user=anybody, which=which, n=people)
    def books(self, user: str, which: int, n: int) -> None:
        self.book(user, self.slot(which), n)

    def book(self, user: str, slot: Slot, n: int) -> None:
        self.steps += 1
        event = f"event {self.steps}"
        outcome = self.hand.book(user, slot, n, event)
        code = outcome.booking.reference if outcome.booking else ""
        assert outcome.kind == self.model.book(user, slot, n, code)
        assert self.hand.book(user, slot, n, event) == outcome  # a repeat changes nothing

    @precondition(lambda self: self.model.visits)
    @rule(actor=actors, which=which, to=which)
    def move(self, actor: str, which: int, to: int) -> None:
        (user, code), slot = self.chosen(actor, which), self.slot(to)
        assert self.hand.move(user, code, slot).kind == self.model.move(user, code, slot)

    @precondition(lambda self: self.model.visits)
    @rule(actor=actors, which=which)
    def cancel(self, actor: str, which: int) -> None:
        user, code = self.chosen(actor, which)
        assert self.hand.cancel(user, code).kind == self.model.cancel(user, code)

    @precondition(lambda self: self.model.visits)
    @rule(actor=actors, which=which)
    def restore(self, actor: str, which: int) -> None:
        user, code = self.chosen(actor, which)
        kind = self.model.restore(user, code)
        assert self.hand.restore(user, code).kind == kind
        self.beyond_limit |= kind == "ok" and not user

    @rule(user=users, day=days, n=people)
    def wait(self, user: str, day: Any, n: int) -> None:
        assert self.hand.wait(user, day, n).kind == self.model.wait(user, day, n)

    @rule(user=users, day=days)
    def unwait(self, user: str, day: Any) -> None:
        key = f"kitazawa/{day}"
        done: Outcome = self.hand.does(lambda pages, table: guests.unwait(pages, guest(user), key, table))
        assert done.ok
        self.model.unwait(user, day)

    @rule(user=users)
    def be_quiet(self, user: str) -> None:
        assert self.hand.quiet(user).ok
        self.model.quiet.add(user)

    @rule()
    def tick(self) -> None:
        self.hand.expire()
        self.model.expire()

    @precondition(lambda self: self.steps % 2)
    @rule(day=closing_days)
    def close_day(self, day: Any) -> None:
        assert set(self.hand.close_day(day)) == self.model.close_day(day)

    @rule(day=days)
    def reopen_day(self, day: Any) -> None:
        assert set(self.hand.open_again(day)) == self.model.reopen_day(day)

    @rule(jump=jumps)
    def clock(self, jump: int) -> None:
        self.hand.now += jump
        self.model.now += jump
        self.beyond_limit |= jump < 0

    # --- what holds after every step

    @invariant()
    def places_are_the_models(self) -> None:
        shelf = self.hand.ledger.shelf("place")
        for key, claims in shelf.items():
            slot = Slot.parse(key)
            assert slot is not None
            assert set(claims) <= {str(desk) for desk in range(MOST_DESKS)}
            assert Counter(holder for holder, _ in claims.values()) == self.model.taken(slot)
        held = {one.slot.key for one in self.model.kept.values()}
        assert set(shelf) == held | {v.slot.key for v in self.model.visits.values() if v.state == "booked"}

    @invariant()
    def nobody_is_added_where_there_are_as_many_people_as_desks(self) -> None:
        """Whatever was edited: of those who stood before there may be too many, and never more than that."""
        for day in DAYS:
            opens = starts(Slot("kitazawa", day, time(8)))
            for at in range(opens, opens + 7 * 3600, 15 * 60):
                now = self.model.people(day, at, self.model.doubled(day, at))
                assert now <= max(self.crowd.get(at, 0), self.model.grid.desks.get(day, 0))
                self.crowd[at] = now

    @invariant()
    def what_is_shown_as_free_is_what_the_ledger_decides(self) -> None:
        """Of a stranger: whoever looks, sees as many places as there are."""
        glance = Reception(self.hand.ledger, guest("stranger"), "", self.hand.openings, self.hand.now)
        for slot in (slot for day in DAYS for slot in self.model.grid.slots(day)):
            assert places_left(self.hand.openings, glance.taken(), slot) == self.model.left(slot)

    @invariant()
    def every_claim_has_its_record_and_every_record_its_claims(self) -> None:
        claims = {
            (slot, int(desk)): tuple(claim)
            for slot, page in self.hand.ledger.shelf("place").items()
            for desk, claim in page.items()
        }
        kept = self.hand.ledger.shelf("hold")
        for (slot, _), (holder, until) in claims.items():
            if until:
                assert (kept[holder]["slot"], kept[holder]["due"]) == (slot, until)
        for holder, page in kept.items():
            assert list(claims.values()).count((holder, page["due"])) == page["people"]
        for code, page in self.hand.ledger.shelf("booking").items():
            own = [place for place, claim in claims.items() if claim == (code, 0)]
            stands = page["state"] == "booked"
            assert sorted(own) == [(page["slot"], desk) for desk in sorted(page["desks"]) if stands]
            assert (page["state"], page["people"]) == (self.model.visits[code].state, len(page["desks"]))

    @invariant()
    def lines_are_the_models_and_known_to_their_people(self) -> None:
        people = self.hand.ledger.shelf("person")
        shelf = self.hand.ledger.shelf("waiting")
        for day in DAYS:
            key = f"kitazawa/{day}"
            listed = [(one["user"], one["people"]) for one in shelf.get(key, {"list": []})["list"]]
            assert listed == self.model.lines.get(day, [])
            assert {u for u, page in people.items() if key in page["waits"]} == {u for u, _ in listed}

    @invariant()
    def nobody_has_more_than_the_limit(self) -> None:
        for user in ("anna", "bert", "carl"):
            assert self.beyond_limit or self.model.places(user) <= PER_PERSON

    @invariant()
    def reminders_stand_for_standing_bookings_alone(self) -> None:
        bookings = self.hand.ledger.shelf("booking")
        found = {
            (f"{page['kind']}:{page['reference']}", page["version"])
            for page in self.hand.ledger.shelf("notice").values()
            if page["kind"].startswith("reminder")
        }
        assert {name for name, _ in found} == self.model.reminders()
        assert all(bookings[name.split(":")[1]]["version"] == version for name, version in found)


def run(opened: Callable[[], tuple[Ledger, Callable[[], None]]], examples: int, steps: int) -> None:
    """The same examples every time."""
    slow = [HealthCheck.too_slow, HealthCheck.data_too_large]
    chosen = settings(
        max_examples=examples, stateful_step_count=steps, derandomize=True, deadline=None,
        database=None, suppress_health_check=slow,
    )  # fmt: skip
    run_state_machine_as_test(cast(Any, lambda: LedgerMachine(*opened())), settings=chosen)


def test_any_order_of_steps_in_memory() -> None:
    run(lambda: (MemoryLedger(), lambda: None), 200, 50)


def test_any_order_of_steps_on_sqlite() -> None:
    def opened() -> tuple[Ledger, Callable[[], None]]:
        folder = tempfile.TemporaryDirectory()
        return open_store(f"sqlite:///{Path(folder.name)}/desk.db"), folder.cleanup

    run(opened, 20, 30)


def test_any_order_of_steps_on_redis(server: RealRedis) -> None:
    def opened() -> tuple[Ledger, Callable[[], None]]:
        server.flush()
        return open_ledger(server.url), lambda: None

    run(opened, 20, 30)


def test_the_model_speaks_of_the_same_table() -> None:
    assert OPENINGS.per_person == PER_PERSON and OPENINGS.desks == MOST_DESKS
    for times, desks in product(TIMES, DESKS):
        grid, table = Grid(*times, desks), Table(openings_of(Grid(*times, desks)), NOW)
        every = [slot for day in DAYS for slot in grid.slots(day)]
        assert every == list(all_slots(table.openings))
        assert [grid.seats(slot) for slot in every] == [table.seats(slot) for slot in every]
