"""Codes told in pieces with words between them: Aから始まってB、7、7…, A as in apple, 英字がABC、数字が772.

In: canonical text with the harmless numbers blanked out (guard_harmless). Out: the same with such
words between the pieces taken away, or the pieces that a sentence names by what they are.
"""

from __future__ import annotations

import re

BOND = "\x1f"  # no message holds it: folding drops control characters

# A as in apple, B for Bravo: the word only says the letter again.
_AS_IN = re.compile(r"(?<![a-z0-9])([a-z]),? (?:as in|for|like in|like) \1[a-z]{1,12}(?![a-z0-9])")
_KIND = r"(?:英語|英字|数字|大文字|小文字|あるふぁべっと)の"
_ORDER = (
    r"(?:(?:から|で)(?:の|(?:始|はじ)ま(?:って|り|る)|すたーと(?:して|で)?)"
    r"|(?:その|の)?(?:次|つぎ|あと|後ろ|うしろ)(?:の?(?:\d(?:つ|文字|桁|個)|▢))?(?:には|は|が|に|で)?"
    r"|それから|そして|最後(?:が|は|に))"
)
_JAPANESE = re.compile(
    rf"(?<=[a-z0-9])[ 、,。]{{0,2}}(?:[がはでと]、?)?(?:(?:{_ORDER}[ 、,]{{0,2}}){{1,2}}(?:{_KIND})?|{_KIND})(?=[a-z0-9])"
)
_WITH = re.compile(r"(?<=[a-z0-9])と[、 ]?(?=[a-z0-9])|(?<=[a-z0-9])から、(?=[a-z0-9])")
_ENGLISH = re.compile(
    r"(?<![a-z0-9])([a-z0-9])(?:,? and then|,? then|,? followed by|,? next|, and|,? and) "
    r"(?:capital |small |the letter |an? )?(?=[a-z0-9](?![a-z0-9]))"
)
_PART = r"(?:の?(?:部分|ところ|とこ|ほう|方))?(?:は|が|で|に|:|、|の|\s){0,2}"
_NAMED = re.compile(
    rf"(?:英字|英語|英文字|あるふぁべっと|ろーま字|文字|大文字|小文字){_PART}([a-z]{{2,12}})(?![a-z0-9])"
    rf"[^a-z0-9。\n]{{0,8}}?(?:数字|番号){_PART}(\d(?:[、 ]?\d){{1,7}})(?![\d:]|[桁つ文個回人日時円])"
)
_NAMED_IN_ENGLISH = re.compile(
    r"letters?(?: part)?(?: is| are|:) ([a-z]{2,12})[, ]{1,2}(?:and |then )?(?:the )?"
    r"(?:number|digit)s?(?: part)?(?: is| are|:) (\d{2,8})(?![\d:])"
)


def bound(left: str) -> str:
    """The text with BOND for the words between the pieces of a code. Linear in its length."""
    text = _JAPANESE.sub(BOND, _AS_IN.sub(r"\1", left))
    return _WITH.sub(BOND, _ENGLISH.sub(rf"\1{BOND}", text))


def named_pieces(left: str) -> str:
    """「英字がABC、数字が772」 gives abc772: letters and digits told by what they are, or empty."""
    found = _NAMED.search(left) or _NAMED_IN_ENGLISH.search(left)
    return found.group(1) + re.sub(r"\D", "", found.group(2)) if found else ""
