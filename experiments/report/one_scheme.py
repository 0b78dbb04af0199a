"""The page of one scheme without a baseline: what people do under it."""

from collections.abc import Sequence

from experiments.config.request import Request
from experiments.figures.comparison import StudyData
from experiments.report import answers, groups, precision, roles, sections
from experiments.report.cells import level
from experiments.report.charts import Pictures
from experiments.report.page import Cell, Grid, Page, Program, Row, Section, Text
from experiments.report.reproduce import python
from experiments.statistics.groups import OfGroup
from experiments.statistics.harm import Harm
from experiments.statistics.roles import OfRole
from experiments.store.dataset import EARLY_WEEKS, SUFFIX, last_weeks
from experiments.words.screen import count
from model.outcomes import OUTCOMES
from model.progress import WEEKS_A_YEAR

SHOWN = (
    "reported_tokens",
    "padded_token_share",
    "active_share",
    "gesture_share",
    "hollow_active_share",
    "trivial_active_share",
    "genuine_share",
    "misuse_share",
    "trivial_share",
    "padding_share",
    "effort",
    "dressing",
    "output",
    "output_manual",
    "output_gain",
    "output_misuse",
    "output_trivial",
    "output_padding",
    "output_dressing",
    "output_rework",
    "output_strain",
    "backlog",
    "saved",
    "reported_saved",
    "defects",
    "score_validity",
)
"""Outcomes of the table."""
MONEY = (
    ("net_value", "value of output less tokens and running cost"),
    ("running_cost", "hours that the scheme takes"),
    ("spend", "tokens"),
    ("false_demand", "tokens of padding"),
)


def page(
    data: StudyData,
    pictures: Pictures,
    request: Request,
    ends: Sequence[Harm],
    of_roles: Sequence[OfRole],
    of_groups: Sequence[OfGroup],
) -> Page:
    """Make the page; ``ends`` says until when less is done than by hand, if it ends.

    ``of_roles`` are outcomes by role, none of one crowd; ``of_groups`` those by group.
    """
    [scheme] = data.schemes
    design = data.design
    return Page(
        title=f"The scheme {scheme}, {count(design.weeks, 'week')}",
        question=(
            f"What do people do under {scheme}, what does the dashboard report, and "
            "how much real work is done?"
        ),
        about=sections.about(design),
        answer=answers.of_run(data.panel, scheme, ends),
        pictures=pictures["answer"],
        sections=[
            _outcomes(data, scheme),
            *roles.levels(of_roles, pictures),
            *groups.levels(of_groups, data.schemes[scheme]),
            _money(data, scheme),
            sections.ways(pictures),
            sections.precision(
                precision.of_run(data.panel, scheme, data.aim), pictures
            ),
            sections.games(data.schemes, None),
            sections.limits(),
        ],
        program=Program(
            "Only the mean output of the whole run, in half-days per employee-week, "
            "in Python:",
            python(request, design.points[0].replicates),
        ),
    )


def _outcomes(data: StudyData, scheme: str) -> Section:
    """Give the main outcomes early, late and over the whole run."""
    title, weeks = "The outcomes", data.design.weeks
    rows = [
        Row(
            outcome.name,
            [
                Cell(outcome.unit),
                *(level(data.panel, scheme, outcome.name, p) for p in SUFFIX),
            ],
        )
        for outcome in OUTCOMES
        if outcome.name in SHOWN
    ]
    grid = Grid(
        title,
        "Means over replicates with 95 % intervals (Student's t). Early: the first "
        f"{count(min(EARLY_WEEKS, weeks), 'week')}; last: the last "
        f"{count(last_weeks(weeks), 'week')}; whole: all.",
        ("outcome", "unit", "early", "last", "whole"),
        rows,
    )
    return Section("table", title, [grid], "Numbers")


def _money(data: StudyData, scheme: str) -> Section:
    """Give output and tokens in $ a year."""
    text = (
        "Levels, not effects: whether the scheme pays is the difference from a "
        "baseline, which study=compare finds."
    )
    rows = [
        Row(what, [level(data.panel, scheme, name, "whole", WEEKS_A_YEAR)])
        for name, what in MONEY
    ]
    grid = Grid(
        "Money",
        "$ per employee and year (52 weeks), over the whole run.",
        ("part", "value"),
        rows,
    )
    return Section("money", "Money", [Text(text), grid])
