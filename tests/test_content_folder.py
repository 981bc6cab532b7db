"""The content folder as it lies on a real disk: editors' by-files, links, rights, copies, a base below."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from bot.cli import main
from bot.content import fingerprint, path_of, read_folder
from bot.content_names import is_by_file, unread_words
from bot.knowledge import ContentError, load
from intents.catalogue import build
from intents.catalogue.nodes import Fault

ROOT = Path(__file__).parents[1]
Printed = pytest.CaptureFixture[str]

ENTRY = (
    "- id: {id}\n  label: {{ja: 図書館, easy: としょかん, en: Library}}\n  phrases: [{id}は何時まで]\n"
    "  answer: {{ja: 7時まで, easy: 7じまで, en: Until 7}}\n  buttons: [{to}]\n  source: x\n  checked: 2026-07-01\n"
)
FACTS = "texts:\n  cost: null\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two files whose entries lead to each other, and facts."""
    made = tmp_path / "faq"
    made.mkdir()
    (made / "visit.yaml").write_text(ENTRY.format(id="visit", to="where"), encoding="utf-8")
    (made / "where.yaml").write_text(ENTRY.format(id="where", to="visit"), encoding="utf-8")
    (made / "facts.yaml").write_text(FACTS, encoding="utf-8")
    return made


def faults_of(folder: Path) -> list[tuple[str, bool]]:
    """(file, stops) of every fault; none may be a traceback's."""
    fingerprint(folder)
    return [(fault.place.file, fault.stops) for fault in build(read_folder(folder)).faults]


def test_the_folder_of_this_test_is_good(folder: Path) -> None:
    assert faults_of(folder) == []


# ---------------------------------------------------------------- by-files
APPLE_DOUBLE = b"\x00\x05\x16\x07\x00\x02\x00\x00Mac OS X        \x00\x02\xff\xfe"
BY_FILES = (
    "._visit.yaml", ".visit.yaml.swp", ".visit.yaml", "visit.yaml~", "#visit.yaml#", "visit.yaml.swp", "~$visit.yaml",
    ".~lock.visit.yaml#", "visit.yaml.bak", "visit.yaml.orig", "visit.yaml.tmp", ".#visit.yml", "~visit.yaml", ".DS_Store",
    "visit.yaml.sb-1a2b-x", "visit.yaml___jb_tmp___", ".goutputstream-X1Y2", "4913", "README.md", "richmenu.png",
)  # fmt: skip


@pytest.mark.parametrize("name", BY_FILES)
def test_an_editors_by_file_neither_stops_an_edit_nor_seems_to_be_one(name: str, folder: Path) -> None:
    before = fingerprint(folder), read_folder(folder)
    (folder / name).write_bytes(APPLE_DOUBLE)
    assert (fingerprint(folder), read_folder(folder)) == before


@pytest.mark.parametrize("name", [".#visit.yaml", ".#new.yaml", "#visit.yaml#", "~$visit.yaml", "visit.yaml~", ".lock"])
def test_a_lock_that_is_a_dangling_link_is_no_file(name: str, folder: Path, capsys: Printed) -> None:
    before = fingerprint(folder), read_folder(folder)
    (folder / name).symlink_to("staff@pc.1234")
    assert (fingerprint(folder), read_folder(folder)) == before
    assert main(["check", str(folder)]) == 0, capsys.readouterr().out


# ---------------------------------------------------------------- what a person may take for content
LOOKS = (
    "new.yml", "new.YAML", "new.Yaml", "new.yaml.txt", "new.YML", "new．yaml", "new.ｙａｍｌ", "new.yaml ", "visit.yml",
    "visit のコピー.yaml", "visitのコピー.yaml", "visit のコピー 2.yaml", "visit - コピー.yaml", "visit - コピー (2).yaml", "visit (1).yaml",
    "visit(2).yaml", "visit（3）.yaml", "visit copy.yaml", "visit copy 2.yaml", "visit - Copy.yaml", "Copy of visit.yaml",
    "コピー ～ visit.yaml", "visit (Tanaka's conflicted copy 2026-08-01).yaml", "facts のコピー.yaml",
)  # fmt: skip


