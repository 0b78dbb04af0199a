"""F11: the able game more.

Frank and Obloj (2014): sellers with more firm-specific skill sell more and game more.
Gill, Prowse and Vlassopoulos (2013): the more productive cheat more. Two mechanisms
give opposite signs: gaming is a skill; or it replaces what people cannot do otherwise.

Correlations are Spearman's, over people who would ever pad, of padded half-days in the
year with a trait drawn at hire. Savvy is frozen, or it would follow padding. Which
mechanism is on: by default skill says nothing about how cheaply somebody pads
(people.padding_skill=0); savvy does. In the studies the skilled faked the very thing
that they were good at, which here is dressing up output under the ordinary review; its
correlation stands aside.
"""

import numpy as np
from scipy.stats import spearmanr

from experiments.config.compose import compose
from experiments.runs.trial import Trial, runs
from experiments.statistics.finding import Fact, Finding
from experiments.statistics.there import stayed
from experiments.studies.validation.over_replicates import aside, finding, given
from model import Run

RECORD = ("padding", "dressing")
FROZEN = ("people.savvy_own=0", "people.savvy_contact=0", "people.savvy_decay=0")


def find(trial: Trial) -> list[Finding]:
    """Correlate padding with skill, savvy and habits of use."""
    linked = ["scheme=review_linked", *FROZEN, "weeks=52"]
    default = compose(linked)
    skilled = compose([*linked, "people.padding_skill=0.5"])
    minimum = compose(["scheme=monthly_minimum", *FROZEN, "weeks=52"])
    alike = compose([*linked, "people.skill_sd=0"])
    ordinary = compose(["scheme=voluntary", "weeks=52"])
    ours, gifted, pressed, even, usual = runs(
        [default, skilled, minimum, alike, ordinary], trial, RECORD
    )
    unit = "correlation"
    return [
        finding(
            "padding and skill at work",
            unit,
            [_correlation(run, "skill") for run in ours],
            least=0.0,
        ),
        given(
            "padding and skill at work, where the skilled pad more tokens",
            unit,
            [_correlation(run, "skill") for run in gifted],
            least=0.0,
        ),
        finding(
            "padding and savvy, the skill of gaming",
            unit,
            [_correlation(run, "savvy") for run in ours],
            least=0.0,
        ),
        finding(
            "padding and tokens of a genuine half-day, at a monthly minimum",
            unit,
            [_correlation(run, "intensity") for run in pressed],
            most=0.0,
        ),
        aside(
            "padding and skill at work, where it does not move manual output",
            unit,
            [_correlation(run, "skill") for run in even],
        ),
        aside(
            "dressing up and skill at work, under the ordinary review",
            unit,
            [_correlation(run, "skill", "dressing") for run in usual],
        ),
    ]


def _correlation(run: Run, trait: str, gaming: str = "padding") -> float:
    could = ~run.employees["never_gamer"] & stayed(run)
    games = run.history(gaming).sum(axis=0)[could]
    if not could.any() or np.ptp(games) == 0:
        return float("nan")
    return float(spearmanr(run.employees[trait][could], games).statistic)


FACT = Fact(
    name="F11",
    claim="The able game more, where gaming is a skill; less, where it is a way out.",
    source=(
        "Frank and Obloj 2014; Gill, Prowse and Vlassopoulos 2013 (evidence F11); the "
        "sign for a way out is the evidence's own conjecture"
    ),
    estimator=(
        "Spearman correlation, over people who would ever pad, of padded half-days and "
        "a trait drawn at hire"
    ),
    find=find,
    given=(
        "In part: where the skilled pad more tokens, people.padding_skill says so. The "
        "other signs are found."
    ),
    explanation=(
        "By default skill at work and cheap padding are unrelated, and whoever "
        "produces more loses more by padding: gaming is then a way out for the less "
        "able (where everybody's manual output is the same, people.skill_sd=0, the "
        "sign turns). Nor do the able dress up more (explains). It takes skill in "
        "padding itself, savvy or skilled padding, to make the able game more. At a "
        "monthly minimum those pad whose genuine use comes to little, as the "
        "conjecture has it."
    ),
)
