"""What typed words ask about one's own bookings: when and where, is it made, reminders, lists, offers.

As in own_words.py every reader gets `page`, and whether it is about anything, the callers know.
"""

from __future__ import annotations

import re

from intents.own_words import only

# ------------------------------------------------------------------ seeing
_WHEN_WHERE = "(?:いつ|何時|なんじ|何日|なんにち|何曜|なん曜|どこ|どちら|場所|ばしょ|時間|じかん|日時|日にち|内容|どうなって)"
_BOOKED = re.compile(
    "(?:予約|よやく|予訳)(?:した|して(?:い|あ)?(?:る|た|ます|ました)?|の|は|って|が)?.{0,8}?(?:確認|かくにん|格認|たしか|確か|覚え|おぼえ|忘れ(?!そう)|わすれ(?!そう)|いつ(?!から)|何時(?!から(?:できる|始|はじ|受|予約)|まで)|なんじ|何日(?!前|から)|どこ(?!で(?:でき|する|すれ|取)|から)|どうなって|見たい|みたい|見せ|みせ)"
    "|^(?:私|わたし|あたし|わし|僕|自分|母|父|主人|妻|夫|うち)の(?:予約|よやく)(?:は|って)?$|(?:予約|よやく)の(?:時間|じかん|場所|ばしょ|日時|日にち|日|内容)(?:を|は|が|って)?(?:教|おし|忘れ(?!そう)|わすれ(?!そう)|いつ(?!から)|何|なん|どこ|確|たし|$)"
    r"|\b(?:when|what (?:time|day)|where|which (?:office|day|place)|show|see|check|look up|view)\b.{0,30}\bmy (?:booking|appointment|reservation|visit)\b|\bmy (?:booking|appointment|reservation) (?:details|time|date)"
)
_MADE = re.compile(
    "(?:予約|よやく)(?:は|って|が|も|、|ちゃんと|本当に|もう|これで|まだ)*(?:(?:取|と)れ(?:て(?!なか)|た|まし)|でき(?:て|た(?:の|ん|か|$|で)|まし)|出来(?:て|た(?:の|ん|か|$)|まし)|入って|はいって|され(?:て|た)|完了|して(?:あり|ました|まし|い(?:ました|た)))"
    r"|\b(?:is (?:it|my (?:booking|appointment)) (?:booked|made|done|confirmed)|did (?:it|my booking) go through|am i booked|do i have an? (?:booking|appointment|reservation)|is my (?:booking|appointment|reservation) (?:ok|okay|confirmed|made))"
)
# 「っけ」 and 「でした」 recall what one knew: one's own visit.
_RECALLS = re.compile(
    _WHEN_WHERE + "(?:から|に|で|へ|が|の)?.{0,10}?(?:っけ|でした(?:か|かしら|かな|$)|だった(?:か|かしら|かな|かね|$|っ)|でしたよね)"
    "|(?:明日|あした|今日|きょう|明後日|あさって)(?:でしたっけ|だったっけ|だっけ|でしたよね|ですよね)"
    r"|\b(?:when|what time|where|which (?:office|day|place)) (?:was|is) (?:it|that|mine)(?: again)?$|\bwas it again\b"
)
_WHEN_TO_COME = re.compile(
    "(?:いつ|何時|なんじ|何日|どこ|どの窓口)(?:に|へ|ごろ|頃|ころ|までに)?(?:は)?(?:行|い)(?:(?:けば|ったら)(?:いい|よい|よろし|ええ)|きますか?$|く(?:の|ん)).{0,8}$"
    "|(?:行|い)くのは(?:いつ|何時|なんじ|何日|どこ)|^(?:なんじ|何時|いつ|何日|どこ)(?:ですか|からですか|でしょうか|なの|だろう)$"
    r"|\b(?:when|what time|where|which (?:office|day)) (?:do|should|must|am|shall) i (?:have to |need to |supposed to )?(?:come|go|be|visit|be there)(?: there| to)?(?: again)?$"
)
_CODE = re.compile(
    "(?:合い?言葉|あいことば|予約番号|よやくばんごう|受付番号|予約の番号|さくらの番号|予約の(?:ことば|言葉|控え|ひかえ)|予約票|よやくひょう|受付票|予約の?めも)(?!とは).{0,12}(?:忘|わす|わから|分から|なくし|無くし|失く|見せ|みせ|見たい|もう一度|もういちど|教え|おしえ|何|なん|送|どこ|ない)"
    "|(?:控え|ひかえ|めも).{0,6}(?:もう一度|もういちど|見せ|みせ|送)|(?:送|おく|見せ|みせ)り?たい(?:ので|から).{0,10}(?:出し|見せ|だし)|もう一度(?:出し|見せ|表示|送)"
    r"|\b(?:what is|whats|forgot|lost|dont (?:know|remember)|show)(?: me)? (?:my|the) (?:reference|code|booking (?:number|code|reference)|confirmation)"
)
# Said of the desk, and not of one's visit.
_OF_ALL = re.compile(
    "期限|締め?切|しめきり|ぽいんと|電話|受付(?:時間|は|の)|営業|開い|開く|開き|空い|空き|あいて|あき|やって|何を|なにを|持ち物|もちもの|暗証|ぱすわ|始ま|はじま|終わ|おわ|から(?:でき|受け)|できます|できる(?!だけ)|駅|駐車|住ん|からなら|からだと|近い|近く|連れて|あぷり|すまほ|証明書|ろぐいん|場合|(?:とき|時)(?:は|、)|警報|台風|まで(?:です|開|やっ)|したら(?:いい|よい)|すれば|どうやって"
    r"|\b(?:open|close|phone|deadline|points?|bring|start|end|free|live|near)\b"
)
_CHANGED_MIND = re.compile("気が変わ|考えが変わ|changed my mind")


