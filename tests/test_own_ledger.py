"""What a waiting list and an offer keep of a person's choice, and reminders that are wished again."""

from __future__ import annotations

from dataclasses import replace

from bot.store.memory import MemoryLedger
from intents.bookings import Hold, Outcome, Waiting
from intents.ledger import guests
from intents.ledger.pages import hold_at, waiters_of
from intents.reference import WORDS, find_reference
from tests.support.pages import NINE, NOW, OPENINGS, SLOT, TUESDAY, Hand, code_of, guest, put

CHOSEN = Waiting("kitazawa", TUESDAY, 1, topics=("tokyo",), family=True)


def test_an_offer_is_for_whom_and_for_what_was_chosen() -> None:
    hand = Hand(MemoryLedger(), openings=replace(OPENINGS, slots=(NINE,)))
    code = code_of(hand.book("bert", people=2))
    hand.does(lambda pages, table: guests.wait(pages, guest("anna"), CHOSEN, table))
    hand.cancel("bert", code)
    offered = hand.does(lambda pages, table: hold_at(pages, "offer:anna"))
    assert offered and offered.topics == ("tokyo",) and offered.family
    assert Outcome.from_json(Outcome("ok", hold=offered).to_json()).hold == offered


def test_pages_of_an_older_version_are_read() -> None:
    old = {"list": [{"user": "u", "address": "a", "lang": "ja", "people": 1, "earliest": None, "latest": None, "at": NOW}]}
    assert waiters_of(old)[0].topics == () and not waiters_of(old)[0].family
    hand = Hand(MemoryLedger())
    put(hand.ledger, "hold", "offer:u", {"slot": SLOT.key, "people": 1, "due": NOW, "offer": True})
    assert hand.does(lambda pages, table: hold_at(pages, "offer:u")) == Hold(SLOT, 1, NOW, offer=True)
    before = {"kind": "ok", "booking": None, "hold": [SLOT.key, 1, NOW, False], "notice": ""}
    assert Outcome.from_json(before).hold == Hold(SLOT, 1, NOW)


def test_reminders_stopped_and_wished_again_stand_as_before() -> None:
    hand = Hand(MemoryLedger())
    hand.book("anna")
    before = hand.notices("reminder_day") + hand.notices("reminder_morning")
    hand.quiet("anna")
    assert not hand.notices("reminder_day") and not hand.notices("reminder_morning")
    hand.does(lambda pages, table: guests.be_loud(pages, guest("anna"), table))
    assert hand.notices("reminder_day") + hand.notices("reminder_morning") == before != []


def test_reminders_wished_again_too_late_are_not_sent() -> None:
    hand = Hand(MemoryLedger())
    hand.book("anna")
    hand.quiet("anna")
    hand.at(25, 7, 0)
    hand.does(lambda pages, table: guests.be_loud(pages, guest("anna"), table))
    assert not hand.notices("reminder_day") and not hand.notices("reminder_morning")


def test_who_is_reminded_anyway_is_not_reminded_twice() -> None:
    hand = Hand(MemoryLedger())
    hand.book("anna")
    for notice in hand.notices("reminder_day"):
        put(hand.ledger, "notice", notice, None)  # it was sent
    hand.does(lambda pages, table: guests.be_loud(pages, guest("anna"), table))
    assert not hand.notices("reminder_day")


def test_a_reference_is_found_however_it_is_written() -> None:
    for typed in ("さくら二十七", "桜の27です", "sakura-27", "my code is Sakura 27", "サクラー27", "さくら 二七"):
        assert find_reference(typed) == "さくら-27", typed
    assert find_reference("三日月 百二十") == "みかづき-120"
    for word in WORDS:
        assert find_reference(f"{word}の27番") == f"{word}-27"


def test_words_that_only_look_like_a_reference_are_none() -> None:
    for typed in ("まつ30分", "10分待つ", "桜の木が二本", "港区3丁目", "take 10 minutes", "さくら", "梅ヶ丘 27"):
        assert find_reference(typed) is None, typed
