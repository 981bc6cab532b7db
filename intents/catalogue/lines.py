"""The lines of a YAML text, as YAML counts them, and which of them are the inside of a longer text.

Told from the lines alone, so that it holds in a file that YAML itself cannot read.
"""

from __future__ import annotations

import re

_LINE = re.compile("[^\r\n\x85\u2028\u2029]*(?:\r\n|[\r\n\x85\u2028\u2029])|[^\r\n\x85\u2028\u2029]+")
_KEY = r"(?:[^\s\"'\[{#|>].*?|\"[^\"]*\"|'[^']*'): +"
# 「ja: |」, 「- >-  # note」: what follows, indented further, is text.
_BLOCK = re.compile(rf"(?P<lead> *(?:- +)*)(?P<key>{_KEY})?[|>][-+0-9]*(?: +#.*)? *$")
_QUOTE = re.compile(rf" *(?:- +)*(?:{_KEY})?(?P<quote>[\"'])")
_CLOSED = {'"': re.compile(r'(?:[^"\\]|\\.)*"'), "'": re.compile(r"(?:[^']|'')*'")}
# No line of YAML's own begins so: within a block it is a slip, not the block's end.
_SLIPPED = re.compile(r" *[\t\u00a0\u2000-\u200b\u202f\u205f\u3000\ufeff]")


def lines_of(text: str) -> list[str]:
    """The lines with their ends. CR LF, CR, LF, NEL and the two of Unicode end one."""
    return _LINE.findall(text)


def insides(lines: list[str]) -> list[str]:
    """For each line: the mark (| > " ') of the longer text that it goes on with, "" where it stands outside."""
    marks = [""] * len(lines)
    at = 0
    while at < len(lines):
        line = lines[at].rstrip("\r\n\x85\u2028\u2029")
        if block := _BLOCK.match(line):
            end = _mark_block(lines, at + 1, _column(block), line[block.end("lead") :], marks)
        elif quote := _QUOTE.match(line):
            end = _mark_quoted(lines, at, quote, marks)
        else:
            end = at + 1
        at = end
    return marks


def _column(block: re.Match[str]) -> int:
    """The column that a block's text must be further in than."""
    return len(block["lead"]) if block["key"] else block["lead"].rfind("-")


def _mark_block(lines: list[str], start: int, column: int, head: str, marks: list[str]) -> int:
    mark = ">" if re.search(r"(?:^|: +)>[-+0-9]*(?: +#.*)?$", head.rstrip()) else "|"
    for at in range(start, len(lines)):
        line = lines[at]
        if not line.strip(" \r\n\x85\u2028\u2029") or len(line) - len(line.lstrip(" ")) > column:
            marks[at] = mark
        elif not _SLIPPED.match(line):
            return at
    return len(lines)


def _mark_quoted(lines: list[str], start: int, quote: re.Match[str], marks: list[str]) -> int:
    mark = quote["quote"]
    if _CLOSED[mark].match(lines[start], quote.end()):
        return start + 1
    for at in range(start + 1, len(lines)):
        if _CLOSED[mark].match(lines[at]):
            marks[start + 1 : at + 1] = [mark] * (at - start)
            return at + 1
    return start + 1  # never closed: a fault of its own
