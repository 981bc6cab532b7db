"""One spelling for the many ways to write a character, for the PIN guard.

In: any text. Out: the same text with half-width digits for every digit symbol of Unicode, small
ASCII letters, hiragana for katakana, one hyphen, one wave dash, no invisible characters.
The guard folds more than the matcher does: an ornament that hides a digit must not hide a PIN.
"""

from __future__ import annotations

import re
import unicodedata

_SQUARED_LETTER = re.compile(r"(?:LATIN CAPITAL LETTER|SYMBOL LETTER) ([A-Z])$")
_HYPHENS = "‐‑‒–—―−⁃﹘﹣"
_WAVES = "〜～∼⁓˜"
_DOTS = "·•‧∙・･"
_ZEROS = "○◯⭕〇"
_INVISIBLE = {"Cf", "Mn", "Me", "Cc"}


def _digit_of(char: str) -> str | None:
    """The ASCII digit that a digit symbol (full width, circled, keycap, Arabic …) stands for."""
    value = unicodedata.numeric(char, None)
    if value is None or unicodedata.category(char) == "Lo" or value not in range(10):
        return None
    return str(int(value))


def _symbol(char: str) -> str:
    """What a character becomes that Unicode's own compatibility folding leaves alone."""
    for signs, one in ((_HYPHENS, "-"), (_WAVES, "~"), (_DOTS, "・"), (_ZEROS, "〇")):
        if char in signs:
            return one
    digit = _digit_of(char)
    if digit is not None:
        return digit
    if char in "\n\r\t":
        return "\n" if char != "\t" else " "
    if unicodedata.category(char) in _INVISIBLE:
        return ""
    found = _SQUARED_LETTER.search(unicodedata.name(char, ""))
    return found.group(1).lower() if found else char


def _folded(char: str) -> str:
    """One character, folded: at most a few characters come back."""
    plain = _symbol(char)
    if plain != char:
        return plain
    plain = unicodedata.normalize("NFKC", char).lower()
    if len(plain) == 1 and "ァ" <= plain <= "ヶ":
        return chr(ord(plain) - 0x60)
    base = unicodedata.normalize("NFKD", plain)[:1]
    return base if base.isascii() and base.isalpha() else plain


class _Table(dict[int, str]):
    """A translation table that fills itself: each character is worked out once."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _folded(chr(code))
        return folded


_TABLE = _Table()
_HALF_KANA = re.compile(r"[ｦ-ﾟ]+")
# ①8/3 is a list mark and a date, not 18/3: a symbol digit keeps its distance from plain ones.
_LIST_MARK = re.compile(
    r"(?<=[\u2460-\u249b\u24f5-\u24ff\u2776-\u2793])(?=[0-9A-Za-z０-９Ａ-Ｚａ-ｚ])"
)


def fold(raw: str) -> str:
    """Fold a whole text. Linear in its length; never raises on any string."""
    joined = unicodedata.normalize("NFC", raw)
    joined = _HALF_KANA.sub(lambda kana: unicodedata.normalize("NFKC", kana.group()), joined)
    return _LIST_MARK.sub(" ", joined).translate(_TABLE)
