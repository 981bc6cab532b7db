"""Typed answers to a question about one's own bookings, and the question again after an interruption."""

from __future__ import annotations

import re
from dataclasses import replace

from intents.booking.window import Answer
from intents.bookings import Booking
from intents.model import Bubble, Reply
from intents.own.change_words import would_like
from intents.own.changing import (
    ask_cancel,
    ask_cancel_all,
    carried_wish,
    change_stopped,
    do_cancel,
    do_cancel_all,
    kept,
    start,
    start_as_said,
    without_draft,
)
from intents.own.list_words import leaves, takes
from intents.own.mine import Own, picked
from intents.own.questions import ASKED, ask, awaiting, pending_of, question
from intents.own.waiting import leave_offer, take_offer
from intents.own.words import CANCEL, YES, YES_EN, is_general, is_question, means_all, only
from intents.patterns import any_of, said
from intents.talk import Talk
from intents.telling import booking_lines, manage_taps
from intents.turn import Turn, main_taps, phone_taps, quick_taps

_YES = any_of(
    YES,
    CANCEL,
    "そう(?:です|して|し)?|わかりました|もちろん|了解|おっけー",
    rf"\b(?:{YES_EN}|cancel|go ahead|do it|correct|right)\b",
)
_SAYS_YES = re.compile(_YES)
_YES_WORDS = said(
    f"{_YES}[しす]?",
    "両方|りょうほう|(?:二|2|ふた)つとも|どちらも|全て|すべて|ぜんぶ|間違い?(?:ない|ありません)|いい|やめ(?:ます|る|たい)",
    r"\b(?:both|all|them)\b",
)
_NO = said(
    "^(?:いいえ|いえ|いや(?!で)|ううん|うんう|ちが|違(?!う(?:日|時間))|だめ)|まま|残し|気が変わ",
    "(?:取り?消|きゃんせる|やめ|消)[しさ]?な[いく]|やめま(?:せん|へん)|(?:取り?消し|きゃんせるし|消し)ま(?:せん|へん)",
    "やっぱり.{0,2}(?:いい|良|よ[いし]|結構|けっこう)|(?<!て)(?:行|い)(?:きます|く(?:こと|わ|よ|$)|けます|きたい)",
    "(?:間違|まちが)え|まちがい|間違い(?!な|あ)",
    r"^no\b(?! problem)|\bnope\b|\bkeep\b|never ?mind|dont cancel|not cancel|\bstop\b|still (?:come|go)",
    "ill (?:come|go)|changed my mind|forget it",
)
_UNSURE = re.compile("考え|かんがえ|迷|まよ|相談|どうしよう|うーん|待って|まって|あとで|後で|わからな|think|not sure|wait|hmm|later")
# As much "yes, that is fine" as "no, thank you".
_EITHER = re.compile("やめ(?:る|ます|た)|いい|良い|結構|けっこう|大丈夫|だいじょうぶ|やめ|止め|もう|\\bfine\\b|alright|all right")
_NEW = re.compile("新し|あたらし|今の|いまの|途中|この(?:予約|手続)|こっち|\\bnew\\b|this one")
_OLD = re.compile("前の|まえの|さっき|取ってある|もう(?:ある|した)|予約した|古い|old|first|existing|earlier")


def answered(own: Own) -> Answer | None:
    """The answer to the question that waits; None where the words are none to it."""
    kind, _, rest = pending_of(own.turn).partition(":")
    match kind:
        case "cancelit" if booking := own.find(rest):
            return _to_cancel(own, [booking])
        case "cancelall" if own.mine:
            return _to_cancel(own, list(own.mine))
        case "which" if own.mine:
            return _to_which(own, rest)
        case "stopwhich" if own.mine and own.draft:
            return _to_stop(own)
        case "offer":
            return _to_offer(own)
        case "found" if not own.mine:
            return _to_found(own)
    return None


def says_yes(page: str) -> bool:
    """A yes to "shall it be cancelled", and nothing besides. 「取り消したい」 is the first step once more."""
    again = "たい" in page and not re.match("はい|うん|ええ", page)
    return only(page, _YES_WORDS) and _SAYS_YES.search(page) is not None and not again


def _to_cancel(own: Own, bookings: list[Booking]) -> Answer | None:
    page, one = own.page, own.named or bookings[0]
    if len(bookings) < len(own.mine) and (elsewhere := _of_others(own)):
        return elsewhere
    other = own.changed >= 0 or own.wishes_new(one)
    if len(bookings) == 1 and other and not is_question(own.text) and not own.stays:
        return start_as_said(own, one)
    if _UNSURE.search(page):
        return ask(own.turn, own.turn.talk.pending, own.turn.speak.prompt("own_no_hurry"))
    if _NO.search(page) and not is_question(own.text):
        return _all_kept(own, bookings)
    if says_yes(page):
        return do_cancel(own.turn, bookings[0].reference) if len(bookings) == 1 else do_cancel_all(own.turn)
    if only(page, _EITHER) or only(page, _YES_WORDS):
        return ask(own.turn, own.turn.talk.pending, own.turn.speak.prompt("own_yes_or_no"))
    return None


