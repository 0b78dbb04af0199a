"""The files of a study, stored part by part so that a killed study can go on.

Runs are stored in parts of a size that depends on the design alone. A part is a file
of weekly rows below ``parts/``; when all are there they are merged into
``weeks.parquet`` and ``runs.parquet``, row group by row group, so that memory does not
grow with the number of runs. The manifest comes last: a folder that has one is
finished.
"""

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from experiments.designs.design import Design, Planned
from experiments.errors import UserError
from experiments.store import dataset
from experiments.store.batch import (
    Batch,
    accounts,
    batch_of,
    errors,
    means_of_groups,
    means_of_roles,
)
from experiments.store.dataset import RowGroups
from experiments.store.files import replacing
from experiments.store.folder import PARTS, Identity
from experiments.store.manifest import remove_parts, write_manifest
from experiments.store.parts import Parts
from experiments.store.table import Table

RUNS, WEEKS = "runs.parquet", "weeks.parquet"
PEOPLE, ROLES, GROUPS = "people.parquet", "roles.parquet", "groups.parquet"

AT_ONCE = 500
"""Runs of a growing study that are merged in one step."""

Portion = tuple[Sequence[Planned], pa.Table, dict[int, str]]
"""Some runs, their weekly rows, and the errors of failed ones, by place."""
Kept = Callable[[pa.Table], dict[int, Any]]
"""Reads what a part keeps of its runs beside rows, by their place."""
Evaluation = Callable[["Store"], Sequence[str]]
"""Writes further data files from the merged ones and returns their names."""
Growth = Callable[["Store"], Design | None]
"""The same design with more replicates, or None if there are enough.

It is called when all runs of the present design are there. The answer must follow from
what is stored alone: a resumed study must ask for the same runs.
"""


class FailedRun(NamedTuple):
    """A row of ``failed.csv``: a run, its error, and the command to repeat it."""

    scheme: str
    point: int
    replicate: int
    seed: int
    error: str
    command: str


FAILED = Table(
    "failed.csv",
    FailedRun,
    "runs that failed; not there if none did",
    {
        "error": ("", "kind and text of the error"),
        "command": ("", "the command that repeats the run, called in the folder"),
    },
)


