import numpy as np

from app.person.life import moment

ROW, WEEK = 7, 12


def test_they_see_every_board_target_and_budget_that_is_in_force(course):
    seen = dict(moment(course(), ROW, WEEK).sights)
    assert {
        "Leaderboard",
        "Board of heavy users",
        "Minimum",
        "Participation",
        "Peers",
        "Review",
    } <= set(seen)


def test_they_see_nothing_of_what_is_not_in_force(course):
    seen = dict(moment(course("voluntary"), ROW, WEEK).sights)
    assert set(seen) == {"Peers", "Review"}


def test_what_is_left_of_the_minimum_is_the_target_less_what_was_used(course):
    played = course("monthly_minimum")
    organisation = played.at(14)
    used = 0.0
    earlier = played.at(12)
    for _ in range(2):
        earlier.step()
        e = earlier.simulation.staff
        used += e["genuine_tokens"] + e["trivial_tokens"] + e["padded_tokens"]
    row = int(np.argmin(used))
    left = organisation.scheme.quota.amount - used[row]
    text = dict(moment(played, row, 14).sights)["Minimum"]
    assert text.startswith(f"{left:.3g} of 112 M tokens")
    assert text.endswith("within 2 weeks.")


def test_the_first_on_the_leaderboard_sees_rank_1(course):
    played = course("full_rank_board")
    scores = played.at(WEEK).simulation.staff["score"]
    text = dict(moment(played, int(np.argmax(scores)), WEEK).sights)["Leaderboard"]
    assert text == "Rank 1 of 40."
