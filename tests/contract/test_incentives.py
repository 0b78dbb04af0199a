"""Promises that every incentive keeps, checked over the registry."""

import math
import sys
from enum import IntEnum
from functools import cache
from itertools import pairwise
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from experiments import compose
from experiments.config.catalogue import members
from model import Scenario, Scheme, Simulation, Workplace, choice, parameters
from model.block import BLOCK, LANES, TERMS, half_day
from model.incentive import Counted, Scope
from model.incentives import guidance
from model.measure import counting
from model.outcomes import SUMS
from model.outlook import GENUINE, MANUAL, PADDING, TRIVIAL, Outlook, Person
from model.parameters import Confidence, declarations
from model.scenario import INCENTIVES, REVIEW_OUTPUT, ROW, ROWS
from model.settlement import close
from model.week import arrive, seat

PARTS = Scheme().incentives
ROW_OF = ROW._asdict()
LONG = 520
"""Weeks in which every window fits."""

FALLING = ("audit",)
"""Worth never rises with the expected score: top spenders are looked at."""

CHOOSES_A_MEASURE = [n for n in INCENTIVES if "measure" in type(PARTS[n]).model_fields]
"""Incentives that say what their score counts: something hangs on that score."""

every_incentive = pytest.mark.parametrize("name", INCENTIVES)
ONE = Person(ambition=1.0, status=1.0, suspicion=0.0)

quick = settings(max_examples=60, deadline=None, derandomize=True)


EVERYTHING = {
    "bonus": {"rate": 0.2},
    "review": {"weight": 0.3, "visible": True, "weeks": 4},
    "leaderboard": {"status": 0.1, "scope": Scope.TEAM},
    "top_board": {"prize": 0.1, "share": 0.1},
    "quota": {"penalty": 0.1, "shame": 0.05, "visible": True},
    "participation": {"penalty": 0.1},
    "audit": {"probability": 0.1, "top_share": 0.2},
    "budget": {"chargeback": 0.1, "cap": 500.0},
    "guidance": {"judgement": 0.5, "conscience": 0.2, "training": 0.02},
    "gate": {"share": 0.5, "time": 0.3},
    "dismissal": {"share": 0.1, "weeks": 3},
}


def with_weight(name):
    """An incentive in full; one that is new as its group of configs ships it."""
    if name in EVERYTHING:
        return type(PARTS[name])(**EVERYTHING[name])
    shipped = [
        getattr(compose([f"{name}={member}", f"weeks={LONG}"]), name)
        for member in members(name)
    ]
    return next(part for part in shipped if part.has_weight())


@cache
def everything_on():
    parts = {name: with_weight(name) for name in INCENTIVES}
    return Scenario(organisation=Workplace(employees=40), weeks=LONG, **parts)


@pytest.fixture(scope="module")
def office():
    """Forty people after some weeks in which every table, cut and share is in use."""
    simulation = Simulation(everything_on(), seed=3)
    for _ in range(6):
        simulation.step()
    return simulation


def value_of(declaration, kind):
    """Any value inside the limits of a declared parameter."""
    if isinstance(kind, type) and issubclass(kind, IntEnum):
        return st.sampled_from(kind)
    if kind is bool:
        return st.booleans()
    if kind is int:
        return st.integers(declaration.low, min(declaration.high, LONG))
    return st.floats(declaration.low, declaration.high)


def any_part(name):
    kind = type(PARTS[name])
    values = {
        d.key: value_of(d, kind.model_fields[d.key].annotation)
        for d in declarations(kind)
    }
    return st.builds(kind, **values)


outlooks = st.builds(
    Outlook,
    score=st.floats(0, 1e4),
    sigma=st.floats(1e-3, 1e3),
    half_days=st.floats(10, 10.0 * LONG),
    discount=st.floats(0, 1),
    so_far=st.floats(0, 1e4),
)
persons = st.builds(
    Person,
    ambition=st.floats(0, 20),
    status=st.floats(0, 20),
    suspicion=st.floats(0, 1),
)
activities = st.sampled_from([MANUAL, GENUINE, TRIVIAL, PADDING])
employees = st.integers(0, 39)


