import pytest

from experiments import compose
from experiments.config.varied import varied
from experiments.designs.pair import keys, named
from experiments.errors import UserError


def test_nothing_changed_is_the_same_scenario():
    scenario = named()["monthly_minimum"]
    assert varied(scenario, {}) is scenario


@pytest.mark.parametrize(
    "changes",
    [
        {"quota.amount": 160.0},
        {"people.learning": 0.1, "weeks": 52},
        {"review.stake": 0.0, "measure.filter": 0.5},
        {"organisation.employees": 40, "organisation.team_size": 5},
    ],
)
@pytest.mark.parametrize("scheme", ["monthly_minimum", "amazon_2026"])
def test_changes_do_what_they_do_on_the_command_line(scheme, changes):
    words = [f"{key}={value}" for key, value in changes.items()]
    composed = compose([f"scheme={scheme}", *words])
    assert varied(named()[scheme], changes) == composed


def test_the_scheme_that_is_varied_stays_as_it_was():
    before = named()["monthly_minimum"].model_dump()
    varied(named()["monthly_minimum"], {"quota.amount": 160.0})
    assert named()["monthly_minimum"].model_dump() == before


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"measure.filter": 1.5}, "measure.filter"),
        ({"people.learning": "much"}, "people.learning"),
        ({"weeks": -1}, "weeks"),
    ],
)
def test_values_out_of_range_are_refused_by_name(changes, said):
    with pytest.raises(UserError, match=said):
        varied(named()["voluntary"], changes)


def test_every_declared_value_is_allowed():
    declared = keys()
    assert varied(named()["voluntary"], declared).weeks == named()["voluntary"].weeks
