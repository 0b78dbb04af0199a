"""The compass needle: dE[own output]/dw = Cov(output, W) / tau, for every incentive."""

import numba
import numpy as np
import pytest

from model import (
    Audit,
    Bonus,
    Budget,
    Dismissal,
    Guidance,
    Leaderboard,
    Participation,
    People,
    Quota,
    Review,
    Scenario,
    Simulation,
    Technology,
    TopBoard,
    Workplace,
)
from model.block import CONSCIENCE
from model.choice import needle, pick
from model.incentive import Counted, Scope
from model.outlook import PADDING
from model.scenario import REVIEW_OUTPUT, ROW

ALONE = {
    "bonus": {"bonus": Bonus(rate=0.3)},
    "bonus_on_output": {"bonus": Bonus(rate=0.3, measure=Counted.OUTPUT)},
    "review_of_output": {"review": Review()},
    "review_of_usage": {"review": Review(weight=0.3, visible=True)},
    "leaderboard": {"leaderboard": Leaderboard(status=0.1)},
    "team_leaderboard": {"leaderboard": Leaderboard(status=0.1, scope=Scope.TEAM)},
    "top_board": {"top_board": TopBoard(prize=0.2, share=0.1)},
    "quota": {"quota": Quota(penalty=0.1, shame=0.05, visible=True)},
    "participation": {"participation": Participation(penalty=0.1)},
    "random_audit": {"audit": Audit(probability=0.2)},
    "audit_of_top_spenders": {"audit": Audit(probability=0.5, top_share=0.2)},
    "chargeback": {"budget": Budget(chargeback=1.0)},
    "dismissal": {"dismissal": Dismissal(share=0.1, loss=20.0)},
    "guidance": {"guidance": Guidance(conscience=0.3)},
}
"""Each incentive with weight, alone over the ordinary review."""

EMPLOYEES = 100
TAU = 0.2
TEMPTED = People(choice_noise=TAU, conscience_floor=0.0, conscience_scale=0.1)
"""People with little conscience, so that audits and guidance have something to do."""

CHORES = Technology(chore_worth=0.65, task_sd=0.5)
"""All four activities are open."""

every_incentive = pytest.mark.parametrize("name", ALONE)


class HalfDays:
    """Half-days of all employees in one week, flattened to shape (1000, ...)."""

    def __init__(self, name, weeks=6):
        scenario = Scenario(
            organisation=Workplace(employees=EMPLOYEES),
            people=TEMPTED,
            technology=CHORES,
            **ALONE[name],
        )
        simulation = Simulation(scenario, seed=11)
        for _ in range(weeks):
            simulation.step()
        notes = simulation.note(0, EMPLOYEES)
        terms = notes["terms"].reshape(-1, *notes["terms"].shape[2:])
        self.chances = notes["chances"].reshape(-1, 4)
        self.outputs = notes["outputs"].reshape(-1, 4)
        self.luck = notes["tasks"][:, :, 3].ravel()
        self.activities = notes["activities"].ravel()
        self.feasible = np.ones_like(self.chances, dtype=bool)
        self.feasible[:, PADDING] = ~np.repeat(simulation.staff["never_gamer"], 10)
        self.utility = terms.sum(axis=1)
        self.worth = self._worth(terms, name, simulation)

    def _worth(self, terms, name, simulation):
        """Worth W by activity at weight 1, the scheme as it is."""
        if name == "guidance":
            # Conscience costs (h + added) * (1 - relief * norm); W is the added part.
            worth = np.zeros_like(self.utility)
            h = simulation.staff["conscience"] + 0.3
            worth[:, PADDING] = terms[:, CONSCIENCE, PADDING] * np.repeat(0.3 / h, 10)
            return worth
        (part,) = ALONE[name]
        rows = [getattr(ROW, part)]
        if part == "review":
            rows.append(REVIEW_OUTPUT)
        return terms[:, rows].sum(axis=1)

    def probabilities(self, weight):
        """Choice probabilities if the worth W had another weight, shape (1000, 4)."""
        weight = np.asarray(weight).reshape(-1, 1)
        utility = self.utility + (weight - 1.0) * self.worth
        utility = np.where(self.feasible, utility, -np.inf)
        chances = np.exp((utility - utility.max(axis=1, keepdims=True)) / TAU)
        return chances / chances.sum(axis=1, keepdims=True)

    def expected_output(self, weight):
        return (self.probabilities(weight) * self.outputs).sum(axis=1)

    def needles(self):
        rows = zip(self.chances, self.outputs, self.worth, strict=True)
        return np.array([needle(tuple(p), tuple(y), tuple(w), TAU) for p, y, w in rows])

    def spread(self):
        """Range of the worth over the options that are open."""
        high = np.where(self.feasible, self.worth, -np.inf).max(axis=1)
        low = np.where(self.feasible, self.worth, np.inf).min(axis=1)
        return high - low


@pytest.fixture(scope="module")
def half_days():
    return {name: HalfDays(name) for name in ALONE}


