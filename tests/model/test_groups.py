"""Groups: who is in them, and that what is nobody's or everybody's changes nothing."""

import numpy as np
import pytest

from experiments import compose
from model import (
    Bonus,
    Group,
    Leaderboard,
    Organisation,
    Phase,
    Quota,
    Role,
    Scenario,
    Scheme,
    TopBoard,
    Workforce,
    Workplace,
    simulate,
)
from model.groups import EVERYBODY_ELSE, MOST_GROUPS
from model.outcomes import NAMES

BUSY = ["scheme=everything_at_once", "organisation.employees=60", "weeks=30"]
LOT = "workforce.roles={developer: 0.4, clerk: 0.35, manager: 0.25}"
PRESSED = Scheme(quota=Quota(amount=60.0, penalty=0.3, weeks=4))
NOTHING_CROSSES = [
    *("peers.outside=0", "peers.forum_practice=0", "peers.forum_tricks=0"),
]
"""All that passes between teams: teams have one scheme."""


def run_of(scenario, seed=8, replicate=1, **kinds):
    kept = ["activity", "score", "output", "padding"]
    return simulate(scenario, seed, replicate, record=kept, **kinds)


def assert_same(one, other, but=("group",)):
    for name in NAMES:
        np.testing.assert_array_equal(one.weeks[name], other.weeks[name], name)
    for name, column in one.employees.items():
        if name not in but:
            np.testing.assert_array_equal(column, other.employees[name], name)
    for name in ("activity", "score", "output"):
        np.testing.assert_array_equal(one.history(name), other.history(name), name)


def with_groups(scenario, *groups):
    return scenario.varied(groups=groups)


def equal(scenario, name, **who):
    """A group under the scheme of everybody else."""
    return Group(name=name, scheme=scenario.scheme, timeline=scenario.timeline, **who)


# What changes nothing


@pytest.mark.parametrize("overrides", [[], [LOT, "people.rule=imitation"]])
def test_a_group_of_share_0_changes_nothing(overrides):
    scenario = compose([*BUSY, *overrides])
    none = with_groups(scenario, Group(name="pilot", share=0.0, scheme=PRESSED))
    assert_same(run_of(scenario), run_of(none))


@pytest.mark.parametrize(
    "shares", [(1.0,), (0.4,), (0.5, 0.5), (0.2, 0.3), (0.25, 0.25, 0.25, 0.25)]
)
def test_equal_groups_are_the_people_under_one_scheme(shares):
    """Their boards and tables are one, as if nobody had given names to them."""
    scenario = compose(BUSY)
    groups = [equal(scenario, f"g{k}", share=x) for k, x in enumerate(shares)]
    assert_same(run_of(scenario), run_of(with_groups(scenario, *groups)))


def test_equal_groups_by_role_and_with_timelines_are_one():
    timeline = "timeline=[{week: 9, change: ['quota=none']}]"
    scenario = compose([*BUSY, LOT, timeline])
    groups = (
        equal(scenario, "makers", roles=("developer", "clerk")),
        equal(scenario, "pilot", share=0.2),
    )
    assert_same(run_of(scenario), run_of(with_groups(scenario, *groups)))


def test_a_group_of_everybody_is_another_scheme_for_all():
    scenario = compose(["organisation.employees=60", "weeks=30"])
    everybody = with_groups(scenario, Group(name="all", share=1.0, scheme=PRESSED))
    levers = {name: getattr(PRESSED, name) for name in Scheme.model_fields}
    assert_same(run_of(scenario.varied(**levers)), run_of(everybody))


def test_without_anything_between_people_groups_are_schemes_side_by_side():
    """Nobody is ranked: everybody does what they would do if all had their scheme."""
    size = ["organisation.employees=60", "weeks=30", "review=none"]
    scenario = compose([*NOTHING_CROSSES, *size])
    scheme = scenario.scheme.model_copy(update={"quota": PRESSED.quota})
    mixed = run_of(with_groups(scenario, Group(name="p", share=0.4, scheme=scheme)))
    inside = mixed.employees["group"] == 0
    for here, everybody in (
        (inside, scenario.varied(quota=scheme.quota)),
        (~inside, scenario),
    ):
        alone = run_of(everybody)
        assert here.any()
        for name in ("activity", "score", "output"):
            column, expected = mixed.history(name), alone.history(name)
            np.testing.assert_array_equal(column[:, here], expected[:, here], name)


def test_what_crosses_the_border_reaches_those_outside():
    """Padding in a group is seen by others, whose own padding it makes easier."""
    words = ["organisation.employees=120", "weeks=30", "peers.outside=10"]
    scenario = compose([*words, "review=linked", "peers.team_weight=0.3"])
    pays = scenario.scheme.model_copy(update={"quota": PRESSED.quota})
    before = run_of(scenario)
    mixed = run_of(with_groups(scenario, Group(name="p", share=0.5, scheme=pays)))
    outside = mixed.employees["group"] == 1
    assert (mixed.employees["norm"] != before.employees["norm"])[outside].all()


