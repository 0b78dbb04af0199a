"""A finished study in one file that a repository can keep and give a DOI.

The archive is a zip without compression (Parquet and PNG are compressed already), with
sorted names and no dates: its bytes follow from what it holds.
"""

import platform
import shutil
import zipfile
from collections.abc import Iterator, Mapping
from importlib.metadata import distributions
from pathlib import Path
from typing import Any, BinaryIO

from experiments.config import yaml_text
from experiments.figures.save import FOLDER
from experiments.store.files import replacing
from experiments.store.finished import Finished
from experiments.store.folder import MANIFEST, REPORT
from experiments.studies.archive import columns

ROOT = Path(__file__).parents[3]
CITATION = "CITATION.cff"
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest date that a zip can hold."""
README = """\
# {name}

A finished study of the tokenmaxxing lab, an agent-based laboratory of what happens to
real work when a company rewards measured AI use.

- Study: {study}, seed {seed}
- Schemes: {schemes}
- Model: {model}, commit {commit}
- Made with: {versions}

## The same numbers again

    {command}

Same command, same versions, same kind of machine: the same bytes. To check this copy,
unpack it, go into its folder and call

    tokenmaxxing study=verify path=.

which hashes the data anew and repeats a sample of the runs.

## What is in it

{files}
"""
MEANINGS: Mapping[str, str] = {
    MANIFEST: "what the results depend on, and the SHA-256 of every data file",
    "config.yaml": "the resolved config, as a person reads it",
    "environment.txt": "Python and all packages where the archive was packed",
    "columns.json": "columns and keys of the data files, with units",
    CITATION: "how to cite the laboratory",
    REPORT: "the study as a page, self-contained",
    f"{FOLDER}/": "its charts",
}


def write(finished: Finished, target: Path) -> list[str]:
    """Write the archive and return the names of its files."""
    name = finished.folder.resolve().name
    texts = _texts(finished)
    files = dict(_files(finished))
    texts["README.md"] = _readme(finished, name, [*texts, *files])
    names = sorted([*texts, *files])
    with replacing(target) as file, zipfile.ZipFile(file, "w") as archive:
        for inner in names:
            if inner in texts:
                _add(archive, f"{name}/{inner}", texts[inner].encode())
            else:
                with files[inner].open("rb") as source:
                    _add(archive, f"{name}/{inner}", source)
    return names


def environment() -> str:
    """List Python and all installed packages, a line each, without addresses."""
    packages = {
        d.metadata["Name"].lower().replace("_", "-"): d.version for d in distributions()
    }
    lines = [f"{name}=={version}" for name, version in sorted(packages.items())]
    return "\n".join([f"# Python {platform.python_version()}", *lines]) + "\n"


def _texts(finished: Finished) -> dict[str, str]:
    """Write the texts that only the archive has, by file name."""
    config = finished.manifest["config"]
    return {
        "config.yaml": yaml_text.dump(config),
        "environment.txt": environment(),
        "columns.json": columns.as_json(_listed(finished)),
    }


def _listed(finished: Finished) -> Mapping[str, Any]:
    """Describe the files of the study whose columns or keys are stable."""
    tables = columns.tables_of(finished.manifest["config"]["study"]["name"])
    names = (*finished.manifest["files"], MANIFEST)
    return {n: said for n, said in columns.columns(tables).items() if n in names}


def _files(finished: Finished) -> Iterator[tuple[str, Path]]:
    """List the files that are copied unchanged, by their names in the archive."""
    for name in (MANIFEST, *finished.manifest["files"], REPORT):
        if (finished.folder / name).is_file():
            yield name, finished.folder / name
    for path in sorted((finished.folder / FOLDER).glob("*")):
        if path.suffix in (".png", ".svg"):
            yield f"{FOLDER}/{path.name}", path
    # They are missing where the package was installed without its sources.
    if (ROOT / CITATION).is_file():
        yield CITATION, ROOT / CITATION


def _readme(finished: Finished, name: str, inside: list[str]) -> str:
    manifest = finished.manifest
    listed = _listed(finished)
    lines = [
        f"- `{inner}`: {listed[inner]['rows'] if inner in listed else MEANINGS[inner]}"
        for inner in sorted(inside)
        if inner in listed or inner in MEANINGS
    ]
    others = [x for x in sorted(manifest["files"]) if x not in listed]
    lines += [f"- `{inner}`: further results of the study" for inner in others]
    if any(inner.startswith(f"{FOLDER}/") for inner in inside):
        lines.append(f"- `{FOLDER}/`: {MEANINGS[f'{FOLDER}/']}")
    return README.format(
        name=name,
        study=manifest["config"]["study"]["name"],
        seed=manifest["seed"],
        schemes=", ".join(manifest["schemes"]) or "those of the study itself",
        model=manifest["model"],
        commit=manifest.get("commit"),
        versions=", ".join(f"{k} {v}" for k, v in manifest["versions"].items()),
        command=manifest["command"],
        files="\n".join(lines),
    )


def _add(archive: zipfile.ZipFile, name: str, content: bytes | BinaryIO) -> None:
    entry = zipfile.ZipInfo(name, EPOCH)
    entry.external_attr = 0o644 << 16
    entry.create_system = 3  # Unix, on every system, for equal bytes
    with archive.open(entry, "w", force_zip64=True) as inner:
        if isinstance(content, bytes):
            inner.write(content)
        else:
            shutil.copyfileobj(content, inner)
