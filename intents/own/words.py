"""What the words of somebody with a booking are made of: politeness, questions, 「両方」, 「一人だけ」.

Every reader gets `page`: the words folded, katakana as hiragana. Whether there is a booking to do it to,
the callers know: 「行けません」 is nothing to those who have none.
"""

from __future__ import annotations

import re

from intents.patterns import any_of, said
from intents.text import fold, to_hiragana

# Words that more than one reader listens for, as sources of patterns.
BOOKING = "予約|よやく|booking|appointment|reservation"
CANCEL = "取り?(?:消|止め|やめ|下げ)|とりけ|とりや?め|取りけ|きゃんせる"
YES = "はい|うん|ええ|(?:お願|おねが)い|よろしく"
YES_EN = "yes|yeah|yep|ok|okay|sure|please"
ANOTHER = "(?:別|べつ|ほか|他|違う|ちがう)の?"


_NAMES_BOOKING = re.compile(BOOKING)


def page_of(text: str) -> str:
    """The words in the one spelling that all readers here take."""
    return to_hiragana(fold(text))


def names_booking(page: str) -> bool:
    """Whether a booking is called by its name."""
    return _NAMES_BOOKING.search(page) is not None


# Said beside a wish out of politeness or habit: it wishes nothing itself.
_BESIDE = said(
    "すみません|すいません|申し訳(?:ない|ありません|ございません)|ごめんなさい|ごめん|ありがとう(?:ございま(?:す|した))?",
    "あのう?|ええと|えーと|えっと|やっぱり|やはり|やっぱ|もう|では|じゃあ?|それで|それなら|ちょっと|とりあえず",
    "今回|こんかい|さっき|さきほど|その|この|あの|それ|これ|全部|わたし|私|ご?予約|予訳|よやく",
    "(?:お願|おねが)い(?:いた|致)?(?:し(?:ます|たい))?|よろしく|ください|下さい",
    "したい|する|して(?:おき)?|しとき|します|しました|たい|と思い?ます|(?:の|ん)です|です|ます|ました|でした",
    "(?:いただ|頂)け(?:ます|ません)|もらえ(?:ます|ません)|でき(?:ます|ません)|けど|けれども?|から|ので",
    r"\b(?:please|sorry|thanks|thank|my|the|i|id|im|we|you|it|this|that|want|need|have|got|to|would|like|can|could)\b",
    r"\b(?:booking|appointment|reservation|visit|just|now|actually|then|and|well|again)\b",
    "[てをのはでにもがへとんかねよわなぁあー 、。]",
)


def only(page: str, words: re.Pattern[str]) -> bool:
    """Whether nothing is said but `words` and what stands beside them out of politeness."""
    found = words.search(page)
    return found is not None and not _BESIDE.sub("", words.sub("", page)).strip()


