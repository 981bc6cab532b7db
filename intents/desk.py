"""The front desk: what a person does, and what the desk says to it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from intents import booking, guided, open_days, visits
from intents import own as my_bookings
from intents.answers import answer, answer_bubble, choices, miss, none_of_these, repeat, several, slow_page
from intents.booking import steps as booking_steps
from intents.booking import taps as booking_taps
from intents.booking import typed as booking_typed
from intents.guard import Asked
from intents.language import language
from intents.match import Band, Match
from intents.model import LANGS, Bubble, Entry, Lang, Reply
from intents.nearest import nearest_venue
from intents.office import JST
from intents.say import Speaker
from intents.talk import Followed, Located, Said, Sent, Slipped, Talk, Tapped, Typed
from intents.text import fold
from intents.turn import Desk, Turn, entry_taps, handed, main_taps, phone_taps, quick_taps, tap
from intents.wishes import Heard, read_wish

__all__ = ["Desk", "respond"]

_ORDINALS = re.compile(r"([1-3１-３一二三])\s*(?:番|つ|つめ|つ目|番目)?(?:です|で|の|お願いします)?$")
_ORDER = "123１２３一二三"


def respond(said: Said, talk: Talk, desk: Desk, now: datetime) -> tuple[Reply, Talk]:
    """What the desk says to `said`, and the talk to remember. `now` is aware."""
    if isinstance(said, Typed):
        talk = replace(talk, heard=_heard(said.text.text, talk))
    if isinstance(said, Slipped) and said.refusal.english:
        talk = replace(talk, heard="en")
    if isinstance(said, Tapped) and said.verb == "lang" and said.args and said.args[0] in LANGS:
        talk = replace(talk, chosen=said.args[0])
    speak = Speaker(desk.catalogue, talk.lang, now.astimezone(JST).date())
    turn = Turn(desk, replace(talk, asked=Asked.NOTHING, missed=False), now, speak)
    reply, after = booking_steps.resume(*_dispatch(said, turn), turn)
    reply, after = my_bookings.resume(reply, after, turn)
    return _marked(_owning_up(reply, speak) if talk.missed else reply, speak), after


def _heard(text: str, talk: Talk) -> Lang:
    """The language of the question; digits, names and "OK" say nothing about it."""
    bare = re.sub(r"[\W\d_]|ok|pay", "", text, flags=re.IGNORECASE)
    said = language(text, talk.heard)
    in_step = talk.draft is not None
    if len(text.strip()) < 3 or not bare or (in_step and bare.isascii() and len(text.split()) < 2):
        return talk.heard
    # "August 11" and 「きぬた」 are answers to a step, and no wish for plain Japanese.
    answers = said == "ja" and (bare.isascii() if talk.heard == "en" else talk.heard == "easy")
    return talk.heard if in_step and answers else said


def _dispatch(said: Said, turn: Turn) -> tuple[Reply, Talk]:
    match said:
        case Typed(text):
            return _typed(text.text, turn)
        case Tapped():
            return _tapped(said, turn)
        case Slipped():
            return _slipped(said, turn)
        case Sent(kind):
            name = "sticker" if kind == "sticker" else "picture"
            return turn.say(
                Bubble(turn.speak.prompt(name), main_taps(turn)), quick=quick_taps(turn), room=name
            )
        case Located():
            return _located(said, turn)
        case Followed():
            return _welcome(turn)


def _owning_up(reply: Reply, speak: Speaker) -> Reply:
    """Before the answer: that the one before did not reach her."""
    if not reply.bubbles:
        return reply
    first, *rest = reply.bubbles
    return replace(reply, bubbles=(replace(first, text=f"{speak.prompt('missed')}\n\n{first.text}"), *rest))


def _marked(reply: Reply, speak: Speaker) -> Reply:
    """A reply that uses an invented fact says so at its head (見本)."""
    if not speak.practice or not reply.bubbles:
        return reply
    first, *rest = reply.bubbles
    mark = speak.prompt("practice_mark")
    return replace(reply, bubbles=(replace(first, text=f"{mark}\n{first.text}"), *rest))


# --- typed words


def _typed(text: str, turn: Turn) -> tuple[Reply, Talk]:
    """Danger first; then one's own bookings, the step under way, a number of the choices; else an entry."""
    matches = turn.desk.matcher.read(text)
    if any(entry.urgent for entry in turn.desk.sure(matches)):
        return _from_matches(matches, _for_family(text, turn), turn)
    heard = read_wish(text, turn.desk.catalogue, turn.speak.today)
    turn = _unless_forgotten(text, heard, matches, turn)
    said = my_bookings.in_words(turn, text, heard) or open_days.in_words(turn, text, heard)
    said = said or _in_draft(text, heard, matches, turn)
    if said is not None:
        return said
    if turn.talk.guide:
        given = guided.typed_choice(turn.desk.catalogue, turn.talk, text)
        if given is not None:
            return guided.step(turn.talk.guide, given, turn)
    picked = _picked(text, turn)
    if picked is not None:
        return _answered(picked, turn, band="picked")
    if not turn.talk.draft and (wished := visits.about_a_visit(text, heard, matches, turn)):
        return wished
    reply, talk = _from_matches(matches, _for_family(text, turn), turn)
    if not turn.talk.draft and visits.also_wishes(text, heard):
        return _with_wish(matches, replace(turn, talk=talk), heard)
    return guided.resume(reply, talk, turn)


