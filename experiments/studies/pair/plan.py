"""The plan of a pair of schemes, and its table."""

from dataclasses import replace

from experiments.config.request import Request
from experiments.config.settings import PairSettings
from experiments.designs.pair import MOST_TEXT, Pair, as_mapping, from_yaml
from experiments.errors import UserError
from experiments.runs.plan import RunsPlan
from experiments.statistics.accounts import WORSE_OFF, accounts, worse_off
from experiments.statistics.effects import EFFECTS, effects
from experiments.statistics.harm import COLUMNS, HARMS, harms
from experiments.statistics.roles import ROLES, outcomes_of_roles
from experiments.store.store import RUNS, WEEKS, Store
from experiments.store.table import TableRows

Plan = RunsPlan[Pair]


def plan(request: Request) -> Plan:
    """Plan both sides of the pair in the file that is named."""
    request.settings_as(PairSettings)
    pair = read(request)
    # The content of the file decides the results, so it belongs to the config.
    config = request.config | {"seed": pair.seed, "pair": as_mapping(pair)}
    stated = replace(request, seed=pair.seed, config=config)
    return RunsPlan(stated, pair.design(), pair)


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
    """Tabulate effects, of roles too, harm that ends, and who is worse off."""
    labels, told = planned.subject.labels, accounts(store.people())
    by_role = {}
    if store.design.has_roles:
        by_role = {ROLES: outcomes_of_roles(store.roles(), labels[0])}
    return {
        EFFECTS: effects(store.read(RUNS), labels[0]),
        HARMS: harms(store.read(WEEKS, COLUMNS), labels[0]),
        WORSE_OFF: worse_off(told, labels, labels[0]),
        **by_role,
    }
