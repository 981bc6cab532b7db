"""The front desk: what a person does, and what the desk says to it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime

from intents import guided
from intents.guard import Asked
from intents.handoff import Cases, hand_over, phone_button
from intents.match import Band, Match, Matcher
from intents.model import LANGS, Bubble, Button, Catalogue, Entry, Lang, Reply, SendPlace, Tap
from intents.nearest import nearest_venue
from intents.office import JST, phase
from intents.say import Speaker
from intents.talk import Followed, Located, Said, Sent, Slipped, Talk, Tapped, Typed
from intents.text import fold, language

MAX_ANSWERS = 3
MAX_TRIED = 6
_PARAGRAPHS = re.compile(r"\n\s*\n")
_ORDINALS = re.compile(r"([1-3１-３一二三])\s*(?:番|つ|つめ|つ目|番目)?(?:です|で|の|お願いします)?$")
_ORDER = "123１２３一二三"
_MAIN = ("where", "bring", "pin_difference", "booking")


@dataclass(frozen=True, slots=True)
class Desk:
    """What the desk answers from: the content, the matcher over it, and where cases are noted."""

    catalogue: Catalogue
    matcher: Matcher
    cases: Cases

    def entry(self, name: str) -> Entry | None:
        return self.catalogue.entries.get(name)


@dataclass(frozen=True, slots=True)
class _Turn:
    """One turn at the desk: the talk so far, the moment, and the voice in the resident's language."""

    desk: Desk
    talk: Talk
    now: datetime
    speak: Speaker

    def remember(self, **changes: object) -> _Turn:
        return replace(self, talk=replace(self.talk, **changes))  # type: ignore[arg-type]

    def say(self, *bubbles: Bubble, **more: object) -> tuple[Reply, Talk]:
        return Reply(tuple(bubbles), **more), self.talk  # type: ignore[arg-type]


def respond(said: Said, talk: Talk, desk: Desk, now: datetime) -> tuple[Reply, Talk]:
    """What the desk says to `said`, and the talk to remember. `now` is aware."""
    if isinstance(said, Typed):
        talk = replace(talk, heard=_heard(said.text.text, talk))
    if isinstance(said, Tapped) and said.verb == "lang" and said.args and said.args[0] in LANGS:
        talk = replace(talk, chosen=said.args[0])
    speak = Speaker(desk.catalogue, talk.lang, now.astimezone(JST).date())
    turn = _Turn(desk, replace(talk, asked=Asked.NOTHING), now, speak)
    reply, after = _dispatch(said, turn)
    return _marked(reply, speak), after


def _heard(text: str, talk: Talk) -> Lang:
    """The language of the question; too short a text says nothing about it."""
    return talk.heard if len(text.strip()) < 3 else language(text)


def _dispatch(said: Said, turn: _Turn) -> tuple[Reply, Talk]:
    match said:
        case Typed(text):
            return _typed(text.text, turn)
        case Tapped():
            return _tapped(said, turn)
        case Slipped():
            return _slipped(said, turn)
        case Sent(kind):
            name = "sticker" if kind == "sticker" else "picture"
            return turn.say(Bubble(turn.speak.prompt(name), _main(turn)), quick=_quick(turn), room=name)
        case Located():
            return _located(said, turn)
        case Followed():
            return _welcome(turn)


def _marked(reply: Reply, speak: Speaker) -> Reply:
    """A reply that uses an invented fact says so at its head (見本)."""
    if not speak.practice or not reply.bubbles:
        return reply
    first, *rest = reply.bubbles
    mark = speak.prompt("practice_mark")
    return replace(reply, bubbles=(replace(first, text=f"{mark}\n{first.text}"), *rest))


# --- typed words


def _typed(text: str, turn: _Turn) -> tuple[Reply, Talk]:
    """A step under way? A number of the choices just offered? Else: which entry is meant?"""
    if turn.talk.guide:
        answered = guided.typed_choice(turn.desk.catalogue, turn.talk, text)
        if answered is not None:
            return _guide_step(turn.talk.guide, answered, turn)
    picked = _picked(text, turn)
    if picked is not None:
        return _answer(picked, turn, band="picked")
    matches = turn.desk.matcher.read(text)
    reply, talk = _from_matches(matches, _for_family(text, turn), turn)
    return _resume_guide(reply, talk, turn)


def _picked(text: str, turn: _Turn) -> Entry | None:
    """「2」「二番」 after 「もしかして」, or the words of one of its buttons."""
    offered = [entry for name in turn.talk.offered if (entry := turn.desk.entry(name))]
    found = _ORDINALS.fullmatch(text.strip())
    if found:
        index = _ORDER.index(found[1]) % 3
        return offered[index] if index < len(offered) else None
    folded = fold(text)
    return next((e for e in offered if fold(e.name(turn.speak.lang)) == folded), None)


