"""`madoguchi case さくら-27`: what the operator on the phone sees. Topic and tries, never typed text."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from bot.content import read_folder
from bot.settings import DEFAULT_STORE, SettingsError, store_url
from bot.store.base import Case
from bot.store.lookup import find_case
from intents.catalogue import build
from intents.model import Catalogue
from intents.office import JST
from intents.reference import find_reference
from intents.wording import say_date, say_time

_LANGS = {"ja": "日本語", "easy": "やさしい日本語", "en": "英語"}
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
    if case is None:
        print(f"「{wanted}」はありません（2週間で消えます）。")
        return 1
    # The operator is on the phone: a fault in the content must not keep the case from her.
    loaded = build(read_folder(Path(environ.get("FAQ_DIR", "").strip() or "faq")))
    print(_described(case, loaded.catalogue or Catalogue({})))
    return 0


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
