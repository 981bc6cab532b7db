"""The booking desk's window on the ledger: what can be booked at this moment, or why nothing can."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from intents.bookings import Bookings
from intents.draft import Draft
from intents.model import Bubble, Button, Openings, Reply
from intents.office import phase
from intents.slots import Slot, first_free, free_slots, only_at, without
from intents.talk import Talk
from intents.turn import Turn, entry_taps, phone_taps, quick_taps

Answer = tuple[Reply, Talk]


@dataclass(frozen=True)
class Window:
    """What can be booked at this moment: the table without closed days, and who has what.

    `gone`: a slot whose places went to others a moment ago, whatever a glance at the ledger says.
    """

    bookings: Bookings
    openings: Openings
    closed: Mapping[tuple[str, date], str]
    gone: Slot | None = None

    _looked: dict[str, Mapping[Slot, int]] = field(default_factory=dict, init=False, repr=False)

    def taken(self, draft: Draft) -> Mapping[Slot, int]:
        """Who has what beside the booking that `draft` moves. Read only where places are looked for: the
        last tap of a booking needs it for a refusal alone."""
        if draft.moving not in self._looked:
            taken = self.bookings.taken(draft.moving)
            self._looked[draft.moving] = {**taken, self.gone: self.openings.desks} if self.gone else taken
        return self._looked[draft.moving]

    @property
    def notice(self) -> timedelta:
        return timedelta(minutes=self.openings.notice)

    def free(self, draft: Draft, turn: Turn, venue: str | None = None) -> tuple[Slot, ...]:
        """The free slots of the draft's wish, at its venue."""
        at = venue or draft.venue or None
        table = self.openings if at else self.table_of(draft)
        return free_slots(table, self.taken(draft), draft.when, at, turn.now, self.notice, people=draft.seats)

    def first_at_each(self, draft: Draft, turn: Turn) -> tuple[Slot, ...]:
        """The first free slot of the draft's wish at each venue that has one, soonest first."""
        table = self.table_of(draft)
        return first_free(table, self.taken(draft), draft.when, turn.now, self.notice, people=draft.seats)

    def table_of(self, draft: Draft) -> Openings:
        """The table of the venues that come into question for the draft."""
        return only_at(self.openings, draft.among) if draft.among else self.openings

    def days_at(self, venue: str, draft: Draft, turn: Turn) -> tuple[Slot, ...]:
        """All free slots of a venue from now on, whatever day was wished."""
        return self.free(draft.on_any_day(), turn, venue)


def open_window(turn: Turn) -> Window | Answer:
    """The window on the ledger; an answer instead, where nothing can be booked, which says why."""
    facts, speak = turn.desk.catalogue.facts, turn.speak
    if phase(speak.today, facts) == "after":
        return refused(turn, "booking_over", *entry_taps(turn, "until"))
    openings = facts.openings
    if openings is None or not any(openings.days.values()):
        return refused(turn, "booking_not_yet", *phone_taps(turn), *entry_taps(turn, "where", "bring"))
    speak.practice = speak.practice or openings.practice
    if openings.accept_from and speak.today < openings.accept_from:
        text = speak.prompt("booking_from", day=speak.date(openings.accept_from))
        return turn.say(Bubble(text, entry_taps(turn, "venue_dates", "bring")), room="booking")
    bookings = turn.desk.bookings
    if bookings is None:
        return refused(turn, "booking_group", *phone_taps(turn))
    closed = bookings.closed()
    return Window(bookings, without(openings, closed.keys()), closed)


def refused(turn: Turn, prompt: str, *buttons: Button) -> Answer:
    turn = turn.remember(draft=None)
    return turn.say(Bubble(turn.speak.prompt(prompt), buttons), quick=quick_taps(turn), room="booking")


def at_limit(turn: Turn, window: Window) -> Answer:
    """As many places as one person may have: what she has, and how to change it."""
    turn = turn.remember(draft=None)
    text = turn.speak.prompt("booking_limit", number=str(window.openings.per_person))
    buttons = (*entry_taps(turn, "booking_check", "booking_change"), *phone_taps(turn))
    return turn.say(Bubble(text, buttons), quick=quick_taps(turn), room="booking")


def stale(turn: Turn) -> Answer:
    """A button of a talk that is over."""
    turn = turn.remember(draft=None)
    bubble = Bubble(turn.speak.prompt("book_stale"), entry_taps(turn, "booking", "booking_check"))
    return turn.say(bubble, quick=quick_taps(turn), room="stale")


def open_on(window: Window, venue: str, days: Iterable[date]) -> bool:
    return any(day in window.openings.days.get(venue, ()) for day in days)
