"""YAML's own complaints → what staff should look at, in plain Japanese, on the line to mend."""

from __future__ import annotations

import re

import yaml

from intents.catalogue.lines import lines_of
from intents.catalogue.nodes import Fault
from intents.catalogue.slips import continued_words
from intents.model import Place

_OPENING = re.compile(r":\s+[{\[].*[}\]]\s*\S")
# 「"窓口"で入力」: to YAML, the text ends at the second quote.
_ONLY_HEAD_QUOTED = re.compile(r"(?:: +|- +|^ *)(?:\"[^\"]*\"|'[^']*') *[^\s,:#\]}\"']")
_WIDE_BRACKET = re.compile(r": *[｛［]")
_LISTED = re.compile(r"[{\[].*、\s*[a-z]+\s*:")
_OTHER = "書き方に誤りがあります。字下げ・コロン・引用符を前の行から見てください。"
_TOO_DEEP = "字下げが深すぎます。"
# YAML takes these at the head of a text for marks of its own.
MARKED = {
    "!": '「!」で始まる文は、引用符「"」で囲んでください。',
    "&": '「&」で始まる文は、引用符「"」で囲んでください（使い回しの「&」は使えません）。',
    "*": '「*」で始まる文は引用符「"」で囲んでください（使い回しの「*」は使えません）。',
}
_SAID = (
    ("maximum nesting depth", _TOO_DEEP),
    ("mapping values are not allowed", "「: 」の位置か字下げがずれています。文の中の「: 」なら、文全体を引用符「\"」で囲んでください。"),
    ("block sequence entries are not allowed", '「- 」で始まる文は、引用符「"」で囲んでください。'),
    ("mapping keys are not allowed", '「? 」で始まる文は、引用符「"」で囲んでください。'),
    ("unknown escape character", '引用符「"」の中に「\\」は書けません。'),
    ("could not find expected ':'", "この行には「- 」も「: 」（半角コロンと空白）もありません。続きの文なら、縦棒「|」で始めます。"),
    ("did not find expected '-'", "「- 」の字下げがそろっていません。"),
    ("did not find expected key", "字下げがそろっていません。前の行と頭をそろえてください。"),
    ("cannot start any token", "使えない文字（タブや @ % など）で始まっています。文なら、引用符「\"」で囲んでください。"),
    ("unexpected end of stream", '引用符「"」が閉じていません。文の終わりにも付けてください。'),
    ("undefined alias", MARKED["*"]),
    ("scanning an alias", MARKED["*"]),
    ("scanning an anchor", MARKED["&"]),
    ("scanning a tag", MARKED["!"]),
    ("undefined tag handle", MARKED["!"]),
    ("flow sequence", "「[」が「]」で閉じていないか、区切りの「, 」がありません。"),
    ("flow mapping", "「{」が「}」で閉じていないか、区切りの「, 」がありません。"),
    ("a block scalar", "縦棒「|」の後には何も書かず、次の行から字下げして書いてください。"),
    ("a directive", "行の頭に「%」は使えません。"),
)
# These are mended where they begin, not where YAML gives up.
_MENDED_AT_START = ("quoted scalar", "flow sequence", "flow mapping", "could not find expected ':'")


def syntax_fault(name: str, text: str, offset: int, error: yaml.YAMLError | RecursionError) -> Fault:
    """`error` as a fault; `offset` lines stand before `text` in the file."""
    if not isinstance(error, yaml.MarkedYAMLError):
        words = _TOO_DEEP if isinstance(error, RecursionError) else _OTHER
        return Fault(Place(name, 1 + offset), words, hides=True)
    said = f"{error.context or ''} {error.problem or ''}"
    begun = any(sign in said for sign in _MENDED_AT_START) and error.context_mark
    mark = error.context_mark if begun else error.problem_mark
    lines = lines_of(text)
    # An end of the file is told on its last line.
    number = min(mark.line if mark else 0, max(len(lines) - 1, 0))
    line = lines[number] if lines else ""
    return Fault(Place(name, number + 1 + offset), _words(line, said), hides=True)


def _words(line: str, said: str) -> str:
    if _LISTED.search(line):
        return "項目の区切りが全角の「、」です。半角の「, 」にしてください。"
    if meant := continued_words(line):
        return meant
    if _ONLY_HEAD_QUOTED.search(line):
        return '引用符が文の途中で終わっています。文全体を引用符「"」で囲み、中の引用符は「」にしてください。'
    if _WIDE_BRACKET.search(line):
        return "かっこが全角です。半角の [ ] か { } にしてください。"
    if _OPENING.search(line):
        return '「{」や「[」で始まる文は、引用符「"」で囲んでください。'
    return next((words for sign, words in _SAID if sign in said), _OTHER)
