"""What else somebody with a booking says: reminders on and off, one person more, other help, 「はい、ありがとう」."""

from __future__ import annotations

from intents.booking.window import Answer
from intents.bookings import Booking
from intents.ledger.notices import reminders_of
from intents.model import Bubble
from intents.own.asking import asks_for_booking
from intents.own.list_words import wants_loud, wants_quiet
from intents.own.mine import Own
from intents.own.more_words import (
    adds,
    is_content,
    of_another_person,
    of_help,
    of_whom,
    wants_another_booking,
)
from intents.own.others_words import asks_their_time
from intents.own.questions import pending_of
from intents.own.words import is_question
from intents.telling import manage_taps, venue_name
from intents.turn import Turn, entry_taps, phone_taps, quick_taps, tap

_SOON_DAYS = 1  # who is to come today or tomorrow, and answers 「はい」, answers the reminder


# ------------------------------------------------------------------ reminders
def of_reminders(own: Own) -> Answer | None:
    """「もう連絡しないで」, 「お知らせをまたください」; None for other words."""
    if wants_quiet(own.page):
        return quiet(own.turn) if own.mine else None
    return loud(own.turn) if wants_loud(own.page) and own.mine else None


def quiet(turn: Turn) -> Answer:
    """「お知らせを止める」."""
    if turn.desk.bookings is not None:
        turn.desk.bookings.be_quiet()
    again = tap(turn.speak.prompt("own_remind"), "loud")
    bubble = Bubble(turn.speak.prompt("reminder_stopped"), (*entry_taps(turn, "booking_check"), again))
    return turn.say(bubble, quick=quick_taps(turn), room="own")


def loud(turn: Turn) -> Answer:
    """Reminders again; honest where their time is past."""
    bookings = turn.desk.bookings
    mine = bookings.mine() if bookings else ()
    if bookings is not None:
        bookings.be_loud()
    now = int(turn.now.timestamp())
    planned = any(reminders_of(one, now) for one in mine if one.state == "booked")
    text = turn.speak.prompt("own_reminders_on" if planned or not mine else "own_reminders_late")
    return turn.say(Bubble(text, entry_taps(turn, "booking_check")), quick=quick_taps(turn), room="own")


# ------------------------------------------------------------------ what a change of the time is not
def of_details(own: Own) -> Answer | None:
    """Other help, another person, one person more: what to do instead. None for other words."""
    if own.draft is not None or own.heard.says_of_a_visit or own.heard.wants or wants_another_booking(own.page):
        return None
    prompt = _detail(own)
    if not prompt or own.is_answered():
        return None
    booking = own.meant or (own.mine[0] if own.mine else None)
    if booking is None or booking.state != "booked":
        return None
    return _one_more(own) if prompt == "own_person" else _noted(own.turn, prompt, booking)


def _detail(own: Own) -> str:
    page, heard = own.page, own.heard
    if heard.also or of_another_person(page) or (heard.people == 2 and adds(page)):
        return "own_person"
    if of_help(page) or (heard.topics and adds(page) and not _asks_of_app(own)):
        return "own_help"
    if asks_for_booking(page) or asks_their_time(page):
        return ""
    relative = heard.family or heard.for_self
    return "own_whom" if relative and of_whom(page) and not is_question(own.text) else ""


def _asks_of_app(own: Own) -> bool:
    """「東京アプリの変更は…」 asks about the app; 「東京アプリも追加できますか」 about the visit."""
    return is_question(own.text) and "追加" not in own.page and "も" not in own.page and "also" not in own.page


def _noted(turn: Turn, prompt: str, booking: Booking) -> Answer:
    taps = (*manage_taps(turn.speak, booking), *phone_taps(turn))
    return turn.say(Bubble(turn.speak.prompt(prompt), taps), quick=quick_taps(turn), room="booking_mine")


def _one_more(own: Own) -> Answer:
    """Another person needs another place, while she may have one."""
    turn, speak = own.turn, own.turn.speak
    openings = speak.catalogue.facts.openings
    limit = openings.per_person if openings else 0
    if sum(one.people for one in own.mine) >= limit:
        text = speak.prompt("booking_limit", number=str(limit))
        taps = (*entry_taps(turn, "booking_check"), *phone_taps(turn))
    else:
        text = speak.prompt("own_person")
        taps = (tap(speak.prompt("own_book_another"), "entry:booking"), *phone_taps(turn))
    return turn.say(Bubble(text, taps), quick=quick_taps(turn), room="booking_mine")


# ------------------------------------------------------------------ when all is done
def contented(own: Own) -> Answer | None:
    """「はい」, 「ありがとう」 after a receipt or a reminder: a kind word, and nothing else to do."""
    if own.draft is not None or not is_content(own.page):
        return None
    after_receipt = pending_of(own.turn) == "done"
    mine = [one for one in own.mine if one.state == "booked"]
    days = (mine[0].slot.day - own.turn.speak.today).days if mine else _SOON_DAYS + 1
    if not after_receipt and days > _SOON_DAYS:
        return None
    speak = own.turn.speak
    text = speak.prompt("own_done")
    if mine:
        slot = mine[0].slot
        text = speak.prompt("own_done_booked", day=speak.date(slot.day), venue=venue_name(speak, slot.venue))
    return own.turn.say(Bubble(text), quick=quick_taps(own.turn), room="own")
