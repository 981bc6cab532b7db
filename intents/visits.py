"""A sentence typed outside a booking that wishes a visit, changes one, or asks for one's own."""

from __future__ import annotations

import re
from dataclasses import replace

from intents import booking
from intents import own as my_bookings
from intents.booking.reading import asks_something, read_way
from intents.booking.window import Answer
from intents.match import Match
from intents.model import Entry
from intents.text import fold
from intents.turn import Turn, tried
from intents.wishes import Heard

_BARE_WISH = 24  # characters
# Of a visit with its place and day: 「…で教えていただけますか」, 「二人いっぺんに見てもらえますか」.
_ASKS_FOR = re.compile("お願い|おねがい|行きたい|いきたい|予約|(?:見|み|教え|受け)て(?:いただ|もら)|受けたい|伺|うかが|come|visit|book")
_PAST_VISIT = re.compile("行(?:け|か)(?:れ)?なかった|行きそび|来られなかった|すっぽか|\\b(?:missed|didnt (?:come|go|make))\\b")
_ASKS_FREE = re.compile("空い|空き|空く|取れ|とれ(?!な)|あいて|available|free")
# 「8月25日」, 「25日の10時半で」: a day and nothing else.
_BARE_DAY = re.compile("[0-9/:月日曜火水木金のにごろ頃時半分午前後朝昼夕方来再翌週今明々あさって、 ]+(?:です|でお願いします|お願いします|で|がいいです)?")


def about_a_visit(text: str, heard: Heard, matches: list[Match], turn: Turn) -> Answer | None:
    """A sentence that books, changes or asks for a booking; None: it does neither."""
    sure = turn.desk.sure(matches)
    if len(sure) == 1 and sure[0].start.startswith("booking"):
        return start(_meant(sure[0], heard), text, heard, turn)
    likely = turn.desk.entry(matches[0].candidates[0].id) if matches and matches[0].candidates else None
    of_a_booking = likely is not None and likely.start.startswith("booking")
    if not sure and (heard.says_of_a_visit or heard.books or of_a_booking) and my_bookings.would_change(turn, text):
        return start("booking_change", text, heard, turn)
    if not sure and likely and of_a_booking and heard.says_of_a_visit:
        return start(_meant(likely, heard), text, heard, turn)
    if not _wishes(text, heard, sure):
        return _on_another_list(text, heard, turn)
    return start("booking", text, heard, turn)


def _on_another_list(text: str, heard: Heard, turn: Turn) -> Answer | None:
    """「14日も待ちたい」, of somebody who waits at a counter already: that day there, full or not."""
    if not heard.says_when or turn.desk.bookings is None or read_way(text) != "wait":
        return None
    venues = {one.venue for one in turn.desk.bookings.waits()}
    return booking.begin(turn, replace(heard, venue=heard.venue or venues.pop())) if len(venues) == 1 else None


def _meant(entry: Entry, heard: Heard) -> str:
    """"Book for my mother on Aug 25" sounds like a booking that there is; it wishes one."""
    return "booking" if heard.wants else entry.start


def _wishes(text: str, heard: Heard, sure: list[Entry]) -> bool:
    """Whether the sentence wishes a visit, rather than asks something that an entry answers."""
    if asks_something(text) or (sure and _PAST_VISIT.search(fold(text))):
        return False
    if heard.when.days and not sure and _ASKS_FREE.search(fold(text)):
        return True
    if heard.names_a_visit or (heard.books and heard.says_something):
        # A bare 「砧、8月25日の午後」 is the wish for a visit, though entries about days are near; and a
        # sentence with its counter and its day is one, whatever else is told in it.
        whole = heard.says_of_a_visit and (heard.books or _ASKS_FOR.search(fold(text)) is not None)
        return not sure or whole or (heard.names_a_visit and len(text) <= _BARE_WISH)
    return not sure and bool(heard.when.days) and _BARE_DAY.fullmatch(fold(text)) is not None


def also_wishes(text: str, heard: Heard) -> bool:
    """Whether a sentence that an entry answers wishes a visit besides: 「1時間かかりますか？砧で25日に予約したい」."""
    wished = heard.wants or bool(heard.venue and heard.when.days and _ASKS_FOR.search(fold(text)))
    return wished and asks_something(text)


def start(name: str, text: str, heard: Heard, turn: Turn) -> Answer:
    """What the booking entries start, with what the sentence says beside."""
    turn = turn.remember(offered=(), misses=0, tried=tried(turn.talk, name))
    match name:
        case "booking_change":
            reply, talk = my_bookings.manage(turn, text, heard)
        case "booking_check":
            reply, talk = my_bookings.show(turn)
        case _ if heard.says_of_a_visit and _is_displaced(turn):
            reply, talk = my_bookings.manage(turn, text, heard)
        case _:
            reply, talk = booking.begin(turn, heard)
    return replace(reply, entry=name), talk


def _is_displaced(turn: Turn) -> bool:
    """Whether the day of her booking was closed: 「26日は空いてますか」 is asked for that visit."""
    bookings = turn.desk.bookings
    return bookings is not None and any(one.state == "closed" for one in bookings.mine())