# ------------------------------------------------------------------ one's own booking, or another matter
# 「キャンセル料は」, 「変更はできますか」 ask how things are in general.
_COSTS = r"(?:きゃんせる|取り?消し?)(?:料|りょう)|料金|手数料|費用|お金|罰|ぺなるてぃ|\bfees?\b|charge"
_RULES = any_of(
    "場合|(?:とき|時)は|(?:た|れ)ら.{0,20}(?:か|の)$|人は|(?<!夕)方は|いつまで|何日前|何回",
    "方法|どうやって|(?:し|やり|仕)かた|(?:仕|やり|し)方",
    r"what if|is it possible|until when|\bhow (?:do|can|to|much|late|long)\b|do i (?:have|need) to (?:cancel|change)",
    r"^(?:is|are|was|were|will|has|does|who|what|why)\b.*\b(?:cancel|chang)",
)
# Who cannot come at all asks for another way, and has nothing to cancel: 「寝たきりで行けません」.
_ANOTHER_WAY = any_of(
    "自宅|家に来|出張|代わり(?!に別)|かわりに|代理|付き添|寝たきり|遠く",
    "(?:私|わたし)が$|(?:私|わたし|娘|息子|嫁)が.{0,6}(?:伺|(?:行|い)(?:き|く|け)|参)",
    "なければ(?:行|い)け|平日は|土日|しか(?:行|い)け|(?:ひとり|一人|1人)では?(?:行|い)け",
)
_GENERAL = said(_COSTS, _RULES, _ANOTHER_WAY)
_HOW = re.compile("どうすれば|どうしたら|どうやれば|どうなり")
_MINE = re.compile("たい|なく?なっ|なりました|なってしま")
_ASKS_LEAVE = said(
    "(?:でき|出来|可能|られ|してもいい|していい|しても大丈夫).{0,5}(?:か|の|かな|かしら)$",
    r"\b(?:can|may) (?:i|we) (?:cancel|change|reschedule)\b",
)
# Things that are changed and cancelled too, and are none of the desk's bookings.
_THINGS = any_of(
    "暗証|番号|ぱすわーど|住所|名前|氏名|名字|苗字|機種|すまほ|携帯|かーど|証明書?|あぷり|ぽいんと|登録|申請|注文|契約|口座",
    "言葉|言語|英語|日本語|文字|画面|電話|設定|初期化|送信|送った(?:の|もの)?|めっせーじ|送金|支払い?|ちゃーじ|課金|振り?込み?",
)
_TURNED = any_of("変|かえ|替|換|取り?消|とりけ|きゃんせる|解約|やめ|止め|(?:元|もと)に")
_OTHERS = any_of(
    "病院|医院|医者|歯科|眼科|くりにっく|わくちん|予防接種|美容[院室]|床屋|れすとらん|食事|宿|ほてる|図書館|たくしー|飛行機|新幹線"
)
_OTHERS_EN = any_of("hospital|doctors?|dentists?|clinic|restaurant|hotel|hair(?:dresser|cut)?|flight|vaccin[a-z]+")
_OTHER = said(
    f"{_THINGS}(?:した|して)?(?:の|を|は|も|が|に)?(?!ご?予約|よやく).{{0,3}}{_TURNED}",
    # 「歯医者の予約が変わったので」 and 「病院の予約を変えられないので」 give the reason for a wish.
    f"{_OTHERS}の予約[をはも]?(?!変わ|変えられ|かえられ){_TURNED}",
    "(?:change|switch|back)(?: it| the)?(?: language)?(?: to| into)? (?:english|japanese|easy|plain)",
    r"(?:change|cancel|reset|forgot)(?: my| the| a)? (?:pin|password|phone|language|address|name|card|app|contract)\b",
    f"(?:change|cancel|move|reschedule)(?: my| the| a)? {_OTHERS_EN} (?:booking|appointment|reservation)",
)


def is_general(page: str) -> bool:
    """Whether the words ask how it is done or what it costs, or mean another thing than a booking here."""
    if _HOW.search(page) and not _MINE.search(page):
        return True
    return _GENERAL.search(page) is not None or is_of_other_things(page)


def is_of_other_things(page: str) -> bool:
    """「機種を変更した」, 「設定を元に戻したい」, 「歯医者の予約を取り消したい」: none of the desk's bookings."""
    return _OTHER.search(page) is not None


def asks_leave(page: str) -> bool:
    """「変更できますか」: a question by its form, which may be a wish."""
    return _ASKS_LEAVE.search(page) is not None


_QUESTION = re.compile(
    "[?？]|(?:です|ます|ません|でしょう|いい|ある|いる|ない|れる|める|の)か(?:な|ね|しら)?[。 ]*$"
)


def is_question(text: str) -> bool:
    """Whether `text`, as typed, is a question by its form: by its sign, which `page` has lost, or its ending."""
    return _QUESTION.search(text.strip()) is not None


# ------------------------------------------------------------------ how many of them
_ALL = said(
    "両方|りょうほう|(?:二つ|2つ|ふたつ|二件|2件|どちら|どっち|みんな)とも|(?:二|2)つの予約",
    "(?:全部|ぜんぶ|全て|すべて)(?!の?(?:時間|日))",
    r"\bboth\b|\ball (?:of|my)\b",
)
_ONE = "(?:一人|1人|ひとり)"
_PARTNER = any_of("片方|片っぽ|主人|夫|妻|家内|父|母|娘|息子|連れ|相方|友達|友人|相手|もう一方", _ONE)
_HALF = said(
    f"{_PARTNER}(?:だけ)?(?:が|は|の方が|のほうが)?.{{0,10}}?(?:行け|いけ|行かれ|いかれ|来られ|来れ|欠席|行かな|行くのを)",
    f"{_ONE}(?:分)?(?:だけ|のみ)?[にを]?(?:変|減ら|へら|取り?消|きゃんせる)",
    "(?:one of us|my (?:wife|husband|mother|father|friend|daughter|son)|only one).{0,12}(?:cant|cannot|wont|not)",
)


def means_all(page: str) -> bool:
    """「両方」, 「二つとも」."""
    return _ALL.search(page) is not None


def says_one_of_two(page: str) -> bool:
    """Of two people one cannot come: 「一人行けなくなりました」."""
    return _HALF.search(page) is not None
