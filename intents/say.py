"""The desk's voice: prompts and answers in the resident's language, with facts in place."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from intents.model import Catalogue, Entry, Lang, Words
from intents.office import phase
from intents.wording import Daily, Filled, accepts_bookings, fill, no_daily, say_date

_MISSING_PROMPT = Words("")


@dataclass(slots=True)
class Speaker:
    """Speaks one language on one day. `practice` turns true once an invented fact was said."""

    catalogue: Catalogue
    lang: Lang
    today: date
    practice: bool = field(default=False)

    def prompt(self, name: str, /, **values: str) -> str:
        """The desk's sentence `name`, with `values` and facts in place."""
        words = self.catalogue.prompts.get(name, _MISSING_PROMPT).say(self.lang)
        for key, value in values.items():
            words = words.replace("{" + key + "}", value)
        return self.fill(words).text

    def fill(self, text: str, daily: Daily = no_daily) -> Filled:
        filled = fill(text, self.catalogue.facts, self.lang, self.today, daily)
        self.practice = self.practice or filled.practice
        return filled

    def date(self, day: date) -> str:
        return say_date(day, self.lang)

    def answer(self, entry: Entry, family: bool, daily: Daily = no_daily) -> str | None:
        """What `entry` says today; None where its time is past, so that the phone line is due.

        `daily`: the facts of the moment.
        """
        if (entry.valid_until and self.today > entry.valid_until) or (
            entry.valid_from and self.today < entry.valid_from
        ):
            return None
        words = self._wording(entry, family)
        filled = self.fill(words.say(self.lang), daily)
        if not filled.missing:
            return filled.text
        return self._not_announced(entry)

    def _wording(self, entry: Entry, family: bool) -> Words:
        """The wording for the day and the asker: before, after, while bookings are taken, for family."""
        when = phase(self.today, self.catalogue.facts)
        if when == "before" and entry.before:
            return entry.before
        if when == "after" and entry.after:
            return entry.after
        openings = self.catalogue.facts.openings
        if entry.bookable and openings and accepts_bookings(self.catalogue.facts, self.today):
            self.practice = self.practice or openings.practice  # that one can book is invented then
            return entry.bookable
        if family and entry.family:
            return entry.family
        return entry.answer or _MISSING_PROMPT

    def _not_announced(self, entry: Entry) -> str:
        if entry.unknown is None:
            return self.prompt("not_announced")
        filled = self.fill(entry.unknown.say(self.lang))
        return self.prompt("not_announced") if filled.missing else filled.text
