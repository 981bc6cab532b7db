"""Short words typed at a step of a booking: yes, no, which button, stop, wait a moment.

Each reader gets the words in one spelling (`plain`), and says what they mean at a question of the
desk's own; what they say of days, places and people is read in wishes/.
"""

from __future__ import annotations

import re
from typing import Literal

from intents.patterns import any_of
from intents.text import fold, strip_polite, to_hiragana

Move = Literal["stop", "back", "restart", "pause", "again"]
Way = Literal["apart", "other_day", "other_time", "other_venue", "people", "topics", "wait", "more_days", "phone", "any"]


# Words that agree, and words that only stand beside them.
_AGREE = any_of(
    "はい", "はーい", "うん", "ええ", "そう", "おっけー", "おーけー", "おけ", "ok", "okay", "yes", "yeah", "yep", "sure", "please",
    "(?:お願|おねが)い(?:いた|致|申し上げ)?(?:します|しますね)?", "おねがい", "お願い", "よろしく", "宜しく", "確定", "決定", "決め(?:ます|る|た)",
    "大丈夫", "だいじょうぶ", "(?:頼|たの)(?:みます|む)", "了解", "承知", "(?:わか|分か)りました", "問題(?:ない|ありません|なし)",
    "間違い?(?:ない|ありません)", "(?:合|あ)って(?:い)?(?:る|ます)", "予約(?:する|して|します|を?確定)", "予約", "変更(?:する|して|します)?",
    "取って", "とって", "変えて", "(?:それ|これ|その(?:日|時間))で", "book it", "confirm", "thats? (?:fine|right|correct|good)",
    "(?:looks|sounds) (?:good|fine|great)", "go ahead", "fine", "correct",
)  # fmt: skip
_BESIDE = any_of(
    "です", "でーす", "ます", "ました", "しました", "ください", "くださいね", "ございます", "ありがとう(?:ございます)?", "どうぞ", "では", "じゃあ", "じゃ",
    "この", "その", "ご?予約", "内容", "これ", "それ", "日時?", "時間", "とき", "ように", "[でをにがはのねよわ、 ]", "thank you", "thanks", "that", "it", "and", "is",
)  # fmt: skip
_YES = re.compile(f"{_BESIDE}*{_AGREE}(?:{_AGREE}|{_BESIDE})*")
# At 「これでよろしいですか」 only: elsewhere 「いいです」 is "no, thank you".
_FINE = re.compile(
    f"(?:{_AGREE}|{_BESIDE})*"
    "(?:いい|良い|よい|よろしい|結構|けっこう|おっけー|ok)(?:です|でーす|よ|ね|わ|と思い?ます|でしょう)*"
    f"(?:{_AGREE}|{_BESIDE})*"
)
_THANKS_NO = re.compile("(?:もう|いや|いえ|いいえ|ううん|やっぱり?|やはり).{0,4}(?:いい|結構|けっこう|大丈夫|だいじょうぶ)|いらない|いりません|要らない|要りません")
_NO = re.compile(
    "(?:いいえ|いえ|いや|ううん|no|nope|not (?:this|that|it|really)|(?:thats )?(?:wrong|not right|incorrect))"
    "|(?:いいえ|いえ|いや|ううん|あ|あれ|えっ)*(?:(?:それ|これ|そう)(?:じゃ|では)(?:ない|ありません)|(?:ちが|違)(?:う|い|います|ってる|っています|った)|よくない|だめ|駄目"
    "|間違え|間違い|まちがえ|まちがい|まちがった|間違った)(?:です|ます|ました|た|よ|ね|のですが|んですが|けど)*"
)
_STOP = re.compile(
    r"(?:もう|やっぱり?|やはり|予約は?|これは?|今日は|今は|全部|ぜんぶ|いいえ|いえ|いや)*(?:いい|やめ(?:る|た|て|たい|とく|とき|ておく|ておき|よう|ます|ました)?|止め(?:る|て|たい)?|中止|中断"
    r"|きゃんせる|取り?消し?|とりけし?|取りやめ|とりやめ|おわり|終わり|終了|予約し(?:ない|ません)|(?:いら|要ら)ない|(?:いり|要り)ません|結構|けっこう|あきらめ(?:る|ます)"
    r"|stop|cancel|quit|never ?mind|forget it|i give up|(?:actually )?(?:please )?cancel it)(?:する|して|します|ます|したい|にする|にします|です|よ|わ)*"
    r"|また(?:今度|こんど|あとで|後で|の機会)?(?:に(?:する|します))?|あとで(?:に(?:する|します))?|後に(?:する|します)"
)
_RESTART = re.compile(r"(?:全部やめて)?(?:最初|さいしょ|はじめ|初め|一)から(?:やり直|やりなお|し直|する|お願い|もう一度|に)?|(?:最初|はじめ)に(?:戻|もど)|やり直し|やりなおし|start over|from the beginning|start again")
_PAUSE = re.compile(
    r"(?:考え|かんがえ|相談|迷|悩)(?:し|って|んで|い)?(?:ます|る|て|中|させ|ようかな|たい|みます|おき)|(?:聞|き)いて(?:み|から|くる|きます)|確認して(?:み|から|くる|きます)|(?:待|ま)って|お待ち|かれんだー見|どうしよう|まよ(?:う|って|い)"
    r"|\b(?:let me (?:think|check|ask)|wait|hold on|one (?:moment|second|minute)|just a (?:moment|second|minute)|thinking)\b"
)
_BACK = re.compile(
    r"(?:まちがえた|間違えた|まちがい|間違い)*(?:ひとつ|一つ|1つ)?(?:前|まえ|元|もと)(?:に|へ|の(?:画面|質問)に?)?(?:戻|もど)?(?:る|って|りたい|してください|して)?|(?:まちがえた|間違えた)*(?:戻|もど)(?:る|って|りたい|して|したい)(?:ください)?|back|go back|previous"
)
_AGAIN = re.compile(r"もう(?:一度|いちど|1度|一回|1回)|ゆっくり|くりかえ|繰り返|何て(?:言|い)|say (?:it|that) again|once more|repeat|slowly|pardon")
_ORDER = re.compile(
    r"(?:(?:上|うえ)から|(午前|午後)の)?"
    r"(?:([1-9])(?:番|つ|こ|個)?(?:目|め)?|(最初|(?:[1一]番|いちばん)(?:上|うえ|初め|はじめ)|初め|はじめ|上|うえ|first)"
    r"|(?:まん|真ん?)(中|なか)|((?:[1一]番|いちばん)?(?:最後|さいご|下|した)|last))"
    r"(?:の)?(?:やつ|もの|ほう|方|日|時間|席|ところ|場所|窓口|one)?(?:で|が|に|を)?(?:いい|良い)?"
)
_COUNTS = {"first": "最初", "second": "2つ目", "third": "3つ目", "fourth": "4つ目", "last": "最後"}
_ORDINALS_EN = re.compile(r"^(?:the )?(first|second|third|fourth|last)(?: one)?$")


