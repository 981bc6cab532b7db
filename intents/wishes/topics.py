"""For what help a visit is wished: せたがやPay, 東京アプリ, both, or "I do not know"."""

from __future__ import annotations

import re

from intents.dates import When
from intents.patterns import any_of, said

_SETAGAYA = re.compile("(?:せたがや|世田谷|瀬田谷|せた) ?(?:pay|ぺい)|setagaya ?(?:pay|app)|区のあぷり|ward app")
_TOKYO = re.compile("(?:東京|とうきょう|都)[都と]?(?:公式|こうしき)?の?あぷり|tokyo (?:official )?app")
# Beside 「東京アプリ」, 「せたがやのほう」 is the other app and no counter.
_SETAGAYA_ONE = re.compile("(?:せたがや|世田谷)の?(?:ほう|方|やつ|あぷり)")
_BOTH_APPS = said(
    "(?:両方|りょうほう|どちら|どっち|二つ|2つ|ふたつ)とも",
    "(?:両方|りょうほう|どちらも|どっちも)(?!は?(?:要ら|いら|いり|じゃな|ではな|無理|結構))",
    "both",
)
_NOT_KNOWN = "(?:わから|分から|わかりません)"
_EITHER = said(
    "(?<![がもをかは])(?:わから[なん]|わかりません|分から|判ら)",
    f"(?:何|なに|どれ|どっち|どちら).{{0,6}}か(?:よく|まだ)?{_NOT_KNOWN}",
    "どれでも|どちらでも|どっちでも|なんでも|特にない",
    "don'?t know|not sure|anything",
)
_CHOICE = re.compile("両方|りょうほう|どちら|どっち|二つとも|2つとも|ふたつとも|both|どれでも")
_ALREADY = "(?:もう|すでに|とっくに|自分で)"
# What may stand right behind the name of an app that needs no help.
_REFUSED = said(
    f"(?:は|も|を|の(?:ほう|方)は|の(?:使い方|登録)は|だけ)?{_ALREADY}?(?:いら|要ら|いり|要り)(?:ない|ません)",
    "(?:は|も|の(?:ほう|方)は)?(?:もう)?"
    + any_of(
        "結構|けっこう|不要|必要は?(?:な[いく]|ありま)|なし|いいです|いいので|大丈夫な|やめ",
        "わかる|分か(?:る|って)|でき(?:る|ます|てい?る)|済|すん|終わ",
    ),
    "[はもを]?(?:もう|すでに|自分で|前に)[^あ]{0,8}(?:た|てある|てい?る|てい?ます|済み)",
    "は(?:入れ(?:ました|た|て[あいま])|登録(?:しま|済|して[あい])|使え(?:る(?!よう)|て|ます)|持って[いま])",
    "以外|(?:じゃ|では|で)な[いく]|(?:じゃ|では)ありません|をやめ| (?:is )?(?:done|not (?:needed|necessary))",
)
_BOTH_PEOPLE = re.compile("両親|(?:2人|ふたり)とも|parents|both of us")
_OF_APPS = re.compile("あぷり|ぽいんと|app")
_EITHER_HALF = re.compile("午前.{0,6}午後|午後.{0,6}午前")
_REFUSED_EN = re.compile(r"\b(?:not|except|instead of|rather than|other than|don'?t need|without|but not)(?: (?:the|for|with))* ?$")


def read_topics(page: str, when: When, places: int) -> tuple[str, ...] | None:
    """The topics that `page` (folded, in hiragana) names; () for "I do not know", None for not said.

    `when`, `places`: the other choices of the sentence, which 「どちらでも」 may speak of.
    """
    if _BOTH_APPS.search(page) and not _of_something_else(page, when, places):
        return ("setagaya", "tokyo")
    wished, refused = _named(page)
    if wished or refused:
        return wished or None
    if _EITHER.search(page) and not (_CHOICE.search(page) and _of_something_else(page, when, places)):
        return ()
    return None


def names_setagaya_app(page: str) -> bool:
    """Whether 世田谷 is said of the app, beside the other app."""
    return _TOKYO.search(page) is not None and _SETAGAYA_ONE.search(page) is not None


def _named(page: str) -> tuple[tuple[str, ...], bool]:
    """(the topics that are wished, whether one is refused)."""
    wished: list[str] = []
    refused = False
    tokyo = _TOKYO.search(page) is not None
    for topic, words in (("setagaya", _SETAGAYA), ("tokyo", _TOKYO)):
        said = list(words.finditer(page))
        if topic == "setagaya" and tokyo and not said:
            said = list(_SETAGAYA_ONE.finditer(page))
        out = [_is_refused(page, m) for m in said]
        if said and not all(out):
            wished.append(topic)
        refused = refused or any(out)
    return tuple(wished), refused


def _is_refused(page: str, app: re.Match[str]) -> bool:
    """Whether the words beside `app`, its name, say that no help is needed with it."""
    before = _REFUSED_EN.search(page, max(0, app.start() - 24), app.start())
    return bool(before or _REFUSED.match(page, app.end()))


def _of_something_else(page: str, when: When, places: int) -> bool:
    """Whether 「どちらでも」 chooses between the days, places or people of the sentence."""
    if _BOTH_PEOPLE.search(page):
        return True
    if _SETAGAYA.search(page) or _TOKYO.search(page) or _OF_APPS.search(page):
        return False
    return len(when.days) > 1 or places > 1 or _EITHER_HALF.search(page) is not None
