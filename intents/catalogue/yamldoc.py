"""YAML bytes → nodes that know their line, or faults in plain Japanese.

Every scalar stays text (`9:00` is not 540, `0120` not 80). What YAML would drop without a word (a text
after 「 #」, a doubled key, a mark, an alias) is a fault; a broken entry hides no fault of its neighbours.
"""

from __future__ import annotations

from intents.catalogue.hashes import cut_texts
from intents.catalogue.lines import insides, lines_of
from intents.catalogue.nodes import Fault as Fault  # callers know them by this file
from intents.catalogue.nodes import Fields as Fields
from intents.catalogue.nodes import Items as Items
from intents.catalogue.nodes import Node as Node
from intents.catalogue.nodes import Text as Text
from intents.catalogue.reader import LOADER, compose
from intents.catalogue.salvage import salvage
from intents.catalogue.slips import slips, without_controls
from intents.model import Place

MAX_BYTES = 8_000_000
# These files are one mapping; all others are lists of items.
_MAPPINGS = frozenset({"facts.yaml", "prompts.yaml", "words.yaml", "guides.yaml"})


def read(name: str, raw: bytes) -> tuple[Node | None, list[Fault]]:
    """The document in `raw`, and every fault of its writing. None where nothing could be read.

    Whatever line is neither in the document nor a note (# …) has a fault that stops.
    """
    if len(raw) > MAX_BYTES:
        words = "ファイルが大きすぎます（8MBまで）。いくつかに分けてください。"
        return None, [Fault(Place(name, 0), words, hides=True)]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return None, [_encoding_fault(name, raw, error)]
    text, faults = without_controls(name, text)
    return _read_text(name, text, faults)


def _read_text(name: str, text: str, faults: list[Fault]) -> tuple[Node | None, list[Fault]]:
    node, problems = compose(name, text)
    unread = node is None and bool(problems)
    lines = lines_of(text)
    marks = insides(lines)
    faults = [*faults, *slips(name, lines, marks, unread), *cut_texts(name, lines, LOADER, unread)]
    slipped = {fault.place.line for fault in faults if fault.stops}
    if unread:
        listed = name.rpartition("/")[2] not in _MAPPINGS
        node, found, named = salvage(name, lines, marks, slipped, listed)
        # The pieces may each be good where the whole is not: then the whole's own fault stays.
        problems = found if named else [*found, *problems]
    return node, [*faults, *(fault for fault in problems if fault.place.line not in slipped)]


def _encoding_fault(name: str, raw: bytes, error: UnicodeDecodeError) -> Fault:
    """The whole file is in another encoding, or single lines of it are."""
    how = "メモ帳なら「名前を付けて保存」で UTF-8 を選んでください。"
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Fault(Place(name, 0), f"文字コードが UTF-16 です。{how}", hides=True)
    try:
        raw.decode("cp932")
    except UnicodeDecodeError:
        line = raw.count(b"\n", 0, error.start) + 1
        return Fault(Place(name, line), f"文字コードが読めません。{how}", hides=True)
    return Fault(Place(name, 0), f"文字コードが Shift_JIS（cp932）です。{how}", hides=True)
