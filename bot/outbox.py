"""What must arrive and no reply told: pushed once, however often a sender dies, or listed for staff.

A notice is leased, pushed with a retry key that follows from its id, and erased (outbox_rules.py). Any
number of senders may run: each process of `madoguchi serve` has one, and with Redis so has
`madoguchi worker`, so that reminders go out while either lives. With SQLite serve is alone.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Lock

from bot.clock import Clock
from bot.knowledge import Library
from bot.line import Line, LineError
from bot.log import note
from bot.outbox_rules import LEASE, Budget, Why, again, give_up, lease, retry_key, sent, withheld
from bot.render import messages_of
from bot.rounds import Rounds
from bot.seal import Seal, SealError
from bot.store.base import Ledger, StorageError
from bot.trusted_clock import TrustedClock
from intents.bookings import Booking
from intents.ledger.closing import delete_booking
from intents.ledger.notices import REMINDERS, Notice
from intents.ledger.pages import Pages, booking_at
from intents.ledger.places import NO_TABLE, Table, expire
from intents.model import Reply
from intents.office import JST
from intents.say import Speaker
from intents.telling import say_notice

READING = 600  # seconds between two looks at the quota
_PERIOD, _AFTER_FAULT = 1.0, 5.0  # seconds between two rounds
_ROUND = 100  # holds or bookings of one round
_SENDERS = 8  # pushes at once: behind a stalled LINE each of them takes seconds
_PUSHES, _LOOKED_AT = 16, 1000  # between two looks at what is due, chosen from so many

Say = Callable[[Notice, Booking | None, Speaker, datetime], Reply]


@dataclass(slots=True)
class Outbox:
    """Pushes what is due, lets holds run out and deletes bookings by the dated rule."""

    store: Ledger
    seal: Seal
    line: Line
    library: Library
    clock: Clock
    say: Say = say_notice
    trusted: TrustedClock | None = None  # None: the clock is trusted as it is
    _budget: Budget = field(init=False, default=Budget())
    _counting: Lock = field(init=False, default_factory=Lock)
    rounds: Rounds = field(init=False)

    def __post_init__(self) -> None:
        self.rounds = Rounds("outbox", self.run_once, _PERIOD, _AFTER_FAULT)

    def start(self) -> None:
        """Rounds without end, in a thread of their own."""
        self.rounds.start()

    def close(self) -> None:
        """Returns once the push under way is over."""
        self.rounds.close(LEASE)

    def run_once(self) -> int:
        """One round over everything that is due, each notice once. How many were sent. StorageError.

        Some at a time, and then it looks again: what falls due meanwhile waits for no row of
        reminders, and a hold that runs out for no network.
        """
        if self.trusted is not None and self.trusted.is_settling():
            return 0
        count, tried = 0, set[str]()
        self._expire()
        while batch := self._next(tried):
            tried.update(batch)
            count += self._deliver_all(batch)
            self._expire()
        table = self._table() if self.trusted is None else replace(self._table(), now=self.trusted.now())
        self._each(
            self.store.due("booking", table.now, _ROUND),
            lambda code: self.store.transact(lambda pages: delete_booking(pages, code, table)),
        )
        return count

    def _table(self) -> Table:
        return Table(self.library.edition.catalogue.facts.openings or NO_TABLE, self._now())

    def _expire(self) -> None:
        table = self._table()
        self._each(
            self.store.due("hold", table.now, _ROUND),
            lambda holder: self.store.transact(lambda pages: expire(pages, holder, table)),
        )

    def _next(self, tried: set[str]) -> list[str]:
        """The notices to be pushed next; what matters more than a reminder goes first."""
        if self.rounds.is_stopping:
            return []
        due = (one for one in self.store.due("notice", self._now(), _LOOKED_AT) if one not in tried)
        return sorted(due, key=lambda one: one.startswith(REMINDERS))[:_PUSHES]

    def _deliver_all(self, batch: list[str]) -> int:
        with ThreadPoolExecutor(min(_SENDERS, len(batch)), thread_name_prefix="push") as pool:
            return sum(pool.map(lambda one: self._each((one,), self._deliver), batch))

    def _each(self, keys: Iterable[str], work: Callable[[str], bool | None]) -> int:
        """`work` on each; for how many it was true."""
        done = 0
        for key in keys:
            if self.rounds.is_stopping:
                break
            try:
                done += bool(work(key))
            except StorageError:
                raise
            except Exception as error:
                # A mistake of ours with one: the others must not wait for its mending.
                note("outbox_failed", logging.ERROR, error=type(error).__name__)
        return done

    def _deliver(self, notice_id: str) -> bool:
        now, budget = self._now(), self._drawn()

        def take(pages: Pages) -> tuple[Notice, Booking | None] | None:
            notice = lease(pages, notice_id, now, budget)
            if notice is None:
                return None
            return notice, booking_at(pages, notice.reference) if notice.reference else None

        is_sent = False
        try:
            taken = self.store.transact(take)
            is_sent = taken is not None and self._push(*taken)
        finally:
            if not is_sent:
                self._return(budget)
        return is_sent

    def _push(self, notice: Notice, booking: Booking | None) -> bool:
        now = self.clock.now()
        speak = Speaker(self.library.edition.catalogue, notice.lang, now.astimezone(JST).date())
        try:
            address = self.seal.open(notice.address)
            messages = messages_of(self.say(notice, booking, speak, now))
            status = self.line.push(address, messages, retry_key(notice.id))
        except SealError:
            self._give_up(notice, "address")
            return False
        except LineError as error:
            self._failed(notice, error)
            return False
        self.store.transact(lambda pages: sent(pages, notice.id))
        note("pushed", kind=notice.kind, status=status)
        return True

    def _failed(self, notice: Notice, error: LineError) -> None:
        note("push_failed", logging.WARNING, kind=notice.kind, status=error.status, request=error.request)
        now = self._now()
        if error.month_is_full:
            budget = Budget(0, now + READING, refused=True)
            with self._counting:
                self._budget = budget
            self.store.transact(lambda pages: withheld(pages, notice.id, budget.until))
        elif error.may_pass or error.status in (401, 403):  # those two: staff can mend the account
            self.store.transact(lambda pages: again(pages, notice.id, now))
        else:
            self._give_up(notice, "refused")

    def _give_up(self, notice: Notice, why: Why) -> None:
        now = self._now()
        note("push_given_up", logging.ERROR, kind=notice.kind)
        self.store.transact(lambda pages: give_up(pages, notice.id, why, now))

    def _drawn(self) -> Budget:
        """The budget before one push is taken out of it: so several at once do not overdraw it."""
        with self._counting:
            budget = self._allowed()
            self._budget = budget.spent()
            return budget

    def _return(self, drawn: Budget) -> None:
        """The push that was taken out of `drawn` did not come about."""
        with self._counting:
            if self._budget.until == drawn.until:
                self._budget = self._budget.returned()

    def _allowed(self) -> Budget:
        """The budget, read anew when its time has come.

        Where LINE does not tell: as it was, but nothing left counts as unknown, and LINE's own refusal
        decides; a quota that cannot be read must not silence the desk for good.
        """
        now = self._now()
        if not self._budget.until - READING <= now < self._budget.until:  # also where the clock went back
            left = self._budget.left or None
            try:
                limit, used = self.line.quota()
                left = None if limit is None else max(0, limit - used)
            except LineError as error:
                note("quota_unread", logging.WARNING, status=error.status, request=error.request)
            self._budget = Budget(left, now + READING)
        return self._budget

    def _now(self) -> int:
        return int(self.clock.now().timestamp())
