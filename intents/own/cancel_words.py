"""What typed words say of cancelling: it is called off, she cannot come, it was a mistake, it is to be undone.

Every reader gets `page` (own_words.page_of).
"""

from __future__ import annotations

import re

from intents.own.words import CANCEL, is_question, only
from intents.patterns import any_of, said

# ------------------------------------------------------------------ called off
_CALL_OFF = said(
    f"(?:{CANCEL})(?!待|まち|りょう|料)|欠席|解約|辞退|破棄",
    r"\bcancel|call(?:ing)? (?:it )?off|no longer (?:need|want|coming)|dont need (?:it|the|my|this)",
    "(?:drop|delete|remove) (?:it|(?:my|the) (?:booking|appointment|reservation))|give (?:it|(?:the|my) place) (?:up|back)",
)
# Words that stop anything, a phone call too: they count only when said of the visit, or alone.
_NO_MORE = any_of(
    "やめ(?!ないで)|止め|見送|遠慮(?!なく)|お?断(?:り|わ)|(?:けし|消し)(?:たい|て)|お?返し(?:たい|ます|し)|流し(?:たい|て)",
    "なし(?:に(?!なり)|で(?:す|お願|おねが|いいです$|結構|$))|無しに|不要",
    "いら(?:な(?:い(?!です(?:か|よね))|く)|ん(?:です|わ|$))|いりません(?!か)|要ら(?:ない(?!です(?:か|よね))|なく)|要りません(?!か)",
    "必要(?:な(?:い(?!です(?:か|よね))|く)|(?:ありません|ございません)(?!か))",
)
_STOPS = re.compile(_NO_MORE)
_VISIT = any_of("予約|よやく|席|訪問|来所|(?:行|い)くの|今回|今度|その日|[0-9]日|当日|今日|きょう|明日|あした")
# 「予約をやめたい」, 「12日の予約、なしで」, 「行くのをやめます」.
_OF_VISIT = re.compile(
    f"{_VISIT}(?:の(?:分|ほう|方|件|予約))?(?:は|を|の|も|で|に|が|、| |だけ|もう|また|全部|すべて|両方)*{_NO_MORE}"
)
_STOPS_ALONE = said(
    _NO_MORE,
    "きます|きたい|ておき|ておく|とく|とき|連絡|電話|知らせ|せてもら|せてくだ|たの",
    "なくな(?:った|って|り(?:ました|まして)?)|な(?:った|り)",
    # Why she calls it off: 「もう行きたくないのでやめます」.
    "(?:行|い)きたくな(?:い|く)|気が(?:進|すす)ま(?:ない|なく)|面倒(?:くさ(?:い|く)|な|に)?|めんどう|疲れ(?:た|て)|つかれ(?:た|て)|こわ(?:い|く)|怖(?:い|く)",
)


def calls_off(page: str) -> int:
    """Where in `page` a booking is called off in so many words: the last place, -1 for nowhere."""
    found = [one.start() for one in _CALL_OFF.finditer(page)]
    stops = _STOPS.search(page)
    if stops:
        found += [one.start() for one in _OF_VISIT.finditer(page)]
        if only(page, _STOPS_ALONE):  # 「やめます」 and nothing more
            found.append(stops.start())
    return max(found, default=-1)


