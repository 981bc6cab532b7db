"""`madoguchi close` and `madoguchi open`: a day falls out, or not after all, and who must hear of it."""

from __future__ import annotations

import argparse
import os
import uuid
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.operating import Operating, operating
from bot.typed import read_day, read_reason, read_venue
from intents.bookings import Booking
from intents.ledger import closing
from intents.ledger.pages import Pages, day_key, waiters_at
from intents.say import Speaker
from intents.slots import next_days
from intents.telling import venue_name
from intents.wording import say_time

_REMEMBERED = 86_400  # seconds for which a request is known
_OFF_TABLE = "ただし、この日は開く日の表（facts.yaml）にありません。予約は受けられません。"


@dataclass(frozen=True, slots=True)
class Day:
    """One venue on one day."""

    desk: Operating
    venue: str
    day: date

    @property
    def key(self) -> str:
        return day_key(self.venue, self.day)

    @property
    def name(self) -> str:
        speak = self.desk.speaker()
        return f"{speak.date(self.day)}の{venue_name(speak, self.venue)}"

    @property
    def is_listed(self) -> bool:
        return self.day in self.desk.openings.days.get(self.venue, ())

    def bookings(self) -> list[Booking]:
        """Those that stand or were displaced, by time."""
        return [
            one
            for one in self.desk.bookings()
            if one.is_open and (one.slot.venue, one.slot.day) == (self.venue, self.day)
        ]

    def waiting(self) -> int:
        """How many stand on the day's waiting list."""
        return self.desk.ledger.transact(lambda pages: len(waiters_at(pages, self.key)))

    def closed(self) -> str | None:
        """Why it is closed by command; None where it is not."""
        page = self.desk.ledger.shelf("closed").get(self.key)
        return None if page is None else str(page["reason"])


# ------------------------------------------------------------------ closing
def close(arguments: argparse.Namespace) -> int:
    """Shows who would be touched; with --yes closes the day. 1: nothing to close. Misuse."""
    with operating(os.environ) as desk:
        venue = read_venue(arguments.venue, desk.catalogue)
        one = Day(desk, venue, read_day(arguments.date, desk.catalogue.facts, desk.today))
        reason = read_reason(arguments.reason, desk.now)
        problem = _not_to_close(one)
        if problem:
            print(problem)
            return 1
        if arguments.yes:
            print(close_day(one, reason, uuid.uuid4().hex))
        else:
            print(_preview(one, reason))
        return 0


def _not_to_close(one: Day) -> str:
    """Why this day cannot be closed, or ""."""
    speak = one.desk.speaker()
    if one.day < one.desk.today:
        return f"{speak.date(one.day)}は、もう過ぎています。何も変えていません。"
    if one.is_listed or one.bookings():
        return ""
    ahead = next_days(
        one.desk.openings, one.venue, max(one.desk.today, one.day) - timedelta(days=1), 3
    )
    near = ahead or one.desk.openings.days.get(one.venue, ())[-3:]
    days = "、".join(speak.date(day) for day in near) or "まだ決まっていません"
    return f"{one.name}は、もともと開かない日です。何も変えていません。\n開く日：{days}"


def _preview(one: Day, reason: str) -> str:
    touched = [booking for booking in one.bookings() if booking.state == "booked"]
    head = f"{one.name}を閉じると（理由：{reason}）、次の方々に関わります。"
    told = _touched(one.desk.speaker(), touched, one.waiting(), done=False)
    again = "この日は、もう閉じてあります。\n" if one.closed() is not None else ""
    told = "\n".join((told, *_still_lost(one, ())))
    last = "まだ何も変えていません。閉じるときは、同じ命令の最後に --yes を付けて、もう一度打ってください。"
    return f"{again}{head}\n{told}\n{last}"


def close_day(one: Day, reason: str, request: str) -> str:
    """Closes the day, and says who was touched: once for each `request`. StorageError."""
    waiting = one.waiting()
    table = one.desk.table
    codes = _remembered(
        one.desk,
        f"close/{request}",
        lambda pages: closing.close_day(pages, one.venue, one.day, reason, table),
    )
    now = [booking for booking in one.bookings() if booking.reference in codes]
    told = _touched(one.desk.speaker(), now, waiting, done=True)
    return "\n".join(
        (f"{one.name}を閉じました（理由：{reason}）。", told, *_still_lost(one, codes))
    )


