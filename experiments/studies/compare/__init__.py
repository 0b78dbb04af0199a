"""``study=compare``: what each scheme does to reported usage and to real output."""

from experiments.report import comparison
from experiments.report.charts import COMPARED, draw, study_data
from experiments.report.page import Page
from experiments.statistics.effects import EFFECTS, Panel, lookup
from experiments.store.store import RUNS, Store
from experiments.studies.compare.plan import Plan, grow, plan, tables
from experiments.studies.compare.screen import ranked, say_comparison, usage_before
from experiments.study import Results, RunsStudy


def page(results: Results[Plan, Store]) -> Page:
    """Draw the charts of the comparison and say what each scheme does."""
    store, request = results.source, results.plan.request
    baseline, aim = results.plan.subject
    effects = lookup(results.rows(EFFECTS))
    order = ranked(Panel(store.read(RUNS)), effects, baseline)
    data = study_data(store, effects, order, baseline, request.threads, aim)
    pictures = draw(data, COMPARED, results.folder)
    return comparison.page(data, pictures, request, usage_before(store, baseline))


STUDY = RunsStudy(
    plan=plan,
    tables=tables,
    grow=grow,
    say=say_comparison,
    charts=lambda results: [chart.name for chart in COMPARED],
    page=page,
)
run = STUDY.run
