"""The ledger's pages in SQLite: real tables, whose constraints hold even if the rules are wrong."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from intents.ledger.pages import Json, Pages, Shelf

_WAIT_MS = 5000  # for another process's transaction, which is short

SCHEMA = """
CREATE TABLE IF NOT EXISTS place (
    slot TEXT NOT NULL, desk INTEGER NOT NULL CHECK (desk >= 0),
    holder TEXT NOT NULL CHECK (holder <> ''), until INTEGER NOT NULL CHECK (until >= 0),
    PRIMARY KEY (slot, desk)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS booking (
    reference TEXT PRIMARY KEY CHECK (reference <> ''), slot TEXT NOT NULL,
    people INTEGER NOT NULL CHECK (people BETWEEN 1 AND 9),
    state TEXT NOT NULL CHECK (state IN ('booked', 'cancelled', 'closed')),
    body TEXT NOT NULL, due INTEGER,
    CHECK (people = json_array_length(body, '$.desks'))) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS booking_due ON booking (due) WHERE due IS NOT NULL;
CREATE TABLE IF NOT EXISTS pages (
    shelf TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL, due INTEGER,
    PRIMARY KEY (shelf, key)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS pages_due ON pages (shelf, due) WHERE due IS NOT NULL;

-- A standing booking's place is nobody else's: it goes only after the booking says otherwise.
CREATE TRIGGER IF NOT EXISTS place_is_kept AFTER DELETE ON place
WHEN EXISTS (SELECT 1 FROM booking
    WHERE reference = OLD.holder AND state = 'booked' AND slot = OLD.slot)
BEGIN SELECT RAISE(ABORT, 'place of a standing booking'); END;
CREATE TRIGGER IF NOT EXISTS place_is_not_given_away AFTER UPDATE ON place
WHEN (OLD.holder, OLD.until) <> (NEW.holder, NEW.until) AND EXISTS (SELECT 1 FROM booking
    WHERE reference = OLD.holder AND state = 'booked' AND slot = OLD.slot)
BEGIN SELECT RAISE(ABORT, 'place of a standing booking'); END;

-- A booking stands only on desks that are its own for good.
CREATE TRIGGER IF NOT EXISTS booking_has_its_desks AFTER INSERT ON booking
WHEN NEW.state = 'booked' AND NEW.people <> (SELECT count(*) FROM place
    WHERE slot = NEW.slot AND holder = NEW.reference AND until = 0
    AND desk IN (SELECT value FROM json_each(NEW.body, '$.desks')))
BEGIN SELECT RAISE(ABORT, 'booking without its places'); END;
CREATE TRIGGER IF NOT EXISTS booking_keeps_its_desks AFTER UPDATE ON booking
WHEN NEW.state = 'booked' AND NEW.people <> (SELECT count(*) FROM place
    WHERE slot = NEW.slot AND holder = NEW.reference AND until = 0
    AND desk IN (SELECT value FROM json_each(NEW.body, '$.desks')))
BEGIN SELECT RAISE(ABORT, 'booking without its places'); END;
CREATE TRIGGER IF NOT EXISTS booking_is_not_replaced AFTER UPDATE ON booking
WHEN json_extract(OLD.body, '$.made') <> json_extract(NEW.body, '$.made')
BEGIN SELECT RAISE(ABORT, 'reference of another booking'); END;
"""
_PUT_PLACE = """INSERT INTO place VALUES (?,?,?,?)
    ON CONFLICT DO UPDATE SET holder = excluded.holder, until = excluded.until"""
_PUT_BOOKING = """INSERT INTO booking VALUES (?,?,?,?,?,?)
    ON CONFLICT DO UPDATE SET slot = excluded.slot, people = excluded.people,
    state = excluded.state, body = excluded.body, due = excluded.due"""
_PUT_PAGE = """INSERT INTO pages VALUES (?,?,?,?)
    ON CONFLICT DO UPDATE SET body = excluded.body, due = excluded.due"""

T = TypeVar("T")


def connect(path: Path) -> sqlite3.Connection:
    """A connection that may write: durable at commit, erased text overwritten. Raises sqlite3.Error."""
    db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    db.execute(f"PRAGMA busy_timeout={_WAIT_MS}")
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    db.execute("PRAGMA secure_delete=ON")  # erased text is overwritten, not merely unlinked
    db.execute("PRAGMA recursive_triggers=ON")  # so that REPLACE cannot slip past the constraints
    return db


class SqlPages:
    """intents.ledger.pages.Pages on a connection with an open transaction."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def get(self, shelf: Shelf, key: str) -> Json | None:
        if shelf == "place":
            rows = self._db.execute("SELECT desk, holder, until FROM place WHERE slot = ?", (key,))
            return {str(desk): [holder, until] for desk, holder, until in rows} or None
        if shelf == "booking":
            found = self._db.execute("SELECT body FROM booking WHERE reference = ?", (key,))
        else:
            found = self._db.execute("SELECT body FROM pages WHERE shelf = ? AND key = ?", (shelf, key))
        row = found.fetchone()
        return json.loads(row[0]) if row else None

    def put(self, shelf: Shelf, key: str, page: Json | None) -> None:
        if shelf == "place":
            self._put_place(key, page or {})
        elif page is None:
            self._erase(shelf, key)
        elif shelf == "booking":
            values = (key, page["slot"], page["people"], page["state"], _text(page), page.get("due"))
            self._db.execute(_PUT_BOOKING, values)
        else:
            self._db.execute(_PUT_PAGE, (shelf, key, _text(page), page.get("due")))

    def _erase(self, shelf: Shelf, key: str) -> None:
        if shelf == "booking":
            self._db.execute("DELETE FROM booking WHERE reference = ?", (key,))
        else:
            self._db.execute("DELETE FROM pages WHERE shelf = ? AND key = ?", (shelf, key))

    def _put_place(self, slot: str, page: Json) -> None:
        before = self.get("place", slot) or {}
        for desk in before.keys() - page.keys():
            self._db.execute("DELETE FROM place WHERE slot = ? AND desk = ?", (slot, int(desk)))
        for desk, claim in page.items():
            if before.get(desk) != claim:
                self._db.execute(_PUT_PLACE, (slot, int(desk), *claim))


def _text(page: Json) -> str:
    return json.dumps(page, ensure_ascii=False, separators=(",", ":"))


def isolated(db: sqlite3.Connection, work: Callable[[Pages], T]) -> T:
    """`work` inside the open transaction: if it fails, it alone is undone, and the error comes out."""
    db.execute("SAVEPOINT work")
    done = False
    try:
        result = work(SqlPages(db))
        done = True
    finally:
        if db.in_transaction:  # a full disk ends the whole transaction
            if not done:
                db.execute("ROLLBACK TO work")
            db.execute("RELEASE work")
    return result


def read_shelf(db: sqlite3.Connection, name: Shelf) -> dict[str, Json]:
    """All pages of a shelf as last committed."""
    if name == "place":
        places: dict[str, Json] = {}
        for slot, desk, holder, until in db.execute("SELECT slot, desk, holder, until FROM place"):
            places.setdefault(slot, {})[str(desk)] = [holder, until]
        return places
    if name == "booking":
        rows = db.execute("SELECT reference, body FROM booking")
    else:
        rows = db.execute("SELECT key, body FROM pages WHERE shelf = ?", (name,))
    return {key: json.loads(body) for key, body in rows}


def read_due(db: sqlite3.Connection, name: Shelf, until: int, limit: int) -> list[str]:
    """Keys of the shelf whose due is `until` or before, soonest first."""
    if name == "booking":
        query = "SELECT reference FROM booking WHERE due <= ? ORDER BY due, reference LIMIT ?"
        return [key for (key,) in db.execute(query, (until, limit))]
    query = "SELECT key FROM pages WHERE shelf = ? AND due <= ? ORDER BY due, key LIMIT ?"
    return [key for (key,) in db.execute(query, (name, until, limit))]
