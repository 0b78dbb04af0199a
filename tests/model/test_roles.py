"""Roles: one crowd is the model without them, and a mix is the sum of its roles."""

from itertools import pairwise

import numpy as np
import pytest
from scipy import stats

from experiments import compose
from experiments.config.roles import LIBRARY
from experiments.config.yaml_file import shipped
from model import Organisation, Role, Scenario, Workforce, Workplace, simulate
from model.outcomes import NAMES
from model.parameters import declarations
from model.suitability import EVEN_SPREAD, STEPS, drawn, looks, quantiles, share_below

OCCUPATIONS = [Role(**{"name": n, **x}) for n, x in shipped(LIBRARY).items()]
MIXES = ("software_company", "bank", "consultancy", "support_centre")
BUSY = ["scheme=everything_at_once", "organisation.employees=40", "weeks=30"]
ALONE = [
    *("peers.outside=0", "peers.teaching=0", "peers.forum_practice=0"),
    *("peers.forum_tricks=0", "peers.norm_memory=0", "people.savvy_contact=0"),
    *("peers.rework_misuse=0", "peers.rework_dressing=0", "peers.rework_padding=0"),
    *("review=none", "people.effort=0", "technology.dressing_most=0"),
    *("bonus.rate=2", "quota.penalty=0.2", "quota.amount=40", "audit.probability=0.2"),
    *("budget.cap=400", "weeks=30", "organisation.employees=60"),
    "organisation.team_size=5",
]
"""Nothing passes between people, and nobody is ranked."""


def run_of(scenario):
    return simulate(scenario, 8, 1, record=["activity", "score", "output"])


def assert_same(one, other, but=()):
    for name in NAMES:
        np.testing.assert_array_equal(one.weeks[name], other.weeks[name], name)
    for name, column in one.employees.items():
        if name not in but:
            np.testing.assert_array_equal(column, other.employees[name], name)
    for name in ("activity", "score", "output"):
        np.testing.assert_array_equal(one.history(name), other.history(name), name)


def mix(*roles):
    return Workforce(roles=roles)


@pytest.mark.parametrize("rule", ["logit", "satisficing"])
def test_one_crowd_said_aloud_is_the_default_to_the_last_bit(rule):
    default = compose([*BUSY, f"people.rule={rule}"])
    aloud = compose([*BUSY, f"people.rule={rule}", "workforce.roles={everybody: 1}"])
    assert default.workforce == Workforce()
    dollars = default.organisation.half_day_value
    priced = default.varied(workforce=mix(Role(name="all", dollars=dollars)))
    for other in (aloud, priced):
        assert_same(run_of(default), run_of(other))


@pytest.mark.parametrize("overrides", [[], ["people.rule=imitation"]])
def test_two_equal_roles_are_one(overrides):
    scenario = compose([*BUSY, *overrides])
    for role in (Role(), OCCUPATIONS[1], OCCUPATIONS[3]):
        one, two, three = (
            Role(**(dict(role) | {"name": name, "share": share}))
            for name, share in (("a", 1.0), ("b", 0.3), ("c", 0.7))
        )
        whole = run_of(scenario.varied(workforce=mix(one)))
        halves = run_of(scenario.varied(workforce=mix(two, three)))
        assert set(halves.employees["role"]) == {0, 1}
        assert_same(whole, halves, but=("role",))


@pytest.mark.parametrize("rule", ["logit", "prospect", "best_response", "imitation"])
def test_without_anything_between_people_a_mix_is_its_roles_side_by_side(rule):
    """Everybody in it is who they would be if all others had their role, too."""
    scenario = compose([*ALONE, f"people.rule={rule}"])
    roles = [role for role in OCCUPATIONS if role.name in ("developer", "clerk")]
    roles = [Role(**(dict(role) | {"share": 0.5})) for role in [*roles, OCCUPATIONS[0]]]
    roles[0], roles[1] = (
        Role(**(dict(role) | {"share": share}))
        for role, share in zip(roles, (0.2, 0.3), strict=False)
    )
    mixed = run_of(scenario.varied(workforce=mix(*roles)))
    rows = mixed.employees["role"]
    chosen = []
    for row, role in enumerate(roles):
        only = Role(**(dict(role) | {"share": 1.0}))
        alone, here = run_of(scenario.varied(workforce=mix(only))), rows == row
        for name in ("activity", "score", "output"):
            column, same = mixed.history(name), alone.history(name)
            np.testing.assert_array_equal(column[:, here], same[:, here], name)
        for name, column in mixed.employees.items():
            if name not in ("role", "aspiration"):
                same = alone.employees[name][here]
                np.testing.assert_array_equal(column[here], same, name)
        outputs = alone.history("output")[:, here].mean(axis=1)
        np.testing.assert_allclose(mixed.by_role["output"][:, row], outputs, 1e-12)
        chosen.append(alone.history("activity"))
    assert (chosen[0] != chosen[1]).any()


