"""The output of a run in a terminal: its main outcomes by period."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from experiments.report import groups, one_scheme, roles
from experiments.report.precision import of_run
from experiments.report.sentences import harm_sentence
from experiments.statistics.effects import Panel
from experiments.statistics.groups import GROUPS, OfGroup
from experiments.statistics.harm import HARMS
from experiments.statistics.paired import interval
from experiments.statistics.roles import ROLES, OfRole
from experiments.store.dataset import EARLY_WEEKS, SUFFIX, last_weeks
from experiments.store.store import RUNS, Store
from experiments.studies.run.plan import Plan
from experiments.study import Results
from experiments.words.groups import role_title
from experiments.words.screen import Rounded, rounded, say, show
from model.outcomes import OUTCOMES

SHOWN = (
    *one_scheme.SHOWN,
    "spend",
    "false_demand",
    "running_cost",
    "net_value",
    "welfare",
)


def say_run(screen: Console, results: Results[Plan, Store]) -> None:
    """Print the main outcomes of a finished run."""
    scheme, aim = results.plan.request.scheme, results.plan.subject
    design = results.source.design
    panel = Panel(results.source.read(RUNS))
    replicates = design.points[0].replicates
    say(
        screen,
        f"{scheme}: {design.employees:,} people, {design.weeks} weeks, "
        f"{replicates} replicate{'s' * (replicates > 1)}, seed {design.seed}",
        style="bold",
    )
    show(screen, _table(panel, scheme))
    interval_note = (
        "Mean over replicates, 95 % interval below it. "
        if replicates > 1
        else "One replicate has no interval. "
    )
    early = min(EARLY_WEEKS, design.weeks)
    say(
        screen,
        f"{interval_note}Early: the first {early} weeks; last: the last "
        f"{last_weeks(design.weeks)}; whole: all {design.weeks}. The channels "
        "output_... sum to output.",
    )
    if rows := of_roles(results):
        screen.print()
        say(screen, "By role, over the whole run; shares in %", style="bold")
        show(screen, _by_role(rows))
    if results.source.design.has_groups:
        screen.print()
        say(screen, "By group, over the whole run; shares in %", style="bold")
        show(screen, _by_group(results.rows(GROUPS)))
    for harm in results.rows(HARMS):
        say(screen, harm_sentence(harm))
    for text in of_run(panel, scheme, aim):
        say(screen, text)


def _by_group(rows: Sequence[OfGroup]) -> Table:
    return _table_of(groups.level_heads(), groups.levels_of_groups(rows))


def of_roles(results: Results[Plan, Store]) -> list[OfRole]:
    """Read the outcomes of each role; none of one crowd."""
    return results.rows(ROLES) if results.source.design.has_roles else []


def _by_role(rows: Sequence[OfRole]) -> Table:
    told = roles.of_each_role(rows)
    named = [(role_title(name), people, cells) for name, people, cells in told]
    return _table_of(roles.heads(), named)


def _table_of(
    heads: Sequence[str], rows: Sequence[tuple[str, str, Sequence[Rounded]]]
) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in heads:
        side = "left" if head in ("role", "group") else "right"
        table.add_column(head.replace(" ", "\n"), justify=side)  # type: ignore[arg-type]
    for name, people, cells in rows:
        values = (Text.assemble(x.value, "\n", (x.ends, "dim")) for x in cells)
        table.add_row(name, people, *values)
    return table


def _table(panel: Panel, scheme: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("outcome")
    for period in SUFFIX:
        table.add_column(period, justify="right", no_wrap=True)
    for outcome in OUTCOMES:
        if outcome.name in SHOWN:
            name = Text.assemble(outcome.name, "\n  ", (outcome.unit, "dim"))
            cells = (_cell(panel, scheme, outcome.name + s) for s in SUFFIX.values())
            table.add_row(name, *cells)
    return table


def _cell(panel: Panel, scheme: str, column: str) -> Text:
    values = panel.known(scheme, column)
    if not len(values):
        return Text("-")
    mean, low, high = interval(values)
    shown = rounded(mean, low, high, digits=2)
    return Text.assemble(shown.value, "\n", (shown.ends, "dim"))
