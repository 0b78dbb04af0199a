"""Worlds: what they draw, from where, and what they do to a scenario."""

import numpy as np
import pytest
from scipy import stats

from experiments.config.compose import compose
from experiments.config.request import ask, schemes
from experiments.statistics.calibration import RECORD, TARGETS
from experiments.statistics.ranges import unknown
from experiments.worlds import World, apply
from experiments.worlds.runs import horizon, outcomes, pairs, sized
from experiments.worlds.search import (
    USUAL,
    VOLUNTARY,
    mixed,
    other_strengths,
    searched,
    settled,
    voluntary_use,
)
from experiments.worlds.tolerances import BY_TARGET, estimates, plausible, tolerance
from experiments.worlds.unknowns import (
    BY_DEFINITION,
    STRUCTURES,
    distribution,
    drawn,
    strengths,
    unknowns,
    values_at,
)
from model import Phase, Scenario, Scheme, simulate
from model.parameters import declarations, shape_of
from model.peers import Law
from model.people import Rule
from model.scenario import INCENTIVES, Group
from model.workplace import Workplace

DEFAULTS = {row.key: float(row.default) for row in unknowns()}
MIDDLES = {row.key: float(np.mean(row.span)) for row in drawn()}
"""Numbers of a world in which every strength differs from what schemes say."""


def world(values=DEFAULTS, rule=Rule.LOGIT, law=Law.BELOW_BREAK_EVEN):
    return World(0, rule, law, values)


def shipped():
    return schemes(ask([]))


# What is drawn


def test_a_world_draws_what_nobody_knows_well_and_nothing_that_is_set():
    keys = {row.key for row in unknowns()}
    assert keys == {r.key for r in unknown() if r.confidence != "high"} - {
        BY_DEFINITION
    }
    assert all(row.key.split(".")[0] in INCENTIVES for row in strengths())
    assert not {row.confidence for row in strengths()} & {"choice", "high"}
    never = ("measure.", "principal.")
    assert not [row.key for row in drawn() if row.key.startswith(never)]
    assert not {"quota.amount", "review.shift", "review.weight"} & {
        row.key for row in drawn()
    }


@pytest.mark.parametrize(
    ("default", "span", "shape"),
    [
        (0.5, (0.1, 1.0), "log_uniform"),
        (0.1, (0.1, 0.39), "triangular"),
        (0.2, (0.0, 1.0), "uniform"),
        (0.8, (0.0, 1.0), "uniform"),
        (0.19, (0.0, 1.0), "triangular"),
        (1.0, (0.6, 1.0), "triangular"),
        (0.0, (-1.0, 1.0), "uniform"),
        (2.0, (1.0, 4.0), "log_uniform"),
    ],
)
def test_a_shape_follows_from_the_declaration_alone(default, span, shape):
    found, reason = shape_of(default, span)
    assert found == shape
    assert (reason == "") == (shape == "uniform")


def test_a_shape_of_its_own_has_a_reason():
    own = [row for row in declarations(Scenario) if row.given]
    assert {row.key for row in own} <= {row.key for row in drawn()}
    assert all(reason for row in own for reason in [row.shape[1]])
    ends = [row for row in strengths() if row.default == 0.0]
    assert "triangular" not in {row.shape[0] for row in ends}


@pytest.mark.parametrize("row", drawn(), ids=lambda row: row.key)
def test_draws_have_the_declared_distribution(row):
    factor = distribution(row)
    values = factor.at_shares((np.arange(4000) + 0.5) / 4000)
    low, high = row.span
    assert low <= values.min() <= values.max() <= high
    if isinstance(row.default, int):
        counts = np.unique_counts(values)
        assert counts.values.tolist() == list(range(int(low), int(high) + 1))
        assert np.ptp(counts.counts) <= 1
        return
    law = {
        "uniform": lambda: stats.uniform(low, high - low),
        "log_uniform": lambda: stats.loguniform(low, high),
        "triangular": lambda: stats.triang(
            (row.default - low) / (high - low), low, high - low
        ),
    }[row.shape[0]]()
    assert stats.kstest(values, law.cdf).statistic < 0.001


