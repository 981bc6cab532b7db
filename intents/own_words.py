"""What typed words want of one's own bookings: cancel, change, keep, undo, see; nothing else is known here.

Every reader gets `page`: the words folded, katakana as hiragana. Whether there is a booking to do it to,
the callers know: 「行けません」 is nothing to those who have none.
"""

from __future__ import annotations

import re
from typing import Literal

from intents.text import fold, to_hiragana

Wants = Literal["cancel", "change", ""]


def page_of(text: str) -> str:
    """The words in the one spelling that all readers here take."""
    return to_hiragana(fold(text))


def only(page: str, words: re.Pattern[str]) -> bool:
    """Whether nothing is said but `words` and what stands beside them out of politeness."""
    found = words.search(page)
    return found is not None and not _BESIDE.sub("", words.sub("", page)).strip()


_BESIDE = re.compile(
    "すみません|すいません|申し訳(?:ない|ありません|ございません)|ごめんなさい|ごめん|あのう?|ええと|えーと|えっと|やっぱり|やはり|やっぱ|もう|では|じゃあ?|それで|それなら"
    "|ちょっと|今回|こんかい|とりあえず|ご?予約|予訳|よやく|(?:お願|おねが)い(?:いた|致)?(?:し(?:ます|たい))?|よろしく|したい|する|して(?:おき)?|しとき|します|しました|たい|と思い?ます"
    "|ください|下さい|(?:いただ|頂)け(?:ます|ません)|もらえ(?:ます|ません)|でき(?:ます|ません)|(?:の|ん)です|です|ます|ました|でした|けど|けれども?|から|ので|ありがとう(?:ございま(?:す|した))?"
    "|さっき|さきほど|その|この|あの|それ|これ|全部|わたし|私"
    r"|\b(?:please|my|the|i|id|im|we|want|need|have|got|to|would|like|can|could|you|it|booking|appointment|reservation|visit|this|that|sorry|just|now|actually|then|thanks|thank|and|well|again)\b"
    "|[てをのはでにもがへとんかねよわなぁあー 、。]"
)

# ------------------------------------------------------------------ is it one's own, or a question about all
# 「キャンセル料は」, 「変更はできますか」 ask how things are in general.
_GENERAL = re.compile(
    "きゃんせる料|きゃんせるりょう|料金|手数料|費用|お金|罰|ぺなるてぃ|場合|(?:とき|時)は|(?:た|れ)ら.{0,20}(?:か|の)$|人は|(?<!夕)方は|いつまで|何日前|何回|方法|どうやって|(?:し|やり|仕)かた|(?:仕|やり|し)方"
    "|自宅|家に来|出張|代わり(?!に別)|かわりに|代理|付き添|(?:私|わたし)が$|(?:私|わたし|娘|息子|嫁)が.{0,6}(?:伺|(?:行|い)(?:き|く|け)|参)|寝たきり|なければ(?:行|い)け|遠く|平日は|土日|しか(?:行|い)け|ひとりで(?:は)?(?:行|い)け|一人で(?:は)?(?:行|い)け|1人で(?:は)?(?:行|い)け"
    r"|^(?:is|are|was|were|will|has|does|who|what|why)\b.*\b(?:cancel|chang)|\bhow (?:do|can|to|much|late|long)\b|what if|is it possible|\bfees?\b|charge|do i (?:have|need) to (?:cancel|change)|until when"
)
_ASKS_LEAVE = re.compile(r"(?:でき|出来|可能|られ|してもいい|していい|しても大丈夫).{0,5}(?:か|の|かな|かしら)$|\b(?:can|may) (?:i|we) (?:cancel|change|reschedule)\b")
_HOW = re.compile("どうすれば|どうしたら|どうやれば|どうなり")
_MINE = re.compile("たい|なく?なっ|なりました|なってしま")
# Things that are changed and cancelled too, and are none of the desk's bookings.
_OTHER = re.compile(
    "(?:暗証|番号|ぱすわーど|住所|名前|氏名|名字|苗字|機種|すまほ|携帯|かーど|証明書?|あぷり|ぽいんと|登録|申請|注文|契約|口座|言葉|言語|英語|日本語|文字|画面|電話|送信|送った(?:の|もの)?|めっせーじ)"
    "(?:の|を|は|も|が|に)?.{0,3}(?:変|かえ|替|換|取り?消|とりけ|きゃんせる|解約|やめ|止め)"
    r"|(?:change|switch|back)(?: it| the)?(?: language)?(?: to| into)? (?:english|japanese|easy|plain)|(?:change|cancel|reset|forgot)(?: my| the| a)? (?:pin|password|phone|language|address|name|card|app|contract)"
)


