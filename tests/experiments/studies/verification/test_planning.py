"""The best plan before a quota, the rule of thumb, and the simulation beside them."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy.integrate import quad
from scipy.special import ndtr
from scipy.stats import lognorm

from experiments.runs.trial import Trial
from experiments.studies.verification.figures.planning import planning as chart
from experiments.studies.verification.results import planning
from experiments.studies.verification.results.planning import (
    KINDS,
    USUAL_HABIT,
    losses,
    person_of,
    scenario_of,
)
from model import Quota
from model.theory.planning import (
    NEVER,
    Habit,
    Person,
    Planner,
    before,
    grid,
    ignoring,
    narrow_rule,
    ranging_rule,
    reached,
    voluntary_pace,
    wider_rule,
)

SEED = 31
PADDER = Person(
    base=-0.33,
    slope=0.29,
    cost=0.62,
    genuine=9.0,
    padding=20.0,
    token_noise=0.5,
    judgement_noise=0.12,
    choice_noise=0.12,
)
HABIT = Habit(cramming=0.2, uncertainty=1.0, floor=0.32)
RULES = (narrow_rule, wider_rule, ranging_rule)


def value(person, quotas, stakes, half_days, rule=None, step=0.5, growth=0.01):
    gaps = grid(max(quotas), -60.0, step, growth)
    outcome = Planner(person, gaps).solve(half_days, np.asarray(stakes, float), rule)
    return before(outcome.value, gaps, np.asarray(quotas, float))


def last_half_day(person, gap, stake):
    """V(1, G) by adaptive quadrature over judged suitability."""
    tau, sd, e = person.choice_noise, person.token_noise, person.judgement_noise

    def reach(tokens):
        return float(lognorm.sf(gap, sd, scale=tokens * math.exp(-0.5 * sd * sd)))

    by_use, by_padding = stake * reach(person.genuine), stake * reach(person.padding)

    def integrand(j):
        u = [0.0, person.base + person.slope * j + by_use, by_padding - person.cost]
        chance = ndtr(j / e) - ndtr((j - 1.0) / e)
        return chance * tau * np.logaddexp.reduce(np.array(u) / tau)

    return quad(integrand, -8.0 * e, 1.0 + 8.0 * e, epsabs=1e-10)[0]


@pytest.mark.parametrize("gap", [1.0, 9.0, 30.0])
def test_the_last_half_day_is_an_integral_over_its_tasks(gap):
    expected = last_half_day(PADDER, gap, 2.0)
    assert value(PADDER, [gap], [2.0], 1, step=0.05)[0] == pytest.approx(
        expected, abs=2e-4
    )


def test_without_a_stake_half_days_add_up():
    one = last_half_day(PADDER, 9.0, 0.0)
    assert value(PADDER, [50.0], [0.0], 10)[0] == pytest.approx(10.0 * one, rel=1e-4)


def test_once_the_quota_is_met_the_stake_comes_on_top():
    gaps = grid(50.0, -60.0, 0.5, 0.01)
    met = Planner(PADDER, gaps).solve(20, np.array([3.0]), None).value[0, 0]
    assert met == pytest.approx(value(PADDER, [50.0], [0.0], 20)[0] + 3.0, rel=1e-9)


def test_a_planner_without_tastes_meets_a_quota_for_what_it_costs_where_that_pays():
    """Hardly anything is uncertain: five padded half-days reach the quota."""
    person = Person(-9.0, 1e-3, 0.5, 1.0, 20.0, 1e-3, 0.0, 1e-3)
    found = value(person, [99.0, 99.0], [2.6, 2.4], 10, step=0.25, growth=0.0)
    np.testing.assert_allclose(found, [0.1, 0.0], atol=0.02)


@pytest.mark.parametrize("rule", RULES)
def test_no_rule_is_worth_more_than_the_best_plan(rule):
    quotas, stakes = [20.0, 80.0, 160.0, 300.0], [1.0, 2.0, 4.0, 8.0]
    pace = np.full(4, voluntary_pace(PADDER))
    thumb = rule(PADDER, HABIT, pace, np.asarray(stakes))
    best = value(PADDER, quotas, stakes, 20)
    assert (value(PADDER, quotas, stakes, 20, thumb) <= best).all()
    assert (value(PADDER, quotas, stakes, 20, ignoring) < best).all()


def test_a_rule_that_knows_what_is_ahead_loses_nothing():
    """Before the last half-day the chance to reach the quota is known exactly."""
    gaps = grid(60.0, -60.0, 0.5, 0.0)
    stake = np.array([2.0])
    planner = Planner(PADDER, gaps)

    def knowing(left, gaps):
        met, sd = reached(gaps), PADDER.token_noise

        def reach(tokens):
            scale = tokens * math.exp(-0.5 * sd * sd)
            return np.where(met, 2.0, 2.0 * lognorm.sf(gaps, sd, scale=scale))

        return np.where(met, 2.0, 0.0), reach(9.0), reach(20.0)

    best, rule = planner.solve(1, stake, None), planner.solve(1, stake, knowing)
    np.testing.assert_allclose(rule.value, best.value, atol=5e-3)


def test_a_finer_grid_changes_nothing_that_matters():
    quotas, stakes = [40.0, 120.0], [2.0, 4.0]
    coarse = value(PADDER, quotas, stakes, 40, step=1.0, growth=0.03)
    fine = value(PADDER, quotas, stakes, 40, step=0.25, growth=0.0)
    np.testing.assert_allclose(coarse, fine, atol=0.01)


class Drawn:
    """People before a quota who are played half-day by half-day, with own draws."""

    quota, stake, half_days, n = 60.0, 3.0, 6, 20_000
    tokens = np.array([[0.0], [PADDER.genuine], [PADDER.padding]])

    def __init__(self):
        self.rng = np.random.default_rng(SEED)
        self.gaps = grid(self.quota, -60.0, 0.25, 0.0)
        self.met = reached(self.gaps)
        self.planner = Planner(PADDER, self.gaps)

    def ahead(self, left, gap):
        """Value of the best plan with so many half-days left, at any gaps."""
        value = self.planner.solve(left, np.array([self.stake]), None).value[:, 0]
        missed = np.interp(gap, self.gaps[~self.met], value[~self.met])
        there = np.interp(gap, self.gaps[self.met], value[self.met])
        return np.where(gap > 0.0, missed, there)

    def factor(self, z):
        return np.exp(PADDER.token_noise * z - 0.5 * PADDER.token_noise**2)

    def payoffs(self):
        """What everybody gets who follows the plan, tastes included."""
        z = np.linspace(-8.0, 8.0, 401)
        weight = np.exp(-0.5 * z**2) / np.exp(-0.5 * z**2).sum()
        gap, payoff = np.full(self.n, self.quota), np.zeros(self.n)
        for left in range(self.half_days - 1, -1, -1):
            luck = self.factor(z)
            later = [self.ahead(left, gap[:, None] - t * luck) for t in self.tokens]
            judged = self.rng.random(self.n)
            judged += PADDER.judgement_noise * self.rng.standard_normal(self.n)
            gained = PADDER.base + PADDER.slope * judged
            lost = np.full(self.n, -PADDER.cost)
            own = np.array([np.zeros(self.n), gained, lost])
            tastes = self.rng.gumbel(size=own.shape) - np.euler_gamma
            own += PADDER.choice_noise * tastes
            chosen = (own + np.array(later) @ weight).argmax(axis=0)
            payoff += own[chosen, np.arange(self.n)]
            luck = self.factor(self.rng.standard_normal(self.n))
            gap = gap - self.tokens[chosen, 0] * luck
        return payoff + self.stake * (gap <= 0.0)


def test_the_best_plan_is_worth_what_it_yields_when_played():
    drawn = Drawn()
    payoff = drawn.payoffs()
    error = payoff.std(ddof=1) / math.sqrt(drawn.n)
    given = [drawn.quota], [drawn.stake], drawn.half_days
    best = value(PADDER, *given, step=0.25, growth=0.0)[0]
    assert abs(payoff.mean() - best) < 4.0 * error + 0.005
    thumb = narrow_rule(PADDER, HABIT, np.full(1, 2.0), np.array([drawn.stake]))
    rule = value(PADDER, *given, thumb, step=0.25, growth=0.0)[0]
    assert payoff.mean() - rule > 4.0 * error


TRIAL = Trial(seed=SEED, people=600, replicates=2, threads=1)
CASES = planning.CASES[1:4]


def test_simulated_people_fare_as_the_rule_says():
    checks = planning.compare(planning.IN_FORCE, TRIAL, CASES)
    assert [c.quantity for c in checks if not c.holds] == []


@pytest.mark.parametrize("wrong", [narrow_rule, ranging_rule])
def test_another_rule_than_theirs_does_not_tell_how_they_fare(wrong):
    checks = planning.compare(wrong, TRIAL, CASES)
    assert sum(not c.holds for c in checks) >= 3


@pytest.mark.parametrize(
    "change", [{"cramming": 0.25}, {"uncertainty": 2.0}, {"floor": 9.0}]
)
def test_another_habit_than_theirs_does_not_tell_how_they_fare(change, monkeypatch):
    right = planning.habit_of
    monkeypatch.setattr(
        planning, "habit_of", lambda people: right(people)._replace(**change)
    )
    checks = planning.compare(planning.IN_FORCE, TRIAL, CASES)
    assert any(not c.holds for c in checks)


SMALL = {"weeks": (1, 4), "penalties": (0.10,), "multiples": (0.75, 1.5)}


@pytest.fixture(scope="module")
def table():
    return losses(**SMALL)


def test_losses_are_parts_of_what_is_attainable(table):
    parts = table["loss"].dropna()
    assert len(table) == len(KINDS) * 4
    assert (parts >= 0.0).all()
    assert (table["attainable"].dropna() <= 1.0).all()
    assert (table["met"] <= 1.0 + 1e-9).all()


def test_noise_taken_for_error_only_adds_to_the_loss(table):
    known = table.dropna(subset=["loss_sharp", "loss_with_noise"])
    assert len(known) > 4
    assert (known["loss_with_noise"] > 0.0).all()


def test_knowing_that_one_does_not_know_saves_payoff():
    """The rule in force loses less than the narrow one, whatever part is counted on."""
    month = SMALL | {"weeks": (4,)}
    wide = losses(wider_rule, **month)["loss"]
    for cramming in (0.1, 0.2):
        habit = USUAL_HABIT._replace(cramming=cramming)
        assert wide.mean() < losses(narrow_rule, habit, **month)["loss"].mean()


def test_a_quota_out_of_reach_offers_nothing():
    never = {"never-gamer": KINDS["never-gamer"]}
    table = losses(kinds=never, weeks=(4,), penalties=(0.05,), multiples=(3.0,))
    assert table["loss"].isna().all()
    assert (table["attainable"] < 0.01).all()


def test_a_never_gamer_is_told_apart_by_what_they_would_do():
    scenario = scenario_of(Quota(), 0.12)
    never = person_of(KINDS["never-gamer"], scenario)
    assert never.cost == NEVER
    assert never.most == never.genuine


def test_the_chart_shows_every_kind_and_penalty(table):
    figure = chart(table)
    titles = [axes.get_title(loc="left") for axes in figure.axes]
    assert titles == [f"{kind}, penalty 0.1" for kind in KINDS]
    written = [text.get_text() for text in figure.axes[0].texts]
    assert f"{100 * table['loss'][0]:.0f}" in written


def test_the_chart_refuses_a_table_without_losses():
    with pytest.raises(ValueError, match="lacks the columns"):
        chart(pd.DataFrame({"kind": ["padder"]}))
