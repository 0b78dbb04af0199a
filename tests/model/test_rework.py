"""The four laws of rework: what each charges to whom, against its closed form."""

import numpy as np
import pytest

from experiments import compose
from model import Scenario
from model.adaptation import MAX_LOSS
from model.parameters import as_record
from model.peers import Law, Peers
from model.rework import review
from model.simulation import Simulation
from model.workforce import EMPLOYEE
from model.workplace import Workplace

TEAM, PEOPLE = 6, 33  # the last team has three
ALONE = [
    "peers.rework_dressing=0",
    "peers.rework_padding=0",
    "people.exhaustion_loss=0",
]
BUSY = ["scheme=review_linked", "review.weeks=4", *ALONE]
SIZE = [f"organisation.employees={PEOPLE}", f"organisation.team_size={TEAM}"]


def after_some_weeks(*overrides, weeks=5):
    """An organisation whose people have just lived a week."""
    simulation = Simulation(compose([*BUSY, *SIZE, "weeks=20", *overrides]), 3, 1)
    for _ in range(weeks):
        simulation.step()
    return simulation


def of_mates(column):
    """Mean over the mates of everybody (n,)."""
    teams = np.split(column, range(TEAM, PEOPLE, TEAM))
    return np.concatenate([(t.sum() - t) / (len(t) - 1) for t in teams])


@pytest.mark.parametrize(
    ("law", "rate", "left"),
    [
        ("below_break_even", "rework_misuse", lambda e: e["botched"] / 10.0),
        ("by_size", "rework_size", lambda e: -e["misused"] / 10.0),
        ("any_use", "rework_use", lambda e: e["ai_work"] / 10.0),
    ],
)
def test_mates_mend_what_the_law_says(law, rate, left):
    staff = after_some_weeks(f"peers.rework_law={law}", f"peers.{rate}=0.3").staff
    burden = of_mates(left(staff))
    assert burden.max() > 0.0
    np.testing.assert_allclose(staff["rework"], 0.3 * burden, rtol=1e-12, atol=1e-15)


def team(genuine, queue=0.0, skill=None):
    """A team whose members used AI in so many half-days of the week."""
    staff = np.zeros(len(genuine), EMPLOYEE)
    staff["ai_work"], staff["queue"] = genuine, queue
    staff["skill"] = np.arange(len(genuine))[::-1] if skill is None else skill
    return staff


def half_days(staff, **peers):
    """Half-days that a week of review takes from each member, at full price."""
    size = Workplace(employees=len(staff), team_size=len(staff))
    law = Peers(rework_law=Law.QUEUE, rework_queue=1.0, **peers)
    s = as_record(Scenario(organisation=size, peers=law))
    return np.array([10.0 * review(i, staff, s) for i in range(len(staff))])


def test_seniors_review_what_is_due_while_they_have_hours():
    staff = team([4, 2, 0, 10, 0, 0, 0, 4])
    lost = half_days(staff, review_load=0.15, review_capacity=1.5)
    np.testing.assert_allclose(lost, [1.5, 1.5, 0, 0, 0, 0, 0, 0])  # 20 x .15 / 2
    assert (staff["queue"] == 0.0).all()


def test_authors_wait_for_what_seniors_cannot_review():
    staff = team([10, 10, 10, 10, 0, 0, 0, 0])
    lost = half_days(staff, review_load=0.1, review_capacity=1.5)  # 4 due, 3 done
    np.testing.assert_allclose(lost, [1.75, 1.75, 0.25, 0.25, 0, 0, 0, 0])
    np.testing.assert_allclose(staff["queue"], 1.0)
    lost = half_days(staff, review_load=0.1, review_capacity=1.5)  # 5 due, 3 done
    np.testing.assert_allclose(lost, [2.0, 2.0, 0.5, 0.5, 0, 0, 0, 0])
    np.testing.assert_allclose(staff["queue"], 2.0)


