"""A batch: the runs of one part, carried out anywhere, and their results.

A batch holds all that its runs need and nothing else, so that it can be sent to another
machine. A run that fails does not spoil the others: it becomes rows without outcomes,
and its error is kept with them.
"""

import io
import json
from base64 import b64decode, b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray
from pydantic import ValidationError

from experiments.designs.design import Design, Planned, at
from experiments.store import dataset
from experiments.store.dataset import ACCOUNT, Accounted, Floats
from model import by_part
from model.outcomes import NAMES
from model.scenario import Scenario
from model.simulate import simulate
from model.simulation import WARM_UP

FAILED, ACCOUNTS = b"failed", b"accounts"
ROLES, GROUPS = b"roles", b"groups"
"""Metadata keys of a part's file: errors of its runs, people's accounts of them, and
means by role and by group."""


class Result(NamedTuple):
    """The result of a run.

    Attributes
    ----------
    weeks : dict of str to array, shape (T,)
        Outcomes by name; NaN throughout if the run failed.
    error : str or None
        Why it failed.
    account : array, shape (n,), or None
        Of the first people (``dataset.ACCOUNT``), if asked for and the run succeeded.
    roles : array, shape (outcomes, roles), or None
        Means by role of a run at the centre; None of one crowd, or if the run failed.
    groups : array, shape (outcomes, groups + 1), or None
        The same by group, and at last of everybody else; None without groups.
    """

    weeks: Mapping[str, Floats]
    error: str | None = None
    account: Accounted | None = None
    roles: Floats | None = None
    groups: Floats | None = None


class Batch(NamedTuple):
    """Runs to be carried out one after the other.

    Attributes
    ----------
    number : int
        The part that they make.
    levels : dict of int to dict of str to float
        Levels of the points of its runs.
    accounts : bool
        Whether people's own accounts of the runs at the centre are asked for.
    """

    number: int
    seed: int
    weeks: int
    employees: int
    schemes: Mapping[str, Scenario]
    levels: Mapping[int, Mapping[str, float]]
    runs: tuple[Planned, ...]
    accounts: bool = False

    @property
    def work(self) -> int:
        """Employee-weeks of one run, warm-up included."""
        return self.employees * (self.weeks + WARM_UP)

    def cut(self, work: int) -> list["Batch"]:
        """Cut it into batches of about ``work`` employee-weeks, at least a run each."""
        size = max(1, work // self.work)
        return [
            self._replace(runs=self.runs[k : k + size])
            for k in range(0, len(self.runs), size)
        ]


def batch_of(design: Design, number: int, runs: tuple[Planned, ...]) -> Batch:
    """Make the batch of some runs of a design."""
    return Batch(
        number,
        design.seed,
        design.weeks,
        design.employees,
        {name: design.schemes[name] for name in dict.fromkeys(r.scheme for r in runs)},
        {k: design.points[k].levels for k in dict.fromkeys(r.point for r in runs)},
        runs,
        design.accounts,
    )


def results(batch: Batch, threads: int = 1) -> list[Result]:
    """Carry out all runs of a batch; ``threads`` share the people of a run."""
    return list(_results(batch, threads))


def _results(batch: Batch, threads: int) -> Iterator[Result]:
    here: tuple[str, int] | None = None
    scenario: Scenario | str = ""
    for run in batch.runs:
        if here != (run.scheme, run.point):
            here = run.scheme, run.point
            scenario = _scenario(batch, run)
        yield _result(batch, run, scenario, threads)


def _scenario(batch: Batch, run: Planned) -> Scenario | str:
    """Make the scenario of a run, or say why there is none."""
    try:
        return at(batch.schemes[run.scheme], batch.levels[run.point])
    except ValidationError as error:
        return described(error)


def _result(
    batch: Batch, run: Planned, scenario: Scenario | str, threads: int
) -> Result:
    if isinstance(scenario, str):
        return _failed(batch.weeks, scenario)
    try:
        done = simulate(scenario, batch.seed, run.replicate, threads=threads)
    except MemoryError:
        raise  # of the machine, not of the run: with more memory it succeeds
    except Exception as error:
        return _failed(batch.weeks, described(error))
    is_centre = run.point == 0
    return Result(
        done.weeks,
        account=dataset.account(done) if batch.accounts and is_centre else None,
        roles=_means_of(done.by_role) if is_centre else None,
        groups=_means_of(done.by_group) if is_centre else None,
    )


def _means_of(parts: Mapping[str, Floats]) -> Floats | None:
    return dataset.means_of(parts) if parts else None


def _failed(weeks: int, error: str) -> Result:
    return Result(dict.fromkeys(NAMES, np.full(weeks, np.nan)), error)


def described(error: Exception) -> str:
    """Write kind and text of an error on one line."""
    return " ".join(f"{type(error).__name__}: {error}".split())


def part_file(batch: Batch, done: Sequence[Result]) -> bytes:
    """Make the file of a part: weekly rows, and the errors of runs that failed."""
    table = dataset.weeks_of(batch.runs, done, batch.weeks)
    failed = {str(k): x.error for k, x in enumerate(done) if x.error is not None}
    kept = {
        ACCOUNTS: _written(x.account for x in done),
        ROLES: _written(x.roles for x in done),
        GROUPS: _written(x.groups for x in done),
    }
    file = io.BytesIO()
    with dataset.writer(file, table.schema) as writer:
        writer.write_table(table)
        if failed:
            writer.add_key_value_metadata({FAILED: json.dumps(failed)})
        for key, written in kept.items():
            if written:
                writer.add_key_value_metadata({key: json.dumps(written)})
    return file.getvalue()


def _written(arrays: Iterable[Floats | None]) -> dict[str, str]:
    """Write the arrays that there are as texts, by the place of their runs."""
    return {
        str(k): b64encode(array.tobytes()).decode()
        for k, array in enumerate(arrays)
        if array is not None
    }


def errors(table: pa.Table) -> dict[int, str]:
    """Read the errors of the failed runs of a part, by their place in it."""
    kept = (table.schema.metadata or {}).get(FAILED, b"{}")
    return {int(place): str(error) for place, error in json.loads(kept).items()}


def accounts(table: pa.Table) -> dict[int, Accounted]:
    """Read people's accounts of the runs of a part, by their place in it."""
    return _read(table, ACCOUNTS, ACCOUNT)


def means_of_roles(table: pa.Table) -> dict[int, Floats]:
    """Read means by role of the runs of a part, (outcomes, roles), by their place."""
    return _means(table, ROLES)


def means_of_groups(table: pa.Table) -> dict[int, Floats]:
    """Read those by group, (outcomes, groups + 1)."""
    return _means(table, GROUPS)


def _means(table: pa.Table, key: bytes) -> dict[int, Floats]:
    outcomes = len(by_part.NAMES)
    found = _read(table, key, np.dtype(np.float64))
    return {k: x.reshape(outcomes, -1) for k, x in found.items()}


def _read(table: pa.Table, key: bytes, kind: np.dtype[Any]) -> dict[int, NDArray[Any]]:
    kept = (table.schema.metadata or {}).get(key, b"{}")
    return {
        int(place): np.frombuffer(b64decode(text), kind)
        for place, text in json.loads(kept).items()
    }
