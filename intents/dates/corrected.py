"""A slip that is set right within one message: 「10時半、ごめん11時15分で」, "at 9, no wait, 10:30"."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TypeVar

from intents.dates.clock import Hours
from intents.dates.days import Said
from intents.patterns import any_of

_BREAK = "(?:^|(?<=[\0、。,.!… でだあ]))"  # 「午前はいや」 refuses, 「9時、いや」 takes back
_SET_RIGHT = re.compile(
    any_of(
        f"{_BREAK}(?:ごめん|御免|すみません|すいません|失礼)(?:なさい|しました|ね)?(?=[、。! \0]|$)",
        f"{_BREAK}(?:いやいや|いや|いえいえ|いえ|いいえ)(?=[、。! \0やち違間]|$)",
        "(?<!間)(?:違|(?<!ま)ちが)(?:う(?![日時])|った|います|いました|うわ)|(?:間違|まちが)(?:え|い(?:で|ま)|った)(?!な)",
        "やっぱり?|やはり|(?:じゃ|では)なかった|訂正|じゃなく(?:て|$)",
        r"\b(?:no,? wait|wait|sorry|actually|scratch that|make (?:that|it)|i mean|correction|on second thought)\b",
    )
)
_NEAR = 14  # characters between the word that takes back and what is said instead
_AS_WELL = re.compile(" ?(?:で|と)?も(?!う)|午?[前後]?でも")  # 「いや木曜でもいい」 adds a choice
_Named = TypeVar("_Named", Hours, Said)


def corrected(hours: list[Hours], days: list[Said], page: str) -> tuple[list[Hours], list[Said]]:
    """Without the days and hours that later words of `page` (with all of them blanked) take back."""
    if len(hours) < 2 and len(days) < 2:
        return hours, days
    last = max(*(one.start for one in hours), *(one.start for one in days))
    for words in _SET_RIGHT.finditer(page, 0, last):
        hours, days = _taken_back(hours, words, page), _taken_back(days, words, page)
    return hours, days


def _taken_back(named: list[_Named], words: re.Match[str], page: str) -> list[_Named]:
    """`named` with those before `words` moved away from, where another stands right behind them."""
    instead = next((one for one in named if one.start >= words.end()), None)
    if instead is None or instead.standing != "wished" or _AS_WELL.match(page, instead.end):
        return named
    if len(page[words.end() : instead.start].replace("\0", "")) > _NEAR:
        return named
    return [
        replace(one, standing="moved") if one.end <= words.start() and one.standing == "wished" else one
        for one in named
    ]