class Store:
    """The folder of one study. All methods need the folder to be locked.

    Attributes
    ----------
    design : Design
        The runs to store; of a growing study, those of the latest stage.
    merged : bool
        Whether parts were merged into the data files.
    pieces : dict
        What was computed beside the runs, by name; there until the study is finished.
    """

    def __init__(self, folder: Path, identity: Identity, design: Design) -> None:
        self.folder = folder
        self.identity = identity
        self.design = design
        self.merged = False
        self.pieces: Mapping[str, Any] = {}
        self._stages = [Parts(design)]

    def __len__(self) -> int:
        """Count the parts, those of earlier stages included."""
        return sum(map(len, self._stages))

    def grow(self, design: Design) -> None:
        """Begin a further stage: the same points with more replicates.

        Raises ``ValueError`` if the design differs in anything else.
        """
        self._stages.append(Parts(design, self.design))
        self.design = design

    @property
    def stage(self) -> Parts:
        """The parts of the latest stage."""
        return self._stages[-1]

    def missing(self) -> list[int]:
        """List the numbers of missing or damaged parts of the latest stage.

        They come in the order in which they are best carried out.
        """
        stage = len(self._stages) - 1
        return [k for k in self.stage.order() if self._part(stage, k) is None]

    def batch(self, number: int) -> Batch:
        """Make the batch for a part of the latest stage."""
        return batch_of(self.design, number, self.stage[number])

    def add(self, number: int, content: bytes) -> None:
        """Store a part of the latest stage."""
        with replacing(self._path(len(self._stages) - 1, number)) as file:
            file.write(content)

    def merge(self) -> list[str]:
        """Write the data files from all parts; return their names."""
        schema = dataset.runs_schema(self.design.factors)
        with (
            _row_groups(self.folder / RUNS, schema) as runs,
            _row_groups(self.folder / WEEKS, dataset.WEEKS) as weeks,
        ):
            failed: list[tuple[Planned, str]] = []
            total = 0
            for planned, table, errors_ in self._sorted():
                total += len(planned)
                runs.add(dataset.runs_of(table, planned, self.design))
                weeks.add(table.replace_schema_metadata(None))
                failed += ((planned[place], x) for place, x in errors_.items())
            if len(failed) == total:
                raise UserError(
                    f"all {total:,} runs failed, the first one: {failed[0][1]}"
                )
        self.merged = True
        further = self._list_people() if self.design.accounts else []
        further += self._list_roles() if self.design.has_roles else []
        further += self._list_groups() if self.design.has_groups else []
        return [RUNS, WEEKS, *further, *self._list_failed(failed)]

    def finish(self, files: Sequence[str], command: str) -> None:
        """Write the manifest over the data files, then remove the parts."""
        seed = self.design.seed
        write_manifest(self.folder, seed, files, self.identity, command)
        remove_parts(self.folder)

    def read(self, name: str, columns: Sequence[str] | None = None) -> pa.Table:
        """Read the rows of ``runs.parquet`` or ``weeks.parquet`` for the design.

        Before the merge, and so while a study grows, the rows come from the parts. If
        the merged files hold a later stage, its further rows are left out.
        """
        if not self.merged:
            return self._from_parts(name, columns)
        with (self.folder / name).open("rb") as file:
            rows = dataset.length(file)
            if rows == self._length(name):
                return dataset.read(file, columns)
            return self._so_far(dataset.read(file), columns)

    def at_centre(self, name: str, replicates: int) -> pa.Table:
        """Read the rows of the first replicates at the centre, before all are there.

        All parts of the first stage that hold them must be there.
        """

        def rows() -> Iterator[pa.Table]:
            for number, planned in enumerate(self._stages[0]):
                kept = [
                    place
                    for place, run in enumerate(planned)
                    if run.point == 0 and run.replicate < replicates
                ]
                if not kept:
                    continue
                table, size = self._whole_part(0, number), self.design.weeks
                if name == RUNS:
                    table, size = dataset.runs_of(table, planned, self.design), 1
                table = table.replace_schema_metadata(None)
                yield from (table.slice(place * size, size) for place in kept)

        return pa.concat_tables(rows())

    def _length(self, name: str) -> int:
        runs = sum(parts.runs for parts in self._stages)
        return runs if name == RUNS else runs * self.design.weeks

    def _so_far(self, table: pa.Table, columns: Sequence[str] | None) -> pa.Table:
        """Keep the rows of a later stage that the present design has too."""
        times = np.array([point.replicates for point in self.design.points])
        point, replicate = (
            table.column(name).to_numpy() for name in ("point", "replicate")
        )
        kept = table.filter(pa.array(replicate < times[point]))
        return kept.select(columns) if columns else kept

    def _from_parts(self, name: str, columns: Sequence[str] | None) -> pa.Table:
        def rows() -> Iterator[pa.Table]:
            for planned, table, _ in self._sorted():
                if name == RUNS:
                    table = dataset.runs_of(table, planned, self.design)
                # The metadata of parts differ: they hold the errors of their runs.
                table = table.replace_schema_metadata(None)
                yield table.select(columns) if columns else table

        return pa.concat_tables(rows())

    def people(self) -> pa.Table:
        """Read the rows of ``people.parquet``, which are there after the merge."""
        with (self.folder / PEOPLE).open("rb") as file:
            return dataset.read(file)

    def roles(self) -> pa.Table:
        """Read the rows of ``roles.parquet``, which are there after the merge.

        There are none of one crowd.
        """
        if not self.design.has_roles:
            return dataset.ROLES.empty_table()
        with (self.folder / ROLES).open("rb") as file:
            return dataset.read(file)

    def groups(self) -> pa.Table:
        """Read the rows of ``groups.parquet``, which are there after the merge.

        Only schemes with groups have any.
        """
        if not self.design.has_groups:
            return dataset.GROUPS.empty_table()
        with (self.folder / GROUPS).open("rb") as file:
            return dataset.read(file)

    def _list_people(self) -> list[str]:
        """Write ``people.parquet`` from the accounts in all parts; return its name."""
        with _row_groups(self.folder / PEOPLE, dataset.PEOPLE) as people:
            for run, told in self._kept(accounts):
                scenario = self.design.job(run).scenario
                people.add(dataset.people_of(run, scenario, told))
        return [PEOPLE]

    def _list_roles(self) -> list[str]:
        """Write ``roles.parquet`` from the means in all parts; return its name."""
        with _row_groups(self.folder / ROLES, dataset.ROLES) as roles:
            for run, means in self._kept(means_of_roles):
                roles.add(dataset.roles_of(run, self.design.job(run), means))
        return [ROLES]

    def _list_groups(self) -> list[str]:
        """Write ``groups.parquet`` from the means in all parts; return its name."""
        with _row_groups(self.folder / GROUPS, dataset.GROUPS) as groups:
            for run, means in self._kept(means_of_groups):
                groups.add(dataset.groups_of(run, self.design.job(run), means))
        return [GROUPS]

    def _kept(self, kept: Kept) -> Iterator[tuple[Planned, Any]]:
        """Yield what parts keep of runs at the centre, by scheme and replicate."""
        stages = (self._in_stage(k, kept) for k in range(len(self._stages)))
        return heapq.merge(*stages, key=self._place)

    def _in_stage(self, stage: int, kept: Kept) -> Iterator[tuple[Planned, Any]]:
        for number, planned in enumerate(self._stages[stage]):
            if any(run.point == 0 for run in planned):
                found = kept(self._whole_part(stage, number))
                yield from ((planned[place], found[place]) for place in sorted(found))

    def _place(self, found: tuple[Planned, Any]) -> tuple[int, int]:
        run, _ = found
        return list(self.design.schemes).index(run.scheme), run.replicate

    def _list_failed(self, failed: Sequence[tuple[Planned, str]]) -> list[str]:
        """Write ``failed.csv`` if any run failed; return its name."""
        if not failed:
            return []
        seed = self.design.seed
        rows = (FailedRun(*run, seed, error, repeating(run)) for run, error in failed)
        FAILED.write(self.folder / FAILED.name, rows)
        return [FAILED.name]

    def _path(self, stage: int, number: int) -> Path:
        before = sum(map(len, self._stages[:stage]))
        return self.folder / PARTS / f"part-{before + number:06d}.parquet"

    def _sorted(self) -> Iterator[Portion]:
        """Yield all runs by scheme, point and replicate, over all stages."""
        if len(self._stages) == 1:
            return self._of_stage(0)
        return joined(self._interleaved())

    def _interleaved(self) -> Iterator[Portion]:
        """Yield the runs of every stage in turn, point by point of each scheme."""
        weeks = self.design.weeks
        cursors = [Cursor(self._of_stage(k), weeks) for k in range(len(self._stages))]
        blocks = (
            [(b.scheme, b.point, stage, b.end - b.first) for b in parts.blocks()]
            for stage, parts in enumerate(self._stages)
        )
        for _, _, stage, count in heapq.merge(*blocks):
            yield from cursors[stage].take(count)

    def _of_stage(self, stage: int) -> Iterator[Portion]:
        parts = self._stages[stage]
        for number, planned in enumerate(parts):
            table = self._whole_part(stage, number)
            yield planned, table, errors(table)

    def _whole_part(self, stage: int, number: int) -> pa.Table:
        """Read a part that must be there."""
        table = self._part(stage, number)
        if table is None:
            path = self._path(stage, number)
            raise UserError(f"{path} is damaged. Repeat the command to redo it.")
        return table

    def _part(self, stage: int, number: int) -> pa.Table | None:
        """Read a part; None if it is missing, damaged or holds other runs."""
        try:
            with self._path(stage, number).open("rb") as file:
                table = dataset.read(file)
        except (OSError, pa.ArrowException):
            return None
        planned = self._stages[stage][number]
        return table if dataset.holds(table, planned, self.design.weeks) else None