_ANOTHER = "(?:ほか|他|別|べつ|違う|ちがう)の"
_TURNED = "(?:に?ち|付)?[をがはも]?(?:変え|かえ|替え|へんこう|変更|選び|違|ちが|だめ|無理|むり|都合|間違|まちが)"
_WAYS: tuple[tuple[Way, re.Pattern[str]], ...] = (
    ("apart", re.compile("別々|べつべつ|ばらばら|(?:1|一|ひと)(?:人|り)ずつ|separate|one at a time")),
    ("wait", re.compile(
        r"空[きくい]?(?:の)?(?:を)?.{0,3}待|待って(?:み|い?ます|おき)|(?:やめ|断|きゃんせるし)た(?:人が(?:い|出)た)?ら.{0,8}(?:入れ|教|回し|連絡)|if (?:some|any)(?:body|one) cancels|when a place is free|待ち(?:ます|たい)|待つ$|きゃんせる待ち|wait(?:ing)? ?list|\bwait for|let me know"
        r"|(?:空|あ)(?:いた|きが(?:出|で))た?ら.{0,6}(?:教|おし|知ら|しら|連絡|れんらく)|きゃんせるが(?:出|で)たら"
    )),
    ("other_venue", re.compile(
        f"{_ANOTHER}(?:場所|ばしょ|会場|所|ところ|窓口)|(?:場所|ばしょ|会場|窓口|ところ){_TURNED}|(?:another|different|other) (?:place|office|venue)"
    )),
    ("other_day", re.compile(f"{_ANOTHER}日|(?<![今本明一二三])(?:日|曜日){_TURNED}|(?:another|different|other) day")),
    ("other_time", re.compile(f"{_ANOTHER}(?:時間|時刻|じかん)|(?:時間|時刻|じかん){_TURNED}|(?:another|different|other) time")),
    ("people", re.compile(f"(?:人数|だれの|誰の|にんずう){_TURNED}|人数")),
    ("topics", re.compile(f"(?:お?手伝い|内容|あぷり){_TURNED}")),
    ("more_days", re.compile("もっと(?:先|後|あと)|(?:その|この)?(?:先|後|あと)の日|later days?|more days")),
    ("phone", re.compile("電話(?:を(?:かけ|し)|し(?:たい|ます|て)|で(?:聞|話|相談))|でんわ(?:したい|で(?:きき|はな))|(?:人|係|職員)と(?:話|はな)")),
    ("any", re.compile(
        r"(?:いつ|何時|なんじ|何日|どこ|どの(?:日|時間|場所|窓口|会場)|どれ|どちら|どっち|なん|何)でも(?:いい|良い|よい|よろし|かまわ|構わ|大丈夫|結構|ok|$)"
        r"|まかせ|任せ|^(?:(?:いちばん|一番)?最初$|(?:いちばん|一番)上)|\bany(?:time|where|day|one)?\b|whenever|wherever|up to you"
    )),
)  # fmt: skip
_ASKS = re.compile(r"[?？]|(?:か|の|かな|かしら|かね)[。 ]*$")
_SIGNS = re.compile("[👍🙆👌⭕○〇\U0001f3fb-\U0001f3ff\u200d\ufe0f♀♂ 。！!]+")
_SO = re.compile("^(?:では|じゃあ?|それでは|えー?と|うーん|あの)+")
_KANJI = str.maketrans("一二三四五六七八九", "123456789")