HALF_DAY = {
    "keep": 1.0,
    "theta": 1.0,
    "hoped": 0.1,
    "lost": 0.0,
    "beside": 0.4,
    "chore_hoped": 0.2,
    "intensity": 8.0,
    "trivial_intensity": 9.0,
    "padding_intensity": 16.0,
    "genuine_tokens": 3.0,
    "output": 2.0,
    "active": 0.0,
    "pace_genuine": 2.0,
    "pace_padded": 0.5,
    "pace_active": 0.05,
    "pace_output": 1.0,
    "open_to": 0b1111,
    "pressed": 0.6,
}
"""What everybody in a block brings to the same half-day."""
FIFTH, LAST = 4, 9


def seated(simulation, first, last, c, row, **columns):
    """A block of employees first..last-1 on the same half-day."""
    block = np.zeros(1, BLOCK)[0]
    published, share = simulation.published, simulation._share
    seat(block, np.arange(last), first)
    arrive(block, simulation.staff, c, published, share, row)
    for name, value in (HALF_DAY | columns).items():
        block[name][:] = value
    return block


def rules_of(part, name):
    """Counting table and scenario row with this one part beside the office's own."""
    scenario = everything_on().varied(**{name: part})
    row = parameters.as_record(scenario)
    return counting(scenario.scheme, suspicion=True), row


def worth(office, name, part, outlook, person, activity, i, number=FIFTH, **columns):
    """Worth under one incentive; the review's two terms are added up."""
    c, row = rules_of(part, name)
    published, half_days = office.published, outlook.half_days
    block = seated(office, i, i + 1, c, row, **person._asdict(), **columns)
    block["score"][:], block["sigma"][:] = outlook.score, outlook.sigma
    block["settled"][:] = outlook.so_far
    choice.select(block, published, row)
    total = 0.0
    for r in (ROW_OF[name], *([REVIEW_OUTPUT] if name == "review" else [])):
        if name == "leaderboard" and part.scope == Scope.TEAM:
            choice.stand_among_mates(block, half_days)
        else:
            choice.stand(r, block, c, published)
        day = half_day(block, 0, number)
        discount = outlook.discount
        total += choice.worth(
            r, activity, block, 0, day, half_days, discount, published, row
        )
    return total


def without_weight(part, name):
    return type(part)(**(dict(part) | dict.fromkeys(type(part).weights, 0.0)))


@pytest.mark.parametrize("row", [*declarations(Scenario)], ids=lambda row: row.key)
def test_a_parameter_says_what_it_is(row):
    assert row.description
    assert row.unit
    assert row.source
    assert row.confidence in get_args(Confidence)
    if row.low is None:
        assert not isinstance(row.default, float)
        return
    low, high = row.span
    assert row.low <= low < high <= row.high
    assert row.low <= row.default <= row.high


@every_incentive
def test_the_docstring_names_formula_source_and_prediction(name):
    text = sys.modules[type(PARTS[name]).__module__].__doc__
    formula = text[: text.index("Source:")]
    assert "=" in formula or "sigma_x * (1 - judgement)" in formula
    assert text.index("Source:") < text.index("Prediction:")


@every_incentive
@pytest.mark.parametrize("declaration", ["title", "gamed", "weights"])
def test_what_every_incentive_declares_is_there(name, declaration):
    kind = type(PARTS[name])
    assert getattr(kind, declaration), (
        f"{kind.__name__} declares no {declaration}; write it at the top of its class "
        f"in model/incentives/{name}.py, as the other incentives do"
    )


@every_incentive
def test_it_is_described_in_sentences(name):
    scenario = everything_on()
    part = scenario.incentives[name]
    assert part.describe(scenario.organisation, scenario.people).endswith(".")


@every_incentive
def test_a_threshold_has_a_name_and_is_an_amount_or_a_share(name):
    for threshold in everything_on().incentives[name].thresholds():
        assert threshold.name
        assert (threshold.amount > 0.0) != (threshold.top_share is not None)


@every_incentive
def test_as_declared_only_the_ordinary_review_has_weight(name):
    assert PARTS[name].has_weight() == (name == "review")
    if name == "review":
        assert PARTS[name].weight == 0.0
        assert not PARTS[name].visible


@every_incentive
def test_a_part_has_weight_once_one_of_its_weights_is_positive(name):
    kind = type(PARTS[name])
    for key in kind.weights:
        values = dict.fromkeys(kind.weights, 0.0) | {key: 0.01}
        if key == "shame":
            values["visible"] = True
        assert kind(**values).has_weight(), key


