"""What a typed sentence says of a visit: where, when, for how many, for whom, for what help."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from intents.dates import When, read_when
from intents.model import Catalogue, Venue
from intents.text import fold, strip_polite, to_hiragana

# 世田谷区 and せたがやPay name no counter, though a counter's name stands in them.
_NO_VENUE = re.compile(
    r"(?:世田谷|せたがや|setagaya ?)(?:区|く(?![ぁ-ん])|pay|ぺい|ward|線|せん|美術館|あぷり)"
)
_OUTSIDE = re.compile(
    r"((?:中央|港|北)区|千代田|新宿|文京|台東|墨田|江東|品川|目黒|大田|渋谷|中野|杉並|豊島|荒川|板橋|練馬|足立|葛飾|江戸川|狛江|調布|三鷹)"
    r"(?:区役所|市役所|駅|区|市)?(?=$|で|の|総合支所|支所|窓口|予約)"
    r"|([一-龯]{2,4})(?:区役所|市役所|総合支所|出張所)"
)
_PLAIN = str.maketrans("澤瀨濱がぎぐげござじずぜぞだぢづでどばびぶべぼ", "沢瀬浜かきくけこさしすせそたちつてとはひふへほ")
_STATIONS = ("千歳烏山",)  # places that people say when they mean the counter of that name
_OFFICE = re.compile(r"総合支所|総合庁舎|支所|branch office|office")
_SETAGAYA = re.compile(r"(?:せたがや|世田谷|瀬田谷|せた) ?(?:pay|ぺい)|setagaya ?(?:pay|app)|区のあぷり|ward app")
_TOKYO = re.compile(r"(?:東京|とうきょう|都)(?:都|と)?(?:公式|こうしき)?(?:の)?あぷり|tokyo (?:official )?app")
_BOTH_APPS = re.compile(r"(?:両方|りょうほう|どちら|どっち|二つ|2つ|ふたつ)とも|両方|りょうほう|どちらも|どっちも|both")
_EITHER = re.compile(
    r"わから[なん]|わかりません|分から|判ら|どれでも|どちらでも|なんでも|特にない|don'?t know|not sure|anything"
)
_TWO = re.compile(
    r"(?<![0-9])2(?:人|名)|[二両](?:人|名)|ふたり|夫婦|ふうふ|両親|りょうしん|couple|parents"
    r"|two (?:people|persons|of us|seats)|for (?:two|2)\b|(?:父|母|夫|妻|主人|家内|祖父|祖母)と(?:私|わたし|母|父|妻|家内|祖母|自分)"
    r"|(?:私|わたし|自分|僕|俺|わし)と(?:父|母|夫|妻|主人|家内|祖父|祖母|娘|息子)|[2二]席|(?:予約|席)を?(?:[2二]つ|ふたつ)"
    r"|my [a-z]+ and (?:me|i|myself)\b|(?:me|myself) and my\b|both of us"
)
_MORE = re.compile(
    r"(?<![0-9])(?:[3-9]|[1-9][0-9])(?:人|名)|[三四五六七八九十](?:人|名)|さんにん|よにん"
    r"|(?:three|four|five|3|4|5) (?:people|persons|of us)"
)
_BOOKS = re.compile(r"予約|よやく|申し?込|もうしこ|席を|枠を|空いて|空き|\bbook|reserv|appointment|available")
# A place is wished in so many words, at the end of the sentence; 予訳 and the like are slips of the keyboard.
_WISH = re.compile(
    r"(?:予[約訳役薬]|よや[くk]|席|枠)(?:を|も|が|の?分を?)?(?:[12一二]つ|ふたつ)?"
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
_WEEKDAY = re.compile(r"(?<!週)(?<!週の)[月火水木金]曜|\b(?:mon|tues|wednes|thurs|fri)day\b")
_DATED = re.compile(r"[0-9]+(?:日|/)|週|月(?!曜)|次の|今度|next|this|coming|week")
_BARE_WISH = re.compile(r"(?:窓口の|ご)?(?:予[約訳役薬]|よや[くk])|(?:a )?(?:booking|reservation|appointment)")
# 「電話で予約したい」 asks for a way to book, 「代わりに予約したい」 for leave to.
_ANOTHER_WAY = re.compile(r"電話|でんわ|ねっと|代わり|かわり|代理|代行|なし|たのに|てない|\b(?:phone|instead|behalf|without|how)\b")
_RELATIVE = re.compile(
    r"母|父|夫|妻|主人|旦那|家内|女房|祖母|祖父|ばあ(?:ちゃん|さん)|じいちゃん|じいさん|おかあ|おとう|叔[父母]|伯[父母]|[兄弟姉妹]|息子|娘"
    r"|\b(?:mother|father|mom|mum|dad|wife|husband|grand(?:ma|pa|mother|father)|aunt|uncle)"
)
_SAME_DAY = re.compile(r"同じ日|おなじひ|same (?:day|date)")
_SAME_TIME = re.compile(r"同じ(?:日?時間?|時刻)|おなじ(?:にち)?じかん|same (?:day and )?time")
_ONE = re.compile(
    r"(?<![0-9])1(?:人|名)|一(?:人|名)|ひとり|(?:私|わたし|自分|本人|母|父|妻|夫)だけ|just (?:me|one)|myself"
    r"|only me|one person|for (?:one|1)\b|alone"
)


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


@dataclass(frozen=True, slots=True)
class Heard:
    """`venue`: an id, "" where none was named; `elsewhere`: a place that has no counter.

    `people`: 0 not said, 3 for more than two. `topics`: None not said, () for "I do not know".
    `books`: it speaks of booking; `wants`: it wishes a place in so many words; `goes`: to come. `weekday`: a
    weekday without a week or date. `relative`: it is for one of the family. `same_day`, `same_time`: as the booking that the person has.
    `shift`: a wish relative to what is chosen; `not_venues`: ids that are ruled out; `for_self`: it is for the
    speaker (「自分です」, "for me"); `also`: one person more is to come (「母も行きます」).
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
    relative: bool = False
    same_day: bool = False
    same_time: bool = False
    shift: Shift = Shift()
    not_venues: tuple[str, ...] = ()
    for_self: bool = False
    also: bool = False

    @property
    def says_when(self) -> bool:
        when = self.when
        return bool(when.days or when.earliest or when.latest or when.first or when.problem)

    @property
    def says_of_a_visit(self) -> bool:
        return bool(self.venue or self.says_when)

    @property
    def says_something(self) -> bool:
        return bool(self.says_of_a_visit or self.elsewhere or self.people or self.topics is not None)

    @property
    def names_a_visit(self) -> bool:
        """Enough to be the wish for a visit: a place and a day or time, or 「予約したい」."""
        return bool(self.says_when and (self.venue or self.goes)) or self.wants


