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


def test_seniors_see_what_the_gate_takes_from_them(course):
    played = course("risk_gate")
    simulation = played.at(WEEK).simulation
    team = simulation.staff[:8]
    senior = int(np.argmax(team["skill"]))
    hours = 10.0 * 0.15 * team["ai_work"].sum() / 2 / 10.0
    text = dict(moment(played, senior, WEEK).sights)["Risk gate"]
    assert text == (
        "Seniors of the team sign off 100% of what AI did. They are one of them: at "
        f"last week's use it takes them {hours:.2g} half-days a week."
    )
    junior = int(np.argmin(team["skill"]))
    text = dict(moment(played, junior, WEEK).sights)["Risk gate"]
    assert text == "Seniors of the team sign off 100% of what AI did."


def test_the_review_names_what_counts_in_it(course):
    seen = dict(moment(course("balanced_card"), ROW, WEEK).sights)
    assert seen["Review"] == (
        "50% of the review formally depends on observed output, time saved, as people "
        "report it, spoilt work that is found and work that waits."
    )


def test_they_see_what_is_in_force_in_their_group(course, pilot):
    played = course("voluntary", groups=pilot)
    staff = played.at(WEEK).simulation.staff
    inside, outside = np.flatnonzero(staff["group"] == 0), staff["group"] == 1
    mine = moment(played, int(inside[0]), WEEK)
    assert {"Leaderboard", "Minimum"} <= set(dict(mine.sights))
    assert dict(mine.sights)["Leaderboard"].endswith(f"of {len(inside)}.")
    assert "Group: pilot. 40 % of the teams, drawn by lot." in " ".join(mine.portrait)
    assert "quota" in mine.half_days[0].terms
    other = moment(played, int(np.flatnonzero(outside)[0]), WEEK)
    assert set(dict(other.sights)) == {"Peers", "Review"}
    assert "under the scheme of everybody else" in " ".join(other.portrait)
    assert "quota" not in other.half_days[0].terms
