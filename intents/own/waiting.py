"""Waiting lists and the places offered from them, by taps and in words."""

from __future__ import annotations

from datetime import date, time

from intents.booking import begin
from intents.booking.questions import day_of, moment_of
from intents.booking.steps import proceed
from intents.booking.window import Answer, Window, at_limit, open_window, stale
from intents.bookings import Hold, Waiting
from intents.draft import Draft
from intents.model import Bubble, Button
from intents.own.cancel_words import calls_off
from intents.own.changing import without_draft
from intents.own.list_words import asks_of_list, leaves, speaks_of_place, takes, wants_off_list, wonders
from intents.own.mine import Own
from intents.own.questions import ask, awaiting
from intents.say import Speaker
from intents.telling import offer_bubble, venue_name
from intents.turn import Turn, entry_taps, quick_taps, tap
from intents.wording import say_time

_NOON = time(12)


# ------------------------------------------------------------------ on and off the list
def wait(turn: Turn, args: tuple[str, ...]) -> Answer:
    """「空きを待つ」."""
    window = open_window(turn)
    if not isinstance(window, Window):
        return window
    waiting = _waiting_from(args, turn.talk.draft)
    if waiting is None:
        return stale(turn)
    outcome = window.bookings.wait(waiting)
    if outcome.kind == "limit":
        return at_limit(turn, window)
    turn = turn.remember(draft=None)
    if outcome.hold is not None:
        turn = awaiting(turn, "offer")
        offered = offer_bubble(turn.speak, outcome.hold)
        return turn.say(offered, quick=quick_taps(turn), room="booking_ask", told=outcome.notices)
    name = {"ok": "waiting_ok", "full": "waiting_full"}.get(outcome.kind, "waiting_no")
    day, venue = turn.speak.date(waiting.day), venue_name(turn.speak, waiting.venue)
    buttons: tuple[Button, ...] = entry_taps(turn, "booking_check", "booking")
    text = "\n".join((turn.speak.prompt(name, day=day, venue=venue), *_hours(turn.speak, waiting)))
    return turn.say(Bubble(text, buttons), quick=quick_taps(turn), room="booking_wait")


def _waiting_from(args: tuple[str, ...], draft: Draft | None) -> Waiting | None:
    """What the button says, for the help and the person that were chosen on the way to it."""
    if len(args) != 5 or args[2] not in ("1", "2") or (day := day_of(args[1])) is None:
        return None
    earliest, latest = (None if text == "any" else moment_of(text) for text in args[3:])
    chosen = draft or Draft()
    return Waiting(args[0], day, int(args[2]), earliest, latest, chosen.topics or (), chosen.family)


def unwait(turn: Turn, venue: str, day: str) -> Answer:
    chosen = day_of(day)
    if turn.desk.bookings is None or chosen is None:
        return stale(turn)
    turn.desk.bookings.unwait(venue, chosen)
    bubble = Bubble(turn.speak.prompt("waiting_left"), entry_taps(turn, "booking", "booking_check"))
    return turn.say(bubble, quick=quick_taps(turn), room="booking_wait")


def _hours(speak: Speaker, waiting: Waiting) -> tuple[str, ...]:
    """Which hours she waits for, as a line; none where any will do."""
    first, last = waiting.earliest, waiting.latest
    if first is None and last is None:
        return ()
    if last is not None and last < _NOON:
        name = speak.prompt("book_morning")
    elif first is not None and first >= _NOON and first != last:
        name = speak.prompt("book_afternoon")
    else:
        name = "〜".join(say_time(one, speak.lang) for one in dict.fromkeys((first, last)) if one)
    return (speak.prompt("waiting_hours", name=name),)


def waiting_bubble(turn: Turn, waiting: Waiting, more: str = "") -> Bubble:
    """One list that she is on, and the way off it."""
    speak = turn.speak
    said = speak.prompt("waiting_mine", day=speak.date(waiting.day), venue=venue_name(speak, waiting.venue))
    text = "\n".join((said, *_hours(speak, waiting)))
    leave = tap(speak.prompt("waiting_leave"), f"unwait:{waiting.venue}:{waiting.day.isoformat()}")
    return Bubble(f"{text}\n{more}" if more else text, (leave,))


def of_lists(own: Own) -> Answer | None:
    """「待つのをやめます」, 「何番目ですか」, of somebody on a list; None for other words."""
    off = wants_off_list(own.page)
    # 「取り消します」 alone, of somebody who has nothing but her place on a list, means that.
    cancels = own.draft is None and calls_off(own.page) >= 0
    if not (off or cancels or asks_of_list(own.page)):
        return None
    if not own.waits:  # asks the ledger, so after the words
        return _not_waiting(own.turn) if off and own.draft is None else None
    if off:
        return _left(own)
    if cancels:
        return None if own.mine else _left(own)
    if own.draft is not None:
        return None
    more = own.turn.speak.prompt("own_list")
    bubbles = [waiting_bubble(own.turn, one, more) for one in own.waits[:4]]
    return own.turn.say(*bubbles, quick=quick_taps(own.turn), room="booking_wait")


