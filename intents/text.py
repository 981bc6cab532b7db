"""Folding: the many ways of writing the same words → one. Widths, numbers, politeness."""

from __future__ import annotations

import re
import unicodedata

# Joiners, direction marks, variation selectors and the like: they change the look, not the words.
_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u115f-\u1160\u17b4-\u17b5\u180b-\u180f\u200b-\u200f"
                        "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]")
_DASHES = re.compile("[‐‑‒–—―−ｰ─━~〜～]")
_LATIN_HYPHEN = re.compile("(?<=[a-z])[-‐‑](?=[a-z])")
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}(?!\d))")
_PUNCTUATION = re.compile(r"[^\w\sーa-z0-9%]|_")
_SPACES = re.compile(r"\s+")
_LATIN_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|[0-9]+")
_HIRAGANA_ONLY = re.compile("[ぁ-ゖー]*")
_JAPANESE = re.compile(r"[ぁ-ゖァ-ヺー一-鿿々〆]")
_NUMERAL = "〇一二三四五六七八九十百千万"
# From the head of a run only, and whole: a long run that counts nothing is read once, not from every sign.
_COUNTED = re.compile(f"(?<![\\d{_NUMERAL}])(?!千歳)[{_NUMERAL}]++(?=[月日時分歳才円回桁年代名人台枚つけ])")

# What a person adds to be polite, or at home, carries no question: it is the same in all of them.
_POLITE = re.compile(
    "|".join(
        (
            "(?:大変)?すみません(?:が|けど)?", "すんません", "すいません(?:が|けど)?", "恐れ入りますが?",
            "おそれいりますが?", "申し訳(?:ありません|ございません|ない)(?:の?ですが|が|けど)?",
            "もしもし", "あのう?ー?", "えーっ?と", "ええと", "ちょっと", "お忙しいところ", "お世話になります",
            "(?:伺|うかが)い(?:ますが|たいの(?:です)?が)", "つかぬこと(?:を|お)?",
            "(?:教|おし)えて?(?:いただけ|いただき|もらえ|頂け|頂き|くれ|くださ|下さ)?"
            "(?:まへん|へん|はり|たい|ます|ません|ない|る|い)?(?:の|ん)?(?:でしょう|です)?か?",
            "(?:教|おし)えて(?:くださいませ|ほしい(?:です)?|ちょうだい)?",
            "(?:お教え|おおしえ)(?:いただけ|ください|願え)(?:ます|ません|ませ)?か?",
            "(?:知|し)りたい(?:の|ん)?(?:です|でございます)?(?:が|けど)?",
            "(?:お願い|おねがい)(?:いた|致)?(?:し|したい)?(?:です|ます|したいのですが)?",
            "(?:お)?(?:聞|き|尋|たず|伺)き?ね?いたい(?:の|ん)?(?:です)?(?:が|けど)?",
            "(?:お)?(?:聞|き|尋|たず)き?ね?したい(?:の|ん)?(?:です)?(?:が|けど)?",
            "のこと(?:なん)?ですけ(?:れ)?ど", "について(?!い)", "に関して",
            "(?:お|ご)?(?:願|ねが)い(?:いた)?(?:し)?(?:とう|たく)(?:ございます|存じます|思います)?(?:が|けれども?)?",
            "差し支え(?:ございません|ありません|ない)(?:でしょう)?か?",
            "(?:もの|わけ)(?:です|でございます)(?:から|が|けれども?)", "(?:とう|たく)(?:ございます|存じます)(?:が)?",
            "(?:よろ|宜)し(?:い|ゅう)(?:の|ん)?(?:でしょう|です|ございます)か?",
            # Only after て: 「いくらもらえますか」 asks for an amount.
            "(?<=[てで])(?:いただ|頂)(?:け|き)(?:ます|ません|たい)(?:でしょう)?(?:の|ん)?(?:です)?(?:か|が)?",
            "(?<=[てで])(?:もら|貰)え(?:ます|ません|る|ない)(?:でしょう)?(?:の|ん)?(?:です)?か?",
            "(?<=[てで])くれ(?:ます|ません)(?:でしょう)?か?", "(?:くださ|下さ)(?:います|いません)(?:でしょう)?か?",
            "で?ございま(?:す|しょう)(?:でしょう)?(?:か|が|ね)?", "で?いらっしゃいますか?", "おります(?:でしょう)?(?:か|が)?",
            "ま(?:す|せん)でしょうか", "(?:の|ん)?(?:でしょう|でございましょう|ですかね?|でしょうかね|です(?:が|けど|けれども?))",
            "(?:よろしい|宜しい|いい|良い)(?:の|ん)?(?:でしょう|です)",
            "ください(?:ませ)?", "下さい", "ございま(?:す|せん|した)", "でしょうか",
            "(?:の|ん)だ(?:が|けど|けれど)", "(?:ます|です)(?:か|が|ね|よ)", "かしら", "かな", "よね", "どうぞ",
            "なん?(?:じゃ|や)(?:けど|が)(?:のう|な)?", "や?ねん(?:けど|か)?", "(?:ん|の)?やけど", "じゃろ(?:う)?か?",
            "やろ(?:か|う)?", "(?:ん|の)(?:か|)?(?:いの|のう)$", "(?:ほんまに|なあ$|だべか?|っちゅう(?:の|ん)?)",
        )
    )
)
_POLITE_EN = re.compile(
    r"\b(?:please|could you|can you|would you|tell me|excuse me|i would like to know|could i ask"
    r"|i'd like to know|do you know|i want to know|i was wondering|let me know)\b"
)


