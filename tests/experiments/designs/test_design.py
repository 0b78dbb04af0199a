import pytest

from experiments.designs.design import (
    at,
    compared,
    level,
    one_at_a_time,
    single,
)
from experiments.words.structures import LAWS, RULES
from model import Scenario
from model.peers import Law
from model.people import Rule

SCHEMES = {"a": Scenario(), "b": Scenario(weeks=104)}
LEVELS = {"people.learning": (0.02, 0.2), "peers.rework_misuse": (0.05,)}


def test_structures_are_all_members_of_their_parameters():
    assert [*RULES.names] == [*Rule]
    assert [*LAWS.names] == [*Law]


def test_a_comparison_has_one_point_and_keeps_accounts():
    design = compared(SCHEMES, 3, seed=5)
    assert [point.levels for point in design.points] == [{}]
    assert design.accounts
    assert len(design.runs) == 2 * 3


def test_runs_are_sorted_by_scheme_point_and_replicate():
    runs = one_at_a_time(SCHEMES, LEVELS, 2, seed=5).runs
    assert len(runs) == 2 * 4 * 2
    assert runs == tuple(sorted(runs))


def test_a_point_changes_its_factors_and_nothing_else():
    levels = {"people.learning": 0.02, "peers.rework_misuse": 0.05}
    there = at(Scenario(), levels)
    assert [level(there, name) for name in levels] == [0.02, 0.05]
    back = {name: level(Scenario(), name) for name in levels}
    assert at(there, back) == Scenario()


@pytest.mark.parametrize("point", [0, 2])
def test_a_job_takes_its_seed_and_its_point(point):
    design = one_at_a_time(SCHEMES, LEVELS, 2, seed=5)
    planned = next(run for run in design.runs if run.point == point)
    job = design.job(planned)
    assert (job.seed, job.replicate) == (5, 0)
    assert level(job.scenario, "people.learning") == (0.2 if point else 0.06)


def test_a_single_scheme_has_no_factors():
    design = single("a", Scenario(), replicates=3, seed=5)
    assert design.factors == ()
    assert len(design.runs) == 3
