"""A visit for the calendar of a phone: a signed address, and the file behind it.

The address holds the slot and the language, signed so that nobody can make the ward speak of other
visits. The file has no reference and nothing of a person: it may be shared.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

from icalendar import Alarm, Event
from icalendar import Calendar as File
from itsdangerous import BadSignature, URLSafeSerializer

from intents.model import LANGS, Lang
from intents.say import Speaker
from intents.slots import Slot
from intents.telling import venue_name

PATH = "/calendar"
_LABEL = b"madoguchi: calendar files"  # so that no other use of SECRET_KEY has this key
# LINE's own browser cannot hand a file to the calendar; with this LINE opens the phone's browser.
_OUTSIDE = "openExternalBrowser=1"
_MINUTES = 45  # of a visit, where the table is no longer there


class Calendar:
    """The addresses of calendar files. `url` fits `intents.telling.Calendar`."""

    def __init__(self, public_url: str, secret_key: str, *old: str) -> None:
        """`public_url`: where the desk is reached, no slash at its end; "" gives no addresses. `old`: keys
        whose addresses are still read."""
        self._base = public_url
        self._tokens = URLSafeSerializer(
            [hmac.new(key.encode(), _LABEL, hashlib.sha256).digest() for key in (*old, secret_key)],
            salt=_LABEL,
            signer_kwargs={"digest_method": hashlib.sha256, "key_derivation": "hmac"},
        )

    def url(self, slot: Slot, lang: Lang) -> str:
        """The address of the visit's file; "" where the desk has no public address."""
        if not self._base:
            return ""
        return f"{self._base}{PATH}/{self.token(slot, lang)}.ics?{_OUTSIDE}"

    def token(self, slot: Slot, lang: Lang) -> str:
        signed = self._tokens.dumps([slot.key, lang])
        return signed if isinstance(signed, str) else signed.decode()

    def read(self, token: str) -> tuple[Slot, Lang] | None:
        """The visit that a token stands for; None for one that is not ours, or not readable."""
        try:
            content = self._tokens.loads(token)
        except BadSignature:
            return None
        match content:
            case [str(key), str(name)]:
                slot = Slot.parse(key)
                lang = next((one for one in LANGS if one == name), None)
                return (slot, lang) if slot and lang else None
        return None


def file_name(slot: Slot) -> str:
    return f"madoguchi-{slot.day.isoformat()}.ics"


def calendar_file(slot: Slot, speak: Speaker, now: datetime) -> bytes:
    """The visit as iCalendar in the speaker's language, with an alarm a day before. `now`: aware.

    It is made whether or not the table still has the slot: what a person keeps must open.
    """
    openings = speak.catalogue.facts.openings
    speak.practice = speak.practice or (openings is not None and openings.practice)
    event = Event()
    event.add("uid", f"{slot.venue}-{slot.day:%Y%m%d}-{slot.time:%H%M}@madoguchi")
    event.add("dtstamp", now.astimezone(UTC))
    event.add("dtstart", slot.starts)
    event.add("dtend", slot.starts + timedelta(minutes=openings.minutes if openings else _MINUTES))
    event.add("summary", _title(slot, speak))
    event.add("location", venue_name(speak, slot.venue))
    event.add("description", speak.prompt("receipt_bring"))
    event.add_component(_alarm(speak))
    file = File()
    file.add("prodid", "-//Setagaya//madoguchi//JA")
    file.add("version", "2.0")
    file.add_component(event)
    file.add_missing_timezones()
    made: bytes = file.to_ical()
    return made


def _title(slot: Slot, speak: Speaker) -> str:
    """The desk and the place: nothing of what this very person needs."""
    mark = f"{speak.prompt('practice_mark')} " if speak.practice else ""
    return mark + speak.prompt("calendar_title", venue=venue_name(speak, slot.venue))


def _alarm(speak: Speaker) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("trigger", timedelta(days=-1))
    alarm.add("description", speak.prompt("reminder_day"))
    return alarm
