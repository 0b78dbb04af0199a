"""The page of ``study=phase_map``: where a scheme helps, and where it harms."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from experiments.config.settings import PhaseMapSettings
from experiments.designs.factors import Factor
from experiments.designs.sweep import Sweep
from experiments.report.page import (
    Cell,
    Grid,
    Page,
    Row,
    Section,
    Subsection,
    main_table,
)
from experiments.report.picture import picture
from experiments.studies.phase_map.cells import MapCell, versus
from experiments.studies.phase_map.figure import grid, phase_map
from experiments.words.screen import rounded


def sentences(cells: Sequence[MapCell]) -> list[str]:
    """Describe the map of one scheme."""
    first = cells[0]
    known = [cell for cell in cells if cell.percent is not None]
    if not known:
        return [f"The effect of {first.scheme} on real output is known nowhere."]
    more, less = (sum(cell.sign == sign for cell in cells) for sign in (1, -1))
    said = [
        f"{versus(first)}, at {len(cells)} settings of "
        f"{first.x} and {first.y}: real output is clearly higher at {more}, clearly "
        f"lower at {less}, and not clearly different at {len(cells) - more - less}."
    ]
    best = max(known, key=lambda cell: cell.percent or 0.0)
    worst = min(known, key=lambda cell: cell.percent or 0.0)
    said.append(
        f"It is highest, {_value(best)}, at {_place(best)}, and lowest, "
        f"{_value(worst)}, at {_place(worst)}; of many settings, either is so in part "
        "by luck."
    )
    return [*said, *_crossings(cells)]


def _crossings(cells: Sequence[MapCell]) -> list[str]:
    """Say where the mean effect changes its sign along x, at both ends of y."""
    x, y, percent, _ = grid(cells)
    first = cells[0]
    said = []
    for row in (0, len(y) - 1):
        crossings = [
            float(x[k] + (x[k + 1] - x[k]) * low / (low - high))
            for k, (low, high) in enumerate(
                zip(percent[row, :-1], percent[row, 1:], strict=True)
            )
            if low * high < 0.0
        ]
        where = f"With {first.y} at {y[row]:.3g}"
        if crossings:
            places = " and ".join(f"{place:.2g}" for place in crossings)
            said.append(f"{where}, the effect changes its sign at {first.x} {places}.")
        else:
            said.append(f"{where}, the effect does not change its sign over {first.x}.")
    return said


def _value(cell: MapCell) -> str:
    shown = rounded(cell.percent, cell.percent_low, cell.percent_high, sign=True)
    return f"{shown.value} % {shown.ends}".strip().replace("-", "−")


def _place(cell: MapCell) -> str:
    return f"{cell.x} {cell.x_level:.3g} and {cell.y} {cell.y_level:.3g}"


def about(sweep: Sweep, settings: PhaseMapSettings) -> str:
    """Say how large the study is."""
    design = sweep.design
    across, up = (len(factor.on_grid()) for factor in _sides(sweep, settings))
    return (
        f"{across} x {up} settings of {settings.x} and {settings.y}, "
        f"{design.points[0].replicates} replicates, {design.employees:,} people, "
        f"{design.weeks} weeks after a warm-up, seed {design.seed}."
    )


def _sides(sweep: Sweep, settings: PhaseMapSettings) -> list[Factor]:
    by_key = {factor.key: factor for factor in sweep.factors}
    return [by_key[settings.x], by_key[settings.y]]


def charts(sweep: Sweep) -> list[str]:
    """Name the charts of the page."""
    return [f"phase_map_{scheme}" for scheme in sweep.swept]


def page(
    cells: Sequence[MapCell], sweep: Sweep, settings: PhaseMapSettings, folder: Path
) -> Page:
    """Draw the charts into the folder and make the page."""
    by_scheme = {
        scheme: [cell for cell in cells if cell.scheme == scheme]
        for scheme in sweep.swept
    }
    pictures = []
    for name, own in zip(charts(sweep), by_scheme.values(), strict=True):
        caption = f"{own[0].scheme}: effect on real output"
        chart = phase_map(own)
        pictures.append(picture(chart, folder, name, caption, sentences(own)[0]))
    return Page(
        title="Where does it help, and where does it harm?",
        question=(
            f"Over {settings.x} and {settings.y}, what is the effect of "
            f"{', '.join(sweep.swept)} on real output, held against "
            f"{sweep.baseline}?"
        ),
        about=about(sweep, settings),
        answer=[text for own in by_scheme.values() for text in sentences(own)],
        pictures=pictures,
        sections=[
            main_table(_overview(by_scheme.values())),
            *(
                Section(
                    f"map-{number}",
                    scheme,
                    [
                        Subsection(
                            f"cells-{number}", "Every cell of the map", [_grid(own)]
                        )
                    ],
                )
                for number, (scheme, own) in enumerate(by_scheme.items())
            ),
        ],
    )


def _overview(maps: Iterable[Sequence[MapCell]]) -> Grid:
    rows = []
    for own in maps:
        signs = [cell.sign for cell in own]
        counts = [signs.count(sign) for sign in (1, 0, -1)]
        rows.append(Row(own[0].scheme, [Cell(str(count)) for count in counts]))
    return Grid(
        "Cells by sign",
        "A cell is clear if its 95 % interval leaves out 0.",
        ("scheme", "clearly more output", "not clear", "clearly less output"),
        rows,
    )


def _grid(cells: Sequence[MapCell]) -> Grid:
    """Make the table of effects with intervals, the highest level of y first."""
    first = cells[0]
    across = sorted({cell.x_level for cell in cells})
    up = sorted({cell.y_level for cell in cells}, reverse=True)
    by_place = {(cell.x_level, cell.y_level): cell for cell in cells}
    return Grid(
        first.scheme,
        f"Effect on real output over the whole run, in % of {first.baseline}'s in the "
        f"same world, with 95 % intervals: {first.y} downwards, {first.x} across.",
        (first.y, *(f"{level:.3g}" for level in across)),
        [
            Row(f"{level:.3g}", [_effect(by_place[other, level]) for other in across])
            for level in up
        ],
    )


def _effect(cell: MapCell) -> Cell:
    shown = rounded(cell.percent, cell.percent_low, cell.percent_high, sign=True)
    return Cell(shown.value or "–", shown.ends)
