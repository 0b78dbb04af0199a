"""Counters of what people say, what is found and what waits; how each is gamed."""

import numpy as np
import pytest

from experiments import UserError, compose
from model import Simulation, simulate
from model.block import TERMS
from model.measure import (
    DEEPEST,
    REFERENCE_AUTOMATED,
    REFERENCE_BACKLOG,
    REFERENCE_DEFECTS,
    REFERENCE_SAVED,
)
from model.outlook import GENUINE, MANUAL, PADDING, TRIVIAL
from model.scenario import ROW
from model.work import genuine_gain

SIZE = ["organisation.employees=60", "organisation.team_size=6", "weeks=30"]
CHORES = ["technology.chore_worth=0.65", "technology.task_sd=0.5"]
NO_LUCK = ["technology.defect_noise=0"]
NO_PROGRESS = ["technology.gain_drift=0", "technology.suitability_drift=0"]
NOTHING_ELSE = ["review.stake=0", "measure.tokens=0", "technology.dressing_most=0"]
WEIGHTS = {"saved": 0.7, "defects": -0.4, "backlog": -0.3, "automated": 0.2}
CARD = [f"measure.{name}={weight}" for name, weight in WEIGHTS.items()]


def lived(*overrides, weeks=6):
    """Who people were, what they noted, and who they are, in the last of some weeks."""
    simulation = Simulation(compose([*SIZE, *overrides]), 3, 1)
    for _ in range(weeks):
        before = simulation.staff.copy()
        notes = simulation.note(0, len(before))
        simulation.step()
    return before, notes, simulation.staff.copy()


def test_a_week_is_counted_as_by_hand():
    before, notes, after = lived(
        *("scheme=balanced_card", *CARD, "measure.output=0", "review.weeks=4"),
        *(*CHORES, *NO_LUCK, *NO_PROGRESS, "technology.dressing_most=0.3"),
        "people.never_gamers=0.2",
        *("people.dressing_scruple=0.1", "people.hiding_scruple=0.1"),
        *("people.overstating_scruple=0.1", "people.perception_bias=0.25"),
        "technology.hiding_time=0",
    )
    seen = set()
    for one, page, week in zip(before, notes, after, strict=True):
        ability = one["proficiency"] * one["gain"]
        chore_gain = genuine_gain(ability, 0.8, 0.3)
        saved = ai_work = spoilt = automated = 0.0
        for h, activity in enumerate(page["activities"]):
            y, x = page["worth"][h], page["tasks"][h, 0]
            if activity == GENUINE:
                gain = genuine_gain(ability, x, 0.3)
                saved += y * gain
                ai_work += y
                spoilt += y if gain < 0.0 else 0.0
            if activity == TRIVIAL:
                saved += page["chore"][h] * chore_gain
                ai_work += page["chore"][h]
                automated += 1.0
        spoilt += week["dressing"]
        reported = saved + 0.25 * ai_work + week["overstating"]
        found = max(spoilt - week["hiding"], 0.0)
        for name, value in (
            *(("saved", saved), ("ai_work", ai_work), ("spoilt", spoilt)),
            *(("reported_saved", reported), ("defects", found), ("trivial", automated)),
        ):
            assert week[name] == pytest.approx(value, rel=1e-12, abs=1e-14), name
        points = {
            "saved": reported / REFERENCE_SAVED,
            "defects": found / REFERENCE_DEFECTS,
            "backlog": week["backlog"] / REFERENCE_BACKLOG,
            "automated": automated / REFERENCE_AUTOMATED,
        }
        score = sum(WEIGHTS[name] * value for name, value in points.items())
        assert week["score"] == pytest.approx(score, rel=1e-12, abs=1e-14)
        seen |= {name for name, value in points.items() if value}
        seen |= {n for n in ("overstating", "hiding", "dressing") if week[n] > 0.0}
    assert seen == {*WEIGHTS, "overstating", "hiding", "dressing"}


