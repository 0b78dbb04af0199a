"""Live: the organisation on the page is that of the engine."""

from dataclasses import replace

import numpy as np

from app.course import Course
from app.live.board import published_board
from app.live.run import Runner
from experiments.designs.pair import Side, named
from model import simulate
from model.organisation import Organisation
from model.scenario import Phase, Release

SEED = 5


def test_what_is_played_is_what_simulate_gives(course):
    played = course()
    runner = Runner(played)
    runner.step(30)
    weeks = simulate(played.scenario, SEED).weeks
    np.testing.assert_array_equal(runner.latest.usage, weeks["reported_tokens"])
    np.testing.assert_array_equal(runner.latest.output, weeks["output"])


def test_playing_stops_at_the_horizon(course):
    runner = Runner(course(weeks=26))
    runner.step(50)
    assert runner.is_over
    assert runner.latest.week == len(runner.latest.usage) == 26


def test_a_scheme_adopted_on_the_page_is_adopted_by_the_organisation(course):
    played = course()
    by_hand = Organisation(played.scenario, SEED)
    for _ in range(10):
        by_hand.step()
    by_hand.adopt(named()["full_rank_board"].scheme)
    expected = []
    for _ in range(10):
        by_hand.step()
        expected.append(by_hand.outcomes["reported_tokens"])
    runner = Runner(played.adopting(10, "full_rank_board"), 20)
    assert list(runner.latest.usage[10:]) == expected
    assert list(runner.latest.usage) != list(Runner(played, 20).latest.usage)


def test_a_scheme_that_a_group_adopts_is_told_with_its_name(course, pilot):
    played = course("voluntary", groups=pilot).adopting(4, "voluntary", "pilot")
    before, after = Runner(played, 3).latest, Runner(played, 8).latest
    [change] = after.changes
    assert (change.week, change.label) == (4, "pilot: voluntary")
    assert "Leaderboard ends." in change.sentences
    assert before.board.name == "leaderboard of pilot"
    assert after.board.name == ""
    staff = Runner(played, 3).organisation.simulation.staff
    assert (staff["group"][list(before.board.by_score)] == 0).all()
    assert set(after.groups) == {"pilot", "everybody else"}


def test_an_adopted_scheme_is_told_in_its_week(course):
    runner = Runner(course("full_rank_board").adopting(4, "voluntary"), 8)
    assert [(change.week, change.label) for change in runner.latest.changes] == [
        (4, "voluntary")
    ]
    assert "Leaderboard ends." in runner.latest.changes[0].sentences


def test_a_board_that_the_timeline_takes_down_is_told(course):
    runner = Runner(course("amazon_2026", weeks=45), 45)
    assert (40, "board removed") in [
        (change.week, change.label) for change in runner.latest.changes
    ]
    assert published_board(runner.organisation.scheme) == ""


def test_a_new_model_is_told_in_its_week(course):
    played = course("voluntary")
    better = (Phase(week=6, technology=Release(gain=1.5)),)
    runner = Runner(Course(replace(played.pair, releases=better)), 8)
    [change] = runner.latest.changes
    assert (change.week, change.label) == (6, "new model")
    assert "a gain of 1.5" in change.sentences[0]
    plain = Runner(played, 8).latest
    assert plain.usage[:6] == runner.latest.usage[:6]
    assert runner.latest.output[6] > plain.output[6]


def test_a_raised_target_is_told(course):
    played = course("monthly_minimum")
    pair = replace(played.pair, second=Side("monthly_minimum"))
    levers = (("quota.amount", 40.0),)
    shared = (*pair.shared, ("principal.ratchet", 1.0))
    raised = Course(replace(pair, second=Side(pair.second.scheme, levers)))
    assert not Runner(raised, 12).latest.changes
    raised = Course(replace(raised.pair, shared=shared))
    changes = Runner(raised, 12).latest.changes
    assert {change.label for change in changes} == {"target raised"}
    assert {change.week % 4 for change in changes} == {0}


def test_everybody_is_coloured_by_what_fills_most_half_days(course):
    snapshot = Runner(course(), 3).latest
    assert (snapshot.half_days.sum(axis=1) == 10).all()
    most = snapshot.half_days[np.arange(40), snapshot.main_kind]
    assert (most == snapshot.half_days.max(axis=1)).all()
