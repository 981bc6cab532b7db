"""One suite for both stores, against real servers: what base.Store promises."""

from __future__ import annotations

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.store import open_store
from bot.store.base import CASE_DAYS, EVENT_DAYS, SHAPE_SECONDS, TALK_HOURS, Case, StorageError, Store, Ticket
from intents.guard import Context, SafeText, Shape, judge
from intents.talk import Located, Sent, Talk, Tapped, Typed
from tests.support.redis import RealRedis
from tests.support.stores import Open

NOW = 1_785_000_000


def safe(words: str) -> SafeText:
    outcome = judge(words, Context(now=datetime.fromtimestamp(NOW, UTC))).outcome
    assert isinstance(outcome, SafeText)
    return outcome


def ticket(number: int, user: str = "anna", words: str = "持ち物は何ですか") -> Ticket:
    return Ticket(f"event-{number}", user, Typed(safe(words)), f"token-{number}", NOW, f"message-{number}")


def some_shape() -> Shape:
    """The shape that half a secret leaves."""
    return judge("12", Context(now=datetime.fromtimestamp(NOW, UTC))).shape


class TestTickets:
    def test_an_event_is_admitted_once(self, store: Store) -> None:
        assert store.admit(ticket(1), Shape())
        assert not store.admit(ticket(1), Shape())

    def test_of_twenty_simultaneous_copies_one_is_admitted(self, store: Store) -> None:
        with ThreadPoolExecutor(20) as pool:
            assert sum(pool.map(lambda _: store.admit(ticket(1), Shape()), range(20))) == 1

    def test_an_event_stays_known_after_its_answer_and_a_restart(self, reopen: Open) -> None:
        store = reopen()
        store.admit(ticket(1), Shape())
        taken = store.take("anna")
        assert taken is not None
        store.finish(taken, Talk(), NOW)
        assert not reopen().admit(ticket(1), Shape())

    def test_an_unanswered_ticket_survives_a_restart_whole(self, reopen: Open) -> None:
        store = reopen()
        for said in (
            Typed(safe("どこですか")),
            Tapped("entry", ("where",)),
            Sent("image"),
            Located(35.5, 139.5),
        ):
            kept = Ticket(f"e-{said}", "anna", said, "token", NOW, "m")
            store.admit(kept, Shape())
            again = reopen()
            found = again.take("anna")
            assert found is not None and (found.said, found.reply_token) == (said, "token")
            again.finish(found, Talk(), NOW)
            store = again

    def test_tickets_are_taken_in_order_one_at_a_time(self, store: Store) -> None:
        for number in range(3):
            store.admit(ticket(number), Shape())
        for number in range(3):
            taken = store.take("anna")
            assert taken is not None and taken.event_id == f"event-{number}"
            assert store.take("anna") is None
            store.finish(taken, Talk(), NOW)
        assert store.take("anna") is None

    def test_of_twenty_workers_one_takes_a_ticket(self, store: Store) -> None:
        store.admit(ticket(1), Shape())
        with ThreadPoolExecutor(20) as pool:
            assert sum(one is not None for one in pool.map(lambda _: store.take("anna"), range(20))) == 1

    def test_users_do_not_wait_for_each_other(self, store: Store) -> None:
        store.admit(ticket(1, "anna"), Shape())
        store.admit(ticket(2, "bert"), Shape())
        assert store.take("anna") and store.take("bert")

    def test_a_released_ticket_is_taken_again(self, store: Store) -> None:
        store.admit(ticket(1), Shape())
        taken = store.take("anna")
        assert taken is not None
        store.release(taken)
        assert store.take("anna") == taken

    def test_waiting_names_users_with_unanswered_tickets(self, store: Store) -> None:
        store.admit(ticket(1, "anna"), Shape())
        assert store.waiting() == ["anna"]
        taken = store.take("anna")
        assert taken is not None
        store.finish(taken, Talk(), NOW)
        assert store.waiting() == []

    def test_an_unsent_message_is_not_answered(self, store: Store) -> None:
        store.admit(ticket(1), Shape())
        store.withdraw("message-1")
        assert store.take("anna") is None and store.waiting() == []


class TestTalks:
    def test_a_talk_is_there_after_a_restart(self, reopen: Open) -> None:
        store = reopen()
        store.admit(ticket(1), Shape())
        taken = store.take("anna")
        assert taken is not None
        talk = Talk(chosen="en", last="where", misses=1, tried=("where", "miss"), case="さくら-27")
        store.finish(taken, talk, NOW)
        assert reopen().talk("anna", NOW + 60) == talk

    def test_a_talk_is_forgotten_but_the_chosen_language_stays(self, store: Store) -> None:
        store.admit(ticket(1), Shape())
        taken = store.take("anna")
        assert taken is not None
        store.finish(taken, Talk(chosen="easy", last="where", misses=1), NOW)
        assert store.talk("anna", NOW + TALK_HOURS * 3600 + 1) == Talk(chosen="easy")

    def test_a_shape_is_remembered_for_moments_only(self, store: Store) -> None:
        store.admit(ticket(1), some_shape())
        assert store.glance("anna", NOW + 1).shape == some_shape()
        assert store.glance("anna", NOW + SHAPE_SECONDS + 1).shape == Shape()

    def test_forgetting_a_user_forgets_all_and_only_hers(self, store: Store) -> None:
        for user in ("anna", "bert"):
            store.admit(ticket(hash(user), user), some_shape())
        store.forget("anna")
        assert store.take("anna") is None
        assert store.glance("anna", NOW).shape == Shape()
        assert store.take("bert") is not None

    def test_leaving_a_group_forgets_everybody_in_it(self, store: Store) -> None:
        store.admit(ticket(1, "room.anna"), some_shape())
        store.forget("room")
        assert store.take("room.anna") is None
        assert store.glance("room.anna", NOW).shape == Shape()

    def test_what_was_forgotten_does_not_come_back_with_the_answer(self, store: Store) -> None:
        store.admit(ticket(1), Shape())
        taken = store.take("anna")
        assert taken is not None
        store.forget("anna")
        store.finish(taken, Talk(last="where"), NOW)
        assert store.talk("anna", NOW) == Talk()


