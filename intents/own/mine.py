"""Somebody's words with what she has at the desk: her bookings, lists, the change under way."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from intents.bookings import Booking, Bookings, Waiting
from intents.draft import Draft
from intents.own.cancel_words import calls_off, is_absent
from intents.own.change_words import changes, keeps
from intents.own.words import page_of
from intents.patterns import any_of, said
from intents.turn import Turn
from intents.wishes import Heard, read_wish

# What stands before one of these names a booking: 「玉川の予約を…」, 「12日のほうを…」, 「10時半を9時に」.
_NAMES = re.compile(
    "の?ご?(?:予約|よやく)|の(?:ほう|方|分|ぶん|やつ|件)(?!が|で(?:い|お))|の(?=[をはも])"
    r"|\b(?:booking|appointment|reservation|one)\b",
    re.IGNORECASE,
)
_FROM_TO = re.compile("(?=(?:から|[をは]).{1,30}(?:に|へ))")
_FIRST = said(
    "[1一]番(?:目|め)?|(?:[1一]|ひと)つ(?:目|め)|最初|さいしょ|初め|はじめ|上|うえ|(?<!午)前|まえ|先|早い|はやい|近い|^[1一]$",
    r"\b(?:first|earlier|top)\b",
)
_LAST = said(
    "[2二]番(?:目|め)?|(?:[2二]|ふた)つ(?:目|め)|最後|さいご|下|した$|(?<!午)後[のろ]|あと(?:の|$)|うしろ|遅い|おそい",
    "もう(?:一|1|ひと)つ|^[2二]$",
    r"\b(?:second|last|later|bottom|other)\b",
)
# Of two bookings these words tell one; 上, 前 and 先 alone are in too many others.
_ORDERED = re.compile("早い|はやい|遅い|おそい|最初|最後|目の?$|[上下]の?$|first|second|earlier|later|last")
_RELATIVE = any_of("母|父|主人|夫|妻|家内|旦那|女房|祖父|祖母|家族|おばあ(?:さん|ちゃん)|おじい(?:さん|ちゃん)")
_OF_RELATIVE = said(
    f"{_RELATIVE}[がはも]?.{{0,8}}(?:(?:行|い)[けか]|来ら?れ)[なまれ]",
    "my (?:husband|wife|mother|father|mom|dad) (?:cant|cannot|wont)",
)
_SELF = re.compile("(?:私|わたし|あたし|自分|本人|僕|俺|わし)(?:の|$)|\\b(?:mine|my own|me)\\b")


@dataclass(frozen=True)
class Own:
    """`heard` is what `text` says of a visit; `bookings` the ledger as this person sees it."""

    turn: Turn
    text: str
    heard: Heard
    bookings: Bookings

    @cached_property
    def page(self) -> str:
        """`text` as the readers of words take it."""
        return page_of(self.text)

    # Each of these is asked by several rooms in turn, of words that mostly say nothing of the kind.

    @cached_property
    def called_off(self) -> int:
        """Where a booking is called off; -1 for nowhere."""
        return calls_off(self.page)

    @cached_property
    def changed(self) -> int:
        """Where a change is wished; -1 for nowhere."""
        return changes(self.page)

    @cached_property
    def absent(self) -> int:
        """Where she says that she cannot come; -1 for nowhere."""
        return is_absent(self.page)

    @property
    def stays(self) -> bool:
        """「そのままで」, 「北沢のままで」."""
        return keeps(self.page, names_place=bool(self.heard.venue))

    @cached_property
    def mine(self) -> tuple[Booking, ...]:
        """Her open bookings, the next first."""
        return self.bookings.mine()

    @cached_property
    def waits(self) -> tuple[Waiting, ...]:
        """The waiting lists she is on."""
        return self.bookings.waits()

    @property
    def draft(self) -> Draft | None:
        """The booking or change under way."""
        return self.turn.talk.draft

    @cached_property
    def moving(self) -> Booking | None:
        """The booking that is being changed."""
        reference = self.draft.moving if self.draft else ""
        return self.find(reference) if reference else None

    @property
    def closed(self) -> tuple[Booking, ...]:
        """Those whose day the ward has closed, and who wait for a new one."""
        return tuple(one for one in self.mine if one.state == "closed")

    def is_answered(self, *, but_kindly: bool = False) -> bool:
        """Whether an entry that starts no booking surely answers the words. `but_kindly`: 「どういたしまして」
        and the like are no answer."""
        desk = self.turn.desk
        entries = desk.sure(desk.matcher.read(self.text))
        return any(not one.start.startswith("booking") and not (but_kindly and one.courtesy) for one in entries)

    @property
    def can_undo(self) -> bool:
        """Whether what was changed or cancelled last can be undone at this moment."""
        now, talk = self.turn.now.timestamp(), self.turn.talk
        changed = self.find(talk.undo)
        cancelled = bool(talk.undo) and changed is None and now <= talk.undo_until
        return cancelled or (changed is not None and changed.previous is not None and now <= changed.undo_until)

    def find(self, reference: str) -> Booking | None:
        """The one of hers with this reference."""
        return next((one for one in self.mine if one.reference == reference), None)

    # --- which of them is meant

    @cached_property
    def _parts(self) -> tuple[str, str]:
        found = _NAMES.search(self.text) or _FROM_TO.search(self.text)
        return (self.text[: found.start()], self.text[found.end() :]) if found else ("", self.text)

    @cached_property
    def named(self) -> Booking | None:
        """The one booking that the sentence names before what it wishes: 「玉川の予約を午前に」."""
        head, _ = self._parts
        if not head.strip():
            return None
        found = fitting(self.mine, self._read(head), page_of(head))
        if not found and _ORDERED.search(page_of(head)):
            return in_order(self.mine, page_of(head))
        return found[0] if len(found) == 1 else None

    @cached_property
    def meant(self) -> Booking | None:
        """The booking that is spoken of: the only one, the one named, the one under way; None: not clear."""
        if len(self.mine) == 1:
            return self.mine[0]
        if self.named or self.moving:
            return self.named or self.moving
        asked = self.find(self.turn.talk.pending.partition(":")[2])
        by_day = [one for one in self.mine if one.slot.day in (*self.heard.when.days, *self.heard.when.out.days)]
        at = [one for one in self.mine if not self.heard.says_when and one.slot.venue == self.heard.venue]
        whose = [one for one in self.mine if one.family and (self.heard.family or _OF_RELATIVE.search(self.page))]
        sure = next((found[0] for found in (by_day, at, whose) if len(found) == 1), None)
        return sure or asked

    def wish(self, booking: Booking) -> Heard:
        """What the sentence wishes of `booking`, without the words that only name it."""
        head, rest = self._parts
        if head.strip() and fitting((booking,), self._read(head), page_of(head)):
            return self._read(rest)
        when = self.heard.when
        if when.days == (booking.slot.day,) and not (when.earliest or when.latest):
            return Heard(venue=self.heard.venue, same_time=self.heard.same_time, shift=self.heard.shift)
        others = tuple(day for day in when.days if day != booking.slot.day)
        if others and others != when.days:  # 「12日から14日に」
            return replace(self.heard, when=replace(when, days=others))
        return self.heard

    def wishes_new(self, booking: Booking) -> bool:
        """Whether the sentence says another time or place than `booking` has."""
        wish = self.wish(booking)
        when = wish.when
        other_day = any(day != booking.slot.day for day in when.days) or bool(when.weekdays and when.days)
        hours = bool(when.earliest or when.latest) and not _within(booking, wish)
        other = wish.venue not in ("", booking.slot.venue)
        return bool(other_day or hours or other or wish.shift or when.first or when.last or wish.same_time)

    def _read(self, part: str) -> Heard:
        return read_wish(part, self.turn.desk.catalogue, self.turn.speak.today)


def _within(booking: Booking, heard: Heard) -> bool:
    """Whether the booking's time is one of those said."""
    earliest, latest = heard.when.earliest, heard.when.latest
    moment = booking.slot.time
    return not (earliest and moment < earliest) and not (latest and moment > latest)


