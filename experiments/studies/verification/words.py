"""Verified results in words: summaries, and sentences on checks."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd
from scipy.stats import norm as normal
from scipy.stats import t as student

from experiments.runs.pieces import Content
from experiments.runs.trial import Trial
from experiments.statistics.check import TOLERANCE, Check, Result
from experiments.studies.verification.kept import EXTRAS, LOSSES, checks_of

MOST_LOST = 0.10
"""Share of the attainable payoff above which the loss of a rule needs explaining."""


def size(check: Check) -> float:
    """Compute the deviation in units of the tolerance; infinite if a value is NaN."""
    tolerances = (check.simulated - check.theory) / check.tolerance
    return math.inf if math.isnan(tolerances) else tolerances


class Summary(NamedTuple):
    """The outcome of the checks of a result.

    Attributes
    ----------
    tolerances : float
        The largest deviation, without its sign, in units of the tolerance.
    errors : float or None
        The largest in standard errors, among checks that are random and have no
        allowance (their tolerance is four standard errors); None if there are none.
    """

    checks: int
    held: int
    tolerances: float
    errors: float | None

    @property
    def verdict(self) -> str:
        """Whether all checks hold, in words."""
        return "holds" if self.held == self.checks else "does not hold"


def summary(checks: Sequence[Check]) -> Summary:
    """Summarise the checks of a result, at least one."""
    pure = [c for c in checks if c.error > 0.0 and c.allowance == 0.0]
    return Summary(
        len(checks),
        sum(check.holds for check in checks),
        max(abs(size(check)) for check in checks),
        max(abs(c.simulated - c.theory) / c.error for c in pure) if pure else None,
    )


def in_full(check: Check) -> str:
    """Write everything about a check in a sentence."""
    unit = "" if check.unit == "-" else f" {check.unit}"
    text = (
        f"{check.quantity}: theory {check.theory:.6g}, simulated {check.simulated:.6g}"
        f"{unit}, standard error {check.error:.2g}"
    )
    if check.allowance:
        text += f", allowance {check.allowance:.2g} ({check.why})"
    return f"{text}; {abs(size(check)):.2f} times what is tolerated."


def answer(
    results: Sequence[Result], pieces: Mapping[str, Content], trial: Trial
) -> list[str]:
    """Say how many checks hold, and what that means."""
    checks = [c for result in results for c in checks_of(pieces[result.name])]
    held = sum(check.holds for check in checks)
    of = f"{len(results)} results" if len(results) > 1 else "one result"
    said = [f"{held} of {len(checks)} checks of {of} hold."]
    if EXTRAS["planning"] in pieces:
        said.append(_of_losses(pd.DataFrame(pieces[EXTRAS["planning"]])))
    random = sum(check.error > 0.0 for check in checks)
    said.append(
        f"A check holds if the simulated value lies within {TOLERANCE:g} standard "
        "errors of theory, plus an allowance where theory leaves something out, both "
        "stated beforehand."
    )
    if random:
        said.append(_of_chance(random, trial.replicates))
    return said


def _of_chance(checks: int, replicates: int) -> str:
    """Say how often a right theory fails a check.

    The expected number of false alarms bounds their probability, however the checks
    depend on each other; two-sided tails of the normal law and of Student's.
    """
    known, estimated = (
        2.0 * checks * float(law.sf(TOLERANCE))
        for law in (normal(), student(replicates - 1))
    )
    return (
        f"With {checks} random checks at {TOLERANCE:g} standard errors, and all theory "
        f"right, a false alarm would come {_often(known)} if all standard errors were "
        f"known, and {_often(estimated)} if each were estimated from {replicates} "
        "replicates alone."
    )


def _often(expected: float) -> str:
    if expected > 0.5:
        return f"{expected:,.1f} times a study"
    return f"once in {1.0 / expected:,.0f} studies"


def _of_losses(rows: pd.DataFrame) -> str:
    """Say how much of a quota's attainable payoff the rule of thumb leaves."""
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
        f"({LOSSES.name})."
    )
