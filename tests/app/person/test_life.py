"""One employee: the page shows what the engine did."""

import numpy as np

from app.activities import KINDS
from app.person.life import life, moment
from model.organisation import Organisation

SEED, ROW, WEEK = 5, 7, 12


def test_a_life_is_what_the_person_did_in_the_run(course):
    lived = life(course(), ROW)
    organisation = course().at(0)
    for week in range(30):
        organisation.step()
        e = organisation.simulation.staff[ROW]
        expected = {
            "manual": e["manual"],
            "genuine": e["genuine"] - e["misuse"],
            "misuse": e["misuse"],
            "trivial": e["trivial"],
            "padding": e["padding"],
        }
        counts = dict(zip(KINDS, lived.counts()[week].tolist(), strict=True))
        assert counts == expected
        used = e["genuine_tokens"] + e["trivial_tokens"] + e["padded_tokens"]
        assert lived.tokens[week] == used
        assert lived.output[week] == e["output"]


def test_a_life_says_what_was_set_by_degrees(course):
    lived = life(course(), ROW)
    assert any("of the usual effort" in week for week in lived.by_degrees)
    quiet = life(course(margins=False), ROW)
    assert set(quiet.by_degrees) == {""}


def test_a_life_goes_on_under_a_scheme_that_is_adopted(course):
    adopted = course().adopting(10, "voluntary")
    before, after = life(course(), ROW), life(adopted, ROW)
    np.testing.assert_array_equal(before.kinds[:10], after.kinds[:10])
    assert after.tokens[10:].sum() < before.tokens[10:].sum()


def test_a_moment_is_what_the_organisation_explains_of_the_past(course):
    organisation = Organisation(course().scenario, SEED)
    for _ in range(20):
        organisation.step()
    asked = moment(course(), ROW, WEEK)
    assert asked.half_days == organisation.employees[ROW].explain(WEEK)


def test_a_moment_and_a_life_agree_on_what_was_chosen(course):
    asked, lived = moment(course(), ROW, WEEK), life(course(), ROW)
    chosen = [e.chosen for e in asked.half_days]
    kinds = [KINDS[k].replace("misuse", "genuine") for k in lived.kinds[WEEK]]
    assert chosen == kinds
