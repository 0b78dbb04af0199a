"""F2: gaming spreads to peers, productivity does not.

In the trial of Gallen, Gallen, Levitt and List (2016) rule-breaking spilled over to
colleagues of the treated, productivity did not.

Design: the model applies a scheme to everybody, so no colleague is left untreated. But
two fifths of people would never pad, whatever it is worth; who they are and in whose
team they sit is drawn at hire, independently of all else. Somebody with fewer of them
around sits among people who respond to the scheme, as if more mates were treated. The
share of willing mates is thus a randomised exposure, and a leave-out regression on it
has neither reflection nor sorting. It shifts what mates do in every channel at once:
norm, savvy that is passed on, rework. Its limits: the exposure is to mates who may pad,
not to mates who are paid; and the team is small, so that the exposure is one of eight
values.

The commission is the one of F1, from the same trial; the linked review stands beside it
because it is what firms do. No spill-over of productivity is taken to be within 1 % of
output over the whole range of the exposure. For productivity in itself, mates' skill is
an exposure too: it is drawn independently of the own.
"""

import numpy as np
from numpy.typing import NDArray

from experiments.config.compose import compose
from experiments.runs.trial import Trial, runs
from experiments.statistics.estimators.estimate import Floats
from experiments.statistics.estimators.peers import (
    instrumented,
    mates_mean,
    slopes,
    teams,
)
from experiments.statistics.finding import Fact, Finding
from experiments.studies.validation.over_replicates import finding, given
from model import Run

Flags = NDArray[np.bool_]

RECORD = ("padding", "output")
NONE = (-0.01, 0.01)
SETTLED = 26
"""Weeks until the spread of padding has settled."""


def find(trial: Trial) -> list[Finding]:
    """Run peer regressions under the commission of F1 and under a linked review."""
    commission = compose(["scheme=voluntary", "bonus=usage", "weeks=52"])
    linked = compose(["scheme=review_linked", "weeks=52"])
    arms = runs([commission, linked], trial, RECORD)
    paid, reviewed = (np.array([_regress(run) for run in done]) for done in arms)
    from_none = "all mates willing to pad against none"
    pads, moved, produces, skilled = paid.T
    unit = "share of half-days"
    return [
        given(f"commission: own padding, {from_none}", unit, pads, least=0.0),
        given(
            "commission: own padding per half-day padded by mates",
            "ratio",
            moved,
            least=0.0,
        ),
        finding(f"commission: log own output, {from_none}", "log", produces, *NONE),
        given(
            "commission: elasticity of own output in mates' skill",
            "ratio",
            skilled,
            -0.02,
            0.02,
        ),
        given(
            f"linked review: own padding, {from_none}",
            unit,
            reviewed[:, 0],
            least=0.0,
        ),
        finding(
            f"linked review: log own output, {from_none}", "log", reviewed[:, 2], *NONE
        ),
    ]


def _regress(run: Run) -> list[float]:
    """Regress padding, padding on padding, output, and output on skill."""
    people, size = run.employees, run.scenario.organisation.team_size
    willing = ~people["never_gamer"]
    team = teams(len(willing), size)
    padding = run.history("padding")[SETTLED:].mean(axis=0) / 10.0
    output = np.log(run.history("output")[SETTLED:].mean(axis=0))
    skill = np.log(people["productivity"])
    exposure = mates_mean(willing.astype(float), size)
    by_mates, skilled = mates_mean(padding, size), mates_mean(skill, size)

    could = willing & np.isfinite(exposure)
    own = own_traits(run, could)
    [pads] = slopes(padding[could], [exposure[could]], own, team[could])
    moved = instrumented(
        padding[could], by_mates[could], exposure[could], own, team[could]
    )
    there = np.isfinite(exposure)
    own = [skill[there], people["never_gamer"][there].astype(float)]
    own += own_traits(run, there)
    produces, learns = slopes(
        output[there], [exposure[there], skilled[there]], own, team[there]
    )
    return [pads.value, moved.value, produces.value, learns.value]


def own_traits(run: Run, rows: Flags) -> list[Floats]:
    """Return traits that reduce noise; they are drawn independently of the exposure."""
    people = run.employees
    plain = ("ambition", "conscience", "reluctance", "ceiling")
    logs = ("intensity", "padding_intensity")
    return [
        *(people[name][rows] for name in plain),
        *(np.log(people[name][rows]) for name in logs),
    ]


FACT = Fact(
    name="F2",
    claim="Gaming spreads to peers, productivity does not.",
    source="Gallen, Gallen, Levitt and List 2016 (evidence F2)",
    estimator=(
        "regression of own padding and own output on the leave-out share of mates who "
        "would ever pad, which chance has assigned; two-stage least squares of own "
        "padding on mates' padding with that share as instrument"
    ),
    find=find,
    given=(
        "In part: that padding spreads (peers.norm_relief, people.savvy_contact) and "
        "that skill does not (peers.productivity=0) is built in; so is that mates "
        "lose output (peers.rework_*), but not how much."
    ),
    explanation=(
        "Contagion is built in, but weak: where few pad, as under the linked review, "
        "it cannot be told from nothing, and under the commission just about. The "
        "commission was added, and traits that take noise away, after the linked "
        "review alone had proved too weak to tell. Output does depend on mates, "
        "against the fact: what they pad comes back as rework, which callers who work "
        "each for themselves do not have."
    ),
)
