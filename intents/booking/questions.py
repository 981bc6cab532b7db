"""The questions of a booking, each as bubbles with the taps that answer it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, time

from intents.draft import Draft
from intents.model import Bubble, Button, PickDate, SendPlace, Tap
from intents.slots import Slot, in_time
from intents.telling import say_slot, venue_name, venue_short, visit_lines
from intents.turn import Turn, tap
from intents.wording import say_time

MAX_DAYS = 4
NOON = 12


def slot_data(slot: Slot) -> str:
    """A slot in a button's data: it says by itself what is chosen, however old the button is."""
    return f"{slot.venue}:{slot.day.isoformat()}:{slot.time:%H%M}"


def slot_from(venue: str, day: str, moment: str) -> Slot | None:
    return Slot.parse(f"{venue}/{day}/{moment[:2]}:{moment[2:]}")


def slot_tap(slot: Slot, label: str) -> Tap:
    return tap(label, f"slot:{slot_data(slot)}")


def stop_tap(turn: Turn) -> Tap:
    return tap(turn.speak.prompt("book_stop"), "unbook")


# ------------------------------------------------------------------ one function a step
def ask_venue(turn: Turn, slots: Iterable[Slot], lead: str = "") -> Bubble:
    """Which counter: each with the first day on which it has a place, soonest first."""
    first: dict[str, date] = {}
    for slot in sorted(slots, key=in_time):
        first.setdefault(slot.venue, slot.day)
    taps: list[Button] = [
        tap(
            turn.speak.prompt(
                "book_venue_button", venue=venue_short(turn.speak, venue), day=turn.speak.date(day)
            ),
            f"venue:{venue}",
        )
        for venue, day in first.items()
    ]
    if any(venue.position for venue in turn.desk.catalogue.facts.venues):
        taps.append(SendPlace(turn.speak.prompt("place_button")))
    return Bubble(_led(lead, turn.speak.prompt("book_venue")), tuple(taps))


def ask_day(turn: Turn, venue: str, slots: Iterable[Slot], lead: str = "", skip: int = 0) -> Bubble:
    """Which day: the next ones with a free place, and a calendar as the second way."""
    days = sorted({slot.day for slot in slots})
    shown = days[skip : skip + MAX_DAYS]
    taps: list[Button] = [tap(turn.speak.date(day), f"day:{venue}:{day.isoformat()}") for day in shown]
    if len(days) > skip + MAX_DAYS:
        taps.append(tap(turn.speak.prompt("book_more_days"), f"days:{venue}:{skip + MAX_DAYS}"))
    if len(days) > MAX_DAYS:
        taps.append(PickDate(turn.speak.prompt("book_calendar"), f"day:{venue}", days[0], days[-1]))
    ask = turn.speak.prompt("book_day", venue=venue_name(turn.speak, venue))
    return Bubble(_led(lead, ask), tuple(taps))


def ask_time(turn: Turn, slots: Iterable[Slot], lead: str = "") -> tuple[Bubble, ...]:
    """Which time: the morning in one bubble, the afternoon in another."""
    slots = list(slots)
    first = slots[0]
    place = turn.speak.prompt("book_time", day=turn.speak.date(first.day), venue=venue_name(turn.speak, first.venue))
    halves = (
        (turn.speak.prompt("book_morning"), [slot for slot in slots if slot.time.hour < NOON]),
        (turn.speak.prompt("book_afternoon"), [slot for slot in slots if slot.time.hour >= NOON]),
    )
    bubbles: list[Bubble] = []
    for name, half in halves:
        if half:
            taps = tuple(slot_tap(slot, say_time(slot.time, turn.speak.lang)) for slot in half)
            bubbles.append(Bubble(name if bubbles else f"{_led(lead, place)}\n{name}", taps))
    return tuple(bubbles)


def ask_people(turn: Turn, lead: str = "") -> Bubble:
    taps = tuple(tap(turn.speak.prompt(f"book_who_{who}"), f"who:{who}") for who in ("self", "family", "two"))
    return Bubble(_led(lead, turn.speak.prompt("book_who")), taps)


