"""What a study can show before it is done: the centre, the world as given.

The runs of the centre come first. A first look is taken as soon as every scheme has a
few replicates there, a second one when all are there and other points follow.
"""

import time
from collections.abc import Callable, Sequence

from rich.console import Console

from experiments.store.store import Store

FEW = 8
"""Replicates of a first look: enough for intervals that mean something."""
LEAST = 5.0
"""Seconds that must be left; else the final results are as good as there."""

Look = Callable[[Console, Store, int], None]
"""Shows the first replicates of the centre, of which every scheme has so many."""


class Early:
    """Takes looks at the centre of a study while its parts come in.

    ``missing`` are the parts that are still to come, of a study in its first stage.
    """

    def __init__(
        self, screen: Console, store: Store, missing: Sequence[int], look: Look
    ) -> None:
        self._screen, self._store, self._look = screen, store, look
        self._replicates = store.design.points[0].replicates
        self._shown = 0
        self._start = time.monotonic()
        self._done, self._total = 0, len(missing)
        self._lowest = {
            number: min(centre)
            for number in missing
            if (centre := [r.replicate for r in store.stage[number] if r.point == 0])
        }
        """The first replicate of the centre in every missing part that has one."""

    def add(self, number: int) -> None:
        """Take a look if this part was all that it needed."""
        self._lowest.pop(number, None)
        self._done += 1
        complete = min(self._lowest.values(), default=self._replicates)
        enough = FEW if self._shown == 0 else self._replicates
        if complete >= min(enough, self._replicates) > self._shown and self._worth_it():
            self._shown = complete
            self._look(self._screen, self._store, complete)

    def _worth_it(self) -> bool:
        took = time.monotonic() - self._start
        return took * (self._total - self._done) / self._done >= LEAST
