"""English words for days and times → the Japanese spelling that the grammar reads."""

from __future__ import annotations

import re

from intents.dates.page import rewrites

_MONTH = (
    "(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_MONTHS = {name: i for i, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_WEEKDAY = "(mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:rs?(?:day)?)?|fri(?:day)?|saturday|sunday)"
_SHORT_WEEKEND = rf"(?:(?<=next )|(?<=this )|(?<=on )|(?<=\())(?:sat|sun)|(?:sat|sun)(?=,? {_MONTH})"
_WEEKDAYS = dict(zip("mon tue wed thu fri sat sun".split(), "月火水木金土日", strict=True))
_WEEK_OF = {"next": "来週の", "this": "今週の", "last": "先週の"}
_NAMES = "one two three four five six seven eight nine ten eleven twelve".split()
_NUMBERS = {name: i for i, name in enumerate(_NAMES, 1)}
_NUMBER = f"({'|'.join(_NAMES)}|[0-9]{{1,2}})"
_TH = "(?:st|nd|rd|th)"
_HALF = "( (?:morning|afternoon|evening))?"
_AFTER = r"(?= ?(?:$|[,.?!)今明]|(?:on|or|and|to|please|today|tomorrow|in the|for|if|until|would|works|is|ok|no|sorry|actually|wait)\b))"
_BOUNDS_EN = {"after": "以降", "before": "前", "by": "まで", "around": "ごろ", "about": "ごろ"}
_PARTS_EN = {"morning": "午前", "afternoon": "午後", "evening": "夕方", "night": "夜"}
_MONTH_PARTS = {
    "early": "上旬", "beginning of": "上旬", "mid": "中旬", "middle of": "中旬", "late": "下旬", "end of": "末",
}  # fmt: skip


def _worth(word: str) -> int:
    return _NUMBERS[word] if word in _NUMBERS else int(word)


def _month_word(word: str) -> str:
    months = {"next month": "来月", "this month": "今月"}
    return months.get(word) or f"{_MONTHS[word[:3]]}月"


def _english_day(month: str, day: str, year: str | None) -> str:
    return f"{year + '年' if year else ''}{_month_word(month)}{day}日"


def _english_weekday(m: re.Match[str]) -> str:
    """next tuesday → 来週の火曜; every tuesday stays as it is: it names no day."""
    if m[1] == "every":
        return m[0]
    return f"{_WEEK_OF.get(m[1] or '', '')}{_WEEKDAYS[(m[2] or m[3])[:3]]}曜"


def _english_hour(m: re.Match[str]) -> str:
    half = {"a": "午前", "p": "午後"}[m[3]]
    return f"{half}{m[1]}:{m[2] or '00'}" if int(m[1]) <= 12 else m[0]


def _quarter(m: re.Match[str]) -> str:
    hour, past = _worth(m[3]), m[2] in ("past", "after")
    minutes = 30 if m[1] == "half" else 15
    return f"{hour}時{minutes}分" if past else f"{hour - 1 or 12}時{60 - minutes}分"



_ORDER = {"first": "1", "second": "2", "third": "3", "fourth": "4", "last": "末"}
_HOLIDAYS = {"mountain": "山の日", "respect for the aged": "敬老の日", "sports": "スポーツの日", "culture": "文化の日"}


