"""The tables of a study: columns in a fixed order, rows sorted as the design is."""

import math
from collections.abc import Mapping, Sequence
from typing import Any, BinaryIO, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from experiments.designs.design import Design, Planned
from model import by_part
from model.outcomes import NAMES
from model.scenario import Scenario
from model.simulate import Job, Run

EARLY_WEEKS = 26
"""The first half-year: ``<outcome>_early``."""
SUFFIX = {"early": "_early", "last": "", "whole": "_mean"}
"""Column suffix of each period; the last quarter has none."""

CELLS = 500_000
"""Cells in a row group: a writer holds one in memory, 4 MB."""

Floats = NDArray[np.float64]
Accounted = NDArray[Any]
"""A structured array of ``ACCOUNT``."""
MEANS = ("welfare", "output", "reward")
"""What of people is told as a mean over the weeks of the run that they were there."""
TRAITS = ("skill", "conscience", "never_gamer")
"""What people are born with: the same person has the same under every scheme."""
ACCOUNTED = (*(f"{name}_sum" for name in MEANS), *TRAITS)
ACCOUNTED += ("usual_use", "generation", "tenure")
"""What of people goes into their account."""


class HasWeeks(Protocol):
    """A run with its weekly outcomes."""

    @property
    def weeks(self) -> Mapping[str, Floats]:
        """Outcomes by name, each of shape (T,); NaN where there is no value."""


_KEY = [("scheme", pa.string()), ("point", pa.int32()), ("replicate", pa.int32())]
WEEKS = pa.schema(
    [*_KEY, ("week", pa.int32()), *((name, pa.float64()) for name in NAMES)]
)
"""Columns of ``weeks.parquet`` and of its parts."""


MOST_PEOPLE = 1000
"""Slots whose people's own account of a run is kept, the first ones: a sample."""
ACCOUNT = np.dtype(
    [
        *((name, "f8") for name in MEANS),
        ("skill", "f8"),
        ("conscience", "f8"),
        ("never_gamer", "?"),
        ("usual_use", "f8"),
        ("generation", "i4"),
        ("tenure", "i4"),
    ]
)
"""The account of the person in a slot at the end of a run; see ``PEOPLE``."""
PEOPLE = pa.schema(
    [
        ("scheme", pa.string()),
        ("replicate", pa.int32()),
        ("employee", pa.int32()),
        ("welfare", pa.float64()),
        ("role", pa.string()),
        ("generation", pa.int32()),
        ("tenure", pa.int32()),
        ("output", pa.float64()),
        ("reward", pa.float64()),
        ("skill", pa.float64()),
        ("conscience", pa.float64()),
        ("never_gamer", pa.bool_()),
        ("usual_use", pa.float64()),
    ]
)
"""Columns of ``people.parquet``."""


def _of_parts(part: str) -> pa.Schema:
    outcomes = ((name, pa.float64()) for name in by_part.NAMES)
    key = ("scheme", pa.string()), ("replicate", pa.int32()), (part, pa.string())
    return pa.schema([*key, ("people", pa.int32()), *outcomes])


ROLES = _of_parts("role")
"""Columns of ``roles.parquet``."""
GROUPS = _of_parts("group")
"""Columns of ``groups.parquet``."""


def runs_schema(factors: Sequence[str]) -> pa.Schema:
    """Make the schema of ``runs.parquet``."""
    scheme, point, replicate = _KEY
    columns = [scheme, point, *((name, pa.float64()) for name in factors), replicate]
    columns.append(("seed", pa.int64()))
    for suffix in (SUFFIX["last"], SUFFIX["whole"], SUFFIX["early"]):
        columns += [(name + suffix, pa.float64()) for name in NAMES]
    return pa.schema(columns)


def weeks_of(
    planned: Sequence[Planned], runs: Sequence[HasWeeks], weeks: int
) -> pa.Table:
    """Make the weekly rows of some runs."""
    columns = _weeks_key(planned, weeks)
    for name in NAMES:
        values = np.concatenate([run.weeks[name] for run in runs])
        columns.append(column(values))
    return pa.table(columns, schema=WEEKS)


def holds(table: pa.Table, planned: Sequence[Planned], weeks: int) -> bool:
    """Check whether a weekly table holds exactly these runs."""
    if table.schema != WEEKS or len(table) != len(planned) * weeks:
        return False
    key = _weeks_key(planned, weeks)
    return all(
        table.column(k).combine_chunks().equals(array) for k, array in enumerate(key)
    )