def _for_family(text: str, turn: _Turn) -> bool:
    folded = fold(text)
    return any(word in folded for word in turn.desk.catalogue.vocabulary.family)


def _from_matches(matches: list[Match], family: bool, turn: _Turn) -> tuple[Reply, Talk]:
    sure = [e for m in matches if m.band is Band.SURE and (e := turn.desk.entry(m.candidates[0].id))]
    turn = turn.remember(family=family)
    if len(sure) > 1:
        return _several(sure, turn)
    if sure:
        return _answer(sure[0], turn, band="sure")
    if matches and matches[0].band is Band.UNSURE:
        return _choices([c.id for c in matches[0].candidates[:3]], turn)
    return _miss(turn)


def _choices(ids: list[str], turn: _Turn) -> tuple[Reply, Talk]:
    """「もしかして」: up to three buttons, and one for none of them."""
    offered = [entry for name in ids if (entry := turn.desk.entry(name))]
    buttons: list[Button] = [_entry_button(entry, turn) for entry in offered]
    buttons.append(_tap(turn.speak.prompt("choose_none"), "none"))
    turn = turn.remember(offered=tuple(entry.id for entry in offered))
    return turn.say(
        Bubble(turn.speak.prompt("choose"), tuple(buttons)),
        quick=_quick(turn),
        band="unsure",
        room="choose",
        entry=ids[0],
    )


def _miss(turn: _Turn) -> tuple[Reply, Talk]:
    """An honest "that I cannot answer"; the second time in a row with the phone by itself."""
    misses = turn.talk.misses + 1
    turn = turn.remember(misses=misses, offered=(), tried=_tried(turn.talk, "miss"))
    if misses < 2:
        return turn.say(
            Bubble(turn.speak.prompt("miss"), _main(turn)), quick=_quick(turn), band="far", room="miss"
        )
    bubble, turn = _handed(turn)
    return turn.say(
        Bubble(turn.speak.prompt("miss_again")),
        bubble,
        quick=_quick(turn),
        band="far",
        room="miss_again",
    )


# --- answers


def _answer(entry: Entry, turn: _Turn, band: str) -> tuple[Reply, Talk]:
    if entry.start:
        return _start(entry, turn, band)
    turn = turn.remember(last=entry.id, page=0, misses=0, offered=(), tried=_tried(turn.talk, entry.id))
    bubbles = [_answer_bubble(entry, turn)]
    return turn.say(*bubbles, quick=_quick(turn, entry), entry=entry.id, band=band, room="answer")


def _answer_bubble(entry: Entry, turn: _Turn) -> Bubble:
    text = turn.speak.answer(entry, turn.talk.family)
    if text is None:
        expired = turn.speak.prompt("expired")
        return Bubble(f"{expired}\n\n{hand_over(turn.speak, turn.now, '').text}", _phone(turn))
    buttons: list[Button] = [
        _entry_button(target, turn) for name in entry.buttons if (target := turn.desk.entry(name))
    ]
    if entry.id in ("where", "nearest"):
        buttons = [*buttons[:3], SendPlace(turn.speak.prompt("place_button"))]
    return Bubble(text, tuple(buttons))


def _several(entries: list[Entry], turn: _Turn) -> tuple[Reply, Talk]:
    """Several questions in one message: each is answered, in their order."""
    told = [entry for entry in entries if not entry.start][:MAX_ANSWERS]
    started = [entry for entry in entries if entry.start][: MAX_ANSWERS - len(told)]
    if not told:
        return _answer(started[0], turn, band="sure")
    bubbles = [_answer_bubble(entry, turn) for entry in told]
    if started:
        name = turn.speak.prompt("several")
        bubbles.append(Bubble(name, tuple(_entry_button(entry, turn) for entry in started)))
    turn = turn.remember(
        last=told[-1].id, page=0, misses=0, offered=(), tried=_tried(turn.talk, *(e.id for e in told))
    )
    return turn.say(*bubbles, quick=_quick(turn, told[-1]), entry=told[0].id, band="sure", room="several")


def _start(entry: Entry, turn: _Turn, band: str) -> tuple[Reply, Talk]:
    """Entries that begin something instead of saying something."""
    turn = turn.remember(offered=(), misses=0)
    match entry.start:
        case "phone":
            bubble, turn = _handed(turn)
            return turn.say(bubble, quick=_quick(turn), entry=entry.id, band=band, room="phone")
        case "bring_check":
            return _guide_step("bring_check", (), turn)
        case "lang_ja" | "lang_easy" | "lang_en":
            return _tapped(Tapped("lang", (entry.start.removeprefix("lang_"),)), turn)
        case "say_again" | "shorter" | "slowly":
            return _repeat(entry.start, turn)
        case _:
            return _booking_place(entry, turn, band)