def fold(text: str) -> str:
    """One spelling for all widths and cases: NFKC, lower case, one dash, no punctuation or marks.

    Spaces stay only between Latin words; 「十五歳」 and 「１５歳」 are the same. Linear in length.
    """
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).lower().replace("’", "'")
    text = _THOUSANDS.sub("", _LATIN_HYPHEN.sub("", text))
    text = _keep_apostrophes(_DASHES.sub("ー", text))
    return _COUNTED.sub(_counted, _close_spaces(_SPACES.sub(" ", text).strip()))


def _keep_apostrophes(text: str) -> str:
    """Punctuation becomes a space, but "don't" stays one word (dont)."""
    return _PUNCTUATION.sub(" ", text.replace("'", ""))


def _close_spaces(text: str) -> str:
    """Drop the spaces that stand next to Japanese: やさしい日本語 is written with spaces."""
    parts = text.split(" ")
    joined = [parts[0]] if parts else []
    for before, part in zip(parts, parts[1:], strict=False):
        latin = before[-1:].isascii() and part[:1].isascii()
        joined.append((" " if latin else "") + part)
    return "".join(joined)


_DIGITS = {digit: value for value, digit in enumerate("〇一二三四五六七八九")}
_PLACES = {"十": 10, "百": 100, "千": 1000}


def _counted(found: re.Match[str]) -> str:
    """A number in kanji before a counter, in digits; 「一つ」 and other plain words stay."""
    text = found[0]
    if len(text) == 1 and found.string[found.end()] in "つ人":
        return text
    total = section = digit = 0
    for char in text:
        if char in _DIGITS:
            digit = digit * 10 + _DIGITS[char]
        elif char == "万":
            total, section, digit = (section + digit or 1) * 10000, 0, 0
        else:
            section, digit = section + (digit or 1) * _PLACES[char], 0
    return str(total + section + digit)


def strip_polite(folded: str) -> str:
    """`folded` without the words of politeness; itself where nothing else would be left."""
    stripped = _SPACES.sub(" ", _POLITE_EN.sub(" ", _POLITE.sub("", folded))).strip()
    return stripped if len(stripped) >= 2 else folded


def to_hiragana(text: str) -> str:
    """Katakana as hiragana, long vowel marks kept; as many characters as before."""
    return text.translate(_HIRAGANA)


_HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}


def sound(text: str) -> str:
    """Kana as they sound when typed carelessly: long vowels and small kana folded away."""
    return to_hiragana(text).translate(_SOUND)


_SOUND = str.maketrans("ぁぃぅぇぉゃゅょっゎづぢをヴ", "あいうえおやゆよつわずじおぶ", "ー")


def is_hiragana(text: str) -> bool:
    return _HIRAGANA_ONLY.fullmatch(text) is not None


def is_latin(text: str) -> bool:
    """Letters of the Latin alphabet or digits, and nothing Japanese."""
    return not _JAPANESE.search(text)


def latin_words(folded: str) -> list[str]:
    return _LATIN_WORD.findall(folded)


def sentences(text: str) -> list[str]:
    """The sentences of a message, in order, without empty ones."""
    return [part.strip() for part in re.split(r"[。！？!?\n\r]+|\.\s", text) if part.strip()]