def asks_if_made(page: str) -> bool:
    """「予約とれたの？」."""
    return _MADE.search(page) is not None


def asks_for_booking(page: str) -> bool:
    """Words that name one's booking and want to see it: 「予約の確認」, 「私の予約はいつ」, a forgotten reference."""
    if _OF_ALL.search(page) and not re.search("私の|わたしの|予約した|確認|かくにん|っけ", page):
        return False
    return bool(_BOOKED.search(page) or _CODE.search(page))


_CONFIRMS = re.compile("(?:です|でした|だった)よね|で(?:よ|良)かった(?:です|でしょう|の|っけ)|で(?:合|あ)って(?:い)?(?:る|ます)|で間違い?(?:な|あり)|でしたっけ|だったっけ|is that right|right$")


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
    return re.search("控え|ひかえ|送り?たい|おくりたい|めも|予約票|forward|copy", page) is not None


# ------------------------------------------------------------------ reminders
_TOLD = "(?:お?知らせ|おしらせ|通知|りまいんど(?:めーる)?|連絡|れんらく|めっせーじ|案内|らいん|line)"
_QUIET = re.compile(
    _TOLD + ".{0,8}?(?:いら(?:ない|ん)|いりません|要ら|要りません|不要|止め|とめ|やめ|けっこう|結構|しないで|送らない|おくらない|出さない|来ないよう|こないよう|停止|おふ|しなくて)"
    r"|\b(?:stop|no|no more|turn off|dont (?:want|need|send)(?: me)?(?: any)?|without).{0,12}reminders?"
)
_LOUD = re.compile(
    _TOLD.replace("|案内", "") + "(?:は|を|も|が|の)?(?:また|もう一度|やっぱり|前の日に|前日に)?(?:を)?(?:ほし|欲し|ください|下さい|お願|おねが|再開|送って|おくって|して(?:ほし|欲し|くださ|もら)|はじめて|始めて|おん|届くように|つけて|戻|もど)"
    "|また.{0,4}" + _TOLD.replace("|案内", "") + "(?!し?ます)|(?:前の日|前日|前の晩|当日|朝)(?:の朝)?に.{0,6}(?:教え|おしえ|知らせ|しらせ|連絡|言っ)(?:て|し)(?:ほし|欲し|くださ|くれ(?!ま)|もらい|ね|$)|忘れそう.{0,10}(?:教え|知らせ|連絡)"
    r"|\b(?:send|give|turn on|want|need|restart|resume)(?: me)?(?: back)?(?: on)?(?: the| a| my)? reminders?|remind me(?! of my pin)|reminders? (?:back )?(?:on|again)"
)
_ASKS_REMINDER = re.compile(r"(?:ます|ません|です|できる|もらえる|くれる|ある|来る|届く)か|ありますか|\b(?:will|do|does|would) (?:you|i)\b")


