"""Words typed in the middle of a booking: an answer to the step, another wish, or something else."""

from __future__ import annotations

import re
from dataclasses import replace

from intents import own as my_bookings
from intents.booking import apply, on_open_weekdays
from intents.booking.questions import NOON, ask_what, confirm_data
from intents.booking.reading import (
    Way,
    asks_something,
    asks_vacancy,
    plain,
    read_move,
    read_order,
    read_way,
    says_fine,
    says_no,
    says_yes,
)
from intents.booking.steps import ask, not_understood, proceed
from intents.booking.taps import confirm, confirm_move, stop, tapped
from intents.booking.window import Answer, Window, open_window
from intents.dates import read_when
from intents.draft import STEPS, Draft, Step
from intents.match import Band, Match
from intents.own import changing
from intents.slots import in_time
from intents.telling import venue_name
from intents.turn import Turn, handed
from intents.wishes import Heard

_ALL = re.compile(r"(?:全部|ぜんぶ|全て|すべて|みんな|all(?: of (?:it|them))?|everything)(?:です|で)?")
_BARE = re.compile(r"([0-9]{1,2})")
_BARE_CLOCK = re.compile(r"([0-9]{1,2}):?([0-5][0-9])")
_BARE_DATE = re.compile(r"([01]?[0-9])[/.]?([0-3][0-9])")
_TOPIC = re.compile(r"(?:(東京|とうきょう|都|tokyo)|世田谷|せたがや|区|pay|ぺい|ペイ|setagaya)(?:の)?(?:ほう|方)?(?:です|で)?")
_SELF = re.compile(r"(?:私|わたし|わたくし|自分|じぶん|本人|ほんにん|僕|俺|わし|me|myself)(?:です|が行く|が行きます|の分)?")
def typed(turn: Turn, draft: Draft, text: str, heard: Heard, matches: list[Match]) -> Answer | None:
    """The answer to words typed in a step; None where they are no answer to it but a question."""
    window = open_window(turn)
    if not isinstance(window, Window):
        return window
    draft = replace(draft, taps=draft.taps + 1)
    waits = read_way(text) == "wait" and any(data.startswith("wait:") for data in draft.offered)
    answered = None if waits else _at_confirm(turn, draft, text) or _moved(turn, draft, text, heard, window)
    if answered is not None:
        return answered
    picked = _picked(turn, draft, text, heard, window)
    if picked is not None:
        return picked
    words = plain(text)
    if read_way(text) == "any" and not (heard.says_of_a_visit or heard.rules_out):
        if draft.step in ("venue", "day", "time"):
            return _first_free(turn, draft, window)
        if draft.step == "topics":
            return proceed(turn, replace(draft, topics=heard.topics or ()), window)
    heard = _in_step(draft, words, heard, turn)
    if _is_question(text, matches, turn):
        return None
    if _answers(heard):
        return apply(turn, draft, heard, window)
    asked = turn.talk.draft or draft  # words that answer nothing are no answer
    if _asks_for_step(text, heard, matches, turn):
        return proceed(turn, asked, window)
    if _has_answer(text, matches, turn):
        return None
    if says_fine(text):  # yes to which of them?
        return proceed(turn, asked, window, turn.speak.prompt("book_choose_one"))
    return not_understood(turn, asked, window)


def goes_on(text: str, heard: Heard, matches: list[Match], turn: Turn) -> bool:
    """Whether words typed long after the question are still an answer to it."""
    return _answers(heard) and not _is_question(text, matches, turn) and not heard.wants


def _at_confirm(turn: Turn, draft: Draft, text: str) -> Answer | None:
    """「はい」 books, 「ちがいます」 asks what is to be another; None for other words."""
    slot = draft.slot
    if draft.step != "confirm" or slot is None:
        return None
    if says_fine(text):
        data = tuple(confirm_data(draft, slot).split(":")[1:])
        return confirm_move(turn, data) if draft.moving else confirm(turn, data)
    return ask(turn, draft, "confirm", ask_what(turn, draft, slot), ways=False) if says_no(text) else None


def _moved(turn: Turn, draft: Draft, text: str, heard: Heard, window: Window) -> Answer | None:
    """「やめる」「前に戻る」「最初から」「ちょっと考えます」「もう一度」; None for an answer to the question."""
    move = read_move(text)
    asked = turn.talk.draft or draft
    match move:
        case "stop":
            return changing.ask_cancel(turn, draft.moving) if _cancels(draft, plain(text)) else stop(turn)
        case "restart":
            return _restarted(turn, draft, window)
        case "back":
            return _back(turn, draft, window)
        case "pause" if not heard.says_of_a_visit and not asks_something(text):
            return proceed(turn, asked, window, turn.speak.prompt("book_take_time"))
        case "again":
            return proceed(turn, asked, window)
        case _:
            return None


