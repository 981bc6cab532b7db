"""For what help a visit is wished: せたがやPay, 東京アプリ, both, or "I do not know"."""

from __future__ import annotations

import re

from intents.dates import When
from intents.patterns import any_of, said

_SETAGAYA = re.compile("(?:せたがや|世田谷|瀬田谷|せた) ?(?:pay|ぺい)|setagaya ?(?:pay|app)|区のあぷり|ward app")
_TOKYO = re.compile("(?:東京|とうきょう|都)[都と]?(?:公式|こうしき)?の?あぷり|tokyo (?:official )?app")
# Beside 「東京アプリ」, 「せたがやのほう」 is the other app and no counter.
_SETAGAYA_ONE = re.compile("(?:せたがや|世田谷)の?(?:ほう|方|やつ|あぷり)")
# 「都のほう」 names the app by whose it is; 「都の方に住んで」 a place.
_NO_PLACE = "(?!に(?:住|行|い)|から|へ)"
_WARDS_ONE = re.compile(f"(?<![一-龯])区の(?:ほう|方|やつ|あぷり){_NO_PLACE}")
_TOWNS_ONE = re.compile(f"(?<!京)都の(?:ほう|方|やつ){_NO_PLACE}|東京都?の(?:ほう|やつ|方(?=を|だけ|でお願|が)){_NO_PLACE}")
# 「東京アプリだけ」, 「せたがやPayじゃないほう」: one of the two leaves no doubt of the other.
_ALONE = re.compile("(?:の(?:ほう|方))?(?:だけ|のみ)(?!(?:じゃ|では|で|は)な|は?(?:いら|いり|要|だめ|結構))")
_THE_OTHER = re.compile("(?:じゃ|では|で)な(?:い|かった)(?:ほう|方|やつ)")
_MAY_NAME = re.compile("[東都区]|せた|世田谷|瀬田谷|とうきょう|app|pay")  # most sentences name no app: one look shows it
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
    "(?<![はが])どっち(?:なの|なん)?(?:かしら|かな|だろう|やろ)|(?:どっち|どちら|どれ)(?:か|が|かしら).{0,8}(?:知ら|しら)(?:な|ん)",
    "don'?t know|not sure|anything(?! but| except)",
)
_CHOICE = re.compile("両方|りょうほう|どちら|どっち|二つとも|2つとも|ふたつとも|both|どれでも")
_ALREADY = "(?:もう|すでに|とっくに|自分で)"
# What may stand right behind the name of an app that needs no help.
# It is there, and yet help is wished: 「娘が入れてくれたけど使い方が」.
_STUCK = "(?!.{0,4}(?:けど|けれど|のに|が(?!い)).{0,10}(?:使い方|わから|分から|うまく|動か|開か|できな))"
_REFUSED = said(
    f"(?:は|も|を|の(?:ほう|方)は|の(?:使い方|登録)は|だけ)?{_ALREADY}?(?:いら|要ら|いり|要り)(?:ない|ません)",
    "(?:は|も|の(?:ほう|方)は)?(?:もう)?"
    + any_of(
        "結構|けっこう|不要|必要は?(?:な[いく]|ありま)|なし|いいです|いいので|大丈夫な|やめ",
        "わかる|分か(?:る|って)|でき(?:る|ます|てい?る)|済|すん|終わ",
    ),
    f"[はもを][^あ]{{0,8}}?(?:やって|入れて|登録して|設定して)(?:くれ(?:た|て(?:い|あ|る)|まし)|もら(?:った|いまし)){_STUCK}",
    f"[はがもを](?:もう|すでに)?(?:入(?:りまし|って(?:い?る|い?ます|あ)|った(?!ら))|入れて(?:い?る|あ)|登録して(?:い?る|あ)|使って(?:い?る|い?ます))(?!か){_STUCK}",
    "[はもを]?(?:もう|すでに|自分で|前に)[^あ]{0,8}(?:た|てある|てい?る|てい?ます|済み)",
    "は(?:入れ(?:ました|た|て[あいま])|登録(?:しま|済|して[あい])|使え(?:る(?!よう)|て|ます)|持って[いま])",
    "以外|(?:じゃ|では|で)な[いく]|(?:じゃ|では)ありません|をやめ| (?:is )?(?:done|not (?:needed|necessary))",
)
_BOTH_PEOPLE = re.compile(r"両親|(?:2人|ふたり)とも|parents|\bboth of (?:us|them)|\b(?:we|us|they) both\b")
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
    if not _MAY_NAME.search(page):
        return (), False
    named = {"setagaya": _mentions(page, _SETAGAYA, _WARDS_ONE), "tokyo": _mentions(page, _TOKYO, _TOWNS_ONE)}
    if named["tokyo"] and not named["setagaya"]:
        named["setagaya"] = list(_SETAGAYA_ONE.finditer(page))
    out = {topic: [_is_refused(page, m) for m in said] for topic, said in named.items()}
    wished = tuple(topic for topic, refused in out.items() if refused and not all(refused))
    if len(wished) > 1:
        alone = tuple(topic for topic in wished if any(_ALONE.match(page, m.end()) for m in named[topic]))
        wished = alone if len(alone) == 1 else wished
    others = [topic for topic, said in named.items() if not said]
    if not wished and len(others) == 1 and _names_the_other(page, named):
        wished = (others[0],)
    return wished, any(any(refused) for refused in out.values())


def _mentions(page: str, by_name: re.Pattern[str], by_owner: re.Pattern[str]) -> list[re.Match[str]]:
    """Where an app is named, or only whose it is."""
    return sorted((*by_name.finditer(page), *by_owner.finditer(page)), key=lambda m: m.start())


def _names_the_other(page: str, named: dict[str, list[re.Match[str]]]) -> bool:
    """「せたがやPayじゃないほう」: the app that is not named."""
    return any(_THE_OTHER.match(page, m.end()) for said in named.values() for m in said)


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
