"""The verification catches errors: each is planted in a copy of the sources.

In a copy of the model every line that an error changes stands twice, right and wrong,
and a number in memory says which of the errors is there. So the copy is compiled once,
and verified at a small size with each error in turn: at least one check must go red.
Without any error the copy must be green.
"""

import json
import re
from typing import NamedTuple

import pytest

PLANTED = """
import ctypes
import llvmlite.binding
from llvmlite import ir
from numba.core import types
from numba.extending import intrinsic

error = ctypes.c_int64(0)
llvmlite.binding.add_symbol("planted_error", ctypes.addressof(error))

@intrinsic
def planted(typing):
    def load(context, builder, signature, arguments):
        place = context.get_c_value(builder, ir.IntType(64), "planted_error")
        return builder.load(place)

    return types.int64(), load
"""
"""A module of the copy: to rules, the number of the error that is there; 0 is none."""
PROGRAM = """
import json, sys
from experiments.runs.trial import Trial
from experiments.studies.verification.results import load
from model.planted import error

trial = Trial(seed=1, people=400, replicates=4, threads=1)
red = []
for error.value, names in enumerate(json.loads(sys.argv[1])):
    checks = [check for name in names for check in load(name).check(trial)]
    assert checks, names
    red.append([check.quantity for check in checks if not check.holds])
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
        "return ability * suitability - loss * (1.0 - suitability)",
        "return ability * suitability + loss * (1.0 - suitability)",
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
        "left = 10.0 * (scoring.weeks - elapsed) - half_day",
        "left = 10.0 * (scoring.weeks - elapsed) - half_day - 1.0",
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
        "e.savvy = min(savvy + learnt * (1.0 - savvy) - p.savvy_decay * savvy, 1.0)",
        "e.savvy = min(savvy + learnt * (1.0 - savvy) + p.savvy_decay * savvy, 1.0)",
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
        "block.chore[k] *= block.chore_decay[k] if activity == TRIVIAL else 1.0",
        "block.chore[k] *= 1.0",
        ("chores",),
    ),
    "a chore better than the task that it puts off": Plant(
        "week.py",
        "block.beside[k] = min(block.chore[k], task)",
        "block.beside[k] = block.chore[k]",
        ("chores",),
    ),
    "exhaustion is over within a week": Plant(
        "exhaustion.py",
        "return (1.0 - p.recovery) * e.exhaustion + p.recovery * min(load, 1.0)",
        "return min(load, 1.0)",
        ("exhaustion",),
    ),
    "whoever leaves comes again": Plant(
        "workforce.py",
        "nth = e.generation",
        "nth = 0",
        ("turnover",),
    ),
    "people leave who fare better than usual": Plant(
        "turnover.py",
        "raised = p.quit_sensitivity * (e.welfare_usual - e.welfare_late)",
        "raised = p.quit_sensitivity * (e.welfare_late - e.welfare_usual)",
        ("turnover",),
    ),
    "tasks of everybody are those of the first role": Plant(
        "suitability.py",
        "low = tasks[role, k]",
        "low = tasks[0, k]",
        ("roles",),
    ),
    "tokens of a role are those of everybody": Plant(
        "workforce.py",
        "usual = p.padding_intensity * w.intensity[e.role]",
        "usual = p.padding_intensity * w.intensity[0]",
        ("roles",),
    ),
    "everybody is under the scheme of everybody else": Plant(
        "week.py",
        "s = scenario[regime]",
        "s = scenario[0]",
        ("groups",),
    ),
    "the last of those to be dismissed is spared": Plant(
        "dismissing.py",
        "goes = e.rate[ROW.dismissal] < last or luck[k] <= limit",
        "goes = e.rate[ROW.dismissal] < last",
        ("dismissal",),
    ),
    "who is dismissed may stay": Plant(
        "dismissing.py",
        "e.vacant = True",
        "e.vacant = e.never_gamer",
        ("dismissal",),
    ),
    "uncertainty grows with the time left, not with its root": Plant(
        "measure.py",
        "sigma = scoring.uncertainty * math.sqrt(left) * max(abs(own), scoring.floor)",
        "sigma = scoring.uncertainty * left * max(abs(own), scoring.floor)",
        ("notch", "tournament"),
    ),
}


BEGINNING = re.compile(r"return |[\w.\[\]]+ [+*]?= ")
"""What comes before the value in a line that an error changes."""


def sown(text, plant, number):
    """The text of a file with a line that is wrong while ``number`` is the error."""
    assert text.count(plant.right) == 1, "the planted line is not there any more"
    beginning = BEGINNING.match(plant.right)[0]
    right, wrong = (line.removeprefix(beginning) for line in (plant.right, plant.wrong))
    either = f"(({wrong}) if planted() == {number} else ({right}))"
    return text.replace(plant.right, beginning + either)


@pytest.fixture(scope="module")
def red(copy_of_sources, python):
    """Gives, by error, the quantities of its results that go red; "" is no error."""
    tree = copy_of_sources()
    (tree / "model" / "planted.py").write_text(PLANTED)
    for number, plant in enumerate(PLANTS.values(), 1):
        path = tree / "model" / plant.file
        path.write_text(sown(path.read_text(), plant, number))
    for name in {plant.file for plant in PLANTS.values()}:
        path = tree / "model" / name
        imported = "from model.planted import planted\nfrom model.compiled import"
        path.write_text(
            path.read_text().replace("from model.compiled import", imported)
        )
    seen_by = [plant.seen_by for plant in PLANTS.values()]
    every = sorted({name for names in seen_by for name in names})
    said, _ = python(
        PROGRAM,
        json.dumps([every, *seen_by]),
        folder=tree,
        quickly=True,
        XDG_CACHE_HOME=str(tree / "cache"),
        OMP_NUM_THREADS="1",
    )
    return dict(zip(["", *PLANTS], json.loads(said.splitlines()[-1]), strict=True))


@pytest.mark.slow
def test_the_verification_of_a_copy_without_an_error_is_green(red):
    assert not red[""]


@pytest.mark.slow
@pytest.mark.parametrize("name", PLANTS)
def test_the_verification_catches(name, red):
    assert red[name], f"nothing of {', '.join(PLANTS[name].seen_by)} went red"
