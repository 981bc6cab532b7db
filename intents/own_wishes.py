"""Typed wishes for a booking that stands: cancel it, change it, leave it, have it back as it was."""

from __future__ import annotations

import re
from typing import Literal

from intents.booking_window import Answer
from intents.bookings import Booking
from intents.changing import ask_cancel, ask_cancel_all, change_stopped, kept, start, start_as_said, undo_last
from intents.model import Bubble
from intents.own import Own
from intents.own_cancel_words import (
    calls_off,
    gives_reason,
    has_become_absent,
    is_absent,
    undoes,
    undoes_cancelling,
)
from intents.own_change_words import (
    changes,
    leaves_open,
    of_place_only,
    says_never_mind,
    turns_to,
    would_like,
)
from intents.own_more_words import wants_another_booking
from intents.own_questions import ask, pending_of
from intents.own_words import (
    ANOTHER,
    BOOKING,
    CANCEL,
    YES,
    YES_EN,
    asks_leave,
    is_general,
    is_of_other_things,
    is_question,
    means_all,
    names_booking,
    only,
    page_of,
    says_one_of_two,
)
from intents.patterns import said
from intents.telling import closure_bubble
from intents.turn import Turn, phone_taps, quick_taps, tap
from intents.wishes import Heard

Wants = Literal["cancel", "change", ""]
_SHORT = 24  # characters; who says that all is to stay, says it shortly
_YES = said(YES, "わかりました|了解", rf"\b(?:{YES_EN})\b")
_WHEN_FREE = said(
    "どうすれば|どうしたら|(?:ほか|他|別)の日|(?:いつ|何日|どの日|どこ)(?:なら|だったら|が(?:空|あ)|に(?:なら|すれ|変)|ですか)|空い(?:てい|て)る日|あいて(?:い)?る",
    r"\bwhen (?:can|then)|what (?:days?|dates?)",
)
_IS_SHUT = said(
    "台風|中止|休み|閉|開(?:い|か|き)|やって|やり(?:ます|ません)|どういう|なんで|なぜ|本当|ほんと|(?:行|い)って(?:も)?(?:いい|大丈夫)",
    r"cancel|closed|what\b|why\b|really",
)


# ------------------------------------------------------------------ which of both
# 「もう少し遅い時間はありませんか」 asks for one.
_OFFERED = re.compile("あり(?:ます|ません)|ある|ない|空い|あい|でき|取れ|とれ|available|free|possible")
# Of what is changed: other things than these are none of the desk's bookings.
_OBJECT = said(
    "予約|よやく|日|ひを|ひに|時|じかん|曜|週|月|午前|午後|朝|昼|夕|場所|ばしょ|会場|窓口|まどぐち|ところ|支所|それ|これ",
    r"\b(?:booking|appointment|reservation|visit|day|time|date|week|month|office|place|it|earlier|later|reschedule|postpone)\b",
)
_BARE = re.compile("変え|かえ|替え|変更|ずらし|ずらせ|延期|延ばし|早め|遅らせ|て|られ|れ|だけ|\\b(?:change|reschedule|move|postpone)\\b")


def wanted(own: Own) -> Wants:
    """Whether the sentence wants a booking cancelled or changed; "" for a question how that is done."""
    if is_general(own.page) or (asks_leave(own.page) and not _is_clear(own)):
        return ""
    return wish_of(own)


def _is_clear(own: Own) -> bool:
    """Whether 「…できますか」 says to what: then it is a wish."""
    heard = own.heard
    return bool(heard.says_of_a_visit or heard.shift or heard.same_time or of_place_only(own.page) or _another_day(own.page))


_ANOTHER_DAY = re.compile(f"{ANOTHER}(?:日|時間)|another (?:day|time)|my (?:booking|appointment)|reschedule")


def _another_day(page: str) -> bool:
    return _ANOTHER_DAY.search(page) is not None


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
    asks = is_question(own.text) and not _OFFERED.search(page)
    moved = heard.shift and not re.search("遅刻|遅れ|\\blate\\b", page) and not heard.books and not asks
    to = turns_to(page) and heard.topics is None and (not heard.books or re.search("予約(?:を|は)", page))
    just_booked = pending_of(own.turn) == "done" and not heard.books
    not_there = (heard.not_venues or heard.when.out or just_booked) and would_like(page) and not asks
    return "change" if moved or ((to or not_there) and _new(own)) else ""


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
    absent = has_become_absent(own.page) or (own.absent >= 0 and own.heard.people)
    turned = own.changed >= 0 or ("を" in own.page and turns_to(own.page))
    return bool(names_booking(own.page) or absent or (turned and _new(own)))


