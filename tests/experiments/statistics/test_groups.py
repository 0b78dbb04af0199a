"""Groups in a comparison: effects on each, spill-over, and the words for both."""

import pytest

from experiments import compose
from experiments.__main__ import main
from experiments.designs.apart import apart_of, under_one, with_wholes
from experiments.designs.design import at, level
from experiments.errors import UserError
from experiments.figures.by_group import alternative, by_group
from experiments.report import groups as said
from experiments.statistics.groups import GROUPS, group_names, indexed
from experiments.words.schemes import members
from experiments.worlds.world import World, apply
from model import Group, simulate
from model.peers import Law
from model.people import Rule

PILOT = "groups={pilot: {share: 0.5, change: ['quota=monthly']}}"
SIZE = ["organisation.employees=64", "weeks=26"]
APART = ["peers.outside=0", "peers.forum_practice=0", "peers.forum_tricks=0"]
FEW = ["study.replicates=2", "study.worlds=0", "study.schemes=[]"]


def command(folder, *words):
    main(["study=compare", *FEW, *SIZE, *words, f"out={folder}"])
    return GROUPS.read(folder / "groups.csv")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("groups") / "out"


@pytest.fixture(scope="module")
def compared(folder):
    """A pilot of half of the teams beside the voluntary rest."""
    return command(folder, PILOT)


def test_a_comparison_has_an_organisation_for_each_part():
    rows = {
        "voluntary": compose(SIZE),
        "custom": compose([*SIZE, PILOT]),
    }
    every = with_wholes(rows, "custom", "voluntary")
    assert [*every] == ["voluntary", "custom", "pilot_for_all"]
    apart = apart_of(every, "custom", "voluntary")
    assert apart.whole == {
        "pilot": "pilot_for_all",
        "everybody_else": "voluntary",
    }
    alone = compose([*SIZE, "quota=monthly"])
    named = every["pilot_for_all"]
    assert named.scheme == alone.scheme
    assert simulate(named, 3).weeks["output"].tolist() == (
        simulate(alone, 3).weeks["output"].tolist()
    )
    assert with_wholes({"a": rows["voluntary"]}, "a", "a") == {"a": rows["voluntary"]}


def test_timelines_and_new_models_stay_in_every_part():
    words = "timeline=[{week: 5, change: ['quota=none'], technology: {gain: 0.9}}]"
    mixed = compose([*SIZE, "quota=monthly", words, PILOT])
    [group] = mixed.groups
    assert [phase.technology.changes for phase in group.timeline] == [{}]
    whole = under_one(mixed, group.regime)
    assert whole.phases == group.regime
    assert whole.releases == mixed.releases


def test_effects_are_those_of_the_same_people(compared):
    rows = compared
    assert group_names(rows) == ["pilot", "everybody_else"]
    found = indexed(rows)
    pilot, rest = (found[name, "output"] for name in group_names(rows))
    assert pilot.people + rest.people == 64
    assert (pilot.for_all, rest.for_all) == ("pilot_for_all", "voluntary")
    assert said.wholes([pilot, rest]) == {"pilot_for_all"}
    assert pilot.spill_over == pytest.approx(pilot.percent - pilot.for_all_percent)
    assert rest.for_all_percent == 0.0
    assert rest.spill_over == pytest.approx(rest.percent)
    usage = found["pilot", "reported_tokens"]
    assert usage.percent > 5.0
    [section] = said.effects(rows, compose([*SIZE, PILOT]), [])
    assert "50 % of the teams, drawn by lot." in str(section)


def sentence(spill, here, there=(0.0, 0.0, 0.0), for_all="pilot_for_all"):
    row = said.OfGroup("mixed", "pilot", 32, "output", "half-days", 10.0)
    kept = dict(zip(("percent", "percent_low", "percent_high"), here, strict=True))
    whole = ("for_all_percent", "for_all_low", "for_all_high")
    kept |= dict(zip(whole, there, strict=True))
    kept |= dict(zip(("spill_over", "spill_low", "spill_high"), spill, strict=True))
    row = row._replace(baseline="voluntary", for_all=for_all, **kept)
    others = [row._replace(outcome=name) for name in ("reported_tokens", "welfare")]
    [text] = said.told([row, *others])
    return text.removeprefix("Real output of the group pilot ")


CLEAR, UNCLEAR, NOTHING = (2.0, 1.0, 3.0), (0.2, -0.4, 0.8), (0.0, 0.0, 0.0)


