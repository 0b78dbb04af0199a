"""Read the exports, and write the panel and what is to be said of it.

The panel is no table of the study's, as nothing about a person is shown or printed. An
import has no parts: what is half read says nothing, and must not lie on the disk.
"""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from experiments.config.command import command
from experiments.exports import panel_file
from experiments.exports.collect import collected
from experiments.exports.panel import panel
from experiments.runs.progress import Progress
from experiments.store.files import explained, replacing
from experiments.store.folder import Identity, folder_of, locked
from experiments.store.manifest import is_finished, remove_parts, write_manifest
from experiments.store.table import TableRows
from experiments.studies.import_.coverage import COVERAGE, CoverageRow, coverage
from experiments.studies.import_.plan import Import, Plan

MEGABYTE = 1 << 20
Rows = Sequence[CoverageRow]
Tables = Callable[[Plan, Rows], TableRows]


def whole(plan: Plan, identity: Identity, tables: Tables) -> tuple[Path, Rows]:
    """Carry out an import, unless its folder is finished.

    Raises ``UserError`` for what cannot be read. An interruption ends the program with
    exit code 130; nothing is kept.
    """
    request = plan.request
    folder = folder_of(request.out, request.study, identity)
    with locked(folder), explained(folder):
        if not is_finished(folder, identity, again=request.again):
            try:
                made, rows = _made(plan.subject)
            except KeyboardInterrupt:
                print(
                    "\nInterrupted. Nothing is kept; the same command begins anew.",
                    file=sys.stderr,
                )
                raise SystemExit(130) from None
            with replacing(folder / panel_file.NAME) as file:
                pq.write_table(made, file)
            names = [panel_file.NAME]
            for table, of_table in tables(plan, rows).items():
                table.write(folder / table.name, of_table)
                names.append(table.name)
            write_manifest(folder, request.seed, names, identity, command(request))
            remove_parts(folder)
        return folder, COVERAGE.read(folder / COVERAGE.name)


def _made(asked: Import) -> tuple[pa.Table, Rows]:
    """Read all exports."""
    files, settings = asked.files, asked.settings
    size = sum(export.size for some in files.uses.values() for export in some)
    with Progress(max(1, size // MEGABYTE), unit="MB") as progress:
        left = 0

        def advance(count: int) -> None:
            nonlocal left
            done, left = divmod(left + count, MEGABYTE)
            if done:
                progress.advance(done)

        found = collected(
            files, settings.measure, asked.zone, settings.others == "keep", advance
        )
    made = panel(
        found.sources, found.seats, settings.measure, settings.tokens, asked.taken
    )
    rows = coverage(files, settings, found, made)
    names, key = found.ids.names, asked.secret.key
    return (
        panel_file.table(made, names, key, settings.measure, settings.tokens),
        rows,
    )
