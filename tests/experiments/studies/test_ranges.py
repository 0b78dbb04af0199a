"""The headline over the range of each parameter, one at a time."""

import pytest

from experiments.config.request import ask
from experiments.designs.design import level, one_at_a_time
from experiments.statistics.ranges import RANGES, End, swings, unknown
from experiments.studies import ranges
from experiments.studies.ranges.figure import ranges as draw
from model import Scenario

TINY = [
    "study=ranges",
    "organisation.employees=20",
    "weeks=26",
    "study.replicates=2",
    "study.schemes=[voluntary,review_linked]",
]


def row(parameter, value, percent, half=0.1, scheme="s"):
    return End(scheme, parameter, value, percent, percent - half, percent + half)


def test_only_numbers_that_nobody_knows_have_a_range():
    names = {row.key for row in unknown()}
    assert {"people.learning", "peers.rework_misuse", "technology.loss"} <= names
    assert not names & {"people.rule", "organisation.employees", "quota.penalty"}
    for parameter in unknown():
        low, high = parameter.span
        assert parameter.low <= low <= parameter.default <= high <= parameter.high
        assert low < high, parameter.key


def test_one_factor_at_a_time_leaves_the_others():
    levels = {"people.learning": (0.02, 0.2), "people.patience": (0.6, 1.0)}
    design = one_at_a_time({"a": Scenario()}, levels, 3, seed=1)
    here = {name: level(Scenario(), name) for name in levels}
    assert design.points[0].levels == here
    moved = [
        {n: x for n, x in point.levels.items() if x != here[n]}
        for point in design.points[1:]
    ]
    # Patience is 1 as declared: it has one end to go to.
    assert moved == [
        {"people.learning": 0.02},
        {"people.learning": 0.2},
        {"people.patience": 0.6},
    ]


def test_swings_are_ordered_by_how_far_they_move_the_headline():
    found = [
        row("", None, -1.0),
        row("people.learning", 0.02, -3.0),
        row("people.learning", 0.2, 0.5),
        row("people.patience", 0.6, -1.5),
    ]
    first, second = swings(found, "s")
    assert (first.parameter, first.size, first.flips) == ("people.learning", 3.5, True)
    assert (second.size, second.flips) == (0.5, False)
    assert [end.value for end in second.ends] == [0.6, None]
    assert second.range == (0.6, 1.0)


def test_an_effect_that_is_not_clear_flips_nothing():
    found = [row("", None, -1.0), row("people.learning", 0.02, 0.05)]
    assert not swings(found, "s")[0].flips


def test_the_file_is_read_as_it_was_written(tmp_path):
    unknown_end = End("s", "people.learning", 0.2, None, None, None)
    found = [row("", None, -1.0), row("people.learning", 0.02, 1 / 3), unknown_end]
    RANGES.write(tmp_path / RANGES.name, found)
    assert RANGES.read(tmp_path / RANGES.name) == found
    (tmp_path / RANGES.name).write_text("scheme,effect\n")
    with pytest.raises(ValueError, match=r"ranges\.csv"):
        RANGES.read(tmp_path / RANGES.name)


def test_an_end_that_is_not_known_neither_moves_nor_flips_the_headline():
    nothing = (None, None, None)
    found = [row("", None, -1.0), End("s", "people.learning", 0.02, *nothing)]
    [swing] = swings(found, "s")
    assert (swing.size, swing.flips) == (0.0, False)
    assert draw(found, "s", "before").axes
    [swing] = swings([End("s", "", None, *nothing), found[1]], "s")
    assert (swing.size, swing.flips) == (0.0, False)
    assert draw([End("s", "", None, *nothing), found[1]], "s", "before").axes


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("ranges") / "out"
    ranges.run(ask([*TINY, f"out={out}"]))
    return out


def test_the_study_runs_every_parameter_at_its_ends(folder, capsys):
    found = RANGES.read(folder / RANGES.name)
    assert {end.parameter for end in found} == {"", *(r.key for r in unknown())}
    assert (folder / "figures" / "ranges_review_linked.png").exists()
    ranges.run(ask([*TINY, f"out={folder}"]))
    said = capsys.readouterr().out
    assert "complete, nothing to do" in said
    assert "review_linked" in said
    assert "as declared" in said


def test_a_parameter_that_the_rule_of_choice_does_not_read_moves_nothing(folder):
    found = RANGES.read(folder / RANGES.name)
    by_name = {swing.parameter: swing for swing in swings(found, "review_linked")}
    assert by_name["people.loss_aversion"].size == 0.0
    assert by_name["people.choice_noise"].size > 0.0
