"""From ticket to answer: one user's tickets in order, many users side by side."""

from __future__ import annotations

import logging
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Barrier, Event, Thread

from bot.clock import Clock, stopwatch
from bot.knowledge import Edition, Library
from bot.line import Line, LineError
from bot.log import note
from bot.outbox_rules import hasten
from bot.reception import Reception
from bot.render import messages_of
from bot.store.base import Case, StorageError, Store, Ticket
from intents.bookings import Guest
from intents.desk import Desk, respond
from intents.handoff import hand_over
from intents.ledger.notices import TOKEN_SECONDS
from intents.ledger.places import NO_TABLE
from intents.model import Bubble, Lang, Reply
from intents.office import JST
from intents.say import Speaker
from intents.talk import Said, Slipped, Talk
from intents.telling import Calendar

WORKERS = 48  # each waits on LINE most of the time
_PAUSES = (0.2, 1.0)  # seconds before a second and a third try, within the minute of a token
_RECOVERY = 5.0  # seconds between two looks for tickets that nobody works on
_SWEEP = 600.0


@dataclass(slots=True)
class _Cases:
    """The desk's way to note a handoff, for one ticket."""

    store: Store
    seed: str
    at: int

    def open_case(self, code: str, topic: str, tried: tuple[str, ...], lang: Lang) -> str:
        return self.store.open_case(Case(code, topic, tried, lang, self.at), self.seed)


@dataclass(frozen=True, slots=True)
class _Outcome:
    """LINE's status for a reply, and whether the person surely has it."""

    status: int
    arrived: bool


