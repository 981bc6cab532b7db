"""The less plain signs: a secret told outright, in part, or as wordplay.

In: canonical text with every number in it (guard_numbers). Out: the kind of secret seen, or none.
A sentence 「暗証番号は○○です」 makes ○○ the secret although it has the shape of a time or a date.
"""

from __future__ import annotations

import re

from intents.guard_signs import Kind, nearest_label
from intents.guard_words import DEVICE, PASSWORD_WORDS, SECRET, SIGN_WORDS, TOLD_SUBJECT

# Where 「…は○○」 ends when ○○ is what the sentence tells: a unit or another word would go on.
_END = (
    r"\s?(?:です|でし|だ|や(?:った|で|ね|わ|と)|じゃ|と(?:登録|設定|思|いう|言|い[いっ]|教|伝|答)"
    r"|に(?:し|設定|変え|決め)|で(?:登録|合|い[いけ])|で$|なん|かな|かも|みたい|らし|[。」』)!?.\n]|$|の語呂|って)"
)
_MARKS = r"\s?(?:は|が|って|も|[:=→]|、|「|『|is|was|=|\s){0,4}\s?"
_NOUNS = r"(?:(?!ない|ので|から|けど|ため|忘|わから|分から|何)[^。!?\n▢▦はがをで\d]){0,12}?"
_ANY_NUMBER = r"(?:\d\d[との]\d\d|\d[\d\-:/.,・ ー~]*\d¤?|\d[\d,]+¤)"
_TOLD = re.compile(rf"{TOLD_SUBJECT}{_MARKS}{_NOUNS}(?P<told>{_ANY_NUMBER}){_END}")
_MADE = re.compile(
    rf"\d[\d\-:/.・]*\d(?:年|日)?[がを](?:[^。\d\n]{{1,3}}の)?{TOLD_SUBJECT}(?:に|です|だ|な|$|。)"
)
_KANA_CODE = re.compile(rf"{TOLD_SUBJECT}{_MARKS}[ぁ-ん]{{2,6}}[-ー ]?\d{{2,3}}{_END}")
_HINT = re.compile(
    rf"{TOLD_SUBJECT}{_MARKS}[^。!?\n\d]{{0,14}}(?:誕生日|生年月日|生まれ|記念日|結婚)[^。!?\n\d]{{0,6}}"
    r"(?:(?:昭和|平成|令和|大正|19|20)?\d{1,2}年)?(?:\d{1,2}月\d{1,2}日|\d{1,2}/\d{1,2}|\d{2,4}年)"
    rf"(?:生まれ)?{_END}"
)
_TOLD_CODE = re.compile(
    rf"(?:{PASSWORD_WORDS}|{SIGN_WORDS}|あんしょ|暗証番号)(?:番号)?\s?(?:[:=→「]|は|が|is|was){{1,3}}"
    rf"\s?[「\"']?([a-z0-9!@#$%&*_.-]{{4,32}})(?:{_END}|[\"'])"
)
_NOT_A_CODE = re.compile(
    rf"(?:{DEVICE})|not|wrong|correct|right|incorrect|invalid|expired|locked|blocked|forgotten"
    r"|missing|lost|what|same|safe|line|google|apple|needed|required|different|secret|unknown|long"
    r"|short|okay|good|setagayapay|password|there|here|free|\d+"
)
_HAS_DIGIT = re.compile(r"\d")


def told(whole: str) -> list[Kind]:
    """「暗証番号は○○です」「○○を暗証番号に」: ○○ is the secret, whatever it looks like."""
    if _HAS_DIGIT.search(whole):
        for pattern in (_TOLD, _MADE, _KANA_CODE, _HINT):
            for found in pattern.finditer(whole):
                if pattern is _HINT or _is_told(found):
                    return [nearest_label(whole, found.end()) or Kind.PIN4]
    for code in _TOLD_CODE.finditer(whole):
        if not _NOT_A_CODE.fullmatch(code.group(1)):
            return [nearest_label(whole, code.start(1)) or Kind.PASSWORD]
    return []


def _is_told(found: re.Match[str]) -> bool:
    """Any 番号 may have a few digits (番号は23です), and 16 is only how long a PIN may be."""
    number = found.groupdict().get("told", "")
    digits = re.sub(r"\D", "", number)
    return len(digits) >= 4 or (digits != "16" and SECRET.search(found.group()) is not None)


