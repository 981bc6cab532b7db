"""What typed words say of somebody else's visit, or of one more: 「父の分も次の日に」, 「母の予約を取り消して」.

Every reader gets `page` (own.words.page_of).
"""

from __future__ import annotations

from intents.patterns import any_of, said

_KIN = any_of(
    "(?<!大丈)夫(?!婦)|妻|主人|旦那|だんな|亭主|家内|女房|嫁(?!が来)|連れ合い|お?父|お?母|おかあ|おとう|おふくろ|親父|おやじ|義[父母]",
    "祖[父母]|お?(?:ばあ|じい|婆|爺)(?:ちゃん|さん)|叔[父母]|伯[父母]|おば(?:さん)?|おじ(?:さん)?|両親|(?<![両母父])親(?![切戚友])",
    "[兄姉妹弟]|息子|むすこ|娘|孫|家族|友人|友だち|友達|知り合い|知人|近所の(?:人|方)",
)
_CALLED = "(?:さん|さま|様|ちゃん|くん|上){0,2}"
_KIN_EN = (
    "mother|father|mom|mum|dad|wife|husband|grand(?:ma|pa|mother|father|son|daughter)|aunt|uncle|parents?|son|daughter"
    "|sister|brother|friend|neighbou?r"
)
# ------------------------------------------------------------------ another's visit
_THEIR_VISIT = said(
    f"(?:{_KIN}){_CALLED}(?:の(?:分|ぶん|席|予約|ほう|方)|の?も|は|が(?=[0-9]|午[前後]|明日|来週|(?:行|い)き|受け)|ですが|ですけど|だけど|なんですが)",
    rf"\b(?:for )?my (?:{_KIN_EN})\b|\b(?:he|she) (?:wants|would like)\b",
)
# The relative comes along, or is why the day must be another; the visit is hers.
_ONLY_ALONG = said(
    f"(?:{_KIN}){_CALLED}(?:が|は|も|の(?:都合|用事|仕事|予定|病院|休み))?.{{0,10}}?(?:都合|付き添|つきそ|休み|用事|仕事|連れて行って|"
    "送って|車で|来られる|来れる|一緒に来|来る(?:ので|から|日|の)|いるので|言われ|言うので|だめ|無理|病院|入院)",
    f"(?:{_KIN}){_CALLED}[がはも].{{0,16}}(?:ので|んで、|から(?!です))|(?:{_KIN}){_CALLED}の(?:代わり|かわり|結婚|法事|手伝|付)",
    rf"\bmy (?:{_KIN_EN}) (?:can (?:take|drive|bring|come with|help)|helps|will help|is visiting|takes|drives|says|told|is (?:off|free|busy|sick|ill))",
)
_ONCE_MORE = said(
    "もう(?:一|1|ひと)(?:回|度|つ|件|席)|もういちど|(?:別|べつ)に(?:もう)?.{0,4}(?:予約|席)|それとは別",
    r"\b(?:another|one more|a second) (?:one|visit|booking|appointment|slot|place)\b|\bas well\b|\balso book\b",
)
_WISHES = said(
    "(?:行|い)きたい|(?:行|い)ける|(?:取|と)(?:り|れ|って)|予約|お願|おねが|受け|希望|伺|(?:が|で)(?:いい|良い|よい)|[にで]$|も$",
    r"\b(?:would like|wants?|book|visit|please|for my|and|another|one more|come|prefers?|needs?)\b",
)


_THEIR_SEAT = said(f"(?:{_KIN}){_CALLED}の(?:分|ぶん|席|予約)", rf"\b(?:for|book) my (?:{_KIN_EN})")
_ASKS_TO_TAKE = said("お願|おねが|(?:取|と)(?:って|れ)|予約でき", r"\b(?:can|could) (?:i|we|you|he|she) (?:please )?(?:book|have|get|take|reserve|come)\b")


def of_another_visit(page: str) -> bool:
    """「妻は26日の9時がいいそうです」: the visit of one of the family, and not whom she comes with."""
    return _THEIR_VISIT.search(page) is not None and not _ONLY_ALONG.search(page) and _WISHES.search(page) is not None


def names_their_seat(page: str) -> bool:
    """「姉の分」: surely another's visit, also in the middle of a change."""
    return _THEIR_SEAT.search(page) is not None


def asks_to_take(page: str) -> bool:
    """「26日でとってくれる？」: a question by its form, and a wish."""
    return _ASKS_TO_TAKE.search(page) is not None


def of_one_more_visit(page: str) -> bool:
    """「28日の午後1時にも、もう一回行きたい」: one visit more, her own."""
    return _ONCE_MORE.search(page) is not None and _WISHES.search(page) is not None


# ------------------------------------------------------------------ another's booking
_THEIR_BOOKING = said(
    f"(?:{_KIN}){_CALLED}の(?:(?:分|ぶん|席|予約|よやく|ほう|方|件|やつ)(?:の予約)?)?(?:だけ|のみ)?(?:を|は|も|、|$|取り?消|きゃんせる|やめ|なし|変|かえ)",
    rf"\bmy (?:{_KIN_EN})s\b(?! (?:sick|ill|birthday|phone|card))|\b(?:booking|appointment|reservation|place) (?:for|of) my (?:{_KIN_EN})",
    rf"\b(?:cancel|change|move) (?:it )?for my (?:{_KIN_EN})",
)
_GIVES_UP = said(
    f"(?:{_KIN}){_CALLED}の(?:(?:分|ぶん|席|予約|よやく|ほう|方)(?:の予約)?)?(?:だけ)?(?:を|は|も|、)*(?:もう|やっぱり|やはり)?、?"
    "(?:やめ(?:ます|たい|る|て)|いらな|いりません(?!か)|要らな|要りません(?!か)|不要|なしで|無しで|けっこうです|結構です)"
)
_THEIR_TIME = said(
    f"(?:{_KIN}){_CALLED}の(?:分|ぶん|予約|よやく|ほう|方|番)?(?:は|って|の日|の時間)?(?:いつ|何時|なんじ|何日|どこ)",
    rf"\b(?:when|what time|where) (?:is|was) my (?:{_KIN_EN})s\b",
)


def of_their_booking(page: str) -> bool:
    """「母の予約を」, "my mother's": a booking that is called one of the family's."""
    return _THEIR_BOOKING.search(page) is not None


def gives_up_theirs(page: str) -> bool:
    """「妻の分はいりません」."""
    return _GIVES_UP.search(page) is not None


def asks_their_time(page: str) -> bool:
    """「父の分はいつでしたっけ」."""
    return _THEIR_TIME.search(page) is not None
