"""What the schemes of a comparison are worth in $, a head or for a whole company.

Net value is the value of real output less tokens, less what the scheme takes of
people's time, less the cost of replacing who leaves (``model/outcomes.py``). Money is
proportional to people: a company of twice the size has twice of it.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from app.compare.numbers import dollars
from app.comparison import Comparison
from experiments.report.sentences import naive
from experiments.statistics.paired import interval
from experiments.store.dataset import SUFFIX
from model.progress import WEEKS_A_YEAR
from model.workforce import Floats

VALUE, WORK, PADDING = "Value of real output", "Tokens for work", "Tokens for padding"
SCHEME, REPLACING, NET = "Running the scheme", "Replacing who leaves", "Net value"


@dataclass(frozen=True)
class Terms:
    """How money is told.

    Attributes
    ----------
    is_company : bool
        For a whole company instead of a head.
    is_run : bool
        Over the weeks of the run instead of a year.
    people : int or None
        People of the company; None: as many as are simulated.
    """

    is_company: bool = False
    is_run: bool = False
    people: int | None = None

    def heads(self, comparison: Comparison) -> int:
        """Return how many people the money is for."""
        return self.company(comparison) if self.is_company else 1

    def company(self, comparison: Comparison) -> int:
        """Return the people of the company."""
        return self.people or simulated(comparison)

    def times(self, comparison: Comparison) -> float:
        """Return the employee-weeks that the money is for."""
        weeks = comparison.pair.weeks if self.is_run else WEEKS_A_YEAR
        return float(weeks * self.heads(comparison))

    def said(self, comparison: Comparison) -> str:
        """Say what the money is for, as "$ per employee and year"."""
        time = f"run of {comparison.pair.weeks} weeks" if self.is_run else "year"
        if self.is_company:
            return f"$ for {self.company(comparison):,} people and {time}"
        return f"$ per employee and {time}"


class Line(NamedTuple):
    """A part of net value; costs are negative.

    Attributes
    ----------
    first, second : float
        Under each scheme.
    difference : tuple of float
        The second less the first: mean of the paired runs, low and high end of its
        95 % interval, None of a single run.
    """

    name: str
    first: float
    second: float
    difference: tuple[float, float | None, float | None]


def simulated(comparison: Comparison) -> int:
    """Return how many people are simulated."""
    pair = comparison.pair
    return pair.scenario(pair.first).organisation.employees


def lines(comparison: Comparison, terms: Terms) -> list[Line]:
    """Return the parts of net value and their sum, which comes last.

    Nobody is replaced where nobody leaves: that part is then left out.
    """
    times = terms.times(comparison)
    first, second = (_parts(comparison, label) for label in comparison.pair.labels)
    found = [
        Line(
            name,
            float(times * before.mean()),
            float(times * after.mean()),
            interval(times * (after - before)),
        )
        for (name, before), after in zip(first.items(), second.values(), strict=True)
    ]
    return [line for line in found if line.name != REPLACING or line[1:3] != (0, 0)]


def _parts(comparison: Comparison, label: str) -> dict[str, Floats]:
    """Return each part by name in $ per employee-week, (R,)."""
    of = {
        name: comparison.panel.known(label, name + SUFFIX["whole"])
        for name in (
            "net_value",
            "spend",
            "false_demand",
            "running_cost",
            "replacement_cost",
        )
    }
    costs = of["spend"] + of["running_cost"] + of["replacement_cost"]
    # Less of nothing is 0, not -0.
    return {
        VALUE: of["net_value"] + costs,
        WORK: of["false_demand"] - of["spend"],
        PADDING: 0.0 - of["false_demand"],
        SCHEME: 0.0 - of["running_cost"],
        REPLACING: 0.0 - of["replacement_cost"],
        NET: of["net_value"],
    }


class Budget(NamedTuple):
    """Next year's tokens as the dashboard of a scheme plans them, and for padding."""

    label: str
    dollars: float
    padding: float


def budgets(comparison: Comparison, terms: Terms) -> list[Budget]:
    """Plan next year's token budget under each scheme from its last quarter."""
    pair, heads = comparison.pair, terms.heads(comparison)
    found = []
    for label, side in zip(pair.labels, (pair.first, pair.second), strict=True):
        view = naive(comparison.panel, label, None, pair.scenario(side))
        found.append(Budget(label, heads * view.budget, heads * view.false_demand))
    return found


def budget_sentence(comparison: Comparison, terms: Terms) -> str:
    """Say next year's token budget under both schemes."""
    told = (
        f"{dollars(plan.dollars)} under {plan.label}"
        + (f", {dollars(plan.padding)} of it for padding" if plan.padding else "")
        for plan in budgets(comparison, terms)
    )
    whose = "for the company" if terms.is_company else "an employee"
    return (
        f"Next year's token budget {whose}, planned from the dashboard of the last "
        f"quarter: {'; '.join(told)}."
    )


def changes(found: list[Line]) -> list[tuple[str, float, float]]:
    """Return name, start and end of each step of the difference in net value.

    The steps follow each other from 0; the last is their sum, from 0.
    """
    *parts, net = found
    ends = np.cumsum([line.difference[0] for line in parts]).tolist()
    starts = [0.0, *ends[:-1]]
    steps = [(p.name, a, b) for p, a, b in zip(parts, starts, ends, strict=True)]
    return [*steps, (net.name, 0.0, net.difference[0])]
