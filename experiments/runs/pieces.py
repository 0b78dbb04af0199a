"""A study made of named pieces: each is computed once and kept.

A piece is a JSON file below ``parts/``; a killed study goes on with the missing ones.
Some pieces may follow from all others, and are computed after them. In the end all
pieces are written into ``pieces.json``, then the tables that follow from them, and last
the manifest, as in every finished folder.
"""

import json
import math
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from experiments.config.command import NOT_RESULTS, command
from experiments.config.request import Request
from experiments.runs.progress import Progress
from experiments.store.files import explained
from experiments.store.folder import (
    BEGUN,
    PARTS,
    Identity,
    folder_of,
    interruptible,
    locked,
)
from experiments.store.manifest import (
    is_finished,
    remove_parts,
    write_json,
    write_manifest,
)
from experiments.store.sources import digest
from experiments.store.table import TableRows
from model.compiled import sources_digest

PIECES = "pieces.json"
FLOAT = "float"
"""Key under which a number that is not finite is written."""
NOT_FINITE = ("nan", "inf", "-inf")

Content = Any
"""Values that JSON can hold, and numbers that are not finite."""
Tables = Callable[[Mapping[str, Content]], TableRows]
"""A function from all pieces to the tables that follow from them."""
NOTHING: Mapping[str, Callable[[Mapping[str, Content]], Content]] = {}


@dataclass(frozen=True)
class FinishedPieces:
    """A finished study of pieces.

    Attributes
    ----------
    computed : tuple of str
        Names of the pieces that were computed now.
    """

    folder: Path
    pieces: Mapping[str, Content]
    computed: tuple[str, ...]


def gather(
    request: Request,
    compute: Mapping[str, Callable[[], Content]],
    tables: Tables,
    modules: Sequence[str],
    following: Mapping[str, Callable[[Mapping[str, Content]], Content]] = NOTHING,
) -> FinishedPieces:
    """Compute the missing pieces, in order, and write the files of the study.

    ``following`` are pieces that follow from those of ``compute``. ``modules`` are the
    dotted names of the modules that compute. Raises ``UserError`` if the folder cannot
    be used. An interruption ends the program with exit code 130; finished pieces are
    kept.
    """
    identity = identify(request, modules)
    folder = folder_of(request.out, request.study, identity)
    first = tuple(compute)
    compute = {
        **compute,
        **{
            name: partial(_from_others, folder, first, function)
            for name, function in following.items()
        },
    }
    with locked(folder), explained(folder):
        if is_finished(folder, identity, again=request.again):
            return FinishedPieces(folder, restored(folder / PIECES), ())
        with interruptible(folder, compute.__len__):
            computed = fill(folder, compute)
            pieces = kept(folder, compute)
            write_json(folder / PIECES, plain(pieces))
            names = [PIECES]
            for table, rows in tables(pieces).items():
                table.write(folder / table.name, rows)
                names.append(table.name)
            write_manifest(folder, request.seed, names, identity, command(request))
        remove_parts(folder)
    return FinishedPieces(folder, pieces, computed)


def identify(request: Request, modules: Sequence[str]) -> Identity:
    """Collect what the results depend on: the config, the model and the sources."""
    config = {k: v for k, v in request.config.items() if k not in NOT_RESULTS}
    return {
        "config": config,
        "schemes": {},
        "model": sources_digest(),
        "sources": digest(modules, by_value=False),
    }


def plain(value: Any) -> Content:
    """Turn a value into one that JSON can hold.

    JSON has no numbers that are not finite: they become {"float": "nan"}, "inf" or
    "-inf", which ``restored`` undoes. Raises ``TypeError`` if a value cannot be kept.
    """
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return {FLOAT: str(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError(f"a piece cannot hold a {type(value).__name__}: {value!r}")


def restored(path: Path) -> Content:
    """Read a file and undo ``plain``."""
    text = path.read_text(encoding="utf-8")
    return json.loads(text, object_hook=_number)


def _number(kept: dict[str, Any]) -> Any:
    text = kept.get(FLOAT) if len(kept) == 1 else None
    return float(text) if text in NOT_FINITE else kept


def _from_others(
    folder: Path,
    names: Sequence[str],
    compute: Callable[[Mapping[str, Content]], Content],
) -> Content:
    """Compute a piece from finished ones."""
    return compute(kept(folder, names))


def missing(folder: Path, names: Iterable[str]) -> tuple[str, ...]:
    """Name the pieces that are not there, or damaged."""
    return tuple(name for name in names if not _is_whole(folder, name))


def fill(folder: Path, compute: Mapping[str, Callable[[], Content]]) -> tuple[str, ...]:
    """Compute the missing pieces below ``parts/``; return their names."""
    names = missing(folder, compute)
    with _progress(len(compute), names) as progress:
        for name in names:
            progress.begin(name)
            write_json(_path(folder, name), plain(compute[name]()))
            progress.advance()
    return names


def fill_from(
    folder: Path,
    names: Sequence[str],
    arriving: Callable[[Sequence[str]], Iterable[tuple[str, Content]]],
) -> None:
    """Keep the missing pieces below ``parts/`` as they arrive from elsewhere.

    ``arriving`` takes their names, and gives them with what they hold in any order.
    """
    wanted = missing(folder, names)
    with _progress(len(names), wanted) as progress:
        for name, content in arriving(wanted):
            write_json(_path(folder, name), plain(content))
            progress.advance()


def _progress(count: int, names: Sequence[str]) -> Progress:
    """Show the progress of pieces, of which these are missing."""
    done = count - len(names)
    if done and names:
        print(f"Going on after {done} of {count} parts.", file=sys.stderr)
    return Progress(count, done, unit="parts")


def kept(folder: Path, names: Iterable[str]) -> dict[str, Content]:
    """Read pieces below ``parts/``, all of which are there."""
    return {name: restored(_path(folder, name)) for name in names}


def _is_whole(folder: Path, name: str) -> bool:
    """Check that a piece is there and not damaged."""
    path = _path(folder, name)
    try:
        restored(path)
    except (OSError, ValueError):
        return False
    return True


def _path(folder: Path, name: str) -> Path:
    path = folder / PARTS / f"{name}.json"
    if path.name == BEGUN:
        raise ValueError(f"no piece can be called {name}: {BEGUN} says whose parts are")
    return path
