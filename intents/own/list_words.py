"""What typed words say of reminders, of a waiting list, and of a place offered from it.

Every reader gets `page` (own_words.page_of), and whether there is such a thing, the callers know.
"""

from __future__ import annotations

import re

from intents.own.words import YES, YES_EN, only
from intents.patterns import any_of, said

# ------------------------------------------------------------------ reminders
_MESSAGE = "お?知らせ|おしらせ|通知|りまいんど(?:めーる)?|連絡|れんらく|めっせーじ|らいん|line"
_NO_MORE = any_of(
    "いら(?:ない|ん)|いりません|要ら|要りません|不要|止め|とめ|やめ|けっこう|結構|停止|おふ",
    "しないで|しなくて|送らない|おくらない|出さない|来ないよう|こないよう",
)
_QUIET = said(
    f"(?:{_MESSAGE}|案内).{{0,8}}?{_NO_MORE}",
    r"\b(?:stop|no|no more|turn off|dont (?:want|need|send)(?: me)?(?: any)?|without).{0,12}reminders?",
    # Not "don't forget to remind me", and not "I don't get messages".
    r"\b(?:stop|do ?nt|do not|never|no longer|not)"
    r"(?: (?:please|ever|want|wish|need|like|have|to(?: get)?|be|you|send|sending|give|me|us|any|more|the|your|those|these))"
    r"{0,7} (?:remind|notif|messag|alert|text(?:s|ing| me))[a-z]*",
)
_AGAIN = any_of(
    "ほし|欲し|ください|下さい|お願|おねが|再開|送って|おくって|して(?:ほし|欲し|くださ|もら)|はじめて|始めて",
    "おん|届くように|つけて|戻|もど",
)
_TELL = "(?:教え|おしえ|知らせ|しらせ|連絡|言っ)[てし](?:ほし|欲し|くださ|くれ(?!ま)|もらい|ね|$)"
_LOUD = said(
    f"(?:{_MESSAGE})[はをもがの]?(?:また|もう一度|やっぱり|前の日に|前日に)?を?{_AGAIN}",
    f"また.{{0,4}}(?:{_MESSAGE})(?!し?ます)|(?:前の日|前日|前の晩|当日|朝)(?:の朝)?に.{{0,6}}{_TELL}",
    "忘れそう.{0,10}(?:教え|知らせ|連絡)",
    r"\b(?:send|give|turn on|want|need|restart|resume)(?: me)?(?: back)?(?: on)?(?: the| a| my)? reminders?",
    "remind me(?! of my pin)|reminders? (?:back )?(?:on|again)",
)
_ASKS_REMINDER = said(
    "(?:ます|ません|です|できる|もらえる|くれる|ある|来る|届く)か|ありますか", r"\b(?:will|do|does|would) (?:you|i)\b"
)


def wants_quiet(page: str) -> bool:
    """「もう連絡しないで」, "don't send me reminders"."""
    return _QUIET.search(page) is not None and not _ASKS_REMINDER.search(page)


def wants_loud(page: str) -> bool:
    """「お知らせをまたください」; not 「前の日に連絡くれますか」, which asks whether."""
    return _LOUD.search(page) is not None and not _ASKS_REMINDER.search(page)


# ------------------------------------------------------------------ waiting lists
_WAITING = "(?:空き待ち|あき待ち|きゃんせる待ち|順番待ち|待つ|待ち|待って|まつ|待(?=た))"
_UNWAIT = said(
    f"{_WAITING}(?:の|こと|り?すと)?(?:は|を|も|から)?(?:もう)?"
    + any_of(
        "やめ|止め|取り?消|取りけ|とりけ|きゃんせる|いい(?:です|や|わ|$)|外|はず|抜け|ぬけ|降り|おり",
        "いら|いり|なし|結構|けっこう|中止|解除|(?:いる|る)のは?(?:やめ|もう)",
    ),
    f"{_WAITING}(?:てい?)?る?(?:の|こと|ほう|方|分|やつ)(?:は|を|も)?(?:もう)?、?(?:いら|いり|いや|嫌|やめ|けっこう|結構|いい(?:です|や|わ|$))",
    "待たな(?:い|く)|待ちません|待てな|待てません|まちません",
    "stop waiting|(?:off|leave|remove me from|out of) the (?:waiting )?(?:list|line)",
    r"\bcancel (?:the |my )?wait|dont want to wait|not wait",
)
_OF_LIST = said(
    "何番目|なんばんめ|何人(?:目|待|くらい|ぐらい|いま)|順番|(?:どの?くらい|いつまで|あとどれ).{0,4}待",
    "(?:空き|空い|あき|あい|席).{0,4}(?:まだ|出|で|ました|ません|た$|たか|ない)|まだ.{0,3}(?:空|あ)(?:き|い|か)",
    "(?:空い|あい|空き[がは]?(?:出|で)|出)た?ら.{0,8}(?:教え|おしえ|知らせ|しらせ|連絡|れんらく|ください)",
    "きゃんせる(?:待ち|まち)?(?:は|って|が)?.{0,4}(?:どう|出|で(?:た|ました))|待ち.{0,4}どう|待ってい?(?:る|ます)(?:んですが|けど|のですが)",
    "(?:my|what) (?:place|number|position) (?:in|on) (?:the )?(?:list|line|queue)|on the (?:waiting )?list",
    "how (?:long|many).{0,20}(?:wait|ahead|list|line|queue)|any (?:free )?(?:place|news|cancellation)",
    "still (?:full|waiting)|let me know",
)


