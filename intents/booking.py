"""The steps of a booking: venue → day → time → for whom → what help → confirm → receipt.

What was said already is not asked again. A step under way lies in the talk as a Draft; the place
chosen is held in the ledger. Every answer, tapped or typed, changes the draft and goes to `proceed`,
which asks what is lacking. Changing a booking is the same way with `Draft.moving`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from intents.booking_questions import (
    ask_confirm,
    ask_day,
    ask_people,
    ask_time,
    ask_topics,
    ask_venue,
    stop_tap,
)
from intents.booking_reasons import slot_button, spread, wait_tap, why
from intents.booking_window import Answer, Window, at_limit, open_on, open_window, refused
from intents.bookings import Booking, Outcome
from intents.draft import Draft, Step
from intents.guard import Asked
from intents.model import Bubble, Button, Reply, Tap
from intents.slots import Alternatives, Reason, Slot, alternatives
from intents.talk import Talk
from intents.telling import say_slot, venue_name
from intents.turn import Turn, entry_taps, phone_taps, tap
from intents.wishes import Heard

_ASKED: Mapping[Step, Asked] = {
    "venue": Asked.CHOICE,
    "day": Asked.DATE,
    "time": Asked.TIME,
    "people": Asked.PEOPLE,
    "topics": Asked.CHOICE,
    "confirm": Asked.NOTHING,
}
_LOOKED_AT = 40  # alternatives, of which a few are shown


# ------------------------------------------------------------------ beginning
def begin(turn: Turn, heard: Heard, moving: Booking | None = None) -> Answer:
    """A new booking, or the change of one, with what the first sentence already says."""
    window = open_window(turn)
    if not isinstance(window, Window):
        return window
    if moving is None:
        had = sum(one.people for one in window.bookings.mine())
        if had >= window.openings.per_person:
            return at_limit(turn, window)
    heard = _on_its_day(heard, moving) if moving else _as_booked(heard, Draft(), window)
    quick = heard.says_when and bool(heard.when.days or heard.venue)
    draft = Draft(key=window.bookings.fresh_key(), quick=quick)
    if moving is not None:
        draft = replace(
            draft, moving=moving.reference, people=moving.people, topics=moving.topics, family=moving.family
        )
        venue = heard.venue or moving.slot.venue
        if not heard.venue and not any(window.days_at(venue, draft, turn)):
            venue = ""  # its turn is over: any venue will do
        draft = replace(draft, venue=venue)
    return apply(turn, draft, heard, window)


def _on_its_day(heard: Heard, moving: Booking) -> Heard:
    """A change that names an hour alone stays on the booking's day."""
    when, slot = heard.when, moving.slot
    hour_only = bool(when.earliest or when.latest) and not (when.days or when.first)
    if moving.state != "booked" or not hour_only or heard.venue not in ("", slot.venue):
        return heard
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


def _next_open(heard: Heard, venue: str, window: Window) -> Heard:
    """「木曜」 alone is the next Thursday on which that counter is open, where there is one."""
    days = heard.when.days
    if not heard.weekday or len(days) != 1 or heard.when.problem or open_on(window, venue, days):
        return heard
    later = [day for day in window.openings.days.get(venue, ()) if day > days[0]]
    fitting = [day for day in later if day.weekday() == days[0].weekday()]
    return replace(heard, when=replace(heard.when, days=(min(fitting),))) if fitting else heard


def apply(turn: Turn, draft: Draft, heard: Heard, window: Window) -> Answer:
    """The draft with what a typed sentence says, and on to what is lacking."""
    if heard.people > 2:
        return _many(turn, draft)
    heard = _next_open(_as_booked(heard, draft, window), heard.venue or draft.venue, window)
    if heard.venue and heard.venue != draft.venue:
        keep = () if not heard.says_when and draft.slot else draft.days
        draft = replace(draft, venue=heard.venue, slot=None, days=keep)
        if not heard.says_when and not open_on(window, heard.venue, draft.days):
            draft = replace(draft, days=(), earliest=None, latest=None, first=False)
    people = heard.people or (1 if heard.relative and not draft.people else 0)
    if people and not draft.moving:
        draft = replace(draft, people=people)
    if heard.family:
        draft = replace(draft, family=True)
    if heard.topics is not None:
        draft = replace(draft, topics=heard.topics)
    if heard.says_when:
        if heard.when.problem:
            return _misread(turn, draft, heard, window)
        draft = draft.wishing(heard.when)
    if heard.elsewhere and not heard.venue and not draft.moving:
        lead = turn.speak.prompt("book_no_such_place", name=heard.elsewhere)
        nowhere = replace(draft, venue="", slot=None)
        firsts = window.first_at_each(nowhere, turn)
        if firsts:
            return ask(turn, nowhere, "venue", ask_venue(turn, firsts, lead))
    return proceed(turn, draft, window)


