"""F9: where the measure is close to the goal and hard to game, targets help.

Propper et al. (2008, 2010): the same targets as in F8, against Scotland: waits fell,
without diversion or loss of health. Duflo, Hanna and Ryan (2012): cameras and pay by
attendance cut teachers' absence by 21 points, and pupils learnt more. A model of such
schemes must have a region in which measure and goal rise together.

Three schemes were named before looking. A target that asks for little: 80 % of each
team to use AI once a week. A measure close to the goal: observed output, reviewed on
top of the ordinary review. And the shipped scheme that supports people and counts
output. The first two are looked at in worlds where the measure is hard to game, as it
is before a camera: where a prompt alone does not count as active
(technology.gesture_minutes=0: nobody makes gestures), and where output cannot be
dressed up (technology.dressing_most=0). Each scheme is set against voluntary use in the
same world. As contrasts, the first two where they can be gamed as declared.

The world without gestures came when gestures did: before, there was no cheap way to
look active; since then the shipped target is an easy measure to game, which is not what
the sources are about. It stands aside.
"""

from experiments.config.compose import compose
from experiments.runs.trial import Trial, runs
from experiments.statistics.estimators.effects import effect, percent
from experiments.statistics.finding import Fact, Finding
from experiments.studies.validation.over_replicates import aside, finding, given

CAMERA = "technology.dressing_most=0"
USE_ALONE = "technology.gesture_minutes=0"
OBSERVED = "measure=output"
"""The baseline has the same headline, so that the measure can be compared."""


def find(trial: Trial) -> list[Finding]:
    """Estimate the effects of three schemes on measure, output and padding."""
    target = ["scheme=participation_80"]
    hard = ["scheme=participation_80", USE_ALONE]
    camera = ["scheme=outcome_measure", CAMERA]
    support = ["scheme=recommended"]
    eye = ["scheme=outcome_measure"]
    voluntary = ["scheme=voluntary"]
    filmed = ["scheme=voluntary", OBSERVED, CAMERA]
    used = ["scheme=voluntary", USE_ALONE]
    asked = (target, hard, camera, support, eye, voluntary, filmed, used)
    scenarios = [compose([*overrides, "weeks=52"]) for overrides in asked]
    targets, hards, cameras, supports, eyes, base, filmed_base, used_base = runs(
        scenarios, trial, ("score",)
    )
    watched = [
        100.0 * (run.history("score").mean() / twin.history("score").mean() - 1.0)
        for run, twin in zip(cameras, filmed_base, strict=True)
    ]
    output = percent(cameras, filmed_base, "output")
    diverted = effect(cameras, filmed_base, "padding_share")
    dressed = output - percent(eyes, base, "output")
    return [
        finding(
            "participation target, without gestures: active people",
            "%",
            percent(hards, used_base, "active_share"),
            least=0.0,
        ),
        finding(
            "participation target, without gestures: real output",
            "%",
            percent(hards, used_base, "output"),
            least=0.0,
        ),
        finding("output reviewed, by camera: the measure", "%", watched, least=0.0),
        finding("output reviewed, by camera: real output", "%", output, least=0.0),
        finding(
            "output reviewed, by camera: padding",
            "share of half-days",
            diverted,
            most=0.005,
        ),
        given(
            "the same, less where output can be dressed up: real output",
            "% points",
            dressed,
            least=0.0,
        ),
        finding(
            "support and output reviewed: real output",
            "%",
            percent(supports, base, "output"),
            least=0.0,
        ),
        aside(
            "participation target as shipped: active people",
            "%",
            percent(targets, base, "active_share"),
        ),
        aside(
            "participation target as shipped: real output",
            "%",
            percent(targets, base, "output"),
        ),
    ]


FACT = Fact(
    name="F9",
    claim="There are schemes under which both the measure and the goal rise.",
    source=("Propper et al. 2008 and 2010; Duflo, Hanna and Ryan 2012 (evidence F9)"),
    estimator=(
        "paired effects on the measure, on real output and on padding of three schemes "
        "named before looking"
    ),
    find=find,
    given=(
        "In part: that dressing up takes time from real work is "
        "technology.dressing_time. That measure and goal rise together is found."
    ),
    explanation=(
        "The region is there: where output itself is reviewed, and the more so where "
        "it cannot be dressed up; and where people are asked to use AI a little, if it "
        "takes use to be counted. As shipped, where a prompt is enough, the target "
        "makes more people look active, and next to nothing is gained (explains)."
    ),
)
