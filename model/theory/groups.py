"""Groups under different schemes, where nothing crosses the border between them.

Where nothing couples people, what somebody does depends on the own scheme alone: people
of a group do what the logit choice of ``choice_shares`` says of that scheme, whoever
else is there. So an effect in a mixed organisation is a mean over its people,

    E = s E_inside + (1 - s) E_outside,

with s the share of people in the group, and spill-over is 0: what is measured of a
group is what it would do if all were under its scheme.

Assumes: as ``choice_shares``; nobody is ranked, and peers and the forum are not seen.
Source: the law of total probability; no interference between units (Cox 1958, to be
checked).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from model.theory.choice_shares import Moments, Pay, People, Setting, shares


class Shares(NamedTuple):
    """What people do and what it yields, per half-day."""

    genuine: Moments  # share of half-days
    padding: Moments
    output: Moments  # [half-days]


def mixed(
    people: People,
    setting: Setting,
    inside: NDArray[np.bool_],
    pay: Pay,
    otherwise: Pay,
) -> Shares:
    """Compute shares and output of people (n,), of whom some are in a group.

    ``pay`` is what a half-day is worth under the scheme of the group, ``otherwise``
    what it is worth to everybody else.
    """
    own = (np.where(inside, a, b) for a, b in zip(pay, otherwise, strict=True))
    law = shares(people, setting, Pay(*own))
    return Shares(law.genuine, law.padding, law.output)
