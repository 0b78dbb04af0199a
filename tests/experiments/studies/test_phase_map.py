"""``study=phase_map``: from a command to a map of signs."""

import csv
import re
import shlex
from pathlib import Path

import numpy as np
import pytest
from matplotlib.collections import QuadMesh

from experiments.__main__ import main
from experiments.config.request import ask, schemes
from experiments.config.settings import PhaseMapSettings
from experiments.errors import UserError
from experiments.figures.sign_map import COLOURS
from experiments.store.store import RUNS
from experiments.studies import phase_map as study
from experiments.studies.phase_map.cells import MAP, MapCell, phase
from experiments.studies.phase_map.figure import grid, phase_map
from model.simulate import simulate

TINY = [
    "study=phase_map",
    "study.x_levels=[0, 0.5, 1]",
    "study.y=people.belief_mean",
    "study.y_levels={low: -0.2, high: 0.2}",
    "study.points=2",
    "study.replicates=3",
    "organisation.employees=20",
    "weeks=26",
    "seed=3",
]
DOCS = Path(__file__).parents[3] / "docs" / "goodhart_curve.md"


def asked(*arguments):
    """The grid of a command, without a run."""
    request = ask(["study=phase_map", *arguments])
    assert isinstance(request.settings, PhaseMapSettings)
    swept = request.settings.schemes or [request.scheme]
    return phase(request.settings, schemes(request), swept, request.seed)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("phase") / "out"
    study.run(ask([*TINY, f"out={out}"]))
    return out


def rows_of(folder):
    with (folder / MAP.name).open(newline="") as file:
        return list(csv.DictReader(file))


def cell(x, y, percent, sign):
    """A cell of a made-up map."""
    ends = percent - 1.0, percent, percent + 1.0
    low, value, high = ends
    return MapCell(
        "ours", "voluntary", "review.weight", "people.belief_mean", x, y, "output",
        "half-days", 10.0, value / 10, low / 10, high / 10, value, low, high, sign, 4,
    )  # fmt: skip


# Files


def test_every_cell_is_there_once(folder):
    cells = [(row["x_level"], row["y_level"]) for row in rows_of(folder)]
    assert sorted(cells) == sorted(
        (x, y) for x in ("0.0", "0.5", "1.0") for y in ("-0.2", "0.2")
    )
    assert {row["x"] for row in rows_of(folder)} == {"review.weight"}


def test_a_lever_at_rest_changes_nothing_in_any_world(folder):
    rest = [row for row in rows_of(folder) if row["x_level"] == "0.0"]
    assert [row["effect"] for row in rest] == ["0.0", "0.0"]
    assert {row["sign"] for row in rest} == {"0"}


def test_a_cell_is_the_mean_paired_difference_in_its_own_world(folder):
    [row] = [
        r for r in rows_of(folder) if (r["x_level"], r["y_level"]) == ("1.0", "-0.2")
    ]
    base = ask(TINY).scenario
    base = base.varied(people=base.people.model_copy(update={"belief_mean": -0.2}))
    with_it = base.varied(review=base.review.model_copy(update={"weight": 1.0}))
    pairs = [
        [simulate(s, 3, k).weeks["output"].mean() for s in (with_it, base)]
        for k in range(3)
    ]
    difference = np.subtract(*np.transpose(pairs))
    assert float(row["effect"]) == pytest.approx(difference.mean(), rel=1e-9)
    assert row["replicates"] == "3"


def test_the_same_command_does_nothing_more(folder, capsys):
    before = (folder / RUNS).read_bytes()
    study.run(ask([*TINY, f"out={folder}"]))
    assert "complete, nothing to do" in capsys.readouterr().out
    assert (folder / RUNS).read_bytes() == before


def test_the_page_counts_the_cells_by_sign(folder):
    page = (folder / "report.html").read_text()
    signs = [row["sign"] for row in rows_of(folder)]
    assert f"real output is clearly higher at {signs.count('1')}, clearly" in page
    for form in ("png", "svg"):
        assert (folder / "figures" / f"phase_map_voluntary.{form}").exists()


