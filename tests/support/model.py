"""What the ledger should do, said once more and more simply: places are counted, desks have no number.

Written from the promises, without the ledger's code; the state machine compares the two after every
step. Moments are epoch seconds. The table may be exchanged between two steps: who is booked stays as long
as she was booked for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

from intents.slots import Slot

PER_PERSON = 2
_HOUR = 3600
_TICK = 5 * 60  # every visit begins and ends on one
_JAPAN = timezone(timedelta(hours=9))


@dataclass(frozen=True)
class Grid:
    """The table: when visits begin, how many minutes they last, how many desks each open day has."""

    times: tuple[time, ...]
    minutes: int
    desks: dict[date, int]

    def slots(self, day: date) -> tuple[Slot, ...]:
        return tuple(Slot("kitazawa", day, at) for at in self.times) if day in self.desks else ()

    def seats(self, slot: Slot) -> int:
        return self.desks[slot.day] if slot in self.slots(slot.day) else 0


@dataclass
class Visit:
    user: str
    slot: Slot
    n: int
    minutes: int
    written: int
    made: int
    state: str = "booked"
    previous: Slot | None = None
    undo_until: int = 0


@dataclass
class Kept:
    """A hold or an offer. `moving`: the visit that is to move there."""

    slot: Slot
    n: int
    minutes: int
    until: int
    moving: str = ""


Freed = tuple[Slot, int]  # what somebody had, and for how many minutes


@dataclass
class Model:
    """Every method that answers gives the kind of the outcome."""

    now: int
    grid: Grid
    visits: dict[str, Visit] = field(default_factory=dict)
    kept: dict[str, Kept] = field(default_factory=dict)
    lines: dict[date, list[tuple[str, int]]] = field(default_factory=dict)
    closed: dict[date, set[str]] = field(default_factory=dict)  # with the visits that it displaced
    quiet: set[str] = field(default_factory=set)
    offered: dict[str, list[int]] = field(default_factory=dict)  # when, within a day three at most

    # --- what is so

    def taken(self, slot: Slot) -> Counter[str]:
        """Who has how many places of `slot`."""
        taken = Counter({code: v.n for code, v in self.visits.items() if self._stands_at(v, slot)})
        return taken + Counter({holder: one.n for holder, one in self.kept.items() if one.slot == slot})

    @staticmethod
    def _stands_at(visit: Visit, slot: Slot) -> bool:
        return visit.state == "booked" and visit.slot == slot

    def people(self, day: date, at: int, without: Collection[str] = (), *, visits_only: bool = False) -> int:
        """How many people have a place at the moment `at`, but for those of the holders `without`."""
        kept = {} if visits_only else self.kept
        standing = {code: one for code, one in self.visits.items() if one.state == "booked"}
        everybody: dict[str, Visit | Kept] = {**standing, **kept}
        return sum(
            one.n for holder, one in everybody.items() if holder not in without and _is_on(one, day, at)
        )

    def doubled(self, day: date, at: int) -> set[str]:
        """The holders of what is kept for somebody who is to move there, and who at that moment has her place."""
        there = {code for code, one in self.visits.items() if one.state == "booked" and _is_on(one, day, at)}
        return {holder for holder, one in self.kept.items() if one.moving in there}

    def _fullest(self, slot: Slot, without: Collection[str], *, visits_only: bool = False) -> int:
        """The most people at one moment of a visit of `slot`."""
        moments = range(starts(slot), starts(slot) + self.grid.minutes * 60, _TICK)
        return max(self.people(slot.day, at, without, visits_only=visits_only) for at in moments)

    def places(self, user: str, but: str = "") -> int:
        """Places of the user's visits that are not cancelled and not over."""
        mine = [v for code, v in self.visits.items() if v.user == user and code != but]
        return sum(v.n for v in mine if v.state != "cancelled" and not self._over(v))

    def _over(self, visit: Visit) -> bool:
        return starts(visit.slot) + self.grid.minutes * 60 <= self.now

    def reminders(self) -> set[str]:
        """`kind:reference` of each that must stand in the outbox."""
        return {
            f"{kind}:{code}"
            for code, visit in self.visits.items()
            if visit.state == "booked" and visit.user and visit.user not in self.quiet
            for kind, at in _reminded(visit.slot)
            if at >= visit.written + _HOUR
        }

    # --- places and the line

    def left(self, slot: Slot) -> int:
        """Places free in `slot` for somebody who comes now; what has run out is nobody's."""
        gone = {holder for holder, one in self.kept.items() if one.until <= self.now}
        return max(0, self.grid.seats(slot) - self._fullest(slot, gone))

    def _free(
        self, slot: Slot, n: int, but: str = "", *, visits_only: bool = False, without: Collection[str] = ()
    ) -> bool:
        """Whether n more may come to `slot`, with `but` leaving another time for it."""
        mine = self.visits.get(but)
        gone = {but, *without} if mine and mine.slot != slot else without
        return self._fullest(slot, gone, visits_only=visits_only) + n <= self.grid.seats(slot)

    def _clear(self, slot: Slot) -> None:
        """What has run out beside `slot` is nobody's, and whoever waits is served."""
        begun, ends = starts(slot), starts(slot) + self.grid.minutes * 60
        over = [
            (starts(one.slot), holder)
            for holder, one in self.kept.items()
            if one.until <= self.now and (one.slot == slot or _reaches(one, begun, ends))
        ]
        for freed in [self._drop(holder) for _, holder in sorted(over)]:
            self._serve(freed)

    def _drop(self, holder: str) -> Freed | None:
        one = self.kept.pop(holder, None)
        return (one.slot, one.minutes) if one else None

    def _serve(self, freed: Freed | None) -> None:
        """What is free now may be so at several times of the table."""
        if freed is None:
            return
        slot, minutes = freed
        for other in self.grid.slots(slot.day):
            if starts(other) < starts(slot) + minutes * 60 and starts(slot) < starts(other) + self.grid.minutes * 60:
                self._serve_slot(other)

    def _serve_slot(self, slot: Slot) -> None:
        until = _told(self.now) + _HOUR
        if slot.day in self.closed or starts(slot) < until + _HOUR:
            return
        for user, n in list(self.lines.get(slot.day, [])):
            if f"offer:{user}" in self.kept or self.places(user) + n > PER_PERSON:
                continue
            lately = [at for at in self.offered.get(user, []) if self.now - 24 * _HOUR < at <= self.now]
            if len(lately) < 3 and self._free(slot, n):
                self.kept[f"offer:{user}"] = Kept(slot, n, self.grid.minutes, until)
                self.offered[user] = [*lately, self.now]
                self.unwait(user, slot.day)

    def _take(self, slot: Slot, n: int, but: str = "") -> bool:
        if slot.day in self.closed:
            return False
        self._clear(slot)
        return self._free(slot, n, but)

    def _offered(self, user: str, slot: Slot, n: int) -> bool:
        one = self.kept.get(f"offer:{user}") if user else None
        live = one and one.slot == slot and one.n >= n and one.until > self.now
        return bool(live and self._is_hers(user, slot, n, ""))

    def _is_hers(self, user: str, slot: Slot, n: int, code: str) -> bool:
        """Whether what is kept for her is enough for a booking now: beside those who are booked, and beside what
        is kept for others too if visits last longer than when it was kept."""
        own = [f"{kind}:{user}" for kind in ("hold", "offer") if user]
        mine = {holder: self.kept[holder] for holder in own if holder in self.kept}
        live = {holder: one for holder, one in mine.items() if one.slot == slot and one.until > self.now}
        enough = sum(one.n for one in live.values()) >= n
        is_longer = any(one.minutes < self.grid.minutes for one in live.values())
        return enough and self._free(slot, n, code, visits_only=not is_longer, without=live)

    def _is_closed(self, slot: Slot) -> bool:
        return not self.grid.seats(slot) or slot.day in self.closed

    # --- what people do

    def hold(self, user: str, slot: Slot, n: int, moving: str = "") -> str:
        if self._is_closed(slot):
            return "closed"
        self._clear(slot)
        if self._offered(user, slot, n):
            return "ok"
        if starts(slot) < self.now + _HOUR:
            return "late"
        if self.places(user, moving) + n > PER_PERSON:
            return "limit"
        before = self._drop(f"hold:{user}")
        got = self._take(slot, n, moving)
        if got:
            self.kept[f"hold:{user}"] = Kept(slot, n, self.grid.minutes, self.now + 600, moving)
        if before and not (got and before[0] == slot):
            self._serve(before)
        return "ok" if got or self._offered(user, slot, n) else "full"

    def let_go(self, user: str, kind: str = "hold") -> str:
        self._serve(self._drop(f"{kind}:{user}"))
        return "ok"

    def _seat(self, user: str, slot: Slot, n: int, left: list[Freed | None], code: str = "") -> str:
        """Whether n places of `slot` can be the user's for good now; what she held is `left`."""
        own = (f"hold:{user}", f"offer:{user}") if user else ()
        mine = [self.kept[holder] for holder in own if holder in self.kept]
        held = any(one.slot == slot and one.until > self.now for one in mine)
        if starts(slot) <= self.now or (not held and starts(slot) < self.now + _HOUR):
            return "late"
        hers = self._is_hers(user, slot, n, code)
        for holder in own:
            one = self.kept.get(holder)
            if one and (one.slot == slot or holder.startswith("hold:")):
                left.append(self._drop(holder))
        if hers or self._take(slot, n, code):
            return "ok"
        if self._offered(user, slot, n):
            left.append(self._drop(f"offer:{user}"))
            return "ok"
        return "full"

    def book(self, user: str, slot: Slot, n: int, code: str) -> str:
        """`code`: the reference that the booking has, if it comes about."""
        if self._is_closed(slot):
            return "closed"
        if user and self.places(user) + n > PER_PERSON:
            return "limit"
        left: list[Freed | None] = []
        kind = self._seat(user, slot, n, left)
        if kind == "ok":
            self.visits[code] = Visit(user, slot, n, self.grid.minutes, self.now, self.now)
            self.unwait(user, slot.day)
        for one in left:
            self._serve(one)
        return kind

    def _own(self, user: str, code: str) -> str:
        visit = self.visits[code]
        if visit.state == "cancelled" or (user and visit.user != user):
            return "unknown"
        return "late" if visit.state == "booked" and starts(visit.slot) <= self.now else "ok"

    def _changed(self, code: str, **to: Any) -> None:
        """The visit as it is after a change; without another word it cannot be undone."""
        plain = {"written": self.now, "previous": None, "undo_until": 0}
        self.visits[code] = replace(self.visits[code], **plain | to)

    def move(self, user: str, code: str, slot: Slot) -> str:
        visit, kind = self.visits[code], self._own(user, code)
        if kind != "ok" or self._stands_at(visit, slot):
            return kind
        if self._is_closed(slot):
            return "closed"
        if user and self._over(visit) and self.places(user, but=code) + visit.n > PER_PERSON:
            return "limit"
        left: list[Freed | None] = []
        kind = self._seat(user, slot, visit.n, left, code)
        if kind == "ok":
            was = visit.slot if visit.state == "booked" else None
            left += [(was, visit.minutes)] if was else []
            undo = self.now + 600 if was else 0
            self._changed(
                code, slot=slot, minutes=self.grid.minutes, state="booked", previous=was, undo_until=undo
            )
        for one in left:
            self._serve(one)
        return kind

    def cancel(self, user: str, code: str) -> str:
        visit, kind = self.visits[code], self._own(user, code)
        if kind == "ok":
            stood = visit.state == "booked"
            self._changed(code, state="cancelled", undo_until=self.now + 600 if stood else 0)
            self._serve((visit.slot, visit.minutes) if stood else None)
        return kind

    def restore(self, user: str, code: str) -> str:
        visit = self.visits[code]
        if user and visit.user != user:
            return "unknown"
        moved_from = visit.previous if visit.state == "booked" else None
        slot = visit.slot if visit.state == "cancelled" else moved_from
        if slot is None or self.now > visit.undo_until:
            return "expired"
        if starts(slot) <= self.now:
            return "late"
        if user and self.places(user, but=code) + visit.n > PER_PERSON:
            return "limit"
        if self._is_closed(slot):
            return "closed"
        held = self.kept.get(f"hold:{user}") if user else None
        if held and held.slot == slot:
            del self.kept[f"hold:{user}"]
        if not self._take(slot, visit.n, code):
            return "full"
        self._changed(code, slot=slot, minutes=self.grid.minutes, state="booked")
        if moved_from:
            self._serve((visit.slot, visit.minutes))
        return "ok"

    def wait(self, user: str, day: date, n: int) -> str:
        if day in self.closed or day not in self.grid.desks:
            return "closed"
        if _at(day + timedelta(days=1), time()) <= self.now:
            return "late"
        if self.places(user) + n > PER_PERSON:
            return "limit"
        self.unwait(user, day)
        self.lines.setdefault(day, []).append((user, n))
        self.serve_day(day)
        return "ok"

    def unwait(self, user: str, day: date) -> None:
        self.lines[day] = [one for one in self.lines.get(day, []) if one[0] != user]

    # --- what the worker and the ward do

    def serve_day(self, day: date) -> None:
        for slot in self.grid.slots(day):
            self._clear(slot)
            self._serve_slot(slot)

    def expire(self) -> None:
        due = sorted((one.until, holder) for holder, one in self.kept.items() if one.until <= self.now)
        for until, holder in due:
            one = self.kept.get(holder)
            if one and one.until == until:
                self._clear(one.slot)

    def close_day(self, day: date) -> set[str]:
        """The bookings that are displaced."""
        codes = {code for code, v in self.visits.items() if v.state == "booked" and v.slot.day == day}
        for code in codes:
            self._changed(code, state="closed")
        self.closed[day] = self.closed.get(day, set()) | codes
        self.lines[day] = []
        self.kept = {holder: one for holder, one in self.kept.items() if one.slot.day != day}
        return codes

    def reopen_day(self, day: date) -> set[str]:
        """Those displaced who have their places again: who booked first comes first."""
        touched = [code for code in self.closed.pop(day, ()) if self._is_displaced(code, day)]
        return {code for code in sorted(touched, key=self._booked) if self._give_back(code)}

    def _booked(self, code: str) -> tuple[int, str]:
        return self.visits[code].made, code

    def _is_displaced(self, code: str, day: date) -> bool:
        return self.visits[code].state == "closed" and self.visits[code].slot.day == day

    def _give_back(self, code: str) -> bool:
        visit = self.visits[code]
        if starts(visit.slot) <= self.now or not self._take(visit.slot, visit.n):
            return False
        self._changed(code, state="booked", minutes=self.grid.minutes)
        return True


def _reaches(one: Visit | Kept, begun: int, ends: int) -> bool:
    return starts(one.slot) < ends and begun < starts(one.slot) + one.minutes * 60


def _is_on(one: Visit | Kept, day: date, at: int) -> bool:
    return one.slot.day == day and _reaches(one, at, at + 1)


def starts(slot: Slot) -> int:
    return _at(slot.day, slot.time)


def _at(day: date, moment: time) -> int:
    return int(datetime.combine(day, moment, _JAPAN).timestamp())


def _reminded(slot: Slot) -> tuple[tuple[str, int], ...]:
    eve = _at(slot.day - timedelta(days=1), time(10))
    return ("reminder_day", eve), ("reminder_morning", _at(slot.day, time(7, 30)))


def _told(now: int) -> int:
    """The first moment from `now` on that is neither before 7:00 nor from 21:00 on in Japan."""
    midnight = now - (now + 9 * _HOUR) % (24 * _HOUR)
    if now < midnight + 7 * _HOUR:
        return midnight + 7 * _HOUR
    return now if now < midnight + 21 * _HOUR else midnight + 31 * _HOUR