def test_what_is_not_clear_is_not_told_as_a_number():
    assert sentence(UNCLEAR, UNCLEAR, CLEAR) == (
        "does not clearly change (-0.4 % to +0.8 %); if all people were under its "
        "scheme, theirs would change by +2 %. The difference (-0.4 % to +0.8 %) is not "
        "told from luck."
    )
    assert sentence(CLEAR, CLEAR) == (
        "changes by +2 %; if all people were under its scheme, theirs would not "
        "change. The difference, +2 %, comes of the border between groups."
    )


def test_a_group_under_the_scheme_of_the_baseline_is_changed_by_spill_over_alone():
    assert sentence(UNCLEAR, UNCLEAR, for_all="voluntary") == (
        "does not clearly change (-0.4 % to +0.8 %): their own scheme is the "
        "baseline's, so that any change is spill-over."
    )
    assert sentence(NOTHING, CLEAR, CLEAR, for_all="mixed") == (
        "changes by +2 % where all people are under one scheme."
    )
    alone = (2.0, None, None)
    assert sentence((0.0, None, None), alone, alone).endswith("Nothing spills over.")


def test_the_chart_of_groups_stands_on_the_page(compared, folder):
    assert (folder / "figures" / "by_group.svg").exists()
    told = alternative(compared)
    assert told in (folder / "report.html").read_text()
    assert "pilot" in told
    assert "everybody else" in told


def drawn(rows):
    """Marks of effects, bars of spill-over and their sizes, a panel each."""
    for axes in by_group(rows).axes:
        marks = [line for line in axes.lines if line.get_marker() == "o"]
        at = [float(line.get_xdata()[0]) for line in marks]
        bars = [bar.get_width() for bar in axes.patches]
        yield at, bars, [text.get_text() for text in axes.texts]


def test_the_chart_draws_both_effects_and_what_lies_between_them(compared):
    found, groups = indexed(compared), group_names(compared)
    outcomes = ("reported_tokens", "output", "welfare")
    for (marks, bars, texts), outcome in zip(drawn(compared), outcomes, strict=True):
        of = [found[group, outcome] for group in groups]
        assert marks == [x for row in of for x in (row.for_all_percent, row.percent)]
        assert bars == [row.spill_over for row in of]
        unsure = [row.spill_low <= 0.0 <= row.spill_high for row in of]
        assert [text.endswith(" ?") for text in texts] == unsure


def test_the_chart_says_where_there_is_nothing_to_draw(compared):
    unknown = {"percent": None, "for_all_percent": None, "spill_over": None}
    rows = [
        row._replace(**unknown) if row.outcome == "welfare" else row for row in compared
    ]
    *_, (marks, bars, texts) = drawn(rows)
    assert (marks, bars) == ([], [])
    assert "No data" in texts[0]


def test_nothing_spills_over_where_nothing_crosses_the_border(tmp_path):
    """Nobody is ranked, and peers of other teams are not seen."""
    rows = command(tmp_path, PILOT, *APART, "review=none")
    for row in rows:
        assert row.spill_over == 0.0, (row.group, row.outcome)
        assert row.percent == row.for_all_percent
    assert said.told(rows)[0].endswith("Nothing spills over.")


def test_a_run_tells_the_levels_of_groups(tmp_path, capsys):
    words = ["study=run", "study.replicates=2", *SIZE, PILOT, f"out={tmp_path}"]
    main(words)
    assert "By group, over the whole run" in capsys.readouterr().out
    rows = GROUPS.read(tmp_path / "groups.csv")
    assert all(row.percent is None and row.spill_over is None for row in rows)
    assert all(row.mean_low <= row.mean <= row.mean_high for row in rows)


# Shares as levers


def test_the_share_of_a_group_is_a_lever():
    scenario = compose([*SIZE, PILOT])
    key = "groups.pilot.share"
    assert level(scenario, key) == 0.5
    assert level(at(scenario, {key: 0.25}), key) == 0.25
    voluntary = compose(SIZE)
    assert level(voluntary, key) == 0.0
    assert at(voluntary, {key: 0.25}) == voluntary


def test_a_lever_acts_in_the_groups_in_which_its_incentive_is_at_work():
    scenario = at(compose([*SIZE, PILOT]), {"quota.penalty": 0.7})
    assert scenario.groups[0].scheme.quota.penalty == 0.7
    assert scenario.quota == compose(SIZE).quota
    nowhere = at(compose([*SIZE, PILOT]), {"bonus.rate": 0.7})
    assert nowhere.groups[0].scheme.bonus.rate == nowhere.bonus.rate == 0.7


