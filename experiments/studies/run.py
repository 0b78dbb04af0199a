"""``study=run``: one scenario, many replicates."""

import time

from rich.console import Console
from rich.table import Table
from rich.text import Text

from experiments.config.request import Request
from experiments.config.settings import RunSettings
from experiments.designs.design import single
from experiments.report import one_scheme
from experiments.report.charts import ALONE, draw, study_data
from experiments.report.ending import say_end, say_paths
from experiments.report.page import Page
from experiments.report.precision import of_run
from experiments.report.publish import publish
from experiments.runs.runner import Done, carry_out
from experiments.statistics.effects import Panel
from experiments.statistics.paired import interval
from experiments.statistics.stopping import Target, growth, of_level, target
from experiments.store.dataset import EARLY_WEEKS, SUFFIX, last_weeks
from experiments.store.store import RUNS, WEEKS
from experiments.words.screen import console, estimate, say
from model.outcomes import OUTCOMES

SHOWN = (
    "reported_tokens",
    "padded_token_share",
    "active_share",
    "genuine_share",
    "misuse_share",
    "padding_share",
    "output",
    "output_manual",
    "output_gain",
    "output_misuse",
    "output_padding",
    "output_rework",
    "output_strain",
    "score_validity",
    "spend",
    "false_demand",
    "net_value",
)


def run(request: Request) -> None:
    """Simulate a scenario, store it and print its main outcomes.

    There is no baseline, hence no ``effects.csv``.
    """
    start = time.perf_counter()
    settings = request.settings_as(RunSettings)
    aim = target(settings)
    scheme = request.scheme
    design = single(scheme, request.scenario, settings.replicates, request.seed)
    done = carry_out(
        request,
        design,
        lambda store: (),
        growth(aim, lambda panel: of_level(panel, scheme)),
    )
    screen = console()
    if not done.runs:
        screen.print("complete, nothing to do (again=true does it once more)\n")
    _print(screen, done, scheme, aim)

    def page() -> Page:
        data = study_data(done.store, [scheme], None, request.threads, aim)
        return one_scheme.page(data, draw(data, ALONE, done.folder), request)

    publish(done.folder, request, [chart.name for chart in ALONE], page)
    say_end(screen, done, (RUNS, WEEKS), start)
    say_paths(screen, done.folder)


def _print(screen: Console, done: Done, scheme: str, aim: Target | None) -> None:
    design = done.store.design
    panel = Panel(done.store.read(RUNS))
    replicates = design.points[0].replicates
    say(
        screen,
        f"{scheme}: {design.employees:,} people, {design.weeks} weeks, "
        f"{replicates} replicate{'s' * (replicates > 1)}, seed {design.seed}",
        style="bold",
    )
    screen.print(_table(panel, scheme))
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
    for text in of_run(panel, scheme, aim):
        say(screen, text)


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
    shown = estimate(mean, low, high, digits=2)
    return Text.assemble(shown.value, "\n", (shown.ends, "dim"))
