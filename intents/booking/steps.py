"""The steps of a booking: venue → day → time → for whom → what help → confirm.

What was said already is not asked again. A step under way lies in the talk as a Draft; the place
chosen is held in the ledger. Every answer, tapped or typed, changes the draft and goes to `proceed`,
which asks what is lacking. Changing a booking is the same way with `Draft.moving`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from intents.booking.questions import (
    ask_confirm,
    ask_day,
    ask_people,
    ask_time,
    ask_topics,
    ask_venue,
    stop_tap,
    tagged,
)
from intents.booking.reasons import slot_button, spread, wait_tap, why
from intents.booking.window import Answer, Window, at_limit, open_window, refused
from intents.bookings import Outcome
from intents.draft import Draft, Step
from intents.guard import Asked
from intents.model import Bubble, Button, Reply, Tap
from intents.slots import Reason, Slot, alternatives
from intents.talk import Talk
from intents.telling import say_slot, venue_name
from intents.turn import Turn, entry_taps, handed, phone_taps, tap

_ASKED: Mapping[Step, Asked] = {
    "venue": Asked.CHOICE,
    "day": Asked.DATE,
    "time": Asked.TIME,
    "people": Asked.PEOPLE,
    "topics": Asked.CHOICE,
    "confirm": Asked.NOTHING,
}
MOST_BUBBLES = 5  # in one reply, LINE's limit
_MISSES = 3
_ABOUT = 60  # minutes: what 「3時ごろ」 spans
_LOOKED_AT = 40  # alternatives, of which a few are shown


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
    bubble = ask_confirm(turn, draft, draft.slot, outcome.hold.until, lead, _standing(draft, window))
    return ask(turn, draft, "confirm", bubble)


def _standing(draft: Draft, window: Window) -> Slot | None:
    """Where the booking stands that is to be changed, or that the new one comes beside."""
    mine = (one for one in window.bookings.mine() if draft.moving in ("", one.reference))
    return next((one.slot for one in mine if draft.moving or one.slot != draft.slot), None)


def _chosen(turn: Turn, slot: Slot) -> str:
    """The place that was chosen or found, said back at once."""
    return turn.speak.prompt(
        "book_chosen", day=say_slot(slot, turn.speak), venue=venue_name(turn.speak, slot.venue)
    )


def _proposed(draft: Draft, slots: tuple[Slot, ...]) -> tuple[Slot, str]:
    """The place for a wish that several fit, and the prompt that says why it: of 「3時ごろ」 the nearest
    to three, of 「午前」 the first."""
    if len(slots) == 1:
        return slots[0], ""
    if draft.earliest and draft.latest:
        low, high = (one.hour * 60 + one.minute for one in (draft.earliest, draft.latest))
        if high - low <= _ABOUT:
            middle = (low + high) / 2
            return min(slots, key=lambda one: abs(one.time.hour * 60 + one.time.minute - middle)), "book_nearest"
    return slots[0], "book_soonest"


def _said_back(turn: Turn, slot: Slot, prompt: str) -> str:
    said = _chosen(turn, slot)
    return f"{said}\n{turn.speak.prompt(prompt)}" if prompt else said


def not_understood(turn: Turn, draft: Draft, window: Window) -> Answer:
    """The same question again, for words that were no answer to it; the third time a person is offered."""
    misses = turn.talk.misses + 1
    if misses >= _MISSES:
        bubble, turn = handed(turn.remember(misses=0))
        sorry = Bubble(turn.speak.prompt("miss_again"))
        return turn.say(sorry, bubble, room="phone")
    reply, talk = proceed(turn, draft, window, turn.speak.prompt("book_not_understood"))
    return reply, replace(talk, misses=misses)


def _towards_slot(turn: Turn, draft: Draft, window: Window, lead: str) -> Answer:
    if not draft.venue:
        firsts = window.first_at_each(draft, turn)
        if len(firsts) == 1 and (draft.days or draft.first or draft.among):
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
        slot, prompt = _proposed(draft, slots)
        return proceed(turn, draft.at(slot), window, lead or _said_back(turn, slot, prompt))
    draft = replace(draft, days=(slots[0].day,))
    return ask(turn, draft, "time", *ask_time(turn, slots, lead))


def ask(turn: Turn, draft: Draft, step: Step, *bubbles: Bubble, ways: bool = True) -> Answer:
    """Shows a question, and remembers what was asked and offered. `ways`: with the small taps back."""
    bubbles = tuple(tagged(bubble, draft) for bubble in bubbles)
    offered = tuple(b.data for bubble in bubbles for b in bubble.buttons if isinstance(b, Tap))
    draft = replace(draft, step=step, offered=offered, asked=int(turn.now.timestamp()))
    turn = turn.remember(draft=draft, asked=_ASKED[step], misses=0, offered=())
    back = _ways_back(turn, draft) if ways else ()
    return turn.say(*bubbles, quick=(*back, *entry_taps(turn, "phone")), room=f"booking_{step}")


def _ways_back(turn: Turn, draft: Draft) -> tuple[Button, ...]:
    """The small taps below a question: stop, another day, another place."""
    day = tap(turn.speak.prompt("book_other_day"), f"days:{draft.venue}:0")
    venue = tap(turn.speak.prompt("book_other_venue"), "venues")
    back: Mapping[Step, tuple[Button, ...]] = {"day": (venue,), "time": (day, venue), "confirm": (day, venue)}
    if not draft.moving:
        back = {**back, "confirm": (*back["confirm"], tap(turn.speak.prompt("book_edit"), "edit:all"))}
    ways = back.get(draft.step, ()) if draft.venue else ()
    return ways if draft.step == "confirm" else (stop_tap(turn), *ways)


# ------------------------------------------------------------------ what does not fit
def explain(turn: Turn, draft: Draft, window: Window, lead: str = "", reason: Reason | None = None) -> Answer:
    """Why the wish cannot be had, and the nearest free places."""
    facts = replace(turn.desk.catalogue.facts, openings=window.table_of(draft))
    found = alternatives(
        facts,
        window.taken(draft),
        draft.when,
        draft.venue or None,
        turn.now,
        window.notice,
        people=draft.seats,
        count=_LOOKED_AT,
    )
    standing = _standing(draft, window) if draft.moving else None  # what is given up is no alternative
    found = replace(found, slots=tuple(slot for slot in found.slots if slot != standing))
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


# ------------------------------------------------------------------ coming back
def resume(reply: Reply, talk: Talk, turn: Turn) -> Answer:
    """After a question or a slip in the middle of a booking: back to its step."""
    idle = talk.draft is not None and talk.draft.is_idle(turn.now.timestamp())
    if talk.draft is None or idle or reply.room.startswith(("booking", "receipt", "stop", "stale")):
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
    said = () if missed else tuple(without_booking(one) for one in reply.bubbles[: MOST_BUBBLES - len(step.bubbles)])
    return replace(reply, bubbles=(*said, lead, *rest), quick=step.quick), after




def without_booking(bubble: Bubble) -> Bubble:
    """Beside a step, 「予約する」 of an answer would begin anew, and let the place that is held go."""
    kept = (b for b in bubble.buttons if not (isinstance(b, Tap) and b.data == "entry:booking"))
    return replace(bubble, buttons=tuple(kept))
