"""F22: fakes pile up, grow slowly, and are found late.

Wells Fargo: 5,300 people, about 5 % of the staff, were dismissed from 2011 to 2016; 2.1
to 3.5 million accounts were unauthorised, some 400 to 660 for each of them; and years
passed before it came out.

The monthly minimum with the shipped random audits over two years. A fake unit is a
padded half-day. Time to detection is that from a person's first padded half-day to the
first one that an audit detects, with people who are never detected taken as censored
(Kaplan and Meier 1958, to be checked; statsmodels), as are those who leave before. All
people count who were there in the two years, over as many slots. Limits: nobody is
dismissed, and
being found changes nothing; the rate of audits is an assumption, and how many fakes
there are for each person found, or how late, follows from it. Whether more are made in
the end than in the beginning turns on cramming, an input that acts before thresholds
alone; so that is given, too, as in F7.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from statsmodels.duration.survfunc import SurvfuncRight

from experiments.config.compose import compose
from experiments.runs.trial import Trial
from experiments.statistics.estimators.estimate import Floats
from experiments.statistics.finding import Fact, Finding
from experiments.statistics.there import by_person
from experiments.studies.validation.ends import CRAMMING
from experiments.studies.validation.over_replicates import aside, given
from experiments.studies.validation.stepwise import watch
from model import Simulation

YEAR = 52
WEEKS = 2 * YEAR
QUARTER = 13


class Stock(NamedTuple):
    """Fakes and their detection after two years in one organisation."""

    detected: float  # people whom an audit detects, over slots
    per_person: float  # padded half-days per person detected
    unknown: float  # share of padders not detected within a year of their first
    savvy: float  # at the end over that in the first week
    honest: float  # honest tokens in the last quarter over those in the first
    growth: float  # padding in the last quarter over that in the first


def find(trial: Trial) -> list[Finding]:
    """Measure the stock of fakes, and how long they stay unknown."""
    minimum = ["scheme=monthly_minimum", "audit=random", f"weeks={WEEKS}"]
    detected, per_person, unknown, savvy, honest, growth = _stocks(trial, minimum)
    return [
        given("found out within two years", "share of staff", detected, 0.02, 0.10),
        given(
            "fakes per person found",
            "padded half-days",
            per_person,
            100.0,
            1000.0,
        ),
        given(
            "not found within a year of their first fake",
            "share of padders",
            unknown,
            least=0.5,
        ),
        given("fakes, last quarter over first", "ratio", growth, least=1.0),
        aside("savvy, last week over first", "ratio", savvy),
        aside("honest tokens, last quarter over first", "ratio", honest),
        *(
            aside(
                f"fakes, last quarter over first, {change}",
                "ratio",
                _stocks(trial, [*minimum, change])[-1],
            )
            for change in CRAMMING
        ),
    ]


def _stocks(trial: Trial, asked: Sequence[str]) -> Floats:
    """Compute the fields of ``Stock``, (6, R)."""
    return np.array(watch(compose(asked), trial, _two_years)).T


def _two_years(simulation: Simulation) -> Stock:
    slots = len(simulation.staff)
    padding, hits, savvy, honest, nth = np.zeros((5, WEEKS, slots))
    for week in range(WEEKS):
        nth[week] = simulation.staff["generation"]
        simulation.step()
        staff = simulation.staff
        padding[week], hits[week] = staff["padding"], staff["hits"]
        savvy[week] = staff["savvy"]
        honest[week] = staff["genuine_tokens"] + staff["trivial_tokens"]
    fakes, caught = padding.sum(), int(np.any(by_person(hits, nth) > 0.0, axis=0).sum())
    early, late = (
        [kind[weeks].sum() for kind in (padding, honest)]
        for weeks in (slice(QUARTER), slice(-QUARTER, None))
    )
    return Stock(
        detected=caught / slots,
        per_person=float(fakes / caught) if caught else np.nan,
        unknown=_unknown(by_person(padding, nth), by_person(hits, nth)),
        savvy=float(savvy[-1].sum() / savvy[0].sum()),
        honest=float(late[1] / early[1]),
        growth=float(late[0] / early[0]) if early[0] > 0.0 else np.nan,
    )


def _unknown(padding: Floats, hits: Floats) -> float:
    """Estimate (Kaplan-Meier) padders not detected a year after their first fake.

    Of people by week (T, people), NaN where somebody was not there.
    """
    padded, caught = np.any(padding > 0.0, axis=0), np.any(hits > 0.0, axis=0)
    if not padded.any():
        return float("nan")
    first = np.argmax(padding > 0.0, axis=0)
    last = WEEKS - 1 - np.isnan(padding[::-1]).argmin(axis=0)
    seen = np.where(caught, np.argmax(hits > 0.0, axis=0), last)
    time = (seen - first + 1)[padded].astype(float)
    curve = SurvfuncRight(time, caught[padded].astype(int))
    early = curve.surv_times <= YEAR
    return float(curve.surv_prob[early][-1]) if early.any() else 1.0


FACT = Fact(
    name="F22",
    claim="A large stock of fakes grows slowly and is found late.",
    source=(
        "Wells Fargo 2011 to 2020 (evidence F22); the share of staff is derived, the "
        "higher number of accounts to be checked"
    ),
    estimator=(
        "padded half-days and audits of each person over two years: share of staff "
        "found, fakes per person found, Kaplan-Meier time to detection"
    ),
    find=find,
    given=(
        "How many are found, and how late, follows from the rate of audits, which is "
        "an assumption; whether fakes grow turns on people.cramming."
    ),
    explanation=(
        "Fakes are found late, and their number grows slowly by default. Savvy builds "
        "up, but so does honest use, while the minimum stays where it is (explains, "
        "both). Which of them wins turns on people.cramming: at the lower end of its "
        "range fakes become fewer (explains)."
    ),
)
