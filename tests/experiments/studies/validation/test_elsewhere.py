"""Facts elsewhere: null models lack what they say, and worlds are counted by hand."""

import math
from functools import partial

import numpy as np
import pytest
from pydantic import ValidationError

from experiments import compose
from experiments.config.request import ask
from experiments.runs.trial import Trial, runs
from experiments.statistics.finding import Fact, Finding, Verdict
from experiments.statistics.worlds import share
from experiments.studies import validation
from experiments.studies.validation import elsewhere, nulls, told
from experiments.studies.validation.elsewhere import HELD, NULL_MODELS
from experiments.studies.validation.nulls import NULLS
from experiments.studies.validation.peer_trial import peer_trials
from experiments.studies.validation.stepwise import watch
from experiments.worlds import load
from model import Quota, simulate

SMALL = ["organisation.employees=40", "weeks=52"]
TRIAL = Trial(1, 40, 2, 1)
ACTS = ("manual", "genuine", "trivial", "padding")


def lived(null, *overrides):
    scenario = compose([*SMALL, *overrides])
    return simulate(null(scenario), 3, record=("activity",))


def half_days(run):
    return {act: run.weeks[f"{act}_share"].mean() for act in ACTS}


@pytest.mark.parametrize("scheme", ["monthly_minimum", "everything_at_once"])
def test_where_nobody_can_game_nothing_is_faked(scheme):
    run = lived(nulls.no_gaming, f"scheme={scheme}")
    for name in ("padding_share", "gesture_share", "dressing"):
        assert not run.weeks[name].any(), name


@pytest.mark.parametrize("scheme", ["amazon_2026", "everything_at_once", "no_review"])
def test_where_nobody_responds_all_schemes_are_one(scheme):
    without = lived(nulls.no_response, "scheme=voluntary")
    run = lived(nulls.no_response, f"scheme={scheme}")
    np.testing.assert_array_equal(run.history("activity"), without.history("activity"))
    np.testing.assert_array_equal(run.weeks["output"], without.weeks["output"])
    asked = nulls.no_response(compose([f"scheme={scheme}"]))
    assert asked.quota.amount == compose([f"scheme={scheme}"]).quota.amount


def test_acts_by_lot_are_equally_many_whatever_is_at_stake():
    mild, harsh = (
        half_days(lived(nulls.random_acts, "people.never_gamers=0", f"scheme={scheme}"))
        for scheme in ("voluntary", "monthly_minimum")
    )
    for act in ACTS:
        assert mild[act] == pytest.approx(0.25, abs=0.02)
        assert harsh[act] == mild[act]


def test_without_a_scruple_more_is_padded():
    pay = ("scheme=voluntary", "bonus=usage")
    before = simulate(compose([*SMALL, *pay]), 3).weeks["padding_share"].mean()
    assert half_days(lived(nulls.no_scruple, *pay))["padding"] > 2.0 * before


def test_people_blind_to_output_do_the_same_whatever_it_is_worth():
    weak, strong = (
        lived(nulls.output_blind, "scheme=voluntary", f"review.stake={stake}")
        for stake in (0.1, 3.0)
    )
    np.testing.assert_array_equal(weak.history("activity"), strong.history("activity"))
    counted = nulls.output_blind(compose(["scheme=review_linked"])).review
    shipped = compose(["scheme=review_linked"]).review
    assert counted.stake == shipped.stake * shipped.weight


def test_a_null_model_holds_in_every_phase_of_a_timeline():
    scenario = nulls.no_response(compose(["scheme=amazon_2026"]))
    for _, scheme in scenario.phases:
        assert not any(part.has_weight() for part in scheme.incentives.values())


def test_a_trial_changes_whatever_is_simulated():
    seen = []

    def changed(scenario):
        seen.append(scenario.organisation.employees)
        return scenario.varied(quota=Quota())

    trial = TRIAL._replace(changed=changed, first=5)
    scenario = compose(["scheme=monthly_minimum", "weeks=30"])
    [done] = runs([scenario], trial)
    assert [run.replicate for run in done] == [5, 6]
    assert all(run.scenario.quota == Quota() for run in done)
    watched = watch(scenario, trial, lambda s: (s.replicate, s.scenario.quota))
    assert watched == [(5, Quota()), (6, Quota())]
    assert len(peer_trials(scenario, trial)) == 2
    assert set(seen) == {40}


