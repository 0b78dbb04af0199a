"""What tests of *Learn* share: small runs of all lessons."""

import asyncio

import pytest

from app.comparison import compare
from app.learn.lessons import LESSONS
from experiments.designs.pair import Pair, Side

WEEKS, REPLICATES, SEED = 30, 3, 11


async def finished(pair):
    found = None
    async for step in compare(pair, "tests"):
        found = step.comparison or found
    return found


@pytest.fixture(scope="session")
def small():
    """Makes the pairs of a lesson with 100 people over a few weeks."""

    def made(lesson):
        return {
            name: Pair(
                Side(lesson.baseline),
                Side(name),
                (("organisation.employees", 100),),
                weeks=WEEKS,
                seed=SEED,
                replicates=REPLICATES,
            )
            for name in lesson.schemes
        }

    return made


@pytest.fixture(scope="session")
def results(small):
    """Small runs of all lessons, by title."""

    async def all_of_them():
        return {
            lesson.title: {n: await finished(p) for n, p in small(lesson).items()}
            for lesson in LESSONS
        }

    return asyncio.run(all_of_them())
