"""From ticket to answer: one user's tickets in order, many users side by side.

What waits for LINE waits in the event loop; the desk thinks, and the store writes, in a few threads
beside it. What the threads share: the library's edition (replaced whole), the store and the pace (which
keep their own locks). A lane (one user's tickets) is at work in one place at a time: the store sees to it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from bot.clock import Clock, stopwatch
from bot.knowledge import Edition, Library
from bot.line import Line, LineError
from bot.log import note
from bot.loop import Loop, call_from_thread, wait_from_thread
from bot.outbox_rules import hasten
from bot.pace import Pace
from bot.reception import Reception
from bot.render import messages_of
from bot.rounds import Rounds
from bot.store.base import Case, StorageError, Store, Ticket
from bot.trusted_clock import TrustedClock
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

DESKS = 1  # threads that think; more of them only take the interpreter from each other
_PAUSES = (0.2, 0.5, 1.0, 2.0, 4.0)  # seconds before another try; then the last one again
_RECOVERY = 5.0  # seconds between two looks for tickets that nobody works on
_SWEEP = 50.0  # so that what was answered is out of every file within a minute
_GRACE = 20.0  # seconds that a closing desk waits for LINE; what is left is durable, the next start takes it

T = TypeVar("T")
Json = dict[str, Any]


@dataclass(slots=True)
class _Cases:
    """The desk's way to note a handoff, for one ticket."""

    store: Store
    seed: str
    at: int

    def open_case(self, code: str, topic: str, tried: tuple[str, ...], lang: Lang) -> str:
        return self.store.open_case(Case(code, topic, tried, lang, self.at), self.seed)


@dataclass(frozen=True, slots=True)
class _Answer:
    """What the desk says to a ticket, as LINE wants it, and the talk to remember. `started`: stopwatch."""

    ticket: Ticket
    reply: Reply
    messages: list[Json]
    talk: Talk
    started: float


@dataclass(frozen=True, slots=True)
class _Outcome:
    """LINE's status for a reply, and whether the person surely has it."""

    status: int
    arrived: bool


