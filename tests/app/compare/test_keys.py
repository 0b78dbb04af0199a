import pytest

from app.compare.edits import value_of
from app.compare.keys import key_of, keys
from experiments.designs.pair import named
from model.parameters import declarations
from model.scenario import Scenario

GROUPS = sorted({r.key.split(".")[0] for r in declarations(Scenario) if "." in r.key})


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
    low, high, _ = key_of("people.learning").range(1e6)
    assert low < high == 1e6
