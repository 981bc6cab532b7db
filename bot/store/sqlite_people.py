"""What the desk remembers of a person, as a row of SQLite."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from bot.store.base import SHAPE_SECONDS, TALK_HOURS, lasting
from intents.guard import Shape
from intents.model import LANGS
from intents.talk import Talk

PEOPLE = """
CREATE TABLE IF NOT EXISTS people (
    user TEXT PRIMARY KEY, talk TEXT NOT NULL, touched INTEGER NOT NULL,
    shape TEXT NOT NULL, shaped INTEGER NOT NULL) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Person:
    """The talk, when it was last touched, the shape of what came, and when (epoch seconds)."""

    talk: Talk = Talk()
    touched: int = 0
    shape: Shape = Shape()
    shaped: int = 0

    def is_over(self, now: int) -> bool:
        """Nothing of the talk or the shape counts any more."""
        return now - self.touched > TALK_HOURS * 3600 and now - self.shaped > SHAPE_SECONDS


def read_person(db: sqlite3.Connection, user: str) -> Person:
    row = db.execute("SELECT talk, touched, shape, shaped FROM people WHERE user = ?", (user,)).fetchone()
    if row is None:
        return Person()
    return Person(Talk.from_json(json.loads(row[0])), row[1], Shape.from_json(json.loads(row[2])), row[3])


def save_person(db: sqlite3.Connection, user: str, person: Person) -> None:
    shape = json.dumps(person.shape.to_json(), separators=(",", ":"))
    db.execute(
        "INSERT OR REPLACE INTO people VALUES (?,?,?,?,?)",
        (user, _text(person.talk), person.touched, shape, person.shaped),
    )


def forget_talks(db: sqlite3.Connection, now: int, most: int = 200) -> bool:
    """Erases talks and shapes whose time is over, `most` in one commit: the desk's own work waits no longer
    than that. Whether some may be left."""
    rows = db.execute(
        f"SELECT user, talk, touched FROM people WHERE touched < ? AND shaped < ?"
        f" AND (shape <> '[]' OR talk NOT IN ({','.join('?' * len(_LASTING))})) LIMIT ?",
        (now - TALK_HOURS * 3600, now - SHAPE_SECONDS, *_LASTING, most),
    ).fetchall()
    for user, talk, touched in rows:
        save_person(db, user, Person(lasting(Talk.from_json(json.loads(talk))), touched))
    return len(rows) == most


def _text(talk: Talk) -> str:
    return json.dumps(talk.to_json(), ensure_ascii=False, separators=(",", ":"))


# Every way in which a talk that is over stands on the disk.
_LASTING = tuple(_text(Talk(chosen=chosen, heard=heard)) for chosen in (None, *LANGS) for heard in LANGS)
