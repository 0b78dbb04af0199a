"""The grammar of levels: what may be written, and what becomes of it."""

from statistics import NormalDist

import numpy as np
import pytest

from experiments.config.request import ask
from experiments.designs.factors import keys, kind_of_factor, name_of
from experiments.designs.levels import read_factor, read_factors, rising
from experiments.errors import UserError
from model.parameters import declarations
from model.people import Rule
from model.scenario import Scenario

SHARES = np.array([0.0, 0.1, 0.5, 0.9, 1.0])


def lever(given, key="quota.penalty"):
    return read_factor(key, given, "lever")


def unknown(given, key="people.belief_mean"):
    return read_factor(key, given, "uncertainty")


def test_levels_keep_their_order_and_the_declared_unit():
    found = lever([0.1, 0, 0.05])
    assert found.levels == (0.1, 0.0, 0.05)
    assert (found.low, found.high) == (0.0, 0.1)
    assert found.unit == "half-days per half-day"


def test_choices_are_levels_by_name_or_by_code():
    found = unknown(["logit", "PROSPECT", 2], "people.rule")
    assert found.levels == (0.0, 4.0, 2.0)
    assert [found.name_of(level) for level in found.levels] == [
        "logit",
        "prospect",
        "satisficing",
    ]


@pytest.mark.parametrize("given", [[True, False], ["true", "False"], [1, 0]])
def test_switches_are_levels_however_they_are_written(given):
    assert lever(given, "quota.visible").levels == (1.0, 0.0)
    assert name_of("quota.visible", 1.0) == "true"


def test_span_is_what_is_declared_for_sweeps():
    spans = {row.key: row.span for row in declarations(Scenario)}
    found = unknown("span")
    assert (found.low, found.high) == spans["people.belief_mean"]
    assert found.on_grid() == spans["people.belief_mean"]
    assert unknown("span", "people.rule").levels == tuple(float(r) for r in Rule)
    assert lever("span", "quota.visible").levels == (0.0, 1.0)


def test_a_uniform_range_has_even_levels_with_both_ends():
    assert lever({"low": 0, "high": 0.4, "levels": 3}).on_grid() == (0.0, 0.2, 0.4)


def test_a_log_uniform_range_is_even_in_the_logarithm():
    found = lever(
        {"low": 1, "high": 100, "distribution": "log_uniform", "levels": 3},
        "quota.amount",
    )
    assert found.on_grid() == pytest.approx((1.0, 10.0, 100.0))
    assert found.at_shares(SHARES)[1:3] == pytest.approx([10**0.2, 10.0])


def test_a_normal_range_follows_the_normal_distribution():
    found = unknown({"distribution": "normal", "mean": 0.05, "sd": 0.1})
    exact = NormalDist(0.05, 0.1)
    # The allowed range, -1 to 1, cuts off less than 1e-20 of it.
    wanted = [exact.inv_cdf(share) for share in (0.1, 0.5, 0.9)]
    assert found.at_shares(SHARES[1:4]) == pytest.approx(wanted, abs=1e-9)
    assert found.at_shares(SHARES)[[0, -1]] == pytest.approx([-1.0, 1.0])


def test_a_normal_range_is_cut_off_at_its_ends():
    found = unknown({"distribution": "normal", "mean": 0, "sd": 1, "low": -0.1})
    drawn = found.at_shares(np.linspace(0.0, 1.0, 101))
    assert drawn.min() == pytest.approx(-0.1)
    assert drawn.max() == pytest.approx(1.0)


def test_a_triangular_range_has_its_mode_where_its_share_says():
    given = {"low": 0, "high": 1, "distribution": "triangular", "mode": 0.2}
    found = lever(given)
    assert found.at_shares(np.array([0.2]))[0] == pytest.approx(0.2)
    assert found.at_shares(SHARES)[[0, -1]] == pytest.approx([0.0, 1.0])


def test_levels_of_a_sample_are_equally_likely():
    found = lever([0.3, 0.1, 0.2])
    drawn = found.at_shares((np.arange(9) + 0.5) / 9)
    assert drawn.tolist() == [0.3] * 3 + [0.1] * 3 + [0.2] * 3
    assert found.at_shares(np.array([1.0]))[0] == 0.2


