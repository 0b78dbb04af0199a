"""What is kept of verified results: checks and gaps as rows, and what they say."""

import csv
import io
import math
from collections.abc import Mapping, Sequence
from typing import Any

from scipy.stats import norm

from experiments.pieces import Content
from experiments.trial import Trial
from experiments.verification.check import TOLERANCE, Check, Gap, Result

CHECKS, GAPS = "checks.csv", "gaps.csv"


def piece(result: Result, trial: Trial) -> Content:
    """All checks and gaps of a result."""
    gaps = result.converge(trial) if result.converge else []
    return {
        "checks": [
            {**check._asdict(), "holds": check.holds} for check in result.check(trial)
        ],
        "gaps": [gap._asdict() for gap in gaps],
    }


def tables(pieces: Mapping[str, Content]) -> Mapping[str, str]:
    """``checks.csv`` and ``gaps.csv``: a row a check or gap, by result."""
    return {
        CHECKS: _csv(("result", *Check._fields, "holds"), pieces, "checks"),
        GAPS: _csv(("result", *Gap._fields), pieces, "gaps"),
    }


def _csv(columns: Sequence[str], pieces: Mapping[str, Content], kind: str) -> str:
    text = io.StringIO()
    lines = csv.DictWriter(text, columns, lineterminator="\n")
    lines.writeheader()
    for name, content in pieces.items():
        lines.writerows({"result": name, **row} for row in content[kind])
    return text.getvalue()


def checks_of(content: Content) -> list[Check]:
    """The checks of a piece; a value that was no number is NaN again."""
    return [
        Check(**{name: _number(name, row[name]) for name in Check._fields})
        for row in content["checks"]
    ]


def _number(name: str, value: Any) -> Any:
    return math.nan if value is None and name not in ("quantity", "why") else value


def size(check: Check) -> float:
    """Deviation in units of the tolerance."""
    return (check.simulated - check.theory) / check.tolerance


def about(trial: Trial) -> str:
    """How much was simulated."""
    return (
        f"{trial.people:,} people in each organisation, {trial.replicates} replicates, "
        f"seed {trial.seed}."
    )


def answer(results: Sequence[Result], pieces: Mapping[str, Content]) -> list[str]:
    """How many checks hold, and what that means."""
    checks = [c for result in results for c in checks_of(pieces[result.name])]
    held = sum(check.holds for check in checks)
    random = sum(check.error > 0.0 for check in checks)
    false_alarm = 1.0 - (1.0 - 2.0 * float(norm.sf(TOLERANCE))) ** random
    return [
        f"{held} of {len(checks)} checks of {len(results)} results hold.",
        f"A check holds if the simulated value lies within {TOLERANCE:g} standard "
        "errors of theory, plus an allowance where theory leaves something out, both "
        f"stated beforehand. {random} checks are random: if all theory were right and "
        "the errors normal, one of them would fail by chance in one study of "
        f"{1.0 / false_alarm:,.0f}."
        if false_alarm > 0.0
        else "No check is random.",
    ]
