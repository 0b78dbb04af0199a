"""One employee: the page shows what the engine did, and says why in words."""

import numpy as np
import pytest
import solara

from app.live.course import Course, as_query, with_people
from app.live.run import KINDS
from app.person import charts as person_charts
from app.person import page as person
from app.person import words as person_words
from app.person.life import life, moment
from app.person.words import flips, half_day_name, why
from experiments.designs.pair import Pair, Side
from experiments.errors import UserError
from model.explanation import Explanation, Flip
from model.organisation import Organisation

SEED, ROW, WEEK = 5, 7, 12


def course(scheme="everything_at_once", people=40, weeks=30):
    pair = Pair(second=Side(scheme), weeks=weeks, seed=SEED)
    return Course(with_people(pair, people))


def explanation(terms, chosen, flips=None, chances=(0.5, 0.3, 0.2)):
    activities = ("manual", "genuine", "padding")
    return Explanation(
        employee=1,
        week=2,
        half_day=3,
        suitability=0.4,
        expected_gain=-0.1,
        terms={n: dict(zip(activities, v, strict=True)) for n, v in terms.items()},
        probabilities=dict(zip(activities, chances, strict=True)),
        chosen=chosen,
        flips=flips or {},
    )


def test_a_life_is_what_the_person_did_in_the_run():
    lived = life(course(), ROW)
    organisation = course().at(0)
    for week in range(30):
        organisation.step()
        e = organisation.simulation.staff[ROW]
        expected = [e["manual"], e["genuine"] - e["misuse"], e["misuse"], e["padding"]]
        assert lived.counts()[week].tolist() == expected
        assert lived.output[week] == e["output"]


def test_a_life_goes_on_under_a_scheme_that_is_adopted():
    adopted = course().adopting(10, "voluntary")
    before, after = life(course(), ROW), life(adopted, ROW)
    np.testing.assert_array_equal(before.kinds[:10], after.kinds[:10])
    assert after.tokens[10:].sum() < before.tokens[10:].sum()


def test_a_moment_is_what_the_organisation_explains_of_the_past():
    organisation = Organisation(course().scenario, SEED)
    for _ in range(20):
        organisation.step()
    asked = moment(course(), ROW, WEEK)
    assert asked.half_days == organisation.employees[ROW].explain(WEEK)


def test_a_moment_and_a_life_agree_on_what_was_chosen():
    asked, lived = moment(course(), ROW, WEEK), life(course(), ROW)
    chosen = [e.chosen for e in asked.half_days]
    kinds = [KINDS[k].replace("misuse", "genuine") for k in lived.kinds[WEEK]]
    assert chosen == kinds


def test_they_see_every_board_target_and_budget_that_is_in_force():
    seen = dict(moment(course(), ROW, WEEK).sights)
    assert {
        "Leaderboard",
        "Board of heavy users",
        "Minimum",
        "Participation",
        "Peers",
        "Review",
    } <= set(seen)


def test_they_see_nothing_of_what_is_not_in_force():
    seen = dict(moment(course("voluntary"), ROW, WEEK).sights)
    assert set(seen) == {"Peers", "Review"}


def test_what_is_left_of_the_minimum_is_the_target_less_what_was_used():
    played = course("monthly_minimum")
    organisation = played.at(14)
    used = 0.0
    earlier = played.at(12)
    for _ in range(2):
        earlier.step()
        e = earlier.simulation.staff
        used += e["genuine_tokens"] + e["padded_tokens"]
    row = int(np.argmin(used))
    left = organisation.scheme.quota.amount - used[row]
    text = dict(moment(played, row, 14).sights)["Minimum"]
    assert text.startswith(f"{left:.3g} of 112 M tokens")
    assert text.endswith("within 2 weeks.")


def test_the_first_on_the_leaderboard_sees_rank_1():
    played = course("full_rank_board")
    scores = played.at(WEEK).simulation.staff["score"]
    text = dict(moment(played, int(np.argmax(scores)), WEEK).sights)["Leaderboard"]
    assert text == "Rank 1 of 40."


