"""Reads written-out numbers in folded text: kanji, English, romaji; then kana (guard_kana).

In: text from `guard_fold.fold`. Out: the same text with each such number as ASCII digits, so that
一二三四, 千二百三十四, いちにーさんよん and "one two three four" all read 1234 afterwards.
A round sum (五千, 一万) comes back with ROUND behind it: people say amounts so, hardly a PIN.
"""

from __future__ import annotations

import re

from intents.guard.kana import read_kana

ROUND = "¤"

_DIGITS = str.maketrans("一二三四五六七八九零", "1234567890")
_FORMAL = str.maketrans("壱壹弌弐貳弍参參弎肆伍陸漆柒捌玖拾佰仟萬", "1112223334567789十百千万")
# 参 and 陸 live in ordinary words (参加, 陸橋): they count only beside another numeral.
_FORMAL_RUN = re.compile(
    r"[壱壹弐貳参參肆伍陸漆捌玖拾佰仟萬零一二三四五六七八九〇]{2,}|[壱壹弐貳]"
    r"|(?<![^\Wとは])[参參肆伍陸漆柒捌玖](?=\W|$|で|だ|と)"
)
_ENDLESS = re.compile(r"(\d{32})\d+")
_ANY_DIGIT = re.compile(r"[0-9]")
_ZERO_SIGN = re.compile(
    r"(?<![0-9〇])[0-9〇](?:(?:[\W_]|と){1,3}[0-9〇](?![0-9〇]))+|[0-9〇]+"
)
_LONG_SIGN = re.compile(r"(?<=\d)ー(?=\d)")  # typed for the hyphen, which it looks like
# 千歳, 百合 and 十分 hold no digit, 万が一 is no ten thousand: those stay words.
_PLACES = re.compile(r"[\d千百十](?:[\d千百十]|万(?!が|1(?![千百十]))){1,}")
_NEXT_NUMBER = re.compile(r"(?<=[千百十]\d)(?=\d[千百十])")
_SAID_PLACES = re.compile("[千百十万]")
_WRITTEN_OUT = re.compile(r"\d\d[千百十]")
_LONGEST_SUM = 24
_PLACE = re.compile(r"(\d*)([万千百十]?)")
_WORTH = {"万": 10_000, "千": 1_000, "百": 100, "十": 10, "": 1}


def read_numbers(text: str) -> str:
    """Folded text in, folded text with every written-out number as digits out. Linear."""
    text = _shortened(_read_kanji(_shortened(text)))
    return _read_words(_shortened(read_kana(text)))


def _shortened(text: str) -> str:
    """No number of people has 33 digits; an endless one must not slow the rules that follow."""
    return _ENDLESS.sub(r"\1", text)


def _read_kanji(text: str) -> str:
    text = _FORMAL_RUN.sub(lambda run: run.group().translate(_FORMAL), text).translate(_DIGITS)
    if "〇" in text:
        text = _ZERO_SIGN.sub(lambda run: _read_zeros(run.group()), text)
    text = _LONG_SIGN.sub("-", text)
    if not _SAID_PLACES.search(text):
        return text
    sums: dict[str, str] = {}  # an endless text repeats its sums; gone with the call
    return _PLACES.sub(lambda run: _sum_in(run.group(), sums), text)


def _sum_in(run: str, known: dict[str, str]) -> str:
    if run not in known:
        known[run] = _read_places(run)
    return known[run]


def _read_zeros(run: str) -> str:
    """〇 is a zero beside another digit; alone it holds the place of a word (〇〇さん)."""
    return run.replace("〇", "0") if _ANY_DIGIT.search(run) else run


def _read_places(run: str) -> str:
    """千二百三十四 → 1234; two numbers in a row (十二三十四) come back side by side (1234)."""
    if len(run) <= _LONGEST_SUM and _NEXT_NUMBER.search(run):
        return "".join(map(_read_places, _NEXT_NUMBER.split(run)))
    if len(run) > _LONGEST_SUM or not _SAID_PLACES.search(run) or _WRITTEN_OUT.search(run):
        return run
    numbers: list[int] = []
    total, least = 0, _WORTH["万"] * 10
    for digits, unit in _PLACE.findall(run):
        if not digits and not unit:
            continue
        worth = _WORTH[unit]
        if worth >= least:
            numbers.append(total)
            total = 0
        total += int(digits or 1) * worth
        least = worth
    numbers.append(total)
    return "".join(map(_written, numbers))


