"""The table of cases for the PIN guard, and its promises about context, shape and type."""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml

from intents.guard import Asked, Context, Kind, Refusal, SafeText, Shape, Verdict, judge

NOW = datetime(2026, 8, 3, 1, 0, tzinfo=UTC)
CASES = Path(__file__).with_name("guard_cases.yaml")
EXTRA = Path(__file__).resolve().parents[2] / "shared" / "pin-dev.jsonl"


def talk(turns: list[str], asked: str = "nothing", seconds: int = 5) -> Verdict:
    """What the guard says to the last of several messages in a row."""
    shape = Shape()
    for place, text in enumerate(turns):
        last = place == len(turns) - 1
        now = NOW + timedelta(seconds=seconds * place)
        verdict = judge(text, Context(Asked(asked if last else "nothing"), shape, now))
        shape = verdict.shape
    return verdict


def refused(*turns: str, asked: str = "nothing", seconds: int = 5) -> bool:
    return isinstance(talk(list(turns), asked, seconds).outcome, Refusal)


def kind_of(text: str) -> Kind | None:
    outcome = judge(text, Context(now=NOW)).outcome
    return outcome.kind if isinstance(outcome, Refusal) else None


def _table() -> list[Any]:
    families = yaml.load(CASES.read_text(encoding="utf-8"), yaml.BaseLoader)
    rows: list[Any] = []
    for family, entry in families.items():
        for expected in ("refuse", "pass"):
            for line in entry.get(expected, "").splitlines():
                rows.append(pytest.param(line, expected, id=f"{family}-{len(rows)}"))
    return rows


@pytest.mark.parametrize(("line", "expected"), _table())
def test_every_row_of_the_table_is_judged_as_labelled(line: str, expected: str) -> None:
    asked = re.match(r"\[(time|date|people|pin_kind|reference)\] ", line)
    text = line[asked.end() :] if asked else line
    turns = text.replace("⏎", "\n").split(" || ")
    assert refused(*turns, asked=asked[1] if asked else "nothing") is (expected == "refuse"), line


def test_the_table_is_broad_and_balanced() -> None:
    """At least sixty families; each half of the labels has five hundred rows."""
    families = yaml.load(CASES.read_text(encoding="utf-8"), yaml.BaseLoader)
    refuse, passing = (
        sum(len(entry.get(label, "").splitlines()) for entry in families.values())
        for label in ("refuse", "pass")
    )
    assert len(families) >= 60
    assert min(refuse, passing) >= 500


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("暗証番号は4649です", Kind.PIN4),
        ("4649", Kind.PIN4),
        ("署名用はHANAKO1945です", Kind.PIN_SIGN),
        ("HANAKO1945", Kind.PIN_SIGN),
        ("パスワードはhanako1945", Kind.PASSWORD),
        ("パスワードは sunflower です", Kind.PASSWORD),
        ("Wi-Fi パスワード hanako1945", Kind.PASSWORD),
        ("認証コードは482913です", Kind.OTP),
        ("認証番号4829って来ました", Kind.OTP),
        ("482913", Kind.OTP),
        ("マイナンバーは123456789018です", Kind.MY_NUMBER),
        ("1234 5678 9018", Kind.MY_NUMBER),
        ("123 456 789 018", Kind.MY_NUMBER),
        ("12345", Kind.PIN4),
        ("111122223333", Kind.MY_NUMBER),
        ("1111222233334", Kind.CARD),
        ("認証コードはどこですか。" + "あ" * 40 + "4649", Kind.PIN4),
        ("4111 1111 1111 1111", Kind.CARD),
        ("3782 822463 10005", Kind.CARD),
        ("署名用 ABC12345\n利用者用 1234", Kind.SEVERAL),
        ("銀行1234 マイナ5678 スマホ246810", Kind.SEVERAL),
    ],
)
def test_a_refusal_names_the_kind_of_secret(text: str, kind: Kind) -> None:
    assert kind_of(text) is kind


