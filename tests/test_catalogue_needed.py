"""What the code needs to find in the content is gathered in one place, and a whole desk is told what it lacks."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli import main
from bot.content import read_folder
from intents.catalogue import build
from intents.catalogue.needed import ENTRIES, GUIDES, desk_faults
from intents.catalogue.prompts import NEEDED, STARTS
from intents.model import Catalogue

ROOT = Path(__file__).parents[1]
CODE = sorted([*(ROOT / "intents").rglob("*.py"), *(ROOT / "bot").rglob("*.py")])
# Words of the code that only look like the name of an entry: outcomes, flags, keys of other tables.
NOT_ENTRIES = frozenset({"late", "scam", "thanks", "when", "bring_check", "shorter"})


def trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in CODE:
        if path.parent.name != "catalogue":
            yield path, ast.parse(path.read_text(encoding="utf-8"))


def texts(node: ast.AST) -> Iterator[str]:
    return (one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str))


def asked_for(tree: ast.Module) -> Iterator[str]:
    """The entries that a module asks for by their name: entry_taps(…, "x"), entry("x"), entries.get("x"), "entry:x"."""
    tables = {
        target.id: node.value
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func)
            if name.rpartition(".")[2] in ("entry_taps", "entry") or name.endswith("entries.get"):
                yield from (one.value for one in node.args if isinstance(one, ast.Constant) and isinstance(one.value, str))
                spread = [one.value for one in node.args if isinstance(one, ast.Starred)]
                names = [one.id for part in spread for one in ast.walk(part) if isinstance(one, ast.Name)]
                yield from (text for name in names if name in tables for text in texts(tables[name]))
    yield from (text.removeprefix("entry:") for text in texts(tree) if text.startswith("entry:") and text != "entry:")


def test_every_entry_that_the_code_asks_for_is_needed() -> None:
    used = {(name, path.name) for path, tree in trees() for name in asked_for(tree)}
    assert {(name, file) for name, file in used if name not in ENTRIES} == set()
    assert len(used) > 20


def test_every_needed_entry_is_named_in_the_code() -> None:
    written = {text.removeprefix("entry:") for _, tree in trees() for text in texts(tree)}
    assert ENTRIES - written == set()


def test_no_word_of_the_code_names_an_entry_unnoticed(catalogue: Catalogue) -> None:
    """A new use of an entry's id, in whatever form, goes into ENTRIES (or, if it is none, into NOT_ENTRIES)."""
    written = {text for _, tree in trees() for text in texts(tree)}
    assert (written & set(catalogue.entries)) - ENTRIES - NOT_ENTRIES == set()


def test_the_ward_has_all_that_is_needed(catalogue: Catalogue) -> None:
    assert desk_faults(catalogue) == ()
    assert set(catalogue.entries) >= ENTRIES and set(catalogue.guides) >= GUIDES and set(catalogue.prompts) >= NEEDED


def test_what_entries_start_has_a_guide() -> None:
    assert set(STARTS) >= GUIDES


@pytest.fixture(scope="module")
def ward() -> dict[str, bytes]:
    return {name: raw for name, raw in read_folder(ROOT / "faq").items() if isinstance(raw, bytes)}


@pytest.mark.parametrize("name", ["menu", "today_open", "walk_in", "scam_told", "pin_tokyo", "points_about"])
def test_a_whole_desk_without_a_needed_entry_is_stopped(name: str, ward: dict[str, bytes]) -> None:
    renamed = {file: raw.replace(f"- id: {name}\n".encode(), f"- id: {name}_old\n".encode()) for file, raw in ward.items()}
    loaded = build(renamed)
    assert loaded.catalogue is None
    assert [fault.entry for fault in loaded.faults if "この id の項目がありません" in fault.text] == [name]


def test_a_whole_desk_without_its_guide_or_a_sentence_is_stopped(ward: dict[str, bytes]) -> None:
    without = ward | {"guides.yaml": b"", "prompts.yaml": ward["prompts.yaml"].replace(b"\nmiss:\n", b"\nmiss_it:\n")}
    told = {fault.entry for fault in build(without).faults}
    assert {"bring_check", "miss", "miss_it"} <= told


def test_a_folder_of_a_few_entries_is_no_whole_desk(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """README's least entry: nothing of the desk is missed in it by check, ask and test."""
    least = "- id: garbage\n  phrases: [ごみの日はいつですか, 燃えるごみ]\n  answer: 月曜と木曜です。\n"
    (tmp_path / "city.yaml").write_text(least, encoding="utf-8")
    loaded = build(read_folder(tmp_path))
    assert loaded.catalogue is not None
    assert desk_faults(loaded.catalogue)[0].entry == sorted(NEEDED)[0]
    assert main(["check", str(tmp_path)]) == 1
    assert "まちがい 0件" in capsys.readouterr().out
    assert main(["ask", "燃えるごみ", "--folder", str(tmp_path)]) == 0
    assert main(["test", str(tmp_path)]) == 0
