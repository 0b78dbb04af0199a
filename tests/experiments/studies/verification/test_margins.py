"""Effort and dressing up: the formulas, and people in the simulation one by one."""

import numpy as np
import pytest

from experiments.runs.trial import Trial
from experiments.studies.verification.results import margins as verification
from model import Bonus
from model.incentive import Counted
from model.theory import margins

TRIAL = Trial(seed=3, people=200, replicates=2, threads=1)
ANY = margins.People(
    productivity=np.array([1.0, 1.2, 0.8]),
    value=np.array([0.5, 0.5, 0.6]),
    conscience=np.array([0.1, 0.4, 0.1]),
    games=np.array([True, True, False]),
)
SETTING = margins.Setting(0.5, 1.0, 0.2, 2.0, 0.3, 1.0)


def test_a_bonus_of_ten_half_days_a_week_pays_one_for_a_half_day():
    assert margins.by_bonus(10.0) == 1.0
    assert margins.by_bonus(10.0, discount=0.7) == pytest.approx(0.7)


def test_effort_is_the_root_of_what_a_half_day_is_worth_within_its_bounds():
    assert margins.effort(ANY, SETTING, 0.5) == pytest.approx([1.0, 1.0, 1.1**0.5])
    assert margins.effort(ANY, SETTING, 9.0) == pytest.approx([1.5] * 3)
    assert margins.effort(ANY, SETTING, -0.4) == pytest.approx([0.5] * 3)


def test_dressing_up_weighs_what_is_seen_against_time_and_scruple():
    found = margins.dressing(ANY, SETTING, 0.5)
    assert found == pytest.approx([(0.5 - 0.2 - 0.1) / 2.0, 0.0, 0.0])
    assert margins.dressing(ANY, SETTING, 9.0) == pytest.approx([0.3, 0.3, 0.0])


def test_a_minimum_is_worth_most_where_it_is_expected_to_be_just_met():
    scores, one = np.linspace(0.0, 2.0, 201), np.ones(201)
    worth = margins.by_minimum(scores, 0.3 * one, 1.0, one)
    assert scores[worth.argmax()] == pytest.approx(1.0)
    in_a_point = 1.0 / (np.sqrt(2.0 * np.pi) * 0.3) / margins.REFERENCE
    assert 0.8 * in_a_point < worth.max() < in_a_point
    # Over all scores the slopes add up to the whole stake.
    wide = np.linspace(-3.0, 5.0, 8001)
    total = margins.by_minimum(wide, np.full(8001, 0.3), 1.0, np.ones(8001)).sum()
    assert total * 0.001 * margins.REFERENCE == pytest.approx(1.0, rel=1e-6)


def test_the_simulation_agrees():
    checks = verification.check(TRIAL)
    assert len(checks) == 8 * (len(verification.RATES) + 1)
    assert [check.quantity for check in checks if not check.holds] == []


@pytest.mark.parametrize("rate", verification.RATES)
def test_everybody_sets_what_the_formula_says_to_1e_12(rate):
    scenario = verification.scenario_of(bonus=Bonus(rate=rate, measure=Counted.OUTPUT))
    before, after = verification.first_week(scenario, TRIAL)
    people = verification.people_of(before, scenario)
    setting = verification.setting_of(scenario)
    for quantity, theory in (
        ("effort", margins.effort(people, setting, rate / 10.0)),
        ("dressing", 10.0 * margins.dressing(people, setting, rate / 10.0)),
    ):
        np.testing.assert_allclose(after[quantity], theory, rtol=0.0, atol=1e-12)


def test_all_kinds_of_people_are_there():
    """Some dress up as much as they can, some a little, some not at all."""
    scenario = verification.scenario_of(bonus=Bonus(rate=8.0, measure=Counted.OUTPUT))
    _, after = verification.first_week(scenario, TRIAL)
    shown = after["dressing"] / 10.0
    most = scenario.technology.dressing_most
    kinds = (shown == 0.0, (shown > 0.0) & (shown < most), shown == most)
    assert all(kind.mean() > 0.05 for kind in kinds)
    assert np.all(shown[after["never_gamer"]] == 0.0)


@pytest.mark.parametrize(
    ("part", "wrong"),
    [
        ("effort", lambda people, setting, seen: np.ones_like(people.value)),
        (
            "dressing",
            lambda people, setting, seen: margins.LEAST * np.ones_like(people.value),
        ),
    ],
)
def test_another_margin_turns_the_check_red(part, wrong, monkeypatch):
    monkeypatch.setattr(margins, part, wrong)
    assert not all(check.holds for check in verification.check(TRIAL))
