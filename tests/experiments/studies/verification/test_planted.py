"""The verification catches errors: each is planted in a copy of the sources.

A copy of the model with one line changed is compiled and verified in a process of its
own, at a small size; at least one check must go red. The unchanged copy must be green.
"""

import json
import os
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[4]
PROGRAM = """
import json, sys
from experiments.runs.trial import Trial
from experiments.studies.verification.results import load

trial = Trial(seed=1, people=400, replicates=4, threads=1)
red = {}
for name in sys.argv[1:]:
    checks = load(name).check(trial)
    assert checks, name
    red[name] = [check.quantity for check in checks if not check.holds]
print(json.dumps(red))
"""


class Plant(NamedTuple):
    """One error: what is changed in which file, and which results ought to see it."""

    file: str
    right: str
    wrong: str
    seen_by: tuple[str, ...]


PLANTS = {
    "a sign: AI helps where it should harm": Plant(
        "work.py",
        "suitability - loss * (1.0 - suitability)",
        "suitability + loss * (1.0 - suitability)",
        ("choice_shares",),
    ),
    "half the precision of the choice": Plant(
        "choice.py",
        "precision = 1.0 / p.choice_noise",
        "precision = 0.5 / p.choice_noise",
        ("choice_shares",),
    ),
    "a reused random number: the choice sees the task": Plant(
        "choice.py",
        "block.activity[k] = pick(chances, block.choice_luck[number, k])",
        "block.activity[k] = pick(chances, block.suitability[number, k])",
        ("choice_shares",),
    ),
    "an off-by-one window: a half-day too few is left": Plant(
        "measure.py",
        "left = 10.0 * (c.weeks[row] - elapsed) - half_day",
        "left = 10.0 * (c.weeks[row] - elapsed) - half_day - 1.0",
        ("notch", "planning"),
    ),
    "a window settled a week late": Plant(
        "settlement.py",
        "return bool(c.on[row]) and elapsed[row] + 1 == c.weeks[row]",
        "return bool(c.on[row]) and elapsed[row] == c.weeks[row]",
        ("notch", "leaderboard"),
    ),
    "ties in a table count fully": Plant(
        "measure.py",
        "low = (0.5 - part) / (1.0 - part) if part < 0.5 else 0.0",
        "low = 1.0",
        ("standing",),
    ),
    "the own entry is not left out of the table": Plant(
        "choice.py",
        "total += WEIGHTS[n] * (block.below[node, k] - own)",
        "total += WEIGHTS[n] * (block.below[node, k] - 0.0)",
        ("standing",),
    ),
    "a forgotten present bias": Plant(
        "choice.py",
        "return 1.0 if settled else s.people.patience",
        "return 1.0",
        ("choice_shares",),
    ),
    "never-gamers pad": Plant(
        "week.py",
        "block.willing[k] = honest if e.never_gamer else honest + WITH_PADDING",
        "block.willing[k] = honest + WITH_PADDING",
        ("deterrence",),
    ),
    "audits take genuine use for padding": Plant(
        "incentives/audit.py",
        "return audit.sensitivity if activity == PADDING else audit.false_positive",
        "return audit.sensitivity",
        ("choice_shares",),
    ),
    "the cut is that of twice as many places": Plant(
        "settlement.py",
        "listed = min(max(1.0, share * n), float(n))",
        "listed = min(max(1.0, 2.0 * share * n), float(n))",
        ("tournament",),
    ),
    "savvy grows where it should decay": Plant(
        "adaptation.py",
        "learnt * (1.0 - savvy) - p.savvy_decay * savvy",
        "learnt * (1.0 - savvy) + p.savvy_decay * savvy",
        ("spread",),
    ),
    "a norm that hardens the conscience": Plant(
        "week.py",
        "block.cost[k] = cost - s.peers.norm_pull * e.norm",
        "block.cost[k] = cost + s.peers.norm_pull * e.norm",
        ("norm",),
    ),
    "effort by what is in view alone": Plant(
        "margins.py",
        "real = block.value[k] + block.seen[k]",
        "real = block.seen[k]",
        ("margins",),
    ),
    "never-gamers dress up": Plant(
        "margins.py",
        "block.dressed[k] = delta if block.games[k] > 0 else 0.0",
        "block.dressed[k] = delta",
        ("margins",),
    ),
    "dressing up takes no time of real work": Plant(
        "week.py",
        "e.wasted = -(10.0 * block.wasted[k] + prompting)",
        "e.wasted = -prompting",
        ("multitask",),
    ),
    "chores never run dry": Plant(
        "week.py",
        "block.chore[k] *= decay if activity == TRIVIAL else 1.0",
        "block.chore[k] *= 1.0",
        ("chores",),
    ),
    "a chore better than the task that it puts off": Plant(
        "week.py",
        "block.beside[k] = min(block.chore[k], task)",
        "block.beside[k] = block.chore[k]",
        ("chores",),
    ),
    "uncertainty grows with the time left, not with its root": Plant(
        "measure.py",
        "sigma = s.people.uncertainty * math.sqrt(left) * max(own, c.floor[row])",
        "sigma = s.people.uncertainty * left * max(own, c.floor[row])",
        ("notch", "tournament"),
    ),
}


@pytest.fixture(scope="session")
def tree(copy_of_sources):
    """A copy of the sources with machine code of its own, in which errors take turns.

    An error compiles what imports the edited file, and nothing else.
    """
    return copy_of_sources()


@contextmanager
def planted(plant, tree):
    """A tree with an error in it; afterwards the file is as old as it was."""
    path = tree / "model" / plant.file
    text, times = path.read_text(), path.stat()
    assert text.count(plant.right) == 1, "the planted line is not there any more"
    path.write_text(text.replace(plant.right, plant.wrong))
    try:
        yield
    finally:
        path.write_text(text)
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


@pytest.fixture
def verified(python, tree):
    """Gives quantities that go red by result, in a process with the tree's sources."""

    def run(names):
        said, _ = python(
            PROGRAM,
            *names,
            folder=tree,
            quickly=True,
            XDG_CACHE_HOME=str(tree / "cache"),
            OMP_NUM_THREADS="1",
        )
        return json.loads(said.splitlines()[-1])

    return run


@pytest.mark.slow
def test_the_verification_of_an_unchanged_copy_is_green(verified):
    names = sorted({name for plant in PLANTS.values() for name in plant.seen_by})
    assert not any(verified(names).values())


@pytest.mark.slow
@pytest.mark.parametrize("plant", PLANTS.values(), ids=PLANTS)
def test_the_verification_catches(plant, tree, verified):
    with planted(plant, tree):
        red = verified(plant.seen_by)
    assert any(red.values()), f"nothing of {', '.join(plant.seen_by)} went red"