@pytest.mark.parametrize("name", LOOKS)
def test_what_looks_like_content_but_is_not_read_is_said_and_stops_nothing(name: str, folder: Path) -> None:
    shutil.copy(folder / "visit.yaml", folder / name)
    assert faults_of(folder) == [(name, False)]
    assert load(folder).catalogue.entries.keys() == {"visit", "where"}
    told = str(build(read_folder(folder)).faults[0])
    assert "読まれません" in told and ("直してください" in told or "移してください" in told)


@pytest.mark.parametrize("name", ["visit.yml", "visit.YAML", "visit.yaml.txt", "visit．yaml"])
def test_where_just_its_content_is_missing_it_stops_and_is_the_only_fault(name: str, folder: Path) -> None:
    (folder / "visit.yaml").rename(folder / name)
    assert faults_of(folder) == [(name, True)]


def test_a_second_copy_alone_is_content(folder: Path) -> None:
    """「visit (1).yaml」 without a visit.yaml: downloaded twice, and one thrown away."""
    (folder / "visit.yaml").rename(folder / "visit (1).yaml")
    assert faults_of(folder) == []


@pytest.mark.parametrize("name", ["visits.yaml", "visit-2.yaml", "visit_コピー機.yaml", "コピー.yaml", "copy.yaml", "(1).yaml"])
def test_a_file_of_another_name_is_content(name: str) -> None:
    assert not is_by_file(name) and not unread_words(name, frozenset({name, "visit.yaml"}))


def test_a_name_in_another_encoding_can_be_told(folder: Path, capsys: Printed) -> None:
    (folder / os.fsdecode("図書館.yml".encode("cp932"))).write_text("x", encoding="utf-8")
    assert main(["check", str(folder)]) == 1
    assert ".yml：名前の終わりが" in capsys.readouterr().out


def test_beside_an_overlay_only_its_facts_are_read(folder: Path) -> None:
    over = folder / "practice"
    over.mkdir()
    (over / "facts.yaml").write_text("base: ..\n", encoding="utf-8")
    (over / "extra.yaml").write_text(ENTRY.format(id="extra", to="visit"), encoding="utf-8")
    assert faults_of(over) == [("practice/extra.yaml", False)]


# ---------------------------------------------------------------- what is named as content and cannot be read
def directory(path: Path) -> None:
    path.mkdir()
    (path / "inner.yaml").write_text("x", encoding="utf-8")


def dangling(path: Path) -> None:
    path.symlink_to("nowhere.yaml")


def to_itself(path: Path) -> None:
    path.symlink_to(path.name)


def pipe(path: Path) -> None:
    os.mkfifo(path)


def to_a_folder(path: Path) -> None:
    path.symlink_to(path.parent.parent)


UNREADABLE = {"a folder": directory, "a dangling link": dangling, "a link to itself": to_itself, "a pipe": pipe,
              "a link to a folder": to_a_folder}  # fmt: skip


@pytest.mark.parametrize("kind", UNREADABLE)
@pytest.mark.parametrize("name", ["new.yaml", "visit.yaml", "prompts.yaml"])
def test_what_is_named_as_content_and_cannot_be_read_stops_by_its_name(kind: str, name: str, folder: Path, capsys: Printed) -> None:
    (folder / name).unlink(missing_ok=True)
    UNREADABLE[kind](folder / name)
    assert faults_of(folder) == [(name, True)]
    assert main(["check", str(folder)]) == 1
    assert f"✕ {folder}/{name}：" in capsys.readouterr().out
    with pytest.raises(ContentError):
        load(folder)


