"""`madoguchi case さくら-27`: what the operator on the phone sees. Topic and tries, never typed text."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from bot.content import read_folder
from bot.settings import DEFAULT_STORE, SettingsError, store_url
from bot.store import open_ledger
from bot.store.base import Case
from bot.store.lookup import find_case
from intents.bookings import Booking
from intents.catalogue import build
from intents.ledger.pages import booking_at
from intents.model import Catalogue
from intents.office import JST
from intents.reference import find_reference
from intents.wording import say_date, say_time

_LANGS = {"ja": "日本語", "easy": "やさしい日本語", "en": "英語"}
_STATES = {"booked": "予約", "cancelled": "取り消し", "closed": "閉じた日"}
_STEPS = {"miss": "（お答えできなかった質問）", "none": "（どれでもない）"}


def show_case(code: str, environ: Mapping[str, str]) -> int:
    """Prints the case; 1 where there is none, 2 where `code` is no code. SettingsError, StorageError."""
    wanted = find_reference(code)
    if wanted is None:
        print("合い言葉は「さくら-27」の形です。", file=sys.stderr)
        return 2
    problems: list[str] = []
    url = store_url(environ.get("STORE_URL", "").strip() or DEFAULT_STORE, problems)
    if problems:
        raise SettingsError(problems)
    case = find_case(url, wanted)
    # The operator is on the phone: a fault in the content must not keep the case from her.
    loaded = build(read_folder(Path(environ.get("FAQ_DIR", "").strip() or "faq")))
    if case is None:
        return _show_booking(wanted, url, loaded.catalogue)
    print(_described(case, loaded.catalogue or Catalogue({})))
    return 0


def _show_booking(wanted: str, url: str, catalogue: Catalogue | None) -> int:
    """Cases and bookings have words of one kind: a caller cannot know which of the two hers is."""
    booking = _booking(wanted, url)
    if booking is None:
        print(f"「{wanted}」は、用件にも予約にもありません（用件は2週間で、予約は訪問の30日後に消えます）。")
        return 1
    slot, venues = booking.slot, catalogue.facts.venues if catalogue else ()
    venue = next((one.name.ja for one in venues if one.id == slot.venue), slot.venue)
    print(f"「{wanted}」は、予約の合い言葉です（{_STATES[booking.state]}）。")
    print(f"{venue}　{say_date(slot.day, 'ja')}{say_time(slot.time, 'ja')}　{booking.people}人")
    print(f"くわしくは：madoguchi bookings --venue {slot.venue} --date {slot.day}")
    return 0


def _booking(reference: str, url: str) -> Booking | None:
    """None too where there is no store yet: looking makes none."""
    if url.startswith("sqlite:///") and not Path(url.removeprefix("sqlite:///")).exists():
        return None
    ledger = open_ledger(url)
    try:
        return ledger.read(lambda pages: booking_at(pages, reference))
    finally:
        ledger.close()


def _described(case: Case, catalogue: Catalogue) -> str:
    at = datetime.fromtimestamp(case.at, UTC).astimezone(JST)
    tried = "、".join(_name(step, catalogue) for step in case.tried) or "なし"
    return "\n".join(
        (
            f"合い言葉　：{case.code}",
            f"時刻　　　：{say_date(at.date(), 'ja')}{say_time(at.time(), 'ja')}",
            f"ことば　　：{_LANGS[case.lang]}",
            f"最後の用件：{_name(case.topic, catalogue) if case.topic else 'なし'}",
            f"見たもの　：{tried}",
        )
    )


def _name(step: str, catalogue: Catalogue) -> str:
    entry = catalogue.entries.get(step)
    return entry.name("ja") if entry else _STEPS.get(step, step)
