"""Office days, and what is said of the phone line at every moment."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.model import Catalogue, Fact, Facts, Office, Venue, Words
from intents.nearest import nearest_venue
from intents.office import JST, is_office_day, is_open, next_opening, phase
from intents.wording import fill, say_date, say_time

OFFICE = Office(time(9), time(17))
FACTS = Facts(starts=date(2026, 8, 3), ends=date(2026, 10, 30), office=OFFICE)
MOMENTS = st.datetimes(datetime(2026, 6, 1), datetime(2026, 12, 31)).map(lambda m: m.replace(tzinfo=JST))


def test_the_programme_has_sixty_office_days_twenty_nineteen_and_twentyone() -> None:
    """The report's period, with weekends and the five public holidays out."""
    days = [date(2026, 8, 3) + timedelta(days=i) for i in range(89)]
    by_month = [sum(is_office_day(day, OFFICE) for day in days if day.month == month) for month in (8, 9, 10)]
    assert by_month == [20, 19, 21]


@pytest.mark.parametrize("day", ["2026-08-11", "2026-09-21", "2026-09-22", "2026-09-23", "2026-10-12",
                                 "2026-12-29", "2027-01-01", "2027-01-03", "2026-08-08"])
def test_holidays_weekends_and_the_turn_of_the_year_are_no_office_days(day: str) -> None:
    assert not is_office_day(date.fromisoformat(day), OFFICE)


def test_the_wards_own_exceptions_win() -> None:
    office = replace(OFFICE, closed=frozenset({date(2026, 8, 4)}), open=frozenset({date(2026, 8, 8)}))
    assert not is_office_day(date(2026, 8, 4), office)
    assert is_office_day(date(2026, 8, 8), office)


@pytest.mark.parametrize(("moment", "answered"), [
    ("2026-08-03T08:59:59", False), ("2026-08-03T09:00:00", True), ("2026-08-03T16:59:59", True),
    ("2026-08-03T17:00:00", False), ("2026-08-01T10:00:00", False), ("2026-11-02T10:00:00", False),
    ("2026-07-31T10:00:00", False), ("2026-09-22T10:00:00", False),
])
def test_the_line_is_answered_on_office_days_of_the_programme(moment: str, answered: bool) -> None:
    assert is_open(datetime.fromisoformat(moment).replace(tzinfo=JST), FACTS) is answered


def test_a_clock_in_another_time_zone_means_the_same_moment() -> None:
    assert is_open(datetime.fromisoformat("2026-08-03T00:30:00+00:00"), FACTS)


@given(MOMENTS)
def test_the_next_opening_is_the_first_office_day_from_then_on(now: datetime) -> None:
    """No office day of the programme is passed over, and none is promised that is not one."""
    day = next_opening(now, FACTS)
    first = now.date() if now.time() < OFFICE.opens else now.date() + timedelta(days=1)
    candidates = [first + timedelta(days=i) for i in range(120)]
    expected = [d for d in candidates if phase(d, FACTS) == "during" and is_office_day(d, OFFICE)]
    assert day == (expected[0] if expected else None)


@given(st.dates(date(2026, 1, 1), date(2027, 12, 31)))
def test_dates_are_said_with_their_weekday(day: date) -> None:
    assert say_date(day, "ja") == f"{day.month}月{day.day}日（{'月火水木金土日'[day.weekday()]}）"


@pytest.mark.parametrize(("moment", "ja", "en"), [
    (time(9), "午前9時", "9 a.m."), (time(9, 45), "午前9時45分", "9:45 a.m."), (time(12), "午後0時", "12 p.m."),
    (time(14), "午後2時", "2 p.m."), (time(13, 45), "午後1時45分", "1:45 p.m."), (time(0), "午前0時", "12 a.m."),
])
def test_times_are_said_as_people_say_them(moment: time, ja: str, en: str) -> None:
    assert (say_time(moment, "ja"), say_time(moment, "en")) == (ja, en)


class TestFacts:
    TODAY = date(2026, 8, 3)

    def test_a_fact_that_is_not_given_makes_the_text_missing(self) -> None:
        facts = replace(FACTS, texts={"cost": Fact(None)})
        assert fill("{cost}", facts, "ja", self.TODAY).missing

    def test_a_stale_fact_is_as_if_not_given(self) -> None:
        facts = replace(FACTS, texts={"cost": Fact(Words("無料"), until=date(2026, 8, 2))})
        assert fill("{cost}", facts, "ja", self.TODAY).missing
        assert not fill("{cost}", facts, "ja", date(2026, 8, 2)).missing

    def test_a_practice_fact_marks_the_text_even_from_inside_another(self) -> None:
        facts = replace(FACTS, texts={"a": Fact(Words("{b}")), "b": Fact(Words("x"), practice=True)})
        assert fill("{a}", facts, "ja", self.TODAY).practice


class TestNearest:
    VENUES = (
        Venue("a", Words("北"), (35.66, 139.65)),
        Venue("b", Words("南"), (35.60, 139.65)),
        Venue("c", Words("未定"), None),
    )

    def test_the_nearest_of_those_with_a_position(self) -> None:
        found = nearest_venue(self.VENUES, 35.61, 139.65)
        assert found is not None and found[0].id == "b"
        assert found[1] == pytest.approx(1.11, abs=0.02)

    def test_none_where_no_position_is_known(self) -> None:
        assert nearest_venue(self.VENUES[2:], 35.6, 139.6) is None


def test_the_wards_facts_are_the_reports(catalogue: Catalogue) -> None:
    facts = catalogue.facts
    assert (facts.starts, facts.ends, facts.office) == (date(2026, 8, 3), date(2026, 10, 30), OFFICE)
    assert [venue.name.ja for venue in facts.venues] == [
        "世田谷総合支所", "北沢総合支所", "玉川総合支所", "砧総合支所", "烏山総合支所"]
    assert facts.phone.words is None and facts.openings is None