def read_wish(text: str, catalogue: Catalogue, today: date) -> Heard:
    """What `text` says of a visit, seen from `today` (Japan). Never raises."""
    page = to_hiragana(fold(text))
    topics = _topics(page)
    # Before dates are read: 「2つ」 of apps is no day, and a venue's name holds no time.
    venue, elsewhere = _place(page, catalogue)
    return Heard(
        venue=venue,
        elsewhere=elsewhere,
        when=read_when(text, today),
        people=_people(page),
        topics=topics,
        family=any(word in page for word in _family(catalogue.vocabulary.family))
        or _RELATIVE.search(page) is not None,
        books=_BOOKS.search(page) is not None,
        wants=_wants(page),
        goes=_GOES.search(page) is not None,
        weekday=_WEEKDAY.search(page) is not None and not _DATED.search(page),
        relative=_RELATIVE.search(page) is not None,
        same_day=_SAME_DAY.search(page) is not None or "同じ日時" in page,
        same_time=_SAME_TIME.search(page) is not None,
    )


def _wants(page: str) -> bool:
    """Whether the sentence ends in the wish for a place: 「母の分を予約したいのですが」."""
    if _ANOTHER_WAY.search(page):
        return False
    words = strip_polite(page)
    return bool(_WISH.search(page) or _WISH.search(words) or _BARE_WISH.fullmatch(words))


def _topics(page: str) -> tuple[str, ...] | None:
    if _BOTH_APPS.search(page) and not re.search("両親|ふたりとも|parents", page):
        return ("setagaya", "tokyo")
    found = tuple(
        topic for topic, words in (("setagaya", _SETAGAYA), ("tokyo", _TOKYO)) if words.search(page)
    )
    if found:
        return found
    return () if _EITHER.search(page) else None


def _people(page: str) -> int:
    for number, words in ((3, _MORE), (2, _TWO), (1, _ONE)):
        if words.search(page):
            return number
    return 0


def _place(page: str, catalogue: Catalogue) -> tuple[str, str]:
    """(id of the venue that is named last, "") or ("", the name of a place without a counter)."""
    names, plain = _names(catalogue.facts.venues)
    page = _NO_VENUE.sub(" ", page)
    elsewhere = _outside(page, names)
    for place in _places(catalogue.vocabulary.places, names):
        if place in page:
            elsewhere = elsewhere or place
            page = page.replace(place, " ")
    page = _plain(page)
    said = [(page.rfind(name), venue) for name, venue in plain if name in page]
    if said:
        return max(said)[1], ""
    return "", elsewhere


@lru_cache(maxsize=4)  # folding them costs more than all the rest, and they change with the content only
def _names(venues: tuple[Venue, ...]) -> tuple[frozenset[str], tuple[tuple[str, str], ...]]:
    """The venues' short names, and (name in plain letters, id)."""
    names = {name: venue.id for venue in venues for name in names_of(venue)}
    return frozenset(names), tuple((_plain(name), venue) for name, venue in names.items())


@lru_cache(maxsize=4)
def _places(places: tuple[str, ...], names: frozenset[str]) -> tuple[str, ...]:
    """Other places of the ward, folded, the longest first."""
    folded = {to_hiragana(fold(place)) for place in places}
    others = {place for place in folded if place not in names and place not in _STATIONS and len(place) > 1}
    return tuple(sorted(others, key=lambda place: (-len(place), place)))


@lru_cache(maxsize=4)
def _family(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(to_hiragana(word) for word in words)


def _plain(page: str) -> str:
    """Old forms of kanji as new ones, kana without their dots: 北澤, きたさわ. As many characters."""
    return page.translate(_PLAIN)


def _outside(page: str, names: frozenset[str]) -> str:
    """Another town's office or a ward of Tokyo that is named as the place: 渋谷区役所, 新宿で予約."""
    found = _OUTSIDE.search(page)
    name = found[1] or found[2] if found else ""
    return "" if name in names else name


def names_of(venue: Venue) -> Iterator[str]:
    """How a venue is called in short, folded: 北沢, きたざわ, kitazawa."""
    short = _OFFICE.sub("", fold(venue.name.ja)).strip()
    yield to_hiragana(short)
    kana = re.search(r"（([ぁ-ん]+)）|\(([ぁ-ん]+)\)", venue.name.easy)
    if kana:
        yield kana[1] or kana[2]
    english = _OFFICE.sub("", fold(venue.name.en)).strip()
    if english:
        yield english