def _many(turn: Turn, draft: Draft) -> Answer:
    bubble = ask_people(turn, turn.speak.prompt("book_many"))
    return ask(turn, draft, "people", replace(bubble, buttons=(*bubble.buttons, *phone_taps(turn))))


# ------------------------------------------------------------------ on to what is lacking
def proceed(turn: Turn, draft: Draft, window: Window, lead: str = "") -> Answer:
    """Asks the first thing that is not known yet; holds the place as soon as it is chosen."""
    if draft.slot is None:
        return _towards_slot(turn, draft, window, lead)
    outcome = window.bookings.hold(draft.slot, draft.seats, draft.moving)
    if not outcome.ok or outcome.hold is None:
        return not_held(turn, draft, window, outcome)
    chosen = lead or _chosen(turn, draft.slot)
    if not draft.people and not draft.quick:
        return ask(turn, draft, "people", ask_people(turn, chosen))
    # From a typed sentence one question at most is asked before the confirmation.
    if draft.topics is None and not (draft.quick and draft.taps):
        return ask(turn, draft, "topics", ask_topics(turn, chosen))
    if not draft.moving and any(one.slot == draft.slot for one in window.bookings.mine()):
        lead = lead or turn.speak.prompt("book_same_time")
    bubble = ask_confirm(turn, draft, draft.slot, outcome.hold.until, lead)
    return ask(turn, draft, "confirm", bubble)


def _chosen(turn: Turn, slot: Slot) -> str:
    """The place that was chosen or found, said back at once."""
    return turn.speak.prompt(
        "book_chosen", day=say_slot(slot, turn.speak), venue=venue_name(turn.speak, slot.venue)
    )


def not_understood(turn: Turn, draft: Draft, window: Window) -> Answer:
    """The same question again, for words that were no answer to it."""
    return proceed(turn, draft, window, turn.speak.prompt("book_not_understood"))


def _towards_slot(turn: Turn, draft: Draft, window: Window, lead: str) -> Answer:
    if not draft.venue:
        firsts = window.first_at_each(draft, turn)
        if len(firsts) == 1 and (draft.days or draft.first):
            return proceed(turn, replace(draft, venue=firsts[0].venue), window, lead)
        if firsts:
            return ask(turn, draft, "venue", ask_venue(turn, firsts, lead))
        return explain(turn, draft, window, lead)
    slots = window.free(draft, turn)
    if not slots:
        return explain(turn, draft, window, lead)
    if draft.first:
        return proceed(turn, draft.at(slots[0]), window, lead)
    if len({slot.day for slot in slots}) > 1:
        return ask(turn, draft, "day", ask_day(turn, draft.venue, slots, lead))
    # Of a typed "Tuesday morning" the first place is proposed; other times are one tap away.
    sure = len(slots) == 1 or (draft.quick and not draft.taps and bool(draft.earliest or draft.latest))
    if sure:
        return proceed(turn, draft.at(slots[0]), window, lead)
    draft = replace(draft, days=(slots[0].day,))
    return ask(turn, draft, "time", *ask_time(turn, slots, lead))


def ask(turn: Turn, draft: Draft, step: Step, *bubbles: Bubble) -> Answer:
    """Shows a question, and remembers what was asked and offered."""
    offered = tuple(b.data for bubble in bubbles for b in bubble.buttons if isinstance(b, Tap))
    draft = replace(draft, step=step, offered=offered, asked=int(turn.now.timestamp()))
    turn = turn.remember(draft=draft, asked=_ASKED[step], misses=0, offered=())
    return turn.say(*bubbles, quick=(*_ways_back(turn, draft), *entry_taps(turn, "phone")), room=f"booking_{step}")


