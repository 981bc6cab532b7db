"""The outbox's rules: who sends a notice, when, only while it is true, and what staff hear of the rest."""

from __future__ import annotations

import base64
import uuid
from dataclasses import replace
from datetime import datetime

import pytest

from bot.outbox_rules import (
    LEASE,
    LONGEST_PAUSE,
    RESERVE,
    Budget,
    again,
    give_up,
    hasten,
    lease,
    retry_key,
    sent,
    withheld,
)
from bot.seal import Seal, SealError
from intents.ledger.notices import KEY_SECONDS, NoticeKind, in_daytime
from intents.ledger.pages import Json, Person, Shelf, deleted_at, put_booking, put_hold, put_person
from intents.office import JST
from tests.support.notices import NOW, SEAL, VISIT, booked, booking, offered
from tests.support.sending import SECRET_KEY, line_id

MIDNIGHT = int(datetime(2026, 8, 24, 0, 30, tzinfo=JST).timestamp())


class Book(dict[tuple[Shelf, str], Json]):
    """Pages in memory: for one who is alone with them."""

    def get(self, shelf: Shelf, key: str) -> Json | None:  # type: ignore[override]
        return super().get((shelf, key))

    def put(self, shelf: Shelf, key: str, page: Json | None) -> None:
        self.pop((shelf, key), None)
        if page is not None:
            self[shelf, key] = page

    def unsent(self) -> list[Json]:
        return [page for (shelf, _), page in self.items() if shelf == "unsent"]


class TestLease:
    def test_one_sender_gets_a_notice_and_another_not_before_the_lease_is_over(self) -> None:
        book = Book()
        notice = booked(book)
        first = lease(book, notice.id, NOW, Budget())
        assert first is not None and (first.tries, first.first_try) == (1, NOW)
        assert lease(book, notice.id, NOW + LEASE - 1, Budget()) is None
        second = lease(book, notice.id, NOW + LEASE, Budget())
        assert second is not None and (second.tries, second.first_try) == (2, NOW)

    def test_nothing_is_taken_before_it_is_due(self) -> None:
        book = Book()
        notice = booked(book, due=NOW + 60)
        assert lease(book, notice.id, NOW + 59, Budget()) is None
        assert lease(book, notice.id, NOW + 60, Budget())

    def test_what_was_sent_is_gone(self) -> None:
        book = Book()
        notice = booked(book)
        lease(book, notice.id, NOW, Budget())
        sent(book, notice.id)
        assert lease(book, notice.id, NOW + 9999, Budget()) is None and not book.unsent()

    def test_a_failed_try_waits_longer_each_time_and_at_most_five_minutes(self) -> None:
        book, now, pauses = Book(), NOW, []
        notice = booked(book)
        for _ in range(11):
            assert lease(book, notice.id, now, Budget())
            again(book, notice.id, now)
            due = book["notice", notice.id]["due"]
            pauses.append(due - now)
            now = due
        assert pauses == [2, 4, 8, 16, 32, 64, 128, 256, LONGEST_PAUSE, LONGEST_PAUSE, LONGEST_PAUSE]

    def test_a_reply_that_did_not_arrive_makes_it_due_at_once_but_takes_nobodys_lease(self) -> None:
        book = Book()
        notice = booked(book, due=NOW + 60)
        hasten(book, [notice.id], NOW)
        assert lease(book, notice.id, NOW, Budget())
        hasten(book, [notice.id], NOW)
        assert lease(book, notice.id, NOW, Budget()) is None

    def test_every_rule_bears_that_the_notice_is_gone(self) -> None:
        book = Book()
        for rule in (again, hasten, withheld):
            rule(book, "x", NOW)
        give_up(book, "x", "refused", NOW)
        assert lease(book, "x", NOW, Budget()) is None and not book


class TestRetryKey:
    def test_it_is_a_uuid_that_follows_from_the_notice_alone(self) -> None:
        assert retry_key("receipt:さくら-27:1") == retry_key("receipt:さくら-27:1")
        assert str(uuid.UUID(retry_key("receipt:さくら-27:1"))) == retry_key("receipt:さくら-27:1")

    def test_a_later_version_has_its_own(self) -> None:
        assert retry_key("receipt:さくら-27:1") != retry_key("receipt:さくら-27:2")


