"""What an operator types on the command line → values, or one sentence that says what to type.

Days and times are those of Japan. Nothing that looks like a PIN is repeated in a message.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime, time
from difflib import get_close_matches

from intents.dates import read_when
from intents.guard import Context, SafeText, judge
from intents.model import Catalogue, Facts
from intents.reference import find_reference
from intents.text import fold, to_hiragana
from intents.wishes import names_of, read_wish
from intents.wording import say_date

MOST_PEOPLE = 2  # two desks side by side
LONGEST_REASON = 40
_SUFFIX = re.compile(r"(?:総合支所|支所|総合庁舎|の窓口|窓口|\s*(?:branch )?office)$")
_PEOPLE = {"一": 1, "ひとり": 1, "二": 2, "ふたり": 2, "夫婦": 2, "三": 3, "四": 4}


class Misuse(Exception):
    """What was typed cannot be read. The message tells the operator what to type."""


def shown(text: str) -> str:
    """`text` in quotes, to say what was typed; a mere word where it might be a secret."""
    short = " ".join(text.split())[:40]
    return f"「{short}」" if isinstance(judge(short, Context()).outcome, SafeText) else "その値"


def read_venue(text: str, catalogue: Catalogue) -> str:
    """The id of a venue by any of its names: 北沢, きたざわ, kitazawa, 北沢総合支所. Misuse."""
    venues = catalogue.facts.venues
    names = {name: venue for venue in venues for name in (venue.id, *names_of(venue))}
    wanted = to_hiragana(fold(text)).strip()
    found = names.get(wanted) or names.get(_SUFFIX.sub("", wanted))
    if found:
        return found.id
    short = [_SUFFIX.sub("", venue.name.ja) for venue in venues]
    near = get_close_matches(_SUFFIX.sub("", wanted), list(names), 1, 0.5)
    meant = f"「{_SUFFIX.sub('', names[near[0]].name.ja)}」のことでしょうか。" if near else ""
    raise Misuse(
        f"--venue：{shown(text)}という窓口はありません。{meant}{'・'.join(short)} のどれかを書いてください。"
    )


# ------------------------------------------------------------------ days and times
def read_day(text: str, facts: Facts, today: date) -> date:
    """One day: 2026-08-25, 8/25, 8月25日, 来週の火曜. A day gone by is a day too. Misuse."""
    when = read_when(text, today)
    if when.earliest or when.latest:
        raise Misuse(
            f"--date：{shown(text)}に時刻があります。時刻は --time 13:45 のように、分けて書いてください。"
        )
    if when.problem == "no_such_day":
        raise Misuse(
            f"--date：{shown(text)}は、こよみにない日です。{_last_day(text, facts, today)}"
        )
    if len(when.days) > 1:
        raise Misuse(
            f"--date：{shown(text)}では、何日か決まりません。{_as_iso(when.days[0])}のように、一日だけ書いてください。"
        )
    if not when.days or when.problem == "ambiguous":
        raise Misuse(
            f"--date：{shown(text)}は、日にちとして読めません。"
            f"{_as_iso(_probable(text, facts, today))}のように書いてください。"
        )
    return _in_the_years(when.days[0], text, facts)


def _as_iso(day: date | None) -> str:
    return f"「{day.isoformat() if day else '2026-08-25'}」"


def _year(facts: Facts, today: date) -> int:
    return facts.starts.year if facts.starts else today.year


def _last_day(text: str, facts: Facts, today: date) -> str:
    """What to type instead of 30 February."""
    found = re.search(r"(\d{1,2})\D+\d{1,3}\D*$", fold(text))
    if not found or not 1 <= int(found[1]) <= 12:
        return "月は1から12です。「2026-08-25」のように書いてください。"
    month, year = int(found[1]), _year(facts, today)
    last = date(year, month, monthrange(year, month)[1])
    return f"{month}月は{last.day}日までです。{_as_iso(last)}のように書いてください。"


def _probable(text: str, facts: Facts, today: date) -> date | None:
    """The day that 0825 or 8.25 is probably meant to be."""
    found = re.fullmatch(r"(?:(\d{4})\D?)?(\d{1,2})\D?(\d{2})", fold(text).strip())
    try:
        return (
            date(int(found[1] or _year(facts, today)), int(found[2]), int(found[3]))
            if found
            else None
        )
    except ValueError:
        return None


def _in_the_years(day: date, text: str, facts: Facts) -> date:
    """`day` where its year is one of the programme's; another year is a slip of the finger."""
    if not facts.starts or not facts.ends or facts.starts.year <= day.year <= facts.ends.year:
        return day
    year = facts.ends.year
    meant = date(year, day.month, min(day.day, monthrange(year, day.month)[1]))
    period = f"{say_date(facts.starts, 'ja')}から{say_date(facts.ends, 'ja')}まで"
    raise Misuse(
        f"--date：{shown(text)}は{day.year}年の日です。窓口は{year}年の{period}です。{_as_iso(meant)}のことでしょうか。"
    )


