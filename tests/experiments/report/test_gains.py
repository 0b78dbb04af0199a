"""Sentences on who gains and who loses."""

from experiments.report.gains import most_uneven, sentence, span
from experiments.statistics.accounts import WorseOff, by_group
from experiments.words.groups import EVERYBODY, Group

LEAST, MOST = Group("skill", "1"), Group("skill", "5")
CLERKS = Group("role", "support_agent")


def row(scheme, group, share, half=0.02, better=None):
    better = 1.0 - share if better is None else better
    ends = (share - half, share + half)
    made = WorseOff(scheme, "old", share, *ends, better, 4)
    return made._replace(kind=group.kind, group=group.name)


def test_a_sentence_names_the_groups_that_stand_apart_most():
    rows = [row("new", EVERYBODY, 0.62), row("new", LEAST, 0.8), row("new", MOST, 0.7)]
    told = by_group(rows)
    assert sentence("new", told) == (
        "Under new 62 % are worse off; most of all the least skilled fifth (80 %)."
    )
    told |= by_group([row("new", CLERKS, 0.41)])
    assert sentence("new", told).endswith("least of all the support agent role (41 %).")


def test_a_group_within_its_interval_is_not_named():
    told = by_group([row("new", EVERYBODY, 0.62), row("new", LEAST, 0.8, half=0.3)])
    assert sentence("new", told) == (
        "Under new 62 % are worse off, in no group clearly more or fewer."
    )


def test_where_nothing_changes_or_nobody_stayed_the_sentence_says_so():
    told = by_group([row("same", EVERYBODY, 0.0, better=0.0), WorseOff("gone", "old")])
    assert sentence("same", told) == "Under same everybody fares exactly the same."
    assert sentence("gone", told) == "Under gone nobody can be compared."


def test_who_left_under_one_scheme_alone_is_told():
    everybody = row("new", EVERYBODY, 0.62)
    parted = everybody._replace(left_alone=0.031, stayed_alone=0.0)
    assert sentence("new", by_group([parted])) == (
        "Under new 62 % are worse off, in no group clearly more or fewer. Of those who "
        "were there at first 3.1 % left under it alone, 0.0 % under old alone."
    )
    none = everybody._replace(left_alone=0.0002, stayed_alone=0.0)
    assert "left under it" not in sentence("new", by_group([none]))


def test_the_span_goes_from_the_scheme_with_fewest_losers_to_that_with_most():
    shares = {"mild": 0.3, "odd": 0.5, "harsh": 0.9}
    told = by_group([row(name, EVERYBODY, share) for name, share in shares.items()])
    text = "Worse off by their own account than under old: "
    assert span(["harsh", "odd", "mild"], told, "old") == (
        f"{text}30 % under mild to 90 % under harsh."
    )
    assert span(["odd"], told, "old") == f"{text}50 % under odd."
    assert span(["gone"], by_group([WorseOff("gone", "old")]), "old") == ""


def test_the_most_uneven_scheme_is_that_whose_groups_differ_most():
    rows = [
        made
        for scheme, low, high in (("mild", 0.5, 0.7), ("harsh", 0.2, 0.9))
        for made in (
            row(scheme, EVERYBODY, 0.6),
            row(scheme, LEAST, high),
            row(scheme, MOST, low),
        )
    ]
    told = by_group(rows)
    assert most_uneven(["old", "mild", "harsh"], told) == (
        "Most uneven: under harsh 90 % of the least skilled fifth are worse off, 20 % "
        "of the most skilled fifth."
    )
    assert most_uneven(["mild"], by_group([row("mild", EVERYBODY, 0.6)])) == ""
