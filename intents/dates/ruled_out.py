"""What a sentence refuses, tells of or moves away from, as against what it wishes.

A sentence is split into clauses. What is named in a clause that refuses (「12日は病院なので」) or only tells
(「昨日テレビで見ました」) is no wish; 「火曜以外」, "not Tuesday" refuse what stands right beside them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import Literal

from intents.patterns import any_of, said

Standing = Literal["wished", "out", "moved", "told"]

# A mark ends a clause, but not within a list of days (\0) or after a topic: 「12日は、病院」.
_MARK = "[。!?;]+ ?|(?<![はもがとやか\0])[、,] ?|(?<=\0)[、,] ?(?=[^、。\0]{0,3}\0)"
_BUT = "(?:ので|(?<=[るたいすんな])のに|けれども|けれど|けども|けど|(?:です|ます|した|せん|だ|たい|ない|よい|いい)が)、? ?"
# 「…から」 gives a reason; 「12日からなら」, 「12日から14日に変更」 do not.
_SINCE = "(?<=[すだるいたうくむんよ])(?<!らい)から(?![、 ]?(?:なら|だったら|先|の|[\0 ]*に(?:変|ずら)))、? ?"
_AND = any_of(
    "くて|あって|(?:だめ|駄目|無理|病院|医者|歯科|仕事|用事|予定|でい|さーびす|苦手|嫌|いや|休み)で(?![すもしはき])|も[のん]で",
    "ため(?:に)?|まして|でして|だし|ですし|ますし|いし(?=[、 ])",
)
_CLAUSE_END = said(
    _MARK,
    _BUT,
    _SINCE,
    f"{_AND}、? ?",
    "(?:です|ます|ません|でした|ました|だめ|駄目|無理)[よねわの]*(?=[ \0])",
    r"\b(?:but(?! not)|so|because|since|though)\b",
)
# A question (「午前はだめですか」) asks for it; a condition (「午前がだめなら」) names the first choice.
_EARNEST = "(?! ?" + any_of(
    "[^、。\0]{0,6}(?:(?:です|でしょう|ます|ません)か(?!ら)|かな|かしら|\\?)",
    "(?:なの|な|の)? ?(?:なら|だったら|でしたら|場合|であれば|とき)",
) + ")"
_NOT_COMING = (
    "(?:行|(?<!違)(?<!まちが)い|来ら|こら|来|出ら|出かけら|伺|うかが|参)[けれえか]?(?:ない(?!か)|なく|ません(?!か)|ず(?!っ)|へん)"
    "|(?:行|い|来ら|こら|来|出ら|出かけら|伺|うかが|参)かれ(?:ない(?!か)|なく|ません(?!か)|ず(?!っ)|へん)"
)
# 「12日はちょっと…」 leaves the refusal unsaid.
_LEFT_UNSAID = "は ?(?:ちょっと|ちょい)(?:都合が|つごうが|予定が|ねえ?|なあ?|です|[.。…])*(?=$|[、。])"
_NOT_FREE = any_of(
    "(?:都合|つごう)[がはのも]?(?:ちょっと)?(?:悪|わる|つか|つき|合わ|あわ|よくな|良くな)|不都合|ふさが|塞が|埋まっ|忙し|いそがし",
    "空いて?い?(?:ない|ません)(?!か)|(?:体調|具合|ぐあい)[がも]?(?:悪|わる)",
)
_REFUSES = re.compile(
    any_of(
        "だめ|駄目|無理(?!を?し(?:な|ま)|せず|やり)|むり(?=で|な|だ|み|そう|、|。|$)",
        _NOT_COMING,
        _NOT_FREE,
        "難し|むずかし|厳し|きびし|きつい|苦手|にがて|嫌(?!い?じゃ)|(?<![ぁ-ん])いや(?=です|だ|なの|なん|。|$)|(?<=\0[はもが])いや(?=です|だ|なの|なん|で|[、。]|$)",
        "(?:早|はや|遅|おそ)すぎ|は(?:ちょっと|少し)?(?:早|はや|遅|おそ)い(?=わ|です|な|ので|から|よ|し|けど|[、。]|$)",
        "(?:起き|おき)ら?れ(?:ない|ません)(?!か)|避け|さけ|遠慮|困[るりっ]|こま[るりっ]|(?:ぱす|ng)(?=で|し|だ|[、。 ]|$)",
        _LEFT_UNSAID,
        r"\b(?:is|are) (?:not|no)\b|\b(?:isn't|aren't|won't work|is bad|are bad|is impossible|is out)\b",
        r"\b(?:does|do)(?:n't| not) (?:work|suit)|\bi(?:'m| am) (?:busy|away|not free|not available)",
    )
    + _EARNEST
)
_DUTY = any_of(
    "病院|びょういん|通院|医者|歯科|眼科|整形|透析|りはびり|検査|検診|健診|手術|入院|しょーとすてい|でい(?:さーびす|けあ|の日|[がにで]|なの)",
    "仕事|ぱーと|あるばいと|会議|会合|学校|授業|留守|旅行|法事|葬式|葬儀|命日|結婚式|運動会|習い事|稽古|体操|(?<!すまほ)教室|当番",
    "用事|用が|来客|お客|迎え|先約|約束|出かけ|予定(?=が|も|なの|な?ので|で(?:す|、|$))",
)
# 「仕事は休み」, 「病院の帰りに」, 「教室に行きたい」 keep nobody away.
_NO_DUTY = "(?!" + any_of(
    "[がはも]?(?:な[いく]|なし|ありません|休み|終わ|おわ|空い|済)",
    "の?(?:帰り|ついで|あと|後|前|まえ|近く|そば|場所|予約(?:を(?:取|し)|が(?:取|し)))",
    "[にへを]?[^、。\0]{0,4}たい(?!けど|が)",
) + ")"
_BUSY = re.compile(_DUTY + _NO_DUTY + _EARNEST)
# 「水曜は何々があるので」, but not 「聞きたいことがあるので」.
_SOMETHING = "(?![^、。]{0,12}(?:予約|空き|席|枠|こと|質問|相談|時間|余裕|暇|ひま|窓口|教え))[^、。\0]{1,12}[がも]"
_TAKEN_UP = said(
    f"\0[ の]?[はも、]{_SOMETHING}(?:あ[るりっ]|入[るりっ]|来[るま]|くる|きます){_EARNEST}",
    f"\0(?:頃|ごろ)?(?:に|から){_SOMETHING}(?:あ|入)(?:る|りま|っ)[すした]?て?(?:ので|から|んで|のよ|し)",
)
# 「デイサービスが月曜と木曜なので」
_BUSY_BEFORE = re.compile(
    "(?:病院|通院|医者|透析|りはびり|でい(?:さーびす|けあ)?|仕事|ぱーと|用事|予定|旅行|会議|当番|検査)"
    "[^、。\0]{0,5}[がは] ?(?:\0+ ?[と・、や] ?)*$"
)
_DONE_THEN = re.compile(
    "[は、も]? ?[^\0、。]{0,6}(?:電話|連絡|予約|登録|申請)を?(?:し|取っ|とっ|入れ)(?:た(?!い)|まし|て(?!くだ|ほし|いただ|もら))"
)
_NAMED = "[\0の 日中]{0,40}"  # the rest of what names the day
# Group 1: words that leave all the others, 「12日以外」.
_BESIDE = re.compile(
    f"{_NAMED}(?:は|なら|だと|が|を)? ?"
    + any_of(
        "(以外|を?除[いくき]|のほかの?(?:日|時間)|ほかならいつ|よりも?は?(?= ?\0)(?! ?\0+ ?(?:まで|の間)))",
        "では?な[いく]|じゃな[いくけ]|(?:じゃ|では)ありません|でな[いく]|生まれ|生$|号",
    )
)
_MOVED = re.compile(
    f"{_NAMED}(?:から)?(?:の予約)?(?:の(?:分|ほう|を))?"
    + any_of(
        "(?:を|から) ?(?=.{0,20}[にへ](?:変|ずら|移|し[てた]))",
        "[はをも]?(?:やめ|止め|きゃんせる|取り?消|取りやめ|なし)(?=[^\0]{0,12}\0)",
        "を ?(?=\0+[ の]?に(?:変|か|ずら|移|し|お願|でき))",
    )
)
_MOVED_FROM_HOUR = re.compile("から ?\0+ ?に(?:変|ずら|移)")
_REFUSED_BEFORE = re.compile(
    r"\b"
    + any_of(
        "not|except(?: for)?|instead of|rather than|other than|apart from|but not|no",
        "i(?:'m| am) (?:busy|away|working|out|not (?:free|available))|can(?:'t|not) (?:make(?: it)?|do|come)",
    )
    + "(?: (?:on|in|at|the|any|for|till|until))*[ \0]*$"  # 「not Monday morning」
)
_ONLY = re.compile("しか|(?:で|じゃ)ないと|(?:で|じゃ)なければ|でなきゃ|じゃなきゃ|以外")
_WISHES = said(
    "予[約訳]|変更|変え|かえ|行き?たい|いきたい|行け(?:ます|る|そう)|お願い|おねがい|[しき受]たい|ほしい|希望|空い|空き|取れ",
    "[がで](?:いい|よい|良い)|にし[てたま]|ますか|伺|うかが|参り|決[まめ]|になりま|やって",
)
# A verb in the past at the end of a clause.
_PAST = re.compile(
    "(?:(?:ま|(?<!\0)で)し[たて]|(?<!\0で)[しいきっんえけれめべせてちりみ]た(?:ん|の|もの|もん|わけ)?(?:です|だ)?[よねわな]*"
    "(?:ので|のに|けれども|けれど|けども|けど|から|が|し)?[、。!? ]*$)"
)
_WEATHER = re.compile(
    "天気|天候|(?<![一-鿿])雨|晴れ|快晴|暑[いくさかっ]|寒[いくさかっ]|雪[がでだ]|曇|蒸し|涼し|気温|台風"
)
_IF = re.compile("なければ|なら|たら|ても|でも")
_VISITOR = "(?:孫|娘|息子|客|友だち|友達|友人|親戚|兄弟|家族|業者|工事|へるぱー|妹|姉|弟|兄|夫婦)"
_CHAT = said(
    "(?:はじめて|初めて)(?:使|つか|利用|らいん|line|です|電話|連絡)|電話した|いい日|きれい|昨日から",
    f"{_VISITOR}[^、。]{{0,6}}[がも][^、。]{{0,6}}(?:来|くる|きます|きて|帰|遊び|泊)",
)
_REASON = re.compile(
    "[\0の 中]{0,12}(?:は|だと|じゃ)(?!.{0,12}(?:休み|暇|ひま|大丈夫)).{2,60}(?:ので|から|けど|けれど|が|ため|て|し)[、 ]*"
)
_WENT = re.compile("(?:行|い)[っき]|でし")
# 「午後は眠くなるので」, after which 「無理です」 stands alone.
_TOPIC = re.compile("[\0の 中]{0,12}(?:は|だと|じゃ|も|には)")
_BECAUSE = re.compile("(?:ので|から|けど|けれど|が|て|し|んで|すみません|すいません|ごめん(?:なさい|ね)?)[、 ]*$")
# 「17日の間違いでした」 puts the 17th right.
_MEANT = re.compile("[\0の 日]{0,12}[のと](?:間違|まちが)(?:い|え)(?:でし|だっ|です|まし|た)")
_SAME_DAY = re.compile("その(?:日|とき|時)|(?:一緒|いっしょ)に")


def refused_before(page: str, at: int) -> bool:
    """Whether 「not」, 「except」 or the like stands right before position `at`."""
    return _REFUSED_BEFORE.search(page, max(0, at - 32), at) is not None


class Clauses:
    """The clauses of a page on which days and hours are blanked (as `\\0`), and what each of them does."""

    def __init__(self, page: str) -> None:
        self.page = page
        ends = [found.end() for found in _CLAUSE_END.finditer(page)]
        self._starts = [0, *(end for end in ends if end < len(page))]
        self._told: dict[int, bool] = {}

    def span(self, at: int) -> tuple[int, int]:
        """Where the clause that holds position `at` begins and ends."""
        i = bisect_right(self._starts, at)
        return self._starts[i - 1], self._starts[i] if i < len(self._starts) else len(self.page)

    @cached_property
    def _refusals(self) -> list[int]:
        """Where each refusal of the page stands."""
        return sorted(
            found.end() - 1 for words in (_REFUSES, _BUSY, _TAKEN_UP) for found in words.finditer(self.page)
        )

    @cached_property
    def _only(self) -> list[int]:
        return [found.start() for found in _ONLY.finditer(self.page)]

    def standing(self, start: int, end: int) -> Standing:
        """What is meant by the words from `start` to `end`: a wish, its contrary, or neither."""
        clause, after = self.span(start)
        refused = self._within(self._refusals, end, after)
        if _MEANT.match(self.page, end):
            return "wished"
        beside = _BESIDE.match(self.page, end, after)
        if beside and self.page.startswith("ても", beside.end()):
            return "told"  # 「明日でなくてもいいので」
        if refused and (self._within(self._only, end, after) or (beside and beside[1])):
            return "wished"  # 「水曜しか行けません」, 「火曜以外は無理」
        if _MOVED.match(self.page, end) or _MOVED_FROM_HOUR.match(self.page, end):
            return "moved"
        if beside or refused_before(self.page, start) or _BUSY_BEFORE.search(self.page, max(clause, start - 40), start):
            return "out"
        if not refused and self._refused_after_reason(end, after):
            return "out"
        if not refused:
            if clause not in self._told:
                self._told[clause] = self._tells(clause, after)
            return "told" if self._told[clause] else "wished"
        return "told" if self._is_past_visit(clause, after) else "out"

    def _refused_after_reason(self, end: int, after: int) -> bool:
        """Whether the next clause refuses what ends there, a reason between: 「午後は眠いので無理です」."""
        if not _TOPIC.match(self.page, end) or not _BECAUSE.search(self.page, end, after):
            return False
        last = self.span(after)[1]
        blank = self.page.find("\0", after, last)
        return self._within(self._refusals, after, last if blank < 0 else blank)

    def gives_reason(self, end: int) -> bool:
        """Whether what ends there is only why another is wished: 「午後は眠くなるので午前中が」."""
        words = self.page[end : self.span(end - 1)[1]]
        return _REASON.fullmatch(words) is not None and not _WISHES.search(words)

    def is_done(self, end: int) -> bool:
        """Whether a day that ends there tells when something was done: 「昨日予約した者です」."""
        return _DONE_THEN.match(self.page, end) is not None

    @staticmethod
    def _within(places: list[int], start: int, end: int) -> bool:
        i = bisect_right(places, start - 1)
        return i < len(places) and places[i] < end

    def _tells(self, start: int, end: int) -> bool:
        """Whether the clause is small talk, or says what has been, instead of what is wished."""
        words = self.page[start:end]
        if _WISHES.search(words):
            return False
        chats = _CHAT.search(words) is not None and not _SAME_DAY.search(self.page, end)
        weather = _WEATHER.search(words) is not None and not _IF.search(words)
        return chats or weather or _PAST.search(words) is not None

    def _is_past_visit(self, start: int, end: int) -> bool:
        """「昨日病院に行きました」."""
        words = self.page[start:end]
        return bool(_WENT.search(words) and _PAST.search(words) and not _REFUSES.search(words))