def test_spoilt_work_is_found_by_luck_and_right_on_average():
    spoilt, found = [], []
    for weeks in range(3, 9):
        week = lived("scheme=voluntary", weeks=weeks)[2]
        spoilt.append(week["spoilt"])
        found.append(week["defects"])
    spoilt, found = np.concatenate(spoilt), np.concatenate(found)
    logs = np.log(found[spoilt > 0.0] / spoilt[spoilt > 0.0])
    assert logs.std() == pytest.approx(0.5, rel=0.15)
    assert np.exp(logs).mean() == pytest.approx(1.0, abs=0.15)
    assert (found[spoilt == 0.0] == 0.0).all()


# Overstating


@pytest.mark.parametrize("rate", [0.1, 0.5, 2.0, 30.0])
def test_overstating_is_its_pay_less_scruple_over_how_fast_it_gets_hard(rate):
    """Closed form: a bonus pays the same for every reference week, whoever asks."""
    _, _, week = lived(*NOTHING_ELSE, f"bonus.rate={rate}", "bonus.measure=saved")
    scruple = 0.5 * week["conscience"]
    expected = np.clip((rate - scruple) / 4.0, 0.0, 1.0) * REFERENCE_SAVED
    expected[week["never_gamer"]] = 0.0
    np.testing.assert_allclose(week["overstating"], expected, rtol=1e-9, atol=1e-12)
    assert (week["overstating"] > 0.0).any() == (rate > 0.2)


def test_a_survey_pays_overstating_and_no_tokens():
    _, notes, week = lived(
        *("scheme=time_saved_survey", "people.overstating_scruple=0.1"), weeks=15
    )
    assert week["overstating"].max() > 0.0
    terms = notes["terms"][:, :, TERMS.index("review")]
    np.testing.assert_array_equal(terms[..., PADDING], terms[..., MANUAL])
    survey, voluntary = (
        simulate(compose([*SIZE, f"scheme={name}"]), 3, 1)
        for name in ("time_saved_survey", "voluntary")
    )
    few = voluntary.weeks["padding_share"].mean() + 0.005
    assert survey.weeks["padding_share"].mean() <= few


def test_nobody_overstates_or_hides_where_nothing_hangs_on_it():
    _, _, week = lived("scheme=everything_at_once", *CHORES)
    assert week["overstating"].max() == week["hiding"].max() == 0.0
    np.testing.assert_allclose(
        week["reported_saved"], week["saved"] + 0.2 * week["ai_work"], rtol=1e-12
    )


# Hiding


@pytest.mark.parametrize("rate", [0.5, 3.0, 100.0])
def test_hiding_is_a_margin_that_never_exceeds_what_there_is(rate):
    """Closed form: what a bonus takes away, less time and scruple, over hardness."""
    before, _, week = lived(
        *(*NOTHING_ELSE, *NO_LUCK, "measure.defects=-1", f"bonus.rate={rate}"),
        *("people.hiding_scruple=0.2", "people.urgency=0"),
    )
    m = 0.5  # worth of a half-day of real output: nothing else hangs on it
    hidden = (rate - 0.1 * REFERENCE_DEFECTS * m - 0.2 * week["conscience"]) / 4.0
    most = before["spoilt"] / REFERENCE_DEFECTS
    expected = np.clip(hidden, 0.0, most) * REFERENCE_DEFECTS
    expected[week["never_gamer"]] = 0.0
    np.testing.assert_allclose(week["hiding"], expected, rtol=1e-9, atol=1e-12)
    assert (week["hiding"] <= before["spoilt"] * (1.0 + 1e-12)).all()
    assert (week["hiding"] > 0.0).any()
    assert (week["defects"] >= 0.0).all()
    assert (week["defects"] <= week["spoilt"]).all()
    np.testing.assert_allclose(week["wasted"], -0.1 * week["hiding"], rtol=1e-12)


def test_never_gamers_neither_overstate_nor_hide():
    card = [*CARD, "bonus.rate=30", "people.never_gamers=1"]
    _, _, week = lived("measure.tokens=0", *card, *CHORES)
    assert week["overstating"].max() == week["hiding"].max() == 0.0
    assert week["reported_saved"].max() > 0.0


@pytest.mark.parametrize(("defects", "pays"), [(0.0, True), (-0.05, False)])
def test_dressing_up_does_not_pay_where_what_is_found_takes_all_of_it_away(
    defects, pays
):
    _, _, week = lived(
        *("review.stake=0", "measure.tokens=0", "measure.output=1", "bonus.rate=30"),
        *(f"measure.defects={defects}", "technology.dressing_most=0.3"),
    )
    assert (week["dressing"] > 0.0).any() == pays


