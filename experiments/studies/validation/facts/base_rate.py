"""F7: few people cheat, but many more if a little more is at stake.

Jacob and Levitt (2003): cheating in at least 4 to 5 % of classrooms, a strong response
to minor changes of incentives, worst at bright lines.

A heavy padder pads at least one half-day in ten over the second half of the year. The
base rate is taken at a light stake, a fifth of the review; the range asked for starts
below 4 % because a classroom is not a person and the 4 to 5 % are a floor, and its
upper end says "few". The rise is taken over a bonus on usage of nothing, the shipped
rate and twice that. For the bright line the monthly minimum is compared with a bonus
that pays as much for reaching the same usage, evenly from the first token on and
nothing beyond; ambition is made as equal as it may be, because a bonus is not weighed
by it.
"""

from collections.abc import Sequence

from experiments.config.compose import compose
from experiments.runs.trial import Trial, runs
from experiments.statistics.estimators.estimate import Floats
from experiments.statistics.finding import Fact, Finding
from experiments.statistics.there import there
from experiments.studies.validation.ends import CRAMMING
from experiments.studies.validation.over_replicates import aside, finding, given
from model import Run, Scenario
from model.measure import REFERENCE_TOKENS

RECORD = ("padding",)
SECOND_HALF = 26
HEAVY = 1.0
"""Padded half-days a week of a heavy padder: one in ten."""
STAKE = 0.15
"""Worth of reaching the line, penalty and shame of the shipped monthly minimum."""


def find(trial: Trial) -> list[Finding]:
    """Compare shares of heavy padders by what is at stake."""
    light = compose(["scheme=voluntary", "review=light", "weeks=52"])
    nothing = compose(["scheme=voluntary", "weeks=52"])
    once = compose(["scheme=voluntary", "bonus=usage", "weeks=52"])
    rate = once.bonus.rate
    twice = compose(
        ["scheme=voluntary", "bonus=usage", f"bonus.rate={2 * rate}", "weeks=52"]
    )
    linked = compose(["scheme=review_linked", "weeks=52"])
    done = runs([light, nothing, once, twice, linked], trial, RECORD)
    few, none, some, more, reviewed = ([heavy_share(run) for run in x] for x in done)
    unit = "share of people"
    bend = [a - 2.0 * b + c for a, b, c in zip(none, some, more, strict=True)]
    first = [x - y for x, y in zip(some, none, strict=True)]
    return [
        finding("heavy padders at a light stake", unit, few, 0.01, 0.10),
        finding("more of them for the shipped bonus", unit, first, least=0.0),
        finding(
            "rise for the second such bonus less rise for the first",
            unit,
            bend,
            least=0.0,
        ),
        given(
            "a bright line less an even bonus of equal worth",
            unit,
            _bright_line(trial),
            least=0.0,
        ),
        aside("heavy padders under the linked review", unit, reviewed),
        *(
            aside(f"line less bonus, {change}", unit, _bright_line(trial, change))
            for change in CRAMMING
        ),
    ]


def _bright_line(trial: Trial, *changes: str) -> list[float]:
    """Compute heavy padders under a line less those under an equal even bonus, (R,)."""
    line, even = runs(_line_and_slope(changes), trial, RECORD)
    return [heavy_share(x) - heavy_share(y) for x, y in zip(line, even, strict=True)]


def _line_and_slope(changes: Sequence[str]) -> tuple[Scenario, Scenario]:
    """Make a quota, and a bonus of equal worth at the quota but even below it."""
    alike = ["scheme=voluntary", "people.ambition_cv=0.05", *changes, "weeks=52"]
    line = compose(
        [*alike, "quota=monthly", f"quota.penalty={STAKE}", "quota.shame=0.0"]
    )
    reference_weeks = line.quota.amount / REFERENCE_TOKENS
    worth = STAKE * 10.0 * line.quota.weeks
    even = compose(
        [
            *alike,
            "bonus=usage",
            f"bonus.rate={worth / reference_weeks}",
            f"bonus.weeks={line.quota.weeks}",
            f"measure.cap={reference_weeks / line.quota.weeks}",
        ]
    )
    return line, even


def heavy_share(run: Run) -> float:
    """Compute the share of people there who pad a half-day in ten or more."""
    padding = run.history("padding")[SECOND_HALF:]
    weekly: Floats = padding[:, there(run.employees, len(padding))].mean(axis=0)
    return float((weekly >= HEAVY).mean())


FACT = Fact(
    name="F7",
    claim="Few cheat at small stakes; a little more at stake brings many more.",
    source="Jacob and Levitt 2003 (evidence F7)",
    estimator=(
        "share of people who pad a half-day in ten or more, at a light stake and over "
        "equal steps of a bonus; a quota against a bonus of equal worth"
    ),
    find=find,
    given=(
        "In part: how a bright line compares with an even bonus hangs on how far "
        "people count on cramming before a threshold (people.cramming). The base rate "
        "and the rise are found."
    ),
    explanation=(
        "A fifth of the review moves hardly anybody to pad so much. At half of it the "
        "share of heavy padders is one that the fact asks for (explains: linked "
        "review): so the few are there, at a larger stake than had been named, and "
        "from there on the rise is as steep. That the line breeds more heavy padders "
        "than an even bonus of equal worth is no result: people.cramming acts before "
        "thresholds alone, and at either end of its range the line breeds fewer "
        "(explains)."
    ),
)