@dataclass(slots=True)
class Answering:
    """Answers what the webhook admitted. `close` finishes what is under way."""

    store: Store
    library: Library
    line: Line
    clock: Clock
    calendar: Calendar | None = None
    _pool: ThreadPoolExecutor = field(init=False)
    _stop: Event = field(init=False, default_factory=Event)

    def __post_init__(self) -> None:
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="answer")

    def start(self) -> None:
        """Take up what a crash left unanswered, and keep looking for such."""
        self.recover()
        Thread(target=self._keep, name="keeper", daemon=True).start()

    def wake(self, user: str) -> None:
        """There is a ticket of `user`: answer it as soon as a worker is free."""
        with suppress(RuntimeError):  # closing: the ticket is durable, the next start takes it up
            self._pool.submit(self._drain, user)

    def apologise(self, reply_token: str, said: Said) -> None:
        """The store is down: the phone line, or the warning, from memory alone."""
        self._pool.submit(self._reply_from_memory, reply_token, said)

    def recover(self) -> None:
        for user in self.store.waiting():
            self.wake(user)

    def settle(self) -> None:
        """Returns once every ticket that was admitted before this call is answered (for tests)."""
        meeting = Barrier(WORKERS + 1)  # all workers come to it only when all are free
        for _ in range(WORKERS):
            self._pool.submit(meeting.wait)
        meeting.wait()

    def close(self) -> None:
        """Answers everything that was admitted, then returns."""
        self._stop.set()
        self._pool.shutdown(wait=True)

    def _keep(self) -> None:
        swept = stopwatch()
        while not self._stop.wait(_RECOVERY):
            try:
                self.recover()
                if stopwatch() - swept > _SWEEP:
                    self.store.sweep(self._now())
                    swept = stopwatch()
            except StorageError as error:
                note("store_down", logging.ERROR, error=type(error).__name__)

    def _now(self) -> int:
        return int(self.clock.now().timestamp())

    def _drain(self, user: str) -> None:
        """The user's tickets, oldest first, until there is none."""
        try:
            while (ticket := self.store.take(user)) is not None:
                try:
                    self._answer(ticket)
                except StorageError:
                    self.store.release(ticket)
                    raise
                except Exception as error:
                    # A mistake of ours after the desk has spoken: this message is given up, the
                    # person's next ones are not.
                    note("answer_failed", logging.ERROR, error=type(error).__name__, event=ticket.event_id)
                    self.store.finish(ticket, self.store.talk(ticket.user, self._now()), self._now())
        except StorageError as error:
            note("store_down", logging.ERROR, error=type(error).__name__)

    def _answer(self, ticket: Ticket) -> None:
        """A reply that arrived takes its notice out of the outbox, in one commit with the ticket's end.

        One that surely did not has its notice pushed at once; where nobody can know, it is pushed too:
        a booking told twice is better than one never told. A crash before the end of the ticket leaves
        the notice to be pushed by itself, TOKEN_SECONDS after the booking.
        """
        started = stopwatch()
        talk = self.store.talk(ticket.user, self._now())
        reply, after = self._respond(ticket, talk)
        outcome = self._send(ticket.reply_token, reply, ticket.at + TOKEN_SECONDS)
        if reply.told and not outcome.arrived:
            self.store.transact(lambda pages: hasten(pages, reply.told, self._now()))
        self.store.finish(ticket, after, self._now(), told=reply.told if outcome.arrived else ())
        note(
            "answered",
            event=ticket.event_id,
            entry=reply.entry,
            band=reply.band,
            room=reply.room,
            status=outcome.status,
            ms=round((stopwatch() - started) * 1000, 1),
        )

    def _respond(self, ticket: Ticket, talk: Talk) -> tuple[Reply, Talk]:
        edition = self.library.edition
        cases = _Cases(self.store, ticket.event_id, ticket.at)
        reception = self._reception(ticket, talk, edition)
        desk = Desk(edition.catalogue, edition.matcher, cases, reception, self.calendar)
        try:
            return respond(ticket.said, talk, desk, self.clock.now())
        except StorageError:
            raise
        except Exception as error:
            # Whatever the mistake: one message must not close a person's lane, and its text must
            # not reach a traceback. She gets the phone line.
            note("desk_failed", logging.ERROR, error=type(error).__name__, event=ticket.event_id)
            return self._from_memory(ticket.said, talk.lang), talk

    def _reception(self, ticket: Ticket, talk: Talk, edition: Edition) -> Reception | None:
        """The ledger for this person; None in a group (no address). Also where the ward has taken its
        table away: who booked before can still see and cancel it."""
        if not ticket.address:
            return None
        openings = edition.catalogue.facts.openings or NO_TABLE
        guest = Guest(ticket.user, ticket.address, talk.lang)
        return Reception(self.store, guest, ticket.event_id, openings, self._now())

    def _reply_from_memory(self, reply_token: str, said: Said) -> None:
        self._send(reply_token, self._from_memory(said, "ja"), 0)

    def _from_memory(self, said: Said, lang: Lang) -> Reply:
        """What can be said without the store: the warning for a slip, and the phone line."""
        now = self.clock.now()
        speak = Speaker(self.library.edition.catalogue, lang, now.astimezone(JST).date())
        first = "slip" if isinstance(said, Slipped) else "busy"
        return Reply((Bubble(speak.prompt(first)), hand_over(speak, now, "")), room="memory")

    def _send(self, reply_token: str, reply: Reply, token_ends: int) -> _Outcome:
        """Reply, up to three times: a token that was used is refused, so that nothing is said twice.

        LINE's answer lost, and the repeat refused for its token before `token_ends` (epoch seconds):
        it was our own first try that used the token up, and the reply arrived.
        """
        messages = messages_of(reply)
        if not messages or not reply_token:
            return _Outcome(204, False)
        is_unsure = False
        for pause in (*_PAUSES, None):
            try:
                self.line.reply(reply_token, messages)
                return _Outcome(200, True)
            except LineError as error:
                if is_unsure and error.token_used and self._now() <= token_ends:
                    return _Outcome(error.status, True)
                if pause is None or not error.may_pass:
                    note("reply_failed", logging.WARNING, status=error.status, request=error.request)
                    return _Outcome(error.status, False)
                is_unsure = is_unsure or error.may_have_arrived
                time.sleep(0.0 if error.cut else pause)
        raise AssertionError("unreachable")
