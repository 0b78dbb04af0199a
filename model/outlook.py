"""What an incentive is given when a person weighs a half-day."""

from enum import IntEnum
from typing import NamedTuple

from model.compiled import rule


class Activity(IntEnum):
    """What a half-day is spent on."""

    MANUAL = 0
    GENUINE = 1
    TRIVIAL = 2
    PADDING = 3


MANUAL, GENUINE, TRIVIAL, PADDING = (int(activity) for activity in Activity)
ONLY_MANUAL, WITH_GENUINE, WITH_TRIVIAL, WITH_PADDING = (1 << a for a in Activity)
"""What is open to a person is a sum of these, a mask of a bit for each activity."""


@rule
def is_open(open_to: int, activity: int) -> bool:
    """Whether an activity is in a mask of what is open."""
    return open_to & (1 << activity) != 0


class Person(NamedTuple):
    """What an employee brings to every incentive."""

    ambition: float  # weight on career consequences, mean 1
    status: float  # weight on visible rank, mean 1
    suspicion: float  # weight they suspect usage to have in their review, 0 to 1


class Outlook(NamedTuple):
    """How a person expects the window of an incentive to end after one activity.

    Scores are in reference weeks, worth in half-days of an average employee's manual
    work.
    """

    score: float  # expected score at the end of the window, after the cap
    sigma: float  # its uncertainty, positive
    half_days: float  # length T of the window
    discount: float  # 1 if it is settled this week, else the patience
    so_far: float = 0.0  # score that nobody can take away any more
