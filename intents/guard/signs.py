"""The plain signs of a secret: digits, or letters and digits, that nothing explains.

In: canonical text with the harmless numbers blanked out (guard_harmless). Out: the kinds of secret
seen, one for each. Nothing here keeps or returns the secret itself.
"""

from __future__ import annotations

import enum
import re

from intents.guard.bound import BOND, bound, named_pieces
from intents.guard.harmless import BLANK, DATE
from intents.guard.words import (
    CARRIER_MODEL,
    DEVICE,
    NUMBER_WORDS,
    OTP_WORDS,
    PASSWORD_WORDS,
    SECRET,
    SIGN_WORDS,
)


class Kind(enum.Enum):
    """What sort of secret was refused."""

    PIN4 = "pin4"
    PIN_SIGN = "pin_sign"
    PASSWORD = "password"
    OTP = "otp"
    MY_NUMBER = "my_number"
    CARD = "card"
    SEVERAL = "several"


_LABELS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.OTP, re.compile(OTP_WORDS)),
    (Kind.MY_NUMBER, re.compile(NUMBER_WORDS)),
    (Kind.PIN_SIGN, re.compile(SIGN_WORDS)),
    (Kind.PASSWORD, re.compile(PASSWORD_WORDS)),
)
_LABEL_REACHES = 40


def speaks_of_secret(whole: str) -> bool:
    """Does a word for a secret stand anywhere in the message?"""
    return SECRET.search(whole) is not None


def nearest_label(text: str, at: int) -> Kind | None:
    """The kind that the last label before a place in the text names, if any is near."""
    before = text[max(at - _LABEL_REACHES, 0) : at]
    nearest: tuple[int, Kind] | None = None
    for kind, words in _LABELS:
        for found in words.finditer(before):
            if nearest is None or found.end() > nearest[0]:
                nearest = (found.end(), kind)
    return nearest[1] if nearest else None


# ---------------------------------------------------------------- digits
_JOIN = rf"(?:[^\w{BLANK}{DATE}]|_){{1,6}}"
_LINK = (
    r"[ 、,]{0,2}(?:と|で|を?(?:押|おし|入れ|打)\w{1,2}"
    r"|の?(?:次|つぎ|あと|後|最後|その次)(?:に|は|が)?|のね?|ね|それから|そして|and|then)[ 、,]{0,2}"
)
_DIGIT_RUN = re.compile(rf"\d++(?:{_JOIN}\d++)*+")
_LINKED = re.compile(rf"(?<!\d)\d(?:(?:{_LINK}|{_JOIN})\d(?!\d)){{3,}}")
_TWO_PAIRS = re.compile(r"\W*\d\d[のと]\d\d(?:です|でした|だ)?\W*")
# あたしのは82の64, but not 住所は… nor a time of day, which are blanked before.
_TOLD_PAIRS = re.compile(
    r"(?:[のん]は|のが)\s?\d\d[のと]\d\d(?!\d)\s?(?:です|でし|だ|なの|\W|$)"
)
_GROUPS = re.compile(r"\d+")
_NUMBER_IN_BITS = (12, 14, 15, 16)  # My Number and the card brands, as they are printed


def loose_digits(left: str, strict: bool) -> list[Kind]:
    """Four or more digits with no meaning of their own, in one piece or in bits.

    strict: a word for a secret stands near, so bits of any size are taken together.
    """
    runs = _DIGIT_RUN.finditer(left)
    kinds = [kind for run in runs for kind in _in_run(run, left, strict)]
    pairs = _TWO_PAIRS.fullmatch(left) or _TOLD_PAIRS.search(left)
    if not kinds and (_LINKED.search(left) or pairs):
        kinds.append(Kind.PIN4)
    return kinds


def _in_run(run: re.Match[str], left: str, strict: bool) -> list[Kind]:
    if run.end() - run.start() < 4 or _touches_letters(run, left):
        return []
    groups = _GROUPS.findall(run.group())
    total = sum(map(len, groups))
    if _one_number(groups, total, strict):
        return [_kind_of_digits(total, left, run.start())]
    whole_ones = [len(group) for group in groups if len(group) >= 4]
    return [_kind_of_digits(size, left, run.start()) for size in whole_ones]


def _touches_letters(run: re.Match[str], left: str) -> bool:
    """A digit run inside a code (a1b2c3) belongs to the code, which has a rule of its own."""
    around = left[max(run.start() - 1, 0) : run.start()] + left[run.end() : run.end() + 1]
    return any(char.isascii() and char.isalpha() for char in around)


def _one_number(groups: list[str], total: int, strict: bool) -> bool:
    """Are the groups the pieces of one number? 12-34, 1 2 3 4, 571 204, 1234 5678 9018."""
    if len(groups) == 1 or total < 4:
        return total >= 4
    sizes = {len(group) for group in groups}
    if total in _NUMBER_IN_BITS and max(sizes) <= 6:
        return True
    if max(sizes) >= 4:
        return False
    return strict or total == 4 or len(sizes) == 1


def _kind_of_digits(count: int, text: str, at: int) -> Kind:
    if count == 12:
        return Kind.MY_NUMBER
    if count >= 13:
        return Kind.CARD
    return nearest_label(text, at) or (Kind.PIN4 if count < 6 else Kind.OTP)


