"""`madoguchi clock`: whether the desk trusts the machine's clock, and a person's word that it is right."""

from __future__ import annotations

import argparse
import os
from datetime import datetime

from bot.clock import clock_from
from bot.settings import DEFAULT_STORE, SettingsError, practice_start, store_url
from bot.store import open_ledger
from bot.trusted_clock import TrustedClock
from intents.ledger.trusted import confirm
from intents.office import JST


def show(arguments: argparse.Namespace) -> int:
    """Prints the time; 1 where it is not trusted and was not confirmed. SettingsError, StorageError."""
    problems: list[str] = []
    url = store_url(os.environ.get("STORE_URL", "").strip() or DEFAULT_STORE, problems)
    clock = clock_from(practice_start(os.environ.get("DESK_CLOCK", "").strip(), problems))
    if problems:
        raise SettingsError(problems)
    now = clock.now()
    ledger = open_ledger(url)
    try:
        if arguments.confirm:
            ledger.transact(lambda pages: confirm(pages, int(now.timestamp())))
        doubts = TrustedClock(ledger, clock).state()
    finally:
        ledger.close()
    print("\n".join(doubts or [f"いまは {_said(now)} です。この時計で動いています。"]))
    return 1 if doubts else 0


def _said(moment: datetime) -> str:
    return f"{moment.astimezone(JST):%Y-%m-%d %H:%M}"