def test_what_a_full_queue_turns_away_is_shared_by_authors_and_seniors():
    staff = team([0, 0, 0, 10], queue=2.0)
    lost = half_days(staff, review_load=0.5, review_capacity=2.0)  # 7 due: 2, 2, 3
    np.testing.assert_allclose(lost, [2.0 + 1.5, 0, 0, 2.0 + 1.5])
    np.testing.assert_allclose(staff["queue"], 2.0)


def test_a_queue_outlives_the_use_that_filled_it():
    staff = team([0, 0, 0, 0], queue=1.2)
    lost = half_days(staff, review_capacity=2.0)
    np.testing.assert_allclose(lost, [1.2, 0, 0, 0])
    assert (staff["queue"] == 0.0).all()


def test_what_a_team_loses_is_what_was_due():
    rng = np.random.default_rng(5)
    for _ in range(40):
        capacity, load = rng.uniform(0.0, 3.0), rng.uniform(0.0, 0.5)
        people = rng.integers(2, 12)
        seniors = max(1, int(0.25 * people))
        before = rng.uniform(0.0, capacity * seniors)
        staff = team(rng.integers(0, 11, people), before, rng.normal(size=people))
        lost = half_days(staff, review_load=load, review_capacity=capacity)
        due = before + load * staff["ai_work"].sum()
        assert lost.sum() == pytest.approx(due, rel=1e-12)
        assert (lost >= 0.0).all()
        assert len(set(staff["queue"])) == 1
        assert 0.0 <= staff["queue"][0] <= capacity * seniors * (1.0 + 1e-12)


def test_the_most_skilled_are_seniors_and_of_equals_the_first():
    for share, skill, seniors in (
        (0.5, [0.0, 3.0, 1.0, 2.0], [1, 3]),
        (0.5, [1.0, 1.0, 1.0, 1.0], [0, 1]),
        (0.0, [1.0, 2.0, 0.0, 0.0], [1]),
        (0.74, [4.0, 3.0, 2.0, 1.0], [0, 1]),
    ):
        staff = team([1, 1, 1, 1], skill=skill)
        lost = half_days(staff, senior_share=share, review_capacity=10.0)
        assert list(np.flatnonzero(lost)) == seniors


def test_with_seniors_enough_a_queue_costs_a_team_what_any_use_does():
    """Closed form: no queue, so that the load of the week is all that is due."""
    staff = after_some_weeks(
        "peers.rework_law=queue",
        *("peers.rework_queue=0.5", "peers.review_load=0.2"),
        *("peers.review_capacity=10", "peers.senior_share=1"),
    ).staff
    assert (staff["queue"] == 0.0).all()
    ends = range(TEAM, PEOPLE, TEAM)
    for people in np.split(np.arange(PEOPLE), ends):
        by_use = 0.5 * 0.2 * staff["ai_work"][people].sum() / 10.0
        assert staff["rework"][people].sum() == pytest.approx(by_use, rel=1e-12)


def test_a_team_has_one_queue_and_only_a_queue_has_one():
    queue = after_some_weeks("peers.rework_law=queue", "peers.review_load=0.3").staff
    for people in np.split(queue, range(TEAM, PEOPLE, TEAM)):
        assert len(set(people["queue"])) == 1
    assert queue["queue"].max() > 0.0
    assert after_some_weeks().staff["queue"].max() == 0.0


def test_nobody_reviews_their_own_work():
    alone = after_some_weeks("peers.rework_law=queue", "organisation.team_size=1")
    assert alone.staff["ai_work"].max() > 0
    assert alone.staff["queue"].max() == alone.staff["rework"].max() == 0.0


@pytest.mark.parametrize("law", Law, ids=lambda law: law.name.lower())
def test_rework_takes_half_of_the_output_at_most(law):
    high = [f"peers.rework_{name}=5" for name in ("misuse", "use", "queue")]
    high.append("peers.rework_size=50")
    staff = after_some_weeks(f"peers.rework_law={law.name}", *high).staff
    assert staff["rework"].max() == pytest.approx(MAX_LOSS)
