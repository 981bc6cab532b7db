"""What was said is forgotten when it was promised, in the bytes on the disk and not on reading alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.store import open_store
from bot.store.base import SHAPE_SECONDS, TALK_HOURS, StorageError, Store
from bot.store.redis import REWRITE_SECONDS, RedisStore
from bot.store.sqlite import SqliteStore
from intents.draft import Draft
from intents.guard import Shape
from intents.talk import Talk
from tests.support.patience import until
from tests.support.redis import RealRedis
from tests.test_store import NOW, some_shape, ticket

HOUR = 3600
WORDS = "ながいながいしつもんのことば"
TALK = Talk(
    chosen="en", last="pin_forgotten", slips=2, tried=("where", "miss"), case="さくら-27", draft=Draft(venue="kitazawa")
)


def answered(store: Store, number: int = 1, talk: Talk = TALK, shape: Shape = Shape()) -> None:
    store.admit(ticket(number, words=WORDS), shape)
    taken = store.take("anna")
    assert taken is not None
    store.finish(taken, talk, NOW)


def bytes_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def marks(data: bytes) -> list[str]:
    """What is left of TALK and of the words in `data`."""
    return [mark for mark in (WORDS, "pin_forgotten", "kitazawa", "さくら-27", "miss") if mark.encode() in data]


class TestSqlite:
    @pytest.fixture
    def store(self, tmp_path: Path) -> SqliteStore:
        store = open_store(f"sqlite:///{tmp_path}/desk.db")
        assert isinstance(store, SqliteStore)
        return store

    def test_the_search_would_see_a_talk(self, store: SqliteStore, tmp_path: Path) -> None:
        answered(store)
        store.sweep(NOW)
        assert "pin_forgotten" in marks(bytes_in(tmp_path))
        store.close()

    @pytest.mark.parametrize("later", [TALK_HOURS * HOUR + 1, 24 * HOUR, 60 * 24 * HOUR])
    def test_after_hours_nothing_of_a_talk_is_in_the_files(
        self, store: SqliteStore, tmp_path: Path, later: int
    ) -> None:
        answered(store)
        store.sweep(NOW + later)
        assert marks(bytes_in(tmp_path)) == []
        store.close()

    def test_nor_of_a_thousand_talks(self, store: SqliteStore, tmp_path: Path) -> None:
        for number in range(1000):
            store.admit(ticket(number, f"user{number}", WORDS), some_shape())
            taken = store.take(f"user{number}")
            assert taken is not None
            store.finish(taken, TALK, NOW)
        store.sweep(NOW + TALK_HOURS * HOUR + 1)
        assert marks(bytes_in(tmp_path)) == []
        store.close()

    def test_the_chosen_language_is_kept_and_who_is_here_again_loses_nothing(
        self, store: SqliteStore, tmp_path: Path
    ) -> None:
        answered(store)
        later = NOW + TALK_HOURS * HOUR + 1
        store.admit(ticket(2), Shape())
        taken = store.take("anna")
        store.sweep(later)
        assert taken is not None
        store.finish(taken, Talk(chosen="en", last="where"), later)
        store.sweep(later)
        assert store.talk("anna", later) == Talk(chosen="en", last="where")
        store.sweep(later + TALK_HOURS * HOUR + 1)
        assert store.talk("anna", later) == Talk(chosen="en")
        store.close()

    def test_a_shape_is_gone_with_the_talk(self, store: SqliteStore, tmp_path: Path) -> None:
        answered(store, shape=some_shape())
        store.sweep(NOW + TALK_HOURS * HOUR + SHAPE_SECONDS)
        assert store.glance("anna", NOW).shape == Shape()
        store.close()

    def test_an_unsent_message_leaves_the_files_at_once(self, store: SqliteStore, tmp_path: Path) -> None:
        store.admit(ticket(1, words=WORDS), Shape())
        assert WORDS in marks(bytes_in(tmp_path))
        store.withdraw("message-1")
        assert marks(bytes_in(tmp_path)) == []
        store.close()

    def test_a_journal_that_somebody_reads_is_said_and_emptied_the_next_time(
        self, store: SqliteStore, tmp_path: Path
    ) -> None:
        store.admit(ticket(1, words=WORDS), Shape())
        reader = store._readers._idle_or_new()
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM events").fetchall()
        taken = store.take("anna")
        assert taken is not None
        store.finish(taken, Talk(), NOW)
        with pytest.raises(StorageError, match="journal"):
            store.sweep(NOW)
        reader.execute("COMMIT")
        store.sweep(NOW)
        assert marks(bytes_in(tmp_path)) == []
        reader.close()
        store.close()

    def test_file_and_folder_are_their_owners_alone(self, tmp_path: Path) -> None:
        store = open_store(f"sqlite:///{tmp_path}/new/desk.db")
        answered(store)
        assert (tmp_path / "new").stat().st_mode & 0o077 == 0
        for path in (tmp_path / "new").glob("desk.db*"):
            assert path.suffix == ".lock" or path.stat().st_mode & 0o077 == 0, path
        store.close()

    def test_a_second_desk_is_kept_out_through_a_link_too(self, store: SqliteStore, tmp_path: Path) -> None:
        (tmp_path / "link.db").symlink_to(tmp_path / "desk.db")
        with pytest.raises(StorageError):
            open_store(f"sqlite:///{tmp_path}/link.db")
        store.close()


class TestRedis:
    def test_talk_and_shape_go_by_themselves_and_the_language_stays(self, tmp_path: Path) -> None:
        with RealRedis(tmp_path) as server:
            store = open_store(server.url)
            assert isinstance(store, RedisStore)
            answered(store, shape=some_shape())
            left = {str(key).split(":")[1]: store._redis.ttl(key) for key in store._redis.keys("*anna*")}
            assert 0 < left["talk"] <= TALK_HOURS * HOUR
            assert 0 < left["shape"] <= SHAPE_SECONDS
            store._redis.delete("{madoguchi}:talk:anna")
            assert store.talk("anna", NOW) == Talk(chosen="en")
            store.close()

    def test_what_was_answered_leaves_the_append_only_file_with_its_rewriting(self, tmp_path: Path) -> None:
        with RealRedis(tmp_path) as server:
            store = open_store(server.url)
            assert isinstance(store, RedisStore)
            answered(store)
            assert WORDS in marks(bytes_in(tmp_path)) or "\\u" in str(bytes_in(tmp_path))
            store._redis.delete("{madoguchi}:talk:anna")
            store.sweep(NOW)
            self.rewritten(store)
            assert marks(bytes_in(tmp_path)) == []
            store.close()

    def test_it_is_rewritten_once_in_its_time_however_many_ask(self, tmp_path: Path) -> None:
        with RealRedis(tmp_path) as server:
            store = open_store(server.url)
            assert isinstance(store, RedisStore)
            for _ in range(5):
                store.sweep(NOW)
            self.rewritten(store)
            assert store._redis.info("stats")["total_forks"] == 1
            store._redis.expire("{madoguchi}:rewritten", 86_400 - REWRITE_SECONDS)
            store.sweep(NOW)
            self.rewritten(store)
            assert store._redis.info("stats")["total_forks"] == 2
            store.close()

    @staticmethod
    def rewritten(store: RedisStore) -> None:
        """Returns once the server has rewritten its file."""

        def is_done() -> bool:
            state = store._redis.info("persistence")
            return not (state["aof_rewrite_in_progress"] or state["aof_rewrite_scheduled"])

        assert until(is_done)
