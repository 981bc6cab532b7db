"""Changing, cancelling and 元にもどす of a booking that stands, and what to say where it cannot be."""

from __future__ import annotations

from dataclasses import replace

from intents.booking import begin
from intents.booking.steps import proceed
from intents.booking.window import Answer, Window, at_limit, open_window
from intents.bookings import Booking, Outcome
from intents.dates import When
from intents.model import Bubble
from intents.own.carried import unpack
from intents.own.change_words import of_place_only, of_time_only
from intents.own.mine import Own
from intents.own.questions import ask
from intents.telling import booking_lines, cancelled_bubble, manage_taps, receipt
from intents.turn import Turn, entry_taps, main_taps, phone_taps, quick_taps
from intents.wishes import Heard


def mine_of(turn: Turn) -> tuple[Booking, ...]:
    """Her open bookings, the next first; () in a group."""
    return turn.desk.bookings.mine() if turn.desk.bookings else ()


def _mine(turn: Turn, reference: str) -> Booking | None:
    return next((one for one in mine_of(turn) if one.reference == reference), None)


def _has_begun(turn: Turn, booking: Booking) -> bool:
    return booking.slot.starts <= turn.now and booking.state == "booked"


def without_draft(turn: Turn) -> Turn:
    """A booking under way is given up, and what it held."""
    if turn.talk.draft is not None and turn.desk.bookings is not None:
        turn.desk.bookings.let_go()
    return turn.remember(draft=None)


# ------------------------------------------------------------------ changing
def change(turn: Turn, reference: str, wish: str = "") -> Answer:
    """「日時を変える」: the same questions again, for the same people. `wish`: what was wished before (carried.py)."""
    mine = _mine(turn, reference)
    return gone(turn) if mine is None else start(turn, mine, carried_wish(turn, wish))


def carried_wish(turn: Turn, packed: str) -> Heard:
    """The wish that was made before 「どちらの予約ですか」."""
    return unpack(packed, frozenset(one.id for one in turn.desk.catalogue.facts.venues))


def start(turn: Turn, booking: Booking, wish: Heard) -> Answer:
    """The change of `booking` with what is wished already."""
    if _has_begun(turn, booking):
        return late(turn)
    return begin(without_draft(turn).remember(pending=""), wish, moving=booking)


def start_as_said(own: Own, booking: Booking) -> Answer:
    """The change that a typed sentence wishes: 「時間だけ」 keeps the day, 「もっと近いところ」 asks for the place."""
    wish = own.wish(booking)
    says = wish.says_when or wish.when.out or wish.shift or wish.venue or wish.same_time
    if not says and booking.state == "booked" and of_time_only(own.page):
        return start(own.turn, booking, Heard(when=When(days=(booking.slot.day,))))
    if not wish.when.earliest and not wish.shift and of_time_only(own.page) and wish.when.days == (booking.slot.day,):
        return start(own.turn, booking, wish)
    if not wish.venue and not wish.not_venues and not wish.says_when and of_place_only(own.page):
        return _elsewhere(own.turn, booking)
    return start(own.turn, booking, wish)


def _elsewhere(turn: Turn, booking: Booking) -> Answer:
    """The change that begins with the question for the counter."""
    reply, talk = start(turn, booking, Heard())
    window = open_window(turn)
    if talk.draft is None or not isinstance(window, Window):
        return reply, talk
    return proceed(replace(turn, talk=talk), replace(talk.draft, venue="", days=(), slot=None), window)


def change_stopped(turn: Turn, reference: str = "") -> Answer:
    """やめる in a change, or after everything was done: what stands is said, so that nobody fears for it."""
    turn = without_draft(turn).remember(pending="")
    mine = mine_of(turn)
    chosen = [one for one in mine if one.reference == reference]
    if not mine:
        return turn.say(Bubble(turn.speak.prompt("book_stopped"), main_taps(turn)), quick=quick_taps(turn), room="stop")
    head = turn.speak.prompt("own_change_stopped" if chosen else "own_stopped")
    return _standing(turn, chosen or list(mine), head, "stop")


def kept(turn: Turn, booking: Booking) -> Answer:
    """「やっぱりそのままで」: it stands, and which."""
    turn = without_draft(turn).remember(pending="")
    return _standing(turn, [booking], turn.speak.prompt("own_kept"), "booking_mine")


def _standing(turn: Turn, bookings: list[Booking], head: str, room: str) -> Answer:
    first, *others = bookings
    bubbles = [Bubble(f"{head}\n\n{booking_lines(turn.speak, first)}", manage_taps(turn.speak, first), large=True)]
    bubbles += [Bubble(booking_lines(turn.speak, one), manage_taps(turn.speak, one), large=True) for one in others[:3]]
    return turn.say(*bubbles, quick=quick_taps(turn), room=room)


