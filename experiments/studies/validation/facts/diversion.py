"""F6: gaming costs real work; it is more than accounting.

Courty and Marschke (2004): agencies of a training programme that timed their reports
strategically served the true goal less. Two readings are estimated. Within a person,
weeks with more padding against weeks with less: a half-day padded instead of worked by
hand should cost about the time that it takes. In the whole organisation, the same
scheme where people may pad against one where nobody ever would: this counts what mates
lose, and what people would have done instead of padding to please the measure.

Limits: padding takes time by assumption (technology.padding_time), so that the sign of
the first is built in; and weeks in which AI suits the tasks less are weeks with more
padding, which employee effects do not take out.
"""

import numpy as np

from experiments.config.compose import compose
from experiments.runs.trial import Trial, runs
from experiments.statistics.estimators.effects import percent
from experiments.statistics.estimators.panel import within
from experiments.statistics.finding import Fact, Finding
from experiments.studies.validation.over_replicates import finding, given
from model import Run

RECORD = ("padding", "genuine", "output")


def find(trial: Trial) -> list[Finding]:
    """Regress own output on own padding; measure the cost of gaming to everybody."""
    linked = compose(["scheme=review_linked", "weeks=52"])
    honest = compose(["scheme=review_linked", "people.never_gamers=1", "weeks=52"])
    ours, without = runs([linked, honest], trial, RECORD)
    alone, beside, ratio = np.array([_regress(run) for run in ours]).T
    unit = "half-days per padded half-day"
    return [
        given("own output on own padding", unit, alone, most=0.0),
        given(
            "the same at equal genuine use: padding instead of manual work",
            unit,
            beside,
            most=0.0,
        ),
        given(
            "the former over the time that padding takes",
            "ratio",
            ratio,
            0.75,
            1.25,
        ),
        finding(
            "output of everybody where people may pad, against where nobody would",
            "%",
            percent(ours, without, "output"),
            most=0.0,
        ),
    ]


def _regress(run: Run) -> list[float]:
    padding = run.history("padding").T.astype(float)
    genuine = run.history("genuine").T.astype(float)
    output = run.history("output").T
    [alone] = within(output, [padding])
    beside, _ = within(output, [padding, genuine])
    lost = run.weeks["output_padding"].sum()
    padded = 10.0 * run.weeks["padding_share"].sum()
    time = lost / padded if lost < 0.0 else np.nan
    return [alone.value, beside.value, alone.value / time]


FACT = Fact(
    name="F6",
    claim="Gaming lowers the true goal: it takes resources, not only ink.",
    source="Courty and Marschke 2004 (evidence F6)",
    estimator=(
        "panel regression of own output on own padded half-days with employee and week "
        "effects, under a linked review; paired effect on output of people who may pad"
    ),
    find=find,
    given=(
        "In part: that a padded half-day takes time is technology.padding_time. What "
        "an organisation loses by padding, all responses counted, is found."
    ),
    explanation=(
        "What people would have done without padding, more use of AI where it does "
        "not suit, costs less than padding and the rework that it leaves to mates."
    ),
)
