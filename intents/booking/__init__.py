"""What a sentence says of a visit, as a draft: a new booking, a change, or an answer out of turn.

The questions that are left are asked in steps.py.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from intents.booking.questions import ask_people, ask_venue
from intents.booking.reasons import why
from intents.booking.shift import base_of, settled, slot_base
from intents.booking.steps import ask, proceed
from intents.booking.window import Answer, Window, at_limit, open_on, open_window
from intents.bookings import Booking
from intents.draft import Draft
from intents.slots import Alternatives, Reason
from intents.turn import Turn, phone_taps
from intents.wishes import Heard


# ------------------------------------------------------------------ beginning
def begin(turn: Turn, heard: Heard, moving: Booking | None = None) -> Answer:
    """A new booking, or the change of one, with what the first sentence already says."""
    window = open_window(turn)
    if not isinstance(window, Window):
        return window
    if moving is None:
        if sum(one.people for one in window.bookings.mine()) >= window.openings.per_person:
            return at_limit(turn, window)
        draft = Draft(key=window.bookings.fresh_key())
        heard = _as_booked(heard, draft, window)
    else:
        draft = change_draft(turn, moving, window)
        heard = _from_its_place(heard, moving, window)
    quick = heard.says_when and bool(heard.when.days or heard.venue)
    return apply(turn, replace(draft, quick=quick), heard, window)


def change_draft(turn: Turn, moving: Booking, window: Window) -> Draft:
    """The draft of a booking's change: the same people, at its counter where that still opens."""
    draft = Draft(
        key=window.bookings.fresh_key(),
        moving=moving.reference,
        people=moving.people,
        topics=moving.topics,
        family=moving.family,
    )
    is_open = any(window.days_at(moving.slot.venue, draft, turn))
    return replace(draft, venue=moving.slot.venue if is_open else "")


def _from_its_place(heard: Heard, moving: Booking, window: Window) -> Heard:
    """A change that speaks of an hour alone stays on the booking's day; 「翌週」 is the week after it."""
    when, slot = heard.when, moving.slot
    times = window.openings.slots
    if heard.shift:
        days = window.openings.days.get(heard.venue or slot.venue, ())
        return settled(heard, slot_base(slot), days, times)
    hours = bool(when.earliest or when.latest or when.out.hours) and not (when.days or when.first)
    if moving.state != "booked" or not hours or heard.venue not in ("", slot.venue):
        return _as_booked(heard, Draft(moving=moving.reference), window)
    return replace(heard, when=replace(when, days=(slot.day,), problem=""))


def _as_booked(heard: Heard, draft: Draft, window: Window) -> Heard:
    """「同じ日」, 「同じ時間」: those of the booking she has."""
    if not (heard.same_day or heard.same_time):
        return heard
    mine = [one for one in window.bookings.mine() if draft.moving in ("", one.reference)]
    if len(mine) != 1:
        return heard
    slot, when, venue = mine[0].slot, heard.when, heard.venue
    another = not draft.moving and not when.days and not draft.days and venue in ("", slot.venue)
    if heard.same_day or another:
        when, venue = replace(when, days=(slot.day,), problem=""), venue or slot.venue
    if heard.same_time:
        when = replace(when, earliest=slot.time, latest=slot.time)
    return replace(heard, when=when, venue=venue)


# ------------------------------------------------------------------ what a sentence says
def apply(turn: Turn, draft: Draft, heard: Heard, window: Window) -> Answer:
    """The draft with what a typed sentence says, and on to what is lacking."""
    if heard.people > 2:
        return _many(turn, draft)
    venue = heard.venue or draft.venue
    days = window.openings.days.get(venue, ())
    heard = settled(_as_booked(heard, draft, window), base_of(draft), days, window.openings.slots)
    heard = on_open_weekdays(heard, days)
    after = _for_whom(_somewhere(draft, heard, window), heard)
    if heard.topics is not None:
        after = replace(after, topics=heard.topics)
    if heard.when.problem:
        return _misread(turn, after, heard, window)
    if heard.says_when or heard.when.out:
        after = after.wishing(heard.when)
    if heard.elsewhere and not heard.venue and not draft.moving:
        return _no_such_place(turn, after, heard.elsewhere, window)
    reply, talk = proceed(turn, after, window)
    if talk.draft and talk.draft.step == draft.step and _quietly(turn, draft, after):
        return proceed(turn, after, window, turn.speak.prompt("book_noted"))
    return reply, talk