class TestOnlyWhatIsTrueIsSaid:
    @pytest.mark.parametrize("kind", ["receipt", "reminder_day", "reminder_morning", "closure"])
    def test_nothing_of_an_older_version(self, kind: NoticeKind) -> None:
        book = Book()
        notice = booked(book, kind)
        put_booking(book, replace(booking(), version=2))
        assert lease(book, notice.id, NOW, Budget()) is None
        assert ("notice", notice.id) not in book and not book.unsent()

    def test_nothing_of_a_booking_that_was_deleted(self) -> None:
        book = Book()
        notice = booked(book)
        book.put("booking", notice.reference, None)
        assert lease(book, notice.id, NOW, Budget()) is None
        assert ("notice", notice.id) not in book

    @pytest.mark.parametrize("state", ["cancelled", "closed"])
    def test_no_reminder_of_a_visit_that_does_not_stand(self, state: str) -> None:
        book = Book()
        notice = booked(book, "reminder_day")
        put_booking(book, replace(booking(), state=state))  # type: ignore[arg-type]
        assert lease(book, notice.id, NOW, Budget()) is None
        assert ("notice", notice.id) not in book

    def test_no_reminder_for_one_who_wants_none(self) -> None:
        book = Book()
        notice = booked(book, "reminder_day")
        put_person(book, "user-1", Person(quiet=True), NOW)
        assert lease(book, notice.id, NOW, Budget()) is None
        assert ("notice", notice.id) not in book

    def test_her_receipt_comes_all_the_same(self) -> None:
        book = Book()
        notice = booked(book)
        put_person(book, "user-1", Person(quiet=True), NOW)
        assert lease(book, notice.id, NOW, Budget())

    def test_no_offer_of_a_place_that_is_no_longer_held_for_her(self) -> None:
        book = Book()
        taken, refused = offered(book), Book()
        assert lease(book, taken.id, NOW, Budget())
        gone = offered(refused)
        put_hold(refused, "offer:user-1", None)
        assert lease(refused, gone.id, NOW, Budget()) is None and not refused


class TestItsTime:
    def test_no_reminder_once_the_visit_has_begun(self) -> None:
        book, starts = Book(), int(VISIT.starts.timestamp())
        notice = booked(book, "reminder_morning", due=starts - 1)
        assert lease(book, notice.id, starts, Budget()) is None
        assert [page["why"] for page in book.unsent()] == ["late"]

    @pytest.mark.parametrize("kind", ["closure", "offer", "reminder_day", "reminder_morning"])
    @pytest.mark.parametrize("hour", [21, 23, 0, 3, 6])
    def test_nobody_is_woken(self, kind: NoticeKind, hour: int) -> None:
        """What comes unasked waits for seven in the morning, or is over by then."""
        night = int(datetime(2026, 8, 24, hour, 30, tzinfo=JST).timestamp())
        book = Book()
        notice = offered(book, night) if kind == "offer" else booked(book, kind, due=night)
        assert lease(book, notice.id, night, Budget()) is None
        waiting = book.get("notice", notice.id)
        assert waiting is None or waiting["due"] in (in_daytime(night), notice.expires)

    def test_a_receipt_at_night_is_no_waking_within_the_hour(self) -> None:
        book = Book()
        notice = booked(book, due=MIDNIGHT)
        assert lease(book, notice.id, MIDNIGHT + 3500, Budget())

    def test_after_the_hour_it_waits_for_the_morning(self) -> None:
        book = Book()
        notice = booked(book, due=MIDNIGHT)
        assert lease(book, notice.id, MIDNIGHT, Budget())
        again(book, notice.id, MIDNIGHT)
        assert lease(book, notice.id, MIDNIGHT + 3600, Budget()) is None
        assert lease(book, notice.id, in_daytime(MIDNIGHT), Budget())

    def test_a_receipt_that_waited_for_the_quota_does_not_come_at_night(self) -> None:
        book, evening = Book(), MIDNIGHT - 3600
        notice = booked(book, due=evening)
        assert lease(book, notice.id, evening, Budget(0, MIDNIGHT)) is None
        assert lease(book, notice.id, MIDNIGHT, Budget()) is None
        assert lease(book, notice.id, in_daytime(MIDNIGHT), Budget())

    def test_a_try_after_lines_memory_of_the_key_would_be_a_second_message(self) -> None:
        book = Book()
        notice = booked(book)
        for after in (0, KEY_SECONDS - 1):
            assert lease(book, notice.id, NOW + after, Budget())
            again(book, notice.id, NOW + after)
        assert lease(book, notice.id, NOW + KEY_SECONDS + LONGEST_PAUSE, Budget()) is None
        assert [page["why"] for page in book.unsent()] == ["failed"]

    def test_a_clock_that_is_put_back_neither_loses_nor_doubles(self) -> None:
        book = Book()
        notice = booked(book)
        assert lease(book, notice.id, NOW, Budget())
        assert lease(book, notice.id, NOW - 86_400, Budget()) is None
        assert lease(book, notice.id, NOW + LEASE, Budget())


