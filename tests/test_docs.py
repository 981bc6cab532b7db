"""The README is held against the code: its commands, variables and files exist, and none is missing."""

from __future__ import annotations

import ast
import dataclasses
import re
from pathlib import Path

import pytest

from bot import cli
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_command_is_in_the_readme_and_the_other_way_round(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["--help"])
    commands = set(re.findall(r"^    (\w+) ", capsys.readouterr().out, re.MULTILINE))
    told = set(re.findall(r"^\| `madoguchi (\w+)", README, re.MULTILINE))
    assert commands == told


def test_every_variable_is_in_the_readme_and_the_example() -> None:
    source = (ROOT / "bot" / "settings.py").read_text(encoding="utf-8")
    used = set(re.findall(r'(?:environ\.get|needed)\(\s*"([A-Z_]+)"', source))
    assert len(used) == len(dataclasses.fields(Settings))
    for name in used:
        assert f"`{name}`" in README, name
        assert name in (ROOT / ".env.example").read_text(encoding="utf-8"), name


def test_every_file_that_the_readme_names_exists() -> None:
    named = re.findall(r"\b((?:bot|intents|faq|docs|tests)/[\w/.]+\.\w+|bot/store/)", README)
    assert named and not [name for name in named if not (ROOT / name).exists()]


def test_the_make_targets_exist() -> None:
    targets = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^make (\w+)", README, re.MULTILINE):
        assert re.search(rf"^{target}:", targets, re.MULTILINE)


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
