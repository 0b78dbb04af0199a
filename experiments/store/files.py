"""Files that are either whole or not there, and errors of the disk in words."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path
from typing import BinaryIO

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
