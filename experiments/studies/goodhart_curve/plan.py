"""The plan of a study of Goodhart curves, and its tables."""

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
    """Tabulate the points and the turning point of every curve."""
    panel = Panel(store.read(RUNS, columns()))
    return {
        CURVE: curve(panel, planned.subject),
        TURNING: turning_points(panel, planned.subject),
    }
