"""Section 12, tiers: a few use AI daily, many less than five times a month.

Consultants sort licences of firms into 15 to 25 % that are used daily, 30 to 40 % now
and then, and 35 to 50 % less than five times a month.

Here: days with any use of AI, in months of four weeks of five days, of everybody who
was there for the month, in the voluntary organisation and after its first quarter.
Daily is on sixteen of twenty days or more. Who is active in a week, and how unequal
tokens are, were targets of the calibration; how days are spread over people was not.
"""

import numpy as np

from experiments.config.compose import compose
from experiments.runs.trial import Trial
from experiments.statistics.finding import Fact, Finding
from experiments.statistics.there import there
from experiments.studies.validation.over_replicates import aside, finding
from experiments.studies.validation.stepwise import watch
from model import Simulation

FIRST, MONTHS, MONTH = 12, 10, 4
"""Weeks that are left out, months that are counted, and weeks of a month."""
DAILY, SELDOM = 16, 5
"""Days of twenty: at least so many, and fewer than so many."""


def find(trial: Trial) -> list[Finding]:
    """Sort people by the days of a month on which they use AI."""
    weeks = FIRST + MONTHS * MONTH
    voluntary = compose(["scheme=voluntary", f"weeks={weeks}"])
    daily, seldom, never = np.array(watch(voluntary, trial, _tiers)).T
    unit = "share of people"
    return [
        finding("daily", unit, daily, 0.15, 0.25),
        finding("less than five days in a month", unit, seldom, 0.35, 0.50),
        finding("now and then", unit, 1.0 - daily - seldom, 0.30, 0.40),
        aside("never in a month", unit, never),
    ]


def _tiers(simulation: Simulation) -> tuple[float, float, float]:
    for _ in range(FIRST):
        simulation.step()
    shares = []
    for _ in range(MONTHS):
        days = np.zeros(len(simulation.staff))
        for _ in range(MONTH):
            simulation.step()
            days += simulation.staff["days"]
        days = days[there(simulation.staff, MONTH)]
        shares.append(
            [(days >= DAILY).mean(), (days < SELDOM).mean(), (days == 0).mean()]
        )
    daily, seldom, never = np.mean(shares, axis=0).tolist()
    return daily, seldom, never


FACT = Fact(
    name="Section 12, tiers",
    claim="A few use AI daily, many less than five times a month.",
    source="consultants on licences in firms (evidence 12), a vendor's count",
    estimator=(
        "people by their days with AI in a month of twenty working days; voluntary "
        "use, ten months"
    ),
    find=find,
    explanation=(
        "More people use AI now and then than by the source. The model was calibrated "
        "to a weekly active share of 60 to 80 %, as developers have it; the source "
        "counts licences of whole firms, many of which hardly anybody uses."
    ),
)
