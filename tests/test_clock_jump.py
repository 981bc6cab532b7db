"""A clock that is wrong for a while deletes nothing, tells nobody anything, and is said to be wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import trusted_clock
from bot.cli import main
from bot.knowledge import Edition, Library
from bot.line import Line
from bot.outbox import Outbox
from bot.store.base import Store
from bot.trusted_clock import TrustedClock
from intents.ledger.pages import KEEP_DAYS
from tests.conftest import ROOT
from tests.support.line import StandInLine
from tests.support.notices import SEAL
from tests.support.pages import NOW, SLOT, Hand, code_of
from tests.support.sending import Moment

DAYS = 86_400


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Sets what the stopwatch of the trusted clock shows."""
    shown = [0.0]
    monkeypatch.setattr(trusted_clock, "stopwatch", lambda: shown[0])

    def show(seconds: float) -> None:
        shown[0] = seconds

    return show


@pytest.fixture
def at() -> Moment:
    return Moment(datetime.fromtimestamp(NOW, UTC))


@pytest.fixture
def outbox(store: Store, line: StandInLine, practice: Edition, at: Moment) -> Iterator[Outbox]:
    library, client = Library(ROOT / "faq" / "practice", practice), Line(line.url, "t")
    yield Outbox(store, SEAL, client, library, at, trusted=TrustedClock(store, at))
    client.close()


def jump(at: Moment, days: float) -> None:
    at.at = datetime.fromtimestamp(NOW, UTC) + timedelta(days=days)


def test_a_jump_of_six_seconds_deletes_no_booking_and_pushes_nothing(
    outbox: Outbox, hand: Hand, at: Moment, line: StandInLine, watch: Callable[[float], None]
) -> None:
    code = code_of(hand.book("anna"))
    outbox.run_once()
    jump(at, 75)
    for second in range(7):
        watch(second)
        outbox.run_once()
    jump(at, 0.0001)
    outbox.run_once()
    assert code in hand.ledger.shelf("booking") and not line.pushes
    assert hand.ledger.shelf("unsent") == {}


def test_a_jump_that_lasts_deletes_nothing_until_a_person_confirms_it(
    outbox: Outbox, hand: Hand, at: Moment, watch: Callable[[float], None]
) -> None:
    code = code_of(hand.book("anna"))
    outbox.run_once()
    jump(at, 75)
    for minute in range(10):
        watch(60.0 * minute)
        outbox.run_once()
    assert code in hand.ledger.shelf("booking")
    assert outbox.trusted is not None and "--confirm" in outbox.trusted.state()[0]
    from intents.ledger.trusted import confirm

    hand.ledger.transact(lambda pages: confirm(pages, int(at.now().timestamp())))
    outbox.run_once()
    assert code not in hand.ledger.shelf("booking") and outbox.trusted.state() == []


def test_a_clock_that_goes_on_as_clocks_do_deletes_by_the_rule(
    outbox: Outbox, hand: Hand, at: Moment, watch: Callable[[float], None]
) -> None:
    code = code_of(hand.book("anna"))
    gone = (SLOT.day - datetime.fromtimestamp(NOW, UTC).date()).days + KEEP_DAYS + 1
    for day in range(gone + 1):
        assert (code in hand.ledger.shelf("booking")) or day >= gone - 1
        jump(at, day)
        outbox.run_once()
    assert code not in hand.ledger.shelf("booking")


def test_a_clock_that_goes_back_is_credible(outbox: Outbox, at: Moment) -> None:
    outbox.run_once()
    jump(at, -400)
    assert outbox.trusted is not None
    assert outbox.trusted.now() == NOW - 400 * DAYS and outbox.trusted.state() == []


def test_the_command_says_it_and_confirms_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("STORE_URL", f"sqlite:///{tmp_path}/desk.db")
    monkeypatch.setenv("DESK_CLOCK", "2026-08-03T10:00:00+09:00")
    assert main(["clock", "--confirm"]) == 0
    monkeypatch.setenv("DESK_CLOCK", "2026-10-17T10:00:00+09:00")
    assert main(["clock"]) == 1
    assert "2026-08-03 10:00 から 2026-10-17 10:00 にとびました" in capsys.readouterr().out
    assert main(["clock", "--confirm"]) == 0
    assert main(["clock"]) == 0