@pytest.mark.parametrize("error", [PermissionError(13, "x"), OSError(5, "Input/output error"), FileNotFoundError(2, "x")])
def test_a_file_that_refuses_to_be_read_stops_by_its_name(error: OSError, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests may run as root, whom no right keeps out: the refusal is the disk's."""
    real = Path.open

    def refuse(path: Path, *arguments: object, **more: object) -> object:
        if path.name == "visit.yaml":
            raise error
        return real(path, *arguments, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    assert faults_of(folder) == [("visit.yaml", True)]


def test_a_folder_that_cannot_be_listed_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert faults_of(folder) == [("", True)]


def test_a_folder_that_is_gone_has_a_fingerprint_and_a_fault(tmp_path: Path) -> None:
    assert faults_of(tmp_path / "gone") == [("", True)]


def test_an_enormous_file_is_not_read_whole(folder: Path) -> None:
    with (folder / "new.yaml").open("wb") as file:
        file.truncate(1 << 33)
    raw = read_folder(folder)["new.yaml"]
    assert isinstance(raw, bytes) and len(raw) < 9_000_000
    assert faults_of(folder) == [("new.yaml", True)]


# ---------------------------------------------------------------- the fingerprint
def changed(folder: Path, watched: Path) -> bool:
    """Whether the fingerprint of `watched` tells an edit of visit.yaml in `folder`."""
    before = fingerprint(watched)
    (folder / "visit.yaml").write_text(ENTRY.format(id="visit", to="where") + "# 直した\n", encoding="utf-8")
    return fingerprint(watched) != before


def test_an_edit_changes_it(folder: Path) -> None:
    assert fingerprint(folder) == fingerprint(folder)
    assert changed(folder, folder)


def test_an_edit_of_the_same_length_that_keeps_the_time_changes_it(folder: Path) -> None:
    """As `cp -p` and some synchronising programmes do."""
    path, before = folder / "visit.yaml", fingerprint(folder)
    stat = path.stat()
    path.write_text(path.read_text(encoding="utf-8").replace("7時", "8時"), encoding="utf-8")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert fingerprint(folder) != before


def test_new_rights_change_it(folder: Path) -> None:
    before = fingerprint(folder)
    (folder / "visit.yaml").chmod(0o600)
    assert fingerprint(folder) != before


@pytest.mark.parametrize("act", ["add", "remove", "rename", "dangle"])
def test_a_file_that_comes_or_goes_changes_it(act: str, folder: Path) -> None:
    before = fingerprint(folder)
    match act:
        case "add":
            (folder / "new.yaml").write_text("", encoding="utf-8")
        case "remove":
            (folder / "visit.yaml").unlink()
        case "rename":
            (folder / "visit.yaml").rename(folder / "visit.yml")
        case "dangle":
            (folder / "new.yaml").symlink_to("nowhere")
    assert fingerprint(folder) != before


def test_another_file_behind_a_link_changes_it(folder: Path) -> None:
    (folder / "visit.yaml").rename(folder.parent / "one.yaml")
    (folder.parent / "two.yaml").write_text(ENTRY.format(id="visit", to="where"), encoding="utf-8")
    (folder / "visit.yaml").symlink_to("../one.yaml")
    before = fingerprint(folder)
    (folder / "visit.yaml").unlink()
    (folder / "visit.yaml").symlink_to("../two.yaml")
    assert fingerprint(folder) != before
    assert faults_of(folder) == []


# ---------------------------------------------------------------- a base below
@pytest.fixture
def overlay(folder: Path) -> Path:
    over = folder / "practice"
    over.mkdir()
    (over / "facts.yaml").write_text("base: ..\n", encoding="utf-8")
    return over


def link(overlay: Path, kind: str) -> Path:
    """FAQ_DIR as an administrator may set it: a link to the overlay, to the folder above it, a relative path."""
    top = overlay.parents[1]
    match kind:
        case "a link to the overlay":
            (top / "current").symlink_to(overlay)
            return top / "current"
        case "a link to the release":
            (top / "current").symlink_to(overlay.parent)
            return top / "current" / "practice"
        case "a link to a link":
            (top / "one").symlink_to(overlay)
            (top / "two").symlink_to(top / "one")
            return top / "two"
        case "a path with dots":
            return overlay / ".." / "practice"
        case _:
            return overlay


KINDS = ["plain", "a link to the overlay", "a link to the release", "a link to a link", "a path with dots"]


@pytest.mark.parametrize("kind", KINDS)
def test_an_edit_of_the_base_is_noticed_however_the_overlay_is_reached(kind: str, overlay: Path) -> None:
    watched = link(overlay, kind)
    assert read_folder(watched).keys() == {"visit.yaml", "where.yaml", "facts.yaml", "practice/facts.yaml"}
    assert changed(overlay.parent, watched)


def test_another_release_behind_the_link_is_noticed(overlay: Path) -> None:
    watched = link(overlay, "a link to the release")
    shutil.copytree(overlay.parent, overlay.parents[1] / "second")
    before = fingerprint(watched)
    watched.parent.unlink()
    watched.parent.symlink_to(overlay.parents[1] / "second")
    assert fingerprint(watched) != before


def test_the_base_may_lie_anywhere(folder: Path, tmp_path: Path) -> None:
    """And nothing above the overlay is looked at: an edit there is no edit of the content."""
    over = tmp_path / "elsewhere" / "over"
    over.mkdir(parents=True)
    (over / "facts.yaml").write_text("base: ../../faq\n", encoding="utf-8")
    assert changed(folder, over)
    before = fingerprint(over)
    (over.parent / "x.yaml").write_text("", encoding="utf-8")
    assert fingerprint(over) == before
    assert faults_of(over) == []


def test_another_base_is_noticed(overlay: Path) -> None:
    before = fingerprint(overlay)
    (overlay / "facts.yaml").write_text("base: ./\n", encoding="utf-8")
    assert fingerprint(overlay) != before


LEADS_ASTRAY = {
    "to nothing": ("../nowhere", "そのフォルダがありません"),
    "to a file": ("../visit.yaml", "そのフォルダがありません"),
    "to itself": (".", "このフォルダ自身"),
    "to itself by a way round": ("../practice", "このフォルダ自身"),
    "to a place that cannot be": ('"a\\0b"', "そのフォルダがありません"),
    "to too long a name": ("x" * 5000, "そのフォルダがありません"),
}


@pytest.mark.parametrize("kind", LEADS_ASTRAY)
def test_a_base_that_leads_astray_is_the_only_fault_at_its_line(kind: str, overlay: Path, capsys: Printed) -> None:
    base, words = LEADS_ASTRAY[kind]
    (overlay / "facts.yaml").write_text(f"# 見本\nbase: {base}\n", encoding="utf-8")
    fingerprint(overlay)
    faults = build(read_folder(overlay)).faults
    assert [(str(fault.place), fault.stops) for fault in faults] == [("facts.yaml 2行目", True)]
    assert words in faults[0].text
    assert main(["check", str(overlay)]) == 1
    assert f"✕ {overlay}/facts.yaml 2行目" in capsys.readouterr().out


def test_a_base_in_a_circle_is_a_fault(folder: Path, overlay: Path) -> None:
    (folder / "facts.yaml").write_text("base: practice\n", encoding="utf-8")
    for one in (folder, overlay):
        fingerprint(one)
        found = build(read_folder(one)).faults
        assert len(found) == 1 and "重ねられるのは一度だけ" in found[0].text


def test_a_base_of_a_base_is_a_fault(folder: Path, overlay: Path) -> None:
    below = folder.parent / "below"
    shutil.copytree(folder, below, ignore=lambda *_: ["practice"])
    (folder / "facts.yaml").write_text("base: ../below\n", encoding="utf-8")
    found = build(read_folder(overlay)).faults
    assert len(found) == 1 and "重ねられるのは一度だけ" in found[0].text


def test_a_base_that_cannot_be_read_is_told_alone(overlay: Path) -> None:
    (overlay.parent / "visit.yaml").unlink()
    (overlay.parent / "visit.yaml").symlink_to("nowhere")
    assert faults_of(overlay) == [("visit.yaml", True)]


@pytest.mark.parametrize(("name", "where"), [("visit.yaml", "faq/visit.yaml"), ("practice/facts.yaml", "faq/practice/facts.yaml")])
def test_check_prints_the_path_where_the_file_stands(name: str, where: str, overlay: Path, capsys: Printed) -> None:
    path = overlay.parents[1] / where
    assert path_of(overlay, read_folder(overlay), name) == path
    path.write_text(path.read_text(encoding="utf-8") + "：\n", encoding="utf-8")
    assert main(["check", str(overlay)]) == 1
    assert f"✕ {path} " in capsys.readouterr().out


def test_a_fault_among_the_files_is_a_fault_of_the_content() -> None:
    """For whoever calls `build`: what is no bytes is a fault, and nothing else is read under that name."""
    assert all(isinstance(file, bytes | Fault) for file in read_folder(ROOT / "faq").values())
