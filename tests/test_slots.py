"""Slots and places: days become slots, taken ones are not free, and a wish finds its nearest."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta
from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.knowledge import Edition
from intents.dates import When
from intents.model import Facts, Office, Openings, Venue, Words
from intents.office import JST
from intents.openings import in_turn
from intents.slots import (
    Reason,
    Slot,
    all_slots,
    alternatives,
    capacity,
    desks_on,
    distance,
    free_slots,
    in_time,
    next_days,
    open_venues,
    opening_faults,
    places_left,
    slots_on,
    without,
)

OFFICE = Office(time(9), time(17))
VENUES = tuple(Venue(id, Words(name)) for id, name in [("kita", "北沢"), ("kinu", "砧"), ("kara", "烏山")])
FACTS = Facts(starts=date(2026, 8, 3), ends=date(2026, 10, 30), office=OFFICE, venues=VENUES)
TIMES = (time(9), time(9, 45), time(13), time(13, 45))
NOW = datetime(2026, 8, 3, 8, 0, tzinfo=JST)
NO_NOTICE = timedelta(0)
steady = settings(derandomize=True, max_examples=60, deadline=None, database=None)


def august(*days: int) -> tuple[date, ...]:
    return tuple(date(2026, 8, day) for day in days)


def table(**days: tuple[date, ...]) -> Openings:
    return Openings(TIMES, 2, 45, MappingProxyType(days))


def facts_with(openings: Openings) -> Facts:
    return replace(FACTS, openings=openings)


TABLE = table(kita=august(3, 4, 5), kinu=august(10, 12), kara=august(17, 18))
HERE = facts_with(TABLE)


# ---------------------------------------------------------------- a slot and its key
SLOTS = st.builds(
    Slot,
    st.from_regex(r"[a-z]{1,12}", fullmatch=True),
    st.dates(date(2026, 1, 1), date(2030, 12, 31)),
    st.times().map(lambda moment: moment.replace(second=0, microsecond=0, fold=0)),
)


def test_a_key_names_venue_day_and_time() -> None:
    slot = Slot("kitazawa", date(2026, 8, 25), time(13, 45))
    assert slot.key == "kitazawa/2026-08-25/13:45"
    assert slot.starts == datetime(2026, 8, 25, 13, 45, tzinfo=JST)


@steady
@given(SLOTS)
def test_every_slot_is_read_back_from_its_key(slot: Slot) -> None:
    assert Slot.parse(slot.key) == slot


@pytest.mark.parametrize("junk", [
    "", "kitazawa", "kitazawa/2026-08-25", "kitazawa/2026-02-30/13:45", "kitazawa/2026-08-25/25:00",
    "kitazawa/2026-08-25/13:45/x", "/2026-08-25/13:45", "kita zawa/2026-08-25/13:45",
    "kitazawa/2026-8-25/13:45",
    "kitazawa/2026-08-25/9:00", "kitazawa/２０２６-08-25/13:45", "kitazawa/2026-08-25/13:45\n",
    "a" * 65 + "/2026-08-25/13:45",
])  # fmt: skip
def test_junk_is_no_key(junk: str) -> None:
    assert Slot.parse(junk) is None


@steady
@given(st.text(max_size=40))
def test_a_text_is_a_key_only_if_it_is_exactly_one(text: str) -> None:
    slot = Slot.parse(text)
    assert slot is None or slot.key == text


def test_slots_sort_by_venue_then_day_then_time() -> None:
    early, late = Slot("a", date(2026, 8, 4), time(13)), Slot("a", date(2026, 8, 5), time(9))
    other = Slot("b", date(2026, 8, 3), time(9))
    assert sorted([other, late, early]) == [early, late, other]
    assert sorted([other, late, early], key=in_time) == [other, early, late]


def test_nothing_given_yet_is_no_fault_and_books_nothing(edition: Edition) -> None:
    facts = edition.catalogue.facts
    assert opening_faults(facts) == []
    assert alternatives(facts, {}, When(), None, NOW, NO_NOTICE).reason is Reason.NO_TABLE


# ---------------------------------------------------------------- slots and places
@pytest.mark.parametrize(("staff", "desks"), [(-1, 0), (0, 0), (1, 0), (2, 1), (3, 2), (4, 2), (9, 2)])
def test_desks_follow_from_the_staff_on_duty(staff: int, desks: int) -> None:
    assert capacity(TABLE, staff) == desks


def test_a_closed_day_and_an_unknown_venue_have_no_slots() -> None:
    assert slots_on(TABLE, "kita", date(2026, 8, 10)) == slots_on(TABLE, "nowhere", date(2026, 8, 3)) == ()
    assert [slot.time for slot in slots_on(TABLE, "kita", date(2026, 8, 3))] == list(TIMES)


def test_open_venues_and_the_next_days() -> None:
    assert open_venues(TABLE, date(2026, 8, 10)) == ("kinu",)
    assert next_days(TABLE, None, date(2026, 8, 4), 2) == august(5, 10)
    assert next_days(TABLE, "kinu", date(2026, 8, 3), 9) == august(10, 12)
    assert next_days(TABLE, "kinu", date(2026, 8, 12), 3) == ()
    assert next_days(TABLE, "nowhere", date(2026, 8, 3), 3) == ()


WORKDAYS = st.sampled_from(in_turn(("any",), FACTS)["any"])
TABLES = st.dictionaries(
    st.sampled_from(["kita", "kinu", "kara"]),
    st.lists(WORKDAYS, max_size=6, unique=True).map(lambda days: tuple(sorted(days))),
).map(lambda days: table(**days))


Taken = tuple[Openings, dict[Slot, int]]


@st.composite
def offices(draw: st.DrawFn) -> Taken:
    """A table, and how many places of some of its slots are taken."""
    openings = draw(TABLES)
    slots = all_slots(openings)
    chosen = draw(st.lists(st.sampled_from(slots), unique=True)) if slots else []
    return openings, {slot: draw(st.integers(0, 2)) for slot in chosen}


@steady
@given(TABLES)
def test_there_are_as_many_slots_as_days_times_slots(openings: Openings) -> None:
    slots = all_slots(openings)
    assert len(slots) == len(set(slots)) == sum(len(days) for days in openings.days.values()) * len(TIMES)
    assert list(slots) == sorted(slots, key=in_time)
    assert all(slot in slots_on(openings, slot.venue, slot.day) for slot in slots)


@steady
@given(offices(), st.integers(0, 4))
def test_free_and_taken_are_together_what_there_is(office: Taken, staff: int) -> None:
    openings, taken = office
    for slot in all_slots(openings):
        assert places_left(openings, taken, slot) + taken.get(slot, 0) == openings.desks
        served = capacity(openings, staff)
        left = places_left(replace(openings, on_duty=staff), taken, slot)
        assert left == max(0, served - taken.get(slot, 0))


MOMENTS = st.datetimes(datetime(2026, 7, 25), datetime(2026, 11, 5)).map(lambda now: now.replace(tzinfo=JST))
CLOCKS = st.one_of(st.none(), st.sampled_from([time(9), time(9, 30), time(12), time(13, 45), time(18)]))
WISHES = st.builds(
    When,
    st.lists(MOMENTS.map(datetime.date), max_size=4, unique=True).map(lambda days: tuple(sorted(days))),
    CLOCKS, CLOCKS, st.booleans(),
)  # fmt: skip
PLACES = st.sampled_from([None, "kita", "kinu", "nowhere"])
NOTICES = st.sampled_from([timedelta(0), timedelta(hours=3), timedelta(days=1)])


@steady
@given(offices(), WISHES, PLACES, MOMENTS, NOTICES, st.integers(1, 2))
def test_a_free_slot_is_open_wished_in_time_and_has_room(
    office: Taken, when: When, venue: str | None, now: datetime,
    notice: timedelta, people: int,
) -> None:  # fmt: skip
    """Exactly those slots, and no other, are free; the first alone where the first is wished."""
    openings, taken = office
    expected = [
        slot for slot in all_slots(openings)
        if venue in (None, slot.venue) and slot.day in (when.days or (slot.day,))
        and (when.earliest is None or slot.time >= when.earliest)
        and (when.latest is None or slot.time <= when.latest)
        and slot.starts - now >= notice and 2 - taken.get(slot, 0) >= people
    ]  # fmt: skip
    free = free_slots(openings, taken, when, venue, now, notice, people=people)
    assert list(free) == (expected[:1] if when.first else expected)


def test_a_slot_that_begins_exactly_after_the_notice_is_still_free() -> None:
    one_hour = timedelta(hours=1)
    assert free_slots(TABLE, {}, When(), None, NOW, one_hour)[0].starts == NOW + one_hour
    late = NOW + timedelta(minutes=1)
    assert free_slots(TABLE, {}, When(), None, late, one_hour)[0].starts > NOW + one_hour


def test_a_day_that_does_not_exist_is_not_read_as_any_day() -> None:
    assert free_slots(TABLE, {}, When(problem="no_such_day"), None, NOW, NO_NOTICE) == ()


# ---------------------------------------------------------------- a wish that does not fit
def day(number: int, month: int = 8) -> When:
    return When((date(2026, month, number),))


FULL = dict.fromkeys(slots_on(TABLE, "kita", date(2026, 8, 4)), 2)


@pytest.mark.parametrize(("when", "venue", "reason"), [
    (day(4), "kita", Reason.FITS), (day(11), "kita", Reason.HOLIDAY), (day(8), None, Reason.HOLIDAY),
    (day(10), "kita", Reason.OTHER_TURN), (day(6), "kita", Reason.CLOSED), (day(13), None, Reason.CLOSED),
    (day(2, 11), None, Reason.AFTER), (When(problem="no_such_day"), None, Reason.NO_SUCH_DAY),
    (replace(day(4), earliest=time(13, 15), latest=time(13, 15)), "kita", Reason.NO_SUCH_TIME),
    (replace(day(4), earliest=time(18)), None, Reason.NO_SUCH_TIME),
    (When(problem="ambiguous"), "kita", Reason.AMBIGUOUS),
    (replace(day(1), problem="past"), None, Reason.PAST),
    (day(4), "nowhere", Reason.OTHER_TURN), (When(), "nowhere", Reason.CLOSED),
    (When(earliest=time(20)), "kita", Reason.NO_SUCH_TIME),
])  # fmt: skip
def test_the_reason_why_a_wish_does_not_fit(when: When, venue: str | None, reason: Reason) -> None:
    assert alternatives(HERE, {}, when, venue, NOW, NO_NOTICE).reason is reason


def test_another_venues_turn_is_named_and_offered_beside_the_wished_venue() -> None:
    found = alternatives(HERE, {}, replace(day(10), latest=time(11, 59)), "kita", NOW, NO_NOTICE, count=2)
    assert (found.reason, found.day, found.turn) == (Reason.OTHER_TURN, date(2026, 8, 10), ("kinu",))
    assert [slot.key for slot in found.elsewhere] == ["kinu/2026-08-10/09:00", "kinu/2026-08-10/09:45"]
    assert [slot.key for slot in found.slots] == ["kita/2026-08-05/09:00", "kita/2026-08-05/09:45"]


def test_a_full_time_gives_the_nearest_time_of_that_day_first() -> None:
    wish = replace(day(4), earliest=time(13, 45), latest=time(13, 45))
    taken = {Slot("kita", date(2026, 8, 4), time(13, 45)): 2}
    found = alternatives(HERE, taken, wish, "kita", NOW, NO_NOTICE)
    assert found.reason is Reason.FULL
    assert [slot.time for slot in found.slots] == [time(13), time(9, 45), time(9)]


def test_a_full_day_gives_the_nearest_days_at_the_wished_time() -> None:
    wish = replace(day(4), earliest=time(13), latest=time(13))
    found = alternatives(HERE, FULL, wish, "kita", NOW, NO_NOTICE, count=2)
    assert (found.reason, found.day) == (Reason.FULL, date(2026, 8, 4))
    assert [slot.key for slot in found.slots] == ["kita/2026-08-03/13:00", "kita/2026-08-05/13:00"]


def test_one_free_desk_is_too_few_for_two_people_at_once() -> None:
    taken = dict.fromkeys(all_slots(TABLE), 1)
    assert alternatives(HERE, taken, day(4), "kita", NOW, NO_NOTICE).reason is Reason.FITS
    assert alternatives(HERE, taken, day(4), "kita", NOW, NO_NOTICE, people=2).reason is Reason.FULL


def test_with_two_staff_on_a_day_there_is_one_desk_and_no_place_for_two_at_once() -> None:
    short = replace(TABLE, staff={("kita", date(2026, 8, 4)): 2})
    assert [desks_on(short, "kita", date(2026, 8, number)) for number in (3, 4, 5)] == [2, 1, 2]
    assert desks_on(short, "kinu", date(2026, 8, 4)) == 2
    slot = Slot("kita", date(2026, 8, 4), time(9))
    assert (places_left(short, {}, slot), places_left(short, {slot: 1}, slot)) == (1, 0)
    here = facts_with(short)
    assert alternatives(here, {}, day(4), "kita", NOW, NO_NOTICE, people=2).reason is Reason.FULL
    assert alternatives(here, {}, day(5), "kita", NOW, NO_NOTICE, people=2).reason is Reason.FITS


def test_a_day_closed_by_command_has_no_slots_and_the_others_stay() -> None:
    shut = without(TABLE, [("kita", date(2026, 8, 4)), ("kinu", date(2026, 8, 3)), ("nowhere", NOW.date())])
    assert shut == replace(TABLE, days={**TABLE.days, "kita": august(3, 5)})
    assert without(TABLE, ()) == TABLE


def test_today_may_be_too_soon_or_over() -> None:
    noon = NOW.replace(hour=12, minute=30)
    afternoon = replace(day(3), earliest=time(12), latest=time(13, 59))
    assert alternatives(HERE, {}, afternoon, "kita", noon, timedelta(days=1)).reason is Reason.TOO_SOON
    morning = replace(day(3), latest=time(11))
    assert alternatives(HERE, {}, morning, "kita", noon, NO_NOTICE).reason is Reason.PAST


def test_before_and_after_the_programme_are_told_apart() -> None:
    july, november = NOW - timedelta(days=20), datetime(2026, 11, 2, 9, 0, tzinfo=JST)
    assert alternatives(HERE, {}, When((date(2026, 7, 31),)), None, july, NO_NOTICE).reason is Reason.BEFORE
    assert alternatives(HERE, {}, When(), None, november, NO_NOTICE).reason is Reason.AFTER
    assert alternatives(HERE, {}, day(3, 11), None, november, NO_NOTICE).slots == ()


def test_of_several_wished_days_the_most_hopeful_reason_counts() -> None:
    wish = When(august(4, 11))
    assert alternatives(HERE, FULL, wish, "kita", NOW, NO_NOTICE).reason is Reason.FULL


def test_a_clock_in_another_zone_means_the_same_day() -> None:
    utc = datetime.fromisoformat("2026-08-04T15:30:00+00:00")
    found = alternatives(HERE, {}, day(4), "kita", utc, NO_NOTICE)
    assert (found.reason, found.slots[0].day) == (Reason.PAST, date(2026, 8, 5))


@steady
@given(offices(), WISHES, PLACES, MOMENTS, NOTICES)
def test_alternatives_are_free_open_to_come_and_nearest_first(
    office: Taken, when: When, venue: str | None, now: datetime, notice: timedelta
) -> None:
    openings, taken = office
    found = alternatives(facts_with(openings), taken, when, venue, now, notice, count=4)
    offered = (*found.slots, *found.elsewhere)
    for slot in offered:
        assert slot in slots_on(openings, slot.venue, slot.day)
        assert places_left(openings, taken, slot) > 0
        assert slot.starts >= now + notice
    if found.reason is Reason.FITS:
        assert all(slot.day in (when.days or (slot.day,)) for slot in found.slots)
        return
    wished = when.days or (now.date(),)
    assert all(slot.venue == venue for slot in found.slots) or venue is None
    assert all(slot.venue != venue and slot.day in when.days for slot in found.elsewhere)
    gaps = [distance(slot, when, wished) for slot in found.slots]
    assert gaps == sorted(gaps)
    free = free_slots(openings, taken, When(), venue, now, notice)
    left_out = [distance(slot, when, wished) for slot in free if slot not in found.slots]
    assert len(found.slots) == min(4, len(free))
    assert not left_out or not gaps or max(gaps) <= min(left_out)
