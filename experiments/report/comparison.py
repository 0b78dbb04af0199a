"""The page of a comparison: what each scheme does to reported usage and real output."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from experiments.config.request import Request
from experiments.figures.comparison import StudyData
from experiments.report import (
    answers,
    gains,
    groups,
    precision,
    roles,
    sections,
    worlds,
)
from experiments.report.cells import relative, row_of, worse_off, yearly
from experiments.report.charts import Pictures
from experiments.report.page import (
    Block,
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
)
from experiments.report.reproduce import python
from experiments.report.sentences import (
    Naive,
    harm_sentence,
    naive,
    naive_sentence,
    sentence,
    told_of,
)
from experiments.statistics.accounts import by_group
from experiments.statistics.effects import Effects
from experiments.statistics.harm import Harm
from experiments.statistics.worlds import InWorlds, overall
from experiments.words.groups import EVERYBODY
from experiments.words.screen import count, percent

NaiveViews = Mapping[str, Naive]
"""What each scheme's dashboard shows alone."""


class Beside(NamedTuple):
    """What a comparison says beside the effects against the baseline.

    Attributes
    ----------
    parents : Effects
        Effects of schemes that change another one, against that one.
    ends : sequence of Harm
        Harms that end within the run.
    in_worlds : sequence of InWorlds
        Classes of effects over plausible worlds; none if no worlds were run.
    is_of_this_model : bool
        Whether the worlds were found with the model as it is.
    """

    parents: Effects
    ends: Sequence[Harm]
    in_worlds: Sequence[InWorlds]
    is_of_this_model: bool


