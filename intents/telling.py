"""What a booking says to a person: the visit in lines, the receipt, the notices of the outbox."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from intents.bookings import Booking, Hold
from intents.handoff import phone_button
from intents.ledger.notices import Notice
from intents.misfits import off_table
from intents.model import Bubble, Button, Lang, Link, Reply, Tap, Venue
from intents.office import JST
from intents.say import Speaker
from intents.slots import Slot
from intents.wording import say_date, say_time

Calendar = Callable[[Slot, Lang], str]  # the address of a visit's calendar file; "" where there is none


# ------------------------------------------------------------------ the visit, in lines
def _venue(speak: Speaker, venue: str) -> Venue | None:
    return next((one for one in speak.catalogue.facts.venues if one.id == venue), None)


def venue_name(speak: Speaker, venue: str) -> str:
    """The venue's full name: 砧総合支所. Its id where the ward has taken it out of the list."""
    found = _venue(speak, venue)
    return found.name.say(speak.lang) if found else venue


def venue_short(speak: Speaker, venue: str) -> str:
    """The venue's name for a small button: 砧, Kinuta."""
    name = venue_name(speak, venue)
    return re.sub(r"総合支所$|\s*(?:Branch )?Office$", "", name) or name


def say_slot(slot: Slot, speak: Speaker) -> str:
    """8月25日（火）午後1時45分 / Tue, August 25 at 1:45 p.m."""
    joint = {"ja": "", "easy": " ", "en": " at "}[speak.lang]
    return f"{say_date(slot.day, speak.lang)}{joint}{say_time(slot.time, speak.lang)}"


def visit_lines(
    speak: Speaker, slot: Slot, people: int, topics: tuple[str, ...] = (), family: bool = False
) -> str:
    """Where, when, for how many and for what, a line each."""
    openings = speak.catalogue.facts.openings
    speak.practice = speak.practice or (openings is not None and openings.practice)
    lines = [
        speak.prompt("visit_place", venue=venue_name(speak, slot.venue)),
        speak.prompt("visit_when", day=say_slot(slot, speak)),
    ]
    if people > 1:
        lines.append(speak.prompt("visit_two"))
    elif family:
        lines.append(speak.prompt("visit_family"))
    if topics:
        joint = " / " if speak.lang == "en" else "・"
        names = joint.join(speak.prompt(f"topic_{topic}") for topic in topics)
        lines.append(speak.prompt("visit_topics", name=names))
    return "\n".join(lines)


def booking_lines(speak: Speaker, booking: Booking) -> str:
    """The visit and its reference; of a day that was closed, or that the table no longer has, that it is so."""
    lines = visit_lines(speak, booking.slot, booking.people, booking.topics, booking.family)
    return "\n".join((lines, speak.prompt("visit_reference", case=booking.reference), *_no_longer(speak, booking)))


def _no_longer(speak: Speaker, booking: Booking) -> tuple[str, ...]:
    """Why the visit may not be as it was booked; a table that is not there says nothing."""
    openings = speak.catalogue.facts.openings
    if booking.state == "closed":
        return (speak.prompt("visit_closed"),)
    off = off_table(booking.slot, openings) if openings and booking.state == "booked" else None
    return (speak.prompt(f"visit_{off}"),) if off else ()


# ------------------------------------------------------------------ the receipt
def receipt(speak: Speaker, booking: Booking, head: str, calendar: Calendar | None) -> tuple[Bubble, ...]:
    """One large bubble with all that matters, and a plain text to forward to the family.

    `head` names the prompt of its first line: receipt_booked, receipt_changed, … Of a booking whose
    day was closed meanwhile there is no receipt: it says that instead.
    """
    if booking.state == "closed":
        return (closure_bubble(speak, booking, ""),)
    minutes = speak.catalogue.facts.openings.minutes if speak.catalogue.facts.openings else 45
    main = "\n\n".join(
        (
            _head(speak, booking, head),
            booking_lines(speak, booking),
            speak.prompt("receipt_minutes", number=str(minutes)),
            speak.prompt("receipt_bring"),
            *_phone_line(speak),
        )
    )
    undo = (undo_tap(speak, booking),) if booking.previous else ()
    taps = (*undo, *manage_taps(speak, booking), *_calendar(speak, booking, calendar))
    return (
        Bubble(main, taps, large=True),
        Bubble(forward_text(speak, booking)),
    )


def _head(speak: Speaker, booking: Booking, head: str) -> str:
    if head != "receipt_reopened":
        return speak.prompt(head)
    day = speak.date(booking.slot.day)
    return speak.prompt(head, day=day, venue=venue_name(speak, booking.slot.venue))


def _phone_line(speak: Speaker) -> tuple[str, ...]:
    known = speak.catalogue.facts.phone.words is not None
    return (speak.prompt("phone_known"),) if known else ()


def _calendar(speak: Speaker, booking: Booking, calendar: Calendar | None) -> tuple[Button, ...]:
    url = calendar(booking.slot, speak.lang) if calendar else ""
    return (Link(speak.prompt("receipt_calendar"), url),) if url else ()


def manage_taps(speak: Speaker, booking: Booking) -> tuple[Button, ...]:
    code = booking.reference
    return (
        _tap(speak.prompt("booking_do_change"), f"change:{code}"),
        _tap(speak.prompt("booking_do_cancel"), f"cancel:{code}"),
    )