def test_a_sweep_moves_the_share_of_a_group(tmp_path):
    sweep = "study.levers={groups.pilot.share: [0.25, 0.75]}"
    words = ["study=sweep", sweep, "study.replicates=2", *SIZE, PILOT]
    main([*words, f"out={tmp_path}"])
    text = (tmp_path / "point_effects.csv").read_text()
    assert "groups.pilot.share" in text.splitlines()[0]


def refused(*words):
    with pytest.raises(UserError) as error:
        compose([*SIZE, *words])
    lines = str(error.value).splitlines()
    assert 1 <= len(lines) <= 3
    return str(error.value)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["groups.pilot.share=0.3"], "no group pilot to change; declare it first"),
        ([PILOT, "groups.pilt.share=0.3"], "no group pilt to change; did you mean"),
        ([PILOT, "groups.pilot.shre=0.3"], "no key groups.pilot.shre; did you mean"),
        ([PILOT, "groups.pilot.share=1.3"], "groups.pilot.share is 1.3; a share"),
        (["groups=3"], "groups is 3; names are needed"),
        (["groups={a: 3}"], "groups, a: it is 3; keys are needed"),
        (["groups={a: {}}"], "groups, a: nobody is in it"),
        (["groups={a: {share: x}}"], "groups.a.share is 'x', but a number"),
        (["groups={a: {share: 0.5, chnge: []}}"], "no key chnge; did you mean change"),
        (["groups={a: {share: 0.5, change: quota}}"], "change is 'quota'; a list"),
        (["groups={a: {share: 0.5, change: ['quota=x']}}"], "there is no quota=x"),
        (["groups={a: {share: 0.5, change: ['weeks=4']}}"], "cannot differ between"),
        (["groups={a: {share: 0.5, scheme: nope}}"], "there is no scheme=nope"),
        (["groups={a: {share: 0.5, change: [quota=monthly]}}"], "Groups are written"),
        (["groups={a: {roles: clerk}}"], "the role clerk, which nobody has"),
        (
            ["timeline=[{week: 4, change: ['groups=null']}]"],
            "groups=null cannot change in mid-run",
        ),
    ],
)
def test_mistakes_are_told_by_name(words, told):
    assert told in refused(*words)


def test_a_scheme_file_may_have_groups(tmp_path):
    path = tmp_path / "ours.yaml"
    path.write_text(
        "quota: {penalty: 0.1}\ngroups:\n  pilot: {share: 0.5, change: [bonus=usage]}\n"
    )
    scenario = compose([*SIZE, f"scheme={path}"])
    [group] = scenario.groups
    assert group.scheme.bonus.rate > 0.0
    assert group.scheme.quota.penalty == scenario.quota.penalty == 0.1
    path.write_text("groups:\n  pilot: {share: 2}\n")
    assert "groups.pilot.share is 2" in refused(f"scheme={path}")


def test_words_of_a_group_name_who_is_in_it_and_what_differs(capsys):
    main(["study=check", *SIZE, PILOT])
    shown = " ".join(capsys.readouterr().out.split())
    assert "The group pilot 50 % of the teams, drawn by lot. Minimum starts" in shown


def test_words_of_a_group_name_its_roles():
    one, two = ("it_support",), ("developer", "manager")
    assert members(Group(name="g", roles=one)) == "Everybody in the IT support role."
    told = "Everybody in the developer and manager roles."
    assert members(Group(name="g", roles=two)) == told


def test_one_person_is_told_their_group_and_its_scheme(capsys):
    for row in range(4):
        main(["study=one", f"study.employee={8 * row}", *SIZE, PILOT])
    shown = " ".join(capsys.readouterr().out.split())
    assert "Group: pilot. 50 % of the teams, drawn by lot." in shown
    assert "Group: in none, and so under the scheme of everybody else." in shown


def test_worlds_reach_the_schemes_of_groups():
    words = "groups={pilot: {share: 0.5, change: ['leaderboard=full']}}"
    scenario = compose([*SIZE, words])
    key = "leaderboard.status"
    world = World(0, Rule.LOGIT, Law.BELOW_BREAK_EVEN, {key: 0.77})
    made = apply(scenario, world)
    assert made.groups[0].scheme.leaderboard.status == 0.77
    assert made.leaderboard == scenario.leaderboard
