"""``study=run``: one scenario, many replicates."""

from experiments.report import one_scheme
from experiments.report.charts import draw, of_one_scheme, study_data
from experiments.report.page import Page
from experiments.statistics.groups import GROUPS
from experiments.statistics.harm import HARMS
from experiments.store.store import Store
from experiments.studies.run.plan import Plan, grow, plan, tables
from experiments.studies.run.screen import of_roles, say_run
from experiments.study import Results, RunsStudy


def page(results: Results[Plan, Store]) -> Page:
    """Draw the charts of the scheme and say what people do under it."""
    request, aim = results.plan.request, results.plan.subject
    order = [request.scheme]
    data = study_data(results.source, {}, order, None, request.threads, aim)
    charts = of_one_scheme(data.design)
    pictures = draw(data, charts, results.folder, results.desk)
    by_group = results.rows(GROUPS) if data.design.has_groups else []
    parts = of_roles(results), by_group
    return one_scheme.page(data, pictures, request, results.rows(HARMS), *parts)


STUDY = RunsStudy(
    plan=plan,
    tables=tables,
    grow=grow,
    say=say_run,
    charts=lambda results: [c.name for c in of_one_scheme(results.source.design)],
    page=page,
)
run = STUDY.run