# ---------------------------------------------------------------- letters and digits
_CODE = re.compile(r"(?<![a-z0-9@])[a-z0-9][a-z0-9!@#$%&*_+^=?]{3,}")
_PIECES = re.compile(r"(?<![a-z0-9])[a-z0-9]{1,12}(?:[\-._/・]{1,2}[a-z0-9]{1,12}){1,15}")
_PAIR = re.compile(r"(?<![a-z])(?<![a-z] )[a-z]{2,12} \d{2,8}(?! ?[a-z0-9])")
_SPELT = re.compile(r"(?<![a-z0-9])[a-z0-9](?:[ \-._/・,、]{1,2}[a-z0-9](?![a-z0-9])){5,}")
_BOUND = re.compile(
    rf"(?<![a-z0-9])[a-z0-9]{{1,12}}(?:[{BOND}、,・]\s?[a-z0-9]{{1,12}}(?![a-z0-9])){{1,15}}"
)
_SPELT_BOUND = re.compile(rf"(?<![a-z0-9])[a-z0-9](?:[ 、,・{BOND}]{{1,2}}[a-z0-9](?![a-z0-9])){{5,}}")
_AND_THEN = re.compile(
    r"(?<![a-z])[a-z]{3,12}"
    r"(?:(?:と|の?(?:あと|後ろ|うしろ|後|次|末尾)に?|、?(?:それから|そして|そのあと|その後|ぷらす)|\+)+"
    r"、?\s?(?:に|は)?(?:数字で|数字の|数字は)?\d{2,8}(?!\d)"
    r"|に(?:数字[ので])?\d{2,8}を?(?:付け|つけ|足し|加え|くっつけ))"
)
# アルファのA、ブラボーのB、それと123
_PHONETIC = re.compile(
    r"(?:[ぁ-んー一-龥]{1,8}の[a-z](?![a-z])[、,とや\s]{1,2}){2}[^。\n]{0,20}?\d{2}"
)
_BARE_PAIR = re.compile(r"\W*[a-z]{2,12}[ -]?\d{3,8}\W*(?:です|でした)?\W*")
_BARE_PIECES = re.compile(r"\W*[a-z0-9]{2,6}(?:-[a-z0-9]{2,6}){2,4}\W*(?:です|でした)?\W*")
_ORDINARY_CODE = re.compile(
    rf"(?:{DEVICE}|se|xs|xr|pro|air|mini|plus)+\d{{1,3}}(?:pro|max|plus|mini|ultra|fe|se|[a-z])*"
    rf"|{CARRIER_MODEL}|[rhst]\d{{1,2}}"
    r"|\d+(?:st|nd|rd|th|yen|am|pm|gb|mb|tb|mah|points?|pts?|kg|km|cm|mm|ghz|mins?|minutes|hours?"
    r"|hrs?|days?|digits?|chars?)"
)
_KNOWN_WORD = re.compile(
    rf"(?:{DEVICE}|line|google|apple|docomo|au|softbank|ok|yes|hello|hi|thanks|app|pay|wifi|sms|id"
    r"|pc|tv|and|the|is|to|for|my|at|on|in|july|august|aug|september|sep|october|oct|november"
    r"|setagaya|tokyo|pin|pw|password|code)+"
)
_FOUR_DIGITS = re.compile(r"(?<!\d)\d{4}(?!\d)")
# The letters that an unsteady hand or a photo reader puts for one and nought.
_LOOKS_LIKE_DIGITS = re.compile(r"(?=[^0-9]*\d[^0-9]*\d)[0-9oil]{4}")


def letters_and_digits(left: str, strict: bool) -> list[Kind]:
    """A code of six or more characters with both letters and digits, in one piece or spelt.

    strict: a word for a secret stands near, so pieces with hyphens are taken together too.
    """
    codes = [found for found in _CODE.finditer(left) if _is_code(found.group(), strict)]
    if codes:
        return [_kind_of_code(left, found.start()) for found in codes]
    pieces = [*_SPELT.finditer(left), *_AND_THEN.finditer(left)]
    if strict:
        pieces += [*_PIECES.finditer(left), *_PAIR.finditer(left)]
    bare = _BARE_PAIR.fullmatch(left) or _BARE_PIECES.fullmatch(left)
    for found in [*pieces, bare] if bare else pieces:
        if _is_both(_without_known_words(found.group())):
            return [_kind_of_code(left, found.start())]
    in_words = _PHONETIC.search(left) or _is_both(_without_known_words(named_pieces(left)))
    return [Kind.PIN_SIGN] if in_words or _told_in_pieces(left, strict) else []


def _told_in_pieces(left: str, strict: bool) -> bool:
    """Pieces with words between them: single characters, beside a secret's name any size."""
    text = bound(left)
    if BOND not in text and text == left:
        return False
    pieces = [*_SPELT_BOUND.finditer(text)]
    if strict:
        pieces += [found for found in _BOUND.finditer(text) if BOND in found.group()]
    return any(_is_both(_without_known_words(found.group())) for found in pieces)


def _without_known_words(pieces: str) -> str:
    words = re.findall(r"[a-z]+|\d+", pieces)
    return "".join(word for word in words if not _KNOWN_WORD.fullmatch(word))


def _is_both(code: str) -> bool:
    letters, digits = len(re.findall("[a-z]", code)), len(re.findall(r"\d", code))
    return letters >= 1 and digits >= 1 and letters + digits >= 6


def _is_code(token: str, strict: bool) -> bool:
    if token.isdigit():
        return False
    if _LOOKS_LIKE_DIGITS.fullmatch(token) or (strict and _FOUR_DIGITS.search(token)):
        return True
    return _is_both(token) and not _ORDINARY_CODE.fullmatch(token)


def _kind_of_code(text: str, at: int) -> Kind:
    label = nearest_label(text, at)
    return label if label in (Kind.PASSWORD, Kind.OTP) else Kind.PIN_SIGN
