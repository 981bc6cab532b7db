"""What the desk remembers of a person, as a row of SQLite."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from intents.guard import Shape
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


def read_person(db: sqlite3.Connection, user: str) -> Person:
    row = db.execute("SELECT talk, touched, shape, shaped FROM people WHERE user = ?", (user,)).fetchone()
    if row is None:
        return Person()
    return Person(Talk.from_json(json.loads(row[0])), row[1], Shape.from_json(json.loads(row[2])), row[3])


def save_person(db: sqlite3.Connection, user: str, person: Person) -> None:
    talk = json.dumps(person.talk.to_json(), ensure_ascii=False, separators=(",", ":"))
    shape = json.dumps(person.shape.to_json(), separators=(",", ":"))
    db.execute(
        "INSERT OR REPLACE INTO people VALUES (?,?,?,?,?)",
        (user, talk, person.touched, shape, person.shaped),
    )
