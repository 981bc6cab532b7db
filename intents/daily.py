"""What changes by the day and the hour: which counter is open today, what was closed, what is free.

It follows from the openings table, from what the ward closed by command, and from the moment. Where
no table stands nothing is said of it: the entry's `unknown` is.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property

from intents.bookings import Bookings
from intents.dates import When
from intents.model import Fact, Openings, Words
from intents.office import JST, phase
from intents.say import Speaker
from intents.slots import free_slots, next_days, open_venues, without
from intents.wording import accepts_bookings, say_time, venue_dates

_MOST_NOTICES = 6  # closed days that are named one by one
Closed = Mapping[tuple[str, date], str]


@dataclass(frozen=True)
class Daily:
    """The facts of the moment, by name, in the voice of `speak`; None for a name that is none of them.

    `bookings` is None in a group: what was closed or taken is not known there, and that is said.
    """

    speak: Speaker
    now: datetime
    bookings: Bookings | None

    def __call__(self, name: str) -> Fact | None:
        table = self._table
        if table is None or name not in _BUILT:
            return None
        said = _BUILT[name](self)
        return Fact(Words(said) if said else None, table.practice)

    @cached_property
    def closed(self) -> Closed:
        """Days that the ward closed by command."""
        return self.bookings.closed() if self.bookings else {}

    @property
    def _table(self) -> Openings | None:
        table = self.speak.catalogue.facts.openings
        return table if table is not None and any(table.days.values()) else None

    @cached_property
    def _left(self) -> Openings:
        """The table without what was closed."""
        assert self._table is not None
        return without(self._table, self.closed.keys())

    def today(self) -> str:
        """As `on`, of today."""
        return self.on(self.speak.today)

    def tomorrow(self) -> str:
        """As `on`, of tomorrow."""
        return self.on(self.speak.today + timedelta(days=1))

    def at(self, venue: str, day: date) -> str:
        """Whether `venue` is open on `day` ("": any), and who else is; "" where no table stands."""
        if self._table is None:
            return ""
        there = open_venues(self._left, day)
        if not venue or not there or venue in there:
            return self.on(day)
        names = {"venue": self._names((venue,)), "name": self._names(there)}
        return self.speak.prompt("why_other_turn", day=self.speak.date(day), **names)

    def on(self, day: date) -> str:
        """Who is open on `day` and the first free place, or when it opens next; "" without a table."""
        if self._table is None:
            return ""
        speak, there = self.speak, open_venues(self._left, day)
        if there and not self._is_over(day):
            lines = [speak.prompt("day_open", name=self._called(day), venue=self._names(there))]
            lines += [*self._hours(), *self._places(day)]
        else:
            early = phase(day, speak.catalogue.facts) == "before"
            how = "day_before" if early else "day_over" if there else "day_shut"
            lines = [speak.prompt(how, name=self._called(day)), self._next(max(day, speak.today))]
        if self.bookings is None:
            lines.append(speak.prompt("day_unsure"))
        return "\n".join(lines)

    def _called(self, day: date) -> str:
        """今日、8月3日（月） / 8月14日（金）."""
        ahead = (day - self.speak.today).days
        name = {0: "day_today", 1: "day_tomorrow"}.get(ahead)
        said = self.speak.date(day)
        return self.speak.prompt(name, day=said) if name else said

    def _hours(self) -> list[str]:
        """The counter's hours, where the ward has given them."""
        hours = self.speak.fill("{counter_hours}")
        return [] if hours.missing else [self.speak.prompt("day_hours", name=hours.text)]

    def _is_over(self, day: date) -> bool:
        """Whether the last visit of `day` has begun."""
        last = datetime.combine(day, max(self._left.slots), JST)
        return self.now >= last

    def _places(self, day: date) -> list[str]:
        """The first place that is free on `day`, where bookings are taken."""
        facts, table = self.speak.catalogue.facts, self._left
        if self.bookings is None or not accepts_bookings(facts, self.speak.today):
            return []
        notice = timedelta(minutes=table.notice)
        free = free_slots(table, self.bookings.taken(), When(days=(day,)), None, self.now, notice)
        if not free:
            return [self.speak.prompt("day_full")]
        return [self.speak.prompt("day_free", name=say_time(free[0].time, self.speak.lang))]

    def _next(self, after: date) -> str:
        days = next_days(self._left, None, after, 1)
        if not days:
            return self.speak.prompt("day_none_left")
        names = self._names(open_venues(self._left, days[0]))
        return self.speak.prompt("day_next", day=self.speak.date(days[0]), venue=names)

    def dates(self) -> str:
        """Every venue with its open days from today on."""
        over = self.speak.prompt("dates_over")
        return venue_dates(self.speak.catalogue.facts, self._left, self.speak.lang, self.speak.today, over)

    def closures(self) -> str:
        """The days that were closed, or that none was; "" where that is not known."""
        if self.bookings is None:
            return ""
        return self.notice() or self.speak.prompt("closed_none")

    def notice(self, days: Collection[date] = ()) -> str:
        """A line for each closed day from today on, or of `days` alone; "" where there is none."""
        if self._table is None:
            return ""
        ahead = sorted((day, venue) for venue, day in self.closed if day >= self.speak.today)
        ahead = [one for one in ahead if not days or one[0] in days]
        lines = [self._closed_line(day, venue) for day, venue in ahead[:_MOST_NOTICES]]
        if len(ahead) > _MOST_NOTICES:
            lines.append(self.speak.prompt("closed_more", number=str(len(ahead) - _MOST_NOTICES)))
        return "\n".join(lines)

    def _closed_line(self, day: date, venue: str) -> str:
        speak = self.speak
        line = speak.prompt("closed_day", day=speak.date(day), venue=self._names((venue,)))
        reason = self.closed[venue, day]
        said = speak.prompt("closure_reason", name=reason) if reason else ""
        brackets = f" ({said})" if speak.lang == "en" else f"（{said}）"
        return line + brackets if said else line

    def _names(self, venues: tuple[str, ...]) -> str:
        lang = self.speak.lang
        known = {venue.id: venue.name.say(lang) for venue in self.speak.catalogue.facts.venues}
        return (", " if lang == "en" else "・").join(known.get(venue, venue) for venue in venues)


_BUILT = {
    "today_open": Daily.today,
    "tomorrow_open": Daily.tomorrow,
    "venue_dates": Daily.dates,
    "closures": Daily.closures,
}
