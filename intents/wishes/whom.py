"""Whom a visit is for: the speaker, one of the family, or two people.

A relative is no sign by itself: 「娘に言われて」 and 「主人が倒れました」 speak of other things. It is for
a relative only where the words say so: 母の予約, 母が行きます, 父を連れて, "for my mother".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from intents.patterns import any_of, said
from intents.text import fold, to_hiragana
from intents.wishes.whom_words import FOR_EN, Patterns, patterns_of

_PAIR = re.compile("両親|りょうしん|父母|夫婦|ふうふ|parents|couple")
_SPLIT = re.compile(r"[。、,，.!?！？;\s]+(?![a-z])")
_KANA = re.compile("[ぁ-ん一-龯]")
# Where one clause of a folded sentence ends and the next begins: the marks between them are gone.
_CLAUSE = said(
    *(f"(?<={end})" for end in "ので のに けど けれど ですが ますが だが ですから ますから だから なくて てはなく ではなく".split()),
    "(?<=です)(?![かがけねよのしわから])|(?<=ですし)|(?<=ますし)|(?<=まして)",
)
_COMPANION = re.compile(
    "(?:付|つ)き?い?(?:て|添|そ)[いっくきえ]?|同行|同伴|同席|送(?:って|り|迎)|車で|付添|介助|つきそい"
)
_NOT_COMING = said(
    "(?:行|い|来ら|来|こら|参加し|受け)(?:か|け|かれ|れ|こ)?(?:ない|ません|なく|ず|られない|られません)|欠席|不参加",
    "都合が(?:悪|わる|つか)|やめ(?:る|た|ます|まし)|無理|だめ|亡くな|いらな|いりません",
)
_TWO_WORDS = "(?:2人|二人|ふたり)"
_MANY = "(?:2人|二人|ふたり|[3-9三四五]人)"
_YOUNG = "(?:孫|子供|子ども|こども|兄弟|姉妹|娘|息子)"
# Numbers of people that say nothing of how many come.
_NO_COUNT = said(
    f"(?:{_TWO_WORDS}|[3-9]人|1人|ひとり|一人)"
    + any_of(
        "[がは]?(?:行け|行かれ|来られ|欠席|無理|だめ|都合)",
        "目|暮|ぐらし|ずつ|あたり|につき|住まい|っ子|ぼっち|部屋|で?何",
        "では?も?(?:暮|行くの|行け|行く?のが|いけ|でき|住|来られ|いる|やって|生活|操作|大丈夫です?か)",
        "では?も?(?:心細|不安|心配|こわ|怖|寂)",
    ),
    f"{_YOUNG}[がは]?{_MANY}|{_MANY}(?:の(?:孫|子|息子|娘|兄弟|姉妹)|(?:姉妹|兄弟))",
    "夫婦(?:喧嘩|げんか|茶碗|別|で?(?:暮|住|2人暮|二人暮))|夫婦2人(?:暮|ぐらし)",
)
_TWO = said(
    "(?<![0-9])2(?:人|名)|[二両](?:人|名)|ふたり|夫婦|ふうふ|両親|りょうしん|[2二]席|(?:予約|席)を?(?:[2二]つ|ふたつ)",
    r"couple|parents|two (?:people|persons|of us|seats)|for (?:two|2)\b|both of us|\b(?:we|us) both\b",
)
_MORE = said(
    "(?<![0-9])(?:[3-9]|[1-9][0-9])(?:人|名)|[三四五六七八九十](?:人|名)|さんにん|よにん",
    "(?:three|four|five|3|4|5) (?:people|persons|of us)",
)
_ONE = said(
    "(?<![0-9])1(?:人|名)|一(?:人|名)|ひとり",
    r"just (?:me|one)|myself|only me|one person|for (?:one|1)\b|\b(?:come|go|am|im|book|be) alone|^alone",
)
_OWN_VISIT = re.compile("[0-9](?:日|/|月)|曜|同じ(?:日|時)|明日|来週")
_ANOTHER = re.compile("(?:もう|あと)(?:1人|ひとり|一人|1名|一名)")
_BEGINS = "(?:^|[^ぁ-ん一-龯]|はい|ええ|うん|いいえ|いえ|[はがで、 ])"
_I = "(?:私|わたし|わたくし|あたし|あたくし|自分|本人|当人|僕|ぼく|俺|おれ|わし)"
# What makes the speaker the one who comes: 「私だけ」, 「私の分です」, 「私が行きます」; not 「私の母」.
_AS_VISITOR = any_of(
    "1人|ひとり|一人|だけ|のみ|です|本人|になり|でお願い|に(?:変え|かえ|して)|だ(?:けど|よ|が)|なん|$",
    "(?:自身)?の(?:分|ぶん)?(?:です|だけ|に(?:変|か|し)|で(?:お願|す)|$)",
    "(?:自身)?(?:の(?:分|ぶん)を|の予約[をが](?:し|取|とり|お願い)|用(?:です|[にで]|$)|のため)",
    "(?:自身)?が(?:行(?!け|かな)|受け|いく|いき|うかが|伺|参|本人)",
)
_ME = said(
    f"(?:私|本人|自分)分(?:です|で|$)|{_BEGINS}{_I}{_AS_VISITOR}",
    r"\b(?:just|only) me\b|^(?:its |it is |just |only )*(?:for )?(?:me|myself)(?: please)?$|\bi am the one\b",
    r"\b(?:book|reserv\w+|appointment|booking|place|seat)\b.{0,40}\bfor (?:me|myself)\b",
)
_ABSENT = said(
    "^[^ぁ-ん]{0,6}(?:行|い)(?:かない|けない|けなく|かなく|かれない|かれなく|きません|けません)",
    "^(?:来(?:ません|ない|られ|れない)|やめ|欠席|不参加|(?:いら|要ら)ない|いりません|不要|なし)",
)
# Most sentences speak of nobody: one look each shows it.
_MAY_COUNT = said(
    "[人名席二両]|ひとり|ふたり|にん|夫婦|ふうふ|りょうしん|予約を?[2ふ]",
    "two|three|four|five|for |alone|parents|people|couple|both|self|one|only|just",
)
_MAY_NAME = said(
    "[父母妻婿旦家女嫁子連舅姑祖叔伯兄姉妹弟息娘孫甥姪親身利入患友知近隣私僕俺婆爺夫主亭]|うちの|自分|本人|当人|ぼく|おれ",
    "ばあ|じい|おか|おと|おふ|おや|おば|おじ|むす|だん|つれ|わ[たし]|あた",
    r"\bm[eyou]|\bi am|father|mother|wife|husband|add ",
)
_BESIDE_ANSWER = re.compile("予約|よやく|[0-9]月|[0-9]日|[0-9]時|午[前後]|曜|お願い|おねがい|はい|窓口|です$")


@dataclass(frozen=True, slots=True)
class Whom:
    """`people`: 0 not said, 3 for more than two. `family`, `for_self`, `also`: as in Heard."""

    people: int = 0
    family: bool = False
    for_self: bool = False
    also: bool = False


_NOBODY = Whom()


def read_whom(text: str, page: str, more: tuple[str, ...]) -> Whom:
    """Whom `text` (folded: `page`) speaks of a visit for; `more`: the content's words for relatives."""
    kin = patterns_of(more)
    counts = _MAY_COUNT.search(page) is not None
    if not counts and not _MAY_NAME.search(page) and not kin.further.search(page):
        return _NOBODY
    people = _count(kin.negated.sub(" ", _NO_COUNT.sub(" ", page))) if counts else 0
    if not _names(page, kin):
        if kin.also.search(page):
            return Whom(also=True)
        mine = people == 1 or (not people and _ME.search(kin.negated.sub(" ", page)) is not None)
        return Whom(1 if mine else people, for_self=mine)
    clauses = tuple(_clauses(text, page))
    read = [_in_clause(kin.negated.sub(" ", words), page, clauses, kin) for words in clauses]
    people = max((one.people for one in read), default=0) or people
    also = people < 2 and any(one.also for one in read)
    if any(one.family for one in read):
        return Whom(people, family=True, also=also)
    mine = people < 2 and not also and (people == 1 or any(one.for_self for one in read))
    return Whom(1 if mine else people, for_self=mine, also=also)


