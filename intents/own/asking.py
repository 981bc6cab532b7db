"""What typed words ask about one's own bookings: when and where, is it made, what is its reference.

Every reader gets `page` (own_words.page_of), and whether it is about anything, the callers know.
"""

from __future__ import annotations

import re

from intents.patterns import any_of, said

_BOOKED = "(?:予約|よやく|予訳)"
_OWNER = "(?:私|わたし|あたし|わし|僕|自分|母|父|主人|妻|夫|うち)"
_BOOKING_EN = "(?:booking|appointment|reservation)"
# Not 「いつから予約できますか」, which asks of all bookings.
_WHEN_OF_HERS = any_of(
    "いつ(?!から)|何時(?!から(?:できる|始|はじ|受|予約)|まで)|なんじ|何日(?!前|から)|どこ(?!で(?:でき|する|すれ|取)|から)|どうなって"
)
_TO_SEE = any_of("確認|かくにん|格認|たしか|確か|覚え|おぼえ|忘れ(?!そう)|わすれ(?!そう)|見たい|みたい|見せ|みせ", _WHEN_OF_HERS)
_SEES = said(
    f"{_BOOKED}(?:した|して(?:い|あ)?(?:る|た|ます|ました)?|の|は|って|が)?.{{0,8}}?{_TO_SEE}",
    f"^{_OWNER}の(?:予約|よやく)(?:は|って)?$",
    "(?:予約|よやく)の(?:時間|じかん|場所|ばしょ|日時|日にち|日|内容)(?:を|は|が|って)?"
    "(?:教|おし|忘れ(?!そう)|わすれ(?!そう)|いつ(?!から)|何|なん|どこ|確|たし|$)",
    r"\b(?:when|what (?:time|day)|where|which (?:office|day|place)|show|see|check|look up|view)\b.{0,30}"
    rf"\bmy (?:visit|{_BOOKING_EN})\b",
    rf"\bmy {_BOOKING_EN} (?:details|time|date)|\bwhat(?: is|s| was| are) my (?:visit|{_BOOKING_EN})s?\b|^my {_BOOKING_EN}s?$",
)
_DAY = "(?:今日|きょう|本日|明日|あした|あす|明後日|あさって|昨日|[日時分半]|曜日?|午[前後]|今週|来週|(?:支所|北沢|砧|玉川|烏山|世田谷))"
_IS_IT = "(?:です|でした|だった|でしょう|だ|だと思い?ま?す?)"
_MADE = said(
    # 「私の予約は今日ですか」 is one's own; 「予約は今日からですか」 is everybody's.
    f"(?:予約|よやく)(?:した)?(?:日|時間|の日)?(?:は|って|が|、)*[^からでにはを]{{0,12}}{_DAY}{_IS_IT}(?:か|よね|っけ|かな|かしら|と思)",
    "(?:予約|よやく)(?:を|は|って)?(?:しました|した|してました|取りました|とりました)(?:よね|っけ|かな|かね|かしら|はず|でしょうか|かどうか)",
    "(?:予約|よやく)(?:は|って|が|も|、|ちゃんと|本当に|もう|これで|まだ)*"
    + any_of(
        "(?:取|と)れ(?:て(?!なか)|た|まし)|でき(?:て|た(?:の|ん|か|$|で)|まし)|出来(?:て|た(?:の|ん|か|$)|まし)",
        "入って|はいって|され(?:て|た)|完了|して(?:あり|ました|まし|い(?:ました|た))",
    ),
    rf"\bis (?:it|my {_BOOKING_EN}) (?:booked|made|done|confirmed)\b|\bis my {_BOOKING_EN} (?:ok|okay)\b",
    r"\bdid (?:it|my booking) go through",
    rf"\bam i booked|\bdo i have an? {_BOOKING_EN}",
)
_WHEN_WHERE = "(?:いつ|何時|なんじ|何日|なんにち|何曜|なん曜|どこ|どちら|場所|ばしょ|時間|じかん|日時|日にち|内容|どうなって)"
# 「っけ」 and 「でした」 recall what one knew: one's own visit.
_RECALLS = said(
    f"{_WHEN_WHERE}(?:から|に|で|へ|が|の)?.{{0,10}}?"
    "(?:っけ|でした(?:か|かしら|かな|$)|だった(?:か|かしら|かな|かね|$|っ)|でしたよね)",
    "(?:明日|あした|今日|きょう|明後日|あさって)(?:でしたっけ|だったっけ|だっけ|でしたよね|ですよね)",
    r"\b(?:when|what time|where|which (?:office|day|place)) (?:was|is) (?:it|that|mine)(?: again)?$|\bwas it again\b",
    # 「わすれました。いつですか」; 「カードを忘れました」 is of a thing.
    "(?<![をも])(?:忘れ|わすれ)(?:ました|た|ちゃ|て|まし).{0,8}(?:いつ|何時|なんじ|何日|どこ)(?:です|でし|だ|に(?:行|い)|か|$)",
    "(?:いつ|何時|なんじ|何日|なんにち|どこ)(?:だった|でした)?か(?:を|も|が)?、?(?:忘れ(?!そう)|わすれ(?!そう)|思い出せ|おもいだせ|覚えてい?な)",
)
_WHEN_TO_COME = said(
    "(?:いつ|何時|なんじ|何日|どこ|どの窓口)(?:に|へ|ごろ|頃|ころ|までに)?は?(?:行|い)"
    "(?:(?:けば|ったら)(?:いい|よい|よろし|ええ)|きますか?$|く(?:の|ん)).{0,8}$",
    "(?:行|い)くのは(?:いつ|何時|なんじ|何日|どこ)|^(?:なんじ|何時|いつ|何日|どこ)(?:ですか|からですか|でしょうか|なの|だろう)$",
    r"\b(?:when|what time|where|which (?:office|day)) (?:do|should|must|am|shall) i "
    "(?:have to |need to |supposed to )?(?:come|go|be|visit|be there|coming|going|booked|expected|due)(?: there| in| to)?(?: again)?$",
)
_REFERENCE = any_of(
    "合い?言葉|あいことば|予約番号|よやくばんごう|受付番号|予約の番号|さくらの番号|予約の(?:ことば|言葉|控え|ひかえ)",
    "予約票|よやくひょう|受付票|予約の?めも",
)
_CODE = said(
    f"{_REFERENCE}(?!とは).{{0,12}}(?:忘|わす|わから|分から|なくし|無くし|失く|見せ|みせ|見たい|もう一度|もういちど|教え|おしえ|何|なん|送|どこ|ない)",
    "(?:控え|ひかえ|めも).{0,6}(?:もう一度|もういちど|見せ|みせ|送)|もう一度(?:出し|見せ|表示|送)",
    "(?:送|おく|見せ|みせ)り?たい(?:ので|から).{0,10}(?:出し|見せ|だし)",
    r"\b(?:what is|whats|forgot|lost|dont (?:know|remember)|show)(?: me)? (?:my|the) "
    "(?:reference|code|booking (?:number|code|reference)|confirmation)",
)
# Said of the desk, and not of one's visit.
_OF_ALL = said(
    "期限|締め?切|しめきり|ぽいんと|電話|受付(?:時間|は|の)|営業|開い|開く|開き|空い|空き|あいて|あき|やって|まで(?:です|開|やっ)",
    "何を|なにを|持ち物|もちもの|暗証|ぱすわ|あぷり|すまほ|証明書|ろぐいん|駅|駐車|住ん|近い|近く|連れて|警報|台風",
    "始ま|はじま|終わ|おわ|から(?:でき|受け)|できます|できる(?!だけ)|からなら|からだと|場合|(?:とき|時)(?:は|、)",
    "したら(?:いい|よい)|すれば|どうやって",
    r"\b(?:open|close|phone|deadline|points?|bring|start|end|free|live|near)\b",
)
_HERS_AFTER_ALL = re.compile("私の|わたしの|予約した|確認|かくにん|っけ")
_CHANGED_MIND = re.compile("(?<![一-龯])気が変わ|考えが変わ|changed my mind")
_CONFIRMS = said(
    "(?:です|でした|だった)よね|で(?:よ|良)かった(?:です|でしょう|の|っけ)|で(?:合|あ)ってい?(?:る|ます)|で間違い?(?:な|あり)",
    "でしたっけ|だったっけ|is that right|right$",
    # 「明日だったかな」, 「来週の水曜だったと思うけど違う?」.
    f"{_DAY}(?:の(?:朝|昼|夕方))?(?:だった|でした)(?:か(?:な|しら|ね)?$|か(?:な|しら)|と思|ような|はず|気が)",
    f"{_DAY}(?:じゃ|では)な(?:い|かった)(?:です|でした)?(?:か(?:な|しら)?|の|っけ|よね)+$",
    f"{_DAY}(?:だと|と)(?:思(?:う|い|っ)).{{0,10}}(?:違|ちが|合って|あって|いいの|よかった)",
    r"^(?:so |and |but )?(?:is|was|isnt|wasnt) (?:it|that|mine|my (?:visit|booking|appointment|reservation)) (?:on|at|in the|for (?:[a-z]+day|the [0-9])|this|next|today|tomorrow|[a-z]+day)\b.{0,24}$",
)
_COPY = re.compile("控え|ひかえ|送り?たい|おくりたい|めも|予約票|forward|copy")


