"""The matcher finds the entry that is meant, however it is typed, and says when it is not sure."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from intents.match import Band, Match, Matcher
from intents.match.calibrate import calibrated
from intents.model import Catalogue, Entry, Place, Vocabulary, Words
from tests.support.growth import LINEAR, growth
from tests.support.long_texts import MATCHER

DATA = Path(__file__).parent / "data"
SEVERAL: list[list[object]] = yaml.safe_load((DATA / "several.yaml").read_text(encoding="utf-8"))


def _content(phrases: Mapping[str, tuple[str, ...]], vocabulary: Vocabulary = Vocabulary()) -> Catalogue:
    entries = {
        name: Entry(name, texts, Place("", 1), answer=Words("")) for name, texts in phrases.items()
    }
    return Catalogue(entries=MappingProxyType(entries), vocabulary=vocabulary)


SMALL = _content(
    {
        "bring": ("持ち物は何ですか", "何を持って行けばいいですか", "必要なものを教えてください"),
        "cost": ("費用はいくらですか", "お金はかかりますか", "無料ですか", "How much does it cost?"),
        "lost": ("カードを紛失しました", "カードをなくした", "カードを落とした", "I lost my card"),
    }
)


def _first(match: Match) -> str:
    return match.candidates[0].id if match.candidates else ""


def _sure(matcher: Matcher, text: str) -> list[str]:
    return [_first(match) for match in matcher.read(text) if match.band is Band.SURE]


@pytest.mark.parametrize(
    ("text", "entry"),
    [
        ("もちものは なんですか", "bring"),
        ("モチモノ", "bring"),
        ("ﾓﾁﾓﾉ", "bring"),
        ("持ち物わ何ですか", "bring"),
        ("費用はいくうですか", "cost"),
        ("かーどをふんしつしました", "lost"),
        ("カードを分室しました", "lost"),
        ("how mcuh does it cost", "cost"),
        ("i have lost my cards", "lost"),
    ],
)
def test_kana_homophones_and_slips_find_their_entry(text: str, entry: str) -> None:
    assert _first(Matcher(SMALL).match(text)) == entry


@pytest.mark.parametrize("text", ["持ち物は何ですか", "すみません、持ち物は何ですか？", "持ち物は何ですか。"])
def test_a_phrase_of_the_content_is_sure(text: str) -> None:
    match = Matcher(SMALL).match(text)
    assert (match.band, match.chance, _first(match)) == (Band.SURE, 1.0, "bring")


def test_a_phrase_that_two_entries_claim_is_not_sure_by_itself() -> None:
    content = _content({"a": ("受付", "申し込む場所"), "b": ("受付", "話を聞く係")})
    assert Matcher(content).match("受付").chance < 1.0


def test_a_synonym_is_the_same_word() -> None:
    vocabulary = Vocabulary(synonyms=(("持ち物", "携行品"),))
    content = _content({"bring": ("持ち物", "支度"), "cost": ("費用", "代金")}, vocabulary)
    assert _sure(Matcher(content), "携行品") == ["bring"]


def test_english_phrases_are_not_thinned_by_japanese_ones() -> None:
    """An entry with many Japanese phrases is found as easily in English as one with few."""
    many = ("How do I get a refund?", *(f"払い戻しについて{n}" for n in "一二三四五六七八九十"))
    content = _content({"refund": many, "time": ("What time do you open?", "開く時間")})
    assert _first(Matcher(content).match("I want a refund")) == "refund"


@pytest.mark.parametrize("text", ["", " ", "。", "😀", "\u200b\u200b", "\ue000"])
def test_nothing_typed_is_nothing_meant(text: str, matcher: Matcher) -> None:
    matches = matcher.read(text)
    assert len(matches) == 1
    assert matches[0].band is Band.FAR


@pytest.mark.parametrize("text", ["ぬぬぬぬ", "qwqwqwqw", "ほにょほにょ", "zzzzz", "ｗｗｗ", "へっへっへ"])
def test_nonsense_is_refused(text: str, matcher: Matcher) -> None:
    assert all(match.band is not Band.SURE for match in matcher.read(text))


def test_empty_content_answers_nothing() -> None:
    matcher = calibrated(Catalogue(entries=MappingProxyType({})))
    assert matcher.read("持ち物は何ですか")[0].band is Band.FAR


def test_an_entry_without_phrases_takes_no_other_entrys_place() -> None:
    content = _content({"bring": ("持ち物",), "empty": (), "cost": ("費用",)})
    assert _sure(Matcher(content), "費用") == ["cost"]


@pytest.mark.parametrize(("text", "wanted"), SEVERAL, ids=lambda value: str(value)[:30])
def test_each_question_of_a_message_is_answered_and_none_invented(
    text: str, wanted: list[str], matcher: Matcher
) -> None:
    answered = _sure(matcher, text)
    assert len(answered) == len(wanted), answered
    for answer, either in zip(answered, wanted, strict=True):
        assert answer in either.split("|")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=80) | st.text(alphabet="持ち物と費用は予約、。か？aW'-十 \n\u200d", max_size=80))
def test_any_text_gets_one_to_three_different_answers(text: str) -> None:
    matches = _ANY.read(text)
    firsts = [_first(match) for match in matches]
    assert 1 <= len(matches) <= 3
    assert len(set(firsts)) == len(firsts)
    assert all(match.band is Band.SURE for match in matches[1:])


_ANY = calibrated(SMALL)


@pytest.mark.parametrize("scrap", MATCHER)
def test_no_text_of_5000_characters_runs_away(scrap: str, matcher: Matcher) -> None:
    assert growth(matcher.read, scrap) <= LINEAR


def test_a_question_at_the_end_of_a_very_long_story_is_heard(matcher: Matcher) -> None:
    story = "先日は孫が遊びに来まして、にぎやかに過ごしました。" * 100
    assert _sure(matcher, story + "持ち物を教えてください。") == ["bring"]
