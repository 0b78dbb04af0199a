"""The plan of a comparison, and its table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import NamedTuple

from pydantic import ValidationError

from experiments.config.messages import refusal
from experiments.config.request import Request, families
from experiments.config.settings import CompareSettings
from experiments.designs.apart import apart_of, with_wholes
from experiments.designs.design import compared
from experiments.errors import UserError
from experiments.runs.pieces import Content
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
from experiments.statistics.worlds import IN_WORLDS, in_worlds
from experiments.store.store import RUNS, WEEKS, Growth, Store
from experiments.store.table import TableRows
from experiments.worlds import World, apply, load
from experiments.worlds import effects as worlds
from experiments.worlds.runs import pairs
from experiments.worlds.shipped import PEOPLE
from model.scenario import Scenario


class Comparison(NamedTuple):
    """What is compared with what.

    Attributes
    ----------
    aim : Target or None
        The target precision of every effect on output.
    parents : dict
        Names of the schemes that others change, by the name of the latter; the
        baseline is none of them.
    worlds : sequence of World
        Plausible worlds in which all schemes are run besides.
    is_of_this_model : bool
        Whether these worlds were found with the model as it is.
    """

    baseline: str
    aim: Target | None
    parents: Mapping[str, str]
    worlds: Sequence[World]
    is_of_this_model: bool


Plan = RunsPlan[Comparison]


def plan(request: Request) -> Plan:
    """Plan all schemes in the world as given, and in plausible worlds."""
    settings = request.settings_as(CompareSettings)
    aim = target(settings)
    rows, named = families(request)
    rows = with_wholes(rows, request.scheme, settings.baseline)
    parents = {name: of for name, of in named.items() if of != settings.baseline}
    design = compared(rows, settings.replicates, request.seed)
    some, ours = _worlds(settings.worlds)
    _check(rows, settings.baseline, some)
    # Who changes whom stands in files, and so do worlds; both decide tables.
    listed = sha256(repr(some).encode()).hexdigest()[:12]
    more = {"parents": parents, "worlds": listed}
    stated = replace(request, config=request.config | more)
    subject = Comparison(settings.baseline, aim, parents, some, ours)
    return RunsPlan(stated, design, subject)


def _worlds(count: int) -> tuple[Sequence[World], bool]:
    """Take the first worlds of the list; say whether they are of this model."""
    if count == 0:
        return (), True
    listed = load()
    return listed.first(count), listed.is_of_this_model()


def _check(rows: Mapping[str, Scenario], baseline: str, some: Sequence[World]) -> None:
    """Refuse schemes that are none in an organisation as large as those of worlds."""
    for name, scenario in rows.items() if some else ():
        try:
            wanted, _ = pairs({baseline: rows[baseline], name: scenario}, baseline)
            for scheme in wanted:
                apply(scheme, some[0])
        except ValidationError as error:
            where = f"scheme {name} in plausible worlds of at most {PEOPLE} people: "
            wrong = refusal(error, where=where)
            raise UserError(f"{wrong}\nstudy.worlds=0 leaves these out.") from None


def pieces(planned: Plan) -> Mapping[str, Callable[[], Content]]:
    """Plan all schemes in the worlds, a few worlds a piece."""
    request, subject = planned.request, planned.subject
    return worlds.pieces(
        planned.design.schemes,
        subject.baseline,
        subject.worlds,
        request.seed,
        request.threads,
    )


def grow(planned: Plan) -> Growth:
    """Add replicates until every effect on output has the target precision."""
    baseline, aim, *_ = planned.subject
    return growth(aim, lambda panel: of_effects(panel, baseline))


def tables(planned: Plan, store: Store) -> TableRows:
    """Tabulate effects, harms that end, who gains and loses, parts, and worlds."""
    runs, people = store.read(RUNS), store.people()
    baseline, _, parents, some, _ = planned.subject
    seed, schemes = store.design.seed, tuple(store.design.schemes)
    told, each = accounts(people), roles(people)
    by_role = {}
    if store.design.has_roles:
        by_role = {ROLES: outcomes_of_roles(store.roles(), baseline)}
    by_group = {}
    mixed = planned.request.scheme
    if apart := apart_of(store.design.schemes, mixed, baseline):
        by_group = {GROUPS: outcomes_of_groups(store.groups(), mixed, apart, baseline)}
    elsewhere: TableRows = {}
    if some:
        there = [*worlds.rows(store.design.schemes, baseline, some, store.pieces)]
        elsewhere = {worlds.WORLDS: there, IN_WORLDS: in_worlds(*worlds.over(there))}
    return {
        EFFECTS: effects(runs, baseline, seed),
        HARMS: harms(store.read(WEEKS, COLUMNS), baseline),
        PARENT_EFFECTS: parent_effects(runs, parents, seed),
        WORSE_OFF: gains(told, each, schemes, baseline),
        **by_role,
        **by_group,
        **elsewhere,
    }
