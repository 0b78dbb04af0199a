"""The plan of a phase map, and its table."""

from experiments.config.request import Request, schemes
from experiments.config.settings import PhaseMapSettings
from experiments.designs.sweep import Sweep
from experiments.runs.plan import RunsPlan
from experiments.store.store import RUNS, Store
from experiments.store.table import TableRows
from experiments.studies.phase_map.cells import MAP, cells, needed, phase

Plan = RunsPlan[Sweep]


def plan(request: Request) -> Plan:
    """Plan the grid for all schemes that are swept, and their baseline."""
    settings = request.settings_as(PhaseMapSettings)
    every = schemes(request)
    own = [request.scheme] if request.levers or not settings.schemes else []
    swept = list(dict.fromkeys((*settings.schemes, *own)))
    rows = {name: every[name] for name in dict.fromkeys((settings.baseline, *swept))}
    grid = phase(settings, rows, swept, request.seed)
    return RunsPlan(request, grid.design, grid)


def tables(planned: Plan, store: Store) -> TableRows:
    """Tabulate the effect in every cell."""
    settings = planned.request.settings_as(PhaseMapSettings)
    runs = store.read(RUNS, needed())
    return {MAP: cells(runs, planned.subject, settings.x, settings.y)}
