"""A transaction on either store: whole, alone, and refused where it would break a promise."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.store import open_ledger
from bot.store.base import StorageError, Store
from intents.ledger.pages import Json, Pages
from tests.support.pages import NOW, OTHER, SLOT, Hand, code_of, put

DAY = 86_400


class TestTransactions:
    def test_a_transaction_reads_what_it_wrote(self, store: Store) -> None:
        def work(pages: Pages) -> list[Json | None]:
            found = [pages.get("closed", "k/d")]
            pages.put("closed", "k/d", {"reason": "台風"})
            found.append(pages.get("closed", "k/d"))
            pages.put("closed", "k/d", None)
            return [*found, pages.get("closed", "k/d")]

        assert store.transact(work) == [None, {"reason": "台風"}, None]

    def test_a_bug_in_the_work_comes_out_and_leaves_nothing(self, store: Store) -> None:
        def work(pages: Pages) -> None:
            pages.put("closed", "k/d", {"reason": "x"})
            raise LookupError("a bug")

        with pytest.raises(LookupError, match="a bug"):
            store.transact(work)
        assert store.shelf("closed") == {}

    def test_a_bug_does_not_touch_its_neighbours(self, store: Store) -> None:
        def work(number: int) -> None:
            def write(pages: Pages) -> None:
                pages.put("closed", f"k/{number}", {"reason": "x"})
                if number % 2:
                    raise LookupError

            try:
                store.transact(write)
            except LookupError:
                assert number % 2

        with ThreadPoolExecutor(20) as pool:
            list(pool.map(work, range(40)))
        assert set(store.shelf("closed")) == {f"k/{number}" for number in range(0, 40, 2)}

    def test_counts_by_many_at_once_add_up(self, store: Store) -> None:
        def add(pages: Pages) -> None:
            page = pages.get("deletion", "day") or {"count": 0}
            pages.put("deletion", "day", {"count": page["count"] + 1})

        with ThreadPoolExecutor(16) as pool:
            list(pool.map(lambda _: store.transact(add), range(100)))
        assert store.shelf("deletion") == {"day": {"count": 100}}

    def test_pages_that_change_together_are_seen_together(self, store: Store) -> None:
        def both(number: int) -> Callable[[Pages], None]:
            def write(pages: Pages) -> None:
                pages.put("closed", "k/one", {"n": number})
                pages.put("unsent", "two", {"n": number})

            return write

        def look(pages: Pages) -> bool:
            return pages.get("closed", "k/one") == pages.get("unsent", "two")

        over = threading.Event()

        def write_on() -> None:
            for number in range(60):
                store.transact(both(number))
            over.set()

        writer = threading.Thread(target=write_on)
        writer.start()
        looked = []
        while not over.is_set():
            looked.append(store.transact(look))
        writer.join()
        assert looked and all(looked)

    def test_due_pages_come_soonest_first_and_only_those(self, store: Store) -> None:
        for key, due in (("late", 300), ("soon", 100), ("middle", 200), ("far", 900)):
            put(store, "notice", key, {"due": due})
        put(store, "unsent", "other shelf", {"due": 50})
        put(store, "notice", "no due", {"text": "x"})
        assert store.due("notice", 300) == ["soon", "middle", "late"]
        assert store.due("notice", 300, limit=1) == ["soon"]
        put(store, "notice", "soon", None)
        put(store, "notice", "middle", {"due": 800})
        assert store.due("notice", 300) == ["late"]

    def test_a_page_is_kept_to_the_letter(self, store: Store) -> None:
        page: Json = {"text": "砧 \"'\\ \n 😀 \u0000", "list": [], "none": None, "big": 2**40, "due": 5}
        put(store, "unsent", "key:with/marks と空白", page)
        assert store.shelf("unsent") == {"key:with/marks と空白": page}

    def test_the_deskless_ledger_sees_and_changes_the_same_pages(self, url: str, hand: Hand) -> None:
        code = code_of(hand.book("anna"))
        operator = Hand(open_ledger(url))
        assert operator.cancel("", code).ok and hand.desks() == {}
        assert operator.ledger.due("booking", NOW + 400 * DAY) == [code]
        operator.ledger.close()


class TestConstraints:
    """The store refuses what would break a promise even if the rules were wrong."""

    def test_a_standing_bookings_place_is_not_freed(self, hand: Hand) -> None:
        code = code_of(hand.book("anna"))
        with pytest.raises(StorageError):
            put(hand.ledger, "place", SLOT.key, None)
        assert set(hand.desks().values()) == {code}

    def test_a_standing_bookings_place_is_not_given_away(self, hand: Hand) -> None:
        code = code_of(hand.book("anna"))
        for claim in (["thief", 0], [code, NOW], ["hold:thief", NOW + 600]):
            with pytest.raises(StorageError):
                put(hand.ledger, "place", SLOT.key, {"0": claim})
        assert set(hand.desks().values()) == {code}

    def test_a_booking_does_not_stand_without_its_places(self, hand: Hand) -> None:
        code = code_of(hand.book("anna", people=2))
        page = hand.ledger.shelf("booking")[code]
        wrong: list[Json] = [
            {"reference": "new"},
            {"slot": OTHER.key},
            {"desks": [0, 5]},
            {"people": 1},
            {"people": 0, "desks": []},
        ]
        for change in wrong:
            changed = page | change
            with pytest.raises(StorageError):
                put(hand.ledger, "booking", changed["reference"], changed)
        assert hand.ledger.shelf("booking") == {code: page}

    def test_a_booking_is_not_written_over_anothers(self, hand: Hand) -> None:
        code = code_of(hand.book("anna"))
        page = hand.ledger.shelf("booking")[code]
        with pytest.raises(StorageError):
            put(hand.ledger, "booking", code, page | {"user": "thief", "made": page["made"] + 1})
        assert hand.ledger.shelf("booking")[code] == page

    def test_a_refused_transaction_leaves_nothing_and_its_neighbours_everything(self, hand: Hand) -> None:
        hand.book("anna")

        def work(number: int) -> None:
            def write(pages: Pages) -> None:
                pages.put("unsent", str(number), {"n": number})
                if number % 2:
                    pages.put("place", SLOT.key, None)

            if number % 2:
                with pytest.raises(StorageError):
                    hand.ledger.transact(write)
            else:
                hand.ledger.transact(write)

        with ThreadPoolExecutor(20) as pool:
            list(pool.map(work, range(40)))
        assert set(hand.ledger.shelf("unsent")) == {str(number) for number in range(0, 40, 2)}
        assert len(hand.desks()) == 1


class TestReading:
    """`read`: pages of one moment, committed, without waiting for the writer."""

    def test_what_was_just_written_is_read(self, store: Store) -> None:
        for number in range(3):
            store.transact(lambda pages, number=number: pages.put("person", "anna", {"n": number}))
            assert store.read(lambda pages: pages.get("person", "anna")) == {"n": number}

    def test_both_pages_are_of_the_same_moment(self, store: Store) -> None:
        def both(number: int) -> None:
            def write(pages: Pages) -> None:
                pages.put("person", "anna", {"n": number})
                pages.put("person", "bert", {"n": number})

            store.transact(write)

        def read(pages: Pages) -> bool:
            return pages.get("person", "anna") == pages.get("person", "bert")

        both(0)
        writer = threading.Thread(target=lambda: [both(number) for number in range(1, 60)])
        writer.start()
        same = [store.read(read) for _ in range(60)]
        writer.join()
        assert all(same)