@pytest.mark.parametrize(("demand", "waits"), [(0.5, False), (1.5, True)])
def test_nobody_hopes_to_catch_up_on_more_than_waits(demand, waits):
    before, notes, _ = lived(
        *(*NOTHING_ELSE, "measure.backlog=-1", "bonus.rate=2", *CHORES),
        *(f"organisation.demand={demand}", "people.belief_mean=0.5"),
    )
    monday = notes["terms"][:, 0, TERMS.index("bonus")]
    hoped = monday[:, GENUINE] - monday[:, MANUAL]
    most = 2.0 * 10.0 * before["pace_backlog"]
    assert (hoped <= most * (1.0 + 1e-12) + 1e-15).all()
    assert (hoped > 0.01).any() == waits


# Scores below zero


def test_who_has_less_waiting_stands_higher():
    weeks = [*SIZE, "scheme=response_time", "review.weeks=1", "organisation.demand=1.1"]
    simulation = Simulation(compose(weeks), 3, 1)
    for _ in range(6):
        simulation.step()
    staff, table = simulation.staff, simulation.published["tables"][ROW.review]
    backlog = staff["backlog"]
    np.testing.assert_allclose(staff["rate"][:, ROW.review], -backlog / 10.0)
    below = table[staff["cell"][:, ROW.review]]
    order = np.argsort(backlog)
    assert (np.diff(below[order]) <= 0.0).all()
    assert len(set(below)) > 10


def test_a_standing_reaches_three_reference_weeks_below_zero():
    simulation = Simulation(compose([*SIZE, "scheme=response_time"]), 3, 1)
    c = simulation._counting
    assert c["lift"][ROW.review] == pytest.approx(DEEPEST / 10.0)
    assert c["scale"][ROW.review] == c["lift"][ROW.review]  # 0 is in the middle
    assert c["floor"][ROW.review] > 0.0
    usual = Simulation(compose([*SIZE, "scheme=review_linked"]), 3, 1)._counting
    assert (usual["lift"] == 0.0).all()


@pytest.mark.parametrize("weights", [(-1.0, -1.0, -1.0, -1.0), (1.0, -1.0, 1.0, -1.0)])
def test_negative_weights_with_nothing_to_count_raise_no_error(weights):
    nobody_uses = ["people.reluctance_mean=5", "people.never_gamers=1"]
    card = [f"measure.{n}={w}" for n, w in zip(WEIGHTS, weights, strict=True)]
    parts = ["bonus.rate=0.1", "review.stake=0.05", "leaderboard.status=0.02"]
    run = simulate(
        compose(
            [
                *(*SIZE, "measure.tokens=0", *card, *parts, "top_board.prize=0.02"),
                *(*nobody_uses, "organisation.demand=0.5", "review.weeks=4"),
                "review.weight=0.5",
            ]
        ),
        3,
    )
    assert run.weeks["active_share"].max() == 0.0
    assert (run.employees["score"] == 0.0).all()
    assert np.isfinite(run.weeks["output"]).all()


# Refusals


@pytest.mark.parametrize(
    ("overrides", "said"),
    [
        (["measure.saved=200"], r"measure\.saved"),
        (["measure.backlog=-101"], r"measure\.backlog"),
        (["measure.output=-1"], r"measure\.output"),
        (["gate.share=1.5"], r"gate\.share"),
        (["bonus.measure=defects", "bonus.rate=1"], r"bonus\.measure"),
        (
            ["measure.tokens=0", "bonus.rate=1"],
            r"counts nothing; give a weight to one of measure\.tokens, .*measure\.saved"
            r".* or name what is counted: .*saved, automated",
        ),
        (
            [
                *("measure.tokens=0", "measure.defects=-1"),
                *("quota.penalty=1", "quota.measure=headline"),
            ],
            r"quota\.measure is headline, .* nobody ever reaches a minimum",
        ),
    ],
)
def test_what_cannot_be_counted_is_refused_in_a_clear_line(overrides, said):
    with pytest.raises(UserError, match=said) as refusal:
        compose([*SIZE, *overrides])
    assert "\n" not in str(refusal.value)
