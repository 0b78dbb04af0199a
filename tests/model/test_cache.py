"""Machine code is never older than the sources that it was made of."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = """
from pathlib import Path
import model
from model import Bonus, Scenario, Workplace, simulate
assert Path(model.__file__).resolve().parent.parent == Path.cwd().resolve()
size = Workplace(employees=30)
run = simulate(Scenario(organisation=size, bonus=Bonus(rate=1.0), weeks=26))
print(repr(float(run.weeks["reported_tokens"].sum())))
"""
RULE = "return outlook.discount * bonus.rate * outlook.score"


ANNOUNCE = "from model import compiled; compiled.announce_compilation()"


def run(folder, program):
    """Output and messages of a process that sees only the model in a folder."""
    home = {"XDG_CACHE_HOME": str(folder / "cache"), "PYTHONPATH": str(folder)}
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env=os.environ | home,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout, done.stderr


def simulated(folder):
    """Reported tokens of a run in a process of its own."""
    return float(run(folder, PROGRAM)[0])


@pytest.fixture
def copy(tmp_path):
    """A folder with a copy of the model, and a cache of its own."""
    leave_out = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "model", tmp_path / "model", ignore=leave_out)
    return tmp_path


def test_compilation_is_announced_once(copy):
    assert "Compiling the model" in run(copy, ANNOUNCE)[1]
    assert run(copy, ANNOUNCE)[1] == ""


@pytest.mark.slow
def test_an_edit_of_one_incentive_changes_the_next_process(copy):
    before = simulated(copy)
    bonus = copy / "model" / "incentives" / "bonus.py"
    text = bonus.read_text()
    assert text.count(RULE) == 1
    bonus.write_text(text.replace(RULE, RULE + " * 2.0"))
    assert simulated(copy) > before * 1.05
    assert len(list((copy / "cache" / "tokenmaxxing").iterdir())) == 2

    bonus.write_text(text)
    assert simulated(copy) == before
