"""The plan of a comparison, and its table."""

from typing import NamedTuple

from experiments.config.request import Request, schemes
from experiments.config.settings import CompareSettings
from experiments.designs.design import worlds
from experiments.runs.plan import RunsPlan
from experiments.statistics.effects import EFFECTS, effects
from experiments.statistics.harm import COLUMNS, HARMS, harms
from experiments.statistics.stopping import Target, growth, of_effects, target
from experiments.store.store import RUNS, WEEKS, Growth, Store
from experiments.store.table import TableRows


class Comparison(NamedTuple):
    """The baseline, and the target precision of every effect on output."""

    baseline: str
    aim: Target | None


Plan = RunsPlan[Comparison]


def plan(request: Request) -> Plan:
    """Plan all schemes in all worlds and under all structures."""
    settings = request.settings_as(CompareSettings)
    aim = target(settings)
    design = worlds(
        schemes(request),
        settings.replicates,
        settings.world_replicates,
        settings.structure_replicates,
        request.seed,
    )
    return RunsPlan(request, design, Comparison(settings.baseline, aim))


def grow(planned: Plan) -> Growth:
    """Add replicates until every effect on output has the target precision."""
    baseline, aim = planned.subject
    return growth(aim, lambda panel: of_effects(panel, baseline))


def tables(planned: Plan, store: Store) -> TableRows:
    """Tabulate the paired effects of every scheme, and harms that end."""
    baseline, runs = planned.subject.baseline, store.read(RUNS)
    return {
        EFFECTS: effects(runs, baseline, store.design.seed),
        HARMS: harms(store.read(WEEKS, COLUMNS), baseline),
    }