class TestUnsent:
    def test_staff_see_which_visit_and_why_and_not_whom(self) -> None:
        book = Book()
        notice = booked(book)
        give_up(book, notice.id, "refused", NOW)
        [page] = book.unsent()
        assert page == {
            "kind": "receipt", "reference": "さくら-1", "venue": "kinuta", "day": "2026-08-25",
            "time": "13:45", "why": "refused", "at": NOW, "due": deleted_at(VISIT.day),
        }  # fmt: skip

    def test_the_hash_of_a_person_is_not_in_it_either(self) -> None:
        book = Book()
        notice = offered(book)
        give_up(book, notice.id, "late", NOW)
        kept = [(key, page) for key, page in book.items() if key[0] == "unsent"]
        assert len(kept) == 1 and "user-1" not in str(kept) and notice.address not in str(kept)


class TestBudget:
    def test_reminders_stop_at_the_reserve_and_everything_at_nothing(self) -> None:
        assert not Budget(RESERVE + 1).withholds("reminder_day")
        assert Budget(RESERVE).withholds("reminder_day") and not Budget(RESERVE).withholds("offer")
        assert Budget(0).withholds("receipt")

    def test_no_limit_is_no_limit(self) -> None:
        assert not Budget(None).withholds("reminder_day") and Budget(None).spent().left is None

    def test_what_is_withheld_waits_for_the_next_reading(self) -> None:
        book = Book()
        notice = booked(book, "reminder_day")
        assert lease(book, notice.id, NOW, Budget(5, NOW + 99)) is None
        assert book["notice", notice.id]["due"] == NOW + 99
        assert lease(book, notice.id, NOW + 99, Budget(500, NOW + 999))

    def test_not_sent_in_its_time_it_is_listed_with_the_reason(self) -> None:
        book = Book()
        notice = booked(book, "reminder_day")
        lease(book, notice.id, NOW, Budget(5, NOW + 10**8))
        lease(book, notice.id, notice.expires, Budget(5, NOW + 10**8))
        assert [page["why"] for page in book.unsent()] == ["quota"]

    def test_a_refusal_for_the_months_limit_was_no_try(self) -> None:
        book = Book()
        notice = booked(book)
        lease(book, notice.id, NOW, Budget())
        withheld(book, notice.id, NOW + 600)
        page = book["notice", notice.id]
        assert (page["tries"], page["first_try"], page["due"]) == (0, 0, NOW + 600)


class TestSeal:
    def test_it_opens_with_the_same_key_and_no_other(self) -> None:
        sealed = SEAL.seal(line_id(7))
        assert Seal(SECRET_KEY).open(sealed) == line_id(7)
        with pytest.raises(SealError):
            Seal("another-secret-key-of-32-letters").open(sealed)

    @pytest.mark.parametrize("broken", ["", "x", "gAAAA", "窓口"])
    def test_anything_else_is_refused(self, broken: str) -> None:
        with pytest.raises(SealError):
            SEAL.open(broken)

    def test_two_seals_of_one_person_are_not_seen_to_be(self) -> None:
        assert SEAL.seal(line_id(7)) != SEAL.seal(line_id(7))

    def test_it_does_not_tell_when_it_was_made(self) -> None:
        assert base64.urlsafe_b64decode(SEAL.seal(line_id(7)))[1:9] == bytes(8)
