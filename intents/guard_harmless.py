"""Numbers that mean something else than a secret, each by its own shape, unit or label.

In: canonical text (guard_fold, guard_numbers). Out: the same with those numbers blanked, so that
what is left over can be judged. A weak shape is believed only where no word for a secret stands.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from intents.guard_numbers import ROUND
from intents.guard_words import (
    ASCII_LABEL,
    CARRIER_MODEL,
    DEVICE,
    LABEL,
    LONG_UNIT,
    PLACE,
    UNIT,
)

BLANK = "▢"
DATE = "▦"  # a blanked date: a bare clock time beside it is a time


class Harmless(NamedTuple):
    """One kind of harmless number. `sure` kinds hold even beside a word for a secret."""

    name: str
    pattern: re.Pattern[str]
    sure: bool = True
    leaves: str = BLANK
    check: Callable[[re.Match[str]], bool] | None = None


def _digits(found: re.Match[str]) -> str:
    return re.sub(r"\D", "", found.group())


def _is_phone(found: re.Match[str]) -> bool:
    """Japanese numbers have 10 or 11 digits and start with 0; abroad they start with +."""
    digits = _digits(found)
    if found.group().startswith("+"):
        return 9 <= len(digits) <= 13
    return digits.startswith("0") and len(digits) in (10, 11)


def clock_or_day(digits: str) -> bool:
    """Are four digits an office hour (HHMM, by five minutes) or a day of the year (MMDD)?"""
    return is_clock(digits) or is_day(digits)


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
    return clock_or_day("".join(part.zfill(2) for part in re.findall(r"\d+", found.group())))


def _own_unit(found: re.Match[str]) -> bool:
    """Four digits and more need a unit that nothing else begins with (1234分かりますか)."""
    longest = max(map(len, re.findall(r"\d+", found.group("last"))))
    return longest <= 3 or LONG_UNIT.match(found.string, found.end("last")) is not None


def _mixed_address(found: re.Match[str]) -> bool:
    sizes = [len(part) for part in re.findall(r"\d+", found.group())]
    return len(set(sizes)) > 1 and sum(sizes) <= 8


_NUM = r"\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d{1,2}(?!\d))?"
_YMD = (
    r"(?:(?:19|20)\d\d[/.\-]|(?:昭和|平成|令和|大正|明治|[rhst])\d{1,2}[/.\-]|\d{1,2}[/.])"
    r"(?:0?[1-9]|1[0-2])[/.\-](?:0?[1-9]|[12]\d|3[01])(?!\d|[/.\-]\d)"
)
_GO = r"(?:伺|行|い[きく]|着|予約|来|集合|開始|すたーと|お願|待ち|ねが)"

HARMLESS: tuple[Harmless, ...] = (
    Harmless("address of a page", re.compile(r"(?:https?://|www\.)(?![!-~]{0,200}?(?:pin|pass|pw)\w{0,4}=)[!-~]{1,400}+")),
    Harmless("page without http", re.compile(r"(?<![a-z0-9.@-])[a-z0-9-]{2,40}\.(?:com|jp|net|org|info|app|co|ne|or|go|lg)(?:\.jp)?(?:/[!-~]{0,200})?(?![a-z0-9@])")),
    Harmless("mail address", re.compile(r"(?<![a-z0-9._%+-])[a-z0-9._%+-]{1,64}+@[a-z0-9.-]{1,100}\.[a-z]{2,10}")),
    Harmless("name of a photo", re.compile(
        r"(?<![a-z])(?:img|dsc[nf]?|pxl|mvi|vid|screenshot|photo|image|scan)[-_ ]?[\d_-]{2,24}(?:\.[a-z0-9]{3,4})?(?![a-z0-9])")),
    Harmless("phone", re.compile(
        r"(?<![\d+])(?<!\d[-.])(?:\+\d{1,3}[- ]?)?\(?\d{1,4}\)?(?:[- .)(ー]|の){1,2}\d{1,4}(?:[- .)(ー]|の){1,2}\d{3,4}(?!\d|-\d)"), check=_is_phone),
    Harmless("phone in a row", re.compile(r"(?<!\d)(?:0\d{9,10}|\+\d{11,13}|0\d{1,3}-\d{6,8})(?![\d]|-\d)"), check=_is_phone),
    Harmless("police line", re.compile(r"#\s?\d{4}(?!\d)|0(?:120|570|800|90|80|70)(?=から|で始|の番号|の電話)")),
    Harmless("postcode", re.compile(r"〒\s?\d{3}[- ]?\d{4}(?!\d)|(?<![\d-])\d{3}[-ー]\d{4}(?!\d|-\d)")),
    Harmless("postcode in a row", re.compile(r"(?<!\d)(?:1\d|20)\d{5}(?!\d)"), sure=False),
    Harmless("time", re.compile(r"(?<![\d:])(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?(?![\d:])")),
    Harmless("full date", re.compile(rf"(?<![\d/.\-a-z]){_YMD}"), leaves=DATE),
    Harmless("day", re.compile(r"(?<![\d/])(?:0?[1-9]|1[0-2])/(?:0?[1-9]|[12]\d|3[01])(?![\d/])"), leaves=DATE),
    Harmless("date in words", re.compile(r"(?:\d{1,2}月)?\d{1,2}日(?!本)"), leaves=DATE),
    Harmless("day or time with a dot", re.compile(
        r"(?<![\d.-])\d{1,2}[.-]\d{2}(?![\d.-])(?=\s?(?:から|まで|~|に|は|で))"), sure=False, check=_is_pair),
    Harmless("clock beside a date", re.compile(rf"(?:{DATE}|曜日?|今日|明日|午前|午後)\s?の?\s?\d{{4}}(?!\d)"), sure=False, check=_is_clock),
    Harmless("clock of a visit", re.compile(rf"(?<!\d)\d{{4}}(?=\s?(?:ごろ|頃|ころ|(?:に|から|で)\s?{_GO}))"), sure=False, check=_is_clock),
    Harmless("clock in English", re.compile(r"(?<=\bat )\d{4}(?!\d)"), sure=False, check=_is_clock),
    Harmless("sum", re.compile(rf"[¥$€]\s?(?:{_NUM})|(?:{_NUM}){ROUND}")),
    Harmless("list with a unit", re.compile(rf"(?<!\d)\d{{1,2}}(?:[、,・]\s?\d{{1,2}}){{1,6}}(?=日|時|歳|人|階|回)"), leaves=DATE),
    Harmless("number with a unit", re.compile(
        rf"(?<![\d])(?:\d{{1,5}}\s?[~]\s?|\d{{1,3}}\s?[、・,と-]\s?)?(?P<last>{_NUM})(?:{UNIT})"), check=_own_unit),
    Harmless("address", re.compile(
        rf"{PLACE}\s?\d{{1,3}}(?:(?:[-ー]|の|{BLANK}){{1,2}}\d{{1,4}}){{1,4}}(?!\d)")),
    Harmless("address by shape", re.compile(r"(?<![\d-])\d-\d{1,2}-\d{1,2}(?:-\d{3})?(?!\d|-\d)"), sure=False, check=_mixed_address),
    Harmless("labelled number", re.compile(
        rf"(?:{LABEL})(?:番号|こーど|なんばー|no\.?)?(?:[はがのも:、=\s「(]{{0,3}})(?:今|約|たった|合計|ちょうど|まだ|あと|もう)?"
        rf"-?\d[\d.,-]*(?![a-z])")),
    Harmless("labelled code", re.compile(
        rf"(?:型番|機種|品番|もでる|えらー(?:こーど|番号)?|(?<![a-z])id(?!の))[はが:\s]{{0,3}}[a-z0-9][a-z0-9._-]*")),
    Harmless("labelled number in English", re.compile(
        rf"(?<![a-z])(?:{ASCII_LABEL})(?:[ .:]|no\.?|number|is){{0,3}} ?-?\d[\d.,-]*(?![a-z\d])")),
    Harmless("device", re.compile(
        rf"(?<![a-z])(?:{DEVICE})[ -]?\d{{1,3}}(?:\.\d{{1,2}}){{0,3}} ?(?:pro|max|plus|mini|ultra|fe|se|[a-z])?(?![a-z0-9])")),
    Harmless("phone model", re.compile(rf"(?<![a-z0-9])(?:{CARRIER_MODEL})(?![a-z0-9])"), sure=False),
    Harmless("era", re.compile(r"(?<![a-z0-9])[rhst]\d{1,2}(?![a-z0-9])")),
    Harmless("version", re.compile(r"(?<![\d.])\d{1,3}\.\d{1,2}\.\d{1,3}(?![\d.])"), sure=False),
    Harmless("home network", re.compile(r"192\.168(?:\.\d{1,3}){2}")),
    Harmless("thousands", re.compile(r"(?<=[^\n])\d{1,3}(?:,\d{3})+(?!\d)|(?<![\d,])\d{1,3}(?:,\d{3})+(?=[^\d,])"), sure=False),
    Harmless("points of the programme", re.compile(r"(?<!\d)(?:11,?000|500)(?!\d)"), sure=False),
    Harmless("amount that came or went", re.compile(
        r"(?<!\d)\d{3,5}(?=しか(?:入|残|な|あり|もら|つ[いか])|ほど|もら[えっい]|ちゃーじ|貯ま|かか[りる]|足り|引かれ|減っ)"), sure=False),
    Harmless("year of something", re.compile(r"(?:19|20)\d\d(?=きゃんぺーん|版|年|夏|秋|冬|春)"), sure=False),
    Harmless("length of the PINs", re.compile(r"(?<!\d)6\s?(?:[~-]|から|to|or|と)\s?16(?!\d)")),
)  # fmt: skip


def blank_harmless(text: str, strict: bool) -> str:
    """Canonical text in, the same with harmless numbers blanked out.

    strict: a word for a secret stands near, so only numbers of a sure kind are believed.
    """
    for kind in HARMLESS:
        if strict and not kind.sure:
            continue
        text = kind.pattern.sub(lambda found, kind=kind: _blank(found, kind), text)
    return text


def _blank(found: re.Match[str], kind: Harmless) -> str:
    if kind.check is not None and not kind.check(found):
        return found.group()
    return kind.leaves
