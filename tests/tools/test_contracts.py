"""The import contracts refuse what they are there to refuse."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGES = ("model", "experiments", "app")
STUDIES = "Studies do not know each other"
SYSTEMS = "The lab imports nothing that Windows lacks"
LAYERS = "Inside the experiments, imports run one way"


def checked(tree):
    """What lint-imports says of a tree."""
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=tree,
        env={"PYTHONPATH": str(tree), "PATH": "", "HOME": str(tree)},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def tree(tmp_path):
    """A copy of what the contracts are about."""
    for package in PACKAGES:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / package, tmp_path / package, ignore=ignored)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("file", "line", "contract"),
    [
        (
            "experiments/studies/compare/plan.py",
            "from experiments.studies.run.plan import plan as other",
            STUDIES,
        ),
        (
            "experiments/statistics/effects.py",
            "from experiments.report.sentences import sentence",
            LAYERS,
        ),
        ("experiments/store/folder.py", "import fcntl", SYSTEMS),
    ],
)
def test_an_import_that_must_not_be_breaks_its_contract(tree, file, line, contract):
    path = tree / file
    path.write_text(f"{path.read_text()}\n{line}\n")
    done = checked(tree)
    assert done.returncode == 1
    assert f"{contract} BROKEN" in done.stdout


def test_all_contracts_are_kept(tree):
    done = checked(tree)
    assert done.returncode == 0, done.stdout
    assert "0 broken" in done.stdout
