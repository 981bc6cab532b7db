"""What the ledger promises on Redis alone: lost answers, killed servers, clusters."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import redis

from bot.store import open_store
from bot.store.base import StorageError, Ticket
from bot.store.redis_client import TAG
from intents.guard import Shape
from intents.ledger.pages import Pages
from intents.talk import Sent, Talk
from tests.support.pages import NOW, Hand, code_of, put
from tests.support.patience import PATIENCE
from tests.support.redis import RealRedis, real_cluster
from tests.support.wire import wire_to


class TestRedis:
    @pytest.mark.parametrize("losses", [1, 3])
    def test_an_answer_lost_on_the_way_makes_one_booking(self, server: RealRedis, losses: int) -> None:
        server.flush()
        with wire_to(server.port) as wire:
            store = open_store(f"redis://127.0.0.1:{wire.port}/0")
            hand = Hand(store)
            wire.lose(b":applied:", losses)
            code = code_of(hand.book("anna"))
            assert wire.left == 0 and list(hand.ledger.shelf("booking")) == [code]
            store.close()

    def test_without_a_request_id_a_lost_answer_would_count_twice(self, server: RealRedis) -> None:
        """A work that is not remembered by its event, only by the script's own request."""
        server.flush()
        with wire_to(server.port) as wire:
            store = open_store(f"redis://127.0.0.1:{wire.port}/0")

            def add(pages: Pages) -> None:
                page = pages.get("deletion", "day") or {"count": 0}
                pages.put("deletion", "day", {"count": page["count"] + 1})

            wire.lose(b":applied:", 2)
            store.transact(add)
            assert wire.left == 0 and store.shelf("deletion") == {"day": {"count": 1}}
            store.close()

    def test_answers_lost_for_too_long_are_an_error_and_the_repeat_one_booking(
        self, server: RealRedis
    ) -> None:
        server.flush()
        with wire_to(server.port) as wire:
            store = open_store(f"redis://127.0.0.1:{wire.port}/0")
            hand = Hand(store)
            wire.lose(b":applied:", 100)
            with pytest.raises(StorageError):
                hand.book("anna", event="e")
            wire.lose(b"", 0)
            code = code_of(hand.book("anna", event="e"))
            assert list(hand.ledger.shelf("booking")) == [code] and len(hand.desks()) == 1
            store.close()

    def test_a_killed_server_keeps_every_booking_that_was_told(self, tmp_path: Path) -> None:
        with RealRedis(tmp_path) as server:
            store = open_store(server.url)
            hand = Hand(store)
            told: list[str] = []
            enough = threading.Event()

            def book(number: int) -> None:
                try:
                    told.append(code_of(hand.book(f"user{number}", event=f"e{number}")))
                except StorageError:
                    return
                hand.cancel("", told[-1])  # and make room for the next
                if len(told) >= 10:
                    enough.set()

            with ThreadPoolExecutor(1) as pool:
                done = [pool.submit(book, number) for number in range(40)]
                assert enough.wait(PATIENCE)
                server.kill()
                server.start()
                failed = [one for one in done if isinstance(one.exception(), StorageError)]
            assert len(told) >= 10 and len(failed) <= 1
            assert set(told) <= set(store.shelf("booking"))
            again = [code_of(hand.book(f"user{number}", event=f"e{number}")) for number in range(10)]
            assert set(again) <= set(store.shelf("booking"))
            store.close()

    def test_a_cluster_serves_from_whichever_node_is_named(self, tmp_path: Path) -> None:
        with real_cluster(tmp_path, TAG) as (first, second):
            for url in (first.url, second.url):
                store = open_store(url)
                hand = Hand(store)
                code = code_of(hand.book("anna", event="e"))
                assert set(hand.desks().values()) == {code}
                ticket = Ticket(url, "anna", Sent("image"), "token", NOW, url)
                assert store.admit(ticket, Shape()) and not store.admit(ticket, Shape())
                taken = store.take("anna")
                assert taken is not None
                store.finish(taken, Talk(), NOW, told=(hand.notices("receipt")[0],))
                put(store, "notice", f"receipt:{code}:1", {"kind": "receipt", "due": NOW})
                store.forget("anna")
                store.sweep(NOW)
                store.close()

    def test_nothing_hangs_on_the_servers_clock(self, server: RealRedis) -> None:
        """Pages have no time to live: only what a transaction erases goes."""
        server.flush()
        store = open_store(server.url)
        Hand(store).book("anna")
        client = redis.Redis(port=server.port, decode_responses=True)
        lasting = [key for key in client.scan_iter() if client.ttl(key) == -1]
        kept = {"place", "booking", "person", "notice", "request"}
        assert {f"{TAG}:pages:{shelf}" for shelf in kept} <= set(lasting)
        store.close()
