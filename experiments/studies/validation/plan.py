"""The plan of a validation: a piece for each stylised fact."""

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple

from experiments.config.catalogue import check_known
from experiments.config.request import Request
from experiments.config.settings import ValidationSettings
from experiments.runs.pieces import Content
from experiments.runs.plan import PiecesPlan
from experiments.runs.trial import Trial
from experiments.statistics.finding import Fact
from experiments.store.table import TableRows
from experiments.studies.validation import kept
from experiments.studies.validation.facts import NAMES, load


class Validation(NamedTuple):
    """The facts to test, by module, and how much is simulated for each."""

    facts: Mapping[str, Fact]
    trial: Trial


Plan = PiecesPlan[Validation]


def plan(request: Request) -> Plan:
    """Plan a piece for each fact; refuse unknown names."""
    settings = request.settings_as(ValidationSettings)
    check_known("study.only", settings.only, NAMES, "stylised fact")
    facts = {name: load(name) for name in dict.fromkeys(settings.only or NAMES)}
    trial = Trial(request.seed, settings.people, settings.replicates, request.threads)
    pieces = {name: partial(kept.piece, fact, trial) for name, fact in facts.items()}
    return PiecesPlan(request, pieces, Validation(facts, trial))


def tables(planned: Plan, pieces: Mapping[str, Content]) -> TableRows:
    """Tabulate every finding."""
    del planned
    return kept.tables(pieces)
