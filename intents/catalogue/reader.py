"""PyYAML's nodes → ours. What YAML would lose on the way, or what may not be, is a fault."""

from __future__ import annotations

import yaml

from intents.catalogue.lines import lines_of
from intents.catalogue.nodes import Fault, Fields, Items, Node, Text
from intents.catalogue.slips import DASH_WORDS, continued_words
from intents.catalogue.syntax import MARKED, syntax_fault
from intents.model import Place

MAX_DEPTH = 12
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
_BAR = "何行かの文は、「ja: |」のように縦棒を付け、次の行から字下げして書いてください。"
_IN_BRACKETS = "[ ] の中の文が次の行に続いています。区切りの「, 」が抜けていないか見てください。"
_REUSED = "「&」「*」による使い回し（アンカー）は使えません。文を書き写してください。"


def compose(name: str, text: str, offset: int = 0) -> tuple[Node | None, list[Fault]]:
    """The one document in `text`; `offset` lines stand before it in the file. (None, []) where it is empty."""
    try:
        root = yaml.compose(text, Loader=LOADER)
    except (yaml.YAMLError, RecursionError) as error:
        return None, [syntax_fault(name, text, offset, error)]
    if root is None:
        return None, []
    reader = _Reader(name, lines_of(text), offset)
    return reader.node(root), reader.faults


class _Reader:
    def __init__(self, name: str, lines: list[str], offset: int) -> None:
        self.name = name
        self.lines = lines
        self.offset = offset
        self.faults: list[Fault] = []
        self._seen: set[int] = set()

    def node(self, node: yaml.Node, depth: int = 0, flow: bool = False) -> Node | None:
        place = self._place(node.start_mark.line)
        # An alias hands out the same node again: a few lines of them unfold into millions.
        if id(node) in self._seen:
            self._lost(place, _REUSED)
            return None
        self._seen.add(id(node))
        if depth > MAX_DEPTH:
            self._lost(place, "字下げが深すぎます。")
            return None
        self._check_mark(node, place)
        if isinstance(node, yaml.ScalarNode):
            if not node.style and node.end_mark.line > node.start_mark.line:
                self._glued(node, flow)
            return Text(place, node.value, node.style or "")
        if isinstance(node, yaml.SequenceNode):
            inner = bool(node.flow_style)
            items = (self.node(item, depth + 1, inner) for item in node.value)
            return Items(place, tuple(item for item in items if item is not None), inner)
        return self._fields(node, place, depth) if isinstance(node, yaml.MappingNode) else None

    def _fields(self, node: yaml.MappingNode, place: Place, depth: int) -> Fields:
        fields: dict[str, Node] = {}
        places: dict[str, Place] = {}
        for key_node, value_node in node.value:
            key_place = self._place(key_node.start_mark.line)
            self._check_mark(key_node, key_place)
            key = key_node.value if isinstance(key_node, yaml.ScalarNode) else ""
            if not key:
                self._lost(key_place, "項目の名前がありません。")
            elif key in places:
                self._lost(key_place, doubled(key, places[key]))
            else:
                places[key] = key_place
                value = self.node(value_node, depth + 1, bool(node.flow_style))
                if value is not None:
                    fields[key] = value
        return Fields(place, fields, places)

    def _check_mark(self, node: yaml.Node, place: Place) -> None:
        """YAML takes 「!見出し」 or 「&名」 before a value for marks of its own, and drops them."""
        line = self.lines[node.start_mark.line] if node.start_mark.line < len(self.lines) else ""
        words = MARKED.get(line[node.start_mark.column : node.start_mark.column + 1])
        if words:
            self._lost(place, words)

    def _glued(self, node: yaml.Node, flow: bool) -> None:
        """Without the bar, YAML glues the lines together and loses the paragraphs."""
        first = node.start_mark.line
        lines = [self.lines[first][node.start_mark.column :], *self.lines[first + 1 : node.end_mark.line + 1]]
        for number, line in enumerate(lines, first):
            if meant := continued_words(line):
                self._lost(self._place(number), meant)
                return
        dashed = next((number for number, line in enumerate(lines, first) if line.lstrip().startswith("- ")), -1)
        if dashed > 0 and self.lines[first][: node.start_mark.column].strip() == "-":
            self._lost(self._place(dashed), "「- 」の字下げがそろっていません。上の行と頭をそろえてください。")
        elif dashed > 0:
            self._lost(self._place(first), DASH_WORDS)
        else:
            self.faults.append(Fault(self._place(first), _IN_BRACKETS if flow else _BAR))

    def _lost(self, place: Place, words: str) -> None:
        self.faults.append(Fault(place, words, hides=True))

    def _place(self, line: int) -> Place:
        return Place(self.name, line + 1 + self.offset)


def doubled(key: str, first: Place) -> str:
    return f"「{key}」が二度書かれています（{first.line}行目にもあります）。"