def wants_quiet(page: str) -> bool:
    """「もう連絡しないで」, "don't send me reminders"."""
    return _QUIET.search(page) is not None and not _ASKS_REMINDER.search(page)


def wants_loud(page: str) -> bool:
    """「お知らせをまたください」; not 「前の日に連絡くれますか」, which asks whether."""
    return _LOUD.search(page) is not None and not _ASKS_REMINDER.search(page)


# ------------------------------------------------------------------ waiting lists
_WAITING = "(?:空き待ち|あき待ち|きゃんせる待ち|順番待ち|待つ|待ち|待って|まつ|待(?=た))"
_UNWAIT = re.compile(
    _WAITING + "(?:の|こと|り?すと)?(?:は|を|も|から)?(?:もう)?(?:やめ|止め|取り?消|取りけ|とりけ|きゃんせる|いい(?:です|や|わ|$)|外|はず|抜け|ぬけ|降り|おり|いら|いり|なし|結構|けっこう|中止|解除|(?:いる|る)のは?(?:やめ|もう))"
    "|待たな(?:い|く)|待ちません|待てな|待てません|まちません"
    r"|stop waiting|(?:off|leave|remove me from|out of) the (?:waiting )?(?:list|line)|\bcancel (?:the |my )?wait|dont want to wait|not wait"
)
_OF_LIST = re.compile(
    "何番目|なんばんめ|何人(?:目|待|くらい|ぐらい|いま)|順番|(?:どの?くらい|いつまで|あとどれ).{0,4}待|(?:空き|空い|あき|あい|席).{0,4}(?:まだ|出|で|ました|ません|た$|たか|ない)|まだ.{0,3}(?:空|あ)(?:き|い|か)|(?:空い|あい|空き(?:が|は)?(?:出|で)|出)(?:た)?ら.{0,8}(?:教え|おしえ|知らせ|しらせ|連絡|れんらく|ください)"
    "|きゃんせる(?:待ち|まち)?(?:は|って|が)?.{0,4}(?:どう|出|で(?:た|ました))|待ち.{0,4}どう|待って(?:い)?(?:る|ます)(?:んですが|けど|のですが)"
    r"|(?:my|what) (?:place|number|position) (?:in|on) (?:the )?(?:list|line|queue)|how (?:long|many).{0,20}(?:wait|ahead|list|line|queue)|any (?:free )?(?:place|news|cancellation)|still (?:full|waiting)|let me know|on the (?:waiting )?list"
)


def wants_off_list(page: str) -> bool:
    """「待つのをやめます」."""
    return _UNWAIT.search(page) is not None


def asks_of_list(page: str) -> bool:
    """「何番目ですか」, 「まだ空きませんか」, 「空いたら教えて」: of a list she is on."""
    return _OF_LIST.search(page) is not None


# ------------------------------------------------------------------ an offered place
_TAKE = re.compile(
    "はい|うん|ええ|(?:お願|おねが)い|よろしく|(?:行|い)き(?:ます|たい)|(?:行|い)く|(?:行|い)けます|伺います|うかがいます|予約(?:する|し(?:ます|たい)|お願)|もらい(?:ます|たい)|いただきます|取(?:ります|って|りたい)|とります|ほしい|欲しい|その席|この席|席を?ください|決めます"
    "|ぜひ|是非"
    r"|\b(?:yes|yeah|yep|ok|okay|sure|please|ill take it|take it|book it|want it|great)\b"
)
_TAKE_WORDS = re.compile(_TAKE.pattern + r"|席|(?:そ|こ)(?:の|れ)|時間|で|大丈夫|いい|嬉しい|うれしい|よかった|ぜひ|是非|\b(?:ill|will|take|place|seat|book|that|one)\b")
_LEAVE = re.compile(
    "いいえ|いえ|いりません|いらな|要りません|要らな|不要|結構|けっこう|間に合って|まにあって|無理|むり|だめ|ダメ|駄目|見送|みおく|ぱす|遠慮|えんりょ|辞退|次の(?:方|人)|ほかの(?:方|人)|もう(?:大丈夫|だいじょうぶ|いい)|断|やめ|きゃんせる|取り?消|都合が(?:悪|つか)|(?:行|い)(?:け|か(?:れ)?)(?:な|ま(?:せん))"
    r"|^no\b|\bno thank|not? (?:need|want)|dont (?:need|want)|\bcant\b|cannot|pass\b|never ?mind"
)
_THE_PLACE = re.compile("(?:この|その|あの|空いた|お?待ちの|待っていた)席|offered|that (?:place|seat)")


