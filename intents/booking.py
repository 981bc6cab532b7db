"""The steps of a booking: venue → day → time → for whom → what help → confirm → receipt.

What was said already is not asked again. A step under way lies in the talk as a Draft; the place
chosen is held in the ledger. Every answer, tapped or typed, changes the draft and goes to `proceed`,
which asks what is lacking. Changing a booking is the same way with `Draft.moving`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from intents.booking_questions import (
    ask_confirm,
    ask_day,
    ask_people,
    ask_time,
    ask_topics,
    ask_venue,
    day_of,
    slot_from,
    slot_tap,
    stop_tap,
)
from intents.bookings import Booking, Bookings, Outcome, Wish
from intents.draft import Draft, Step
from intents.guard import Asked
from intents.model import Bubble, Button, Openings, Reply, Tap
from intents.office import phase
from intents.say import Speaker
from intents.slots import Alternatives, Reason, Slot, alternatives, free_slots, in_time, without
from intents.talk import Talk
from intents.telling import receipt, say_slot, venue_name, venue_short
from intents.turn import Turn, entry_taps, main_taps, phone_taps, quick_taps, tap
from intents.wishes import Heard

_ASKED: Mapping[Step, Asked] = {
    "venue": Asked.CHOICE,
    "day": Asked.DATE,
    "time": Asked.TIME,
    "people": Asked.PEOPLE,
    "topics": Asked.CHOICE,
    "confirm": Asked.NOTHING,
}
_SHOWN, _LOOKED_AT = 3, 40  # alternatives
Answer = tuple[Reply, Talk]


@dataclass(frozen=True, slots=True)
class Window:
    """What can be booked at this moment: the table without closed days, and who has what."""

    bookings: Bookings
    openings: Openings
    taken: Mapping[Slot, int]
    closed: Mapping[tuple[str, date], str]

    @property
    def notice(self) -> timedelta:
        return timedelta(minutes=self.openings.notice)

    def free(self, draft: Draft, turn: Turn, venue: str | None = None) -> tuple[Slot, ...]:
        """The free slots of the draft's wish, at its venue."""
        at = venue or draft.venue or None
        return free_slots(
            self.openings, self.taken, draft.when, at, turn.now, self.notice, people=draft.seats
        )

    def days_at(self, venue: str, draft: Draft, turn: Turn) -> tuple[Slot, ...]:
        """All free slots of a venue from now on, whatever day was wished."""
        any_day = replace(draft, days=(), earliest=None, latest=None, first=False)
        return self.free(any_day, turn, venue)


def open_window(turn: Turn) -> Window | Answer:
    """The window on the ledger; an answer instead, where nothing can be booked, which says why."""
    facts, speak = turn.desk.catalogue.facts, turn.speak
    if phase(speak.today, facts) == "after":
        return _refused(turn, "booking_over", *entry_taps(turn, "until"))
    openings = facts.openings
    if openings is None or not any(openings.days.values()):
        return _refused(turn, "booking_not_yet", *phone_taps(turn), *entry_taps(turn, "where", "bring"))
    speak.practice = speak.practice or openings.practice
    if openings.accept_from and speak.today < openings.accept_from:
        text = speak.prompt("booking_from", day=speak.date(openings.accept_from))
        return turn.say(Bubble(text, entry_taps(turn, "venue_dates", "bring")), room="booking")
    bookings = turn.desk.bookings
    if bookings is None:
        return _refused(turn, "booking_group", *phone_taps(turn))
    closed = bookings.closed()
    return Window(bookings, without(openings, closed.keys()), bookings.taken(), closed)


def _refused(turn: Turn, prompt: str, *buttons: Button) -> Answer:
    turn = turn.remember(draft=None)
    return turn.say(Bubble(turn.speak.prompt(prompt), buttons), quick=quick_taps(turn), room="booking")


