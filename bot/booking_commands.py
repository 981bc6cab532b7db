"""`madoguchi book`: what the operator types for a caller, and reads out."""

from __future__ import annotations

import argparse
import json
import os
import uuid
from dataclasses import dataclass, replace
from datetime import timedelta

from bot.listing import as_json
from bot.operating import Operating, operating
from bot.typed import read_day, read_moment, read_people, read_topics, read_venue
from intents import ledger
from intents.bookings import Booking, Guest, Outcome, Wish
from intents.dates import When
from intents.ledger.pages import Pages, once
from intents.office import phase
from intents.say import Speaker
from intents.slots import (
    Alternatives,
    Reason,
    Slot,
    alternatives,
    distance,
    free_slots,
    in_time,
    without,
)
from intents.telling import receipt, say_slot, venue_name

_NEAREST = 3
_LOOKED_AT = 40


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a place cannot be had, to be read out, and the nearest free ones."""

    reason: str
    text: str
    free: tuple[Slot, ...] = ()


# ------------------------------------------------------------------ booking
def book(arguments: argparse.Namespace) -> int:
    """Books for a caller on the phone. 0 and the visit; 1, why not and what is free. Misuse."""
    with operating(os.environ) as desk:
        venue = read_venue(arguments.venue, desk.catalogue)
        day = read_day(arguments.date, desk.catalogue.facts, desk.today)
        slot = Slot(venue, day, read_moment(arguments.time, desk.today))
        topics = read_topics(arguments.topics, desk.catalogue, desk.today)
        people = read_people(arguments.people)
        wish = Wish(people, topics, arguments.family and people == 1, "ja", "phone")
        told = _not_now(desk) or book_for_caller(desk, slot, wish, uuid.uuid4().hex)
        if isinstance(told, Refused):
            print(_refused_json(desk, told) if arguments.json else _refused_text(desk, told))
            return 1
        print(
            json.dumps(as_json(desk, told), ensure_ascii=False)
            if arguments.json
            else _told(desk, told)
        )
        return 0


def _not_now(desk: Operating) -> Refused | None:
    """Why nothing at all can be booked today."""
    facts, speak = desk.catalogue.facts, desk.speaker()
    if phase(desk.today, facts) == "after":
        return Refused("over", speak.prompt("booking_over").split("\n")[0])
    if not any(desk.openings.days.values()):
        return Refused("no_table", speak.prompt("booking_not_yet"))
    opens = desk.openings.accept_from
    if opens and desk.today < opens:
        return Refused("not_yet", speak.prompt("booking_from", day=speak.date(opens)))
    return None


def book_for_caller(desk: Operating, slot: Slot, wish: Wish, request: str) -> Booking | Refused:
    """One booking for each `request`, however often it is asked for. StorageError."""
    name = f"book/phone/{request}"

    def work(pages: Pages) -> Outcome:
        return once(
            pages,
            name,
            desk.seconds,
            lambda: ledger.book(pages, name, Guest(), slot, wish, desk.table),
        )

    outcome = desk.surely(work)
    return (
        outcome.booking if outcome.ok and outcome.booking else _why_not(desk, slot, wish, outcome)
    )


def _told(desk: Operating, booking: Booking) -> str:
    """What the operator reads out."""
    speak = desk.speaker()
    said = receipt(speak, booking, "receipt_booked", None)[0].text
    mark = f"{speak.prompt('practice_mark')}\n" if speak.practice else ""
    return f"{mark}合い言葉：{booking.reference}\n\n{said}"


# ------------------------------------------------------------------ what cannot be had
def _why_not(desk: Operating, slot: Slot, wish: Wish, outcome: Outcome) -> Refused:
    reception = desk.reception()
    closed, taken = reception.closed(), dict(reception.taken())
    if outcome.kind == "full":  # whatever a look a moment later says: it may have been for two
        taken[slot] = desk.openings.desks
    openings = without(desk.openings, closed.keys())
    facts = replace(desk.catalogue.facts, openings=openings)
    when = When((slot.day,), slot.time, slot.time)
    notice = timedelta(minutes=desk.openings.notice)
    found = alternatives(
        facts, taken, when, slot.venue, desk.now, notice, people=wish.people, count=_LOOKED_AT
    )
    near = _near(found, when)
    if not near:  # the wished counter is over: any other will do
        near = free_slots(openings, taken, When(), None, desk.now, notice, people=wish.people)[
            :_NEAREST
        ]
    text = _why(desk.speaker(), found, slot, wish, closed.get((slot.venue, slot.day)))
    return Refused(found.reason.value, text, near)


def _near(found: Alternatives, when: When) -> tuple[Slot, ...]:
    """The nearest three: one of another venue on the same day, where the wished one is far off."""
    elsewhere = found.elsewhere[: 1 if found.slots else _NEAREST]
    here = found.slots[: _NEAREST - len(elsewhere)]
    return tuple(
        sorted(
            (*here, *elsewhere), key=lambda one: (*distance(one, when, when.days), *in_time(one))
        )
    )


def _why(speak: Speaker, found: Alternatives, slot: Slot, wish: Wish, closed: str | None) -> str:
    day, venue = speak.date(slot.day), venue_name(speak, slot.venue)
    if closed is not None:
        text = speak.prompt("why_shut", day=day, venue=venue)
        return f"{text}\n{speak.prompt('closure_reason', name=closed)}" if closed else text
    full = found.reason is Reason.FULL
    # Of today only the time is past.
    to_the_minute = full or (found.reason is Reason.PAST and slot.day == speak.today)
    prompt = "why_full_two" if full and wish.people > 1 else f"why_{found.reason.value}"
    turn = "・".join(venue_name(speak, one) for one in found.turn)
    return speak.prompt(
        prompt, day=say_slot(slot, speak) if to_the_minute else day, venue=venue, name=turn
    )


def _refused_text(desk: Operating, told: Refused) -> str:
    speak = desk.speaker()
    lines = [f"予約できませんでした。\n{told.text}"]
    if told.free:
        lines.append("近いところでは、次が空いています。")
        lines += [f"　{venue_name(speak, one.venue)}　{say_slot(one, speak)}" for one in told.free]
    return "\n".join(lines)


def _refused_json(desk: Operating, told: Refused) -> str:
    speak = desk.speaker()
    free = [
        {"venue": venue_name(speak, one.venue), "venue_id": one.venue}
        | {"date": one.day.isoformat(), "time": f"{one.time:%H:%M}"}
        for one in told.free
    ]
    return json.dumps(
        {"error": told.reason, "message": told.text, "free": free}, ensure_ascii=False
    )