def fact(find):
    return Fact("F0", "Something is so.", "Nobody 2026", "a mean", find)


def one(estimate):
    unknown = math.nan
    return Finding("a quantity", "-", estimate, unknown, unknown, 0.0, math.inf)


def estimated(trial, estimates):
    value = estimates[trial.first]
    if value is None:
        raise ValueError("nobody pads")
    return [one(value), one(value)._replace(quantity="aside", least=-math.inf)]


def test_worlds_are_counted_in_which_an_estimate_lies_in_its_range():
    values = [1.0, -1.0, 2.0, math.nan, None, 3.0]
    found = fact(partial(estimated, estimates=values))
    content = elsewhere.in_worlds(found, load().first(len(values)), 50, TRIAL)
    [row] = elsewhere.held({"f-in_worlds": content}, ["f"])
    assert (row.worlds, row.known, row.holds, row.middle) == (6, 4, 3, 1.5)
    assert (row.low, row.high) == share(3, 4)[1:]


def test_a_world_has_its_own_luck_and_setting():
    trials = []

    def find(trial):
        trials.append(trial)
        return [one(1.0)]

    worlds = load().first(3)
    elsewhere.in_worlds(fact(find), worlds, 50, TRIAL)
    trials.sort(key=lambda trial: trial.first)
    assert [t.first for t in trials] == [0, 1, 2]
    assert {(t.people, t.replicates) for t in trials} == {(50, 1)}
    lived_in = [t.sized(compose([])) for t in trials]
    assert [s.people.rule for s in lived_in] == [world.rule for world in worlds]


def test_a_scenario_that_cannot_be_is_not_taken_for_a_lack_of_data():
    def find(trial):
        compose([]).varied(weeks=0)

    with pytest.raises(ValidationError):
        elsewhere.under_null(fact(find), NULLS[0], TRIAL)


def test_what_passes_a_null_model_is_said_to_prove_nothing():
    sure = Finding("a", "-", 1.0, 0.5, 1.5, 0.0)
    verdicts = [Verdict.HOLDS, *[Verdict.FAILS] * 4]
    rows = [
        elsewhere.NullRow("f", "F0", "a", "-", null.name, 1.0, 0.5, 1.5, verdict)
        for null, verdict in zip(NULLS, verdicts, strict=True)
    ]
    found = told.found_elsewhere([], rows)
    [counts, idle] = told.answer({"f": fact(None)}, {"f": [sure]}, found)
    assert counts.startswith("Of the 1 findings that hold, 0 can be told from all 5")
    assert "F0 (no gaming)" in idle
    none = told.found_elsewhere([], [r._replace(verdict=Verdict.FAILS) for r in rows])
    [counts] = told.answer({"f": fact(None)}, {"f": [sure]}, none)
    assert "1 can be told from all 5" in counts


def test_the_study_writes_and_shows_worlds_and_null_models(tmp_path, capsys):
    out = tmp_path / "out"
    given = ["study=validation", "study.people=50", "study.replicates=2"]
    given += ["study.worlds=3", "study.world_people=50", "study.null_replicates=2"]
    validation.run(ask([*given, "study.only=[status,deadline]", f"out={out}"]))
    held = HELD.read(out / HELD.name)
    assert {row.worlds for row in held} == {3}
    assert all(0 <= row.holds <= row.known <= 3 for row in held)
    kept = NULL_MODELS.read(out / NULL_MODELS.name)
    of_status = [row for row in kept if row.module == "status"]
    assert {row.null for row in of_status} == {null.name for null in NULLS}
    deaf = {row.verdict for row in of_status if row.null == "no_response"}
    assert Verdict.HOLDS not in deaf
    said = " ".join(capsys.readouterr().out.split())
    assert "In 3 plausible worlds" in said
    assert "null models" in said
    page = (out / "report.html").read_text()
    assert "Does it hold elsewhere, and what does it prove?" in page
