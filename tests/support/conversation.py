"""A conversation with the desk on a real ledger: several people, an operator, a clock that is moved.

A step of tests/dialogues/*.yaml is one of these, and what must be heard after it:

    say: words            typed, through the guard
    tap: label            a button shown in the last reply
    old: label            a button of any earlier reply, pressed again
    pick: [label, day]    a day chosen in the calendar behind a button
    data: text            a button that nobody was shown (forged)
    place: [lat, lon]  sends: image  follows: true
    again: true           the same message once more, answered anew (a crash before its end)
    later: minutes        the clock moves on, and the ledger's housekeeping is done
    fill: {venue, day, leave, time}   callers on the phone take all places but `leave` (of one time)
    close: {venue, day, reason}       the ward closes a day
    table: {slots, minutes, on_duty, days}   staff edit the table: what is named of it
    phone: {venue, day, time}         a caller books; its reference is known as {phone}
    pushed: true          what is pushed to this person now

`as: name` changes who acts. `{ref}` in what is said is the reference shown last.
"""

from __future__ import annotations

import json
import re
import uuid
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from bot.knowledge import Edition
from bot.reception import Reception
from bot.store.base import Ledger
from intents import ledger as rules
from intents.bookings import Guest, Wish
from intents.desk import Desk, respond
from intents.guard import Context, Refusal, Shape, judge
from intents.guard.talk import Asked
from intents.ledger.closing import close_day
from intents.ledger.notices import Notice
from intents.ledger.pages import booking_at
from intents.ledger.places import Table, expire
from intents.model import Button, Lang, PickDate, Reply, Tap
from intents.reference import WORDS
from intents.say import Speaker
from intents.slots import Slot
from intents.talk import Followed, Located, Said, Sent, Slipped, Talk, Typed, parse_tap
from intents.telling import say_notice

_REFERENCE = re.compile(rf"(?:{'|'.join(WORDS)})-\d{{2,3}}")


class Cases:
    """Codes in a row, so that dialogues can name them."""

    def open_case(self, code: str, topic: str, tried: tuple[str, ...], lang: Lang) -> str:
        return code or "さくら-27"


@dataclass(slots=True)
class Person:
    name: str
    talk: Talk = field(default_factory=Talk)
    before: Talk = field(default_factory=Talk)
    said: Said | None = None
    shape: Shape = field(default_factory=Shape)
    shown: Reply = Reply(())
    ever: list[Button] = field(default_factory=list)
    reference: str = ""
    taps: int = 0


