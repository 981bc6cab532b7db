"""What the desk says to a question: one answer, several, a short choice, or an honest no."""

from __future__ import annotations

import re
from dataclasses import replace

from intents.handoff import hand_over
from intents.model import Bubble, Button, Entry, Reply, SendPlace
from intents.talk import Talk
from intents.turn import Turn, entry_button, handed, main_taps, phone_taps, quick_taps, tap, tried

MAX_ANSWERS = 3
_PARAGRAPHS = re.compile(r"\n\s*\n")


def choices(ids: list[str], turn: Turn) -> tuple[Reply, Talk]:
    """「もしかして」: up to three buttons, and one for none of them."""
    offered = [entry for name in ids if (entry := turn.desk.entry(name))]
    buttons: list[Button] = [entry_button(entry, turn) for entry in offered]
    buttons.append(tap(turn.speak.prompt("choose_none"), "none"))
    turn = turn.remember(offered=tuple(entry.id for entry in offered))
    return turn.say(
        Bubble(turn.speak.prompt("choose"), tuple(buttons)),
        quick=quick_taps(turn),
        band="unsure",
        room="choose",
        entry=ids[0],
    )


def miss(turn: Turn) -> tuple[Reply, Talk]:
    """An honest "that I cannot answer"; the second time in a row with the phone by itself."""
    misses = turn.talk.misses + 1
    turn = turn.remember(misses=misses, offered=(), tried=tried(turn.talk, "miss"))
    if misses < 2:
        return turn.say(
            Bubble(turn.speak.prompt("miss"), main_taps(turn)),
            quick=quick_taps(turn),
            band="far",
            room="miss",
        )
    bubble, turn = handed(turn)
    return turn.say(
        Bubble(turn.speak.prompt("miss_again")),
        bubble,
        quick=quick_taps(turn),
        band="far",
        room="miss_again",
    )


def answer(entry: Entry, turn: Turn, band: str) -> tuple[Reply, Talk]:
    """The entry's answer. Not for entries that start something."""
    turn = turn.remember(last=entry.id, page=0, misses=0, offered=(), tried=tried(turn.talk, entry.id))
    bubbles = [answer_bubble(entry, turn)]
    return turn.say(*bubbles, quick=quick_taps(turn, entry), entry=entry.id, band=band, room="answer")


def answer_bubble(entry: Entry, turn: Turn) -> Bubble:
    text = turn.speak.answer(entry, turn.talk.family)
    if text is None:
        expired = turn.speak.prompt("expired")
        return Bubble(f"{expired}\n\n{hand_over(turn.speak, turn.now, '').text}", phone_taps(turn))
    buttons: list[Button] = [
        entry_button(target, turn) for name in entry.buttons if (target := turn.desk.entry(name))
    ]
    if entry.id in ("where", "nearest"):
        buttons = [*buttons[:3], SendPlace(turn.speak.prompt("place_button"))]
    return Bubble(text, tuple(buttons))


def several(entries: list[Entry], turn: Turn) -> tuple[Reply, Talk]:
    """Several questions in one message: each is answered, in their order."""
    told = [entry for entry in entries if not entry.start][:MAX_ANSWERS]
    started = [entry for entry in entries if entry.start][: MAX_ANSWERS - len(told)]
    bubbles = [answer_bubble(entry, turn) for entry in told]
    if started:
        name = turn.speak.prompt("several")
        bubbles.append(Bubble(name, tuple(entry_button(entry, turn) for entry in started)))
    turn = turn.remember(
        last=told[-1].id, page=0, misses=0, offered=(), tried=tried(turn.talk, *(e.id for e in told))
    )
    return turn.say(*bubbles, quick=quick_taps(turn, told[-1]), entry=told[0].id, band="sure", room="several")


def repeat(how: str, turn: Turn) -> tuple[Reply, Talk]:
    """The last answer again, shorter (its first paragraph), or a step at a time."""
    entry = turn.desk.entry(turn.talk.last)
    if entry is None or entry.start:
        return turn.say(
            Bubble(turn.speak.prompt("nothing_to_repeat"), main_taps(turn)),
            quick=quick_taps(turn),
            room="repeat",
        )
    if how == "slowly":
        return slow_page(entry, 0, turn)
    bubble = answer_bubble(entry, turn)
    if how == "shorter":
        bubble = replace(bubble, text=_PARAGRAPHS.split(bubble.text)[0])
    return turn.say(bubble, quick=quick_taps(turn, entry), entry=entry.id, room=how)


def slow_page(entry: Entry, page: int, turn: Turn) -> tuple[Reply, Talk]:
    """One paragraph of the answer; its button leads to the next, the last one has the entry's own."""
    bubble = answer_bubble(entry, turn)
    steps = [part.strip() for part in _PARAGRAPHS.split(bubble.text) if part.strip()]
    page = min(page, len(steps) - 1)
    turn = turn.remember(last=entry.id, page=page)
    head = f"（{page + 1}/{len(steps)}）\n" if len(steps) > 1 else ""
    if page + 1 < len(steps):
        more = tap(turn.speak.prompt("slow_next"), f"slow:{entry.id}:{page + 1}")
        shown = Bubble(head + steps[page], (more,))
    else:
        shown = Bubble(f"{head}{steps[page]}\n\n{turn.speak.prompt('slow_end')}", bubble.buttons)
    return turn.say(shown, quick=quick_taps(turn), entry=entry.id, room="slowly")


def none_of_these(turn: Turn) -> tuple[Reply, Talk]:
    turn = turn.remember(offered=(), misses=turn.talk.misses + 1, tried=tried(turn.talk, "none"))
    bubble, turn = handed(turn)
    return turn.say(
        Bubble(turn.speak.prompt("choose_none_answer")), bubble, quick=quick_taps(turn), room="none"
    )
