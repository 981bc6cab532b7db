"""A booking that the opening table no longer fits, as its person sees it: it stands, and she may move."""

from __future__ import annotations

from intents.bookings import Booking, Misfit
from intents.dates import When
from intents.model import Bubble, Button, Tap
from intents.own.carried import pack
from intents.telling import booking_lines, manage_taps, undo_tap
from intents.turn import Turn, phone_taps
from intents.wishes import Heard


def unfit_bubble(turn: Turn, booking: Booking, why: tuple[Misfit, ...], *, undoable: bool) -> Bubble:
    """The booking, why it may not be as it was booked, and the way to a time that fits: of its day if there
    are any."""
    speak = turn.speak
    crowded = (speak.prompt("unfit_crowded"),) if "too_many" in why else ()
    advice = speak.prompt("unfit_may" if why == ("too_many",) else "unfit_ask")
    text = "\n\n".join((speak.prompt("mine"), booking_lines(speak, booking), *crowded, advice))
    _, cancel = manage_taps(speak, booking)
    undo = (undo_tap(speak, booking),) if undoable else ()
    return Bubble(text, (_choose(turn, booking, why), cancel, *undo, *phone_taps(turn)), large=True)


def _choose(turn: Turn, booking: Booking, why: tuple[Misfit, ...]) -> Button:
    same_day = pack(Heard(when=When(days=(booking.slot.day,)))) if "no_day" not in why else ""
    label = turn.speak.prompt("unfit_choose")
    return Tap(label, ":".join(filter(None, ("change", booking.reference, same_day))), label, main=True)