@every_incentive
def test_worth_is_finite(office, name):
    @quick
    @given(any_part(name), outlooks, persons, activities, employees)
    def check(part, outlook, person, activity, i):
        assert math.isfinite(worth(office, name, part, outlook, person, activity, i))

    check()


@every_incentive
def test_worth_is_monotone_in_the_expected_score(office, name):
    direction = -1.0 if name in FALLING else 1.0

    @quick
    @given(any_part(name), outlooks, st.floats(0, 100), persons, activities, employees)
    def check(part, outlook, more, person, activity, i):
        higher = outlook._replace(score=outlook.score + more)
        lower_worth = worth(office, name, part, outlook, person, activity, i)
        higher_worth = worth(office, name, part, higher, person, activity, i)
        slack = 1e-12 * max(1.0, abs(lower_worth), abs(higher_worth))
        assert direction * (higher_worth - lower_worth) >= -slack

    check()


@every_incentive
def test_worth_never_falls_with_what_is_there_already(office, name):
    @quick
    @given(any_part(name), outlooks, st.floats(0, 100), persons, activities, employees)
    def check(part, outlook, more, person, activity, i):
        richer = outlook._replace(so_far=outlook.so_far + more)
        poor = worth(office, name, part, outlook, person, activity, i)
        rich = worth(office, name, part, richer, person, activity, i)
        assert rich >= poor
        if name != "quota":
            assert rich == poor

    check()


@quick
@given(any_part("quota"), outlooks, persons, st.floats(-100, 100), employees)
def test_a_quota_that_is_met_asks_for_nothing_more(office, part, seen, who, change, i):
    least = float(office.published["quota"])
    met = seen._replace(so_far=least + seen.so_far)
    later = met._replace(score=met.score + change)
    shown = [
        worth(office, "quota", part, outlook, who, activity, i)
        for activity in (MANUAL, GENUINE, TRIVIAL, PADDING)
        for outlook in (met, later)
    ]
    assert len(set(shown)) == 1


@pytest.mark.parametrize("name", [*CHOOSES_A_MEASURE, *FALLING])
def test_worth_follows_the_expected_score_where_it_claims_to(office, name):
    direction = -1.0 if name in FALLING else 1.0
    part = with_weight(name)
    outlook = Outlook(0.0, 0.5, 40.0, 1.0)
    ladder = [
        worth(office, name, part, outlook._replace(score=s), ONE, PADDING, 5)
        for s in (0.0, 2.0, 4.0, 8.0, 16.0)
    ]
    assert direction * (ladder[-1] - ladder[0]) > 1e-3


@every_incentive
def test_no_weight_is_worth_exactly_nothing(office, name):
    @quick
    @given(any_part(name), outlooks, persons, activities, employees)
    def check(part, outlook, person, activity, i):
        none = without_weight(part, name)
        assert not none.has_weight()
        c, _ = rules_of(none, name)
        assert c["on"][ROW_OF[name]] == 0
        assert c["weighed"][ROW_OF[name]] == 0
        assert worth(office, name, none, outlook, person, activity, i) == 0.0

    check()


def test_guidance_without_weight_leaves_everything_as_it_is():
    row = parameters.as_record(Scenario())
    assert guidance.noise(row["guidance"], 0.12) == 0.12
    assert guidance.trained(row["guidance"], 0.2, 0.7) == 0.0
    assert row["guidance"]["conscience"] == 0.0


def test_a_chargeback_falls_with_dollars(office):
    part = type(PARTS["budget"])(chargeback=0.3)
    outlook = Outlook(1.0, 0.5, 40.0, 1.0)
    ladder = [
        worth(
            office,
            "budget",
            part,
            outlook,
            Person(1.0, 1.0, 0.0),
            GENUINE,
            5,
            intensity=tokens,
        )
        for tokens in (0.0, 1.0, 10.0, 100.0)
    ]
    assert ladder[0] == 0.0
    assert all(a > b for a, b in pairwise(ladder))


def test_a_participation_target_presses_only_who_is_not_yet_active(office):
    part = type(PARTS["participation"])(penalty=0.1)
    outlook, person = Outlook(0.0, 0.5, 10.0, 1.0), Person(1.0, 1.0, 0.0)

    def difference(**columns):
        use, none = (
            worth(office, "participation", part, outlook, person, a, 5, LAST, **columns)
            for a in (GENUINE, MANUAL)
        )
        return use - none

    assert difference() > 0.0
    assert difference(active=1.0) == 0.0
    assert difference(pressed=0.0) == 0.0


