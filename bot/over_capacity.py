"""The opening table against the bookings that stand: whom an edit has left without a place, and what to do.

An edit cancels nobody. Staff hear of it before it goes live (`madoguchi check`), in the lists, and in the log.
"""

from __future__ import annotations

import logging
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

from bot.clock import clock_from
from bot.log import note
from bot.settings import DEFAULT_STORE, practice_start
from bot.store import open_ledger
from bot.store.base import Ledger, StorageError
from intents.bookings import Booking, Misfit, Misfits
from intents.ledger.fitting import all_misfits
from intents.ledger.guests import serve_day
from intents.ledger.places import NO_TABLE, Table
from intents.model import Catalogue, Openings
from intents.office import JST
from intents.say import Speaker
from intents.slots import in_time
from intents.telling import venue_name
from intents.wording import say_time

LABELS: Mapping[Misfit, str] = {
    "no_day": "表にない日",
    "no_time": "表にない時刻",
    "too_many": "人数が係より多い",
}
ADVICE: Mapping[Misfit, str] = {
    "no_day": "窓口を開くなら、表（facts.yaml）に日をもどしてください。"
    "開かないなら madoguchi close で閉じてください（LINEの方に届き、お電話する方が分かります）。",
    "no_time": "その時刻に係がいれば、そのままお迎えください。"
    "いなければ、別の時刻に変えていただいてください（電話の方にはお電話を。LINEの方は「予約の確認」で変えられます）。",
    "too_many": "係を増やす（facts.yaml の staff_on）か、この方に、別の時刻に変えていただいてください"
    "（電話の方にはお電話を。LINEの方は「予約の確認」で変えられます）。ほかの方の席は足りています。",
}
_CHANNELS = {"line": "LINE", "phone": "電話"}


def unfit(ledger: Ledger, openings: Openings, now: datetime) -> tuple[list[Booking], Misfits]:
    """The standing bookings that `openings` do not fit, by day and time, and why. `now`: aware. StorageError."""
    bookings = [Booking.from_json(page) for page in ledger.shelf("booking").values()]
    why = all_misfits(bookings, ledger.shelf("length"), openings, now)
    found = (one for one in bookings if one.reference in why)
    return sorted(found, key=lambda one: (*in_time(one.slot), one.made, one.reference)), why


# ------------------------------------------------------------------ before an edit goes live
def against_bookings(catalogue: Catalogue | None) -> list[str]:
    """As `lines`, of the ledger at STORE_URL; [] where there is none yet, or no content that could be live.

    A ledger that cannot be read is said on stderr: the content can be checked all the same.
    """
    url = _existing_store(os.environ)
    if url is None or catalogue is None or not catalogue.facts.venues:  # no venues: the words of another desk
        return []
    now = clock_from(practice_start(os.environ.get("DESK_CLOCK", ""), [])).now()
    try:
        ledger = open_ledger(url)
        try:
            return lines(catalogue, ledger, now)
        finally:
            ledger.close()
    except StorageError as error:
        print(f"予約の記録（STORE_URL）が読めないため、予約との照らし合わせはしていません：{error}", file=sys.stderr)
        return []


def _existing_store(environ: Mapping[str, str]) -> str | None:
    """The address of the desk's store; None where there is no such file, which is not made here."""
    url = environ.get("STORE_URL") or DEFAULT_STORE
    if url.startswith("sqlite:///"):
        return url if Path(url.removeprefix("sqlite:///")).is_file() else None
    return url if url.startswith(("redis://", "rediss://")) else None


def lines(catalogue: Catalogue, ledger: Ledger, now: datetime) -> list[str]:
    """One line for each day of a venue and each reason: who is booked there and what to do. StorageError."""
    found, why = unfit(ledger, catalogue.facts.openings or NO_TABLE, now)
    by_day: dict[tuple[date, str, Misfit], list[Booking]] = defaultdict(list)
    for booking in found:
        for reason in why[booking.reference]:
            by_day[booking.slot.day, booking.slot.venue, reason].append(booking)
    speak = Speaker(catalogue, "ja", now.astimezone(JST).date())
    return [_line(speak, *key, bookings) for key, bookings in by_day.items()]


def _line(speak: Speaker, day: date, venue: str, reason: Misfit, bookings: Iterable[Booking]) -> str:
    where = f"{speak.date(day)}　{venue_name(speak, venue)}"
    who = "、".join(
        f"{one.reference}（{say_time(one.slot.time, 'ja')}・{one.people}人・{_CHANNELS[one.channel]}）"
        for one in bookings
    )
    return f"△ 予約と表が合いません　{where}　{LABELS[reason]}：{who}。{ADVICE[reason]}"


def advice(reasons: Iterable[Sequence[Misfit]]) -> list[str]:
    """What to do, once for each of the reasons that occur."""
    there = {reason for one in reasons for reason in one}
    return [f"{label}：{ADVICE[reason]}" for reason, label in LABELS.items() if reason in there]


# ------------------------------------------------------------------ once it is live
def after_edit(ledger: Ledger, openings: Openings | None, now: datetime) -> None:
    """What a running desk does as it starts and when another table goes live: it notes in the log where people
    are booked whom the table does not fit, and offers what room there is now to those who wait. StorageError."""
    in_force = openings or NO_TABLE
    found, _ = unfit(ledger, in_force, now)
    for venue, count in sorted(Counter(one.slot.venue for one in found).items()):
        note("over_capacity", logging.WARNING, venue=venue, count=count)
    table = Table(in_force, int(now.timestamp()))
    for key in ledger.shelf("waiting"):
        venue, day = key.rsplit("/", 1)
        ledger.transact(lambda pages, venue=venue, day=day: serve_day(pages, venue, date.fromisoformat(day), table))  # type: ignore[misc]
