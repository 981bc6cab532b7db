"""Public holidays by name: 敬老の日 → the day in a year. The days come from jpholiday."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

import jpholiday

from intents.text import to_hiragana

_NAMES = (
    "成人の日 建国記念の日 天皇誕生日 春分の日 昭和の日 憲法記念日 みどりの日 こどもの日 海の日 山の日 敬老の日"
    " 国民の休日 秋分の日 スポーツの日 体育の日 文化の日 勤労感謝の日"
).split()
_FORMER = {"体育の日": "すぽーつの日"}
# 烏山の日 is a day at Karasuyama, 山の日程 a plan; English and kana are rewritten before.
HOLIDAY = re.compile(
    f"(?<![一-鿿])({'|'.join(to_hiragana(name) for name in _NAMES)})(?!程|々)(の(?:翌日|次の日))?"
)


def holiday(m: re.Match[str], year: int) -> date | None:
    """The day of `year` that a match of HOLIDAY names; None where that year has none of this name."""
    day = _of_year(year).get(_FORMER.get(m[1], m[1]))
    return day + timedelta(days=1) if day and m[2] else day


@lru_cache(maxsize=8)
def _of_year(year: int) -> dict[str, date]:
    return {to_hiragana(name): day for day, name in jpholiday.year_holidays(year)}