class Cursor:
    """A position in the runs of one stage."""

    def __init__(self, rows: Iterator[Portion], weeks: int) -> None:
        self._rows, self._weeks = rows, weeks
        self._planned: Sequence[Planned] = ()
        self._at = 0

    def take(self, count: int) -> Iterator[Portion]:
        """Take the next ``count`` runs, part by part."""
        while count > 0:
            if self._at == len(self._planned):
                self._planned, self._table, self._failed = next(self._rows)
                self._at = 0
            first = self._at
            end = self._at = min(first + count, len(self._planned))
            count -= end - first
            yield (
                self._planned[first:end],
                self._table.slice(first * self._weeks, (end - first) * self._weeks),
                {k - first: x for k, x in self._failed.items() if first <= k < end},
            )


def joined(portions: Iterable[Portion]) -> Iterator[Portion]:
    """Join small portions, so that work on a table is worth its overhead."""
    planned: list[Planned] = []
    tables: list[pa.Table] = []
    failed: dict[int, str] = {}
    for some, table, errors_ in portions:
        failed |= {len(planned) + place: x for place, x in errors_.items()}
        planned += some
        tables.append(table.replace_schema_metadata(None))
        if len(planned) >= AT_ONCE:
            yield planned, pa.concat_tables(tables), failed
            planned, tables, failed = [], [], {}
    if planned:
        yield planned, pa.concat_tables(tables), failed


def repeating(run: Planned) -> str:
    """Write the command that repeats one run; it is called in the study's folder."""
    return (
        f"tokenmaxxing study=verify path=. study.scheme={run.scheme} "
        f"study.point={run.point} study.replicate={run.replicate}"
    )


@contextmanager
def _row_groups(path: Path, schema: pa.Schema) -> Iterator[RowGroups]:
    """Open a data file that is written row group by row group."""
    with replacing(path) as file, dataset.writer(file, schema) as writer:
        groups = RowGroups(writer)
        yield groups
        groups.close()
