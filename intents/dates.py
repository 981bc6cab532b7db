"""Typed days and times → the days and hours meant: 「来週の火曜の午前」, 二十五日, "next Tuesday".

English and kana are first rewritten into one Japanese spelling, which one grammar then reads.
Days are those of the calendar in Japan; nothing here knows when a counter is open.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Literal, TypeVar

from intents.text import to_hiragana

Problem = Literal["", "no_such_day", "past", "ambiguous"]


@dataclass(frozen=True, slots=True)
class When:
    """What a text says of day and time. `days` in order, () when none was said.

    `earliest`/`latest` bound the start of a visit, both included; equal for an exact time; None
    where that side is open. `first`: the earliest place is wished. `problem`: why `days` cannot
    be used as they are ("past" keeps the past days, so that they can be named).
    """

    days: tuple[date, ...] = ()
    earliest: time | None = None
    latest: time | None = None
    first: bool = False
    problem: Problem = ""


def read_when(text: str, today: date) -> When:
    """The days and times that `text` names, seen from `today`. Never raises; linear in length."""
    page = _one_spelling(text, today)
    unclear = _UNCLEAR.search(page) is not None
    spans, page = _taken(_CLOCK, page, _clock)
    firsts, page = _taken(_FIRST, page, lambda m: m[0])
    parts, page = _taken(_PART_OF_DAY, page, lambda m: _PARTS[m[1].replace("すぎ", "過ぎ")])
    earliest, latest = _window(spans or parts)
    days, problem = _days(page, today)
    if unclear and not days:
        problem = "ambiguous"
    return When(days, earliest, latest, bool(firsts), problem)


# ------------------------------------------------------------------ one spelling
_Rewrite = str | Callable[[re.Match[str]], str]
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_DASHES = re.compile("[‐‑‒–—―−ｰ─━~〜]|(?<=[0-9日曜])ー(?=[0-9月火水木金土日])")
_SPACES = re.compile(r"\s+")
_FURIGANA = re.compile("(?<=[一-鿿0-9])\\([ぁ-ゖー]{1,12}\\)")
_LATIN = re.compile("[a-z]")
_LONGEST = 6000  # characters; one exotic sign can unfold into eighteen


def _one_spelling(text: str, today: date) -> str:
    """`text` with widths, English, kana, kanji numerals and shorthand in one Japanese spelling."""
    page = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).lower().replace("’", "'")
    page = _SPACES.sub(" ", _DASHES.sub("-", page[:_LONGEST])).strip()
    for rewrites in (_ENGLISH if _LATIN.search(page) else (), _JAPANESE):
        if rewrites is _JAPANESE:
            page = _FURIGANA.sub("", to_hiragana(page))
        for pattern, rewrite in rewrites:
            page = pattern.sub(rewrite, page)
    return _YEAR_WORD.sub(lambda m: f"{today.year + _YEARS[m[1]]}年", page)


_YEARS = {"今年": 0, "来年": 1, "去年": -1, "昨年": -1}
_YEAR_WORD = re.compile("(今年|来年|去年|昨年)の?(?= ?[0-9]{1,2}月)")

# English: every form becomes the Japanese one.
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
_AFTER = r"(?= ?(?:$|[,.?!)]|(?:on|or|and|to|please|today|tomorrow|in the|for|if|until|would|works|is|ok)\b))"
_BOUNDS_EN = {"after": "以降", "before": "前", "by": "まで"}
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


def _english(*rewrites: tuple[str, _Rewrite]) -> tuple[tuple[re.Pattern[str], _Rewrite], ...]:
    return tuple((re.compile(pattern), rewrite) for pattern, rewrite in rewrites)


_ENGLISH = _english(
    (r"\bgood (?:morning|afternoon|evening|night)\b", ""),
    (r"\bday after tomorrow\b", "明後日"), (r"\btomorrow\b", "明日"), (r"\btonight\b", "今日 夜"),
    (r"\b(?:today|this (?=morning|afternoon|evening))", "今日 "), (r"\byesterday\b", "昨日"),
    (rf"\bin (?:(a)|{_NUMBER}) (day|week)s?(?: time)?\b",
     lambda m: f"{1 if m[1] else _worth(m[2])}{'日' if m[3] == 'day' else '週間'}後"),
    (rf"\b{_WEEKDAY} (or|and|to) {_WEEKDAY}(?: of)? (next|this|last) week\b", r"\4 \1 \2 \4 \3"),
    (rf"\b{_WEEKDAY}(?: of)? (next|this|last) week\b", r"\2 \1"),
    (rf"\b(next|this|last) week,?(?: on)? {_WEEKDAY}\b", r"\1 \2"),
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
     r"(?= ?(?:$|[,.?!]|(?:at|in|or|and|to|please|around|if|would|works|is|morning|afternoon)\b))", r"\1日"),
    (rf"{_NUMBER}(?::([0-5][0-9]))? in the (morning|afternoon|evening)\b",
     lambda m: f"{_PARTS_EN[m[3]]}{_worth(m[1])}:{m[2] or '00'}"),
    (r"(?<![0-9:-])([0-9]|1[0-2])(:[0-5][0-9])? ?(-|to|or|and) ?"
     r"(?=[0-9]{1,2}(?::[0-5][0-9])? ?[ap]\.?m\b)", lambda m: f"{m[1]}{m[2] or ':00'} {m[3]} "),
    (r"(?<![0-9:.])([0-9]{1,2})(?:[:.]([0-5][0-9]))? ?([ap])\.?m\b\.?", _english_hour),
    (rf"\b(?:a )?(half|quarter) (past|to|after) {_NUMBER}\b", _quarter),
    (rf"\b{_NUMBER} ?o'?clock\b", lambda m: f"{_worth(m[1])}時"),
    (rf"\b(?:(after|before|by)|at|around|about) {_NUMBER}{_AFTER}",
     lambda m: f"{_worth(m[2])}時{_BOUNDS_EN.get(m[1] or '', '')}"),
    (r"\bbefore noon\b", "午前"), (r"\b(?:noon|midday)\b", "12時"),
    (r"\b(after|before|by) ((?:午[前後])?[0-9]{1,2}(?::[0-9]{2}|時(?:[0-9]+分)?))",
     lambda m: m[2] + _BOUNDS_EN[m[1]]),
    (r"\bearly morning\b", "朝"), (r"\blate afternoon\b", "夕方"),
    (r"\b(morning|afternoon|evening|night)\b", lambda m: _PARTS_EN[m[1]]),
    (r"\b(?:as soon as possible|asap|earliest|soonest|first (?:available|thing|slot))\b", "最短"),
    (r"\b(?:obon|golden week|silver week)\b", "お盆"),
)  # fmt: skip

# Kana: safe words anywhere, short ones only where a word begins and ends (べんきょう is no today).
_KANA_WORDS = dict(
    pair.split("=") for pair in (
        "さらいしゅう=再来週 らいしゅう=来週 こんしゅう=今週 せんしゅう=先週 さらいげつ=再来月 らいげつ=来月"
        " こんげつ=今月 げつようび=月曜 かようび=火曜 すいようび=水曜 もくようび=木曜 きんようび=金曜"
        " どようび=土曜 にちようび=日曜 どにち=土日 しゅうまつ=週末 しゅうあけ=週明け げつまつ=月末"
        " じょうじゅん=上旬 ちゅうじゅん=中旬 げじゅん=下旬 しあさって=明々後日 あさって=明後日"
        " ごぜんちゅう=午前 ごぜん=午前 ごご=午後 ゆうがた=夕方 あさいち=朝いち ひるすぎ=昼過ぎ ひるまえ=昼前"
        " 明明後日=明々後日 明朝=明日朝 今朝=今日朝 今晩=今日夜 今夜=今日夜 明晩=明日夜 さ来週=再来週"
        " 来々週=再来週 お昼=昼 つぎの=次の こんどの=今度の おぼん=お盆"
    ).split()
)  # fmt: skip
_SHORT_WORDS = {"あす": "明日", "きょう": "今日", "あさ": "朝", "ひる": "昼", "おひる": "昼"}
_BEGINS = "(?:(?<![ぁ-ゖー])|(?<=[のにはがも]))"
_ENDS = (
    "(?=$|[^ぁ-ゖー]|[のはにでもを](?![ぁ-ゖー])|は[どやあいだむひで]|か(?=[^ぁ-ゖー])|の[あごゆひじいにさよろしなはくき]|に(?!ん)|で(?!ん)"
    "|から|まで|ごろ|ころ|です|でも?いい|が(?:いい|よい|[^ぁ-ゖ]|$)|すぎ|いこう|いき|おねが|これ|よやく)"
)
_KANA_UNITS = ("いち に さん し よん よ ご ろく しち なな はち く きゅう".split(),
               (1, 2, 3, 4, 4, 4, 5, 6, 7, 7, 8, 9, 9))  # fmt: skip
_UNIT = dict(zip(*_KANA_UNITS, strict=True))
_UNIT_WORDS = "いち|さん|よん|ろく|しち|なな|はち|きゅう|に|し|よ|ご|く"
_KANA_NUMBER = f"((?:(?:に|さん|よん|ご)?じゅう(?:{_UNIT_WORDS})?)|{_UNIT_WORDS})"
_NATIVE = {
    "ついたち": 1, "ふつか": 2, "みっか": 3, "よっか": 4, "いつか": 5, "むいか": 6, "なのか": 7, "ようか": 8,
    "ここのか": 9, "とおか": 10, "じゅうよっか": 14, "はつか": 20, "にじゅうよっか": 24,
}  # fmt: skip
# いつか, なのか, ようか, とおか and ここのか are words of their own: days only behind a month.
_LONE_NATIVE = "にじゅうよっか|じゅうよっか|ついたち|ふつか|みっか|よっか|むいか|はつか"


def _kana_value(word: str) -> int:
    """にじゅうご → 25."""
    tens, ten, units = word.rpartition("じゅう")
    return (_UNIT[tens] if tens else 1) * 10 * bool(ten) + (_UNIT[units] if units else 0)


def _kana_clock(m: re.Match[str]) -> str:
    minutes = f"{_kana_value(m[3])}分" if m[3] else ""
    return f"{_kana_value(m[1])}時{'半' if m[2] else minutes}"


_KANJI = {digit: i for i, digit in enumerate("〇一二三四五六七八九")}


def _kanji_value(m: re.Match[str]) -> str:
    """二十五 → 25, 二〇二六 → 2026."""
    tens, ten, units = m[0].rpartition("十")
    plain = "".join(str(_KANJI[digit]) for digit in units if digit != "十")
    if not ten:
        return plain
    return str(_KANJI.get(tens, 1) * 10 + int(plain or 0))


_LENGTHS = (
    "間|かん|分|前(?!半)|以内|いない|目|め|ほど|くらい|ぐらい|も?かか|酔|市|町|連|程|おき|がか|ごと|坊|も?あれば"
    "|で(?:届|着|終|でき|送)|に(?:[0-9]|何|いく)|号"
)
_JAPANESE = _english(
    ("|".join(_KANA_WORDS), lambda m: _KANA_WORDS[m[0]]),
    (f"{_BEGINS}あした(?!ば)", "明日"),
    (f"{_BEGINS}(あす|きょう|おひる|あさ|ひる){_ENDS}", lambda m: _SHORT_WORDS[m[1]]),
    (f"(?<=がつ) ?の? ?({'|'.join(sorted(_NATIVE, key=len, reverse=True))})", lambda m: f"{_NATIVE[m[1]]}日"),
    (f"{_BEGINS}{_KANA_NUMBER} ?がつ", lambda m: f"{_kana_value(m[1])}月"),
    ("(?<=[0-9]) ?がつ", "月"),
    (f"(?:(?<=月)|(?<=月 )|{_BEGINS}){_KANA_NUMBER} ?にち(?!よう|じ)", lambda m: f"{_kana_value(m[1])}日"),
    (f"{_BEGINS}({_LONE_NATIVE}){_ENDS}", lambda m: f"{_NATIVE[m[1]]}日"),
    (f"(?:{_BEGINS}(?<!宝)|(?<=じから)){_KANA_NUMBER} ?じ(?: ?(?:(はん)|{_KANA_NUMBER} ?[ふぷ]ん))?{_ENDS}",
     _kana_clock),
    ("(?<=[0-9]) ?にち(?!よう)", "日"), ("(?<=[0-9]) ?じ(?! ?かん|[ゃゅょ])", "時"),
    ("(?<=[0-9]) ?[ふぷ]ん", "分"), ("(?<=時) ?(?:はん|ハン)", "半"),
    ("(?<![0-9月/])(?:2[、,・-]3|二[、,・-]?三)(?=日)", "数"),
    ("(?<=第)[一二三四五]", _kanji_value),
    ("(?<![百千万第何数〇一二三四五六七八九十])[〇一二三四五六七八九十]{1,4}(?= ?(?:[月時分年]|日(?![市町])|週間後))",
     _kanji_value),
    ("(今|再?来)週(か|と)(今|再?来)週の?([月火水木金土日]曜)", r"\1週の\4\2\3週の\4"),
    ("(?<=[0-9]) (?=[年月日時分])", ""),
    # Shorthand: 5-7日 and 8月5から7日, 8/5-7, 10-12時 say the unit once for both.
    (f"(?<![0-9/.:-])([0-9]{{1,2}}) ?(-|から|・|、|か) ?(?=[0-9]{{1,2}}日(?!{_LENGTHS}|後|中))", r"\1日\2"),
    (r"(?<![0-9/.:-])([0-9]{1,2}/)([0-9]{1,2}) ?([-・、か]) ?(?=[0-9]{1,2}(?![0-9/:時人名枠枚]))", r"\1\2\3\1"),
    (r"(?<![0-9/.:-])([0-9]{1,2}) ?(-|から|か) ?(?=[0-9]{1,2}時(?!間|かん))", r"\1時\2"),
)  # fmt: skip


# ------------------------------------------------------------------ reading, piece by piece
_GONE = "\0"
_MOST = 40  # nobody names more days or hours than that; it bounds the work on a hostile text
_T = TypeVar("_T")


def _taken(
    pattern: re.Pattern[str], page: str, read: Callable[[re.Match[str]], _T | None]
) -> tuple[list[_T], str]:
    """What `read` makes of each match, and the page with those blanked, so that none is read twice."""
    found: list[_T] = []

    def blank(m: re.Match[str]) -> str:
        said = read(m)
        if said is None:
            return m[0]
        found.append(said)
        return _GONE * len(m[0])

    return found, pattern.sub(blank, page, count=_MOST)


# ------------------------------------------------------------------ times of day
_Span = tuple[time | None, time | None]
_PARTS: dict[str, _Span] = {
    "昼過ぎ": (time(12, 30), time(14, 59)), "昼前": (time(10, 30), time(11, 59)),
    "午前": (time(0), time(11, 59)), "午後": (time(12), time(23, 59)),
    "朝": (time(5), time(10, 29)), "昼": (time(11), time(13, 59)),
    "夕方": (time(15), time(18, 59)), "夜": (time(18), time(23, 59)),
}  # fmt: skip
_PART_OF_DAY = re.compile(
    "(昼過ぎ|昼すぎ|昼前|午前|午後|夕方|(?<!毎)朝(?![日鮮顔食飯刊礼市ご])"
    "|昼(?![食飯寝休間ご])|(?<![毎昨])夜(?![間中勤景]))(?! ?(?:以外|は(?:無理|だめ|駄目)))"
)
_FIRST = re.compile(
    "(?:いちばん|一番|最も|もっとも|なるべく|できるだけ|出来るだけ)(?:の)?(?:早|はや)|最短|最速|最も早"
    "|(?:(?<=午後)|(?<=午前)|(?<=朝))の?(?:いちばん|一番|いち(?![じに])|一(?![時二]))"
)
_CLOCK = re.compile(
    "(?:(午前|午後|朝|昼|夕方|夜|晩)(?:中)?(?:の|、|,)? ?)?(?<![0-9:./])([0-9]{1,2})"
    "(?::([0-5][0-9])(?![0-9:])|時(?!間|的|期|停|金|給|代|点|計| ?かん) ?(?:(半)|([0-9]{1,2})分)?)"
    "(?: ?(過ぎ|すぎ|以降|以後|いこう|まで|前(?!後)|台))?"
)


def _clock(m: re.Match[str]) -> _Span | None:
    """One time of day with what stands around it; None where no clock shows it (25時)."""
    hour, minute = int(m[2]), 30 if m[4] else int(m[3] or m[5] or 0)
    if hour > 23 or minute > 59:
        return None
    exact = time(_in_working_hours(hour, m[1]), minute)
    if m[6] in ("過ぎ", "すぎ", "以降", "以後", "いこう"):
        return exact, None
    if m[6] in ("まで", "前"):
        return None, exact
    return exact, exact.replace(minute=59) if m[6] == "台" else exact


def _in_working_hours(hour: int, part: str | None) -> int:
    """The hour meant: 午後1時 is 13; a bare 1時 is read as the one between 8:00 and 18:00."""
    late = hour < 12 if part in ("午後", "夕方", "夜", "晩") else 1 <= hour <= 6 and part in (None, "昼")
    return hour + 12 if late else hour


def _window(spans: Sequence[_Span]) -> _Span:
    """From the earliest to the latest of them; an open side stays open."""
    starts = [start for start, _ in spans if start is not None]
    ends = [end for _, end in spans if end is not None]
    endless = len(ends) < len(spans) and len(starts) == len(spans)
    return min(starts, default=None), None if endless else max(ends, default=None)


# ------------------------------------------------------------------ days
@dataclass(frozen=True, slots=True)
class _Said:
    """What one stretch of the page names; a lone `day` or `weekday` waits for what stands before it."""

    start: int
    end: int
    days: tuple[date, ...] = ()
    problem: Problem = ""
    day: int = 0
    weekday: int | None = None
    of_week: bool = False


_ERA = "(?:(?:(令和|平成|昭和|大正|[rhst]) ?)?([0-9]{1,4}|元)年 ?の? ?)?"
_OF_MONTH = f"{_ERA}(?<![0-9/.:])([0-9]{{1,2}}|今|来|再来|先)月"
_NAME = "([月火水木金土日])曜日?"
_GAP = " ?の? ?"
_UNCLEAR = re.compile("お盆|盆休み|盆明け|連休|第[1-5]週(?!の?[月火水木金土日]曜)")
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
    f"(?:{_OF_MONTH}{_GAP})?(?<!毎月)(?<!毎月の)第([1-5])(?:週)?{_GAP}{_NAME}|{_OF_MONTH}{_GAP}{_NAME}"
)
_MONTH_PART = re.compile(
    f"{_OF_MONTH}(?!額|号|分|謝|生|曜| ?の? ?第){_GAP}(上旬|初旬|初め|はじめ|頭|中旬|半ば|なかば|中頃|下旬|末|終わり|おわり|前半|後半)?"
    "|(?<![0-9今来先])月(末|初め)"
)
_NEAR = {"今日": 0, "本日": 0, "明日": 1, "明後日": 2, "明々後日": 3, "昨日": -1, "一昨日": -2, "おととい": -2}
_NEAR_WORDS = "|".join(sorted(_NEAR, key=len, reverse=True))
_RELATIVE = re.compile(f"({_NEAR_WORDS})|(?<![0-9])([0-9]{{1,2}})(日|週間|週)後")
_WEEKS = {"先々": -2, "先": -1, "今": 0, "来": 1, "次の": 1, "再来": 2}
_STANDS_ALONE = r"(?=$|[^\w]|[のでにはがもをかと]|午|朝|夕|昼|夜|[0-9])"
_WEEK = re.compile(
    f"({'|'.join(_WEEKS)})週 ?の? ?"
    f"(?:{_NAME}|([月火水木金土]){_STANDS_ALONE}|(土日|末)|(明け)|(前半|頭|初め|はじめ)|(後半))?"
)
_WEEKEND = re.compile("土日|(?<!毎)週末|(週明け)")
_LONE_WEEKDAY = re.compile(
    rf"(?<!毎週)(?<!毎週の)(?:次の|今度の)?{_NAME}(?!大工|品|学校|版)"
    rf"|\(([月火水木金土日])(?:曜日?)?(?:・?祝)?\)"
    rf"|(?<=[曜日月火水木金土\0]か)([月火水木金土]){_STANDS_ALONE}"
    rf"|(?<!\w)([月火水木金土])(?=[か・][月火水木金土]{_STANDS_ALONE})|(?<=[月火水木金土]・)([月火水木金土]){_STANDS_ALONE}"
)
# A bare 1日 is mostly "one day": it is the 1st only where that is plain.
_LONE_DAY = re.compile(
    rf"(?<![0-9/.:])(?<!あと)(?<!もう)(?<!毎月)(?<!約)(?:(?!1日)([0-9]{{1,2}})日(?!{_LENGTHS})"
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
    return year if not era and len(number) == 4 else 2018 + year if len(number) < 3 else None


def _month(m: re.Match[str], at: int, today: date) -> tuple[int, int] | None:
    """(year, month) of the era, number and month groups from `at` on; the month may be out of range."""
    year, word = _year(m[at], m[at + 1], today), m[at + 2]
    if year is None or word.isdigit():
        return None if year is None else (year, int(word))
    months = today.year * 12 + today.month - 1 + {"先": -1, "今": 0, "来": 1, "再来": 2}[word]
    return months // 12, months % 12 + 1


def _exact(m: re.Match[str], month: tuple[int, int] | None, day: str) -> _Said:
    """The named day, `no_such_day`, or a stretch that names nothing (a birthday)."""
    if month is None:
        return _Said(m.start(), m.end())
    try:
        return _Said(m.start(), m.end(), (date(*month, int(day)),))
    except ValueError:
        return _Said(m.start(), m.end(), problem="no_such_day")


def _dotted(m: re.Match[str], today: date) -> _Said:
    year = _year(m[1] or m[3], m[2] or m[4], today)
    return _exact(m, None if year is None else (year, int(m[5])), m[6])


def _nth_weekday(m: re.Match[str], today: date) -> _Said | None:
    """8月の火曜: all of them; 来月の第2水曜: one; 第2水曜: this month's, or the next month's if past."""
    month = _month(m, 1, today) if m[3] else _month(m, 6, today) if m[8] else (today.year, today.month)
    nth, weekday = int(m[4] or 0), "月火水木金土日".index(m[5] or m[9])
    if month is None or not 1 <= month[1] <= 12:
        return None
    days = [day for day in _month_days(*month) if day.weekday() == weekday]
    if not m[3] and not m[8] and len(days) >= nth and days[nth - 1] < today:
        following = days[-1] + timedelta(days=31)
        days = [day for day in _month_days(following.year, following.month) if day.weekday() == weekday]
    if nth > len(days):
        return _Said(m.start(), m.end(), problem="no_such_day")
    return _Said(m.start(), m.end(), (days[nth - 1],) if nth else tuple(days))


def _month_days(year: int, month: int) -> list[date]:
    first = date(year, month, 1)
    return [day for i in range(31) if (day := first + timedelta(days=i)).month == month]


def _month_part(m: re.Match[str], today: date) -> _Said | None:
    month = (today.year, today.month) if m[5] else _month(m, 1, today)
    if month is None or not 1 <= month[1] <= 12:
        return None
    days = _month_days(*month)
    low, high = _PART_DAYS[m[4] or m[5]] if m[4] or m[5] else (1, 31)
    kept = days[low:] if low < 0 else days[low - 1 : high]
    if m[3] == "先" and not m[4]:
        kept = []  # 先月 tells a story; nobody wishes to come then
    return _Said(m.start(), m.end(), tuple(kept))


def _relative(m: re.Match[str], today: date) -> _Said:
    ahead = _NEAR[m[1]] if m[1] else int(m[2]) * (1 if m[3] == "日" else 7)
    return _Said(m.start(), m.end(), (today + timedelta(days=ahead),))


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _week(m: re.Match[str], today: date) -> _Said:
    """A week from Monday to Sunday, or the part of it that is named."""
    monday = _monday(today) + timedelta(weeks=_WEEKS[m[1]])
    named = m[2] or m[3]
    if monday < _monday(today) and not named:
        return _Said(m.start(), m.end())  # 先週 tells a story; nobody wishes to come then
    if named:
        wanted: Sequence[int] = ("月火水木金土日".index(named),)
    else:
        wanted = (5, 6) if m[4] else (7,) if m[5] else range(3) if m[6] else range(3, 7) if m[7] else range(7)
    return _Said(m.start(), m.end(), tuple(monday + timedelta(days=i) for i in wanted), of_week=True)


def _weekend(m: re.Match[str], today: date) -> _Said:
    monday = _monday(today)
    return _Said(m.start(), m.end(), tuple(monday + timedelta(days=i) for i in ((7,) if m[1] else (5, 6))))


def _lone_weekday(m: re.Match[str], today: date) -> _Said:
    named = next(group for group in m.groups() if group)
    return _Said(m.start(), m.end(), weekday="月火水木金土日".index(named))


def _lone_day(m: re.Match[str], today: date) -> _Said | None:
    day = int(m[1] or m[2])
    return _Said(m.start(), m.end(), day=day) if 1 <= day <= 39 else None


_Rule = tuple[re.Pattern[str], Callable[[re.Match[str], date], _Said | None]]
_GRAMMAR: tuple[_Rule, ...] = (
    (_DOTTED, _dotted),
    (_MONTH_DAY, lambda m, today: _exact(m, _month(m, 1, today), m[4])),
    (_SLASHED, lambda m, today: _exact(m, (today.year, int(m[1] or m[3])), m[2] or m[4])),
    (_NTH_WEEKDAY, _nth_weekday), (_MONTH_PART, _month_part), (_RELATIVE, _relative), (_WEEK, _week),
    (_WEEKEND, _weekend), (_LONE_WEEKDAY, _lone_weekday), (_LONE_DAY, _lone_day),
)  # fmt: skip


def _said_by(rule: _Rule, page: str, today: date, said: list[_Said]) -> str:
    """The page without what `rule` finds on it; that goes into `said`."""
    pattern, read = rule
    found, page = _taken(pattern, page, lambda m: read(m, today))
    said += found
    return page


def _days(page: str, today: date) -> tuple[tuple[date, ...], Problem]:
    """All days that the page names, past ones only where there is no other."""
    said: list[_Said] = []
    for rule in _GRAMMAR:
        page = _said_by(rule, page, today, said)
    wished = _wished(_resolved(sorted(said, key=lambda one: one.start), page, today), page)
    named = sorted({day for one in wished for day in one.days})
    coming = tuple(day for day in named if day >= today)
    problems = [one.problem for one in wished if one.problem]
    if coming:
        return coming, "ambiguous" if "ambiguous" in problems else ""
    return tuple(named), "past" if named else problems[0] if problems else ""


# ------------------------------------------------------------------ days that lean on each other
_LISTED = frozenset("か と や , ・ / または 又は もしくは or and か、 または、 ではなく じゃなく じゃなくて".split())
_RANGED = frozenset("- から より to through thru until till".split())
_UNWISHED = re.compile(
    "[\0の 日]{0,12}(?:は|なら|だと|が)? ?(?:[^、。 \0]{1,4}[がも])?(?:以外|を除|じゃな|ではな|でな|だめ|駄目|無理|(?:ちょっと)?(?:都合|つごう)が?"
    "(?:悪|つか|わる)|行け(?:ない|ません(?!か))|いけ(?:ない|ません(?!か))|来られ(?:ない|ません)|難し|予定が(?:あ|入)"
    "|用事が|生まれ|生$|号|(?:is|are) (?:not|no)|(?:does|do)(?:n't| not) work)"
    "|[\0 ]{0,8}(?:の予約)?(?:を|から)(?=.{0,20}に(?:変|ずら|移|し(?:て|た)))"
)
_UNWISHED_BEFORE = re.compile(r"\b(?:not|except(?: for)?|instead of|rather than|other than)(?: on)? ?$")


def _joint(one: _Said, two: _Said, page: str) -> Literal["", "list", "range", "beside"]:
    """How two stretches hang together: by か or と, by から, side by side, or not at all."""
    between = page[one.end : two.start].replace(_GONE, "").strip(" の()、,は")
    if between in _RANGED:
        return "range"
    return "list" if between in _LISTED else "" if between else "beside"


def _resolved(said: Sequence[_Said], page: str, today: date) -> list[_Said]:
    """Every lone day and weekday as a date; 「8/25(火)」 is one day, and unclear where they disagree."""
    done: list[_Said] = []
    waiting: _Said | None = None
    for i, one in enumerate(said):
        before = done[-1] if done else None
        leans = before and not _is_ruled_out(one, page) and _joint(before, one, page) == "beside"
        if before and leans and len(before.days) > 1 and (one.day or one.weekday is not None):
            done[-1] = _narrowed(before, one)
        elif before and leans and one.weekday is not None and _is_one(before):
            done[-1] = _checked(before, one)
        elif one.weekday is None:
            dated = _lone_day_resolved(one, before, page, today)
            done.append(_checked(dated, waiting) if waiting else dated)
            waiting = None
        elif i + 1 < len(said) and _joint(one, said[i + 1], page) == "beside" and _is_one(said[i + 1]):
            waiting = one
        else:
            done.append(_lone_weekday_resolved(one, before, page, today))
    return [_ranged(one, done[i + 1] if i + 1 < len(done) else None, page) for i, one in enumerate(done)]


def _is_one(said: _Said) -> bool:
    """Whether it names a single date (or tried to), which a weekday beside it only confirms."""
    return bool(said.day or said.problem) or len(said.days) == 1


def _checked(dated: _Said, weekday: _Said) -> _Said:
    agrees = not dated.days or dated.days[0].weekday() == weekday.weekday
    start, end = min(dated.start, weekday.start), max(dated.end, weekday.end)
    return replace(dated, start=start, end=end, problem=dated.problem if agrees else "ambiguous")


def _narrowed(long: _Said, lone: _Said) -> _Said:
    """「来週は火曜」, 「8月、25日」: the one day within the week or month."""
    days = tuple(day for day in long.days if day.day == lone.day or day.weekday() == lone.weekday)
    return replace(long, end=lone.end, days=days, problem="" if days else "ambiguous")


def _lone_day_resolved(one: _Said, before: _Said | None, page: str, today: date) -> _Said:
    """25日: in the month named just before it, else the next 25th from today on."""
    if not one.day:
        return one
    joined = before is not None and before.days and _joint(before, one, page) in ("list", "range", "beside")
    since = before.days[-1] if before and joined else today
    months = [(since.year + (since.month + i - 1) // 12, (since.month + i - 1) % 12 + 1) for i in range(3)]
    if joined:
        months = months[:1] if one.day >= since.day else months[1:2]
    found = [date(*month, one.day) for month in months if _exists(*month, one.day)]
    days = tuple(day for day in found if day >= since)[:1]
    return replace(one, days=days, problem="" if days else "no_such_day")


def _exists(year: int, month: int, day: int) -> bool:
    return any(one.day == day for one in _month_days(year, month))


def _lone_weekday_resolved(one: _Said, before: _Said | None, page: str, today: date) -> _Said:
    """火曜: in the week named just before it, else the next one after today."""
    joint = _joint(before, one, page) if before else ""
    assert one.weekday is not None
    if before and before.days and before.of_week and joint in ("list", "range", "beside"):
        day = _monday(before.days[0]) + timedelta(days=one.weekday)
        return replace(one, days=(day,), of_week=True)
    since = before.days[0] if before and before.days and joint == "range" else today
    ahead = (one.weekday - since.weekday() - 1) % 7 + 1
    return replace(one, days=(since + timedelta(days=ahead),))


def _ranged(one: _Said, after: _Said | None, page: str) -> _Said:
    """8月5日から7日: the days between belong to it; unless the first is only moved from."""
    if not after or not one.days or not after.days or _joint(one, after, page) != "range":
        return one
    length = (after.days[-1] - one.days[0]).days
    if not 0 < length <= 100 or _UNWISHED.match(page, one.end):
        return one
    return replace(one, days=tuple(one.days[0] + timedelta(days=i) for i in range(length)))


def _wished(said: Sequence[_Said], page: str) -> list[_Said]:
    """Without those that the person rules out: 「火曜と木曜はだめ」, "next week, not Tuesday"."""
    out: list[_Said] = []
    kept: list[_Said] = []
    for i in range(len(said) - 1, -1, -1):
        one, after = said[i], said[i + 1] if i + 1 < len(said) else None
        with_next = bool(out) and out[-1] is after and _all_ruled_out(one, out[-1], page)
        (out if with_next or _is_ruled_out(one, page) else kept).append(one)
    return [replace(one, days=_without(one.days, out)) for one in reversed(kept)]


def _is_ruled_out(one: _Said, page: str) -> bool:
    before = page[max(0, one.start - 16) : one.start]
    return bool(_UNWISHED.match(page, one.end) or _UNWISHED_BEFORE.search(before))


def _all_ruled_out(one: _Said, after: _Said, page: str) -> bool:
    """火曜と木曜はだめ rules out both; 火曜ではなく木曜 does not."""
    joined = _joint(one, after, page) in ("list", "range")
    contrasted = "な" in page[one.end : after.start]
    return joined and not contrasted and not _UNWISHED_BEFORE.search(page[: after.start][-16:])


def _without(days: tuple[date, ...], out: Sequence[_Said]) -> tuple[date, ...]:
    """A week or longer without the days ruled out of it; a single day was meant as it was said."""
    if len(days) < 2:
        return days
    weekdays = {one.weekday for one in out}
    ruled_out = {day for one in out for day in one.days}
    return tuple(day for day in days if day not in ruled_out and day.weekday() not in weekdays)
