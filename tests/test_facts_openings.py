"""What staff write under `openings:` becomes days, or a fault at its own line that names the right form."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pytest

from bot.knowledge import Edition
from intents.catalogue.facts import read_facts
from intents.catalogue.yamldoc import Fault, read
from intents.model import Facts, Office, Openings, Venue, Words
from intents.openings import in_turn, opening_faults
from intents.slots import all_slots, places_left
from intents.wording import fill

OFFICE = Office(time(9), time(17))
VENUES = tuple(Venue(id, Words(name)) for id, name in [("kita", "北沢"), ("kinu", "砧"), ("kara", "烏山")])
FACTS = Facts(starts=date(2026, 8, 3), ends=date(2026, 10, 30), office=OFFICE, venues=VENUES)
FACTS_YAML = Path(__file__).parents[1] / "faq" / "facts.yaml"


def august(*days: int) -> tuple[date, ...]:
    return tuple(date(2026, 8, day) for day in days)


# ---------------------------------------------------------------- the section as a whole
HEAD = """openings:
  slots: ["9:00", "9:45", "13:00"]
  desks: 2
  source: 試し
  checked: 2026-07-16
"""


def reading(section: str, facts: Facts = FACTS) -> tuple[Facts, list[Fault]]:
    """The facts in `section`, and the faults found while reading it."""
    root, faults = read("facts.yaml", section.encode())
    assert not faults
    return read_facts(root, faults, facts, practice=False), faults


def openings_of(more: str) -> Openings:
    facts, faults = reading(HEAD + more)
    assert (faults, facts.openings is None) == ([], False)
    assert facts.openings is not None
    return facts.openings


def faults_of(more: str) -> list[tuple[int, str]]:
    """(line of `more`, words) of each fault; the first line is 1."""
    _, faults = reading(HEAD + more)
    return [(fault.place.line - HEAD.count("\n"), fault.text) for fault in faults]


def test_nothing_announced_stays_nothing() -> None:
    assert reading("openings: null\n") == (FACTS, [])


def test_what_is_not_written_has_its_usual_value() -> None:
    found = openings_of("  days:\n    kita: [2026-08-03]\n")
    assert (found.minutes, found.notice, found.per_person, found.on_duty) == (45, 60, 2, 3)
    assert (found.accept_from, dict(found.staff), found.practice) == (None, {}, False)


def test_every_field_is_read() -> None:
    found = openings_of("""  minutes: 40
  accept_from: 2026-07-27
  notice_minutes: 0
  per_person: 1
  staff: 4
  staff_on:
    kita: {2026-08-04: 2}
  days:
    kita: [2026-08-03〜2026-08-05, 休み 2026-08-05]
    kinu:
      - 臨時 2026-08-08
""")
    assert (found.minutes, found.accept_from, found.notice) == (40, date(2026, 7, 27), 0)
    assert (found.per_person, found.on_duty) == (1, 4)
    assert dict(found.staff) == {("kita", date(2026, 8, 4)): 2}
    assert dict(found.days) == {"kita": august(3, 4), "kinu": august(8)}


def test_turns_give_each_venue_its_weeks_less_closed_and_more_extra_days() -> None:
    found = openings_of("""  turns:
    order: [kinu, kita]
    weeks: 2
    closed:
      kinu: [2026-08-04, 休み 2026-08-06〜2026-08-10]
    extra:
      kara: [臨時 2026-08-08]
