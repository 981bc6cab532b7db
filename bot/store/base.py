"""What every store promises. `sqlite.py` and `redis.py` keep the same promises; one suite tests both.

* `admit` is durable when it returns True, and returns True once for an event id, whatever the number
  of copies, threads, processes and restarts.
* One user's tickets are taken in the order of their admission, one at a time.
* A finished ticket's text is erased; its event id stays for EVENT_DAYS.
* The store forgets by itself: talks after TALK_HOURS, but for the language; shapes after SHAPE_SECONDS.
  Forgotten is erased from the bytes on the disk, at the latest by the next sweep (Redis: rewriting).
* The booking ledger: the rules are written once, over `Pages`; a store makes a transaction on them
  whole, durable and alone, and refuses by itself to give a standing booking's place away.

All moments are epoch seconds, passed in. Whatever a backend raises comes out as StorageError.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Protocol, TypeVar

from intents.guard import Asked, Context, Kind, Refusal, SafeText, Shape, judge
from intents.ledger.pages import Json, Pages, Shelf
from intents.model import LANGS, Lang
from intents.talk import Followed, Located, Said, Sent, Slipped, Talk, Typed, parse_tap

EVENT_DAYS = 3  # LINE redelivers for a time it does not publish; tokens die after 20 minutes
TALK_HOURS = 3
PERSON_DAYS = 90  # the chosen language stays this long after the last message
CASE_DAYS = 14
SHAPE_SECONDS = 300

T = TypeVar("T")


class StorageError(Exception):
    """The store could not do what it promises. Carries no data of the call."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """A safe event that waits for its answer. `user` is the keyed hash, never the id itself.

    `address` is the sealed LINE id, for what must be pushed later; erased with the ticket.
    """

    event_id: str
    user: str
    said: Said
    reply_token: str
    at: int
    message_id: str = ""
    address: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Glance:
    """What the guard needs to know of a person: what the bot has asked, the shape of what came."""

    asked: Asked = Asked.NOTHING
    shape: Shape = Shape()


@dataclass(frozen=True, slots=True)
class Case:
    """A handoff as the operator sees it: topic and what was tried, never typed text."""

    code: str
    topic: str
    tried: tuple[str, ...]
    lang: Lang
    at: int


class Ledger(Protocol):
    """The booking ledger alone: what the operator's commands open beside the running desk."""

    def transact(self, work: Callable[[Pages], T]) -> T:
        """Runs `work` over one transaction; what it wrote is durable when this returns its result.

        `work` may run several times, so its writes to the pages must be its only effect. What it
        raises comes out as it is, and nothing that it wrote is kept. StorageError: the store could
        not, or refused by its own constraints; nothing is written, unless the answer was lost on the
        way, which is why requests are remembered under their id (`intents.pages.once`).
        """

    def read(self, work: Callable[[Pages], T]) -> T:
        """Runs `work`, which writes nothing, over pages of one moment, all of them committed."""

    def shelf(self, name: Shelf) -> dict[str, Json]:
        """Key → page: a committed snapshot of one shelf. Waits behind no writer."""

    def due(self, name: Shelf, until: int, limit: int = 100) -> list[str]:
        """Keys of up to `limit` pages whose "due" is `until` (epoch seconds) or before, soonest first."""

    def close(self) -> None: ...