def test_whole_numbers_of_a_range_are_equally_likely():
    found = unknown({"low": 4, "high": 7}, "organisation.team_size")
    drawn = found.at_shares((np.arange(8) + 0.5) / 8)
    assert drawn.tolist() == [4, 4, 5, 5, 6, 6, 7, 7]


def test_whole_numbers_stay_whole_on_a_grid():
    found = unknown({"low": 4, "high": 7, "levels": 3}, "organisation.team_size")
    assert all(level % 1 == 0 for level in found.on_grid())


def test_numbers_that_yaml_takes_for_words_are_numbers():
    assert lever(["1e-3", "0.1"]).levels == (0.001, 0.1)


def test_levers_come_first():
    found = read_factors({"quota.penalty": [0]}, {"people.learning": "span"})
    assert [f.kind for f in found] == ["lever", "uncertainty"]
    assert read_factors(None, {}) == ()


def test_every_parameter_is_a_factor_of_some_kind_and_has_a_span():
    for key in keys():
        found = read_factor(key, "span", kind_of_factor(key))
        assert found.low < found.high, key
        assert len(found.on_grid()) >= 2, key


def test_keys_alone_are_factors_over_their_spans():
    keys_alone = read_factors(["quota.penalty"], ("people.rule", "people.learning"))
    spans = {"people.rule": "span", "people.learning": "span"}
    assert keys_alone == read_factors({"quota.penalty": "span"}, spans)


@pytest.mark.parametrize(
    ("given", "levels"),
    [
        ([0.3, 0, 0.1], (0.0, 0.1, 0.3)),
        (None, (0.02, 0.16, 0.3)),
        ("span", (0.02, 0.16, 0.3)),
        ({"low": 0.1, "high": 0.5}, (0.1, 0.3, 0.5)),
        ({"high": 0.04, "levels": 2}, (0.02, 0.04)),
        (
            {"low": 0.01, "high": 10, "distribution": "log_uniform"},
            (0.01, 10**-0.5, 10),
        ),
    ],
)
def test_levels_of_one_number_rise(given, levels):
    found = rising("quota.penalty", given, "study.x_levels: ", points=3, fewest=2)
    assert found == pytest.approx(levels)


def test_rising_levels_are_as_a_person_would_write_them():
    given = {"low": 0, "high": 0.6}
    assert rising("quota.penalty", given, "", points=7, fewest=2)[3] == 0.3


def test_too_few_levels_are_refused():
    with pytest.raises(UserError, match=r"x: quota\.penalty has 1 level; at least 2"):
        rising("quota.penalty", [0.1], "study.x: ", points=4, fewest=2)


SETTINGS = {
    "study.levers": "sweep",
    "study.uncertainties": "sensitivity",
    "study.levels": "goodhart_curve",
    "study.families": "goodhart_curve",
    "study.workforces": "goodhart_curve",
    "study.x_levels": "phase_map",
}


@pytest.mark.parametrize(("key", "study"), SETTINGS.items(), ids=SETTINGS)
def test_a_setting_of_another_form_is_named_with_the_form_that_is_needed(key, study):
    refused = rf"{key} is \[\[\[1\]\]\]; .*such as .* needed|{key} is .*needed, such as"
    with pytest.raises(UserError, match=refused):
        ask([f"study={study}", f"{key}=[[[1]]]"])


