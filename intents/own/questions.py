"""The questions about one's own bookings that a typed word may answer, kept in `Talk.pending`.

    cancelit:REF   shall it be cancelled?        cancelall        shall all be?
    which:change:WISH, which:cancel   which one, and what is wished of it (carried.py)?
    stopwhich      the new one, or the one she has?
    offer          shall the freed place be booked?
    found:REF      nothing is asked: another's booking was shown last      done   a receipt was shown last
"""

from __future__ import annotations

from intents.booking.window import Answer
from intents.bookings import Booking
from intents.draft import IDLE_SECONDS
from intents.model import Bubble, Button
from intents.telling import booking_lines, offer_bubble, venue_short
from intents.turn import Turn, quick_taps, tap
from intents.wording import say_time

ASKED = ("booking_ask", "booking_cancel")  # the rooms of a reply that asks one of these


def pending_of(turn: Turn) -> str:
    """What waits for an answer; "" where that is too long ago."""
    fresh = turn.now.timestamp() - turn.talk.pending_at <= IDLE_SECONDS
    return turn.talk.pending if fresh else ""


def awaiting(turn: Turn, pending: str) -> Turn:
    """From now on `pending` waits for a typed answer, until it is IDLE_SECONDS old."""
    return turn.remember(pending=pending, pending_at=int(turn.now.timestamp()))


def ask(turn: Turn, pending: str, lead: str = "") -> Answer | None:
    """Asks, after `lead`; None where there is nothing left to ask of."""
    bubble = question(turn, pending, lead)
    if bubble is None:
        return None
    room = ASKED[1] if pending.startswith("cancel") else ASKED[0]
    return awaiting(turn, pending).say(bubble, quick=quick_taps(turn), room=room)


def question(turn: Turn, pending: str, lead: str = "") -> Bubble | None:
    """The bubble of the question `pending`."""
    kind, _, rest = pending.partition(":")
    mine = turn.desk.bookings.mine() if turn.desk.bookings else ()
    found: Bubble | None = None
    match kind:
        case "cancelit" if chosen := [one for one in mine if one.reference == rest]:
            found = _cancel_one(turn, chosen[0])
        case "cancelall" if mine:
            found = _cancel_all(turn, mine)
        case "which" if mine:
            found = _which(turn, mine, rest)
        case "stopwhich" if mine and turn.talk.draft:
            found = _stop_which(turn, mine)
        case "offer":
            found = _offered(turn)
    if found is None or not lead:
        return found
    return Bubble(f"{lead}\n\n{found.text}", found.buttons, found.large)


def _cancel_one(turn: Turn, booking: Booking) -> Bubble:
    speak, code = turn.speak, booking.reference
    taps = (
        tap(speak.prompt("cancel_do"), f"cancelit:{code}"),
        tap(speak.prompt("booking_do_change"), f"change:{code}"),
        tap(speak.prompt("cancel_keep"), "mine"),
    )
    return Bubble(f"{speak.prompt('cancel_ask')}\n\n{booking_lines(speak, booking)}", taps)


def _cancel_all(turn: Turn, mine: tuple[Booking, ...]) -> Bubble:
    speak = turn.speak
    lines = "\n\n".join(booking_lines(speak, one) for one in mine)
    taps = (tap(speak.prompt("cancel_do"), "cancelall"), tap(speak.prompt("cancel_keep"), "mine"))
    return Bubble(f"{speak.prompt('own_cancel_all_ask')}\n\n{lines}", taps)


def _which(turn: Turn, mine: tuple[Booking, ...], verb: str) -> Bubble:
    speak = turn.speak
    verb, _, wish = verb.partition(":")
    more = f":{wish}" if wish else ""
    numbered = list(enumerate(mine, 1))
    lines = "\n\n".join(f"{number}. {booking_lines(speak, one)}" for number, one in numbered)
    taps: list[Button] = [tap(_label(turn, number, one, mine), f"{verb}:{one.reference}{more}") for number, one in numbered]
    if verb == "cancel":
        taps.append(tap(speak.prompt("own_all"), "cancelall:ask"))
    return Bubble(f"{speak.prompt('own_which')}\n\n{lines}", tuple(taps))


def _label(turn: Turn, number: int, booking: Booking, mine: tuple[Booking, ...]) -> str:
    """As short as LINE's buttons must be: the day and the place, or the hour where those are the same."""
    slot, speak = booking.slot, turn.speak
    alike = sum((one.slot.day, one.slot.venue) == (slot.day, slot.venue) for one in mine) > 1
    tells = say_time(slot.time, speak.lang) if alike else venue_short(speak, slot.venue)
    return f"{number}. {tells}" if alike else f"{number}. {speak.date(slot.day)} {tells}"[:20]


def _stop_which(turn: Turn, mine: tuple[Booking, ...]) -> Bubble:
    speak = turn.speak
    old = f"cancel:{mine[0].reference}" if len(mine) == 1 else "which:cancel"
    taps = (
        tap(speak.prompt("own_stop_new"), "unbook"),
        tap(speak.prompt("own_cancel_old"), old),
        tap(speak.prompt("own_go_on"), "goon"),
    )
    return Bubble(speak.prompt("own_stop_which"), taps)


def _offered(turn: Turn) -> Bubble | None:
    held = turn.desk.bookings.held() if turn.desk.bookings else None
    return offer_bubble(turn.speak, held) if held and held.offer else None