def page(
    data: StudyData,
    pictures: Pictures,
    request: Request,
    before: float | None,
    beside: Beside,
) -> Page:
    """Make the page.

    ``before`` is the usage that a look at the dashboard compares with [M tokens per
    employee-week].
    """
    baseline = data.compared_with
    others = [name for name in data.others if name not in groups.wholes(data.groups)]
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
        answer=[
            *answers.of_comparison(
                data.effects,
                others,
                baseline,
                beside.ends,
                worlds.answer(
                    [row for row in beside.in_worlds if row.scheme in others],
                    beside.is_of_this_model,
                ),
                request.scheme,
            ),
            *_who(data, others),
        ],
        pictures=pictures["answer"],
        sections=[
            _schemes(data, views, beside),
            _worlds(data, pictures, beside),
            *roles.effects(data.roles, data.order, pictures),
            *groups.effects(
                data.groups, data.schemes[request.scheme], pictures["groups"]
            ),
            *_parents(beside.parents),
            _money(data, views),
            _people(data, pictures),
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


def _who(data: StudyData, others: Sequence[str]) -> list[str]:
    """Say how many people are worse off, and whom schemes help and whom they harm."""
    told = by_group(data.fates)
    said = [
        gains.span(others, told, data.compared_with),
        gains.most_uneven(others, told),
        roles.apart(data.roles, others),
    ]
    return [text for text in said if text]


def _schemes(data: StudyData, views: NaiveViews, beside: Beside) -> Section:
    """Describe every scheme in numbers and in words."""
    ended = {harm.scheme: [Text(harm_sentence(harm))] for harm in beside.ends}
    elsewhere = {
        name: [Text(worlds.sentence(row))]
        for name, row in overall(beside.in_worlds).items()
    }
    title, baseline = "The schemes", data.compared_with
    grid = Grid(
        title,
        _caption(baseline),
        (
            "scheme",
            "reported usage",
            "real output",
            "net value, $ a head and year",
            "same sign",
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
                *ended.get(name, []),
                *elsewhere.get(name, []),
                *map(Text, told_of(data.panel, name, data.schemes[name])),
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


def _caption(baseline: str) -> str:
    """Say what the columns of the table of the schemes mean."""
    return (
        f"Effects over the whole run against {baseline}, in % of its mean, with 95 % "
        "intervals (paired t over replicates). Smallest detectable effect: what a "
        "study of this size finds in four of five cases. Same sign: share of "
        "replicates in which the effect on output has its sign. Padded tokens: share "
        "of all. Validity: rank correlation of the headline score with output. "
        "Schemes by their effect on output, which holds for the world as given."
    )


def _worlds(data: StudyData, pictures: Pictures, beside: Beside) -> Section:
    """Show what effects are in worlds that are plausible, too."""
    rows = beside.in_worlds
    count = max((row.worlds for row in rows), default=0)
    said = worlds.legend(count, beside.is_of_this_model)
    blocks: list[Block] = [Text(said)]
    if rows:
        blocks += [
            *pictures["worlds"],
            worlds.grid(rows, data.others, ""),
            worlds.structures_grid(rows, data.others),
        ]
    return Section("worlds", "In other plausible worlds", blocks, "Worlds")


def _money(data: StudyData, views: NaiveViews) -> Section:
    """Say what each scheme is worth, and what its dashboard would have bought."""
    baseline = data.compared_with
    value = next(iter(data.schemes.values())).organisation.half_day_value
    text = (
        f"Net value is real output at ${value:,.0f} a half-day less tokens at their "
        "price and less the running cost, per employee and year (52 weeks). The "
        "running cost is the time that a scheme takes: reviews, boards, targets, "
        "audits, training. Penalties and prizes are not in it."
    )
    rows = []
    for name in data.order:
        is_baseline = name == baseline
        net, cost = Cell("baseline"), Cell("baseline")
        if not is_baseline:
            net, cost = (
                yearly(data.effects[name, outcome, "whole"])
                for outcome in ("net_value", "running_cost")
            )
        budget = (views[name].budget, views[name].false_demand)
        cells = [net, cost, *(Cell(f"{dollars:,.0f}") for dollars in budget)]
        rows.append(Row(name, cells, is_baseline))
    grid = Grid(
        "Money",
        f"Net value and running cost against {baseline} with 95 % intervals (paired t "
        "over replicates), and next year's token budget as planned from the dashboard, "
        "with padding's part of it. $ per employee and year.",
        ("scheme", "net value", "running cost", "token budget", "of it for padding"),
        rows,
    )
    return Section("money", "Money", [Text(text), grid])


def _people(data: StudyData, pictures: Pictures) -> Section:
    """Say how people fare under each scheme, by their own account."""
    baseline = data.compared_with
    told = by_group(data.fates)
    text = (
        "Welfare is what people's half-days are worth to themselves, as they turned "
        "out: their real output as they value it, less what AI and padding cost them, "
        "plus bonuses, less sanctions, missed targets and tokens charged. Standing in "
        "a review or on a board is left out: what one person gains by it others lose."
    )
    rows = []
    for name in data.others:
        fate = told[name, EVERYBODY]
        welfare = relative(data.effects[name, "welfare", "whole"])
        better = fate.better_off
        shown = "–" if better is None else f"{percent(100.0 * better)} %"
        rows.append(Row(name, [welfare, worse_off(fate), Cell(shown)]))
    grid = Grid(
        "People",
        f"Mean welfare against {baseline}, in % of its mean, and people who are worse "
        "off, or better off, than the same person with the same luck under "
        f"{baseline}, over the whole run; 95 % intervals over replicates.",
        ("scheme", "welfare", "worse off", "better off"),
        rows,
    )
    blocks: list[Block] = [Text(text), grid, gains.who(data.others, told, pictures)]
    return Section("people", "How people fare", blocks, "People")


def _parents(effects: Effects) -> list[Section]:
    """Compare schemes with the scheme that they change, if any names one."""
    rows = []
    for name in dict.fromkeys(scheme for scheme, _, _ in effects):
        usage, output, net = (
            effects[name, outcome, "whole"]
            for outcome in ("reported_tokens", "output", "net_value")
        )
        cells = [Cell(output.baseline), relative(usage), relative(output), yearly(net)]
        # The keys are those of effects against the baseline.
        rows.append(Row(name, [cell._replace(key="") for cell in cells]))
    if not rows:
        return []
    grid = Grid(
        "Against the scheme that a scheme changes",
        "Effects over the whole run against the scheme in the second column, in % of "
        "its mean, with 95 % intervals (paired t over replicates).",
        (
            "scheme",
            "changes",
            "reported usage",
            "real output",
            "net value, $ a head and year",
        ),
        rows,
    )
    text = (
        "Some schemes add to another one, or alter it. What that part of them does is "
        "the difference to the scheme that they change."
    )
    return [Section("parents", "What a change adds", [Text(text), grid], "Changes")]
