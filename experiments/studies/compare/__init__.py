"""``study=compare``: what each scheme does to reported usage and to real output."""

from rich.console import Console

from experiments.report import comparison
from experiments.report.charts import (
    OF_CENTRE,
    begin,
    draw,
    of_comparison,
    study_data,
)
from experiments.report.desk import Desk
from experiments.report.page import Page
from experiments.statistics.accounts import WORSE_OFF
from experiments.statistics.effects import (
    EFFECTS,
    PARENT_EFFECTS,
    Panel,
    effects,
    lookup,
)
from experiments.statistics.groups import GROUPS
from experiments.statistics.harm import HARMS
from experiments.statistics.worlds import IN_WORLDS
from experiments.store.store import RUNS, Store
from experiments.studies.compare.plan import Plan, grow, pieces, plan, tables
from experiments.studies.compare.screen import (
    grid,
    of_roles,
    ranked,
    say_comparison,
    say_so_far,
    usage_before,
)
from experiments.study import Results, RunsStudy
from experiments.worlds.effects import WORLDS, over


def look(
    planned: Plan, desk: Desk, screen: Console, store: Store, replicates: int
) -> None:
    """Print the table of the centre; once that is complete, begin its charts."""
    baseline, aim, *_ = planned.subject
    runs = store.at_centre(RUNS, replicates)
    panel, found = Panel(runs), lookup(effects(runs, baseline))
    order = ranked(panel, found, baseline)
    table = grid(panel, found, baseline, order, screen.width)
    say_so_far(screen, planned, store.design, replicates, table)
    if aim is None and replicates == store.design.points[0].replicates:
        threads = planned.request.threads
        data = study_data(store, found, order, baseline, threads, aim, replicates)
        begin(data, OF_CENTRE, desk)


def page(results: Results[Plan, Store]) -> Page:
    """Draw the charts of the comparison and say what each scheme does."""
    store, request = results.source, results.plan.request
    baseline, aim, _, some, is_of_this_model = results.plan.subject
    beside = comparison.Beside(
        lookup(results.rows(PARENT_EFFECTS)),
        results.rows(HARMS),
        results.rows(IN_WORLDS) if some else [],
        is_of_this_model,
    )
    found = lookup(results.rows(EFFECTS))
    order = ranked(Panel(store.read(RUNS)), found, baseline)
    data = study_data(store, found, order, baseline, request.threads, aim)
    elsewhere = over(results.rows(WORLDS)).effects if some else {}
    data = data._replace(
        roles=of_roles(results),
        groups=results.rows(GROUPS) if store.design.has_groups else (),
        fates=results.rows(WORSE_OFF),
        in_worlds=tuple(elsewhere.items()),
    )
    charts = of_comparison(store.design)
    pictures = draw(data, charts, results.folder, results.desk)
    before = usage_before(store, baseline)
    return comparison.page(data, pictures, request, before, beside)


STUDY = RunsStudy(
    plan=plan,
    tables=tables,
    grow=grow,
    pieces=pieces,
    look=look,
    say=say_comparison,
    charts=lambda results: [c.name for c in of_comparison(results.source.design)],
    page=page,
)
run = STUDY.run
