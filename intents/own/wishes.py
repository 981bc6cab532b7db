"""Typed wishes for a booking that stands: cancel it or change it, and which of them is meant."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Literal

from intents.booking.window import Answer
from intents.bookings import Booking
from intents.model import Bubble
from intents.own.cancel_words import (
    calls_off,
    gives_reason,
    has_become_absent,
    is_absent,
    mistook,
)
from intents.own.carried import pack
from intents.own.change_words import (
    changes,
    leaves_open,
    of_place_only,
    turns_to,
    would_like,
)
from intents.own.changing import ask_cancel, ask_cancel_all, start_as_said
from intents.own.mine import Own
from intents.own.more_words import wants_another_booking
from intents.own.others_words import of_their_booking
from intents.own.questions import ask, pending_of
from intents.own.words import (
    ANOTHER,
    BOOKING,
    CANCEL,
    asks_leave,
    is_general,
    is_question,
    means_all,
    names_booking,
    only,
    page_of,
    says_one_of_two,
)
from intents.patterns import said
from intents.turn import Turn, phone_taps, quick_taps, tap
from intents.wishes import Heard

Wants = Literal["cancel", "change", ""]
# ------------------------------------------------------------------ which of both
_ANOTHER_DAY = re.compile(f"{ANOTHER}(?:日|時間)|another (?:day|time)|my (?:booking|appointment)|reschedule")
_IS_LATE = re.compile(r"遅刻|遅れ|\blate\b")  # on the way to the visit, and moves nothing
_OF_BOOKING = re.compile("予約[をは]")
# 「もう少し遅い時間はありませんか」 asks for one.
_OFFERED = re.compile("あり(?:ます|ません)|ある|ない|空い|あい|でき|取れ|とれ|available|free|possible")
# Of what is changed: other things than these are none of the desk's bookings.
_OBJECT = said(
    BOOKING,
    "よやく|日|ひを|ひに|時|じかん|曜|週|月|午前|午後|朝|昼|夕|場所|ばしょ|会場|窓口|まどぐち|ところ|支所|それ|これ",
    r"\b(?:visit|day|time|date|week|month|office|place|it|earlier|later|reschedule|postpone)\b",
)
_BARE = said(
    "変え|かえ|替え|変更|ずらし|ずらせ|延期|延ばし|早め|遅らせ|て|られ|れ|だけ", r"\b(?:change|reschedule|move|postpone)\b"
)


def wanted(own: Own) -> Wants:
    """Whether the sentence wants a booking cancelled or changed; "" for a question how that is done."""
    if is_general(own.page) or (asks_leave(own.page) and not _is_clear(own)):
        return ""
    return wish_of(own)


def _is_clear(own: Own) -> bool:
    """Whether 「…できますか」 says to what: then it is a wish."""
    heard = own.heard
    elsewhere = of_place_only(own.page) or _ANOTHER_DAY.search(own.page)
    return bool(heard.says_of_a_visit or heard.shift or heard.same_time or elsewhere)



def wish_of(own: Own) -> Wants:
    """As `wanted`, of words that are known to wish one or the other."""
    page, heard = own.page, own.heard
    off, change = own.called_off, own.changed
    # 「席します」 of 「欠席します」 reads as the wish for a place.
    if leaves_open(page) or (change < 0 and heard.wants and "欠席" not in page):
        return ""
    if change >= 0:
        if not (_OBJECT.search(page) or only(page, _BARE) or heard.says_of_a_visit or heard.shift):
            return ""
        if wants_another_booking(page) and not turns_to(page):
            return ""
        return "cancel" if off > change and not _new(own) else "change"
    if off >= 0:
        return "change" if _new(own) and turns_to(page) else "cancel"
    if own.absent >= 0 or gives_reason(own.text, page):
        return _unless_in_general(own)
    return "change" if _turned(own) else ""


def _turned(own: Own) -> bool:
    """Whether the words say another time or place, without a word of change: 「13日にして」, 「もう少し遅く」."""
    page, heard = own.page, own.heard
    asks = is_question(own.text) and not _OFFERED.search(page)
    moved = heard.shift and not _IS_LATE.search(page) and not heard.books and not asks
    to = turns_to(page) and heard.topics is None and (not heard.books or _OF_BOOKING.search(page))
    just_booked = pending_of(own.turn) == "done" and not heard.books
    not_there = (heard.not_venues or heard.when.out or just_booked) and would_like(page) and not asks
    return bool(moved or ((to or not_there or (mistook(page) and not asks)) and _new(own)))


def _unless_in_general(own: Own) -> Wants:
    """She cannot come: her booking is meant, unless the words say what never suits, or ask."""
    if _new(own) and not is_question(own.text.rstrip("。？?")):
        return "change"
    if _new(own):
        return "change" if would_like(own.page) or own.heard.when.out else ""
    in_general = own.heard.when.out.hours and not own.heard.when.out.days
    asks = is_question(own.text) and not has_become_absent(own.page)
    return "" if in_general or asks else "cancel"


def _new(own: Own) -> bool:
    return bool(own.mine) and all(own.wishes_new(one) for one in own.mine)


# ------------------------------------------------------------------ cancel, change
_CANCEL_ALONE = re.compile(f"(?:{CANCEL})[しすせ]?")


def of_wishes(own: Own) -> Answer | None:
    """Cancelling or changing a booking that she has; None for other words, and where she has none."""
    if not _may_wish(own) or not own.mine:
        return None
    wish = wanted(own)
    if not wish or (own.draft is None and not _surely(own) and own.is_answered()):
        return None
    return done(own, wish) if own.draft is None else _in_draft(own, wish)


def _surely(own: Own) -> bool:
    """Whether the words name the booking, or say what it is to be instead."""
    if only(own.page, _CANCEL_ALONE) or (mistook(own.page) and _new(own)):
        return True
    absent = has_become_absent(own.page) or (own.absent >= 0 and own.heard.people)
    turned = own.changed >= 0 or ("を" in own.page and turns_to(own.page))
    return bool(names_booking(own.page) or absent or (turned and _new(own)))


def _may_wish(own: Own) -> bool:
    """Without a look into the ledger: whether the words could be such a wish."""
    page = own.page
    if own.turn.talk.guide and not calls_it_off(own):
        return False  # やめる leaves the guided check
    spoken = max(own.called_off, own.changed, own.absent) >= 0
    return bool(spoken or gives_reason(own.text, page) or mistook(page) or own.heard.shift or would_like(page))


def done(own: Own, wish: Wants) -> Answer | None:
    """What `wish` begins: the question which booking, or whether, or when."""
    if wish == "cancel" and means_all(own.page) and len(own.mine) > 1:
        return ask_cancel_all(own.turn)
    meant = own.meant
    if meant is None:
        return ask(own.turn, _which(own, wish))
    if meant.people > 1 and (says_one_of_two(own.page) or (wish == "cancel" and of_their_booking(own.page))):
        return _one_of_two(own.turn, meant)
    return ask_cancel(own.turn, meant.reference) if wish == "cancel" else start_as_said(own, meant)


def _which(own: Own, wish: Wants) -> str:
    """The question which booking; what is wished of it waits for the answer."""
    packed = pack(_beyond_names(own)) if wish == "change" else ""
    return f"which:{wish}:{packed}" if packed else f"which:{wish}"


def _beyond_names(own: Own) -> Heard:
    """What is heard without the day, place and hour of her bookings: those name one, and wish nothing."""
    heard, slots = own.heard, [one.slot for one in own.mine]
    when = replace(own.heard.when, days=tuple(d for d in heard.when.days if d not in {one.day for one in slots}))
    if not when.days and when.earliest == when.latest and when.earliest in {one.time for one in slots}:
        when = replace(when, earliest=None, latest=None)
    venue = "" if heard.venue in {one.venue for one in slots} else heard.venue
    return replace(heard, when=when, venue=venue)


def _one_of_two(turn: Turn, booking: Booking) -> Answer:
    speak = turn.speak
    taps = (
        tap(speak.prompt("own_cancel_two"), f"cancel:{booking.reference}"),
        tap(speak.prompt("own_keep_two"), "mine"),
        *phone_taps(turn),
    )
    return turn.say(Bubble(speak.prompt("own_one_of_two"), taps), quick=quick_taps(turn), room="booking_mine")


def _in_draft(own: Own, wish: Wants) -> Answer | None:
    """In the middle of a booking or a change only what surely speaks of a booking that stands."""
    if own.moving is not None:
        return _in_change(own, wish, own.moving)
    named = own.named if not (own.draft and own.draft.venue and own.heard.venue == own.draft.venue) else None
    if wish == "cancel":
        if means_all(own.page) and len(own.mine) > 1:
            return ask_cancel_all(own.turn)
        if named:
            return ask_cancel(own.turn, named.reference)
        # やめる stops what is under way; 取り消す could as well mean what she has.
        either = calls_it_off(own) or has_become_absent(own.page)
        return ask(own.turn, "stopwhich") if either else None
    return start_as_said(own, named) if named and names_booking(own.page) else None


def _in_change(own: Own, wish: Wants, moving: Booking) -> Answer | None:
    other = own.named if own.named != moving else None
    if wish == "change":
        return start_as_said(own, other) if other else None
    if means_all(own.page) and len(own.mine) > 1:
        return ask_cancel_all(own.turn)
    if other:
        return ask_cancel(own.turn, other.reference)
    gone = has_become_absent(own.page) and not own.heard.says_when and not own.heard.when.out
    return ask_cancel(own.turn, moving.reference) if gone or calls_it_off(own) else None


_SURE_WORDS = re.compile(f"{CANCEL}|欠席|解約|{BOOKING}|cancel")


def calls_it_off(own: Own) -> bool:
    """Whether a booking is called off by a word that means nothing else."""
    return own.called_off >= 0 and _SURE_WORDS.search(own.page) is not None


def would_change(turn: Turn, text: str) -> bool:
    """Whether words of change or cancelling come from somebody who has a booking."""
    page = page_of(text)
    speaks = changes(page) >= 0 or calls_off(page) >= 0 or is_absent(page) >= 0
    return bool(speaks and turn.desk.bookings and turn.desk.bookings.mine())
