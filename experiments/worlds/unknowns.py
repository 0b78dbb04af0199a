"""What a world draws: every number that nobody knows well, from what distribution.

Two kinds of numbers. What nobody knows about organisation, people, technology and peers
holds in every scheme. The *strengths* of incentives, what a stake, a flag or a rank is
worth to people, hold where the incentive is at work. What the principal sets is drawn
never. Distributions are declared with the parameters, by a rule that looks at nothing
but the declaration (``model.parameters.shape_of``).
"""

from collections.abc import Sequence
from functools import cache

import numpy as np

from experiments.designs.factors import Factor, Floats
from model.parameters import Declaration, Shape, declarations
from model.peers import Law
from model.people import Rule
from model.scenario import Scenario

GROUPS = ("organisation", "people", "technology", "peers")
"""Groups of what nobody knows; the others are the principal's."""
BY_DEFINITION = "people.effort_reference"
"""Not drawn: in every world it is what makes effort the usual one in voluntary use."""
STRUCTURES = tuple((rule, law) for rule in Rule for law in Law)
"""Every rule of choice with every law of rework."""


@cache
def unknowns() -> tuple[Declaration, ...]:
    """List the numbers that nobody knows well, which hold in every scheme."""
    return tuple(
        row
        for row in declarations(Scenario)
        if row.key.split(".")[0] in GROUPS
        and row.confidence not in ("choice", "high")
        and isinstance(row.default, int | float)
        and row.key != BY_DEFINITION
    )


@cache
def strengths() -> tuple[Declaration, ...]:
    """List what incentives are worth to people, or do to them."""
    return tuple(row for row in declarations(Scenario) if row.strength)


def drawn() -> tuple[Declaration, ...]:
    """List all numbers that a world draws, in the order of its values."""
    return (*unknowns(), *strengths())


def distribution(row: Declaration, shape: Shape | None = None) -> Factor:
    """Give the distribution of a number; with ``shape``, one of another shape."""
    shape = shape or row.shape[0]
    low, high = row.span
    mode = (float(row.default),) if shape == "triangular" else ()
    return Factor(row.key, "uncertainty", row.unit, None, low, high, shape, mode)


def values_at(
    rows: Sequence[Declaration], shares: Floats, shape: Shape | None = None
) -> Floats:
    """Give the values (n, d) of numbers below which these shares (n, d) of them lie.

    They have six digits, as in the list that is shipped.
    """
    columns = [
        distribution(row, shape).at_shares(column)
        for row, column in zip(rows, shares.T, strict=True)
    ]
    values = np.column_stack(columns)
    return np.array([[six_digits(value) for value in row] for row in values.tolist()])


def six_digits(value: float) -> float:
    """Round to six significant digits."""
    return float(f"{value:.6g}")
