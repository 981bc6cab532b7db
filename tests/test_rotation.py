"""SECRET_KEY is changed while people have bookings: nobody loses hers, and the old key can go later."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.calendar import Calendar
from bot.clock import PracticeClock
from bot.knowledge import Edition
from bot.seal import Seal, SealError
from intents.slots import Slot
from tests.conftest import FIRST_MORNING
from tests.support import events
from tests.support.desk import DeskUnderTest, actions_of
from tests.support.line import StandInLine

OLD, NEW = "the-old-key-of-thirty-two-letters", "the-new-key-of-thirty-two-letters"
ANNA, BERT = "U" + "a" * 32, "U" + "b" * 32


@pytest.fixture
def opened(tmp_path: Path, line: StandInLine, practice: Edition, url: str):  # type: ignore[no-untyped-def]
    """Opens a desk on the same store with the given keys."""

    def open_desk(key: str, *old: str) -> DeskUnderTest:
        clock = PracticeClock(FIRST_MORNING)
        return DeskUnderTest(tmp_path, line, clock, practice, store_url=url, secret_key=key, old_keys=old)

    return open_desk


def book(desk: DeskUnderTest, user: str) -> None:
    messages = desk.ask(events.text("8月12日の10時半に北沢で、せたがやPayを予約したい", user))
    for _ in range(6):
        button = next(a for a in actions_of(messages) if a.get("data", "").startswith(("who", "topic", "bookit")))
        messages = desk.ask(events.tap(button["data"], user))
        if button["data"].startswith("bookit"):
            return
    raise AssertionError("no booking")


def users_of(desk: DeskUnderTest) -> set[str]:
    return {str(page["user"]) for page in desk.running.store.shelf("booking").values()}


def test_who_booked_under_the_old_key_still_sees_her_booking_and_others_are_known_by_the_new(opened) -> None:  # type: ignore[no-untyped-def]
    with opened(OLD) as desk:
        book(desk, ANNA)
        before = users_of(desk)
    with opened(NEW, OLD) as desk:
        assert "8月12日" in str(desk.say("予約を確認したい", ANNA))
        book(desk, BERT)
        assert len(users_of(desk) - before) == 1
    with opened(NEW) as desk:
        assert "8月12日" in str(desk.say("予約を確認したい", BERT))
        assert "8月12日" not in str(desk.say("予約を確認したい", ANNA))


def test_blocking_forgets_her_under_both_names(opened) -> None:  # type: ignore[no-untyped-def]
    with opened(OLD) as desk:
        desk.say("English please", ANNA)
    with opened(NEW, OLD) as desk:
        desk.send(events.event("unfollow", ANNA))
        assert "マイナンバーカード" in str(desk.say("持ち物は何ですか", ANNA))


def test_an_address_sealed_with_the_old_key_is_opened_and_new_ones_are_sealed_with_the_new() -> None:
    sealed = Seal(OLD).seal(ANNA)
    assert Seal(NEW, OLD).open(sealed) == ANNA
    fresh = Seal(NEW, OLD).seal(BERT)
    assert Seal(NEW).open(fresh) == BERT
    with pytest.raises(SealError):
        Seal(NEW).open(sealed)


def test_a_calendar_address_under_the_old_key_is_still_read() -> None:
    slot = Slot.parse("kitazawa/2026-08-12/10:30")
    assert slot is not None
    token = Calendar("https://x.example", OLD).token(slot, "ja")
    assert Calendar("https://x.example", NEW, OLD).read(token) == (slot, "ja")
    assert Calendar("https://x.example", NEW).read(token) is None
    fresh = Calendar("https://x.example", NEW, OLD).token(slot, "ja")
    assert Calendar("https://x.example", NEW).read(fresh) == (slot, "ja")
