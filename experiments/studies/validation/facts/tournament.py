"""F16: relative pay raises productivity, and cheating with it.

Flory, Leibbrandt and List (2016): in a call centre, pay by relative performance raised
productivity, cheating and sabotage.

Fixed wage: nothing hangs on output or usage. Tournament: the ordinary review, which
pays by standing in observed output, and a stronger one, in which observed output counts
half as much again. Cheating is dressing up: output looks greater than it is. Padding is
no way to cheat here, since it shows no output; it stands aside. Sabotage and the
unexpected bonus of the trial have no place in the model
(``experiments.studies.validation.silent``).
"""

from experiments.config.compose import compose
from experiments.runs.trial import Trial, runs
from experiments.statistics.estimators.effects import effect, percent
from experiments.statistics.finding import Fact, Finding
from experiments.studies.validation.over_replicates import aside, finding


def find(trial: Trial) -> list[Finding]:
    """Estimate effects of two tournaments in observed output, against a fixed wage."""
    fixed = compose(["scheme=no_review", "weeks=52"])
    ordinary = compose(["scheme=voluntary", "weeks=52"])
    stronger = compose(["scheme=outcome_measure", "weeks=52"])
    wage, *contests = runs([fixed, ordinary, stronger], trial)
    findings = []
    for name, done in zip(("ordinary", "stronger"), contests, strict=True):
        output = percent(done, wage, "output")
        dressing = effect(done, wage, "dressing")
        padding = effect(done, wage, "padding_share")
        unit = "half-days a week"
        findings += [
            finding(f"{name} review: real output", "%", output, least=0.0),
            finding(f"{name} review: dressing up", unit, dressing, least=0.0),
            aside(f"{name} review: padding", "share of half-days", padding),
        ]
    return findings


FACT = Fact(
    name="F16",
    claim="Pay by relative performance raises productivity and cheating.",
    source="Flory, Leibbrandt and List 2016 (evidence F16)",
    estimator=(
        "paired effects of a review by standing in observed output, against no review"
    ),
    find=find,
    explanation=(
        "Pay by standing in output is answered by effort and by dressing up; how much, "
        "people.effort and technology.dressing_most decide, which nobody has measured. "
        "Padding falls: it shows no output."
    ),
)
