"""A person of a small organisation in which every incentive is in force."""

import pytest


@pytest.fixture
def course(course):
    """Makes courses under everything at once, with or without the margins."""

    def made(scheme="everything_at_once", margins=True, **more):
        return course(scheme, mechanisms=() if margins else NO_MARGINS, **more)

    return made


NO_MARGINS = (("people.effort", 0.0), ("technology.dressing_most", 0.0))