# The chart


def test_a_map_has_y_upwards_and_x_to_the_right():
    cells = [cell(x, y, 10 * y + x, 1) for y in (0.0, 1.0) for x in (0.0, 1.0, 2.0)]
    x, y, percent, _ = grid(cells[::-1])
    assert x.tolist() == [0.0, 1.0, 2.0]
    assert y.tolist() == [0.0, 1.0]
    assert percent.tolist() == [[0.0, 1.0, 2.0], [10.0, 11.0, 12.0]]


def test_a_map_with_a_hole_is_refused():
    with pytest.raises(ValueError, match="3 cells do not fill"):
        grid([cell(0, 0, 1, 1), cell(1, 0, 1, 1), cell(1, 1, 1, 1)])


def test_the_colours_are_centred_on_0():
    cells = [cell(x, y, -1 + 5 * x, 1) for x in (0.0, 1.0) for y in (0.0, 1.0)]
    axes = phase_map(cells).axes[0]
    [mesh] = [c for c in axes.collections if isinstance(c, QuadMesh)]
    assert mesh.norm(0.0) == 0.5
    # The middle of an even number of colours is not quite white.
    assert min(COLOURS(mesh.norm(0.0))) > 0.99
    assert (mesh.norm.vmin, mesh.norm.vmax) == (-4.0, 4.0)


def test_cells_that_are_not_clear_are_hatched_and_no_others():
    cells = [cell(0, 0, 3, 1), cell(1, 0, 0.5, 0), cell(0, 1, -3, -1), cell(1, 1, 2, 1)]
    axes = phase_map(cells).axes[0]
    [patch] = [p for p in axes.patches if p.get_hatch()]
    assert patch.get_xy() == (0.5, -0.5)


# Errors


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["study.y=review.weight"], "study.x and study.y are both review.weight"),
        (["study.x=revew.weight"], "study.x: .*did you mean review.weight"),
        (["study.x=weeks"], "study.x: weeks cannot be a factor"),
        (["study.y=people.rule"], "study.y: people.rule is a choice"),
        (["study.x=quota.amount"], "quota.amount does nothing in voluntary"),
        (["study.x_levels=[0, 2]"], r"study.x_levels: review.weight is 2; .*\[0, 1\]"),
        (["study.x_levels=[0]"], "has 1 level; at least 2"),
        (
            ["study.y_levels=[0, 0]"],
            "study.y_levels: .* has the level 0 twice",
        ),
        (["study.x_levels={low: 1, high: 0}"], "low must be below high"),
        (["study.x_levels={hi: 1}"], "has hi.*A uniform range has low, high, levels"),
        (["study.x_levels=3"], "review.weight is 3; give it levels"),
        (
            ["study.x=people.learning", "study.y=people.belief_mean"],
            "nothing is held against voluntary",
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_what_makes_no_map_is_refused_before_anything_runs(arguments, message):
    with pytest.raises(UserError, match=f"(?s){message}") as error:
        asked(*arguments)
    assert len(str(error.value).splitlines()) <= 3


def test_a_lever_twice_ends_with_exit_code_2(tmp_path, capsys):
    out = tmp_path / "out"
    with pytest.raises(SystemExit) as end:
        main(["study=phase_map", "study.y=review.weight", f"out={out}"])
    assert end.value.code == 2
    assert "a map needs two factors" in capsys.readouterr().err
    assert not out.exists()


def test_two_uncertainties_make_a_map_of_a_scheme():
    found = asked(
        "study.x=people.learning", "study.y=people.belief_mean", "scheme=review_linked"
    )
    assert found.swept == ("review_linked",)
    assert len(found.points("review_linked")) == 121


def test_the_commands_of_the_page_are_valid():
    commands = re.findall(r"^\$ tokenmaxxing (.+)$", DOCS.read_text(), re.MULTILINE)
    own = [shlex.split(c) for c in commands if "study=phase_map" in c]
    assert own
    for arguments in own:
        asked(*arguments[1:])
