"""The desk knows from the content itself how sure it may be, on this ward's content and on others."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType

import numpy as np
import pytest

from bot.knowledge import load
from intents.match import Matcher
from intents.match.calibrate import ask_itself, bands, calibrated, collisions
from intents.match.confidence import Confidence
from intents.model import Asked, Catalogue, Entry, Place, Words
from tests.measure.city import CITY, measure, noisy, questions
from tests.measure.noise import NOISE


@pytest.fixture(scope="module")
def city() -> Matcher:
    return load(CITY / "faq").matcher


def test_another_citys_messages_are_answered_and_rarely_wrongly(city: Matcher) -> None:
    result = measure(city, questions())
    assert result.first >= 0.80
    assert result.among >= 0.93
    assert result.precision >= 0.92
    assert result.sure >= 0.45


@pytest.mark.parametrize("kind", NOISE)
def test_no_kind_of_noise_breaks_another_citys_content(kind: str, city: Matcher) -> None:
    result = measure(city, noisy(kind)[::2])
    assert result.first >= 0.68
    assert result.precision >= 0.85


def test_other_services_of_that_city_are_not_answered(city: Matcher) -> None:
    assert measure(city, questions()).refused >= 0.95


def _entry(name: str, *phrases: str, answer: str = "") -> Entry:
    return Entry(name, phrases, Place("", 1), answer=Words(answer))


def _of(*entries: Entry, asked: tuple[Asked, ...] = ()) -> Catalogue:
    return Catalogue(entries=MappingProxyType({e.id: e for e in entries}), questions=asked)


def test_a_phrase_is_asked_as_if_it_had_never_been_written() -> None:
    """What only this phrase brings is forgotten: neither its likeness nor its words count."""
    matcher = Matcher(_of(_entry("a", "鉛筆を削る", "消しゴム"), _entry("b", "万年筆のインク", "筆箱")))
    look = matcher.look(matcher.see_row(0))
    forgotten = matcher.forget(look, 0)
    own = int(matcher.plan.voice_of[0])
    for before, after in zip(look, forgotten, strict=True):
        assert before.phrases[0] == pytest.approx(1.0, abs=1e-5)
        assert after.phrases[0] == 0.0
        assert after.covered[own] <= 0.35 < before.covered[own]
        assert after.known < before.known


def test_with_its_entry_away_no_answer_is_right(city: Matcher) -> None:
    trials = list(ask_itself(city))
    gone = [trial for trial in trials if trial.gone]
    assert len(gone) * 2 == len(trials)
    assert not any(trial.right for trial in gone)
    assert 0.4 < np.mean([trial.right for trial in trials if not trial.gone]) < 0.9


def test_the_bands_of_a_tiny_content_are_the_careful_ones() -> None:
    matcher = calibrated(_of(_entry("a", "鉛筆", "筆記具"), _entry("b", "紙", "ノート")))
    assert matcher.confidence == Confidence()


def test_harder_trials_make_the_desk_more_careful(city: Matcher) -> None:
    trials = list(ask_itself(city))
    worse = [replace(trial, right=trial.right and at % 3 > 0) for at, trial in enumerate(trials)]
    start = Confidence()
    assert bands(worse, [], start).sure > bands(trials, [], start).sure


def test_a_question_list_is_asked_as_well(city: Matcher) -> None:
    """Listed questions that would be answered wrongly raise the chance from which the desk is sure."""
    trials = list(ask_itself(city))
    wrong = [replace(trial, right=False, gone=False) for trial in trials if trial.right][:80]
    assert bands(trials, wrong, Confidence()).sure > bands(trials, [], Confidence()).sure


def test_staff_are_told_of_a_phrase_that_stands_in_the_wrong_entry() -> None:
    tea = _entry("tea", "お茶の入れ方", "お茶の葉の量", "お茶の温度", "お茶を入れる時間", "お茶の種類", "お茶菓子の選び方")
    ink = _entry("ink", "万年筆のインク", "インクの色", "万年筆の洗い方", "お茶の入れ方とお茶の温度")
    matcher = Matcher(_of(tea, ink), confidence=Confidence(sure=0.5))
    found = [(matcher.texts[row], winner) for row, winner in collisions(matcher)]
    assert ("お茶の入れ方とお茶の温度", "tea") in found