class TestCases:
    def test_a_case_is_found_by_its_code(self, store: Store) -> None:
        code = store.open_case(Case("", "where", ("bring", "where"), "ja", NOW), "seed")
        found = store.case(code)
        assert found == Case(code, "where", ("bring", "where"), "ja", NOW)

    def test_a_hundred_cases_have_a_hundred_codes(self, store: Store) -> None:
        codes = {store.open_case(Case("", "", (), "ja", NOW), "same seed") for _ in range(100)}
        assert len(codes) == 100

    def test_the_same_case_is_brought_up_to_date(self, store: Store) -> None:
        code = store.open_case(Case("", "where", (), "ja", NOW), "seed")
        assert store.open_case(Case(code, "bring", ("miss",), "en", NOW), "other") == code
        found = store.case(code)
        assert found is not None and found.topic == "bring"

    def test_an_unknown_code_is_none(self, store: Store) -> None:
        assert store.case("さくら-11") is None


class TestSqliteAlone:
    def test_the_store_forgets_by_itself(self, tmp_path: Path) -> None:
        store = open_store(f"sqlite:///{tmp_path}/desk.db")
        store.admit(ticket(1), Shape())
        taken = store.take("anna")
        assert taken is not None
        store.finish(taken, Talk(), NOW)
        code = store.open_case(Case("", "", (), "ja", NOW), "s")
        store.sweep(NOW + max(EVENT_DAYS, CASE_DAYS) * 86_400 + 1)
        assert store.case(code) is None
        assert store.admit(ticket(1), Shape())
        store.close()

    def test_an_answered_text_is_nowhere_in_the_files(self, tmp_path: Path) -> None:
        store = open_store(f"sqlite:///{tmp_path}/desk.db")
        words = "ながいながいしつもんのことば"
        store.admit(ticket(1, words=words), Shape())
        taken = store.take("anna")
        assert taken is not None
        store.finish(taken, Talk(), NOW)
        store.sweep(NOW)
        written = b"".join(path.read_bytes() for path in tmp_path.iterdir())
        assert words.encode() not in written
        store.close()

    def test_a_second_process_is_kept_out(self, tmp_path: Path) -> None:
        store = open_store(f"sqlite:///{tmp_path}/desk.db")
        with pytest.raises(StorageError):
            open_store(f"sqlite:///{tmp_path}/desk.db")
        store.close()

    def test_an_acknowledged_ticket_is_on_the_disk(self, tmp_path: Path) -> None:
        """What another connection can read has been committed."""
        store = open_store(f"sqlite:///{tmp_path}/desk.db")
        store.admit(ticket(1), Shape())
        other = sqlite3.connect(tmp_path / "desk.db")
        assert other.execute("SELECT count(*) FROM events WHERE said IS NOT NULL").fetchone() == (1,)
        other.close()
        store.close()

    def test_a_closed_store_says_so(self, tmp_path: Path) -> None:
        store = open_store(f"sqlite:///{tmp_path}/desk.db")
        store.close()
        with pytest.raises(StorageError):
            store.ping()


class TestRedisAlone:
    def test_a_server_that_would_lose_things_is_refused(self, tmp_path: Path) -> None:
        with RealRedis(tmp_path, durable=False) as server:
            with pytest.raises(StorageError, match="appendonly"):
                open_store(server.url)
            open_store(server.url + "?durable=no").close()

    def test_a_dead_server_is_a_storage_error(self) -> None:
        with pytest.raises(StorageError):
            open_store("redis://127.0.0.1:1/0")

    def test_two_processes_share_one_users_lane(self, server: RealRedis) -> None:
        server.flush()
        one, two = open_store(server.url), open_store(server.url)
        one.admit(ticket(1), Shape())
        assert not two.admit(ticket(1), Shape())
        two.admit(ticket(2), Shape())
        first = one.take("anna")
        assert first is not None and two.take("anna") is None
        one.finish(first, Talk(last="where"), NOW)
        second = two.take("anna")
        assert second is not None and second.event_id == "event-2"
        assert two.talk("anna", NOW).last == "where"
        one.close()
        two.close()

    def test_acknowledged_tickets_survive_a_kill_of_the_server(self, tmp_path: Path) -> None:
        with RealRedis(tmp_path) as server:
            store = open_store(server.url)
            for number in range(20):
                store.admit(ticket(number, f"user{number}"), Shape())
            store.close()
            server.kill()
            server.start()
            again = open_store(server.url)
            assert len(again.waiting()) == 20
            again.close()