def _written(number: int) -> str:
    said_as_sum = number >= 1_000 and (number % 100 == 0 or number >= 10_000)
    return f"{number}{ROUND}" if said_as_sum else str(number)


# ---------------------------------------------------------------- English and romaji
_ONES = {
    "zero": 0, "oh": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6,
    "seven": 7, "eight": 8, "nine": 9,
    "rei": 0, "maru": 0, "ichi": 1, "ni": 2, "san": 3, "yon": 4, "shi": 4, "go": 5, "roku": 6,
    "nana": 7, "shichi": 7, "hachi": 8, "kyuu": 9, "kyu": 9, "ku": 9,
}  # fmt: skip
_TEENS = {
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15,
    "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
_TENS = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
_TIMES = {"hundred": 100, "thousand": 1_000}
_REPEAT = {"double": 2, "triple": 3}
_ALL_WORDS = "|".join(sorted({*_ONES, *_TEENS, *_TENS, *_TIMES, *_REPEAT}, key=len, reverse=True))
_WORD_RUN = re.compile(
    rf"(?<![a-z])(?:{_ALL_WORDS})"
    rf"(?:(?:[ ,.\-\n]{{1,3}}(?:and )?)(?:{_ALL_WORDS}|\d{{1,2}}))++(?![a-z\d])"
)
_ROMAJI_RUN = re.compile(
    r"(?<![a-z])(?:ichi|ni|san|yon|shi|go|roku|nana|shichi|hachi|kyuu?|ku|zero|rei|maru"
    r"|one|two|three|four|five|six|seven|eight|nine){4,}+(?![a-z])"
)
_WORD = re.compile(r"[a-z]+|\d+")
_ROMAJI = re.compile("|".join(sorted(_ONES, key=len, reverse=True)))


def _read_words(text: str) -> str:
    text = _ROMAJI_RUN.sub(lambda run: _run_together(run.group()), text)
    return _WORD_RUN.sub(lambda run: _spoken(_numbers(_WORD.findall(run.group()))), text)


def _run_together(word: str) -> str:
    """ichinisanyon → 1234."""
    return "".join(str(_ONES[reading]) for reading in _ROMAJI.findall(word))


def _spoken(numbers: list[int]) -> str:
    """[12, 34] → "12 34"; an hour and round minutes → "10:30"; a year in two halves → "1948"."""
    first, second = (*numbers, 0, 0)[:2]
    if len(numbers) == 2 and 1 <= first <= 12 and second in range(10, 60, 5):
        return f"{first}:{second}"
    if len(numbers) == 2 and first in (19, 20) and 10 <= second <= 99:
        return f"{first}{second}"
    return " ".join(map(str, numbers))


def _numbers(words: list[str]) -> list[int]:
    """["twelve", "thirty", "four"] → [12, 34]."""
    numbers: list[int] = []
    may_grow = 0  # how much the next number word may add to the last number
    repeat = 1
    for word in words:
        if word in _TIMES and numbers:
            last = numbers[-1] % 1_000 if word == "thousand" else numbers[-1] % 100
            numbers[-1] += last * (_TIMES[word] - 1)
            may_grow = _TIMES[word]
        elif word in _REPEAT:
            repeat, may_grow = _REPEAT[word], 0
        elif word != "and":
            value = _value(word)
            if numbers and 0 < value < may_grow:
                numbers[-1] += value
            else:
                numbers.extend([value] * repeat)
            may_grow = 10 if word in _TENS else may_grow if may_grow > 100 else 0
            repeat = 1
    return numbers


def _value(word: str) -> int:
    for table in (_ONES, _TEENS, _TENS, _TIMES):
        if word in table:
            return table[word]
    return int(word)


def word_bit(core: str) -> str:
    """A whole message that is one number word (four, yon) as its digit, else empty."""
    return str(_value(core)) if core in _ONES or core in _TEENS else ""
