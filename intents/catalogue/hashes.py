"""「 #9110」 in a text without quotes: YAML takes all that follows for a note, and drops it unsaid.

A note is 「#」 and a space. 「#」 with a letter or digit right behind it is part of what one wants to say.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

import yaml

from intents.catalogue.nodes import Fault
from intents.model import Place

# Behind a bracket or quote that closes, YAML needs no space before a note.
_MARK = re.compile(r"(?:^|(?<=[ \t\r\n\[\]{},\"']))#(?=[^\W_])", re.MULTILINE)
# A line of its own is a note even without the space (「#minutes: 45」), unless it begins with a number to dial.
_DIALLED = re.compile(r"#\d{3,4}(?![\d./:：年月-])")
_SHOWN = 12


def cut_texts(name: str, lines: Sequence[str], loader: type, unread: bool) -> Iterator[Fault]:
    """A fault for every text that is cut at its 「#」, as far as YAML can read the file.

    `unread`: YAML cannot read the file as a whole, which may be why.
    """
    text = "".join(lines)
    found = [match.start() for match in _MARK.finditer(text)]
    if not found:
        return
    starts = [0, *accumulate(map(len, lines))]
    spans, end = _texts(text, loader, starts)
    begins = [begin for begin, _ in spans]
    for at in found:
        before = bisect_right(begins, at) - 1
        if at < end and not (before >= 0 and at < spans[before][1]):
            number = bisect_right(starts, at)
            head, rest = text[starts[number - 1] : at], text[at : starts[number]].strip()
            if words := _words(head.strip(), rest):
                yield Fault(Place(name, number), words, hides=unread)


def _texts(text: str, loader: type, starts: Sequence[int]) -> tuple[list[tuple[int, int]], int]:
    """Where texts begin and end, and how far the file could be read."""
    spans = []
    end = 0
    try:
        for token in yaml.scan(text, Loader=loader):
            end = token.end_mark.index
            if isinstance(token, yaml.ScalarToken):
                begin = token.start_mark.index
                # A note may stand on the line of the bar: the text begins on the next.
                barred = token.style in ("|", ">")
                spans.append((starts[bisect_right(starts, begin)] if barred else begin, end))
    except yaml.MarkedYAMLError as error:
        return spans, error.problem_mark.index if error.problem_mark else end
    return spans, len(text)


def _words(head: str, rest: str) -> str:
    shown = rest if len(rest) <= _SHOWN else f"{rest[:_SHOWN]}…"
    note = "説明なら「# 」と空白を入れる"
    if head:
        return f'「{shown}」から後は読まれません。文全体を引用符「"」で囲んでください（{note}）。'
    if _DIALLED.match(rest):
        return f"「{shown}」の行は読まれません。文の続きなら字下げをそろえてください（{note}）。"
    return ""
