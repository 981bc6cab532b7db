"""Why a wish cannot be had, in words, and the buttons of what can be had instead."""

from __future__ import annotations

from datetime import date

from intents.booking.questions import slot_tap
from intents.booking.window import Window
from intents.draft import Draft
from intents.model import Tap
from intents.say import Speaker
from intents.slots import Alternatives, Reason, Slot, in_time
from intents.telling import say_slot, venue_name, venue_short
from intents.turn import Turn, tap

_SHOWN = 3


def spread(found: Alternatives) -> tuple[Slot, ...]:
    """Three near places, in their order: of the wished day where it is open, else of three days."""
    near = found.slots
    if not any(slot.day == found.day for slot in near):
        by_day = {slot.day: slot for slot in reversed(near)}
        near = tuple(slot for slot in near if by_day[slot.day] == slot)
    return tuple(sorted(near[:_SHOWN], key=in_time))


def slot_button(turn: Turn, slot: Slot, venue: str) -> Tap:
    where = "" if slot.venue == venue else f"{venue_short(turn.speak, slot.venue)} "
    return slot_tap(slot, where + say_slot(slot, turn.speak))


def wait_tap(turn: Turn, draft: Draft, day: date) -> Tap:
    bounds = [f"{moment:%H%M}" if moment else "any" for moment in (draft.earliest, draft.latest)]
    data = ":".join(("wait", draft.venue, day.isoformat(), str(draft.seats), *bounds))
    return tap(turn.speak.prompt("book_wait"), data)


def why(turn: Turn, draft: Draft, window: Window, found: Alternatives, reason: Reason) -> str:
    speak, day = turn.speak, found.day
    closed = window.closed.get((draft.venue, day)) if day else None
    if closed is not None and day:
        text = speak.prompt("why_shut", day=speak.date(day), venue=venue_name(speak, draft.venue))
        return f"{text}\n{speak.prompt('closure_reason', name=closed)}" if closed else text
    names = (", " if speak.lang == "en" else "・").join(venue_name(speak, one) for one in found.turn)
    if reason is Reason.FITS:
        return ""
    if reason is Reason.PAST and day == speak.today:
        reason = Reason.TOO_SOON  # the hour is past, the day is not
    two = reason is Reason.FULL and draft.seats > 1
    name = "why_full_two" if two else f"why_{reason.value}"
    whole_day = reason is Reason.FULL and not (draft.earliest or draft.latest)
    if (day is None and reason in (Reason.FULL, Reason.TOO_SOON, Reason.NO_SUCH_TIME)) or whole_day:
        name += "_any"
    if reason is Reason.FULL and len(draft.days) > 1 and not two:
        name = "why_full_days"
    dated = _dated(speak, day) if day else ""
    venue = venue_name(speak, draft.venue) if draft.venue else speak.prompt("book_any_venue")
    if whole_day and day:
        venue = {"ja": f"{dated}の{venue}", "easy": f"{dated}の {venue}", "en": f"{venue}, {dated}"}[speak.lang]
    return speak.prompt(name, day=dated, venue=venue, name=names)


def _dated(speak: Speaker, day: date) -> str:
    """The day with its weekday, and its year where that is another one."""
    text = speak.date(day)
    if day.year == speak.today.year:
        return text
    return f"{text}, {day.year}" if speak.lang == "en" else f"{day.year}年{text}"