# ------------------------------------------------------------------ beginning
def begin(turn: Turn, heard: Heard, moving: Booking | None = None) -> Answer:
    """A new booking, or the change of one, with what the first sentence already says."""
    window = open_window(turn)
    if not isinstance(window, Window):
        return window
    if moving is None:
        had = sum(one.people for one in window.bookings.mine())
        if had >= window.openings.per_person:
            return at_limit(turn, window)
    heard = _as_booked(heard, moving, window)
    quick = heard.says_when and bool(heard.when.days or heard.venue)
    draft = Draft(key=window.bookings.fresh_key(), quick=quick)
    if moving is not None:
        draft = replace(
            draft, moving=moving.reference, people=moving.people, topics=moving.topics, family=moving.family
        )
        venue = heard.venue or moving.slot.venue
        if not heard.venue and not any(window.days_at(venue, draft, turn)):
            venue = ""  # its turn is over: any venue will do
        draft = replace(draft, venue=venue)
    return apply(turn, draft, heard, window)


def _as_booked(heard: Heard, moving: Booking | None, window: Window) -> Heard:
    """「同じ日」 is the day of the booking she has; a change of the hour alone stays on its day."""
    mine = window.bookings.mine()
    booked = moving or (mine[0] if len(mine) == 1 else None)
    if booked is None:
        return heard
    slot, when = booked.slot, heard.when
    hour_only = bool(when.earliest or when.latest) and not when.days and heard.venue in ("", slot.venue)
    if heard.same_day or (moving and booked.state == "booked" and hour_only and not when.first):
        when = replace(when, days=(slot.day,), problem="")
    if heard.same_time:
        when = replace(when, earliest=slot.time, latest=slot.time)
    venue = heard.venue or (slot.venue if heard.same_day else "")
    return replace(heard, when=when, venue=venue)


def apply(turn: Turn, draft: Draft, heard: Heard, window: Window) -> Answer:
    """The draft with what a typed sentence says, and on to what is lacking."""
    if heard.people > 2:
        return _many(turn, draft)
    if heard.venue and heard.venue != draft.venue:
        keep = () if not heard.says_when and draft.slot else draft.days
        draft = replace(draft, venue=heard.venue, slot=None, days=keep)
        if not heard.says_when and not _open_on(window, heard.venue, draft.days):
            draft = replace(draft, days=(), earliest=None, latest=None, first=False)
    people = heard.people or (1 if heard.relative and not draft.people else 0)
    if people and not draft.moving:
        draft = replace(draft, people=people)
    if heard.family:
        draft = replace(draft, family=True)
    if heard.topics is not None:
        draft = replace(draft, topics=heard.topics)
    if heard.says_when:
        if heard.when.problem:
            return _misread(turn, draft, heard, window)
        draft = draft.wishing(heard.when)
    if heard.elsewhere and not heard.venue and not draft.moving:
        lead = turn.speak.prompt("book_no_such_place", name=heard.elsewhere)
        nowhere = replace(draft, venue="", slot=None)
        slots = window.free(nowhere, turn)
        if slots:
            return _ask(turn, nowhere, "venue", ask_venue(turn, slots, lead))
    return proceed(turn, draft, window)


def _open_on(window: Window, venue: str, days: Iterable[date]) -> bool:
    return any(day in window.openings.days.get(venue, ()) for day in days)


def _many(turn: Turn, draft: Draft) -> Answer:
    bubble = ask_people(turn, turn.speak.prompt("book_many"))
    return _ask(turn, draft, "people", replace(bubble, buttons=(*bubble.buttons, *phone_taps(turn))))


def at_limit(turn: Turn, window: Window) -> Answer:
    """As many places as one person may have: what she has, and how to change it."""
    turn = turn.remember(draft=None)
    text = turn.speak.prompt("booking_limit", number=str(window.openings.per_person))
    buttons = (*entry_taps(turn, "booking_check", "booking_change"), *phone_taps(turn))
    return turn.say(Bubble(text, buttons), quick=quick_taps(turn), room="booking")


