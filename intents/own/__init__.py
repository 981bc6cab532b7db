"""A person's own bookings, in words and by taps: seeing them, and the way to all that can be done with them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from intents.booking.window import Answer
from intents.bookings import Booking, Misfit, Outcome
from intents.guard import Asked
from intents.model import Bubble
from intents.office import phase
from intents.own.answers import answered
from intents.own.answers import resume as resume
from intents.own.asking import (
    asks_for_booking,
    asks_if_made,
    asks_when_to_come,
    confirms,
    recalls,
    wants_copy,
)
from intents.own.cancel_words import is_mistaken, undoes
from intents.own.changing import (
    ask_cancel,
    ask_cancel_all,
    change,
    do_cancel,
    do_cancel_all,
    undo,
)
from intents.own.changing import change_stopped as change_stopped
from intents.own.mine import Own
from intents.own.more import contented, loud, of_details, of_reminders, quiet
from intents.own.others import not_theirs, of_more
from intents.own.others_words import asks_their_time
from intents.own.questions import ask, awaiting
from intents.own.standing import of_closed, of_keeping, of_undoing
from intents.own.unfit import unfit_bubble
from intents.own.waiting import leave_offer, of_lists, of_offers, take_offer, unwait, wait, waiting_bubble
from intents.own.wishes import calls_it_off, done, of_wishes, wish_of
from intents.own.wishes import would_change as would_change
from intents.own.words import is_general, is_question
from intents.reference import find_reference
from intents.telling import booking_lines, closure_bubble, forward_text, manage_taps, offer_bubble, undo_tap
from intents.turn import Turn, entry_taps, phone_taps, quick_taps, tap, tried
from intents.wishes import Heard

_MOST = 4  # bubbles: a question may follow
_BACK = re.compile("(?:元|もと)[にへ](?:戻|もど)|^undo$")


# ------------------------------------------------------------------ seeing
def show(turn: Turn) -> Answer:
    """予約の確認: an open offer, every open booking with its buttons, the waiting lists, what can be had back.

    In the middle of a booking its step follows.
    """
    bookings = turn.desk.bookings
    if bookings is None:
        return turn.say(Bubble(turn.speak.prompt("booking_group"), phone_taps(turn)), room="booking")
    mine, waits, held = bookings.mine(), bookings.waits(), bookings.held()
    offers = [offer_bubble(turn.speak, held)] if held and held.offer else []
    back = _to_have_back(turn, mine)
    unfit = bookings.misfits() if mine else {}
    shown = [_shown(turn, one, unfit.get(one.reference, ())) for one in mine[:3]]
    bubbles = [*offers, *shown, *(waiting_bubble(turn, one) for one in waits)]
    turn = awaiting(turn, "offer") if offers else turn.remember(pending="")
    if not bubbles and not back:
        return _none(turn)
    room = "own" if turn.talk.draft else "booking_ask" if offers else "booking_mine"
    return turn.say(*[*bubbles[: _MOST - len(back)], *back], quick=quick_taps(turn), room=room)


def _none(turn: Turn) -> Answer:
    """No booking of this LINE: the reference may know one that was made elsewhere."""
    if turn.talk.draft is not None:
        return turn.say(Bubble(turn.speak.prompt("own_not_yet")), room="own")
    over = phase(turn.speak.today, turn.desk.catalogue.facts) == "after"
    if over:
        bubble = Bubble(turn.speak.prompt("booking_over"), entry_taps(turn, "until"))
        return turn.say(bubble, quick=quick_taps(turn), room="booking")
    turn = turn.remember(asked=Asked.REFERENCE)
    bubble = Bubble(turn.speak.prompt("mine_none"), (*entry_taps(turn, "booking"), *phone_taps(turn)))
    return turn.say(bubble, quick=quick_taps(turn), room="booking_mine")


def _shown(turn: Turn, booking: Booking, unfit: tuple[Misfit, ...]) -> Bubble:
    """`unfit`: why the table no longer fits the booking."""
    if booking.state == "closed":
        return closure_bubble(turn.speak, booking, "")
    undoable = booking.previous is not None and turn.now.timestamp() <= booking.undo_until
    if unfit:
        return unfit_bubble(turn, booking, unfit, undoable=undoable)
    text = f"{turn.speak.prompt('mine')}\n\n{booking_lines(turn.speak, booking)}"
    undo_it = (undo_tap(turn.speak, booking),) if undoable else ()
    return Bubble(text, (*manage_taps(turn.speak, booking), *undo_it), large=True)


def _to_have_back(turn: Turn, mine: tuple[Booking, ...]) -> list[Bubble]:
    """What was cancelled a moment ago, and can be had again."""
    standing = {one.reference for one in mine}
    gone = [code for code in turn.talk.undo.split() if code not in standing]
    if not gone or turn.now.timestamp() > turn.talk.undo_until:
        return []
    taps = tuple(tap(turn.speak.prompt("booking_undo"), f"undo:{code}") for code in gone[:2])
    none = "" if mine else f"{turn.speak.prompt('own_none')}\n"
    return [Bubble(f"{none}{turn.speak.prompt('own_undo_offer')}", (*taps, *(entry_taps(turn, "booking") if none else ())))]


def _of_seeing(own: Own) -> Answer | None:
    """「予約の確認」, 「いつだっけ」, 「予約とれたの？」; None for other words."""
    made = asks_if_made(own.page)
    noted = own.draft is None and own.heard.says_of_a_visit and confirms(own.page)
    theirs = bool(own.mine) and asks_their_time(own.page)
    sure = made or noted or theirs or asks_for_booking(own.page) or (recalls(own.page) and _of_hers(own))
    if not sure and (own.draft is not None or not asks_when_to_come(own.page)):
        return None
    if not own.mine and not own.waits:
        names_it = made or asks_for_booking(own.page)
        return show(own.turn) if made or (own.draft is not None and names_it) else None
    reply, talk = show(own.turn)
    if made and own.draft is not None and own.moving is None:
        not_yet = Bubble(own.turn.speak.prompt("own_not_yet"))
        reply = replace(reply, bubbles=(not_yet, *reply.bubbles[:3]))
    elif wants_copy(own.page) and len(own.mine) == 1 and own.mine[0].state == "booked":
        reply = replace(reply, bubbles=(*reply.bubbles[:3], Bubble(forward_text(own.turn.speak, own.mine[0]))))
    return reply, talk


def _of_hers(own: Own) -> bool:
    """「玉川っていつでしたっけ」 is about the counter, unless she goes there."""
    return own.heard.venue in ("", *(one.slot.venue for one in own.mine))


# ------------------------------------------------------------------ in words
def in_words(turn: Turn, text: str, heard: Heard) -> Answer | None:
    """The answer to words that speak of one's own booking, list, offer or reminders; None for all others.

    Asked before the desk looks for an entry, idle and in the middle of a booking: there the draft is
    kept where it is to go on, and given up where the words end it.
    """
    if turn.desk.bookings is None:
        return None
    own = Own(turn, text, heard, turn.desk.bookings)
    for entry, step in _STEPS:
        found = step(own)
        if found is not None:
            return _noted(found, entry)
    return None


def _noted(answer: Answer, entry: str) -> Answer:
    """With the entry that is answered, for the log and for whoever takes the call."""
    reply, talk = answer
    if not entry or reply.entry:
        return answer
    noted = tried(talk, entry) if entry not in talk.tried[-1:] else talk.tried
    return replace(reply, entry=entry), replace(talk, tried=noted, misses=0, offered=())


def _by_reference(own: Own) -> Answer | None:
    return look_up(own.turn, own.text)


def _mistaken(own: Own) -> Answer | None:
    """「あ、間違えた」 after a change or cancellation: what stands, and the way back."""
    return show(own.turn) if own.draft is None and is_mistaken(own.page) and own.can_undo else None


def _nothing_to_undo(own: Own) -> Answer | None:
    """「元にもどして」 of somebody who has changed nothing: what there is."""
    words = own.draft is None and undoes(own.page) and not own.heard.says_of_a_visit
    back = words and _BACK.search(own.page) and not is_general(own.page)
    return show(own.turn) if back else None


def _nothing_to_cancel(own: Own) -> Answer | None:
    """「用事ができたので欠席します」 of somebody who has no booking here."""
    words = own.draft is None and calls_it_off(own) and not is_general(own.page)
    other = "待" in own.page or "wait" in own.page or (own.heard.wants and "欠席" not in own.page)
    return show(own.turn) if words and not other and not is_question(own.text) and not own.mine else None


_STEPS: tuple[tuple[str, Callable[[Own], Answer | None]], ...] = (
    ("booking_check", _by_reference),
    ("booking_change", answered),
    ("", of_reminders),
    ("", of_lists),
    ("", of_offers),
    ("booking_change", of_undoing),
    ("booking_change", _mistaken),
    ("booking_change", of_keeping),
    ("booking", of_more),
    ("booking_change", not_theirs),
    ("booking_change", of_details),
    ("booking_change", of_wishes),
    ("booking_change", of_closed),
    ("booking_check", _of_seeing),
    ("booking_check", _nothing_to_undo),
    ("booking_change", _nothing_to_cancel),
    ("", contented),
)


def manage(turn: Turn, text: str, heard: Heard) -> Answer:
    """予約の変更・取消, typed or tapped: straight on where one booking and one wish are clear."""
    if turn.desk.bookings is None or not turn.desk.bookings.mine():
        return show(turn)
    own = Own(turn, text, heard, turn.desk.bookings)
    wish = wish_of(own) or ("change" if heard.says_of_a_visit and own.meant else "")
    return (done(own, wish) if wish else None) or show(turn)


# ------------------------------------------------------------------ by reference
def look_up(turn: Turn, text: str) -> Answer | None:
    """A reference in `text`, and what it stands for; None where there is none."""
    code = find_reference(text)
    if code is None or turn.desk.bookings is None:
        return None
    bookings = turn.desk.bookings
    mine = next((one for one in bookings.mine() if one.reference == code), None)
    if mine is not None:
        turn, unfit = turn.remember(pending=""), bookings.misfits().get(code, ())
        return turn.say(_shown(turn, mine, unfit), quick=quick_taps(turn), room=_beside(turn, "booking_mine"))
    return _found(turn, code, bookings.find(code))


def _found(turn: Turn, code: str, outcome: Outcome) -> Answer:
    speak, room = turn.speak, _beside(turn, "booking_found")
    if outcome.ok and outcome.booking:
        text = f"{speak.prompt('found')}\n\n{booking_lines(speak, outcome.booking)}\n\n{speak.prompt('found_elsewhere')}"
        turn = awaiting(turn, f"found:{code}")
        return turn.say(Bubble(text, phone_taps(turn), large=True), quick=quick_taps(turn), room=room)
    turn = turn.remember(asked=Asked.REFERENCE, pending="")
    prompt = "found_locked" if outcome.kind == "locked" else "found_not"
    bubble = Bubble(speak.prompt(prompt, case=code), (*entry_taps(turn, "booking"), *phone_taps(turn)))
    return turn.say(bubble, quick=quick_taps(turn), room=room)


def _beside(turn: Turn, room: str) -> str:
    """The room of an answer after which a booking under way goes on."""
    return "own" if turn.talk.draft else room


# ------------------------------------------------------------------ every tap of this room
_Tapped = Callable[[Turn, tuple[str, ...]], Answer]


def _go_on(turn: Turn, args: tuple[str, ...]) -> Answer:
    """「新しい予約を続ける」, where the question was which of both is to be stopped."""
    return turn.remember(pending="").say(room="own") if turn.talk.draft else show(turn)


# What a button carries before its first colon, and how many values follow; None: any number.
_TAPS: dict[tuple[str, int | None], _Tapped] = {
    ("mine", 0): lambda turn, args: show(turn),
    ("change", 1): lambda turn, args: change(turn, *args),
    ("change", 2): lambda turn, args: change(turn, *args),
    ("cancel", 1): lambda turn, args: ask_cancel(turn, *args),
    ("cancelit", 1): lambda turn, args: do_cancel(turn, *args),
    ("cancelall", 0): lambda turn, args: do_cancel_all(turn),
    ("cancelall", 1): lambda turn, args: ask_cancel_all(turn),
    ("which", 1): lambda turn, args: ask(turn.remember(draft=None), "which:cancel") or show(turn),
    ("goon", 0): _go_on,
    ("undo", 1): lambda turn, args: undo(turn, *args),
    ("wait", None): wait,
    ("unwait", 2): lambda turn, args: unwait(turn, *args),
    ("offer", None): take_offer,
    ("unoffer", 0): lambda turn, args: leave_offer(turn),
    ("quiet", 0): lambda turn, args: quiet(turn),
    ("loud", 0): lambda turn, args: loud(turn),
}


def tapped(turn: Turn, verb: str, args: tuple[str, ...]) -> Answer | None:
    """The answer to a tap on one's own bookings; None for a tap that is none of them."""
    does = _TAPS.get((verb, len(args))) or _TAPS.get((verb, None))
    return does(turn, args) if does else None
