"""The embedded store: one file, one process, one writer that commits in groups.

WAL with synchronous=FULL: a commit is on the disk before anybody is told. The writer takes all
waiting operations into one commit, so that the price of a sync is shared. No other process writes
tickets or people (the operator's commands write the ledger alone), so the people just seen are
answered for from memory.
"""

from __future__ import annotations

import fcntl
import json
import sqlite3
import threading
from collections import OrderedDict, deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from bot.store.base import (
    CASE_DAYS,
    EVENT_DAYS,
    PERSON_DAYS,
    SHAPE_SECONDS,
    Case,
    Glance,
    StorageError,
    Ticket,
    aged,
    case_from_json,
    case_to_json,
    is_of,
    said_from_json,
    said_to_json,
)
from bot.store.sqlite_ledger import Readers
from bot.store.sqlite_pages import SCHEMA, SqlPages, connect
from bot.store.sqlite_people import PEOPLE, Person, forget_talks, read_person, save_person
from bot.store.sqlite_writer import Checkpoint, Job, Writer
from bot.store.sweeping import sweep_pages
from intents.guard import Shape
from intents.ledger.pages import Json, Pages, Shelf
from intents.reference import reference
from intents.talk import Said, Talk

_SCHEMA = """
-- A row is a ticket until it is answered; then its text and user are erased and the id stays.
CREATE TABLE IF NOT EXISTS events (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL,
    user TEXT, message TEXT, token TEXT, said TEXT, address TEXT);
CREATE INDEX IF NOT EXISTS tickets ON events (user) WHERE said IS NOT NULL;
CREATE TABLE IF NOT EXISTS cases (code TEXT PRIMARY KEY, at INTEGER NOT NULL, body TEXT NOT NULL);
"""
_ERASE = "UPDATE events SET user = NULL, message = NULL, token = NULL, said = NULL, address = NULL"
COMPACT_SECONDS = 3600  # between two rewritings of the file; a talk is out of it that long after its end
_REMEMBERED = 20_000  # people

T = TypeVar("T")


