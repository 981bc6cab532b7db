"""`madoguchi ask`: what the desk would say, which entries it weighed, and why."""

from __future__ import annotations

import argparse
import json
import os
import sys
from typing import Any

from bot.clock import Clock, clock_from
from bot.knowledge import Edition, load
from bot.reception import Reception
from bot.settings import SettingsError, index_folder, practice_start
from bot.store.memory import MemoryLedger
from bot.typed import Misuse
from intents.bookings import Guest
from intents.catalogue.prompts import NEEDED
from intents.desk import Desk, respond
from intents.guard import Context, Refusal, judge
from intents.ledger.places import NO_TABLE
from intents.match import Band, Match
from intents.model import Call, Lang, SendPlace
from intents.talk import Said, Slipped, Talk, Typed


class _NoCases:
    """Asking from the command line opens no case."""

    def open_case(self, code: str, topic: str, tried: tuple[str, ...], lang: Lang) -> str:
        return "みほん-00"


def ask(arguments: argparse.Namespace) -> int:
    clock = _clock()
    if not (arguments.jsonl or arguments.text):
        raise Misuse("質問を書いてください。例：madoguchi ask 持ち物は何ですか")
    edition = load(arguments.folder, index_folder(os.environ))
    if arguments.jsonl:
        for number, line in enumerate(sys.stdin, 1):
            if line.strip():
                answer = answer_line(edition, _question(line, number), clock)
                print(json.dumps(answer, ensure_ascii=False))
        return 0
    _explain(edition, arguments.text, arguments.lang, clock)
    return 0


def _question(line: str, number: int) -> str:
    """The question of one line of `--jsonl`. Misuse."""
    try:
        match json.loads(line):
            case {"q": str(question)}:
                return question
    except ValueError:
        pass
    raise Misuse(f'{number}行目が読めません。{{"q": "質問"}} の形で、1行に1つ書いてください。')


def _clock() -> Clock:
    """The practice clock where DESK_CLOCK sets one: what is said depends on the day."""
    problems: list[str] = []
    start = practice_start(os.environ.get("DESK_CLOCK", ""), problems)
    if problems:
        raise SettingsError(problems)
    return clock_from(start)


def answer_line(edition: Edition, question: str, clock: Clock) -> dict[str, Any]:
    """One line of `--jsonl`: the ranked entries, and whether the desk would not answer by itself."""
    outcome = judge(question, Context(now=clock.now())).outcome
    if isinstance(outcome, Refusal):
        return {"q": question, "answers": [], "refused": True, "pin": outcome.kind.value}
    matches = edition.matcher.read(outcome.text)
    sure = any(match.band is Band.SURE for match in matches)
    return {"q": question, "answers": _ranked(matches), "refused": not sure}


def _ranked(matches: list[Match]) -> list[dict[str, Any]]:
    """The first of every part in order, then the further candidates of the first part."""
    heads = [match.candidates[0] for match in matches if match.candidates]
    rest = [c for match in matches[:1] for c in match.candidates[1:]]
    ranked: dict[str, float] = {}
    for candidate in (*heads, *rest):
        ranked.setdefault(candidate.id, round(candidate.score, 4))
    return [{"id": name, "score": score} for name, score in ranked.items()][:10]


def _explain(edition: Edition, text: str, lang: Lang | None, clock: Clock) -> None:
    outcome = judge(text, Context(now=clock.now())).outcome
    if isinstance(outcome, Refusal):
        print(f"【暗証番号の見張り】受け取りません（{outcome.kind.value}）")
        said: Said = Slipped(outcome)
    else:
        said = Typed(outcome)
        for match in edition.matcher.read(outcome.text):
            _print_match(match)
    if set(edition.catalogue.prompts) >= NEEDED:
        _print_reply(edition, said, lang, clock)


def _empty_ledger(edition: Edition, clock: Clock) -> Reception:
    """Every place free: what is booked elsewhere is nobody's business here."""
    openings = edition.catalogue.facts.openings or NO_TABLE
    now = int(clock.now().timestamp())
    return Reception(MemoryLedger(), Guest("ask"), "ask", openings, now)


def _print_match(match: Match) -> None:
    print(f"【{match.band.value}】確かさ {match.chance:.2f}")
    for candidate in match.candidates[:5]:
        why = "  ".join(f"{name} {value:.2f}" for name, value in candidate.why.items())
        print(f"  {candidate.score:.3f}  {candidate.id:<20} {why}")


def _print_reply(edition: Edition, said: Said, lang: Lang | None, clock: Clock) -> None:
    desk = Desk(edition.catalogue, edition.matcher, _NoCases(), _empty_ledger(edition, clock))
    reply, _ = respond(said, Talk(chosen=lang), desk, clock.now())
    for bubble in reply.bubbles:
        print("─" * 30)
        print(bubble.text)
        for button in bubble.buttons:
            more = f"（{button.number}）" if isinstance(button, Call) else ""
            print(f"  [{button.label}]{more}")
    taps = [button.label for button in reply.quick if not isinstance(button, SendPlace)]
    print("─" * 30)
    print("  ".join(f"({label})" for label in taps))
