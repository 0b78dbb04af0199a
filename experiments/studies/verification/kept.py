"""What is kept of verified results: checks and gaps as rows, and what they say."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd
from scipy.stats import norm as normal
from scipy.stats import t as student

from experiments.runs.pieces import Content, Rows
from experiments.runs.trial import Trial
from experiments.statistics.check import TOLERANCE, Check, Gap, Result
from experiments.store.meanings import OF_QUANTITY
from experiments.store.table import Table
from experiments.studies.verification.results import norm, planning

EXTRAS = {"norm": "hysteresis", "planning": "losses"}
"""Results that have a chart of their own, and the piece that it is drawn from."""

MOST_LOST = 0.10
"""Part of the attainable payoff above which the loss of a rule is to be explained."""


class CheckRow(NamedTuple):
    """One row of ``checks.csv``: a ``Check`` of a result and whether it holds."""

    result: str
    quantity: str
    unit: str
    theory: float
    simulated: float
    error: float
    allowance: float
    why: str
    holds: bool


class GapRow(NamedTuple):
    """One row of ``gaps.csv``: a ``Gap`` of a result."""

    result: str
    quantity: str
    what: str
    size: int
    gap: float
    unit: str


class Loss(NamedTuple):
    """One row of ``losses.csv``, see ``planning.losses``."""

    kind: str
    weeks: int
    penalty: float
    multiple: float
    quota: float
    stake: float
    attainable: float
    loss: float | None
    loss_year: float | None
    loss_sharp: float | None
    loss_with_noise: float | None
    of_total: float
    met_best: float
    met: float


OF_RESULT = {
    "result": ("", "name of the result, that of its file in model/theory"),
    "quantity": ("", "what is compared, in words"),
    "unit": ("", "unit of the quantity; -: a plain number"),
}
CHECKS = Table(
    "checks.csv",
    CheckRow,
    "a number that theory gives beside the simulated one",
    OF_RESULT
    | {
        "theory": (OF_QUANTITY, "what theory gives"),
        "simulated": (OF_QUANTITY, "what the simulation gives"),
        "error": (OF_QUANTITY, "standard error of simulated - theory; 0: exact"),
        "allowance": (OF_QUANTITY, "what theory leaves out"),
        "why": ("", "where the allowance comes from"),
        "holds": ("True or False", "whether both agree within the tolerance"),
    },
)
GAPS = Table(
    "gaps.csv",
    GapRow,
    "how far the simulation is from theory at a size",
    OF_RESULT
    | {
        "what": ("", "what grows: employees, replicates, weeks"),
        "size": ("that of what grows", "how much of it"),
        "gap": (OF_QUANTITY, "root mean square over replicates of simulated - theory"),
    },
)
ATTAINABLE = "share of attainable"
LOSSES = Table(
    "losses.csv",
    Loss,
    "what the rule of thumb loses against the best plan before a quota",
    {
        "kind": ("", "kind of person"),
        "weeks": ("weeks", "length of the quota's window"),
        "penalty": ("half-days per half-day", "penalty of a missed quota"),
        "multiple": ("voluntary paces", "the quota over what people use without it"),
        "quota": ("M tokens", "tokens to reach in a window"),
        "stake": ("half-days", "what a missed quota costs"),
        "attainable": ("share of stake", "what a perfect planner gains"),
        "loss": (ATTAINABLE, "best plan less rule of thumb, in the first window"),
        "loss_year": (ATTAINABLE, "the same after a year"),
        "loss_sharp": (ATTAINABLE, "the same as loss for a person without noise"),
        "loss_with_noise": (
            ATTAINABLE,
            "best plan without noise less the rule with noise as if it were an error",
        ),
        "of_total": ("share", "loss in parts of the window's whole payoff"),
        "met_best": ("probability", "to meet the quota by the best plan"),
        "met": ("probability", "to meet it by the rule of thumb"),
    },
)


def piece(result: Result, trial: Trial) -> Content:
    """All checks and gaps of a result.

    Raises ``ValueError`` if it checks nothing, and so would hold whatever happens.
    """
    checks = result.check(trial)
    if not checks:
        raise ValueError(f"{result.name} checks nothing")
    gaps = result.converge(trial) if result.converge else []
    return {
        "checks": [{**check._asdict(), "holds": check.holds} for check in checks],
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


def tables(pieces: Mapping[str, Content]) -> Rows:
    """The rows of every table from all pieces; losses only with their result."""
    results = {n: piece for n, piece in pieces.items() if n not in EXTRAS.values()}
    found: dict[Table[Any], list[Any]] = {
        CHECKS: [CheckRow(n, **row) for n in results for row in results[n]["checks"]],
        GAPS: [GapRow(n, **row) for n in results for row in results[n]["gaps"]],
    }
    if EXTRAS["planning"] in pieces:
        found[LOSSES] = [_loss(row) for row in pieces[EXTRAS["planning"]]]
    return found


def _loss(row: Mapping[str, Any]) -> Loss:
    """A row of ``planning.losses``; what is NaN there is not known."""
    known: dict[str, Any] = {name: None if x != x else x for name, x in row.items()}
    return Loss(**known)


def checks_of(content: Content) -> list[Check]:
    """The checks of a piece."""
    return [
        Check(**{name: row[name] for name in Check._fields})
        for row in content["checks"]
    ]


def gaps_of(content: Content) -> list[Gap]:
    """The gaps of a piece."""
    return [Gap(**row) for row in content["gaps"]]


def size(check: Check) -> float:
    """Deviation in units of the tolerance; infinite if a value is no number."""
    found = (check.simulated - check.theory) / check.tolerance
    return math.inf if math.isnan(found) else found


class Summary(NamedTuple):
    """How the checks of a result came out.

    Attributes
    ----------
    tolerances : float
        The largest deviation, without its sign, in units of the tolerance.
    errors : float or None
        The largest in standard errors, among checks that are random and have no
        allowance, of which the tolerance is four of them; None if there are none.
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
    """Everything about a check, in a sentence."""
    unit = "" if check.unit == "-" else f" {check.unit}"
    text = (
        f"{check.quantity}: theory {check.theory:.6g}, simulated {check.simulated:.6g}"
        f"{unit}, standard error {check.error:.2g}"
    )
    if check.allowance:
        text += f", allowance {check.allowance:.2g} ({check.why})"
    return f"{text}; {abs(size(check)):.2f} times what is tolerated."


def about(trial: Trial) -> str:
    """How much was simulated."""
    return (
        f"{trial.people:,} people in each organisation, {trial.replicates} replicates, "
        f"seed {trial.seed}."
    )


def answer(
    results: Sequence[Result], pieces: Mapping[str, Content], trial: Trial
) -> list[str]:
    """How many checks hold, and what that means."""
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
    """How often right theory fails a check, in a sentence.

    Expected false alarms, an upper bound of their probability however the checks hang
    together; two-sided tails of the normal law and of Student's.
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
        f"({LOSSES.name})."
    )
