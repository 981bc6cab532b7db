"""Numbers that mean something else than a secret, each by its own shape, unit or label.

In: canonical text (guard_fold, guard_numbers). Out: the same with those numbers blanked, so that
what is left over can be judged. A weak shape is believed only where no word for a secret stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from intents.guard.numbers import ROUND
from intents.guard.words import (
    AMOUNT,
    ASCII_LABEL,
    ASCII_UNIT,
    DEVICE,
    LONG_UNIT,
    NUMBERED,
    PHONE_MAKER,
    PLACE,
    UNIT,
)

BLANK = "▢"
DATE = "▦"  # a blanked date: a bare clock time beside it is a time


def _digits(found: re.Match[str]) -> str:
    return re.sub(r"\D", "", found.group())


def _is_phone(found: re.Match[str]) -> bool:
    """Japanese numbers have 10 or 11 digits and start with 0; abroad they start with +."""
    digits = _digits(found)
    if found.group().startswith("+"):
        return 9 <= len(digits) <= 13
    return digits.startswith("0") and len(digits) in (10, 11)


def is_clock(digits: str) -> bool:
    """HHMM between 8:00 and 18:55 in steps of five minutes, as people give times of a visit."""
    return 8 <= int(digits[:2]) <= 18 and int(digits[2:]) in range(0, 60, 5)


def is_day(digits: str) -> bool:
    """MMDD that exists in some year."""
    days = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    month, day = int(digits[:2]), int(digits[2:])
    return 1 <= month <= 12 and 1 <= day <= days[month - 1]


def _is_clock(found: re.Match[str]) -> bool:
    return is_clock(_digits(found))


def _is_pair(found: re.Match[str]) -> bool:
    pair = "".join(part.zfill(2) for part in re.findall(r"\d+", found.group()))
    return is_clock(pair) or is_day(pair)


def _own_unit(found: re.Match[str]) -> bool:
    """Four digits and more need a unit that nothing else begins with (1234分かりますか)."""
    longest = max(map(len, re.findall(r"\d+", found.group("last"))))
    return longest <= 3 or LONG_UNIT.match(found.string, found.end("last")) is not None


def _mixed_address(found: re.Match[str]) -> bool:
    """4-21-27 is an address; 12-34-56, all of one size, is a number in bits."""
    sizes = [len(part) for part in re.findall(r"\d+", found.group())]
    return len(set(sizes)) > 1 and sum(sizes) <= 8


class Harmless(NamedTuple):
    """One kind of harmless number. `sure` kinds hold even beside a word for a secret.

    needs: at least one of these strings stands in every text that has such a number, so that the
    pattern is not tried on the others.
    """

    name: str
    pattern: re.Pattern[str]
    sure: bool = True
    check: Callable[[re.Match[str]], bool] | None = None
    leaves: str = BLANK
    needs: tuple[str, ...] = ()


def _kind(
    name: str,
    *parts: str,
    sure: bool = True,
    check: Callable[[re.Match[str]], bool] | None = None,
    leaves: str = BLANK,
    needs: str = "",
) -> Harmless:
    pattern = re.compile("".join(parts))
    return Harmless(name, pattern, sure, check, leaves, tuple(needs.split("|")) if needs else ())


_NUM = r"\d{1,3}(?:,\d{3}){1,4}(?!\d)|\d+(?:\.\d{1,2}(?!\d))?"
_M = r"(?:0?[1-9]|1[0-2])"
_D = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?:19|20)\d\d"
_ERA = r"(?:昭和|平成|令和|大正|明治|[rhst])"
_MONTH = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]{0,6}\.?"
_GO = r"(?:伺|行|い[きく]|着|予約|来|集合|開始|すたーと|お願|待ち|ねが)"
_GADGET = r"(?:(?:smart|i)?phone|model|mobile|tablet|handset|device|edition)"
_PAPER = r"(?:整理券|番号札|札|部屋|受付|年|便|列車)"
# エラー4412と入れた tells what was typed, not which error came.
_SHOWN = r"(?=」?(?:と|って|が)?(?:出|表示|でる|でた))"
_TYPED = r"」?\s?[とをで]?(?:入れ|いれ|打|押)"
_CAME = (
    r"(?:しか(?:入|残|な|あり|もら|つ[いか])|ほど|もら[えっい]|ちゃーじ|貯ま|かか[りる]|足り|引かれ|減っ)"
)

_NAMES = (
    _kind("address of a page", r"(?:https?://|www\.)(?![!-~]{0,200}?(?:pin|pass|pw)\w{0,4}=)",
          r"[!-~]{1,400}+", needs="://|www."),
    _kind("page without http", r"(?<![a-z0-9.@-])(?:[a-z0-9-]{1,40}\.){1,4}",
          r"(?:com|jp|net|org|info|app|co|ne|or|go|lg)(?:\.jp)?(?:/[!-~]{0,200})?(?![a-z0-9@])",
          needs=".co|.jp|.ne|.or|.in|.ap|.go|.lg"),
    _kind("mail address", r"(?<![a-z0-9._%+-])[a-z0-9._%+-]{1,64}+",
          r"@[a-z0-9.-]{1,100}\.[a-z]{2,10}", needs="@"),
    _kind("page or paper", r"(?<![a-z0-9])\d{1,8}\.(?:html?|php|pdf)(?![a-z0-9])",
          sure=False, needs=".htm|.php|.pdf"),
    _kind("name in a network", r"(?<![!-~])@[a-z][a-z0-9_.]{2,30}", sure=False, needs="@"),
    _kind("tag of a year", rf"#[ぁ-んー一-龥]{{2,20}}{_YEAR}(?!\d)", sure=False, needs="#"),
    _kind("name of a photo", r"(?<![a-z])(?:img|dsc[nf]?|pxl|mvi|vid|screenshot|photo|image|scan)",
          r"[-_ ]?[\d_-]{2,24}(?:\.[a-z0-9]{3,4})?(?![a-z0-9])",
          needs="img|dsc|pxl|mvi|vid|shot|photo|image|scan"),
)  # fmt: skip

_PHONES = (
    _kind("phone", r"(?<![\d+])(?<!\d[-.])(?:\+\d{1,3}[- ]?)?\(?\d{1,4}\)?(?:[- .)(ー]|の){1,2}",
          r"\d{1,4}(?:[- .)(ー]|の){1,2}\d{3,4}(?!\d|-\d)", check=_is_phone, needs="0|+"),
    _kind("phone in a row", r"(?<!\d)(?:0\d{9,10}|\+\d{11,13}|0\d{1,3}-\d{6,8})(?![\da-z]|-\d)",
          check=_is_phone, needs="0|+"),
    _kind("advice line", r"(?:#|しゃーぷ)[\s、]*(?:9[\s、]*1[\s、]*1[\s、]*0|7119|8000)(?!\d)",
          needs="#|しゃーぷ"),
    _kind("emergency line", r"(?<!\d)(?<!\d\W)11[089](?:[・、/]11[089])*(?!\W?\d)",
          r"|(?<!\d)(?<!\d\W)188(?!\W?\d)", needs="110|118|119|188"),
    _kind("local phone", r"(?:電話|でんわ|tel|fax|連絡先)(?:番号)?[はがも:\s]{0,2}",
          r"\d{4}(?:[- ]|の)?\d{4}(?!\d)", sure=False, needs="電話|でんわ|tel|fax|連絡先"),
    _kind("head of a phone number", r"0(?:120|570|800|90|80|70)(?=から|で始|の番号|の電話)",
          needs="0"),
    _kind("postcode", r"〒\s?\d{3}[- ]?\d{4}(?!\d)|(?<![\d-])\d{3}[-ー]\d{4}(?!\d|-\d)",
          needs="〒|-|ー"),
    _kind("postcode in a row", r"(?<![\da-z])(?:(?:1\d|20)\d{5}|1\d\d 00\d\d)(?! ?[\da-z])",
          sure=False),
)  # fmt: skip

_TIMES = (
    _kind("time", r"(?<![\d:])(?:[01]?\d|2[0-4])(?::| : )[0-5]\d(?::[0-5]\d)?(?![\d:])", needs=":"),
    _kind("date in English", rf"(?<![a-z]){_MONTH} \d{{1,2}}(?:st|nd|rd|th)?(?:,? {_YEAR})?(?!\d)",
          rf"|(?<!\d){_YEAR} {_MONTH} \d{{1,2}}(?!\d)"
          rf"|(?<!\d)\d{{1,2}}(?:st|nd|rd|th)? (?:of )?{_MONTH}(?:,? {_YEAR})?(?!\d)",
          leaves=DATE, needs="jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"),
    _kind("full date", rf"(?<![\d/.\-a-z])(?:(?:{_YEAR}(?:[/.\-]| (?=\d{{1,2}} \d))",
          rf"|{_ERA}\d{{1,2}}[/.\-]|\d{{1,2}}[/.]){_M}[/.\- ]{_D}(?!\d|[/.\-]\d)",
          rf"|{_M}/{_D}/{_YEAR}(?!\d))", leaves=DATE),
    _kind("day", rf"(?<![\d/]){_M}/{_D}(?![\d/])", leaves=DATE, needs="/"),
    _kind("date in words", r"(?:\d{1,2}月)?\d{1,2}日(?!本)", leaves=DATE, needs="日"),
    _kind("day or time with a dot", r"(?<![\d.-])\d{1,2}[.-]\d{2}(?![\d.-])",
          r"(?=\s?(?:から|まで|~|に|は|で))", sure=False, check=_is_pair, needs=".|-"),
    _kind("clock beside a date", rf"(?:{DATE}|曜日?|今日|明日|午前|午後)\s?の?\s?\d{{4}}(?!\d)",
          sure=False, check=_is_clock),
    _kind("clock of a visit", rf"(?<!\d)\d{{4}}(?=\s?分?(?:ごろ|頃|ころ|(?:に|から|で)\s?{_GO}))",
          sure=False, check=_is_clock),
    _kind("clock in English", r"(?<=\bat )\d{4}(?!\d)", sure=False, check=_is_clock, needs="at "),
    _kind("year beside its era", rf"{_YEAR}(?=\s?\([^)\n]{{1,6}}\)\s?年)|(?<=年)\({_YEAR}(?=年?\))",
          needs="("),
    _kind("year in English", r"(?<!type )(?<!typed )(?<!put )(?<!key )(?<!keyed )(?<![a-z])",
          rf"(?:in|since|until) {_YEAR}(?!\d)", needs="in |since|until"),
    _kind("year of a thing", rf"(?<!\d){_YEAR} (?={_GADGET})",
          rf"|{_GADGET}(?: (?:is|was|made|bought)){{0,2}} (?:from|of) {_YEAR}(?!\d)",
          needs="phone|model|mobile|tablet|handset|device|edition"),
)  # fmt: skip

_MEASURES = (
    _kind("arithmetic", r"(?<!\d)\d{1,5}(?: ?[+×*-] ?\d{1,5}){1,4} ?= ?\d{1,6}(?!\d)",
          sure=False, needs="="),
    _kind("sum of money or points", rf"[¥$€]\s?(?:{_NUM})|(?:{_NUM}){ROUND}",
          needs=f"¥|$|€|{ROUND}"),
    _kind("list with a unit", r"(?<!\d)\d{1,2}(?:[、,・]\s?\d{1,2}){1,6}(?=日|時|歳|人|階|回)",
          leaves=DATE, needs="日|時|歳|人|階|回"),
    _kind("number with a unit", r"(?<!\d)(?<!\d \d )(?:\d{1,5}\s?~\s?|\d{1,3}\s?[、・,と-]\s?)?",
          rf"(?P<last>{_NUM})(?:{UNIT})", check=_own_unit),  # 1 9 4 5年: no unit for its last piece
    # Not inside a code: the 0rd of passw0rd is no ordinal.
    _kind("number with a unit in English", rf"(?<![\da-z])(?:\d{{1,5}} ?[~-] ?)?(?:{_NUM})",
          ASCII_UNIT),
    _kind("version", r"(?<![\d.])\d{1,3}\.\d{1,2}\.\d{1,3}(?![\d.])", sure=False, needs="."),
    _kind("thousands", r"(?<=[^\n])\d{1,3}(?:,\d{3})+(?!\d)",
          r"|(?<![\d,])\d{1,3}(?:,\d{3})+(?=[^\d,])", sure=False, needs=","),
    _kind("points of the programme", r"(?<![\da-z,.])(?:11,?000|500)(?![\da-z])",
          sure=False, needs="000|500"),
    _kind("amount that came or went", rf"(?<!\d)\d{{3,5}}(?={_CAME})", sure=False),
)  # fmt: skip

_PLACES = (
    _kind("address", rf"{PLACE}\s?\d{{1,3}}(?:(?:[-ー]|の|{BLANK}){{1,2}}\d{{1,4}}){{1,4}}(?!\d)"),
    _kind("address by shape", r"(?<![\d-])\d-\d{1,2}-\d{1,2}(?:-\d{3})?(?!\d|-\d)",
          sure=False, check=_mixed_address, needs="-"),
    _kind("address in English", r"(?<!\d)\d{1,5} (?:[a-z]{1,12} ){1,2}",
          r"(?:street|avenue|ave|road|drive|lane|blvd)(?![a-z])",
          needs="street|ave|road|drive|lane|blvd"),
)  # fmt: skip

_LABELLED = (
    _kind("labelled number", rf"(?:(?:{NUMBERED})(?:の?番号|こーど|なんばー|no\.?)?|{AMOUNT})",
          r"[はがのも:、=\s「(]{0,3}(?:今|約|たった|合計|ちょうど|まだ|あと|もう)?",
          rf"-?\d[\d.,-]*+(?![a-z]|{_TYPED})"),
    _kind("labelled code",
          r"(?:型番|機種|品番|もでる|(?:びるど|しりある|製造)(?:番号|no\.?)?|ssid|えらー(?:こーど|番号)?|(?<![a-z])id(?=[はが:\s]))",
          rf"[はが:\s]{{0,3}}[a-z0-9][a-z0-9._-]*+(?!{_TYPED})"),
    # line2026 in one piece may be a secret, error1001 hardly.
    _kind("labelled number in English", rf"(?<![a-z])(?:{ASCII_LABEL})",
          r"(?:(?:[ .:]|no\.?|number|is){1,3}|(?<=error)|(?<=room)|(?<=ver))",
          r" ?-?\d[\d.,-]*(?![a-z\d])"),
    _kind("number of a thing behind it", rf"(?<!\d)\d{{4}}(?:番|号)?(?=の{_PAPER})",
          sure=False, needs="の"),
    _kind("year of something", rf"{_YEAR}(?=きゃんぺーん|版|もでる|年|夏|秋|冬|春)",
          rf"|(?:windows|office) ?{_YEAR}(?!\d)|\d{{4}}(?=運動|問題)", sure=False),
    _kind("number plate", r"[一-龥]{2,3} ?\d{3} ?[ぁ-ん] ?\d{1,2}[-・]?\d{2}(?!\d)", sure=False),
    _kind("flight", r"(?:flight|train) [a-z]{2} ?\d{1,4}(?!\d)",
          r"|(?<![a-z0-9])[a-z]{2}\d{2,4}(?=(?:という)?便)", needs="flight|train|便"),
    _kind("device", rf"(?<![a-z])(?:{DEVICE})[ -]?\d{{1,3}}(?:\.\d{{1,2}}){{0,3}} ?",
          r"(?:pro|max|plus|mini|ultra|fe|se|[a-z])?(?![a-z0-9])"),
    _kind("device of a year", r"(?:iphone|ipad|oppo|moto|macbook)",
          r"[ a-z]{0,6}(?: ?a?\d{1,2})? 20[12]\d(?!\d)",
          sure=False, needs="iphone|ipad|oppo|moto|macbook"),
    _kind("phone with its model", rf"(?<![a-z])(?:{PHONE_MAKER})(?: [a-z]{{1,8}}){{0,2}}",
          r" ?[a-z]{0,7}\d{1,2}[a-z]{0,3}(?![a-z0-9])"),
    _kind("error shown", rf"(?<![a-z0-9])e-?\d{{3,5}}{_SHOWN}", needs="e"),
    _kind("error code shown", rf"(?<![a-z0-9])[a-z]{{2,5}}[-_]\d{{3,5}}{_SHOWN}|err[-_]\d{{3,5}}",
          sure=False, needs="-|_"),
    _kind("example of a script", r"(?:like|such as|例えば|例は?)[ :、]?(?:abc|123)(?![a-z0-9])",
          needs="abc|123"),
)  # fmt: skip

HARMLESS: tuple[Harmless, ...] = (
    *_NAMES, *_PHONES, *_TIMES, *_MEASURES, *_PLACES, *_LABELLED
)  # fmt: skip


def blank_harmless(text: str, strict: bool) -> str:
    """Canonical text in, the same with harmless numbers blanked out.

    strict: a word for a secret stands near, so only numbers of a sure kind are believed.
    """
    for kind in HARMLESS:
        if strict and not kind.sure:
            continue
        if not kind.needs or any(sign in text for sign in kind.needs):
            text = _blank(text, kind)
    return text


def _blank(text: str, kind: Harmless) -> str:
    def leave(found: re.Match[str]) -> str:
        believed = kind.check is None or kind.check(found)
        return kind.leaves if believed else found.group()

    return kind.pattern.sub(leave, text)
