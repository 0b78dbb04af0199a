"""The output of a comparison in a terminal: a table and sentences on every scheme."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from experiments.designs.design import RULE, WORLD_FACTORS, Design, Point
from experiments.report.cells import agreement
from experiments.report.precision import of_comparison
from experiments.report.sentences import (
    BEFORE,
    counts_use,
    hollow_sentence,
    naive,
    naive_sentence,
    sentence,
)
from experiments.statistics.effects import (
    EFFECTS,
    RULES,
    WORLDS,
    Effect,
    Effects,
    Panel,
    lookup,
)
from experiments.store.dataset import SUFFIX, values
from experiments.store.store import RUNS, WEEKS, Store
from experiments.studies.compare.plan import Plan
from experiments.study import Results
from experiments.words.screen import (
    Rounded,
    count,
    number,
    percent,
    rounded,
    say,
    show,
)

WIDE = 112
"""Fewest columns of a terminal where an interval fits beside its value."""


def say_comparison(screen: Console, results: Results[Plan, Store]) -> None:
    """Print the table and the sentences of a finished comparison."""
    store = results.source
    baseline, aim = results.plan.subject
    panel = Panel(store.read(RUNS))
    effects = lookup(results.rows(EFFECTS))
    order = ranked(panel, effects, baseline)
    say(screen, _title(store.design, panel, baseline), style="bold")
    screen.print()
    show(screen, grid(panel, effects, baseline, order, screen.width))
    screen.print()
    say(screen, _legend(store.design))
    before = usage_before(store, baseline)
    for name in order:
        view = naive(panel, name, before, store.design.schemes[name])
        screen.print(Text(f"\n{name}", style="bold"))
        text = _before(before) if name == baseline else sentence(name, effects)
        say(screen, text, 2)
        if counts_use(store.design.schemes[name]):
            say(screen, hollow_sentence(panel, name), 2)
        say(screen, naive_sentence(view), 2, "dim")
    others = [name for name in order if name != baseline]
    screen.print()
    say(screen, " ".join(of_comparison(panel, effects, others, baseline, aim)))


def say_so_far(
    screen: Console, design: Design, baseline: str, replicates: int, table: Table
) -> None:
    """Print the table of the first replicates in the world given below its title."""
    planned = design.points[0].replicates
    text = f"So far: effects against {baseline} in the world given, "
    if replicates < planned:
        text += f"{replicates} of {planned} replicates."
    else:
        text += f"{count(planned, 'replicate')}; other worlds and rules follow."
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
    heads += ["worlds", "rules", "padded\ntokens", "validity"]
    if not wide:
        heads[4:] = ["same sign,\nworlds, rules", "padded,\nvalidity"]
    table = Table(box=None, pad_edge=False, header_style="bold", padding=(0, 1))
    for head in heads:
        side = "left" if head == "scheme" else "right"
        table.add_column(head, justify=side, no_wrap=True)  # type: ignore[arg-type]
    for name in order:
        cells = _cells(panel, effects, baseline, name, " " if wide else "\n")
        if not wide:
            signs = [f"{cells[4]}", ", ".join(filter(None, cells[5:7]))]
            cells[4:] = ["\n".join(signs), "\n".join(cells[7:])]
        table.add_row(*(Text(cell) for cell in cells))
    return table


def _cells(
    panel: Panel, effects: Effects, baseline: str, scheme: str, joint: str
) -> list[str]:
    share = panel.mean(scheme, "padded_token_share" + SUFFIX["whole"])
    padded = f"{percent(None if share is None else 100 * share)} %"
    validity = panel.mean(scheme, "score_validity" + SUFFIX["whole"])
    valid = "-" if validity is None else f"{round(validity, 2) + 0.0:.2f}"
    if scheme == baseline:
        return [scheme, *["baseline"] * 3, "", "", "", padded, valid]
    usage, output, net = (
        effects[scheme, name, "whole"]
        for name in ("reported_tokens", "output", "net_value")
    )
    shown = _in_percent(output)
    worth = rounded(net.effect, net.low, net.high, sign=True)
    same = "-" if output.is_nothing else f"{100 * (output.same_sign or 0.0):.0f} %"
    return [
        scheme,
        _in_percent(usage).value,
        joint.join((shown.value, shown.ends)),
        joint.join((worth.value, worth.ends)),
        same,
        agreement(output, output.worlds_agree, WORLDS, "-"),
        agreement(output, output.rules_agree, RULES, "-"),
        padded,
        valid,
    ]


def _in_percent(effect: Effect) -> Rounded:
    ends = effect.percent_low, effect.percent_high
    shown = rounded(effect.percent, *ends, sign=True)
    return shown._replace(value=f"{shown.value} %" if shown.value else "-")


def _title(design: Design, panel: Panel, baseline: str) -> str:
    tokens, output, net = (
        number(panel.mean(baseline, name + SUFFIX["whole"]))
        for name in ("reported_tokens", "output", "net_value")
    )
    return (
        f"Effects against {baseline} over {design.weeks} weeks, {design.employees:,} "
        f"people, {design.points[0].replicates} replicates, seed {design.seed}. "
        f"{baseline}: {tokens} M tokens, {output} half-days of output and ${net} net "
        "per employee-week."
    )


def _legend(design: Design) -> str:
    text = (
        "Reported usage and real output in % of the baseline, net value in $ per "
        "employee-week (output at its value less tokens), with 95 % intervals of the "
        "paired effect. Smallest detectable effect: what a study of this size finds "
        "in four of five cases. Same sign: share of replicates in which the effect on "
        "output has its sign. Padded: share of all tokens. Validity: rank correlation "
        "of the headline score with output."
    )
    return f"{text} {_worlds(design)} {_rules(design)}"


def _worlds(design: Design) -> str:
    corners = [
        point for point in design.points if _differs(design, point, WORLD_FACTORS)
    ]
    if not corners:
        return (
            "No other worlds were run (study.world_replicates=0): signs and ranking "
            f"may change with {', '.join(WORLD_FACTORS)}."
        )
    ends = (
        f"{name} {corners[0].levels[name]:g} or {corners[-1].levels[name]:g}"
        for name in WORLD_FACTORS
    )
    return (
        f"Worlds: in how many of nine the effect on output has this sign, the one "
        f"given and the eight corners of {', '.join(ends)} (replicates in each: "
        f"{corners[0].replicates}). The ranking holds for the world given and changes "
        "with these."
    )


def _rules(design: Design) -> str:
    others = [point for point in design.points if _differs(design, point, (RULE,))]
    if not others:
        return "No other rules of choice were run (study.rule_replicates=0)."
    return (
        f"Rules: under how many of {RULES} rules of choice it has this sign "
        f"(replicates under each of the others: {others[0].replicates})."
    )


def _differs(design: Design, point: Point, factors: Sequence[str]) -> bool:
    here = design.points[0].levels
    return any(point.levels[name] != here[name] for name in factors)


def _before(before: float | None) -> str:
    return (
        f"The baseline. Before: {number(before)} M tokens per employee-week in its "
        f"first {BEFORE} weeks, with which every look at the dashboard compares its "
        "last quarter."
    )
