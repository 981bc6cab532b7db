"""Reads numbers and letters that are spelt out in kana: いちにーさんよん, エービーシー123.

In: folded text (hiragana, ASCII digits). Out: the same text with such runs as digits and letters.
Many readings are also ordinary syllables (に, ご, さん), so a run counts only when it is long
enough, made mostly of readings that are rare inside words, and ends where a word can end.
"""

from __future__ import annotations

import re
from itertools import pairwise

from intents.guard.counting import read_old_counting

# Readings that seldom turn up by chance, several in a row, inside ordinary words.
_STRONG = {
    "ぜろ": "0", "れい": "0", "まる": "0", "いち": "1", "わん": "1", "つー": "2", "とぅー": "2",
    "さん": "3", "すりー": "3", "よん": "4", "ふぉー": "4", "ふぁいぶ": "5", "ろく": "6",
    "しっくす": "6", "なな": "7", "しち": "7", "せぶん": "7", "はち": "8", "えいと": "8",
    "きゅう": "9", "きゅー": "9", "ないん": "9", "にー": "2", "ごー": "5", "ごお": "5", "よー": "4",
    # The old counting, and the way soldiers and sailors said numbers.
    "ひと": "1", "ふた": "2", "ひー": "1", "ひい": "1", "ふー": "2", "ふう": "2", "みー": "3",
    "みい": "3", "むー": "6", "むう": "6", "やー": "8", "やあ": "8", "よお": "4",
    # As children, mahjong players and people on the phone say them.
    "ぱち": "8", "はっち": "8", "ろっく": "6", "くー": "9",
}  # fmt: skip
_WEAK = {"に": "2", "ご": "5", "し": "4", "よ": "4", "く": "9", "しい": "4", "くう": "9"}
# しー and おー are C and O among letters, 4 and 0 among digits.
_EITHER = {"しー": "4c", "おー": "0o"}
_LETTERS = {
    "えー": "a", "えい": "a", "びー": "b", "でぃー": "d", "でー": "d", "いー": "e", "えふ": "f",
    "じー": "g", "えいち": "h", "えっち": "h", "あい": "i", "じぇー": "j", "じぇい": "j",
    "けー": "k", "けい": "k", "える": "l", "えむ": "m", "えぬ": "n", "ぴー": "p",
    "あーる": "r", "えす": "s", "てぃー": "t", "てー": "t", "ゆー": "u", "ぶい": "v", "ゔぃー": "v",
    "だぶりゅー": "w", "だぶる": "w", "えっくす": "x", "わい": "y", "ぜっと": "z", "ぜっど": "z",
}  # fmt: skip


_ROWS = {
    "[ーぁあ]": "あかがさざただなはばぱまやゃらわ", "[ーぃい]": "いきぎしじちぢにひびぴみり",
    "[ーぅう]": "うくぐすずつづぬふぶぷむゆゅるゔ", "[ーぇえ]": "えけげせぜてでねへべぺめれ",
    "[ーぉお]": "おこごそぞとどのほぼぽもよょろ",
}  # fmt: skip
_VOWEL = {kana: vowel for vowel, row in _ROWS.items() for kana in row}
_SMALL = "ぁぃぅぇぉ"
# にぃ is にー, but the ふぁ of ふぁいぶ is a sound of its own.
_DRAWN = re.compile(
    "|".join(f"(?<=[{row}]){small}" for row, small in zip(_ROWS.values(), _SMALL, strict=True))
)
_LENGTH = re.compile("|".join(f"(?<=[{row}]){vowel}" for vowel, row in _ROWS.items()))


def _stretched(reading: str) -> str:
    """A reading as people draw it out: いち also いーち, いちー; さん also さあん."""
    drawn = [_VOWEL.get(kana, "ー").replace("い", "") + "?" for kana in reading]
    # い may be the head of the next reading (しいち is 41), so may any last vowel: there only the sign.
    drawn[-1] = "ー?"
    kept = "ゃゅょぁぃぅぇぉーっ"
    return "".join(
        kana if kana in kept else kana + more for kana, more in zip(reading, drawn, strict=True)
    )


def _key(reading: str) -> str:
    """A reading without what draws it out, as the tables of values hold it."""
    return _LENGTH.sub("", reading).replace("ー", "")


def _any_of(words: dict[str, str]) -> str:
    return "|".join(_stretched(word) for word in sorted(words, key=len, reverse=True))


