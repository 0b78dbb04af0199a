"""What tests of pages share."""

import asyncio

import pytest

from app.comparison import compare
from app.course import Course, with_people
from experiments.designs.pair import Pair, Side

PAIR = Pair(shared=(("organisation.employees", 30),), weeks=26, replicates=3)


@pytest.fixture(autouse=True)
def loop():
    """An event loop for pages that start tasks, whatever earlier tests have closed."""
    made = asyncio.new_event_loop()
    asyncio.set_event_loop(made)
    yield
    asyncio.set_event_loop(None)
    made.close()


@pytest.fixture
def course():
    """Makes courses of a small organisation: ``course(scheme, people=, weeks=)``.

    ``mechanisms`` are changes of people and technology, ``groups`` people apart.
    """

    def made(scheme="monthly_minimum", people=40, weeks=30, mechanisms=(), groups=""):
        side = Side(scheme, groups=groups)
        pair = Pair(second=side, shared=mechanisms, weeks=weeks, seed=5)
        return Course(with_people(pair, people))

    return made


@pytest.fixture
def pilot():
    """A group of two teams of five, as links write it."""
    return "{pilot:{share:0.4,change:['leaderboard=full','quota=monthly']}}"


@pytest.fixture(scope="session")
def comparison():
    """The finished comparison of a small pair."""

    async def last():
        return [step async for step in compare(PAIR, "tests")][-1].comparison

    return asyncio.run(last())
