"""The ledger in the desk's own file: read beside the writer, written by a second process."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, LifoQueue
from typing import TypeVar

from bot.store.base import StorageError
from bot.store.sqlite_pages import SCHEMA, SqlPages, connect, isolated, read_due, read_shelf
from bot.store.sqlite_people import Person, read_person
from intents.ledger.pages import Json, Pages, Shelf

T = TypeVar("T")


@contextmanager
def translated() -> Iterator[None]:
    """Whatever SQLite raises comes out as StorageError, without the data of the call."""
    try:
        yield
    except sqlite3.Error as error:
        raise StorageError(type(error).__name__) from None


class Readers:
    """Connections that only read, one for each thread at work: in WAL they wait for no writer."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle: LifoQueue[sqlite3.Connection] = LifoQueue()
        self._closed = False

    def read(self, work: Callable[[Pages], T]) -> T:
        with self._one() as db:
            db.execute("BEGIN")  # one snapshot for all that `work` reads
            try:
                return work(SqlPages(db))
            finally:
                db.execute("COMMIT")

    def person(self, user: str) -> Person:
        with self._one() as db:
            return read_person(db, user)

    def shelf(self, name: Shelf) -> dict[str, Json]:
        with self._one() as db:
            return read_shelf(db, name)

    def due(self, name: Shelf, until: int, limit: int) -> list[str]:
        with self._one() as db:
            return read_due(db, name, until, limit)

    @contextmanager
    def _one(self) -> Iterator[sqlite3.Connection]:
        if self._closed:
            raise StorageError("closed")
        with translated():
            db = self._idle_or_new()
            try:
                yield db
            finally:
                self._idle.put(db)
                if self._closed:
                    self.close()

    def _idle_or_new(self) -> sqlite3.Connection:
        try:
            return self._idle.get_nowait()
        except Empty:
            db = connect(self._path)
            db.execute("PRAGMA query_only=ON")
            return db

    def close(self) -> None:
        self._closed = True
        while True:
            try:
                self._idle.get_nowait().close()
            except Empty:
                return


class SqliteLedger:
    """base.Ledger on a file that a running desk may have open: a second writer, no lanes."""

    def __init__(self, path: Path) -> None:
        """Opens or makes the file. StorageError where it cannot."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._alone = threading.Lock()
        with translated():
            self._db = connect(path)
            self._db.executescript(SCHEMA)
        self._readers = Readers(path)

    def transact(self, work: Callable[[Pages], T]) -> T:
        with self._alone, translated():
            self._db.execute("BEGIN IMMEDIATE")
            try:
                result = isolated(self._db, work)
                self._db.execute("COMMIT")
            finally:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
            return result

    def read(self, work: Callable[[Pages], T]) -> T:
        return self._readers.read(work)

    def shelf(self, name: Shelf) -> dict[str, Json]:
        return self._readers.shelf(name)

    def due(self, name: Shelf, until: int, limit: int = 100) -> list[str]:
        return self._readers.due(name, until, limit)

    def close(self) -> None:
        self._readers.close()
        self._db.close()
