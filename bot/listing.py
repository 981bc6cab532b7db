"""`madoguchi bookings`: who comes when, what was not sent, what was deleted. No hash, no address."""

from __future__ import annotations

import argparse
import json
import os
import unicodedata
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any

from bot.operating import Operating, operating
from bot.over_capacity import LABELS, advice
from bot.typed import Misuse, read_day, read_venue
from intents.bookings import Booking, Misfit
from intents.office import JST
from intents.slots import Slot
from intents.telling import venue_name
from intents.wording import say_date, say_time

Json = dict[str, Any]
_CHANNELS = {"line": "LINE", "phone": "電話"}
_STATES = {"booked": "予約", "closed": "閉じた日", "cancelled": "取消"}
KINDS = {
    "receipt": "予約できた知らせ",
    "changed": "変更の知らせ",
    "cancelled": "取消の知らせ",
    "restored": "元にもどした知らせ",
    "closure": "閉じた知らせ",
    "reopened": "また開く知らせ",
    "offer": "空きの知らせ",
    "waiting_over": "空き待ちが終わった知らせ",
    "reminder_day": "前の日のお知らせ",
    "reminder_morning": "朝のお知らせ",
}
WHYS = {
    "quota": "月の送信数の上限",
    "late": "間に合わなかった",
    "failed": "LINEが受け取らなかった",
    "refused": "届かない相手",
    "address": "SECRET_KEY が変わった",
}
_HEADS = {
    "bookings": ("日", "時刻", "窓口", "合い言葉", "人数", "お手伝い", "受付", "状態", "受けた時"),
    "unsent": ("いつ", "お知らせ", "わけ", "合い言葉", "窓口", "来所の日時"),
    "deletions": ("日", "消した数", "決まり"),
}


def show(arguments: argparse.Namespace) -> int:
    """Prints what was asked for, as a table or as JSON. 0, also where there is nothing. Misuse."""
    with operating(os.environ) as desk:
        if arguments.unsent and arguments.deletions:
            raise Misuse(
                "--unsent と --deletions は、いっしょに使えません。どちらか一つにしてください。"
            )
        venue = read_venue(arguments.venue, desk.catalogue) if arguments.venue else ""
        day = read_day(arguments.date, desk.catalogue.facts, desk.today) if arguments.date else None
        if arguments.unsent:
            found, what = _unsent(desk, venue, day), "unsent"
        elif arguments.deletions:
            found, what = _deletions(desk, day), "deletions"
        else:
            kept = (one for one in desk.bookings() if arguments.all or one.is_open)
            unfit = desk.misfits()
            found, what = (
                [as_json(desk, one, unfit.get(one.reference, ())) for one in kept if _is_on(one.slot, venue, day)],
                "bookings",
            )
    print(json.dumps(found, ensure_ascii=False, indent=1) if arguments.json else _text(what, found))
    return 0


def _is_on(slot: Slot, venue: str, day: date | None) -> bool:
    return venue in ("", slot.venue) and day in (None, slot.day)


# ------------------------------------------------------------------ as JSON
def as_json(desk: Operating, booking: Booking, unfit: Sequence[Misfit] = ()) -> Json:
    """A booking for staff: nothing that leads to a person. `unfit`: why the table no longer fits it."""
    speak, slot = desk.speaker(), booking.slot
    return {
        "reference": booking.reference,
        "venue": venue_name(speak, slot.venue),
        "venue_id": slot.venue,
        "date": slot.day.isoformat(),
        "time": f"{slot.time:%H:%M}",
        "people": booking.people,
        "topics": [speak.prompt(f"topic_{topic}") for topic in booking.topics],
        "family": booking.family,
        "channel": booking.channel,
        "status": booking.state,
        "off_table": booking.state == "booked" and not desk.is_listed(slot),
        "problems": list(unfit),
        "made": _iso(booking.made),
    }


def _iso(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).astimezone(JST).isoformat(timespec="seconds")


def _unsent(desk: Operating, venue: str, day: date | None) -> list[Json]:
    """What could not be sent, the latest last. `date` and `time` are those of the visit."""
    speak = desk.speaker()
    pages = sorted(desk.ledger.shelf("unsent").values(), key=lambda page: int(page["at"]))
    return [
        {
            "kind": page["kind"],
            "reason": page["why"],
            "reference": page["reference"],
            "venue": venue_name(speak, page["venue"]),
            "venue_id": page["venue"],
            "date": page["day"],
            "time": page["time"],
            "at": _iso(page["at"]),
        }
        for page in pages
        if venue in ("", page["venue"]) and (day is None or day.isoformat() == page["day"])
    ]


def _deletions(desk: Operating, day: date | None) -> list[Json]:
    records = sorted(desk.ledger.shelf("deletion").items())
    return [
        {"date": when, "count": page["count"], "rule": page["rule"]}
        for when, page in records
        if day is None or day.isoformat() == when
    ]


# ------------------------------------------------------------------ as a table
def _text(what: str, found: Sequence[Json]) -> str:
    if not found:
        return {
            "bookings": "予約はありません。",
            "unsent": "送れなかったお知らせはありません。",
        }.get(what, "消した記録はありません。")
    cells = {"bookings": _booking_cells, "unsent": _unsent_cells, "deletions": _deletion_cells}[
        what
    ]
    told = advice(one["problems"] for one in found) if what == "bookings" else []
    return "\n".join((table(_HEADS[what], [cells(one) for one in found]), *told))


def _booking_cells(one: Mapping[str, Any]) -> tuple[str, ...]:
    people = f"{one['people']}人" + ("（家族）" if one["family"] else "")
    state = "・".join(LABELS[problem] for problem in one["problems"]) or _STATES[one["status"]]
    topics = "・".join(one["topics"]) or "まだわからない"
    return (
        _day(one["date"]),
        one["time"],
        *(one["venue"], one["reference"], people, topics),
        *(_CHANNELS[one["channel"]], state, _moment(one["made"])),
    )


def _unsent_cells(one: Mapping[str, Any]) -> tuple[str, ...]:
    kind, why = KINDS.get(one["kind"], one["kind"]), WHYS.get(one["reason"], one["reason"])
    visit = f"{_day(one['date'])}{one['time']}"
    return _moment(one["at"]), kind, why, one["reference"] or "－", one["venue"], visit


def _deletion_cells(one: Mapping[str, Any]) -> tuple[str, ...]:
    return _day(one["date"]), f"{one['count']}件", one["rule"]


def _day(iso: str) -> str:
    return say_date(date.fromisoformat(iso), "ja")


def _moment(iso: str) -> str:
    moment = datetime.fromisoformat(iso)
    return f"{say_date(moment.date(), 'ja')}{say_time(time(moment.hour, moment.minute), 'ja')}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Columns under each other: a full-width character is two columns wide."""
    lines = [head, *rows]
    widths = [max(map(_width, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(
            cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)
        ).rstrip()
        for line in lines
    )


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)
