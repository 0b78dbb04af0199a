"""Simulated companies: forks equal ordinary runs, and what lies over panels."""

import numpy as np

from experiments.studies.fit.blocks import shown
from experiments.studies.fit.companies import companies, families
from experiments.studies.fit.layer import overlaid
from experiments.studies.fit.living import live
from experiments.studies.fit.seen import seen
from experiments.worlds.search import other_strengths
from experiments.worlds.shipped import load
from experiments.worlds.world import apply
from model.scenario import Phase, Scheme
from model.simulate import simulate
from tests.experiments.studies.fit.small import AHEAD, START, WEEKS, composed, design

WORLD = load()[3]


def output(scenario, first, last):
    weeks = simulate(scenario, 1, WORLD.number).weeks["output"]
    return weeks[first:last].sum()


def percent(one, other):
    return 100.0 * (one / other - 1.0)


def test_a_fork_lives_as_an_ordinary_run_with_a_timeline():
    made = design()
    company = live(made, WORLD)
    lived = apply(made.scenario, WORLD)
    going_on = output(lived, WEEKS, WEEKS + AHEAD)
    for name, other in made.others.items():
        phase = Phase(week=WEEKS, scheme=apply(other, WORLD).scheme)
        changed = lived.varied(timeline=(*lived.timeline, phase))
        expected = percent(output(changed, WEEKS, WEEKS + AHEAD), going_on)
        np.testing.assert_allclose(company.answers[name][2], expected, atol=1e-9)
    never = lived.varied(timeline=())
    known, without = (output(run, START, WEEKS) for run in (lived, never))
    np.testing.assert_allclose(
        company.answers[""][2], percent(known, without), atol=1e-9
    )


def test_changing_to_the_scheme_in_force_changes_nothing():
    made = design()
    same = composed("quota=monthly")
    answers = live(made._replace(others={"same": same}), WORLD).answers
    assert answers["same"] == (0.0, 0.0, 0.0)


def test_a_voluntary_company_has_no_answer_about_a_scheme_in_force():
    made = design(scenario=composed("scheme=voluntary"), start=0)
    assert not made.has_scheme
    assert list(live(made, WORLD).answers) == ["voluntary", "no_review"]
    assert made.before == Scheme()


def test_people_who_follow_each_other_have_rows_of_their_own():
    company = live(design(), WORLD)
    there = np.isfinite(company.genuine)
    assert there.sum() == 100 * WEEKS
    assert len(there) > 100
    # Nobody comes back.
    assert (np.abs(np.diff(there.astype(int), axis=1)).sum(axis=1) <= 2).all()


def test_companies_share_worlds_and_have_strengths_of_their_own():
    worlds = load()
    drawn = companies(worlds, len(worlds) + 20, 1)
    first, again = drawn[0], drawn[len(worlds)]
    strengths = other_strengths(1, 1)[0]
    assert (first.rule, first.law) == (again.rule, again.law)
    differing = {k for k in first.values if first.values[k] != again.values[k]}
    assert differing == set(strengths)
    assert families(500, 520)[[0, 500]].tolist() == [0, 0]


def test_all_rules_and_laws_come_in_equal_numbers():
    drawn = companies(load(), 100, 1)
    pairs = [(world.rule, world.law) for world in drawn]
    assert {pairs.count(pair) for pair in pairs} == {5}


def test_what_lies_over_a_panel_depends_on_its_key_alone():
    company = live(design(), WORLD)
    one, again, other = (overlaid(company, START, (1, 3, place)) for place in (0, 0, 1))
    assert np.array_equal(one.genuine, again.genuine, equal_nan=True)
    assert not np.array_equal(
        np.nan_to_num(one.genuine[:100]), np.nan_to_num(other.genuine[:100])
    )


def test_the_layer_covers_what_it_is_there_for():
    company = live(design(), WORLD)
    panels = [overlaid(company, START, (1, k, 0)) for k in range(200)]
    rows = np.array([len(panel.genuine) for panel in panels])
    assert 0.15 < np.mean(rows > len(company.genuine)) < 0.45  # service accounts
    totals = np.array([np.nansum(panel.genuine) for panel in panels])
    assert totals.max() > 1.5 * np.nansum(company.genuine)
    assert totals.min() < np.nansum(company.genuine)
    drift = [np.nansum(p.output[:, START:]) / np.nansum(p.output) for p in panels]
    assert np.std(drift) > 0.005


def test_a_company_shows_its_padding_and_finite_summaries():
    made = design()
    padded, told = shown(made, live(made, WORLD))
    assert 0.0 < padded < 100.0
    assert np.isfinite(told.values).all()
    assert len(set(told.names)) == len(told.names)


def test_a_person_is_known_from_first_to_last_use():
    tokens = np.array([[0.0, 2.0, 0.0, 3.0, 0.0], [0.0] * 5, [1.0, np.nan, 1.0, 0, 0]])
    panel = seen(tokens, tokens * 2.0)
    nan = np.nan
    expected = [[nan, 2.0, 0.0, 3.0, nan], [1.0, nan, 1.0, nan, nan]]
    np.testing.assert_array_equal(panel.tokens, expected)
    np.testing.assert_array_equal(panel.output, np.array(expected) * 2.0)