def fitting(mine: Iterable[Booking], heard: Heard, page: str) -> tuple[Booking, ...]:
    """Those of `mine` that all that is said fits; () where nothing is said that tells one from another."""
    own_self = _SELF.search(page) is not None
    return tuple(one for one in mine if _fits(one, heard, own_self))


def _fits(booking: Booking, heard: Heard, own_self: bool) -> bool:
    """Whether something is said of day, place, hour or person, and all of it is true of `booking`."""
    slot, when = booking.slot, heard.when
    tests: list[bool] = []
    if when.days:
        tests.append(slot.day in when.days)
    if heard.venue:
        tests.append(slot.venue == heard.venue)
    if when.earliest or when.latest:
        tests.append(_within(booking, heard))
    if own_self:
        tests.append(not booking.family and booking.people == 1)
    elif heard.family:
        tests.append(booking.family)
    return bool(tests) and all(tests)


def picked(own: Own) -> Booking | None:
    """The answer to 「どちらの予約ですか」: 「午後のほう」, 「2番目」, 「母の」."""
    found = fitting(own.mine, own.heard, own.page)
    return found[0] if len(found) == 1 else in_order(own.mine, own.page)


def in_order(mine: tuple[Booking, ...], page: str) -> Booking | None:
    """「2番目」, 「上の」, 「早いほう」 of bookings as they are shown, the next first."""
    if not mine:
        return None
    if _LAST.search(page):
        return mine[-1]
    return mine[0] if _FIRST.search(page) else None
