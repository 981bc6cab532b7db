"""Wishes relative to what is chosen or booked: 次の日, 翌週, 1時間遅く, もっと早い時間, "a bit later"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from intents.patterns import said


@dataclass(frozen=True, slots=True)
class Shift:
    """A wish relative to what was chosen or booked: 次の日 (`days` 1), 翌週 (`weeks` 1), 1時間遅く
    (`minutes` 60), もっと遅く (`later` 1), もう少し早く (`later` -1)."""

    days: int = 0
    weeks: int = 0
    minutes: int = 0
    later: int = 0

    def __bool__(self) -> bool:
        return bool(self.days or self.weeks or self.minutes or self.later)


NONE = Shift()
# One look at a text that has none of these is all it costs.
_MAY_SHIFT = re.compile("[遅早翌後前次先]|明く|あく|おそ|はや|あと|ずら|つぎ|later|earl|next|follow|previous|after|before|delay|postpone|back|forward| up |延|のば")
_ABOUT = "(?:間)?(?:ほど|くらい|ぐらい|ばかり|だけ|ちょっと)?(?:もっと)?"
# 「前に着けばいい」 asks about the way; 「1日前に連絡」 about a notice.
_MOVED = "(?=(?:[にへ](?:し|ずら|変|か[えわ]|移|でき|お願い|行|い[きけ])|の(?:[0-9午同時枠]|おな)|が(?:いい|よい)|で(?:お願い|いい)|ずら|だと|は(?:空|あい|どう)|[にへ]?$))"
_LATER = f"(?:遅(?!れ)|おそ(?!れ)|延|のば|ずら|先に(?:し|ずら|延)|(?:後ろ|うしろ)|(?:後|あと){_MOVED})"
_EARLIER = f"(?:(?:早|はや(?=く|い|め[にのが]))(?!く(?:着|つ|行っ|行け|来))|繰り上|前倒|(?:前|まえ){_MOVED})"
# 「2日後に届きます」, 「翌日に電話します」 tell of other things than a visit.
_HERS = "(?!の連絡|に(?:連絡|電話|届|着|退院|来客|振))"
_MINUTES = re.compile(f"([0-9]{{1,3}})(時間|分)(半)?{_ABOUT}(?:({_LATER})|{_EARLIER})")
_DAYS = re.compile(f"([0-9]{{1,2}})日{_ABOUT}(?:({_LATER}|後{_HERS})|{_EARLIER})")
_WEEKS = re.compile(f"([0-9一二三])週間?{_ABOUT}(?:({_LATER}|(?:後|あと|先){_HERS})|{_EARLIER})")
_NEXT_DAY = re.compile(
    f"(?<!日の)(?<!曜の)(?<!祝日の)(?:その)?(?:次の日|つぎのひ|翌日|あくる日|明くる日)(?![曜程本])(?!の予約は){_HERS}"
)
_DAY_BEFORE = re.compile(f"(?<!日の)(?<!曜の)(?:その)?(?:前の日|まえのひ|前日){_MOVED}(?!に(?:行け|い[きけ])ば)")
_NEXT_WEEK = re.compile("翌週|(?:その)?(?:次|つぎ)の週(?!末)|来週[にへ](?:ずら|延|のば|変|かえ|移|回)|らいしゅうに(?:ずら|かえ|のば)")
_WEEK_BEFORE = re.compile(f"(?:前の週|前週){_MOVED}")
_MORE = "(?:もっと|もう(?:少|すこ)し|もうちょっと|もうちょい|いま少し|今少し|(?:少|すこ)し|ちょっと|あと少し)(?:だけ)?"
_SORRY = "(?!に(?:なって)?(?:すみま|すいま|失礼|恐れ|申し訳|ごめん|お電話))"
# 「もっと早く知りたかった」 is no wish for an earlier visit, 「早く着く」 none for another hour.
_NO_VISIT = "(?!い日|く(?:着|つ[いか]|行っ|行け|来|知|し[りっ]|言|教|気))"
# 「一つ後ろの時間」; 「一つ前に戻って」 is of another matter.
_ONE = "(?:もう)?(?:1つ|ひとつ|一つ|1個|一個|一枠|1枠)(?:だけ)?"
_STEP = "(?:の(?:時間|じかん|枠|回|時刻)|[にへ](?:ずら|変|か[えわ]|移|でき))"
_LATER_TIME = said(
    f"{_MORE}(?:時間[をがは]?)?(?:遅|おそ)(?!い日)[くいめらでの]",
    f"{_MORE}(?:後|あと|うしろ|後ろ)(?:の(?:時間|じかん|枠|ほう|方)|[にへが]|だと)",
    f"(?:遅|おそ)(?:い(?:時間|じかん|時刻|枠)|め(?=[にのがで]))(?!でも){_SORRY}",
    "(?:時間|じかん)を?(?:遅|おそ)(?:く(?!ま)|らせ)|(?:遅|おそ)く(?:して(?!し)|でき|変|ずら|にずら)",
    "(?:その|この|次|つぎ)の?(?:後|あと|次)?の(?:時間|じかん|枠)(?=[はがにでをのだ]|$)",
    "(?<![そこ]の)(?<![最午0-9時])(?:後|あと)の(?:時間|じかん|枠)",
    f"{_ONE}(?:後|あと|うしろ|後ろ|次){_STEP}|(?:時間|じかん)(?:だけ|を|は)?{_ONE}(?:後|あと|うしろ|後ろ)ろ?[にへ]?$",
)
_EARLIER_TIME = said(
    f"{_MORE}(?:時間[をがは]?)?(?:早|はや){_NO_VISIT}[くいめまでの]|{_MORE}前の?(?:時間|じかん|枠|ほう|方)?(?:[にがは]|だと)",
    f"(?:早|はや)(?:い(?:時間|じかん|時刻|枠)|め(?=[にのがで])(?!に.{{0,4}}(?:調|知|申し|済|終|準備|聞|教)))(?!でも){_SORRY}",
    "(?:時間|じかん)を?(?:早|はや)[くめ]|(?:早|はや)く(?:ずら|変更)",
    f"{_ONE}前{_STEP}|(?:時間|じかん)(?:だけ|を|は)?{_ONE}前[にへ]?$",
)
# The earliest of all, and the early part of a morning, are no comparison.
_ABSOLUTE = said(
    "(?:いちばん|一番|なるべく|できるだけ|出来るだけ|最も|もっとも|午前中?の?|午後の?|朝の?|夕方の?|来週の?|今週の?)(?:早|はや|遅|おそ)",
    "(?:早|はや|遅|おそ)すぎ|いつもより|早とちり",
)
_KANJI = str.maketrans("一二三", "123")
_NUMBER = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "half an": 0, "another": 1}
_MINUTES_EN = re.compile(r"\b(half an|an|a|one|two|three|another|[0-9]{1,2}) (hour|min(?:ute)?)s? (later|earlier|after|before|forward|back)\b")
# "Push it back an hour" is later, "bring it forward" earlier.
_PUSHED_EN = re.compile(
    r"\b(?:(?:push|put|move|shift|bring|set) (?:it |me |this |that |my [a-z]+ |the [a-z]+ )?(back|forward|up)|(delay|postpone)(?: it| me| my [a-z]+)?)"
    r"(?: by)? (half an|an|a|one|two|three|another|[0-9]{1,2}) (hour|min(?:ute)?)s?\b"
)
_HALF_HOUR = re.compile("(?<![0-9時])半時間")
_DAYS_EN = said(
    r"\b(?:the |a )(?:(next|following)|(previous)) day\b|^(?:the )?next day\b",
    r"\b(?:a|one) day (?:(later|after)|earlier|before)\b|\bthe day (?:(after)(?! tomorrow)|before)$",
)
_WEEKS_EN = said(
    r"\b(?:the )?following week\b|\b(?:a|one) week (?:later|after)\b|\b(?:the )?week after(?! next)$",
    r"\b(a week earlier|the week before|the previous week)\b",
)
_LATER_EN = re.compile(
    r"^(?:(?:a (?:bit|little) |much |even |any |something |anything )*(later|earlier)(?: (?:please|time|slot|one|in the day))*)$"
    r"|\b(?:a (?:bit|little)|any|something|anything|slightly|somewhat) (later|earlier)\b|(?<!\bthe )\b(later|earlier) (?:time|slot|one|appointment|in the day)\b"
    r"|\b(?:make it|move (?:it|me)|change (?:it )?to|come|shift it) (?:an? )?(later|earlier)\b"
)


def read_shift(page: str) -> Shift:
    """The relative wish in `page` (folded, in hiragana); an empty Shift for none."""
    if not _MAY_SHIFT.search(page):
        return NONE
    weeks, days = _weeks(page), _days(page)
    if weeks or days:
        return Shift(days=0 if weeks else days, weeks=weeks)
    minutes = _minutes(page)
    return Shift(minutes=minutes) if minutes else Shift(later=_later(page))


def _weeks(page: str) -> int:
    counted = _WEEKS.search(page)
    if counted:
        return int(counted[1].translate(_KANJI)) * (1 if counted[2] else -1)
    english = _WEEKS_EN.search(page)
    if english:
        return -1 if english[1] else 1
    return 1 if _NEXT_WEEK.search(page) else -1 if _WEEK_BEFORE.search(page) else 0


def _days(page: str) -> int:
    counted = _DAYS.search(page)
    if counted:
        return int(counted[1]) * (1 if counted[2] else -1)
    english = _DAYS_EN.search(page)
    if english:
        return 1 if english[1] or english[3] or english[4] or english[0].startswith("next") else -1
    if "翌々日" in page:
        return 2
    return 1 if _NEXT_DAY.search(page) else -1 if _DAY_BEFORE.search(page) else 0


def _minutes(page: str) -> int:
    said = _MINUTES.search(_HALF_HOUR.sub("30分", page))
    if said:
        length = int(said[1]) * (60 if said[2] == "時間" else 1) + (30 if said[3] else 0)
        return length if said[4] else -length
    pushed = _PUSHED_EN.search(page)
    english = _MINUTES_EN.search(page)
    if pushed:
        length = _minutes_en(pushed[3], pushed[4])
        return -length if "forward" in pushed.groups() or "up" in pushed.groups() else length
    if english is None:
        return 0
    length = _minutes_en(english[1], english[2])
    return length if english[3] in ("later", "after", "forward") else -length


def _minutes_en(count: str, unit: str) -> int:
    """("half an", "hour") → 30."""
    number = _NUMBER[count] if count in _NUMBER else int(count)
    return (number * 60 or 30) if unit == "hour" else number


def _later(page: str) -> int:
    """1 for later in the day, -1 for earlier, 0 where neither is wished."""
    if _ABSOLUTE.search(page):
        return 0
    english = _LATER_EN.search(page)
    if english:
        return 1 if "later" in english.groups() else -1
    return 1 if _LATER_TIME.search(page) else -1 if _EARLIER_TIME.search(page) else 0
