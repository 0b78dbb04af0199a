"""What a study leaves behind, part by part, so that a killed one can go on.

Runs are stored in parts of a size that depends on the design alone. A part is a file
of weekly rows below ``parts/``; when all are there they are merged into
``weeks.parquet`` and ``runs.parquet``. The manifest comes last: a folder that has one
is finished.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa

from experiments import dataset
from experiments.design import Design, Planned
from experiments.errors import Wrong
from experiments.files import replacing
from experiments.folder import PARTS, Identity
from experiments.manifest import remove_parts, write_manifest
from model.simulate import Run
from model.simulation import WARM_UP

PART = 500_000
"""Employee-weeks in a part, about half a second of work; never less than a run."""
ROW_GROUP = 100_000
"""Rows after which a new row group begins (with the next part)."""
RUNS, WEEKS, EFFECTS = "runs.parquet", "weeks.parquet", "effects.csv"


class Store:
    """The folder of one study. All methods need the folder to be locked.

    Attributes
    ----------
    parts : tuple of tuples of Planned
        The runs of the design, in order, cut into parts.
    """

    def __init__(self, folder: Path, identity: Identity, design: Design) -> None:
        self.folder = folder
        self.identity = identity
        self.design = design
        self.parts = cut(design)

    @cached_property
    def _parts(self) -> Path:
        return self.folder / PARTS

    def missing(self) -> list[int]:
        """Numbers of the parts that are not there or damaged."""
        return [k for k in range(len(self.parts)) if self._read(k) is None]

    def add(self, number: int, runs: Sequence[Run]) -> None:
        """Store a part."""
        table = dataset.weeks_of(self.parts[number], runs, self.design.weeks)
        with (
            replacing(self._path(number)) as file,
            dataset.writer(file, table.schema) as writer,
        ):
            writer.write_table(table)

    def merge(self) -> None:
        """Write the data files from all parts."""
        runs = []
        with (
            replacing(self.folder / WEEKS) as file,
            dataset.writer(file, dataset.WEEKS) as writer,
        ):
            waiting: list[pa.Table] = []
            for planned, table in zip(self.parts, self._tables(), strict=True):
                runs.append(dataset.runs_of(table, planned, self.design))
                waiting.append(table)
                if sum(map(len, waiting)) >= ROW_GROUP:
                    _write_group(writer, waiting)
            _write_group(writer, waiting)
        schema = dataset.runs_schema(self.design.factors)
        with (
            replacing(self.folder / RUNS) as file,
            dataset.writer(file, schema) as writer,
        ):
            _write_group(writer, runs)

    def finish(self, files: Sequence[str]) -> None:
        """Write the manifest over the data files, then remove the parts."""
        write_manifest(self.folder, self.design.seed, files, self.identity)
        remove_parts(self.folder)

    def read(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """Read ``runs.parquet`` or ``weeks.parquet``."""
        with (self.folder / name).open("rb") as file:
            return dataset.read(file, columns)

    def _path(self, number: int) -> Path:
        return self._parts / f"part-{number:06d}.parquet"

    def _tables(self) -> Iterator[pa.Table]:
        for number in range(len(self.parts)):
            table = self._read(number)
            if table is None:
                path = self._path(number)
                raise Wrong(f"{path} is damaged. Repeat the command to redo it.")
            yield table

    def _read(self, number: int) -> pa.Table | None:
        """A part; None if it is not there, damaged or not about its runs."""
        path = self._path(number)
        try:
            with path.open("rb") as file:
                table = dataset.read(file)
        except (OSError, pa.ArrowException):
            return None
        whole = dataset.holds(table, self.parts[number], self.design.weeks)
        return table if whole else None


def cut(design: Design) -> tuple[tuple[Planned, ...], ...]:
    """The runs of a design in parts, whatever the threads and interruptions."""
    size = max(1, PART // (design.employees * (design.weeks + WARM_UP)))
    runs = design.runs
    return tuple(runs[k : k + size] for k in range(0, len(runs), size))


def _write_group(writer: Any, tables: list[pa.Table]) -> None:
    """Write tables as one row group, and forget them."""
    if tables:
        table = pa.concat_tables(tables).combine_chunks()
        writer.write_table(table, row_group_size=len(table))
        tables.clear()
