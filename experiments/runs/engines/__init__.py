"""Engines carry out the runs of a study: threads of this machine, or a Dask cluster.

An engine is a generator: it takes batches, carries them out side by side and yields
finished parts, in any order. It takes only as many batches as keep it busy, so that
memory does not grow with the number of runs. Closing it cancels the waiting batches.
"""

import importlib
from collections.abc import Generator, Iterable
from typing import NamedTuple, Protocol

from experiments.config.settings import Engine
from experiments.store.batch import Batch


class Part(NamedTuple):
    """A finished part.

    Attributes
    ----------
    content : bytes
        Its Parquet file.
    runs : int
        How many runs it holds.
    """

    number: int
    content: bytes
    runs: int


class Work(Protocol):
    """What a machine of a cluster can be given: it holds all that it needs."""

    @property
    def number(self) -> int:
        """That of the part that comes of it."""

    @property
    def employees(self) -> int:
        """People in its largest organisation."""

    def carry_out(self) -> Part:
        """Do all of it on one thread."""


def parts(batches: Iterable[Batch], engine: Engine) -> Generator[Part, None, None]:
    """Carry out batches by the engine of the request; yield finished parts.

    Raises ``UserError`` if the engine is not there or is lost on the way.
    """
    # Imported when asked for: Dask is an extra, and takes its time.
    chosen = importlib.import_module(f"experiments.runs.engines.{engine.kind}")
    made: Generator[Part, None, None] = chosen.parts(batches, engine)
    return made
