"""A study made of named pieces: each is computed once and kept.

A piece is a file of JSON below ``parts/``; a killed study goes on with what is missing.
When all are there they are written into ``pieces.json`` and the tables that follow from
them; the manifest comes last, as in every finished folder.
"""

import math
import shutil
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from experiments.files import explained, replacing
from experiments.folder import (
    BEGUN,
    MANIFEST,
    PARTS,
    Identity,
    check_owner,
    locked,
    where,
)
from experiments.manifest import check_files, read_json, write_json, write_manifest
from experiments.request import Request
from experiments.sweep import NOT_RESULTS
from model.compiled import sources_digest

PIECES = "pieces.json"
ROOT = Path(__file__).parents[1]

Content = Any
"""What JSON can hold; see ``plain``."""
Tables = Callable[[Mapping[str, Content]], Mapping[str, str]]
"""From all pieces to the texts of further data files, by name."""


@dataclass(frozen=True)
class Gathered:
    """A finished study of pieces.

    Attributes
    ----------
    computed : tuple of str
        Names of the pieces that were computed now.
    seconds : float
        What they took.
    """

    folder: Path
    pieces: Mapping[str, Content]
    computed: tuple[str, ...]
    seconds: float


def gather(
    request: Request,
    compute: Mapping[str, Callable[[], Content]],
    tables: Tables,
    sources: tuple[str, ...],
) -> Gathered:
    """Compute the missing pieces, in order, and write the files of the study.

    ``sources`` are folders and files below the root whose Python the pieces depend on,
    beside the model. Raises ``Wrong`` if the folder cannot be used; an interruption
    ends the program with exit code 130, and what is finished is kept.
    """
    identity = identify(request, sources)
    folder = where(request.out, request.study, identity)
    with locked(folder), explained(folder):
        check_owner(folder, identity)
        if (folder / MANIFEST).exists() and not request.again:
            check_files(folder)
            _remove_parts(folder)
            return Gathered(folder, read_json(folder / PIECES), (), 0.0)
        _begin(folder, identity)
        start = time.perf_counter()
        try:
            computed = _fill(folder, compute)
        except KeyboardInterrupt:
            kept = sum(_path(folder, name).exists() for name in compute)
            print(
                f"\nInterrupted. {kept} of {len(compute)} parts are kept in {folder}; "
                "the same command goes on from there.",
                file=sys.stderr,
            )
            raise SystemExit(130) from None
        seconds = time.perf_counter() - start
        pieces = {name: read_json(_path(folder, name)) for name in compute}
        files = {PIECES: None, **tables(pieces)}
        write_json(folder / PIECES, pieces)
        for name, text in files.items():
            if text is not None:
                with replacing(folder / name) as file:
                    file.write(text.encode())
        write_manifest(folder, request.seed, list(files), identity)
        _remove_parts(folder)
    return Gathered(folder, pieces, computed, seconds)


def identify(request: Request, sources: tuple[str, ...]) -> Identity:
    """What the results depend on: the config, the model, the sources of the pieces."""
    config = {k: v for k, v in request.config.items() if k not in NOT_RESULTS}
    digest = sha256()
    for source in sources:
        path = ROOT / source
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            digest.update(file.relative_to(ROOT).as_posix().encode() + b"\0")
            digest.update(file.read_bytes() + b"\0")
    model = f"{sources_digest()}-{digest.hexdigest()[:16]}"
    return {"config": config, "schemes": {}, "model": model}


def plain(value: Any) -> Content:
    """A value as JSON can hold it: what is not finite becomes None."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    return value


def _begin(folder: Path, identity: Identity) -> None:
    """Say whose parts are going to be here; what was finished is begun anew."""
    if (folder / MANIFEST).exists():
        _remove_parts(folder)
    parts = folder / PARTS
    parts.mkdir(exist_ok=True)
    if not (parts / BEGUN).exists():
        write_json(parts / BEGUN, identity)
    (folder / MANIFEST).unlink(missing_ok=True)


def _fill(
    folder: Path, compute: Mapping[str, Callable[[], Content]]
) -> tuple[str, ...]:
    """Compute what is missing, saying which piece is at work."""
    missing = [name for name in compute if _read(folder, name) is None]
    if 0 < len(missing) < len(compute):
        done = len(compute) - len(missing)
        print(f"Going on after {done} of {len(compute)} parts.", file=sys.stderr)
    for number, name in enumerate(missing, start=len(compute) - len(missing) + 1):
        start = time.perf_counter()
        print(f"{number} of {len(compute)}: {name} ...", end="", file=sys.stderr)
        sys.stderr.flush()
        write_json(_path(folder, name), plain(compute[name]()))
        print(f" {time.perf_counter() - start:.1f} s", file=sys.stderr)
    return tuple(missing)


def _read(folder: Path, name: str) -> Content | None:
    """A piece; None if it is not there or damaged."""
    try:
        return read_json(_path(folder, name))
    except (OSError, ValueError):
        return None


def _path(folder: Path, name: str) -> Path:
    return folder / PARTS / f"{name}.json"


def _remove_parts(folder: Path) -> None:
    if (folder / PARTS).exists():
        shutil.rmtree(folder / PARTS)