# ------------------------------------------------------------------ absent
_GO = "(?:行|い)"
# 「連れて行けない」, 「持って行かない」 are not said of her coming.
_HERSELF = "(?<!れて)(?<!持って)(?<!もって)(?<!歩いて)"
_ABSENT = said(
    f"{_HERSELF}{_GO}け(?:な(?:い(?!と)|く)|ま(?:せん|へん)(?!か)|ん(?:です|わ|$)|そうに|そうも)",
    f"{_HERSELF}{_GO}かれ(?:な|ま(?:せん|へん)|へん)",
    f"{_HERSELF}{_GO}(?:かな(?:い(?!と|で)|く)|きません(?!か)|かん(?:こと|です|わ|$)|くのは?(?:無理|難し|むずかし))",
    "(?:伺|うかが)(?:え(?:な|ま)|うことができ)|参れ(?:な|ま(?:せん))|来(?:ら)?れ(?:な(?:い|く)|ません)",
    "出(?:か|掛)けられ(?:な|ま(?:せん))|外出でき(?:な|ま)|出られ(?:な|ま(?:せん))|(?:だめ|駄目|無理)にな[りっ]",
    r"\b(?:cant|cannot|wont|unable to|(?:wont|not) be able to) (?:come|go|make|attend|be there|be coming)",
    r"\bnot (?:coming|going to make)",
)
# The same words, said of no visit to come: 「しなくてはいけない」, 「うまくいかない」, 「銀行に行けない」, 「昨日は行けませんでした」.
_NO_VISIT = said(
    "(?:ては|では|とは|ちゃ|じゃ|ば|と)いけ(?:な|ま)",
    f"{_GO}(?:け|かれ|き)ま(?:せん|へん)でした|来ら?れませんでした|(?:伺|うかが)えませんでした",
    f"(?:う?まく|上手く|納得[がはも]?|思[うっ]た?(?:よう|通り|とおり)に){_GO}[かきけ]",
    "(?:銀行|病院|医者|学校|会社|職場|仕事|郵便局|駅|お店|買い物|旅行|といれ|図書館|墓参り|会い|遊び)[にへ][はも]?" + f"{_GO}[かきけ]",
    "(?:go|come|make it) to (?:the |a |my )?(?:bank|hospital|doctors?|dentist|shops?|stores?|school|work|post office|toilet)",
)
_LOST = re.compile("なく?なっ|なりまし|なってしま|なくて(?:も)?(?:よく|いい)|見込み|当日|そうに")


def is_absent(page: str) -> int:
    """Where in `page` she says that she cannot come; -1 for nowhere."""
    if not _ABSENT.search(page):
        return -1
    found = _ABSENT.search(_NO_VISIT.sub(lambda other: "　" * len(other[0]), page))
    return found.start() if found else -1


def has_become_absent(page: str) -> bool:
    """「行けなくなりました」: of a visit that was planned, and not of what suits in general."""
    return is_absent(page) >= 0 and _LOST.search(page) is not None


_COMES_UP = "(?:でき(?:た|て|まし)|出来(?:た|て|まし)|入(?:り|っ)|はい(?:り|っ)|重な|かさな)"
_WHOSE = "(?:(?<!の)|体の|からだの|母の|父の|主人の|妻の|夫の)"  # not 「スマホの調子」
_REASON = said(
    "(?:用事|急用|予定|仕事|法事|葬儀|葬式|お葬式|通夜|不幸|来客|病院|通院|検査|診察|受診)(?:が|も|を|の予約が)?(?:急に)?" + _COMES_UP,
    f"{_WHOSE}(?:体調|具合|加減|調子)(?:が|を|も)?(?:悪|わる|崩|くず|よくな|良くな|すぐれ|優れ)",
    "入院(?:する|し|に)|寝込|熱(?:が|も)?(?:出|あり|あっ|高)|風邪|かぜを|(?:病気|びょうき)(?:に?(?:なり|なっ)|です)",
    "けがを|怪我|骨折|亡くな|都合が(?:悪|わる|つか)|都合が?(?:合わ|あわ)なく",
    r"\bim (?:sick|ill|unwell)\b|\bi (?:am|got|feel|fell) (?:sick|ill|unwell)|something (?:came|has come) up",
    r"\bin (?:the )?hospital",
)


def gives_reason(text: str, page: str) -> bool:
    """「熱が出ました」, told to the desk by somebody with a booking: she will not come."""
    return _REASON.search(page) is not None and not is_question(text)


