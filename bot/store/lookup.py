"""Reading a case beside the running desk, without taking the store from it."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from bot.store.base import Case, StorageError, case_from_json


def find_case(url: str, code: str) -> Case | None:
    """The case `code` in the store at `url`; None where there is none."""
    if not url.startswith("sqlite:///"):
        from bot.store import open_store

        store = open_store(url)
        try:
            return store.case(code)
        finally:
            store.close()
    path = Path(url.removeprefix("sqlite:///"))
    if not path.exists():
        return None
    try:
        db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
        has_cases = db.execute("SELECT 1 FROM sqlite_master WHERE name = 'cases'").fetchone()  # no desk ran yet
        row = has_cases and db.execute("SELECT body FROM cases WHERE code = ?", (code,)).fetchone()
        db.close()
    except sqlite3.Error as error:
        raise StorageError(type(error).__name__) from None
    return case_from_json(code, json.loads(row[0])) if row else None
