"""The compass needle by role: where each incentive would push whom."""

from collections.abc import Sequence

import pandas as pd
from matplotlib.figure import Figure

from experiments.figures.comparison import Chart, Drawn, StudyData
from experiments.figures.needle import TEXT, pushes, told
from experiments.figures.style import chart
from experiments.statistics.employees import needles_by_role
from experiments.words.groups import narrow, role_title


@chart
def by_role(
    needles: pd.DataFrame,
    roles: Sequence[str],
    baseline: str | None,
    order: Sequence[str] = (),
) -> Figure:
    """Draw the push of every incentive on each role; see ``needles_by_role``."""
    heads = {(role,): narrow(role) for role in roles}
    return pushes(needles, ("role",), heads, TEXT, baseline, order)


def _draw(data: StudyData) -> Drawn:
    table = needles_by_role(data.schemes, data.design.seed)
    roles = next(iter(data.schemes.values())).workforce.names
    alt = told(table, lambda row: role_title(row["role"]))
    return Drawn(by_role(table, roles, data.baseline, data.others), alt)


CHART = Chart(
    "needle_by_role",
    "The compass needle by role: whom incentives push where before anything runs",
    "roles",
    _draw,
    of_one_scheme=True,
)