def _ways_back(turn: Turn, draft: Draft) -> tuple[Button, ...]:
    """The small taps below a question: stop, another day, another place."""
    day = tap(turn.speak.prompt("book_other_day"), f"days:{draft.venue}:0")
    venue = tap(turn.speak.prompt("book_other_venue"), "venues")
    back: Mapping[Step, tuple[Button, ...]] = {"day": (venue,), "time": (day, venue), "confirm": (day, venue)}
    ways = back.get(draft.step, ()) if draft.venue else ()
    return ways if draft.step == "confirm" else (stop_tap(turn), *ways)


# ------------------------------------------------------------------ what does not fit
def explain(turn: Turn, draft: Draft, window: Window, lead: str = "", reason: Reason | None = None) -> Answer:
    """Why the wish cannot be had, and the nearest free places."""
    facts = replace(turn.desk.catalogue.facts, openings=window.openings)
    found = alternatives(
        facts,
        window.taken,
        draft.when,
        draft.venue or None,
        turn.now,
        window.notice,
        people=draft.seats,
        count=_LOOKED_AT,
    )
    found = replace(found, slots=spread(found))
    words = why(turn, draft, window, found, reason or found.reason)
    nothing_ahead = not (found.slots or found.elsewhere or draft.days or found.reason is Reason.FULL)
    nearby = (*found.slots, *found.elsewhere[:1])
    taps: list[Button] = [slot_button(turn, slot, draft.venue) for slot in nearby]
    if found.reason is Reason.FULL and draft.venue and found.day and not draft.moving:
        taps.append(wait_tap(turn, draft, found.day))
    if draft.venue and window.days_at(draft.venue, draft, turn):
        taps.append(tap(turn.speak.prompt("book_other_day"), f"days:{draft.venue}:0"))
    else:
        taps.append(tap(turn.speak.prompt("book_other_venue"), "venues"))
    question = turn.speak.prompt("book_instead" if nearby else "book_nothing_free")
    if nothing_ahead:
        return refused(turn, "book_none_left", *phone_taps(turn), *entry_taps(turn, "until"))
    text = "\n\n".join(part for part in (lead, words, question) if part)
    if not nearby:
        taps += phone_taps(turn)
    draft = replace(draft, slot=None, taps=draft.taps)
    return ask(turn, draft, "day", Bubble(text, tuple(taps)))


def _misread(turn: Turn, draft: Draft, heard: Heard, window: Window) -> Answer:
    """A day that is none (30 February), is past, or could be two: said, and asked again."""
    wished = replace(draft, days=heard.when.days, earliest=heard.when.earliest, latest=heard.when.latest)
    reason = {"no_such_day": Reason.NO_SUCH_DAY, "past": Reason.PAST}.get(heard.when.problem, Reason.AMBIGUOUS)
    words = why(turn, wished, window, Alternatives(reason, heard.when.days[0] if heard.when.days else None), reason)
    again = replace(draft, slot=None, days=(), first=False)
    return proceed(turn, again, window, words)


def not_held(turn: Turn, draft: Draft, window: Window, outcome: Outcome) -> Answer:
    """The place went to somebody else, or the day was closed, a moment ago."""
    if outcome.kind == "limit":
        return at_limit(turn, window)
    slot = draft.slot
    assert slot is not None
    lead = ""
    if outcome.kind == "full":
        prompt = "why_just_gone_two" if draft.seats > 1 else "why_just_gone"
        lead = turn.speak.prompt(prompt, day=say_slot(slot, turn.speak))
    window, reason = replace(window, gone=slot), Reason.FITS if lead else None
    return explain(turn, replace(draft, slot=None), window, lead, reason)


# ------------------------------------------------------------------ stopping and coming back


def resume(reply: Reply, talk: Talk, turn: Turn) -> Answer:
    """After a question or a slip in the middle of a booking: back to its step."""
    if talk.draft is None or reply.room.startswith(("booking", "receipt", "stop", "stale")):
        return reply, talk
    window = open_window(turn)
    if not isinstance(window, Window):
        return reply, talk
    if talk.lang != turn.speak.lang:  # switched by a typed wish
        turn = replace(turn, speak=replace(turn.speak, lang=talk.lang))
    step, after = proceed(replace(turn, talk=talk), talk.draft, window)
    first, *rest = step.bubbles
    missed = reply.room == "miss"
    words = turn.speak.prompt("book_not_understood" if missed else "guide_resume")
    lead = replace(first, text=f"{words}\n\n{first.text}")
    said = () if missed else reply.bubbles[: 5 - len(step.bubbles)]
    return replace(reply, bubbles=(*said, lead, *rest), quick=step.quick), after


