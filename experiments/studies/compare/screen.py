"""The output of a comparison in a terminal: a table and sentences on every scheme."""

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from experiments.designs.design import Design
from experiments.report import groups, roles, worlds
from experiments.report.cells import shares
from experiments.report.gains import most_uneven
from experiments.report.precision import of_comparison
from experiments.report.sentences import (
    BEFORE,
    harm_sentence,
    naive,
    naive_sentence,
    sentence,
    told_of,
)
from experiments.statistics.accounts import WORSE_OFF, WorseOff, by_group
from experiments.statistics.effects import (
    EFFECTS,
    PARENT_EFFECTS,
    Effect,
    Effects,
    Panel,
    lookup,
)
from experiments.statistics.groups import GROUPS
from experiments.statistics.harm import HARMS
from experiments.statistics.paired import clear_sign
from experiments.statistics.roles import ROLES, OfRole, indexed, role_names
from experiments.statistics.worlds import IN_WORLDS, InWorlds, overall
from experiments.store.dataset import SUFFIX, values
from experiments.store.store import RUNS, WEEKS, Store
from experiments.studies.compare.plan import Plan
from experiments.study import Results
from experiments.words.groups import EVERYBODY, role_title
from experiments.words.screen import (
    Rounded,
    count,
    headed,
    number,
    percent,
    rounded,
    say,
    show,
)
from experiments.words.structures import STRUCTURES, Structure

MAIN = ("reported_tokens", "output", "net_value")
"""Outcomes of the main table."""
FARES = (
    "Welfare: what people's half-days are worth to themselves, as they turned out and "
    "without what is only rank, in % of the baseline. Worse off: people whose welfare "
    "over the run is lower than the same person's, with the same luck, under the "
    "baseline. Running cost: hours that the scheme takes beyond the baseline's, in $ "
    "per employee-week."
)
BY_ROLE = (
    "In % of the baseline's output of the same role; in brackets where the 95 % "
    "interval holds 0. roles.csv has the intervals, and usage, activities, channels "
    "and welfare by role."
)
LEGEND = (
    "Reported usage and real output in % of the baseline, net value in $ per "
    "employee-week (output at its value less tokens and running cost), with 95 % "
    "intervals of the paired effect. Smallest detectable effect: what a study of this "
    "size finds in four of five cases. Same sign: share of replicates in which the "
    "effect on output has its sign. Padded: share of all tokens. Validity: rank "
    "correlation of the headline score with output. All for the world as given."
)
WIDE = 118
"""Fewest columns of a terminal where an interval fits beside its value."""


def say_comparison(screen: Console, results: Results[Plan, Store]) -> None:
    """Print the table and the sentences of a finished comparison."""
    store = results.source
    baseline, aim, _, some, is_of_this_model = results.plan.subject
    panel = Panel(store.read(RUNS))
    effects = lookup(results.rows(EFFECTS))
    order = ranked(panel, effects, baseline)
    say(screen, _title(store.design, panel, baseline), style="bold")
    screen.print()
    show(screen, grid(panel, effects, baseline, order, screen.width))
    screen.print()
    say(screen, LEGEND)
    screen.print()
    in_worlds = results.rows(IN_WORLDS) if some else []
    say(screen, "In other plausible worlds", style="bold")
    if some:
        show(screen, classes(in_worlds, order, screen.width))
        for structure in STRUCTURES:
            show(screen, by_structure(in_worlds, order, structure))
        say(screen, worlds.BY_STRUCTURE)
    say(screen, worlds.legend(len(some), is_of_this_model))
    of_groups = by_group(results.rows(WORSE_OFF))
    fates = {name: row for (name, of), row in of_groups.items() if of == EVERYBODY}
    screen.print()
    say(screen, "How people fare, and what it costs to run", style="bold")
    show(screen, fares(effects, fates, order))
    say(screen, FARES)
    if uneven := most_uneven(order, of_groups):
        say(screen, uneven)
    if by_role := of_roles(results):
        screen.print()
        say(screen, "Effects on real output by role", style="bold")
        show(screen, by_roles(by_role, order))
        say(screen, BY_ROLE)
        if told := roles.apart(by_role, order):
            say(screen, told)
    if store.design.has_groups:
        groups.say_effects(screen, results.rows(GROUPS))
    changed = lookup(results.rows(PARENT_EFFECTS))
    if changed:
        screen.print()
        say(screen, "Against the scheme that a scheme changes", style="bold")
        show(screen, of_parents(changed))
    before = usage_before(store, baseline)
    ends = {harm.scheme: harm_sentence(harm) for harm in results.rows(HARMS)}
    elsewhere = overall(in_worlds)
    for name in order:
        view = naive(panel, name, before, store.design.schemes[name])
        screen.print(Text(f"\n{name}", style="bold"))
        text = _before(before) if name == baseline else sentence(name, effects)
        say(screen, text, 2)
        if name in ends:
            say(screen, ends[name], 2)
        if name in elsewhere:
            say(screen, worlds.sentence(elsewhere[name]), 2)
        for told in told_of(panel, name, store.design.schemes[name]):
            say(screen, told, 2)
        say(screen, naive_sentence(view), 2, "dim")
    others = [name for name in order if name != baseline]
    screen.print()
    say(screen, " ".join(of_comparison(panel, effects, others, baseline, aim)))


