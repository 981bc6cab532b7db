"""A booking under way: what a new wish changes of it, and that it comes back whole from the store."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, time

import pytest

from intents.dates import Out, When
from intents.draft import IDLE_SECONDS, Draft
from intents.slots import Slot

WED, THU = date(2026, 8, 12), date(2026, 8, 13)
AT = Draft(key="k").at(Slot("kitazawa", WED, time(10, 30)))


def test_a_draft_comes_back_from_its_json() -> None:
    out = Out((WED,), (1, 4), ((None, time(11, 59)), (time(15), None)))
    draft = replace(AT, among=("kitazawa", "kinuta"), out=out, topics=("tokyo",), people=2, offered=("a:b",))
    assert Draft.from_json(json.loads(json.dumps(draft.to_json()))) == draft


@pytest.mark.parametrize("data", [None, [], {"out": [1]}, {"out": [["x"], [], []]}, {"new": 1}, {"step": "?"}])
def test_what_another_version_wrote_is_no_draft(data: object) -> None:
    assert Draft.from_json(data) is None


def test_a_day_that_is_ruled_out_is_no_longer_wished() -> None:
    after = AT.wishing(When(out=Out(days=(WED,))))
    assert (after.days, after.slot, after.out.days) == ((), None, (WED,))


def test_hours_that_are_ruled_out_open_the_chosen_hour_again() -> None:
    after = AT.wishing(When(out=Out(hours=((None, time(11, 59)),))))
    assert (after.days, after.earliest, after.latest) == ((WED,), None, None)


def test_what_is_ruled_out_adds_up() -> None:
    after = Draft().wishing(When(out=Out(weekdays=(1,)))).wishing(When(out=Out(weekdays=(3,))))
    assert after.out.weekdays == (1, 3)


def test_what_is_wished_after_all_is_no_longer_ruled_out() -> None:
    barred = Draft().wishing(When(out=Out((WED,), (3,), ((None, time(11, 59)),))))
    assert barred.wishing(When(days=(WED, THU), earliest=time(9))).out == Out()


def test_a_draft_is_left_lying_after_half_an_hour() -> None:
    draft = Draft(asked=1000)
    assert not draft.is_idle(1000 + IDLE_SECONDS) and draft.is_idle(1001 + IDLE_SECONDS)
