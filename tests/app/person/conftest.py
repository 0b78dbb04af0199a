"""What tests of *One employee* share."""

import pytest


@pytest.fixture
def course(course):
    """Makes courses in which everything is in force at once, unless told otherwise."""

    def made(scheme="everything_at_once", **more):
        return course(scheme, **more)

    return made
