"""「14日はやっていますか」「今から行けますか」: which counter is open on the days that a question names."""

from __future__ import annotations

import re
from datetime import date

from intents.daily import Daily
from intents.dates import read_when
from intents.model import Bubble, Reply
from intents.patterns import any_of, said
from intents.talk import Talk
from intents.text import fold
from intents.turn import Turn, entry_taps, quick_taps
from intents.wishes import Heard

_MOST_DAYS = 3
# It must end in what is asked: 「12日は仕事が休みなので」 asks nothing.
_BE_OPEN = any_of(
    "やって(?:い?ます|い?る|おります|ん|る)|やっとる|やります|やるの|やる",
    "(?:開|あ)いて(?:い?ます|い?る|おります|ん|る)|(?:開|あ)きます|開いとる",
    "お?休み|休業|中止|休止|(?:閉(?:まって|鎖して)|しまって)(?:い?ます|い?る)",
)
_ASKS_OPEN = said(
    f"{_BE_OPEN}(?:です|なの|でしょう|の|ん){{0,3}}(?:か|かね|かな|かしら|よね)?$",
    r"^(?:is|are|will|which|what|who|where)\b.*\b(?:open|closed|cancel+ed)\b",
)
_ASKS_NOW = said(
    # Bounded: a text of nothing but 「これから」 would be read again from each of them.
    "(?:今|いま|これ)から.{0,40}"
    + any_of(
        "(?:行|い)け(?:ます|る)|(?:行|い)っても?(?:いい|よい|よろしい|大丈夫|だいじょうぶ|平気)",
        "(?:伺|うかが)(?:えます|っても)|間に合い?(?:ます|う)",
    ),
    r"\bcan i (?:still )?(?:come|go) (?:right )?now\b",
)
_NOT_THE_COUNTER = said(
    "予約|空い|空き|席|枠|取り?たい|取れ|行きたい|お願い|変え|変更|仕事|会社|学校|電話|病院|くみん|期限|ポイント|受け取",
    r"\b(?:book|reserv|appointment|free|slot|phone|call|points)",
)
# 「土曜はやっていますか」 asks about every Saturday; an entry tells of weekends and holidays.
_ANY_WEEK = re.compile(r"[月火水木金土日]曜|どよう|にちよう|土日|週末|祝日|お盆|weekend|holiday|(?:mon|tues|wednes|thurs|fri|satur|sun)day")
_THAT_WEEK = re.compile(r"今週|来週|再来週|次の|今度|つぎの|こんど|\d|this|next")


def in_words(turn: Turn, text: str, heard: Heard) -> tuple[Reply, Talk] | None:
    """The answer where `text` asks whether a named day is open; None for all else.

    None too where no table stands, and for a day that is none or could be two.
    """
    words = fold(text)
    days = _asked(words, turn, heard)
    daily = Daily(turn.speak, turn.now, turn.desk.bookings)
    said = [part for day in days if (part := daily.at(heard.venue, day))]
    if not said:
        return None
    openings = turn.desk.catalogue.facts.openings
    turn.speak.practice = turn.speak.practice or (openings is not None and openings.practice)
    entry = _entry(days[0], turn)
    turn = turn.remember(last=entry, page=0, misses=0, offered=())
    bubble = Bubble(
        "\n\n".join(part for part in (daily.notice(days), *said) if part),
        entry_taps(turn, "booking", "venue_dates", "walk_in", "phone"),
    )
    return turn.say(bubble, quick=quick_taps(turn), entry=entry, band="sure", room="answer")


def _asked(words: str, turn: Turn, heard: Heard) -> tuple[date, ...]:
    """The days that are asked about; () where nothing of the kind is asked."""
    now = _ASKS_NOW.search(words)
    if not (now or _ASKS_OPEN.search(words)) or heard.when.problem or _NOT_THE_COUNTER.search(words):
        return ()
    if now:
        return (turn.speak.today,)
    if _ANY_WEEK.search(words) and not _THAT_WEEK.search(words):
        return ()
    # 「12日は休みですか」 sounds like a day that cannot be: its subject alone tells which is meant.
    days = heard.when.days or heard.when.out.days or read_when(words.split("は")[0], turn.speak.today).days
    return days if len(days) <= _MOST_DAYS else ()


def _entry(day: date, turn: Turn) -> str:
    """The entry that this question belongs to: for 「もう一度」 and the log."""
    ahead = (day - turn.speak.today).days
    return {0: "today_open", 1: "tomorrow_open"}.get(ahead, "venue_dates")
