"""Incentives, one file each: parameters, formula, source, prediction and ``worth``.

An incentive is a function from the score that a person expects to end with to what
that is worth to them. Stakes are in half-days per half-day of the window and are
multiplied by its length T, so that windows of different length compare.
"""

from model.incentives.audit import Audit
from model.incentives.bonus import Bonus
from model.incentives.budget import Budget
from model.incentives.dismissal import Dismissal
from model.incentives.gate import Gate
from model.incentives.guidance import Guidance
from model.incentives.leaderboard import Leaderboard
from model.incentives.participation import Participation
from model.incentives.quota import Quota
from model.incentives.review import Review
from model.incentives.top_board import TopBoard

__all__ = [
    "Audit",
    "Bonus",
    "Budget",
    "Dismissal",
    "Gate",
    "Guidance",
    "Leaderboard",
    "Participation",
    "Quota",
    "Review",
    "TopBoard",
]
