"""What is told of groups: effects on each, and what of them spills over."""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text as Shown

from experiments.report.page import Block, Cell, Facts, Grid, Row, Section, Text
from experiments.report.picture import Picture
from experiments.statistics.groups import OfGroup, group_names, indexed
from experiments.statistics.paired import clear_sign
from experiments.words.groups import role_title
from experiments.words.schemes import of_groups
from experiments.words.screen import Rounded, headed, rounded, say, show
from model.scenario import Scenario

HEADS = (
    *("group", "people", "reported usage", "real output", "if all were", "spill-over"),
    "welfare",
)
"""Columns of the table of effects."""
LEVELS = (
    *("reported_tokens", "active_share", "genuine_share", "trivial_share"),
    *("padding_share", "output", "welfare"),
)
"""Outcomes of a table of levels; groups.csv has the others."""
ABOUT = (
    "Groups are people of one organisation under schemes of their own. Boards, "
    "targets and audits are those of a group. Norms, tricks and good practice cross "
    "the border, to peers in other teams and by the forum; mates of a team are in one "
    "group."
)
CAPTION = (
    "Effects on the people of each group over the whole run, in % of their mean under "
    "the baseline, with 95 % intervals (paired t over replicates). If all were: the "
    "effect on the output of the same people in an organisation where all are under "
    "the schemes of the group. Spill-over: the effect on output in the mixed "
    "organisation less that one."
)


def wholes(rows: Sequence[OfGroup]) -> set[str]:
    """Name the rows that are there for the sake of the groups alone.

    In them all people are under the schemes of one part, which nobody thinks of.
    """
    return {
        row.for_all
        for row in rows
        if row.for_all and row.for_all not in (row.scheme, row.baseline)
    }


def effects(
    rows: Sequence[OfGroup], scenario: Scenario, pictures: Sequence[Picture]
) -> list[Section]:
    """Show effects and spill-over by group; nothing without groups.

    ``scenario`` is that of the organisation with groups, ``pictures`` are of its
    groups.
    """
    if not rows:
        return []
    grid = Grid(
        "Effects by group",
        CAPTION,
        HEADS,
        [
            Row(name, [Cell(people), *map(_cell, cells)])
            for name, people, cells in of_each_group(rows)
        ],
    )
    who = Facts.of(of_groups(scenario))
    said = [Text(" ".join(told(rows))), Text(ABOUT)]
    blocks: list[Block] = [*said, who, *pictures, grid]
    return [Section("groups", "Group by group", blocks, "Groups")]


def say_effects(screen: Console, rows: Sequence[OfGroup]) -> None:
    """Print effects and spill-over by group."""
    screen.print()
    say(screen, "Effects by group, and what of them spills over", style="bold")
    table = headed(HEADS)
    for name, people, cells in of_each_group(rows):
        table.add_row(*map(Shown, (name, people, *(cell.beside for cell in cells))))
    show(screen, table)
    say(screen, CAPTION)
    for text in told(rows):
        say(screen, text)


def levels(rows: Sequence[OfGroup], scenario: Scenario) -> list[Section]:
    """Show the outcomes of each group of one organisation; nothing without groups."""
    if not rows:
        return []
    grid = Grid(
        "Outcomes by group",
        "Means over the whole run and over replicates with 95 % intervals (Student's "
        "t); shares in %. groups.csv has the channels of output, too.",
        level_heads(),
        [
            Row(name, [Cell(people), *map(_cell, cells)])
            for name, people, cells in levels_of_groups(rows)
        ],
    )
    blocks: list[Block] = [Text(ABOUT), Facts.of(of_groups(scenario)), grid]
    return [Section("groups", "Group by group", blocks, "Groups")]


def level_heads() -> tuple[str, ...]:
    """Name the columns of a table of levels."""
    return ("group", "people", *(name.replace("_", " ") for name in LEVELS))


def levels_of_groups(
    rows: Sequence[OfGroup],
) -> list[tuple[str, str, list[Rounded]]]:
    """Write the levels of each group: its name, its people, its outcomes."""
    found = indexed(rows)
    return [
        (
            role_title(name),
            f"{found[name, 'output'].people:,.0f}",
            [_level(found[name, outcome]) for outcome in LEVELS],
        )
        for name in group_names(rows)
    ]


def of_each_group(
    rows: Sequence[OfGroup],
) -> list[tuple[str, str, list[Rounded]]]:
    """Write the effects of each group: its name, its people, the cells of its row."""
    found = indexed(rows)
    table = []
    for name in group_names(rows):
        usage, output, welfare = (
            found[name, outcome] for outcome in ("reported_tokens", "output", "welfare")
        )
        cells = [
            _percent(usage.percent, usage.percent_low, usage.percent_high),
            _percent(output.percent, output.percent_low, output.percent_high),
            _percent(output.for_all_percent, output.for_all_low, output.for_all_high),
            _percent(output.spill_over, output.spill_low, output.spill_high),
            _percent(welfare.percent, welfare.percent_low, welfare.percent_high),
        ]
        table.append((role_title(name), f"{output.people:,.0f}", cells))
    return table


def told(rows: Sequence[OfGroup]) -> list[str]:
    """Say for each group what spills over of the effect on its real output."""
    found = indexed(rows)
    return [_sentence(found[name, "output"]) for name in group_names(rows)]


def _sentence(row: OfGroup) -> str:
    title = role_title(row.group)
    whose = title if title == "everybody else" else f"the group {title}"
    here = _moves(row.percent, row.percent_low, row.percent_high, "does", "changes")
    text = f"Real output of {whose} {here}"
    if row.for_all == row.scheme:
        return f"{text} where all people are under one scheme."
    if row.for_all == row.baseline:
        return (
            f"{text}: their own scheme is the baseline's, so that any change is "
            "spill-over."
        )
    alone = (row.for_all_percent, row.for_all_low, row.for_all_high)
    there = _moves(*alone, "would", "would change")
    text += f"; if all people were under its scheme, theirs {there}"
    if row.spill_over == 0.0:
        return f"{text}. Nothing spills over."
    spill = _percent(row.spill_over, row.spill_low, row.spill_high)
    if spill.low and not clear_sign(row.spill_low, row.spill_high):
        return (
            f"{text}. The difference ({spill.low} % to {spill.high} %) is not told "
            "from luck."
        )
    size = spill.value or "an unknown part"
    return f"{text}. The difference, {size}, comes of the border between groups."


def _moves(
    value: float | None, low: float | None, high: float | None, does: str, changes: str
) -> str:
    """Say how far output moves, or between which ends it may not move at all."""
    if value == 0.0:
        return f"{does} not change"
    shown = _percent(value, low, high)
    if shown.low and not clear_sign(low, high):
        return f"{does} not clearly change ({shown.low} % to {shown.high} %)"
    return f"{changes} by {shown.value or 'an unknown part'}"


def _percent(value: float | None, low: float | None, high: float | None) -> Rounded:
    shown = rounded(value, low, high, sign=True)
    return shown._replace(value=f"{shown.value} %") if shown.value else shown


def _level(row: OfGroup) -> Rounded:
    times = 100.0 if row.unit.startswith("share") else 1.0
    ends = (row.mean, row.mean_low, row.mean_high)
    return rounded(*(None if x is None else times * x for x in ends), digits=2)


def _cell(shown: Rounded) -> Cell:
    return Cell(shown.value or "–", shown.ends)