@dataclass(slots=True)
class Answering:
    """Answers what the webhook admitted. Its calls are the loop's, but where it says so."""

    store: Store
    library: Library
    line: Line
    clock: Clock
    loop: Loop
    calendar: Calendar | None = None
    trusted: TrustedClock | None = None  # None: the clock is trusted as it is
    keeper: Rounds = field(init=False)
    _desks: ThreadPoolExecutor = field(init=False)
    _lanes: dict[str, asyncio.Task[None]] = field(init=False, default_factory=dict)
    _again: set[str] = field(init=False, default_factory=set)
    _apologies: set[asyncio.Task[_Outcome]] = field(init=False, default_factory=set)
    _pace: Pace = field(init=False, default_factory=Pace)
    _swept: float = field(init=False, default_factory=stopwatch)
    _closing: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        self._desks = ThreadPoolExecutor(DESKS, thread_name_prefix="desk")
        self.keeper = Rounds("keeper", self._keep, _RECOVERY)

    def start(self) -> None:
        """Take up what a crash left unanswered, and keep looking for such. From any thread."""
        self.recover()
        self.keeper.start()

    def wake(self, user: str) -> None:
        """There is a ticket of `user`: answer it, after those under way."""
        if user in self._lanes:
            self._again.add(user)  # its lane may just have looked, and found nothing
        elif not self._closing:  # closing: the ticket is durable, the next start takes it up
            lane = self._lanes[user] = self.loop.create_task(self._drain(user))
            lane.add_done_callback(lambda _: self._left(user))

    def _left(self, user: str) -> None:
        del self._lanes[user]
        if user in self._again:
            self._again.discard(user)
            self.wake(user)

    def apologise(self, reply_token: str, said: Said) -> None:
        """The store is down: the phone line, or the warning, from memory alone."""
        reply = self._from_memory(said, "ja")
        sending = self.loop.create_task(
            self._send(reply_token, messages_of(reply), self._now() + TOKEN_SECONDS)
        )
        self._apologies.add(sending)
        sending.add_done_callback(self._apologies.discard)

    def recover(self) -> None:
        """From any thread: wake whoever has tickets that nobody is at work on."""
        for user in self.store.waiting():
            call_from_thread(self.loop, self.wake, user)

    def settle(self) -> None:
        """From another thread, for tests: every ticket that was admitted before is answered on return."""
        wait_from_thread(self.loop, self._settled())

    async def _settled(self) -> None:
        while self._lanes or self._apologies:
            await asyncio.wait({*self._lanes.values(), *self._apologies})

    async def aclose(self) -> None:
        """Answers what was admitted, as far as LINE lets it; then nothing of it runs any more."""
        self._closing = True
        under_way = {*self._lanes.values(), *self._apologies}
        if under_way:
            _, left = await asyncio.wait(under_way, timeout=_GRACE)
            for task in left:
                task.cancel()
        await asyncio.to_thread(self.keeper.close, _RECOVERY)
        await asyncio.to_thread(self._desks.shutdown)

    async def is_thinking(self) -> None:
        """Returns once a desk is free: that they all hang is a reason to be started anew."""
        await self._beside(lambda: None)

    def _keep(self) -> None:
        self.recover()
        if stopwatch() - self._swept > _SWEEP:
            self.store.sweep(self._now() if self.trusted is None else self.trusted.now())
            self._swept = stopwatch()

    def _now(self) -> int:
        return int(self.clock.now().timestamp())

    # --- one lane, in the loop

    async def _drain(self, user: str) -> None:
        """The user's tickets, oldest first, until there is none."""
        try:
            answer = await self._beside(self._next, user)
            while answer is not None:
                answer = await self._beside(self._finish_and_next, answer, await self._delivered(answer))
        except StorageError as error:
            note("store_down", logging.ERROR, error=str(error), room="lane")

    def _beside(self, work: Callable[..., T], *args: object) -> asyncio.Future[T]:
        return self.loop.run_in_executor(self._desks, work, *args)

    async def _delivered(self, answer: _Answer) -> _Outcome:
        """What became of the reply. A mistake of ours on the way must not close the person's lane."""
        try:
            return await self._deliver(answer)
        except StorageError:
            self.store.release(answer.ticket)
            raise
        except Exception as error:
            note("answer_failed", logging.ERROR, error=type(error).__name__, event=answer.ticket.event_id)
            return _Outcome(0, False)

    async def _deliver(self, answer: _Answer) -> _Outcome:
        ticket = answer.ticket
        if not answer.messages or not ticket.reply_token:
            return _Outcome(204, False)
        return await self._send(
            ticket.reply_token, answer.messages, ticket.at + TOKEN_SECONDS, lambda: self.store.keep(ticket)
        )

    async def _send(
        self, token: str, messages: list[Json], token_ends: int, waiting: Callable[[], None] | None = None
    ) -> _Outcome:
        """Reply, again and again while the token lives: one that was used is refused, so that nothing is
        said twice. `waiting` is called (in a thread) before each pause.

        LINE's answer lost, and the repeat refused for its token before `token_ends` (epoch seconds): it
        was our own first try that used the token up, and the reply arrived.
        """
        is_unsure = was_cut = False
        tries = 0
        while True:
            try:
                await self.line.reply(token, messages)
                return _Outcome(200, True)
            except LineError as error:
                if is_unsure and error.token_used and self._now() <= token_ends:
                    return _Outcome(error.status, True)
                pause = _PAUSES[min(tries, len(_PAUSES) - 1)]
                if not error.may_pass or self._now() + pause > token_ends:
                    note("reply_failed", logging.WARNING, status=error.status, request=error.request)
                    return _Outcome(error.status, False)
                is_unsure = is_unsure or error.may_have_arrived
                if error.cut and not was_cut:
                    was_cut, pause = True, 0.0  # a connection kept too long: another one is to be had at once
                tries += 1
            if pause and waiting is not None:
                await self._beside(waiting)
            await asyncio.sleep(pause)

    # --- one ticket, in a desk's thread

    def _next(self, user: str) -> _Answer | None:
        """The answer to the user's oldest ticket; None where none waits. StorageError."""
        while (ticket := self.store.take(user)) is not None:
            try:
                return self._answered(ticket)
            except StorageError:
                self.store.release(ticket)
                raise
            except Exception as error:
                # A mistake of ours after the desk has spoken: this message is given up, the person's
                # next ones are not.
                note("answer_failed", logging.ERROR, error=type(error).__name__, event=ticket.event_id)
                self.store.finish(ticket, self.store.talk(ticket.user, self._now()), self._now())
        return None

    def _answered(self, ticket: Ticket) -> _Answer:
        started = stopwatch()
        talk = self.store.talk(ticket.user, self._now())
        reply, after = self._respond(ticket, talk)
        return _Answer(ticket, reply, messages_of(reply), after, started)

    def _finish_and_next(self, answer: _Answer, outcome: _Outcome) -> _Answer | None:
        """In one hop between threads: nearly always there is no next one."""
        try:
            self._finish(answer, outcome)
        except StorageError:
            self.store.release(answer.ticket)
            raise
        except Exception as error:
            # As in `_next`: whatever the mistake, the person's next messages are answered.
            note("answer_failed", logging.ERROR, error=type(error).__name__, event=answer.ticket.event_id)
            self.store.finish(answer.ticket, answer.talk, self._now())
        return self._next(answer.ticket.user)

    def _finish(self, answer: _Answer, outcome: _Outcome) -> None:
        """A reply that arrived takes its notice out of the outbox, in one commit with the ticket's end.

        One that surely did not has its notice pushed at once; where nobody can know, it is pushed too:
        a booking told twice is better than one never told. A crash before the end of the ticket leaves
        the notice to be pushed by itself, TOKEN_SECONDS after the booking. Any other answer that did not
        arrive is spoken of when the person writes next.
        """
        ticket, reply, now = answer.ticket, answer.reply, self._now()
        if reply.told and not outcome.arrived:
            self.store.transact(lambda pages: hasten(pages, reply.told, now))
        is_lost = not outcome.arrived and not reply.told and outcome.status != 204
        talk = replace(answer.talk, missed=True) if is_lost else answer.talk
        self.store.finish(ticket, talk, now, told=reply.told if outcome.arrived else ())
        note(
            "answered",
            event=ticket.event_id,
            entry=reply.entry,
            band=reply.band,
            room=reply.room,
            status=outcome.status,
            ms=round((stopwatch() - answer.started) * 1000, 1),
        )

    def _respond(self, ticket: Ticket, talk: Talk) -> tuple[Reply, Talk]:
        if not isinstance(ticket.said, Slipped) and self._pace.is_too_fast(ticket.user, ticket.at):
            return self._slower(talk), talk
        edition = self.library.edition
        cases = _Cases(self.store, ticket.event_id, ticket.at)
        reception = self._reception(ticket, talk, edition)
        desk = Desk(edition.catalogue, edition.recall, cases, reception, self.calendar)
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

    def _slower(self, talk: Talk) -> Reply:
        return Reply((Bubble(self._speaker(talk.lang).prompt("too_fast")),), room="too_fast")

    def _from_memory(self, said: Said, lang: Lang) -> Reply:
        """What can be said without the store: the warning for a slip, and the phone line."""
        speak = self._speaker(lang)
        first = "slip" if isinstance(said, Slipped) else "busy"
        return Reply((Bubble(speak.prompt(first)), hand_over(speak, self.clock.now(), "")), room="memory")

    def _speaker(self, lang: Lang) -> Speaker:
        today = self.clock.now().astimezone(JST).date()
        return Speaker(self.library.edition.catalogue, lang, today)
