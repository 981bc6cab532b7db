"""Days as they stand on the page, each stretch by itself: 8月25日, 来週の火曜, 25日."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from intents.dates.holidays import HOLIDAY, holiday
from intents.dates.page import taken
from intents.dates.ruled_out import Standing
from intents.dates.spelling import NO_DAY_BEFORE

Problem = Literal["", "no_such_day", "past", "ambiguous"]


@dataclass(frozen=True, slots=True)
class Said:
    """What one stretch of the page names; a lone `day` or `weekday` waits for what stands before it.

    `loose`: the weekdays named without a week or date, 0 for Monday.
    """

    start: int
    end: int
    days: tuple[date, ...] = ()
    problem: Problem = ""
    day: int = 0
    weekday: int | None = None
    of_week: bool = False
    loose: tuple[int, ...] = ()
    standing: Standing = "wished"


_ERA = "(?:(?:(令和|平成|昭和|大正|[rhst]) ?)?([0-9]{1,4}|元)年 ?の? ?)?"
_OF_MONTH = f"{_ERA}(?<![0-9/.:])([0-9]{{1,2}}|今|来|再来|先)月"
_NAME = "([月火水木金土日])曜日?"
_GAP = " ?の? ?"
_UNCLEAR = re.compile("お盆|しるばーうぃーく|ごーるでんうぃーく|盆休み|盆明け|連休|第[1-5]週(?!の?[月火水木金土日]曜)")
_DOTTED = re.compile(
    r"(?<![0-9a-z./-])(?:(令和|[rhst]) ?([0-9]{1,2}|元)|()((?:19|20)[0-9]{2}))[-./]"
    r"([0-9]{1,2})[-./]([0-9]{1,2})(?![0-9-])"
)
_MONTH_DAY = re.compile(f"{_OF_MONTH}{_GAP}([0-9]{{1,2}})日(?!間)")
_SLASHED = re.compile(
    r"(?<![0-9a-z./:一-鿿-])(1[0-2]|0?[1-9])-([0-3]?[0-9])(?=$|[^0-9\w/:-]|[のでにはがもをか]|午|朝)"
    r"(?! ?(?!at\b|in\b|or\b|on\b|to\b)[a-z]| ?(?:桁|文字|人|名|分|歳))"
    r"|(?<![0-9a-z./:])(1[0-2]|0?[1-9])/([0-3]?[0-9])(?![0-9/:]| ?(?:時|人|名|回|枚|台|本|個|歳|階|番|%|桁))"
)
_NTH_WEEKDAY = re.compile(
    f"(?:{_OF_MONTH}{_GAP})?(?<!毎月)(?<!毎月の)第([1-5末])(?:週)?{_GAP}{_NAME}|{_OF_MONTH}{_GAP}{_NAME}"
)
_MONTH_PART = re.compile(
    f"{_OF_MONTH}(?!額|号|分|謝|生|曜| ?の? ?第){_GAP}(上旬|初旬|初め|はじめ|頭|中旬|半ば|なかば|中頃|下旬|末|終わり|おわり|前半|後半)?"
    "|(?<![0-9今来先])(?:月(末|初め)|(?<![0-9今来先]月)(?<!月の)(上旬|中旬|下旬)(?!の?[月火水木金土日]曜))"
)
_NEAR = {"今日": 0, "本日": 0, "明日": 1, "明後日": 2, "明々後日": 3, "昨日": -1, "一昨日": -2, "おととい": -2}
_NEAR_WORDS = "|".join(sorted(_NEAR, key=len, reverse=True))
_RELATIVE = re.compile(f"({_NEAR_WORDS})|(?<![0-9])([0-9]{{1,2}})(日|週間|週)後")
_WEEKS = {"先々": -2, "先": -1, "今": 0, "来": 1, "次の": 1, "翌": 1, "再来": 2}
_SEEN_FROM_ANY_DAY = ("次の", "翌")
_STANDS_ALONE = r"(?=$|[^\w]|[のでにはがもをかと]|どちら|どっち|以外|午|朝|夕|昼|夜|[0-9])"
_WEEK = re.compile(
    f"({'|'.join(_WEEKS)})週 ?の? ?"
    f"(?:{_NAME}|([月火水木金土]){_STANDS_ALONE}|(土日|末)|(明け)|(前半|頭|初め|はじめ)|(後半))?"
)
_WEEKEND = re.compile("土日|(?<!毎)週末|(週明け)")
_LONE_WEEKDAY = re.compile(
    rf"(?:次の|今度の|(毎週の?))?{_NAME}(?!大工|品|学校|版)"
    rf"|\(([月火水木金土日])(?:曜日?)?(?:・?祝)?\)"
    rf"|(?<=[曜日月火水木金土\0]か)([月火水木金土]){_STANDS_ALONE}"
    rf"|(?<!\w)([月火水木金土])(?=[か・][月火水木金土]{_STANDS_ALONE})|(?<=[月火水木金土]・)([月火水木金土]){_STANDS_ALONE}"
)
# A bare 1日 is mostly "one day": it is the 1st only where that is plain.
_LONE_DAY = re.compile(
    rf"(?<![0-9/.:])(?<!あと)(?<!もう)(?<!毎月)(?<!約)(?:(?!1日)([0-9]{{1,2}})日(?!{NO_DAY_BEFORE})"
    r"|(?<![^\W0か-])(1)日(?=$|\W|で(?!き)|が(?!か)|に(?!何|いく|どの|[0-9])|の[午朝昼夕0-9\0]))"
)
_PART_DAYS = {
    "上旬": (1, 10), "初旬": (1, 10), "初め": (1, 10), "はじめ": (1, 10), "頭": (1, 10), "前半": (1, 15),
    "中旬": (11, 20), "半ば": (11, 20), "なかば": (11, 20), "中頃": (11, 20), "下旬": (21, 31), "後半": (16, 31),
    "末": (-7, 31), "終わり": (-7, 31), "おわり": (-7, 31),
}  # fmt: skip


def _year(era: str | None, number: str | None, today: date) -> int | None:
    """The year A.D.; None for one that is no day to come (昭和20年: a birthday)."""
    if number is None:
        return today.year
    if era not in (None, "", "令和", "r"):
        return None
    year = 1 if number == "元" else int(number)
    if era or len(number) != 4:
        return 2018 + year if len(number) < 3 else None
    # Days about it are counted on from here: they must not run off the end of the calendar.
    return year if 1000 <= year <= 2999 else None


def _month(m: re.Match[str], at: int, today: date) -> tuple[int, int] | None:
    """(year, month) of the era, number and month groups from `at` on; the month may be out of range."""
    year, word = _year(m[at], m[at + 1], today), m[at + 2]
    if year is None or word.isdigit():
        return None if year is None else (year, int(word))
    months = today.year * 12 + today.month - 1 + {"先": -1, "今": 0, "来": 1, "再来": 2}[word]
    return months // 12, months % 12 + 1


def _exact(m: re.Match[str], month: tuple[int, int] | None, day: str) -> Said:
    """The named day, `no_such_day`, or a stretch that names nothing (a birthday)."""
    if month is None:
        return Said(m.start(), m.end())
    try:
        return Said(m.start(), m.end(), (date(*month, int(day)),))
    except ValueError:
        return Said(m.start(), m.end(), problem="no_such_day")


def _dotted(m: re.Match[str], today: date) -> Said:
    year = _year(m[1] or m[3], m[2] or m[4], today)
    return _exact(m, None if year is None else (year, int(m[5])), m[6])


def _nth_weekday(m: re.Match[str], today: date) -> Said | None:
    """8月の火曜: all of them; 来月の第2水曜: one; 第2水曜: this month's, or the next month's if past."""
    month = _month(m, 1, today) if m[3] else _month(m, 6, today) if m[8] else (today.year, today.month)
    nth, weekday = -1 if m[4] == "末" else int(m[4] or 0), "月火水木金土日".index(m[5] or m[9])
    if month is None or not 1 <= month[1] <= 12:
        return None
    days = [day for day in month_days(*month) if day.weekday() == weekday]
    if not m[3] and not m[8] and 0 < nth <= len(days) and days[nth - 1] < today:
        following = days[-1] + timedelta(days=31)
        days = [day for day in month_days(following.year, following.month) if day.weekday() == weekday]
    if nth > len(days):
        return Said(m.start(), m.end(), problem="no_such_day")
    return Said(m.start(), m.end(), (days[nth if nth < 0 else nth - 1],) if nth else tuple(days))


def month_days(year: int, month: int) -> list[date]:
    first = date(year, month, 1)
    return [day for i in range(31) if (day := first + timedelta(days=i)).month == month]


def _month_part(m: re.Match[str], today: date) -> Said | None:
    part = m[4] or m[5] or m[6]
    month = (today.year, today.month) if m[5] or m[6] else _month(m, 1, today)
    if month is None or not 1 <= month[1] <= 12:
        return None
    days = month_days(*month)
    low, high = _PART_DAYS[part] if part else (1, 31)
    if m[6] and days[min(high, len(days)) - 1] < today:  # said on the 25th, 上旬 is next month's
        following = days[-1] + timedelta(days=1)
        days = month_days(following.year, following.month)
    kept = days[low:] if low < 0 else days[low - 1 : high]
    if m[3] == "先" and not m[4]:
        kept = []  # 先月 tells a story; nobody wishes to come then
    return Said(m.start(), m.end(), tuple(kept))


def _holiday(m: re.Match[str], today: date) -> Said | None:
    day = holiday(m, today.year)
    return Said(m.start(), m.end(), (day,)) if day else None


def _relative(m: re.Match[str], today: date) -> Said:
    ahead = _NEAR[m[1]] if m[1] else int(m[2]) * (1 if m[3] == "日" else 7)
    return Said(m.start(), m.end(), (today + timedelta(days=ahead),))


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _week(m: re.Match[str], today: date) -> Said:
    """A week from Monday to Sunday, or the part of it that is named."""
    monday = monday_of(today) + timedelta(weeks=_WEEKS[m[1]])
    named = m[2] or m[3]
    if monday < monday_of(today) and not named:
        return Said(m.start(), m.end())  # 先週 tells a story; nobody wishes to come then
    if named:
        wanted: Sequence[int] = ("月火水木金土日".index(named),)
    else:
        wanted = (5, 6) if m[4] else (7,) if m[5] else range(3) if m[6] else range(3, 7) if m[7] else range(7)
    loose = tuple(wanted) if named and m[1] in _SEEN_FROM_ANY_DAY else ()
    days = tuple(monday + timedelta(days=i) for i in wanted)
    return Said(m.start(), m.end(), days, of_week=True, loose=loose)


def _weekend(m: re.Match[str], today: date) -> Said:
    monday = monday_of(today)
    return Said(m.start(), m.end(), tuple(monday + timedelta(days=i) for i in ((7,) if m[1] else (5, 6))))


def _lone_weekday(m: re.Match[str], today: date) -> Said:
    weekday = "月火水木金土日".index(next(group for group in m.groups()[1:] if group))
    loose = () if m[0].startswith(("次の", "今度の")) else (weekday,)
    return Said(m.start(), m.end(), weekday=weekday, loose=loose, standing="told" if m[1] else "wished")


def _lone_day(m: re.Match[str], today: date) -> Said | None:
    day = int(m[1] or m[2])
    return Said(m.start(), m.end(), day=day) if 1 <= day <= 39 else None


_Rule = tuple[re.Pattern[str], Callable[[re.Match[str], date], Said | None]]
_GRAMMAR: tuple[_Rule, ...] = (
    (_DOTTED, _dotted),
    (_MONTH_DAY, lambda m, today: _exact(m, _month(m, 1, today), m[4])),
    (_SLASHED, lambda m, today: _exact(m, (today.year, int(m[1] or m[3])), m[2] or m[4])),
    (HOLIDAY, _holiday), (_NTH_WEEKDAY, _nth_weekday), (_MONTH_PART, _month_part), (_RELATIVE, _relative), (_WEEK, _week),
    (_WEEKEND, _weekend), (_LONE_WEEKDAY, _lone_weekday), (_LONE_DAY, _lone_day),
)  # fmt: skip

# Every rule needs one of these; most sentences have none, and one look shows it.
_MAY_NAME = re.compile("[0-9月火水木金土日週旬]|おととい")


def _taken_by(rule: _Rule, page: str, today: date) -> tuple[list[Said], str]:
    pattern, read = rule
    return taken(pattern, page, lambda m: read(m, today))


def stretches(page: str, today: date) -> tuple[list[Said], str]:
    """Every stretch that names a day, in the order of the page, and the page without them."""
    said: list[Said] = []
    if not _MAY_NAME.search(page):
        return said, page
    for rule in _GRAMMAR:
        found, page = _taken_by(rule, page, today)
        said += found
    return sorted(said, key=lambda one: one.start), page


def is_unclear(page: str) -> bool:
    """Whether it names a time of year whose days people do not agree on."""
    return _UNCLEAR.search(page) is not None
