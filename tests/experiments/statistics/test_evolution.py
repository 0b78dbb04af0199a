"""Differential evolution finds the lowest value, within a hard constraint."""

import numpy as np
import pytest

from experiments.statistics.evolution import evolve

AIM = np.array([0.3, 0.8, 0.5, 0.1, 0.6])


def start(seed, members=20):
    rng = np.random.default_rng(seed)
    return rng.random((members, len(AIM))), rng


def bowl(points):
    return ((points - AIM) ** 2).sum(axis=1)


def test_the_lowest_value_is_found():
    first, rng = start(1)
    members, values = evolve(bowl, first, 80, rng)
    assert values.min() < 1e-4
    assert members[values.argmin()] == pytest.approx(AIM, abs=0.02)


def test_members_stay_in_the_cube_where_the_lowest_value_is_a_corner():
    first, rng = start(2)
    seen = []

    def slope(points):
        seen.append(points)
        return points.sum(axis=1)

    _, values = evolve(slope, first, 60, rng)
    assert values.min() < 0.05
    assert min(x.min() for x in seen) >= 0.0
    assert max(x.max() for x in seen) <= 1.0


def test_what_the_constraint_forbids_never_takes_a_place():
    first, rng = start(3)

    def allowed(points):
        return np.where(points[:, 0] >= 0.5, bowl(points), np.inf)

    members, values = evolve(allowed, first, 80, rng)
    kept = members[np.isfinite(values)]
    assert (kept[:, 0] >= 0.5).all()
    assert members[values.argmin()][0] == pytest.approx(0.5, abs=0.02)


def test_no_member_gets_worse_and_the_start_is_left_alone():
    first, rng = start(4)
    before = first.copy()
    _, values = evolve(bowl, first, 5, rng)
    assert (values <= bowl(before)).all()
    assert (first == before).all()
    assert evolve(bowl, first, 0, rng)[0].tolist() == before.tolist()
