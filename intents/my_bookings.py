"""A person's own bookings: seeing, changing, cancelling, 元にもどす; waiting lists, offers, reminders."""

from __future__ import annotations

import re

from intents.booking import begin, proceed
from intents.booking_questions import day_of, moment_of
from intents.booking_window import Answer, Window, at_limit, open_window, stale
from intents.bookings import Booking, Outcome, Waiting
from intents.draft import Draft
from intents.guard import Asked
from intents.model import Bubble, Button
from intents.office import phase
from intents.reference import find_reference
from intents.telling import (
    booking_lines,
    cancelled_bubble,
    closure_bubble,
    manage_taps,
    receipt,
    undo_tap,
    venue_name,
)
from intents.text import fold, strip_polite
from intents.turn import Turn, entry_taps, phone_taps, quick_taps, tap
from intents.wishes import Heard

_CANCEL = re.compile(
    r"取消|取り消|取りけ|とりけ|きゃんせる|キャンセル|やめ|止め|行けな|いけな|行かれ|行かん|来られな|消し|けし|断|断り"
    r"|cancel|can'?t (?:come|go|make)|call off|not coming"
)
_CHANGE = re.compile(r"変え|変更|かえ|替え|移し|ずらし|別の日|ほかの日|振り替|延ばし|早め|早く|遅らせ|遅く|後ろ|change|move|reschedul|another")
_UNDO = re.compile(
    r"(?:やっぱり)?(?:元|もと)(?:に|へ)?(?:戻|もど)(?:す|して|したい|る|せる)?(?:ください)?|undo|やっぱり(?:行きます|行く|行けます)"
)

_UNWAIT = re.compile(r"待(?:つ|ち)の?を?やめ|待たな(?:い|くて)|待ちません|空き待ちを?(?:やめ|取)|stop waiting|off the waiting list")
_QUIET = re.compile(
    r"(?:お?知らせ|おしらせ|通知|りまいんど|リマインド|reminders?).{0,8}(?:いら(?:ない|ん)|いりません|要ら|要りません|不要|止め|とめ|やめ|けっこう|結構)"
    r"|(?:stop|no|turn off|dont (?:want|need)).{0,12}reminders?"
)


def _none(turn: Turn) -> Answer:
    """No booking of this LINE: the reference may know one that was made elsewhere."""
    over = phase(turn.speak.today, turn.desk.catalogue.facts) == "after"
    if over:
        bubble = Bubble(turn.speak.prompt("booking_over"), entry_taps(turn, "until"))
        return turn.say(bubble, quick=quick_taps(turn), room="booking")
    turn = turn.remember(asked=Asked.REFERENCE, draft=None)
    bubble = Bubble(turn.speak.prompt("mine_none"), (*entry_taps(turn, "booking"), *phone_taps(turn)))
    return turn.say(bubble, quick=quick_taps(turn), room="booking_mine")


def show(turn: Turn) -> Answer:
    """予約の確認: every open booking with its buttons, and the waiting lists."""
    bookings = turn.desk.bookings
    if bookings is None:
        return turn.say(Bubble(turn.speak.prompt("booking_group"), phone_taps(turn)), room="booking")
    mine, waits = bookings.mine(), bookings.waits()
    turn = turn.remember(draft=None)
    if not mine and not waits:
        return _none(turn)
    bubbles = [_shown(turn, booking) for booking in mine[:3]]
    bubbles += [_waiting(turn, one) for one in waits[: 4 - len(bubbles)]]
    return turn.say(*bubbles, quick=quick_taps(turn), room="booking_mine")


def _shown(turn: Turn, booking: Booking) -> Bubble:
    if booking.state == "closed":
        return closure_bubble(turn.speak, booking, "")
    text = f"{turn.speak.prompt('mine')}\n\n{booking_lines(turn.speak, booking)}"
    undo = (undo_tap(turn.speak, booking),) if booking.previous and _undoable(turn, booking) else ()
    return Bubble(text, (*manage_taps(turn.speak, booking), *undo), large=True)


