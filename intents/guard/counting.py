"""Reads the old Japanese counting as digits: ひい ふう みい よお, ふたつ やっつ ひとつ いつつ.

In: folded text (hiragana). Out: the same text with four or more such words in a row as digits.
Many of them are everyday words too (いつ, ここ, や), so fewer than four are never read.
"""

from __future__ import annotations

import re

_COUNTED = {
    "ひとつ": "1", "ふたつ": "2", "みっつ": "3", "みつ": "3", "よっつ": "4", "よつ": "4",
    "いつつ": "5", "むっつ": "6", "むつ": "6", "ななつ": "7", "やっつ": "8", "やつ": "8",
    "ここのつ": "9", "ひい": "1", "ひー": "1", "ふう": "2", "ふー": "2", "みい": "3", "みー": "3",
    "よお": "4", "よー": "4", "いつ": "5", "むう": "6", "むー": "6", "なな": "7", "なー": "7",
    "やあ": "8", "やー": "8", "ここの": "9", "ここ": "9", "こー": "9", "くー": "9",
    "ひ": "1", "ふ": "2", "み": "3", "よ": "4", "む": "6", "な": "7", "や": "8", "こ": "9",
}  # fmt: skip
_WORDS = "|".join(sorted(_COUNTED, key=len, reverse=True))
_APART = r"[ 、,・。…\n]{1,3}"
# Words apart may be short; run together only long ones can be told from other words.
_LONG = "|".join(sorted((word for word in _COUNTED if len(word) > 1), key=len, reverse=True))
# 「ひい、ふう、みい、よお、と数えて四人」 counts people, it tells no number.
_NO_COUNT = r"(?![ぁ-んー]|、?と?(?:数|かぞ))|(?=です|でし|だ|で[、。]|や[ねでわ]|と(?:入|設|登|覚|し))"
_RUN = re.compile(
    rf"(?<![ぁ-んー])(?:(?:{_WORDS})(?:{_APART}(?:{_WORDS})(?=\W|$|です|でし|だ|や[ねでわ])){{3,}}"
    rf"|(?:{_LONG}){{4,}})(?:{_NO_COUNT})"
    # After a particle: 暗証番号はひいふうみいよお.
    rf"|(?<=[はがも])(?:{_LONG}){{4,}}(?:{_NO_COUNT})"
)
_WORD = re.compile(_WORDS)


def read_old_counting(text: str) -> str:
    """Folded text in; the same with old counting words in a row as ASCII digits. Linear."""
    return _RUN.sub(lambda run: "".join(_COUNTED[word] for word in _WORD.findall(run.group())), text)