def _quietly(turn: Turn, draft: Draft, after: Draft) -> bool:
    """Whether what was heard changes nothing that the same question shows: it must be said that it was."""
    if turn.talk.draft is None or draft.step not in ("venue", "day", "time"):
        return False
    people = (draft.people, draft.family, draft.topics) != (after.people, after.family, after.topics)
    return people or draft.out != after.out


def _somewhere(draft: Draft, heard: Heard, window: Window) -> Draft:
    """The draft at the counter that was named, or only at those that come into question."""
    if heard.venue and heard.venue != draft.venue:
        keep = () if not heard.says_when and draft.slot else draft.days
        draft = replace(draft, venue=heard.venue, slot=None, days=keep)
        if not heard.says_when and not open_on(window, heard.venue, draft.days):
            draft = draft.on_any_day()
    if len(heard.venues) > 1:
        draft = replace(draft, venue="", among=heard.venues, slot=None)
    if heard.not_venues:
        among = draft.among or tuple(window.openings.days)
        draft = replace(draft, among=tuple(one for one in among if one not in heard.not_venues))
    if draft.venue in heard.not_venues:
        draft = replace(draft, venue="", slot=None)
    return draft


def _for_whom(draft: Draft, heard: Heard) -> Draft:
    """Who comes. A booking that is changed stays with its people."""
    if draft.moving:
        return draft
    if heard.also and draft.people < 2 and not heard.people:
        return replace(draft, people=2, family=False)
    if heard.for_self:
        return replace(draft, people=heard.people or 1, family=False)
    people = heard.people or draft.people or (1 if heard.family else 0)
    return replace(draft, people=people, family=heard.family or (draft.family and not heard.people))


def on_open_weekdays(heard: Heard, days: tuple[date, ...]) -> Heard:
    """「木曜」 alone is the next Thursday on which that counter is open, where there is one."""
    when = heard.when
    if not when.weekdays or when.problem or not days:
        return heard
    meant = []
    for near in when.days:
        later = (day for day in sorted(days) if day >= near and day.weekday() == near.weekday())
        meant.append(next(later, near))
    return replace(heard, when=replace(when, days=tuple(sorted(set(meant)))))


def _no_such_place(turn: Turn, draft: Draft, name: str, window: Window) -> Answer:
    """A town or an office without a counter: where there are some, on the wished day if that has one."""
    nowhere = replace(draft, venue="", slot=None)
    lead = turn.speak.prompt("book_no_such_place", name=name)
    firsts = window.first_at_each(nowhere, turn)
    if len(firsts) == 1 and nowhere.days:
        on_that_day = turn.speak.prompt("book_open_then", day=turn.speak.date(firsts[0].day))
        lead = f"{lead}\n{on_that_day}"
    return ask(turn, nowhere, "venue", ask_venue(turn, firsts, lead)) if firsts else proceed(turn, nowhere, window)


def _many(turn: Turn, draft: Draft) -> Answer:
    bubble = ask_people(turn, turn.speak.prompt("book_many"))
    return ask(turn, draft, "people", replace(bubble, buttons=(*bubble.buttons, *phone_taps(turn))))


def _misread(turn: Turn, draft: Draft, heard: Heard, window: Window) -> Answer:
    """A day that is none (30 February), is past, or could be two: said, and asked again."""
    when = heard.when
    wished = replace(draft, days=when.days, earliest=when.earliest, latest=when.latest)
    reason = {"no_such_day": Reason.NO_SUCH_DAY, "past": Reason.PAST}.get(when.problem, Reason.AMBIGUOUS)
    day = when.days[0] if when.days else None
    if reason is Reason.AMBIGUOUS and day:
        words = turn.speak.prompt("why_weekday", day=turn.speak.date(day))
    else:
        words = why(turn, wished, window, Alternatives(reason, day), reason)
    again = replace(draft, slot=None, days=(), first=False, last=False)
    return proceed(turn, again, window, words)