def _waiting(turn: Turn, waiting: Waiting) -> Bubble:
    speak = turn.speak
    text = speak.prompt(
        "waiting_mine", day=speak.date(waiting.day), venue=venue_name(speak, waiting.venue)
    )
    leave = tap(speak.prompt("waiting_leave"), f"unwait:{waiting.venue}:{waiting.day.isoformat()}")
    return Bubble(text, (leave,))


def _undoable(turn: Turn, booking: Booking) -> bool:
    return turn.now.timestamp() <= booking.undo_until


# ------------------------------------------------------------------ change and cancel
def manage(turn: Turn, text: str, heard: Heard) -> Answer:
    """予約の変更・取消, typed or tapped: straight on where one booking and one wish are clear."""
    bookings = turn.desk.bookings
    if bookings is None:
        return show(turn)
    mine = bookings.mine()
    if not mine:
        return show(turn)
    words = fold(text)
    wants_cancel = bool(_CANCEL.search(words)) and not _CHANGE.search(words)
    wants_change = bool(_CHANGE.search(words)) or bool(heard.says_when or heard.venue)
    meant = _meant(mine, heard, turn) if len(mine) > 1 else mine[0]
    if meant is None or not (wants_cancel or wants_change):
        return show(turn)
    if wants_cancel:
        return ask_cancel(turn, meant.reference)
    # 「8月25日の予約を変えたい」 names the booking, not the wish.
    named = heard.when.days == (meant.slot.day,) and not (heard.when.earliest or heard.when.latest)
    same = Heard(venue=heard.venue, same_time=heard.same_time)
    return begin(turn, same if named else heard, moving=meant)


def would_change(turn: Turn, text: str) -> bool:
    """Whether words of change or cancelling come from somebody who has a booking."""
    words = fold(text)
    speaks = _CHANGE.search(words) or _CANCEL.search(words)
    return bool(speaks and turn.desk.bookings and turn.desk.bookings.mine())


def _meant(mine: tuple[Booking, ...], heard: Heard, turn: Turn) -> Booking | None:
    """Which of several bookings a sentence speaks of; None where it does not say."""
    fitting = [
        one
        for one in mine
        if one.slot.day in heard.when.days or (heard.venue and not heard.says_when and one.slot.venue == heard.venue)
    ]
    return fitting[0] if len(fitting) == 1 else None


def change(turn: Turn, reference: str) -> Answer:
    """「変更する」: the same questions again, for the same people."""
    mine = _mine(turn, reference)
    if mine is None:
        return _gone(turn)
    begun = mine.slot.starts <= turn.now and mine.state == "booked"
    return _late(turn) if begun else begin(turn, Heard(), moving=mine)


def ask_cancel(turn: Turn, reference: str) -> Answer:
    """「取り消す」, the first of two steps."""
    mine = _mine(turn, reference)
    if mine is None:
        return _gone(turn)
    if mine.slot.starts <= turn.now and mine.state == "booked":
        return _late(turn)
    turn = turn.remember(draft=None, yes=f"cancelit:{reference}")
    text = f"{turn.speak.prompt('cancel_ask')}\n\n{booking_lines(turn.speak, mine)}"
    taps = (
        tap(turn.speak.prompt("cancel_do"), f"cancelit:{reference}"),
        tap(turn.speak.prompt("booking_do_change"), f"change:{reference}"),
        tap(turn.speak.prompt("cancel_keep"), "mine"),
    )
    return turn.say(Bubble(text, taps), quick=quick_taps(turn), room="booking_cancel")


def do_cancel(turn: Turn, reference: str) -> Answer:
    if turn.desk.bookings is None:
        return show(turn)
    outcome = turn.desk.bookings.cancel(reference)
    if outcome.kind == "late":
        return _late(turn)
    if not outcome.ok or outcome.booking is None:
        return _gone(turn)
    turn = turn.remember(draft=None, undo=reference)
    bubble = cancelled_bubble(turn.speak, outcome.booking, turn.now)
    return turn.say(bubble, quick=quick_taps(turn), room="receipt", told=outcome.notice)