_QUESTION = re.compile(
    r"[?？]|(?:です|ます|でしょう|ません|いい|ある|いる|の)か(?:な|ね|しら)?$|(?<![日曜時分])は$|教えて|どこ|どう|なぜ|何|なに|いくら|どんな|誰"
    r"|^(?:what|where|when|how|which|who|why|is|are|do|does|can|could|should)\b"
)
# 「…のですが、よろしいですか」 asks leave for a wish, and nothing else.
_LEAVE = re.compile(
    r"(?:が|けど|けれど)、?(?:よろしい|宜しい|いい|大丈夫|可能)(?:です|でしょう)か[?？。]?$|(?:で|あたり|に)(?:どう(?:です|でしょう)?|いかが(?:です|でしょう)?)(?:か(?:しら|な|ね)?)?[?？。]?$"
)
_VACANCY = re.compile(r"空い|空き|あい(?:て|た)|とれ|取れ|行け|だめ|ダメ|available|free|possible")


_WAITS_NOT = re.compile(
    "(?:待|まち|まつ).{0,10}(?:たくない|ない|ません|面倒|めんどう|いや|嫌|やめ|いりません|けっこう|結構|何番|なんばん)|(?:って|とは|と)(?:何|なに|どう|どんな)"
    r"|\b(?:how|what|am i|dont|do not|not|no)\b"
)
_MAY_I = re.compile("(?:でき|もらえ|もらい|いただけ|くれ|られ|して)(?:ます|る|ません|ない)?(?:でしょう)?か|let me know|can i|could i|please")
# 「今日はとりあえずやめておきます」: at the end of whatever is said before.
_LEAVES = re.compile(
    r"(?:やめ(?:て)?(?:おく|おき|おこう|とく|とき|とこう)|見送|みおく|予約は(?:もう)?(?:いい|けっこう|結構)|(?:ので|から)(?:もう)?(?:いい|けっこう|結構)"
    r"|また(?:今度|こんど|明日|あした|後日|あとで|後で|の機会|考え|出直)(?:に(?:し|する)|する|し(?:ます|直)|ます|来)?)"
    r"(?:する|します|た|て|です|ます|わ|ね|よ|な|から|ので|ください|か)*[。!！ ]*$"
)


