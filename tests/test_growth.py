"""The measure itself: a square is found out, a line is not, whatever else the machine does."""

from __future__ import annotations

import re

import pytest

from tests.support.growth import LINEAR, growth


def linear(text: str) -> int:
    return sum(ord(sign) for sign in text)


def quadratic(text: str) -> int:
    return sum(text.count(sign) for sign in text)


def with_a_quadratic_part(text: str) -> int:
    """What a pattern does that looks for its end from every beginning."""
    return linear(text) + len(re.findall(r"a[^.]*\.", text))


def capped(text: str) -> int:
    return linear(text[:100])


@pytest.mark.parametrize("work", [linear, capped], ids=lambda work: work.__name__)
def test_linear_work_passes(work: object) -> None:
    assert callable(work) and growth(work, "a") <= LINEAR


@pytest.mark.parametrize("work", [quadratic, with_a_quadratic_part], ids=lambda work: work.__name__)
def test_quadratic_work_is_found_out(work: object) -> None:
    assert callable(work) and growth(work, "a") > LINEAR


def test_a_quadratic_function_is_found_out_on_a_short_text_too() -> None:
    assert growth(quadratic, "ab", 1000) > LINEAR