def undo_tap(speak: Speaker, booking: Booking) -> Tap:
    return _tap(speak.prompt("booking_undo"), f"undo:{booking.reference}")


def forward_text(speak: Speaker, booking: Booking) -> str:
    """For the family chat: where, when, what to bring; nothing that says who."""
    lines = (speak.prompt("forward_head"), booking_lines(speak, booking), speak.prompt("forward_bring"))
    # It is read alone, far from the bubble that bears the mark.
    mark = (speak.prompt("practice_mark"),) if speak.practice else ()
    return "\n".join((*mark, *lines))


def _tap(label: str, data: str) -> Tap:
    return Tap(label, data, label)


# ------------------------------------------------------------------ notices, as they are pushed
def say_notice(
    notice: Notice, booking: Booking | None, speak: Speaker, now: datetime, calendar: Calendar | None = None
) -> Reply:
    """What a push says. `booking`: as it stands now, None for an offer or a waiting list's end."""
    bubbles = _noticed(notice, booking, speak, now, calendar)
    if speak.practice and bubbles:
        mark = speak.prompt("practice_mark")
        head = Bubble(f"{mark}\n{bubbles[0].text}", bubbles[0].buttons, bubbles[0].large)
        bubbles = (head, *bubbles[1:])
    return Reply(bubbles, room=notice.kind)


def _noticed(
    notice: Notice, booking: Booking | None, speak: Speaker, now: datetime, calendar: Calendar | None
) -> tuple[Bubble, ...]:
    if notice.kind == "offer":
        hold = Hold(notice.slot, notice.people, notice.until, offer=True)
        return (offer_bubble(speak, hold),)
    if notice.kind == "waiting_over":
        day = speak.date(notice.slot.day)
        text = speak.prompt("waiting_closed", day=day, venue=venue_name(speak, notice.slot.venue))
        return (Bubble(_with_reason(speak, text, notice.reason), _again(speak)),)
    if booking is None:
        return ()
    match notice.kind:
        case "receipt":
            return receipt(speak, booking, "receipt_booked", calendar)
        case "changed" | "restored" | "reopened":
            return receipt(speak, booking, f"receipt_{notice.kind}", calendar)
        case "cancelled":
            return (cancelled_bubble(speak, booking, now),)
        case "closure":
            return (closure_bubble(speak, booking, notice.reason),)
        case _:
            return (reminder_bubble(speak, booking, notice),)


def offer_bubble(speak: Speaker, hold: Hold) -> Bubble:
    """The offer of a freed place; its button says which, so that an old one can lead back to the list."""
    until = datetime.fromtimestamp(hold.until, JST)
    lines = visit_lines(speak, hold.slot, hold.people, hold.topics, hold.family)
    text = speak.prompt("offer", name=lines, day=say_time(until.time(), speak.lang))
    take = speak.prompt("offer_take")
    data = f"offer:{hold.slot.venue}:{hold.slot.day.isoformat()}:{hold.people}"
    return Bubble(text, (Tap(take, data, take, main=True), _tap(speak.prompt("offer_leave"), "unoffer")))


def cancelled_bubble(speak: Speaker, booking: Booking, now: datetime) -> Bubble:
    text = f"{speak.prompt('receipt_cancelled')}\n\n{booking_lines(speak, booking)}"
    undo = (undo_tap(speak, booking),) if now.timestamp() <= booking.undo_until else ()
    return Bubble(text, (*undo, *_again(speak)))


def closure_bubble(speak: Speaker, booking: Booking, reason: str) -> Bubble:
    """The day was closed: nothing is cancelled, and new times are one tap away."""
    day = speak.date(booking.slot.day)
    text = speak.prompt("closure", day=day, venue=venue_name(speak, booking.slot.venue))
    lines = booking_lines(speak, replace(booking, state="booked"))  # that it is closed is said above
    text = f"{_with_reason(speak, text, reason)}\n\n{lines}\n\n{speak.prompt('closure_next')}"
    code = booking.reference
    taps: tuple[Button, ...] = (
        Tap(choose := speak.prompt("closure_choose"), f"change:{code}", choose, main=True),
        _tap(speak.prompt("booking_do_cancel"), f"cancel:{code}"),
    )
    return Bubble(text, (*taps, *phone_button(speak.catalogue, speak)))


def reminder_bubble(speak: Speaker, booking: Booking, notice: Notice) -> Bubble:
    text = "\n\n".join(
        (
            speak.prompt(notice.kind),
            booking_lines(speak, booking),
            speak.prompt("receipt_bring"),
            *_phone_line(speak),
        )
    )
    quiet = _tap(speak.prompt("reminder_stop"), "quiet")
    return Bubble(text, (*manage_taps(speak, booking), quiet))


def _with_reason(speak: Speaker, text: str, reason: str) -> str:
    return f"{text}\n{speak.prompt('closure_reason', name=reason)}" if reason else text


def _again(speak: Speaker) -> tuple[Button, ...]:
    entry = speak.catalogue.entries.get("booking")
    return (_tap(entry.name(speak.lang), "entry:booking"),) if entry else ()
