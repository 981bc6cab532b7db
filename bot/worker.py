"""`madoguchi worker`: the outbox, tickets that other processes left, holds and whatever is over.

The whole desk but for its door. With Redis it runs beside `madoguchi serve`, whose processes have an
outbox too: reminders go out while either lives.
"""

from __future__ import annotations

import signal
import sys
from threading import Event

from bot.app import RunningDesk
from bot.clock import clock_from
from bot.log import set_up
from bot.settings import Settings


def run_worker(settings: Settings) -> int:
    """Runs until SIGTERM or SIGINT. With SQLite the serving process does this itself."""
    if settings.store_url.startswith("sqlite"):
        print("sqlite では madoguchi serve がこの仕事もします。worker はいりません。", file=sys.stderr)
        return 2
    set_up(settings.log_level)
    stop = Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    desk = RunningDesk(settings, clock_from(settings.practice_start))
    stop.wait()
    desk.close()
    return 0
