"""F20: a cheat from the own group raises cheating, one from another group lowers it.

Gino, Ayal and Ariely (2009): seeing a member of the own group cheat raised cheating,
seeing an outsider do so lowered it.

Design: as in ``contagion``, who would never pad is drawn at hire, and
so are the team and the four peers outside it whom a person sees. Both shares of willing
peers are therefore randomised exposures and enter one regression. In the experiment one
person was seen to cheat; here all of them are, over half a year.
"""

import numpy as np

from experiments.config.compose import compose
from experiments.runs.trial import Trial, runs
from experiments.statistics.estimators.peers import (
    mates_mean,
    outside_mean,
    slopes,
    teams,
)
from experiments.statistics.finding import Fact, Finding
from experiments.studies.validation.facts.contagion import own_traits
from experiments.studies.validation.over_replicates import finding, given
from model import Run

RECORD = ("padding",)
UNIT = "share of half-days"
SETTLED = 26
"""Weeks until the spread of padding has settled."""


def find(trial: Trial) -> list[Finding]:
    """Regress own padding on willing mates and on willing outsiders."""
    commission = compose(["scheme=voluntary", "bonus=usage", "weeks=52"])
    linked = compose(["scheme=review_linked", "weeks=52"])
    arms = runs([commission, linked], trial, RECORD)
    findings = []
    for name, done in zip(("commission", "linked review"), arms, strict=True):
        mates, outsiders = np.array([_regress(run) for run in done]).T
        rows = (
            (given, "all mates willing to pad against none", mates, 0.0, np.inf),
            (
                finding,
                "all outsiders seen willing against none",
                outsiders,
                -np.inf,
                0.0,
            ),
            (given, "mates less outsiders", mates - outsiders, 0.0, np.inf),
        )
        findings += [
            made(f"{name}: own padding, {what}", UNIT, values, least, most)
            for made, what, values, least, most in rows
        ]
    return findings


def _regress(run: Run) -> list[float]:
    people, scenario = run.employees, run.scenario
    willing = ~people["never_gamer"]
    size = scenario.organisation.team_size
    share = willing.astype(float)
    mates = mates_mean(share, size)
    outsiders = outside_mean(share, scenario, run.seed, run.replicate)
    padding = run.history("padding")[SETTLED:].mean(axis=0) / 10.0
    could = willing & np.isfinite(mates + outsiders)
    estimates = slopes(
        padding[could],
        [mates[could], outsiders[could]],
        own_traits(run, could),
        teams(len(willing), size)[could],
    )
    return [estimate.value for estimate in estimates]


FACT = Fact(
    name="F20",
    claim="A cheat from the own group raises cheating, one from another lowers it.",
    source="Gino, Ayal and Ariely 2009 (evidence F20)",
    estimator=(
        "regression of own padding on the shares of mates and of outsiders seen who "
        "would ever pad, both assigned by chance"
    ),
    find=find,
    given=(
        "In part: that the own team weighs more is peers.team_weight, and that "
        "padding spreads is built in. The sign for outsiders is compared."
    ),
    explanation=(
        "In the model an outsider's padding can only weigh less, never deter: there "
        "is one norm, and no wish to be unlike the others. The estimates for "
        "outsiders are too noisy to refute the sign, and so are the differences from "
        "mates, although the weight of mates is built in. The commission was added, "
        "as in F2, after the linked review had proved too weak."
    ),
)
