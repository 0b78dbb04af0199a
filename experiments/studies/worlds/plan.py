"""The plan of a search for plausible worlds: a piece a structure, and its tables."""

from collections.abc import Mapping
from functools import partial
from typing import NamedTuple, cast

from experiments.config.request import Request
from experiments.config.settings import WorldsSettings
from experiments.runs.pieces import Content
from experiments.runs.plan import PiecesPlan
from experiments.statistics.calibration import TARGETS
from experiments.store.table import Table, TableRows
from experiments.words.structures import LAWS, RULES
from experiments.worlds.search import mixed, other_strengths, search
from experiments.worlds.shipped import (
    DECLARED,
    LISTED,
    ORIGIN,
    PEOPLE,
    WEEKS,
    Listed,
    Origin,
    model_digest,
)
from experiments.worlds.tolerances import tolerance
from experiments.worlds.unknowns import STRUCTURES, six_digits
from model.parameters import Shape


class Cell(NamedTuple):
    """A row of ``search.csv``: the search of one structure."""

    rule: str
    law: str
    tries: int
    passes: int
    kept: int


CELLS = Table(
    "search.csv",
    Cell,
    "the search for plausible worlds under one structure",
    {
        "rule": ("", "rule of choice"),
        "law": ("", "law of rework"),
        "tries": ("", "worlds drawn"),
        "passes": ("", "plausible ones among them"),
        "kept": ("", "how many of these are in the list"),
    },
)


class Met(NamedTuple):
    """A row of ``targets.csv``: a target, widened, and how many worlds meet it."""

    target: str
    unit: str
    low: float
    high: float
    wide_low: float
    wide_high: float
    reason: str
    middle_low: float
    middle_high: float
    met: float


MET = Table(
    "targets.csv",
    Met,
    "a target of the calibration, widened, and how many worlds meet it",
    {
        "target": ("", "name of the target"),
        "unit": ("", "its unit"),
        "low": ("that of the target", "least value of the calibration"),
        "high": ("that of the target", "greatest value"),
        "wide_low": ("that of the target", "least value in a plausible world"),
        "wide_high": ("that of the target", "greatest value"),
        "reason": ("", "how the range was widened"),
        "middle_low": ("that of the target", "least value of a narrower range"),
        "middle_high": ("that of the target", "greatest value"),
        "met": ("share", "worlds drawn that meet the target, structures alike"),
    },
)

Plan = PiecesPlan[WorldsSettings]


def plan(request: Request) -> Plan:
    """Plan a piece for every structure."""
    settings = request.settings_as(WorldsSettings)
    pieces = {
        name(structure): partial(piece, structure, settings, request)
        for structure in range(len(STRUCTURES))
    }
    return PiecesPlan(request, pieces, settings)


def name(structure: int) -> str:
    """Name the piece of a structure."""
    rule, law = STRUCTURES[structure]
    return f"{rule.name.lower()}-{law.name.lower()}"


def piece(structure: int, settings: WorldsSettings, request: Request) -> Content:
    """Search one structure."""
    found = search(
        structure,
        settings.each,
        settings.most_tries,
        request.seed,
        shape=shape_of(settings),
        threads=request.threads,
    )
    return {
        **found._asdict(),
        "worlds": [(world.number, world.values) for world in found.worlds],
    }


def shape_of(settings: WorldsSettings) -> Shape | None:
    """Give the shape of all distributions; None where each has its own."""
    return None if settings.shape == DECLARED else cast(Shape, settings.shape)


def tables(planned: Plan, pieces: Mapping[str, Content]) -> TableRows:
    """List the worlds, the search of each structure, the targets, and the origin."""
    cells, listed, structures = [], [], []
    shares = [0.0] * len(TARGETS)
    for structure, (rule, law) in enumerate(STRUCTURES):
        found = pieces[name(structure)]
        kept = found["worlds"]
        tries = found["tries"]
        cells.append(
            Cell(RULES.names[rule], LAWS.names[law], tries, found["passes"], len(kept))
        )
        for k, met in enumerate(found["met"]):
            shares[k] += met / tries / len(STRUCTURES)
        for (luck, values), own in zip(kept, found["estimates"], strict=True):
            levels = {RULES.key: float(rule), LAWS.key: float(law), **values}
            listed.append((luck, levels, [six_digits(value) for value in own]))
            structures.append(structure)
    order = mixed(structures, planned.request.seed)
    shape = shape_of(planned.subject)
    strong = other_strengths(len(order), planned.request.seed, shape)
    rows = []
    for k, (place, more) in enumerate(zip(order, strong, strict=True)):
        luck, levels, own = listed[place]
        rows.append(Listed(k, luck, levels | more, *own))
    origin = Origin(
        model_digest(shape),
        planned.subject.shape,
        PEOPLE,
        WEEKS,
        planned.request.seed,
        sum(cell.tries for cell in cells),
        len(rows),
    )
    met = [
        Met(
            target.name,
            target.unit,
            target.low,
            target.high,
            *tolerance(target).wide,
            tolerance(target).reason,
            *tolerance(target).middle,
            share,
        )
        for target, share in zip(TARGETS, shares, strict=True)
    ]
    return {LISTED: rows, CELLS: cells, MET: met, ORIGIN: [origin]}