def plain(text: str) -> str:
    """The words in one spelling, without politeness and marks; katakana as hiragana."""
    return to_hiragana(strip_polite(fold(text))).strip("。、！!.〜~ ")


def says_yes(text: str) -> bool:
    """「はい」「お願いいたします」: to a question that はい answers."""
    if _SIGNS.fullmatch(text.strip()):
        return True
    return any(_YES.fullmatch(words) for words in _spellings(text)) and not _withheld(text)


def says_fine(text: str) -> bool:
    """A yes to 「これでよろしいですか」, where 「いいです」 is one too."""
    fine = any(_FINE.fullmatch(words) for words in _spellings(text))
    return says_yes(text) or (fine and not _withheld(text))


def _withheld(text: str) -> bool:
    """A question is no yes, and 「もう結構です」 is a no."""
    return bool(_ASKS.search(text.strip()) or _THANKS_NO.search(fold(text)))


def says_no(text: str) -> bool:
    """「いいえ」「ちがいます」「それじゃない」「まちがえました」."""
    return any(_NO.fullmatch(words) for words in _spellings(text))


def _spellings(text: str) -> tuple[str, str]:
    return plain(text), to_hiragana(fold(text)).strip()


def read_move(text: str) -> Move | None:
    """Words that move about in the booking instead of answering its question."""
    words, whole = _spellings(text)
    if _RESTART.match(words) or _RESTART.match(whole):
        return "restart"
    if _STOP.fullmatch(words) or _STOP.fullmatch(whole) or _THANKS_NO.fullmatch(words):
        return "stop"
    if _LEAVES.search(whole) and not re.search("[0-9]", whole):
        return "stop"
    if _BACK.fullmatch(words) or _BACK.fullmatch(whole):
        return "back"
    if _PAUSE.search(whole):
        return "pause"
    return "again" if _AGAIN.match(whole) else None


def read_order(text: str, labels: tuple[str, ...]) -> int | None:
    """Which of the buttons shown is meant by 「2番目」「最後の」「午後の最初」: its index; None for none.

    `labels`: what the buttons stand for, "am" or "pm" where that is a time, else "".
    """
    words = plain(text)
    english = _ORDINALS_EN.fullmatch(words)
    ordered = _COUNTS[english[1]] if english else _SO.sub("", words).translate(_KANJI)
    found = _ORDER.fullmatch(ordered)
    if found is None or not labels:
        return None
    half, number, first, middle, last = found.groups()
    among = [i for i, label in enumerate(labels) if not half or label == ("am" if half == "午前" else "pm")]
    place = int(number) - 1 if number else 0 if first else len(among) // 2 if middle else len(among) - 1
    bare = words.isdecimal()
    return among[place] if 0 <= place < len(among) and not bare and (first or middle or last or number) else None


def read_way(text: str) -> Way | None:
    """Which way on the words ask for, instead of answering the question: 「ほかの日」「空いたら教えて」."""
    words = _spellings(text)
    ways = (way for way, asks in _WAYS if any(map(asks.search, words)))
    return next((way for way in ways if way != "wait" or wants_to_wait(text)), None)


def wants_to_wait(text: str) -> bool:
    """Whether words about waiting wish it: 「待つのは面倒」 and 「空きを待つって何ですか」 do not."""
    if _WAITS_NOT.search(to_hiragana(fold(text))):
        return False
    return bool(_MAY_I.search(fold(text))) or not asks_something(text)


def asks_something(text: str) -> bool:
    """Whether a sentence is a question, other than whether a place is free."""
    words = _LEAVE.sub("", fold(text))
    asks = _QUESTION.search(words) or _QUESTION.search(_LEAVE.sub("", text.strip()))
    return asks is not None and not _VACANCY.search(words)


def asks_vacancy(text: str) -> bool:
    """Whether the words speak of what is free: 「空いている日は？」."""
    return _VACANCY.search(fold(text)) is not None
