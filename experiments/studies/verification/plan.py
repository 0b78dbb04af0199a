"""The plan of a verification: a piece for each result, and for each extra chart."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import NamedTuple

from experiments.config.catalogue import check_known
from experiments.config.request import Request
from experiments.config.settings import VerificationSettings
from experiments.runs.pieces import Content
from experiments.runs.plan import PiecesPlan
from experiments.runs.trial import Trial
from experiments.statistics.check import Result
from experiments.store.table import TableRows
from experiments.studies.verification import kept
from experiments.studies.verification.results import NAMES, load


class Verification(NamedTuple):
    """The results to check, and how much is simulated for each."""

    results: Sequence[Result]
    trial: Trial


Plan = PiecesPlan[Verification]


def plan(request: Request) -> Plan:
    """Plan a piece for each result; refuse unknown names."""
    settings = request.settings_as(VerificationSettings)
    check_known("study.only", settings.only, NAMES, "result of the theory")
    results = [load(name) for name in dict.fromkeys(settings.only or NAMES)]
    trial = Trial(request.seed, settings.people, settings.replicates, request.threads)
    return PiecesPlan(request, _pieces(results, trial), Verification(results, trial))


def _pieces(
    results: Sequence[Result], trial: Trial
) -> Mapping[str, Callable[[], Content]]:
    pieces: dict[str, Callable[[], Content]] = {
        result.name: partial(kept.piece, result, trial) for result in results
    }
    if "norm" in pieces:
        pieces[kept.EXTRAS["norm"]] = partial(kept.hysteresis, trial)
    if "planning" in pieces:
        pieces[kept.EXTRAS["planning"]] = kept.losses
    return pieces


def tables(planned: Plan, pieces: Mapping[str, Content]) -> TableRows:
    """Tabulate checks, gaps and losses."""
    del planned
    return kept.tables(pieces)