ENGLISH = rewrites(
    (r"\b(?:any(?:thing|time| time|day| day)|all|every ?(?:thing|day)) but(?= )", "any except"),
    (r"\bafter lunch(?: ?time)?\b", "昼から"),
    (r"\b(?:a|one) week from (?:today|now)\b|\b(?:today|this day) next week\b", "1週間後"),
    (rf"\b({'|'.join(_HOLIDAYS)}) day\b", lambda m: _HOLIDAYS[m[1]]),
    (r"\b(?:autumn(?:al)?) equinox(?: day)?\b", "秋分の日"),
    (r"\btomorrow (or|and) the day after\b(?! tomorrow)", r"明日 \1 明後日"),
    (r"\bgood (?:morning|afternoon|evening|night)\b", ""),
    (r"\bday after tomorrow\b", "明後日"), (r"\btomorrow\b", "明日"), (r"\btonight\b", "今日 夜"),
    (r"\b(?:today|this (?=morning|afternoon|evening))", "今日 "), (r"\byesterday\b", "昨日"),
    (rf"\bin (?:(a)|{_NUMBER}) (day|week)s?(?: time)?\b",
     lambda m: f"{1 if m[1] else _worth(m[2])}{'日' if m[3] == 'day' else '週間'}後"),
    (rf"\b(first|second|third|fourth|last) {_WEEKDAY} (?:of|in) {_MONTH}\b",
     lambda m: f"{_month_word(m[3])}第{_ORDER[m[1]]}{_WEEKDAYS[m[2][:3]]}曜"),
    (rf"\b{_WEEKDAY}{_HALF} (or|and|to) {_WEEKDAY}{_HALF}(?: of)? (next|this|last) week\b",
     r"\6 \1\2 \3 \6 \4\5"),
    (rf"\b{_WEEKDAY}(?: of)? (next|this|last) week\b", r"\2 \1"),
    (rf"\b(next|this|last) week,?(?: on)? {_WEEKDAY}\b", r"\1 \2"),
    (rf"\b{_WEEKDAY}s(?= (?:don'?t|do not|are|won'?t)\b)", lambda m: _WEEKDAYS[m[1][:3]] + "曜"),
    (rf"\b(except|not|but) {_WEEKDAY}s\b", lambda m: f"{m[1]} {_WEEKDAYS[m[2][:3]]}曜"),
    (r"\b(?:around|about) noon\b|\blunch ?time\b", "昼ごろ"),
    (r"\b(?:latest|last) (?:possible |available )?(?:slot|time|appointment|one|place)s?\b|\bas late as possible\b", "最終の時間"),
    (rf"\b(?:(next|this|last|every) |coming )?(?:{_WEEKDAY}|({_SHORT_WEEKEND}))\b\.?", _english_weekday),
    (r"\bweek after next\b", "再来週"),
    (r"\b(?:(next|this) )?weekend\b", lambda m: f"{'来' if m[1] == 'next' else '今'}週末"),
    (r"\b(next|this|last) week\b", lambda m: _WEEK_OF[m[1]][:-1]),
    (rf"\b(early|late|mid|(?:beginning|middle|end) of)[ -](next month|this month|{_MONTH})\b(?! ?[0-9])",
     lambda m: _month_word(m[2]) + _MONTH_PARTS[m[1]]),
    (rf"\b(?:in|during|for|by) {_MONTH}\b(?! ?[0-9])", lambda m: _month_word(m[1])),
    (r"\b(?:next|this) month\b", lambda m: _month_word(m[0])),
    (rf"\b{_MONTH}\.? ([0-9]{{1,2}}){_TH}? ?(-|to|or|and|until|through) ?"
     rf"(?=[0-9]{{1,2}}{_TH}?\b(?!:| ?[ap]\.?m\b| people| of us))", r"\1 \2 \3 \1 "),
    (rf"\b([0-9]{{1,2}}){_TH}? ?(-|to|or|and) ?(?=[0-9]{{1,2}}{_TH}? (?:of )?{_MONTH}\b)", r"\1 \3 \2 "),
    (rf"\b{_MONTH}\.? ?([0-9]{{1,2}}){_TH}?\b(?!:| ?[ap]\.?m\b| ?people| of us)(?:,? (20[0-9]{{2}})\b)?",
     lambda m: _english_day(m[1], m[2], m[3])),
    (rf"\b([0-9]{{1,2}}){_TH}? ?(?:of )?{_MONTH}\b\.?(?:,? (20[0-9]{{2}})\b)?"
     r"(?! (?:i|we|my|you|it|he|she)\b)",
     lambda m: _english_day(m[2], m[1], m[3])),
    (rf"(?:^|\b(?:the|on|or|and|to) )([0-9]{{1,2}}){_TH}\b"
     r"(?= ?(?:$|[,.?!]|(?:at|in|or|and|to|please|around|if|would|works|is|morning|afternoon|instead|then|but|sorry|actually|only|with|no)\b))", r"\1日"),
    (rf"{_NUMBER}(?::([0-5][0-9]))? in the (morning|afternoon|evening)\b",
     lambda m: f"{_PARTS_EN[m[3]]}{_worth(m[1])}:{m[2] or '00'}"),
    (r"(?<![0-9:-])([0-9]|1[0-2])(:[0-5][0-9])? ?(-|to|or|and) ?"
     r"(?=[0-9]{1,2}(?::[0-5][0-9])? ?[ap]\.?m\b)", lambda m: f"{m[1]}{m[2] or ':00'} {m[3]} "),
    (r"(?<![0-9:.])([0-9]{1,2})(?:[:.]([0-5][0-9]))? ?([ap])\.?m\b\.?", _english_hour),
    (rf"\b(?:a )?(half|quarter) (past|to|after) {_NUMBER}\b", _quarter),
    (rf"\b{_NUMBER} ?o'?clock\b", lambda m: f"{_worth(m[1])}時"),
    (rf"\bbetween {_NUMBER}(:[0-5][0-9])? and {_NUMBER}(:[0-5][0-9])?{_AFTER}",
     lambda m: f"{_worth(m[1])}{m[2] or ':00'}から{_worth(m[3])}{m[4] or ':00'}"),
    (rf"\b(?:(after|before|by|around|about)|at) {_NUMBER}{_AFTER}",
     lambda m: f"{_worth(m[2])}時{_BOUNDS_EN.get(m[1] or '', '')}"),
    (r"\bbefore noon\b", "午前"), (r"\b(?:noon|midday)\b", "12時"),
    (r"\b(after|before|by|around|about) ((?:午[前後])?[0-9]{1,2}(?::[0-9]{2}|時(?:[0-9]+分)?))",
     lambda m: m[2] + _BOUNDS_EN[m[1]]),
    (r"\bearly morning\b", "朝"), (r"\blate afternoon\b", "夕方"),
    (r"\b(?:onwards?|or later)\b", "以降"),
    (r"\b(morning|afternoon|evening|night)s?\b", lambda m: _PARTS_EN[m[1]]),
    (r"\b(?:as (?:soon|early) as possible|asap|earliest|soonest|first (?:available|thing|slot))\b", "最短"),
    (r"\b(?:obon|golden week|silver week)\b", "お盆"),
)  # fmt: skip
