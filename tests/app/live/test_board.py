import numpy as np

from app.live.run import Runner


def test_rankings_list_the_best_first_and_say_who_is_in_both(course):
    board = Runner(course("full_rank_board"), 9).latest.board
    assert board.name == "leaderboard"
    assert list(board.scores) == sorted(board.scores, reverse=True)
    assert list(board.outputs) == sorted(board.outputs, reverse=True)
    assert board.both == set(board.by_score) & set(board.by_output)


def test_a_weekly_leaderboard_shows_the_scores_of_the_latest_week(course):
    runner = Runner(course("full_rank_board"), 9)
    staff = runner.organisation.simulation.staff
    order = np.argsort(-staff["score"], kind="stable")[:10]
    assert runner.latest.board.by_score == tuple(order)
    np.testing.assert_allclose(
        runner.latest.board.scores, staff["score"][order], rtol=1e-12
    )


def test_a_board_of_heavy_users_lists_as_many_as_it_publishes(course):
    runner = Runner(course("top_2pct_board", people=150), 2)
    share = runner.course.scenario.top_board.share
    assert len(runner.latest.board.by_score) == max(1, int(share * 150))