def _booking_place(entry: Entry, turn: _Turn, band: str) -> tuple[Reply, Talk]:
    """Where the booking dialogue will begin. Until it does: an honest word and the phone line."""
    over = phase(turn.speak.today, turn.desk.catalogue.facts) == "after"
    text = turn.speak.prompt("booking_over" if over else "booking_not_yet")
    buttons = _entry_taps(turn, "until") if over else _phone(turn) + _entry_taps(turn, "where", "bring")
    turn = turn.remember(last=entry.id, tried=_tried(turn.talk, entry.id))
    return turn.say(Bubble(text, buttons), quick=_quick(turn), entry=entry.id, band=band, room="booking")


def _repeat(how: str, turn: _Turn) -> tuple[Reply, Talk]:
    """The last answer again, shorter (its first paragraph), or a step at a time."""
    entry = turn.desk.entry(turn.talk.last)
    if entry is None or entry.start:
        return turn.say(
            Bubble(turn.speak.prompt("nothing_to_repeat"), _main(turn)), quick=_quick(turn), room="repeat"
        )
    if how == "slowly":
        return _slow_page(entry, 0, turn)
    bubble = _answer_bubble(entry, turn)
    if how == "shorter":
        bubble = replace(bubble, text=_PARAGRAPHS.split(bubble.text)[0])
    return turn.say(bubble, quick=_quick(turn, entry), entry=entry.id, room=how)


def _slow_page(entry: Entry, page: int, turn: _Turn) -> tuple[Reply, Talk]:
    """One paragraph of the answer; its button leads to the next, the last one has the entry's own."""
    bubble = _answer_bubble(entry, turn)
    steps = [part.strip() for part in _PARAGRAPHS.split(bubble.text) if part.strip()]
    page = min(page, len(steps) - 1)
    turn = turn.remember(last=entry.id, page=page)
    head = f"（{page + 1}/{len(steps)}）\n" if len(steps) > 1 else ""
    if page + 1 < len(steps):
        more = _tap(turn.speak.prompt("slow_next"), f"slow:{entry.id}:{page + 1}")
        shown = Bubble(head + steps[page], (more,))
    else:
        shown = Bubble(f"{head}{steps[page]}\n\n{turn.speak.prompt('slow_end')}", bubble.buttons)
    return turn.say(shown, quick=_quick(turn), entry=entry.id, room="slowly")


# --- taps


def _tapped(tap: Tapped, turn: _Turn) -> tuple[Reply, Talk]:
    match (tap.verb, tap.args):
        case ("entry", (name,)) if entry := turn.desk.entry(name):
            return _answer(entry, turn, band="tapped")
        case ("lang", (lang,)) if lang in LANGS:
            return _language_set(turn)
        case ("slow", (name, page)) if (entry := turn.desk.entry(name)) and page.isdecimal():
            return _slow_page(entry, int(page[:3]), turn)
        case ("guide", (name, *given)) if name in turn.desk.catalogue.guides:
            return _guide_step(name, tuple(given), turn)
        case ("stop", _):
            turn = turn.remember(guide="", given=())
            return turn.say(Bubble(turn.speak.prompt("guide_stopped"), _main(turn)), quick=_quick(turn))
        case ("none", _):
            return _none_of_these(turn)
        case _:
            # A stale or forged button: the main choices are the honest next step.
            return turn.say(Bubble(turn.speak.prompt("miss"), _main(turn)), quick=_quick(turn), room="stale")


def _none_of_these(turn: _Turn) -> tuple[Reply, Talk]:
    turn = turn.remember(offered=(), misses=turn.talk.misses + 1, tried=_tried(turn.talk, "none"))
    bubble, turn = _handed(turn)
    return turn.say(Bubble(turn.speak.prompt("choose_none_answer")), bubble, quick=_quick(turn), room="none")


def _language_set(turn: _Turn) -> tuple[Reply, Talk]:
    """The choice, and the last answer at once in the new language."""
    entry = turn.desk.entry(turn.talk.last)
    said = Bubble(turn.speak.prompt("lang_set"))
    if entry is None or entry.start:
        return turn.say(replace(said, buttons=_main(turn)), quick=_quick(turn), room="lang")
    return turn.say(said, _answer_bubble(entry, turn), quick=_quick(turn, entry), room="lang")


# --- the guided check


