"""F16: relative pay raises productivity, and cheating with it.

Flory, Leibbrandt and List (2016): in a call centre, pay by relative performance raised
productivity, cheating and sabotage.

Fixed wage: nothing hangs on output or usage. Tournament: the ordinary review, which
pays by standing in observed output, and a stronger one, in which observed output counts
half as much again. Cheating is dressing up: output looks greater than it is. How many
people dress up under the ordinary review was a target of calibration, and without a
review nobody has a reason to; so that difference is given, and the stronger review is
held against the ordinary one. Padding is no way to cheat here, since it shows no
output; it stands aside. Sabotage and the unexpected bonus of the trial have no place in
the model (``experiments.studies.validation.silent``).
"""

from experiments.config.compose import compose
from experiments.runs.trial import Trial, runs
from experiments.statistics.estimators.effects import effect, percent
from experiments.statistics.finding import Fact, Finding
from experiments.studies.validation.over_replicates import aside, finding, given


def find(trial: Trial) -> list[Finding]:
    """Estimate effects of two tournaments in observed output, against a fixed wage."""
    fixed = compose(["scheme=no_review", "weeks=52"])
    ordinary = compose(["scheme=voluntary", "weeks=52"])
    stronger = compose(["scheme=outcome_measure", "weeks=52"])
    wage, usual, steep = runs([fixed, ordinary, stronger], trial)
    unit = "half-days a week"
    return [
        finding(
            "ordinary review: real output",
            "%",
            percent(usual, wage, "output"),
            least=0.0,
        ),
        given(
            "ordinary review: dressing up",
            unit,
            effect(usual, wage, "dressing"),
            least=0.0,
        ),
        finding(
            "stronger review: real output",
            "%",
            percent(steep, wage, "output"),
            least=0.0,
        ),
        finding(
            "stronger review against the ordinary one: dressing up",
            unit,
            effect(steep, usual, "dressing"),
            least=0.0,
        ),
        *(
            aside(
                f"{name} review: padding",
                "share of half-days",
                effect(done, wage, "padding_share"),
            )
            for name, done in (("ordinary", usual), ("stronger", steep))
        ),
    ]


FACT = Fact(
    name="F16",
    claim="Pay by relative performance raises productivity and cheating.",
    source="Flory, Leibbrandt and List 2016 (evidence F16)",
    estimator=(
        "paired effects of a review by standing in observed output, against no review"
    ),
    find=find,
    given=(
        "In part: how many dress up under the ordinary review was a target of "
        "calibration. What real output does, and how dressing up answers to a "
        "stronger review, are found."
    ),
    explanation=(
        "Pay by standing in output is answered by effort and by dressing up; how much, "
        "people.effort and technology.dressing_most decide, which nobody has measured. "
        "Padding falls: it shows no output."
    ),
)