def is_general(page: str) -> bool:
    """Whether the words ask how it is done or what it costs, rather than wish it done."""
    if _HOW.search(page) and not _MINE.search(page):
        return True
    return _GENERAL.search(page) is not None or _OTHER.search(page) is not None


def asks_leave(page: str) -> bool:
    """「変更できますか」: a question by its form, which may be a wish."""
    return _ASKS_LEAVE.search(page) is not None


# ------------------------------------------------------------------ cancelling
_CALL_OFF = re.compile("取り?(?:消|止め|やめ|下げ)|とりけ|とりや?め|取りけ|きゃんせる(?!待|まち|りょう|料)|欠席|解約|辞退|破棄")
_NO_MORE = re.compile(
    "やめ(?!ないで)|止め|なし(?:に(?!なり)|で(?:す|お願|おねが|いいです$|結構|$))|無しに|いら(?:な(?:い|く)|ん(?:です|わ|$))|いりません(?!か)|要ら(?:ない|なく)|要りません(?!か)"
    "|不要|見送|遠慮(?!なく)|必要(?:な(?:い(?!ですか)|く)|ありません(?!か)|ございません(?!か))|お?断(?:り|わ)|けし(?:たい|て)|消し(?:たい|て)|お?返し(?:たい|ます|し)|流し(?:たい|て)"
)
# …said of the visit: 「予約をやめたい」, 「12日の予約、なしで」, 「行くのをやめます」.
_OF_VISIT = re.compile(
    "(?:予約|よやく|席|訪問|来所|(?:行|い)くの|今回|今度|その日|[0-9]日|当日|今日|きょう|明日|あした)(?:の(?:分|ほう|方|件|予約))?(?:は|を|の|も|で|に|が|、| |もう|また|全部|すべて|両方)*(?:"
    + _NO_MORE.pattern
    + ")"
)
_STOPS_ALONE = re.compile(_NO_MORE.pattern + "|きます|きたい|ておき|ておく|とく|とき|連絡|電話|知らせ|なくな(?:った|って|り(?:ました|まして)?)|な(?:った|り)|せてもら|せてくだ|たの")
_STOPS_VERB = re.compile(_NO_MORE.pattern)
_CALL_OFF_EN = re.compile(
    r"\bcancel|call(?:ing)? (?:it )?off|no longer (?:need|want|coming)|dont need (?:it|the|my|this)|drop (?:it|my|the) (?:booking|appointment)|(?:delete|remove) (?:it|my booking|the booking|my appointment|my reservation)|give (?:it|the place|my place) (?:up|back)"
)


def calls_off(page: str) -> int:
    """Where in `page` a booking is called off in so many words: the last place, -1 for nowhere."""
    found = [one.start() for words in (_CALL_OFF, _OF_VISIT, _CALL_OFF_EN) for one in words.finditer(page)]
    # 「やめます」 and nothing more.
    alone = _STOPS_VERB.search(page) if only(page, _STOPS_ALONE) else None
    return max([*found, *((alone.start(),) if alone else ())], default=-1)


_ABSENT = re.compile(
    "(?<!れて)(?<!持って)(?<!もって)(?<!歩いて)(?:(?:行|い)け(?:な(?:い(?!と)|く|かっ)|ま(?:せん|へん)(?!か)|ん(?:です|わ|$)|そうに|そうも)|(?:行|い)かれ(?:な|ま(?:せん|へん)|へん)|(?:行|(?<!まく)(?<!手く)(?<!得が)(?<!得)い)かな(?:い(?!と|で)|く)"
    "|(?:行|(?<!得が)(?<!得)い)きません(?!か)|(?:行|(?<!まく)(?<!手く)い)かん(?:こと|です|わ|$)|(?:行|い)くのは?(?:無理|難し|むずかし))"
    "|(?:伺|うかが)(?:え(?:な|ま)|うことができ)|参れ(?:な|ま(?:せん))|来(?:ら)?れ(?:な(?:い|く)|ません)|出(?:か|掛)けられ(?:な|ま(?:せん))|外出でき(?:な|ま)|出られ(?:な|ま(?:せん))|(?:だめ|駄目|無理)にな[りっ]"
    r"|\bcant (?:come|go|make|be there|attend)|\bcannot (?:come|go|make|attend)|(?:wont|not) be able to (?:come|go|make|attend)|unable to (?:come|go|make|attend)|\bnot coming|\bwont (?:come|be coming|make)|\bnot going to make"
)
_MUST = re.compile("(?:ては|では|とは|ちゃ|じゃ|ば|と)いけ(?:な|ま)")  # 「しなくてはいけない」 is no absence
_LOST = re.compile("なく?なっ|なりまし|なってしま|なくて(?:も)?(?:よく|いい)|見込み|当日|そうに")


