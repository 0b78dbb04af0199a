"""The plan of the replication, a piece for each reading and place, and its table."""

from collections.abc import Callable, Mapping
from functools import partial

from experiments.config.request import Request
from experiments.config.settings import ProxyeconomicsSettings
from experiments.runs.pieces import Content
from experiments.runs.plan import PiecesPlan
from experiments.store.table import TableRows
from experiments.studies.proxyeconomics.reference import REFERENCE, Summaries
from experiments.studies.proxyeconomics.rules import READINGS
from experiments.studies.proxyeconomics.runs import apart, means, places, summaries
from experiments.studies.proxyeconomics.table import CELLS, OURS, cells_of

TWINS = "mesa_and_compiled"
"""The piece in which both versions of the model are compared."""

Plan = PiecesPlan[None]


def plan(request: Request) -> Plan:
    """Plan every setting that is asked for."""
    settings = request.settings_as(ProxyeconomicsSettings)
    return PiecesPlan(request, _pieces(settings, request), None)


def tables(planned: Plan, pieces: Mapping[str, Content]) -> TableRows:
    """Tabulate every mean beside the reference."""
    del planned
    return {CELLS: cells_of(by_reading(pieces))}


def _pieces(
    settings: ProxyeconomicsSettings, request: Request
) -> Mapping[str, Callable[[], Content]]:
    """Make a piece for each reading and place, and one that compares both versions."""
    readings = READINGS if settings.readings else {OURS: READINGS[OURS]}
    return {
        TWINS: partial(_twins, request.seed),
        **{
            _name(reading, place.moral_weight, place.competition): partial(
                means,
                place,
                READINGS[reading],
                seed=request.seed,
                steps=settings.steps,
                replicates=settings.replicates,
                threads=request.threads,
            )
            for reading in readings
            for place in places(READINGS[reading])
        },
    }


def _name(reading: str, moral_weight: float, competition: float) -> str:
    """Name a piece, and so its file."""
    return f"{reading.replace(' ', '_')}-g{moral_weight:g}-c{competition:g}"


def _twins(seed: int) -> Content:
    return {_name(OURS, *place): apart(place, seed) for place in REFERENCE}


def by_reading(pieces: Mapping[str, Content]) -> dict[str, Summaries]:
    """Summarise the runs of every reading."""
    every = {}
    for name, reading in READINGS.items():
        named = {place: _name(name, *place) for place in places(reading)}
        if all(key in pieces for key in named.values()):
            every[name] = summaries({p: pieces[key] for p, key in named.items()})
    return every
