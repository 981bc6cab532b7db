"""Which counters a sentence names: as the place for the visit, as ruled out, or only in passing."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from intents.model import Catalogue, Venue
from intents.patterns import any_of
from intents.text import fold, to_hiragana

# 世田谷区 and せたがやPay name no counter, though a counter's name stands in them.
_NO_VENUE = re.compile(
    "(?:世田谷|せたがや|setagaya ?)(?:区|く(?![ぁ-ん])|pay|ぺい|ward|線|せん|美術館|あぷり|代田)"
    "|玉川(?:学園|上水|大学|高島屋|温泉)"
    "|(?:砧|玉川|世田谷|北沢|烏山)(?:公園|図書館|通り|病院|小学校|中学校?|高校|郵便局|警察|税務|保健|神社|緑道|川)"
)
_OTHER_WARDS = any_of(
    "(?:中央|港|北)区|千代田|新宿|文京|台東|墨田|江東|品川|目黒|大田|渋谷|中野|杉並|豊島|荒川|板橋|練馬|足立|葛飾|江戸川",
    "狛江|調布|三鷹",
)
_OTHER_TOWN = re.compile(f"({_OTHER_WARDS})(?:区役所|市役所|駅|区|市)?(?=$|で|の|総合支所|支所|窓口|予約)")
_OTHER_OFFICE = re.compile("([一-龯]{2,4})(?:区役所|市役所|総合支所|出張所)")
_PLAIN = str.maketrans("澤瀨濱がぎぐげござじずぜぞだぢづでどばびぶべぼ", "沢瀬浜かきくけこさしすせそたちつてとはひふへほ")
_STATIONS = ("千歳烏山",)  # places that people say when they mean the counter of that name
_OFFICE = re.compile(r"総合支所|総合庁舎|支所|branch office|office")
# What may stand between a name and what is said of it; `_plain` has taken the dots off the kana.
_CALLED = "(?:(?:総合)?(?:支所|庁舎)| ?(?:branch )?office)?(?:の(?:窓口|まとくち|ほう|方|会場|ところ))?"
_LIVES = re.compile(
    "[区く]?(?:の?[^てはを]{0,8})?(?:に|へ|ても?)?(?:住(?!所)|すんて|すまい|在住|暮ら|越し|引っ越)|(?:の者|の住民|区民)"
    f"|{_CALLED}から(?:来|き[てま]|行|い[くきけ]|通|歩|近|遠|はす|てんしゃ|も)"
)
_ADDRESS = re.compile("(?:住所|すまい|住まい|自宅|うち|家)[はか][^てを]{0,8}$")
_AVOIDED = any_of(
    "遠|とお[いく]|不便|ため|駄目|無理|いや(?=て|た|$)|嫌|避け|苦手|やめ|行け(?:ない|ません)|いけ(?:ない|ません)|行かれ|都合か悪"
)
# Group 1: 「北沢以外は…」, of which the rest of the sentence decides.
_NEGATED = re.compile(
    _CALLED
    + any_of(
        "以外(は)?|を?除[いく]|しゃな[いくけ]|てはな[いく]|てな[いく]|しゃありません",
        f"(?:は|か|も|たと|たけは)?(?:ちょっと|すこし|少し|すこく|とても)?{_AVOIDED}",
        "は(?:もう)?(?:いい(?:てす|$)|いら|やめ)| (?:is|s) (?:too )?(?:far|not|no)",
    )
)
_BAD = re.compile("ため|駄目|無理|行け(?:ない|ません)|いけ(?:ない|ません)|行かれ")
_IN_CASE = re.compile("(?:な|の|たった)?(?:なら|たら|たったら|てしたら|場合)")
_BUT = re.compile("以外|な[いく]|除")
_NEGATED_EN = re.compile(
    r"\b(?:not|except|other than|instead of|rather than|anywhere but|but not)(?: (?:in|at|the|to|for))* ?$"
)
_LEFT = re.compile(f"{_CALLED}(?:の(?:予約|ふん|分|は|を))?(?:を|から|より|はやめて?)")
_JOINED = re.compile(f"{_CALLED}(?:か|と|や|も|または|又は|もしくは|あるいは|ても|なら| ?(?:or|and) ?| )?の?")


# Slips of the keyboard and of the voice; single kanji only where a counter is plainly meant.
_COUNTER_BESIDE = "(?=(?:総合)?支所|の?窓口|(?:で|を|の)?予約|(?:で|の|に)? ?[0-9]{1,2}(?:日|月|/))"
_NO_NAME = "(?!さん|さま|様|ちゃん|くん|と(?:申|い[いう])|[都取県砂市]|大橋|神社)"
_SLIPS = tuple(
    (re.compile(slip), name)
    for slip, name in (
        ("世田[がヶヵケゖけか]谷|瀬田ヶ?谷|世田や", "世田谷"),
        (f"(?<![一-龯])(?:鳥山|唐巣山|唐栖山|烏やま){_NO_NAME}|(?<![ぁ-ん])からす山|千歳鳥山", "烏山"),
        (f"(?<![一-龯])(?:絹田|衣|絹た){_COUNTER_BESIDE}", "砧"),
        ("(?<!下)(?:喜多沢|喜多澤|北ざわ|北さわ)|(?<![しもぁ-ん])きた沢", "北沢"),
        ("(?<!二子)(?<!ふたこ)(?:たま川|玉がわ|玉河)", "玉川"),
    )
)
_MAY_SLIP = re.compile("[谷や沢澤山衣絹]|[ざさ]わ|ま川|玉[が河]")


@dataclass(frozen=True, slots=True)
class Places:
    """`named`: ids in order, the alternatives for the visit; `ruled_out`: ids; `elsewhere`: a place that has no
    counter."""

    named: tuple[str, ...] = ()
    ruled_out: tuple[str, ...] = ()
    elsewhere: str = ""


def read_places(page: str, catalogue: Catalogue) -> Places:
    """The places that `page` (folded, in hiragana) names."""
    names, plain = _names(catalogue.facts.venues)
    page = _NO_VENUE.sub(_blank, _without_slips(page))
    elsewhere = _outside(page, names)
    others, any_other = _places(catalogue.vocabulary.places, names)
    for place in others if any_other.search(page) else ():
        if place in page:
            lives = _lives(_plain(page), _plain(page).find(_plain(place)), len(place))
            elsewhere = elsewhere or ("" if lives else place)
            page = page.replace(place, " ")
    page = _plain(page)
    said = [(at, at + len(name), venue) for name, venue in plain for at in _all(page, name)]
    return _meant(sorted(said), page, elsewhere) if said else Places(elsewhere=elsewhere)


def _without_slips(page: str) -> str:
    """`page` with the names of counters as they are written: 鳥山で予約 → 烏山で予約."""
    if _MAY_SLIP.search(page):
        for slip, name in _SLIPS:
            page = slip.sub(name, page)
    return page


_Said = tuple[int, int, str]
_Use = Literal["wished", "out", "passing", "left"]


def _meant(said: Sequence[_Said], page: str, elsewhere: str) -> Places:
    uses = [_use(page, start, end) for start, end, _ in said]
    wished = [one for one, use in zip(said, uses, strict=True) if use == "wished"]
    left = [one for one, use in zip(said, uses, strict=True) if use == "left"]
    # 「北沢の予約を玉川に」 leaves one place for another; alone it is the place of the booking.
    if left and not any(one[0] > left[-1][0] for one in wished):
        wished = sorted((*wished, left[-1]))
    out = tuple(dict.fromkeys(venue for (_, _, venue), use in zip(said, uses, strict=True) if use == "out"))
    named = tuple(dict.fromkeys(venue for _, _, venue in _alternatives(wished, page)))
    return Places(named, tuple(venue for venue in out if venue not in named), "" if named else elsewhere)


def _use(page: str, start: int, end: int) -> _Use:
    if _lives(page, start, end - start):
        return "passing"
    refused = _NEGATED.match(page, end)
    if refused and refused[1] and _BAD.search(page, refused.end()):
        return "wished"
    if refused and not _BUT.search(refused[0]) and _IN_CASE.match(page, refused.end()):
        return "left"
    if refused or _NEGATED_EN.search(page, max(0, start - 24), start):
        return "out"
    return "left" if _LEFT.match(page, end) else "wished"


def _lives(page: str, start: int, length: int) -> bool:
    """Whether the place is where somebody lives or comes from."""
    return bool(_LIVES.match(page, start + length) or _ADDRESS.search(page, max(0, start - 16), start))


def _alternatives(wished: Sequence[_Said], page: str) -> Sequence[_Said]:
    """Those that are joined by か or the like up to the last one; else the last alone is meant."""
    first = len(wished) - 1
    while first > 0 and _JOINED.fullmatch(page, wished[first - 1][1], wished[first][0]):
        # 「世田谷の北沢」 names the ward first.
        if page[wished[first - 1][1] : wished[first][0]] == "の":
            break
        first -= 1
    return wished[max(first, 0) :]


def _blank(m: re.Match[str]) -> str:
    return " " * len(m[0])


def _all(page: str, name: str) -> Iterator[int]:
    at = page.find(name)
    while at >= 0:
        yield at
        at = page.find(name, at + len(name))


@lru_cache(maxsize=4)  # folding them costs more than all the rest, and they change with the content only
def _names(venues: tuple[Venue, ...]) -> tuple[frozenset[str], tuple[tuple[str, str], ...]]:
    """The venues' short names, and (name in plain letters, id)."""
    names = {name: venue.id for venue in venues for name in names_of(venue)}
    return frozenset(names), tuple((_plain(name), venue) for name, venue in names.items())


@lru_cache(maxsize=4)
def _places(places: tuple[str, ...], names: frozenset[str]) -> tuple[tuple[str, ...], re.Pattern[str]]:
    """Other places of the ward, folded, the longest first; and what finds whether there is any of them."""
    folded = {to_hiragana(fold(place)) for place in places}
    others = {place for place in folded if place not in names and place not in _STATIONS and len(place) > 1}
    longest_first = tuple(sorted(others, key=lambda place: (-len(place), place)))
    return longest_first, re.compile("|".join(map(re.escape, longest_first)) or "(?!)")


def _plain(page: str) -> str:
    """Old forms of kanji as new ones, kana without their dots: 北澤, きたさわ. As many characters."""
    return page.translate(_PLAIN)


def _outside(page: str, names: frozenset[str]) -> str:
    """Another town's office or a ward of Tokyo that is named as the place: 渋谷区役所, 新宿で予約."""
    found = _OTHER_TOWN.search(page) or ("所" in page and _OTHER_OFFICE.search(page))
    name = found[1] if found else ""
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
