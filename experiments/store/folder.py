"""The output folder: where it is, whose it is, and one process at a time in it."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from experiments.errors import UserError
from experiments.store.files import explained, read_json

LOCK = ".lock"
PATIENCE = 0.2  # seconds, as the last holder may have removed its lock just now
PARTS = "parts"
BEGUN = "study.json"  # below parts/: the study that they belong to
MANIFEST = "manifest.json"
REPORT = "report.html"
MOST_DIFFERENCES = 3

Identity = Mapping[str, Any]
"""What the results depend on: two studies with equal identities are the same."""
IDENTITY_KEYS = ("config", "schemes", "model", "sources")


def digest(identity: Identity) -> str:
    """Name a study by twelve hexadecimal digits."""
    text = json.dumps(identity, sort_keys=True, allow_nan=False)
    return sha256(text.encode()).hexdigest()[:12]


def folder_of(out: Path | None, study: str, identity: Identity) -> Path:
    """Choose the folder of a study: ``out``, or one named after its digest."""
    return out or Path("outputs") / f"{study}-{digest(identity)}"


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Lock a folder for this process; make it if it does not exist.

    Raises ``UserError`` if it cannot be written or another process holds it.
    """
    if folder.exists() and not folder.is_dir():
        raise UserError(f"{folder} is a file; out=DIR must name a folder.")
    lock = FileLock(folder / LOCK)
    with explained(folder):
        folder.mkdir(parents=True, exist_ok=True)
        try:
            lock.acquire(timeout=PATIENCE)
        except Timeout:
            raise UserError(
                f"another process is at work in {folder}. Wait until it is done, or "
                "choose another folder with out=DIR."
            ) from None
    try:
        yield
    finally:
        # Removed while it is still held: nobody else can have taken it. Windows does
        # not allow that; there the library removes it.
        with suppress(PermissionError):
            (folder / LOCK).unlink(missing_ok=True)
        lock.release()


@contextmanager
def interruptible(folder: Path, parts: Callable[[], int]) -> Iterator[None]:
    """Say on an interruption how many parts are kept; exit with code 130.

    ``parts`` counts all parts of the study, as far as they are known by then.
    """
    try:
        yield
    except KeyboardInterrupt:
        kept = sum(
            path.name != BEGUN and path.name[0] != "."
            for path in (folder / PARTS).glob("*")
        )
        print(
            f"\nInterrupted. {kept} of {parts()} parts are kept in {folder}; the "
            "same command goes on from there.",
            file=sys.stderr,
        )
        raise SystemExit(130) from None


def check_owner(folder: Path, identity: Identity) -> None:
    """Raise ``UserError`` if a folder holds another study or other files."""
    for name in (MANIFEST, f"{PARTS}/{BEGUN}"):
        if (folder / name).exists():
            _check_same(folder, _identity_in(folder / name), identity)
            return
    others = sorted(_others(folder))
    if others:
        more = ", ..." if len(others) > 3 else ""
        raise UserError(
            f"the folder {folder} holds other files ({', '.join(others[:3])}{more}). "
            "Choose an empty or a new one with out=DIR."
        )


def _others(folder: Path) -> Iterator[str]:
    """List the files that do not come from a study."""
    for path in folder.iterdir():
        if path.name == PARTS and path.is_dir():
            names = (inner.name for inner in path.iterdir())
            yield from (f"{PARTS}/{name}" for name in names if name[0] != ".")
        elif path.name != LOCK:
            yield path.name


def _identity_in(path: Path) -> Identity:
    try:
        content = read_json(path)
        return {key: content[key] for key in IDENTITY_KEYS}
    except (ValueError, KeyError, TypeError):
        raise UserError(
            f"cannot read {path}, which says whose folder it is. Choose another folder "
            "with out=DIR, or remove this one."
        ) from None


def _check_same(folder: Path, theirs: Identity, ours: Identity) -> None:
    if theirs == ours:
        return
    differences = list(_differences(theirs, ours))
    shown = "; ".join(differences[:MOST_DIFFERENCES])
    more = len(differences) - MOST_DIFFERENCES
    rest = f"; and {more} more" if more > 0 else ""
    raise UserError(
        f"the folder {folder} belongs to another study: {shown}{rest}.\n"
        "Choose another folder with out=DIR, or remove this one."
    )


def _differences(theirs: Identity, ours: Identity) -> Iterator[str]:
    """Say what differs: first config and schemes, then model and sources."""
    for name in ("config", "schemes"):
        there, here = (dict(_flat(x.get(name), "")) for x in (theirs, ours))
        differing = [
            f"{key} is {_shown(there, key)} there and {_shown(here, key)} here"
            for key in dict.fromkeys([*here, *there])
            if here.get(key) != there.get(key)
        ]
        yield from differing
        if differing:
            return
    for name, words in (("model", "the model"), ("sources", "the code of the study")):
        if theirs.get(name) != ours.get(name):
            yield f"{words} was another one"


def _flat(value: Any, prefix: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _flat(inner, f"{prefix}.{name}" if prefix else name)
    else:
        yield prefix, value


def _shown(values: Mapping[str, Any], key: str) -> str:
    text = json.dumps(values[key]) if key in values else "absent"
    return text if len(text) <= 40 else text[:37] + "..."
