"""Reminders come exactly once, by day, and only of what still stands, however often a sender is killed."""

from __future__ import annotations

import random
import socket
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from threading import Thread

import pytest
from werkzeug.serving import make_server

from bot.app import RunningDesk
from bot.clock import PracticeClock, stopwatch
from bot.demo.practice import Json
from bot.demo.serve import Demo, build
from bot.knowledge import Edition
from bot.outbox_rules import LEASE, sent
from bot.seal import Seal
from bot.store import open_ledger
from bot.store.base import Ledger
from intents.bookings import Booking, Guest, Wish
from intents.ledger import book, cancel, move
from intents.ledger.guests import be_quiet
from intents.ledger.pages import Pages
from intents.ledger.places import Table
from intents.office import JST
from intents.slots import Slot, all_slots
from tests.conftest import ROOT
from tests.support import events
from tests.support.desk import DeskUnderTest, texts_of
from tests.support.line import Faults, StandInLine
from tests.support.sending import (
    DAYS,
    OPENINGS,
    Moment,
    Reaper,
    Senders,
    book_many,
    line_id,
    sending_moments,
)

BOOKED = datetime(2026, 8, 20, 12, tzinfo=JST)
BETWEEN = datetime(2026, 8, 24, 21, tzinfo=JST)  # after the first day's evening reminder
PEOPLE = 400
FAULTS = Faults(8, error=0.04, rate=0.02, lost=0.08)


@pytest.fixture(scope="module")
def senders() -> Iterator[Senders]:
    with Senders() as running:
        yield running


@pytest.fixture
def ledger(url: str) -> Iterator[Ledger]:
    opened = open_ledger(url)
    yield opened
    opened.close()


@pytest.fixture
def faulty() -> Iterator[StandInLine]:
    """LINE, as it may be on a bad day: 8% of the answers to what it took are lost."""
    with StandInLine(faults=FAULTS, clock=Moment(BOOKED)) as line:
        yield line


def run_through(
    senders: Senders, line: StandInLine, url: str, moments: list[datetime], seed: int
) -> None:
    """Senders at each of the moments, killed at random; the last one at each lives to its end."""
    reaper = Reaper(line, random.Random(seed))
    for at in moments:
        assert isinstance(line.clock, Moment)
        line.clock.at = at
        reaper.send_all(senders, url, at)


def got(line: StandInLine) -> Counter[tuple[str, str]]:
    """(person, moment to the half of a day) → pushes."""
    return Counter((one.to, f"{one.at.astimezone(JST):%m-%d %p}") for one in line.pushes)


def wanted(number: int, booking: Booking, *, morning: bool = True) -> list[tuple[str, str]]:
    """What the person must get: on the day before, and on the morning."""
    days = (booking.slot.day - timedelta(days=1), booking.slot.day)
    return [(line_id(number), f"{day:%m-%d} AM") for day in days[: 1 + morning]]


@pytest.mark.proof
def test_of_four_hundred_reminders_none_comes_twice_and_none_never(
    senders: Senders, faulty: StandInLine, url: str, ledger: Ledger
) -> None:
    """Some change, cancel or ask for silence, before any reminder or between the two."""
    made = book_many(ledger, PEOPLE, int(BOOKED.timestamp()))
    expected: list[tuple[str, str]] = []
    free = free_slots(made)
    for number, booking in enumerate(made):
        if number % 20 in (0, 1, 2):
            after = change(ledger, number % 20, booking, free, BOOKED)
            expected += wanted(number, after) if after is not None else []
        elif number % 20 in (3, 4, 5):
            # To be changed between: only the first day's evening comes before that.
            expected += wanted(number, booking, morning=False) if booking.slot.day == DAYS[0] else []
        else:
            expected += wanted(number, booking)

    moments = sending_moments()
    killed = senders.killed
    run_through(senders, faulty, url, [at for at in moments if at < BETWEEN], seed=1)
    for number, booking in enumerate(made):
        if number % 20 in (3, 4, 5):
            after = change(ledger, number % 20 - 3, booking, free, BETWEEN)
            expected += wanted(number, after) if after is not None else []
    run_through(senders, faulty, url, [at for at in moments if at >= BETWEEN], seed=2)

    assert got(faulty) == Counter(expected)
    assert all(time(7) <= one.at.astimezone(JST).time() < time(21) for one in faulty.pushes)
    assert not ledger.shelf("notice") and not ledger.shelf("unsent")
    assert senders.killed - killed > 20 and faulty.repeated > 40


def free_slots(made: list[Booking]) -> list[Slot]:
    """Of the second day's slots, each as often as it has a place left."""
    taken = Counter(booking.slot for booking in made)
    second = (slot for slot in all_slots(OPENINGS) if slot.day == DAYS[1])
    return [slot for slot in second for _ in range(OPENINGS.desks - taken[slot])]


def change(ledger: Ledger, what: int, booking: Booking, free: list[Slot], at: datetime) -> Booking | None:
    """0: cancelled, 1: silence, 2: moved to the second day. The booking if reminders of it are due."""
    who, table = Guest(booking.user, booking.address), Table(OPENINGS, int(at.timestamp()))

    def work(pages: Pages) -> Booking | None:
        if what == 1:
            be_quiet(pages, who, table)
            return None
        code = booking.reference
        outcome = cancel(pages, who, code, table) if what == 0 else move(pages, who, code, free[0], table)
        assert outcome.ok, outcome.kind
        sent(pages, outcome.notice)  # the reply told it
        return outcome.booking if what == 2 else None

    after = ledger.transact(work)
    if after is not None:
        free.pop(0)
    return after