# にい is a two drawn out, but in よんまるにいち it is に and いち.
_STRONG_ONE = _any_of(_STRONG) + "|にい(?!ち)"
_WEAK_ONE = "しい(?!ち)|くう|[にごしよく]"
_DIGIT = f"{_STRONG_ONE}|{_WEAK_ONE}"
_TEN = f"(?:{_DIGIT})?じゅう(?:{_STRONG_ONE}|[ごしよく]|に(?!ち))?"
_KANA = f"{_TEN}|{_STRONG_ONE}|{_any_of({**_LETTERS, **_EITHER})}|{_WEAK_ONE}"
_PLAIN = r"\d|(?<![a-z])[a-z](?![a-z])"
_UNIT = f"(?:(?:{_KANA})(?![ゃゅょぁぃぅぇぉ])|{_PLAIN})"
_GAP = (
    r"(?:[ 、,。.・…\-~/\n→!]{0,3}+|[のと]"
    r"|(?:から|で)(?:始|はじ)まって[ 、]{0,2}|[ の、]{0,2}(?:次|つぎ)[はがに、 ]{0,2})"
)
_ATOM = re.compile(f"({_KANA})(?![ゃゅょぁぃぅぇぉ])|{_PLAIN}")
_RUN = re.compile(f"{_UNIT}(?:{_GAP}{_UNIT})++")
_WORD_MAY_END = re.compile(
    r"$|[^ぁ-んー]|です|でし|だ|で|と|って|っ|を|が|は|の|に|も|か|ね|よ|や|じゃ|なん|みたい|らし"
    r"|ば|け(?:ど|ん)|お(?:ね|し)|えん|ねん|ぽいんと"
    # Endings of the regions and of women's, men's and old people's talk.
    r"|わ|ぞ|ぜ|さ(?![ぁ-ん])|ずら|どす|なり|なの|な(?![ぁ-ん])|な[あぁー]|べ(?![ぁ-ん])|ばい|たい(?![ぁ-ん])"
)
_NO_MORE = re.compile(r"(?:です|でした|だよ?)?\W*$")
_WORD_GOES_ON = re.compile(r"[一-龥ァ-ヶa-z]")
_WORD_MAY_START = re.compile(r"^$|[^ぁ-んー]|[はがをのもとでにへだよねかてうけた]")
# いちご-27 is a booking reference although いちご reads 15.
_REFERENCE = re.compile(r"[ぁ-んー]{2,6}-\d{2,3}")
_VALUES = {
    _key(word): value
    for word, value in {**_WEAK, **_LETTERS, **_STRONG, "しー": "4", "おー": "0"}.items()
}

_COUNT = "いち|いっ|に|さん|よん|ご|ろく|ろっ|なな|しち|はち|はっ|きゅう"
_SUM = re.compile(
    f"(?:({_COUNT})?[せぜ]ん)(?:({_COUNT})?[ひびぴ]ゃく)?(?:({_COUNT})?じゅう)?({_COUNT})?"
)
_COUNTED = {"いっ": 1, "ろっ": 6, "はっ": 8}


def read_kana(text: str) -> str:
    """Folded text in; the same with spelt-out secrets-to-be as plain digits and letters."""
    text = read_old_counting(_DRAWN.sub("ー", text))
    return _RUN.sub(_read_run, _SUM.sub(_read_sum, text))


def _read_sum(found: re.Match[str]) -> str:
    """せんにひゃくさんじゅうよん → 1234; a lone せん (先, 線, 千) is left alone."""
    thousands, hundreds, tens, ones = (found.group(place) for place in range(1, 5))
    below = found.group()[len(thousands or "") + 2 :]
    if "ゃく" not in below and "じゅう" not in below:
        return found.group()
    total = _times(thousands) * 1_000 + (_times(ones) if ones else 0)
    total += _times(hundreds) * 100 if "ゃく" in below else 0
    total += _times(tens) * 10 if "じゅう" in below else 0
    return str(total)


def _times(reading: str | None) -> int:
    if not reading:
        return 1
    return _COUNTED.get(reading) or int(_VALUES[_key(reading)])


