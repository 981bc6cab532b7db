"""A receipt reaches its person by the reply, else by a push, whatever is lost on the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import PracticeClock
from bot.knowledge import Edition
from bot.seal import Seal
from bot.store.base import StorageError, Ticket
from intents.bookings import Guest, Outcome, Wish
from intents.guard import Shape
from intents.ledger import book
from intents.ledger.notices import TOKEN_SECONDS
from intents.ledger.pages import Pages, once
from intents.ledger.places import Table
from intents.model import Bubble, Reply
from intents.slots import Slot
from intents.talk import Said, Talk
from intents.turn import Desk
from tests.support import events
from tests.support.desk import DeskUnderTest
from tests.support.line import StandInLine


class Crash(BaseException):
    """Ends one lane at a stroke, as a kill would: nothing catches it."""


Respond = Callable[[Said, Talk, Desk, datetime], tuple[Reply, Talk]]


class Booker:
    """A desk that books the same place for whatever is said, and tells of it."""

    def __init__(self, desk: DeskUnderTest) -> None:
        self.desk = desk
        self.before_reply: Callable[[], None] = lambda: None

    def respond(self, _said: Said, talk: Talk, _desk: Desk, now: datetime) -> tuple[Reply, Talk]:
        running = self.desk.running
        openings = running.library.edition.catalogue.facts.openings
        assert openings is not None
        slot = Slot("kinuta", openings.days["kinuta"][0], openings.slots[0])
        table = Table(openings, int(now.timestamp()))
        who = Guest("user-1", Seal(self.desk.settings.secret_key).seal(events.USER))

        def work(pages: Pages) -> Outcome:
            return once(pages, "q", table.now, lambda: book(pages, "q", who, slot, Wish(), table))

        outcome = running.store.transact(work)
        self.before_reply()
        return Reply((Bubble("予約しました"),), told=(outcome.notice,)), talk


@pytest.fixture
def booker(desk: DeskUnderTest, monkeypatch: pytest.MonkeyPatch) -> Booker:
    made = Booker(desk)
    monkeypatch.setattr("bot.answering.respond", made.respond)
    return made


def receipts(desk: DeskUnderTest) -> list[str]:
    """Those that still stand in the outbox."""
    return [name for name in desk.running.store.shelf("notice") if name.startswith("receipt")]


def book_by_message(desk: DeskUnderTest) -> str:
    """A message, and the desk at rest after it. The reply token."""
    asked = events.text("予約したい")
    assert desk.send(asked) == 200
    desk.is_quiet()
    return str(asked["replyToken"])


def push_what_is_left(desk: DeskUnderTest, clock: PracticeClock) -> int:
    """Pushes once every reply token is over."""
    clock.move(clock.now() + timedelta(seconds=TOKEN_SECONDS + 1))
    while receipts(desk):
        desk.running.outbox.run_once()
    return len(desk.line.pushes)


def test_told_by_the_reply_it_is_not_pushed(
    desk: DeskUnderTest, booker: Booker, clock: PracticeClock
) -> None:
    token = book_by_message(desk)
    assert token in desk.line.replies and not receipts(desk)
    assert push_what_is_left(desk, clock) == 0


@pytest.mark.parametrize("status", [400, 401, 500])
def test_a_refused_reply_is_followed_by_one_push_at_once(
    desk: DeskUnderTest, booker: Booker, clock: PracticeClock, status: int
) -> None:
    """Long before the notice would be due by itself: once the token's life is over, where a fault may pass."""
    desk.line.statuses = [status]
    if status == 500:
        booker.before_reply = lambda: clock.move(clock.now() + timedelta(seconds=TOKEN_SECONDS))
    token = book_by_message(desk)
    desk.running.outbox.run_once()
    [pushed] = desk.line.wait_pushes(1)
    assert pushed.to == events.USER and token not in desk.line.replies
    assert push_what_is_left(desk, clock) == 1