def _names(words: str, kin: Patterns) -> bool:
    return kin.named.search(words) is not None or _PAIR.search(words) is not None


def _in_clause(words: str, page: str, clauses: tuple[str, ...], kin: Patterns) -> Whom:
    """What one clause says; `page` and `clauses` are all that was written."""
    mine = _ME.search(words) is not None
    if not _names(words, kin):
        return Whom(for_self=mine, also=kin.also.search(words) is not None)
    if kin.three.search(words):
        return Whom(3)
    if kin.pair.search(words):
        return Whom(2, family=True)
    if kin.escorted.search(words):
        return Whom(family=True)
    if _NOT_COMING.search(words) or _COMPANION.search(words):
        left_alone = _is_absent(words, kin) or (mine and not kin.theirs.search(words))
        return Whom(for_self=left_alone)
    if kin.with_me.search(words) or kin.together.search(words):
        return Whom(2)
    read = _of_relative(words, page, clauses, kin)
    return replace(read, people=1) if kin.alone.search(words) and not _TWO.search(words) else read


def _of_relative(words: str, page: str, clauses: tuple[str, ...], kin: Patterns) -> Whom:
    """「父の分も13日に予約したい」 is a visit of its own; 「父の分も」 one place more."""
    if kin.theirs_too.search(words) and _OWN_VISIT.search(page):
        return Whom(family=True)
    if kin.also.search(words):
        return Whom(also=True)
    parents = "両親" in words or "りょうしん" in words
    bare = kin.bare.fullmatch(words) is not None and _is_answer(clauses)
    return Whom(family=bool(bare or parents or kin.theirs.search(words) or FOR_EN.search(words)))


def _count(page: str) -> int:
    page = _ANOTHER.sub(" ", page)
    for number, words in ((3, _MORE), (2, _TWO), (1, _ONE)):
        if words.search(page):
            return number
    return 0


def _clauses(text: str, page: str) -> Iterator[str]:
    """The clauses, folded; English stays whole."""
    if not _KANA.search(page):
        yield page
        return
    for part in _SPLIT.split(text):
        if part:
            yield from filter(None, _CLAUSE.split(to_hiragana(fold(part))))


def _is_absent(words: str, kin: Patterns) -> bool:
    """「主人は行かないことになりました」: the other one comes alone."""
    found = kin.absent.search(words)
    return found is not None and _ABSENT.search(words[found.end() :]) is not None


def _is_answer(clauses: tuple[str, ...]) -> bool:
    """「母です」 answers for whom; 「主人 詐欺」 does not: beside it only a visit may be spoken of."""
    return len(clauses) == 1 or any(map(_BESIDE_ANSWER.search, clauses))
