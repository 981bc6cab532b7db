"""Typing slips seen on the lines: what YAML would report in words nobody understands, or swallow."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from intents.catalogue.keys import PLAIN_KEYS
from intents.catalogue.lines import lines_of
from intents.catalogue.nodes import Fault
from intents.model import Place

_CONTROL = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TAB = re.compile(r" *\t")
_WIDE_INDENT = re.compile(r" *[\u00a0\u2000-\u200b\u202f\u205f\u3000]")
_DASH = re.compile(r" *(?:-[\u00a0\u3000]|[－―–—−・･•][ \u3000]*\S)")
_KEY = re.compile(r" *(?P<dash>- +)?(?P<key>[A-Za-z_]+)(?P<colon> *：|:[\u00a0\u3000]|:(?=[^\s/]))")
_SWALLOWED = re.compile(rf" +(?:- +)?(?P<key>{'|'.join(sorted(PLAIN_KEYS))}):(?: |$)")
_NOTE = re.compile(" +# ")


def without_controls(name: str, text: str) -> tuple[str, list[Fault]]:
    """`text` as YAML can read it, and a fault for each line that holds a character YAML cannot."""
    if not _CONTROL.search(text):
        return text, []
    words = "目に見えない、使えない文字（制御文字）があります。その行を打ち直してください。"
    bad = [number for number, line in enumerate(lines_of(text), 1) if _CONTROL.search(line)]
    return _CONTROL.sub("", text), [Fault(Place(name, number), words) for number in bad]


def slips(name: str, lines: list[str], marks: list[str], unread: bool) -> Iterator[Fault]:
    """The slips of the lines; `marks` are their `insides`. `unread`: YAML cannot read the file as a whole."""
    for number, (line, mark) in enumerate(zip(lines, marks, strict=True), 1):
        place = Place(name, number)
        if mark in ("|", ">"):
            yield from _in_block(place, line.rstrip("\r\n"))
        elif not mark:
            yield from _outside(place, line, unread)


def _in_block(place: Place, line: str) -> Iterator[Fault]:
    """Indented too far, the next key or note becomes a sentence that residents read."""
    if found := _SWALLOWED.match(line):
        words = f"「{found['key']}:」が、すぐ上の文の中に入っています。字下げを、上の項目とそろえてください。"
        yield Fault(place, words, hides=True)
    elif _NOTE.match(line):
        words = "文の中の「# 」の行は、説明にならず、そのまま表示されます。説明なら、文の前に移してください。"
        yield Fault(place, words, stops=False)


def _outside(place: Place, line: str, unread: bool) -> Iterator[Fault]:
    for pattern, words in _INDENTS:
        if pattern.match(line):
            yield Fault(place, words, hides=True)
            return
    found = _KEY.match(line)
    # A phrase may well begin with 「FAX：」.
    meant = unread and found and found["colon"] != ":" and not found["dash"]
    if found and (found["key"] in PLAIN_KEYS or meant):
        yield Fault(place, _colon_words(found["key"], found["colon"]), hides=True)
    elif unread and _DASH.match(line):
        yield Fault(place, DASH_WORDS, hides=True)


_INDENTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (_TAB, "行の頭にタブがあります。半角の空白にしてください。"),
    (_WIDE_INDENT, "行の頭に全角の空白があります。半角の空白にしてください。"),
)
DASH_WORDS = "行の頭は、半角の「-」と半角の空白「- 」にしてください。"


def _colon_words(key: str, colon: str) -> str:
    if "：" in colon:
        return f"「{key}」の後のコロンが全角「：」です。半角の「: 」と空白にしてください。"
    if colon != ":":
        return f"「{key}:」の後の空白が全角です。半角の空白にしてください。"
    return f"「{key}:」の後に、半角の空白を入れてください。"


def continued_words(line: str) -> str:
    """What a line that goes on a plain text was meant to be: a list's line, a key, or "" for more text."""
    checks: tuple[Callable[[str], str], ...] = (_as_dash, _as_key)
    return next((words for check in checks if (words := check(line))), "")


def _as_dash(line: str) -> str:
    return DASH_WORDS if _DASH.match(line) or re.match(r" *-\S", line) else ""


def _as_key(line: str) -> str:
    found = _KEY.match(line)
    return _colon_words(found["key"], found["colon"]) if found and found["colon"] != ":" else ""