def ask_topics(turn: Turn, lead: str = "") -> Bubble:
    taps = tuple(
        tap(turn.speak.prompt(f"topic_{topic}"), f"topic:{topic}")
        for topic in ("setagaya", "tokyo", "both", "unsure")
    )
    return Bubble(_led(lead, turn.speak.prompt("book_topics")), taps)


def ask_confirm(
    turn: Turn, draft: Draft, slot: Slot, until: int, lead: str = "", standing: Slot | None = None
) -> Bubble:
    """All that was chosen, once more, and one tap that books it.

    `until`: how long the place is held, epoch seconds; `standing`: the place that a change gives up,
    or that of another booking, which stays.
    """
    speak = turn.speak
    lines = [visit_lines(speak, slot, draft.seats, draft.topics or (), draft.family)]
    if standing is not None:
        day, venue = say_slot(standing, speak), venue_name(speak, standing.venue)
        prompt = "book_now" if draft.moving else "book_besides"
        lines.append(speak.prompt(prompt, day=day, venue=venue))
    if until > turn.now.timestamp():
        minutes = max(1, round((until - turn.now.timestamp()) / 60))
        held = "book_held_two" if draft.seats > 1 else "book_held"
        lines.append(speak.prompt(held, number=str(minutes)))
    ask = speak.prompt("book_confirm_change" if draft.moving else "book_confirm")
    text = "\n\n".join((_led(lead, ask), *lines))
    label = speak.prompt("book_do_change" if draft.moving else "book_do")
    other = tap(speak.prompt("book_other_time"), f"day:{slot.venue}:{slot.day.isoformat()}")
    book = Tap(label, confirm_data(draft, slot), label, main=True)
    return Bubble(text, (book, other, stop_tap(turn)))


def ask_what(turn: Turn, draft: Draft, slot: Slot) -> Bubble:
    """Which part of what was chosen is to be another one."""
    speak = turn.speak
    where = (
        tap(speak.prompt("book_other_time"), f"day:{slot.venue}:{slot.day.isoformat()}"),
        tap(speak.prompt("book_other_day"), f"days:{slot.venue}:0"),
        tap(speak.prompt("book_other_venue"), "venues"),
    )
    whom = (
        tap(speak.prompt("book_other_people"), "edit:people"),
        tap(speak.prompt("book_other_topics"), "edit:topics"),
    )
    return Bubble(speak.prompt("book_what"), (*where, *(() if draft.moving else whom), stop_tap(turn)))


_TAGGED = frozenset({"venue", "venues", "days", "day", "slot"})


def tagged(bubble: Bubble, draft: Draft) -> Bubble:
    """The question of a change, whose buttons say whose: pressed late, they must not make a second booking."""
    if not draft.moving:
        return bubble
    return replace(bubble, buttons=tuple(_tagged(button, draft.moving) for button in bubble.buttons))


def _tagged(button: Button, moving: str) -> Button:
    if isinstance(button, Tap | PickDate) and button.data.split(":")[0] in _TAGGED:
        return replace(button, data=f"{button.data}:m.{moving}")
    return button


def untagged(args: tuple[str, ...]) -> tuple[tuple[str, ...], str]:
    """A button's arguments, and the booking that its question was to change ("" for a new one)."""
    tags = [arg for arg in args if arg.startswith("m.")]
    return tuple(arg for arg in args if arg not in tags), tags[0].removeprefix("m.") if tags else ""


def confirm_data(draft: Draft, slot: Slot) -> str:
    """The last button carries everything, so that it means the same however late it is pressed."""
    if draft.moving:
        return f"moveit:{slot_data(slot)}:{draft.moving}:{draft.key}"
    topics = {("setagaya",): "setagaya", ("tokyo",): "tokyo", ("setagaya", "tokyo"): "both"}
    whom = f"{draft.seats}{'f' if draft.family else 's'}"
    return f"bookit:{slot_data(slot)}:{whom}:{topics.get(draft.topics or (), 'unsure')}:{draft.key}"


def _led(lead: str, text: str) -> str:
    return f"{lead}\n\n{text}" if lead else text


def day_of(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def moment_of(text: str) -> time | None:
    """1345 in a button's data."""
    try:
        return time(int(text[:2]), int(text[2:]))
    except ValueError:
        return None