def test_a_sender_that_comes_late_reminds_of_no_visit_that_has_begun(
    senders: Senders, url: str, ledger: Ledger
) -> None:
    at = datetime.combine(DAYS[0], time(10, 0), JST)
    made = book_many(ledger, 80, int(BOOKED.timestamp()))
    with StandInLine(clock=Moment(at)) as line:
        run_through(senders, line, url, [at], seed=3)
        # What a killed sender had in hand is another's once its lease is over.
        assert senders.start(url, line.url, at + timedelta(seconds=LEASE + 1)) and senders.wait()
        reminded = {one.to for one in line.pushes}
    ahead = {line_id(n) for n, one in enumerate(made) if one.slot.day == DAYS[0] and one.slot.starts > at}
    eve = {line_id(n) for n, one in enumerate(made) if one.slot.day == DAYS[1]}
    assert ahead and eve and reminded == ahead | eve
    late = [page for page in ledger.shelf("unsent").values() if page["kind"] == "reminder_morning"]
    assert len(late) == sum(one.slot.day == DAYS[0] and one.slot.starts <= at for one in made)


def test_a_lost_sender_is_followed_by_another_within_the_lease(
    senders: Senders, url: str, ledger: Ledger
) -> None:
    """Killed with every lease in hand: nobody waits longer than a lease for what LINE did not take."""
    book_many(ledger, 40, int(BOOKED.timestamp()))
    eve = datetime.combine(DAYS[0] - timedelta(days=1), time(10), JST)
    with StandInLine(clock=Moment(eve)) as line:
        run_through(senders, line, url, [eve + timedelta(seconds=31 * n) for n in range(12)], seed=4)
        assert Counter(Counter(one.to for one in line.pushes).values()) == {1: 20}


class TestInTheRunningDesk:
    """The whole desk on practice content: its own outbox thread, and the words that are sent."""

    def test_a_reminder_is_pushed_by_itself_and_says_which_visit(
        self, desk: DeskUnderTest, clock: PracticeClock
    ) -> None:
        booking = book_first(desk.running, desk.settings.secret_key, events.USER)
        clock.move(at_ten_the_day_before(booking))
        [pushed] = desk.line.wait_pushes(1)
        said = "\n".join(texts_of(pushed.messages))
        assert pushed.to == events.USER and booking.reference in said and "午前9時" in said

    def test_no_line_id_lies_readable_in_the_store(self, desk: DeskUnderTest, tmp_path: Path) -> None:
        book_first(desk.running, desk.settings.secret_key, events.USER)
        written = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
        assert events.USER.encode() not in written and b"reminder_day" in written


class TestOnTheLookAlike:
    """The demo: its clock is moved to the day before, and the reminder stands in the person's talk."""

    @pytest.fixture
    def demo(self, tmp_path: Path, practice: Edition) -> Iterator[Demo]:
        listener = socket.create_server(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        made = build(port, BOOKED, ROOT / "faq" / "practice", tmp_path, practice)
        server = make_server("127.0.0.1", port, made.application, threaded=True, fd=listener.fileno())
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield made
        finally:
            made.desk.close()
            server.shutdown()
            thread.join()
            server.server_close()
            listener.close()

    def test_a_push_appears_in_the_talk_and_is_counted(self, demo: Demo) -> None:
        """Within LINE's own limits for messages: the look-alike refuses what LINE would."""
        me, clock = demo.practice.people["me"], demo.practice.clock
        assert isinstance(clock, PracticeClock)
        me.is_friend = True
        booking = book_first(demo.desk, demo.desk.outbox.seal, me.user_id)
        clock.move(at_ten_the_day_before(booking))
        shown = self.messages(demo)
        assert booking.reference in str(shown) and {update["user"] for update in shown} == {"me"}
        assert demo.practice.used() == 1

    @staticmethod
    def messages(demo: Demo) -> list[Json]:
        """What the page shows, once the demo's own sender has come round."""
        patience = stopwatch() + 10
        while stopwatch() < patience:
            demo.desk.outbox.run_once()
            shown = [update for update in demo.practice.updates(0) if update["kind"] == "message"]
            if shown:
                return shown
        raise AssertionError("nothing was pushed")

    def test_a_new_month_has_its_own_two_hundred(self, demo: Demo) -> None:
        clock = demo.practice.clock
        assert isinstance(clock, PracticeClock)
        demo.practice.pushes = 200
        assert demo.practice.used() == 200
        clock.move(datetime(2026, 9, 1, 0, 1, tzinfo=JST))
        assert demo.practice.used() == 0


def at_ten_the_day_before(booking: Booking) -> datetime:
    return datetime.combine(booking.slot.day - timedelta(days=1), time(10), JST)


def book_first(desk: RunningDesk, key: str | Seal, user_id: str) -> Booking:
    """The first free morning at 砧, for one person whose receipt was told."""
    openings = desk.library.edition.catalogue.facts.openings
    assert openings is not None
    seal = Seal(key) if isinstance(key, str) else key
    slot = Slot("kinuta", openings.days["kinuta"][0], openings.slots[0])
    table = Table(openings, int(desk.clock.now().timestamp()))

    def work(pages: Pages) -> Booking:
        outcome = book(pages, "event-1", Guest("user-1", seal.seal(user_id)), slot, Wish(), table)
        assert outcome.booking is not None
        sent(pages, outcome.notice)
        return outcome.booking

    return desk.store.transact(work)
