"""What a study of Goodhart curves runs, and the tables that follow."""

from experiments.config.request import Request
from experiments.config.settings import GoodhartCurveSettings
from experiments.runs.plan import RunsPlan
from experiments.statistics.effects import Panel
from experiments.store.store import RUNS, Store
from experiments.store.table import TableRows
from experiments.studies.goodhart_curve.curves import (
    CURVE,
    TURNING,
    Curves,
    columns,
    curve,
    curves,
    turning_points,
)

Plan = RunsPlan[Curves]


def plan(request: Request) -> Plan:
    """Plan every family in every workforce; refuse levels that make no scenario."""
    subject = curves(request, request.settings_as(GoodhartCurveSettings))
    return RunsPlan(request, subject.design, subject)


def tables(planned: Plan, store: Store) -> TableRows:
    """Tabulate the curves and what each of them does."""
    panel = Panel(store.read(RUNS, columns()))
    return {
        CURVE: curve(panel, planned.subject),
        TURNING: turning_points(panel, planned.subject),
    }
