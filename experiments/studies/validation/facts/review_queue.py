"""F25, queues: with adoption the work that waits for review grows several times over.

Faros: with high adoption reviews took 91 % longer in 2025; in 2026 the median firm's
took 441 % longer. Output per developer rose by far less.

Only one of the four laws of rework has reviewers (peers.rework_law=queue): the seniors
of a team review what AI had a part in, as far as their hours go, and the rest waits. As
they do so much a week and no more, the time that work waits is in proportion to what
waits. Adoption rises as in F25: because people like AI better (mean reluctance of 0
instead of 0.3), and because use is reviewed.

That use has to be reviewed, and that hours are few, are inputs; how much a queue grows
was not set. What waits is at most what seniors do in a week; beyond that, work is
passed unread, so that no queue grows without end.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from experiments.config.compose import compose
from experiments.runs.trial import Trial
from experiments.statistics.estimators.effects import share
from experiments.statistics.estimators.estimate import Floats
from experiments.statistics.finding import Fact, Finding
from experiments.studies.validation.over_replicates import aside, finding
from experiments.studies.validation.stepwise import watch
from model import Simulation
from model.outcomes import NAMES

WEEKS = 52
RANGE = (1.91, 5.41)
"""Time in review with high adoption over that with low: 91 % and 441 % longer."""
OUTPUT, *LOST = (NAMES.index(x) for x in ("output", "output_rework", "output_strain"))


class Reviewed(NamedTuple):
    """Means over a year of one organisation."""

    waits: float  # work that waits for the seniors of a team [half-days of review]
    made: float  # output before rework and strain
    due: float  # worth of the work that AI did [half-days], to be reviewed
    bound: float  # share of people in whose team as much waits as can


def find(trial: Trial) -> list[Finding]:
    """Compare what waits and what is made, with low and with high adoption."""
    queued = ["peers.rework_law=queue", f"weeks={WEEKS}"]
    averse, keen, nothing, linked = (
        _year([*asked, *queued], trial)
        for asked in (
            ["scheme=voluntary", "people.reluctance_mean=0.3"],
            ["scheme=voluntary", "people.reluctance_mean=0"],
            ["scheme=voluntary"],
            ["scheme=review_linked"],
        )
    )
    findings = []
    for name, much, little in (
        ("adoption by taste", keen, averse),
        ("adoption by review", linked, nothing),
    ):
        waits, made, due = (share(much[k], little[k]) for k in range(3))
        findings += [
            finding(f"{name}: what waits for review", "ratio", waits, *RANGE),
            finding(
                f"{name}: growth of what waits less that of throughput",
                "log",
                np.log(np.where(waits > 0.0, waits, np.nan)) - np.log(made),
                least=0.0,
            ),
        ]
        findings.append(aside(f"{name}: what is to review", "ratio", due))
    return [
        *findings,
        aside(
            "adoption by taste: teams in which as much waits as can", "share", keen[3]
        ),
    ]


def _year(asked: Sequence[str], trial: Trial) -> Floats:
    """Compute the fields of ``Reviewed``, (4, R)."""
    return np.array(watch(compose(asked), trial, _reviewed)).T


def _reviewed(simulation: Simulation) -> Reviewed:
    peers = simulation.scenario.peers
    size = simulation.scenario.organisation.team_size
    most = peers.review_capacity * max(1, int(peers.senior_share * size))
    seen = []
    for _ in range(WEEKS):
        week = simulation.step()
        queue, due = (simulation.staff[name] for name in ("queue", "ai_work"))
        made = week[OUTPUT] - sum(week[k] for k in LOST)
        seen.append((queue.mean(), made, due.mean(), (queue >= most).mean()))
    return Reviewed(*np.mean(seen, axis=0).tolist())


FACT = Fact(
    name="F25, queues",
    claim="With adoption the work that waits for review grows several times over.",
    source="Faros 2025 and 2026 (evidence F25 and 1.2)",
    estimator=(
        "what waits for review with high adoption over that with low, where seniors "
        "review all use of AI (peers.rework_law=queue); the same people and tasks"
    ),
    find=find,
    explanation=(
        "Adoption by taste more than doubles what is to review, until as much waits as "
        "can in nearly all teams (explains, both). A review that counts use adds a "
        "quarter to it (explains); what waits grows by twice as much, which is less "
        "than the source has where adoption is high."
    ),
)
