"""What a scheme costs to run, against the hours worked out by hand."""

import numpy as np
import pytest

from experiments import compose
from model import Phase, simulate

SMALL = ["organisation.employees=30", "weeks=30"]
A_YEAR = {
    "voluntary": 20.0,
    "no_review": 0.0,
    "participation_80": 20.0 + 1.0,
    "monthly_minimum": 20.0 + 1.0,
    "top_2pct_board": 20.0 + 1.0,
    "full_rank_board": 20.0 + 1.0,
    "review_linked": 20.0 + 3.0,
    "suspected_linkage": 20.0,
    "recommended": 20.0 + 3.0 + 8.0,
}
"""Hours a head and year."""


def dollars(hours_a_week):
    """Hours at $385 a half-day of four hours."""
    return hours_a_week / 4.0 * 385.0


@pytest.mark.parametrize("scheme", A_YEAR)
def test_a_scheme_costs_the_hours_of_its_parts(scheme):
    weeks = simulate(compose([f"scheme={scheme}", *SMALL])).weeks
    cost = dollars(A_YEAR[scheme] / 52.0)
    np.testing.assert_allclose(weeks["running_cost"], cost, rtol=1e-14, atol=0.0)


def test_net_value_is_output_less_spend_and_running_cost():
    weeks = simulate(compose(["scheme=everything_at_once", *SMALL])).weeks
    costs = weeks["spend"] + weeks["running_cost"] + weeks["replacement_cost"]
    kept = 385.0 * weeks["output"] - costs
    np.testing.assert_allclose(weeks["net_value"], kept, rtol=1e-13)


def test_an_audit_costs_by_the_case():
    """A random one looks at one half-day with AI in five, whatever it finds."""
    looks = ["audit.probability=0.2", "audit.sanction=0", "audit.hours_a_case=16"]
    run = simulate(compose(["review=none", "bonus=usage", *looks, *SMALL]))
    cases = run.weeks["running_cost"] / dollars(16.0)
    np.testing.assert_allclose(cases[-1], run.employees["cases"].mean(), rtol=1e-14)
    used = 10.0 * (run.weeks["genuine_share"] + run.weeks["padding_share"])
    expected, n = 0.2 * used.sum() * 30, used.sum() * 30
    assert abs(cases.sum() * 30 - expected) < 4.0 * np.sqrt(n * 0.2 * 0.8)


def test_a_finding_is_a_case():
    audited = ["audit=random", "audit.probability=0.5"]
    run = simulate(compose(["bonus=usage", *audited, *SMALL]))
    found = run.employees["hits"] + run.employees["false_hits"]
    assert found.any()
    assert (found <= run.employees["cases"]).all()


def test_a_phase_costs_from_its_first_week_on():
    board = compose(["scheme=full_rank_board", *SMALL])
    scenario = compose(SMALL).varied(timeline=(Phase(week=12, scheme=board.scheme),))
    cost = simulate(scenario).weeks["running_cost"]
    np.testing.assert_allclose(cost[:12], dollars(20.0 / 52.0), rtol=1e-14)
    np.testing.assert_allclose(cost[12:], dollars(21.0 / 52.0), rtol=1e-14)


def test_a_case_depends_on_nothing_that_hours_change():
    """The hours are accounting: nobody chooses otherwise."""
    audited = ["scheme=everything_at_once", *SMALL]
    one, other = (
        simulate(compose([*audited, f"{name}.hours=100"]), record=["activity"])
        for name in ("review", "leaderboard")
    )
    np.testing.assert_array_equal(one.history("activity"), other.history("activity"))
    for name, column in one.weeks.items():
        if name not in ("running_cost", "net_value"):
            np.testing.assert_array_equal(column, other.weeks[name], name)