def _in_draft(text: str, heard: Heard, matches: list[Match], turn: Turn) -> tuple[Reply, Talk] | None:
    """The answer to a booking's question; None where there is none."""
    draft = turn.talk.draft
    answered = booking_typed.typed(turn, draft, text, heard, matches) if draft else None
    if draft is None or answered is None or not draft.is_idle(turn.now.timestamp()):
        return answered
    (first, *rest), talk = answered[0].bubbles, answered[1]
    first = replace(first, text=f"{turn.speak.prompt('book_resumed')}\n\n{first.text}")
    return replace(answered[0], bubbles=(first, *rest)), talk


def _unless_forgotten(text: str, heard: Heard, matches: list[Match], turn: Turn) -> Turn:
    """Without a draft that was left lying, where the words are no answer to its question."""
    draft = turn.talk.draft
    idle = draft is not None and draft.is_idle(turn.now.timestamp())
    if idle and not booking_typed.goes_on(text, heard, matches, turn):
        return turn.remember(draft=None)
    return turn


def _with_wish(matches: list[Match], turn: Turn, heard: Heard) -> tuple[Reply, Talk]:
    """The answer to a question, and under it the booking that was wished in the same breath."""
    asked = [entry for entry in turn.desk.sure(matches) if not entry.start]
    begun, talk = booking.begin(turn, heard)
    if not asked:
        return begun, talk
    said = booking_steps.without_booking(answer_bubble(asked[0], turn))
    return replace(begun, bubbles=(said, *begun.bubbles)[: booking_steps.MOST_BUBBLES], entry=asked[0].id), talk


def _picked(text: str, turn: Turn) -> Entry | None:
    """「2」「二番」 after 「もしかして」, or the words of one of its buttons."""
    offered = [entry for name in turn.talk.offered if (entry := turn.desk.entry(name))]
    found = _ORDINALS.fullmatch(text.strip())
    if found:
        index = _ORDER.index(found[1]) % 3
        return offered[index] if index < len(offered) else None
    folded = fold(text)
    return next((e for e in offered if fold(e.name(turn.speak.lang)) == folded), None)


def _for_family(text: str, turn: Turn) -> bool:
    folded = fold(text)
    return any(word in folded for word in turn.desk.catalogue.vocabulary.family)


def _from_matches(matches: list[Match], family: bool, turn: Turn) -> tuple[Reply, Talk]:
    sure = turn.desk.sure(matches)
    turn = turn.remember(family=family)
    if len(sure) > 1 and any(not entry.start for entry in sure):
        return several(sure, turn)
    if sure:
        return _answered(sure[0], turn, band="sure")
    if matches and matches[0].band is Band.UNSURE:
        return choices([c.id for c in matches[0].candidates[:3]], turn)
    return miss(turn)


def _answered(entry: Entry, turn: Turn, band: str) -> tuple[Reply, Talk]:
    return _start(entry, turn, band) if entry.start else answer(entry, turn, band)


def _start(entry: Entry, turn: Turn, band: str) -> tuple[Reply, Talk]:
    """Entries that begin something instead of saying something."""
    turn = turn.remember(offered=(), misses=0)
    match entry.start:
        case "phone":
            bubble, turn = handed(turn)
            return turn.say(bubble, quick=quick_taps(turn), entry=entry.id, band=band, room="phone")
        case "bring_check":
            return guided.step("bring_check", (), turn)
        case "lang_ja" | "lang_easy" | "lang_en":
            return _language_wished(entry.start.removeprefix("lang_"), turn)
        case "say_again" | "shorter" | "slowly":
            return repeat(entry.start, turn)
        case _:
            return visits.start(entry.start, "", Heard(), turn)


# --- taps