def say_so_far(
    screen: Console, planned: Plan, design: Design, replicates: int, table: Table
) -> None:
    """Print the table of the first replicates in the world given below its title.

    ``design`` is that of the study as far as it has grown.
    """
    baseline = planned.subject.baseline
    all_of_them = design.points[0].replicates
    text = f"So far: effects against {baseline} in the world given, "
    if replicates < all_of_them:
        text += f"{replicates} of {all_of_them} replicates."
    else:
        follows = "; other worlds follow" if planned.subject.worlds else ""
        text += f"{count(replicates, 'replicate')}{follows}."
    screen.print()
    say(screen, text, style="bold")
    screen.print()
    show(screen, table)
    screen.print()


def ranked(panel: Panel, effects: Effects, baseline: str) -> list[str]:
    """Rank all schemes by their effect on whole-run output, the best first."""

    def effect(scheme: str) -> float:
        if scheme == baseline:
            return 0.0
        return effects[scheme, "output", "whole"].effect or 0.0

    return sorted(panel.schemes, key=effect, reverse=True)


def usage_before(store: Store, baseline: str) -> float | None:
    """Return the mean reported tokens of the baseline's first weeks at the centre."""
    weeks = store.read(WEEKS, ["scheme", "point", "week", "reported_tokens"])
    scheme = weeks.column("scheme").to_numpy(zero_copy_only=False)
    first = (values(weeks, "point") == 0) & (values(weeks, "week") < BEFORE)
    reported = values(weeks, "reported_tokens")[(scheme == baseline) & first]
    return float(reported.mean()) if len(reported) else None


def grid(
    panel: Panel, effects: Effects, baseline: str, order: Sequence[str], width: int
) -> Table:
    """Make the table, a row a scheme; in a narrow terminal a row has two lines."""
    wide = width >= WIDE
    heads = ["scheme", "reported\nusage", "real output", "net value, $", "same\nsign"]
    heads += ["padded\ntokens", "validity"]
    if not wide:
        heads[5:] = ["padded,\nvalidity"]
    table = headed(heads)
    for name in order:
        cells = _cells(panel, effects, baseline, name, " " if wide else "\n")
        if not wide:
            cells[5:] = ["\n".join(cells[5:])]
        table.add_row(*(Text(cell) for cell in cells))
    return table


def classes(rows: Sequence[InWorlds], order: Sequence[str], width: int) -> Table:
    """Make the table of classes; in a narrow terminal a row has two lines."""
    found = overall(rows)
    table = headed([head.replace(" ", "\n") for head in worlds.HEADS])
    joint = " [" if width >= WIDE else "\n["
    for name in order:
        if name in found:
            cells = (cell.replace(" [", joint) for cell in worlds.cells(found[name]))
            table.add_row(*map(Text, (name, *cells)))
    return table


def by_structure(
    rows: Sequence[InWorlds], order: Sequence[str], structure: Structure
) -> Table:
    """Make the table of falls / rises of 100 worlds under each rule, or law."""
    found = worlds.by_structure(rows, structure)
    heads = (head.replace(" ", "\n") for head in structure.names.values())
    table = headed(("scheme", *heads))
    for name in order:
        if name in found:
            table.add_row(*map(Text, (name, *found[name])))
    return table


