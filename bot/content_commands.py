"""`madoguchi check` and `madoguchi test`: the staff's gate before an edit goes live."""

from __future__ import annotations

import argparse
import os
from dataclasses import replace
from pathlib import Path

from bot.clock import SystemClock
from bot.content import path_of, read_folder
from bot.knowledge import Edition, load
from bot.over_capacity import against_bookings
from bot.settings import index_folder
from intents.catalogue import build, expired_faults
from intents.catalogue.nodes import Fault
from intents.catalogue.references import NOTHING
from intents.match import Band, Match, Matcher
from intents.match.calibrate import calibrated, collisions
from intents.office import JST


def check(arguments: argparse.Namespace) -> int:
    """Every fault at once: ✕ stops the content from going live, △ should be mended. 1 if any."""
    folder: Path = arguments.folder
    files = read_folder(folder)
    loaded = build(files)
    today = SystemClock().now().astimezone(JST).date()
    faults = (*loaded.faults, *expired_faults(loaded, today))
    if loaded.catalogue is not None and arguments.close_calls:
        _print_close_calls(calibrated(loaded.catalogue))
    for fault in faults:
        print(_with_path(fault, path_of(folder, files, fault.place.file)))
    for told in (unfit := against_bookings(loaded.catalogue)):
        print(told)
    stops = sum(fault.stops for fault in faults)
    print(f"まちがい {stops}件（✕ 直すまで使えません）、注意 {len(faults) + len(unfit) - stops}件（△）")
    return 1 if faults or unfit else 0


def _with_path(fault: Fault, path: Path) -> Fault:
    """So that the file can be opened; a name in another encoding can be printed all the same."""
    shown = os.fsencode(path).decode("utf-8", "replace")
    return replace(fault, place=replace(fault.place, file=shown))


def _print_close_calls(matcher: Matcher) -> None:
    for row, found in collisions(matcher):
        owner = matcher.ids[int(matcher.owner[row])]
        print(f"？ {owner}：「{matcher.texts[row]}」は、書かれていなければ「{found}」に取られます。")


def test(arguments: argparse.Namespace) -> int:
    """The content's own question list: each question must be answered by its entry. 1 if one is not."""
    edition = load(arguments.folder, index_folder(os.environ))
    wrong = [
        line
        for asked in edition.catalogue.questions
        if (line := _wrong(edition, asked.question, asked.entry))
    ]
    print("\n".join(wrong))
    total = len(edition.catalogue.questions)
    print(f"質問 {total}件：合っている {total - len(wrong)}件、ちがう {len(wrong)}件")
    return 1 if wrong else 0


def _wrong(edition: Edition, question: str, entry: str) -> str:
    """What is wrong with the desk's answer to `question`; "" where it is right."""
    matches = edition.matcher.read(question)
    sure = [match.candidates[0].id for match in matches if match.band is Band.SURE]
    offered = _offered(matches)
    if entry == NOTHING:
        return f"✕「{question}」：答えないはずが「{sure[0]}」と答えました" if sure else ""
    if entry in sure or (not sure and entry in offered):
        return ""
    got = "・".join(sure or offered) or "なし"
    return f"✕「{question}」：「{entry}」のはずが「{got}」でした"


def _offered(matches: list[Match]) -> list[str]:
    return [c.id for match in matches if match.band is Band.UNSURE for c in match.candidates[:3]]
