"""What is kept of verified results: checks and gaps as rows, and what they say."""

import csv
import io
import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from scipy.stats import norm as normal

from experiments.pieces import Content
from experiments.trial import Trial
from experiments.verification import norm, planning
from experiments.verification.check import TOLERANCE, Check, Gap, Result

CHECKS, GAPS, LOSSES = "checks.csv", "gaps.csv", "losses.csv"
EXTRAS = {"norm": "hysteresis", "planning": "losses"}
"""Results that have a chart of their own, and the piece that it is drawn from."""

MOST_LOST = 0.10
"""Part of the attainable payoff above which the loss of a rule is to be explained."""


def piece(result: Result, trial: Trial) -> Content:
    """All checks and gaps of a result."""
    gaps = result.converge(trial) if result.converge else []
    return {
        "checks": [
            {**check._asdict(), "holds": check.holds} for check in result.check(trial)
        ],
        "gaps": [gap._asdict() for gap in gaps],
    }


def hysteresis(trial: Trial) -> Content:
    """A loop of the padding norm: its payoffs and shares on the way up and down."""
    up, down = norm.swept(trial)
    return [
        {name: values.tolist() for name, values in sweep._asdict().items()}
        for sweep in (up, down)
    ]


def losses() -> Content:
    """The rule of thumb's loss over kinds of people, quotas and windows, by row."""
    return planning.losses().to_dict("records")


def tables(pieces: Mapping[str, Content]) -> Mapping[str, str]:
    """``checks.csv``, ``gaps.csv`` and, with its result, ``losses.csv``."""
    results = {n: piece for n, piece in pieces.items() if n not in EXTRAS.values()}
    found = {
        CHECKS: _csv(("result", *Check._fields, "holds"), results, "checks"),
        GAPS: _csv(("result", *Gap._fields), results, "gaps"),
    }
    if EXTRAS["planning"] in pieces:
        rows = pd.DataFrame(pieces[EXTRAS["planning"]])
        found[LOSSES] = rows.to_csv(index=False, lineterminator="\n")
    return found


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
    said = [f"{held} of {len(checks)} checks of {len(results)} results hold."]
    if EXTRAS["planning"] in pieces:
        said.append(_of_losses(pd.DataFrame(pieces[EXTRAS["planning"]])))
    random = sum(check.error > 0.0 for check in checks)
    text = (
        f"A check holds if the simulated value lies within {TOLERANCE:g} standard "
        "errors of theory, plus an allowance where theory leaves something out, both "
        "stated beforehand."
    )
    if random:
        false_alarm = 1.0 - (1.0 - 2.0 * float(normal.sf(TOLERANCE))) ** random
        text += (
            f" {random} checks are random: if all theory were right and the errors "
            "normal, one of them would fail by chance in one study of "
            f"{1.0 / false_alarm:,.0f}."
        )
    return [*said, text]


def _of_losses(rows: pd.DataFrame) -> str:
    """How much of what a quota offers the rule of thumb leaves, in a sentence."""
    known = rows.dropna(subset=["loss", "attainable"])
    weight = known["attainable"] * known["stake"]
    first, later = (
        100.0 * float((known[name] * weight).sum() / weight.sum())
        for name in ("loss", "loss_year")
    )
    over = int((known["loss_year"] > MOST_LOST).sum())
    return (
        f"Before a quota the rule of thumb leaves {first:.0f} % of what the quota "
        f"offers a perfect planner in the first window and {later:.0f} % after a year, "
        f"over {len(known)} combinations of people, quotas, penalties and windows; "
        f"after a year more than {100 * MOST_LOST:.0f} % in {over} of them "
        f"({LOSSES})."
    )