def _may_wish(own: Own) -> bool:
    """Without a look into the ledger: whether the words could be such a wish."""
    page = own.page
    if own.turn.talk.guide and not calls_it_off(own):
        return False  # やめる leaves the guided check
    spoken = max(own.called_off, own.changed, own.absent) >= 0
    return bool(spoken or gives_reason(own.text, page) or own.heard.shift or would_like(page))


def done(own: Own, wish: Wants) -> Answer | None:
    """What `wish` begins: the question which booking, or whether, or when."""
    if wish == "cancel" and means_all(own.page) and len(own.mine) > 1:
        return ask_cancel_all(own.turn)
    meant = own.meant
    if meant is None:
        return ask(own.turn, f"which:{wish}")
    if meant.people > 1 and says_one_of_two(own.page):
        return _one_of_two(own.turn, meant)
    return ask_cancel(own.turn, meant.reference) if wish == "cancel" else start_as_said(own, meant)


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


# ------------------------------------------------------------------ keep, undo
def of_keeping(own: Own) -> Answer | None:
    """「やっぱりそのままで」 in a change, and of a change just made 「12日のままで」."""
    if not own.stays and not (own.moving and says_never_mind(own.page) and own.draft and own.draft.step != "confirm"):
        return None
    if is_of_other_things(own.page):
        return None  # 「設定を元に戻したい」
    if own.draft is not None:
        moving = own.moving
        return change_stopped(own.turn, moving.reference) if moving and not own.wishes_new(moving) else None
    if not own.mine or is_question(own.text) or len(own.text) > _SHORT or own.is_answered():
        return None
    changed = own.find(own.turn.talk.undo)
    if changed and _speaks_of_before(own, changed):
        return undo_last(own.turn)
    return kept(own.turn, own.meant) if own.meant else change_stopped(own.turn)


def _speaks_of_before(own: Own, booking: Booking) -> bool:
    """Whether the day, the place or the hour that the booking had before is named."""
    before, when = booking.previous, own.heard.when
    if before is None:
        return False
    day = bool(when.days) and before.day in when.days and booking.slot.day not in when.days
    place = own.heard.venue == before.venue != booking.slot.venue
    hour = before.time in (when.earliest, when.latest) and before.time != booking.slot.time
    return day or place or hour


def of_undoing(own: Own) -> Answer | None:
    """元にもどす in words; None for other words, and where nothing was done that could be undone."""
    sure = undoes_cancelling(own.page)
    if not (sure or undoes(own.page)) or is_general(own.page) or (own.draft is not None and not sure):
        return None
    if not own.turn.talk.undo:
        return None
    if own.is_answered(but_kindly=own.can_undo):
        return None  # 「日本語に戻して」
    changed = own.find(own.turn.talk.undo)
    said = own.heard.says_when or own.heard.venue
    if changed and said and not _speaks_of_before(own, changed):
        return None  # 「14日に戻して」, and it never was on that day: a new wish
    return undo_last(own.turn)


# ------------------------------------------------------------------ a day that was closed
def of_closed(own: Own) -> Answer | None:
    """After the ward has closed her day: any day that she names is for that booking."""
    heard = own.heard
    says = heard.says_of_a_visit or heard.shift or heard.same_time or heard.when.out or (heard.wants and not heard.also)
    agrees, asks = only(own.page, _YES), _WHEN_FREE.search(own.page) or _IS_SHUT.search(own.page)
    if own.draft is not None or not (says or agrees or asks) or not own.closed or is_general(own.page):
        return None
    meant = own.meant if own.meant in own.closed else own.closed[0] if len(own.closed) == 1 else None
    if meant is None:
        return ask(own.turn, "which:change")
    free = _WHEN_FREE.search(own.page)
    if _IS_SHUT.search(own.page) and not free and (is_question(own.text) or not says):
        of_that_day = not heard.when.days or meant.slot.day in heard.when.days
        bubble = closure_bubble(own.turn.speak, meant, "")
        return own.turn.say(bubble, quick=quick_taps(own.turn), room="booking_mine") if of_that_day else None
    if is_question(own.text) and not (free or would_like(own.page)):
        return None
    return start(own.turn, meant, own.wish(meant) if says else Heard())
