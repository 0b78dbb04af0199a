"""The plan of a study of sensitivity, and its tables."""

from experiments.config.request import Request, schemes
from experiments.config.settings import SensitivitySettings
from experiments.runs.plan import RunsPlan
from experiments.store.store import Store
from experiments.store.table import TableRows
from experiments.studies.sensitivity.indices import salib
from experiments.studies.sensitivity.plan import (
    INDICES,
    SchemeResult,
    Sensitivity,
    analyse_schemes,
    index_rows,
    sensitivity,
)
from experiments.studies.sensitivity.thresholds import LINES, THRESHOLDS

Plan = RunsPlan[Sensitivity]


def plan(request: Request) -> Plan:
    """Plan the sample and the lines; refuse early if SALib is not installed."""
    settings = request.settings_as(SensitivitySettings)
    salib()
    subject = sensitivity(settings, schemes(request), request.seed)
    return RunsPlan(request, subject.design, subject)


def tables(planned: Plan, store: Store) -> TableRows:
    """Tabulate indices, effects along each parameter, and thresholds."""
    every = analysed(planned, store)
    return {
        INDICES: index_rows(planned.subject, every),
        LINES: [node for one in every for node in one.nodes],
        THRESHOLDS: [flip for one in every for flip in one.flips],
    }


def analysed(planned: Plan, store: Store) -> list[SchemeResult]:
    """Analyse the stored runs, scheme by scheme."""
    return analyse_schemes(store, planned.subject)
