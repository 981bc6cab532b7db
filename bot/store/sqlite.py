"""The embedded store: one file, one process, one writer that commits in groups.

WAL with synchronous=FULL: a commit is on the disk before anybody is told. The writer takes all
waiting operations into one commit, so that the price of a sync is shared. This process is the only
one that writes, so the people it has just seen are answered for from memory.
"""

from __future__ import annotations

import fcntl
import json
import sqlite3
import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, replace
from pathlib import Path
from queue import SimpleQueue
from typing import Any

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
from intents.guard import Shape
from intents.reference import reference
from intents.talk import Talk

_SCHEMA = """
-- A row is a ticket until it is answered; then its text and user are erased and the id stays.
CREATE TABLE IF NOT EXISTS events (
    seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, at INTEGER NOT NULL,
    user TEXT, message TEXT, token TEXT, said TEXT);
CREATE INDEX IF NOT EXISTS tickets ON events (user) WHERE said IS NOT NULL;
CREATE TABLE IF NOT EXISTS people (
    user TEXT PRIMARY KEY, talk TEXT NOT NULL, touched INTEGER NOT NULL,
    shape TEXT NOT NULL, shaped INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS cases (code TEXT PRIMARY KEY, at INTEGER NOT NULL, body TEXT NOT NULL);
"""
_ERASE = "UPDATE events SET user = NULL, message = NULL, token = NULL, said = NULL"
_GROUP = 256  # operations in one commit
_REMEMBERED = 20_000  # people
_WAIT = 10.0  # seconds a caller waits for its commit

Operation = Callable[[sqlite3.Connection], Any]
After = Callable[[Any], None]


class _Job:
    """An operation for the writer; `after` runs in the writer between the commit and the telling.

    A lock and not a Future: there is one for every event, and a Future costs ten times as much.
    """

    __slots__ = ("_told", "after", "error", "operation", "result")

    def __init__(self, operation: Operation, after: After | None = None) -> None:
        self.operation, self.after = operation, after
        self.result: Any = None
        self.error: str | None = None
        self._told = threading.Lock()
        self._told.acquire()

    def tell(self, result: Any = None, error: str | None = None) -> None:
        self.result, self.error = result, error
        self._told.release()

    def wait(self) -> Any:
        """The result once it is on the disk. StorageError where it is not."""
        if not self._told.acquire(timeout=_WAIT):
            raise StorageError("timeout")
        if self.error is not None:
            raise StorageError(self.error)
        return self.result


@dataclass(frozen=True, slots=True)
class _Person:
    talk: Talk = Talk()
    touched: int = 0
    shape: Shape = Shape()
    shaped: int = 0


