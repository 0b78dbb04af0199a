"""The plan of a validation: pieces of each stylised fact, here and elsewhere."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any, NamedTuple

from experiments.config.catalogue import check_known
from experiments.config.request import Request
from experiments.config.settings import ValidationSettings
from experiments.runs.pieces import Content
from experiments.runs.plan import PiecesPlan
from experiments.runs.trial import Trial
from experiments.statistics.finding import Fact
from experiments.store.table import Table, TableRows
from experiments.studies.validation import elsewhere, kept
from experiments.studies.validation.elsewhere import HELD, IN_WORLDS, NULL_MODELS
from experiments.studies.validation.facts import NAMES, load
from experiments.studies.validation.nulls import NULLS
from experiments.worlds import load as load_worlds


class Validation(NamedTuple):
    """The facts to test, by module, and how much is simulated for each.

    Attributes
    ----------
    worlds : int
        Plausible worlds in which the facts are looked for, too.
    nulls : int
        Replicates under each null model.
    """

    facts: Mapping[str, Fact]
    trial: Trial
    worlds: int
    nulls: int


Plan = PiecesPlan[Validation]


def plan(request: Request) -> Plan:
    """Plan the pieces of each fact; refuse unknown names."""
    settings = request.settings_as(ValidationSettings)
    check_known("study.only", settings.only, NAMES, "stylised fact")
    facts = {name: load(name) for name in dict.fromkeys(settings.only or NAMES)}
    trial = Trial(request.seed, settings.people, settings.replicates, request.threads)
    worlds = load_worlds().first(settings.worlds) if settings.worlds else []
    pieces: dict[str, Callable[[], Content]] = {
        name: partial(kept.piece, fact, trial) for name, fact in facts.items()
    }
    for name, fact in facts.items() if worlds else ():
        pieces[elsewhere.name_of(name, IN_WORLDS)] = partial(
            elsewhere.in_worlds, fact, worlds, settings.world_people, trial
        )
    fewer = trial._replace(replicates=settings.null_replicates)
    for name, fact in facts.items() if settings.null_replicates else ():
        for null in NULLS:
            pieces[elsewhere.name_of(name, null.name)] = partial(
                elsewhere.under_null, fact, null, fewer
            )
    subject = Validation(facts, trial, len(worlds), settings.null_replicates)
    return PiecesPlan(request, pieces, subject)


def tables(planned: Plan, pieces: Mapping[str, Content]) -> TableRows:
    """Tabulate every finding, here, over worlds and under null models."""
    subject = planned.subject
    modules = tuple(subject.facts)
    rows = kept.tables({name: pieces[name] for name in modules})
    more: dict[Table[Any], Iterable[Any]] = {}
    if subject.worlds:
        more[HELD] = elsewhere.held(pieces, modules)
    if subject.nulls:
        more[NULL_MODELS] = elsewhere.under_nulls(pieces, modules)
    return {**rows, **more}