def is_absent(page: str) -> int:
    """Where in `page` she says that she cannot come; -1 for nowhere."""
    found = _ABSENT.search(_MUST.sub(lambda must: "　" * len(must[0]), page))
    return found.start() if found else -1


def has_become_absent(page: str) -> bool:
    """「行けなくなりました」: of a visit that was planned, and not of what suits in general."""
    return is_absent(page) >= 0 and _LOST.search(page) is not None


_REASON = re.compile(
    "(?:用事|急用|予定|仕事|法事|葬儀|葬式|お葬式|通夜|不幸|来客|病院|通院|検査|診察|受診)(?:が|も|を|の予約が)?(?:急に)?(?:でき(?:た|て|まし)|出来(?:た|て|まし)|入(?:り|っ)|はい(?:り|っ)|重な|かさな)"
    "|(?:(?<!の)|体の|からだの|母の|父の|主人の|妻の|夫の)(?:体調|具合|加減|調子)(?:が|を|も)?(?:悪|わる|崩|くず|よくな|良くな|すぐれ|優れ)|入院(?:する|し|に)|寝込|熱(?:が|も)?(?:出|あり|あっ|高)|風邪|かぜを|(?:病気|びょうき)(?:に?(?:なり|なっ)|です)"
    "|けがを|怪我|骨折|亡くな|都合が(?:悪|わる|つか)|都合が?(?:合わ|あわ)なく"
    r"|\bim (?:sick|ill|unwell)\b|\bi (?:am|got|feel|fell) (?:sick|ill|unwell)|something (?:came|has come) up|\bin (?:the )?hospital"
)
_QUESTION = re.compile(r"[?？]|(?:です|ます|ません|でしょう|いい|ある|いる|ない|れる|める|の)か(?:な|ね|しら)?[。 ]*$")


def is_question(text: str) -> bool:
    """Whether `text`, as typed, is a question by its form."""
    return _QUESTION.search(text.strip()) is not None


def gives_reason(text: str, page: str) -> bool:
    """「熱が出ました」, told to the desk by somebody with a booking: she will not come."""
    return _REASON.search(page) is not None and not is_question(text)


_ALL = re.compile(r"両方|りょうほう|(?:二つ|2つ|ふたつ|二件|2件|どちら|どっち|みんな)とも|二つの予約|2つの予約|(?:全部|ぜんぶ|全て|すべて)(?!の?(?:時間|日))|\bboth\b|\ball (?:of|my)\b")


def means_all(page: str) -> bool:
    """「両方」, 「二つとも」."""
    return _ALL.search(page) is not None


_HALF = re.compile(
    "(?:一人|1人|ひとり|片方|片っぽ|主人|夫|妻|家内|父|母|娘|息子|連れ|相方|友達|友人|相手|もう一方)(?:だけ)?(?:が|は|の方が|のほうが)?.{0,10}?(?:行け|いけ|行かれ|いかれ|来られ|来れ|欠席|行かな|行くのを)"
    r"|(?:one of us|my (?:wife|husband|mother|father|friend|daughter|son)|only one).{0,12}(?:cant|cannot|wont|not)|(?:一人|1人|ひとり)(?:分)?(?:だけ|のみ)?(?:に|を)?(?:変|減ら|へら|取り?消|きゃんせる)"
)


def says_one_of_two(page: str) -> bool:
    """Of two people one cannot come: 「一人行けなくなりました」."""
    return _HALF.search(page) is not None