class SqliteStore:
    """The promises of base.Store on one SQLite file."""

    is_at_hand = True

    def __init__(self, path: Path) -> None:
        """Opens or makes the file. StorageError where it cannot, or another process has it."""
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = path.resolve()  # through whatever link: the file is locked, not its name
        self._lock_file = _lock(path)
        self._memory = threading.Lock()
        self._people: OrderedDict[str, Person] = OrderedDict()
        self._lanes: dict[str, deque[Ticket]] = {}
        self._busy: set[str] = set()
        self._compacted = 0
        self._writer = Writer(lambda: self._opened(path))
        self._readers = Readers(path)
        self._path, self._file = path, _file_id(path)

    def _opened(self, path: Path) -> sqlite3.Connection:
        db = _open(path)
        self._load_lanes(db)
        return db

    def _load_lanes(self, db: sqlite3.Connection) -> None:
        rows = db.execute(
            "SELECT id, user, message, token, at, said, address FROM events"
            " WHERE said IS NOT NULL ORDER BY seq"
        )
        for event_id, user, message, token, at, said, address in rows:
            glance = Glance(read_person(db, user).talk.asked)
            read = said_from_json(json.loads(said), glance, at)
            if read is not None:
                ticket = Ticket(event_id, user, read, token, at, message, address or "")
                self._lanes.setdefault(user, deque()).append(ticket)

    # --- promises

    def knows(self, user: str) -> bool:
        return self._seen(user) != Person() or self._readers.read(
            lambda pages: pages.get("person", user) is not None
        )

    def glance(self, user: str, now: int) -> Glance:
        person = self._seen(user)
        fresh = now - person.shaped <= SHAPE_SECONDS
        return Glance(aged(person.talk, person.touched, now).asked, person.shape if fresh else Shape())

    def admit(self, ticket: Ticket, shape: Shape) -> bool:
        return self.admit_all([(ticket, shape)]).result()[0]

    def admit_all(self, admitted: Sequence[tuple[Ticket, Shape]]) -> Future[list[bool]]:
        work = [
            (ticket, _written(ticket.said), shape if shape != self._seen(ticket.user).shape else None)
            for ticket, shape in admitted
        ]

        def insert(db: sqlite3.Connection) -> list[bool]:
            return [self._insert(db, *one) for one in work]

        def queue(new: list[bool]) -> None:
            # In the writer, so that lanes fill in the order of the commits.
            with self._memory:
                for (ticket, _), is_new in zip(admitted, new, strict=True):
                    if is_new:
                        self._lanes.setdefault(ticket.user, deque()).append(ticket)

        return self._writer.promised(insert, queue)

    def _insert(self, db: sqlite3.Connection, ticket: Ticket, said: str, shape: Shape | None) -> bool:
        """Whether the event is new. `shape`: the person's, where it has changed."""
        new = db.execute(
            "INSERT OR IGNORE INTO events (id, at, user, message, token, said, address) VALUES (?,?,?,?,?,?,?)",
            (
                *(ticket.event_id, ticket.at, ticket.user, ticket.message_id),
                *(ticket.reply_token, said, ticket.address),
            ),
        )
        if new.rowcount == 0:
            return False
        if shape is not None:
            with self._memory:
                changed = self._changed(ticket.user, shape=shape, shaped=ticket.at)
            save_person(db, ticket.user, changed)
        return True

    def keep(self, ticket: Ticket) -> None:
        """One process has the file, and knows who is at work."""

    def take(self, user: str) -> Ticket | None:
        with self._memory:
            lane = self._lanes.get(user)
            if user in self._busy or not lane:
                return None
            self._busy.add(user)
            return lane[0]

    def talk(self, user: str, now: int) -> Talk:
        person = self._seen(user)
        return aged(person.talk, person.touched, now)

    def finish(self, ticket: Ticket, talk: Talk, now: int, told: tuple[str, ...] = ()) -> None:
        """Waits for the disk only where something was told: finishing twice is harmless, a reply
        token serves once, but a notice that came back would be said twice."""
        with self._memory:
            person = self._left_lane(ticket, talk, now)
            if person is None and not told:
                return

            def erase(db: sqlite3.Connection) -> None:
                for notice in told:
                    SqlPages(db).put("notice", notice, None)
                if person is not None:
                    db.execute(f"{_ERASE} WHERE id = ?", (ticket.event_id,))
                    save_person(db, ticket.user, person)

            # Queued under the lock, so that a forgetting that comes after is also written after.
            job = self._writer.submit(Job(erase))
        if told:
            job.wait()

    def _left_lane(self, ticket: Ticket, talk: Talk, now: int) -> Person | None:
        """The person after her ticket; None where it was forgotten or unsent meanwhile: nothing of it
        is to come back. The caller holds the lock."""
        self._busy.discard(ticket.user)
        lane = self._lanes.get(ticket.user)
        if not lane or lane[0].event_id != ticket.event_id:
            return None
        lane.popleft()
        if not lane:
            del self._lanes[ticket.user]
        return self._changed(ticket.user, talk=talk, touched=now)

    def release(self, ticket: Ticket) -> None:
        with self._memory:
            self._busy.discard(ticket.user)

    def waiting(self) -> list[str]:
        with self._memory:
            return [user for user in self._lanes if user not in self._busy]

    def forget(self, user: str) -> None:
        def erase(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM people WHERE user = :user OR user GLOB :user || '.*'", {"user": user})
            db.execute(f"{_ERASE} WHERE user = :user OR user GLOB :user || '.*'", {"user": user})

        self._drop(user)
        self._writer.done(erase)
        self._drop(user)  # who was read again from the disk meanwhile

    def _drop(self, user: str) -> None:
        with self._memory:
            for memory in (self._people, self._lanes):
                for key in [key for key in memory if is_of(key, user)]:
                    del memory[key]

    def withdraw(self, message_id: str) -> None:
        if not message_id:
            return

        def erase(db: sqlite3.Connection) -> None:
            db.execute(f"{_ERASE} WHERE message = ?", (message_id,))

        self._writer.done(erase)
        self._writer.done(Checkpoint())  # where the journal is being read, the next sweep empties it
        with self._memory:
            for user, lane in list(self._lanes.items()):
                kept = deque(ticket for ticket in lane if ticket.message_id != message_id)
                self._lanes[user] = kept
                if not kept:
                    del self._lanes[user]

    def open_case(self, case: Case, seed: str) -> str:
        def insert(db: sqlite3.Connection) -> str:
            body = json.dumps(case_to_json(case), ensure_ascii=False)
            if case.code:
                db.execute("INSERT OR REPLACE INTO cases VALUES (?,?,?)", (case.code, case.at, body))
                return case.code
            for attempt in range(1000):
                code = reference(f"{seed}/{attempt}".encode())
                new = db.execute("INSERT OR IGNORE INTO cases VALUES (?,?,?)", (code, case.at, body))
                if new.rowcount:
                    return code
            raise sqlite3.IntegrityError("no free case code")

        return str(self._writer.done(insert))

    def case(self, code: str) -> Case | None:
        row = self._writer.done(
            lambda db: db.execute("SELECT body FROM cases WHERE code = ?", (code,)).fetchone()
        )
        return case_from_json(code, json.loads(row[0])) if row else None

    def sweep(self, now: int) -> None:
        day = 86_400

        def erase(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM events WHERE at < ? AND said IS NULL", (now - EVENT_DAYS * day,))
            db.execute("DELETE FROM cases WHERE at < ?", (now - CASE_DAYS * day,))
            db.execute("DELETE FROM people WHERE max(touched, shaped) < ?", (now - PERSON_DAYS * day,))

        self._writer.done(erase)
        self._forget_talks(now)
        sweep_pages(self, now)
        is_time = not self._compacted <= now < self._compacted + COMPACT_SECONDS  # also where the clock went back
        self._empty_journal(compact=is_time)
        self._compacted = now if is_time else self._compacted

    def _forget_talks(self, now: int) -> None:
        """What people said hours ago, on the disk and in memory."""
        with self._memory:
            for user in [user for user, one in self._people.items() if one.is_over(now)]:
                if user not in self._busy and user not in self._lanes:
                    del self._people[user]
        while self._writer.done(lambda db: forget_talks(db, now)):
            pass

    def _empty_journal(self, *, compact: bool) -> None:
        """Erased text must leave the journal too; where somebody reads it, the next round tries again."""
        if not self._writer.done(Checkpoint(compact=compact)):
            raise StorageError("the journal is being read")

    def transact(self, work: Callable[[Pages], T]) -> T:
        return self._writer.transact(work)

    def read(self, work: Callable[[Pages], T]) -> T:
        return self._readers.read(work)

    def shelf(self, name: Shelf) -> dict[str, Json]:
        return self._readers.shelf(name)

    def due(self, name: Shelf, until: int, limit: int = 100) -> list[str]:
        return self._readers.due(name, until, limit)

    def ping(self) -> None:
        if _file_id(self._path) != self._file:
            raise StorageError("the file is gone")
        self._writer.done(_write_and_take_back)

    def close(self) -> None:
        """Everything queued is written; then the file is free for another process."""
        self._writer.close()
        self._readers.close()
        self._lock_file.close()

    # --- people, from memory where they were just seen

    def _seen(self, user: str) -> Person:
        with self._memory:
            person = self._people.get(user)
            if person is not None:
                self._people.move_to_end(user)
                return person
        person = self._readers.person(user)
        with self._memory:
            return self._people.setdefault(user, person)

    def _changed(self, user: str, **changes: Any) -> Person:
        """The person with changes, remembered. The caller holds the lock."""
        person = replace(self._people.get(user) or Person(), **changes)
        self._people[user] = person
        self._people.move_to_end(user)
        while len(self._people) > _REMEMBERED:
            self._people.popitem(last=False)
        return person


def _written(said: Said) -> str:
    return json.dumps(said_to_json(said), ensure_ascii=False, separators=(",", ":"))


def _file_id(path: Path) -> tuple[int, int] | None:
    """Which file lies at `path`: one that is put in its place is another, and nobody writes to it."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_dev, stat.st_ino


def _write_and_take_back(db: sqlite3.Connection) -> None:
    """Through all tables that an admission needs; a full disk or a corrupt page shows here."""
    db.execute("INSERT OR REPLACE INTO events (id, at) VALUES ('ping', 0)")
    db.execute("DELETE FROM events WHERE id = 'ping'")
    db.execute("SELECT talk FROM people WHERE user = ''").fetchone()


def _lock(path: Path) -> Any:
    file = open(path.with_name(path.name + ".lock"), "w")  # noqa: SIM115 - held while the store lives
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise StorageError("another process has this store") from None
    return file


def _open(path: Path) -> sqlite3.Connection:
    db = connect(path)
    path.chmod(0o600)  # its journal takes the same rights
    db.executescript(_SCHEMA + PEOPLE + SCHEMA)
    if "address" not in {name for _, name, *_ in db.execute("PRAGMA table_info(events)")}:  # a file of the first version
        db.execute("ALTER TABLE events ADD COLUMN address TEXT")
    return db