def _read_run(run: re.Match[str]) -> str:
    """One run of readings: digits and letters if it is a secret spelt out, else as it was."""
    if run.group().isascii():
        return run.group()
    atoms = list(_ATOM.finditer(run.group()))
    end = _end_of_word(run, atoms)
    start = _start_of_word(run, atoms)
    kept = atoms[start:end]
    if not _spelt_out(run, kept):
        return run.group()
    whole = run.group()
    letters = any(_is_letter(atom.group()) for atom in kept)
    ends = [kept[0].start(), *(atom.end() for atom in kept)]
    spelt = "".join(_between(whole[end : atom.start()]) + _value(atom.group(), letters)
                    for end, atom in zip(ends, kept, strict=False))
    return whole[: kept[0].start()] + spelt + whole[kept[-1].end() :]


def _between(gap: str) -> str:
    """Only の is kept between two readings: よんのにじゅういちの… is an address."""
    return gap if gap == "の" else ""


_LETTER_KEYS = {_key(word) for word in _LETTERS}


def _is_letter(reading: str) -> bool:
    return _key(reading) in _LETTER_KEYS or (reading.isascii() and reading.isalpha())


def _value(reading: str, letters: bool) -> str:
    if reading.isascii():
        return reading
    if reading in _EITHER:
        return _EITHER[reading][letters]
    tens, ten, ones = reading.partition("じゅう")
    if not ten:
        return _VALUES[_key(reading)]
    return (_VALUES[_key(tens)] if tens else "1") + (_VALUES[_key(ones)] if ones else "0")


def _end_of_word(run: re.Match[str], atoms: list[re.Match[str]]) -> int:
    """How many atoms stay when a last に or し that opens another word is given back."""
    # しちごさんに孫と行く: before another word a last に is the particle, not the digit.
    particle = atoms[-1].group() == "に" and _WORD_GOES_ON.match(run.string, run.end())
    if not particle and _WORD_MAY_END.match(run.string, run.end()):
        return len(atoms)
    end = len(atoms)
    while end and atoms[end - 1].group() in _WEAK:
        end -= 1
    return end if end < len(atoms) else 0


def _start_of_word(run: re.Match[str], atoms: list[re.Match[str]]) -> int:
    if _WORD_MAY_START.match(run.string[max(run.start() - 1, 0) : run.start()]):
        return 0
    return 1 if atoms[0].group() in _WEAK else 0


def _is_whole(run: re.Match[str], rare: bool) -> bool:
    """Nothing but readings in the whole message, and one at least that is rare inside words."""
    return rare and run.start() == 0 and bool(_NO_MORE.match(run.string, run.end()))


_OF_A_SECRET = re.compile("番号|ばんごう|暗証|あんしょ|ぱすわ")


def _is_sound(run: re.Match[str], atoms: list[re.Match[str]]) -> bool:
    """ぱちぱち is applause or a fire, unless numbers stand with it or a secret is named."""
    if "ぱちぱち" not in run.group() or _OF_A_SECRET.search(run.string, max(run.start() - 40, 0), run.start()):
        return False
    return sum(atom.group() not in _WEAK and atom.group() != "ぱち" for atom in atoms) < 2


def _spelt_out(run: re.Match[str], atoms: list[re.Match[str]]) -> bool:
    """Four digits or more (six letters and digits), and not mere syllables of a sentence."""
    spoken = [atom for atom in atoms if not atom.group().isascii()]
    if len(atoms) < 2 or not spoken or _REFERENCE.fullmatch(run.group()) or _is_sound(run, atoms):
        return False
    weak = sum(atom.group() in _WEAK for atom in spoken)
    apart = all(left.end() < right.start() for left, right in pairwise(atoms))
    if weak * 2 > len(spoken) and not apart and not _is_whole(run, weak < len(spoken)):
        return False
    value = "".join(_value(atom.group(), False) for atom in atoms)
    digits = sum(char.isdigit() for char in value)
    before = run.string[max(run.start() - 6, 0) : run.start()]
    led = re.search(r"[a-z0-9]{2,6}$", before) if atoms[0].start() == 0 else None
    if led is not None or digits < len(value):
        return digits >= 2 and len(value) + (len(led.group()) if led else 0) >= 6
    return digits >= 4


_BIT = re.compile(f"(?:{_UNIT}{_GAP}){{1,4}}")


def spelt_bit(core: str) -> str:
    """A whole short message that is readings only (いち, さんさん) as digits, else empty."""
    if not core or not _BIT.fullmatch(core):
        return ""
    atoms = [atom.group() for atom in _ATOM.finditer(core)]
    letters = any(map(_is_letter, atoms))
    return "".join(_value(atom, letters) for atom in atoms)
