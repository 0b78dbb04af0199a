"""Live: the organisation on the page is that of the engine, and links restore it."""

from dataclasses import replace
from threading import Event

import ipyvuetify as vue
import numpy as np
import pytest
import solara

from app.live import charts as live_charts
from app.live import page as live
from app.live import state as live_state
from app.live.course import (
    MOST_PEOPLE,
    Adopted,
    Course,
    NobodyWaitsError,
    as_query,
    check_watched,
    first_course,
    from_query,
    with_people,
)
from app.live.run import Runner, published_board
from experiments.designs.pair import Pair, Side, named
from experiments.errors import UserError
from model import simulate
from model.organisation import Organisation

SEED = 5


def course(scheme="monthly_minimum", people=40, weeks=30, **more):
    pair = Pair(second=Side(scheme), weeks=weeks, seed=SEED)
    return Course(with_people(pair, people), **more)


def test_what_is_played_is_what_simulate_gives():
    played = course()
    runner = Runner(played)
    runner.step(30)
    weeks = simulate(played.scenario, SEED).weeks
    np.testing.assert_array_equal(runner.latest.usage, weeks["reported_tokens"])
    np.testing.assert_array_equal(runner.latest.output, weeks["output"])


def test_playing_stops_at_the_horizon():
    runner = Runner(course(weeks=26))
    runner.step(50)
    assert runner.is_over
    assert runner.latest.week == len(runner.latest.usage) == 26


def test_a_scheme_adopted_on_the_page_is_adopted_by_the_organisation():
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


def test_an_adopted_scheme_is_an_event_in_its_week():
    runner = Runner(course("full_rank_board").adopting(4, "voluntary"), 8)
    assert [(e.week, e.label) for e in runner.latest.events] == [(4, "voluntary")]
    assert "Leaderboard ends." in runner.latest.events[0].said


def test_a_board_that_the_timeline_takes_down_is_an_event():
    runner = Runner(course("amazon_2026", weeks=45), 45)
    assert (40, "board removed") in [(e.week, e.label) for e in runner.latest.events]
    assert published_board(runner.organisation.scheme) == ""


def test_a_raised_target_is_an_event():
    played = course("monthly_minimum")
    pair = replace(played.pair, second=Side("monthly_minimum"))
    levers = (("quota.amount", 40.0),)
    shared = (*pair.shared, ("principal.ratchet", 1.0))
    raised = Course(replace(pair, second=Side(pair.second.scheme, levers)))
    assert not Runner(raised, 12).latest.events
    raised = Course(replace(raised.pair, shared=shared))
    events = Runner(raised, 12).latest.events
    assert {e.label for e in events} == {"target raised"}
    assert {e.week % 4 for e in events} == {0}


def test_later_adoptions_are_forgotten_when_an_earlier_week_changes():
    changed = course().adopting(10, "voluntary").adopting(4, "no_review")
    assert changed.adopted == (Adopted(4, "no_review"),)


def test_everybody_is_coloured_by_what_fills_most_half_days():
    snapshot = Runner(course(), 3).latest
    assert (snapshot.did.sum(axis=1) == 10).all()
    most = snapshot.did[np.arange(40), snapshot.mostly]
    assert (most == snapshot.did.max(axis=1)).all()


def test_rankings_list_the_best_first_and_say_who_is_in_both():
    board = Runner(course("full_rank_board"), 9).latest.board
    assert board.name == "leaderboard"
    assert list(board.scores) == sorted(board.scores, reverse=True)
    assert list(board.outputs) == sorted(board.outputs, reverse=True)
    assert board.both == set(board.by_score) & set(board.by_output)


def test_a_weekly_leaderboard_shows_the_scores_of_the_latest_week():
    runner = Runner(course("full_rank_board"), 9)
    staff = runner.organisation.simulation.staff
    order = np.argsort(-staff["score"], kind="stable")[:10]
    assert runner.latest.board.by_score == tuple(order)
    np.testing.assert_allclose(
        runner.latest.board.scores, staff["score"][order], rtol=1e-12
    )


def test_a_board_of_heavy_users_lists_as_many_as_it_publishes():
    runner = Runner(course("top_2pct_board", people=150), 2)
    share = runner.course.scenario.top_board.share
    assert len(runner.latest.board.by_score) == max(1, int(share * 150))


