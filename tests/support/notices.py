"""Bookings and their notices, written straight to their pages: for tests of the outbox."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time

from bot.seal import Seal
from intents.bookings import Booking, Hold
from intents.ledger.notices import Notice, NoticeKind, of_booking, reminders_of
from intents.ledger.pages import Pages, put_booking, put_hold, put_notice
from intents.ledger.places import OFFER_SECONDS
from intents.office import JST
from intents.slots import Slot
from tests.support.sending import SECRET_KEY, line_id

VISIT = Slot("kinuta", date(2026, 8, 25), time(13, 45))
NOW = int(datetime(2026, 8, 20, 11, tzinfo=JST).timestamp())
SEAL = Seal(SECRET_KEY)


def booking(number: int = 1, slot: Slot = VISIT) -> Booking:
    user, address = f"user-{number}", SEAL.seal(line_id(number))
    return Booking(f"さくら-{number}", slot, 1, (number,), user=user, address=address, made=NOW)


def booked(pages: Pages, kind: NoticeKind = "receipt", one: Booking | None = None, due: int = NOW) -> Notice:
    """A booking and one notice of it, due now."""
    one = one or booking()
    place = pages.get("place", one.slot.key) or {}
    pages.put("place", one.slot.key, place | {str(desk): [one.reference, 0] for desk in one.desks})
    put_booking(pages, one)
    reminders = {reminder.kind: reminder for reminder in reminders_of(one, NOW)}
    notice = replace(reminders.get(kind) or of_booking(kind, one, due), due=due)
    put_notice(pages, notice)
    return notice


def offered(pages: Pages, due: int = NOW) -> Notice:
    until = due + OFFER_SECONDS
    put_hold(pages, "offer:user-1", Hold(VISIT, 1, until, offer=True))
    name = f"offer:{VISIT.key}:user-1:{until}"
    notice = Notice(name, "offer", SEAL.seal(line_id(1)), "user-1", "ja", VISIT, due, until, until=until)
    put_notice(pages, notice)
    return notice
