import pytest

from app.course_link import as_query, from_query
from app.live.run import Runner
from experiments.errors import UserError


def test_a_link_restores_the_course_and_the_week(course):
    sent = course("review_linked").adopting(7, "full_rank_board")
    again, place = from_query(as_query(sent, week=12))
    assert (again, place) == (sent, {"week": 12})
    assert Runner(again, 12).latest.usage == Runner(sent, 12).latest.usage


def test_a_link_says_which_group_adopts_a_scheme(course, pilot):
    sent = course(groups=pilot).adopting(7, "voluntary", "pilot")
    sent = sent.adopting(7, "no_review")
    query = as_query(sent, week=12)
    assert "adopt=7:voluntary:pilot&adopt=7:no_review&" in query
    assert from_query(query) == (sent, {"week": 12})


def test_what_mailers_add_to_a_link_is_dropped(course):
    sent = course("review_linked").adopting(7, "full_rank_board")
    query = f"utm_source=mail&{as_query(sent, week=12)}&fbclid=1"
    assert from_query(query) == (sent, {"week": 12})


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("adopt=7", "WEEK:SCHEME"),
        ("adopt=7:../../etc/passwd", "WEEK:SCHEME"),
        ("adopt=-1:voluntary", "choose 0 to 103"),
        ("week=1000000000", "a whole number"),
        ("adopt=٣:voluntary", "a whole number"),
        ("adopt=104:voluntary", "choose 0 to 103"),
        ("adopt=7:voluntary:pilot", "group 'pilot', but groups are everybody_else"),
        ("adopt=7:voluntary&adopt=7:no_review", "one a week"),
        ("adopt=9:voluntary&adopt=7:no_review", "follow each other"),
        ("week=104", "choose 0 to 103"),
        ("week=1&week=2", "twice"),
        ("week=1_0", "a whole number"),
        ("week=010", "a whole number"),
        ("week=1e3", "a whole number"),
        ("week=" + "9" * 5000, "a whole number"),
        ("employee=500", "choose 0 to 499"),
        ("half_day=10", "choose 0 to 9"),
        ("month=3", "no key"),
        ("second.quota.amount=nan&second=monthly_minimum", "quota.amount"),
        ("x" * 30_000, "longer"),
    ],
)
def test_a_link_with_anything_else_is_refused(query, said):
    with pytest.raises(UserError, match=said):
        from_query(query)