# ------------------------------------------------------------------ changing
_CHANGE = re.compile(
    "変え(?!な(?:い|く))|変更(?!し(?:な(?:い|く)|ません))|変わ(?:って|り)たい|かえ(?:たい|て(?:ください|ほし|もら|いただ|下さい|$)|られ|る(?:こと|に|の))|(?<![買着衣両])(?<!買い)替え|移し|移動|うつし|ずらし|ずらせ|ずらす|振り替|振替(?!休)|延ばし|延期|伸ばし"
    "|早め(?:たい|て|に(?:した|変))|(?:を|に|少し|すこし)はやめて|遅らせ|遅く(?:した|して|でき)|早く(?:した|して|でき)|おそく(?:した|して)|はやく(?:した|して)|繰り?(?:上|下)|改め(?:たい|て)|後ろに|前倒し"
    "|(?:別|べつ|ほか|他|違う|ちがう)の?(?:日|時間|場所|窓口|ところ)に|(?:取り?|とり|予約し|し)(?:直|なお)(?:し|す)|出直"
    r"|reschedul|\bchange\b|\bmove\b|postpone|\bswitch|\bpush (?:it|back)|bring (?:it )?forward|(?:another|different|other|new) (?:day|time|date)|\b(?:earlier|later)\b|\bon [a-z]+ instead\b|\b(?:do|have|take|make it) .{1,14} instead\b"
)
_TO = re.compile(
    r"(?:に|へ)(?:して(?!い)|し(?:たい|ます|よう)|でき(?:ます|ません)|でき(?:ない|る)|なりませんか)|にする(?!に)|\bmake it\b"
)
_WISH = re.compile(
    "(?:に|へ|で)(?:お願|おねが)|(?:が|で|のほうが|の方が)(?:いい|良い|よい|よろし|いけ|ありがたい|助かり|構い|かまい)|にも?(?:行|い)(?:き|け)|(?:で|が)$"
    r"|\bthen\b|\bhow about\b|\bplease\b|is (?:fine|ok|good)|\bcan i come\b"
)


def changes(page: str) -> int:
    """Where in `page` a change is wished: the last place, -1 for nowhere."""
    return max((one.start() for one in _CHANGE.finditer(page)), default=-1)


def turns_to(page: str) -> bool:
    """「13日にして」: what there is, is to be that."""
    return _TO.search(page) is not None


def would_like(page: str) -> bool:
    """「木曜の午後がいいです」: a change only of what must be changed anyway."""
    return turns_to(page) or _WISH.search(page) is not None


_EITHER_WAY = re.compile("変更.{0,3}取り?消|取り?消し?.{0,3}変更|change or cancel|cancel or change")


def leaves_open(page: str) -> bool:
    """「予約の変更・取消」, the words of the button."""
    return _EITHER_WAY.search(page) is not None


_TIME_ONLY = re.compile("(?<![0-9日同じ])(?:時間|じかん|時刻)(?:だけ|のみ|を|の)(?!.{0,6}同じ)|時間だけ|じかんだけ|change (?:only )?the time|(?:different|another) time(?! and)")
_DAY_ONLY = re.compile("日時|日にち|日付|日を|ひを|(?:別|ほか|他|違う)の日")
_PLACE_ONLY = re.compile("(?:場所|ばしょ|窓口|会場|支所|ところ|所)(?:だけ)?(?:を|も|に)|(?:近|ちか)い(?:ところ|所|窓口|会場|場所|ほう|方)|(?:change|another|different|other|nearer|closer) (?:the |my )?(?:place|office|venue|location|counter|branch)")


def of_time_only(page: str) -> bool:
    """「時間だけ変えたい」: the day stays."""
    return _TIME_ONLY.search(page) is not None and not _DAY_ONLY.search(page)


def of_place_only(page: str) -> bool:
    """「もっと近いところに変えたい」: another counter, not yet said which."""
    return _PLACE_ONLY.search(page) is not None


# ------------------------------------------------------------------ keeping
_KEEP = re.compile(
    "変えな(?:い(?!と)|く)|かえな(?:い(?!と)|く)|変えません|かえません|変更し(?:な(?:い(?!と)|く)|ません)|変更は?(?:やめ|なし|いら|いり|けっこう|結構|とりやめ|取り?消|取りやめ|きゃんせる|中止)|(?:変|か)えるのは?を?やめ"
    "|(?:取り?消さ|とりけさ|消さ|やめ)な(?:い|く)|(?:取り?消し|とりけし|やめ|きゃんせる(?:は)?し)ま(?:せん|へん)|きゃんせる(?:は)?しない|(?:こ|そ|今|いま|[0-9](?:日|時|分|半)|元|もと|前|北沢|玉川|世田谷|砧|烏山)のまま|(?:元|もと)の(?:日|時間|じかん|予約|よやく|とおり|通り|場所|ところ)(?:で|が|に(?!変))"
    r"|前の(?:時間|予約|じかん|よやく|まま|とおり|通り)(?:で|が|に)|(?:元|もと)(?:に|へ)(?:戻|もど)|\b(?:keep|leave) (?:it|my|the)|as it (?:is|was)|no change|dont (?:change|cancel)|not cancel|stay the same"
)
_KEEP_ONE = re.compile("だけ|以外")