# ------------------------------------------------------------------ on to what is lacking
def proceed(turn: Turn, draft: Draft, window: Window, lead: str = "") -> Answer:
    """Asks the first thing that is not known yet; holds the place as soon as it is chosen."""
    if draft.slot is None:
        return _towards_slot(turn, draft, window, lead)
    outcome = window.bookings.hold(draft.slot, draft.seats, draft.moving)
    if not outcome.ok or outcome.hold is None:
        return _not_held(turn, draft, window, outcome)
    chosen = lead or _chosen(turn, draft.slot)
    if not draft.people and not draft.quick:
        return _ask(turn, draft, "people", ask_people(turn, chosen))
    # From a typed sentence one question at most is asked before the confirmation.
    if draft.topics is None and not (draft.quick and draft.taps):
        return _ask(turn, draft, "topics", ask_topics(turn, chosen))
    if not draft.moving and any(one.slot == draft.slot for one in window.bookings.mine()):
        lead = lead or turn.speak.prompt("book_same_time")
    bubble = ask_confirm(turn, draft, draft.slot, outcome.hold.until, lead)
    return _ask(turn, draft, "confirm", bubble)


def _chosen(turn: Turn, slot: Slot) -> str:
    """The place that was chosen or found, said back at once."""
    return turn.speak.prompt(
        "book_chosen", day=say_slot(slot, turn.speak), venue=venue_name(turn.speak, slot.venue)
    )


def not_understood(turn: Turn, draft: Draft, window: Window) -> Answer:
    """The same question again, for words that were no answer to it."""
    return proceed(turn, draft, window, turn.speak.prompt("book_not_understood"))


def _towards_slot(turn: Turn, draft: Draft, window: Window, lead: str) -> Answer:
    if not draft.venue:
        slots = window.free(draft, turn)
        venues = {slot.venue for slot in slots}
        if len(venues) == 1 and (draft.days or draft.first):
            return proceed(turn, replace(draft, venue=slots[0].venue), window, lead)
        if venues:
            return _ask(turn, draft, "venue", ask_venue(turn, slots, lead))
        return explain(turn, draft, window, lead)
    slots = window.free(draft, turn)
    if not slots:
        return explain(turn, draft, window, lead)
    if draft.first:
        return proceed(turn, draft.at(slots[0]), window, lead)
    if len({slot.day for slot in slots}) > 1:
        return _ask(turn, draft, "day", ask_day(turn, draft.venue, slots, lead))
    # Of a typed "Tuesday morning" the first place is proposed; other times are one tap away.
    sure = len(slots) == 1 or (draft.quick and not draft.taps and bool(draft.earliest or draft.latest))
    if sure:
        return proceed(turn, draft.at(slots[0]), window, lead)
    draft = replace(draft, days=(slots[0].day,))
    return _ask(turn, draft, "time", *ask_time(turn, slots, lead))


def _ask(turn: Turn, draft: Draft, step: Step, *bubbles: Bubble) -> Answer:
    """Shows a question, and remembers what was asked and offered."""
    offered = tuple(b.data for bubble in bubbles for b in bubble.buttons if isinstance(b, Tap))
    draft = replace(draft, step=step, offered=offered, asked=int(turn.now.timestamp()))
    turn = turn.remember(draft=draft, asked=_ASKED[step], misses=0, offered=())
    return turn.say(*bubbles, quick=(*_ways_back(turn, draft), *entry_taps(turn, "phone")), room=f"booking_{step}")


def _ways_back(turn: Turn, draft: Draft) -> tuple[Button, ...]:
    """The small taps below a question: stop, another day, another place."""
    day = tap(turn.speak.prompt("book_other_day"), f"days:{draft.venue}:0")
    venue = tap(turn.speak.prompt("book_other_venue"), "venues")
    back: Mapping[Step, tuple[Button, ...]] = {"day": (venue,), "time": (day, venue), "confirm": (day, venue)}
    ways = back.get(draft.step, ()) if draft.venue else ()
    return ways if draft.step == "confirm" else (stop_tap(turn), *ways)