# ---------------------------------------------------------------- in part
_PART_NAME = (
    r"(?:(?:最初|はじめ|初め|頭|先頭|前半|後半|前|最後|末尾|後ろ|うしろ|上|下|残り|次)"
    r"の?(?:\d(?:つ|桁|けた|文字|個))?|\d(?:つ|桁|けた|文字|個|番)(?:目|め))"
    r"の?(?:数字|番号|文字)?(?:は|が|に|:|、|\s)\s?"
)
_PART = re.compile(
    rf"{_PART_NAME}(?:\d{{1,3}}|[a-z]{{1,2}})"
    rf"(?:{_END}|、|で始|と続|から始|で、?(?=[上下前後残最次あそう]))"
)
_PART_IN_ENGLISH = re.compile(
    r"(?:starts?|begins?|ends?) (?:with|in) \d{1,3}(?!\d)"
    r"|(?:first|last|other|next)(?: \w{1,6})? (?:digits?|numbers?|letters?)(?: are| is|:)"
    r" \d{1,3}(?!\d)"
)
_PART_OF_NUMBER = re.compile(r"桁|けた|数字|文字|番号|\dつは|半")
_HALF_SAID = re.compile(rf"{_PART_NAME}[、。:…\s]*$")
_SAID = r"(?:(?<!\d)\d|ぜろ|れい|まる|いち|さん|よん|ろく|なな|はち|きゅう)"
_SAME_DIGIT = re.compile(
    rf"{_SAID}(?:が|を|は|の|ばかり|だけ)(?:4(?:つ|個|回|連|桁|けた)|よっつ)"
    rf"|(?:{_SAID}[がを]\d(?:つ|個|回|連続)[、とで ]{{0,2}}){{2}}"
    r"|同じ(?:数字|番号|の)[がを]?4(?:つ|個|回|桁)[、で]{1,2}\d(?!\d)"
    r"|(?:全部|ぜんぶ|おーる|4桁とも|4つとも|すべて)(?:が|は|とも|同じ)?(?:\d(?!\d)|ぜろ)"
    r"(?:です|だ|に|、|。|$)"
)
_IN_ORDER = re.compile(
    r"1から(?:順|4(?:まで|つ))|連番で?1から|(?<![\d/:])\d{1,3}から(?:始ま|はじま)"
    rf"|{_SAID}[x×]4(?!\d)"
)
_OF_LENGTH = re.compile(
    rf"[3-8](?:桁|けた|文字)(?:の(?:数字|番号))?(?:は|が|で|:)\s?\d{{3,8}}{_END}"
)
_MASK = "*?x_■□●"
_MASKED = re.compile(
    rf"(?<![a-z0-9*?])(?=(?:[{_MASK}]*\d){{2}})(?=\d*[{_MASK}])[\d{_MASK}]{{4}}(?![a-z0-9*?])"
)


def part_of_secret(whole: str, strict: bool) -> list[Kind]:
    """A part, or a way to build it: 下2桁は34, ゼロが4つ, 12**, 1から順に.

    strict: a word for a secret stands near, so the name of a part alone is enough.
    """
    parts = list(_PART.finditer(whole))
    named = strict or any(_PART_OF_NUMBER.search(part.group()) for part in parts)
    if len(parts) > 1 or (parts and named):
        return [Kind.PIN4]
    if any(sign.search(whole) for sign in (_SAME_DIGIT, _PART_IN_ENGLISH, _OF_LENGTH)):
        return [Kind.PIN4]
    masked = _MASKED.search(whole)
    if masked and (strict or masked.group() == whole.strip()):
        return [Kind.PIN4]
    return [Kind.PIN4] if strict and _IN_ORDER.search(whole) else []


def names_a_part(whole: str) -> bool:
    """Does the message end with the name of a part (「最後の2桁は」)?"""
    return _HALF_SAID.search(whole) is not None


# ---------------------------------------------------------------- wordplay
_SYLLABLES = r"[いひにふみさよしごむろくなやはこれまわおんう]{3,8}"
# Outside quotes only what nobody says in earnest: 番号はこわいです is no number.
_FAMOUS = (
    r"(?:よろしく|いいくに|いいふろ|いいはな|にこにこ|しくしく|ごろごろ|はなさく|みなさん|[にごしよく]{4})"
)
_GORO = re.compile(
    rf"{TOLD_SUBJECT}{_MARKS}(?:[「『\"]{_SYLLABLES}[」』\"]|{_FAMOUS}(?:{_END}|と覚え))"
    rf"|語呂(?:合わせ)?\w{{0,4}}[「『]{_SYLLABLES}[」』]|語呂(?:合わせ)?で{_SYLLABLES}(?:{_END}|と覚え)"
)


def wordplay(whole: str) -> list[Kind]:
    """「暗証番号は『よろしく』の語呂」: syllables that read as digits, told as the number."""
    return [Kind.PIN4] if _GORO.search(whole) else []
