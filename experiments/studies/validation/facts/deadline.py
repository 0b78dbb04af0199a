"""F5: padding spikes at the end of a period, output does not."""

from collections.abc import Callable

from experiments.config.compose import compose
from experiments.runs.trial import Trial, runs
from experiments.statistics.estimators.deadline import Deadline, deadline
from experiments.statistics.estimators.estimate import Floats
from experiments.statistics.finding import Fact, Finding
from experiments.statistics.there import stayed
from experiments.studies.validation.over_replicates import aside, finding, given
from experiments.studies.validation.tokens import REPORTED, honest, reported
from model import Run

RECORD = (*REPORTED, "output")


def find(trial: Trial) -> list[Finding]:
    """Estimate profiles around the settlement of a monthly minimum."""
    shipped = compose(["scheme=monthly_minimum", "weeks=52"])
    steady = compose(["scheme=monthly_minimum", "people.cramming=0", "weeks=52"])
    weeks = shipped.quota.weeks
    ours, without = runs([shipped, steady], trial, RECORD)

    def profiles(done: list[Run], use: Callable[[Run], Floats]) -> list[Deadline]:
        return [deadline(use(run)[:, stayed(run)].T, weeks, weeks - 1) for run in done]

    padded, calm = profiles(ours, _padded), profiles(without, _padded)
    tokens, output = profiles(ours, reported), profiles(ours, _output)
    name = "last week of the window over its other weeks"
    return [
        given(f"padded tokens: {name}", "ratio", _last(padded), least=1.0),
        finding(
            f"padded tokens without cramming: {name}", "ratio", _last(calm), least=1.0
        ),
        given(f"all tokens: {name}", "ratio", _last(tokens), least=1.0),
        finding(
            "all tokens: first week of the window over the mean",
            "ratio",
            [one.profile[0].value for one in tokens],
            least=0.0,
            most=1.0,
        ),
        finding(f"real output: {name}", "ratio", _last(output), 0.98, 1.02),
        aside(f"honest tokens: {name}", "ratio", _last(profiles(ours, honest))),
    ]


def _last(deadlines: list[Deadline]) -> list[float]:
    return [one.last_week.value for one in deadlines]


def _padded(run: Run) -> Floats:
    padded: Floats = run.history("padded_tokens")
    return padded


def _output(run: Run) -> Floats:
    output: Floats = run.history("output")
    return output


FACT = Fact(
    name="F5",
    claim="Gaming spikes when the period ends; real output does not.",
    source=(
        "Larkin 2014; month-end binges at Salesforce (evidence F5); Oyer 1998: sales "
        "up at the end of the fiscal year, down after it, to be checked"
    ),
    estimator=(
        "event-time regression around the end of the four-week window, employee fixed "
        "effects; last-week ratio (use of a person against their own mean)"
    ),
    find=find,
    given=(
        "In part: how much people cram before a threshold (people.cramming) is an "
        "input, so the spike of padding and of tokens is given. That output does not "
        "follow is found."
    ),
    explanation=(
        "Without cramming (people.cramming=0) padding does not wait for the end: "
        "people who mean to reach the quota at their usual pace begin early and relax "
        "as it comes within reach. So the model does not explain the spike, it is "
        "told of it; a discount or plain uncertainty is not enough (evidence C13). "
        "Tokens as a whole have next to no cycle: honest use eases off towards the end "
        "of the window, once the quota is met (explains)."
    ),
)
