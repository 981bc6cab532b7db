"""The README is held against the code: its commands, variables and files exist, and none is missing."""

from __future__ import annotations

import ast
import dataclasses
import re
import tomllib
from pathlib import Path

import pytest

from bot import cli
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
PAGES = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md"]
_WSGI = {"PATH_INFO", "REQUEST_METHOD", "CONTENT_LENGTH", "HTTP_X_LINE_SIGNATURE", "HTTP_HOST"}
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_command_is_in_the_readme_and_the_other_way_round(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    commands = set(re.findall(r"^    (\w+) ", capsys.readouterr().out, re.MULTILINE))
    told = set(re.findall(r"^\| `madoguchi (\w+)", README, re.MULTILINE))
    assert commands == told


def test_every_variable_is_in_the_readme_and_the_example() -> None:
    source = (ROOT / "bot" / "settings.py").read_text(encoding="utf-8")
    used = set(re.findall(r'(?:given|_credential)\(\s*"([A-Z_]+)"', source))
    assert len(used) == len(dataclasses.fields(Settings))
    read = {"ENV_FILE"}
    for path in (ROOT / "bot").rglob("*.py"):
        read |= set(re.findall(r'environ\.get\(\s*"([A-Z_]{3,})"', path.read_text(encoding="utf-8")))
    for name in used | (read - _WSGI):
        assert f"`{name}`" in README, name
        assert name in (ROOT / ".env.example").read_text(encoding="utf-8"), name


@pytest.mark.parametrize("page", PAGES)
def test_every_file_that_a_page_names_exists(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    named = re.findall(r"(?<![\w/.])((?:bot|intents|faq|docs|tests|requirements)/(?:[\w/.-]+\.\w+|[\w/]+/))(?![\w*…])", text)
    named += re.findall(r"\]\(([\w/.-]+)\)", text)
    assert not [name for name in named if not (ROOT / name).exists()]


@pytest.mark.parametrize("page", [*PAGES, ".ci/run"])
def test_the_make_targets_exist(page: str) -> None:
    targets = set(re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([a-z]+)", (ROOT / page).read_text(encoding="utf-8"), re.M)) <= targets


def test_every_make_target_for_people_is_in_its_help() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    told = set(re.findall(r'@echo "make (\w+)', text))
    hidden = {"help", "setup", "setup-test", "system-test", "lint", "browser", "clean"}
    phony = re.search(r"^\.PHONY: (.*)", text, re.MULTILINE)
    assert phony and told == set(phony[1].split()) - hidden


def test_ci_runs_what_the_readme_names() -> None:
    ran = re.findall(r"^make (\w+)", (ROOT / ".ci" / "run").read_text(encoding="utf-8"), re.MULTILINE)
    assert ran == ["test", "proofs"] and all(f"make {name}" in README for name in ran)


def test_the_changelog_has_the_version_and_what_comes() -> None:
    text = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert re.findall(r"^## \[(.*?)\]", text, re.MULTILINE)[:2] == ["Unreleased", version]


def imported(path: Path) -> set[str]:
    """The top-level packages that a file imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


def test_imports_go_one_way() -> None:
    """`intents/` is pure: nothing of the machine, the network or the clock."""
    machine = {
        "bot",
        "flask",
        "linebot",
        "redis",
        "sqlite3",
        "urllib3",
        "requests",
        "socket",
        "time",
        "os",
        "subprocess",
        "threading",
        "logging",
        "aiohttp",
        "asyncio",
        "uvicorn",
    }
    for path in (ROOT / "intents").rglob("*.py"):
        assert not imported(path) & machine, path.name


def test_only_one_room_reads_the_clock_and_one_speaks_to_line() -> None:
    for path in [*(ROOT / "bot").rglob("*.py"), *(ROOT / "intents").rglob("*.py")]:
        source = path.read_text(encoding="utf-8")
        if path != ROOT / "bot" / "clock.py":
            assert not re.search(r"datetime\.(?:now|utcnow|today)\(|date\.today\(|time\.time\(", source), path
        if path.name != "richmenu.py":
            assert "linebot" not in imported(path), path


def test_the_only_maker_of_safe_text_is_the_guard() -> None:
    for path in [*(ROOT / "bot").rglob("*.py"), *(ROOT / "intents").rglob("*.py")]:
        if path != ROOT / "intents" / "guard" / "__init__.py":
            assert "SafeText(" not in path.read_text(encoding="utf-8"), path.name
