import pytest

from experiments.designs.design import (
    WORLD_FACTORS,
    at,
    corners,
    level,
    single,
    worlds,
)
from experiments.words.structures import LAWS, RULES, STRUCTURES
from model import Peers, People, Scenario
from model.peers import Law
from model.people import Rule

SCHEMES = {"a": Scenario(), "b": Scenario(weeks=104)}


def test_worlds_are_the_centre_and_the_eight_corners():
    design = worlds(SCHEMES, 3, world_replicates=2, structure_replicates=0, seed=5)
    assert [point.number for point in design.points] == list(range(9))
    assert design.points[0].levels == {
        name: level(Scenario(), name) for name in (*WORLD_FACTORS, RULES.key, LAWS.key)
    }
    assert len({tuple(point.levels.values()) for point in design.points}) == 9
    assert len(design.runs) == 2 * (3 + 8 * 2)


def test_structures_are_all_members_of_their_parameters():
    assert [*RULES.names] == [*Rule]
    assert [*LAWS.names] == [*Law]


@pytest.mark.parametrize(("rule", "law"), [*zip(Rule, [*Law, Law.QUEUE], strict=True)])
def test_the_centre_is_run_under_every_other_structure(rule, law):
    scenario = Scenario(people=People(rule=rule), peers=Peers(rework_law=law))
    design = worlds({"a": scenario}, 3, 2, 1, seed=5)
    here = design.points[0].levels
    others = [point for point in design.points if point.replicates == 1]
    assert len(others) == 4 + 3
    for structure in STRUCTURES:
        differ = [p for p in others if p.levels[structure.key] != here[structure.key]]
        codes = {*structure.names} - {here[structure.key]}
        assert {int(p.levels[structure.key]) for p in differ} == codes
        for point in differ:
            back = point.levels | {structure.key: here[structure.key]}
            assert back == here
            group, field = structure.key.split(".")
            there = getattr(at(scenario, point.levels), group)
            assert getattr(there, field) == point.levels[structure.key]


def test_corners_are_the_ends_of_the_declared_spans():
    assert corners()[0] == dict(zip(WORLD_FACTORS, (-0.3, 0.02, 0.05), strict=True))
    assert corners()[-1] == dict(zip(WORLD_FACTORS, (0.3, 0.2, 0.6), strict=True))


def test_runs_are_sorted_by_scheme_point_and_replicate():
    runs = worlds(SCHEMES, 2, 1, 1, seed=5).runs
    assert runs == tuple(sorted(runs))


def test_without_worlds_and_structures_there_is_only_the_centre():
    assert len(worlds(SCHEMES, 3, 0, 0, seed=5).points) == 1


def test_a_corner_changes_its_factors_and_nothing_else():
    corner = at(Scenario(), corners()[0])
    assert [level(corner, name) for name in WORLD_FACTORS] == [-0.3, 0.02, 0.05]
    back = {name: level(Scenario(), name) for name in WORLD_FACTORS}
    assert at(corner, back) == Scenario()


@pytest.mark.parametrize("point", [0, 8])
def test_a_job_takes_its_seed_and_its_world(point):
    design = worlds(SCHEMES, 2, 2, 0, seed=5)
    planned = next(run for run in design.runs if run.point == point)
    job = design.job(planned)
    assert (job.seed, job.replicate) == (5, 0)
    assert level(job.scenario, "people.learning") == (0.2 if point else 0.06)


def test_a_single_scheme_has_no_factors():
    design = single("a", Scenario(), replicates=3, seed=5)
    assert design.factors == ()
    assert len(design.runs) == 3
