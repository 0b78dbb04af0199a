"""Rows of exports as numbers, parted by key, in memory of bounded size.

What is more goes to temporary files. They hold no ids: people are numbers, and keys of
requests are hashes with a secret of this process.
"""

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

KINDS = ("input", "read", "write", "written")
SUMS = (*KINDS, "total", "cost", "amount")
"""Tokens by kind and in total, cost in USD, and the measure that was asked for."""
ROW = np.dtype(
    [
        ("key", "i8"),
        ("whole", "i8"),
        ("file", "u4"),
        ("person", "i4"),
        ("day", "i4"),
        *((name, "f8") for name in SUMS),
    ]
)
"""A row: a hash of what tells it apart, one of all it says, and its numbers."""
PARTS = 16
HELD = 1 << 20
"""Bytes of a part that stay in memory."""
Rows = NDArray[Any]


class Spool:
    """Rows in parts; all rows with one key are in the same part."""

    def __init__(self) -> None:
        with ExitStack() as stack:
            self._files = [
                stack.enter_context(tempfile.SpooledTemporaryFile(max_size=HELD))
                for _ in range(PARTS)
            ]
            self._stack = stack.pop_all()

    def add(self, rows: Rows) -> None:
        """Add rows."""
        places = rows["key"] % PARTS
        for place in range(PARTS):
            some = rows[places == place]
            if len(some):
                self._files[place].write(some.tobytes())

    def parts(self) -> Iterator[Rows]:
        """Yield the rows of each part."""
        for file in self._files:
            file.seek(0)
            yield np.frombuffer(file.read(), ROW)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._stack.close()


def rows(batch: Sequence[tuple[Any, ...]]) -> Rows:
    """Make rows of tuples with the fields of ``ROW``."""
    return np.array(batch, ROW)
