"""The plan of a pair of schemes, and its table."""

from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from experiments.config.request import Request
from experiments.config.settings import PairSettings
from experiments.designs.apart import apart_of, with_wholes
from experiments.designs.pair import MOST_TEXT, Pair, as_mapping, from_yaml
from experiments.errors import UserError
from experiments.runs.plan import RunsPlan
from experiments.statistics.accounts import WORSE_OFF, accounts, gains, roles
from experiments.statistics.effects import EFFECTS, effects
from experiments.statistics.groups import GROUPS, outcomes_of_groups
from experiments.statistics.harm import COLUMNS, HARMS, harms
from experiments.statistics.roles import ROLES, outcomes_of_roles
from experiments.store.store import RUNS, WEEKS, Store
from experiments.store.table import TableRows

Plan = RunsPlan[Pair]


def plan(request: Request) -> Plan:
    """Plan both sides of the pair in the file that is named.

    If a side has groups, organisations in which all are under the schemes of one of
    them stand beside.
    """
    request.settings_as(PairSettings)
    pair = read(request)
    # The content of the file decides the results, so it belongs to the config.
    config = request.config | {"seed": pair.seed, "pair": as_mapping(pair)}
    stated = replace(request, seed=pair.seed, config=config)
    first, second = pair.labels
    sides = pair.design()
    design = replace(sides, schemes=with_wholes(sides.schemes, second, first))
    return RunsPlan(stated, design, pair)


def read(request: Request) -> Pair:
    """Read the pair of a request; raises ``UserError`` if the file cannot be used."""
    path = request.data
    if path is None:
        raise TypeError("study=pair needs a file of a pair")
    try:
        with path.open(encoding="utf-8") as file:
            text = file.read(MOST_TEXT + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or "not a text file"
        raise UserError(
            f"data={path}: cannot read the file ({reason.lower()})."
        ) from None
    try:
        return from_yaml(text)
    except UserError as wrong:
        raise UserError(f"data={path}: {wrong}") from None


def tables(planned: Plan, store: Store) -> TableRows:
    """Tabulate effects, of parts too, harm that ends, and who is worse off.

    All are those of the second side; what its groups would do alone stands with them.
    """
    labels, people = planned.subject.labels, store.people()
    first, second = labels
    by_part: TableRows = {}
    if store.design.has_roles:
        of_roles = _of_sides(store.roles(), labels)
        by_part = {ROLES: outcomes_of_roles(of_roles, first)}
    if apart := apart_of(store.design.schemes, second, first):
        groups = outcomes_of_groups(store.groups(), second, apart, first)
        by_part = {**by_part, GROUPS: groups}
    return {
        EFFECTS: effects(_of_sides(store.read(RUNS), labels), first),
        HARMS: harms(_of_sides(store.read(WEEKS, COLUMNS), labels), first),
        WORSE_OFF: gains(accounts(people), roles(people), labels, first),
        **by_part,
    }


def _of_sides(rows: pa.Table, labels: Sequence[str]) -> pa.Table:
    """Select the rows of the two sides."""
    return rows.filter(pc.is_in(rows.column("scheme"), pa.array(labels)))