# Who is in a group


def members(scenario, seed=8, replicate=1):
    return scenario.groups_of_people(seed, replicate)


def shared(*shares, employees=400, **world):
    groups = [Group(name=f"g{k}", share=x) for k, x in enumerate(shares)]
    size = Workplace(employees=employees)
    return Scenario(organisation=size, groups=tuple(groups), **world)


def test_a_larger_share_has_the_teams_of_a_smaller_one():
    teams = 50
    before = np.zeros(400, bool)
    for share in (0.02, 0.1, 0.11, 0.5, 0.93, 1.0):
        inside = members(shared(share)) == 0
        assert inside.sum() == 8 * round(share * teams + 1e-9)
        assert (inside | ~before).all()
        before = inside


def test_a_later_group_keeps_its_teams_as_it_grows():
    small, large = (members(shared(0.3, share)) for share in (0.2, 0.4))
    np.testing.assert_array_equal(small == 0, large == 0)
    assert ((large == 1) | (small != 1)).all()


def test_teams_are_in_a_group_as_a_whole_and_luck_decides_which():
    first, second = (members(shared(0.5), replicate=k) for k in (0, 1))
    for groups in (first, second):
        assert (groups.reshape(50, 8) == groups.reshape(50, 8)[:, :1]).all()
    assert (first != second).any()
    drawn = [members(shared(0.5), replicate=k)[::8] for k in range(300)]
    chance = np.mean(np.array(drawn) == 0, axis=0)
    assert np.abs(chance - 0.5).max() < 4.5 * 0.5 / np.sqrt(300)


def test_shares_that_sum_to_1_leave_nobody_outside():
    groups = members(shared(0.5, 0.5, employees=200))
    assert np.bincount(groups, minlength=3).tolist() == [13 * 8, 12 * 8, 0]


def test_a_group_of_roles_is_everybody_who_has_them():
    scenario = compose([LOT, "organisation.employees=200"])
    group = Group(name="makers", roles=("developer", "manager"))
    both = with_groups(scenario, group, Group(name="pilot", share=0.2))
    run, names = run_of(both), both.workforce.names
    makers = np.isin(run.employees["role"], [0, names.index("manager")])
    np.testing.assert_array_equal(run.employees["group"] == 0, makers)
    assert (run.employees["group"] == 1).sum() == 5 * 8


def test_people_and_warm_up_are_the_same_with_and_without_groups():
    scenario = compose([*BUSY, "top_board=none"])
    one, other = (
        run_of(x) for x in (scenario, with_groups(scenario, Group(name="p", share=0.5)))
    )
    same = one.employees["generation"] == other.employees["generation"]
    assert same.sum() > 50
    for name in ("skill", "ambition", "ceiling", "usual_use"):
        np.testing.assert_array_equal(
            one.employees[name][same], other.employees[name][same], name
        )


# In what order


def test_threads_change_nothing():
    size = ["organisation.employees=9000", "weeks=26"]
    scenario = compose([*size, "scheme=everything_at_once"])
    group = Group(name="p", share=0.37, scheme=PRESSED)
    later = Group(name="q", share=0.2, timeline=(Phase(week=9, scheme=PRESSED),))
    mixed = with_groups(scenario, group, later)
    assert_same(run_of(mixed), run_of(mixed, threads=2), but=())


# Views


def test_an_explanation_is_under_the_scheme_of_the_group():
    scenario = compose(["organisation.employees=40", "weeks=30"])
    mixed = with_groups(scenario, Group(name="p", share=0.4, scheme=PRESSED))
    organisation = Organisation(mixed, seed=8)
    for _ in range(3):
        organisation.step()
    run = simulate(mixed, 8, record=["activity"])
    for row in range(40):
        person = organisation.employees[row]
        inside = person.group == 0
        for week in (1, 3):
            said = person.explain(week, 4)
            assert ("quota" in said.terms) is inside
            names = ("manual", "genuine", "trivial", "padding")
            assert names[run.history("activity")[week, row, 4]] == said.chosen


GROUPS = (
    Group(name="p", share=0.4, scheme=PRESSED),
    Group(name="q", share=0.2, scheme=Scheme(bonus=Bonus(rate=0.05))),
)


def played(scenario, week=5):
    organisation = Organisation(scenario, seed=8)
    while organisation.week < week:
        organisation.step()
    return organisation


