"""The PIN guard: the only door from raw text to the rest of the desk.

`judge` takes what a person typed and what was going on, and gives either a SafeText or the bare
fact of a refusal. Nothing of a refused text is kept, returned, logged or raised.

The path: fold (one spelling) → read numbers (every way of writing them) → blank out the numbers
that have a meaning of their own → look for signs of a secret in what is left.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final, NoReturn, final

from intents.guard.fold import fold
from intents.guard.harmless import blank_harmless
from intents.guard.numbers import read_numbers
from intents.guard.shape import Bit, Shape
from intents.guard.signs import Kind, letters_and_digits, loose_digits, speaks_of_secret
from intents.guard.talk import Asked, announces, answers, bare_bit, reports_scam
from intents.guard.told import names_a_part, part_of_secret, told, wordplay
from intents.reference import WORDS

__all__ = ["Asked", "Context", "Kind", "Refusal", "SafeText", "Shape", "Verdict", "judge"]


class _Judged:
    """The private token: who holds it may make a SafeText, and only `judge` does."""


_JUDGED: Final = _Judged()


@final
class SafeText:
    """A text that the guard has let through. Immutable; only `judge` can make one."""

    __slots__ = ("_text",)
    _text: str

    def __init__(self, text: str, token: _Judged) -> None:
        """Raises TypeError for everybody but `judge`; the text stays out of the message."""
        if token is not _JUDGED:
            raise TypeError("only intents.guard.judge makes SafeText")
        object.__setattr__(self, "_text", text)

    @property
    def text(self) -> str:
        """The message as typed."""
        return self._text

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError("SafeText is immutable")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError("SafeText is immutable")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, SafeText) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __reduce__(self) -> NoReturn:
        raise TypeError("SafeText is not to be pickled: judge the text again")

    def __repr__(self) -> str:
        return "SafeText(…)"


_NO_SHAPE: Final = Shape()


@dataclass(frozen=True)
class Context:
    """What was going on: the bot's last question, the shape of the last moments, the time.

    now: aware, any zone; used only to let the shape grow old. ValueError when naive.
    """

    asked: Asked = Asked.NOTHING
    shape: Shape = _NO_SHAPE
    now: datetime = datetime(1970, 1, 1, tzinfo=UTC)

    def __post_init__(self) -> None:
        if self.now.tzinfo is None:
            raise ValueError("now needs a time zone")


@dataclass(frozen=True)
class Refusal:
    """A secret was seen. scam: the message tells of someone who asked for it or was told it.

    english: it was written in English; all that is kept of the words, so that the warning can be read.
    """

    kind: Kind
    scam: bool
    english: bool = False


@dataclass(frozen=True)
class Verdict:
    """outcome: the text, or why not. shape: what to remember of this moment (counts only)."""

    outcome: SafeText | Refusal
    shape: Shape


# LINE's own emoji by name, what people say while they think, and a shop whose name is numbers.
_NOISE = re.compile(
    r"\([a-z][a-z ]{1,24}\)|(?:7|seven)-?eleven"
    r"|え(?:ー|っ|ーっ)と|ええっ?と|あの[うー]|うーんと?|んーと?|そのー"
)
# The desk's own name for a booking's reference; kana stand in no PIN or password.
_REFERENCE = re.compile(
    rf"(?:合い?言葉|あいことば)[はがも:、「『\s]{{0,3}}(?:{'|'.join(WORDS)})[-ー]?[0-9]{{2,3}}(?!\s?[0-9a-z])"
)
# Words beside the secret, and not one that is the secret.
_ENGLISH = re.compile(r"\b(?:my|is|the|it|i|pin|and|for|code|number|password|are|was)\b", re.IGNORECASE)
_KANA_OR_KANJI = re.compile("[ぁ-ヿ一-鿿ｦ-ﾟ]")
_MAY_HOLD_A_SECRET = re.compile(
    r"\d|語呂|よっつ|番号[はが「『]|(?:次|つぎ)[はがに]|(?:then|next|second|last) [a-z]"
)


def judge(raw: str, context: Context) -> Verdict:
    """Judge one raw text. Linear in its length; never raises on any text."""
    now = int(context.now.timestamp())
    shape = context.shape.recent(now)
    whole = read_numbers(_NOISE.sub(" ", _REFERENCE.sub(" ", fold(raw))))
    kinds = _kinds(whole, context.asked, shape)
    if kinds:
        kind = kinds[0] if len(kinds) == 1 else Kind.SEVERAL
        refusal = Refusal(kind, reports_scam(whole), _is_english(raw))
        return Verdict(refusal, _after_refusal(whole, shape, now))
    return Verdict(SafeText(raw, _JUDGED), _after_passage(whole, shape, now))


def _is_english(raw: str) -> bool:
    return _ENGLISH.search(raw[:400]) is not None and not _KANA_OR_KANJI.search(raw)


def _kinds(whole: str, asked: Asked, shape: Shape) -> list[Kind]:
    """The kinds of secret that the message holds, one for each; none if it may pass."""
    speaks = speaks_of_secret(whole)
    if not speaks and not shape.bits and not _MAY_HOLD_A_SECRET.search(whole):
        return []
    if not shape.labelled and answers(whole, asked):
        return []
    strict = speaks or shape.labelled or asked is Asked.PIN_KIND
    left = blank_harmless(whole, strict)
    kinds = loose_digits(left, strict) + letters_and_digits(left, strict)
    return kinds or _less_plain(whole, strict) or _in_bits(whole, asked, shape)


def _less_plain(whole: str, strict: bool) -> list[Kind]:
    """What no bare run of digits shows: told outright, told in part, told as wordplay."""
    return told(whole) or part_of_secret(whole, strict) or wordplay(whole)


def _in_bits(whole: str, asked: Asked, shape: Shape) -> list[Kind]:
    """A bit that completes a secret, or follows the announcement of one."""
    asked_kind = asked is Asked.PIN_KIND
    bit = bare_bit(whole) if shape.bits or asked_kind else None
    if bit is None:
        return []
    digits, letters = bit
    announced = shape.labelled and (digits >= 2 or letters >= 4)
    # Two digits that name no length are the head of the number itself.
    announced = announced or (asked_kind and digits >= 2)
    if not announced and not shape.completes(digits, letters):
        return []
    return [Kind.PIN_SIGN if letters or any(bit.letters for bit in shape.bits) else Kind.PIN4]


def _after_refusal(whole: str, shape: Shape, now: int) -> Shape:
    """Half a secret announces its other half; after a whole one nothing is expected."""
    bit = bare_bit(whole)
    if bit is None and not part_of_secret(whole, strict=True):
        return shape
    digits, letters = bit or (1, 0)
    return shape.plus(Bit(now, digits, letters, labelled=True))


def _after_passage(whole: str, shape: Shape, now: int) -> Shape:
    if announces(whole) or names_a_part(whole):
        return shape.plus(Bit(now, 0, 0, True))
    bit = bare_bit(whole)
    return shape if bit is None else shape.plus(Bit(now, *bit, labelled=False))
