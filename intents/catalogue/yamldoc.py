"""YAML text → nodes that know their line, or faults in plain Japanese.

Every scalar stays text (`9:00` is not 540, `0120` not 80). Aliases, doubled keys, tabs, full-width
colons and files in another encoding are faults; a broken entry hides no fault of its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from intents.model import Place

MAX_BYTES = 8_000_000
MAX_DEPTH = 12

_LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_WIDE_COLON = re.compile(r"^\s*(?:-\s+)?([A-Za-z_]+)\s*：")
_WIDE_INDENT = re.compile(r"^ *　[　 ]*(?:-|[A-Za-z_]+\s*[:：])")
_TAB_INDENT = re.compile(r"^ *\t")
_OPENING = re.compile(r":\s+[{\[].*[}\]]\s*\S")
_LISTED = re.compile(r"[{\[].*、\s*[a-z]+\s*:")
_CHUNK_HEAD = re.compile(r"^[^\s#\-]|^-(?:\s|$)")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing to mend. `stops` is False for what may go live but should be mended."""

    place: Place
    text: str
    entry: str = ""
    stops: bool = True

    def __str__(self) -> str:
        head = f"{self.place} {self.entry}".rstrip()
        return f"{'✕' if self.stops else '△'} {head}：{self.text}"


@dataclass(frozen=True, slots=True)
class Text:
    place: Place
    value: str


@dataclass(frozen=True, slots=True)
class Items:
    place: Place
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Fields:
    place: Place
    fields: dict[str, Node]
    key_places: dict[str, Place]


Node = Text | Items | Fields


def read(name: str, raw: bytes) -> tuple[Node | None, list[Fault]]:
    """The document in `raw`, and every fault of its writing. None where nothing could be read."""
    if len(raw) > MAX_BYTES:
        return None, [_fault(name, 1, "ファイルが大きすぎます（8MBまで）。いくつかに分けてください。")]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None, [_fault(name, 1, _encoding_words(raw))]
    faults = list(_surface_faults(name, text))
    node, problems = _compose(name, text, 0)
    if node is None and problems:
        node, problems = _compose_in_chunks(name, text)
    known = {fault.place.line for fault in faults}
    faults += [fault for fault in problems if fault.place.line not in known]
    return node, faults


def _encoding_words(raw: bytes) -> str:
    try:
        raw.decode("cp932")
    except UnicodeDecodeError:
        return "文字コードが読めません。メモ帳なら「名前を付けて保存」で UTF-8 を選んでください。"
    return "文字コードが Shift_JIS（cp932）です。「名前を付けて保存」で UTF-8 を選んでください。"


def _surface_faults(name: str, text: str) -> Iterator[Fault]:
    """Typing slips that YAML itself would report in words nobody understands, or swallow."""
    for number, line in enumerate(text.splitlines(), 1):
        if _TAB_INDENT.match(line):
            yield _fault(name, number, "行の頭にタブがあります。半角の空白にしてください。")
        elif _WIDE_INDENT.match(line):
            yield _fault(name, number, "行の頭に全角の空白があります。半角の空白にしてください。")
        elif match := _WIDE_COLON.match(line):
            yield _fault(
                name,
                number,
                f"「{match[1]}」の後のコロンが全角「：」です。半角の「: 」と空白にしてください。",
            )


def _compose(name: str, text: str, offset: int) -> tuple[Node | None, list[Fault]]:
    try:
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        return None, [_syntax_fault(name, text, offset, error)]
    except yaml.YAMLError:
        return None, [_fault(name, 1 + offset, "使えない文字（制御文字など）があります。")]
    except RecursionError:
        return None, [_fault(name, 1 + offset, "字下げが深すぎます。")]
    if root is None:
        return None, []
    reader = _Reader(name, offset)
    return reader.node(root, 0), reader.faults


def _compose_in_chunks(name: str, text: str) -> tuple[Node | None, list[Fault]]:
    """Read entry by entry, so that one broken entry hides no fault of the others."""
    lines = text.splitlines(keepends=True)
    heads = [i for i, line in enumerate(lines) if _CHUNK_HEAD.match(line)] or [0]
    nodes: list[Node] = []
    faults: list[Fault] = []
    for start, end in zip(heads, [*heads[1:], len(lines)], strict=True):
        node, problems = _compose(name, "".join(lines[start:end]), start)
        faults += problems
        if node is not None:
            nodes.append(node)
    return _join(nodes), faults


