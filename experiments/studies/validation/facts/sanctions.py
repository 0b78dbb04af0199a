"""F8: a target with sanctions is hit on paper; one without is not hit.

Bevan and Hood (2006): in England, where managers were dismissed for missing targets,
96 % of emergency patients were officially seen within four hours and 77 % by a survey
of patients; only England hit the target.

Design: two organisations of the same people go through 28 weeks of voluntary use. Then
one of them sets the monthly minimum with its penalty and flag; the other names the same
target without any consequence, which in the model changes nothing, as the tests of
incentives without weight show. Reported is the share of people whose tokens reach the
minimum in a window of four weeks, true the share whose tokens of honest use do, on core
tasks or on chores: patients were asked whether they were seen in time, not whether it
was worth it. That there is a gap is found; that it is as large as in the evidence turns
on cramming, an input.
"""

from typing import NamedTuple

import numpy as np

from experiments.config.compose import compose
from experiments.runs.trial import Trial, runs
from experiments.statistics.estimators.effects import difference_in_differences
from experiments.statistics.estimators.estimate import Floats
from experiments.statistics.finding import Fact, Finding
from experiments.statistics.there import stayed
from experiments.studies.validation.ends import CRAMMING
from experiments.studies.validation.over_replicates import aside, finding, given
from experiments.studies.validation.tokens import REPORTED, honest, reported
from model import Run

START = 28
"""Week in which the sanctions begin; whole windows lie before and after."""
Sides = tuple[Floats, Floats]
"""A share with sanctions and without, (R,) each."""


class Periods(NamedTuple):
    """Shares before the sanctions begin, and after."""

    before: Sides
    after: Sides


def find(trial: Trial) -> list[Finding]:
    """Compare shares that hit the minimum, reported and true, before and after."""
    reported, gap = _shares(trial)
    unit = "share of people"
    return [
        given("reported less true under sanctions", unit, gap.after[0], 0.10, 0.30),
        finding("reported less true without", unit, gap.after[1], -0.02, 0.02),
        finding(
            "the gap, difference in differences",
            unit,
            difference_in_differences(*gap),
            least=0.0,
        ),
        finding(
            "reported hits, difference in differences",
            unit,
            difference_in_differences(*reported),
            least=0.0,
        ),
        aside(
            "true hits, difference in differences",
            unit,
            difference_in_differences(*reported) - difference_in_differences(*gap),
        ),
        *(
            aside(
                f"the gap, difference in differences, {change}",
                unit,
                difference_in_differences(*_shares(trial, change)[1]),
            )
            for change in CRAMMING
        ),
    ]


def _shares(trial: Trial, *changes: str) -> tuple[Periods, Periods]:
    """Compute reported hits, and reported less true ones."""
    quota = f'timeline=[{{week: {START}, change: ["quota=monthly"]}}]'
    sanctioned = compose(["scheme=voluntary", quota, *changes, "weeks=52"])
    named = compose(["scheme=voluntary", *changes, "weeks=52"])
    rule = sanctioned.phases[1].scheme.quota
    with_, without = (
        np.array([_hits(run, rule.amount, rule.weeks) for run in done])
        for done in runs([sanctioned, named], trial, REPORTED)
    )

    def periods(with_: Floats, without: Floats) -> Periods:
        return Periods(*((with_[:, when], without[:, when]) for when in (0, 1)))

    return (
        periods(with_[:, 0], without[:, 0]),
        periods(*(hits[:, 0] - hits[:, 1] for hits in (with_, without))),
    )


def _hits(run: Run, amount: float, weeks: int) -> Floats:
    """Compute shares who hit it: reported and true, before and after, (2, 2)."""
    shares, same = [], stayed(run)
    for tokens in (reported(run)[:, same], honest(run)[:, same]):
        by_window = tokens.reshape(-1, weeks, tokens.shape[1]).sum(axis=1) >= amount
        old, new = np.split(by_window, [START // weeks])
        shares.append([old.mean(), new.mean()])
    return np.array(shares)


FACT = Fact(
    name="F8",
    claim=(
        "Under strong sanctions a target is hit on paper by some 20 points more than "
        "in truth; without sanctions there is neither gap nor hit."
    ),
    source="Bevan and Hood 2006 (evidence F8)",
    estimator=(
        "difference in differences of the share that reaches the minimum, reported and "
        "by honest tokens, between a sanctioned and an unsanctioned organisation"
    ),
    find=find,
    given=(
        "In part: how large the gap is hangs on how far people count on cramming "
        "before a threshold (people.cramming). That there is one is found."
    ),
    explanation=(
        "Most of the rise that is reported under sanctions is real use of AI "
        "(explains: true hits); real use is not real work, which is not what this gap "
        "measures. The gap is there at both ends of the range of people.cramming too, "
        "but below the lower edge of what is expected."
    ),
)
