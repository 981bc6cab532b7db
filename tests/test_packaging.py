"""What is installed is what was tested: every package bounded, pinned and hashed, from no named address."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
RUN = [Requirement(one) for one in PROJECT["project"]["dependencies"]]
TEST = [Requirement(one) for one in PROJECT["project"]["optional-dependencies"]["test"]]
BUILD = [Requirement(one) for one in PROJECT["build-system"]["requires"]]
LOCKS = {"run": [*RUN, *BUILD], "test": [*RUN, *BUILD, *TEST]}
PYTHONS = ("3.11", "3.12", "3.13")


def pinned(name: str) -> list[tuple[Requirement, list[str]]]:
    """Each package of a requirements file with its hashes."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8").replace("\\\n", " ")
    found = []
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            requirement, *hashes = re.split(r"\s+--hash=", line.strip())
            found.append((Requirement(requirement), hashes))
    return found


@pytest.mark.parametrize("one", [*RUN, *TEST, *BUILD], ids=lambda one: one.name)
def test_every_dependency_has_a_lower_and_an_upper_bound(one: Requirement) -> None:
    operators = {specifier.operator for specifier in one.specifier}
    assert ">=" in operators and operators & {"<", "<="}


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_with_hashes(name: str) -> None:
    for requirement, hashes in pinned(name):
        assert re.fullmatch(r"==[\w.]+", str(requirement.specifier)), requirement
        assert hashes and all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes), requirement


@pytest.mark.parametrize("name", LOCKS)
@pytest.mark.parametrize("python", PYTHONS)
def test_what_is_pinned_keeps_to_the_bounds_on_every_python(name: str, python: str) -> None:
    environment = {"python_version": python, "python_full_version": f"{python}.9", "platform_machine": "x86_64"}
    versions = {
        canonicalize_name(one.name): Version(str(one.specifier).removeprefix("=="))
        for one, _ in pinned(name)
        if one.marker is None or one.marker.evaluate(environment)
    }
    for wanted in LOCKS[name]:
        assert versions[canonicalize_name(wanted.name)] in wanted.specifier, wanted


def test_the_tests_run_with_what_is_served_with() -> None:
    test = {(one.name, str(one.marker)): one.specifier for one, _ in pinned("test")}
    assert {(one.name, str(one.marker)): one.specifier for one, _ in pinned("run")}.items() <= test.items()


def test_no_requirements_file_names_an_address() -> None:
    for path in (ROOT / "requirements").iterdir():
        assert not re.search(r"https?:|--(?:extra-)?index-url|--find-links|@ file:", path.read_text(encoding="utf-8"))


def test_what_builds_the_package_is_the_same_in_both_places() -> None:
    lines = (ROOT / "requirements" / "build.in").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == PROJECT["build-system"]["requires"]


def test_the_pythons_of_the_set_up_are_those_of_the_project() -> None:
    script = (ROOT / "tests" / "support" / "python.sh").read_text(encoding="utf-8")
    assert PROJECT["project"]["requires-python"] == ">=3.11,<3.14"
    assert "(3, 11) <= sys.version_info < (3, 14)" in script