class Conversation:
    """Runs the steps. `shown` is the reply to the last one."""

    def __init__(self, edition: Edition, ledger: Ledger, at: datetime) -> None:
        self.edition, self.ledger, self.now = edition, ledger, at
        self.people: dict[str, Person] = {}
        self.who = self._person("本人")
        self.phone = ""
        self._request = ""

    def _person(self, name: str) -> Person:
        return self.people.setdefault(name, Person(name))

    @property
    def shown(self) -> Reply:
        return self.who.shown

    @property
    def table(self) -> Table:
        openings = self.edition.catalogue.facts.openings
        assert openings is not None, "this dialogue needs openings: practice: true"
        return Table(openings, int(self.now.timestamp()))

    def step(self, step: dict[str, Any]) -> None:
        if "as" in step:
            self.who = self._person(step["as"])
        if "later" in step:
            self._later(step["later"])
        elif "fill" in step:
            self._fill(**step["fill"])
        elif "close" in step:
            self._close(**step["close"])
        elif "table" in step:
            self._edit(**step["table"])
        elif "phone" in step:
            self._phone(**step["phone"])
        elif "pushed" in step:
            self.who.shown = self._pushed()
        elif "again" in step:
            assert self.who.said is not None
            self.who.talk = self.who.before
            self._answer(self.who.said)
        elif set(step) & {"say", "tap", "old", "pick", "data", "place", "sends", "follows"}:
            self._new(step)

    # --- what a person does

    def _new(self, step: dict[str, Any]) -> None:
        self.now += timedelta(seconds=5)
        self._request = uuid.uuid4().hex
        said = self._said(step)
        self.who.before, self.who.said = self.who.talk, said
        self._answer(said)

    def _answer(self, said: Said) -> None:
        facts = self.edition.catalogue.facts
        bookings = None
        if facts.openings is not None:
            guest = Guest(self.who.name, f"sealed {self.who.name}", self.who.talk.lang)
            bookings = Reception(
                self.ledger, guest, self._request, facts.openings, int(self.now.timestamp())
            )
        desk = Desk(self.edition.catalogue, self.edition.matcher, Cases(), bookings)
        reply, talk = respond(said, self.who.talk, desk, self.now)
        # As it comes back from a store.
        self.who.talk = Talk.from_json(json.loads(json.dumps(talk.to_json())))
        self.who.shown = reply
        self._remember(reply)
        for notice in reply.told:
            self.ledger.transact(lambda pages, notice=notice: pages.put("notice", notice, None))

    def _remember(self, reply: Reply) -> None:
        self.who.ever += [b for bubble in reply.bubbles for b in bubble.buttons]
        found = _REFERENCE.findall(heard(reply))
        self.who.reference = found[-1] if found else self.who.reference

    def _said(self, step: dict[str, Any]) -> Said:
        if "say" in step:
            return self._typed(str(step["say"]))
        if "tap" in step:
            return self._tapped(_button(step["tap"], buttons(self.shown)).data)
        if "old" in step:
            return self._tapped(_button(step["old"], self.who.ever).data)
        if "pick" in step:
            label, day = step["pick"]
            return self._tapped(f"{_button(label, buttons(self.shown)).data}:{day}")
        if "data" in step:
            return self._tapped(self._named(step["data"]))
        if "place" in step:
            return Located(*step["place"])
        return Sent(step["sends"]) if "sends" in step else Followed()

    def _typed(self, words: str) -> Said:
        context = Context(self.who.talk.asked or Asked.NOTHING, self.who.shape, self.now)
        verdict = judge(self._named(words), context)
        self.who.shape = verdict.shape
        if isinstance(verdict.outcome, Refusal):
            return Slipped(verdict.outcome)
        return Typed(verdict.outcome)

    def _tapped(self, data: str) -> Said:
        self.who.taps += 1
        tap = parse_tap(data)
        assert tap is not None, data
        return tap

    def _named(self, words: str) -> str:
        return words.replace("{ref}", self.who.reference).replace("{phone}", self.phone)

    # --- what happens beside

    def _later(self, minutes: float) -> None:
        self.now += timedelta(minutes=minutes)
        for holder in self.ledger.due("hold", int(self.now.timestamp())):
            self.ledger.transact(lambda pages, holder=holder: expire(pages, holder, self.table))

    def _fill(self, venue: str, day: Any, leave: int = 0, at: str | None = None) -> None:
        chosen = date.fromisoformat(str(day))
        slots = [Slot(venue, chosen, one) for one in self.table.openings.slots]
        wanted = [slot for slot in slots if at is None or slot.time == time.fromisoformat(at)]
        for place in range(len(wanted) * self.table.openings.desks - leave):
            self._book(wanted[place // self.table.openings.desks], 1)

    def _phone(self, venue: str, day: Any, at: str, people: int = 1) -> None:
        slot = Slot(venue, date.fromisoformat(str(day)), time.fromisoformat(at))
        self.phone = self._book(slot, people)

    def _book(self, slot: Slot, people: int) -> str:
        request, wish = uuid.uuid4().hex, Wish(people=people, channel="phone")
        outcome = self.ledger.transact(
            lambda pages: rules.book(pages, request, Guest(), slot, wish, self.table)
        )
        assert outcome.ok and outcome.booking, outcome.kind
        return outcome.booking.reference

    def _close(self, venue: str, day: Any, reason: str = "") -> None:
        chosen = date.fromisoformat(str(day))
        self.ledger.transact(lambda pages: close_day(pages, venue, chosen, reason, self.table))

    def _edit(self, **to: Any) -> None:
        if "slots" in to:
            to["slots"] = tuple(time.fromisoformat(one) for one in to["slots"])
        if "days" in to:
            days = {venue: tuple(date.fromisoformat(str(one)) for one in days) for venue, days in to["days"].items()}
            to["days"] = dict(self.table.openings.days) | days
        facts = replace(self.edition.catalogue.facts, openings=replace(self.table.openings, **to))
        self.edition = replace(self.edition, catalogue=replace(self.edition.catalogue, facts=facts))

    def _pushed(self) -> Reply:
        """What stands in the outbox for this person by now, as it would be pushed; then it is out."""
        bubbles, now = [], int(self.now.timestamp())
        for key in self.ledger.due("notice", now):
            page = self.ledger.shelf("notice")[key]
            notice = Notice.from_json(page)
            if notice.user != self.who.name:
                continue
            booking = self.ledger.transact(
                lambda pages, notice=notice: booking_at(pages, notice.reference)
            )
            speak = Speaker(self.edition.catalogue, notice.lang, self.now.date())
            bubbles += say_notice(notice, booking, speak, self.now).bubbles
            self.ledger.transact(lambda pages, key=key: pages.put("notice", key, None))
        reply = Reply(tuple(bubbles))
        self._remember(reply)
        return reply


def heard(reply: Reply) -> str:
    return "\n".join(bubble.text for bubble in reply.bubbles)


def buttons(reply: Reply) -> list[Button]:
    return [b for bubble in reply.bubbles for b in bubble.buttons] + list(reply.quick)


def _button(label: str, shown: list[Button]) -> Tap | PickDate:
    found = [b for b in shown if isinstance(b, Tap | PickDate) and b.label == label]
    assert found, f"「{label}」 is not among {[b.label for b in shown]}"
    return found[-1]