# ------------------------------------------------------------------ what does not fit
def explain(turn: Turn, draft: Draft, window: Window, lead: str = "", reason: Reason | None = None) -> Answer:
    """Why the wish cannot be had, and the nearest free places."""
    facts = replace(turn.desk.catalogue.facts, openings=window.openings)
    found = alternatives(
        facts,
        window.taken,
        draft.when,
        draft.venue or None,
        turn.now,
        window.notice,
        people=draft.seats,
        count=_LOOKED_AT,
    )
    found = replace(found, slots=_spread(found))
    why = _why(turn, draft, window, found, reason or found.reason)
    nothing_ahead = not (found.slots or found.elsewhere or draft.days or found.reason is Reason.FULL)
    nearby = (*found.slots, *found.elsewhere[:1])
    taps: list[Button] = [_slot_button(turn, slot, draft.venue) for slot in nearby]
    if found.reason is Reason.FULL and draft.venue and found.day and not draft.moving:
        taps.append(_wait_tap(turn, draft, found.day))
    if draft.venue and window.days_at(draft.venue, draft, turn):
        taps.append(tap(turn.speak.prompt("book_other_day"), f"days:{draft.venue}:0"))
    else:
        taps.append(tap(turn.speak.prompt("book_other_venue"), "venues"))
    ask = turn.speak.prompt("book_instead" if nearby else "book_nothing_free")
    if nothing_ahead:
        return _refused(turn, "book_none_left", *phone_taps(turn), *entry_taps(turn, "until"))
    text = "\n\n".join(part for part in (lead, why, ask) if part)
    if not nearby:
        taps += phone_taps(turn)
    draft = replace(draft, slot=None, taps=draft.taps)
    return _ask(turn, draft, "day", Bubble(text, tuple(taps)))


def _spread(found: Alternatives) -> tuple[Slot, ...]:
    """Three near places, in their order: of the wished day where it is open, else of three days."""
    near = found.slots
    if not any(slot.day == found.day for slot in near):
        by_day = {slot.day: slot for slot in reversed(near)}
        near = tuple(slot for slot in near if by_day[slot.day] == slot)
    return tuple(sorted(near[:_SHOWN], key=in_time))


def _slot_button(turn: Turn, slot: Slot, venue: str) -> Tap:
    where = "" if slot.venue == venue else f"{venue_short(turn.speak, slot.venue)} "
    return slot_tap(slot, where + say_slot(slot, turn.speak))


def _wait_tap(turn: Turn, draft: Draft, day: date) -> Tap:
    bounds = [f"{moment:%H%M}" if moment else "any" for moment in (draft.earliest, draft.latest)]
    data = ":".join(("wait", draft.venue, day.isoformat(), str(draft.seats), *bounds))
    return tap(turn.speak.prompt("book_wait"), data)


def _why(turn: Turn, draft: Draft, window: Window, found: Alternatives, reason: Reason) -> str:
    speak, day = turn.speak, found.day
    closed = window.closed.get((draft.venue, day)) if day else None
    if closed is not None and day:
        text = speak.prompt("why_shut", day=speak.date(day), venue=venue_name(speak, draft.venue))
        return f"{text}\n{speak.prompt('closure_reason', name=closed)}" if closed else text
    names = (", " if speak.lang == "en" else "・").join(venue_name(speak, one) for one in found.turn)
    if reason is Reason.FITS:
        return ""
    if reason is Reason.PAST and day == speak.today:
        reason = Reason.TOO_SOON  # the hour is past, the day is not
    two = reason is Reason.FULL and draft.seats > 1
    name = "why_full_two" if two else f"why_{reason.value}"
    whole_day = reason is Reason.FULL and not (draft.earliest or draft.latest)
    if (day is None and reason in (Reason.FULL, Reason.TOO_SOON, Reason.NO_SUCH_TIME)) or whole_day:
        name += "_any"
    dated = _dated(speak, day) if day else ""
    venue = venue_name(speak, draft.venue) if draft.venue else speak.prompt("book_any_venue")
    if whole_day and day:
        venue = {"ja": f"{dated}の{venue}", "easy": f"{dated}の {venue}", "en": f"{venue}, {dated}"}[speak.lang]
    return speak.prompt(name, day=dated, venue=venue, name=names)


def _dated(speak: Speaker, day: date) -> str:
    """The day with its weekday, and its year where that is another one."""
    text = speak.date(day)
    if day.year == speak.today.year:
        return text
    return f"{text}, {day.year}" if speak.lang == "en" else f"{day.year}年{text}"


