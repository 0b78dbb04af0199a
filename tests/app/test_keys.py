import pytest

from app.keys import (
    absent,
    in_force,
    keys,
    set_shared,
    set_value,
    titles,
    value_of,
    variants,
    with_variant,
)
from experiments.designs.pair import Pair, Side, named
from model.parameters import declarations
from model.scenario import INCENTIVES, Scenario

GROUPS = sorted({r.key.split(".")[0] for r in declarations(Scenario) if "." in r.key})
VOLUNTARY = Side("voluntary")


def scenario(side):
    return Pair(first=side).scenario(side)


def test_every_declared_number_name_and_switch_has_a_control():
    declared = {row.key for row in declarations(Scenario) if "." in row.key}
    assert {key.row.key for group in GROUPS for key in keys(group)} == declared


@pytest.mark.parametrize("group", GROUPS)
def test_a_control_says_its_description_and_source(group):
    for key in keys(group):
        assert key.row.description[1:] in key.about
        assert str(key.row.source) in key.about
        assert key.row.key in key.about


@pytest.mark.parametrize("scheme", ["voluntary", "everything_at_once"])
@pytest.mark.parametrize("group", GROUPS)
def test_the_value_in_force_fits_on_its_slider(group, scheme):
    for key in keys(group):
        if not key.choices and key.kind is not bool:
            value = float(value_of(named()[scheme], key.row.key))
            low, high, step = key.range(value)
            assert low <= value <= high
            assert step > 0.0


def test_a_value_far_out_of_the_usual_range_still_fits():
    [key] = [k for k in keys("people") if k.row.key == "people.learning"]
    low, high, _ = key.range(1e6)
    assert low < high == 1e6


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
def test_every_shipped_part_can_be_added_and_removed(group):
    assert variants(group)
    for name in variants(group):
        added = with_variant(VOLUNTARY, group, name)
        assert group in in_force(scenario(added)), name
        removed = with_variant(added, group, None)
        assert group not in in_force(scenario(removed)), name


@pytest.mark.parametrize("scheme", ["voluntary", "everything_at_once", "amazon_2026"])
def test_a_part_is_either_in_force_or_absent(scheme):
    found = named()[scheme]
    assert {*in_force(found), *absent(found)} == {"measure", *INCENTIVES}
    assert not {*in_force(found)} & {*absent(found)}


def test_every_part_has_a_title_of_its_own():
    found = dict(titles())
    assert set(found) == {"measure", *INCENTIVES}
    assert len({*found.values()}) == len(found)
