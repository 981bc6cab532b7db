"""What the ledger should do, said once more and more simply: places are counted, desks have no number.

Written from the promises, without the ledger's code; the state machine compares the two after every
step. Moments are epoch seconds.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, timezone

from intents.slots import Slot

SEATS, PER_PERSON = 2, 2
_HOUR, _VISIT = 3600, 45 * 60
_JAPAN = timezone(timedelta(hours=9))


@dataclass
class Visit:
    user: str
    slot: Slot
    n: int
    written: int
    state: str = "booked"
    previous: Slot | None = None
    undo_until: int = 0


@dataclass
class Kept:
    """A hold or an offer."""

    slot: Slot
    n: int
    until: int


@dataclass
class Model:
    """Every method that answers gives the kind of the outcome."""

    now: int
    slots: tuple[Slot, ...]  # all that the table has, in their order
    visits: dict[str, Visit] = field(default_factory=dict)
    kept: dict[str, Kept] = field(default_factory=dict)
    lines: dict[date, list[tuple[str, int]]] = field(default_factory=dict)
    closed: set[date] = field(default_factory=set)
    quiet: set[str] = field(default_factory=set)

    # --- what is so

    def taken(self, slot: Slot) -> Counter[str]:
        """Who has how many places of `slot`."""
        taken = Counter({code: v.n for code, v in self.visits.items() if self._stands_at(v, slot)})
        return taken + Counter({holder: one.n for holder, one in self.kept.items() if one.slot == slot})

    @staticmethod
    def _stands_at(visit: Visit, slot: Slot) -> bool:
        return visit.state == "booked" and visit.slot == slot

    def places(self, user: str, but: str = "") -> int:
        """Places of the user's visits that are not cancelled and not over."""
        mine = [v for code, v in self.visits.items() if v.user == user and code != but]
        return sum(v.n for v in mine if v.state != "cancelled" and starts(v.slot) + _VISIT > self.now)

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

    def _free(self, slot: Slot, n: int) -> bool:
        return self.taken(slot).total() + n <= SEATS

    def _clear(self, slot: Slot) -> None:
        over = [h for h, one in self.kept.items() if one.slot == slot and one.until <= self.now]
        for holder in over:
            del self.kept[holder]
        if over:
            self._serve(slot)

    def _serve(self, slot: Slot) -> None:
        until = _told(self.now) + _HOUR
        if slot.day in self.closed or starts(slot) < until + _HOUR:
            return
        for user, n in list(self.lines.get(slot.day, [])):
            if f"offer:{user}" in self.kept or self.places(user) + n > PER_PERSON:
                continue
            if self._free(slot, n):
                self.kept[f"offer:{user}"] = Kept(slot, n, until)
                self.unwait(user, slot.day)

    def _take(self, slot: Slot, n: int) -> bool:
        if slot.day in self.closed:
            return False
        self._clear(slot)
        return self._free(slot, n)

    def _offered(self, user: str, slot: Slot, n: int) -> bool:
        one = self.kept.get(f"offer:{user}") if user else None
        return bool(one and one.slot == slot and one.n >= n and one.until > self.now)

    # --- what people do

    def hold(self, user: str, slot: Slot, n: int) -> str:
        if slot.day in self.closed:
            return "closed"
        self._clear(slot)
        if self._offered(user, slot, n):
            return "ok"
        if starts(slot) < self.now + _HOUR:
            return "late"
        if self.places(user) + n > PER_PERSON:
            return "limit"
        before = self.kept.pop(f"hold:{user}", None)
        got = self._take(slot, n)
        if got:
            self.kept[f"hold:{user}"] = Kept(slot, n, self.now + 600)
        if before and not (got and before.slot == slot):
            self._serve(before.slot)
        return "ok" if got or self._offered(user, slot, n) else "full"

    def let_go(self, user: str, kind: str = "hold") -> str:
        if one := self.kept.pop(f"{kind}:{user}", None):
            self._serve(one.slot)
        return "ok"

    def _seat(self, user: str, slot: Slot, n: int, left: list[Slot]) -> str:
        """Whether n places of `slot` can be the user's for good now; what she held is `left`."""
        own = (f"hold:{user}", f"offer:{user}") if user else ()
        mine = [self.kept[holder] for holder in own if holder in self.kept]
        held = sum(one.n for one in mine if one.slot == slot and one.until > self.now)
        if starts(slot) <= self.now or (not held and starts(slot) < self.now + _HOUR):
            return "late"
        for holder in own:
            one = self.kept.get(holder)
            if one and (one.slot == slot or holder.startswith("hold:")):
                left.append(self.kept.pop(holder).slot)
        if held >= n or self._take(slot, n):
            return "ok"
        if self._offered(user, slot, n):
            left.append(self.kept.pop(f"offer:{user}").slot)
            return "ok"
        return "full"

    def book(self, user: str, slot: Slot, n: int, code: str) -> str:
        """`code`: the reference that the booking has, if it comes about."""
        if slot.day in self.closed:
            return "closed"
        if user and self.places(user) + n > PER_PERSON:
            return "limit"
        left: list[Slot] = []
        kind = self._seat(user, slot, n, left)
        if kind == "ok":
            self.visits[code] = Visit(user, slot, n, self.now)
            self.unwait(user, slot.day)
        for one in left:
            self._serve(one)
        return kind

    def _own(self, user: str, code: str) -> str:
        visit = self.visits[code]
        if visit.state == "cancelled" or (user and visit.user != user):
            return "unknown"
        return "late" if visit.state == "booked" and starts(visit.slot) <= self.now else "ok"

    def move(self, user: str, code: str, slot: Slot) -> str:
        visit, kind = self.visits[code], self._own(user, code)
        if kind != "ok" or self._stands_at(visit, slot):
            return kind
        if slot.day in self.closed:
            return "closed"
        over = starts(visit.slot) + _VISIT <= self.now
        if user and over and self.places(user, but=code) + visit.n > PER_PERSON:
            return "limit"
        left: list[Slot] = []
        kind = self._seat(user, slot, visit.n, left)
        if kind == "ok":
            was = visit.slot if visit.state == "booked" else None
            left += [was] if was else []
            undo = self.now + 600 if was else 0
            self.visits[code] = Visit(visit.user, slot, visit.n, self.now, "booked", was, undo)
        for one in left:
            self._serve(one)
        return kind

    def cancel(self, user: str, code: str) -> str:
        visit, kind = self.visits[code], self._own(user, code)
        if kind == "ok":
            undo = self.now + 600 if visit.state == "booked" else 0
            self.visits[code] = Visit(visit.user, visit.slot, visit.n, self.now, "cancelled", None, undo)
            self._serve(visit.slot)
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
        if slot.day in self.closed:
            return "closed"
        held = self.kept.get(f"hold:{user}") if user else None
        if held and held.slot == slot:
            del self.kept[f"hold:{user}"]
        if not self._take(slot, visit.n):
            return "full"
        self.visits[code] = Visit(visit.user, slot, visit.n, self.now)
        if moved_from:
            self._serve(visit.slot)
        return "ok"

    def wait(self, user: str, day: date, n: int) -> str:
        if day in self.closed:
            return "closed"
        if _at(day + timedelta(days=1), time()) <= self.now:
            return "late"
        if self.places(user) + n > PER_PERSON:
            return "limit"
        self.unwait(user, day)
        self.lines.setdefault(day, []).append((user, n))
        for slot in (slot for slot in self.slots if slot.day == day):
            self._clear(slot)
            self._serve(slot)
        return "ok"

    def unwait(self, user: str, day: date) -> None:
        self.lines[day] = [one for one in self.lines.get(day, []) if one[0] != user]

    # --- what the worker and the ward do

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
            v = self.visits[code]
            self.visits[code] = Visit(v.user, v.slot, v.n, self.now, "closed")
        self.closed.add(day)
        self.lines[day] = []
        self.kept = {holder: one for holder, one in self.kept.items() if one.slot.day != day}
        return codes

    def reopen_day(self, day: date) -> None:
        self.closed.discard(day)


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
