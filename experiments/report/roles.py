"""The part of a page about roles: what a scheme does to whom."""

from collections.abc import Sequence

from experiments.report.charts import Pictures
from experiments.report.page import Block, Cell, Grid, Row, Section, Text
from experiments.statistics.roles import OfRole, indexed, role_names
from experiments.words.groups import role_title
from experiments.words.screen import Rounded, rounded
from model.by_role import OF_ROLES

ABOUT = (
    "A role is an occupation: what its tasks are like, and what its work is worth. "
    "Teams have one role, so that rework, norms and teaching mostly stay within one. "
    "Reviews, boards and cuts rank everybody together, whatever their role."
)


def effects(
    rows: Sequence[OfRole], order: Sequence[str], pictures: Pictures
) -> list[Section]:
    """Show effects on real output by scheme and role; nothing of one crowd."""
    if not rows:
        return []
    found = indexed(rows)
    roles = role_names(rows)
    others = [name for name in order if found[name, roles[0], "output"].baseline]
    grid = Grid(
        "Real output by role",
        "Effects on real output over the whole run, in % of the baseline's mean of the "
        "role, with 95 % intervals (paired t over replicates). roles.csv has usage and "
        "activities, too.",
        ("scheme", *map(role_title, roles)),
        [
            Row(name, [_cell(in_percent(found[name, r, "output"])) for r in roles])
            for name in others
        ],
    )
    blocks: list[Block] = [Text(ABOUT), *pictures["roles"], grid]
    return [Section("roles", "Who is hit", blocks, "Roles")]


def levels(rows: Sequence[OfRole]) -> list[Section]:
    """Show the outcomes of each role under one scheme; nothing of one crowd."""
    if not rows:
        return []
    grid = Grid(
        "Outcomes by role",
        "Means over the whole run and over replicates with 95 % intervals (Student's "
        "t); shares of half-days in %.",
        heads(),
        [
            Row(role_title(name), [Cell(people), *map(_cell, cells)])
            for name, people, cells in of_each_role(rows)
        ],
    )
    return [Section("roles", "Who does what", [grid], "Roles")]


def heads() -> tuple[str, ...]:
    """Name the columns of a table of levels by role."""
    shown = (outcome.name.replace("_", " ") for outcome in OF_ROLES)
    return ("role", "people", *shown)


def of_each_role(
    rows: Sequence[OfRole],
) -> list[tuple[str, str, list[Rounded]]]:
    """Write the levels of each role: its name, its people, its outcomes in order."""
    found = indexed(rows)
    [scheme] = {row.scheme for row in rows}
    people = {row.role: row.people for row in rows}
    return [
        (role, f"{n:,}", [_level(found[scheme, role, x.name]) for x in OF_ROLES])
        for role, n in people.items()
    ]


def in_percent(row: OfRole) -> Rounded:
    """Write an effect in % of the baseline, with its interval."""
    shown = rounded(row.percent, row.percent_low, row.percent_high, sign=True)
    return shown._replace(value=f"{shown.value} %") if shown.value else shown


def _level(row: OfRole) -> Rounded:
    times = 100.0 if row.unit.startswith("share") else 1.0
    ends = (row.mean, row.mean_low, row.mean_high)
    return rounded(*(None if x is None else times * x for x in ends), digits=2)


def _cell(shown: Rounded) -> Cell:
    return Cell(shown.value or "–", shown.ends)
