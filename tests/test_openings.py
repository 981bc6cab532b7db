"""The rules that staff write become days; one that cannot be read names the right form."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intents.model import Facts, Office
from intents.office import is_office_day
from intents.openings import days_of, in_turn

OFFICE = Office(time(9), time(17))
FACTS = Facts(starts=date(2026, 8, 3), ends=date(2026, 10, 30), office=OFFICE)
steady = settings(derandomize=True, max_examples=60, deadline=None, database=None)


def august(*days: int) -> tuple[date, ...]:
    return tuple(date(2026, 8, day) for day in days)


RULES: list[tuple[list[str], tuple[date, ...]]] = [
    (["2026-08-03"], august(3)),
    (["2026-08-05", "2026-08-03"], august(3, 5)),
    (["2026-08-03〜2026-08-07"], august(3, 4, 5, 6, 7)),
    (["2026-08-03～2026-08-07"], august(3, 4, 5, 6, 7)),  # the wave of Windows
    (["2026-08-07〜2026-08-12"], august(7, 10, 12)),
    (["第2水曜"], (date(2026, 8, 12), date(2026, 9, 9), date(2026, 10, 14))),
    (["2026-08-03〜2026-08-07", "休み 2026-08-05"], august(3, 4, 6, 7)),
    (["休み 2026-08-05", "2026-08-03〜2026-08-07"], august(3, 4, 6, 7)),
    (["2026-08-03〜2026-08-07", "休み 2026-08-04〜2026-08-06"], august(3, 7)),
    (["2026-08-03〜2026-08-12", "休み 2026-08-05〜2026-08-11"], august(3, 4, 12)),
    (["2026-08-11〜2026-08-14", "休み 第2水曜"], august(13, 14)),
    (["2026-08-07", "臨時 2026-08-08"], august(7, 8)),
    (["臨時 2026-08-08〜2026-08-09"], august(8, 9)),
    (["臨時 第2土曜"], (date(2026, 8, 8), date(2026, 9, 12), date(2026, 10, 10))),
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
    ("休み水曜", "「休み 毎週水曜」と"), ("2026-02-30", "ない日付"), ("2026-08-01", "実施期間"),
    ("2026-11-02", "実施期間"), ("2026-08-08〜2026-08-09", "開庁日はありません"),
    ("2026-08-08", "2026-08-08（土）：区役所の閉庁日です。それでも開くなら「臨時 2026-08-08」と"), ("2026-08-11", "臨時"),
    ("順番に", "書き方の例"), ("", "書き方の例"), ("休み 2026-08-13", "もともと開いていない日"),
    ("毎週土曜", "当てはまる開庁日がありません。それでも開くなら「臨時 毎週土曜」と"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "told"), WRONG)
def test_a_rule_that_cannot_be_read_names_the_right_form(rule: str, told: str) -> None:
    days, problems = days_of([rule], FACTS)
    assert days == ()
    assert len(problems) == 1
    assert told in problems[0].text


def test_one_wrong_rule_leaves_the_others_standing() -> None:
    days, problems = days_of(["2026-08-03", "2026/8/4", "2026-08-05"], FACTS)
    assert (days, [fault.rule for fault in problems]) == (august(3, 5), [1])


def test_a_day_both_closed_and_special_is_closed_and_told() -> None:
    days, problems = days_of(["臨時 2026-08-08", "休み 2026-08-08"], FACTS)
    assert (days, len(problems)) == ((), 1)
    assert "両方" in problems[0].text


def test_weekly_rules_need_a_programme_and_a_range_without_one_ends() -> None:
    for rule in ("毎週火曜", "0001-01-01〜9999-12-31"):
        days, problems = days_of([rule], Facts(office=OFFICE))
        assert (days, len(problems)) == ((), 1)


def test_a_day_that_the_office_closes_itself_is_not_opened() -> None:
    shut = replace(FACTS, office=replace(OFFICE, closed=frozenset(august(4))))
    assert days_of(["2026-08-03〜2026-08-05"], shut)[0] == august(3, 5)
    assert "閉庁日" in days_of(["2026-08-04"], shut)[1][0].text


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