def test_a_choice_is_told_by_the_terms_in_which_it_was_ahead():
    said = why(
        explanation(
            {"own_value": (1.0, 0.9, 0.5), "quota": (0.0, 0.2, 1.5)},
            "padding",
            chances=(0.1, 0.2, 0.7),
        )
    )
    assert said.startswith("They padded because of the minimum (+1.30), although")
    assert "the work done itself (-0.40) spoke for using AI" in said
    assert "0.90 half-days ahead" in said
    assert "70 %" in said


def test_a_choice_that_was_not_the_best_is_called_so():
    said = why(explanation({"own_value": (1.0, 0.4, 0.5)}, "genuine"))
    assert "although working by hand would have been worth 0.60 half-days more" in said
    assert "30 %" in said


def test_a_choice_without_another_says_so():
    said = why(
        explanation({"own_value": (1.0, 2.0, 3.0)}, "manual", chances=(1.0, 0.0, 0.0))
    )
    assert said == "They worked by hand because nothing else was open to them."


@pytest.mark.parametrize(
    ("flip", "said"),
    [
        (Flip(0.0, "manual"), "Had nothing hung on the minimum, working by hand"),
        (Flip(0.4, "manual"), "worth less than 40 % of what it was, working by hand"),
        (Flip(2.5, "padding"), "worth more than 2.5 times as much, padding would"),
        (None, "A change of the minimum alone"),
    ],
)
def test_what_would_have_changed_their_mind_is_a_sentence(flip, said):
    [sentence] = flips(explanation({}, "manual", {"quota": flip}))
    assert said in sentence


def test_half_days_have_the_names_of_the_week():
    assert half_day_name(0) == "Monday morning"
    assert half_day_name(9) == "Friday afternoon"


@pytest.mark.parametrize(
    ("chance", "said"),
    [(0.0, "0 %"), (0.004, "less than 1 %"), (0.5, "50 %"), (0.999, "more than 99 %")],
)
def test_small_chances_are_not_rounded_to_nothing(chance, said):
    assert person_words.said(chance) == said


def test_the_bars_of_an_activity_sum_to_its_diamond():
    asked = moment(course(), ROW, WEEK).half_days[3]
    *bars, sums = person_charts.payoffs(asked, dark=False)["series"]
    for k, activity in enumerate(asked.probabilities):
        total = asked.payoffs[activity] - asked.payoffs["manual"]
        assert sums["data"][k] == [pytest.approx(total, abs=0.005), k]
        assert sum(bar["data"][k] for bar in bars) == pytest.approx(total, abs=0.02)


def test_the_strip_has_a_cell_for_every_half_day():
    lived = life(course(), ROW)
    cells = person_charts.strip(lived, 3, 4, dark=True)["series"][0]["data"]
    assert len(cells) == 30 * 10


def test_a_link_restores_person_week_and_half_day():
    sent = person.Place(course().adopting(4, "voluntary"), ROW, WEEK, 3)
    query = as_query(sent.course, employee=ROW, week=WEEK, half_day=3)
    again = person.from_link(query)
    assert again == sent
    assert moment(again.course, ROW, WEEK) == moment(sent.course, ROW, WEEK)


def test_an_organisation_that_is_too_large_is_not_replayed():
    with pytest.raises(UserError, match="employee-weeks"):
        person.from_link("second=voluntary&organisation.employees=5000")


def test_nobody_outside_the_organisation_is_shown():
    person.place.value = person.Place(course())
    person.go(employee=40)
    person.go(week=30)
    person.go(half_day=-1)
    assert person.place.value == person.Place(course())
    person.go(employee=39, week=29, half_day=9)
    assert person.place.value == person.Place(course(), 39, 29, 9)
    person.place.value = None


def test_the_page_shows_whom_it_is_asked_about():
    person.place.value = person.Place(course(), ROW, WEEK)
    _, tree = solara.render(person.Page(), handle_error=False)
    heads = [
        html.unsafe_innerHTML
        for html in tree.find(solara.widgets.HTML).widgets
        if html.tag == "h1"
    ]
    tree.close()
    person.place.value = None
    assert heads == ["Employee 7, week 12"]