def _not_waiting(turn: Turn) -> Answer:
    bubble = Bubble(turn.speak.prompt("waiting_none"), entry_taps(turn, "booking_check", "booking"))
    return turn.say(bubble, quick=quick_taps(turn), room="booking_wait")


def _left(own: Own) -> Answer:
    """Off the list that is meant; and on to the day that is wished instead, where one is said."""
    when, turn = own.heard.when, own.turn
    at = [one for one in own.waits if one.day in when.days] or list(own.waits)
    if len(at) > 1:
        return turn.say(*(waiting_bubble(turn, one) for one in at[:4]), quick=quick_taps(turn), room="booking_wait")
    instead = any(day != at[0].day for day in when.days) or bool(not when.days and (when.earliest or when.latest))
    left = unwait(turn, at[0].venue, at[0].day.isoformat())
    if not instead or not own.heard.says_when:
        return left
    reply, talk = begin(turn.remember(draft=None), own.heard)
    said = Bubble(turn.speak.prompt("waiting_left"))
    return type(reply)((said, *reply.bubbles[:4]), quick=reply.quick, room=reply.room), talk


# ------------------------------------------------------------------ an offered place
def of_offers(own: Own) -> Answer | None:
    """Yes or no to a place that is offered at this moment; None where the words mean something else."""
    of_place = speaks_of_place(own.page)
    if own.draft is not None and not of_place:
        return None
    no = leaves(own.page)
    yes = not no and (takes(own.page) or (of_place and takes_place(own)))
    names = own.draft is None and bool(own.heard.venue and own.heard.when.days)
    unsure = own.draft is None and wonders(own.page)
    if not (yes or no or names or unsure):
        return None
    held = own.bookings.held()
    if held is None or not held.offer:
        return offer_gone(own.turn) if of_place else None
    if no:
        return None if _of_booking(own, held) else leave_offer(own.turn)
    if yes or _is_wished(own, held):
        return take_offer(own.turn)
    return ask(own.turn, "offer") if unsure else None


def takes_place(own: Own) -> bool:
    return any(word in own.page for word in ("予約", "取", "とり", "ください", "お願", "おねが", "take", "book", "yes"))


def _of_booking(own: Own, held: Hold) -> bool:
    """Whether a no is said of a booking that she has besides: 「予約を取り消したい」, 「12日は行けません」."""
    said = {*own.heard.when.days, *own.heard.when.out.days}
    other = (said and held.slot.day not in said) or calls_off(own.page) >= 0
    return bool(other and own.mine)


def _is_wished(own: Own, held: Hold) -> bool:
    """A sentence that names the very place that is offered."""
    when, slot = own.heard.when, held.slot
    fits = (when.earliest or slot.time) <= slot.time <= (when.latest or slot.time)
    return own.heard.venue == slot.venue and slot.day in when.days and fits


def take_offer(turn: Turn, args: tuple[str, ...] = ()) -> Answer:
    """「この席を予約する」 on an offer: it is shown once more as it was chosen, and booked."""
    window = open_window(turn)
    if not isinstance(window, Window):
        return window
    held = window.bookings.held()
    if held is None or not held.offer:
        return offer_gone(turn, args)
    draft = Draft(
        key=window.bookings.fresh_key(),
        people=held.people,
        topics=held.topics or None,
        family=held.family,
        quick=True,
        taps=1,
    )
    return proceed(turn.remember(pending=""), draft.at(held.slot), window)


def offer_gone(turn: Turn, args: tuple[str, ...] = ()) -> Answer:
    """Its time is over: said, and the list of that day again, where the button tells which."""
    again: tuple[Button, ...] = ()
    if len(args) == 3 and args[2] in ("1", "2") and (day := day_of(args[1])) and _is_ahead(turn, day):
        again = (tap(turn.speak.prompt("book_wait"), f"wait:{args[0]}:{args[1]}:{args[2]}:any:any"),)
    bubble = Bubble(turn.speak.prompt("offer_gone"), (*again, *entry_taps(turn, "booking", "booking_check")))
    return turn.remember(pending="").say(bubble, quick=quick_taps(turn), room="booking_wait")


def _is_ahead(turn: Turn, day: date) -> bool:
    return day >= turn.speak.today


def leave_offer(turn: Turn) -> Answer:
    if turn.desk.bookings is not None:
        turn.desk.bookings.decline()
    turn = without_draft(turn).remember(pending="")
    bubble = Bubble(turn.speak.prompt("offer_left"), entry_taps(turn, "booking"))
    return turn.say(bubble, quick=quick_taps(turn), room="booking_wait")