MISTAKES = {
    "no parameter": ({"quota.penaltyy": [1]}, ["quota.penaltyy", "quota.penalty?"]),
    "group": ({"quota": ["monthly"]}, ["quota is a group", "quota.amount"]),
    "uncertainty": ({"people.learning": "span"}, ["people.learning", "uncertainties"]),
    "weeks": ({"weeks": [52, 104]}, ["weeks cannot be a factor", "equally long"]),
    "seed": ({"seed": [1, 2]}, ["seed", "study.replicates"]),
    "scheme": ({"scheme": ["voluntary"]}, ["scheme", "study.schemes"]),
    "timeline": ({"timeline": [1]}, ["timeline", "study.schemes"]),
    "empty list": ({"quota.penalty": []}, ["quota.penalty", "empty list"]),
    "single value": ({"quota.penalty": 0.1}, ["quota.penalty is 0.1", "[0, 1]"]),
    "nothing": ({"quota.penalty": None}, ["quota.penalty is null"]),
    "word": ({"quota.penalty": [0, "much"]}, ["is 'much'", "a number", "[0, 10]"]),
    "true": ({"quota.penalty": [True]}, ["is true", "a number"]),
    "nested list": ({"quota.penalty": [[0]]}, ["is [0]", "a number"]),
    "infinite": ({"quota.penalty": [0, float("inf")]}, ["is inf", "finite"]),
    "not a number": ({"quota.penalty": [float("nan")]}, ["is nan", "finite"]),
    "level too high": ({"quota.penalty": [0, 11]}, ["is 11", "[0, 10]"]),
    "twice": ({"quota.penalty": [0, 0.0]}, ["the level 0 twice"]),
    "minus nothing": ({"quota.penalty": [0, -0.0]}, ["the level 0 twice"]),
    "alike": (
        {"quota.penalty": [0.3, 0.1 + 0.2]},
        ["the levels 0.3 and 0.30000000000000004", "both shown as 0.3"],
    ),
    "ends alike": (
        {"quota.penalty": {"low": 0.3, "high": 0.1 + 0.2}},
        ["from 0.3 to 0.30000000000000004", "both shown as 0.3"],
    ),
    "underscore": ({"quota.amount": ["1_00", 2]}, ["quota.amount is '1_00'"]),
    "other digits": ({"quota.amount": ["\u0663"]}, ["a number is needed"]),
    "blank": ({"quota.amount": [" 3"]}, ["quota.amount is ' 3'"]),
    "half": ({"quota.weeks": [4.5]}, ["is 4.5", "a whole number"]),
    "choice": ({"quota.measure": ["tokns"]}, ["'tokns'", "tokens?"]),
    "code": ({"quota.measure": [9]}, ["quota.measure is 9", "headline"]),
    "switch": ({"quota.visible": ["maybe"]}, ["'maybe'", "true or false"]),
    "range of a choice": ({"quota.visible": {"low": 0}}, ["a choice", "[false, true]"]),
    "low is high": ({"quota.penalty": {"low": 1, "high": 1}}, ["from 1 to 1", "below"]),
    "low above high": ({"quota.penalty": {"low": 2, "high": 1}}, ["from 2 to 1"]),
    "high too high": ({"quota.penalty": {"high": 11}}, ["high of quota.penalty", "11"]),
    "low infinite": (
        {"quota.penalty": {"low": float("-inf")}},
        ["low of quota.penalty", "finite"],
    ),
    "part of a range": ({"quota.penalty": {"hihg": 1}}, ["hihg", "high?"]),
    "distribution": (
        {"quota.penalty": {"distribution": "unform"}},
        ["unform", "uniform?"],
    ),
    "log of 0": (
        {"quota.penalty": {"low": 0, "distribution": "log_uniform"}},
        ["begins at 0", "above 0"],
    ),
    "no sd": (
        {"quota.penalty": {"distribution": "normal", "mean": 0.1}},
        ["quota.penalty", "needs sd"],
    ),
    "sd of 0": (
        {"quota.penalty": {"distribution": "normal", "mean": 0.1, "sd": 0}},
        ["sd of quota.penalty", "above 0"],
    ),
    "mode outside": (
        {"quota.penalty": {"low": 0, "distribution": "triangular", "mode": 3}},
        ["mode of quota.penalty is 3", "[0, 0.3]"],
    ),
    "one level": ({"quota.penalty": {"levels": 1}}, ["levels of quota.penalty", "2"]),
    "list of levels in a range": (
        {"quota.penalty": {"levels": [0, 1]}},
        ["levels of quota.penalty", "without low and high"],
    ),
    "key twice": (["bonus.rate", "bonus.rate"], ["names 'bonus.rate' twice"]),
    "no such key": (["bonus.rte"], ["no parameter bonus.rte", "bonus.rate?"]),
}


@pytest.mark.parametrize(("levers", "words"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_in_a_factor_is_named(levers, words):
    with pytest.raises(UserError) as refused:
        read_factors(levers, None)
    message = str(refused.value)
    assert message.count("\n") <= 2
    for word in ["study.levers", *words]:
        assert word in message


def test_a_lever_is_no_uncertainty():
    with pytest.raises(UserError, match=r"quota\.penalty is a factor of study\.levers"):
        read_factors(None, {"quota.penalty": [0]})


def test_a_factor_is_of_one_kind():
    both = {"principal.ratchet": "span"}
    with pytest.raises(
        UserError, match=r"principal\.ratchet stands in study\.levers and"
    ):
        read_factors(both, both)