def read_moment(text: str, today: date) -> time:
    """One time of day: 13:45, 午後1時45分, 1時45分 (of the afternoon). Misuse."""
    when = read_when(text, today)
    if when.earliest is not None and when.earliest == when.latest and not when.days:
        return when.earliest
    found = re.fullmatch(r"(\d{1,2})(?:\D?(\d{2}))?", fold(text).strip())
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (13, 45)
    near = f"「{hour}:{minute:02}」" if hour < 24 and minute < 60 else "「13:45」か「午後1時45分」"
    # Four bare digits may be anything: they are not repeated.
    typed = "その値" if re.fullmatch(r"\D*\d{4}\D*", text) else shown(text)
    raise Misuse(f"--time：{typed}は、時刻として読めません。{near}のように書いてください。")


# ------------------------------------------------------------------ the rest
def read_people(text: str) -> int:
    """1 or 2. Misuse."""
    plain = fold(text).strip()
    word = re.sub("[人名]$", "", plain)
    people = (
        int(word) if re.fullmatch("[0-9]{1,3}", word) else _PEOPLE.get(word, _PEOPLE.get(plain, -1))
    )
    if 1 <= people <= MOST_PEOPLE:
        return people
    if people > MOST_PEOPLE:
        raise Misuse(
            f"一度に予約できるのは{MOST_PEOPLE}人までです。--people は 1 か 2 にし、残りの方は別に予約してください。"
        )
    raise Misuse(f"--people：{shown(text)}は、人数として読めません。1 か 2 を書いてください。")


def read_topics(text: str, catalogue: Catalogue, today: date) -> tuple[str, ...]:
    """The programmes: せたがやPay,東京アプリ, 両方, or "" where that is not known yet. Misuse."""
    found: dict[str, None] = {}
    for part in filter(None, re.split(r"[,、，・/／\s]+", text)):
        topics = (
            (part,) if part in ("setagaya", "tokyo") else read_wish(part, catalogue, today).topics
        )
        if topics is None:
            raise Misuse(
                f"--topics：{shown(part)}は読めません。せたがやPay か 東京アプリ、または せたがやPay,東京アプリ と書いてください。"
            )
        found |= dict.fromkeys(topics)
    return tuple(topic for topic in ("setagaya", "tokyo") if topic in found)


def read_code(words: Sequence[str]) -> str:
    """The one reference in `words`, however it is typed: さくら-27, サクラ 27, さくらの27番. Misuse."""
    if len([word for word in words if find_reference(word)]) > 1:
        raise Misuse("合い言葉は、一度に一つだけ書いてください。")
    text = " ".join(words)
    code = find_reference(text)
    if code is None:
        raise Misuse(
            f"{shown(text)}は、合い言葉ではありません。さくら-27 のように、かなの言葉と数字で書いてください。"
        )
    return code


def read_reason(text: str, now: datetime) -> str:
    """Why a day is closed, as residents will read it: short, and without any secret. Misuse."""
    reason = " ".join(text.split())
    if not reason:
        raise Misuse(
            "--reason に、閉じる理由を書いてください（お客さまに見えます）。例：--reason 台風のため"
        )
    if not isinstance(judge(reason, Context(now=now)).outcome, SafeText):
        raise Misuse(
            "--reason に暗証番号のような数字があるため、受け取りませんでした。番号のない、短い理由を書いてください。"
        )
    if len(reason) > LONGEST_REASON:
        raise Misuse(
            f"--reason は{LONGEST_REASON}文字までです（いま{len(reason)}文字）。短くしてください。"
        )
    return reason
