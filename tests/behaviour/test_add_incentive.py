"""A new incentive takes the steps of the README and no others.

Everything happens in a copy of the repository: a file, a few lines, two members of a
config group, a page and its drawing. The engine, the command line, the reports, the
documents and the contract tests then know the new incentive.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from model import Scenario, simulate
from model.scenario import INCENTIVES

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[2]
COPIED = (
    *("model", "experiments", "configs", "docs", "tools", "README.md"),
    *(
        "tokenmaxxing.py",
        "tests/contract",
        "tests/tools",
        "pyproject.toml",
        "mkdocs.yml",
        "CITATION.cff",
    ),
)

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
from model.people import People
from model.wording import COUNTS, money
from model.workplace import Workplace


class Toy(Incentive):
    """A toy for the desk."""

    title = "Toy for the desk"
    gamed = "Collect the first toys and stop: the next ones are worth little."
    weights = ("toys",)

    toys: float = parameter(
        0.0,
        "worth of all the toys in the world, a half-day of the window",
        unit="half-days per half-day",
        low=0.0,
        high=10.0,
        span=(0.1, 2.0),
    )
    measure: Counted = counted()

    def describe(self, organisation: Workplace, people: People) -> str:
        """Say what it does, in plain words."""
        most = money(self.toys, 1, organisation)
        return f"Every week {COUNTS[self.measure]} earn toys, worth at most {most}."

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
    "docs/incentives/toy.md": """# Toys

One each.

<!-- generated: formula toy -->
<!-- end -->

Code: [`worth`](../../model/incentives/toy.py). Others: [incentives](index.md).

[![What toys are worth](figures/toy.png)](figures/toy.png)

```pycon
>>> from model.incentives import Toy, toy
>>> from model.outlook import Outlook, Person
>>> from model.parameters import as_record
>>> week = Outlook(score=1.0, sigma=0.1, half_days=10, discount=1)
>>> toy.worth(as_record(Toy(toys=0.5)), Person(1.0, 1.0, 0.0), week)
2.5

```

<!-- generated: parameters toy -->
<!-- end -->

<!-- generated: members toy -->
<!-- end -->
""",
    "tools/incentive_figures/toy.py": '''"""Toys are worth ever less."""

import numpy as np

from experiments.figures.style import INK
from model.incentives import toy
from tools.average_person import AVERAGE, outlook, shipped
from tools.panels import POINTS, Curve, Drawing, Panel, over


def drawing() -> Drawing:
    """What toys are worth by score."""
    part = shipped("toy", "on")
    scores = np.linspace(0.0, 8.0, POINTS)

    def worth(score: float) -> float:
        return toy.worth(part, AVERAGE, outlook(score, 10.0, 1.0))

    curve = Curve("", INK, scores, over(scores, worth))
    panel = Panel("Ever less", "score [reference weeks]", "worth [half-days]", [curve])
    return Drawing([panel], "toy=on.")
''',
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
        (
            "    guidance: incentives.Guidance = incentives.Guidance()",
            "    toy: incentives.Toy = incentives.Toy()",
        ),
    ],
    "model/choice.py": [
        (
            "        return incentives.bonus.worth(s.bonus, outlook)",
            "    if part == ROW.toy:\n"
            "        return incentives.toy.worth(s.toy, who, outlook)",
        ),
        (
            "    add(ROW.budget, block, number, c, published, s)",
            "    add(ROW.toy, block, number, c, published, s)",
        ),
    ],
    "configs/config.yaml": [("  - guidance: none", "  - toy: none")],
}

DOCUMENTED = (
    "toy or every_page_is_in_the_navigation or every_parameter_stands "
    "or links_every_file_that_holds_rules"
)
"""Tests of the documents that a new incentive can fail."""

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


def with_toy(copy):
    """Copy the repository to a folder and take the steps there."""
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


def runner(copy, cache):
    """A function that runs Python in a copy."""
    environment = os.environ | {"PYTHONPATH": str(copy), "XDG_CACHE_HOME": str(cache)}

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


@pytest.fixture(scope="module")
def in_copy(tmp_path_factory):
    """Run Python in a copy that has the new incentive."""
    copy = tmp_path_factory.mktemp("copy")
    with_toy(copy)
    return runner(copy, tmp_path_factory.mktemp("cache"))


def run_tests(run, *arguments):
    """What pytest says about some tests of a copy."""
    return run("-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments)


def test_the_steps_are_those_of_the_readme():
    readme = (ROOT / "README.md").read_text()
    section = readme.partition("## Add an incentive")[2].partition("\n## ")[0]
    files = set(re.findall(r"`([\w/]+/\w+\.(?:py|md|yaml))`", section))
    assert files == {*NEW_FILES, *NEW_LINES}
    said = " ".join(section.split())
    for _, added in (line for lines in NEW_LINES.values() for line in lines):
        start = " ".join(added.split()).partition(", block")[0]
        assert start in said or "incentives/__init__" in said, start


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
    done = run_tests(in_copy, "-vv", "tests/contract")  # -q and -vv: each by its name
    assert done.returncode == 0, done.stdout[-3000:]
    follows = "test_worth_follows_the_expected_score_where_it_claims_to[toy] PASSED"
    assert follows in done.stdout
    assert "[toy.toys] PASSED" in done.stdout


def test_the_new_incentive_has_a_page_with_a_figure(in_copy):
    done = in_copy("-m", "tools.documents")
    assert done.returncode == 0, done.stderr
    assert "docs/incentives/toy.md" in done.stdout
    assert "docs/incentives/figures/toy.png" in done.stdout
    done = run_tests(in_copy, "tests/tools/test_documents.py", "-k", DOCUMENTED)
    assert done.returncode == 0, done.stdout[-3000:]
    assert "passed" in done.stdout


def test_what_a_new_incentive_lacks_is_named(tmp_path):
    copy = tmp_path / "copy"
    with_toy(copy)
    path = copy / "model" / "incentives" / "toy.py"
    declared = re.compile(r"^    (title|gamed|weights) = .*\n", re.MULTILINE)
    text, left_out = declared.subn("", path.read_text())
    assert left_out == 3
    path.write_text(text)
    run = runner(copy, tmp_path / "cache")
    done = run_tests(
        run, "tests/contract/test_incentives.py", "-k", "declares_is_there"
    )
    for what in ("title", "gamed", "weights"):
        assert f"Toy declares no {what}" in done.stdout


def test_the_command_line_knows_the_new_incentive(in_copy):
    done = in_copy("-m", "experiments", "study=check", "toy=on", "toy.toys=0.7")
    assert done.returncode == 0, done.stderr
    assert "Toy for the desk" in done.stdout
    assert "Every week what is counted earn toys" in " ".join(done.stdout.split())
    done = in_copy("-m", "experiments", "study=parameters")
    assert done.returncode == 0, done.stderr
    assert "toy.toys" in done.stdout


def test_the_new_incentive_is_not_part_of_the_lab():
    assert "toy" not in INCENTIVES
