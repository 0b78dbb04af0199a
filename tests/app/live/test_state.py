import pytest

from app.course import MOST_PEOPLE
from app.live.state import check_watched
from experiments.errors import UserError


def test_an_organisation_that_is_too_large_is_not_watched(course):
    with pytest.raises(UserError, match="24 to 400"):
        check_watched(course(people=MOST_PEOPLE + 1))
