"""The part of a page about roles: what a scheme does to whom, and by which ways."""

from collections.abc import Sequence

from experiments.figures.channels import CHANNELS
from experiments.report.charts import Pictures
from experiments.report.page import (
    Block,
    Cell,
    Grid,
    Row,
    Section,
    Text,
    paragraphs,
)
from experiments.statistics.paired import clear_sign
from experiments.statistics.roles import OfRole, Roles, indexed, role_names
from experiments.words.groups import role_title
from experiments.words.screen import Rounded, joined, rounded

ABOUT = (
    "A role is an occupation: what its tasks are like, and what its work is worth. "
    "Teams have one role, so that rework, norms and teaching mostly stay within one. "
    "Reviews, boards and cuts rank everybody together, whatever their role."
)
LEVELS = (
    "reported_tokens",
    "active_share",
    "genuine_share",
    "trivial_share",
    "padding_share",
    "output",
    "welfare",
)
"""Outcomes of a table of levels; roles.csv has the others."""


def effects(
    rows: Sequence[OfRole], order: Sequence[str], pictures: Pictures
) -> list[Section]:
    """Show effects on real output by scheme and role; nothing of one crowd."""
    if not rows:
        return []
    found, roles = indexed(rows), role_names(rows)
    others = [name for name in order if found[name, roles[0], "output"].baseline]
    output = Grid(
        "Real output by role",
        "Effects on real output over the whole run, in % of the baseline's mean of the "
        "role, with 95 % intervals (paired t over replicates). roles.csv has usage, "
        "activities, channels and welfare, too.",
        ("scheme", *map(role_title, roles)),
        [
            Row(name, [_cell(in_percent(found[name, r, "output"])) for r in roles])
            for name in others
        ],
    )
    ways = Grid(
        "The way that moves most",
        "Of the channels that sum to the effect above, the one that moves the output "
        "of the role most, in % of the baseline's mean of the role.",
        ("scheme", *map(role_title, roles)),
        [Row(name, [_strongest(found, name, r) for r in roles]) for name in others],
    )
    map_, *needles = pictures["roles"]
    said = paragraphs([apart(rows, order), _people(rows)])
    blocks: list[Block] = [*said, Text(ABOUT), map_, output, ways, *needles]
    return [Section("roles", "Who is hit", blocks, "Roles")]


def _people(rows: Sequence[OfRole]) -> str:
    """Say how many have each role."""
    people = {row.role: row.people for row in rows}
    told = [f"{role_title(role)} {n:,}" for role, n in people.items()]
    return f"The {sum(people.values()):,} people by role: {', '.join(told)}."


def apart(rows: Sequence[OfRole], order: Sequence[str]) -> str:
    """Say which schemes clearly help one role and harm another; empty if none does."""
    found, widest = indexed(rows), {}
    for scheme in order:
        clear = {
            role: row
            for role in role_names(rows)
            if clear_sign((row := found[scheme, role, "output"]).low, row.high)
        }
        if not clear:
            continue
        best, worst = (end(clear, key=lambda r: _size(clear[r])) for end in (max, min))
        if _size(clear[best]) > 0.0 > _size(clear[worst]):
            widest[scheme] = (best, clear[best]), (worst, clear[worst])
    if not widest:
        return ""
    first = max(widest, key=lambda s: _size(widest[s][0][1]) - _size(widest[s][1][1]))
    told = " and ".join(
        f"{in_percent(row).value} in the {role_title(role)} role"
        for role, row in widest[first]
    )
    others = [scheme for scheme in widest if scheme != first]
    text = f"No one answer for all: under {first} real output changes by {told}."
    if others:
        text += f" One role gains and another loses by {joined(others, 'and')}, too."
    return text


def _size(row: OfRole) -> float:
    return row.percent or 0.0


def of_pair(rows: Sequence[OfRole], second: str) -> list[Section]:
    """Show what the second scheme does to each role; nothing of one crowd."""
    if not rows:
        return []
    found = indexed(rows)
    moved = [
        name
        for name in CHANNELS
        if any(found[second, r, name].effect for r in role_names(rows))
    ]
    grid = Grid(
        "By role",
        "Effects over the whole run, in % of the mean of the role under the first "
        "scheme, with 95 % intervals (paired t over replicates). Those after welfare "
        "are the channels of real output, in % of it. roles.csv has more.",
        (
            *("role", "people", "reported usage", "real output", "welfare"),
            *(CHANNELS[name][0] for name in moved),
        ),
        [
            Row(
                role_title(r),
                [
                    Cell(f"{found[second, r, 'output'].people:,}"),
                    *(
                        _cell(in_percent(found[second, r, name]))
                        for name in ("reported_tokens", "output", "welfare")
                    ),
                    *(_cell(_of_output(found, second, r, name)) for name in moved),
                ],
            )
            for r in role_names(rows)
        ],
    )
    return [Section("roles", "Who is hit", [Text(ABOUT), grid], "Roles")]


def levels(rows: Sequence[OfRole], pictures: Pictures) -> list[Section]:
    """Show the outcomes of each role under one scheme; nothing of one crowd."""
    if not rows:
        return []
    grid = Grid(
        "Outcomes by role",
        "Means over the whole run and over replicates with 95 % intervals (Student's "
        "t); shares in %. roles.csv has the channels of output, too.",
        heads(),
        [
            Row(role_title(name), [Cell(people), *map(_cell, cells)])
            for name, people, cells in of_each_role(rows)
        ],
    )
    blocks: list[Block] = [grid, *pictures["roles"]]
    return [Section("roles", "Who does what", blocks, "Roles")]


def heads() -> tuple[str, ...]:
    """Name the columns of a table of levels by role."""
    return ("role", "people", *(name.replace("_", " ") for name in LEVELS))


def of_each_role(
    rows: Sequence[OfRole],
) -> list[tuple[str, str, list[Rounded]]]:
    """Write the levels of each role: its name, its people, its outcomes in order."""
    found = indexed(rows)
    [scheme] = {row.scheme for row in rows}
    people = {row.role: row.people for row in rows}
    return [
        (role, f"{n:,}", [_level(found[scheme, role, name]) for name in LEVELS])
        for role, n in people.items()
    ]


def in_percent(row: OfRole) -> Rounded:
    """Write an effect in % of the baseline, with its interval."""
    shown = rounded(row.percent, row.percent_low, row.percent_high, sign=True)
    return shown._replace(value=f"{shown.value} %") if shown.value else shown


def _of_output(found: Roles, scheme: str, role: str, channel: str) -> Rounded:
    """Write the effect of a channel in % of the baseline's output of the role."""
    row = found[scheme, role, channel]
    over = 100.0 / abs(found[scheme, role, "output"].baseline_mean or 1.0)
    ends = (row.effect, row.low, row.high)
    shown = rounded(*(None if x is None else over * x for x in ends), sign=True)
    return shown._replace(value=f"{shown.value} %") if shown.value else shown


def _strongest(found: Roles, scheme: str, role: str) -> Cell:
    """Name the channel that moves most, and write its effect."""

    def size(channel: str) -> float:
        return abs(found[scheme, role, channel].effect or 0.0)

    most = max(CHANNELS, key=size)
    if not size(most):
        return Cell("–")
    return Cell(_of_output(found, scheme, role, most).value, CHANNELS[most][0])


def _level(row: OfRole) -> Rounded:
    times = 100.0 if row.unit.startswith("share") else 1.0
    ends = (row.mean, row.mean_low, row.mean_high)
    return rounded(*(None if x is None else times * x for x in ends), digits=2)


def _cell(shown: Rounded) -> Cell:
    return Cell(shown.value or "–", shown.ends)