def _restarted(turn: Turn, draft: Draft, window: Window) -> Answer:
    """From the first question on, with nothing chosen; a change stays the change of that booking."""
    window.bookings.let_go()
    fresh = Draft(key=draft.key, moving=draft.moving)
    if draft.moving:
        fresh = replace(fresh, people=draft.people, topics=draft.topics, family=draft.family)
    return proceed(turn, fresh, window, turn.speak.prompt("book_restarted"))


def _cancels(draft: Draft, words: str) -> bool:
    """While a booking is being changed, 取り消し means that booking; やめる only leaves the change."""
    return bool(draft.moving) and re.search(r"取|きゃんせる|cancel", words) is not None


def _first_free(turn: Turn, draft: Draft, window: Window) -> Answer:
    """「どこでもいい」, 「おまかせ」: the soonest that is free, as the answer to this question."""
    slots = window.free(draft, turn)
    if not slots:
        return proceed(turn, draft, window)
    first = min(slots, key=in_time)
    if draft.step == "venue":
        return proceed(turn, replace(draft, venue=first.venue), window)
    chosen = replace(draft, days=(first.day,)) if draft.step == "day" else draft.at(first)
    return proceed(turn, chosen, window)


def _picked(turn: Turn, draft: Draft, text: str, heard: Heard, window: Window) -> Answer | None:
    """Words that press a button: 「2番目」, 「ほかの日」, 「空いたら教えて」."""
    way = read_way(text)
    if way == "other_venue" and not heard.venue:
        return _elsewhere(turn, draft, window, same_day=heard.same_day)
    if way == "wait" and not heard.says_of_a_visit and draft.step in ("day", "time", "confirm"):
        lead = turn.speak.prompt("book_still_free")
        return _wait_for(turn, draft, heard, window) or proceed(turn, draft, window, lead)
    if way == "wait" and (waited := _wait_for(turn, draft, heard, window)):
        return waited
    if not (heard.says_of_a_visit or heard.rules_out) and (turned := _another(turn, draft, way, window)):
        return turned
    shown = [data for data in draft.offered if data.startswith("days:")]
    if shown and way == "more_days":
        return _press(turn, shown[0])
    number = re.fullmatch("([1-9])", plain(text)) if draft.step in ("venue", "topics") else None
    choices = [data for data in draft.offered if not data.startswith(("days:", "wait:", "unbook"))]
    index = int(number[1]) - 1 if number else read_order(text, tuple(map(_half, choices)))
    return _press(turn, choices[index]) if index is not None and index < len(choices) else None


def _another(turn: Turn, draft: Draft, way: Way | None, window: Window) -> Answer | None:
    """「日にちを変えたい」, 「その時間はだめ」, 「人数を変えたい」: that question again."""
    slot = draft.slot
    match way:
        case "other_day" if draft.venue:
            return tapped(turn, "days", (draft.venue, "0", *_tag(draft)))
        case "other_time" if slot:
            return tapped(turn, "day", (slot.venue, slot.day.isoformat(), *_tag(draft)))
        case "people" | "topics" if slot and not draft.moving:
            return tapped(turn, "edit", (way,))
        case "apart" if draft.people > 1:
            return proceed(turn, replace(draft, people=1), window, turn.speak.prompt("book_apart"))
        case "phone":
            bubble, turn = handed(turn)
            return turn.say(bubble, room="phone")
        case _:
            return None


def _elsewhere(turn: Turn, draft: Draft, window: Window, *, same_day: bool) -> Answer:
    """「ほかの場所」: any; 「同じ日でほかの場所」: those open then, or that there is no other."""
    days = draft.days if same_day else ()
    anywhere = replace(draft.at_any_time(), venue="", days=days, among=())
    others = [slot for slot in window.first_at_each(anywhere, turn) if slot.venue != draft.venue]
    if days and draft.venue and not others:
        venue, day = venue_name(turn.speak, draft.venue), turn.speak.date(days[0])
        return proceed(turn, draft, window, turn.speak.prompt("book_only_there", venue=venue, day=day))
    return proceed(turn, anywhere, window)


def _tag(draft: Draft) -> tuple[str, ...]:
    return (f"m.{draft.moving}",) if draft.moving else ()


def _half(data: str) -> str:
    """The half of the day that a button's time is in; "" where it has none."""
    found = re.match(r"slot:[^:]*:[^:]*:([0-9]{2})", data)
    return ("am" if int(found[1]) < NOON else "pm") if found else ""


