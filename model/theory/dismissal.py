"""Dismissal of the lowest: how long people last, and who is left.

**Luck.** If only luck ranks people, each of the q n lowest of a window of n people is
anybody. So a person survives m windows with chance

    (1 - q)^m,

and after W windows exactly W q people have left the average slot, whatever the luck.

**Two types.** Let one type always score below the other, and be the share x of those in
the job and p of those who come. While x is at least q all who are dismissed are of the
low type, and others come in their place:

    x <- x - q + q p,

a straight fall by q (1 - p) a window. Once x is below q all of them go, and only the
newcomers are of that type: x = q p for ever after. So what is ranked is bred: in the
long run one in 1 / (q p) is of a type that was one in 1 / p.

Assumes: nobody leaves by themselves; nobody can change type.
Source: derived here; ranks as a tournament with losers, Lazear and Rosen 1981.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def survives(share: float, windows: int) -> float:
    """Probability to be there after some windows in which luck alone ranks."""
    return float((1.0 - share) ** windows)


def low_type(share: float, at_first: float, coming: float, windows: int) -> Floats:
    """Share of the low type after 0, 1, ..., windows windows, (windows + 1,).

    ``share`` is dismissed in each; ``at_first`` is that of the type in the job, and
    ``coming`` that among those who come.
    """
    x = np.empty(windows + 1)
    x[0] = at_first
    for k in range(windows):
        x[k + 1] = max(x[k] - share, 0.0) + share * coming
    return x
