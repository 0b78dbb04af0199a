"""The runs of a study cut into parts, made lazily.

The size of a part depends on the design alone, not on threads or interruptions. A study
that grows is carried out in stages: the parts of a later stage hold the runs that the
larger design has beyond the one before.
"""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from experiments.designs.design import Design, Planned, Point
from model.simulation import WARM_UP

PART = 500_000
"""Employee-weeks in a part, about half a second of work; at least one run."""


class Block(NamedTuple):
    """Neighbouring runs of one scheme at one point.

    Attributes
    ----------
    scheme, point : int
        Their places in the design.
    first, end : int
        Replicates, without the last one.
    """

    scheme: int
    point: int
    first: int
    end: int


class Parts(Sequence[tuple[Planned, ...]]):
    """The runs of one stage, sorted by scheme (as given), point and replicate.

    Attributes
    ----------
    runs : int
        How many there are.
    """

    def __init__(self, design: Design, before: Design | None = None) -> None:
        if before is not None:
            check_growth(before, design)
        self._names = tuple(design.schemes)
        self._numbers = tuple(point.number for point in design.points)
        self._blocks = _blocks(design, before)
        counts = self._blocks[:, 3] - self._blocks[:, 2]
        self._ends = np.cumsum(counts)
        self.runs = int(self._ends[-1]) if len(self._ends) else 0
        self._size = max(1, PART // (design.employees * (design.weeks + WARM_UP)))

    def __len__(self) -> int:
        """Count the parts."""
        return -(-self.runs // self._size)

    def __getitem__(self, number: Any) -> Any:
        """The runs of a part."""
        if not 0 <= number < len(self):
            raise IndexError(number)
        first = number * self._size
        end = min(first + self._size, self.runs)
        return tuple(self._planned(first, end))

    def size(self, number: int) -> int:
        """Count the runs of a part."""
        return min(self._size, self.runs - number * self._size)

    def order(self) -> list[int]:
        """Number the parts in the order in which they are best carried out.

        The centre comes first, so that there is something to show. At a point the
        schemes of some replicates follow each other, so that they share a warm-up.
        """
        first = np.arange(len(self)) * self._size
        last = np.minimum(first + self._size, self.runs) - 1
        begins, ends = self._places(first), self._places(last)
        # A part that ends with another scheme may hold its centre.
        earlier = np.where(ends[0] < begins[0], ends, begins)
        numbers: list[int] = np.lexsort((earlier[1], earlier[0])).tolist()
        return numbers

    def _places(self, runs: NDArray[np.int64]) -> NDArray[np.int64]:
        """Give points and replicates of runs by their numbers, shape (2, n)."""
        block = np.searchsorted(self._ends, runs, side="right")
        left = self._ends[block] - runs
        return np.stack([self._blocks[block, 1], self._blocks[block, 3] - left])

    def blocks(self) -> Iterator[Block]:
        """Yield all blocks, by scheme and point."""
        return (Block(*row) for row in self._blocks.tolist())

    def planned(self, block: Block) -> Iterator[Planned]:
        """Yield the runs of a block."""
        scheme, point = self._names[block.scheme], self._numbers[block.point]
        return (Planned(scheme, point, k) for k in range(block.first, block.end))

    def _planned(self, first: int, end: int) -> Iterator[Planned]:
        """Yield runs first..end-1."""
        place = int(np.searchsorted(self._ends, first, side="right"))
        while first < end:
            block = Block(*self._blocks[place].tolist())
            begins = int(self._ends[place]) - (block.end - block.first)
            stop = min(end, int(self._ends[place]))
            cut = block._replace(
                first=block.first + first - begins, end=block.first + stop - begins
            )
            yield from self.planned(cut)
            first, place = stop, place + 1


def check_growth(before: Design, after: Design) -> None:
    """Raise ``ValueError`` unless ``after`` only adds replicates to ``before``."""

    def rest(design: Design) -> list[Point]:
        return [point._replace(replicates=0) for point in design.points]

    same = before.seed == after.seed and before.schemes == after.schemes
    times = zip(before.points, after.points, strict=False)
    if (
        not same
        or rest(before) != rest(after)
        or any(new.replicates < old.replicates for old, new in times)
        or before == after
    ):
        raise ValueError("a study grows by more replicates at the same points alone")


def _blocks(design: Design, before: Design | None) -> NDArray[np.int64]:
    """List the blocks as rows, shape (n, 4)."""
    done = before.points if before else design.points
    rows = [
        (scheme, place, old.replicates if before else 0, point.replicates)
        for scheme, name in enumerate(design.schemes)
        for place, (point, old) in enumerate(zip(design.points, done, strict=True))
        if point.schemes is None or name in point.schemes
    ]
    table = np.array(rows, np.int64).reshape(-1, 4)
    grown: NDArray[np.int64] = table[table[:, 2] < table[:, 3]]
    return grown
