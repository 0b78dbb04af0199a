"""Becker's share of gamers beside a simulation with random audits."""

from collections.abc import Sequence

import numpy as np

from experiments.runs.trial import Trial
from experiments.statistics.check import Check, Result
from experiments.studies.verification.reduced import by_person, frozen, lived
from model import Audit, Bonus, Scenario
from model.measure import REFERENCE_TOKENS
from model.theory.choice_shares import Floats
from model.theory.deterrence import (
    Conscience,
    Temptation,
    share_gaming,
    smooth_share,
    threshold,
)

SHARP, USUAL = 0.001, 0.12
"""Choice noises: the least that the model allows, and its default."""
RATE = 4.0
"""Of the bonus: gains of 1.25 half-days by a padded half-day, near mean conscience."""
AUDITED = (0.0, 0.1, 0.2, 0.3, 0.4)
"""Chances of an audit: from no sanction to one that deters everybody."""
VARIED = Conscience(floor=0.3, shape=2.0, scale=0.25, never=0.4)
SAME = Conscience(floor=0.3, shape=2.0, scale=0.0, never=0.0)
AROUND = (0.9, 1.0, 1.1)
"""Chances of an audit around the threshold of homogeneous people."""
SECOND_ORDER = np.pi**2 / 6.0 * SHARP**2 * 108.0
"""What choice noise changes in a share at most, by Sommerfeld's expansion."""
NO_USE = 5.0
"""Reluctance [half-days] at which genuine use has a chance of exp(-28) or less."""


def scenario_of(
    conscience: Conscience, audited: float, choice_noise: float
) -> Scenario:
    """Make a choice of padding or manual work, with a bonus on tokens and audits."""
    return frozen(
        people={
            "conscience_floor": conscience.floor,
            "conscience_shape": conscience.shape,
            "conscience_scale": conscience.scale,
            "never_gamers": conscience.never,
            "reluctance_mean": NO_USE,
            "choice_noise": choice_noise,
        },
        bonus=Bonus(rate=RATE, weeks=1),
        audit=Audit(probability=audited, weeks=1),
        weeks=1,
    )


def temptation(scenario: Scenario) -> Temptation:
    """Give theory what a padded half-day brings and risks in a scenario."""
    people, technology, audit = scenario.people, scenario.technology, scenario.audit
    pay = scenario.bonus.rate * people.padding_intensity / REFERENCE_TOKENS
    return Temptation(
        gain=pay - people.own_value * technology.padding_time,
        sanction=audit.sanction * audit.sensitivity,
        ambition_cv=people.ambition_cv,
    )


def check(trial: Trial) -> Sequence[Check]:
    """Check the share gaming over a grid of audits, then around the threshold."""
    checks = []
    for audited in AUDITED:
        checks.append(sharp(VARIED, audited, trial))
        checks += smooth(VARIED, audited, trial)
    stakes = temptation(scenario_of(SAME, 0.0, SHARP))
    p_star = threshold(stakes.gain, stakes.sanction, SAME.floor)
    return checks + [sharp(SAME, p_star * factor, trial) for factor in AROUND]


def padding(scenario: Scenario, trial: Trial) -> Floats:
    """Simulate the share of half-days that each person pads, shape (people,)."""
    return lived(scenario, trial, ["padding"])[1]["padding"]


def sharp(conscience: Conscience, audited: float, trial: Trial) -> Check:
    """Check the share who pad with hardly any choice noise: always or never.

    The few who are indifferent count with the share of half-days that they pad, so
    that only the second order in the noise is left out.
    """
    scenario = scenario_of(conscience, audited, SHARP)
    share = share_gaming(conscience, temptation(scenario), audited)
    simulated = padding(scenario, trial)
    kind = "differs" if conscience.scale > 0.0 else "is the same for all"
    return of_people(
        f"people who pad; conscience {kind}, audited {audited:.3g}",
        share,
        simulated,
        SECOND_ORDER,
        "pi^2 / 6 tau^2 times the steepest slope of a density, 108 by ambition",
    )


def smooth(conscience: Conscience, audited: float, trial: Trial) -> list[Check]:
    """Check padded half-days, and people who ever pad, with the usual choice noise."""
    scenario = scenario_of(conscience, audited, USUAL)
    stakes = temptation(scenario)
    padded = padding(scenario, trial)
    half_days, people = (
        smooth_share(conscience, stakes, audited, USUAL, n)
        for n in (1, 10 * scenario.weeks)
    )
    where = f"choice noise {USUAL:g}, audited {audited:g}"
    return [
        by_person(
            f"half-days padded; {where}",
            "share of half-days",
            np.full_like(padded, half_days),
            padded,
        ),
        of_people(
            f"people who pad at all in a week; {where}",
            people,
            (padded > 0.0).astype(float),
        ),
    ]


def of_people(
    quantity: str,
    share: float,
    simulated: Floats,
    allowance: float = 0.0,
    why: str = "",
) -> Check:
    """Check a share of people; each counts or does not, so the law is binomial."""
    theory = np.full_like(simulated, share)
    variance = theory * (1.0 - theory)
    return by_person(
        quantity, "share of people", theory, simulated, variance, allowance, why
    )


RESULT = Result(
    name="deterrence",
    title="Becker's share gaming under random audits",
    source="Becker (1968); evidence C8",
    reduced=(
        "Nobody adapts and nobody uses AI genuinely; a bonus on tokens and random "
        "audits; only conscience differs, and ambition by 5 %."
    ),
    check=check,
)
