"""Files that somebody points to, and what is packed in them, as streams of bytes.

Nothing is unpacked onto the disk. What unpacks to far more than it should is refused.
"""

import glob
import gzip
import io
import os
import re
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, cast

from experiments.errors import UserError

SUFFIXES = (".csv", ".json", ".jsonl", ".ndjson", ".txt", ".tsv", ".log", ".parquet")
MAPPINGS = (".yaml", ".yml")
MOST_FILES = 200_000
RATIO = 200
"""Largest size of an unpacked file over its packed one; logs have 10 to 100."""
FREE = 64 << 20
"""Bytes that may come out of a packed file, whatever the ratio."""
BLOCK = 1 << 20
Advance = Callable[[int], None]
PACKED = (zipfile.BadZipFile, zlib.error, gzip.BadGzipFile, EOFError)


@dataclass(frozen=True)
class Export:
    """A file, or a file in a zip.

    Attributes
    ----------
    path : Path
        The file on the disk.
    inner : str
        The name in the zip; empty for a plain file.
    size : int
        Bytes on the disk; in a zip, those that are unpacked of it.
    instead : str
        What stands for the name in messages, where the name is a person's.
    """

    path: Path
    inner: str
    size: int
    instead: str = ""

    @property
    def shown(self) -> str:
        """The name in messages."""
        if self.instead:
            return self.instead
        if not self.inner:
            return str(self.path)
        inner = "".join(c if c.isprintable() else "?" for c in self.inner)
        return f"{self.path}, {inner}"

    @property
    def stem(self) -> str:
        """The name without folders and suffixes."""
        name = (self.inner or self.path.name).replace("\\", "/").rpartition("/")[2]
        for suffix in (".gz", *SUFFIXES):
            name = name.removesuffix(suffix)
        return name

    @property
    def suffix(self) -> str:
        """The suffix in small letters, without ``.gz``."""
        name = (self.inner or self.path.name).lower().removesuffix(".gz")
        return os.path.splitext(name)[1]

    @contextmanager
    def opened(self, advance: Advance | None = None) -> Iterator[BinaryIO]:
        """Open the bytes inside; ``advance`` is told of those that ``size`` counts.

        Raises ``UserError`` if the file cannot be read or unpacked, also later, while
        it is read.
        """
        try:
            with self.path.open("rb") as file:
                if not self.inner:
                    counted = _counted(file, advance)
                    yield self._unpacked(counted, self.path.name, self.size)
                    return
                with zipfile.ZipFile(file) as archive:
                    entry = archive.getinfo(self.inner)
                    if entry.flag_bits & 1:
                        raise UserError(f"{self.shown} is locked by a password.")
                    with archive.open(entry) as inner:
                        packed = max(entry.compress_size, 1)
                        whole = _Limited(inner, packed, self.shown)
                        stream = _counted(io.BufferedReader(whole, BLOCK), advance)
                        yield self._unpacked(stream, self.inner, packed)
        except PACKED:
            raise UserError(
                f"{self.shown} is damaged, or was not loaded to its end."
            ) from None
        except (OSError, NotImplementedError, RuntimeError) as error:
            reason = (getattr(error, "strerror", None) or str(error)).lower()
            raise UserError(f"cannot read {self.shown}: {reason}.") from None

    def _unpacked(self, file: BinaryIO, name: str, packed: int) -> BinaryIO:
        if not name.lower().endswith(".gz"):
            return file
        inner = gzip.GzipFile(fileobj=file)
        return io.BufferedReader(_Limited(inner, max(packed, 1), self.shown), BLOCK)


class _Limited(io.RawIOBase):
    """Bytes that are unpacked; too many for their packed size are refused."""

    def __init__(
        self,
        inner: IO[bytes] | gzip.GzipFile,
        packed: int,
        shown: str,
    ) -> None:
        super().__init__()
        self._inner, self._shown = inner, shown
        self._left = max(FREE, RATIO * packed)

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        data = self._inner.read(len(view))
        view[: len(data)] = data
        self._left -= len(data)
        if self._left < 0:
            raise UserError(
                f"{self._shown} unpacks to more than {RATIO} times its size, as no "
                "export does; it is not read."
            )
        return len(data)


def find(asked: str) -> list[Export]:
    """Find the files of ``data=``: a file, a folder, a pattern, or some with commas.

    Raises ``UserError`` if there is none, or one that cannot be an export.
    """
    found: dict[tuple[Path, str], Export] = {}
    for path in _paths(asked):
        for export in _inside(path):
            found.setdefault((export.path.resolve(), export.inner), export)
        if len(found) > MOST_FILES:
            raise UserError(f"data={asked} has more than {MOST_FILES:,} files.")
    if not found:
        raise UserError(
            f"data={asked}: there is no file that ends in "
            f"{', '.join(SUFFIXES[:4])}, .gz or .zip."
        )
    return list(found.values())


def _paths(asked: str) -> Iterator[Path]:
    if os.path.exists(asked):
        yield from _of(asked)
        return
    for part in (part.strip() for part in asked.split(",")):
        if not part:
            continue
        expanded = os.path.expanduser(part)
        if os.path.exists(expanded):
            yield from _of(expanded)
            continue
        matches = sorted(glob.glob(expanded, recursive=True))
        if not matches:
            what = (
                "no file fits this pattern"
                if re.search(r"[*?[]", part)
                else ("there is no such file or folder")
            )
            raise UserError(f"data={part}: {what}.")
        for match in matches:
            yield from _of(match)


def _of(name: str) -> Iterator[Path]:
    path = Path(name)
    if not path.is_dir():
        yield path
        return
    for folder, inner, files in os.walk(path, onerror=_refuse):
        inner[:] = sorted(each for each in inner if not each.startswith("."))
        for file in sorted(files):
            if not file.startswith(".") and _may_be(file):
                yield Path(folder) / file


def _refuse(error: OSError) -> None:
    reason = (error.strerror or str(error)).lower()
    raise UserError(f"cannot read the folder {error.filename}: {reason}.") from None


def _may_be(name: str) -> bool:
    small = name.lower().removesuffix(".gz")
    return small.endswith((*SUFFIXES, *MAPPINGS, ".zip"))


def _inside(path: Path) -> Iterator[Export]:
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise UserError(f"{path} is no file.")
        if not path.name.lower().endswith(".zip"):
            yield Export(path, "", size)
            return
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except PACKED:
        raise UserError(f"{path} is damaged, or was not loaded to its end.") from None
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UserError(f"cannot read {path}: {reason}.") from None
    if len(entries) > MOST_FILES:
        raise UserError(f"{path} has more than {MOST_FILES:,} files.")
    for entry in entries:
        if entry.is_dir() or entry.filename.startswith("__MACOSX/"):
            continue
        if entry.filename.lower().endswith(".zip"):
            raise UserError(
                f"{path} holds another zip; unpack it, and point to the folder."
            )
        if _may_be(entry.filename):
            yield Export(path, entry.filename, entry.file_size)


def _counted(file: BinaryIO, advance: Advance | None) -> BinaryIO:
    if advance is None:
        return file
    return cast(BinaryIO, io.BufferedReader(_Counted(file, advance), BLOCK))


class _Counted(io.RawIOBase):
    """Bytes that are counted while they are read."""

    def __init__(self, inner: BinaryIO, advance: Advance) -> None:
        super().__init__()
        self._inner, self._advance = inner, advance

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: object) -> int:
        """Read some bytes."""
        view = memoryview(buffer).cast("B")  # type: ignore[arg-type]
        data = self._inner.read(len(view))
        view[: len(data)] = data
        self._advance(len(data))
        return len(data)
