"""The plan of a comparison, and its table."""

from collections.abc import Mapping
from dataclasses import replace
from typing import NamedTuple

from experiments.config.request import Request, families
from experiments.config.settings import CompareSettings
from experiments.designs.apart import apart_of, with_wholes
from experiments.designs.design import worlds
from experiments.runs.plan import RunsPlan
from experiments.statistics.accounts import WORSE_OFF, accounts, gains, roles
from experiments.statistics.effects import (
    EFFECTS,
    PARENT_EFFECTS,
    effects,
    parent_effects,
)
from experiments.statistics.groups import GROUPS, outcomes_of_groups
from experiments.statistics.harm import COLUMNS, HARMS, harms
from experiments.statistics.roles import ROLES, outcomes_of_roles
from experiments.statistics.stopping import Target, growth, of_effects, target
from experiments.store.store import RUNS, WEEKS, Growth, Store
from experiments.store.table import TableRows


class Comparison(NamedTuple):
    """What is compared with what.

    Attributes
    ----------
    aim : Target or None
        The target precision of every effect on output.
    parents : dict
        Names of the schemes that others change, by the name of the latter; the
        baseline is none of them.
    """

    baseline: str
    aim: Target | None
    parents: Mapping[str, str]


Plan = RunsPlan[Comparison]


def plan(request: Request) -> Plan:
    """Plan all schemes in all worlds and under all structures."""
    settings = request.settings_as(CompareSettings)
    aim = target(settings)
    rows, named = families(request)
    rows = with_wholes(rows, request.scheme, settings.baseline)
    parents = {name: of for name, of in named.items() if of != settings.baseline}
    design = worlds(
        rows,
        settings.replicates,
        settings.world_replicates,
        settings.structure_replicates,
        request.seed,
    )
    # Who changes whom stands in files, and decides a table.
    stated = replace(request, config=request.config | {"parents": parents})
    return RunsPlan(stated, design, Comparison(settings.baseline, aim, parents))


def grow(planned: Plan) -> Growth:
    """Add replicates until every effect on output has the target precision."""
    baseline, aim, _ = planned.subject
    return growth(aim, lambda panel: of_effects(panel, baseline))


def tables(planned: Plan, store: Store) -> TableRows:
    """Tabulate paired effects, harms that end, who gains and loses, and parts."""
    runs, people = store.read(RUNS), store.people()
    baseline, _, parents = planned.subject
    seed, schemes = store.design.seed, tuple(store.design.schemes)
    told, each = accounts(people), roles(people)
    by_role = {}
    if store.design.has_roles:
        by_role = {ROLES: outcomes_of_roles(store.roles(), baseline)}
    by_group = {}
    mixed = planned.request.scheme
    if apart := apart_of(store.design.schemes, mixed, baseline):
        by_group = {GROUPS: outcomes_of_groups(store.groups(), mixed, apart, baseline)}
    return {
        EFFECTS: effects(runs, baseline, seed),
        HARMS: harms(store.read(WEEKS, COLUMNS), baseline),
        PARENT_EFFECTS: parent_effects(runs, parents, seed),
        WORSE_OFF: gains(told, each, schemes, baseline),
        **by_role,
        **by_group,
    }