def _guide_step(name: str, given: tuple[str, ...], turn: _Turn) -> tuple[Reply, Talk]:
    guide = turn.desk.catalogue.guides.get(name)
    if guide is None:
        return _miss(turn)
    given = guided.valid_prefix(guide, given)
    if len(given) < len(guide.questions):
        turn = turn.remember(guide=name, given=given)
        return turn.say(guided.question_bubble(guide, given, turn.speak), room="guide", entry=name)
    turn = turn.remember(guide="", given=(), last="", tried=_tried(turn.talk, name))
    result = guided.result_bubble(guide, given, turn.speak)
    return turn.say(
        replace(result, buttons=_entry_taps(turn, *guide.buttons)),
        quick=_quick(turn),
        room="guide_result",
        entry=name,
    )


def _resume_guide(reply: Reply, talk: Talk, turn: _Turn) -> tuple[Reply, Talk]:
    """After a question in the middle of a guided check: back to its step."""
    guide = turn.desk.catalogue.guides.get(talk.guide)
    if guide is None or reply.room.startswith("guide") or reply.room == "phone":
        return reply, talk
    step = guided.question_bubble(guide, talk.given, turn.speak)
    resumed = replace(step, text=f"{turn.speak.prompt('guide_resume')}\n\n{step.text}")
    return replace(reply, bubbles=(*reply.bubbles[:4], resumed), quick=()), talk


# --- other ways of coming to the desk


def _welcome(turn: _Turn) -> tuple[Reply, Talk]:
    return turn.say(
        Bubble(turn.speak.prompt("welcome")),
        Bubble(turn.speak.prompt("welcome_next"), _main(turn)),
        quick=_quick(turn),
        room="welcome",
    )


def _slipped(slip: Slipped, turn: _Turn) -> tuple[Reply, Talk]:
    """A secret was refused: it was not kept, what to do now, and on with helping."""
    turn = turn.remember(slips=turn.talk.slips + 1)
    speak = turn.speak
    kinds = (
        _tap(speak.prompt("slip_pin4"), "entry:pin_tokyo"),
        _tap(speak.prompt("slip_pin_sign"), "entry:pin_setagaya"),
    )
    if turn.talk.slips > 1:
        bubbles = [Bubble(speak.prompt("slip_again"), (*kinds, *_phone(turn)))]
    else:
        bubbles = [Bubble(speak.prompt("slip")), Bubble(speak.prompt("slip_how"), kinds)]
    if slip.refusal.scam:
        bubbles.insert(1, Bubble(speak.prompt("slip_scam"), _entry_taps(turn, "scam_told", "phone")))
    reply, talk = turn.say(*bubbles, quick=_quick(turn), room="pin_refused")
    return _resume_guide(reply, talk, turn)


def _located(place: Located, turn: _Turn) -> tuple[Reply, Talk]:
    """The nearest venue of those whose position the ward has filled in, else the list."""
    venues = turn.desk.catalogue.facts.venues
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
    bubble = Bubble(text, _entry_taps(turn, "venue_dates", "phone"))
    return turn.say(bubble, quick=_quick(turn), room="place")


# --- parts


def _handed(turn: _Turn) -> tuple[Bubble, _Turn]:
    """The phone line, with a case code that the operator can look up."""
    code = turn.desk.cases.open_case(turn.talk.case, turn.talk.last, turn.talk.tried, turn.talk.lang)
    return hand_over(turn.speak, turn.now, code), turn.remember(case=code, guide="", given=())


def _tried(talk: Talk, *names: str) -> tuple[str, ...]:
    return (*talk.tried, *names)[-MAX_TRIED:]


def _tap(label: str, data: str) -> Tap:
    return Tap(label, data, label)


def _entry_button(entry: Entry, turn: _Turn) -> Tap:
    return _tap(entry.name(turn.speak.lang)[:20], f"entry:{entry.id}")


def _entry_taps(turn: _Turn, *names: str) -> tuple[Button, ...]:
    return tuple(_entry_button(entry, turn) for name in names if (entry := turn.desk.entry(name)))


def _main(turn: _Turn) -> tuple[Button, ...]:
    return _entry_taps(turn, *_MAIN)


def _phone(turn: _Turn) -> tuple[Button, ...]:
    dial = phone_button(turn.desk.catalogue, turn.speak)
    return dial or _entry_taps(turn, "phone")


def _quick(turn: _Turn, entry: Entry | None = None) -> tuple[Button, ...]:
    """The small taps below: slowly and again for an answer, a person, and the other languages."""
    taps = list(_entry_taps(turn, "slowly", "say_again")) if entry else []
    taps += _entry_taps(turn, "phone")
    others = [lang for lang in LANGS if lang != turn.speak.lang]
    taps += [_tap(turn.speak.prompt(f"lang_{lang}"), f"lang:{lang}") for lang in others]
    return tuple(taps)