def test_the_network_has_a_place_for_everybody_and_never_moves():
    found = live_charts.places(43, 8)
    assert len(set(found)) == 43
    assert found == live_charts.places(43, 8)


@pytest.mark.parametrize("people", [24, 43, 400])
def test_the_network_draws_every_person_once(people):
    snapshot = Runner(course(people=people), 1).latest
    [series] = live_charts.network(snapshot, 8, dark=False)["series"]
    assert [node["value"] for node in series["data"]] == [*range(people)]


def test_a_link_restores_the_course_and_the_week():
    sent = course("review_linked").adopting(7, "full_rank_board")
    again, place = from_query(as_query(sent, week=12))
    assert (again, place) == (sent, {"week": 12})
    assert Runner(again, 12).latest.usage == Runner(sent, 12).latest.usage


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("adopt=7", "WEEK:SCHEME"),
        ("adopt=7:../../etc/passwd", "WEEK:SCHEME"),
        ("adopt=-1:voluntary", "a whole number"),
        ("adopt=٣:voluntary", "a whole number"),
        ("adopt=104:voluntary", "choose 0 to 103"),
        ("adopt=7:voluntary&adopt=7:no_review", "one a week"),
        ("adopt=9:voluntary&adopt=7:no_review", "follow each other"),
        ("week=104", "choose 0 to 103"),
        ("week=1&week=2", "twice"),
        ("week=1e3", "a whole number"),
        ("week=" + "9" * 5000, "a whole number"),
        ("employee=500", "choose 0 to 499"),
        ("half_day=10", "choose 0 to 9"),
        ("month=3", "no part"),
        ("second.quota.amount=nan&second=monthly_minimum", "quota.amount"),
        ("x" * 30_000, "longer"),
    ],
)
def test_a_link_with_anything_else_is_refused(query, said):
    with pytest.raises(UserError, match=said):
        from_query(query)


def test_an_organisation_that_is_too_large_is_not_watched():
    with pytest.raises(UserError, match="24 to 400"):
        check_watched(course(people=MOST_PEOPLE + 1))


def test_a_large_pair_is_watched_with_fewer_people():
    assert Course(Pair()).people > MOST_PEOPLE
    check_watched(first_course(Pair()))


def test_a_replay_that_nobody_waits_for_ends():
    stop = Event()
    stop.set()
    with pytest.raises(NobodyWaitsError):
        course().at(5, stop)


@pytest.fixture
def watching():
    """A visitor who watches 40 people for 30 weeks."""
    live_state.start.value = None
    live_state.reached.value = (0, 0)
    live_state.begin(course())
    yield
    live_state.start.value = None


def rendered():
    _, tree = solara.render(live.Page(), handle_error=False)
    return tree


def button(tree, text):
    return next(b for b in tree.find(vue.Btn).widgets if text in str(b.children))


def test_a_step_lets_a_week_pass(watching):
    tree = rendered()
    button(tree, "Step").click()
    button(tree, "Step").click()
    assert live_state.reached.value[1] == 2
    shown = [str(h.unsafe_innerHTML) for h in tree.find(solara.widgets.HTML).widgets]
    assert any("Week 2 of 30" in html for html in shown)


def test_coming_back_finds_the_week_that_was_left(watching):
    tree = rendered()
    button(tree, "Step").click()
    tree.close()
    runner = live_state.runner_of(live_state.begun())
    assert runner.latest.week == 1


def test_the_scheme_changes_from_this_week_on(watching):
    tree = rendered()
    button(tree, "Step").click()
    tree.find(vue.Select, label="scheme").widget.v_model = "full_rank_board"
    button(tree, "From week 1 on").click()
    start = live_state.start.value
    assert start.course.adopted == (Adopted(1, "full_rank_board"),)
    assert start.week == 1


def test_restarting_puts_the_scheme_in_force_from_the_start(watching):
    tree = rendered()
    button(tree, "Step").click()
    tree.find(vue.Select, label="scheme").widget.v_model = "full_rank_board"
    button(tree, "Restart with it").click()
    start = live_state.start.value
    assert start.course.pair.second == Side("full_rank_board")
    assert (start.week, start.course.adopted) == (0, ())


def test_reset_goes_back_to_week_0(watching):
    tree = rendered()
    button(tree, "Step").click()
    button(tree, "Reset").click()
    assert live_state.runner_of(live_state.start.value).latest.week == 0
