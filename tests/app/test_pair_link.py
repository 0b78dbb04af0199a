from dataclasses import replace

import pytest

from app.link import entries
from app.pair_link import as_query, from_query, is_known
from experiments.config.roles import mixes, workforce
from experiments.designs.pair import MOST_TEXT, Pair, Side, keys
from experiments.errors import UserError
from model.compiled import sources_digest
from model.scenario import Phase, Release

CHANGED = Pair(
    first=Side("voluntary", (("measure.filter", 0.25),)),
    second=Side("monthly_minimum", (("quota.amount", 160.0),)),
    shared=(("organisation.employees", 300), ("people.learning", 0.1)),
    releases=(
        Phase(week=10, technology=Release(gain=0.9, price=2.5)),
        Phase(week=30, technology=Release(loss=0.1)),
    ),
    weeks=52,
    seed=7,
    replicates=4,
)


def test_a_link_restores_its_pair():
    assert from_query(f"?{as_query(CHANGED)}") == CHANGED


OWN = workforce({"developer": {"share": 0.7, "gain": 0.9}, "clerk": 0.3})


@pytest.mark.parametrize("mix", [*mixes().values(), OWN])
def test_a_link_restores_its_workforce(mix):
    pair = replace(CHANGED, workforce=mix)
    assert from_query(as_query(pair)) == pair


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("workforce=bnk", "did you mean bank"),
        ("workforce.clerk.share=1&workforce.clerk.share=1", "twice"),
        (
            "workforce=bank&workforce.clerk.share=1",
            "names a workforce, and says another",
        ),
        ("workforce.clerk.gain=1", "lacks its share"),
        ("workforce.clerk.share=x", "a number is needed"),
        ("workforce.clerk.sahre=1", "has no sahre"),
    ],
)
def test_a_link_to_what_is_no_workforce_is_refused(query, said):
    with pytest.raises(UserError, match=said):
        from_query(query)


@pytest.mark.parametrize(
    "added",
    [
        "utm_source=mail&utm_medium=x&utm_campaign=",
        "fbclid=1&gclid=2&msclkid=3&mc_cid=4&mc_eid=5",
        "_hsenc=a&_hsmi=b&igshid=c&igsh=d&yclid=e&twclid=f&ttclid=g",
        "utm_source=a&utm_source=b",
    ],
)
def test_what_mailers_add_to_a_link_is_dropped(added):
    assert from_query(f"{added}&{as_query(CHANGED)}&{added}") == CHANGED
    assert added.partition("=")[0] not in as_query(from_query(added))


def test_the_pair_of_the_front_page_needs_no_parts():
    assert from_query("") == Pair()


def test_a_link_names_only_what_differs_and_the_model():
    assert as_query(Pair()) == (
        f"first=voluntary&second=monthly_minimum&model={sources_digest()}"
    )


def test_a_pair_of_another_model_says_so():
    assert from_query(as_query(CHANGED)).is_of_this_model
    assert not from_query("model=0123456789abcdef").is_of_this_model


def test_every_key_at_once_fits_into_a_link_and_a_file():
    text = "&".join(f"second.{key}={value}" for key, value in keys().items())
    assert len(text) < MOST_TEXT / 2


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("second=nonsense", "not a shipped scheme"),
        ("second=../../etc/passwd", "not a shipped scheme"),
        ("second=monthly_minimum&second=voluntary", "twice"),
        ("second.quota.amount=1", "does not name its scheme"),
        ("second=monthly_minimum&second.quota.amont=1", "has no key"),
        ("second=monthly_minimum&second.quota.amount=lots", "a number is needed"),
        ("second=monthly_minimum&second.quota.amount=nan", "quota.amount"),
        ("second=monthly_minimum&second.quota.amount=inf", "quota.amount"),
        ("second=monthly_minimum&second.quota.amount=-1", "quota.amount"),
        ("second=monthly_minimum&second.people.learning=0.1", "write it below shared"),
        ("second=monthly_minimum&second.__class__=1", "has no key"),
        ("second=monthly_minimum&second.quota.amount=1_60", "'1_60'; a number"),
        ("second=monthly_minimum&second.quota.amount=%D9%A1", "a number is needed"),
        ("second=monthly_minimum&second.quota.amount=0160", "'0160'; a number"),
        ("second=monthly_minimum&second.quota.amount=+160", "' 160'; a number"),
        ("second=monthly_minimum&second.quota.amount=160%20", "'160 '; a number"),
        ("second=monthly_minimum&second.quota.amount=" + 400 * "9", "quota.amount"),
        ("weeks=052", "'052'; a whole number is needed"),
        ("weeks=5_2", "a whole number is needed"),
        ("weeks=%D9%A5%D9%A2", "a whole number is needed"),
        ("utm=1", "there is no key"),
        ("release=30", "write release=WEEK:gain:VALUE"),
        ("release=30:gain:much", "a number is needed"),
        ("release=x:gain:1", "a whole number is needed"),
        ("release=30:gian:1", "did you mean gain"),
        ("release=30:gain:-1", "technology.gain is -1"),
        ("release=30:gain:1&release=30:gain:2", "twice"),
        ("release=30:gain:1&release=20:gain:2", "weeks must rise"),
        ("release=400:gain:1", "week 400"),
        ("release=0:gain:1", "from 1 on"),
        ("quota.amount=1", "write it below first or second"),
        ("people.learning=9", "people.learning"),
        ("people.rule=__import__('os')", "people.rule"),
        ("people.a.b.c.d=1", "has no key"),
        ("organisation.employees=1e9", "a whole number is needed"),
        ("organisation.employees=99999999999", "organisation.employees"),
        ("organisation.employees=" + 5000 * "9", "a whole number is needed"),
        ("weeks=0", "weeks"),
        ("weeks=5201", "a whole number from 1 to 5200"),
        ("seed=-1", "seed"),
        ("replicates=100001", "replicates"),
        ("replicates=1.5", "a whole number is needed"),
        ("shared=1", "shared"),
        ("weeks[]=1", "there is no key"),
        ("<script>alert(1)</script>=1", "there is no key"),
        ("model=" + 65 * "x", "the name of a version"),
        ("x=" + MOST_TEXT * "1", "longer than 20,000 characters"),
    ],
)
def test_a_wrong_link_is_refused_with_its_reason(query, said):
    with pytest.raises(UserError, match=said):
        from_query(query)


def test_groups_travel_in_a_link():
    groups = "{pilot:{share:0.5,change:['bonus=usage']}}"
    pair = Pair(second=Side("monthly_minimum", groups=groups))
    again = from_query(as_query(pair))
    assert again == pair
    assert again.scenario(again.second).groups[0].share == 0.5
    with pytest.raises(UserError, match="groups are"):
        from_query("first=voluntary&second=voluntary&second.groups={")


def test_every_name_of_a_link_is_known():
    names = [name for name, _ in entries(as_query(CHANGED))]
    assert len(names) > 5
    assert all(map(is_known, names))


@pytest.mark.parametrize(
    "name",
    ["utm", "first.", "second.quota", "second.quota.amuont", "people", "third", ""],
)
def test_other_names_are_not_known(name):
    assert not is_known(name)
