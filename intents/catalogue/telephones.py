"""Telephone numbers of Japan: which of the numbers in a text cannot be dialled.

Judged is what looks like a number to dial: 0 or +81 first, in groups or eight to eleven digits in a row; and
the digits behind a 「#」. Postcodes, dates, amounts and short numbers (110, 188) are not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

_DASHES = re.compile("[‐‑‒–—―−ー─]")
_SPLIT = re.compile("[-() ]+")
_GROUPS = r"(?:[-() ]{1,2}\d{1,8}){1,4}"
_NUMBER = re.compile(rf"(?<![\d#.,/-])(?:\+81{_GROUPS}|\(?0\d{{1,4}}{_GROUPS}|0\d{{7,10}})(?!\d)")
_HASHED = re.compile(r"#(\d{2,})")
_POSTCODE = re.compile(r"\d{3}-\d{4}")
_MAY_BEGIN = re.compile("[0０#＃+＋]")
_LEAST = 7  # fewer digits than that are no attempt at a number
_ELEVEN = ("020", "050", "060", "070", "080", "090", "0800")
_SERVICES = ("0120", "0570", "0990")


def wrong_numbers(text: str) -> Iterator[tuple[int, str]]:
    """(offset in `text`, as written) of each number that is meant to be dialled and cannot be."""
    if not _MAY_BEGIN.search(text):
        return
    flat = _flat(text)
    for found in _NUMBER.finditer(flat):
        number = found[0]
        attempt = len(_digits(number)) >= _LEAST and not _POSTCODE.fullmatch(number)
        if attempt and not is_number(number):
            yield found.start(), text[found.start() : found.end()]
    for found in _HASHED.finditer(flat):
        # #9110, #7119, #8000: all of them have four.
        if len(found[1]) != 4:
            yield found.start(), text[found.start() : found.end()]


def as_dialled(text: str) -> str:
    """`text` in half-width digits and hyphens, if it is one whole number to dial; else ""."""
    flat = re.sub("[() ]+", "-", _flat(text.strip())).strip("-")
    return flat if re.fullmatch("0[0-9-]+", flat) and is_number(flat) else ""


def is_number(number: str) -> bool:
    """Whether `number` (half-width) has the digits, and in its groups the lengths, of one in Japan."""
    home = re.sub(r"^\+81[- ]?(?:\(0\))?[- ]?", "0", number)
    groups, digits = [group for group in _SPLIT.split(home) if group], _digits(home)
    if digits.startswith(_ELEVEN):
        return len(digits) == 11
    if len(digits) != 10 or digits.startswith("00"):
        return False
    # Area, exchange and number share the ten; only Tokyo's and Osaka's areas are of two digits.
    area = digits.startswith(("03", "06")) == (len(groups[0]) == 2)
    return digits.startswith(_SERVICES) or len(groups) < 3 or (area and len(groups[-1]) == 4)


def _digits(number: str) -> str:
    return _SPLIT.sub("", number)


def _flat(text: str) -> str:
    """Half-width, letter by letter, so that the offsets stay."""
    flat = "".join(half if len(half := unicodedata.normalize("NFKC", one)) == 1 else one for one in text)
    return _DASHES.sub("-", flat)
