"""`madoguchi sheet`: the day's list of a counter on one A4 page. References only, nobody's name."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from html import escape
from pathlib import Path

from bot.operating import Operating, operating
from bot.typed import Misuse, read_day, read_venue
from intents.bookings import Booking
from intents.office import JST
from intents.slots import Slot, desks_on
from intents.telling import venue_name
from intents.wording import say_date, say_time

WALK_INS = 5  # rows; free desks above take walk-ins too
_STYLE = """
@page { size: A4 portrait; margin: 10mm 12mm; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 186mm; color: #000; background: #fff;
  font-size: 12pt; line-height: 1.25;
  font-family: "Noto Sans CJK JP", "Noto Sans JP", "Hiragino Sans", "Yu Gothic", Meiryo,
    sans-serif; }
h1 { font-size: 17pt; margin: 0 0 1mm; }
p { margin: 0 0 2mm; }
table { width: 100%; border-collapse: collapse; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
th, td { border: 0.3mm solid #000; padding: 0 2mm; height: 9.8mm; text-align: left; }
thead th { height: 8mm; border-bottom-width: 0.6mm; }
tbody { border-top: 0.6mm solid #000; }
.time { font-size: 13pt; white-space: nowrap; }
.code { font-size: 14pt; font-weight: bold; white-space: nowrap; }
.came { text-align: center; }
.box { display: inline-block; width: 5.5mm; height: 5.5mm; border: 0.4mm solid #000;
  vertical-align: middle; }
.shut { border: 0.6mm solid #000; padding: 1mm 2mm; font-weight: bold; }
footer { margin-top: 3mm; }
footer strong { display: block; font-size: 14pt; }
"""
_EMPTY = "<td></td>" * 4  # reference, people, topics, family
_HEAD = ("時刻", "窓口", "合い言葉", "人数", "お手伝い", "家族", "来所")


@dataclass(frozen=True, slots=True)
class Row:
    """One desk of one slot; `booking` None: free for a walk-in. `second`: of two people."""

    desk: int
    booking: Booking | None = None
    second: bool = False


def show(arguments: argparse.Namespace) -> int:
    """Prints the page, or writes it to --out. 1 on a day without a counter. Misuse."""
    with operating(os.environ) as desk:
        venue = read_venue(arguments.venue, desk.catalogue)
        day = read_day(arguments.date, desk.catalogue.facts, desk.today)
        slots = slots_of(desk, venue, day)
        if not slots:
            speak = desk.speaker()
            print(
                f"{speak.date(day)}は、{venue_name(speak, venue)}の開く日ではなく、予約もありません。日にちをお確かめください。"
            )
            return 1
        _put_out(page(desk, venue, day, slots), arguments.out)
        return 0


def _put_out(text: str, path: Path | None) -> None:
    if path is None:
        print(text)
        return
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Misuse(
            f"--out の {path} に書けません（{error.strerror}）。ほかの場所を書いてください。"
        ) from None
    print(f"{path} に書きました。ブラウザで開いて印刷してください（A4、1枚）。")


# ------------------------------------------------------------------ what is on it
def slots_of(desk: Operating, venue: str, day: date) -> dict[time, list[Row]]:
    """Every desk of every slot, by time; also times that only a booking names. {}: no counter."""
    standing = [
        one
        for one in desk.bookings()
        if one.state == "booked" and (one.slot.venue, one.slot.day) == (venue, day)
    ]
    is_listed = day in desk.openings.days.get(venue, ())
    times = {*(desk.openings.slots if is_listed else ()), *(one.slot.time for one in standing)}
    return {moment: _rows(desk, Slot(venue, day, moment), standing) for moment in sorted(times)}


def _rows(desk: Operating, slot: Slot, standing: Iterable[Booking]) -> list[Row]:
    taken = {
        number: Row(number, one, second=number != one.desks[0])
        for one in standing
        if one.slot == slot
        for number in one.desks
    }
    seats = desks_on(desk.openings, slot.venue, slot.day) if desk.is_listed(slot) else 0
    return [
        taken.get(number, Row(number)) for number in range(max(seats, *(n + 1 for n in taken), 0))
    ]


# ------------------------------------------------------------------ how it looks
def page(desk: Operating, venue: str, day: date, slots: dict[time, list[Row]]) -> str:
    """The whole HTML page; it needs nothing from elsewhere."""
    speak = desk.speaker()
    title = f"{speak.date(day)}　{venue_name(speak, venue)}　予約の一覧"
    people = sum(1 for rows in slots.values() for row in rows if row.booking)
    body = "".join(_slot(desk, moment, rows) for moment, rows in slots.items())
    heads = "".join(f'<th scope="col">{name}</th>' for name in _HEAD)
    parts = (
        *(
            '<!doctype html>\n<html lang="ja"><head><meta charset="utf-8">',
            f"<title>{escape(title)}</title>",
        ),
        *(f"<style>{_STYLE}</style></head><body>", f"<h1>{escape(title)}</h1>"),
        f"<p>{_summary(desk, people)}</p>{_notices(desk, venue, day)}",
        f"<table><thead><tr>{heads}</tr></thead>",
        f"{body}{_walk_ins()}</table>",
        "<footer><strong>暗証番号は、聞きません。見ません。書きません。</strong>",
        "操作はお客さまご本人がします。この紙に、お名前や電話番号を書かないでください。</footer></body></html>",
    )
    return "\n".join(parts)


def _summary(desk: Operating, people: int) -> str:
    local = desk.now.astimezone(JST)
    at = f"{say_date(local.date(), 'ja')}{say_time(local.time(), 'ja')}"
    return f"予約 {people}人（{at}現在。そのあとの予約と取消は、入っていません）"


def _notices(desk: Operating, venue: str, day: date) -> str:
    """What staff must know of the whole day."""
    speak = desk.speaker()
    notes = [speak.prompt("practice_mark")] if speak.practice else []
    closed = desk.reception().closed().get((venue, day))
    if closed is not None:
        notes.append(f"この日は閉じています（理由：{closed}）。")
    elif day not in desk.openings.days.get(venue, ()):
        notes.append("表にない日です。予約だけが残っています。")
    return "".join(f'<p class="shut">{escape(note)}</p>' for note in notes)


def _slot(desk: Operating, moment: time, rows: list[Row]) -> str:
    first = f'<th scope="row" class="time" rowspan="{len(rows)}">{moment.hour}:{moment:%M}</th>'
    lines = (f"<tr>{first if i == 0 else ''}{_cells(desk, row)}</tr>" for i, row in enumerate(rows))
    return f"<tbody>{''.join(lines)}</tbody>"


def _cells(desk: Operating, row: Row) -> str:
    one, box = row.booking, '<span class="box"></span>'
    if one is None:
        return f'<td>{row.desk + 1}</td>{_EMPTY}<td class="came">{box}</td>'
    speak = desk.speaker()
    topics = (
        "・".join(speak.prompt(f"topic_{topic}") for topic in one.topics) or "（まだわからない）"
    )
    people = f"{one.people}人" + ("のうち2人目" if row.second else "")
    return (
        f'<td>{row.desk + 1}</td><td class="code">{escape(one.reference)}</td><td>{people}</td>'
        f'<td>{escape(topics)}</td><td>{"家族" if one.family else ""}</td><td class="came">{box}</td>'
    )


def _walk_ins() -> str:
    """Rows for those who come without a booking beyond the free desks."""
    head = f'<th scope="row" class="time" rowspan="{WALK_INS}">予約<br>なし</th>'
    cells = f'<td></td>{_EMPTY}<td class="came"><span class="box"></span></td>'
    rows = (f"<tr>{head if i == 0 else ''}{cells}</tr>" for i in range(WALK_INS))
    return f"<tbody>{''.join(rows)}</tbody>"
