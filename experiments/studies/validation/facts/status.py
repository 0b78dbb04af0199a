"""F14: a ranking without any pay raises effort and gaming.

Charness, Masclet and Villeval (2014): with feedback on rank and a flat wage people
worked more, and paid to inflate their own score or to spoil others'.

Here: a full ranking by tokens where nothing hangs on output or usage, against the same
people without the ranking. Effort is time given to the ranked activity, genuine use.
That people care for rank at all is an input (leaderboard.status); what they do for it
is not. Spoiling others' scores is not possible in the model.
"""

from experiments.config.compose import compose
from experiments.runs.trial import Trial, runs
from experiments.statistics.estimators.effects import effect, percent
from experiments.statistics.finding import Fact, Finding
from experiments.studies.validation.over_replicates import aside, finding


def find(trial: Trial) -> list[Finding]:
    """Estimate effects of a ranking where no pay is linked."""
    nothing = compose(["scheme=no_review", "weeks=52"])
    ranked = compose(["scheme=no_review", "leaderboard=full", "weeks=52"])
    without, done = runs([nothing, ranked], trial)
    unit = "share of half-days"
    return [
        finding("padding", unit, effect(done, without, "padding_share"), least=0.0),
        finding("genuine use", unit, effect(done, without, "genuine_share"), least=0.0),
        finding(
            "reported tokens",
            "%",
            percent(done, without, "reported_tokens"),
            least=0.0,
        ),
        aside("trivial use", unit, effect(done, without, "trivial_share")),
    ]


FACT = Fact(
    name="F14",
    claim="Status alone, without pay, suffices for effort and for gaming.",
    source="Charness, Masclet and Villeval 2014 (evidence F14)",
    estimator=(
        "paired effects of a full ranking by tokens in an organisation without any "
        "review"
    ),
    find=find,
    explanation=(
        "The padding is there, but small: people whose rank counts answer with honest "
        "use of AI far more than with padding, most of it on core tasks (explains)."
    ),
)
