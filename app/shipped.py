"""What comes with the studio, computed ahead: every named scheme, and its worlds.

``make studio`` computes it anew (``tools/studio.py``). It belongs to the model and the
schemes with which it was computed; a digest of what they do tells whether they are
those of this process.
"""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import numpy as np

from experiments.designs.pair import named
from experiments.store.table import ParquetTable, Table
from experiments.worlds.shipped import load
from model.simulate import Job, simulate_many
from model.workforce import Floats
from model.workplace import Workplace

FOLDER = Path(__file__).with_name("results")
MAKE = "make studio"
WORLDS = 100
"""Plausible worlds in which every named scheme is run, as ``study=compare`` does."""
SEED = 1
SMALL = Workplace(employees=48)
"""The organisation in which ``digest`` looks at what a scheme does."""


class Mapped(NamedTuple):
    """A row of ``schemes.csv``: a scheme against voluntary use in the world as given.

    Attributes
    ----------
    usage, output : float
        Effects on reported usage and real output [%], each with its 95 % interval.
    net_value : float
        Effect on net value [$ per employee and week], with its interval.
    worse_off : float
        Share of people whose own account is lower [0 to 1].
    """

    scheme: str
    usage: float
    usage_low: float
    usage_high: float
    output: float
    output_low: float
    output_high: float
    net_value: float
    net_value_low: float
    net_value_high: float
    worse_off: float


SCHEMES = Table(
    "schemes.csv",
    Mapped,
    "a named scheme against voluntary use, in the world as given",
    {
        "usage": ("%", "effect on reported usage over the whole run"),
        "usage_low": ("%", "lower end of its 95 % interval"),
        "usage_high": ("%", "upper end"),
        "output": ("%", "effect on real output over the whole run"),
        "output_low": ("%", "lower end of its 95 % interval"),
        "output_high": ("%", "upper end"),
        "net_value": ("$ per employee and week", "effect on net value"),
        "net_value_low": ("$ per employee and week", "lower end of its interval"),
        "net_value_high": ("$ per employee and week", "upper end"),
        "worse_off": ("share", "people whose own account is lower than without it"),
    },
)


class Output(NamedTuple):
    """A row of ``worlds.parquet``: a scheme in a plausible world.

    Attributes
    ----------
    weeks : int
        Length of the run.
    output : float
        Real output [half-days per employee and week].
    """

    scheme: str
    weeks: int
    world: int
    output: float


OUTPUTS = ParquetTable(
    "worlds.parquet",
    Output,
    "a named scheme in a plausible world",
    {
        "weeks": ("weeks", "length of the run"),
        "world": ("", "number of the world in the list of plausible worlds, from 0"),
        "output": ("half-days per employee and week", "real output, over the run"),
    },
)


class Origin(NamedTuple):
    """The row of ``origin.csv``: what the results are for."""

    digest: str
    replicates: int
    people: int
    weeks: int


ORIGIN = Table(
    "origin.csv",
    Origin,
    "what the results that come with the studio are for",
    {
        "digest": ("", "of what model, schemes and list of worlds do"),
        "replicates": ("replicates", "of every scheme in the world as given"),
        "people": ("people", "in the world as given"),
        "weeks": ("weeks", "in the world as given"),
    },
)


@cache
def digest() -> str:
    """Digest what every named scheme does in a small organisation, and the worlds."""
    content = sha256(load().origin.digest.encode())
    jobs = [Job(of.varied(organisation=SMALL), SEED, 0) for of in named().values()]
    for name, run in zip(named(), simulate_many(jobs), strict=True):
        total = sum(float(np.nansum(values)) for values in run.weeks.values())
        content.update(f"{name} {total:.6g}".encode())
    return content.hexdigest()[:12]


@cache
def origin() -> Origin:
    """Read what the results are for."""
    [row] = ORIGIN.read(FOLDER / ORIGIN.name)
    return row


def is_current() -> bool:
    """Tell whether model and schemes are those of the results."""
    return origin().digest == digest()


@cache
def schemes() -> Mapping[str, Mapped]:
    """Read the rows of all schemes but voluntary use, by name."""
    return {row.scheme: row for row in SCHEMES.read(FOLDER / SCHEMES.name)}


@cache
def outputs() -> Mapping[tuple[str, int], Floats]:
    """Read real output in the first plausible worlds, (n,), by scheme and weeks."""
    found: dict[tuple[str, int], list[float]] = {}
    for row in OUTPUTS.read(FOLDER / OUTPUTS.name):
        found.setdefault((row.scheme, row.weeks), []).append(row.output)
    return {key: np.array(values) for key, values in found.items()}
