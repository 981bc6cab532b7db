"""One Japanese spelling for widths, English, kana, kanji numerals and shorthand."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from intents.dates.english import ENGLISH
from intents.dates.page import rewrites, rewritten
from intents.text import to_hiragana

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060-\u206f\ufe00-\ufe0f\ufeff]")
_DASHES = re.compile("[‐‑‒–—―−ｰ─━~〜]|(?<=[0-9日曜])ー(?=[0-9月火水木金土日])")
_SPACES = re.compile(r"\s+")
_FURIGANA = re.compile("(?<=[一-鿿0-9])\\([ぁ-ゖー]{1,12}\\)")
_LATIN = re.compile("[a-z]")
_LONGEST = 6000  # characters; one exotic sign can unfold into eighteen


_SORRY = "(?:すみません|すいません|すんません|失礼|恐れ入|おそれいり|申し訳|ごめん|御免|お電話)"
# 「夜分にすみません」 speaks of now, 「昨日から」 of what has been since.
_GREETINGS = rewrites(
    (f"(?<![日の曜])(?:夜分|夜遅|夜更|夜中|朝早|朝っぱら|昼時|昼どき|お?休みの?[日中]|遅い時間|こんな時間|夜|朝|昼|夕方|晩)[^、。0-9]{{0,8}}?{_SORRY}", " "),
    ("夜分(?:遅く)?に?", " "), ("^(?:今日夜|今日)は(?=[。!]|$)|^今日夜は(?=[、 ])|^今日は(?=[、 ] ?(?:窓口の?)?予約を?(?:し|お願)い?たい)", " "),
    ("(?:昨日|一昨日|おととい|先日)の?[朝昼夜晩]?(?:から|以来)", " "),
    ("今日[はも](?=(?:どうも|どうぞ)?(?:お世話|おせわ|よろしく|宜しく|ありがと|すみません))", " "),
)
_BY_TODAY = rewrites(
    ("(再?来)週の?(?:今日|同じ曜日)", lambda m: "1週間後" if m[1] == "来" else "2週間後"),
    ("昼(?:ごはん|ご飯|食)の?(?:あと|後)|昼以降|昼より(?:あと|後)", "昼から"),
)
_MAY_GREET = re.compile("[夜朝昼晩休]|昨日|おととい|先日|時間|今日[はも]")


def one_spelling(text: str, today: date) -> str:
    """`text` with widths, English, kana, kanji numerals and shorthand in one Japanese spelling."""
    page = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).lower().replace("’", "'")
    page = _SPACES.sub(" ", _DASHES.sub("-", page[:_LONGEST])).strip()
    if _LATIN.search(page):
        page = rewritten(page, ENGLISH)
    page = rewritten(_FURIGANA.sub("", to_hiragana(page)), _JAPANESE)
    if "昼" in page or "来週" in page:
        page = rewritten(page, _BY_TODAY)
    if _MAY_GREET.search(page):
        page = rewritten(page, _GREETINGS)
    return _YEAR_WORD.sub(lambda m: f"{today.year + _YEARS[m[1]]}年", page)


_YEARS = {"今年": 0, "来年": 1, "去年": -1, "昨年": -1}
_YEAR_WORD = re.compile("(今年|来年|去年|昨年)の?(?= ?[0-9]{1,2}月)")

# Kana: safe words anywhere, short ones only where a word begins and ends (べんきょう is no today).
_KANA_WORDS = dict(
    pair.split("=") for pair in (
        "さらいしゅう=再来週 らいしゅう=来週 こんしゅう=今週 せんしゅう=先週 さらいげつ=再来月 らいげつ=来月"
        " こんげつ=今月 げつようび=月曜 かようび=火曜 すいようび=水曜 もくようび=木曜 きんようび=金曜"
        " どようび=土曜 にちようび=日曜 どにち=土日 しゅうまつ=週末 しゅうあけ=週明け げつまつ=月末"
        " じょうじゅん=上旬 ちゅうじゅん=中旬 げじゅん=下旬 しあさって=明々後日 あさって=明後日"
        " ごぜんちゅう=午前 ごぜん=午前 ごご=午後 ゆうがた=夕方 あさいち=朝いち ひるすぎ=昼過ぎ ひるまえ=昼前"
        " 明明後日=明々後日 明朝=明日朝 今朝=今日朝 今晩=今日夜 今夜=今日夜 明晩=明日夜 さ来週=再来週"
        " 来々週=再来週 お昼=昼 つぎの=次の こんどの=今度の おぼん=お盆 けいろうのひ=敬老の日 しゅうぶんのひ=秋分の日"
    ).split()
)  # fmt: skip
_SHORT_WORDS = {"あす": "明日", "きょう": "今日", "あさ": "朝", "ひる": "昼", "おひる": "昼"}
_BEGINS = "(?:(?<![ぁ-ゖー])|(?<=[のにはがも]))"
_ENDS = (
    "(?=$|[^ぁ-ゖー]|[のはにでもを](?![ぁ-ゖー])|は[どやあいだむひで]|か(?=[^ぁ-ゖー])|の[あごゆひじいにさよろしなはくき]|に(?!ん)|で(?!ん)"
    "|から|まで|ごろ|ころ|です|でも?いい|が(?:いい|よい|[^ぁ-ゖ]|$)|すぎ|いこう|いき|おねが|これ|よやく)"
)
_KANA_UNITS = ("いち に さん し よん よ ご ろく しち なな はち く きゅう".split(),
               (1, 2, 3, 4, 4, 4, 5, 6, 7, 7, 8, 9, 9))  # fmt: skip
_UNIT = dict(zip(*_KANA_UNITS, strict=True))
_UNIT_WORDS = "いち|さん|よん|ろく|しち|なな|はち|きゅう|に|し|よ|ご|く"
_KANA_NUMBER = f"((?:(?:に|さん|よん|ご)?じゅう(?:{_UNIT_WORDS})?)|{_UNIT_WORDS})"
_NATIVE = {
    "ついたち": 1, "ふつか": 2, "みっか": 3, "よっか": 4, "いつか": 5, "むいか": 6, "なのか": 7, "ようか": 8,
    "ここのか": 9, "とおか": 10, "じゅうよっか": 14, "はつか": 20, "にじゅうよっか": 24,
}  # fmt: skip
# いつか, なのか, ようか, とおか and ここのか are words of their own: days only behind a month.
_LONE_NATIVE = "にじゅうよっか|じゅうよっか|ついたち|ふつか|みっか|よっか|むいか|はつか"


def _kana_value(word: str) -> int:
    """にじゅうご → 25."""
    tens, ten, units = word.rpartition("じゅう")
    return (_UNIT[tens] if tens else 1) * 10 * bool(ten) + (_UNIT[units] if units else 0)


def _listed_weekdays(m: re.Match[str]) -> str:
    """水木 → 水曜・木曜; not 土木 or 水火, which are no weekdays in their order."""
    order = ["月火水木金土".index(day) for day in m[1]]
    return "・".join(f"{day}曜" for day in m[1]) if order == sorted(set(order)) else m[0]


def _kana_clock(m: re.Match[str]) -> str:
    minutes = f"{_kana_value(m[3])}分" if m[3] else ""
    return f"{_kana_value(m[1])}時{'半' if m[2] else minutes}"


_KANJI = {digit: i for i, digit in enumerate("〇一二三四五六七八九")}


def _kanji_value(m: re.Match[str]) -> str:
    """二十五 → 25, 二〇二六 → 2026."""
    tens, ten, units = m[0].rpartition("十")
    plain = "".join(str(_KANJI[digit]) for digit in units if digit != "十")
    if not ten:
        return plain
    return str(_KANJI.get(tens, 1) * 10 + int(plain or 0))


# 3日間, 3日ほど, 四日市: a length or a name, not the third.
NO_DAY_BEFORE = (
    "間|かん|分|前(?!半)|以内|いない|目|め|ほど|くらい|ぐらい|も?かか|酔|市|町|連|程|おき|がか|ごと|坊|も?あれば"
    "|で(?:届|着|終|でき|送)|に(?:[0-9]|何|いく)|号"
)
_JAPANESE = rewrites(
    ("|".join(_KANA_WORDS), lambda m: _KANA_WORDS[m[0]]),
    (f"{_BEGINS}あした(?!ば)", "明日"),
    (f"{_BEGINS}(あす|きょう|おひる|あさ|ひる){_ENDS}", lambda m: _SHORT_WORDS[m[1]]),
    (f"(?<=がつ) ?の? ?({'|'.join(sorted(_NATIVE, key=len, reverse=True))})", lambda m: f"{_NATIVE[m[1]]}日"),
    (f"{_BEGINS}{_KANA_NUMBER} ?がつ", lambda m: f"{_kana_value(m[1])}月"),
    ("(?<=[0-9]) ?がつ", "月"),
    (f"(?:(?<=月)|(?<=月 )|{_BEGINS}){_KANA_NUMBER} ?にち(?!よう|じ)", lambda m: f"{_kana_value(m[1])}日"),
    (f"{_BEGINS}({_LONE_NATIVE}){_ENDS}", lambda m: f"{_NATIVE[m[1]]}日"),
    (f"(?:{_BEGINS}(?<!宝)|(?<=じから)){_KANA_NUMBER} ?じ(?: ?(?:(はん)|{_KANA_NUMBER} ?[ふぷ]ん))?{_ENDS}",
     _kana_clock),
    ("(?<=[0-9]) ?にち(?!よう)", "日"), ("(?<=[0-9]) ?じ(?! ?かん|[ゃゅょ])", "時"),
    ("(?<=[0-9]) ?[ふぷ]ん", "分"), ("(?<=時) ?(?:はん|ハン)", "半"),
    ("(?<![0-9月/])(?:2[、,・-]3|二[、,・-]?三)(?=日)", "数"),
    ("(?<=第)[一二三四五]", _kanji_value),
    ("(最初|最後)の(?=[月火水木金土日]曜)", lambda m: "第1" if m[1] == "最初" else "第末"),
    ("(?<![百千万第何数〇一二三四五六七八九十])[〇一二三四五六七八九十]{1,4}(?= ?(?:[月時分年]|日(?![市町])|週間後))",
     _kanji_value),
    ("(?<![一-鿿0-9])([月火水木金土]{2,4})(?:曜日?)?(?=以外|は(?!い)|が(?:いい|よい|だめ|無理|都合)|で(?:お願い|も)|の(?:どちら|どっち|午)|なら|どちら|どっち|だめ|無理|に(?:行|し|お願い))",
     _listed_weekdays),
    ("(?<=[0-9]月)(の?[0-9]{1,2})(か|と|、|・|-)([0-9]{1,2})(?=$|[ のがでにな])", r"\1日\2\3日"),
    ("(?<=[0-9]月)(の?[0-9]{1,2})(?=$|[^0-9日時:/月分人名年円桁回枚台本個歳階番週間万ヶか.-]|か[0-9])", r"\1日"),
    ("(?<![0-9a-z./:])(?<![a-z] )(1[0-2]|0?[1-9])[.](0?[1-9]|[12][0-9]|3[01])(?=$|[ のにでは、午(])", r"\1月\2日"),
    ("(今|再?来)週(か|と)(今|再?来)週の?([月火水木金土日]曜)", r"\1週の\4\2\3週の\4"),
    ("(?<=[0-9]) (?=[年月日時分])", ""),
    # Shorthand: 5-7日 and 8月5から7日, 8/5-7, 10-12時 say the unit once for both.
    (f"(?<![0-9/.:-])([0-9]{{1,2}}) ?(-|から|・|、|か) ?(?=[0-9]{{1,2}}日(?!{NO_DAY_BEFORE}|後|中))", r"\1日\2"),
    (r"(?<![0-9/.:-])([0-9]{1,2}/)([0-9]{1,2}) ?([-・、か]) ?(?=[0-9]{1,2}(?![0-9/:時人名枠枚]))", r"\1\2\3\1"),
    (r"(?<![0-9/.:-])([0-9]{1,2}) ?(-|から|か) ?(?=[0-9]{1,2}時(?!間|かん))", r"\1時\2"),
)  # fmt: skip
