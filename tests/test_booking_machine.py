"""Two people at the desk who tap and type whatever they like, on a table that is soon full.

Seeded walks over the real conversation: what is shown can always be sent, what was told holds.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.demo.message_limits import error_of
from bot.knowledge import Edition
from bot.render import messages_of
from bot.store.memory import MemoryLedger
from intents.bookings import Booking
from intents.model import PickDate, Tap
from intents.office import JST
from tests.support.conversation import Conversation, buttons, heard

START = datetime(2026, 8, 10, 8, 0, tzinfo=JST)
WALKS, MOVES = 20, 150
PEOPLE = ("花子", "太郎")
ONWARD = ("day:", "slot:", "change:", "cancelit:", "undo:")
SHAPES = ("venue:shibuya", "days:kitazawa:999", "who:two", "topic:both", "slot:kitazawa:2026-08-12:0900", "bookit:a:b:c:d:e:f",
          "moveit:kitazawa:2026-08-12:0900:{ref}:k", "cancelit:さくら-99", "undo:{ref}", "offer", "unoffer", "quiet", "mine")  # fmt: skip
WORDS = (
    "予約", "予約したい", "北沢で12日の9時に予約", "砧、8月24日", "両親の予約、北沢で8月13日9時", "母の予約をしたい", "三人です",
    "はい", "いいえ", "いいです", "やめる", "もどる", "おまかせ", "いつでもいい", "ほかの日", "ほかの場所", "2番目", "1", "9時", "25",
    "8月11日", "2月30日", "昨日", "2027年8月12日", "11月5日", "午後", "いちばん早い日", "空いている日は？", "空きを待ちます", "もっと先の日",
    "二人", "わたし", "父", "全部", "わからない", "持ち物は？", "電話", "4821", "ありがとう", "むにゃむにゃ", "予約の確認",
    "予約を変えたい", "13日の9時45分に変えて", "同じ時間で別の日に変えたい", "予約を取り消したい", "元にもどして", "さくら-27", "{ref}",
    "三軒茶屋で予約", "渋谷区役所で予約", "Book Kitazawa on August 13", "yes", "cancel", "やさしい日本語", "よやく したいです",
)  # fmt: skip

# In Japanese or in English, which the walks change to now and then.
_TELLING = ("予約できました|visit is booked", "開かないことになりました|will not", "予約を変えました|has been changed",
            "取り消しました|has been cancelled", "席まで|can book up to", "もう過ぎています|in the past",
            "こよみにない日|not on the calendar", "元にもどしました|as it was before")  # fmt: skip


@pytest.fixture(scope="module")
def narrow(practice: Edition) -> Edition:
    """The practice content with three visits a day, so that days fill up."""
    facts = practice.catalogue.facts
    assert facts.openings is not None
    openings = replace(facts.openings, slots=facts.openings.slots[:3])
    return replace(practice, catalogue=replace(practice.catalogue, facts=replace(facts, openings=openings)))


def _move(dice: random.Random, talk: Conversation) -> dict[str, Any]:
    """One thing that somebody may do now."""
    who = {"as": dice.choice(PEOPLE)}
    person = talk.people.get(who["as"])
    shown = [b for b in (buttons(person.shown) if person else []) if isinstance(b, Tap | PickDate)]
    ever = [b for b in (person.ever if person else []) if isinstance(b, Tap)]
    roll = dice.random()
    if shown and roll < 0.66:
        ends = [b for b in shown if isinstance(b, Tap) and (b.main or b.data.startswith(ONWARD))]
        return who | {"data": _data(dice.choice(ends if ends and roll < 0.4 else shown), dice)}
    if ever and roll < 0.71:
        return who | {"data": dice.choice(ever).data}
    if person and person.said and roll < 0.74:
        return who | {"again": True}
    if roll < 0.90:
        return who | {"say": dice.choice(WORDS)}
    if roll < 0.93:
        known = person.reference if person and person.reference else "さくら-98"
        return who | {"data": dice.choice(SHAPES).replace("{ref}", known)}
    if roll < 0.94:
        return who | {"sends": dice.choice(("sticker", "image"))}
    if roll < 0.95:
        return who | {"place": [35.64, 139.65]}
    if roll < 0.965:
        return who | {"pushed": True}
    if roll < 0.972:
        return {"close": {"venue": "kitazawa", "day": dice.choice(("2026-08-12", "2026-08-13")), "reason": "台風"}}
    return {"later": dice.choice((-30, 1, 9, 11, 31, 61, 300, 1440))}


def _data(button: Tap | PickDate, dice: random.Random) -> str:
    if isinstance(button, Tap):
        return button.data
    return f"{button.data}:{button.first + timedelta(days=dice.randrange(-2, (button.last - button.first).days + 3))}"


def _walks() -> Iterator[Any]:
    yield from (pytest.param(seed, id=f"walk {seed}") for seed in range(WALKS))


@pytest.mark.parametrize("seed", _walks())
def test_whatever_two_people_do_the_desk_answers_and_every_booking_told_stands(
    seed: int, narrow: Edition
) -> None:
    """Each reply can be sent, places never exceed desks, nobody has more than her share, what was told exists."""
    dice = random.Random(seed)
    ledger = MemoryLedger()
    talk = Conversation(narrow, ledger, START)
    done: list[dict[str, Any]] = []
    for _ in range(MOVES):
        move = _move(dice, talk)
        done.append(move)
        talk.step(move)
        if not {"later", "pushed", "close"} & set(move):
            _is_sendable(talk, done)
        _holds_what_was_told(talk, ledger, done)


def _is_sendable(talk: Conversation, done: list[dict[str, Any]]) -> None:
    shown = talk.shown
    assert shown.bubbles, done
    assert all(len(bubble.buttons) <= 6 and bubble.text.strip() for bubble in shown.bubbles), (done, heard(shown))
    assert error_of(messages_of(shown)) is None, (done, error_of(messages_of(shown)))


def _holds_what_was_told(talk: Conversation, ledger: MemoryLedger, done: list[dict[str, Any]]) -> None:
    openings = talk.table.openings
    kept = {code: Booking.from_json(page) for code, page in ledger.shelf("booking").items()}
    standing = [one for one in kept.values() if one.state == "booked"]
    for slot in {one.slot for one in standing}:
        desks = [desk for one in standing if one.slot == slot for desk in one.desks]
        assert len(desks) == len(set(desks)) <= openings.desks, (slot, done)
        assert slot.day in openings.days[slot.venue] and slot.time in openings.slots, (slot, done)
    for name in PEOPLE:
        mine = [one for one in kept.values() if one.user == name and one.is_open and one.slot.starts > talk.now]
        assert sum(one.people for one in mine) <= openings.per_person, (name, done)
    if talk.shown.room == "receipt":
        assert talk.who.reference in kept, (talk.who.reference, done)


def test_the_walks_reach_bookings_full_days_and_cancellations(narrow: Edition) -> None:
    """The walks are no idle talk: they book, change, cancel, take back, meet limits and closed days."""
    rooms: set[str] = set()
    words: set[str] = set()
    for seed in range(WALKS):
        dice, talk = random.Random(seed), Conversation(narrow, MemoryLedger(), START)
        for _ in range(MOVES):
            talk.step(_move(dice, talk))
            rooms.add(talk.shown.room)
            words |= {told for told in _TELLING if re.search(told, heard(talk.shown))}
    assert {"receipt", "booking_confirm", "booking_cancel", "booking_mine", "pin_refused", "stop"} <= rooms
    # One may be missed when a change of the desk leads the walks elsewhere.
    assert len(set(_TELLING) - words) <= 1, set(_TELLING) - words
