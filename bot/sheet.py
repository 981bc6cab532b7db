"""`madoguchi sheet`: the day's list of a counter on one A4 page. References only, nobody's name."""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterable, Mapping
from datetime import date, time
from html import escape
from pathlib import Path

from bot.operating import Operating, operating
from bot.sheet_rows import Row, slots_of
from bot.typed import Misuse, read_day, read_venue
from intents.bookings import Misfit
from intents.office import JST
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
_MARKS: Mapping[Misfit, str] = {"no_time": "◆", "too_many": "▲"}  # of a day that is gone the whole page tells
_MEANS: Mapping[Misfit, str] = {
    "no_time": "表にない時刻の予約です。予約は残っています。この時刻にお迎えください。",
    "too_many": "人数が係より多い時間です。係を増やすか、この方に少しお待ちいただいてください。",
}
_NONE_FREE = '<td colspan="6">空きはありません</td>'  # nobody begins then, and others sit into it
_HEAD = ("時刻", "窓口", "合い言葉", "人数", "お手伝い", "家族", "来所")


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


# ------------------------------------------------------------------ how it looks
def page(desk: Operating, venue: str, day: date, slots: dict[time, list[Row]]) -> str:
    """The whole HTML page; it needs nothing from elsewhere."""
    speak = desk.speaker()
    title = f"{speak.date(day)}　{venue_name(speak, venue)}　予約の一覧"
    every = [row for rows in slots.values() for row in rows]
    people = sum(1 for row in every if row.booking)
    body = "".join(_slot(desk, moment, rows) for moment, rows in slots.items())
    heads = "".join(f'<th scope="col">{name}</th>' for name in _HEAD)
    parts = (
        *(
            '<!doctype html>\n<html lang="ja"><head><meta charset="utf-8">',
            f"<title>{escape(title)}</title>",
        ),
        *(f"<style>{_STYLE}</style></head><body>", f"<h1>{escape(title)}</h1>"),
        f"<p>{_summary(desk, people)}</p>{_notices(desk, venue, day, every)}",
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


def _notices(desk: Operating, venue: str, day: date, rows: Iterable[Row]) -> str:
    """What staff must know of the whole day, and what to do for those whom the table no longer fits."""
    speak = desk.speaker()
    notes = [speak.prompt("practice_mark")] if speak.practice else []
    closed = desk.reception().closed().get((venue, day))
    if closed is not None:
        notes.append(f"この日は閉じています（理由：{closed}）。")
    elif day not in desk.openings.days.get(venue, ()):
        notes.append("表にない日です。予約だけが残っています。開かないなら、madoguchi close で閉じてください。")
    there = {reason for row in rows for reason in row.unfit}
    notes += [f"{mark} {_MEANS[reason]}" for reason, mark in _MARKS.items() if reason in there]
    return "".join(f'<p class="shut">{escape(note)}</p>' for note in notes)


def _slot(desk: Operating, moment: time, rows: list[Row]) -> str:
    first = f'<th scope="row" class="time" rowspan="{max(len(rows), 1)}">{moment.hour}:{moment:%M}</th>'
    cells = [_cells(desk, row) for row in rows] or [_NONE_FREE]
    lines = (f"<tr>{first if i == 0 else ''}{cell}</tr>" for i, cell in enumerate(cells))
    return f"<tbody>{''.join(lines)}</tbody>"


def _cells(desk: Operating, row: Row) -> str:
    one, box = row.booking, '<span class="box"></span>'
    if one is None:
        return f'<td>{row.desk + 1}</td>{_EMPTY}<td class="came">{box}</td>'
    speak = desk.speaker()
    topics = (
        "・".join(speak.prompt(f"topic_{topic}") for topic in one.topics) or "（まだわからない）"
    )
    marks = "".join(_MARKS.get(reason, "") for reason in row.unfit)
    people = f"{one.people}人" + ("のうち2人目" if row.second else "")
    return (
        f'<td>{row.desk + 1}</td><td class="code">{marks}{escape(one.reference)}</td><td>{people}</td>'
        f'<td>{escape(topics)}</td><td>{"家族" if one.family else ""}</td><td class="came">{box}</td>'
    )


def _walk_ins() -> str:
    """Rows for those who come without a booking beyond the free desks."""
    head = f'<th scope="row" class="time" rowspan="{WALK_INS}">予約<br>なし</th>'
    cells = f'<td></td>{_EMPTY}<td class="came"><span class="box"></span></td>'
    rows = (f"<tr>{head if i == 0 else ''}{cells}</tr>" for i in range(WALK_INS))
    return f"<tbody>{''.join(rows)}</tbody>"
