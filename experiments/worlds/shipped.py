"""The list of plausible worlds that comes with the lab, and the model that it is for.

``study=worlds`` finds the worlds; what it writes is kept below ``configs/worlds/``.
Values are kept, not the draws that they came from: no library promises the same draws
for ever.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from json import dumps
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from experiments.config.catalogue import CONFIGS
from experiments.designs.factors import Floats
from experiments.errors import UserError
from experiments.statistics.calibration import TARGETS
from experiments.store.table import Levels, Table
from experiments.words.structures import LAWS, RULES
from experiments.worlds.tolerances import tolerance
from experiments.worlds.unknowns import STRUCTURES, drawn
from experiments.worlds.world import World
from model.parameters import Shape
from model.peers import Law, Peers
from model.people import People, Rule
from model.scenario import Scenario
from model.simulate import Job, simulate_many
from model.workplace import Workplace

PEOPLE, WEEKS = 300, 78
"""Employees and weeks of a run in a world: enough for one run each (docs/worlds.md)."""
FOLDER = CONFIGS / "worlds"
MAKE = "make worlds"
DECLARED = "declared"
"""Shape of a list each of whose numbers was drawn as its declaration says."""


class Listed(NamedTuple):
    """A row of ``plausible.csv``: a world, and voluntary use in it.

    Attributes
    ----------
    luck : int
        Replicate of the run in which it was found.
    levels : dict
        The world by dotted key, its structure included.
    """

    world: int
    luck: int
    levels: Levels
    median_tokens: float
    log_sd: float
    gini: float
    active_share: float
    unevenness: float
    padded_share: float
    misuse: float
    net_gain: float
    net_gain_in_use: float
    rework: float
    novice_advantage: float
    dressing_up: float


ESTIMATES = Listed._fields[3:]
"""Columns of the targets, in the order of ``TARGETS``."""
_OF_TARGETS = {
    name: (target.unit, target.name[0].lower() + target.name[1:])
    for name, target in zip(ESTIMATES, TARGETS, strict=True)
}
LISTED = Table(
    "plausible.csv",
    Listed,
    "a plausible world, and voluntary use in it",
    {
        "world": ("", "number of the world"),
        "luck": ("", "replicate of the run in which it was found"),
        **_OF_TARGETS,
    },
)


class Origin(NamedTuple):
    """The row of ``origin.csv``: what a list is for, and where it is from."""

    digest: str
    shape: str
    people: int
    weeks: int
    seed: int
    tries: int
    worlds: int


ORIGIN = Table(
    "origin.csv",
    Origin,
    "what a list of worlds is for, and where it is from",
    {
        "digest": ("", "of the model, its declarations, targets and tolerances"),
        "shape": ("", "shape of all distributions; declared: each has its own"),
        "people": ("people", "in every organisation"),
        "weeks": ("weeks", "of every run"),
        "seed": ("", "seed of draws and runs"),
        "tries": ("", "worlds drawn"),
        "worlds": ("", "worlds kept: the plausible ones"),
    },
)


@dataclass(frozen=True)
class Worlds:
    """Plausible worlds. Any first few are a fair sample, structures in equal numbers.

    Attributes
    ----------
    keys : tuple of str
        Dotted keys of the numbers, strengths of incentives included.
    values : array, shape (n, d)
        Their values.
    rules, laws : array of int, shape (n,)
        The structure of each world, by code.
    estimates : array, shape (n, m)
        Values of the targets in voluntary use, in the order of ``TARGETS``.
    luck : array of int, shape (n,)
        Replicate of the run in which a world was found.
    origin : Origin
        What the list is for, and where it is from.
    """

    keys: tuple[str, ...]
    values: Floats
    rules: NDArray[np.int64]
    laws: NDArray[np.int64]
    estimates: Floats
    luck: NDArray[np.int64]
    origin: Origin

    def __len__(self) -> int:
        """Count the worlds."""
        return len(self.values)

    def __getitem__(self, number: int) -> World:
        """Give one world."""
        values = dict(zip(self.keys, self.values[number].tolist(), strict=True))
        rule, law = Rule(self.rules[number]), Law(self.laws[number])
        return World(range(len(self))[number], rule, law, values)

    def __iter__(self) -> Iterator[World]:
        """Give all worlds in order."""
        return (self[k] for k in range(len(self)))

    def first(self, count: int) -> list[World]:
        """Give the first few worlds; all of them if there are no more."""
        return [self[k] for k in range(min(count, len(self)))]

    def is_of_this_model(self) -> bool:
        """Tell whether the worlds were found with the model as it is."""
        return self.origin.digest == model_digest(_shape(self.origin.shape))


@cache
def load(folder: Path = FOLDER) -> Worlds:
    """Read a list of worlds.

    Raises ``UserError`` if there is none that can be read.
    """
    try:
        rows = LISTED.read(folder / LISTED.name)
        [origin] = ORIGIN.read(folder / ORIGIN.name)
    except (OSError, ValueError) as error:
        raise UserError(
            f"cannot read the list of plausible worlds ({error}); make it anew with "
            f"{MAKE}."
        ) from None
    return worlds_of(rows, origin)


def current(folder: Path = FOLDER) -> Worlds:
    """Read a list of worlds that was found with the model as it is.

    Raises ``UserError`` if there is none, or if it was found with another model.
    """
    worlds = load(folder)
    if not worlds.is_of_this_model():
        raise UserError(
            f"the plausible worlds in {folder} were found with another model; in this "
            "one, voluntary use there may not be as it is known to be.\nFind them anew "
            f"with {MAKE}; it takes about half an hour on two cores."
        )
    return worlds


def worlds_of(rows: list[Listed], origin: Origin) -> Worlds:
    """Make worlds of the rows of a list."""
    structure = (RULES.key, LAWS.key)
    keys = tuple(key for key in rows[0].levels if key not in structure)
    return Worlds(
        keys=keys,
        values=np.array([[row.levels[key] for key in keys] for row in rows]),
        rules=np.array([row.levels[RULES.key] for row in rows], np.int64),
        laws=np.array([row.levels[LAWS.key] for row in rows], np.int64),
        estimates=np.array([[getattr(row, x) for x in ESTIMATES] for row in rows]),
        luck=np.array([row.luck for row in rows], np.int64),
        origin=origin,
    )


@cache
def model_digest(shape: Shape | None = None) -> str:
    """Digest all that decides which worlds are plausible, the model included.

    Declarations of what is drawn, targets with tolerances, size of the runs, and what
    voluntary use comes to in small runs under every structure. Schemes do not matter.
    """
    content: Mapping[str, object] = {
        "drawn": [
            (row.key, row.span, shape or row.shape[0], row.default) for row in drawn()
        ],
        "targets": [(target.name, tolerance(target).wide) for target in TARGETS],
        "size": (PEOPLE, WEEKS),
        "voluntary": _fingerprint(),
    }
    return sha256(dumps(content).encode()).hexdigest()[:12]


def _fingerprint() -> list[str]:
    """Write what voluntary use comes to in a small run under every structure."""
    small = Workplace(employees=64)
    scenarios = (
        Scenario(
            organisation=small,
            people=People(rule=rule),
            peers=Peers(rework_law=law),
            weeks=26,
        )
        for rule, law in STRUCTURES
    )
    runs = simulate_many(Job(scenario) for scenario in scenarios)
    return [
        f"{sum(float(np.nansum(values)) for values in run.weeks.values()):.6g}"
        for run in runs
    ]


def _shape(name: str) -> Shape | None:
    return None if name == DECLARED else name  # type: ignore[return-value]
