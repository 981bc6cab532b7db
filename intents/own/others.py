"""Words about another's visit, from somebody who has a booking: one booking more, or one that is not known here.

What she has is never moved or cancelled for somebody else's sake.
"""

from __future__ import annotations

from dataclasses import replace

from intents.booking import begin
from intents.booking.shift import settled, slot_base
from intents.booking.window import Answer
from intents.bookings import Booking
from intents.model import Bubble
from intents.own.change_words import turns_to
from intents.own.changing import ask_cancel, without_draft
from intents.own.mine import Own
from intents.own.others_words import (
    asks_to_take,
    gives_up_theirs,
    names_their_seat,
    of_another_visit,
    of_one_more_visit,
    of_their_booking,
)
from intents.own.wishes import done
from intents.own.words import is_general, is_question
from intents.telling import booking_lines, manage_taps
from intents.turn import quick_taps
from intents.wishes import Heard


# ------------------------------------------------------------------ one more
def of_more(own: Own) -> Answer | None:
    """「あと父の分も、次の日の10時半に」: a second booking. None for other words, and in a new booking's steps."""
    if own.draft is not None and not own.draft.moving:
        return None
    # The words first: her bookings are read from the ledger, which a question about parking need not wait for.
    if not _says_a_day(own.heard) or not own.mine or own.closed or not _wishes_more(own):
        return None
    turn = without_draft(own.turn).remember(pending="")
    return begin(turn, _of_the_other(own, own.moving or own.meant or own.mine[0]))


def _says_a_day(heard: Heard) -> bool:
    moved = heard.shift.days or heard.shift.weeks
    return bool(heard.says_when or heard.same_day or heard.same_time or moved)


def _wishes_more(own: Own) -> bool:
    heard, page = own.heard, own.page
    spoken = max(own.changed, own.called_off, own.absent) >= 0
    if spoken or is_general(page) or (is_question(own.text) and not asks_to_take(page)):
        return False
    if of_one_more_visit(page):
        return not (heard.shift.later or heard.shift.minutes)
    if not of_another_visit(page):
        return False
    if (own.moving or any(one.people > 1 for one in own.mine)) and not names_their_seat(page):
        return False  # who answers a step of a change, or has a place for two, may well speak of that
    # Of a booking that is the family's, 「父は26日がいいです」 could as well be its change.
    known = any(one.family for one in own.mine)
    too = heard.also or heard.wants or "も" in page or "another" in page
    return bool(too or not (known or turns_to(page)))


def _of_the_other(own: Own, booking: Booking) -> Heard:
    """What is said, seen from the booking she has: 「次の日」 is the day after it, at its counter if that is open."""
    slot, openings = booking.slot, own.turn.desk.catalogue.facts.openings
    open_days = openings.days.get(own.heard.venue or slot.venue, ()) if openings else ()
    heard = settled(own.heard, slot_base(slot), open_days, openings.slots if openings else ())
    if heard.same_day:
        heard = replace(heard, when=replace(heard.when, days=(slot.day,)))
    if heard.same_time:
        heard = replace(heard, when=replace(heard.when, earliest=slot.time, latest=slot.time))
    at_hers = not heard.venues and any(day in open_days for day in heard.when.days)
    venue = slot.venue if at_hers else heard.venue
    theirs = of_another_visit(own.page) or heard.family
    people = 0 if heard.people > 1 else 1 if theirs else heard.people
    return replace(
        heard, venue=venue, venues=(venue,) if venue else heard.venues, family=theirs, also=False, people=people
    )


# ------------------------------------------------------------------ not known here
def not_theirs(own: Own) -> Answer | None:
    """「父のほうだけ取り消して」, where nothing was booked for the family here: said, and what she has."""
    gives_up = gives_up_theirs(own.page)
    wished = gives_up or own.called_off >= 0 or own.changed >= 0
    if own.draft is not None or not wished or not of_their_booking(own.page) or is_general(own.page):
        return None
    if not own.mine:
        return None
    theirs = [one for one in own.mine if one.family or one.people > 1]
    if theirs:
        return _given_up(own, theirs[0]) if gives_up and own.changed < 0 and len(theirs) == 1 else None
    speak = own.turn.speak
    head = Bubble(speak.prompt("own_not_theirs"))
    shown = [Bubble(booking_lines(speak, one), manage_taps(speak, one), large=True) for one in own.mine[:3]]
    return own.turn.remember(pending="").say(head, *shown, quick=quick_taps(own.turn), room="booking_mine")


def _given_up(own: Own, theirs: Booking) -> Answer | None:
    """「妻の分はいりません」: hers is cancelled, or of two seats what can be done."""
    if theirs.people > 1:
        return done(own, "cancel") if own.meant == theirs else None
    return ask_cancel(own.turn, theirs.reference)
