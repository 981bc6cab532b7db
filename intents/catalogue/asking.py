"""Sentences that ask a resident to tell, send or type a secret here. None may ever be said.

What stays right: to refuse a secret (「書かないでください」), to speak of one (「忘れたときは」), and that its
owner enters it in an app at the counter. A warning may quote what a fraud says (「…」と言われたら).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from intents.catalogue import asking_english as english
from intents.catalogue import asking_japanese as japanese
from intents.catalogue.asking_japanese import names_secret as names_secret

# A sentence goes on over the end of a line, but not into the next point of a list.
_END = re.compile(r"(?<=[。！？!?])|(?<=[a-z)\d]\.)(?=\s|$)|\n\s*\n|\n(?=\s*(?:[・●○■①-⑳※【-]|\d+[.．)）]))")
# Every name of a secret holds one of these: most texts need no closer look.
_HINT = re.compile(
    "番号|ばんごう|バンゴウ|暗[証唱]|あんしょう|アンショウ|[桁字]|けた|ケタ|すうじ|スウジ"
    "|[ぱパ]す|[ぱパ]ス|[ぴピ][んン]|pin|pass|digit|code|number",
    re.IGNORECASE,
)
_JAPANESE = re.compile("[ぁ-ヺ一-鿿]")


def asks_for_secret(text: str, label: bool = False, among: bool = False) -> Iterator[int]:
    """The offset of each sentence of `text` that asks for a PIN or password.

    `label`: the words of a button. `among`: it stands among texts that name PINs, so that a bare 「番号」 is one.
    """
    if not _HINT.search(unicodedata.normalize("NFKC", text)):
        return
    before = ""
    meant = among or names_secret(text)
    for start, sentence in _sentences(text):
        if _JAPANESE.search(sentence):
            words = japanese.flat(sentence)
            words = words if meant else japanese.without_numbers(words)
            asks = japanese.asks(words, label) or (japanese.speaks_of(before) and japanese.goes_on(words))
            before = words
        else:
            asks = english.asks(unicodedata.normalize("NFKC", sentence).lower())
        if asks:
            yield start


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    start = 0
    for end in [*(found.end() for found in _END.finditer(text)), len(text)]:
        piece = text[start:end]
        if piece.strip():
            yield start + len(piece) - len(piece.lstrip()), piece.strip()
        start = end
