"""The checker: what the store, the users' phones and the staff's list say must be one story."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from intents.bookings import Booking
from tests.chaos.books import Books, hash_of
from tests.chaos.crowd import Press
from tests.chaos.plan import DESKS, PER_PERSON, Plan
from tests.chaos.reading import Answer, Messages, Reader, Told
from tests.support.mistakes import mistakes_in


@dataclass(slots=True)
class Story:
    """A round as it went: what was pressed, acknowledged and told, in order."""

    plan: Plan
    reader: Reader
    presses: list[Press]
    acknowledged: set[str]
    put_off: set[str]  # events that LINE was asked to send again: there an apology is the truth
    log: list[tuple[str, Messages]]
    answers: dict[str, Messages] = field(init=False)  # reply token → what was replied
    told: list[tuple[str, Told]] = field(init=False)  # (user, what she was told), in order

    def __post_init__(self) -> None:
        whose = {press.token: press.user for press in self.presses}
        self.answers = {name: messages for name, messages in self.log if name in whose}
        self.told = [
            (whose.get(name, name), told)
            for name, messages in self.log
            for told in self.reader.told(messages)
        ]

    def answers_to(self, *verbs: str) -> Iterator[tuple[Press, Answer]]:
        """Each press of these verbs that was replied to, and what the reply says."""
        for press in self.presses:
            if press.token in self.answers and press.data.split(":")[0] in verbs:
                yield press, self.reader.answer(self.answers[press.token])


def faults(story: Story, books: Books, tickets: int, now: float) -> list[str]:
    """Everything that is not as it was promised. `now`: epoch seconds, when all was quiet."""
    found: list[str] = [f"{tickets} tickets unanswered"] if tickets else []
    found += _places(books, story.plan)
    found += _persons(books)
    found += _phones(story)
    found += _both(story, books)
    found += _yes_and_no(story, books)
    found += _unanswered(story)
    found += [f"held over its time: {holder}" for holder in books.over(now)]
    return found


# ------------------------------------------------------------------ the store alone
def _places(books: Books, plan: Plan) -> Iterator[str]:
    """Each booking on its desks, each desk with its booking, no more desks than there are."""
    standing = {code: one for code, one in books.bookings.items() if one.state == "booked"}
    people: Counter[str] = Counter()
    for one in standing.values():
        people[one.slot.key] += one.people
        claims = books.places.get(one.slot.key, {})
        if any(claims.get(desk) != (one.reference, 0) for desk in one.desks) or len(one.desks) != one.people:
            yield f"{one.reference} has not the desks {one.desks} of {one.slot.key}"
    yield from (f"{slot}: {count} people on {DESKS} desks" for slot, count in people.items() if count > DESKS)
    for slot, claims in books.places.items():
        if not set(claims) <= set(range(DESKS)) or slot not in {one.key for one in plan.slots}:
            yield f"{slot}: desks {sorted(claims)}"
        for holder, until in claims.values():
            if not until and (holder not in standing or standing[holder].slot.key != slot):
                yield f"{slot}: a desk is {holder}'s, which does not stand there"


def _persons(books: Books) -> Iterator[str]:
    places: Counter[str] = Counter()
    for one in books.bookings.values():
        places[one.user] += one.people if one.is_open else 0
    yield from (f"a person has {count} places" for count in places.values() if count > PER_PERSON)


# ------------------------------------------------------------------ the phones
def _last(told: Iterable[tuple[str, Told]]) -> dict[str, tuple[str, Told]]:
    """Reference → (user, the last that was told of it)."""
    return {one.reference: (user, one) for user, one in told}


def _phones(story: Story) -> Iterator[str]:
    """By what people were told alone: no slot has more of them than desks, no reference two persons."""
    people: Counter[str] = Counter()
    for _, told in _last(story.told).values():
        people[told.slot.key] += told.people if told.stands else 0
    crowded = {slot: count for slot, count in people.items() if count > DESKS}
    yield from (f"{slot}: {count} people were told to come" for slot, count in crowded.items())
    owners = defaultdict(set)
    for user, told in story.told:
        owners[told.reference].add(user)
    yield from (f"{code} was told to {len(users)} people" for code, users in owners.items() if len(users) > 1)


def _both(story: Story, books: Books) -> Iterator[str]:
    """Every booking told of stands as it was told, and every one that stands was told: as it is now,
    or it is still to be told."""
    last = _last(story.told)
    to_tell = {notice.reference for notice in books.to_tell()}
    to_tell |= {str(page["reference"]) for page in books.unsent.values()}
    for code in last.keys() | books.bookings.keys():
        booking = books.bookings.get(code)
        user, told = last.get(code, ("", None))
        if code not in to_tell and _state(booking) != _state(told):
            yield f"{code} is {_state(booking)}, and told was {_state(told)}"
        if booking is not None and told is not None and booking.user != hash_of(user):
            yield f"{code} was told to somebody else"


def _state(one: Booking | Told | None) -> tuple[Any, ...] | None:
    """Slot, people and whether it stands; None for what is not there."""
    if one is None:
        return None
    stands = one.state == "booked" if isinstance(one, Booking) else one.stands
    return one.slot.key, one.people, stands


# ------------------------------------------------------------------ the answers
def _yes_and_no(story: Story, books: Books) -> Iterator[str]:
    """What was granted is never refused afterwards, and nothing stands that was only refused.

    A refused wish may be granted when it is pressed again: for another place, or when one is free.
    """
    said: dict[tuple[str, str], list[str]] = defaultdict(list)  # (user, wish) → answers, as pressed
    answered = {press.event: answer for press, answer in story.answers_to("bookit", "moveit")}
    for press in story.presses:
        parts = press.data.split(":")
        if parts[0] in ("bookit", "moveit"):
            wish = parts[-1] if parts[0] == "bookit" else press.data
            said[press.user, wish].append(answered.get(press.event, "unknown"))
    wishes: Counter[str] = Counter()
    for (user, wish), answers in said.items():
        if "yes" in answers and "no" in answers[answers.index("yes") :]:
            yield f"a wish got yes and then no: {wish}"
        wishes[hash_of(user)] += set(answers) != {"no"} and not wish.startswith("moveit:")
    made = Counter(one.user for one in books.bookings.values())
    yield from (
        f"{count} bookings of {wishes[user]} wishes that were not refused"
        for user, count in made.items()
        if count > wishes[user]
    )


def _unanswered(story: Story) -> Iterator[str]:
    """Acknowledged means answered: by a reply that is no apology, or by a push of what it brought about."""
    pushed = {name for name, messages in story.log if story.reader.told(messages)}
    for press in story.presses:
        heard = press.token in story.answers
        sorry = press.token in story.answers and story.reader.is_apology(story.answers[press.token])
        tells = press.data.split(":")[0] in ("bookit", "moveit", "cancelit", "undo") and press.user in pushed
        if press.event in story.acknowledged and not heard and not tells:
            yield f"acknowledged and not answered: {press.data}"
        elif press.event in story.acknowledged - story.put_off and sorry and not tells:
            yield f"acknowledged and answered with an apology: {press.data}"


# ------------------------------------------------------------------ the staff's list and the log
def staff_faults(listed: list[dict[str, Any]], books: Books) -> list[str]:
    """`madoguchi bookings --json` against the store."""
    seen = {(one["reference"], one["venue_id"], one["date"], one["time"], one["people"]) for one in listed}
    kept = {
        (one.reference, one.slot.venue, one.slot.day.isoformat(), f"{one.slot.time:%H:%M}", one.people)
        for one in books.bookings.values()
        if one.is_open
    }
    return [f"only in the list or only in the store: {one}" for one in sorted(seen ^ kept)]


def log_faults(paths: Iterable[Path]) -> list[str]:
    """Mistakes of the desk's own that it noted and lived through."""
    logs = (path.read_text(encoding="utf-8").splitlines() for path in paths)
    found = Counter(chain.from_iterable(map(mistakes_in, logs)))
    return [f"in the log: {what}, {count} times" for what, count in found.items()]