def _join(nodes: list[Node]) -> Node | None:
    if not nodes:
        return None
    first = nodes[0]
    if isinstance(first, Items):
        lists = [node for node in nodes if isinstance(node, Items)]
        return Items(first.place, tuple(item for node in lists for item in node.items))
    if isinstance(first, Fields):
        joined = Fields(first.place, {}, {})
        for node in nodes:
            if isinstance(node, Fields):
                joined.fields.update(node.fields)
                joined.key_places.update(node.key_places)
        return joined
    return first


class _Reader:
    """PyYAML's nodes → ours; what may not be is a fault and left out."""

    def __init__(self, name: str, offset: int) -> None:
        self.name = name
        self.offset = offset
        self.faults: list[Fault] = []
        self._seen: set[int] = set()

    def node(self, node: yaml.Node, depth: int) -> Node | None:
        place = Place(self.name, node.start_mark.line + 1 + self.offset)
        # An alias hands out the same node again: a few lines of them unfold into millions.
        if id(node) in self._seen:
            self.faults.append(
                Fault(place, "「&」「*」による使い回し（アンカー）は使えません。文を書き写してください。")
            )
            return None
        self._seen.add(id(node))
        if depth > MAX_DEPTH:
            self.faults.append(Fault(place, "字下げが深すぎます。"))
            return None
        if isinstance(node, yaml.ScalarNode):
            # Without the bar, YAML glues the lines together and loses the paragraphs.
            if not node.style and node.end_mark.line > node.start_mark.line:
                words = "何行かの文は、「ja: |」のように縦棒を付け、次の行から字下げして書いてください。"
                self.faults.append(Fault(place, words))
            return Text(place, node.value)
        if isinstance(node, yaml.SequenceNode):
            items = (self.node(item, depth + 1) for item in node.value)
            return Items(place, tuple(item for item in items if item is not None))
        return self._fields(node, place, depth)

    def _fields(self, node: yaml.Node, place: Place, depth: int) -> Fields:
        fields: dict[str, Node] = {}
        places: dict[str, Place] = {}
        for key_node, value_node in node.value:
            key_place = Place(self.name, key_node.start_mark.line + 1 + self.offset)
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else ""
            if not key:
                self.faults.append(Fault(key_place, "項目の名前がありません。"))
                continue
            if key in places:
                self.faults.append(
                    Fault(key_place, f"「{key}」が二度書かれています（{places[key].line}行目にもあります）。")
                )
                continue
            places[key] = key_place
            value = self.node(value_node, depth + 1)
            if value is not None:
                fields[key] = value
        return Fields(place, fields, places)


_SYNTAX_OTHER = "書き方に誤りがあります。字下げ・コロン・引用符を前の行から見てください。"
_SYNTAX = (
    ("mapping values are not allowed", "「: 」の位置がおかしいようです。字下げか、前の行を見てください。"),
    ("could not find expected ':'", "「: 」（半角コロンと空白）がありません。"),
    ("did not find expected '-'", "「- 」の字下げがそろっていません。"),
    ("did not find expected key", "字下げがそろっていません。前の行と頭をそろえてください。"),
    ("cannot start any token", "行の頭に使えない文字（タブや @ など）があります。"),
    ("unexpected end of stream", '引用符「"」が閉じていません。'),
    ("undefined alias", '「*」で始まる文は引用符「"」で囲んでください（使い回しの「*」は使えません）。'),
)


def _syntax_fault(name: str, text: str, offset: int, error: yaml.MarkedYAMLError) -> Fault:
    said = f"{error.context or ''} {error.problem or ''}"
    # An unclosed quote is mended where it opens, not where the file ends.
    mark = error.context_mark if "quoted scalar" in said else error.problem_mark
    number = mark.line if mark else 0
    lines = text.splitlines()
    line = lines[number] if number < len(lines) else ""
    if _LISTED.search(line):
        words = "項目の区切りが全角の「、」です。半角の「, 」にしてください。"
    elif _OPENING.search(line):
        words = '「{」や「[」で始まる文は、引用符「"」で囲んでください。'
    else:
        words = next((words for sign, words in _SYNTAX if sign in said), _SYNTAX_OTHER)
    return _fault(name, number + 1 + offset, words)


def _fault(name: str, line: int, text: str) -> Fault:
    return Fault(Place(name, line), text)
