"""The one writer of a file: all operations that wait go into one commit, so a sync's price is shared."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from queue import SimpleQueue
from typing import Any, NoReturn, TypeVar

from bot.store.base import StorageError
from bot.store.sqlite_pages import isolated
from intents.ledger.pages import Pages

_GROUP = 256  # operations in one commit
_WAIT = 10.0  # seconds a caller waits for its commit

T = TypeVar("T")
Operation = Callable[[sqlite3.Connection], Any]
After = Callable[[Any], None]


class Job:
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


class _Promised(Job):
    """A job that tells a future."""

    __slots__ = ("_promise",)

    def __init__(self, operation: Operation, after: After | None, promise: Future[Any]) -> None:
        super().__init__(operation, after)
        self._promise = promise
        promise.set_running_or_notify_cancel()  # it is done whether or not anybody still waits

    def tell(self, result: Any = None, error: str | None = None) -> None:
        super().tell(result, error)
        if error is None:
            self._promise.set_result(result)
        else:
            self._promise.set_exception(StorageError(error))


class Checkpoint:
    """Empties the journal, in which erased text still stands; it runs outside a transaction.

    Its result: whether it is empty. It is not while a reader still looks at it.
    """

    def __init__(self, *, compact: bool = False) -> None:
        """`compact`: write the file anew first. SQLite overwrites what it deletes, but not the copies that
        it leaves in its pages when it moves rows between them."""
        self._compact = compact

    def __call__(self, db: sqlite3.Connection) -> bool:
        if self._compact:
            db.execute("VACUUM")
        busy, _, _ = db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy


class Writer:
    """A thread with its own connection, which does jobs in the order in which they come."""

    def __init__(self, opened: Callable[[], sqlite3.Connection]) -> None:
        """`opened` makes the connection, in the thread. StorageError where it cannot."""
        self._queue: SimpleQueue[Job | None] = SimpleQueue()
        ready: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, args=(opened, ready), name="store", daemon=True)
        self._thread.start()
        ready.result()

    def _run(self, opened: Callable[[], sqlite3.Connection], ready: Future[None]) -> None:
        try:
            db = opened()
        except sqlite3.Error as error:
            ready.set_exception(StorageError(type(error).__name__))
            return
        ready.set_result(None)
        while (first := self._queue.get()) is not None:
            _commit(db, self._group(first))
        db.close()

    def _group(self, first: Job) -> list[Job]:
        """`first` and what waits behind it."""
        group = [first]
        while len(group) < _GROUP and not self._queue.empty():
            following = self._queue.get()
            if following is None:
                self._queue.put(None)
                break
            group.append(following)
        return group

    def submit(self, job: Job) -> Job:
        if not self._thread.is_alive():
            raise StorageError("closed")
        self._queue.put(job)
        return job

    def done(self, operation: Operation, after: After | None = None) -> Any:
        """The operation's result, once it is on the disk. StorageError where it is not."""
        return self.submit(Job(operation, after)).wait()

    def promised(self, operation: Operation, after: After | None = None) -> Future[Any]:
        """As `done`, but a future in place of waiting: for who must not wait."""
        promise: Future[Any] = Future()
        self.submit(_Promised(operation, after, promise))
        return promise

    def transact(self, work: Callable[[Pages], T]) -> T:
        """base.Ledger.transact, in one commit with whatever else waits."""
        result: Callable[[], T] = self.done(partial(_kept, work))
        return result()

    def close(self) -> None:
        """Returns once everything queued is written."""
        self._queue.put(None)
        self._thread.join()


def _commit(db: sqlite3.Connection, group: list[Job]) -> None:
    """One transaction for all; if it fails, nobody is told yes."""
    results: list[Any] = []
    try:
        db.execute("BEGIN IMMEDIATE")
        for job in group:
            if isinstance(job.operation, Checkpoint):
                db.execute("COMMIT")
                results.append(job.operation(db))
                db.execute("BEGIN IMMEDIATE")
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


def _kept(work: Callable[[Pages], T], db: sqlite3.Connection) -> Callable[[], T]:
    """The result of `work`, or its error to be raised where it was asked for: its neighbours in the
    commit have nothing to do with it."""
    try:
        result = isolated(db, work)
    except Exception as error:
        if not db.in_transaction:
            raise  # the disk is full or broken: that is everybody's
        failure = StorageError(type(error).__name__) if isinstance(error, sqlite3.Error) else error
        return partial(_raise, failure)
    return lambda: result


def _raise(error: Exception) -> NoReturn:
    raise error
