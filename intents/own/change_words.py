"""What typed words say of changing a booking that stands: to another day, hour or place; or not at all.

Every reader gets `page` (own_words.page_of).
"""

from __future__ import annotations

import re

from intents.own.words import ANOTHER
from intents.patterns import any_of, said

# ------------------------------------------------------------------ changed
_CHANGE = said(
    "変え(?!な(?:い|く))|変更(?!し(?:な(?:い|く)|ません))|変わ(?:って|り)たい|(?<![買着衣両])(?<!買い)替え",
    "かえ(?:たい|て(?:ください|ほし|もら|いただ|下さい|$)|られ|る(?:こと|に|の))",
    "移し|移動|うつし|ずらし|ずらせ|ずらす|振り替|振替(?!休)|延ばし|延期|伸ばし|後ろに|前倒し|繰り?(?:上|下)|改め(?:たい|て)",
    "早め(?:たい|て|に(?:した|変))|(?:を|に|少し|すこし)はやめて|遅らせ|遅く(?:した|して|でき)|早く(?:した|して|でき)",
    "おそく(?:した|して)|はやく(?:した|して)|(?:取り?|とり|予約し|し)(?:直|なお)(?:し|す)|出直",
    f"{ANOTHER}(?:日|時間|場所|窓口|ところ)に",
    r"reschedul|\bchange\b|\bmove\b|postpone|\bswitch|\bpush (?:it|back)|bring (?:it )?forward",
    r"(?:another|different|other|new) (?:day|time|date)|\b(?:earlier|later)\b",
    r"\bon [a-z]+ instead\b|\b(?:do|have|take|make it) .{1,14} instead\b",
)
_TO = re.compile(
    "[にへ](?:して(?!い)|し(?:たい|ます|よう)|でき(?:ます|ません|ない|る)|なりませんか)|にする(?!に)|\\bmake it\\b"
)
_WISH = said(
    "[にへで](?:お願|おねが)|にも?(?:行|い)(?:き|け)|[でが]$",
    "(?:が|で|のほうが|の方が)(?:いい|良い|よい|よろし|いけ|ありがたい|助かり|構い|かまい)",
    r"\bthen\b|\bhow about\b|\bplease\b|is (?:fine|ok|good)|\bcan i come\b",
)
_EITHER = re.compile("変更.{0,3}取り?消|取り?消し?.{0,3}変更|change or cancel|cancel or change")


def changes(page: str) -> int:
    """Where in `page` a change is wished: the last place, -1 for nowhere."""
    return max((one.start() for one in _CHANGE.finditer(page)), default=-1)


def turns_to(page: str) -> bool:
    """「13日にして」: what there is, is to be that."""
    return _TO.search(page) is not None


def would_like(page: str) -> bool:
    """「木曜の午後がいいです」: a change only of what must be changed anyway."""
    return turns_to(page) or _WISH.search(page) is not None


def leaves_open(page: str) -> bool:
    """「予約の変更・取消」, the words of the button."""
    return _EITHER.search(page) is not None


# ------------------------------------------------------------------ what is to be another
_TIME_ONLY = said(
    "(?<![0-9日同じ])(?:時間|じかん|時刻)(?:だけ|のみ|を|の)(?!.{0,6}同じ)|時間だけ|じかんだけ",
    "change (?:only )?the time|(?:different|another) time(?! and)",
)
_DAY_TOO = re.compile(f"日時|日にち|日付|日を|ひを|{ANOTHER}日")
_PLACE = said(
    "(?:場所|ばしょ|窓口|会場|支所|ところ|所)(?:だけ)?[をもに]|(?:近|ちか)い(?:ところ|所|窓口|会場|場所|ほう|方)",
    "(?:change|another|different|other|nearer|closer) (?:the |my )?(?:place|office|venue|location|counter|branch)",
)


def of_time_only(page: str) -> bool:
    """「時間だけ変えたい」: the day stays."""
    return _TIME_ONLY.search(page) is not None and not _DAY_TOO.search(page)


def of_place_only(page: str) -> bool:
    """「もっと近いところに変えたい」: another counter, not yet said which."""
    return _PLACE.search(page) is not None


# ------------------------------------------------------------------ kept
_NO_CHANGE = any_of(
    "(?:変え|かえ|変更し)(?:な(?:い(?!と)|く)|ません)(?!か)|(?:変|か)えるのは?を?やめ",
    "変更は?(?:やめ|なし|いら|いり|けっこう|結構|とりやめ|取り?消|取りやめ|きゃんせる|中止)",
)
_NO_CANCEL = any_of(
    "(?:取り?消さ|とりけさ|消さ|やめ)な(?:い|く)|(?:取り?消し|とりけし|やめ|きゃんせるは?し)ま(?:せん|へん)|きゃんせるは?しない"
)
_AS_IT_WAS = any_of(
    "(?:こ|そ|今|いま|[0-9](?:日|時|分|半)|元|もと|前)のまま|(?:元|もと)[にへ](?:戻|もど)",
    "(?:元|もと)の(?:日|時間|じかん|予約|よやく|とおり|通り|場所|ところ)(?:で|が|に(?!変))",
    "前の(?:時間|予約|じかん|よやく|まま|とおり|通り)[でがに]",
)
_KEEP = said(
    _NO_CHANGE,
    _NO_CANCEL,
    _AS_IT_WAS,
    r"\b(?:keep|leave) (?:it|(?:my|the)(?! (?:data|phone|card|app|pin|password|points?|number|id|photos?|line)\b))",
    "as it (?:is|was)|no change|dont (?:change|cancel)|not cancel|stay the same",
)
_KEEP_ONE = re.compile("だけ|以外")
_FINE_AS_IS = re.compile("(?:やっぱり?|やはり|もう)、?(?:いい|良い|よい|結構|けっこう)(?:です|や|わ|よ)*")


def says_never_mind(page: str) -> bool:
    """「やっぱりいいや」, and nothing else."""
    return _FINE_AS_IS.fullmatch(page.strip()) is not None


def keeps(page: str, *, names_place: bool = False) -> bool:
    """「やっぱり変えない」, 「そのままでいい」, 「元の日で」; not 「時間はそのままで日だけ変えたい」.

    `names_place`: a counter is named, as in 「北沢のままで」.
    """
    stays = _KEEP.search(page) is not None or (names_place and "のまま" in page)
    return stays and changes(_KEEP.sub("", page)) < 0 and not _KEEP_ONE.search(page)
