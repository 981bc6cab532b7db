"""The less plain signs: a secret told outright, in part, or as wordplay.

In: canonical text with every number in it (guard_numbers). Out: the kind of secret seen, or none.
A sentence 「暗証番号は○○です」 makes ○○ the secret although it has the shape of a time or a date.
"""

from __future__ import annotations

import re

from intents.guard.positions import by_position
from intents.guard.signs import Kind, nearest_label
from intents.guard.words import DEVICE, PASSWORD_WORDS, SECRET, SIGN_WORDS, TOLD_SUBJECT

# Where 「…は○○」 ends when ○○ is what the sentence tells: a unit or another word would go on.
_END = (
    r"\s?(?:です|でし|だ|や(?:った|で|ね|わ|と)|じゃ|と(?:登録|設定|思|いう|言|い[いっ]|教|伝|答)"
    r"|に(?:し|設定|変え|決め)|で(?:登録|合|い[いけ])|で$|なん|かな|かも|みたい|らし|[。」』)!?.\n]|$|の語呂|って)"
)
_MARKS = (
    r"(?:\s|は|が|って|も|[:=→、「『]|is|was|ですね?|たしか|確か|たぶん|多分|えー?っ?と){0,5}"
)
_NOUNS = r"(?:(?!in |since |until |ない|ので|から|けど|ため|忘|わから|分から|何)[^。!?\n▢▦はがをで\d]){0,12}?"
_ANY_NUMBER = r"(?:\d\d[との]\d\d|\d[\d\-:/.,・ ー~]*\d¤?|\d[\d,]+¤)"
_TOLD = re.compile(rf"{TOLD_SUBJECT}{_MARKS}{_NOUNS}(?P<told>{_ANY_NUMBER}){_END}")
_MADE = re.compile(
    rf"(?<!\d)\d[\d\-:/.・]{{0,20}}\d(?:年|日)?[がを](?:[^。\d\n]{{1,3}}の)?{TOLD_SUBJECT}(?:に|です|だ|な|$|。)"
)
_KANA_CODE = re.compile(rf"{TOLD_SUBJECT}{_MARKS}[ぁ-ん]{{2,6}}[-ー ]?\d{{2,3}}{_END}")
_HINT = re.compile(
    rf"{TOLD_SUBJECT}{_MARKS}[^。!?\n\d]{{0,14}}(?:誕生日|生年月日|生まれ|記念日|結婚)[^。!?\n\d]{{0,6}}"
    r"(?:(?:昭和|平成|令和|大正|19|20)?\d{1,2}年)?(?:\d{1,2}月\d{1,2}日|\d{1,2}/\d{1,2}|\d{2,4}年)"
    rf"(?:生まれ)?{_END}"
)
# 「暗証番号は電話番号の下4桁、電話は03-…」: the number it is taken from stands beside it.
_SOURCE = r"(?:電話|でんわ|携帯|番地|住所|車|郵便番号|部屋|誕生日|生年月日|生まれ年|記念日)"
_SAME = r"(?:下|後ろ|うしろ|最後|末尾|同じ|そのまま|から(?:取|と)|逆)"
_TAKEN_FROM = re.compile(
    rf"{TOLD_SUBJECT}[はがを]\s?[^。\n\d]{{0,6}}{_SOURCE}[^。\n]{{0,12}}?{_SAME}[^。\n]{{0,30}}?\d{{3,4}}(?!\d)"
    rf"|\d{{4}}(?!\d)[^\n\d]{{0,12}}{TOLD_SUBJECT}[はがも]\s?(?:その|それ|これ|この|{_SOURCE})"
    rf"[^。\n]{{0,8}}{_SAME}"
)
_LOCK = re.compile(
    r"(?:[右左](?:に|へ)?\d{1,3}[、,\s]?){3}|"
    r"(?:(?:鍵|かぎ|金庫|自転車|すーつけーす|ちぇーん)の?(?:番号|だいやる|数字|かぎ|鍵|ろっく)|だいやる|南京錠)"
    r"\s?(?:は|が|を|:)\s?\d{3}(?:です|でし|だ|に(?:合わ|し|設定)|で開|$|。)"
)
_KANA_PASSWORD = re.compile(
    rf"(?:{PASSWORD_WORDS})\s?(?:は|が|:|=)?\s?[「『\"][ぁ-んー]{{3,12}}[」』\"]"
    r"(?:です(?!か)|でし|だ|なん|に(?:し|設定)|$|。)"
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
        if _TAKEN_FROM.search(whole) or _LOCK.search(whole):
            return [Kind.PIN4]
    if _KANA_PASSWORD.search(whole):
        return [Kind.PASSWORD]
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
    r"(?:(?:最初|さいしょ|はじめ|初め|頭|先頭|前半|後半|前|最後|さいご|末尾|後ろ|うしろ|上|下|残り|のこり|次)"
    r"の?(?:\d(?:つ|桁|けた|文字|個))?|\d(?:つ|桁|けた|文字|個|番)(?:目|め)|[千百十1]の位)"
    r"の?(?:数字|番号|文字)?(?:は|が|に|:|、|\s)\s?"
)
_ONE_SAID = r"(?:ぜろ|れい|まる|いち|にい?|さん|よん|ごお?|ろく|なな|はち|きゅう)"
_PART = re.compile(
    rf"{_PART_NAME}(?:\d{{1,3}}|[a-z]{{1,2}}|{_ONE_SAID})"
    rf"(?:{_END}|[、\s]|な[のん]|で始|と続|から始|で、?(?=[上下前後残最次あそう]))"
)
_PART_IN_ENGLISH = re.compile(
    r"(?:starts?|begins?|ends?) (?:with|in) \d{1,3}(?!\d)"
    r"|(?:first|last|other|next)(?: \w{1,6})? (?:digits?|numbers?|letters?)(?: are| is|:)"
    r" \d{1,3}(?!\d)"
)
_PRESSURE = re.compile(r"[上下]\D{1,3}\d{3}")
_PART_OF_NUMBER = re.compile(r"桁|けた|数字|文字|番号|\dつ[はが]|半")
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
    rf"|{_SAID}[x×]4(?!\d)|(?<!\d)\d{{1,2}}で(?:始|はじ)ま"
    r"|(?<!\d)\d{2,3}(?:まで|だけ)(?:は|なら)?(?:わか|分か|覚え|思い出)"
)
_BUILT = re.compile(
    rf"{_SAID}[がを][23](?:つ|個|回)(?:と|に|、|で|あと|残り|最後|は|が|,){{1,4}}\d(?!\d)"
    rf"|{_SAID}の?ぞろ目|ぜろ4(?:つ|個)|\d{{1,3}}と\d{{1,3}}を(?:つな|続け|並べ|合わせ|くっつ|足し)"
)
_OF_LENGTH = re.compile(
    rf"[3-8](?:桁|けた|文字)(?:の(?:数字|番号))?(?:は|が|で|:)\s?\d{{3,8}}{_END}"
)
_MASK = "*?x_■□●"
_MASKED = re.compile(
    rf"(?<![a-z0-9*?])(?=(?:[{_MASK}]*\d){{2}})(?=\d*[{_MASK}])[\d{_MASK}]{{4}}(?![a-z0-9*?])"
    rf"|(?<![a-z0-9*?])(?=[\d ]{{0,6}}[{_MASK}])(?=(?:[{_MASK}] ){{0,2}}\d (?:[{_MASK}] ){{0,2}}\d)"
    rf"(?:[\d{_MASK}] ){{3}}[\d{_MASK}](?![a-z0-9*?])"
)


def part_of_secret(whole: str, strict: bool) -> list[Kind]:
    """A part, or a way to build it: 下2桁は34, ゼロが4つ, 12**, 1から順に.

    strict: a word for a secret stands near, so the name of a part alone is enough.
    """
    parts = list(_PART.finditer(whole))
    named = strict or any(_PART_OF_NUMBER.search(part.group()) for part in parts)
    if not named:  # 上が135で下が85 is a blood pressure
        parts = [part for part in parts if not _PRESSURE.match(part.group())]
    if len(parts) > 1 or (parts and named) or by_position(whole, strict):
        return [Kind.PIN4]
    if any(sign.search(whole) for sign in (_SAME_DIGIT, _BUILT, _PART_IN_ENGLISH, _OF_LENGTH)):
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
