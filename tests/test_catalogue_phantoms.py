"""What cannot be read is told alone: nothing is called missing that may stand in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.content import read_folder
from intents.catalogue import build
from intents.catalogue.files import File
from intents.catalogue.nodes import Fault
from intents.model import Place

FAQ = Path(__file__).parents[1] / "faq"
PRACTICE = FAQ / "practice"
NAMES = sorted(path.name for path in FAQ.glob("*.yaml"))


@pytest.fixture(scope="module")
def ward() -> dict[str, File]:
    """The whole desk, with the invented openings laid over it."""
    return dict(read_folder(PRACTICE))


def text_of(files: dict[str, File], name: str) -> str:
    raw = files[name]
    assert isinstance(raw, bytes)
    return raw.decode()


@pytest.mark.parametrize("name", NAMES)
def test_a_file_in_another_encoding_is_the_only_fault(name: str, ward: dict[str, File]) -> None:
    found = build(ward | {name: text_of(ward, name).encode("cp932", "replace")}).faults
    assert [fault.place.file for fault in found] == [name] and "Shift_JIS" in found[0].text


def unreadable(name: str) -> Callable[[str], File]:
    return lambda _: Fault(Place(name, 0), "このファイルを読む許可がありません。", hides=True)


def edited(old: str, new: str) -> Callable[[str], File]:
    def edit(text: str) -> File:
        assert old in text
        return text.replace(old, new, 1).encode()

    return edit


def first_id(text: str) -> str:
    return next(line for line in text.splitlines() if line.startswith("- id: "))


BROKEN: dict[str, tuple[str, Callable[[str], File]]] = {
    "no right to read it": ("visit.yaml", unreadable("visit.yaml")),
    "the prompts cannot be read": ("prompts.yaml", unreadable("prompts.yaml")),
    "the facts cannot be read": ("facts.yaml", unreadable("facts.yaml")),
    "a file that ends in the middle": ("visit.yaml", lambda text: text[: text.index("  answer:")].encode() + b'  answer: "'),
    "a dash lost before an id": ("where.yaml", edited("- id: where\n", "id: where\n")),
    "an id that is misspelt": ("where.yaml", edited("- id: where\n", "- di: where\n")),
    "an id with a full-width colon": ("where.yaml", edited("- id: where\n", "- id：where\n")),
    "an id in kana": ("where.yaml", edited("- id: where\n", "- id: どこ\n")),
    "an unclosed bracket": ("where.yaml", edited("  buttons: [", "  buttons: [[")),
    "a prompt's name with a full-width colon": ("prompts.yaml", edited("welcome:\n", "welcome：\n")),
    "a prompt without its Japanese": ("prompts.yaml", edited("welcome_next:\n  ja: ", "welcome_next:\n  # ja: ")),
    "the venues without their key": ("facts.yaml", edited("venues:\n", "venue\n")),
    "a day of the programme": ("facts.yaml", edited("from: 2026-08-03", "from: 8月3日")),
    "a guide out of line": ("guides.yaml", edited("bring_check:\n", "bring_check\n")),
}  # fmt: skip


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_told_in_its_file_alone(name: str, ward: dict[str, File]) -> None:
    file, change = BROKEN[name]
    found = build(ward | {file: change(text_of(ward, file))}).faults
    assert {fault.place.file for fault in found} == {file}
    assert 1 <= len(found) <= 2, found


def test_an_id_that_is_gone_from_whole_files_is_told_where_it_is_used(ward: dict[str, File]) -> None:
    """No file is broken: then it is truly missing."""
    found = build(ward | {"where.yaml": edited("- id: where\n", "- id: wo\n")(text_of(ward, "where.yaml"))}).faults
    assert len({fault.place.file for fault in found}) > 3 and all("where" in str(fault) for fault in found)


def test_the_faults_of_other_files_are_told_beside_it(ward: dict[str, File]) -> None:
    broken = {
        "where.yaml": unreadable("where.yaml")(""),
        "visit.yaml": edited("  answer:", "  anser:")(text_of(ward, "visit.yaml")),
    }
    found = build(ward | broken).faults
    assert {fault.place.file for fault in found} == {"where.yaml", "visit.yaml"}
    assert any("anser" in fault.text for fault in found)


def test_a_copied_file_is_told_once(ward: dict[str, File]) -> None:
    found = build(ward | {"visit_old.yaml": ward["visit.yaml"]}).faults
    stopping = [fault for fault in found if fault.stops]
    assert len(stopping) == 1 and "visit_old.yaml" in str(stopping[0]) and "「visit.yaml」" in stopping[0].text


def test_one_doubled_id_among_new_ones_is_told_at_its_line() -> None:
    one = b"- id: a\n  phrases: [x]\n  answer: y\n"
    two = b"- id: b\n  phrases: [z]\n  answer: w\n" + one
    stopping = [fault for fault in build({"one.yaml": one, "two.yaml": two}).faults if fault.stops]
    assert [(fault.place.file, fault.place.line) for fault in stopping] == [("two.yaml", 4)]
