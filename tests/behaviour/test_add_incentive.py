"""A new incentive takes the steps of the README and no others.

Everything happens in a copy of the repository: one file, a few lines, two members of a
config group and a page. The engine, the command line and the contract tests then know
the new incentive.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from model import Scenario, simulate
from model.scenario import INCENTIVES

# In one process, so that the copy is compiled once.
pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("add_incentive")]

ROOT = Path(__file__).parents[2]
COPIED = ("model", "experiments", "configs", "tests/contract", "pyproject.toml")

NEW_FILES = {
    "model/incentives/toy.py": '''"""Toys for tokens, ever fewer for the next one.

worth = discount * status weight * toys * T * S / (S + 1)

Source: invented for a test.
Prediction: people who use little respond most.
"""

from model.compiled import rule
from model.incentive import Counted, Incentive, counted
from model.outlook import Outlook, Person
from model.parameters import parameter


class Toy(Incentive):
    """A toy for the desk."""

    toys: float = parameter(
        0.0,
        "worth of all the toys in the world, a half-day of the window",
        unit="half-days per half-day",
        low=0.0,
        high=10.0,
        span=(0.1, 2.0),
    )
    measure: Counted = counted()

    def has_weight(self) -> bool:
        """Whether there are any toys."""
        return self.toys > 0

    def counts(self) -> Counted:
        """What toys are given for."""
        return self.measure


@rule
def worth(toy: Toy, person: Person, outlook: Outlook) -> float:
    """Worth of the expected toys [half-days]."""
    stake = person.status * toy.toys * outlook.half_days
    return outlook.discount * stake * outlook.score / (outlook.score + 1.0)
''',
    "configs/toy/none.yaml": "# No toys.\n{}\n",
    "configs/toy/on.yaml": "# Toys for everybody (assumption).\ntoys: 0.5\n",
    "docs/incentives/toy.md": "# Toys\n\nOne each.\n",
}

NEW_LINES = {
    # file: (line that stands there, lines to add below it)
    "model/incentives/__init__.py": [
        (
            "from model.incentives.top_board import TopBoard",
            "from model.incentives.toy import Toy",
        ),
        ('    "TopBoard",', '    "Toy",'),
    ],
    "model/scenario.py": [
        ("    TopBoard,", "    Toy,"),
        ("    guidance: Guidance = Guidance()", "    toy: Toy = Toy()"),
    ],
    "model/choice.py": [
        ("    top_board,", "    toy,"),
        (
            'AUDIT, BUDGET = INCENTIVES.index("audit"), INCENTIVES.index("budget")',
            'TOY = INCENTIVES.index("toy")',
        ),
        (
            "        return bonus.worth(s.bonus, outlook)",
            "    if part == TOY:\n        return toy.worth(s.toy, person, outlook)",
        ),
        (
            "    u = plus(BUDGET, u, terms, day, person, mates, e, c, published, s)",
            "    u = plus(TOY, u, terms, day, person, mates, e, c, published, s)",
        ),
    ],
    "configs/config.yaml": [("  - guidance: none", "  - toy: none")],
}

PROGRAM = """
import json, sys
from experiments import compose
from model import simulate

overrides = ["organisation.employees=40", "weeks=26", *sys.argv[1:]]
runs = simulate(compose(overrides), seed=9)
print(json.dumps({name: list(column) for name, column in runs.weeks.items()}))
"""


def add_lines(path, additions):
    lines = path.read_text().splitlines()
    for anchor, added in additions:
        assert lines.count(anchor) == 1, (
            f"{path.name} has no longer one line {anchor!r}"
        )
        lines.insert(lines.index(anchor) + 1, added)
    path.write_text("\n".join(lines) + "\n")


@pytest.fixture(scope="module")
def in_copy(tmp_path_factory):
    """Run Python in a copy that has the new incentive."""
    copy = tmp_path_factory.mktemp("copy")
    for name in COPIED:
        source, target = ROOT / name, copy / name
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("*.pyc"))
        else:
            shutil.copy(source, target)
    for name, text in NEW_FILES.items():
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_text(text)
    for name, additions in NEW_LINES.items():
        add_lines(copy / name, additions)
    cache = str(tmp_path_factory.mktemp("cache"))
    environment = os.environ | {"PYTHONPATH": str(copy), "XDG_CACHE_HOME": cache}

    def run(*arguments):
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=copy,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )

    return run


def outcomes(in_copy, *overrides):
    done = in_copy("-c", PROGRAM, *overrides)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


def test_the_new_incentive_changes_what_people_do(in_copy):
    without, with_toys = outcomes(in_copy), outcomes(in_copy, "toy=on")
    mean = {
        name: [sum(run[name]) / 26 for run in (without, with_toys)] for name in without
    }
    assert mean["reported_tokens"][1] > 1.1 * mean["reported_tokens"][0]
    assert mean["output"][1] != mean["output"][0]


def test_more_of_the_new_incentive_changes_more(in_copy):
    few, many = (
        sum(outcomes(in_copy, "toy=on", f"toy.toys={toys}")["reported_tokens"])
        for toys in (0.1, 1.0)
    )
    assert many > few


def test_without_weight_the_new_incentive_changes_nothing_at_all(in_copy):
    scenario = Scenario()
    size = scenario.organisation.model_copy(update={"employees": 40})
    run = simulate(scenario.varied(organisation=size, weeks=26), seed=9)
    here = json.dumps({name: list(column) for name, column in run.weeks.items()})
    for overrides in ([], ["toy=none"], ["toy=on", "toy.toys=0"]):
        assert json.dumps(outcomes(in_copy, *overrides)) == here, overrides


def test_the_new_incentive_keeps_the_promises_of_all(in_copy):
    done = in_copy("-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/contract")
    assert done.returncode == 0, done.stdout[-3000:]
    listed = in_copy(
        "-m", "pytest", "-q", "-p", "no:cacheprovider", "--co", "tests/contract"
    )
    assert "[toy]" in listed.stdout
    assert "[toy.toys]" in listed.stdout


def test_the_command_line_knows_the_new_incentive(in_copy):
    done = in_copy("-m", "experiments", "study=check", "toy=on", "toy.toys=0.7")
    assert done.returncode == 0, done.stderr
    assert "Toy" in done.stdout
    done = in_copy("-m", "experiments", "study=parameters")
    assert done.returncode == 0, done.stderr
    assert "toy.toys" in done.stdout


def test_the_new_incentive_is_not_part_of_the_lab():
    assert "toy" not in INCENTIVES