# Relabelling: whole teams change places, so that every row means somebody else.

TEAM_SIZE = 8
ORDER = np.concatenate(
    [np.arange(TEAM_SIZE * team, TEAM_SIZE * (team + 1)) for team in (3, 0, 4, 2, 1)]
)
"""Which old row stands in each new row."""


def two_offices(order):
    """The same people under two labellings, their windows opened anew."""
    peers = type(Scenario().peers)(outside=0)
    both = []
    for rows in (np.arange(40), order):
        simulation = Simulation(everything_on().varied(peers=peers), seed=3)
        for _ in range(6):
            simulation.step()
        simulation.staff = simulation.staff[rows].copy()
        simulation._open(range(ROWS), 0)
        both.append(simulation)
    return both


def terms_of(simulation):
    """Payoff terms of everybody on the same half-day, shape (n, terms, 4)."""
    c, published = simulation._counting, simulation.published
    share, row = simulation._share, simulation._row
    terms = np.zeros((40, len(TERMS), 4))
    for first in range(0, 40, LANES):
        lived = np.minimum(np.arange(first, first + LANES), 39)  # the last fills up
        suspicion = 0.2 * simulation.staff["suspicious"][lived]
        pressed = share[lived // TEAM_SIZE]
        block = seated(
            simulation, first, 40, c, row, suspicion=suspicion, pressed=pressed
        )
        choice.weigh(block, FIFTH, c, published, row)
        seats = terms[first : first + LANES]
        seats[:] = np.moveaxis(block["terms"], 2, 0)[: len(seats)]
    return terms


def test_relabelling_teams_leaves_what_is_published():
    plain, relabelled = two_offices(ORDER)
    for name in ("tables", "cut", "cut_sd", "elapsed", "quota", "participation"):
        # Entries of tables are summed in the order of rows: equal but for rounding.
        np.testing.assert_allclose(
            plain.published[name], relabelled.published[name], rtol=1e-12, err_msg=name
        )
    teams = ORDER[::TEAM_SIZE] // TEAM_SIZE
    np.testing.assert_array_equal(relabelled._share[:-1], plain._share[teams])
    np.testing.assert_allclose(relabelled._share[-1], plain._share[-1], rtol=1e-12)


@every_incentive
def test_relabelling_teams_relabels_the_payoffs(name):
    plain, relabelled = two_offices(ORDER)
    # Their tables are equal but for rounding; the rest has to be so to the last bit.
    relabelled.published["tables"][:] = plain.published["tables"]
    before, after = terms_of(plain), terms_of(relabelled)
    if with_weight(name).has_worth():
        assert np.any(before[:, ROW_OF[name]] != 0.0)
    np.testing.assert_array_equal(after[:, ROW_OF[name]], before[ORDER, ROW_OF[name]])
    np.testing.assert_array_equal(after[:, REVIEW_OUTPUT], before[ORDER, REVIEW_OUTPUT])


def test_the_order_within_a_team_does_not_matter():
    order = np.arange(40).reshape(5, TEAM_SIZE)[:, ::-1].ravel()
    plain, relabelled = two_offices(order)
    np.testing.assert_allclose(
        terms_of(relabelled), terms_of(plain)[order], rtol=1e-12, atol=1e-15
    )


def test_relabelling_teams_relabels_what_a_week_changes():
    plain, relabelled = two_offices(ORDER)
    for simulation in (plain, relabelled):
        simulation._finish(np.zeros((1, 1), SUMS), 0, 1)
        people, rules = simulation._people, simulation._rules
        close(simulation.staff, *people, *rules, simulation._tallies)
    for name in plain.staff.dtype.names:
        np.testing.assert_array_equal(
            relabelled.staff[name], plain.staff[name][ORDER], err_msg=name
        )
    np.testing.assert_allclose(
        relabelled.published["tables"], plain.published["tables"], rtol=1e-12
    )


def test_the_measure_of_an_incentive_is_one_of_those_that_can_be_counted():
    for part in PARTS.values():
        assert isinstance(part.counts(), Counted)
        assert part.window() >= 1