def wants_off_list(page: str) -> bool:
    """「待つのをやめます」."""
    return _UNWAIT.search(page) is not None


def asks_of_list(page: str) -> bool:
    """「何番目ですか」, 「まだ空きませんか」, 「空いたら教えて」: of a list she is on."""
    return _OF_LIST.search(page) is not None


# ------------------------------------------------------------------ an offered place
_TAKE = any_of(
    YES,
    "ぜひ|是非|(?:行|い)き(?:ます|たい)|(?:行|い)く|(?:行|い)けます|伺います|うかがいます|決めます|その席|この席|席を?ください",
    "予約(?:する|し(?:ます|たい)|お願)|もらい(?:ます|たい)|いただきます|取(?:ります|って|りたい)|とります|ほしい|欲しい",
    rf"\b(?:{YES_EN}|ill take it|take it|book it|want it|great)\b",
)
_TAKES = re.compile(_TAKE)
_TAKE_WORDS = said(
    _TAKE,
    "席|(?:そ|こ)[のれ]|時間|で|大丈夫|いい|嬉しい|うれしい|よかった",
    r"\b(?:ill|will|take|place|seat|book|that|one)\b",
)
_LEAVES = said(
    "いいえ|いえ|いりません|いらな|要りません|要らな|不要|結構|けっこう|間に合って|まにあって|無理|むり|だめ|駄目|見送|みおく|ぱす",
    "遠慮|えんりょ|辞退|断|やめ|きゃんせる|取り?消|(?:次|ほか)の(?:方|人)|もう(?:大丈夫|だいじょうぶ|いい)|都合が(?:悪|つか)",
    "(?:行|い)(?:け|か(?:れ)?)(?:な|ま(?:せん))",
    r"^no\b|\bno thank|not? (?:need|want)|dont (?:need|want)|\bcant\b|cannot|pass\b|never ?mind",
)
_THE_PLACE = re.compile(
    "(?:この|その|あの|空いた|お?待ちの|待っていた)席|offered|that (?:place|seat)"
    "|(?:さっき|先ほど|さきほど)の?(?:お?知らせの?|通知の?|連絡の?)?(?:席|空いた|あいた|空き)"
    "|(?:お?知らせ|通知|連絡)(?:して)?(?:の|いただいた|もらった|くれた)席|the (?:place|seat) you (?:told|wrote|offered)"
)
_UNTIL_WHEN = re.compile("(?:何時|いつ|何分)まで|until when|how long")
_YES_OR_NO = re.compile("いい|良い|大丈夫")  # 「いいです」 takes it as well as leaves it


def takes(page: str) -> bool:
    """Yes to an offered place, and nothing besides."""
    return _TAKES.search(page) is not None and only(page, _TAKE_WORDS) and not leaves(page)


def leaves(page: str) -> bool:
    """No to an offered place."""
    return _LEAVES.search(page) is not None


def wonders(page: str) -> bool:
    """「何時まで待ってくれますか」, or 「いいです」, which is a yes as well as a no."""
    return _UNTIL_WHEN.search(page) is not None or only(page, _YES_OR_NO)


def speaks_of_place(page: str) -> bool:
    """「この席」: words that only an offer can mean."""
    return _THE_PLACE.search(page) is not None
