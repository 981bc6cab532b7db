"""Every step on the ledger, in any order, beside a simple model: in memory, on SQLite, on Redis."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
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

from bot.store import open_ledger, open_store
from bot.store.base import Ledger
from intents.bookings import Outcome
from intents.ledger import guests
from intents.slots import Slot, slots_on
from tests.support.model import PER_PERSON, SEATS, Model
from tests.support.pages import AFTERNOON, NINE, OPENINGS, TUESDAY, WEDNESDAY, Hand, MemoryLedger, guest
from tests.support.redis import RealRedis

DAYS = (TUESDAY, WEDNESDAY)
# Few places, so that people get in each other's way.
TABLE = replace(OPENINGS, slots=(NINE, AFTERNOON))
SLOTS = tuple(slot for day in DAYS for slot in slots_on(TABLE, "kitazawa", day))
EVE_OF_TUESDAY = 1_787_565_600  # 2026-08-24 19:00 in Japan: the night, and the visits, are near
users = st.sampled_from(["anna", "bert", "carl"])
anybody = st.sampled_from(["anna", "bert", "carl", ""])  # "" is the operator
slots, days, people = st.sampled_from(SLOTS), st.sampled_from(DAYS), st.integers(1, 2)
which = st.integers(0, 9)
actors = st.sampled_from(["own", "own", "own", "carl", ""])  # "own": whose booking it is
closing_days = st.sampled_from([WEDNESDAY, WEDNESDAY, TUESDAY])
jumps = st.sampled_from([60, 600, 600, 601, 3600, 3600, 4 * 3600, 9 * 3600, 86_400, -3600, -86_400])


class LedgerMachine(RuleBasedStateMachine):
    """One ledger and one model, told the same; after each step they must agree."""

    def __init__(self, ledger: Ledger, finish: Callable[[], None]) -> None:
        super().__init__()
        self.hand = Hand(ledger, EVE_OF_TUESDAY, TABLE)
        self.model = Model(EVE_OF_TUESDAY, SLOTS)
        self.finish = finish
        self.steps = 0
        self.went_back = False

    def teardown(self) -> None:
        self.hand.ledger.close()
        self.finish()

    def chosen(self, actor: str, which: int) -> tuple[str, str]:
        """Who acts on which of the bookings so far."""
        codes = sorted(self.model.visits)
        code = codes[which % len(codes)]
        return self.model.visits[code].user if actor == "own" else actor, code

    # --- steps

    @rule(slot=slots)
    def fill(self, slot: Slot) -> None:
        """A caller on the phone takes what is left, so that others must wait."""
        left = SEATS - self.model.taken(slot).total()
        if left > 0:
            self.book("", slot, left)

    @rule(user=users, slot=slots, n=people)
    def hold(self, user: str, slot: Slot, n: int) -> None:
        assert self.hand.hold(user, slot, n).kind == self.model.hold(user, slot, n)

    @rule(user=users)
    def let_go(self, user: str) -> None:
        assert self.hand.let_go(user).kind == self.model.let_go(user)

    @rule(user=users)
    def decline(self, user: str) -> None:
        assert self.hand.decline(user).kind == self.model.let_go(user, "offer")

    @rule(user=anybody, slot=slots, n=people)
    def books(self, user: str, slot: Slot, n: int) -> None:
        self.book(user, slot, n)

    def book(self, user: str, slot: Slot, n: int) -> None:
        self.steps += 1
        event = f"event {self.steps}"
        outcome = self.hand.book(user, slot, n, event)
        code = outcome.booking.reference if outcome.booking else ""
        assert outcome.kind == self.model.book(user, slot, n, code)
        assert self.hand.book(user, slot, n, event) == outcome  # a repeat changes nothing

    @precondition(lambda self: self.model.visits)
    @rule(actor=actors, which=which, slot=slots)
    def move(self, actor: str, which: int, slot: Slot) -> None:
        user, code = self.chosen(actor, which)
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
        assert self.hand.restore(user, code).kind == self.model.restore(user, code)

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
        self.hand.reopen_day(day)
        self.model.reopen_day(day)

    @rule(jump=jumps)
    def clock(self, jump: int) -> None:
        self.hand.now += jump
        self.model.now += jump
        self.went_back |= jump < 0

    # --- what holds after every step

    @invariant()
    def places_are_the_models_and_never_more_than_desks(self) -> None:
        shelf = self.hand.ledger.shelf("place")
        assert set(shelf) <= {slot.key for slot in SLOTS}
        for slot in SLOTS:
            claims = shelf.get(slot.key, {})
            assert set(claims) <= {str(desk) for desk in range(SEATS)}
            assert Counter(holder for holder, _ in claims.values()) == self.model.taken(slot)

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
            assert self.went_back or self.model.places(user) <= PER_PERSON

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
    assert OPENINGS.per_person == PER_PERSON and OPENINGS.desks == SEATS
    assert len(SLOTS) == len(DAYS) * len(TABLE.slots)