class Store(Ledger, Protocol):
    is_at_hand: bool  # `glance` waits for no network

    def knows(self, user: str) -> bool:
        """Whether anything is kept of `user`: a talk, a ticket, a booking."""

    def glance(self, user: str, now: int) -> Glance:
        """For the guard, before anything is written."""

    def admit_all(self, admitted: Sequence[tuple[Ticket, Shape]]) -> Future[list[bool]]:
        """Keep the tickets durably, in one commit; per ticket False where its event was seen before.

        Returns at once; the future fails with StorageError. The shape is the person's after the message.
        """

    def admit(self, ticket: Ticket, shape: Shape) -> bool:
        """`admit_all` for one, waited for."""

    def keep(self, ticket: Ticket) -> None:
        """The ticket is still being answered: nobody else takes it up for another while."""

    def take(self, user: str) -> Ticket | None:
        """The user's oldest ticket, if nobody is at work on this user's; None else."""

    def talk(self, user: str, now: int) -> Talk:
        """The talk so far; a fresh one, with the chosen language, after TALK_HOURS."""

    def finish(self, ticket: Ticket, talk: Talk, now: int, told: tuple[str, ...] = ()) -> None:
        """The ticket is answered: erase its text, remember the talk, free the user's lane.

        `told`: the pages of shelf "notice" that the answer has told; erased in the same commit, which
        is then on the disk when this returns.
        """

    def release(self, ticket: Ticket) -> None:
        """Give a taken ticket back unanswered, to be taken again."""

    def waiting(self) -> list[str]:
        """Users with tickets that nobody is at work on: to be taken up after a crash."""

    def forget(self, user: str) -> None:
        """Erase what is kept of `user`, and of everybody in the group `user`: talk, shape, tickets.

        Bookings stay: who unfollows the desk still comes to the visit. They go by the dated rule.
        """

    def withdraw(self, message_id: str) -> None:
        """The message was unsent: erase its unanswered ticket."""

    def open_case(self, case: Case, seed: str) -> str:
        """Note a handoff under `case.code`, or under a new code from `seed`; durable on return."""

    def case(self, code: str) -> Case | None: ...

    def sweep(self, now: int) -> None:
        """Erase everything whose time is over, but for bookings: those go by `delete_booking`."""

    def ping(self) -> None:
        """Does what an admission does, and takes it back. StorageError where the store cannot."""


def said_to_json(said: Said) -> dict[str, Any]:
    match said:
        case Typed(text):
            return {"k": "typed", "t": text.text}
        case Slipped(refusal):
            slip = {"k": "slip", "kind": refusal.kind.value, "scam": refusal.scam}
            return slip | ({"english": True} if refusal.english else {})
        case Sent(kind):
            return {"k": "sent", "kind": kind}
        case Located(latitude, longitude):
            return {"k": "place", "at": [latitude, longitude]}
        case Followed():
            return {"k": "follow"}
        case _:
            return {"k": "tap", "data": said.data}


def said_from_json(data: dict[str, Any], glance: Glance, at: int) -> Said | None:
    """What was said, read back. Text passes the guard again: only it makes SafeText."""
    match data:
        case {"k": "typed", "t": str(text)}:
            outcome = judge(text, Context(glance.asked, Shape(), datetime.fromtimestamp(at, UTC))).outcome
            return Typed(outcome) if isinstance(outcome, SafeText) else Slipped(outcome)
        case {"k": "slip", "kind": str(kind), "scam": bool(scam)}:
            return Slipped(Refusal(Kind(kind), scam, data.get("english") is True))
        case {"k": "sent", "kind": ("image" | "video" | "audio" | "file" | "sticker") as kind}:
            return Sent(kind)
        case {"k": "place", "at": [float(latitude), float(longitude)]}:
            return Located(latitude, longitude)
        case {"k": "follow"}:
            return Followed()
        case {"k": "tap", "data": str(tap)}:
            return parse_tap(tap)
        case _:
            return None


def is_of(user: str, whom: str) -> bool:
    """Whether `user` is `whom`, or speaks in the group `whom`."""
    return user == whom or user.startswith(whom + ".")


def aged(talk: Talk, touched: int, now: int) -> Talk:
    """`talk` as it stands at `now`: after TALK_HOURS only the chosen language is left."""
    return lasting(talk) if now - touched > TALK_HOURS * 3600 else talk


def lasting(talk: Talk) -> Talk:
    """What is left of a talk that is over."""
    return Talk(chosen=talk.chosen, heard=talk.heard)


def case_to_json(case: Case) -> dict[str, Any]:
    return {"topic": case.topic, "tried": list(case.tried), "lang": case.lang, "at": case.at}


def case_from_json(code: str, data: dict[str, Any]) -> Case:
    lang: Lang = data["lang"] if data.get("lang") in LANGS else "ja"
    return Case(code, str(data.get("topic", "")), tuple(data.get("tried", ())), lang, int(data["at"]))
