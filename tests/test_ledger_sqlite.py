"""What the ledger promises on SQLite alone: power cuts, erasing, reading beside the writer."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from bot.store import open_store
from bot.store.sqlite_ledger import SqliteLedger
from tests.support.pages import NOW, OTHER, SLOT, Hand, code_of, put
from tests.support.power import watched_disk


class TestSqlite:
    def test_a_power_cut_loses_no_booking_that_was_told(self, tmp_path: Path) -> None:
        with watched_disk() as disk:
            hand = Hand(open_store(f"sqlite:///{tmp_path}/desk.db"))
            for number, (user, slot) in enumerate((u, s) for u in "ab" for s in (SLOT, OTHER)):
                code = code_of(hand.book(user, slot))
                folder = tmp_path / f"cut{number}"
                folder.mkdir()
                disk.restore(folder)
                after = Hand(SqliteLedger(folder / "desk.db"))
                assert code in after.desks(slot).values()
                assert len(after.ledger.shelf("booking")) == number + 1
                after.ledger.close()
            hand.ledger.close()

    def test_the_imitation_of_a_power_cut_notices_what_is_not_synced(self, tmp_path: Path) -> None:
        with watched_disk() as disk:
            hand = Hand(SqliteLedger(tmp_path / "desk.db"))
            hand.ledger._db.execute("PRAGMA synchronous=OFF")  # type: ignore[attr-defined]
            hand.book("anna")
            (tmp_path / "cut").mkdir()
            disk.restore(tmp_path / "cut")
            hand.ledger.close()
        after = Hand(SqliteLedger(tmp_path / "cut" / "desk.db"))
        assert after.desks() == {}
        after.ledger.close()

    def test_a_log_cut_in_the_middle_of_the_next_write_keeps_what_was_told(self, tmp_path: Path) -> None:
        hand = Hand(open_store(f"sqlite:///{tmp_path}/desk.db"))
        code = code_of(hand.book("anna"))
        told = (tmp_path / "desk.db-wal").stat().st_size
        hand.book("bert")
        written = (tmp_path / "desk.db-wal").read_bytes()
        for number, end in enumerate(range(told, len(written), 1777)):
            folder = tmp_path / f"cut{number}"
            folder.mkdir()
            (folder / "desk.db").write_bytes((tmp_path / "desk.db").read_bytes())
            (folder / "desk.db-wal").write_bytes(written[:end])
            after = Hand(SqliteLedger(folder / "desk.db"))
            assert set(after.desks().values()) == {code}
            after.ledger.close()
        hand.ledger.close()

    def test_an_erased_page_is_nowhere_in_the_files(self, tmp_path: Path) -> None:
        store = open_store(f"sqlite:///{tmp_path}/desk.db")
        secret = "address of somebody whose visit is over"
        put(store, "unsent", "one", {"address": secret, "due": NOW})
        store.sweep(NOW)
        assert secret.encode() not in b"".join(path.read_bytes() for path in tmp_path.iterdir())
        store.close()

    def test_reading_waits_for_no_writer(self, tmp_path: Path) -> None:
        store = open_store(f"sqlite:///{tmp_path}/desk.db")
        code = code_of(Hand(store).book("anna"))
        other = sqlite3.connect(tmp_path / "desk.db", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        other.execute("DELETE FROM pages")
        assert list(store.shelf("booking")) == [code] and len(store.due("notice", NOW + 60)) == 1
        other.execute("ROLLBACK")
        other.close()
        store.close()

    def test_a_file_of_the_first_version_is_taken_over(self, tmp_path: Path) -> None:
        db = sqlite3.connect(tmp_path / "desk.db")
        db.executescript(
            "CREATE TABLE events (seq INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE,"
            " at INTEGER NOT NULL, user TEXT, message TEXT, token TEXT, said TEXT)"
        )
        said = json.dumps({"k": "sent", "kind": "image"})
        db.execute("INSERT INTO events VALUES (1, 'e', ?, 'anna', 'm', 't', ?)", (NOW, said))
        db.commit()
        db.close()
        store = open_store(f"sqlite:///{tmp_path}/desk.db")
        taken = store.take("anna")
        assert taken is not None and taken.address == ""
        store.close()
