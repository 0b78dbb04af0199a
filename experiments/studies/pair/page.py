"""The page of ``study=pair``: what the second scheme does against the first."""

from collections.abc import Sequence
from pathlib import Path

from experiments.designs.pair import Pair
from experiments.figures import by_group
from experiments.figures import gains as figure
from experiments.figures.trajectories import events, trajectories
from experiments.report import gains, groups, roles
from experiments.report.cells import worse_off
from experiments.report.page import (
    Block,
    Cell,
    Grid,
    Page,
    Row,
    Section,
    Text,
    main_table,
)
from experiments.report.picture import picture
from experiments.report.sentences import harm_sentence, sentence
from experiments.statistics.accounts import Told
from experiments.statistics.effects import Effect, lookup
from experiments.statistics.groups import OfGroup
from experiments.statistics.harm import Harm
from experiments.statistics.roles import OfRole
from experiments.store.store import WEEKS, Store
from experiments.words.groups import EVERYBODY
from experiments.words.screen import rounded

TRAJECTORIES = "trajectories"
OTHER_PEOPLE = (
    "Both sides have groups, but of other people: effects by group need groups of the "
    "same names, roles and shares, in the same order, or groups on one side alone."
)


def about(pair: Pair) -> str:
    """Say what is compared, and in which organisation."""
    first, second = pair.labels
    people = pair.scenario(pair.first).organisation.employees
    return (
        f"{second} against {first}: {people:,} people, {pair.weeks} weeks, "
        f"{pair.replicates} replicates of each, seed {pair.seed}"
    )


def charts(of_groups: Sequence[OfGroup]) -> list[str]:
    """Name the charts of the page."""
    of_parts = [by_group.CHART.name] if of_groups else []
    return [TRAJECTORIES, *of_parts, figure.CHART.name]


def page(
    pair: Pair,
    rows: Sequence[Effect],
    ends: Sequence[Harm],
    told: Told,
    of_roles: Sequence[OfRole],
    of_groups: Sequence[OfGroup],
    store: Store,
    folder: Path,
) -> Page:
    """Draw the charts into the folder and make the page.

    ``told`` is who is worse off; ``of_roles`` are effects by role, none of one crowd;
    ``of_groups`` by group.
    """
    first, second = pair.labels
    said = sentence(second, lookup(rows))
    changes = tuple(events(store.design.schemes))
    weeks = store.read(WEEKS).to_pandas()
    chart = trajectories(weeks, [second], first, changes)
    return Page(
        title=f"{second} against {first}",
        question=(
            "For the same people with the same luck: what does the second scheme do "
            "to reported usage and to real output?"
        ),
        about=about(pair),
        answer=[said, *map(harm_sentence, ends)],
        pictures=[picture(chart, folder, TRAJECTORIES, "Week by week", said)],
        sections=[
            main_table(_effects(rows, first)),
            *roles.of_pair(of_roles, second),
            *_groups(pair, of_groups, folder),
            _people(told, pair.labels, folder),
        ],
    )


def _groups(pair: Pair, rows: Sequence[OfGroup], folder: Path) -> list[Section]:
    """Draw and show effects by group, or say why there are none."""
    sides = [pair.scenario(side) for side in (pair.second, pair.first)]
    with_groups = [scenario for scenario in sides if scenario.groups]
    if not with_groups:
        return []
    if not rows:
        return [Section("groups", "Group by group", [Text(OTHER_PEOPLE)], "Groups")]
    chart = by_group.CHART
    shown = picture(
        by_group.by_group(rows),
        folder,
        chart.name,
        chart.caption,
        by_group.alternative(rows),
    )
    return groups.effects(rows, with_groups[0], [shown])


def _effects(rows: Sequence[Effect], baseline: str) -> Grid:
    whole = [row for row in rows if row.period == "whole"]
    return Grid(
        "Effects over the whole run",
        f"Means of {baseline} and paired effects with their 95 % intervals; an empty "
        "cell is what cannot be known. effects.csv holds the other periods too.",
        ("outcome", "unit", baseline, "effect", "%"),
        [
            Row(
                row.outcome,
                [
                    Cell(row.unit),
                    Cell(rounded(row.baseline_mean, None, None, digits=2).value),
                    _cell(row.effect, row.low, row.high),
                    _cell(row.percent, row.percent_low, row.percent_high),
                ],
            )
            for row in whole
        ],
    )


def _cell(value: float | None, low: float | None, high: float | None) -> Cell:
    shown = rounded(value, low, high, sign=True)
    return Cell(shown.value, shown.ends)


def _people(told: Told, labels: tuple[str, str], folder: Path) -> Section:
    """Say who is worse off, and draw it by group of people."""
    first, second = labels
    worse = worse_off(told[second, EVERYBODY])
    text = (
        f"{worse.value} of people {worse.ends} are worse off by their own account than "
        f"the same person with the same luck under {first}. The account is "
        "welfare over the whole run, without what is only rank; the interval is that "
        "of 95 % over replicates."
    )
    chart = figure.CHART
    shown = picture(
        figure.gains(told, [second], first),
        folder,
        chart.name,
        chart.caption,
        figure.alternative(told, [second]),
    )
    blocks: list[Block] = [Text(text), gains.who([second], told, {"people": [shown]})]
    return Section("people", "How people fare", blocks, "People")