@every_incentive
def test_the_terms_that_were_noted_are_those_that_decided(half_days, name):
    days = half_days[name]
    np.testing.assert_allclose(days.probabilities(1.0), days.chances, rtol=1e-12)
    cumulated = np.cumsum(days.chances, axis=1)
    picked = (days.luck[:, None] >= cumulated[:, :3]).sum(axis=1)
    np.testing.assert_array_equal(picked, days.activities)


@every_incentive
def test_the_needle_is_the_central_difference_of_expected_output(half_days, name):
    """Five points, a step of 1e-3 tau / range(W): truncation is below 1e-11."""
    days = half_days[name]
    spread = days.spread()
    moving = spread > 1e-9
    assert moving.mean() > 0.2, "few half-days on which this incentive matters"
    step = 1e-3 * TAU / np.where(moving, spread, 1.0)

    def output(steps):
        return days.expected_output(1.0 + steps * step)

    slope = (8.0 * (output(1) - output(-1)) - (output(2) - output(-2))) / (12.0 * step)
    # What float64 resolves where nearly one option is left, or where the worths of
    # the options agree in all but their last digits.
    largest = np.abs(days.worth).max(axis=1)
    resolution = (1e-9 * spread + 2e-15 * largest) / TAU
    for measured, predicted, atol in zip(
        slope[moving], days.needles()[moving], resolution[moving], strict=True
    ):
        assert measured == pytest.approx(predicted, rel=1e-6, abs=atol)


@every_incentive
def test_few_needles_are_too_small_for_the_comparison_to_mean_something(
    half_days, name
):
    days = half_days[name]
    visible = np.abs(days.needles()) > 1e-3 * days.spread() / TAU
    assert np.mean(visible[days.spread() > 1e-9]) > 0.3


@numba.njit
def change_of_output(before, after, outputs, luck):
    """Output picked after less output picked before, with the same draws."""
    change = np.empty(len(luck))
    for k in range(len(luck)):
        i = k % len(before)
        p, q = before[i], after[i]
        old = pick((p[0], p[1], p[2], p[3]), luck[k])
        new = pick((q[0], q[1], q[2], q[3]), luck[k])
        change[k] = outputs[i, new] - outputs[i, old]
    return change


@every_incentive
def test_picks_with_common_draws_follow_the_needle(half_days, name):
    """A million decisions at weight 1 - h and 1 + h, within four standard errors.

    A step of h = tau / (10 range(W)) biases the slope by less than 0.2 %.
    """
    days = half_days[name]
    spread = days.spread()
    h = 0.1 * TAU / np.maximum(spread, 1e-9)
    luck = np.random.default_rng(5).random(1_000_000)
    change = change_of_output(
        days.probabilities(1.0 - h), days.probabilities(1.0 + h), days.outputs, luck
    )
    assert np.count_nonzero(change) > 1000
    slopes = change.reshape(-1, len(h)) / (2.0 * h)
    error = np.sqrt(slopes.var(axis=0).sum() / len(slopes)) / len(h)
    assert abs(slopes.mean() - days.needles().mean()) < 4.0 * error


def test_the_needle_needs_no_normalised_chances():
    outputs, worths = (1.0, 1.2, 0.6, 0.4), (0.0, 0.1, 0.2, 0.5)
    assert needle((1.0, 2.0, 0.5, 0.5), outputs, worths, TAU) == pytest.approx(
        needle((0.25, 0.5, 0.125, 0.125), outputs, worths, TAU), rel=1e-14
    )


def test_the_needle_of_a_sure_choice_is_zero():
    sure = (0.0, 1.0, 0.0, 0.0)
    assert needle(sure, (1.0, 1.2, 0.6, 0.4), (0.0, 0.1, 0.2, 0.5), TAU) == 0.0


def test_pressure_on_what_yields_little_alone_turns_the_needle_down():
    p, outputs = (0.4, 0.3, 0.1, 0.2), (1.0, 1.2, 0.6, 0.4)
    assert needle(p, outputs, (0.0, 0.0, 0.0, 1.0), TAU) < 0.0
    assert needle(p, outputs, (0.0, 0.0, 1.0, 0.0), TAU) < 0.0
    assert needle(p, outputs, (0.0, 1.0, 0.0, 0.0), TAU) > 0.0


@pytest.mark.parametrize("name", ["bonus", "leaderboard", "quota"])
def test_the_worth_is_proportional_to_the_weight(name):
    """So that the weight of the needle is the parameter in the config."""
    parts = {
        "bonus": lambda w: Bonus(rate=0.3 * w),
        "leaderboard": lambda w: Leaderboard(status=0.1 * w),
        "quota": lambda w: Quota(penalty=0.1 * w),
    }

    def first_half_day(weight):
        scenario = Scenario(
            organisation=Workplace(employees=EMPLOYEES), **{name: parts[name](weight)}
        )
        terms = Simulation(scenario, seed=11).note(0, EMPLOYEES)["terms"]
        return terms[:, 0, getattr(ROW, name)]

    np.testing.assert_allclose(first_half_day(2.0), 2.0 * first_half_day(1.0))
