"""F17: most cheat less where they are watched; a substantial share never responds.

Nagin et al. (2002): in a call centre that varied the rate of audits by experiment,
cheating rose where perceived monitoring fell, but a substantial share never responded.

Under a linked review the rate of random audits takes four values with the same people
and luck, and each person has their own slope of padded half-days on the rate, by least
squares. Some people would never pad (people.never_gamers), so the mass at zero is an
input; the slope among the others is a result. So is what happens when audits stop in
mid-year, against audits that go on.
"""

import numpy as np

from experiments.config.compose import compose
from experiments.runs.trial import Trial, runs
from experiments.statistics.estimators.estimate import Floats
from experiments.statistics.finding import Fact, Finding
from experiments.statistics.there import stayed
from experiments.studies.validation.over_replicates import aside, finding, given
from model import Run

RECORD = ("padding",)
RATES = (0.0, 0.01, 0.02, 0.04)
"""Chance that a half-day is audited; the shipped one is 0.01."""
STOP = 26
"""First week without audits."""


def find(trial: Trial) -> list[Finding]:
    """Regress padding on the rate of audits, person by person."""
    linked = ["scheme=review_linked", "weeks=52"]
    audited = [compose([*linked, f"audit.probability={rate}"]) for rate in RATES]
    stops = f'timeline=[{{week: {STOP}, change: ["audit=none"]}}]'
    stopped = compose([*linked, f"audit.probability={RATES[-1]}", stops])
    *by_rate, ends = runs([*audited, stopped], trial, RECORD)
    share, slope, rise, never = [], [], [], []
    for runs_of_one, after in zip(zip(*by_rate, strict=True), ends, strict=True):
        same = stayed(*runs_of_one)
        slopes = _slopes(runs_of_one)[same]
        could = ~runs_of_one[0].employees["never_gamer"][same]
        share.append(float((slopes == 0.0).mean()))
        slope.append(float(slopes[could].mean()) if could.any() else np.nan)
        padded = sum(run.history("padding").sum(axis=0)[same] for run in runs_of_one)
        never.append(float((padded[could] == 0.0).mean()) if could.any() else np.nan)
        watched = runs_of_one[-1].history("padding")[STOP:].mean()
        rise.append(float(after.history("padding")[STOP:].mean() - watched))
    return [
        given("people who do not respond", "share", share, 0.2, 0.6),
        finding(
            "slope among people who would ever pad",
            "half-days a week per 1 % audited",
            np.array(slope) / 100.0,
            most=0.0,
        ),
        finding(
            "padding of everybody once audits stop, against audits that go on",
            "half-days a week",
            rise,
            least=0.0,
        ),
        aside("people who might pad, but never do", "share", never),
    ]


def _slopes(by_rate: tuple[Run, ...]) -> Floats:
    """Compute the slope of weekly padded half-days on the audit rate, shape (N,)."""
    padding = np.array([run.history("padding").mean(axis=0) for run in by_rate])
    away = np.array(RATES) - np.mean(RATES)
    slopes: Floats = away @ (padding - padding[0]) / (away @ away)
    return slopes


FACT = Fact(
    name="F17",
    claim=(
        "Cheating rises where monitoring falls, but a substantial share of people "
        "never responds."
    ),
    source="Nagin et al. 2002 (evidence F17)",
    estimator=(
        "slope of padded half-days on the rate of random audits, person by person; "
        "padding after the end of audits against audits that go on"
    ),
    find=find,
    given=(
        "In part: the share that never responds is people.never_gamers. The response "
        "of the others is found."
    ),
    explanation=(
        "More people than asked for do not respond: beside those who never would, many "
        "of those who might pad never do under this review, audited or not (explains)."
    ),
)