def test_another_shape_holds_for_all_numbers():
    shares = np.full((1, len(drawn())), 0.25)
    [values] = values_at(drawn(), shares, "uniform")
    for row, value in zip(drawn(), values, strict=True):
        low, high = row.span
        if isinstance(row.default, float):
            assert value == pytest.approx(low + 0.25 * (high - low), rel=1e-5)


# A scenario in a world


def test_every_scheme_in_the_declared_world_is_as_it_is():
    for name, scenario in shipped().items():
        assert apply(scenario, world()) == scenario, name


def test_what_nobody_knows_is_the_same_in_every_scheme():
    here = world(MIDDLES, Rule.PROSPECT, Law.QUEUE)
    for name, scenario in shipped().items():
        there = apply(scenario, here)
        assert there.people.rule is Rule.PROSPECT
        assert there.peers.rework_law is Law.QUEUE
        for row in unknowns():
            group, field = row.key.split(".")
            value = getattr(getattr(there, group), field)
            assert value == type(value)(MIDDLES[row.key]), (name, row.key)


def test_strengths_change_where_an_incentive_is_at_work_and_nowhere_else():
    here = world(MIDDLES)
    changed = set()
    for name, scenario in shipped().items():
        there = apply(scenario, here)
        for old, new in zip(scenario.phases, there.phases, strict=True):
            assert old.week == new.week
            for part in INCENTIVES:
                before, after = getattr(old.scheme, part), getattr(new.scheme, part)
                fields = type(before).model_fields
                strong = {r.key for r in strengths()}
                for field in fields:
                    key, value = f"{part}.{field}", getattr(before, field)
                    moves = key in strong and before.has_weight() and value != 0.0
                    expected = MIDDLES[key] if moves else value
                    assert getattr(after, field) == expected, (name, key)
                    changed |= {key} if moves else set()
            assert old.scheme.measure == new.scheme.measure
        assert there.principal == scenario.principal
    assert changed == {row.key for row in strengths()}


def test_a_scenario_keeps_what_it_says():
    said = compose(["people.never_gamers=0.15", "technology=default"])
    there = apply(said, world({**MIDDLES, "people.never_gamers": 0.5}))
    assert there.people.never_gamers == 0.15
    assert there.people.learning == MIDDLES["people.learning"]


def test_strengths_hold_in_every_phase_of_a_timeline():
    audited = compose(["audit=random", "review=none"]).scheme
    scenario = Scenario(timeline=(Phase(week=30, scheme=audited),))
    there = apply(scenario, world({"review.stake": 0.9, "audit.sanction": 7.0}))
    first, second = (phase.scheme for phase in there.phases)
    assert (first.review.stake, first.audit.sanction) == (0.9, 4.0)
    assert (second.review.stake, second.audit.sanction) == (0.0, 7.0)


def test_strengths_hold_in_the_schemes_of_groups():
    audited = compose(["audit=random", "review=none"]).scheme
    pilot = Group(name="pilot", share=0.5, scheme=audited)
    later = Group(name="later", share=0.2, timeline=(Phase(week=30, scheme=audited),))
    there = apply(
        Scenario(groups=(pilot, later)),
        world({"review.stake": 0.9, "audit.sanction": 7.0}),
    )
    first, second = (group.regime for group in there.groups)
    assert (first[0].scheme.review.stake, first[0].scheme.audit.sanction) == (0.0, 7.0)
    assert [x.scheme.review.stake for x in second] == [0.9, 0.0]
    assert there.review.stake == 0.9
    assert horizon(Scenario(groups=(pilot,))) == 78
    assert horizon(Scenario(groups=(later,))) == 104