@pytest.mark.parametrize(
    ("text", "scam"),
    [
        ("電話で暗証番号を聞かれて1234と答えてしまいました", True),
        ("警察だという人に番号9876を伝えました", True),
        ("I told the man on the phone 3390", True),
        ("暗証番号は1234です", False),
        ("母が暗証番号は6677だと言っています", False),
        ("I forgot if it is 4321", False),
    ],
)
def test_a_refusal_says_whether_somebody_else_got_the_secret(text: str, scam: bool) -> None:
    outcome = judge(text, Context(now=NOW)).outcome
    assert isinstance(outcome, Refusal)
    assert outcome.scam is scam


# ---------------------------------------------------------------- what was asked
@pytest.mark.parametrize(
    ("text", "asked", "wanted"),
    [
        ("1030", "time", False),
        ("0800", "time", False),
        ("1855", "time", False),
        ("0755", "time", True),
        ("1900", "time", True),
        ("1032", "time", True),
        ("1030", "date", False),
        ("1030", "nothing", True),
        ("1030", "people", True),
        ("0803", "date", False),
        ("1031", "date", False),
        ("0731", "date", True),
        ("1101", "date", True),
        ("0832", "date", True),
        ("0803", "time", True),
        ("20260803", "date", False),
        ("19480803", "date", True),
        ("1030", "pin_kind", True),
        ("1030", "reference", True),
    ],
)
def test_bare_digits_pass_only_as_the_answer_to_the_question(text: str, asked: str, wanted: bool) -> None:
    assert refused(text, asked=asked) is wanted


def test_an_announced_secret_is_refused_even_when_it_fits_the_question() -> None:
    assert refused("暗証番号は", "1030", asked="time")
    assert not refused("おはよう", "1030", asked="time")


# ---------------------------------------------------------------- the shape of the last moments
@pytest.mark.parametrize("answer", ["1", "3番", "2", "一", "12", "4"])
def test_a_single_short_answer_passes(answer: str) -> None:
    assert not refused(answer)


def test_the_bit_that_completes_a_number_is_refused() -> None:
    assert [refused(*"4649"[:count]) for count in (1, 2, 3, 4)] == [False, False, False, True]
    assert refused("12", "34")
    assert refused("SETA", "26")
    assert not refused("SETA", "1")


def test_bits_are_forgotten_after_two_minutes() -> None:
    assert refused("12", "34", seconds=120)
    assert not refused("12", "34", seconds=121)
    assert not refused("暗証番号は", "77", seconds=121)


def test_bits_from_a_clock_that_was_set_back_do_not_count() -> None:
    assert not refused("12", "34", seconds=-5)


@pytest.mark.parametrize(
    ("bit", "wanted"), [("7", False), ("77", True), ("abc", False), ("abcd", True), ("ok", False)]
)
def test_after_an_announcement_a_short_bit_is_enough(bit: str, wanted: bool) -> None:
    assert refused("暗証番号は", bit) is wanted
    assert not refused(bit)


@pytest.mark.parametrize(
    ("digits", "letters", "wanted"),
    [(3, 0, False), (4, 0, True), (0, 9, False), (1, 5, True), (1, 4, False), (3, 3, True)],
)
def test_a_shape_knows_when_bits_make_a_pin(digits: int, letters: int, wanted: bool) -> None:
    before = Shape.from_json([[0, digits, 0, 0]])
    assert before.completes(0, letters) is wanted
    assert Shape().completes(digits, letters) is wanted


def test_what_the_guard_gives_out_cannot_be_changed() -> None:
    refusal = judge("4649", Context(now=NOW)).outcome
    assert isinstance(refusal, Refusal)
    for value, name in (
        (refusal, "scam"), (Verdict(refusal, Shape()), "shape"), (Shape(), "bits"),
        (Context(), "asked"),
    ):  # fmt: skip
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(value, name, None)


def test_half_a_secret_that_was_refused_still_announces_the_other_half() -> None:
    assert refused("最初の2つは46")
    assert refused("最初の2つは46", "49")