_FINE_AS_IS = re.compile("(?:やっぱり?|やはり|もう)、?(?:いい|良い|よい|結構|けっこう)(?:です|や|わ|よ)*")


def says_never_mind(page: str) -> bool:
    """「やっぱりいいや」, and nothing else."""
    return _FINE_AS_IS.fullmatch(page.strip()) is not None


def keeps(page: str) -> bool:
    """「やっぱり変えない」, 「そのままでいい」, 「元の日で」; not 「時間はそのままで日だけ変えたい」."""
    return _KEEP.search(page) is not None and changes(_KEEP.sub("", page)) < 0 and not _KEEP_ONE.search(page)


# ------------------------------------------------------------------ undoing
_UNDO_CANCEL = re.compile(
    "(?:取り?消し?|とりけし|きゃんせる)(?:した?の?|するの)?(?:を|は|も|も?、?)(?:取り?消|とりけ|きゃんせる|取りやめ|やめ|なし|撤回|なかったこと|無かったこと|間違|まちが|うそ|もど|戻)"
    "|(?:間違え?|まちがえ?|うっかり|誤)(?:っ|え)?(?:て|で)?(?:取り?消|とりけ|きゃんせる|消し|けし|押し|おし)|(?:取り?消|きゃんせる)(?:し|す)?(?:さ)?(?:なければ|なきゃ|るんじゃ|つもり(?:は|じゃ))|(?:取り?消し|きゃんせる(?:し)?)てい?な(?:い|かった)"
    "|復活|復元|生き返|(?:元|もと)(?:通|どお)り"
    r"|\brestore|bring (?:it|my [a-z]+) back|(?:put|get|give me|want) (?:it|my [a-z]+) back|\bun ?cancel|didnt mean to|(?:cancel|change).{0,12}by mistake|by mistake.{0,12}(?:cancel|change)"
)
_UNDO = re.compile(
    "(?:戻|もど)(?:す|し(?:て|たい|ます)?|せ(?:る|ます|ません|ない))|(?:変更|変えた|かえた)(?:した)?(?:の|こと)?(?:を|は|も|前に)?.{0,3}(?:取り?消|とりけ|きゃんせる|やめ|なし|戻|もど|間違|まちが)|(?:変え|かえ|変更し)なければよかった|前の(?:ほう|方|時間|日)が?(?:よ|良)かった"
    "|さっきの?(?:は|を)?(?:なし|やめ|取り?消|とりけ)|(?:やっぱり|やはり)(?:元|もと|前|まえ)の|(?:やっぱり|やはり)(?:行|い|伺い|うかがい)(?:きます|く(?:こと|わ|よ|$)|けます|ける(?:こと|よう)|ます$)"
    r"|\bundo\b|\brevert\b|changed my mind|(?:ill|i will|i can) (?:still |now )?(?:come|go|make it)|(?:change|put|set|switch|move) it back|go(?:ing)? back to|back to (?:the )?(?:old|original|previous|before)|\b(?:old|original|previous) (?:time|one|booking)"
)
_BACK_STEP = re.compile("(?:一つ|ひとつ|1つ)?(?:前|まえ)(?:の(?:画面|質問))?(?:に|へ)|戻り方|お金|ぽいんと|電話")


_MISTAKEN = re.compile("(?:間違|まちが)(?:い|え(?:て|た|まし)?|っ)|(?:押|お)し(?:て)?(?:しま(?:った|い))?|ちが(?:う|い)|違(?:う|い)|\\b(?:mistake|oh|no|was|oops|made|wrong|a)\\b|しま(?:い|った)|した|た")


def is_mistaken(page: str) -> bool:
    """「あ、間違えた」, and nothing else."""
    slip = re.search("間違|まちが|mistake|oops|wrong", page)
    return slip is not None and only(page, _MISTAKEN)


def undoes_cancelling(page: str) -> bool:
    """「間違えて取り消してしまいました」, 「予約を復活させて」."""
    return _UNDO_CANCEL.search(page) is not None


def undoes(page: str) -> bool:
    """「元に戻して」, 「さっきの変更は取り消して」, 「やっぱり行きます」: the last change or cancellation undone."""
    if undoes_cancelling(page):
        return True
    return _UNDO.search(page) is not None and not (_BACK_STEP.search(page) and "元" not in page and "変更" not in page)