def test_teams_are_small_enough_for_every_role():
    scenario = sized(compose(["workforce=software_company"]))
    least = scenario.workforce.least_teams()
    there = apply(scenario, world({"organisation.team_size": 15}))
    size = there.organisation
    assert -(-size.employees // size.team_size) >= least
    crowd = apply(sized(Scenario()), world({"organisation.team_size": 15}))
    assert crowd.organisation.team_size == 15


# Size and length


def test_a_timeline_is_run_in_full_and_else_no_longer_than_needed():
    assert horizon(Scenario()) == 78
    assert horizon(Scenario(weeks=40)) == 40
    assert horizon(compose(["scheme=amazon_2026"])) == 104
    assert horizon(compose(["bonus=usage", "bonus.weeks=100"])) == 100
    assert sized(Scenario()).organisation.employees == 300
    small = Scenario(organisation=Workplace(employees=40))
    assert sized(small).organisation.employees == 40


def test_scheme_and_baseline_are_run_over_the_same_weeks():
    rows = shipped()
    wanted, found = pairs(rows, "voluntary")
    assert set(found) == {*rows} - {"voluntary"}
    for name, (scheme, baseline) in found.items():
        assert wanted[scheme].weeks == wanted[baseline].weeks == horizon(rows[name])
        assert wanted[baseline].scheme == Scheme()


def test_a_scheme_that_changes_nothing_has_no_effect_in_any_world():
    tiny = Scenario(organisation=Workplace(employees=24), weeks=26)
    rows = {"voluntary": tiny, "same": tiny.varied(principal=tiny.principal)}
    shares = np.random.default_rng(1).random((6, len(drawn())))
    keys = [row.key for row in drawn()]
    worlds = [
        World(k, *STRUCTURES[3 * k], dict(zip(keys, row, strict=True)))
        for k, row in enumerate(values_at(drawn(), shares).tolist())
    ]
    found = outcomes([*rows.values()], worlds, seed=3)
    assert (found[:, 0] == found[:, 1]).all()
    assert len(np.unique(found[:, 0, 0])) == 6


# Plausible


def test_every_target_has_a_tolerance_around_its_range():
    assert [*BY_TARGET] == [target.estimate for target in TARGETS]
    for target in TARGETS:
        wide, middle, _ = tolerance(target)
        assert wide[0] <= middle[0] <= target.low, target.name
        assert target.high <= middle[1] <= wide[1], target.name


def test_plausible_means_within_every_range():
    middle = np.array(
        [min(sum(tolerance(t).wide) / 2, tolerance(t).wide[0] + 1) for t in TARGETS]
    )
    assert plausible(middle)
    for k, target in enumerate(TARGETS):
        for end, way in zip(tolerance(target).wide, (-1, 1), strict=True):
            values = middle.copy()
            values[k] = end
            assert plausible(values)
            values[k] = end + way * 1e-6 if np.isfinite(end) else np.nan
            assert not plausible(values)


def test_effort_is_usual_by_definition():
    values = {"people.effort": 0.2, "people.own_value": 0.2, BY_DEFINITION: 2.0}
    given = world({**DEFAULTS, **values})
    [run] = voluntary_use([given], 1, 1)
    [(there, again), twin] = settled([(given, run), (given, run)], 1, 1)
    assert twin[0] == there
    assert there.values[BY_DEFINITION] < 1.0
    assert np.mean(run.weeks["effort"]) < 0.9
    assert np.mean(again.weeks["effort"]) == pytest.approx(1.0, abs=USUAL)
    assert [*settled([(there, again)], 1, 1)] == [(there, again)]


def test_where_nobody_uses_ai_nothing_is_met_and_nothing_breaks():
    values = {"people.reluctance_mean": 5.0, "people.reluctance_sd": 0.0}
    scenario = apply(VOLUNTARY, world({**DEFAULTS, **values}))
    assert not plausible(estimates(simulate(scenario, 1, 0, RECORD)))


def test_what_is_not_at_work_in_voluntary_use_is_drawn_apart():
    keys = [row.key for row in searched()]
    found = other_strengths(5, seed=1)
    assert keys[-1] == "review.stake"
    assert {*keys, *found[0]} == {row.key for row in drawn()}
    assert not {*keys} & {*found[0]}
    spans = {row.key: row.span for row in drawn()}
    for values in found:
        assert all(spans[key][0] <= x <= spans[key][1] for key, x in values.items())
    assert other_strengths(5, seed=1) == found


def test_any_first_few_of_a_mixed_list_are_fair():
    structures = [k for k in range(20) for _ in range(7)]
    order = mixed(structures, seed=1)
    assert sorted(order) == list(range(140))
    for first in range(0, 140, 20):
        turn = [structures[place] for place in order[first : first + 20]]
        assert sorted(turn) == list(range(20))
    assert mixed(structures, seed=1).tolist() == order.tolist()
    assert mixed(structures, seed=2).tolist() != order.tolist()
