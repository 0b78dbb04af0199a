"""The plan of study=run; there is no baseline, and so no table of effects."""

from experiments.config.request import Request
from experiments.config.settings import RunSettings
from experiments.designs.design import single
from experiments.runs.plan import RunsPlan
from experiments.statistics.groups import GROUPS, outcomes_of_groups
from experiments.statistics.harm import COLUMNS, HARMS, harms_by_hand
from experiments.statistics.roles import ROLES, outcomes_of_roles
from experiments.statistics.stopping import Target, growth, of_level, target
from experiments.store.store import WEEKS, Growth, Store
from experiments.store.table import TableRows

Plan = RunsPlan[Target | None]
"""A plan about the target precision of output, if there is one."""


def plan(request: Request) -> Plan:
    """Plan the replicates of one scenario."""
    settings = request.settings_as(RunSettings)
    aim = target(settings)
    scheme, scenario = request.scheme, request.scenario
    design = single(scheme, scenario, settings.replicates, request.seed)
    return RunsPlan(request, design, aim)


def grow(planned: Plan) -> Growth:
    """Add replicates until output has the target precision."""
    scheme = planned.request.scheme
    return growth(planned.subject, lambda panel: of_level(panel, scheme))


def tables(planned: Plan, store: Store) -> TableRows:
    """Tabulate until when less is done than by hand, and the outcomes of parts.

    There is no other baseline.
    """
    by_role, by_group = {}, {}
    if store.design.has_roles:
        by_role = {ROLES: outcomes_of_roles(store.roles())}
    if store.design.has_groups:
        mixed = planned.request.scheme
        by_group = {GROUPS: outcomes_of_groups(store.groups(), mixed)}
    ends = {HARMS: harms_by_hand(store.read(WEEKS, COLUMNS))}
    return {**ends, **by_role, **by_group}
