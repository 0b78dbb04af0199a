"""F6: gaming costs real work; it is more than accounting.

Courty and Marschke (2004): agencies of a training programme that timed their reports
strategically served the true goal less. Two readings are estimated. Within a person,
weeks with more padding against weeks with less: a half-day padded instead of worked by
hand should cost about the time that it takes. In the whole organisation, the same
scheme where people may pad against one where nobody ever would: this counts what mates
lose, and what people would have done instead of padding to please the measure.

People pad when the task at hand is worth little, so weeks of poor tasks are weeks with
more padding, which employee effects do not take out. Where padding is compared with
manual work, all honest use of AI and the worth of the week's tasks are therefore held
equal: a company cannot do that, and gets the plain regression. Before, chores and worth
were left out, and the cost came out half as large again as the time.

Limit: padding takes time by assumption (technology.padding_time), so that the sign of
the first is built in.
"""

import numpy as np

from experiments.config.compose import compose
from experiments.runs.trial import Trial, runs
from experiments.statistics.estimators.effects import effect, percent
from experiments.statistics.estimators.panel import within
from experiments.statistics.finding import Fact, Finding
from experiments.statistics.there import there
from experiments.studies.validation.over_replicates import aside, finding, given
from experiments.studies.validation.stepwise import watch
from model import Simulation

COLUMNS = ("padding", "genuine", "trivial", "tasks", "output", "padded")


def find(trial: Trial) -> list[Finding]:
    """Regress own output on own padding; measure the cost of gaming to everybody."""
    linked = compose(["scheme=review_linked", "weeks=52"])
    honest = compose(["scheme=review_linked", "people.never_gamers=1", "weeks=52"])
    ours, without = runs([linked, honest], trial)
    alone, beside, ratio = np.array(watch(linked, trial, _regress)).T
    unit = "half-days per padded half-day"
    pads = "where people may pad, against where nobody would"
    return [
        given("own output on own padding", unit, alone, most=0.0),
        given(
            "the same at equal use and equal tasks: padding instead of manual work",
            unit,
            beside,
            most=0.0,
        ),
        given(
            "the latter over the time that padding takes",
            "ratio",
            ratio,
            0.75,
            1.25,
        ),
        finding(
            f"output of everybody {pads}",
            "%",
            percent(ours, without, "output"),
            most=0.0,
        ),
        *(
            aside(f"{what} {pads}", "share of half-days", effect(ours, without, name))
            for what, name in (
                ("genuine use", "genuine_share"),
                ("trivial use", "trivial_share"),
                ("manual work", "manual_share"),
            )
        ),
    ]


def _regress(simulation: Simulation) -> list[float]:
    """Regress output on padding, alone and beside; the latter over the time taken."""
    weeks, people = simulation.scenario.weeks, len(simulation.staff)
    panel = np.zeros((len(COLUMNS), weeks, people))
    for week in range(weeks):
        simulation.step()
        panel[:, week] = [simulation.staff[name] for name in COLUMNS]
    panel = panel[:, :, there(simulation.staff, weeks)]
    padding, genuine, trivial, tasks, output, padded = panel.transpose(0, 2, 1)
    [alone] = within(output, [padding])
    beside, *_ = within(output, [padding, genuine, trivial, tasks])
    time = padded.sum() / padding.sum() if padded.any() else np.nan
    return [alone.value, beside.value, beside.value / time]


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
        "Who pads would otherwise have used AI honestly and not worked more by hand "
        "(explains), and honest use costs less than the time that padding takes."
    ),
)
