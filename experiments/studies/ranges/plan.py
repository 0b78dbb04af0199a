"""The plan of the study of ranges, and its table."""

from experiments.config.request import Request, schemes
from experiments.config.settings import RangesSettings
from experiments.designs.design import one_at_a_time
from experiments.runs.plan import RunsPlan
from experiments.statistics.effects import Panel
from experiments.statistics.ranges import RANGES, ends, unknown
from experiments.store.store import RUNS, Store
from experiments.store.table import TableRows

Plan = RunsPlan[str]
"""About the baseline."""


def plan(request: Request) -> Plan:
    """Plan both ends of the range of every parameter that nobody knows."""
    settings = request.settings_as(RangesSettings)
    spans = {row.key: row.span for row in unknown()}
    rows = schemes(request)
    design = one_at_a_time(rows, spans, settings.replicates, request.seed)
    return RunsPlan(request, design, settings.baseline)


def tables(planned: Plan, store: Store) -> TableRows:
    """Tabulate the headline at every end."""
    return {RANGES: ends(Panel(store.read(RUNS)), planned.design, planned.subject)}