@pytest.mark.parametrize("name", ["p", EVERYBODY_ELSE])
def test_a_scheme_adopted_in_a_group_is_a_phase_of_its_timeline(name):
    new = Scheme(leaderboard=Leaderboard(status=0.2))
    later = (Phase(week=5, scheme=new),)
    scenario = compose(["organisation.employees=40", "weeks=30"])
    mixed = with_groups(scenario, *GROUPS)
    first, second = GROUPS
    if name == "p":
        foreseen = with_groups(
            scenario, first.model_copy(update={"timeline": later}), second
        )
    else:
        foreseen = with_groups(scenario.varied(timeline=later), *GROUPS)
    by_hand, planned = played(mixed), Organisation(foreseen, seed=8)
    before = by_hand.employees[0].explain(3, 0)
    by_hand.adopt(new, name)
    for organisation in (by_hand, planned):
        organisation.run_model()
    np.testing.assert_equal(by_hand.outcomes, planned.outcomes)
    staff = by_hand.simulation.staff
    for column in staff.dtype.names:
        np.testing.assert_array_equal(staff[column], planned.simulation.staff[column])
    assert by_hand.employees[0].explain(3, 0) == before
    number = mixed.parts.index(name)
    for group in range(3):
        assert (by_hand.scheme_of(7, group) == new) is (group == number)
    row = int(np.flatnonzero(staff["group"] == number)[0])
    assert by_hand.employees[row].scheme == new


def test_targets_are_those_of_the_group():
    principal = played(
        with_groups(compose(["organisation.employees=40"]), *GROUPS)
    ).principal
    assert principal.targets == principal.targets_of(1) == {}
    assert principal.targets_of(0) == {"quota": PRESSED.quota.amount}


@pytest.mark.parametrize(
    ("groups", "name", "words"),
    [
        (GROUPS, "r", "no group 'r'; choose one of p, q, everybody_else"),
        ((GROUPS[0], GROUPS[1].model_copy(update={"scheme": PRESSED})), "q",
         "q and p are under the same schemes"),
        ((Group(name="p", share=0.5),), EVERYBODY_ELSE, "everybody_else and p are"),
        ((Group(name="p", share=1.0, scheme=PRESSED),), EVERYBODY_ELSE, "nobody is in"),
        (GROUPS, "q", "top_board.share is 0.02, which is no place among 8 people"),
    ],
)  # fmt: skip
def test_a_group_that_cannot_adopt_a_scheme_is_refused_by_name(groups, name, words):
    scenario = compose(["organisation.employees=40", "weeks=30"])
    organisation = Organisation(with_groups(scenario, *groups), seed=8)
    with pytest.raises(ValueError, match=words):
        organisation.adopt(Scheme(top_board=TopBoard(prize=0.1)), name)


# What cannot be


@pytest.mark.parametrize(
    ("groups", "words"),
    [
        ([{"share": 0.6}, {"share": 0.6}], r"sum to 1.2 \(g0 0.6 \+ g1 0.6\)"),
        ([{"share": 0.001}], "0.001, which is no team of 50; take 0.02 or more"),
        ([{"roles": ("clerk",)}], "the role clerk, which nobody has; roles are a, b"),
        ([{"roles": ("a",)}, {"roles": ("b", "a")}], "a is in g0 and in g1"),
        ([{"share": 0.1}] * 5, "there are 5; take at most 4"),
        ([{"share": 0.9}, {"roles": ("a",)}], "45 of 50 teams, but groups by roles"),
        ([{"share": 0.1, "roles": ("a",)}], "g0 has roles and a share"),
        ([{"name": EVERYBODY_ELSE}], "is the name of who is in no group"),
        ([{"name": "a b"}], "'a b' is no name"),
        ([{"name": "x"}, {"name": "x"}], "two of the name x"),
        (
            [{"share": 0.1, "scheme": Scheme(top_board=TopBoard(prize=0.1))}],
            "g0: top_board.share is 0.02, which is no place among 40 people",
        ),
        (
            [{"timeline": (Phase(week=3, technology={"gain": 0.9}),)}],
            "changes technology in week 3",
        ),
        ([{"timeline": (Phase(week=104, scheme=PRESSED),)}], "g0: timeline has week"),
    ],
)
def test_groups_that_cannot_be_are_refused_by_name(groups, words):
    roles = (Role(name="a", share=0.3), Role(name="b", share=0.7))
    with pytest.raises(ValueError, match=words):
        Scenario(
            workforce=Workforce(roles=roles),
            organisation=Workplace(employees=400),
            groups=tuple(
                Group(**({"name": f"g{k}"} | who)) for k, who in enumerate(groups)
            ),
        )


def test_four_groups_are_allowed_and_survive_json():
    scenario = shared(*[0.2] * MOST_GROUPS)
    again = Scenario(**scenario.model_dump(mode="json"))
    assert again == scenario
    assert scenario.parts == ("g0", "g1", "g2", "g3", EVERYBODY_ELSE)