def asks_if_made(page: str) -> bool:
    """「予約とれたの？」."""
    return _MADE.search(page) is not None


def asks_for_booking(page: str) -> bool:
    """Words that name one's booking and want to see it: 「予約の確認」, 「私の予約はいつ」, a forgotten reference."""
    if not (_SEES.search(page) or _CODE.search(page)):
        return False
    return not _OF_ALL.search(page) or _HERS_AFTER_ALL.search(page) is not None


def confirms(page: str) -> bool:
    """「12日ですよね」, 「北沢で合ってますか」: what she has noted, said back to be confirmed."""
    return _CONFIRMS.search(page) is not None


def recalls(page: str) -> bool:
    """「いつだっけ」, 「場所どこでしたっけ」: asked by somebody who knew it once."""
    return _RECALLS.search(page) is not None and not _OF_ALL.search(page)


def asks_when_to_come(page: str) -> bool:
    """「何時に行けばいいの」, "when do I have to come?": of one's visit, where one has a booking."""
    if _CHANGED_MIND.search(page):
        return True
    return _WHEN_TO_COME.search(page) is not None and not _OF_ALL.search(page)


def wants_copy(page: str) -> bool:
    """The text to forward is wanted too: 「控えをもう一度」, 「娘に送りたい」."""
    return _COPY.search(page) is not None