def _wait_for(turn: Turn, draft: Draft, heard: Heard, window: Window) -> Answer | None:
    """「空いたら教えて」: on the list of the day shown, or of the day that is named with it."""
    shown = [data for data in draft.offered if data.startswith("wait:")]
    if not shown:
        return None
    verb, venue, _, *rest = shown[0].split(":")
    heard = on_open_weekdays(heard, window.openings.days.get(heard.venue or venue, ()))
    if len(heard.when.days) == 1:
        return _press(turn, ":".join((verb, heard.venue or venue, heard.when.days[0].isoformat(), *rest)))
    return _press(turn, shown[0])


def _press(turn: Turn, data: str) -> Answer | None:
    verb, *args = data.split(":")
    return my_bookings.tapped(turn, verb, tuple(args)) or tapped(turn, verb, tuple(args))


def _in_step(draft: Draft, words: str, heard: Heard, turn: Turn) -> Heard:
    """What the words mean as the answer to this very question: 「25」 is a day here, an hour there."""
    if draft.step != "topics" and heard.topics == ():
        heard = replace(heard, topics=None)  # 「わかりません」 says nothing of apps to another question
    bare = re.sub(r"(?:です|で|に|を)$", "", words)
    number = _BARE.fullmatch(bare)
    if draft.step in ("day", "time") and (read := _number_read(bare, draft.step)):
        return replace(heard, when=read_when(read, turn.speak.today))
    if draft.step == "topics" and _ALL.fullmatch(words):
        return replace(heard, topics=("setagaya", "tokyo"))
    if draft.step == "topics" and heard.topics is None and (topic := _TOPIC.fullmatch(words)):
        return replace(heard, topics=("tokyo",) if topic[1] else ("setagaya",), venue="")
    if draft.step == "people" and number:
        return replace(heard, people=int(number[1]))
    if not heard.people and (_SELF.fullmatch(words) or (draft.step == "people" and heard.family)):
        return replace(heard, people=1)
    return heard


def _number_read(bare: str, step: Step) -> str:
    """「25」 and 「0825」 as a day, 「10」 and 「1030」 as a time; "" for other words."""
    if number := _BARE.fullmatch(bare):
        return f"{number[1]}{'日' if step == 'day' else '時'}"
    if step == "day" and (date := _BARE_DATE.fullmatch(bare)):
        return f"{int(date[1])}月{int(date[2])}日"
    if step == "time" and (clock := _BARE_CLOCK.fullmatch(bare)):
        return f"{int(clock[1])}時{int(clock[2])}分"
    return ""


def _answers(heard: Heard) -> bool:
    """Whether anything was said that a booking wants to know."""
    return any(
        (
            *(heard.venues, heard.elsewhere, heard.not_venues, heard.says_when, heard.when.out, heard.shift),
            *(heard.people, heard.family, heard.also, heard.for_self, heard.topics is not None),
            *(heard.same_day, heard.same_time),
        )
    )


def _asks_for_step(text: str, heard: Heard, matches: list[Match], turn: Turn) -> bool:
    """「空いている日は？」, or 「予約したい」 once more, 「もう一度」: the question itself is the answer."""
    sure = turn.desk.sure(matches)
    again = ("booking", "say_again", "slowly", "shorter")
    asks_free = heard.books and asks_vacancy(text) and not any(not entry.start for entry in sure)
    return asks_free or (len(sure) == 1 and sure[0].start in again)


def _is_question(text: str, matches: list[Match], turn: Turn) -> bool:
    """Whether the words ask something that an entry surely answers, rather than wish a place."""
    entries = turn.desk.sure(matches)
    if any(entry.start.startswith("booking") for entry in entries):
        return False
    return bool(entries) and asks_something(text)


def _has_answer(text: str, matches: list[Match], turn: Turn) -> bool:
    """Whether the desk has something to say to the words: an answer, or 「どういたしまして」."""
    sure = any(m.band is Band.SURE for m in matches) and not says_yes(text)
    near = any(m.band is Band.UNSURE for m in matches) and asks_something(text)
    return sure or near


def _back(turn: Turn, draft: Draft, window: Window) -> Answer:
    """One question back: what was answered there is open again."""
    before = STEPS[max(STEPS.index(draft.step) - 1, 0)]
    anywhere = replace(draft.on_any_day(), quick=False)
    undone = {
        "venue": replace(anywhere, venue=""),
        "day": anywhere,
        "time": replace(draft.at_any_time(), quick=False),
        "people": replace(draft, people=0, topics=None, quick=False),
        "topics": replace(draft, topics=None, quick=False),
    }
    return proceed(turn, undone.get(before, draft), window)