def undo(turn: Turn, reference: str) -> Answer:
    """元にもどす, and what to do where it comes too late."""
    bookings = turn.desk.bookings
    if bookings is None:
        return show(turn)
    outcome = bookings.restore(reference)
    if outcome.ok and outcome.booking:
        bubbles = receipt(turn.speak, outcome.booking, "receipt_restored", turn.desk.calendar)
        return turn.say(*bubbles, quick=quick_taps(turn), room="receipt", told=outcome.notice)
    if outcome.kind == "limit":
        window = open_window(turn)
        return at_limit(turn, window) if isinstance(window, Window) else window
    prompt = {"full": "undo_full", "closed": "undo_closed"}.get(outcome.kind, "undo_late")
    mine = _mine(turn, reference)
    if outcome.kind == "expired" and mine is not None:
        return turn.say(_shown(turn, mine), quick=quick_taps(turn), room="booking_mine")
    buttons = entry_taps(turn, "booking", "booking_check")
    return turn.say(Bubble(turn.speak.prompt(prompt), buttons), quick=quick_taps(turn), room="booking")


def wants_undo(text: str) -> bool:
    """Whether the last clause is 「元にもどして」: 「まちがえた、元に戻して」 is."""
    last = re.split(r"[。、，！!.]|(?<=た)\s", text.strip("。、！!. "))[-1]
    return _UNDO.fullmatch(strip_polite(fold(last)).strip()) is not None


def undo_last(turn: Turn) -> Answer:
    """元にもどす in words: the booking that was changed or cancelled last."""
    reference = turn.talk.undo
    return undo(turn, reference) if reference else show(turn)


def _mine(turn: Turn, reference: str) -> Booking | None:
    mine = turn.desk.bookings.mine() if turn.desk.bookings else ()
    return next((one for one in mine if one.reference == reference), None)


def _gone(turn: Turn) -> Answer:
    """Cancelled already, over, or another person's: what there is instead."""
    turn = turn.remember(draft=None)
    buttons = entry_taps(turn, "booking_check", "booking")
    bubble = Bubble(turn.speak.prompt("booking_gone"), buttons)
    return turn.say(bubble, quick=quick_taps(turn), room="stale")


def _late(turn: Turn) -> Answer:
    return turn.say(
        Bubble(turn.speak.prompt("booking_begun"), phone_taps(turn)), quick=quick_taps(turn), room="booking"
    )


# ------------------------------------------------------------------ in words
def in_words(turn: Turn, text: str) -> Answer | None:
    """The answer to a reference, 元にもどして, 待つのをやめる, 「お知らせはいりません」; None for other words."""
    found = look_up(turn, text)
    if found is not None:
        return found
    if wants_undo(text):
        return undo_last(turn)
    words = fold(text)
    if _UNWAIT.search(words) and turn.desk.bookings and (waits := turn.desk.bookings.waits()):
        return unwait(turn, waits[0].venue, waits[0].day.isoformat()) if len(waits) == 1 else show(turn)
    wants_quiet = _QUIET.search(words) and turn.desk.bookings and turn.desk.bookings.mine()
    return quiet(turn) if wants_quiet else None


# ------------------------------------------------------------------ by reference
def look_up(turn: Turn, text: str) -> Answer | None:
    """A reference in `text`, and what it stands for; None where there is none."""
    code = find_reference(text)
    if code is None or turn.desk.bookings is None:
        return None
    mine = _mine(turn, code)
    if mine is not None:
        return turn.say(_shown(turn, mine), quick=quick_taps(turn), room="booking_mine")
    outcome = turn.desk.bookings.find(code)
    return _found(turn, code, outcome)


def _found(turn: Turn, code: str, outcome: Outcome) -> Answer:
    speak = turn.speak
    if outcome.ok and outcome.booking:
        text = f"{speak.prompt('found')}\n\n{booking_lines(speak, outcome.booking)}\n\n{speak.prompt('found_elsewhere')}"
        return turn.say(Bubble(text, phone_taps(turn), large=True), quick=quick_taps(turn), room="booking_found")
    turn = turn.remember(asked=Asked.REFERENCE)
    prompt = "found_locked" if outcome.kind == "locked" else "found_not"
    bubble = Bubble(speak.prompt(prompt, case=code), (*entry_taps(turn, "booking"), *phone_taps(turn)))
    return turn.say(bubble, quick=quick_taps(turn), room="booking_found")


