import re
from dataclasses import replace

import pytest
import yaml

from experiments.config.compose import compose
from experiments.designs import pair
from experiments.designs.pair import (
    LIMITS,
    MOST_TEXT,
    Pair,
    Side,
    as_yaml,
    from_yaml,
)
from experiments.errors import UserError
from model.scenario import Phase, Release

CHANGED = Pair(
    first=Side("voluntary", (("measure.filter", 0.25),)),
    second=Side("monthly_minimum", (("quota.amount", 160.0),)),
    shared=(("organisation.employees", 300), ("people.learning", 0.1)),
    releases=(Phase(week=30, technology=Release(gain=0.9)),),
    weeks=52,
    seed=7,
    replicates=4,
)


def test_a_file_restores_its_pair():
    assert from_yaml(as_yaml(CHANGED)) == CHANGED


OWN = "workforce: {roles: {developer: 0.5, clerk: {share: 0.5, dollars: 99}}}"


def test_a_file_restores_its_workforce():
    bank = replace(CHANGED, workforce=compose(["workforce=bank"]).workforce)
    assert "workforce: bank" in as_yaml(bank)
    assert from_yaml(as_yaml(bank)) == bank
    own = from_yaml(OWN)
    assert [role.dollars for role in own.workforce.roles] == [387, 99]
    assert from_yaml(as_yaml(own)) == own
    assert "workforce" not in as_yaml(CHANGED)


def test_both_sides_have_the_workforce_of_the_pair():
    pair = from_yaml(OWN)
    for side in (pair.first, pair.second):
        assert pair.scenario(side).workforce == pair.workforce


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("workforce: bnk", "did you mean bank"),
        ("workforce: ./mine.yaml", "which is not a shipped workforce"),
        ("workforce: {developer: 1}", "roles: {developer: 0.6"),
        ("workforce: {roles: {maneger: 1}}", "did you mean manager"),
        ("workforce: {roles: {manager: 0.5}}", "sum to 0.5"),
        ("workforce: bank\nshared: {organisation.employees: 60}", "gets no team"),
        ("shared: {workforce.clerk.gain: 1}", "shared has no key"),
    ],
)
def test_a_workforce_that_cannot_be_is_refused(text, said):
    with pytest.raises(UserError, match=said):
        from_yaml(text)


@pytest.mark.parametrize("version", ["12e4567890123456", "0123456789012345", "true"])
def test_a_version_that_looks_like_a_number_stays_a_name(version, monkeypatch):
    monkeypatch.setattr(pair, "this_model", lambda: version)
    assert from_yaml(as_yaml(CHANGED)).version == version


def test_the_first_pair_needs_no_parts():
    assert from_yaml("{}") == Pair()


def test_a_pair_of_another_model_says_so():
    assert from_yaml(as_yaml(CHANGED)).is_of_this_model
    assert not from_yaml("model: 0123456789abcdef").is_of_this_model


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[1, 2]", "a pair has the keys"),
        ("just words", "a pair has the keys"),
        ("", "a pair has the keys"),
        ("first: [", "line "),
        ("weeks: 52\nweeks: 78", "line 2: the key weeks stands in line 1 already"),
        ("second: {quota.amount: 1, quota.amount: 2}", "the key quota.amount"),
        ("seed: 0123", "seed is '0123'; a whole number"),
        ("weeks: 1:20", "weeks is '1:20'"),
        ("second: {quota.amount: 1_60}", "quota.amount is '1_60'"),
        ("\x00\x01\x02", "line 1: the character"),
        ("%PDF-1.7", "line "),
        ("thrid: {}", "there is no key"),
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
        ("timeline: 3", "timeline is 3"),
        ("timeline: [{week: 3, change: []}]", "only technology can change here"),
        ("timeline: [{week: 3, technology: {gian: 1}}]", "did you mean gain"),
        ("timeline: [{week: 300, technology: {gain: 1}}]", "week 300"),
        ("first: !!python/object/apply:os.system [ls]", "line 1: tags are not read"),
        ("a: &a [x]\nb: [*a, *a]", "aliases are not read"),
        ("first: " + 3000 * "[" + 3000 * "]", "20 deep"),
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


def test_new_models_come_on_both_sides_and_schemes_keep_their_phases():
    made = from_yaml(
        "second: {scheme: amazon_2026}\ntimeline: [{week: 30, technology: {gain: 0.9}}]"
    )
    first, second = (made.scenario(side) for side in (made.first, made.second))
    assert first.releases == second.releases == made.releases
    assert second.phases == compose(["scheme=amazon_2026"]).phases


WITH_GROUPS = """
first: {scheme: voluntary}
second:
  scheme: monthly_minimum
  quota.penalty: 0.2
  groups:
    pilot:
      share: 0.5
      change: [bonus=usage]
      timeline: [{week: 9, change: [quota=none]}]
weeks: 30
"""


def test_a_side_may_have_groups_that_change_its_own_scheme():
    pair = from_yaml(WITH_GROUPS)
    scenario = pair.scenario(pair.second)
    [group] = scenario.groups
    assert group.scheme.quota.penalty == scenario.quota.penalty == 0.2
    assert group.scheme.bonus.rate > scenario.bonus.rate == 0.0
    assert [phase.week for phase in group.timeline] == [9]
    assert not pair.scenario(pair.first).groups
    assert pair.second.label == "monthly minimum, changed"
    assert from_yaml(as_yaml(pair)) == pair


@pytest.mark.parametrize(
    ("groups", "told"),
    [
        ("3", "second.groups is '3'; names are needed"),
        ("{pilot: {}}", "groups, pilot: nobody is in it"),
        ("{pilot: {share: 3}}", "groups.pilot.share is 3"),
        ("{pilot: {roles: [clerk]}}", "the role clerk, which nobody has"),
    ],
)
def test_groups_that_cannot_be_are_refused(groups, told):
    with pytest.raises(UserError, match=re.escape(told)):
        from_yaml(f"second: {{scheme: monthly_minimum, groups: {groups}}}")
