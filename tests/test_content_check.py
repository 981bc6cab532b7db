"""`madoguchi check` says what is wrong, whatever a file holds: 0 good, 1 faults, 2 no folder; never a traceback."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cli import main
from bot.content import fingerprint
from intents.catalogue import build
from intents.catalogue.files import RESERVED

ROOT = Path(__file__).parents[1]
Printed = pytest.CaptureFixture[str]

NAMES = st.sampled_from([*RESERVED, "a.yaml", "b.yaml", "c.yml"])
SCRAPS = st.sampled_from(
    "id: a|- id: a|  label: |phrases: [x]|  answer: y|base: ..|base: .|openings:|  days:|texts:|venues: []|- |  - x|"
    "{ja: a}|[|]|{|}|\"|'|: |#9110|&a|*a|!b|---|...|%YAML 1.1|\t|　|：|null|~|{phone}|? x|ja: &x [*x]|when: {a: b}|"
    "questions:|number: 03|slots: [9:00]|position: [nan, inf]|desks: 99999999999|turns:|order: [a]|weeks: 1|"
    "staff_on:|    a: {2026-08-12: 2}|      - 毎週火曜|from: 2026-08-03|until: 2026-08-01|q: x|entry: none".split("|")
)
MESS = st.lists(SCRAPS, max_size=12).map("\n".join).map(str.encode) | st.binary(max_size=60) | st.text(max_size=60).map(
    lambda text: text.encode("utf-8", "surrogatepass")
)  # fmt: skip


@settings(max_examples=250, deadline=None)
@given(files=st.dictionaries(NAMES, MESS, max_size=4), over=st.booleans())
def test_no_mess_in_a_folder_is_a_traceback(files: dict[str, bytes], over: bool) -> None:
    with TemporaryDirectory() as made:
        folder = Path(made) / "faq" / "practice" if over else Path(made) / "faq"
        folder.mkdir(parents=True)
        for name, raw in files.items():
            (folder / name).write_bytes(raw)
        assert main(["check", str(folder)]) in (0, 1)
        assert fingerprint(folder) == fingerprint(folder)


@settings(max_examples=60, deadline=None)
@given(MESS, st.sampled_from(RESERVED))
def test_a_mess_in_one_file_of_a_good_folder_is_none(mess: bytes, name: str) -> None:
    good = b"- id: a\n  phrases: [x]\n  answer: y\n"
    loaded = build({"a.yaml": good, name: mess})
    assert loaded.catalogue is None or "a" in loaded.catalogue.entries


def test_the_exit_codes(tmp_path: Path, capsys: Printed) -> None:
    assert main(["check", str(ROOT / "faq")]) == 0
    assert main(["check", str(ROOT / "faq" / "practice")]) == 0
    assert main(["check", str(tmp_path)]) == 1
    assert main(["check", str(tmp_path / "nowhere")]) == 2
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert main(["check", str(tmp_path / "loop")]) == 2
    assert "フォルダがありません" in "".join(capsys.readouterr())


def test_a_folder_named_in_another_encoding_is_checked(tmp_path: Path, capsys: Printed) -> None:
    folder = tmp_path / os.fsdecode("図書館".encode("cp932"))
    folder.mkdir()
    assert main(["check", str(folder)]) == 1
    assert "一つもありません" in capsys.readouterr().out


@pytest.mark.parametrize("command", [["ask", "ごみ", "--folder"], ["test"]])
def test_content_that_cannot_be_read_is_told_by_the_other_commands_too(command: list[str], tmp_path: Path, capsys: Printed) -> None:
    (tmp_path / "a.yaml").mkdir()
    assert main([*command, str(tmp_path)]) == 2
    assert "✕ a.yaml：フォルダに" in capsys.readouterr().err


# ---------------------------------------------------------------- as staff do it
@pytest.fixture
def faq(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "faq", tmp_path / "faq")
    return tmp_path / "faq"


SECOND = "    - どこでやってますか"
TYPED: dict[str, tuple[str, str, str, str]] = {
    "a phrase added without its space": ("where.yaml", "  phrases:\n", "  phrases:\n    -どこでやるの\n", "半角の「-」と半角の空白"),
    "a phrase added with a Japanese dot": ("where.yaml", "  phrases:\n", "  phrases:\n    ・どこでやるの\n", "半角の「-」と半角の空白"),
    "an answer's name in full width": ("where.yaml", "  answer:\n", "  answer：\n", "「answer」の後のコロンが全角"),
    "the indentation in full width": ("where.yaml", "  answer:\n", "　　answer:\n", "全角の空白"),
    "a number to dial without quotes": ("where.yaml", "  source: ", "  source: 相談は #9110 へ、", "引用符"),
    "a dash overlooked": ("where.yaml", "- id: nearest\n", "id: nearest\n", "「- 」がありません"),
    "a note without its mark": ("where.yaml", "- id: nearest\n", "ここから最寄り\n- id: nearest\n", "「# 」"),
    "a button's name mistyped": ("where.yaml", "buttons: [venue_dates", "buttons: [neares", "「nearest」のまちがい"),
    "a wrong telephone number": ("facts.yaml", "  number: null", "  number: 03-123-456", "桁数"),
    "a Japanese date": ("facts.yaml", "  from: 2026-08-03", "  from: 8月3日", "2026-08-03 の形"),
    "a question for a PIN": ("where.yaml", "    ja: |\n", "    ja: |\n      暗証番号を書いて送ってください。\n", "番号をたずねない"),
    "an unknown fact": ("where.yaml", "    ja: |\n", "    ja: |\n      電話は{fone}です。\n", "facts.yaml にありません"),
    "an unclosed quote": ("where.yaml", "  source: ", '  source: "', "閉じていません"),
    "an id changed": ("desk.yaml", "- id: menu\n", "- id: top\n", "変えたり消したりしないで"),
    "a rule between entries": ("where.yaml", "- id: nearest\n", "----------\n- id: nearest\n", "「# 」"),
}  # fmt: skip


# A new fact needs its source and day; an id that is gone is missed wherever it is used.
MORE = {"a wrong telephone number": 3, "an id changed": 40}


@pytest.mark.parametrize("name", TYPED)
def test_what_staff_mistype_is_told_with_what_to_do_and_little_else(name: str, faq: Path, capsys: Printed) -> None:
    file, old, new, words = TYPED[name]
    path = faq / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert main(["check", str(faq)]) == 1
    *told, total = capsys.readouterr().out.splitlines()
    assert any(words in line for line in told), told
    assert len(told) <= MORE.get(name, 1), told
    assert "直すまで使えません" in total
