"""The commands that start something. What each needs is imported when it runs: the others stay quick."""

from __future__ import annotations

import argparse
import gc
import os
import sys
from dataclasses import replace
from pathlib import Path

from bot.settings import from_environment
from bot.start_faults import listener
from bot.typed import Misuse


def content_folder() -> Path:
    """FAQ_DIR, or `faq`."""
    return Path(os.environ.get("FAQ_DIR", "").strip() or "faq")


def existing(folder: Path | None) -> None:
    """Misuse where `folder` is named and is none."""
    if folder is not None and not folder.is_dir():
        raise Misuse(f"内容のフォルダがありません：{folder}")


def serve(arguments: argparse.Namespace) -> int:
    from bot.knowledge import load_for_desk
    from bot.log import set_up
    from bot.process import keep_to_itself
    from bot.server import serve_alone, serve_many
    from bot.store import open_store

    keep_to_itself()

    settings = from_environment(os.environ)
    if arguments.port is not None:
        settings = replace(settings, port=arguments.port)
    if settings.store_url.startswith("sqlite") and arguments.workers != 1:
        print(
            "sqlite のときは --workers 1 だけです。増やすには STORE_URL を redis:// にします。",
            file=sys.stderr,
        )
        return 2
    with listener(settings.host, settings.port, "serve") as taken:
        open_store(settings.store_url).close()
        edition = load_for_desk(settings.faq_dir, settings.indexes)
        set_up(settings.log_level)
        gc.freeze()  # what is loaded stays, and need not be looked through again and again
        gc.enable()
        if arguments.workers == 1:
            serve_alone(settings, taken, edition)
        else:
            serve_many(taken, arguments.workers)
    return 0


def worker(_: argparse.Namespace) -> int:
    from bot.worker import run_worker

    return run_worker(from_environment(os.environ))


def demo(arguments: argparse.Namespace) -> int:
    from bot.demo.serve import run

    return run(arguments.port, arguments.start)


def case(arguments: argparse.Namespace) -> int:
    from bot.case_command import show_case

    return show_case(arguments.code, os.environ)


def richmenu(arguments: argparse.Namespace) -> int:
    from bot import richmenu

    existing(content_folder())
    if arguments.action == "show":
        return richmenu.show(content_folder())
    if arguments.action == "draw":
        return richmenu.draw(content_folder())
    return richmenu.publish(from_environment(os.environ))