def _misread(turn: Turn, draft: Draft, heard: Heard, window: Window) -> Answer:
    """A day that is none (30 February), is past, or could be two: said, and asked again."""
    wished = replace(draft, days=heard.when.days, earliest=heard.when.earliest, latest=heard.when.latest)
    reason = {"no_such_day": Reason.NO_SUCH_DAY, "past": Reason.PAST}.get(heard.when.problem, Reason.AMBIGUOUS)
    why = _why(turn, wished, window, Alternatives(reason, heard.when.days[0] if heard.when.days else None), reason)
    again = replace(draft, slot=None, days=(), first=False)
    return proceed(turn, again, window, why)


def _not_held(turn: Turn, draft: Draft, window: Window, outcome: Outcome) -> Answer:
    """The place went to somebody else, or the day was closed, a moment ago."""
    if outcome.kind == "limit":
        return at_limit(turn, window)
    slot = draft.slot
    assert slot is not None
    lead = ""
    if outcome.kind == "full":
        prompt = "why_just_gone_two" if draft.seats > 1 else "why_just_gone"
        lead = turn.speak.prompt(prompt, day=say_slot(slot, turn.speak))
    # Its places are gone for this wish, whatever a glance a moment ago said.
    taken = {**window.taken, slot: window.openings.desks}
    return explain(turn, replace(draft, slot=None), replace(window, taken=taken), lead, Reason.FITS if lead else None)


# ------------------------------------------------------------------ taps
def tapped(turn: Turn, verb: str, args: tuple[str, ...]) -> Answer | None:
    """The answer to a tap of the booking's questions; None for a tap that is none of them."""
    if verb not in _TAPS:
        return None
    window = open_window(turn)
    if not isinstance(window, Window):
        return window
    draft = turn.talk.draft or Draft(key=window.bookings.fresh_key())
    draft = replace(draft, taps=draft.taps + 1)
    match (verb, args):
        case ("venues", _):
            return proceed(turn, replace(draft, venue="", days=(), earliest=None, latest=None, slot=None), window)
        case ("venue", (venue,)) if venue in window.openings.days:
            return proceed(turn, _at_venue(draft, venue, window), window)
        case ("days", (venue, skip)) if venue in window.openings.days and skip.isdecimal():
            return _more_days(turn, draft, venue, int(skip[:3]), window)
        case ("day", (venue, day)) if venue in window.openings.days and (chosen := day_of(day)):
            other = replace(draft, venue=venue, days=(chosen,), earliest=None, latest=None, first=False, slot=None)
            return proceed(turn, other, window)
        case ("slot", (venue, day, moment)) if slot := slot_from(venue, day, moment):
            return proceed(turn, draft.at(slot), window)
        case ("who", (whom,)) if whom in ("self", "family", "two"):
            return _for_whom(turn, draft, whom, window)
        case ("topic", (topic,)) if topic in _TOPICS:
            return proceed(turn, replace(draft, topics=_TOPICS[topic]), window)
    return stale(turn)


_TAPS = frozenset({"venues", "venue", "days", "day", "slot", "who", "topic"})
_TOPICS: Mapping[str, tuple[str, ...]] = {
    "setagaya": ("setagaya",),
    "tokyo": ("tokyo",),
    "both": ("setagaya", "tokyo"),
    "unsure": (),
}


def _at_venue(draft: Draft, venue: str, window: Window) -> Draft:
    draft = replace(draft, venue=venue, slot=None)
    if draft.days and not _open_on(window, venue, draft.days):
        draft = replace(draft, days=(), earliest=None, latest=None, first=False)
    return draft


def _more_days(turn: Turn, draft: Draft, venue: str, skip: int, window: Window) -> Answer:
    draft = replace(draft, venue=venue, days=(), earliest=None, latest=None, first=False, slot=None)
    slots = window.free(draft, turn)
    if not slots:
        return explain(turn, draft, window)
    return _ask(turn, draft, "day", ask_day(turn, venue, slots, skip=skip))


def _for_whom(turn: Turn, draft: Draft, whom: str, window: Window) -> Answer:
    if turn.talk.draft is None:
        return stale(turn)
    people = 2 if whom == "two" else 1
    return proceed(turn, replace(draft, people=people, family=whom == "family"), window)


