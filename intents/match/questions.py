"""Several questions in one message: each is answered, and none is invented.

A part counts as a question of its own only if it asks, or is a bare noun, and is sure by itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from intents.match.confidence import Band, Match
from intents.text import is_latin, strip_polite

MAX_TEXT = 600  # characters of a message that are looked at, from its end: a story asks at last
MAX_PARTS = 5
MAX_ANSWERS = 3
# A missed emergency is worse than a needless word about one: leading clearly is enough.
URGENT_CHANCE, URGENT_LEAD = 0.45, 0.08
ASKED_CHANCE = 0.95  # of a question beside a trouble that is told
NOUN_CHANCE = 0.85  # a bare noun asks little by itself, so it must fit all the better

_SENTENCE = re.compile(r"[^。！？!?\n\r]+[。！？!?]*")
_ENGLISH_SENTENCE = re.compile(r"[^.!?\n\r]+[.!?]*")
_JOINT = re.compile(
    "(?:、|,|，|\\s)(?:あと|それと|それから|ついでに|また|それに|および|もう一つ|もうひとつ|加えて)、?"
    "|^(?:あと|それと|それから|ついでに|また|もう一つ|もうひとつ)、?"
    "|(?<=か)(?:、|,|，|\\s)|(?<=か)(?:と|あと)(?=[^、]{2,})|(?<=たい)(?:し|のと)、?"
)
_ENGLISH_JOINT = re.compile(
    r",?\s+(?:and also|and then|and|also|plus)\s+|;\s*|,\s+(?=(?:where|when|what|who|how|can|do|is|are)\b)"
)
_NOUN_JOINT = re.compile(
    "と(?!いう|いった|いっ|か|は|も|って|っても|て)、?|、|(?<=[一-鿿ァ-ヶー])や(?=[一-鿿ァ-ヶ])|・|および|及び|,|，| "
)
# Asks about what was just told, and nothing by itself.
# How a sentence goes on from the one before, and asks leave to ask.
_LEAD = re.compile(
    "^(?:それで|それから|それと|そこで|さて|ところで|つきましては|実は|では|じゃあ|あと|また|ついでに|なお|もう一つ|もうひとつ|加えて|で)(?:、|は、|\\s)?"
    "|^(?:お?(?:伺|尋ね|聞き|うかが|たずね)い?し?たい(?:の|ん)(?:です|だ)(?:が|けど)、?)|^(?i:and|so|also|then|by the way),? "
)
_REFERS = re.compile(
    "^(?:それ|その|そう|そこ|これ|この|こう)"
    "|^(?:どう|どのように|何を|なにを)(?:すれば|したら|しよう|なる|やって).{0,12}$"
    "|^どこ(?:に|へ|で)(?:相談|聞|問い合わせ|連絡|行|手続)(?:すれば|したら|けば|ったら|い?たら|ば|きすれば)?.{0,10}$"
    "|^(?:(?:大|だい)(?:丈夫|じょうぶ)|(?:手伝|てつだ)って|(?:でき|出来)(?:ます|る)|可能です|よろしい|いい(?:です|の)|だめ|むり|無理"
    "|対象に?(?:なり|です)|もらえ(?:ます|る)|何か(?:方法|手)).{0,10}$"
    r"|^(?:so |and )?what (?:can|should|do|must) (?:i|we) do|^what is it\b|^is (?:that|it|this) (?:ok|okay|possible|fine)"
    r"|^what now|^can you (?:help|write it)|^how (?:come|so)\b|^is there any way"
)
_BETWEEN = re.compile("違い|ちがい|どちら|どっち|関係|あいだ|両方|または|もしくは")
_REQUEST = re.compile(
    "(?:の?こと)?(?:を|が|は|について|に関して|も)?[、\\s]*(?:くわしく|詳しく|一緒に|いっしょに|それぞれ|両方|全部)?\\s*"
    "(?:(?:教|おし)え.*|(?:知|し)りたい.*|(?:聞|き|伺|うかが)[きい]?たい.*|(?:お願い|おねがい).*|(?:ください|下さい).*)$"
)
_ASKS = re.compile(
    "(?:[?？]|か|かな|かね|かい|かの|のう|っけ|かしら|(?:教|おし)えて.*|(?:知|し)りたい.*|たい(?:です|の|ん|が|けど).*|たい"
    "|ください.*|下さい.*|(?:お願|おねが)い.*|は|って|(?:ほ|欲)しい.*|いい|どう|どこ|いつ|いくら|何|なに|ますの|ですの)$"
)
_VERB_END = re.compile("(?:です|ます|した|して|る|た|ない|だ|よ|ね|が|けど|から|ので|で|に|を|は|も|ん|い|う|く|て|か)$")
_ASKS_ENGLISH = re.compile(
    r"\?|^(?:and |also |but |so )?(?:where|when|what|which|who|why|how|can|could|do|does|did|is|are|will|would|may"
    r"|should|please|tell|i want|i need|i'd like|i would like|let me know)\b"
)
_MAX_NOUN = 12


@dataclass(frozen=True, slots=True)
class _Part:
    """A part of a message, and what it matches."""

    text: str
    match: Match

    @property
    def asks(self) -> bool:
        return asks(self.text)

    @property
    def leads_clearly(self) -> bool:
        scores = [candidate.score for candidate in self.match.candidates[:2]]
        return self.match.chance >= URGENT_CHANCE and scores[0] - scores[-1] >= URGENT_LEAD

    @property
    def refers(self) -> bool:
        """It asks about what was just told, and nothing by itself."""
        return bool(_REFERS.search(self.text.strip().rstrip("。.!！?？").lower()))

    @property
    def sure(self) -> bool:
        return self.match.band is Band.SURE

    @property
    def first(self) -> str:
        return self.match.candidates[0].id if self.match.candidates else ""


@dataclass(frozen=True, slots=True)
class Reader:
    """Finds the questions in a message. `match` answers one of them."""

    match: Callable[[str], Match]
    courtesy: frozenset[str] = frozenset()
    urgent: frozenset[str] = frozenset()

    def read(self, text: str) -> list[Match]:
        """The sure answers of `text`, in their order and at most three; or one that is not sure."""
        # Most messages are one sentence, which is also the whole: each text is matched once.
        return replace(self, match=_once_each(self.match))._read(text[-MAX_TEXT:])

    def _read(self, text: str) -> list[Match]:
        whole = _Part(text, self.match(text))
        parts = self._parts(text) or [whole]
        urgent = self._most_urgent([whole, *parts])
        if urgent is not None:
            return [replace(urgent, band=Band.SURE)]
        matter = [part for part in parts if part.first not in self.courtesy and not part.refers]
        if not matter:
            about = [part for part in (whole, *parts) if not part.refers] or [whole]
            return [max(about, key=lambda part: part.match.chance).match]
        return self._sure_ones(matter, whole) or [self._one(matter, whole)]

    def _most_urgent(self, parts: list[_Part]) -> Match | None:
        urgent = [
            part.match
            for part in parts
            if part.first in self.urgent and (part.sure or part.leads_clearly)
        ]
        return max(urgent, key=lambda match: match.chance, default=None)

    def _sure_ones(self, matter: list[_Part], whole: _Part) -> list[Match]:
        """The sure answers of the parts that ask, and of a trouble told in a short message."""
        asked = [part for part in matter if part.sure and (part.asks or is_noun(part.text))]
        told = [part for part in matter if part.sure and part not in asked] if len(matter) <= 2 else []
        if told and asked and whole.sure and whole.first == told[0].first:
            # The question is most likely about the trouble, unless it is quite sure by itself.
            asked = [part for part in asked if part.match.chance >= ASKED_CHANCE]
        elif asked and not all(part.match.chance >= ASKED_CHANCE for part in (*told, *asked)):
            told = []
        found = {part.first: part.match for part in matter if part in asked or part in told}
        return list(found.values())[:MAX_ANSWERS]

    def _one(self, matter: list[_Part], whole: _Part) -> Match:
        """No part that asks is sure: the whole, or the part that is likest to be right."""
        if whole.sure:
            return whole.match
        asking = [part for part in matter if part.asks and part.match.band is not Band.FAR] or matter
        return max((*reversed(asking), whole), key=lambda part: part.match.chance).match

    def _parts(self, text: str) -> list[_Part]:
        """The sentences of `text`, and within a sentence the questions that are each sure."""
        pattern = _ENGLISH_SENTENCE if is_latin(text) else _SENTENCE
        found = [one for one in map(str.strip, pattern.findall(text)) if len(one) > 1]
        parts: list[_Part] = []
        for sentence in found[-MAX_PARTS:]:
            bare = _without_lead(sentence)
            parts += self._pieces(bare) or [_Part(bare, self.match(bare))]
        return parts

    def _pieces(self, sentence: str) -> list[_Part]:
        """The questions that are joined in one sentence; none unless every one is sure."""
        for pieces in _ways_to_split(sentence):
            if not all(asks(piece) or is_noun(piece) for piece in pieces):
                continue
            parts = [_Part(piece, self.match(piece)) for piece in pieces]
            if all(map(_stands_alone, parts)) and len({part.first for part in parts}) > 1:
                return parts
        return []


def _once_each(match: Callable[[str], Match]) -> Callable[[str], Match]:
    """`match` for one message: asked again about the same text, it gives the same answer."""
    known: dict[str, Match] = {}

    def once(text: str) -> Match:
        if text not in known:
            known[text] = match(text)
        return known[text]

    return once


def _without_lead(sentence: str) -> str:
    """「さて、お聞きしたいのですが、」 and the like carry no question."""
    for _ in range(2):
        bare = _LEAD.sub("", sentence, count=1).strip()
        sentence = bare if len(bare) > 1 else sentence
    return sentence


def _stands_alone(part: _Part) -> bool:
    return part.sure and not part.refers and (part.asks or part.match.chance >= NOUN_CHANCE)


def _ways_to_split(sentence: str) -> Iterator[list[str]]:
    """The sentence at its joints: between clauses, and between nouns before a request."""
    english = is_latin(sentence)
    pieces = _cut(_ENGLISH_JOINT if english else _JOINT, sentence)
    if 1 < len(pieces) <= MAX_ANSWERS:
        yield pieces
    if english or _BETWEEN.search(sentence):
        return
    request = _REQUEST.search(sentence)
    nouns = sentence[: request.start()] if request else sentence.rstrip("?？。は")
    pieces = _cut(_NOUN_JOINT, nouns)
    if 1 < len(pieces) <= MAX_ANSWERS and all(map(is_noun, pieces)):
        yield pieces


def _cut(joint: re.Pattern[str], text: str) -> list[str]:
    """The pieces of `text` between joints; each must ask by its words, not by the mark at its end."""
    return [piece for one in joint.split(text) if len(piece := one.strip(" ?？")) > 1]


def asks(part: str) -> bool:
    """Is `part` put as a question or a request?"""
    part = part.strip().rstrip("。.!！")
    if is_latin(part):
        return bool(_ASKS_ENGLISH.search(part.lower()))
    return bool(_ASKS.search(part))


def is_noun(part: str) -> bool:
    """A bare noun: short, and not ending as a verb or a particle does."""
    part = part.strip().rstrip("。.!！?？")
    if is_latin(part):
        return len(part.split()) <= 3
    return len(part) <= _MAX_NOUN and not any(map(_VERB_END.search, (part, strip_polite(part))))
