"""The principal, who sees only the dashboard: raises targets, plans budgets."""

from typing import NamedTuple

from model.compiled import rule
from model.scenario import Planning, Scenario

WEEKS_A_YEAR = 52.0


@rule
def raised(
    target: float, reached: float, first: float, highest: float, planning: Planning
) -> float:
    """The target after a settled window (the ratchet).

    A part of the overshoot, reached / target - 1, is added, at most one step at once,
    never beyond the ceiling times the first target nor beyond the highest possible.
    """
    if planning.ratchet == 0.0 or target <= 0.0 or reached <= target:
        return target
    rise = min(planning.ratchet * (reached / target - 1.0), planning.step)
    return min(target * (1.0 + rise), first * planning.ceiling, highest)


def reported_padding(
    reported: float, genuine: float, trivial: float, padded: float
) -> float:
    """How much of the reported tokens is padding that passed the filter.

    All in the same unit. Reported tokens that are neither genuine nor trivial use are
    padding; the few of gestures that are among them are not more than all padding.
    """
    return min(padded, max(0.0, reported - genuine - trivial))


class BudgetPlan(NamedTuple):
    """Next year's token budget [$ per employee and year]."""

    budget: float  # planned from reported usage
    false_demand: float  # the part of it that padding caused


def plan_budget(
    reported_tokens: float, reported_padding: float, scenario: Scenario
) -> BudgetPlan:
    """Plan next year's tokens from the dashboard.

    Both arguments are in M tokens per employee-week: what the dashboard reports, and
    how much of it, unknown to the principal, is padding.
    """
    growth = 1.0 + scenario.principal.margin
    dollars = growth * WEEKS_A_YEAR * scenario.technology.price
    return BudgetPlan(dollars * reported_tokens, dollars * reported_padding)
