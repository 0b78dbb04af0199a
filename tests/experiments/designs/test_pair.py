import pytest
import yaml

from app.pair_link import as_query, from_query
from experiments.designs.pair import (
    LIMITS,
    MOST_TEXT,
    Pair,
    Side,
    as_yaml,
    from_yaml,
    keys,
)
from experiments.errors import UserError
from model.compiled import sources_digest

CHANGED = Pair(
    first=Side("voluntary", (("measure.filter", 0.25),)),
    second=Side("monthly_minimum", (("quota.amount", 160.0),)),
    shared=(("organisation.employees", 300), ("people.learning", 0.1)),
    weeks=52,
    seed=7,
    replicates=4,
)


def test_a_file_restores_its_pair():
    assert from_yaml(as_yaml(CHANGED)) == CHANGED


def test_a_link_restores_its_pair():
    assert from_query(f"?{as_query(CHANGED)}") == CHANGED


def test_the_pair_of_the_front_page_needs_no_parts():
    assert from_query("") == from_yaml("{}") == Pair()


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
        ("weeks[]=1", "there is no part"),
        ("<script>alert(1)</script>=1", "there is no part"),
        ("model=" + 65 * "x", "the name of a version"),
        ("x=" + MOST_TEXT * "1", "longer than 20,000 characters"),
    ],
)
def test_a_wrong_link_is_refused_with_its_reason(query, said):
    with pytest.raises(UserError, match=said):
        from_query(query)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[1, 2]", "a pair has the parts"),
        ("just words", "a pair has the parts"),
        ("", "a pair has the parts"),
        ("first: [", "line "),
        ("\x00\x01\x02", "no YAML"),
        ("%PDF-1.7", "line "),
        ("thrid: {}", "there is no part"),
        ("first: voluntary", "write first: "),
        ("first: {scheme: [voluntary]}", "not a shipped scheme"),
        ("first: {scheme: /etc/passwd}", "not a shipped scheme"),
        ("second: {quota.amount: {a: 1}}", "a number or a name is needed"),
        ("second: {quota.amount: many}", "quota.amount"),
        ("second: {quota.amount: .nan}", "quota.amount"),
        ("second: {quota: {amount: 1}}", "has no key"),
        ("second: {1: 2}", "has no key"),
        ("shared: [1]", "keys with values are needed"),
        ("shared: {organisation.employees: 1.5}", "organisation.employees"),
        ("weeks: true", "a whole number"),
        ("seed: 9223372036854775808", "a whole number"),
        ("model: [1]", "the name of a version"),
        ("first: !!python/object/apply:os.system [ls]", "could not determine"),
        ("a: &a [x]\nb: [*a, *a]", "aliases are not read"),
        ("first: " + 3000 * "[" + 3000 * "]", "no YAML"),
        ("# " + MOST_TEXT * "x", "longer than 20,000 characters"),
    ],
)
def test_a_wrong_file_is_refused_with_its_reason(text, said):
    with pytest.raises(UserError, match=said):
        from_yaml(text)


@pytest.mark.parametrize("name", LIMITS)
def test_whole_numbers_have_ends_that_are_allowed(name):
    for end in LIMITS[name]:
        assert getattr(from_yaml(f"{name}: {end}"), name) == end


def test_a_refusal_quotes_no_more_than_a_line():
    with pytest.raises(UserError) as refused:
        from_yaml(yaml.safe_dump({"first": {"scheme": 5000 * "x"}}))
    assert len(str(refused.value).partition("\n")[0]) < 150


def test_both_sides_have_labels_that_differ():
    same = Pair(first=Side("voluntary"), second=Side("voluntary"))
    assert same.labels == ("voluntary", "voluntary (second)")


def test_a_preview_is_the_first_replicates_of_the_whole():
    whole, few = CHANGED.design(), CHANGED.design(2)
    first = [plan for plan in whole.runs if plan.replicate < 2]
    assert [few.job(plan) for plan in few.runs] == [whole.job(plan) for plan in first]
