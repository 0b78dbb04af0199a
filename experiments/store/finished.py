"""The folder of a finished study: its manifest, its files and its runs.

Everything is read from the folder itself, so the folder may come from anywhere.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
from pydantic import ValidationError

from experiments.designs.design import EMPLOYEES, Design, Planned, Point
from experiments.errors import UserError
from experiments.store import dataset
from experiments.store.batch import Batch
from experiments.store.files import sha256
from experiments.store.folder import IDENTITY_KEYS, MANIFEST
from experiments.store.manifest import read_manifest
from experiments.store.store import RUNS, WEEKS
from model.scenario import Scenario

KEYS = ("command", "seed", "versions", "files", *IDENTITY_KEYS)
"""Keys that a manifest must have."""


class Finished:
    """The folder of a finished study. Raises ``UserError`` if it is none.

    Attributes
    ----------
    manifest : dict
        Content of ``manifest.json``.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.manifest = _manifest(folder)

    @property
    def has_runs(self) -> bool:
        """Whether its runs are stored one by one."""
        return {RUNS, WEEKS} <= set(self.manifest["files"])

    @property
    def weeks(self) -> int:
        """Length of every run."""
        return int(next(iter(self.manifest["schemes"].values()))["weeks"])

    def changed(self) -> Iterator[str]:
        """Say in words which data files are missing or have changed."""
        for name, expected in self.manifest["files"].items():
            path = self.folder / name
            if not path.is_file():
                yield f"{name} is missing"
            elif sha256(path) != expected:
                yield f"{name} has changed since the study was finished"

    def count(self) -> int:
        """Count the runs."""
        with (self.folder / RUNS).open("rb") as file:
            return dataset.length(file)

    def place(self, run: Planned) -> int:
        """Find the row of a run in ``runs.parquet``.

        Raises ``UserError`` if there is no such run.
        """
        with (self.folder / RUNS).open("rb") as file:
            keys = dataset.read(file, Planned._fields)
        columns = (keys.column(name).to_pylist() for name in Planned._fields)
        for row, key in enumerate(zip(*columns, strict=True)):
            if key == run:
                return row
        raise UserError(
            f"{self.folder} has no run of scheme {run.scheme} at point {run.point} "
            f"with replicate {run.replicate}; {RUNS} lists all there are."
        )

    def run(self, row: int) -> pa.Table:
        """Read a row of ``runs.parquet``."""
        with (self.folder / RUNS).open("rb") as file:
            return dataset.rows(file, row, 1)

    def weeks_of(self, row: int) -> pa.Table:
        """Read the weekly rows of that run."""
        with (self.folder / WEEKS).open("rb") as file:
            return dataset.rows(file, row * self.weeks, self.weeks)

    def planned(self, row: int) -> tuple[Planned, dict[str, float]]:
        """Read the key of a run and the levels of its point."""
        [cells] = self.run(row).to_pylist()
        names = list(cells)
        factors = names[names.index("point") + 1 : names.index("replicate")]
        run = Planned(*(cells[name] for name in Planned._fields))
        return run, {name: cells[name] for name in factors}

    def scenario(self, scheme: str) -> Scenario:
        """Read the scenario of a scheme, before the levels of any point are set.

        Raises ``UserError`` if this version of the model has other parameters.
        """
        try:
            return Scenario(**self.manifest["schemes"][scheme])
        except ValidationError as error:
            [first, *_] = error.errors(include_url=False)
            key = ".".join(map(str, first["loc"]))
            raise UserError(
                f"this version of the model cannot read the scheme {scheme} of "
                f"{self.folder}: {key}: {first['msg']}."
            ) from None

    def batch(self, row: int) -> Batch:
        """Make the batch that repeats one run; its number is the row of the run."""
        run, levels = self.planned(row)
        scenario = self.scenario(run.scheme)
        return Batch(
            row,
            self.manifest["seed"],
            self.weeks,
            int(levels.get(EMPLOYEES, scenario.organisation.employees)),
            {run.scheme: scenario},
            {run.point: levels},
            (run,),
        )

    def row_of(self, batch: Batch, weekly: pa.Table) -> pa.Table:
        """Make the row of ``runs.parquet`` from the weekly rows of one run."""
        [run] = batch.runs
        # A design of this point alone: its number is set back in the end.
        points = (Point(0, batch.levels[run.point], 1),)
        design = Design(batch.schemes, points, batch.seed)
        alone = dataset.runs_of(weekly, [run._replace(point=0)], design)
        place = alone.schema.get_field_index("point")
        number = pa.array([run.point], pa.int32())
        return alone.set_column(place, alone.schema.field(place), number)


def _manifest(folder: Path) -> dict[str, Any]:
    path = folder / MANIFEST
    if not path.is_file():
        kind = "no finished study" if folder.is_dir() else "no folder"
        raise UserError(
            f"{folder} is {kind}: there is no {path}. Give the folder of a study that "
            "was carried out to its end, path=DIR."
        )
    try:
        manifest = read_manifest(folder)
        missing = [key for key in KEYS if key not in manifest]
    except (ValueError, TypeError):
        raise UserError(f"cannot read {path}: it is no manifest of a study.") from None
    if missing:
        raise UserError(
            f"{path} is no manifest of a study: it lacks {', '.join(missing)}."
        )
    return manifest