def test_a_lost_answer_with_the_token_used_up_means_that_the_reply_arrived(
    desk: DeskUnderTest, booker: Booker, clock: PracticeClock
) -> None:
    desk.line.lose = 1
    token = book_by_message(desk)
    assert token in desk.line.replies and desk.line.refused == 1 and not receipts(desk)
    assert push_what_is_left(desk, clock) == 0


def test_after_the_tokens_minute_nobody_can_know_and_it_is_told_again(
    desk: DeskUnderTest, booker: Booker, clock: PracticeClock
) -> None:
    booker.before_reply = lambda: clock.move(clock.now() + timedelta(seconds=TOKEN_SECONDS + 5))
    desk.line.lose = 1
    book_by_message(desk)
    desk.running.outbox.run_once()
    assert [one.to for one in desk.line.wait_pushes(1)] == [events.USER]


def test_without_a_reply_token_it_is_pushed(desk: DeskUnderTest, booker: Booker) -> None:
    assert desk.send(events.text("予約したい") | {"replyToken": ""}) == 200
    assert [one.to for one in desk.line.wait_pushes(1)] == [events.USER]


def test_a_store_that_fails_between_the_reply_and_its_noting_leaves_it_told_at_least_once(
    desk: DeskUnderTest, booker: Booker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise StorageError("gone")

    with monkeypatch.context() as patch:
        patch.setattr(type(desk.running.store), "finish", failing)
        token = book_by_message(desk)
        assert token in desk.line.replies and len(receipts(desk)) == 1
    desk.running.answering.recover()
    desk.is_quiet()
    desk.running.outbox.run_once()
    assert len(desk.line.wait_pushes(1)) == 1


def test_a_crash_between_the_booking_and_the_reply_loses_nothing(
    desk: DeskUnderTest, booker: Booker, clock: PracticeClock
) -> None:
    """The booking is durable, and nobody comes back to the message: its notice falls due by itself."""

    def crash() -> None:
        raise Crash  # ends this one worker, before a word was sent

    booker.before_reply = crash
    book_by_message(desk)
    assert len(receipts(desk)) == 1 and not desk.line.pushes
    assert push_what_is_left(desk, clock) == 1


class TestTheAddress:
    """What a push needs is kept with the ticket, sealed; only of one who is alone with the desk."""

    @pytest.fixture
    def admitted(self, desk: DeskUnderTest, monkeypatch: pytest.MonkeyPatch) -> list[Ticket]:
        kept: list[Ticket] = []
        admit_all = type(desk.running.store).admit_all

        def noting(store: object, admitted: Sequence[tuple[Ticket, Shape]]) -> Future[list[bool]]:
            kept.extend(ticket for ticket, _ in admitted)
            return admit_all(store, admitted)  # type: ignore[arg-type]

        monkeypatch.setattr(type(desk.running.store), "admit_all", noting)
        return kept

    def test_it_is_the_speakers_under_seal(self, desk: DeskUnderTest, admitted: list[Ticket]) -> None:
        desk.ask(events.text("持ち物は何ですか"))
        [ticket] = admitted
        assert Seal(desk.settings.secret_key).open(ticket.address) == events.USER
        assert events.USER not in repr(ticket) and ticket.address not in repr(ticket)

    def test_to_a_group_nothing_is_ever_pushed(self, desk: DeskUnderTest, admitted: list[Ticket]) -> None:
        desk.ask(events.text("暗証番号は4649だよ", group=events.GROUP))
        assert [ticket.address for ticket in admitted] == [""]

    def test_it_survives_a_restart(
        self, tmp_path: Path, line: StandInLine, clock: PracticeClock, practice: Edition,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:  # fmt: skip
        """The ticket is taken up by another process, which can push all the same."""
        monkeypatch.setattr("bot.answering.Answering.wake", lambda *_: None)
        with DeskUnderTest(tmp_path, line, clock, practice) as desk:
            desk.send(events.text("持ち物は何ですか"))
        with DeskUnderTest(tmp_path, line, clock, practice) as again:
            [user] = again.running.store.waiting()
            ticket = again.running.store.take(user)
            assert ticket is not None
            assert Seal(again.settings.secret_key).open(ticket.address) == events.USER
