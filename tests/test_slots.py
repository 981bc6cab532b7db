"""Openings and places: staff's rules become days, days become slots, and a wish finds its nearest."""

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
from intents.office import JST, is_office_day
from intents.slots import (
    Reason,
    Slot,
    all_slots,
    alternatives,
    capacity,
    days_of,
    distance,
    free_slots,
    in_time,
    in_turn,
    next_days,
    open_venues,
    opening_faults,
    places_left,
    slots_on,
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


# ---------------------------------------------------------------- days as staff write them
RULES: list[tuple[list[str], tuple[date, ...]]] = [
    (["2026-08-03"], august(3)),
    (["2026-08-05", "2026-08-03"], august(3, 5)),
    (["2026-08-03〜2026-08-07"], august(3, 4, 5, 6, 7)),
    (["2026-08-07〜2026-08-12"], august(7, 10, 12)),
    (["第2水曜"], (date(2026, 8, 12), date(2026, 9, 9), date(2026, 10, 14))),
    (["2026-08-03〜2026-08-07", "休み 2026-08-05"], august(3, 4, 6, 7)),
    (["2026-08-03〜2026-08-07", "休み 2026-08-04〜2026-08-06"], august(3, 7)),
    (["2026-08-07", "臨時 2026-08-08"], august(7, 8)),
    (["臨時 2026-08-08〜2026-08-09"], august(8, 9)),
    (["2026-08-08"], august(8)),
    ([" 2026-08-03 "], august(3)),
    ([], ()),
]


@pytest.mark.parametrize(("rules", "days"), RULES)
def test_rules_become_days(rules: list[str], days: tuple[date, ...]) -> None:
    assert days_of(rules, FACTS) == (days, ())


def test_a_weekly_rule_keeps_to_office_days_of_the_programme() -> None:
    """毎週火曜: 13 Tuesdays from 4 August, without 11 August (山の日) and 22 September (国民の休日)."""
    days, problems = days_of(["毎週火曜"], FACTS)
    tuesdays = [date(2026, 8, 4) + timedelta(weeks=i) for i in range(13)]
    assert days == tuple(day for day in tuesdays if day not in (date(2026, 8, 11), date(2026, 9, 22)))
    assert problems == ()


WRONG: list[tuple[str, str]] = [
    ("2026/8/3", "「2026-08-03」と書いてください"), ("２０２６年８月３日", "「2026-08-03」と書いてください"),
    ("2026-8-3〜2026-8-7", "「2026-08-03〜2026-08-07」と書いてください"), ("休み2026-08-13", "「休み 2026-08-13」と"),
    ("休業 2026/8/13", "「休み 2026-08-13」と"), ("2026-08-07〜2026-08-03", "「2026-08-03〜2026-08-07」と書いて"),
    ("2026-08-03-2026-08-07", "「2026-08-03〜2026-08-07」と"), ("毎週火曜日", "「毎週火曜」と"), ("火曜", "「毎週火曜」と"),
    ("第2水曜日", "「第2水曜」と"), ("第２水曜", "「第2水曜」と"), ("第6水曜", "「毎週水曜」と"),
    ("2026-02-30", "ない日付"),
    ("2026-08-01", "実施期間"), ("2026-11-02", "実施期間"), ("2026-08-08〜2026-08-09", "開庁日はありません"),
    ("順番に", "書き方の例"), ("", "書き方の例"), ("休み 2026-08-13", "もともと開いていない日"),
    ("毎週土曜", "当てはまる開庁日がありません"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "told"), WRONG)
def test_a_rule_that_cannot_be_read_names_the_right_form(rule: str, told: str) -> None:
    days, problems = days_of([rule], FACTS)
    assert days == ()
    assert len(problems) == 1
    assert told in problems[0]


def test_one_wrong_rule_leaves_the_others_standing() -> None:
    days, problems = days_of(["2026-08-03", "2026/8/4", "2026-08-05"], FACTS)
    assert (days, len(problems)) == (august(3, 5), 1)


def test_a_day_both_closed_and_special_is_closed_and_told() -> None:
    days, problems = days_of(["臨時 2026-08-08", "休み 2026-08-08"], FACTS)
    assert (days, len(problems)) == ((), 1)
    assert "両方" in problems[0]


def test_weekly_rules_need_a_programme() -> None:
    days, problems = days_of(["毎週火曜"], Facts(office=OFFICE))
    assert (days, len(problems)) == ((), 1)


@steady
@given(st.lists(st.text(max_size=30), max_size=4))
def test_every_unreadable_rule_is_told_and_none_fails(rules: list[str]) -> None:
    days, problems = days_of(rules, FACTS)
    assert len(days) == 0
    assert len(problems) == len(rules)


def test_in_turn_gives_every_office_day_to_exactly_one_venue() -> None:
    turns = in_turn(("a", "b", "c"), FACTS)
    given_out = sorted(day for days in turns.values() for day in days)
    every = [date(2026, 8, 3) + timedelta(days=i) for i in range(89)]
    assert given_out == [day for day in every if is_office_day(day, OFFICE)]
    assert turns["b"][:4] == august(10, 12, 13, 14)


def test_in_turn_by_two_weeks_stays_two_weeks() -> None:
    turns = in_turn(("a", "b"), FACTS, weeks=2)
    assert turns["a"][:9] == august(3, 4, 5, 6, 7, 10, 12, 13, 14)
    assert turns["b"][0] == date(2026, 8, 17)


def test_in_turn_without_venues_or_programme_opens_nothing() -> None:
    assert in_turn((), FACTS) == {}
    assert in_turn(("a",), Facts()) == {"a": ()}


# ---------------------------------------------------------------- the practice table
def test_the_practice_table_gives_960_places(practice: Edition) -> None:
    """60 office days, one venue each in turn by week, 8 slots of 45 minutes, 2 desks."""
    facts = practice.catalogue.facts
    assert facts.openings is not None
    slots = all_slots(facts.openings)
    assert len({(slot.venue, slot.day) for slot in slots}) == 60
    assert len(slots) == 480
    assert sum(places_left(facts.openings, {}, slot) for slot in slots) == 960
    assert facts.openings.days == in_turn([venue.id for venue in facts.venues], facts)
    assert opening_faults(facts) == []


def test_nothing_given_yet_is_no_fault_and_books_nothing(edition: Edition) -> None:
    facts = edition.catalogue.facts
    assert opening_faults(facts) == []
    assert alternatives(facts, {}, When(), None, NOW, NO_NOTICE).reason is Reason.NO_TABLE


# ---------------------------------------------------------------- faults of a table
def faults(openings: Openings, office: Office = OFFICE) -> str:
    return "\n".join(opening_faults(replace(FACTS, openings=openings, office=office)))


def test_a_sound_table_has_no_faults() -> None:
    assert faults(TABLE) == ""


@pytest.mark.parametrize(("openings", "told"), [
    (table(kita=august(8)), "北沢 2026-08-08（土）：区役所の閉庁日です"),
    (table(kita=august(11)), "閉庁日"),
    (table(kita=(date(2026, 7, 31),)), "実施期間（2026-08-03〜2026-10-30）の外"),
    (table(kita=(date(2026, 11, 2),)), "実施期間"),
    (table(kita=()), "開設日（days）が一日もありません"),
    (replace(TABLE, slots=()), "時間の枠（slots）が一つもありません"),
    (replace(TABLE, minutes=46), "09:00 と 09:45：間が45分で、1回の46分より短い"),
    (replace(TABLE, slots=(time(9, 45), time(9))), "早い順に"),
    (replace(TABLE, slots=(time(9), time(9))), "早い順に"),
    (table(kita=august(3, 4, 5), kinu=august(4, 5)), "確認：北沢と砧が同じ日に開きます（2026-08-04 ほか1日）"),
])  # fmt: skip
def test_a_fault_is_told_in_words(openings: Openings, told: str) -> None:
    assert told in faults(openings)


def test_a_weekend_that_the_office_opens_itself_is_no_fault() -> None:
    assert faults(table(kita=august(8)), replace(OFFICE, open=frozenset(august(8)))) == ""


def test_a_day_that_the_office_closes_is_a_fault() -> None:
    assert "閉庁日" in faults(table(kita=august(4)), replace(OFFICE, closed=frozenset(august(4))))


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
        assert places_left(openings, taken, slot, staff) == max(0, served - taken.get(slot, 0))


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
    assert alternatives(HERE, {}, day(4), "kita", NOW, NO_NOTICE, people=2, staff=2).reason is Reason.FULL


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