""")
    plain = in_turn(("kinu", "kita"), FACTS, weeks=2)
    assert found.days["kita"] == plain["kita"]
    assert found.days["kinu"] == (*august(3, 5, 12, 13, 14), *plain["kinu"][9:])
    assert found.days["kara"] == august(8)


DAYS = "  days:\n    kita: [2026-08-03, 2026-08-04]\n"
FAULTY: list[tuple[str, int, str]] = [
    ("  days:\n    kita:\n      - 2026-08-03\n      - 2026/8/4\n", 4, "「2026-08-04」と書いてください"),
    ("  days:\n    kita:\n      - 2026-08-03\n      - 休み 2026-08-05\n", 4, "もともと開いていない日"),
    ("  days:\n    kita: 2026-08-03\n", 2, "「- 」で始まる行の並び"),
    ("  days:\n    kit: [2026-08-03]\n    kita: [2026-08-04]\n", 2, "venues にありません（「kita」のまちがいでは？）"),
    ("  days:\n    北沢: [2026-08-03]\n    kinu: [2026-08-04]\n", 2, "（「kita」のまちがいでは？）"),
    ("  days:\n    kita: []\n", 1, "一日もありません"),
    ("  staff: 3\n", -4, "「days:」か、順番の「turns:」"),
    (f"{DAYS}  turns:\n    order: [kita]\n", 3, "両方は書けません"),
    ("  turns:\n    weeks: 1\n", 1, "「order:」がありません"),
    ("  turns:\n    order:\n      - kita\n      - kitta\n", 4, "venues にありません（「kita」の"),
    ("  turns:\n    order:\n      - kita\n      - kita\n", 4, "二度あります"),
    ("  turns:\n    order: [kita]\n    week: 2\n", 3, "「weeks」のまちがいでは？"),
    ("  turns:\n    order: [kita]\n    weeks: 0\n", 3, "1 から 13 まで"),
    ("  turns:\n    order: [kita]\n    closed:\n      kita: [2026-08-08]\n", 4, "もともと開いていない日"),
    ("  turns:\n    order: [kita]\n    extra:\n      kita: [2026-08-08]\n", 4, "「臨時 2026-08-08」と"),
    (f"{DAYS}  accept_from: 2026-11-01\n", 3, "終わり（2026-10-30）より後"),
    (f"{DAYS}  notice: 60\n", 3, "「notice_minutes」のまちがいでは？"),
    (f"{DAYS}  notice_minutes: 1時間\n", 3, "0 から 20160 までの数"),
    (f"{DAYS}  per_person: 0\n", 3, "1 から 20 までの数"),
    (f"{DAYS}  staff: 2\n", 3, "職員2人（staff）では、窓口は1つまでです（desks は2）"),
    (f"{DAYS}  staff_on:\n    kitazawa: {{2026-08-03: 2}}\n", 4, "venues にありません"),
    (f"{DAYS}  staff_on:\n    kita:\n      8月3日: 2\n", 5, "「staff_on」は 2026-08-03 の形"),
    (f"{DAYS}  staff_on:\n    kita:\n      2026-08-03: 二人\n", 5, "0 から 51 までの数"),
    (f"{DAYS}  staff_on:\n    kita:\n      2026-08-05: 2\n", 5, "開いていない日です"),
    (f"{DAYS}  minutes: 46\n", -3, "09:00 と 09:45：間が45分で、1回の46分（minutes）より短い"),
]  # fmt: skip


@pytest.mark.parametrize(("more", "line", "told"), FAULTY)
def test_a_fault_is_told_once_at_its_own_line(more: str, line: int, told: str) -> None:
    found = faults_of(more)
    assert [at for at, _ in found] == [line]
    assert told in found[0][1]


@pytest.mark.parametrize(("slots", "told"), [
    ('"9:45", "9:00"', "早い順に"), ('"9:00", "9:00"', "早い順に"), ("", "時間の枠（slots）がありません"),
    ('"9:00", "9:30"', "間が30分"), ('"9時"', "9:00 の形の時刻"),
])  # fmt: skip
def test_times_that_overlap_or_cannot_be_read_are_faults(slots: str, told: str) -> None:
    section = HEAD.replace('"9:00", "9:45", "13:00"', slots) + DAYS
    assert told in reading(section)[1][0].text


def test_turns_need_a_programme() -> None:
    _, faults = reading(f"{HEAD}  turns:\n    order: [kita]\n", replace(FACTS, starts=None))
    assert "実施期間" in faults[0].text


def test_two_venues_on_one_day_are_asked_about_but_may_be_meant() -> None:
    both = openings_of("  days:\n    kita: [2026-08-03〜2026-08-05]\n    kinu: [2026-08-04〜2026-08-06]\n")
    assert opening_faults(replace(FACTS, openings=both)) == [
        "確認：北沢と砧が同じ日に開きます（2026-08-04 ほか1日）。"
    ]
    one = openings_of(DAYS)
    assert opening_faults(replace(FACTS, openings=one)) == opening_faults(FACTS) == []


def said_dates(more: str) -> str:
    facts = replace(FACTS, openings=openings_of(more))
    return fill("{venue_dates}", facts, "ja", date(2026, 8, 3)).text


def test_a_day_in_each_week_is_not_told_as_the_weeks_between() -> None:
    said = said_dates("  days:\n    kita: [毎週火曜, 休み 2026-08-18〜2026-10-30]\n")
    assert said == "北沢：8月4日（火）"
    said = said_dates("  days:\n    kita: [2026-08-18, 2026-08-25, 2026-08-27〜2026-08-31, 臨時 2026-09-05]\n")
    assert said == "北沢：8月18日（火）、8月25日（火）、8月27日（木）〜8月31日（月）、9月5日（土）"


# ---------------------------------------------------------------- what stands in faq/
PRACTICE = {
    "setagaya": "8/3 8/4 8/5 8/6 8/7 9/7 9/8 9/9 9/10 9/11 10/13 10/14 10/15 10/16",
    "kitazawa": "8/10 8/12 8/13 8/14 9/14 9/15 9/16 9/17 9/18 10/19 10/20 10/21 10/22 10/23",
    "tamagawa": "8/17 8/18 8/19 8/20 8/21 9/24 9/25 10/26 10/27 10/28 10/29 10/30",
    "kinuta": "8/24 8/25 8/26 8/27 8/28 9/28 9/29 9/30 10/1 10/2",
    "karasuyama": "8/31 9/1 9/2 9/3 9/4 10/5 10/6 10/7 10/8 10/9",
}


def test_the_practice_table_is_these_60_days_and_960_places(practice: Edition) -> None:
    """One venue each in turn by week, 8 slots of 45 minutes, 2 desks."""
    openings = practice.catalogue.facts.openings
    assert openings is not None
    written = {venue: [tuple(map(int, day.split("/"))) for day in days.split()]
               for venue, days in PRACTICE.items()}  # fmt: skip
    assert {venue: [(day.month, day.day) for day in days] for venue, days in openings.days.items()} == written
    assert {day.year for days in openings.days.values() for day in days} == {2026}
    slots = all_slots(openings)
    assert (len({(slot.venue, slot.day) for slot in slots}), len(slots)) == (60, 480)
    assert sum(places_left(openings, {}, slot) for slot in slots) == 960
    assert openings.practice and opening_faults(practice.catalogue.facts) == []


def test_the_example_that_staff_copy_has_no_faults(edition: Edition) -> None:
    """The commented block in faq/facts.yaml, with its marks taken off."""
    block = re.search(r"^# openings:\n(?:# .*\n)+", FACTS_YAML.read_text("utf-8"), re.MULTILINE)
    assert block is not None
    facts, faults = reading(re.sub("^# ", "", block[0], flags=re.MULTILINE), edition.catalogue.facts)
    assert faults == []
    assert facts.openings is not None and facts.openings.accept_from == date(2026, 7, 27)
    assert date(2026, 8, 29) in facts.openings.days["kitazawa"]
