"""Whom a scheme hits: effects on real output by scheme and role."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.figure import Figure

from experiments.figures.comparison import Chart, Drawn, StudyData
from experiments.figures.sign_map import reading, sign_map
from experiments.figures.style import chart
from experiments.statistics.effects import Effect, Effects
from experiments.statistics.paired import clear_sign
from experiments.statistics.roles import OfRole, indexed, role_names
from experiments.words.groups import EVERYBODY, narrow, role_title, short
from experiments.words.screen import signed


def effects_by_role(
    rows: Sequence[OfRole], effects: Effects, schemes: Sequence[str]
) -> pd.DataFrame:
    """List effects on real output, of everybody as point 0, then of each role.

    Columns: scheme, point, percent, clear (None without an interval).
    """
    found = indexed(rows)
    roles = role_names(rows)
    cells = []
    for scheme in schemes:
        of: list[Effect | OfRole] = [effects[scheme, "output", "whole"]]
        of += [found[scheme, role, "output"] for role in roles]
        for point, effect in enumerate(of):
            known = effect.low is not None
            clear = clear_sign(effect.low, effect.high) != 0 if known else None
            cells.append((scheme, point, effect.percent, clear))
    table = pd.DataFrame(cells, columns=["scheme", "point", "percent", "clear"])
    return table.astype({"percent": float})


@chart
def by_role(table: pd.DataFrame, roles: Sequence[str], order: Sequence[str]) -> Figure:
    """Draw effects on output by scheme and role; see ``effects_by_role``."""
    heads = [short(EVERYBODY), *map(narrow, roles)]
    return sign_map(table, order, heads, "role", reading(table, "role"))


def alternative(table: pd.DataFrame, roles: Sequence[str]) -> str:
    """Say of every scheme between which roles its effect on output lies."""
    columns, texts = _columns(roles), []
    for scheme, cells in table[table["point"] > 0].groupby("scheme", sort=False):
        known = cells.dropna(subset="percent")
        if len(known):
            low, high = (
                known.loc[known["percent"].agg(end)] for end in ("idxmin", "idxmax")
            )
            said = (
                f"{signed(float(x['percent']))} % ({columns[int(x['point'])]})"
                for x in (low, high)
            )
            texts.append(f"{scheme} from {' to '.join(said)}")
    return f"Map of effects on real output by scheme and role: {'; '.join(texts)}."


def _columns(roles: Sequence[str]) -> list[str]:
    return [short(EVERYBODY), *map(role_title, roles)]


def _draw(data: StudyData) -> Drawn:
    roles = role_names(data.roles)
    table = effects_by_role(data.roles, data.effects, data.others)
    return Drawn(by_role(table, roles, data.others), alternative(table, roles))


CHART = Chart("by_role", "Whom does each scheme hit?", "roles", _draw)
