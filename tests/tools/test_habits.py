"""The habits of the house: commands, pins, hooks and the version agree."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
import yaml

from tests.conftest import TIERS

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))[
    "project"
]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PACKAGES = ("model", "experiments", "app")


def targets():
    """Targets of the Makefile that are commands, no files."""
    declared = MAKEFILE.partition(".PHONY:")[2].replace("\\\n", " ")
    return declared.splitlines()[0].split()


def make(*arguments):
    done = subprocess.run(
        ["make", "--no-print-directory", *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def requirements():
    extras = PROJECT["optional-dependencies"]
    return [
        *PROJECT["dependencies"],
        *(line for lines in extras.values() for line in lines),
    ]


def test_help_says_what_every_target_does():
    told = dict(line.split(maxsplit=2)[1:] for line in make("help").splitlines())
    assert set(told) == set(targets())
    assert all(told.values())


def test_every_command_is_declared_as_one():
    rules = re.findall(r"^([a-z-]+):", MAKEFILE, re.MULTILINE)
    assert set(rules) == set(targets())


@pytest.mark.parametrize("target", targets())
def test_a_target_can_be_made(target):
    make("--dry-run", target)


@pytest.mark.parametrize(
    "page", ["README.md", "CONTRIBUTING.md", "docs/development.md"]
)
def test_a_page_names_only_targets_that_are_there(page):
    text = (ROOT / page).read_text(encoding="utf-8")
    named = re.findall(r"(?:^|`)make ([a-z-]+)", text, re.MULTILINE)
    assert named
    assert set(named) <= set(targets())


def test_every_library_is_pinned():
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = {line.partition("==")[0] for line in lines}
    names = {re.match(r"[\w.-]+", line)[0].lower() for line in requirements()}
    assert names - {PROJECT["name"]} <= pinned


def test_every_extra_of_another_exists():
    extras = PROJECT["optional-dependencies"]
    for line in requirements():
        if line.startswith(f"{PROJECT['name']}["):
            assert set(re.findall(r"\w+", line.partition("[")[2])) <= set(extras)


def test_the_version_is_the_same_everywhere():
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation["version"] == PROJECT["version"]
    changes = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    heads = re.findall(r"^## \[(.+?)\]", changes, re.MULTILINE)
    assert heads[0] == "Unreleased"
    assert heads[1:2] in ([], [PROJECT["version"]])  # none before the first release


def test_every_tier_is_a_folder_or_a_file_and_a_marker(pytestconfig):
    markers = {line.partition(":")[0] for line in pytestconfig.getini("markers")}
    for folder, tier in TIERS.items():
        assert (ROOT / "tests" / folder).exists()
        assert tier in markers


def test_no_file_of_tests_lists_a_tier_by_hand():
    tiers = "|".join(set(TIERS.values()))
    for path in (ROOT / "tests").rglob("*.py"):
        assert not re.search(rf"pytest\.mark\.({tiers})\b", path.read_text("utf-8")), (
            path
        )


def test_hooks_run_tools_of_the_repository_only():
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    assert [repository["repo"] for repository in hooks["repos"]] == ["local"]
    for hook in hooks["repos"][0]["hooks"]:
        assert hook["language"] == "system"
        command = hook["entry"].replace(".venv/bin/", "$(BIN)/")
        assert command.removesuffix(" .") in MAKEFILE


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_says_that_it_is_typed(package):
    assert (ROOT / package / "py.typed").exists()


@pytest.mark.xdist_group("habits")
def test_tests_of_a_group_are_known_as_such(request):
    """A pytest that pytest-xdist does not know spreads groups without a word."""
    assert "PYTEST_XDIST_WORKER" not in os.environ or "@" in request.node.nodeid