def _of_others(own: Own) -> Answer | None:
    """Asked of one, she says 「両方取り消して」, or names another: 「玉川のほう」."""
    if means_all(own.page) and not _NO.search(own.page):
        return ask_cancel_all(own.turn)
    chosen = own.named or picked(own)
    says_which = chosen and own.changed < 0 and not is_question(own.text)
    asked = own.turn.talk.pending == f"cancelit:{chosen.reference}" if chosen else False
    return ask_cancel(own.turn, chosen.reference) if chosen and says_which and not asked else None


def _all_kept(own: Own, bookings: list[Booking]) -> Answer:
    reply, talk = kept(own.turn, bookings[0])
    speak = own.turn.speak
    others = [Bubble(booking_lines(speak, one), manage_taps(speak, one), large=True) for one in bookings[1:4]]
    return replace(reply, bubbles=(*reply.bubbles, *others)), talk


def _to_which(own: Own, verb: str) -> Answer | None:
    verb, _, wish = verb.partition(":")
    if is_general(own.page):
        return None
    if means_all(own.page):
        return ask_cancel_all(own.turn) if verb == "cancel" else ask(own.turn, own.turn.talk.pending)
    if (_NO.search(own.page) or only(own.page, _EITHER)) and not is_question(own.text):
        return change_stopped(own.turn)
    chosen = own.named or picked(own)
    if chosen is None:
        unsure = _UNSURE.search(own.page) and not is_question(own.text)
        return ask(own.turn, own.turn.talk.pending, own.turn.speak.prompt("own_no_hurry")) if unsure else None
    cancels = verb == "cancel" and own.changed < 0
    if cancels or own.called_off >= 0:
        return ask_cancel(own.turn, chosen.reference)
    # 「午後のほう」 tells which; 「玉川の予約を午前に」 what is wished, too.
    if own.named and own.changed >= 0:
        return start_as_said(own, chosen)
    return start(own.turn, chosen, carried_wish(own.turn, wish))


def _to_stop(own: Own) -> Answer | None:
    if _OLD.search(own.page):
        first = own.mine[0]
        return ask_cancel(own.turn, first.reference) if len(own.mine) == 1 else ask(without_draft(own.turn), "which:cancel")
    if _NEW.search(own.page):
        turn = without_draft(own.turn).remember(pending="")
        return turn.say(Bubble(turn.speak.prompt("book_stopped"), main_taps(turn)), quick=quick_taps(turn), room="stop")
    return None


def _to_offer(own: Own) -> Answer | None:
    if leaves(own.page):
        return leave_offer(own.turn)
    return take_offer(own.turn) if takes(own.page) else None


def _to_found(own: Own) -> Answer | None:
    """「変更お願いします」 of another's booking that was just looked up: where that can be done."""
    page = own.page
    wishes = own.called_off >= 0 or own.changed >= 0 or (would_like(page) and own.heard.says_when)
    if not wishes or is_general(page):
        return None
    turn = awaiting(own.turn, own.turn.talk.pending)
    bubble = Bubble(turn.speak.prompt("found_elsewhere"), phone_taps(turn))
    return turn.say(bubble, quick=quick_taps(turn), room="booking_found")


# ------------------------------------------------------------------ after an interruption
_CONCLUDED = ("booking", "stop", "stale", "guide")


def resume(reply: Reply, talk: Talk, turn: Turn) -> Answer:
    """The question once more, after an answer to something else; forgotten, where something new has begun."""
    now = int(turn.now.timestamp())
    if reply.room == "receipt":
        return reply, replace(talk, pending="done", pending_at=now)
    if not talk.pending or reply.room in (*ASKED, "booking_found"):
        return reply, talk
    kind = talk.pending.partition(":")[0]
    over = pending_of(turn) != talk.pending or reply.room.startswith(_CONCLUDED)
    if over or kind == "done" or talk.draft or talk.guide:
        return reply, replace(talk, pending="")
    entry = turn.desk.entry(reply.entry)
    if kind == "found" or (entry and entry.urgent):
        return reply, talk
    return _again(reply, talk, turn)


def _again(reply: Reply, talk: Talk, turn: Turn) -> Answer:
    missed = reply.room == "miss"
    speak = replace(turn.speak, lang=talk.lang)  # it may have been switched by a typed wish
    lead = speak.prompt("book_not_understood" if missed else "guide_resume")
    asked = question(replace(turn, talk=talk, speak=speak), talk.pending, lead)
    if asked is None:
        return reply, replace(talk, pending="")
    said = () if missed else reply.bubbles[:4]
    return replace(reply, bubbles=(*said, asked)), talk
