"""Typed words for a booking as it stands: leave it, have it back as it was, a new day for a closed one."""

from __future__ import annotations

from intents.booking.window import Answer
from intents.bookings import Booking
from intents.own.cancel_words import undoes, undoes_cancelling
from intents.own.change_words import says_never_mind, would_like
from intents.own.changing import change_stopped, kept, start, undo_last
from intents.own.mine import Own
from intents.own.questions import ask
from intents.own.words import YES, YES_EN, is_general, is_of_other_things, is_question, only
from intents.patterns import said
from intents.telling import closure_bubble
from intents.turn import quick_taps
from intents.wishes import Heard

_SHORT = 24  # characters; who says that all is to stay, says it shortly
_YES = said(YES, "わかりました|了解", rf"\b(?:{YES_EN})\b")
_WHEN_FREE = said(
    "どうすれば|どうしたら|(?:ほか|他|別)の日|空い(?:てい|て)る日|あいてい?る",
    "(?:いつ|何日|どの日|どこ)(?:なら|だったら|が(?:空|あ)|に(?:なら|すれ|変)|ですか)",
    r"\bwhen (?:can|then)|what (?:days?|dates?)",
)
_IS_SHUT = said(
    "台風|中止|休み|閉|開[いかき]|やって|やり(?:ます|ません)|どういう|なんで|なぜ|本当|ほんと|(?:行|い)っても?(?:いい|大丈夫)",
    r"cancel|closed|what\b|why\b|really",
)


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
        return _closure_told(own, meant)
    if is_question(own.text) and not (free or would_like(own.page)):
        return None
    return start(own.turn, meant, own.wish(meant) if says else Heard())


def _closure_told(own: Own, booking: Booking) -> Answer | None:
    """「中止って本当ですか」: the closure once more; None for a question about another day."""
    days = own.heard.when.days
    if days and booking.slot.day not in days:
        return None
    bubble = closure_bubble(own.turn.speak, booking, "")
    return own.turn.say(bubble, quick=quick_taps(own.turn), room="booking_mine")
