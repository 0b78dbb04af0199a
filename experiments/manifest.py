"""What a finished folder says of itself: versions, config and content hashes.

The manifest comes last: a folder that has one is finished.
"""

import json
import platform
import subprocess
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from experiments.errors import Wrong
from experiments.files import replacing, sha256
from experiments.folder import MANIFEST, Identity

PACKAGES = ("tokenmaxxing", "numpy", "numba", "scipy", "pyarrow")


def write_manifest(
    folder: Path,
    seed: int,
    files: Sequence[str],
    identity: Identity,
    packages: Sequence[str] = PACKAGES,
) -> None:
    """Write the manifest over the data files of a study."""
    manifest = {
        "seed": seed,
        "commit": commit(),
        "versions": {
            "python": platform.python_version(),
            **{name: installed(name) for name in packages},
        },
        "files": {name: sha256(folder / name) for name in files},
        **identity,
    }
    write_json(folder / MANIFEST, manifest)


def read_manifest(folder: Path) -> dict[str, Any]:
    """The manifest of a finished study."""
    manifest: dict[str, Any] = read_json(folder / MANIFEST)
    return manifest


def check_files(folder: Path) -> None:
    """Raise ``Wrong`` if a data file of a finished study is not as it was."""
    for name, expected in read_manifest(folder)["files"].items():
        path = folder / name
        if not path.exists() or sha256(path) != expected:
            state = "has changed" if path.exists() else "is missing"
            raise Wrong(
                f"{path} {state} since the study was finished. "
                "Make the study anew with again=true."
            )


def write_json(path: Path, content: Any) -> None:
    """Write a JSON file that is either whole or not there."""
    with replacing(path) as file:
        text = json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False)
        file.write(text.encode() + b"\n")


def read_json(path: Path) -> Any:
    """Read a JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


def commit() -> str | None:
    """The version of the sources by git; None outside a repository."""
    command = ["git", "describe", "--always", "--dirty"]
    here = Path(__file__).parent
    try:
        done = subprocess.run(command, cwd=here, capture_output=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return None
    return done.stdout.decode().strip() or None


def installed(package: str) -> str | None:
    """Version of an installed package."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None