def _still_lost(one: Day, but: Collection[str]) -> list[str]:
    """Those whom an earlier closing displaced and who have no other day yet, but for `but`."""
    left = [b for b in one.bookings() if b.state == "closed" and b.reference not in but]
    head = ["前に閉じたときから、まだ新しい日を選んでいない予約："] if left else []
    return head + _lines(one.desk.speaker(), left)


def _touched(speak: Speaker, bookings: Sequence[Booking], waiting: int, *, done: bool) -> str:
    """Who must hear of it, and how."""
    phone = [one for one in bookings if one.channel == "phone"]
    line = len(bookings) - len(phone)
    how = "お知らせを送ります" if done else "お知らせが届きます"
    lines = [f"　LINEの予約　{line}件" + (f"（新しい日を選んでいただく{how}）" if line else "")]
    lines.append(
        f"　電話の予約　{len(phone)}件" + ("（お電話でお知らせしてください）" if phone else "")
    )
    lines += _lines(speak, phone)
    lines.append(f"　空き待ち　　{waiting}人" + (f"（{how}）" if waiting else ""))
    return "\n".join(lines)


def _lines(speak: Speaker, bookings: Iterable[Booking]) -> list[str]:
    channels = {"line": "LINE", "phone": "電話"}
    return [
        f"　　{one.reference}　{say_time(one.slot.time, speak.lang)}　{one.people}人　"
        f"{channels[one.channel]}"
        for one in bookings
    ]


# ------------------------------------------------------------------ opening again
def reopen(arguments: argparse.Namespace) -> int:
    """Takes a closure back, and gives those displaced their places. 1: it is not closed. Misuse."""
    with operating(os.environ) as desk:
        venue = read_venue(arguments.venue, desk.catalogue)
        one = Day(desk, venue, read_day(arguments.date, desk.catalogue.facts, desk.today))
        if one.closed() is None:
            print(f"{one.name}は、閉じられていません。何も変えていません。")
            return 1
        print(reopen_day(one, uuid.uuid4().hex))
        return 0


def reopen_day(one: Day, request: str) -> str:
    """Opens the day, and says who has a place again: once for each `request`. StorageError."""
    table = one.desk.table

    def work(pages: Pages) -> tuple[Booking, ...]:
        displaced = closing.reopen_day(pages, one.venue, one.day, table)
        return tuple(closing.give_back(pages, booking, table) for booking in displaced)

    codes = _remembered(one.desk, f"open/{request}", work)
    speak = one.desk.speaker()
    found = [booking for booking in one.bookings() if booking.reference in codes]
    back = [booking for booking in found if booking.state == "booked"]
    left = [booking for booking in found if booking.state == "closed"]
    lines = [f"{one.name}を、また開けました。"]
    if not one.is_listed:
        lines = [f"{one.name}の「閉じる」を取り消しました。", _OFF_TABLE]
    if back:
        lines.append(
            "元の予約にもどした方（LINEの方にはお知らせを送ります。電話の方には、お電話してください）："
        )
        lines += _lines(speak, back)
    if left:
        lines.append("元の席にもどせなかった方（新しい日を選んでいただいてください）：")
        lines += _lines(speak, left)
    if not found:
        lines.append("席を失ったままの予約はありません。")
    return "\n".join(lines)


def _remembered(
    desk: Operating, request: str, work: Callable[[Pages], Iterable[Booking]]
) -> frozenset[str]:
    """The references that `work` touched, in one transaction; a repeat changes nothing."""

    def decide(pages: Pages) -> list[str]:
        known = pages.get("request", request)
        if known is not None:
            return list(known["codes"])
        codes = [booking.reference for booking in work(pages)]
        pages.put("request", request, {"codes": codes, "due": desk.seconds + _REMEMBERED})
        return codes

    return frozenset(desk.surely(decide))