# ------------------------------------------------------------------ waiting, offers, reminders
def wait(turn: Turn, args: tuple[str, ...]) -> Answer:
    """「空きを待つ」."""
    window = open_window(turn)
    if not isinstance(window, Window):
        return window
    waiting = _waiting_from(args)
    if waiting is None:
        return stale(turn)
    outcome = window.bookings.wait(waiting)
    if outcome.kind == "limit":
        return at_limit(turn, window)
    turn = turn.remember(draft=None)
    name = {"ok": "waiting_ok", "full": "waiting_full"}.get(outcome.kind, "waiting_no")
    day, venue = turn.speak.date(waiting.day), venue_name(turn.speak, waiting.venue)
    buttons: tuple[Button, ...] = entry_taps(turn, "booking_check", "booking")
    text = turn.speak.prompt(name, day=day, venue=venue)
    return turn.say(Bubble(text, buttons), quick=quick_taps(turn), room="booking_wait")


def _waiting_from(args: tuple[str, ...]) -> Waiting | None:
    if len(args) != 5 or args[2] not in ("1", "2") or (day := day_of(args[1])) is None:
        return None
    earliest, latest = (None if text == "any" else moment_of(text) for text in args[3:])
    return Waiting(args[0], day, int(args[2]), earliest, latest)


def unwait(turn: Turn, venue: str, day: str) -> Answer:
    chosen = day_of(day)
    if turn.desk.bookings is None or chosen is None:
        return stale(turn)
    turn.desk.bookings.unwait(venue, chosen)
    bubble = Bubble(turn.speak.prompt("waiting_left"), entry_taps(turn, "booking", "booking_check"))
    return turn.say(bubble, quick=quick_taps(turn), room="booking_wait")


def take_offer(turn: Turn) -> Answer:
    """「この席を予約する」 on an offer: what is lacking is asked, and it is booked."""
    window = open_window(turn)
    if not isinstance(window, Window):
        return window
    held = window.bookings.held()
    if held is None or not held.offer:
        bubble = Bubble(turn.speak.prompt("offer_gone"), entry_taps(turn, "booking", "booking_check"))
        return turn.say(bubble, quick=quick_taps(turn), room="booking_wait")
    draft = Draft(key=window.bookings.fresh_key(), people=held.people, quick=True, taps=1)
    return proceed(turn, draft.at(held.slot), window)


def leave_offer(turn: Turn) -> Answer:
    if turn.desk.bookings is not None:
        turn.desk.bookings.decline()
    bubble = Bubble(turn.speak.prompt("offer_left"), entry_taps(turn, "booking"))
    return turn.say(bubble, quick=quick_taps(turn), room="booking_wait")


def quiet(turn: Turn) -> Answer:
    """「お知らせを止める」."""
    if turn.desk.bookings is not None:
        turn.desk.bookings.be_quiet()
    bubble = Bubble(turn.speak.prompt("reminder_stopped"), entry_taps(turn, "booking_check"))
    return turn.say(bubble, quick=quick_taps(turn), room="booking_mine")


# ------------------------------------------------------------------ every tap of this room
def tapped(turn: Turn, verb: str, args: tuple[str, ...]) -> Answer | None:
    """The answer to a tap on one's own bookings; None for a tap that is none of them."""
    match (verb, args):
        case ("mine", ()):
            return show(turn)
        case ("change", (reference,)):
            return change(turn, reference)
        case ("cancel", (reference,)):
            return ask_cancel(turn, reference)
        case ("cancelit", (reference,)):
            return do_cancel(turn, reference)
        case ("undo", (reference,)):
            return undo(turn, reference)
        case ("wait", _):
            return wait(turn, args)
        case ("unwait", (venue, day)):
            return unwait(turn, venue, day)
        case ("offer", ()):
            return take_offer(turn)
        case ("unoffer", ()):
            return leave_offer(turn)
        case ("quiet", ()):
            return quiet(turn)
    return None

