"""``study=pair``: the command line runs a kept file to the numbers of the studio."""

import asyncio

import pytest

from app.compare.brief import table
from app.comparison import compare
from experiments.__main__ import main
from experiments.config.request import ask
from experiments.designs.pair import Pair, Side, as_yaml, from_yaml
from experiments.report.sentences import harm_sentence
from experiments.statistics.effects import EFFECTS
from experiments.statistics.groups import GROUPS, indexed
from experiments.statistics.harm import HARMS
from experiments.statistics.roles import ROLES
from experiments.studies import pair as study

PAIR = Pair(
    second=Side("amazon_2026", (("review.weight", 0.3),)),
    shared=(("organisation.employees", 30), ("people.learning", 0.1)),
    weeks=52,
    seed=7,
    replicates=3,
)
MARK = "amazon 2026, changed, leaderboard ends"


@pytest.fixture(scope="module")
def arguments(tmp_path_factory):
    folder = tmp_path_factory.mktemp("pair")
    kept = folder / "pair.yaml"
    kept.write_text(as_yaml(PAIR))
    return ["study=pair", f"data={kept}", f"out={folder / 'out'}"]


@pytest.fixture(scope="module")
def folder(arguments):
    request = ask(arguments)
    study.run(request)
    return request.out


def test_its_effects_are_those_of_the_studio_to_the_last_digit(folder):
    async def last():
        return [step async for step in compare(PAIR, "pair")][-1].comparison

    assert (folder / EFFECTS.name).read_text() == table(asyncio.run(last()))


def test_its_chart_marks_what_changes_in_a_scheme(folder):
    drawn = (folder / "figures" / "trajectories.svg").read_text()
    assert MARK in drawn


def test_it_says_when_a_harm_ends(tmp_path, capsys):
    people = (("organisation.employees", 100),)
    pair = Pair(
        second=Side("everything_at_once"), shared=people, weeks=78, replicates=6
    )
    kept = tmp_path / "pair.yaml"
    kept.write_text(as_yaml(pair))
    main(["study=pair", f"data={kept}", f"out={tmp_path / 'out'}"])
    [harm] = HARMS.read(tmp_path / "out" / HARMS.name)
    said = " ".join(capsys.readouterr().out.split())
    assert harm_sentence(harm) in said
    assert harm_sentence(harm) in (tmp_path / "out" / "report.html").read_text()


def test_the_same_command_has_nothing_to_do(folder, arguments, capsys):
    main(arguments)
    said = capsys.readouterr().out
    assert "complete, nothing to do" in said
    assert "amazon 2026, changed" in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"second: {scheme: nonsense}", "not a shipped scheme"),
        (b"weeks: 1e9", "weeks"),
        (b"\xff\xfe", "not a text file"),
        (None, "no such file"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused(tmp_path, capsys, content, said):
    path = tmp_path / "kept.yaml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SystemExit) as stop:
        main(["study=pair", f"data={path}", f"out={tmp_path / 'out'}"])
    assert stop.value.code == 2
    lines = capsys.readouterr().err.strip().splitlines()
    assert 1 <= len(lines) <= 3
    assert said in " ".join(lines)
    assert not (tmp_path / "out").exists()


def test_it_shows_effects_by_role_as_the_studio_does(tmp_path, capsys):
    pair = from_yaml(
        "workforce: {roles: {developer: 0.5, clerk: 0.25, manager: 0.25}}\n"
        "shared: {organisation.employees: 40, organisation.team_size: 5}\n"
        "weeks: 26\nreplicates: 3"
    )
    kept = tmp_path / "pair.yaml"
    kept.write_text(as_yaml(pair))
    main(["study=pair", f"data={kept}", f"out={tmp_path / 'out'}"])

    async def last():
        return [step async for step in compare(pair, "pair")][-1].comparison

    rows = ROLES.read(tmp_path / "out" / ROLES.name)
    assert rows == list(asyncio.run(last()).roles)
    said = capsys.readouterr().out
    page = (tmp_path / "out" / "report.html").read_text()
    assert "Real output, manager:" in said
    assert "Who is hit" in page
    assert "AI where it harms" in page


# Groups


def grouped(first, second):
    return (
        f"first: {{scheme: voluntary{first}}}\nsecond: {{scheme: voluntary{second}}}\n"
        "shared: {organisation.employees: 64, organisation.team_size: 8}\n"
        "weeks: 26\nreplicates: 2"
    )


def pilot(share, change):
    return f", groups: {{pilot: {{share: {share}, change: ['{change}']}}}}"


def ran(folder, text):
    kept = folder / "pair.yaml"
    kept.write_text(text)
    main(["study=pair", f"data={kept}", f"out={folder / 'out'}"])
    return folder / "out"


def test_it_says_what_spills_over_and_keeps_the_numbers_of_the_studio(tmp_path, capsys):
    text = grouped("", pilot(0.5, "quota=monthly"))
    out = ran(tmp_path, text)

    async def last():
        return [step async for step in compare(from_yaml(text), "pair")][-1].comparison

    assert (out / EFFECTS.name).read_text() == table(asyncio.run(last()))
    found = indexed(GROUPS.read(out / GROUPS.name))
    assert found["pilot", "output"].for_all == "pilot_for_all"
    assert found["pilot", "output"].spill_over != 0.0
    assert found["everybody_else", "output"].for_all == "voluntary"
    said, page = capsys.readouterr().out, (out / "report.html").read_text()
    for shown in (said, page):
        assert "spill-over" in shown
        assert "Real output of the group pilot " in " ".join(shown.split())
    assert "50 % of the teams, drawn by lot." in page
    assert (out / "figures" / "by_group.svg").exists()


def test_groups_of_the_first_side_are_compared_too(tmp_path):
    """Under the second scheme all people are under one: nothing spills over there."""
    out = ran(tmp_path, grouped(pilot(0.5, "quota=monthly"), ""))
    found = indexed(GROUPS.read(out / GROUPS.name))
    assert found["pilot", "reported_tokens"].percent < 0.0
    assert {row.for_all for row in found.values()} == {"voluntary"}
    assert {row.spill_over for row in found.values()} == {0.0}
    assert "where all people are under one scheme" in (out / "report.html").read_text()


def test_groups_of_the_same_people_on_both_sides_are_compared(tmp_path):
    sides = pilot(0.5, "quota=monthly"), pilot(0.5, "bonus=usage")
    found = indexed(GROUPS.read(ran(tmp_path, grouped(*sides)) / GROUPS.name))
    whole = {group: row.for_all for (group, _), row in found.items()}
    assert whole == {
        "pilot": "pilot_for_all",
        "everybody_else": "everybody_else_for_all",
    }


def test_groups_of_other_people_on_both_sides_are_not(tmp_path, capsys):
    sides = pilot(0.5, "quota=monthly"), pilot(0.25, "quota=monthly")
    out = ran(tmp_path, grouped(*sides))
    assert not (out / GROUPS.name).exists()
    for shown in (capsys.readouterr().out, (out / "report.html").read_text()):
        assert "Both sides have groups, but of other people" in shown