def takes(page: str) -> bool:
    """Yes to an offered place, and nothing besides."""
    return _TAKE.search(page) is not None and only(page, _TAKE_WORDS) and not leaves(page)


def leaves(page: str) -> bool:
    """No to an offered place."""
    return _LEAVE.search(page) is not None


_UNTIL_WHEN = re.compile("(?:何時|いつ|何分)まで|until when|how long")
_EITHER_WAY = re.compile("いい|良い|大丈夫")


def wonders(page: str) -> bool:
    """「何時まで待ってくれますか」, or 「いいです」, which is a yes as well as a no."""
    return _UNTIL_WHEN.search(page) is not None or only(page, _EITHER_WAY)


def speaks_of_place(page: str) -> bool:
    """「この席」: words that only an offer can mean."""
    return _THE_PLACE.search(page) is not None


# ------------------------------------------------------------------ more than day and place
_ADDS = re.compile("追加|足し|たし(?:たい|て)|加え|増や|ふや|(?:も|の)(?:手伝|てつだ)|も(?:一緒|いっしょ)|も(?:お願|おねが|教え|やり|受け|聞き)|(?:に|を|へ)(?:変|かえ|替|し(?:たい|て))|変更|あわせて|add\\b|as well|too$|also")
_HELP = re.compile("(?:お?手伝い|おてつだい|相談|用件)(?:の内容|内容|すること)?(?:を|も|は|が)?(?:.{0,4})(?:変|かえ|替|追加|ちが|違|間違|まちが)|(?:change|add|different).{0,20}(?:help|topic)")
_ANOTHER_PERSON = re.compile(
    "もう(?:1|一|ひと)(?:人|り)|(?:二人|2人|ふたり)(?:分)?(?:に|へ)|(?:人|人数|ひと)(?:を|が|も)?(?:増|ふ|追加)|人数(?:を|の)(?:変|追|ふ|増)"
    r"|\badd (?:my|a|one|another)|(?:for|to) two (?:people)?|one more (?:person|seat|place)|my (?:wife|husband|mother|father|friend) (?:too|as well|also)"
)
_WHOM = re.compile(
    "(?:じゃなく|ではなく|でなく|じゃない|ではない|間違|まちが|でした|だった|に(?:変|かえ)|が(?:行|い)き(?:ます|たい)|が代わりに|の(?:予約|分)(?:に|でした|だった|なん))"
)
_NEW_BOOKING = re.compile("予約(?:を)?(?:し|取り|と)(?:たい|ます|って)|別に予約|にも.{0,3}予約|また.{0,8}予約|もう(?:一|1|ひと)つ(?:予約|席)|book another|another booking")


def adds(page: str) -> bool:
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
    return _NEW_BOOKING.search(page) is not None


# ------------------------------------------------------------------ after it is done
_DONE = re.compile(
    "はい|うん|ええ|わかりました|分かりました|わかった|了解|承知|よかった|良かった|安心|助かりました|助かった|嬉しい|うれしい|ありがとう|ありがたい|感謝|どうも|お世話|おせわ|また|よろしく|(?:お願|おねが)い|大丈夫|だいじょうぶ|特にない|以上|さようなら|失礼します|いいえ|行きます|いきます|伺います|おっけー|おけ"
    r"|\b(?:ok|okay|thanks|thank you|thx|ty|great|good|fine|perfect|got it|i see|understood|no|nothing|bye|goodbye|cheers|see you|alright|all right|yes|very much|so much|a lot)\b"
)
_DONE_WORDS = re.compile(_DONE.pattern + "|ほんとうに|本当に|どうぞ|とても|大変|たいへん|いろいろ|明日|あした|今日|きょう|当日|になり|なりました|ございます|ございました|これで|いい|よい|いたします")


def is_content(page: str) -> bool:
    """「はい」, 「ありがとう」, "ok thanks", after something was done: there is nothing more to do."""
    return only(page, _DONE_WORDS) and _DONE.search(page) is not None
