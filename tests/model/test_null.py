"""What changes nothing has an effect of exactly 0.0 on every outcome."""

import numpy as np
import pytest

from experiments import compose
from model import (
    Job,
    Peers,
    People,
    Phase,
    Review,
    Scenario,
    Technology,
    Workplace,
    simulate,
)
from model.incentive import Counted, Scope
from model.outcomes import NAMES
from model.simulate import simulate_many

SMALL = ["organisation.employees=40", "weeks=30"]
BUSY = ["scheme=everything_at_once", "quota.weeks=3", "review.weeks=5"]
SHARED = [
    *("peers.teaching=0.05", "peers.forum_practice=0.02", "peers.forum_tricks=0.05"),
    "peers.rework_law=queue",
]
"""What passes between people beyond what does by default."""
LEAVING = [
    *("people.quit_hazard=0.05", "people.quit_sensitivity=5", "people.quit_skill=1.3"),
]
"""People leave often."""
STAYING = "people.quit_hazard=0"
SEED, REPLICATE = 8, 1

# Everything but what gives the part its weight.
WEIGHTLESS = {
    "bonus": {"weeks": 3, "measure": Counted.OUTPUT},
    "review": {
        "shift": 0.0,
        "weeks": 5,
        "measure": Counted.ACTIVE,
        "hours": 40.0,
        "usage_hours": 8.0,
    },
    "leaderboard": {
        "curvature": 0.9,
        "scope": Scope.TEAM,
        "measure": Counted.OUTPUT,
        "hours": 4.0,
    },
    "top_board": {"share": 0.3, "measure": Counted.ACTIVE, "hours": 4.0},
    "quota": {
        "amount": 3.0,
        "shame": 4.0,
        "weeks": 2,
        "measure": Counted.ACTIVE,
        "hours": 4.0,
    },
    "participation": {
        "target": 0.1,
        "scope": Scope.ORGANISATION,
        "softness": 0.9,
        "smoothing": 0.9,
        "hours": 4.0,
    },
    "audit": {
        "sanction": 99.0,
        "sensitivity": 0.1,
        "false_positive": 0.9,
        "top_share": 0.2,
        "weeks": 3,
        "hours_a_case": 16.0,
    },
    "budget": {"weeks": 2},
    "guidance": {"hours": 24.0},
    "gate": {"found": 0.9, "time": 1.0},
    "dismissal": {
        "loss": 999.0,
        "weeks": 2,
        "measure": Counted.ACTIVE,
        "hours": 4.0,
    },
}


def run_of(scenario, **how):
    return simulate(scenario, SEED, REPLICATE, record=["activity", "score"], **how)


def assert_no_effect(one, other):
    for name in NAMES:
        np.testing.assert_array_equal(one.weeks[name], other.weeks[name], name)
    for name, column in one.employees.items():
        np.testing.assert_array_equal(column, other.employees[name], name)
    for name in ("activity", "score"):
        np.testing.assert_array_equal(one.history(name), other.history(name), name)


@pytest.fixture(scope="module")
def voluntary():
    """Without a review, so that its weightless change may move its window as well."""
    return compose([*SMALL, "review.stake=0"])


@pytest.fixture(scope="module")
def plain(voluntary):
    return run_of(voluntary)


@pytest.mark.parametrize("name", WEIGHTLESS)
def test_a_part_without_weight_has_no_effect(name, voluntary, plain):
    part = getattr(voluntary, name)
    changed = type(part)(**(dict(part) | WEIGHTLESS[name]))
    assert not changed.has_weight()
    assert changed != part or not WEIGHTLESS[name]
    assert_no_effect(plain, run_of(voluntary.varied(**{name: changed})))


@pytest.mark.parametrize("name", WEIGHTLESS)
def test_a_part_without_weight_has_no_effect_where_people_leave(name):
    leaving = compose([*SMALL, *LEAVING, "review.stake=0"])
    part = getattr(leaving, name)
    changed = leaving.varied(**{name: type(part)(**(dict(part) | WEIGHTLESS[name]))})
    plain = run_of(leaving)
    assert plain.weeks["leavers"].any()
    assert_no_effect(plain, run_of(changed))


def test_every_part_is_tried_without_weight(voluntary):
    assert list(WEIGHTLESS) == list(voluntary.incentives)


def test_a_part_without_weight_has_no_effect_beside_parts_with_weight():
    busy = compose([*SMALL, "review.weight=0.5", "review.weeks=5", "quota=monthly"])
    parts = {
        name: type(part)(**(dict(part) | WEIGHTLESS[name]))
        for name, part in busy.incentives.items()
        if name not in ("review", "quota")
    }
    assert_no_effect(run_of(busy), run_of(busy.varied(**parts)))


def test_hidden_shame_has_no_effect():
    quota = ["quota.penalty=0.2", "quota.visible=false"]
    one, other = (compose([*SMALL, *quota, f"quota.shame={shame}"]) for shame in (0, 9))
    assert_no_effect(run_of(one), run_of(other))


def test_laws_of_rework_that_are_not_in_force_have_no_effect():
    others = {
        "below_break_even": [],
        "by_size": ["rework_size=9"],
        "any_use": ["rework_use=0.9"],
        "queue": [
            *("rework_queue=4", "review_load=2", "review_capacity=0.1"),
            "senior_share=1",
        ],
    }
    for law in others:
        here = [*SMALL, *BUSY, f"peers.rework_law={law}"]
        far = [f"peers.{key}" for name in others if name != law for key in others[name]]
        assert_no_effect(run_of(compose(here)), run_of(compose([*here, *far])))


