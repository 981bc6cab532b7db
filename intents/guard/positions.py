"""A PIN told position by position: さいしょが3、つぎが8…, first is 4 then 9 then 2.

In: canonical text with every number in it (guard_numbers). Out: whether single digits are told one
place after another. A digit with a unit or a word behind it (3日, 3 people) is no place of a PIN.
"""

from __future__ import annotations

import re

_SAID = r"(?:ぜろ|れい|まる|いち|にい|さん|よん|しち|ろく|なな|はち|ぱち|きゅう|ごお?|に|し|く)"
_DIGIT = rf"(?:\d(?!\d)|{_SAID}(?![ぁ-んー]|$)|{_SAID}(?=です|だ|で|$))"
_NTH = r"第\d|(?:\d|いち|に|さん|よん|ひと|ふた|みっ|よっ)(?:番目|番め|ばんめ|つ目|つめ|桁目|桁め|けため|けた目|文字目|個目|こめ)"
_NAME = (
    r"(?:(?:1番|いちばん)?(?:最初|さいしょ|初め|はじめ|始め|頭|あたま|先頭|最後|さいご|おしまい|おわり|終わり"
    r"|おしり|お尻|末尾|真ん?中|まんなか)|(?:その|また|お)?(?:次|つぎ|後|あと)|まず|それから|そして|それで|(?:続|つづ)いて|しまい|まっさき|しめ"
    rf"|残り|のこり|{_NTH})(?:の?(?:数字|番号|文字|ほう|方))?"
)
_NEXT_NAME = r"次|つぎ|さいご|最後|おしまい|おわり|終わり|その|それ|そし|あと|また|残り|のこり|いちばん"
_ENDS = (
    rf"(?=\s?(?:[、,。.!?」\s]|$|です|でし|で(?![ぁ-ん])|で(?:{_NEXT_NAME})|だ|や(?![ぁ-ん])|や[でわねっ]|ね|よ"
    rf"|を?(?:押|おし|入れ|いれ|打|うっ)|と\s?\d(?!\d)|{_NEXT_NAME}))"
)
_PLACE = re.compile(
    rf"{_NAME}[はがにもを:、\s]{{0,3}}{_DIGIT}(?P<more>(?:[、,と\s]{{1,2}}\d(?!\d)){{0,3}}){_ENDS}"
)

_ORDINAL = r"first|second|third|fourth|fifth|sixth|1st|2nd|3rd|[4-9]th|last|final|next"
_ENGLISH_NAME = (
    rf"(?<![a-z\d])(?:{_ORDINAL}|then|finally|after that|(?:the )?(?:rest|others?)|starts?|begins?|ends?)"
    r"(?: (?:digit|number|one|letter|character)s?)?"
    r"|(?<![a-z\d])(?:digit|number) (?:one|two|three|four|[1-4])(?= is|:)"
)
_ENGLISH_DIGIT = (
    r"(?:\d(?![\d:])|(?<=is )one(?![a-z])|(?:zero|two|three|four|five|six|seven|eight|nine)(?![a-z]))"
)
_ENGLISH_ENDS = (
    r"(?=\s*(?:[,.;!?\n]|$|and\b|then\b|but\b|in the\b|at the\b"
    rf"|(?:the )?(?:{_ORDINAL}|rest|finally|ends?)\b))"
)
_ENGLISH_PLACE = re.compile(
    rf"(?:{_ENGLISH_NAME})(?:'s |[,: ]|is |are |with |comes |a |the |then |then it's ){{1,4}}{_ENGLISH_DIGIT}"
    rf"(?P<more>(?:(?:, ?and|,| and| )\s?\d(?![\d:])){{0,3}}){_ENGLISH_ENDS}"
)
_HEAD = re.compile(r"(?<!\d)\d (?:comes |goes |is )?first(?![a-z])")
# 「3rd digit is 5」 alone names a part; "the second digit" with nothing behind it does not.
_NAMED_DIGIT = re.compile(
    rf"(?<![a-z\d])(?:{_ORDINAL}|other|rest|remaining)(?: \w{{1,6}})? (?:digit|letter|character)s?"
    rf"(?: of \w{{1,4}} \w{{1,8}})?(?: is|:| =| was| are)(?: an?)? {_ENGLISH_DIGIT}{_ENGLISH_ENDS}"
    rf"|(?:{_ORDINAL}) number is {_ENGLISH_DIGIT}\W{{1,2}}"
    r"(?:and |but )?(?:the )?(?:rest|others?|remaining)"
)


def by_position(whole: str, strict: bool) -> bool:
    """Are single digits told by their places? Linear in the length of the text.

    strict: a word for a secret stands near, so two places are enough instead of three.
    """
    if _NAMED_DIGIT.search(whole):
        return True
    return _told(whole, _PLACE, 0, strict) or _told(whole, _ENGLISH_PLACE, len(_HEAD.findall(whole)), strict)


def _told(whole: str, place: re.Pattern[str], digits: int, strict: bool) -> bool:
    places = list(place.finditer(whole))
    digits += sum(1 + len(re.findall(r"\d", found["more"])) for found in places)
    return len(places) >= (2 if strict else 3) or (bool(places) and digits >= 4)
