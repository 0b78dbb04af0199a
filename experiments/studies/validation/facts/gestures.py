"""Section 12, gestures: a target of weekly use brings acts that only count.

Some pretend to use AI, and what counts as active is a single action. How many do so
under a target nobody published; the evidence takes a share of .05 to .30 of people in a
week as a check. Their cost and the scruple against them were set by other sources, and
no share of gestures was looked at. Without a target nobody makes any: that is an input.
"""

from experiments.config.compose import compose
from experiments.runs.trial import Trial, runs
from experiments.statistics.estimators.effects import level
from experiments.statistics.finding import Fact, Finding
from experiments.studies.validation.over_replicates import finding


def find(trial: Trial) -> list[Finding]:
    """Count people with gestures under a weekly target."""
    target = compose(["scheme=participation_80", "weeks=52"])
    [done] = runs([target], trial)
    made = level(done, "gesture_share")
    return [finding("gestures in a week", "share of people", made, 0.05, 0.30)]


FACT = Fact(
    name="Section 12, gestures",
    claim="A weekly target of use brings acts that only count.",
    source="16 % pretend to use AI; a check of evidence 12",
    estimator="share of people with a gesture in a week under a target of 80 % active",
    find=find,
    explanation=(
        "A gesture takes two minutes and little scruple, and counts as much as a day "
        "of use: whoever would miss the target makes one at the end of the week."
    ),
)
