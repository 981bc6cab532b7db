"""The signs of a secret, each a small named rule over canonical text.

Two views of a message: `whole` with every number, `left` with the harmless ones blanked out.
Each rule gives the kinds of secret it sees; nothing here keeps or returns the secret itself.
"""

from __future__ import annotations

import enum
import re

from intents.guard_harmless import BLANK, DATE
from intents.guard_words import (
    CARRIER_MODEL,
    DEVICE,
    NUMBER_WORDS,
    OTP_WORDS,
    PASSWORD_WORDS,
    SECRET,
    SIGN_WORDS,
    TOLD_SUBJECT,
    UNIT,
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

# ---------------------------------------------------------------- digits that nothing explains
_JOIN = rf"(?:[^\w{BLANK}{DATE}]|_){{1,6}}"
_LINK = (
    r"[ 、,]{0,2}(?:と|で|の?(?:次|つぎ|あと|後|最後|その次|そのあと)(?:に|は|が)?|の|それから|そして|and|then)[ 、,]{0,2}"
)
_DIGIT_RUN = re.compile(rf"\d++(?:(?:{_JOIN})\d++)*+")
_LINKED = re.compile(rf"(?<!\d)\d(?:(?:{_LINK}|{_JOIN})\d(?!\d)){{3,}}")
_GROUPS = re.compile(r"\d+")


def loose_digits(left: str, strict: bool) -> list[Kind]:
    """Four or more digits with no meaning of their own, in one piece or in bits."""
    kinds = [kind for run in _DIGIT_RUN.finditer(left) for kind in _in_run(run, left, strict)]
    if not kinds and _LINKED.search(left):
        kinds.append(Kind.PIN4)
    return kinds


def _in_run(run: re.Match[str], left: str, strict: bool) -> list[Kind]:
    if _touches_letters(run, left):
        return []
    groups = _GROUPS.findall(run.group())
    total = sum(map(len, groups))
    if _one_number(groups, total, strict):
        return [_kind_of_digits(total, left, run.start())]
    return [_kind_of_digits(len(group), left, run.start()) for group in groups if len(group) >= 4]


def _touches_letters(run: re.Match[str], left: str) -> bool:
    """A digit run inside a code (a1b2c3) belongs to the code, which has a rule of its own."""
    before, after = left[max(run.start() - 1, 0) : run.start()], left[run.end() : run.end() + 1]
    return (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha())


def _one_number(groups: list[str], total: int, strict: bool) -> bool:
    """Are the groups the pieces of one number? 12-34, 1 2 3 4, 571 204, 1234 5678 9018."""
    if len(groups) == 1 or total < 4:
        return total >= 4
    if total in (12, 14, 15, 16) and max(map(len, groups)) <= 6:
        return True
    whole_pins = [group for group in groups if len(group) >= 4]
    if whole_pins:
        return False
    return strict or total == 4 or len({len(group) for group in groups}) == 1


def _kind_of_digits(count: int, text: str, at: int) -> Kind:
    if count == 12:
        return Kind.MY_NUMBER
    if count >= 13:
        return Kind.CARD
    return _nearest_label(text[max(at - 40, 0) : at]) or (Kind.PIN4 if count < 6 else Kind.OTP)


def _nearest_label(before: str) -> Kind | None:
    """The kind that the last label before a secret names, if any."""
    nearest: tuple[int, Kind] | None = None
    for kind, words in _LABELS:
        for found in words.finditer(before):
            if nearest is None or found.end() > nearest[0]:
                nearest = (found.end(), kind)
    return nearest[1] if nearest else None


# ---------------------------------------------------------------- letters and digits
_CODE = re.compile(r"(?<![a-z0-9@])[a-z0-9][a-z0-9!@#$%&*_+^=?]{3,}")
_PIECES = re.compile(r"(?<![a-z0-9])[a-z0-9]{1,12}(?:[\-._/・]{1,2}[a-z0-9]{1,12}){1,15}")
_PAIR = re.compile(r"(?<![a-z])(?<![a-z] )[a-z]{2,12} \d{2,8}(?! ?[a-z0-9])")
_SPELT = re.compile(r"(?<![a-z0-9])[a-z0-9](?:[ \-._/・,、]{1,2}[a-z0-9](?![a-z0-9])){5,}")
_AND_THEN = re.compile(
    r"(?<![a-z])([a-z]{3,12})(?:と|の?(?:あと|後|次)に?|、?(?:それから|そして|そのあと|その後|ぷらす)|\+)+、?\s?(?:に|は)?(\d{2,8})(?!\d)"
)
_BARE_PAIR = re.compile(r"\W*([a-z]{2,12})[ -]?(\d{3,8})\W*(?:です|でした)?\W*")
_ORDINARY_CODE = re.compile(
    rf"(?:{DEVICE}|se|xs|xr|pro|air|mini|plus)+\d{{1,3}}(?:pro|max|plus|mini|ultra|fe|se|[a-z])*|{CARRIER_MODEL}|[rhst]\d{{1,2}}"
    rf"|\d+(?:st|nd|rd|th|yen|am|pm|gb|mb|tb|mah|points?|pts?|kg|km|cm|mm|ghz|mins?|minutes|hours?|hrs?|days?|digits?|chars?)"
)
_KNOWN_WORD = re.compile(
    rf"(?:{DEVICE}|line|google|apple|docomo|au|softbank|ok|yes|hello|hi|thanks|app|pay|wifi|sms|id|pc|tv|and|the|is|to"
    r"|for|my|at|on|in|august|aug|september|sep|october|oct|july|november|setagaya|tokyo|pin|pw|password|code)+"
)
_LOOKS_LIKE_DIGITS = re.compile(r"(?=[^0-9]*\d[^0-9]*\d)[0-9oil]{4}")


def letters_and_digits(left: str, strict: bool) -> list[Kind]:
    """A code of six or more characters with both letters and digits, in one piece or spelt."""
    kinds = [
        _kind_of_code(left, found.start())
        for found in _CODE.finditer(left)
        if _is_code(found.group(), strict)
    ]
    pieces = list(_SPELT.finditer(left)) + ([*_PIECES.finditer(left), *_PAIR.finditer(left)] if strict else [])
    for found in pieces:
        if not kinds and _is_both(_known_words_out(found.group())):
            kinds.append(_kind_of_code(left, found.start()))
    joined = _AND_THEN.search(left) or _BARE_PAIR.fullmatch(left)
    if not kinds and joined and not _KNOWN_WORD.fullmatch(joined.group(1)):
        if _is_both(joined.group(1) + joined.group(2)):
            kinds.append(_kind_of_code(left, joined.start()))
    return kinds


def _known_words_out(pieces: str) -> str:
    words = re.findall(r"[a-z]+|\d+", pieces)
    return "".join(word for word in words if not _KNOWN_WORD.fullmatch(word))


def _is_both(code: str) -> bool:
    letters, digits = len(re.findall("[a-z]", code)), len(re.findall(r"\d", code))
    return letters >= 1 and digits >= 1 and letters + digits >= 6


def _is_code(token: str, strict: bool) -> bool:
    if _LOOKS_LIKE_DIGITS.fullmatch(token) and not token.isdigit():
        return True
    if _ORDINARY_CODE.fullmatch(token):
        return False
    return _is_both(token)


def _kind_of_code(text: str, at: int) -> Kind:
    label = _nearest_label(text[max(at - 40, 0) : at])
    return label if label in (Kind.PASSWORD, Kind.OTP) else Kind.PIN_SIGN


# ---------------------------------------------------------------- what a word for a secret makes one
_END = (
    r"\s?(?:です|でし|だ|や(?:った|で|ね|わ|と)|じゃ|と(?:登録|設定|思|いう|言|い[いっ]|教|伝|答)|に(?:し|設定|変え|決め)|で(?:登録|合|い[いけ])|で$"
    r"|なん|かな|かも|みたい|らし|[。」』)!?.\n]|$|の語呂|って)"
)
_NOUNS = r"(?:(?!ない|ので|から|けど|ため|忘|わから|分から|何)[^。!?\n▢▦はがをで\d]){0,12}?"
_MARKS = r"\s?(?:は|が|って|も|[:=→]|、|「|『|is|was|=|\s){0,4}\s?"
_TOLD = re.compile(rf"{TOLD_SUBJECT}{_MARKS}{_NOUNS}(\d[\d\-:/.,・ ー~]*\d¤?|\d[\d,]+¤){_END}")
_TOLD_CODE = re.compile(
    rf"(?:{PASSWORD_WORDS}|{SIGN_WORDS}|あんしょ|暗証番号)(?:番号)?\s?(?:[:=→「]|は|が|is|was){{1,3}}\s?[「\"']?"
    rf"([a-z0-9!@#$%&*_.-]{{4,32}})(?:{_END}|[\"'])"
)
_KANA_CODE = re.compile(rf"{TOLD_SUBJECT}{_MARKS}[ぁ-ん]{{2,6}}[-ー ]?\d{{2,3}}{_END}")
_NOT_A_CODE = re.compile(
    rf"(?:{DEVICE})|not|wrong|correct|right|incorrect|invalid|expired|locked|blocked|forgotten|missing|lost|what|same|safe"
    r"|line|google|apple|wifi|needed|required|different|secret|unknown|long|short|okay|good|setagayapay|password|there|here|free"
)
_HINT_NOUN = r"(?:誕生日|生年月日|生まれ|記念日|結婚)"
_HINT = re.compile(
    rf"{TOLD_SUBJECT}{_MARKS}[^。!?\n\d]{{0,14}}{_HINT_NOUN}[^。!?\n\d]{{0,6}}"
    rf"(?:(?:昭和|平成|令和|大正|19|20)?\d{{1,2}}年)?(?:\d{{1,2}}月\d{{1,2}}日|\d{{1,2}}/\d{{1,2}}|\d{{2,4}}年)(?:生まれ)?{_END}"
)
_PART_NAME = (
    r"(?:(?:最初|はじめ|初め|頭|先頭|前半|後半|最後|末尾|後ろ|うしろ|上|下|残り|次)の?(?:\d(?:つ|桁|けた|文字|個))?"
    r"|\d(?:つ|桁|けた|文字|個|番)(?:目|め))の?(?:数字|番号|文字)?(?:は|が|:|、|\s)\s?"
)
_PART_IN_ENGLISH = re.compile(
    r"(?:starts?|begins?|ends?) (?:with|in) \d{1,3}(?!\d)"
    r"|(?:first|last|other|next)(?: \w{1,6})? (?:digits?|numbers?|letters?)(?: are| is|:) \d{1,3}(?!\d)"
)
_HALF_SAID = re.compile(rf"{_PART_NAME}[、。:…\s]*$")
_PART = re.compile(rf"{_PART_NAME}(\d{{1,3}})(?:{_END}|、|で始|と続|から始)")
_PART_OF_NUMBER = re.compile(r"桁|けた|数字|文字|番号|\dつは|半")
_SAME_DIGIT = re.compile(
    r"(?:\d|ぜろ|れい|まる)(?:が|を|は|の|ばかり|だけ)?4(?:つ|個|回|連|桁|けた)|(?:\d|ぜろ)[x×]4(?!\d)"
    r"|(?:全部|ぜんぶ|おーる|4桁とも|4つとも|すべて)(?:が|は|とも|同じ)?(?:\d(?!\d)|ぜろ)(?:です|だ|に|、|。|$)"
)
_IN_ORDER = re.compile(r"1から(?:順|4(?:まで|つ))|連番で?1から")
_MASKED = re.compile(r"(?<![a-z0-9*?])(?=(?:[*?x_■□●]*\d){2})[\d*?x_■□●]{4}(?![a-z0-9*?])")
_GORO = re.compile(
    rf"(?:{TOLD_SUBJECT}{_MARKS}|語呂合わせ\w{{0,4}}[「『]|語呂合わせで)「?"
    rf"((?:[いひにふみさよしごむろくなやはこれまわお]|いい|じゅう|ん|う){{3,8}})(?:」|』|{_END}|って|と覚え)"
)
_GORO_POLITE = re.compile(r"よろしく(?:お|ね|頼|$)")


def told(whole: str) -> list[Kind]:
    """「暗証番号は○○です」 makes ○○ the secret, whatever it looks like."""
    found = _TOLD.search(whole) or _KANA_CODE.search(whole) or _HINT.search(whole)
    if found:
        return [_nearest_label(whole[: found.end()]) or Kind.PIN4]
    for code in _TOLD_CODE.finditer(whole):
        if not _NOT_A_CODE.fullmatch(code.group(1)) and not code.group(1).isdigit():
            return [_nearest_label(whole[: code.start(1)]) or Kind.PASSWORD]
    return []


def part_of_secret(whole: str, strict: bool) -> list[Kind]:
    """A part or a way to build it: 下2桁は34, ゼロが4つ, 12**, 1から順に."""
    parts = list(_PART.finditer(whole))
    if len(parts) > 1 or any(strict or _PART_OF_NUMBER.search(part.group()) for part in parts):
        return [Kind.PIN4]
    if _PART_IN_ENGLISH.search(whole):
        return [Kind.PIN4]
    if _SAME_DIGIT.search(whole) or (strict and _IN_ORDER.search(whole)):
        return [Kind.PIN4]
    masked = _MASKED.search(whole)
    if masked and re.search(r"[^\d]", masked.group()) and (strict or masked.group() == whole.strip()):
        return [Kind.PIN4]
    return []


def names_a_part(whole: str) -> bool:
    """Does the message end with the name of a part (「最後の2桁は」)?"""
    return _HALF_SAID.search(whole) is not None


def wordplay(whole: str) -> list[Kind]:
    """「暗証番号は『よろしく』の語呂」: syllables that read as digits, told as the number."""
    found = _GORO.search(whole)
    return [Kind.PIN4] if found else []


def speaks_of_secret(whole: str) -> bool:
    """Does a word for a secret stand anywhere in the message?"""
    return SECRET.search(whole) is not None
