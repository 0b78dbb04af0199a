"""Files that are either whole or not there, and errors of the disk in words."""

import errno
import json
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path
from typing import Any, BinaryIO

from experiments.errors import UserError

FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a file that replaces ``path`` once it is whole and on the disk.

    Its temporary name begins with a dot, so that the pattern ``*.parquet`` misses it.
    """
    temporary = path.with_name(f".{path.name}.tmp")
    try:
        with temporary.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, path)
        _sync(path.parent)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _sync(folder: Path) -> None:
    """Make a new name in a folder outlast a power cut; Windows does so by itself."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sha256(path: Path) -> str:
    """Hash the content of a file; hexadecimal digits."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def read_json(path: Path) -> Any:
    """Read a JSON file; raises ``ValueError`` for one that holds a key twice.

    Python takes the last of two equal keys.
    """
    try:
        return json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=_once)
    except RecursionError:
        raise ValueError(f"{path} is nested too deeply") from None


def _once(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) < len(pairs):
        raise ValueError("an object holds a key twice")
    return content


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turn an error of the operating system in a folder into a message for people."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise UserError(
                f"no space is left for {folder}. What is finished is kept: free some "
                "space and repeat the command to go on."
            ) from None
        reason = (error.strerror or str(error)).lower()
        raise UserError(
            f"cannot write to the folder {folder}: {reason}. Choose another one with "
            "out=DIR."
        ) from None
