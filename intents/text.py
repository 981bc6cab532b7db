"""Folding: the many ways of writing the same words → one. Widths, kana, long vowels, politeness."""

from __future__ import annotations

import re
import unicodedata

from intents.model import Lang

# Joiners, direction marks, variation selectors and the like: they change the look, not the words.
_INVISIBLE = re.compile("[\u00ad\u034f\u061c\u115f-\u1160\u17b4-\u17b5\u180b-\u180f\u200b-\u200f"
                        "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]")
_DASHES = re.compile("[‐‑‒–—―−ｰ─━~〜～]")
_PUNCTUATION = re.compile(r"[^\w\sーa-z0-9%]|_")
_SPACES = re.compile(r"\s+")
_LATIN_WORD = re.compile(r"[a-z0-9']+")
_KANA = re.compile(r"[ぁ-ゖァ-ヺー]")
_KANJI = re.compile(r"[一-鿿々〆]")
_LETTERS = re.compile(r"[A-Za-z]")
_SPACED_KANA = re.compile(r"[ぁ-ゖァ-ヺー一-鿿]\s+(?=[ぁ-ゖァ-ヺー一-鿿])")

# What a person adds to be polite carries no question: it is the same in all of them.
_POLITE = re.compile(
    "|".join(
        (
            "すみませんが?", "恐れ入りますが?", "おそれいりますが?", "申し訳(?:ありません|ございません)が?",
            "もしもし", "あのう?ー?", "えーっ?と", "ええと", "ちょっと", "お忙しいところ",
            "(?:教|おし)えて(?:いただけ|もらえ|頂け|くれ)(?:ます|ません|ない|る)?(?:でしょう)?か?",
            "(?:教|おし)えて(?:ください|下さい|くださいませ|ほしい(?:です)?|くれ)?",
            "(?:知|し)りたい(?:の|ん)?(?:です|でございます)?(?:が|けど)?",
            "(?:お願い|おねがい)(?:いた|致)?(?:し|したい)?(?:です|ます|したいのですが)?",
            "(?:お)?(?:聞|き|尋|たず)き?ね?したい(?:の|ん)?(?:です)?(?:が|けど)?",
            "(?:の|ん)?(?:でしょう|でございましょう|ですか|ですかね|でしょうかね|ですが|ですけど|ですけれども)",
            "(?:よろしい|宜しい|いい|良い)(?:の|ん)?(?:でしょう|です)",
            "ください(?:ませ)?", "下さい", "いただけ(?:ます|ません)", "ございま(?:す|せん|した)", "でしょうか",
            "(?:の|ん)だ(?:が|けど|けれど)", "(?:ます|です)(?:か|が|ね|よ)", "かしら", "かな", "よね", "どうぞ",
        )
    )
)
_POLITE_EN = re.compile(
    r"\b(?:please|could you|can you|would you|tell me|excuse me|hello|hi|i would like to know"
    r"|i'd like to know|do you know|thank you|thanks)\b"
)


def fold(text: str) -> str:
    """One spelling for all widths and cases: NFKC, lower case, one dash, no punctuation or marks.

    Spaces stay only between Latin words. Linear in the length of the text.
    """
    text = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).lower()
    text = _PUNCTUATION.sub(" ", _DASHES.sub("ー", text))
    return _close_spaces(_SPACES.sub(" ", text).strip())


def _close_spaces(text: str) -> str:
    """Drop the spaces that stand next to Japanese: やさしい日本語 is written with spaces."""
    parts = text.split(" ")
    joined = parts[0] if parts else ""
    for part in parts[1:]:
        latin = joined[-1:].isascii() and part[:1].isascii()
        joined += (" " if latin else "") + part
    return joined


def strip_polite(folded: str) -> str:
    """`folded` without the words of politeness; itself where nothing else would be left."""
    stripped = _SPACES.sub(" ", _POLITE_EN.sub(" ", _POLITE.sub("", folded))).strip()
    return stripped if len(stripped) >= 2 else folded


def to_hiragana(text: str) -> str:
    """Katakana as hiragana, long vowel marks kept."""
    return "".join(chr(ord(c) - 0x60) if "ァ" <= c <= "ヶ" else c for c in text)


def sound(text: str) -> str:
    """Kana as they sound when typed carelessly: long vowels and small kana folded away."""
    return to_hiragana(text).translate(_SOUND)


_SOUND = str.maketrans("ぁぃぅぇぉゃゅょっゎづぢをヴ", "あいうえおやゆよつわずじおぶ", "ー")


def is_hiragana(text: str) -> bool:
    return all("ぁ" <= c <= "ゖ" or c == "ー" for c in text)


def latin_words(folded: str) -> list[str]:
    return _LATIN_WORD.findall(folded)


def language(text: str) -> Lang:
    """The language of a question: English by its letters, やさしい日本語 by its spaced kana."""
    text = unicodedata.normalize("NFKC", text)
    kana, kanji = len(_KANA.findall(text)), len(_KANJI.findall(text))
    if not kana and not kanji:
        return "en" if len(_LETTERS.findall(text)) >= 4 else "ja"
    if len(_LETTERS.findall(text)) > 3 * (kana + kanji):
        return "en"
    gaps = len(_SPACED_KANA.findall(text))
    return "easy" if gaps >= 1 and kanji * 6 <= kana and kana >= 5 else "ja"


def sentences(text: str) -> list[str]:
    """The sentences of a message, in order, without empty ones."""
    return [part.strip() for part in re.split(r"[。！？!?\n\r]+|\.\s", text) if part.strip()]
