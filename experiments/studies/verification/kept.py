"""Stored results of verification: the pieces, and the rows of its tables."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from experiments.runs.pieces import Content
from experiments.runs.trial import Trial
from experiments.statistics.check import Check, Gap, Result
from experiments.store.meanings import OF_QUANTITY
from experiments.store.table import Table, TableRows
from experiments.studies.verification.results import norm, planning

EXTRAS = {"norm": "hysteresis", "planning": "losses"}
"""Results with a chart of their own, and the piece with its data."""


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
    """Compute all checks and gaps of a result.

    Raises ``ValueError`` if it has no checks, since it would then always hold.
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
    """Simulate a loop of the padding norm: payoffs and shares, up and down."""
    up, down = norm.swept(trial)
    return [
        {name: values.tolist() for name, values in sweep._asdict().items()}
        for sweep in (up, down)
    ]


def losses() -> Content:
    """Compute the rule of thumb's loss over kinds of people, quotas and windows."""
    return planning.losses().to_dict("records")


def tables(pieces: Mapping[str, Content]) -> TableRows:
    """Make the rows of every table from all pieces; losses only with their result."""
    results = {n: piece for n, piece in pieces.items() if n not in EXTRAS.values()}
    rows: dict[Table[Any], list[Any]] = {
        CHECKS: [CheckRow(n, **row) for n in results for row in results[n]["checks"]],
        GAPS: [GapRow(n, **row) for n in results for row in results[n]["gaps"]],
    }
    if EXTRAS["planning"] in pieces:
        rows[LOSSES] = [_loss(row) for row in pieces[EXTRAS["planning"]]]
    return rows


def _loss(row: Mapping[str, Any]) -> Loss:
    """Convert a row of ``planning.losses``; a NaN becomes an unknown value."""
    known: dict[str, Any] = {name: None if x != x else x for name, x in row.items()}
    return Loss(**known)


def checks_of(content: Content) -> list[Check]:
    """Read the checks of a piece."""
    return [
        Check(**{name: row[name] for name in Check._fields})
        for row in content["checks"]
    ]


def gaps_of(content: Content) -> list[Gap]:
    """Read the gaps of a piece."""
    return [Gap(**row) for row in content["gaps"]]
