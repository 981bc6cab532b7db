"""What a typed sentence says of a visit: where, when, for how many, for whom, for what help."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from intents.dates import When, read_when
from intents.model import Catalogue
from intents.text import fold, strip_polite, to_hiragana
from intents.wishes.named_places import names_of as names_of  # callers know it by this file
from intents.wishes.named_places import read_places
from intents.wishes.shifts import Shift as Shift
from intents.wishes.shifts import read_shift
from intents.wishes.topics import names_setagaya_app, read_topics
from intents.wishes.whom import read_whom

_BOOKS = re.compile(r"予約|よやく|申し?込|もうしこ|席を|枠を|空いて|空き|\bbook|reserv|appointment|available")
# A place is wished in so many words, at the end of the sentence; 予訳 and the like are slips of the keyboard.
_WISH = re.compile(
    r"(?:予[約訳役薬]|よや[くk]|(?<![欠出着同退])席|枠)(?:を|も|が|の?分を?)?(?:[12一二]つ|ふたつ)?"
    r"(?:し(?:たい|ます|とき(?:たい)?)|する|(?:取|と)(?:りたい|ります|って)|入れ(?:たい|て|ます)|できますか?|できるか?"
    r"|(?:お願|おねが)い(?:したい|します)?|(?:頼|たの)(?:みたい|みます|む)|ほしい|希望)"
    r"(?:です|ます|と思い|と思って|ください|いただけ|もらえ|くれ|ほしい|[のんがだじゃやわなねよかい])*$"
    r"|\b(?:book|reserve|(?:make|have|get|need) an? (?:booking|reservation|appointment))"
    r"(?: (?:a|one) (?:visit|place|slot|seat|time))?$"
    r"|^(?:(?:i|we|my [a-z]+)(?:d| would)? (?:want|like|need)s? to |can (?:i|we|you) |could (?:i|we|you) )?(?:book|reserve)\b"
)
# Not 「図書館に行きたい」: to us, on a day.
_GOES = re.compile(
    r"(?:日|曜|午前|午後|時|朝|昼|明後|あさって|あした|窓口|まどぐち|支所)(?:中)?(?:に|へ)?(?:行き|いき|来)たい"
    r"|(?:伺|うかが)い(?:たい|します|できます)|(?:参り|まいり)たい|\b(?:come|visit)\b"
)
_BARE_WISH = re.compile(r"(?:窓口の|ご)?(?:予[約訳役薬]|よや[くk])|(?:a )?(?:booking|reservation|appointment)")
# 「電話で予約したい」 asks for a way to book, 「代わりに予約したい」 for leave to.
_ANOTHER_WAY = re.compile(r"電話|でんわ|ねっと|代わり|かわり|代理|代行|なし|たのに|てない|\b(?:phone|instead|behalf|without|how)\b")
_SAME_DAY = re.compile(r"同じ日|おなじひ|same (?:day|date)")
_SAME_TIME = re.compile(r"同じ(?:日?時間?|時刻)|おなじ(?:にち)?じかん|same (?:day and )?time")
@dataclass(frozen=True, slots=True)
class Heard:
    """`venue`: an id, "" where none or several were named; `venues`: all that are wished, in order;
    `not_venues`: those ruled out; `elsewhere`: a place that has no counter.

    `people`: 0 not said, 3 for more than two. `topics`: None not said, () for "I do not know".
    `family`: it is for one of the family; `for_self`: for the speaker (「自分です」, "for me"); `also`: one
    person more is to come (「母も行きます」). `books`: it speaks of booking; `wants`: it wishes a place in so
    many words; `goes`: to come. `weekday`: a weekday without a week or date. `same_day`, `same_time`: as the
    booking that the person has. `shift`: a wish relative to what is chosen.
    """

    venue: str = ""
    elsewhere: str = ""
    when: When = When()
    people: int = 0
    topics: tuple[str, ...] | None = None
    family: bool = False
    books: bool = False
    wants: bool = False
    goes: bool = False
    weekday: bool = False
    same_day: bool = False
    same_time: bool = False
    shift: Shift = Shift()
    not_venues: tuple[str, ...] = ()
    for_self: bool = False
    also: bool = False
    venues: tuple[str, ...] = ()

    @property
    def says_when(self) -> bool:
        when = self.when
        return bool(when.days or when.earliest or when.latest or when.first or when.last or when.problem)

    @property
    def rules_out(self) -> bool:
        """Whether a day, an hour or a place is ruled out."""
        return bool(self.when.out or self.not_venues)

    @property
    def says_of_a_visit(self) -> bool:
        return bool(self.venues or self.says_when)

    @property
    def says_something(self) -> bool:
        other = self.elsewhere or self.people or self.topics is not None
        return bool(self.says_of_a_visit or other or self.rules_out)

    @property
    def names_a_visit(self) -> bool:
        """Enough to be the wish for a visit: a place and a day or time, or 「予約したい」."""
        return bool(self.says_when and (self.venues or self.goes)) or self.wants


def read_wish(text: str, catalogue: Catalogue, today: date) -> Heard:
    """What `text` says of a visit, seen from `today` (Japan). Never raises."""
    page = to_hiragana(fold(text))
    when, places = read_when(text, today), read_places(page, catalogue)
    venues = () if names_setagaya_app(page) else places.named
    whom = read_whom(text, page, catalogue.vocabulary.family)
    return Heard(
        venue=venues[0] if len(venues) == 1 else "",
        elsewhere=places.elsewhere,
        when=when,
        people=whom.people,
        topics=read_topics(page, when, len(venues)),
        family=whom.family,
        books=_BOOKS.search(page) is not None,
        wants=_wants(page),
        goes=_GOES.search(page) is not None,
        weekday=bool(when.weekdays),
        same_day=_SAME_DAY.search(page) is not None or "同じ日時" in page,
        same_time=_SAME_TIME.search(page) is not None,
        shift=read_shift(page),
        not_venues=places.ruled_out,
        for_self=whom.for_self,
        also=whom.also,
        venues=venues,
    )


def _wants(page: str) -> bool:
    """Whether the sentence ends in the wish for a place: 「母の分を予約したいのですが」."""
    if _ANOTHER_WAY.search(page):
        return False
    words = strip_polite(page)
    return bool(_WISH.search(page) or _WISH.search(words) or _BARE_WISH.fullmatch(words))
