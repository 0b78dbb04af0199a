"""F16: relative pay raises productivity, and cheating with it.

Flory, Leibbrandt and List (2016): in a call centre, pay by relative performance raised
productivity, cheating and sabotage.

Fixed wage: nothing hangs on output or usage. Tournament: the ordinary review, which
pays by standing in observed output, and a stronger one, in which observed output counts
half as much again. Cheating is padding: a padded half-day leaves something that looks
like output. Sabotage and the unexpected bonus of the trial have no place in the model
(``experiments.studies.validation.silent``).
"""

from experiments.config.compose import compose
from experiments.runs.trial import Trial, runs
from experiments.statistics.estimators.effects import effect, percent
from experiments.statistics.finding import Fact, Finding
from experiments.studies.validation.over_replicates import finding


def find(trial: Trial) -> list[Finding]:
    """Estimate effects of two tournaments in observed output, against a fixed wage."""
    fixed = compose(["scheme=no_review", "weeks=52"])
    ordinary = compose(["scheme=voluntary", "weeks=52"])
    stronger = compose(["scheme=outcome_measure", "weeks=52"])
    wage, *contests = runs([fixed, ordinary, stronger], trial)
    findings = []
    for name, done in zip(("ordinary", "stronger"), contests, strict=True):
        output = percent(done, wage, "output")
        padding = effect(done, wage, "padding_share")
        findings += [
            finding(f"{name} review: real output", "%", output, least=0.0),
            finding(
                f"{name} review: padding", "share of half-days", padding, least=0.0
            ),
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
        "Cheating rises, but from nearly nothing to very little: a padded half-day "
        "adds a fifth to the output that is observed, half of the real one is "
        "missing, and conscience costs more than such a rise in standing is worth."
    ),
)