# ------------------------------------------------------------------ undone
_CANCELLED = "(?:取り?消し?|とりけし|きゃんせる)"
_TAKEN_BACK = any_of("取り?消|とりけ|きゃんせる|取りやめ|やめ|なし|撤回|なかったこと|無かったこと|間違|まちが|うそ|もど|戻")
_UNDO_CANCEL = said(
    f"{_CANCELLED}(?:した?の?|するの)?[をはも]?、?{_TAKEN_BACK}",
    "(?:間違え?|まちがえ?|うっかり|誤)(?:っ|え)?[てで]?(?:取り?消|とりけ|きゃんせる|消し|けし|押し|おし)",
    "(?:取り?消|きゃんせる)[しす]?さ?(?:なければ|なきゃ|るんじゃ|つもり(?:は|じゃ))|(?:取り?消し|きゃんせるし?)てい?な(?:い|かった)",
    "復活|復元|生き返|(?:元|もと)(?:通|どお)り",
    r"\brestore|bring (?:it|my [a-z]+) back|(?:put|get|give me|want) (?:it|my [a-z]+) back|\bun ?cancel",
    "didnt mean to|(?:cancel|change).{0,12}by mistake|by mistake.{0,12}(?:cancel|change)",
)
_UNDO_CHANGE = said(
    "(?:戻|もど)(?:す|し(?:て|たい|ます)?|せ(?:る|ます|ません|ない))|さっきの?[はを]?(?:なし|やめ|取り?消|とりけ)",
    "(?:変更|変えた|かえた)(?:した)?(?:の|こと)?(?:を|は|も|前に)?.{0,3}(?:取り?消|とりけ|きゃんせる|やめ|なし|戻|もど|間違|まちが)",
    "(?:変え|かえ|変更し)なければよかった|前の(?:ほう|方|時間|日)が?(?:よ|良)かった|(?:やっぱり|やはり)(?:元|もと|前|まえ)の",
    "(?:やっぱり|やはり)(?:行|い|伺い|うかがい)(?:きます|く(?:こと|わ|よ|$)|けます|ける(?:こと|よう)|ます$)",
    r"\bundo\b|\brevert\b|changed my mind|(?:ill|i will|i can) (?:still |now )?(?:come|go|make it)",
    "(?:change|put|set|switch|move) it back|go(?:ing)? back to|back to (?:the )?(?:old|original|previous|before)",
    r"\b(?:old|original|previous) (?:time|one|booking)",
)
# Going back on a page, or getting money back.
_OTHER_WAY_BACK = re.compile("(?:一つ|ひとつ|1つ)?(?:前|まえ)(?:の(?:画面|質問))?(?:に|へ)|戻り方|お金|ぽいんと|電話")


def undoes_cancelling(page: str) -> bool:
    """「間違えて取り消してしまいました」, 「予約を復活させて」."""
    return _UNDO_CANCEL.search(page) is not None


def undoes(page: str) -> bool:
    """「元に戻して」, 「さっきの変更は取り消して」, 「やっぱり行きます」: the last change or cancellation undone."""
    if undoes_cancelling(page):
        return True
    other = _OTHER_WAY_BACK.search(page) and "元" not in page and "変更" not in page
    return _UNDO_CHANGE.search(page) is not None and not other


# 「25日と間違えました」 beside another day than hers; not of somebody who stands before a closed door.
_MISTOOK = said("[日曜時分半](?:[にとをの]|だと)?、?(?:間違|まちが|勘違|かんちが)", "(?:日|時間|曜日|日にち|日付)を?、?(?:間違|まちが|勘違|かんちが)", r"\bi meant\b|\bby mistake\b")
_ON_THE_WAY = re.compile("来てしま|行ってしま|来ちゃ|行っちゃ|着い|押し|おし")


def mistook(page: str) -> bool:
    """「25日と間違えました」: the booking was meant for the day or hour that is said."""
    return _MISTOOK.search(page) is not None and not _ON_THE_WAY.search(page)


_SLIP = re.compile("間違|まちが|mistake|oops|wrong")
_SLIP_WORDS = said(
    "(?:間違|まちが)(?:い|え(?:て|た|まし)?|っ)|(?:押|お)してしま(?:った|い)|(?:押|お)して?|ちが(?:う|い)|違(?:う|い)|しま(?:い|った)|した|た",
    r"\b(?:mistake|oh|no|was|oops|made|wrong|a)\b",
)


def is_mistaken(page: str) -> bool:
    """「あ、間違えた」, and nothing else."""
    return _SLIP.search(page) is not None and only(page, _SLIP_WORDS)