@pytest.mark.parametrize("role", OCCUPATIONS, ids=lambda role: role.name)
def test_tasks_of_a_role_have_its_mean_and_spread(role):
    table = np.array([quantiles(role.suitability, role.spread)])
    places = (np.arange(20_000) + 0.5) / 20_000
    tasks = np.array([drawn(table, 0, u) for u in places])
    assert tasks.mean() == pytest.approx(role.suitability, abs=2e-3)
    assert tasks.std() == pytest.approx(role.spread, abs=3e-3)
    assert (np.diff(tasks) > 0.0).all()
    if role.spread == EVEN_SPREAD:
        np.testing.assert_array_equal(tasks, places)


def test_quantiles_are_those_of_the_beta_distribution():
    mean, sd = 0.61, 0.28
    both = mean * (1.0 - mean) / sd**2 - 1.0
    beta = stats.beta(mean * both, (1.0 - mean) * both)
    assert (beta.mean(), beta.std()) == pytest.approx((mean, sd))
    shares = np.arange(STEPS + 1) / STEPS
    np.testing.assert_allclose(quantiles(mean, sd), beta.ppf(shares), atol=1e-11)


@pytest.mark.parametrize("noise", [0.0, 0.02, 0.12])
def test_the_share_of_tasks_that_look_less_suitable_is_that_share(noise):
    table = np.array([looks(0.56, 0.33, noise)])
    ends = quantiles(0.56, 0.33)
    luck = np.random.default_rng(1)
    tasks = np.interp(luck.random(200_000), np.arange(STEPS + 1) / STEPS, ends)
    seen = tasks + noise * luck.standard_normal(len(tasks))
    for judged in (-0.1, 0.03, 0.4, 0.77, 1.05):
        expected = (seen < judged).mean()
        assert share_below(table, 0, judged, noise) == pytest.approx(expected, abs=4e-3)


@pytest.mark.parametrize("name", MIXES)
def test_teams_have_the_shares_of_a_mix_whatever_the_size_of_the_firm(name):
    workforce = compose([f"workforce={name}"]).workforce
    shares = np.array([role.share for role in workforce.roles])
    everybody = workforce.of_teams(1000)
    for teams in (workforce.least_teams(), 63, 250, 1000):
        roles = workforce.of_teams(teams)
        np.testing.assert_array_equal(roles, everybody[:teams])
        counts = np.bincount(roles, minlength=len(shares))
        assert (np.abs(counts - shares * teams) < 1.0).all()
        assert (counts > 0).all()
    fewer = workforce.of_teams(workforce.least_teams() - 1)
    assert len(set(fewer)) < len(shares)


def test_the_first_people_have_the_same_role_in_a_larger_firm():
    small, large = (
        run_of(compose(["workforce=bank", f"organisation.employees={n}", "weeks=26"]))
        for n in (200, 300)
    )
    for name in ("role", "skill", "gain", "intensity", "padding_intensity"):
        np.testing.assert_array_equal(
            small.employees[name], large.employees[name][:200], name
        )
    rows = small.employees["role"]
    for team in range(0, 200, 8):
        assert len(set(rows[team : team + 8])) == 1


def test_tokens_of_a_role_are_no_reason_to_gain_less_from_ai():
    """What counts is who uses many tokens among people of the same role."""
    scenario = compose(["weeks=26", "organisation.employees=40"])
    few = scenario.varied(workforce=mix(Role(intensity=0.03)))
    one, other = run_of(scenario), run_of(few)
    np.testing.assert_allclose(
        other.employees["intensity"], 0.03 * one.employees["intensity"]
    )
    np.testing.assert_allclose(other.employees["gain"], one.employees["gain"])


def test_an_explanation_names_the_role():
    size = ["organisation.employees=24", "weeks=26", "workforce.roles="]
    mix_of_two = [*size[:2], size[2] + "{it_support: 0.5, clerk: 0.5}"]
    organisation = Organisation(compose(mix_of_two), seed=1)
    said = organisation.agents[0].explain(half_day=0)
    assert said.role == "it_support"
    assert str(said).startswith("Employee 0 (it support), week 0")
    crowd = Organisation(compose(size[:2]), seed=1).agents[0].explain(half_day=0)
    assert crowd.role is None


