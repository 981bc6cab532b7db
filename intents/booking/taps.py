"""The buttons of a booking, from the first answer to 「予約する」, and a place that was sent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace

from intents.booking import change_draft
from intents.booking.questions import ask_day, ask_people, ask_topics, ask_what, day_of, slot_from, untagged
from intents.booking.steps import ask, explain, not_held, proceed
from intents.booking.window import Answer, Window, at_limit, open_on, open_window, stale
from intents.bookings import Outcome, Wish
from intents.draft import Draft
from intents.own import changing
from intents.slots import Slot
from intents.telling import receipt
from intents.turn import Turn, quick_taps

_TAPS = frozenset({"venues", "venue", "days", "day", "slot", "who", "topic", "edit"})
_TOPICS: Mapping[str, tuple[str, ...]] = {
    "setagaya": ("setagaya",),
    "tokyo": ("tokyo",),
    "both": ("setagaya", "tokyo"),
    "unsure": (),
}


def tapped(turn: Turn, verb: str, args: tuple[str, ...]) -> Answer | None:
    """The answer to a tap of the booking's questions; None for a tap that is none of them."""
    if verb not in _TAPS:
        return None
    window = open_window(turn)
    if not isinstance(window, Window):
        return window
    args, moving = untagged(args)
    begun = _draft_of(turn, moving, window)
    if begun is None:
        return stale(turn)
    draft = replace(begun, taps=begun.taps + 1)
    match (verb, args):
        case ("venues", _):
            return proceed(turn, replace(draft.on_any_day(), venue="", among=()), window)
        case ("venue", (venue,)) if venue in window.openings.days:
            return proceed(turn, at_venue(draft, venue, window), window)
        case ("days", (venue, skip)) if venue in window.openings.days and skip.isdecimal():
            return _more_days(turn, draft, venue, int(skip[:3]), window)
        case ("day", (venue, day)) if venue in window.openings.days and (chosen := day_of(day)):
            # 「午前」 that was said before the day was chosen still holds; a place's own hour does not.
            wished = draft if draft.slot is None and draft.step in ("venue", "day") else draft.at_any_time()
            other = replace(wished, venue=venue, days=(chosen,))
            return proceed(turn, other, window)
        case ("slot", (venue, day, moment)) if slot := slot_from(venue, day, moment):
            return proceed(turn, draft.at(slot), window)
        case ("who", (whom,)) if whom in ("self", "family", "two"):
            return _for_whom(turn, draft, whom, window)
        case ("topic", (topic,)) if topic in _TOPICS:
            return proceed(turn, replace(draft, topics=_TOPICS[topic]), window)
        case ("edit", (what,)) if draft.slot is not None:
            return _edit(turn, draft, what, draft.slot)
    return stale(turn)


def _draft_of(turn: Turn, moving: str, window: Window) -> Draft | None:
    """The draft that a button belongs to: the one under way, or anew the change of `moving`; None
    where that booking is no longer."""
    draft = turn.talk.draft
    if moving and (draft is None or draft.moving != moving):
        mine = next((one for one in window.bookings.mine() if one.reference == moving), None)
        return change_draft(turn, mine, window) if mine else None
    return draft or Draft(key=window.bookings.fresh_key())


def _edit(turn: Turn, draft: Draft, what: str, slot: Slot) -> Answer:
    """「人数・お手伝い」: what else of the booking is to be another."""
    if what == "people":
        return ask(turn, draft, "people", ask_people(turn))
    if what == "topics":
        return ask(turn, draft, "topics", ask_topics(turn))
    return ask(turn, draft, "confirm", ask_what(turn, draft, slot), ways=False)


def at_venue(draft: Draft, venue: str, window: Window) -> Draft:
    draft = replace(draft, venue=venue, slot=None)
    if draft.days and not open_on(window, venue, draft.days):
        draft = draft.on_any_day()
    return draft


def _more_days(turn: Turn, draft: Draft, venue: str, skip: int, window: Window) -> Answer:
    draft = replace(draft.on_any_day(), venue=venue)
    slots = window.free(draft, turn)
    if not slots:
        return explain(turn, draft, window)
    return ask(turn, draft, "day", ask_day(turn, venue, slots, skip=skip))


def _for_whom(turn: Turn, draft: Draft, whom: str, window: Window) -> Answer:
    if turn.talk.draft is None:
        return stale(turn)
    people = 2 if whom == "two" else 1
    return proceed(turn, replace(draft, people=people, family=whom == "family"), window)


def confirm(turn: Turn, args: tuple[str, ...]) -> Answer:
    """「予約する」: the tap carries all of the booking, and books it once however often it is pressed."""
    window = open_window(turn)
    if not isinstance(window, Window):
        return window
    if len(args) != 6 or (slot := slot_from(*args[:3])) is None or not re.fullmatch("[12][fs]", args[3]):
        return stale(turn)
    people, family = int(args[3][0]), args[3][1] == "f"
    topics = _TOPICS.get(args[4], ())
    wish = Wish(people, topics, family, turn.speak.lang)
    outcome = window.bookings.book(slot, wish, args[5])
    draft = Draft(args[5], people=people, topics=topics, family=family).at(slot)
    return _concluded(turn, draft, outcome, window, "receipt_booked")


def confirm_move(turn: Turn, args: tuple[str, ...]) -> Answer:
    """「この日時にかえる」."""
    window = open_window(turn)
    if not isinstance(window, Window):
        return window
    if len(args) != 5 or (slot := slot_from(*args[:3])) is None:
        return stale(turn)
    outcome = window.bookings.move(args[3], slot, args[4])
    draft = Draft(args[4], moving=args[3]).at(slot)
    return _concluded(turn, draft, outcome, window, "receipt_changed")


def _concluded(turn: Turn, draft: Draft, outcome: Outcome, window: Window, head: str) -> Answer:
    """The receipt; or why not, and what instead."""
    if outcome.kind == "limit":
        return at_limit(turn, window)
    if outcome.kind == "unknown":
        return stale(turn)
    if not outcome.ok or outcome.booking is None:
        return not_held(turn, draft, window, outcome)
    # A repeated tap is told what stands now, not what stood when it was first pressed.
    standing = next((b for b in window.bookings.mine() if b.reference == outcome.booking.reference), None)
    if standing is None:
        return stale(turn)
    turn = turn.remember(draft=None, last="", misses=0, offered=(), undo=standing.reference)
    head = head if standing.version == outcome.booking.version else "receipt_standing"
    bubbles = receipt(turn.speak, standing, head, turn.desk.calendar)
    return turn.say(*bubbles, quick=quick_taps(turn), room="receipt", told=outcome.notices)


def stop(turn: Turn) -> Answer:
    """やめる: what was held is free again, and what stands is said."""
    return changing.change_stopped(turn, turn.talk.draft.moving if turn.talk.draft else "")


def nearest(turn: Turn, draft: Draft, venue: str, lead: str) -> Answer:
    """A place was sent in answer to "which counter": the nearest one is taken."""
    window = open_window(turn)
    if not isinstance(window, Window):
        return window
    return proceed(turn, at_venue(replace(draft, taps=draft.taps + 1), venue, window), window, lead)
