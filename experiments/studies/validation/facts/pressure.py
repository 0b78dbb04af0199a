"""F1: under pressure the measure rises, gaming rises, and the goal falls.

Gallen, Gallen, Levitt and List (2016) paid callers of a charity a commission on
pledges: pledges rose by 50 %, realised donations fell by 17 %, and rule-breaking about
doubled. Here the commission is the shipped bonus on usage, and the goal is real output;
beside it stands the linked review, the pressure that firms are reported to use.

Design: the trial paid some callers and not others. The model applies a scheme to
everybody, so each person is compared with themselves in a second organisation of the
same people, tasks and luck that pays nothing. The estimate holds what colleagues under
the same scheme do to each other, which a trial within one organisation would not.
"""

from experiments.config.compose import compose
from experiments.runs.trial import Trial, runs
from experiments.statistics.estimators.effects import effect, percent
from experiments.statistics.finding import Fact, Finding
from experiments.studies.validation.over_replicates import finding


def find(trial: Trial) -> list[Finding]:
    """Estimate effects of a commission and of a linked review on three outcomes."""
    nothing = compose(["scheme=voluntary", "weeks=52"])
    commission = compose(["scheme=voluntary", "bonus=usage", "weeks=52"])
    linked = compose(["scheme=review_linked", "weeks=52"])
    without, *treated = runs([nothing, commission, linked], trial)
    findings = []
    for name, done in zip(("commission", "linked review"), treated, strict=True):
        tokens = percent(done, without, "reported_tokens")
        padding = effect(done, without, "padding_share")
        output = percent(done, without, "output")
        findings += [
            finding(f"{name}: reported tokens", "%", tokens, least=0.0),
            finding(f"{name}: padding", "share of half-days", padding, least=0.0),
            finding(f"{name}: real output", "%", output, most=0.0),
        ]
    return findings


FACT = Fact(
    name="F1",
    claim="A reward on the measure raises it and gaming, and lowers the goal.",
    source="Gallen, Gallen, Levitt and List 2016 (evidence F1)",
    estimator=(
        "average treatment effects on reported tokens, padding and real output, paired "
        "by replicate: the same people with the scheme and without it"
    ),
    find=find,
    explanation=(
        "The signs are the trial's, the sizes are not: the shipped commission is "
        "open-ended, so that tokens rise several times over, while output falls by "
        "less than donations did."
    ),
)
