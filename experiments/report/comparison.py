"""The page of a comparison: what each scheme does to reported usage and real output."""

from collections.abc import Mapping

from experiments.config.request import Request
from experiments.figures.comparison import StudyData
from experiments.report import answers, flips, precision, sections
from experiments.report.cells import row_of, yearly
from experiments.report.charts import Pictures
from experiments.report.page import (
    Cell,
    Entry,
    Facts,
    Grid,
    Page,
    Program,
    Row,
    Section,
    Subsection,
    Text,
    paragraphs,
)
from experiments.report.reproduce import python
from experiments.report.sentences import (
    Naive,
    counts_use,
    hollow_sentence,
    naive,
    naive_sentence,
    sentence,
)
from experiments.statistics import signs
from experiments.statistics.effects import RULES, WORLDS, Panel
from experiments.words.screen import count

NaiveViews = Mapping[str, Naive]
"""What each scheme's dashboard shows alone."""


def page(
    data: StudyData, pictures: Pictures, request: Request, before: float | None
) -> Page:
    """Make the page.

    ``before`` is the usage that a look at the dashboard compares with [M tokens per
    employee-week].
    """
    baseline, others = data.compared_with, data.others
    views = {
        name: naive(data.panel, name, before, data.schemes[name]) for name in data.order
    }
    return Page(
        title="What happens to real work when AI use is measured and rewarded?",
        question=(
            f"{count(len(others), 'scheme')} against {baseline}: what does "
            "each do to the usage that a dashboard reports, and to the real work "
            "behind it?"
        ),
        about=sections.about(data.design),
        answer=answers.of_comparison(data.effects, others, baseline),
        pictures=pictures["answer"],
        sections=[
            _schemes(data, views),
            _sign(data, pictures),
            _money(data, views),
            sections.ways(pictures),
            sections.precision(
                precision.of_comparison(
                    data.panel, data.effects, others, baseline, data.aim
                ),
                pictures,
            ),
            sections.games(data.schemes, baseline),
            sections.limits(),
        ],
        program=Program(
            "Only the effects on whole-run output, in half-days per employee-week "
            "(the column effect of effects.csv, outcome output, period whole), in "
            "Python:",
            python(request, data.design.points[0].replicates),
        ),
    )


def _schemes(data: StudyData, views: NaiveViews) -> Section:
    """Describe every scheme in numbers and in words."""
    title, baseline = "The schemes", data.compared_with
    grid = Grid(
        title,
        _caption(data.panel, baseline),
        (
            "scheme",
            "reported usage",
            "real output",
            "net value, $ a year",
            "same sign",
            "worlds",
            "rules",
            "padded tokens",
            "validity",
        ),
        [row_of(data.panel, data.effects, baseline, name) for name in data.order],
    )
    said = [
        Entry(
            name,
            [
                Text(
                    "The baseline."
                    if name == baseline
                    else sentence(name, data.effects)
                ),
                *(
                    [Text(hollow_sentence(data.panel, name))]
                    if counts_use(data.schemes[name])
                    else []
                ),
                Text(naive_sentence(views[name]), is_faint=True),
            ],
        )
        for name in data.order
    ]
    return Section(
        "table",
        title,
        [grid, Subsection("schemes", "Scheme by scheme", [Facts(said)])],
        "Numbers",
    )


def _caption(panel: Panel, baseline: str) -> str:
    """Say what the columns of the table of the schemes mean."""
    text = (
        f"Effects over the whole run against {baseline}, in % of its mean, with 95 % "
        "intervals (paired t over replicates). Smallest detectable effect: what a "
        "study of this size finds in four of five cases. Same sign: share of "
        "replicates in which the effect on output has its sign. "
    )
    if panel.worlds[1:]:
        text += f"Worlds: in how many of {WORLDS} it does. "
    else:
        text += "Worlds: not run (study.world_replicates=0). "
    if panel.rules[1:]:
        text += f"Rules: under how many of {RULES} rules of choice it does. "
    else:
        text += "Rules: not run (study.rule_replicates=0). "
    return (
        f"{text}Padded tokens: share of all. Validity: rank correlation of the "
        "headline score with output. Schemes by their effect on output, which holds "
        "for the world as given."
    )


def _sign(data: StudyData, pictures: Pictures) -> Section:
    """Show in which worlds and under which rules an effect has which sign."""
    others = data.others
    flipped = signs.flips(data.runs, data.compared_with)
    reasons = [
        (
            name,
            flips.sentence(
                name, flipped, data.effects[name, "output", "whole"].worlds_agree
            ),
        )
        for name in others
        if flipped
    ]
    return Section(
        "sign",
        "What decides the sign",
        [
            *paragraphs(answers.of_signs(data.effects, others, flipped)),
            *pictures["worlds"],
            *paragraphs(answers.of_rules(data.effects, others)),
            *pictures["rules"],
            *([Facts.of(reasons)] if reasons else []),
        ],
    )


def _money(data: StudyData, views: NaiveViews) -> Section:
    """Say what each scheme is worth, and what its dashboard would have bought."""
    baseline = data.compared_with
    value = next(iter(data.schemes.values())).organisation.half_day_value
    text = (
        f"Net value is real output at ${value:,.0f} a half-day less tokens at their "
        "price, per employee and year (52 weeks). Penalties, prizes and the cost of "
        "running a scheme are not in it."
    )
    rows = []
    for name in data.order:
        is_baseline = name == baseline
        net = Cell("baseline")
        if not is_baseline:
            net = yearly(data.effects[name, "net_value", "whole"])
        budget = (views[name].budget, views[name].false_demand)
        cells = [net, *(Cell(f"{dollars:,.0f}") for dollars in budget)]
        rows.append(Row(name, cells, is_baseline))
    grid = Grid(
        "Money",
        f"Net value against {baseline} with its 95 % interval (paired t over "
        "replicates), and next year's token budget as planned from the dashboard, with "
        "padding's part of it. $ per employee and year.",
        ("scheme", "net value", "token budget", "of it for padding"),
        rows,
    )
    return Section("money", "Money", [Text(text), grid])
