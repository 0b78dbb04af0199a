"""F25: throughput rises, and rework rises faster.

Faros: in periods of high adoption tasks per developer rose by a third and merged
changes by a sixth; bugs by a half, incidents and review time by several times. DORA:
throughput up, stability down.

Throughput is what is produced before rework and strain; rework is what mates lose.
Adoption rises in two ways: because people like AI better (mean reluctance of 0 instead
of 0.3, the ends of its range), and because use is reviewed. Growth is in logs, so that
the difference says which of the two rises faster. That misuse and padding cause rework
is an input (peers.rework_*), and its level was calibrated; how it moves against
throughput was not. Work that waits for reviewers is another fact (``review_queue``).
"""

from collections.abc import Sequence

import numpy as np

from experiments.config.compose import compose
from experiments.runs.trial import Trial, runs
from experiments.statistics.estimators.effects import effect, level
from experiments.statistics.estimators.estimate import Floats
from experiments.statistics.finding import Fact, Finding
from experiments.studies.validation.over_replicates import aside, finding
from model import Run


def find(trial: Trial) -> list[Finding]:
    """Compare growth of throughput and of rework, by taste or by pressure."""
    averse = compose(["scheme=voluntary", "people.reluctance_mean=0.3", "weeks=52"])
    keen = compose(["scheme=voluntary", "people.reluctance_mean=0", "weeks=52"])
    nothing = compose(["scheme=voluntary", "weeks=52"])
    linked = compose(["scheme=review_linked", "weeks=52"])
    steady = [
        compose([f"scheme={scheme}", "people.effort=0", "weeks=52"])
        for scheme in ("voluntary", "review_linked")
    ]
    few, many, base, pressed, calm, calm_pressed = runs(
        [averse, keen, nothing, linked, *steady], trial
    )
    findings = []
    for name, done, less in (
        ("adoption by taste", many, few),
        ("adoption by review", pressed, base),
    ):
        through = _throughput(done) - _throughput(less)
        rework = _rework(done) - _rework(less)
        findings += [
            finding(f"{name}: throughput", "log", through, least=0.0),
            finding(f"{name}: rework", "log", rework, least=0.0),
            finding(
                f"{name}: rework less throughput", "log", rework - through, least=0.0
            ),
        ]
    return [
        *findings,
        aside(
            "adoption by review: throughput, where effort is what it is "
            "(people.effort=0)",
            "log",
            _throughput(calm_pressed) - _throughput(calm),
        ),
        aside(
            "adoption by review: effort", "relative", effect(pressed, base, "effort")
        ),
    ]


def _throughput(done: Sequence[Run]) -> Floats:
    """Compute the log of output before rework and strain, shape (R,)."""
    lost = level(done, "output_rework") + level(done, "output_strain")
    produced: Floats = np.log(level(done, "output") - lost)
    return produced


def _rework(done: Sequence[Run]) -> Floats:
    """Compute the log of output lost to rework, shape (R,); NaN where nothing is."""
    taken = -level(done, "output_rework")
    logs: Floats = np.log(np.where(taken > 0.0, taken, np.nan))
    return logs


FACT = Fact(
    name="F25",
    claim="With adoption throughput rises, and rework rises faster.",
    source="Faros 2025 and 2026, DORA 2024 and 2025 (evidence F25 and 2)",
    estimator=(
        "paired growth of output before rework, and of rework, from low to high "
        "adoption"
    ),
    find=find,
    given=(
        "In part: that misuse and padding cause rework is an input. Whether throughput "
        "rises, and which of the two rises faster, is found."
    ),
    explanation=(
        "Adoption by taste lets more through. Adoption by review does not: the weight "
        "that usage gets is taken from output, so that people work less hard. Where "
        "effort stays as it is (people.effort=0) a little more gets through "
        "(explains)."
    ),
)