def test_fitting_answers_in_a_row_never_add_up_to_a_refusal() -> None:
    shape = Shape()
    for text, asked in (("8", Asked.DATE), ("2", Asked.PEOPLE), ("10", Asked.TIME)):
        verdict = judge(text, Context(asked, shape, NOW))
        assert isinstance(verdict.outcome, SafeText)
        shape = verdict.shape


def test_a_shape_holds_counts_and_no_content() -> None:
    shape = talk(["46"]).shape
    assert shape.to_json() == [[int(NOW.timestamp()), 2, 0, 0]]
    assert talk(["暗証番号は"]).shape.to_json() == [[int(NOW.timestamp()), 0, 0, 1]]
    assert talk(["hana"]).shape.to_json() == [[int(NOW.timestamp()), 0, 4, 0]]
    assert talk(["こんにちは"]).shape == Shape()


def test_a_shape_survives_json() -> None:
    shape = talk(["4", "6"]).shape
    assert Shape.from_json(json.loads(json.dumps(shape.to_json()))) == shape


@pytest.mark.parametrize(
    "junk", [None, 7, "1234", {}, [1], [[1, 2, 3]], [["a", 1, 1, 0]], [[-1, 1, 1, 0]], [None]]
)
def test_a_stored_shape_that_is_junk_is_no_shape(junk: object) -> None:
    assert Shape.from_json(junk) == Shape()


def test_a_shape_stays_small() -> None:
    assert len(talk(["ab"] * 40).shape.bits) <= 12


# ---------------------------------------------------------------- the type boundary
def test_nothing_but_the_guard_makes_safe_text() -> None:
    for forged in (None, object(), "token"):
        with pytest.raises(TypeError) as raised:
            SafeText("4649", forged)  # type: ignore[arg-type]
        assert "4649" not in str(raised.value)


def test_safe_text_gives_the_message_back_unchanged() -> None:
    outcome = judge("  ８月３日　ガ 1 ", Context(now=NOW)).outcome
    assert isinstance(outcome, SafeText)
    assert outcome.text == "  ８月３日　ガ 1 "
    assert outcome == judge(outcome.text, Context(now=NOW)).outcome
    assert len({outcome, judge(outcome.text, Context(now=NOW)).outcome}) == 1
    assert outcome != "  ８月３日　ガ 1 "


def test_safe_text_is_immutable_and_shows_nothing() -> None:
    outcome = judge("こんにちは", Context(now=NOW)).outcome
    assert isinstance(outcome, SafeText)
    assert "こんにちは" not in repr(outcome)
    with pytest.raises(AttributeError):
        outcome.text = "4649"  # type: ignore[misc]
    with pytest.raises(AttributeError):
        outcome._text = "4649"
    with pytest.raises(AttributeError):
        del outcome._text
    for copier in (copy.copy, copy.deepcopy, pickle.dumps):
        with pytest.raises(TypeError):
            copier(outcome)


def test_a_refusal_holds_nothing_of_the_message() -> None:
    verdict = judge("暗証番号は9173です HANAKO9173", Context(now=NOW))
    assert "9173" not in repr(verdict)
    assert "hanako" not in repr(verdict).lower()


def test_a_time_without_zone_is_an_error() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Context(now=datetime(2026, 8, 3))


@pytest.mark.parametrize("text", ["", " ", "\n", "\x00", "\ud800", "💯", "あ" * 3, "\u200b"])
def test_odd_texts_are_judged_without_an_error(text: str) -> None:
    assert not refused(text)


# ---------------------------------------------------------------- an extra, where it lies beside
@pytest.mark.skipif(not EXTRA.exists(), reason="an extra: the development corpus is not beside us")
def test_the_development_corpus_is_judged_as_labelled() -> None:
    wrong = []
    for line in EXTRA.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        turns = [turn["text"] for turn in row["turns"] if turn["role"] == "user"]
        asked = (row["state"] or "asked_nothing").removeprefix("asked_")
        if row["expect"] != "either" and refused(*turns, asked=asked) is (row["expect"] == "ok"):
            wrong.append(row["id"])
    assert wrong == []
