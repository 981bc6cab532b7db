"""A telephone number that cannot be dialled is told: an old person would try it again and again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intents.catalogue import build
from intents.catalogue.telephones import as_dialled, is_number, wrong_numbers

GOOD = (
    "03-5432-1111", "03(5432)1111", "（03）5432-1111", "03 5432 1111", "0354321111", "03-0000-0000", "０３－５４３２－１１１１",
    "06-6208-8181", "044-200-2111", "0422-45-1151", "04992-2-1111", "0120-123-456", "0120-12-3456", "0120123456", "0800-123-4567",
    "0570-012-345", "050-1234-5678", "090-1234-5678", "08012345678", "070-1234-5678", "+81-3-5432-1111", "+81 90 1234 5678",
    "03ー5432ー1111", "03‐5432‐1111", "#9110", "#7119", "＃8000", "110", "119", "188", "104",
)  # fmt: skip
WRONG = (
    "03-123-456", "03-5432-111", "03-5432-11111", "03-543-21111", "033-432-1111", "０３－１２３－４５６", "03(5432)111",
    "044-200-211", "0422-451-151", "0120-123-45", "0120-123-4567", "0800-123-456", "0570-012-34", "050-1234-567",
    "090-1234-567", "090-1234-56789", "035432111", "09012345", "03543211112", "#911", "#91100", "＃711", "+81-3-5432-111",
)  # fmt: skip
NEITHER = (
    "2026-08-03", "154-8504", "〒154-8504", "〒060-0042", "8月3日〜10月30日", "500ポイント", "11,000", "6〜16けた", "9:00〜17:00",
    "さくら-27", "10-15人", "0.5", "1-2-3", "01-15", "¥0120", "2027年3月31日", "0〜9の数字", "No.012",
)  # fmt: skip


@pytest.mark.parametrize("number", GOOD)
def test_a_number_to_dial_is_no_fault(number: str) -> None:
    assert list(wrong_numbers(f"電話は、{number} です。")) == list(wrong_numbers(f"{number}番へ")) == []


@pytest.mark.parametrize("number", WRONG)
def test_a_number_that_cannot_be_dialled_is_told_as_written(number: str) -> None:
    assert list(wrong_numbers(f"電話は、{number} です。")) == [(4, number)]
    assert list(wrong_numbers(f"{number}へどうぞ")) == [(0, number)]


@pytest.mark.parametrize("text", NEITHER)
def test_what_is_no_number_to_dial_is_left_alone(text: str) -> None:
    assert list(wrong_numbers(f"これは {text} です。")) == []


def test_two_numbers_are_judged_apart() -> None:
    assert [number for _, number in wrong_numbers("電話 03-5432-1111、FAX 03-5432-222、または 0120-123-456")] == ["03-5432-222"]


SHAPES = st.sampled_from([(2, "3", (4, 4)), (3, "44", (3, 4)), (4, "422", (2, 4)), (3, "50", (4, 4)), (3, "90", (4, 4)), (4, "120", (3, 3))])


@given(SHAPES, st.data())
def test_a_digit_more_or_less_is_always_seen(shape: tuple[int, str, tuple[int, int]], data: st.DataObject) -> None:
    _, area, lengths = shape
    digits = "".join(data.draw(st.lists(st.sampled_from("0123456789"), min_size=sum(lengths), max_size=sum(lengths))))
    first, last = digits[: lengths[0]], digits[lengths[0] :]
    assert is_number(f"0{area}-{first}-{last}")
    for wrong in (f"0{area}-{first}-{last[1:]}", f"0{area}-{first}-{last}1", f"0{area}-{first[1:]}-{last}", f"0{area}-{first}1-{last}"):
        assert not is_number(wrong)


@pytest.mark.parametrize(("written", "dialled"), [
    ("03-5432-1111", "03-5432-1111"), ("０３－５４３２－１１１１", "03-5432-1111"), ("03(5432)1111", "03-5432-1111"),
    (" 0120-123-456 ", "0120-123-456"), ("03-123-456", ""), ("#9110", ""), ("未定です", ""), ("03-5432-1111（代表）", ""), ("", ""),
])  # fmt: skip
def test_the_fact_is_kept_as_it_is_dialled(written: str, dialled: str) -> None:
    assert as_dialled(written) == dialled
    facts = f'phone: {{number: "{written}", source: x, checked: 2026-07-01}}\n'
    loaded = build({"facts.yaml": facts.encode(), "a.yaml": b"- id: a\n  phrases: [x]\n  answer: y\n"})
    if dialled:
        assert loaded.catalogue is not None and loaded.catalogue.facts.phone.words is not None
        assert loaded.catalogue.facts.phone.words.ja == dialled
    elif written:
        assert any("かけられる番号ではありません" in fault.text for fault in loaded.faults)


WHERE = {
    "an answer": ("a.yaml", "- id: a\n  phrases: [x]\n  answer: 電話は 03-123-456 です。\n", 3),
    "the third line of a block": ("a.yaml", "- id: a\n  phrases: [x]\n  answer: |\n    電話は\n\n    03-123-456 です。\n", 6),
    "a prompt": ("prompts.yaml", "welcome:\n  ja: はい\n  en: Call 03-123-456.\n", 3),
    "a fact": ("facts.yaml", "texts:\n  cost:\n    ja: 電話は 03-123-456 です。\n", 3),
    "a guide": ("guides.yaml", "g:\n  closing: 電話は 03-123-456 です。\n", 2),
    "the words for family": ("a.yaml", "- id: a\n  phrases: [x]\n  answer: y\n  family: 03-123-456 へ\n", 4),
}


@pytest.mark.parametrize("name", WHERE)
def test_wherever_it_stands_it_is_told_at_its_line(name: str) -> None:
    file, text, line = WHERE[name]
    found = [fault for fault in build({file: text.encode()}).faults if "桁数" in fault.text]
    assert [(fault.place.line, fault.stops, "「03-123-456」" in fault.text) for fault in found] == [(line, True, True)]
