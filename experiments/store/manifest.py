"""The manifest of a finished folder, and the note that marks an unfinished one.

The manifest, with versions, config and content hashes, comes last: a folder that has
one is finished.
"""

import json
import platform
import shutil
import subprocess
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from experiments.errors import UserError
from experiments.store.files import read_json, replacing, sha256
from experiments.store.folder import (
    BEGUN,
    MANIFEST,
    PARTS,
    Identity,
    check_owner,
)

PACKAGES = (
    "tokenmaxxing",
    "numpy",
    "numba",
    "scipy",
    "pyarrow",
    "mesa",
    "statsmodels",
    "SALib",
    "scikit-learn",
)


def is_finished(folder: Path, identity: Identity, *, again: bool) -> bool:
    """Check whether a study is finished; prepare the folder for parts if it is not.

    With ``again`` a finished study becomes an unfinished one without any parts. Raises
    ``UserError`` if the folder holds anything else or a data file has changed.
    """
    check_owner(folder, identity)
    finished = (folder / MANIFEST).exists()
    if finished and not again:
        check_files(folder)
        remove_parts(folder)
        return True
    if finished:
        remove_parts(folder)
    _begin(folder, identity)
    if finished:
        _unfinish(folder)
    return False


def _begin(folder: Path, identity: Identity) -> None:
    """Note in the folder which study its parts belong to."""
    parts = folder / PARTS
    parts.mkdir(exist_ok=True)
    if not (parts / BEGUN).exists():
        write_json(parts / BEGUN, identity)


def _unfinish(folder: Path) -> None:
    """Remove all files of a finished study."""
    names = read_manifest(folder)["files"]
    # Before the manifest: else the page could outlast its numbers.
    for page in folder.glob("*.html"):
        page.unlink()
    (folder / MANIFEST).unlink()
    for name in names:
        (folder / name).unlink(missing_ok=True)


def remove_parts(folder: Path) -> None:
    """Remove all parts: a finished study needs none."""
    if (folder / PARTS).exists():
        shutil.rmtree(folder / PARTS)


def write_manifest(
    folder: Path,
    seed: int,
    files: Sequence[str],
    identity: Identity,
    command: str,
) -> None:
    """Write the manifest over the data files of a study.

    ``command`` reproduces the numbers.
    """
    manifest = {
        "command": command,
        "seed": seed,
        "commit": commit(),
        "versions": versions(PACKAGES),
        "files": {name: sha256(folder / name) for name in files},
        **identity,
    }
    write_json(folder / MANIFEST, manifest)


def read_manifest(folder: Path) -> dict[str, Any]:
    """Read the manifest of a finished study."""
    manifest: dict[str, Any] = read_json(folder / MANIFEST)
    return manifest


def check_files(folder: Path) -> None:
    """Raise ``UserError`` if a data file of a finished study is missing or changed."""
    for name, expected in read_manifest(folder)["files"].items():
        path = folder / name
        if not path.exists() or sha256(path) != expected:
            state = "has changed" if path.exists() else "is missing"
            raise UserError(
                f"{path} {state} since the study was finished. "
                "Make the study anew with again=true."
            )


def write_json(path: Path, content: Any) -> None:
    """Write a JSON file, all of it or nothing."""
    with replacing(path) as file:
        text = json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False)
        file.write(text.encode() + b"\n")


def commit() -> str | None:
    """Ask git for the version of the sources; None outside a repository."""
    command = ["git", "describe", "--always", "--dirty"]
    here = Path(__file__).parent
    try:
        done = subprocess.run(command, cwd=here, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.decode().strip() or None


def versions(packages: Sequence[str]) -> dict[str, str | None]:
    """List the versions of Python and of packages, by name."""
    return {
        "python": platform.python_version(),
        **{name: installed(name) for name in packages},
    }


def installed(package: str) -> str | None:
    """Look up the version of a package; None if it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None
