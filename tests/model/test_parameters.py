"""What the Python interface takes for a parameter, and what it never lets pass."""

import copy
import json
import pickle
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from pydantic import ValidationError

from model import (
    Job,
    Leaderboard,
    Organisation,
    Phase,
    Quota,
    Scenario,
    Scheme,
    Simulation,
    Workplace,
    simulate,
    simulate_many,
)
from model.incentive import Scope
from model.parameters import check

SMALL = Scenario(
    organisation=Workplace(employees=12), weeks=27, quota=Quota(penalty=0.1, weeks=2)
)
PHASED = SMALL.varied(
    leaderboard=Leaderboard(status=0.2, scope=Scope.TEAM),
    timeline=(
        Phase(week=5, scheme=Scheme(quota=Quota(amount=1e-5, penalty=0.3))),
        Phase(week=9, scheme=Scheme()),
    ),
)


@pytest.mark.parametrize("kind", [np.int8, np.int64, np.uint16, np.uint64])
def test_whole_numbers_of_numpy_are_taken(kind):
    scenario = Scenario(weeks=kind(60), organisation=Workplace(employees=kind(30)))
    assert type(scenario.weeks) is int
    assert scenario == Scenario(weeks=60, organisation=Workplace(employees=30))
    assert type(Phase(week=kind(3)).week) is int
    assert Scenario().varied(weeks=np.arange(52, 61, 8)[1]).weeks == 60


@pytest.mark.parametrize("kind", [np.float32, np.float64, np.int64])
def test_numbers_of_numpy_are_taken(kind):
    quota = Quota(amount=kind(160), visible=np.bool_(True))
    assert type(quota.amount) is float
    assert quota.visible is True
    assert quota == Quota(amount=160.0, visible=True)


@pytest.mark.parametrize(
    "value",
    [
        np.float64(52.0),
        np.bool_(True),
        np.str_("52"),
        np.datetime64("2026-02-28"),
        np.datetime64(52, "ns"),
        np.timedelta64(52, "ns"),
        np.timedelta64(52, "W"),
        np.int64(0),
        np.array([52]),
    ],
    ids=repr,
)
def test_what_is_no_whole_number_is_refused_from_numpy_too(value):
    with pytest.raises(ValidationError):
        Scenario(weeks=value)


@pytest.mark.parametrize("scenario", [Scenario(), PHASED], ids=["declared", "phased"])
def test_a_scenario_comes_back_from_json(scenario):
    text = scenario.model_dump_json()
    assert Scenario.model_validate_json(text) == scenario
    assert Scenario(**json.loads(text)) == scenario
    assert Scenario.model_validate(scenario.model_dump(mode="json")) == scenario
    assert Scenario(**scenario.model_dump()) == scenario


@pytest.mark.parametrize("wrong", [{"weeks": 52.5}, {"weeks": "52"}, {"wekes": 52}])
def test_json_is_read_as_strictly_as_python(wrong):
    text = json.dumps(json.loads(PHASED.model_dump_json()) | wrong)
    with pytest.raises(ValidationError):
        Scenario.model_validate_json(text)


UNVALIDATED = {
    "a mapping for a group": ({"quota": {"amount": 3}}, "quota is {'amount': 3}"),
    "a value out of bounds": (
        {"quota": SMALL.quota.model_copy(update={"amount": -500})},
        "quota.amount is -500",
    ),
    "no weeks": ({"weeks": 0}, "weeks is 0"),
    "half a kind": ({"weeks": 27.0}, "weeks is 27.0"),
    "a world": ({"organisation": {"employees": 3}}, "organisation is {'employees': 3}"),
    "an unknown key": ({"quotta": 3}, "quotta is 3"),
    "a list of phases": ({"timeline": []}, r"timeline is \[\]"),
    "a phase": (
        {"timeline": (PHASED.timeline[0].model_copy(update={"week": -1}),)},
        "timeline.week is -1",
    ),
    "what does not fit together": ({"weeks": 20}, "review.weeks is 26"),
}


@pytest.mark.parametrize(("update", "said"), UNVALIDATED.values(), ids=UNVALIDATED)
def test_a_copy_that_nobody_validated_is_not_simulated(update, said):
    wrong = SMALL.model_copy(update=update)
    with ThreadPoolExecutor(1) as pool:
        for attempt in (
            lambda: simulate(wrong),
            lambda: simulate(wrong, threads=2),
            lambda: list(simulate_many([Job(wrong)])),
            lambda: Simulation(wrong, pool=pool),
            lambda: Organisation(wrong),
        ):
            with pytest.raises(ValueError, match=said) as refused:
                attempt()
            assert "varied" in str(refused.value)


def test_a_field_that_is_missing_is_named():
    older = copy.copy(SMALL)
    del older.__dict__["weeks"]
    with pytest.raises(ValueError, match="weeks is missing"):
        simulate(older)


def test_a_scheme_that_nobody_validated_is_not_adopted():
    wrong = Scheme().model_copy(update={"quota": {"amount": 3}})
    with pytest.raises(ValueError, match="quota is"):
        Organisation(SMALL).adopt(wrong)


@pytest.mark.parametrize(
    "right",
    [
        SMALL.model_copy(update={"weeks": 30}),
        copy.deepcopy(SMALL),
        pickle.loads(pickle.dumps(PHASED)),
        Scenario.model_construct(weeks=52),
    ],
    ids=["copy", "deepcopy", "pickle", "construct"],
)
def test_a_copy_that_is_valid_passes(right):
    check(right)