def _weeks_key(planned: Sequence[Planned], weeks: int) -> list[pa.Array]:
    scheme, point, replicate = zip(*planned, strict=True)
    number = np.tile(np.arange(weeks, dtype=np.int32), len(planned))
    return [
        pa.array(np.repeat(np.array(scheme, object), weeks), pa.string()),
        pa.array(np.repeat(np.array(point, np.int32), weeks)),
        pa.array(np.repeat(np.array(replicate, np.int32), weeks)),
        pa.array(number),
    ]


def runs_of(table: pa.Table, planned: Sequence[Planned], design: Design) -> pa.Table:
    """Make rows of ``runs.parquet`` from the weekly rows of the same runs."""
    scheme, point, replicate = zip(*planned, strict=True)
    columns = [pa.array(scheme, pa.string()), pa.array(point, pa.int32())]
    for name in design.factors:
        levels = [design.points[number].levels[name] for number in point]
        columns.append(pa.array(levels, pa.float64()))
    columns.append(pa.array(replicate, pa.int32()))
    columns.append(pa.array([design.seed] * len(planned), pa.int64()))
    series = [values(table, name).reshape(len(planned), -1) for name in NAMES]
    last = last_weeks(design.weeks)
    for period in (slice(-last, None), slice(None), slice(EARLY_WEEKS)):
        columns += [column(mean(weekly[:, period])) for weekly in series]
    return pa.table(columns, schema=runs_schema(design.factors))


def account(run: Run) -> Accounted:
    """Accounts of who is in the first slots at the end of a run, (n,) of ``ACCOUNT``.

    Welfare, output and reward are means over the reported weeks that they were there;
    NaN of none. Who came later has no usual use: NaN.
    """
    staff = {name: run.employees[name][:MOST_PEOPLE] for name in ACCOUNTED}
    weeks = np.minimum(staff["tenure"], run.scenario.weeks)
    told: Accounted = np.zeros(len(weeks), ACCOUNT)
    for name in MEANS:
        told[name] = np.nan
        np.divide(staff[f"{name}_sum"], weeks, out=told[name], where=weeks > 0)
    for name in (*TRAITS, "generation", "tenure"):
        told[name] = staff[name]
    came_before = staff["tenure"] >= run.scenario.weeks
    told["usual_use"] = np.where(came_before, 10.0 * staff["usual_use"], np.nan)
    return told


def means_of(parts: Mapping[str, Floats]) -> Floats:
    """Mean of every outcome over a whole run by part, (outcomes, parts).

    ``parts`` are a run's ``by_role`` or ``by_group``.
    """
    return np.array([parts[name].mean(axis=0) for name in by_part.NAMES])


def people_of(planned: Planned, scenario: Scenario, told: Accounted) -> pa.Table:
    """Make the rows of ``people.parquet`` of one run of a scenario."""
    n, names = len(told), np.array(scenario.workforce.names, object)
    rows = _rows_of_roles(scenario)[:n]
    columns = [
        pa.array([planned.scheme] * n, pa.string()),
        pa.array(np.full(n, planned.replicate, np.int32)),
        pa.array(np.arange(n, dtype=np.int32)),
        column(told["welfare"]),
        pa.array(names[rows], pa.string()),
        pa.array(told["generation"]),
        pa.array(told["tenure"]),
        column(told["output"]),
        column(told["reward"]),
        pa.array(told["skill"]),
        pa.array(told["conscience"]),
        pa.array(told["never_gamer"]),
        column(told["usual_use"]),
    ]
    return pa.table(columns, schema=PEOPLE)


def roles_of(planned: Planned, job: Job, means: Floats) -> pa.Table:
    """Make the rows of ``roles.parquet`` of one run from its means by role."""
    names, rows = job.scenario.workforce.names, _rows_of_roles(job.scenario)
    return _rows_of_parts(planned, names, rows, means, ROLES)


def groups_of(planned: Planned, job: Job, means: Floats) -> pa.Table:
    """Make the rows of ``groups.parquet`` of one run from its means by group."""
    rows = job.scenario.groups_of_people(job.seed, job.replicate)
    return _rows_of_parts(planned, job.scenario.parts, rows, means, GROUPS)


