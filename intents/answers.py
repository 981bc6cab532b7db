"""What the desk says to a question: one answer, several, a short choice, or an honest no."""

from __future__ import annotations

import re

from intents.daily import Daily
from intents.handoff import hand_over
from intents.model import Bubble, Button, Entry, Reply, SendPlace
from intents.office import phase
from intents.talk import Talk
from intents.turn import (
    STILL,
    Turn,
    entry_button,
    handed,
    is_over,
    main_taps,
    phone_taps,
    quick_taps,
    tap,
    tried,
)

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
    # 「もう一度」 after a thank-you means what was told before it.
    last = turn.talk.last if entry.courtesy and turn.talk.last else entry.id
    turn = turn.remember(last=last, page=0, misses=0, offered=(), tried=tried(turn.talk, entry.id))
    bubbles = [answer_bubble(entry, turn)]
    return turn.say(*bubbles, quick=quick_taps(turn, entry), entry=entry.id, band=band, room="answer")


def answer_bubble(entry: Entry, turn: Turn, *, short: bool = False) -> Bubble:
    """What the entry says, with its buttons. `short`: its first paragraph alone."""
    daily = Daily(turn.speak, turn.now, turn.desk.bookings)
    text = turn.speak.answer(entry, turn.talk.family, daily)
    if text is None:
        expired = turn.speak.prompt("expired")
        return Bubble(f"{expired}\n\n{hand_over(turn.speak, turn.now, '').text}", phone_taps(turn))
    text = _PARAGRAPHS.split(text)[0] if short else text
    return Bubble(_with_closures(entry, text, daily), _buttons(entry, turn))


def _with_closures(entry: Entry, text: str, daily: Daily) -> str:
    """A closed day is said first wherever dates are told: nobody must set out for it."""
    notice = daily.notice() if entry.closures else ""
    return f"{notice}\n\n{text}" if notice else text


def _buttons(entry: Entry, turn: Turn) -> tuple[Button, ...]:
    """The entry's buttons; after the programme those that still lead somewhere."""
    targets = [target for name in entry.buttons if (target := turn.desk.entry(name))]
    after = phase(turn.speak.today, turn.desk.catalogue.facts) == "after"
    if after:
        targets = [one for one in targets if not is_over(one) and one.start != "phone"]
        still = [one for name in STILL if (one := turn.desk.entry(name)) and one is not entry]
        targets = [*targets, *(one for one in still if one not in targets)][: max(2, len(targets))]
    buttons: list[Button] = [entry_button(target, turn) for target in targets]
    if entry.id in ("where", "nearest") and not after:
        buttons = [*buttons[:3], SendPlace(turn.speak.prompt("place_button"))]
    return tuple(buttons)


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
    bubble = answer_bubble(entry, turn, short=how == "shorter")
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
