"""What tests of *One employee* share."""

import pytest


@pytest.fixture
def course(course):
    """Makes courses in which everything is in force at once, unless told otherwise.

    Tasks differ in worth, chores lie beside them, and effort answers to incentives.
    """

    def made(scheme="everything_at_once", margins=True, **more):
        return course(scheme, mechanisms=MECHANISMS if margins else (), **more)

    return made


MECHANISMS = (
    ("people.effort", 0.25),
    ("technology.chore_worth", 0.7),
    ("technology.dressing_most", 0.3),
    ("technology.gesture_minutes", 2.0),
    ("technology.task_sd", 0.5),
)
