"""No dead knobs: every declared parameter moves some outcome in some scenario."""

from enum import IntEnum
from functools import cache

import numpy as np
import pytest

from experiments import compose
from experiments.config.catalogue import members
from model import (
    Audit,
    Bonus,
    Budget,
    Dismissal,
    Gate,
    Guidance,
    Leaderboard,
    Measure,
    Participation,
    Peers,
    People,
    Phase,
    Planning,
    Quota,
    Review,
    Scenario,
    Technology,
    TopBoard,
    Workplace,
    simulate,
)
from model.incentive import Counted, Scope
from model.parameters import declarations
from model.peers import Law
from model.people import Rule
from model.principal import plan_budget
from model.scenario import INCENTIVES

WEEKS = 30
SMALL = Workplace(employees=40)
LIVELY = Peers(norm_pull=0.3, productivity=0.1)
EAGER = Planning(ratchet=0.5)
ALL_ACTS = Technology(
    task_sd=0.5, chore_worth=0.65, dressing_most=0.3, gesture_minutes=2.0
)
"""Tasks of unequal worth, chores, dressing up and gestures."""

MANY_PARTS = Scenario(
    organisation=SMALL,
    peers=LIVELY,
    principal=EAGER,
    technology=ALL_ACTS,
    people=People(patience=0.9, effort=0.1),
    measure=Measure(tokens=0.6, active=0.2, output=0.2, cap=4.0, filter=0.2),
    bonus=Bonus(rate=0.2),
    review=Review(weight=0.3, shift=0.5, visible=True, weeks=13),
    leaderboard=Leaderboard(status=0.1),
    top_board=TopBoard(prize=0.1, share=0.05),
    quota=Quota(penalty=0.1, shame=0.05, visible=True),
    participation=Participation(penalty=0.1),
    audit=Audit(probability=0.2, top_share=0.1),
    budget=Budget(chargeback=0.1, cap=600.0),
    guidance=Guidance(judgement=0.3, conscience=0.1, training=0.01),
    gate=Gate(share=0.5),
    dismissal=Dismissal(share=0.1, weeks=4),
    weeks=WEEKS,
)
FEW_PARTS = Scenario(
    organisation=SMALL,
    people=People(exhaustion_backlog=0.4, exhaustion_loss=0.1),
    technology=ALL_ACTS,
    review=Review(weeks=13, visible=True),
    leaderboard=Leaderboard(status=0.1, scope=Scope.TEAM),
    audit=Audit(probability=0.2),
    weeks=WEEKS,
)
HIDDEN_AGAIN = FEW_PARTS.varied(
    timeline=(Phase(week=10, scheme=FEW_PARTS.varied(review=Review(weeks=13)).scheme),)
)
OVERLOADED = Scenario(
    organisation=Workplace(employees=40, demand=1.1),
    principal=Planning(ratchet=0.1, step=1.0, ceiling=1.5),
    quota=Quota(penalty=0.2, shame=0.1, amount=60.0, weeks=2),
    participation=Participation(penalty=0.2, target=0.3),
    weeks=WEEKS,
)
IMITATORS = MANY_PARTS.varied(people=People(rule=Rule.IMITATION))
TAUGHT = MANY_PARTS.varied(
    peers=Peers(norm_pull=0.3, teaching=0.05, forum_practice=0.02, forum_tricks=0.05)
)
LEAVING = FEW_PARTS.varied(
    organisation=Workplace(employees=40, demand=1.1),
    people=People(
        effort=0.1,
        recovery=0.25,
        exhaustion_effort=1.0,
        quit_hazard=0.2,
        quit_sensitivity=1.0,
    ),
    bonus=Bonus(rate=4.0, measure=Counted.OUTPUT),
)
"""People tire slowly and leave often."""
LAWS = [FEW_PARTS.varied(peers=Peers(rework_law=law)) for law in Law]
CARD = FEW_PARTS.varied(
    people=People(overstating_scruple=0.2, hiding_scruple=0.2),
    measure=Measure(output=1.0, saved=0.5, defects=-0.5, backlog=-0.5, automated=0.5),
    review=Review(weight=0.5, weeks=6),
    bonus=Bonus(rate=1.0),
)
SURVEY = FEW_PARTS.varied(bonus=Bonus(rate=20.0, measure=Counted.SAVED))
"""Everybody says as much as they can."""
LOSS_AVERSE = MANY_PARTS.varied(people=People(rule=Rule.PROSPECT))
SCENARIOS = [MANY_PARTS, FEW_PARTS, HIDDEN_AGAIN, OVERLOADED, IMITATORS, LOSS_AVERSE]
SCENARIOS += [TAUGHT, CARD, SURVEY, LEAVING, *LAWS]
# An incentive that is new, and not yet among the parts above, as it is shipped.
SCENARIOS += [
    MANY_PARTS.varied(
        **{name: getattr(compose([f"{name}={member}", f"weeks={WEEKS}"]), name)}
    )
    for name, part in MANY_PARTS.incentives.items()
    if not part.has_weight()
    for member in members(name)
]

DECLARED = {row.key: row for row in declarations(Scenario)}


@cache
def outcomes(scenario):
    """Weekly outcomes, and the budget that is planned from the last of them."""
    run = simulate(scenario, seed=2)
    reported, padded = run.weeks["reported_tokens"], run.weeks["padded_tokens"]
    plan = plan_budget(reported[-1], padded[-1], scenario, scenario.weeks - 1)
    return np.append(np.concatenate([*run.weeks.values()]), plan)


def value_in(scenario, key):
    for name in key.split("."):
        scenario = getattr(scenario, name)
    return scenario


def moved(scenario, key, value):
    """The scenario with one parameter moved."""
    group, _, field = key.rpartition(".")
    if not group:
        return scenario.varied(**{field: value})
    part = getattr(scenario, group)
    return scenario.varied(**{group: type(part)(**(dict(part) | {field: value}))})


def other_values(scenario, key):
    """The ends of the span, the other members or the other position of a switch."""
    now = value_in(scenario, key)
    if isinstance(now, IntEnum):
        values = [*type(now)]
    elif isinstance(now, bool):
        values = [False, True]
    elif key == "weeks":
        values = [20, 40]
    elif key == "organisation.employees":
        values = [30, 50]
    else:
        values = [type(now)(end) for end in DECLARED[key].span]
    return [value for value in values if value != now]


def does_something(scenario, key, value):
    before, after = outcomes(scenario), outcomes(moved(scenario, key, value))
    return not np.array_equal(before, after, equal_nan=True)


@pytest.mark.parametrize("key", DECLARED)
def test_a_knob_moves_some_outcome_wherever_it_is_turned_to(key):
    values = {value for s in SCENARIOS for value in other_values(s, key)}
    assert values
    for value in values:
        here = [s for s in SCENARIOS if value in other_values(s, key)]
        assert any(does_something(s, key, value) for s in here), f"{key}={value}"


def test_every_incentive_has_weight_in_one_of_the_scenarios():
    for name in INCENTIVES:
        assert any(s.incentives[name].has_weight() for s in SCENARIOS), name


def test_all_that_can_be_counted_is_counted_in_its_own_way():
    """Spend counts as tokens do at a steady price, except for a quota in dollars."""
    steady = moved(MANY_PARTS, "technology.price_drift", 0.0)
    runs = {kind: outcomes(moved(steady, "bonus.measure", kind)) for kind in Counted}
    same = {
        (a, b)
        for a in Counted
        for b in Counted
        if a < b and np.array_equal(runs[a], runs[b], equal_nan=True)
    }
    assert same == {(Counted.TOKENS, Counted.SPEND)}
