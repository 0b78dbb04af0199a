"""What a study of sensitivity runs, and its tables."""

from experiments.config.request import Request, schemes
from experiments.config.settings import SensitivitySettings
from experiments.runs.plan import RunsPlan
from experiments.store.store import Store
from experiments.store.table import TableRows
from experiments.studies.sensitivity.indices import salib
from experiments.studies.sensitivity.plan import (
    INDICES,
    Found,
    Plan,
    index_rows,
    look,
)
from experiments.studies.sensitivity.plan import plan as planned
from experiments.studies.sensitivity.thresholds import LINES, THRESHOLDS

SensitivityPlan = RunsPlan[Plan]


def plan(request: Request) -> SensitivityPlan:
    """Plan the sample and the lines; refuse early if SALib is not installed."""
    settings = request.settings_as(SensitivitySettings)
    salib()
    subject = planned(settings, schemes(request), request.seed)
    return RunsPlan(request, subject.design, subject)


def tables(asked: SensitivityPlan, store: Store) -> TableRows:
    """Tabulate indices, effects along each parameter, and thresholds."""
    every = analysed(asked, store)
    return {
        INDICES: index_rows(asked.subject, every),
        LINES: [node for one in every for node in one.nodes],
        THRESHOLDS: [flip for one in every for flip in one.flips],
    }


def analysed(asked: SensitivityPlan, store: Store) -> list[Found]:
    """Analyse the runs that are kept, scheme by scheme."""
    return look(store, asked.subject)