# ------------------------------------------------------------------ cancelling
def ask_cancel(turn: Turn, reference: str) -> Answer:
    """「取り消す」, the first of two steps."""
    mine = _mine(turn, reference)
    if mine is None:
        return gone(turn)
    if _has_begun(turn, mine):
        return late(turn)
    return ask(without_draft(turn), f"cancelit:{reference}") or gone(turn)


def ask_cancel_all(turn: Turn) -> Answer:
    """「両方取り消して」: one question for all of them."""
    mine = mine_of(turn)
    if len(mine) == 1:
        return ask_cancel(turn, mine[0].reference)
    return ask(without_draft(turn), "cancelall") or gone(turn)


def do_cancel(turn: Turn, reference: str) -> Answer:
    """「はい」 to 「取り消しますか」: cancelled, and for some minutes to be had back."""
    if turn.desk.bookings is None:
        return gone(turn)
    outcome = turn.desk.bookings.cancel(reference)
    if outcome.kind == "late":
        return late(turn)
    if not outcome.ok or outcome.booking is None:
        return gone(turn)
    return _cancelled(turn, [outcome])


def do_cancel_all(turn: Turn) -> Answer:
    """「はい」 to all of them; a visit that has begun stays."""
    outcomes = [turn.desk.bookings.cancel(one.reference) for one in mine_of(turn)] if turn.desk.bookings else []
    done = [one for one in outcomes if one.ok and one.booking]
    return _cancelled(turn, done) if done else gone(turn)


def _cancelled(turn: Turn, outcomes: list[Outcome]) -> Answer:
    bookings = [one.booking for one in outcomes if one.booking]
    turn = turn.remember(
        draft=None,
        pending="",
        undo=" ".join(one.reference for one in bookings),
        undo_until=max(one.undo_until for one in bookings),
    )
    bubbles = [cancelled_bubble(turn.speak, one, turn.now) for one in bookings[:5]]
    told = tuple(notice for one in outcomes for notice in one.notices)
    return turn.say(*bubbles, quick=quick_taps(turn), room="receipt", told=told)


# ------------------------------------------------------------------ 元にもどす
def undo(turn: Turn, reference: str) -> Answer:
    """元にもどす, and what to do where it comes too late."""
    bookings = turn.desk.bookings
    if bookings is None:
        return gone(turn)
    outcome = bookings.restore(reference)
    if outcome.ok and outcome.booking:
        turn = turn.remember(draft=None, pending="", undo_until=0)
        bubbles = receipt(turn.speak, outcome.booking, "receipt_restored", turn.desk.calendar)
        return turn.say(*bubbles, quick=quick_taps(turn), room="receipt", told=outcome.notices)
    if outcome.kind == "limit":
        window = open_window(turn)
        return at_limit(turn, window) if isinstance(window, Window) else window
    return _not_undone(turn, reference, outcome)


def _not_undone(turn: Turn, reference: str, outcome: Outcome) -> Answer:
    """Why not; and the booking as it stands, where there is one."""
    speak, mine = turn.speak, _mine(turn, reference)
    why = speak.prompt({"full": "undo_full", "closed": "undo_closed"}.get(outcome.kind, "undo_late"))
    if mine is None:
        buttons = entry_taps(turn, "booking", "booking_check")
        return turn.say(Bubble(why, buttons), quick=quick_taps(turn), room="booking")
    if outcome.kind == "expired" and mine.previous is None:  # nothing was changed
        return _standing(turn, [mine], speak.prompt("own_kept"), "booking_mine")
    return _standing(turn, [mine], f"{why}\n{speak.prompt('receipt_standing')}", "booking_mine")


def undo_last(turn: Turn) -> Answer:
    """元にもどす in words: what was changed or cancelled last. Of several cancelled at once, each."""
    codes = turn.talk.undo.split()
    answers = [undo(turn, code) for code in codes]
    reply, talk = answers[0]
    if len(answers) == 1:
        return reply, talk
    bubbles = tuple(answer.bubbles[0] for answer, _ in answers)
    told = tuple(notice for answer, _ in answers for notice in answer.told)
    return replace(reply, bubbles=bubbles[:5], told=told), answers[-1][1]


# ------------------------------------------------------------------ what cannot be
def gone(turn: Turn) -> Answer:
    """Cancelled already, over, or another person's: what there is instead."""
    turn = turn.remember(draft=None, pending="")
    buttons = entry_taps(turn, "booking_check", "booking")
    bubble = Bubble(turn.speak.prompt("booking_gone"), buttons)
    return turn.say(bubble, quick=quick_taps(turn), room="stale")


def late(turn: Turn) -> Answer:
    """Her visit has begun: nothing can be changed any more, but the phone may help."""
    turn = turn.remember(pending="")
    bubble = Bubble(turn.speak.prompt("booking_begun"), phone_taps(turn))
    return turn.say(bubble, quick=quick_taps(turn), room="booking")
