"""The frozen values that pass between rooms. Nothing here does anything."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from types import MappingProxyType
from typing import Literal

Lang = Literal["ja", "easy", "en"]
LANGS: tuple[Lang, ...] = ("ja", "easy", "en")


@dataclass(frozen=True, slots=True)
class Words:
    """One thing said in three ways: Japanese, やさしい日本語, English."""

    ja: str
    easy: str = ""
    en: str = ""

    def say(self, lang: Lang) -> str:
        """The wording for `lang`; the Japanese where a translation is missing."""
        return {"ja": self.ja, "easy": self.easy, "en": self.en}[lang] or self.ja

    def missing(self) -> tuple[Lang, ...]:
        said: dict[Lang, str] = {"easy": self.easy, "en": self.en}
        return tuple(lang for lang, text in said.items() if not text)


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the content: for messages to staff."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file} {self.line}行目"


@dataclass(frozen=True, slots=True)
class Entry:
    """One question that people ask, and what the ward says to it."""

    id: str
    phrases: tuple[str, ...]
    place: Place
    label: Words | None = None
    answer: Words | None = None
    start: str = ""
    unknown: Words | None = None
    family: Words | None = None
    before: Words | None = None
    after: Words | None = None
    bookable: Words | None = None  # instead of the answer while bookings are taken
    buttons: tuple[str, ...] = ()
    source: str = ""
    checked: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    courtesy: bool = False  # said only when nothing else was asked: a greeting, a thank-you
    urgent: bool = False  # said first and alone: an emergency, a fraud under way
    closures: bool = False  # begins with the days that the ward closed by command

    def name(self, lang: Lang) -> str:
        """What a button or a choice calls this entry: its label, else its first phrase."""
        if self.label is not None:
            return self.label.say(lang)
        return self.phrases[0] if self.phrases else self.id


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact of the ward. `words` is None while the ward has not given it; stale after `until`."""

    words: Words | None
    practice: bool = False
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Office:
    """When the ward office works: weekdays but holidays and 12/29–1/3, and its own exceptions."""

    opens: time
    closes: time
    closed: frozenset[date] = frozenset()
    open: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class Venue:
    """A branch office. `position` is (latitude, longitude) in degrees, None until the ward fills it in."""

    id: str
    name: Words
    position: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """What stands in facts.yaml, typed where code reads it."""

    texts: Mapping[str, Fact] = field(default_factory=lambda: MappingProxyType({}))
    starts: date | None = None
    ends: date | None = None
    office: Office | None = None
    phone: Fact = Fact(None)
    venues: tuple[Venue, ...] = ()
    openings: Openings | None = None


@dataclass(frozen=True, slots=True)
class Openings:
    """Which venue is open on which days, the slots of a day, and the terms of booking one.

    `minutes`: length of a visit; `practice`: invented, 見本; `accept_from`: the first day on which
    bookings are taken, None: as soon as the table stands; `notice`: minutes before a visit up to which
    it can be booked; `per_person`: open bookings a person may have; `on_duty`: people on duty at a
    venue, `staff`: where it differs from that, by venue id and day.
    """

    slots: tuple[time, ...]
    desks: int
    minutes: int
    days: Mapping[str, tuple[date, ...]]
    practice: bool = False
    accept_from: date | None = None
    notice: int = 60
    per_person: int = 2
    staff: Mapping[tuple[str, date], int] = field(default_factory=lambda: MappingProxyType({}))
    on_duty: int = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer button of a guided check's question."""

    key: str
    label: Words


@dataclass(frozen=True, slots=True)
class Question:
    key: str
    ask: Words
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """A line of the personal list, said when every (question, choice) of `when` was tapped."""

    when: tuple[tuple[str, tuple[str, ...]], ...]
    say: Words


@dataclass(frozen=True, slots=True)
class Guide:
    """A guided check: a few questions with taps, ending in a personal list."""

    id: str
    intro: Words
    questions: tuple[Question, ...]
    outcomes: tuple[Outcome, ...]
    closing: Words
    buttons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The desk's own words: synonyms, place names, and hard words with their rewording."""

    synonyms: tuple[tuple[str, ...], ...] = ()
    places: tuple[str, ...] = ()
    readings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    hard: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    family: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A line of the content's own question list: this question must be answered by this entry."""

    question: str
    entry: str
    place: Place


@dataclass(frozen=True, slots=True)
class Tile:
    """One tile of the rich menu: where it stands is its order."""

    entry: str
    label: Words


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything staff wrote, checked. Values only; the matcher is built beside it."""

    entries: Mapping[str, Entry]
    facts: Facts = Facts()
    prompts: Mapping[str, Words] = field(default_factory=lambda: MappingProxyType({}))
    guides: Mapping[str, Guide] = field(default_factory=lambda: MappingProxyType({}))
    vocabulary: Vocabulary = Vocabulary()
    questions: tuple[Asked, ...] = ()
    tiles: tuple[Tile, ...] = ()


# What the desk says, before any room knows what a LINE message looks like.


@dataclass(frozen=True, slots=True)
class Tap:
    """Pressing it sends `data` back to the desk (a postback); `says` is shown as the user's words.

    `main`: the one that most people want here, and looks so.
    """

    label: str
    data: str
    says: str = ""
    main: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """Opens the telephone with this number."""

    label: str
    number: str


@dataclass(frozen=True, slots=True)
class SendPlace:
    """Opens the map, so that the resident can send where she is."""

    label: str


@dataclass(frozen=True, slots=True)
class PickDate:
    """Opens a calendar from `first` to `last`; the day chosen comes back behind `data`."""

    label: str
    data: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Link:
    """Opens a page."""

    label: str
    url: str


Button = Tap | Call | SendPlace | PickDate | Link


@dataclass(frozen=True, slots=True)
class Bubble:
    """Text, and the few large buttons under it. `large`: to be read at arm's length."""

    text: str
    buttons: tuple[Button, ...] = ()
    large: bool = False


@dataclass(frozen=True, slots=True)
class Reply:
    """What the desk says to one event. Empty `bubbles`: silence.

    `quick` are the small taps below the last bubble; `entry`, `band` and `room` are for the log.
    `told` are the outbox entries that this reply tells: once it has arrived, no push need.
    """

    bubbles: tuple[Bubble, ...]
    quick: tuple[Button, ...] = ()
    entry: str = ""
    band: str = ""
    room: str = ""
    told: tuple[str, ...] = ()