def stale(turn: Turn) -> Answer:
    """A button of a talk that is over."""
    turn = turn.remember(draft=None)
    bubble = Bubble(turn.speak.prompt("book_stale"), entry_taps(turn, "booking", "booking_check"))
    return turn.say(bubble, quick=quick_taps(turn), room="stale")


# ------------------------------------------------------------------ the last tap
def confirm(turn: Turn, args: tuple[str, ...]) -> Answer:
    """「予約する」: the tap carries all of the booking, and books it once however often it is pressed."""
    window = open_window(turn)
    if not isinstance(window, Window):
        return window
    if len(args) != 6 or (slot := slot_from(*args[:3])) is None or not re.fullmatch("[12][fs]", args[3]):
        return stale(turn)
    people, family = int(args[3][0]), args[3][1] == "f"
    topics = _TOPICS.get(args[4], ())
    wish = Wish(people, topics, family, turn.speak.lang)
    outcome = window.bookings.book(slot, wish, args[5])
    draft = Draft(args[5], people=people, topics=topics, family=family).at(slot)
    return _concluded(turn, draft, outcome, window, "receipt_booked")


def confirm_move(turn: Turn, args: tuple[str, ...]) -> Answer:
    """「この日時にかえる」."""
    window = open_window(turn)
    if not isinstance(window, Window):
        return window
    if len(args) != 5 or (slot := slot_from(*args[:3])) is None:
        return stale(turn)
    outcome = window.bookings.move(args[3], slot, args[4])
    draft = Draft(args[4], moving=args[3]).at(slot)
    return _concluded(turn, draft, outcome, window, "receipt_changed")


def _concluded(turn: Turn, draft: Draft, outcome: Outcome, window: Window, head: str) -> Answer:
    """The receipt; or why not, and what instead."""
    if outcome.kind == "limit":
        return at_limit(turn, window)
    if outcome.kind == "unknown":
        return stale(turn)
    if not outcome.ok or outcome.booking is None:
        return _not_held(turn, draft, window, outcome)
    # A repeated tap is told what stands now, not what stood when it was first pressed.
    standing = next((b for b in window.bookings.mine() if b.reference == outcome.booking.reference), None)
    if standing is None:
        return stale(turn)
    turn = turn.remember(draft=None, last="", misses=0, offered=(), undo=standing.reference)
    head = head if standing.version == outcome.booking.version else "receipt_standing"
    bubbles = receipt(turn.speak, standing, head, turn.desk.calendar)
    return turn.say(*bubbles, quick=quick_taps(turn), room="receipt", told=outcome.notice)


# ------------------------------------------------------------------ stopping and coming back
def stop(turn: Turn) -> Answer:
    """やめる: what was held is free again."""
    if turn.desk.bookings is not None:
        turn.desk.bookings.let_go()
    turn = turn.remember(draft=None)
    return turn.say(Bubble(turn.speak.prompt("book_stopped"), main_taps(turn)), quick=quick_taps(turn), room="stop")


def resume(reply: Reply, talk: Talk, turn: Turn) -> Answer:
    """After a question or a slip in the middle of a booking: back to its step."""
    if talk.draft is None or reply.room.startswith(("booking", "receipt", "stop", "stale")):
        return reply, talk
    window = open_window(turn)
    if not isinstance(window, Window):
        return reply, talk
    if talk.lang != turn.speak.lang:  # switched by a typed wish
        turn = replace(turn, speak=replace(turn.speak, lang=talk.lang))
    step, after = proceed(replace(turn, talk=talk), talk.draft, window)
    first, *rest = step.bubbles
    missed = reply.room == "miss"
    words = turn.speak.prompt("book_not_understood" if missed else "guide_resume")
    lead = replace(first, text=f"{words}\n\n{first.text}")
    said = () if missed else reply.bubbles[: 5 - len(step.bubbles)]
    return replace(reply, bubbles=(*said, lead, *rest), quick=step.quick), after


def nearest(turn: Turn, draft: Draft, venue: str, lead: str) -> Answer:
    """A place was sent in answer to "which counter": the nearest one is taken."""
    window = open_window(turn)
    if not isinstance(window, Window):
        return window
    return proceed(turn, _at_venue(replace(draft, taps=draft.taps + 1), venue, window), window, lead)


