import asyncio

import pytest

from app.learn.lesson import Truth, run
from app.learn.lessons import LESSONS
from app.learn.truths import DESIGNS


@pytest.mark.parametrize(
    ("said", "true", "points"),
    [
        (20, 22.4, 1.0),
        (12, 22.4, 0.5),
        (45, 22.4, 0.0),
        (-22, 22.4, 0.0),
        (0, 22.4, 0.0),
        (0, 0.6, 1.0),
        (-20, -30.0, 0.5),
    ],
)
def test_a_number_scores_by_the_factor_that_it_is_off(said, true, points):
    assert LESSONS[1].score(said, Truth(true, "")) == points


@pytest.mark.parametrize("said", ["it explodes", 3.0, None])
def test_what_is_no_option_is_not_allowed(said):
    assert not LESSONS[2].allows(said)


@pytest.mark.parametrize("said", ["12", 101, -1])
def test_what_is_out_of_range_is_not_allowed(said):
    assert not LESSONS[0].allows(said)


def test_a_run_ends_with_the_results_of_all_schemes(monkeypatch, small):
    lesson = LESSONS[6]
    monkeypatch.setattr(type(lesson), "pairs", small)

    async def steps():
        return [step async for step in run(lesson, "tests")]

    seen = asyncio.run(steps())
    assert [*seen[-1].results] == [*DESIGNS]
    assert seen[-1].done == 1.0
    assert [s.done for s in seen] == sorted(s.done for s in seen)