def _rows_of_parts(
    planned: Planned,
    names: Sequence[str],
    rows: NDArray[np.int64],
    means: Floats,
    schema: pa.Schema,
) -> pa.Table:
    """Make a row of each part that anybody is in; ``rows`` (n,) are people's parts."""
    people = np.bincount(rows, minlength=len(names)).astype(np.int32)
    there = np.flatnonzero(people)
    columns = [
        pa.array([planned.scheme] * len(there), pa.string()),
        pa.array(np.full(len(there), planned.replicate, np.int32)),
        pa.array(np.array(names, object)[there], pa.string()),
        pa.array(people[there]),
        *(pa.array(outcome[there]) for outcome in means),
    ]
    return pa.table(columns, schema=schema)


def _rows_of_roles(scenario: Scenario) -> NDArray[np.int64]:
    """Row of the role of each employee."""
    size = scenario.organisation
    return scenario.workforce.of_people(size.employees, size.team_size)


def last_weeks(weeks: int) -> int:
    """Count the weeks of the last quarter of a run."""
    return max(1, math.ceil(weeks / 4))


def mean(weekly: Floats) -> Floats:
    """Average each row (R, T) over the weeks with a value; NaN if there is none."""
    known = ~np.isnan(weekly)
    count = known.sum(axis=1)
    total = np.where(known, weekly, 0.0).sum(axis=1)
    means = np.full(len(weekly), np.nan)
    np.divide(total, count, out=means, where=count > 0)
    return means


def column(numbers: Floats) -> pa.Array:
    """Make a column of a file; NaN becomes null."""
    return pa.array(numbers, pa.float64(), mask=np.isnan(numbers))


def values(table: pa.Table, name: str) -> Floats:
    """Read a column of a table as numbers; null becomes NaN."""
    numbers: Floats = np.asarray(table.column(name).to_numpy(), np.float64)
    return numbers


def writer(file: BinaryIO, schema: pa.Schema) -> pq.ParquetWriter:
    """Open a Parquet writer with the settings that all files of a study share.

    Page checksums reveal a damaged file when it is read.
    """
    return pq.ParquetWriter(
        file,
        schema,
        compression="zstd",
        use_dictionary=["scheme"],
        write_page_checksum=True,
        store_schema=False,
    )


class RowGroups:
    """A writer of rows that writes whenever a row group is full.

    The groups, and so the bytes of the file, do not depend on how the rows arrive.
    """

    def __init__(self, writer: pq.ParquetWriter) -> None:
        self._writer = writer
        self._size = max(1, CELLS // len(writer.schema))
        self._waiting: list[pa.Table] = []
        self._rows = 0

    def add(self, table: pa.Table) -> None:
        """Add rows."""
        self._waiting.append(table)
        self._rows += len(table)
        if self._rows >= self._size:
            self._write(self._rows - self._rows % self._size)

    def close(self) -> None:
        """Write the rows that are left; the file stays open."""
        self._write(self._rows)

    def _write(self, count: int) -> None:
        if not self._waiting:
            return
        table = pa.concat_tables(self._waiting)
        for first in range(0, count, self._size):
            group = table.slice(first, min(self._size, count - first))
            self._writer.write_table(group.combine_chunks(), row_group_size=self._size)
        self._rows -= count
        self._waiting = [table.slice(count)] if self._rows else []


def read(file: BinaryIO, columns: Sequence[str] | None = None) -> pa.Table:
    """Read a Parquet file that ``writer`` wrote.

    Raises ``OSError`` or ``pyarrow.ArrowException`` if it is damaged.
    """
    whole = pq.ParquetFile(file, page_checksum_verification=True)
    return whole.read(list(columns) if columns else None)


def length(file: BinaryIO) -> int:
    """Count the rows of a Parquet file."""
    rows: int = pq.ParquetFile(file).metadata.num_rows
    return rows


def rows(file: BinaryIO, first: int, count: int) -> pa.Table:
    """Read ``count`` rows of a Parquet file; other row groups are skipped."""
    whole = pq.ParquetFile(file, page_checksum_verification=True)
    sizes = [whole.metadata.row_group(k).num_rows for k in range(whole.num_row_groups)]
    begins = np.cumsum([0, *sizes])
    last = first + count
    wanted = [
        k for k in range(len(sizes)) if begins[k] < last and first < begins[k + 1]
    ]
    table = whole.read_row_groups(wanted)
    return table.slice(first - begins[wanted[0]] if wanted else 0, count)
