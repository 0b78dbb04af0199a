import pytest

from app.compare.edits import (
    TITLES,
    absent,
    in_force,
    set_shared,
    set_value,
    value_of,
    variants,
    with_variant,
)
from experiments.designs.pair import Pair, Side, named
from model.scenario import INCENTIVES

VOLUNTARY = Side("voluntary")


def scenario(side):
    return Pair(first=side).scenario(side)


def test_the_value_of_the_scheme_is_no_change():
    own = value_of(named()["monthly_minimum"], "quota.amount")
    side = set_value(Side("monthly_minimum"), "quota.amount", own + 1)
    assert side.changes == (("quota.amount", own + 1),)
    assert set_value(side, "quota.amount", own) == Side("monthly_minimum")


def test_the_declared_value_is_no_shared_change():
    own = value_of(named()["voluntary"], "people.learning")
    changes = set_shared((), "people.learning", 0.123)
    assert changes == (("people.learning", 0.123),)
    assert set_shared(changes, "people.learning", own) == ()


@pytest.mark.parametrize("group", INCENTIVES)
def test_every_shipped_variant_can_be_added_and_removed(group):
    assert variants(group)
    for name in variants(group):
        added = with_variant(VOLUNTARY, group, name)
        assert group in in_force(scenario(added)), name
        removed = with_variant(added, group, None)
        assert group not in in_force(scenario(removed)), name


@pytest.mark.parametrize("scheme", ["voluntary", "everything_at_once", "amazon_2026"])
def test_an_incentive_is_either_in_force_or_absent(scheme):
    composed = named()[scheme]
    assert {*in_force(composed), *absent(composed)} == {"measure", *INCENTIVES}
    assert not {*in_force(composed)} & {*absent(composed)}


def test_every_group_has_a_title_of_its_own():
    assert set(TITLES) == {"measure", *INCENTIVES}
    assert len({*TITLES.values()}) == len(TITLES)
