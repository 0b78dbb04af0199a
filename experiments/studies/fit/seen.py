"""What a panel shows of a company, made alike for real and simulated ones.

Exports do not say who could have used AI. So a week of a person counts as known from
their first to their last week with any use; before and after, and of people who never
used it, nothing is known. This holds for every panel here, also for one that says more:
otherwise a difference of bookkeeping would look like one of people.
"""

from typing import NamedTuple

import numpy as np

from experiments.store.dataset import Floats
from model.workforce import Ints


class Seen(NamedTuple):
    """A panel of R rows of people over T weeks; NaN is unknown.

    Attributes
    ----------
    tokens : array, shape (R, T)
        M tokens a week.
    output : array, shape (R, T), or None
        Real work as the company sees it, in any unit.
    """

    tokens: Floats
    output: Floats | None

    @property
    def people(self) -> int:
        """Number of rows."""
        return len(self.tokens)

    @property
    def present(self) -> float:
        """People who are there in a usual week, by the weeks that are known."""
        return float(np.isfinite(self.tokens).sum(axis=0).mean())

    def some(self, rows: Ints) -> "Seen":
        """Give the panel of some rows."""
        output = None if self.output is None else self.output[rows]
        return Seen(self.tokens[rows], output)


def seen(tokens: Floats, output: Floats | None) -> Seen:
    """Leave of a panel what every panel shows."""
    used = tokens > 0.0
    begun = np.logical_or.accumulate(used, axis=1)
    goes_on = np.logical_or.accumulate(used[:, ::-1], axis=1)[:, ::-1]
    rows = used.any(axis=1)
    known = (begun & goes_on)[rows]
    kept = np.where(known, tokens[rows], np.nan)
    if output is None:
        return Seen(kept, None)
    return Seen(kept, np.where(np.isfinite(kept), output[rows], np.nan))
