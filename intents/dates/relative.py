"""Hours that hang on another matter of the day: 「11時に家を出るので、そのあとで」, 「3時までに終わる時間」."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import time

from intents.dates.clock import Hours, Span
from intents.patterns import any_of

_VISIT = 45  # minutes: who must be free at two starts by a quarter past one
# 「10時に予約して、そのあと」 names the visit itself.
_MATTER = "(?:頃|ごろ)?に(?:は)?(?![^\0]{0,12}(?:予約|よやく|行[きくっけ](?!ので|から)|伺|うかが|お願い|空い|取))[^\0。]{1,30}?"
_THEN = re.compile(f" ?{_MATTER}(?:その(?:あと|後(?!の[日週]))|それ(?:以降|より?(?:あと|後)|から(?:なら|で)))")
_ENDS = any_of("(?:終|お)わ[るりらっれ]", "済[むみんま]", "すむ|すませ", "帰(?:り|れ|ら|宅)", "戻[りれら]")
_UNTIL_THEN = re.compile(f" ?{_MATTER}(?:それ(?:まで|より?前)に?|その前に?)")
_DONE_BY = re.compile(f" ?に?は? ?(?:全部|ぜんぶ|必ず)?{_ENDS}")
_MAY = re.compile(f"その(?:あと|後|前)|それ|{_ENDS}")


def beside_event(hours: Sequence[Hours], page: str) -> Span | None:
    """The window for starts after, or done before, the hour of something else; None where there is none.

    `page` has all days and hours blanked."""
    clocks = [one for one in hours if one.clock and one.standing != "moved"]
    if len(clocks) != 1 or not _MAY.search(page):
        return None
    one, moment = clocks[0], clocks[0].span[0] or clocks[0].span[1]
    if moment is None:
        return None
    if one.span[0] is None:
        return (None, _sooner(moment)) if one.standing == "wished" and _DONE_BY.match(page, one.end) else None
    if one.standing != "out" and _THEN.match(page, one.end):  # 「2時に病院なので、そのあと」 is read with what is ruled out
        return moment, None
    return (None, _sooner(moment)) if _UNTIL_THEN.match(page, one.end) else None


def _sooner(moment: time) -> time:
    """The latest start of a visit that is over at `moment`."""
    minutes = max(moment.hour * 60 + moment.minute - _VISIT, 0)
    return time(minutes // 60, minutes % 60)
