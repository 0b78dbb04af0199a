"""What people can see: tables, cuts, targets and suspicion."""

from typing import Annotated

import numpy as np
from numpy.typing import NDArray

from model.measure import CUTS, NODES, Wholes
from model.record import record
from model.scenario import ROWS
from model.workforce import Scores

Tables = Annotated[NDArray[np.float64], "f8", (ROWS, NODES)]
Cuts = Annotated[NDArray[np.float64], "f8", (ROWS, CUTS)]


class Published:
    """What people under one scheme see of settled windows, and what is in force.

    What a forum shows, and technology, are everybody's.
    """

    tables: Tables  # people below each node of the grid
    per_other: float  # 1 / (people under the scheme - 1)
    cut: Scores  # mean of the latest cuts [reference weeks]
    cut_sd: Scores  # their standard deviation
    cuts: Cuts  # the latest cuts themselves
    elapsed: Wholes  # weeks of the open window that are over
    quota: float  # the quota in force [reference weeks]
    participation: float  # the participation target in force
    tricks: float  # savvy behind the padded half-days of the week before, mean
    practice: float  # proficiency behind its half-days with AI, mean
    gain: float  # of AI, over that of week 0
    lacking: float  # what tasks lack to be fully suitable for AI, likewise
    tokens: float  # of a half-day with AI, likewise
    price: float  # of tokens, likewise
    suspicion: float  # how alive the suspicion of a linked review is, 0 to 1


PUBLISHED = record(Published)
