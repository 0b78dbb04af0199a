"""Section 2: AI lifts novices more than experts, and feels better than it is.

Brynjolfsson, Li and Raymond (2025): novices +30 to 34 %, top skill about 0. The
evidence sums up: a log gain of 0.15 - 0.107 z, so 0.30 at z = -1.4 and 0 at z = +1.4,
which are the means of the last and the first fifth by skill. METR (2025): developers
felt 0.4 log points faster than they were.

Gains are net of misuse, over half-days of genuine use, under voluntary use and after a
year. The gradient is an input (technology.skill_gradient) and the order of novices and
experts a target of calibration; where the two ends lie was not. What is felt is what
people expected of the half-days that they chose to use AI in, belief included; part of
it is an input (people.lasting_belief), so it is also asked where nobody's belief is
wrong: choosing by a noisy guess alone makes what is chosen look better than it is.
"""

from typing import NamedTuple

import numpy as np

from experiments.config.compose import compose
from experiments.runs.trial import Trial, runs
from experiments.statistics.calibration import novice_advantage
from experiments.statistics.estimators.estimate import Floats
from experiments.statistics.finding import Fact, Finding
from experiments.statistics.there import stayed, there
from experiments.studies.validation.over_replicates import aside, finding, given
from experiments.studies.validation.stepwise import watch
from model import Run, Simulation
from model.outlook import GENUINE, MANUAL
from model.workforce import Ints

RECORD = ("output",)
WEEKS = 52
UNBIASED = (
    "people.lasting_belief=0",
    "people.belief_mean=0",
    "people.belief_sd=0",
)


def find(trial: Trial) -> list[Finding]:
    """Measure gains by skill, inequality of output, and felt less real gains."""
    voluntary = compose(["scheme=voluntary", f"weeks={WEEKS}"])
    unbiased = compose(["scheme=voluntary", *UNBIASED, f"weeks={WEEKS}"])
    [done] = runs([voluntary], trial, RECORD)
    ends = np.array([_ends(run) for run in done])
    felt, weak, able, used = np.array(watch(voluntary, trial, _noted)).T
    felt_unbiased, *_ = np.array(watch(unbiased, trial, _noted)).T
    return [
        given(
            "gain of the least skilled third less that of the most skilled",
            "share of manual output",
            [novice_advantage(run) for run in done],
            least=0.0,
        ),
        finding("gain of the least skilled fifth", "log", ends[:, 0], 0.20, 0.40),
        finding("gain of the most skilled fifth", "log", ends[:, 1], -0.05, 0.05),
        given(
            "spread of log output with AI less by hand",
            "log sd",
            [_compression(run) for run in done],
            most=0.0,
        ),
        given("felt less real gain", "log", felt, 0.0, 0.40),
        finding(
            "the same where nobody's belief is wrong", "log", felt_unbiased, 0.0, 0.40
        ),
        aside("gain of the least skilled fifth on all tasks alike", "log", weak),
        aside("gain of the most skilled fifth on all tasks alike", "log", able),
        aside("genuine use by the most skilled fifth", "share of half-days", used),
    ]


def _ends(run: Run) -> Floats:
    """Compute log gains of the last and first fifth by skill, in half-days of use."""
    here = there(run.employees, 1)
    e = {name: column[here] for name, column in run.employees.items()}
    order = np.argsort(e["skill"])
    fifth = len(order) // 5
    gains = []
    for rows in (order[:fifth], order[-fifth:]):
        by_hand = (e["by_hand"] * e["genuine"] / 10.0)[rows].sum()
        gains.append(np.log1p((e["gained"] + e["misused"])[rows].sum() / by_hand))
    return np.array(gains)


def _compression(run: Run) -> float:
    """Compute the sd of log output over a year, less that of log manual output."""
    same = stayed(run)
    output = np.log(run.history("output")[:, same].mean(axis=0))
    return float(output.std() - np.log(run.employees["productivity"][same]).std())


class Noted(NamedTuple):
    """Statistics of one week's half-days; weak and able are fifths by skill."""

    felt: float  # mean of felt less real log gain where AI was used
    weak: float  # log gain of the weak over all their tasks
    able: float  # of the able
    used: float  # share of half-days in which the able used AI


def _noted(simulation: Simulation) -> Noted:
    for _ in range(WEEKS - 1):
        simulation.step()
    staff = len(simulation.staff)
    notes = simulation.note(0, staff)
    used = notes["activities"] == GENUINE
    gain = notes["outputs"][:, :, GENUINE] / notes["outputs"][:, :, MANUAL]
    felt = np.log(1.0 + notes["hoped"][used]) - np.log(gain[used])
    order, fifth = np.argsort(simulation.staff["skill"]), staff // 5
    weak, able = order[:fifth], order[-fifth:]

    def everywhere(rows: Ints) -> float:
        with_ai, by_hand = (
            notes["outputs"][rows][:, :, act].sum() for act in (GENUINE, MANUAL)
        )
        return float(np.log(with_ai / by_hand))

    return Noted(
        felt=float(felt.mean()),
        weak=everywhere(weak),
        able=everywhere(able),
        used=float(used[able].mean()),
    )


FACT = Fact(
    name="Section 2",
    claim=(
        "AI lifts novices by about a third and experts not at all, and it feels better "
        "than it is."
    ),
    source=(
        "Brynjolfsson, Li and Raymond 2025; Noy and Zhang 2023; METR 2025 (evidence 2)"
    ),
    estimator=(
        "net gain of genuine half-days by fifths of skill; spread of log output "
        "against that by hand; expected less real gain of half-days with AI"
    ),
    find=find,
    given=(
        "In part: the gradient in skill and the lasting error of belief are inputs, "
        "and the order of novices and experts was a calibration target. The levels at "
        "both ends, and what is felt without any error of belief, are found."
    ),
    explanation=(
        "Experts gain more than nothing because they choose: on all tasks alike AI "
        "would do next to nothing for them, and they use it for a part. Without a "
        "choice novices would gain less, too (explains): their lead over experts is "
        "smaller than in the evidence. What feels better than it is stays far "
        "below the 0.4 of METR."
    ),
)