def _tapped(said: Tapped, turn: Turn) -> tuple[Reply, Talk]:
    match (said.verb, said.args):
        case ("entry", (name,)) if entry := turn.desk.entry(name):
            return _answered(entry, turn, band="tapped")
        case ("lang", (lang,)) if lang in LANGS:
            return _language_set(turn)
        case ("slow", (name, page)) if (entry := turn.desk.entry(name)) and page.isdecimal():
            return slow_page(entry, int(page[:3]), turn)
        case ("guide", (name, *given)) if name in turn.desk.catalogue.guides:
            return guided.step(name, tuple(given), turn)
        case ("stop", _):
            turn = turn.remember(guide="", given=())
            return turn.say(
                Bubble(turn.speak.prompt("guide_stopped"), main_taps(turn)), quick=quick_taps(turn)
            )
        case ("none", _):
            return none_of_these(turn)
        case ("unbook", _):
            return booking_taps.stop(turn)
        case ("bookit", args):
            return booking_taps.confirm(turn, args)
        case ("moveit", args):
            return booking_taps.confirm_move(turn, args)
        case (verb, args) if answered := booking_taps.tapped(turn, verb, args) or my_bookings.tapped(turn, verb, args):
            return answered
        case _:
            # A stale or forged button: the main choices are the honest next step.
            return turn.say(
                Bubble(turn.speak.prompt("miss"), main_taps(turn)), quick=quick_taps(turn), room="stale"
            )


def _language_wished(lang: str, turn: Turn) -> tuple[Reply, Talk]:
    """「やさしい日本語で」, typed: the same as its button."""
    chosen = next(one for one in LANGS if one == lang)
    turn = replace(turn.remember(chosen=chosen), speak=replace(turn.speak, lang=chosen))
    return _language_set(turn)


def _language_set(turn: Turn) -> tuple[Reply, Talk]:
    """The choice, and the last answer at once in the new language."""
    entry = turn.desk.entry(turn.talk.last)
    said = Bubble(turn.speak.prompt("lang_set"))
    if entry is None or entry.start:
        return turn.say(replace(said, buttons=main_taps(turn)), quick=quick_taps(turn), room="lang")
    return turn.say(said, answer_bubble(entry, turn), quick=quick_taps(turn, entry), room="lang")


# --- other ways of coming to the desk


def _welcome(turn: Turn) -> tuple[Reply, Talk]:
    return turn.say(
        Bubble(turn.speak.prompt("welcome")),
        Bubble(turn.speak.prompt("welcome_next"), main_taps(turn)),
        quick=quick_taps(turn),
        room="welcome",
    )


def _slipped(slip: Slipped, turn: Turn) -> tuple[Reply, Talk]:
    """A secret was refused: it was not kept, what to do now, and on with helping."""
    turn = turn.remember(slips=turn.talk.slips + 1)
    speak = turn.speak
    kinds = (
        tap(speak.prompt("slip_pin4"), "entry:pin_tokyo"),
        tap(speak.prompt("slip_pin_sign"), "entry:pin_setagaya"),
    )
    if turn.talk.slips > 1:
        bubbles = [Bubble(speak.prompt("slip_again"), (*kinds, *phone_taps(turn)))]
    else:
        bubbles = [Bubble(speak.prompt("slip")), Bubble(speak.prompt("slip_how"), kinds)]
    if slip.refusal.scam:
        bubbles.insert(1, Bubble(speak.prompt("slip_scam"), entry_taps(turn, "scam_told", "phone")))
    reply, talk = turn.say(*bubbles, quick=quick_taps(turn), room="pin_refused")
    return guided.resume(reply, talk, turn)


def _located(place: Located, turn: Turn) -> tuple[Reply, Talk]:
    """The nearest venue of those whose position the ward has filled in, else the list."""
    venues = turn.desk.catalogue.facts.venues
    draft = turn.talk.draft
    found = nearest_venue(venues, place.latitude, place.longitude)
    if found is None:
        text = turn.speak.prompt("place_list")
    else:
        venue, kilometres = found
        all_known = all(one.position for one in venues)
        # With some positions missing, one of the others could be nearer: that must be said.
        text = turn.speak.prompt(
            "place_found" if all_known else "place_found_of_some",
            venue=venue.name.say(turn.speak.lang),
            distance=f"{kilometres:.1f}",
        )
    if found and draft and draft.step == "venue":
        return booking_taps.nearest(turn, draft, found[0].id, text)
    bubble = Bubble(text, entry_taps(turn, "venue_dates", "phone"))
    return turn.say(bubble, quick=quick_taps(turn), room="place")