def fares(
    effects: Effects, fates: Mapping[str, WorseOff], order: Sequence[str]
) -> Table:
    """Make the table of what people make of schemes, and of what these cost to run."""
    heads = ("scheme", "welfare", "worse off", "running cost, $")
    table = headed(heads)
    for name in order:
        if name not in fates:
            continue
        welfare, cost = (
            effects[name, outcome, "whole"] for outcome in ("welfare", "running_cost")
        )
        dollars = rounded(cost.effect, None, None, digits=2, sign=True).value
        fate = shares(fates[name]).beside
        cells = _in_percent(welfare).beside, fate, dollars
        table.add_row(*map(Text, (name, *cells)))
    return table


def of_roles(results: Results[Plan, Store]) -> list[OfRole]:
    """Read the outcomes of each role; none of one crowd."""
    return results.rows(ROLES) if results.source.design.has_roles else []


def by_roles(rows: Sequence[OfRole], order: Sequence[str]) -> Table:
    """Make the table of effects on real output, a row a scheme, a column a role."""
    found = indexed(rows)
    names = role_names(rows)
    heads = (role_title(name).replace(" ", "\n") for name in names)
    table = headed(("scheme", *heads))
    for scheme in order:
        effects = [found[scheme, name, "output"] for name in names]
        if effects[0].baseline is not None:
            table.add_row(*map(Text, (scheme, *map(_of_role, effects))))
    return table


def _of_role(row: OfRole) -> str:
    value = roles.in_percent(row).value or "-"
    return value if clear_sign(row.low, row.high) else f"({value})"


def of_parents(effects: Effects) -> Table:
    """Make the table of effects against the scheme that a scheme changes."""
    heads = ("scheme", "changes", "reported usage", "real output", "net value, $")
    table = headed(heads)
    for name in dict.fromkeys(scheme for scheme, _, _ in effects):
        usage, output, net = (effects[name, outcome, "whole"] for outcome in MAIN)
        worth = rounded(net.effect, net.low, net.high, sign=True)
        cells = _in_percent(usage), _in_percent(output), worth
        shown = (cell.beside for cell in cells)
        table.add_row(*map(Text, (name, output.baseline, *shown)))
    return table


def _cells(
    panel: Panel, effects: Effects, baseline: str, scheme: str, joint: str
) -> list[str]:
    share = panel.mean(scheme, "padded_token_share" + SUFFIX["whole"])
    padded = f"{percent(None if share is None else 100 * share)} %"
    validity = panel.mean(scheme, "score_validity" + SUFFIX["whole"])
    valid = "-" if validity is None else f"{round(validity, 2) + 0.0:.2f}"
    if scheme == baseline:
        return [scheme, *["baseline"] * 3, "", padded, valid]
    usage, output, net = (effects[scheme, name, "whole"] for name in MAIN)
    shown = _in_percent(output)
    worth = rounded(net.effect, net.low, net.high, sign=True)
    same = "-" if output.is_nothing else f"{100 * (output.same_sign or 0.0):.0f} %"
    return [
        scheme,
        _in_percent(usage).value,
        joint.join((shown.value, shown.ends)),
        joint.join((worth.value, worth.ends)),
        same,
        padded,
        valid,
    ]


def _in_percent(effect: Effect) -> Rounded:
    ends = effect.percent_low, effect.percent_high
    shown = rounded(effect.percent, *ends, sign=True)
    return shown._replace(value=f"{shown.value} %" if shown.value else "-")


def _title(design: Design, panel: Panel, baseline: str) -> str:
    tokens, output, net = (
        number(panel.mean(baseline, name + SUFFIX["whole"])) for name in MAIN
    )
    return (
        f"Effects against {baseline} over {design.weeks} weeks, {design.employees:,} "
        f"people, {design.points[0].replicates} replicates, seed {design.seed}. "
        f"{baseline}: {tokens} M tokens, {output} half-days of output and ${net} net "
        "per employee-week."
    )


def _before(before: float | None) -> str:
    return (
        f"The baseline. Before: {number(before)} M tokens per employee-week in its "
        f"first {BEFORE} weeks, with which every look at the dashboard compares its "
        "last quarter."
    )
