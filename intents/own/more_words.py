"""What typed words say of a booking besides its day and place: other help, other people, and that all is well.

Every reader gets `page` (own_words.page_of).
"""

from __future__ import annotations

import re

from intents.own.words import YES, only
from intents.patterns import any_of, said

# ------------------------------------------------------------------ more than day and place
_ADDS = said(
    "追加|足し|たし(?:たい|て)|加え|増や|ふや|(?:も|の)(?:手伝|てつだ)|も(?:一緒|いっしょ)|も(?:お願|おねが|教え|やり|受け|聞き)|あわせて",
    r"(?:に|を|へ)(?:変|かえ|替|し(?:たい|て))|変更|add\b|as well|too$|also",
)
_HELP = said(
    "(?:お?手伝い|おてつだい|相談|用件)(?:の内容|内容|すること)?[をもはが]?.{0,4}(?:変|かえ|替|追加|ちが|違|間違|まちが)",
    "(?:change|add|different).{0,20}(?:help|topic)",
)
_ANOTHER_PERSON = said(
    # 「もう一人で大丈夫です」 is "alone, by now".
    "もう(?:1|一|ひと)(?:人|り)(?!で(?:も|は)?(?:大丈夫|だいじょうぶ|行|い[くけ]|でき|やれ|使))",
    "(?:二人|2人|ふたり)分?[にへ]|(?:人|人数|ひと)[をがも]?(?:増|ふ|追加)|人数[をの](?:変|追|ふ|増)",
    r"\badd (?:my|a|one|another)|(?:for|to) two (?:people)?|one more (?:person|seat|place)",
    "my (?:wife|husband|mother|father|friend) (?:too|as well|also)",
)
_WHOM = said(
    "じゃなく|ではなく|でなく|じゃない|ではない|間違|まちが|でした|だった|に(?:変|かえ)|が(?:行|い)き(?:ます|たい)|が代わりに",
    "の(?:予約|分)(?:に|でした|だった|なん)",
)
_NEW_BOOKING = said(
    "予約を?(?:し|取り|と)(?:たい|ます|って)|別に予約|にも.{0,3}予約|また.{0,8}予約|もう(?:一|1|ひと)つ(?:予約|席)",
    "book another|another booking",
)


def adds(page: str) -> bool:
    """「…も追加したい」: something more, or something else instead."""
    return _ADDS.search(page) is not None


def of_help(page: str) -> bool:
    """「お手伝いの内容を変えたい」."""
    return _HELP.search(page) is not None


def of_another_person(page: str) -> bool:
    """「もう一人追加したい」."""
    return _ANOTHER_PERSON.search(page) is not None


def of_whom(page: str) -> bool:
    """「私じゃなくて母の予約でした」, where a relative is named beside."""
    return _WHOM.search(page) is not None


def wants_another_booking(page: str) -> bool:
    """「母の分も予約したい」: one more, not the one she has."""
    return _NEW_BOOKING.search(page) is not None


# ------------------------------------------------------------------ after it is done
_CONTENT = any_of(
    YES,
    "わかりました|分かりました|わかった|了解|承知|よかった|良かった|安心|助かりました|助かった|嬉しい|うれしい|ありがとう|ありがたい|感謝|どうも",
    "お世話|おせわ|また|大丈夫|だいじょうぶ|特にない|以上|さようなら|失礼します|いいえ|行きます|いきます|伺います|おっけー|おけ",
    r"\b(?:ok|okay|yes|alright|all right|great|good|fine|perfect|got it|i see|understood|no|nothing|bye|goodbye)\b",
    r"\b(?:thanks|thank you|thx|ty|cheers|see you|very much|so much|a lot)\b",
)
_CONTENTED = re.compile(_CONTENT)
_CONTENT_WORDS = said(
    _CONTENT,
    "ほんとうに|本当に|どうぞ|とても|大変|たいへん|いろいろ|明日|あした|今日|きょう|当日",
    "になり|なりました|ございます|ございました|これで|いい|よい|いたします",
)


def is_content(page: str) -> bool:
    """「はい」, 「ありがとう」, "ok thanks", after something was done: there is nothing more to do."""
    return _CONTENTED.search(page) is not None and only(page, _CONTENT_WORDS)