def test_a_skill_set_by_hand_gives_the_gain_of_the_role():
    overrides = ["organisation.employees=24", "weeks=26"]
    organisation = Organisation(
        compose([*overrides, "workforce.roles={it_support: 0.5, clerk: 0.5}"]), seed=1
    )
    for row in (0, 8):
        person = organisation.agents[row]
        before, skill = person.gain, person.skill
        person.skill = 0.0
        person.skill = skill
        assert person.gain == pytest.approx(before)


def test_net_value_has_the_dollars_of_each_role():
    size = ["organisation.employees=40", "weeks=26", "scheme=review_linked"]
    scenario = compose([*size, "people.quit_hazard=0"])
    dollars = (100.0, 500.0)
    roles = (Role(name=f"at_{x:g}", share=0.5, dollars=x) for x in dollars)
    run, before = run_of(scenario.varied(workforce=mix(*roles))), run_of(scenario)
    price = np.array(dollars)[run.employees["role"]]
    output = (run.history("output") * price).mean(axis=1)
    cost = before.weeks["running_cost"] * price.mean() / 385.0
    np.testing.assert_allclose(run.weeks["running_cost"], cost)
    np.testing.assert_allclose(
        run.weeks["net_value"], output - run.weeks["spend"] - cost
    )


def test_outcomes_of_roles_sum_to_those_of_everybody():
    run = run_of(compose(["workforce=software_company", "scheme=amazon_2026"]))
    people = np.bincount(run.employees["role"])
    for name, values in run.by_role.items():
        assert values.shape == (104, 7)
        everybody = values @ people / people.sum()
        np.testing.assert_allclose(everybody, run.weeks[name], 1e-12, err_msg=name)
    assert run_of(compose(["weeks=26"])).by_role == {}


@pytest.mark.parametrize(
    ("roles", "words"),
    [
        ((), "0 roles; choose 1 to 8"),
        ((Role(name="a", share=0.5), Role(name="a", share=0.5)), "the role a twice"),
        ((Role(name="a", share=0.5), Role(name="b", share=0.4)), "sum to 0.9"),
        ((Role(name="a"), Role(name="b", share=0.0)), "b with a share of 0"),
        (tuple(Role(name=f"r{k}", share=1 / 9) for k in range(9)), "9 roles"),
    ],
)
def test_a_mix_that_is_none_is_refused(roles, words):
    with pytest.raises(ValueError, match=words):
        Workforce(roles=roles)


def test_a_role_without_a_team_is_refused_by_name():
    rare = mix(Role(name="many", share=0.98), Role(name="rare", share=0.02))
    with pytest.raises(ValueError, match="the role rare, which gets no team"):
        Scenario(workforce=rare, organisation=Workplace(employees=100))
    least = rare.least_teams() * 8
    Scenario(workforce=rare, organisation=Workplace(employees=least))


def test_tasks_too_far_apart_are_refused():
    with pytest.raises(ValueError, match="too wide for a mean suitability"):
        Role(suitability=0.9, spread=0.45)


def test_shipped_mixes_are_of_shipped_roles_in_steps_that_rise():
    for name in MIXES:
        for role in compose([f"workforce={name}"]).workforce.roles:
            table = quantiles(role.suitability, role.spread)
            assert all(low < high for low, high in pairwise(table))


MOVED = {row.key: row for row in declarations(Role)}


@pytest.mark.parametrize("field", MOVED)
def test_whatever_a_role_says_moves_some_outcome(field):
    scenario = compose([*BUSY, "people.rule=satisficing"])
    usual = {"name": "a", "share": 0.5}
    ends = (0.3, 0.7) if field == "share" else MOVED[field].span

    def outcomes(first):
        second = Role(name="b", share=1.0 - first.share, gain=0.5)
        return run_of(scenario.varied(workforce=mix(first, second))).weeks

    before = outcomes(Role(**usual))
    for end in ends:
        if end != MOVED[field].default:
            after = outcomes(Role(**(usual | {field: end})))
            assert any(not np.array_equal(before[n], after[n]) for n in NAMES), end


def test_channels_of_a_role_sum_to_its_output():
    run = run_of(compose([*BUSY, "workforce.roles={developer: 0.5, clerk: 0.5}"]))
    channels = [n for n in run.by_role if n.startswith("output_")]
    assert len(channels) == 8
    total = sum(run.by_role[name] for name in channels)
    np.testing.assert_allclose(total, run.by_role["output"], rtol=1e-12)


def test_outcomes_of_roles_are_the_same_on_several_threads():
    overrides = ["workforce=bank", "organisation.employees=9000", "weeks=26"]
    scenario = compose([*overrides, "scheme=monthly_minimum"])
    one, two = (simulate(scenario, 3, threads=n).by_role for n in (1, 2))
    for name, values in one.items():
        np.testing.assert_array_equal(values, two[name], name)