class SqliteStore:
    """The promises of base.Store on one SQLite file."""

    def __init__(self, path: Path) -> None:
        """Opens or makes the file. StorageError where it cannot, or another process has it."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._lock_file = _lock(path)
        self._path = path
        self._queue: SimpleQueue[_Job | None] = SimpleQueue()
        self._memory = threading.Lock()
        self._people: OrderedDict[str, _Person] = OrderedDict()
        self._lanes: dict[str, deque[Ticket]] = {}
        self._busy: set[str] = set()
        ready: Future[None] = Future()
        self._writer = threading.Thread(target=self._write, args=(ready,), name="store", daemon=True)
        self._writer.start()
        ready.result()

    # --- the writer

    def _write(self, ready: Future[None]) -> None:
        try:
            db = _open(self._path)
            self._load_lanes(db)
        except sqlite3.Error as error:
            ready.set_exception(StorageError(type(error).__name__))
            return
        ready.set_result(None)
        while (first := self._queue.get()) is not None:
            group = [first]
            while len(group) < _GROUP and not self._queue.empty():
                following = self._queue.get()
                if following is None:
                    self._queue.put(None)
                    break
                group.append(following)
            _commit(db, group)
        db.close()

    def _load_lanes(self, db: sqlite3.Connection) -> None:
        rows = db.execute(
            "SELECT id, user, message, token, at, said FROM events WHERE said IS NOT NULL ORDER BY seq"
        )
        for event_id, user, message, token, at, said in rows:
            glance = Glance(_person(db, user).talk.asked)
            read = said_from_json(json.loads(said), glance, at)
            if read is not None:
                ticket = Ticket(event_id, user, read, token, at, message)
                self._lanes.setdefault(user, deque()).append(ticket)

    def _submit(self, job: _Job) -> _Job:
        if not self._writer.is_alive():
            raise StorageError("closed")
        self._queue.put(job)
        return job

    def _done(self, operation: Operation, after: After | None = None) -> Any:
        return self._submit(_Job(operation, after)).wait()

    # --- promises

    def glance(self, user: str, now: int) -> Glance:
        person = self._seen(user)
        fresh = now - person.shaped <= SHAPE_SECONDS
        return Glance(aged(person.talk, person.touched, now).asked, person.shape if fresh else Shape())

    def admit(self, ticket: Ticket, shape: Shape) -> bool:
        said = json.dumps(said_to_json(ticket.said), ensure_ascii=False, separators=(",", ":"))
        person = self._seen(ticket.user)
        shaped = shape != person.shape

        def insert(db: sqlite3.Connection) -> bool:
            new = db.execute(
                "INSERT OR IGNORE INTO events (id, at, user, message, token, said) VALUES (?,?,?,?,?,?)",
                (ticket.event_id, ticket.at, ticket.user, ticket.message_id, ticket.reply_token, said),
            )
            if new.rowcount == 0:
                return False
            if shaped:
                with self._memory:
                    changed = self._changed(ticket.user, shape=shape, shaped=ticket.at)
                _save(db, ticket.user, changed)
            return True

        def queue(admitted: bool) -> None:
            # In the writer, so that lanes fill in the order of the commits.
            if admitted:
                with self._memory:
                    self._lanes.setdefault(ticket.user, deque()).append(ticket)

        return bool(self._done(insert, queue))

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

    def finish(self, ticket: Ticket, talk: Talk, now: int) -> None:
        """Does not wait for the disk: finishing twice is harmless, a reply token serves once."""
        with self._memory:
            self._busy.discard(ticket.user)
            lane = self._lanes.get(ticket.user)
            if not lane or lane[0].event_id != ticket.event_id:
                return  # forgotten or unsent meanwhile: nothing of it is to come back
            lane.popleft()
            if not lane:
                del self._lanes[ticket.user]
            person = self._changed(ticket.user, talk=talk, touched=now)

            def erase(db: sqlite3.Connection) -> None:
                db.execute(f"{_ERASE} WHERE id = ?", (ticket.event_id,))
                _save(db, ticket.user, person)

            # Queued under the lock, so that a forgetting that comes after is also written after.
            self._submit(_Job(erase))

    def release(self, ticket: Ticket) -> None:
        with self._memory:
            self._busy.discard(ticket.user)

    def waiting(self) -> list[str]:
        with self._memory:
            return [user for user in self._lanes if user not in self._busy]

    def forget(self, user: str) -> None:
        def erase(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM people WHERE user = ?1 OR user GLOB ?1 || '.*'", (user,))
            db.execute(f"{_ERASE} WHERE user = ?1 OR user GLOB ?1 || '.*'", (user,))

        self._drop(user)
        self._done(erase)
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

        self._done(erase)
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

        return str(self._done(insert))

    def case(self, code: str) -> Case | None:
        row = self._done(lambda db: db.execute("SELECT body FROM cases WHERE code = ?", (code,)).fetchone())
        return case_from_json(code, json.loads(row[0])) if row else None

    def sweep(self, now: int) -> None:
        day = 86_400

        def erase(db: sqlite3.Connection) -> None:
            db.execute("DELETE FROM events WHERE at < ? AND said IS NULL", (now - EVENT_DAYS * day,))
            db.execute("DELETE FROM cases WHERE at < ?", (now - CASE_DAYS * day,))
            db.execute("DELETE FROM people WHERE max(touched, shaped) < ?", (now - PERSON_DAYS * day,))

        self._done(erase)
        # Erased text must leave the journal too; outside a transaction, so by itself.
        self._done(_Checkpoint())

    def ping(self) -> None:
        self._done(lambda db: db.execute("SELECT 1 FROM events LIMIT 1").fetchone())

    def close(self) -> None:
        """Everything queued is written; then the file is free for another process."""
        self._queue.put(None)
        self._writer.join()
        self._lock_file.close()

    # --- people, from memory where they were just seen

    def _seen(self, user: str) -> _Person:
        with self._memory:
            person = self._people.get(user)
            if person is not None:
                self._people.move_to_end(user)
                return person
        person = self._done(lambda db: _person(db, user))
        with self._memory:
            return self._people.setdefault(user, person)

    def _changed(self, user: str, **changes: Any) -> _Person:
        """The person with changes, remembered. The caller holds the lock."""
        person = replace(self._people.get(user) or _Person(), **changes)
        self._people[user] = person
        self._people.move_to_end(user)
        while len(self._people) > _REMEMBERED:
            self._people.popitem(last=False)
        return person


class _Checkpoint:
    """Marks the one operation that must run outside a transaction."""

    def __call__(self, db: sqlite3.Connection) -> None:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _lock(path: Path) -> Any:
    file = open(path.with_name(path.name + ".lock"), "w")  # noqa: SIM115 - held while the store lives
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        file.close()
        raise StorageError("another process has this store") from None
    return file


def _open(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    db.execute("PRAGMA secure_delete=ON")  # erased text is overwritten, not merely unlinked
    db.executescript(_SCHEMA)
    return db


def _commit(db: sqlite3.Connection, group: list[_Job]) -> None:
    """One transaction for all; if it fails, nobody is told yes."""
    results: list[Any] = []
    try:
        db.execute("BEGIN IMMEDIATE")
        for job in group:
            if isinstance(job.operation, _Checkpoint):
                db.execute("COMMIT")
                job.operation(db)
                db.execute("BEGIN IMMEDIATE")
                results.append(None)
            else:
                results.append(job.operation(db))
        db.execute("COMMIT")
    except Exception as error:
        # Whatever one operation did wrong: the writer must live, and nobody may be told yes.
        if db.in_transaction:
            db.execute("ROLLBACK")
        for job in group:
            job.tell(error=type(error).__name__)
        return
    for job, result in zip(group, results, strict=True):
        if job.after is not None:
            job.after(result)
        job.tell(result)


def _person(db: sqlite3.Connection, user: str) -> _Person:
    row = db.execute("SELECT talk, touched, shape, shaped FROM people WHERE user = ?", (user,)).fetchone()
    if row is None:
        return _Person()
    return _Person(Talk.from_json(json.loads(row[0])), row[1], Shape.from_json(json.loads(row[2])), row[3])


def _save(db: sqlite3.Connection, user: str, person: _Person) -> None:
    talk = json.dumps(person.talk.to_json(), ensure_ascii=False, separators=(",", ":"))
    shape = json.dumps(person.shape.to_json(), separators=(",", ":"))
    db.execute(
        "INSERT OR REPLACE INTO people VALUES (?,?,?,?,?)",
        (user, talk, person.touched, shape, person.shaped),
    )
