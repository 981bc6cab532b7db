"""`madoguchi cancel`: a caller's booking is given up, or stands again after a mistake."""

from __future__ import annotations

import argparse
import json
import os
import uuid
from collections.abc import Callable

from bot.listing import as_json
from bot.operating import Operating, operating
from bot.outbox_rules import hasten
from bot.typed import read_code
from intents import ledger
from intents.bookings import Guest, Outcome
from intents.ledger import UNDO_SECONDS
from intents.ledger.pages import Pages, booking_at, once
from intents.telling import booking_lines


def cancel(arguments: argparse.Namespace) -> int:
    """Cancels a booking of either channel, or with --undo makes it stand again, and prints it.

    1 where there is none, or it is too late. Misuse.
    """
    code = read_code(arguments.reference)
    decide, not_done, head = (
        (restore_for_caller, _not_restored, "元にもどしました。")
        if arguments.undo
        else (cancel_for_caller, _not_cancelled, "取り消しました。")
    )
    with operating(os.environ) as desk:
        outcome = decide(desk, code, uuid.uuid4().hex)
        if not outcome.ok or outcome.booking is None:
            print(not_done(desk, code, outcome))
            return 1
        if arguments.json:
            print(json.dumps(as_json(desk, outcome.booking), ensure_ascii=False))
            return 0
        told = "LINEに、お知らせを送ります。" if outcome.notice else "電話の予約です。お知らせは送りません。"
        print(f"{head}\n{booking_lines(desk.speaker(), outcome.booking)}\n{told}")
        if not arguments.undo:
            print(f"まちがえたときは、{UNDO_SECONDS // 60}分以内に：madoguchi cancel {code} --undo")
        return 0


def cancel_for_caller(desk: Operating, code: str, request: str) -> Outcome:
    """As `ledger.cancel`, and due to be told at once: no reply of the desk will. StorageError."""

    return _decided(desk, f"cancel/phone/{request}", lambda pages: ledger.cancel(pages, Guest(), code, desk.table))


def restore_for_caller(desk: Operating, code: str, request: str) -> Outcome:
    """As `ledger.restore`, of a booking that was cancelled a moment ago; told at once. StorageError."""

    def decide(pages: Pages) -> Outcome:
        booking = booking_at(pages, code)
        if booking is not None and booking.state != "cancelled":  # a change is not this command's to undo
            return Outcome("unknown", booking)
        return ledger.restore(pages, Guest(), code, desk.table)

    return _decided(desk, f"restore/phone/{request}", decide)


def _decided(desk: Operating, name: str, decide: Callable[[Pages], Outcome]) -> Outcome:
    """The decision, made once, with its notice due at once."""

    def work(pages: Pages) -> Outcome:
        outcome = decide(pages)
        hasten(pages, outcome.notices, desk.seconds)
        return outcome

    return desk.surely(lambda pages: once(pages, name, desk.seconds, lambda: work(pages)))


def _not_cancelled(desk: Operating, code: str, outcome: Outcome) -> str:
    booking = desk.ledger.transact(lambda pages: booking_at(pages, code))
    if booking is None:
        return f"「{code}」という予約はありません。合い言葉をもう一度うかがって、madoguchi bookings の一覧と比べてください。"
    lines = booking_lines(desk.speaker(), booking)
    if outcome.kind == "late":
        return f"もう始まっている（終わった）予約です。取り消していません。\n{lines}"
    return f"「{code}」は、前に取り消されています。\n{lines}"


def _not_restored(desk: Operating, code: str, outcome: Outcome) -> str:
    booking = desk.ledger.transact(lambda pages: booking_at(pages, code))
    if booking is None:
        return f"「{code}」という予約はありません。合い言葉をもう一度うかがってください。"
    lines = booking_lines(desk.speaker(), booking)
    why = {
        "full": "その時間の席は、もういっぱいです。",
        "closed": "その日時の予約は、いまは受けていません（閉じた日か、表にない日時です）。",
        "late": "もう始まっている（終わった）時間の予約です。",
        "limit": "この方は、ほかに予約をお持ちで、もう一つは持てません。",
        "unknown": "取り消されていません。",
    }.get(outcome.kind, "元にもどせる時間が過ぎました。")
    return f"元にもどしていません。{why}\n{lines}"