@pytest.mark.parametrize(
    "overrides",
    [["scheme=voluntary"], BUSY, ["scheme=suspected_linkage"], [*BUSY, *LEAVING]],
)
def test_replacing_a_scheme_by_itself_has_no_effect(overrides):
    scenario = compose([*SMALL, *overrides])
    again = tuple(Phase(week=w, scheme=scenario.scheme) for w in (1, 2, 7, 13, 29))
    assert_no_effect(run_of(scenario), run_of(scenario.varied(timeline=again)))


def test_a_part_that_never_starts_has_no_effect_before_it_would():
    scenario = compose([*SMALL, *BUSY])
    later = scenario.scheme.model_copy(update={"review": Review(stake=0.0)})
    cut = run_of(scenario.varied(timeline=(Phase(week=20, scheme=later),)))
    whole = run_of(scenario)
    for name in NAMES:
        np.testing.assert_array_equal(cut.weeks[name][:20], whole.weeks[name][:20])
    assert (cut.history("activity")[20:] != whole.history("activity")[20:]).any()


@pytest.mark.parametrize("threads", [2, 3])
@pytest.mark.parametrize(
    "overrides",
    [
        ["scheme=amazon_2026", "weeks=44"],
        *(BUSY, [*BUSY, *SHARED], [*BUSY, *SHARED, *LEAVING]),
    ],
)
def test_the_number_of_threads_has_no_effect(overrides, threads):
    size = SMALL[:1] if "weeks=44" in overrides else SMALL
    scenario = compose([*size, *overrides])
    assert_no_effect(run_of(scenario), run_of(scenario, threads=threads))


def jobs():
    scenarios = [compose([*SMALL, f"scheme={n}"]) for n in ("voluntary", "recommended")]
    busy = compose([*SMALL, *BUSY])
    left = compose([*SMALL, *BUSY, *LEAVING])
    return [Job(s, SEED, r) for s in [*scenarios, busy, left] for r in range(3)]


@pytest.fixture(scope="module")
def batch():
    names = ["activity", "score"]
    return {
        (str(job.scenario), job.replicate): run
        for job, run in zip(
            jobs(), simulate_many(jobs(), threads=1, record=names), strict=True
        )
    }


@pytest.mark.parametrize("threads", [1, 2, 3])
def test_order_and_threads_of_a_batch_have_no_effect(batch, threads):
    turned = jobs()[::-1]
    runs = simulate_many(turned, threads=threads, record=["activity", "score"])
    for job, run in zip(turned, runs, strict=True):
        assert run.scenario == job.scenario
        assert run.replicate == job.replicate
        assert_no_effect(batch[str(job.scenario), job.replicate], run)


def test_a_run_alone_is_the_run_of_the_batch(batch):
    for job in jobs():
        alone = simulate(*job, record=["activity", "score"])
        assert_no_effect(batch[str(job.scenario), job.replicate], alone)


UNCOUPLED = Scenario(
    review=Review(stake=0.0),
    people=People(effort=0.0),
    technology=Technology(dressing_most=0.0),
    peers=Peers(outside=0, forum_practice=0.0, forum_tricks=0.0),
    organisation=Workplace(employees=24, team_size=8),
    weeks=20,
)
"""People meet and learn inside whole teams only, and are ranked against nobody.

In the warm-up there is a review, in which everybody is tied but for the margins."""


@pytest.mark.parametrize(
    "parts",
    [
        [],
        ["bonus.rate=3"],
        ["quota.penalty=0.3"],
        ["leaderboard.status=0.4", "leaderboard.scope=team"],
        ["participation.penalty=0.3"],
        ["audit.probability=0.2", "bonus.rate=4", "budget.cap=300"],
    ],
    ids=lambda parts: parts[0].split(".")[0] if parts else "nothing",
)
@pytest.mark.parametrize("quit_hazard", [0.0, 0.05], ids=["staying", "leaving"])
def test_the_first_people_are_the_same_in_a_larger_firm(parts, quit_hazard):
    levers = compose(parts).scheme
    people = People(effort=0.0, quit_hazard=quit_hazard, quit_sensitivity=3.0)
    small = UNCOUPLED.varied(
        **{**dict(levers), "review": Review(stake=0.0), "people": people}
    )
    large = small.varied(organisation=Workplace(employees=61, team_size=8))
    one, other = run_of(small), run_of(large)
    for name in ("activity", "score"):
        first = other.history(name)[:, :24]
        np.testing.assert_array_equal(one.history(name), first, name)
    for name, column in one.employees.items():
        # A tie of everybody is worth one half but for rounding, by their number.
        rounding = 1e-12 if name in ("advantage", "aspiration") else 0.0
        np.testing.assert_allclose(
            column, other.employees[name][:24], rounding, rounding, err_msg=name
        )


def test_traits_are_the_same_in_a_larger_firm_and_under_another_scheme():
    one = run_of(compose([*SMALL, STAYING]))
    other = run_of(compose(["organisation.employees=55", "weeks=30", STAYING, *BUSY]))
    for name in ("skill", "ambition", "status", "conscience", "ceiling", "intensity"):
        np.testing.assert_array_equal(one.employees[name], other.employees[name][:40])
