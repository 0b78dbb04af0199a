import asyncio
from contextlib import aclosing
from dataclasses import replace

import numpy as np
import pytest

from app import comparison as module
from app.comparison import KEPT, MEMORY, PREVIEW, band, compare, fitted
from experiments.designs.pair import Pair, Side
from experiments.errors import UserError
from model import simulate

PAIR = Pair(shared=(("organisation.employees", 30),), weeks=26, seed=3, replicates=4)


async def steps(pair, visitor="a"):
    return [step async for step in compare(pair, visitor)]


@pytest.fixture(autouse=True)
def without_memory(monkeypatch):
    monkeypatch.setattr(module, "MEMORY", type(MEMORY)(KEPT))


@pytest.fixture
def taken():
    return asyncio.run(steps(PAIR))


def test_the_numbers_are_those_of_simulate(taken):
    found = taken[-1].comparison
    means = [
        np.array(
            [simulate(PAIR.scenario(side), 3, r).weeks["output"] for r in range(4)]
        )
        for side in (PAIR.first, PAIR.second)
    ]
    effect = found.effects[PAIR.labels[1], "output", "whole"].effect
    assert effect == pytest.approx(means[1].mean() - means[0].mean(), rel=1e-12)
    for label, weeks in zip(PAIR.labels, means, strict=True):
        np.testing.assert_allclose(
            found.weeks[label]["output"].mean, weeks.mean(axis=0), rtol=1e-12
        )


def test_a_preview_comes_before_all_replicates(taken):
    shown = [step.comparison for step in taken if step.comparison]
    assert shown[0].is_preview
    assert shown[0].replicates == PREVIEW
    assert not shown[-1].is_preview
    assert shown[-1].replicates == PAIR.replicates


def test_progress_counts_every_run(taken):
    done = [step.done for step in taken]
    assert done == sorted(done)
    assert {step.total for step in taken} == {2 * PAIR.replicates}
    assert done[-1] == 2 * PAIR.replicates


def test_a_pair_that_is_known_is_not_simulated_again(monkeypatch):
    [*_, first] = asyncio.run(steps(PAIR))
    monkeypatch.setattr(module, "WORKSHOP", None)
    [again] = asyncio.run(steps(PAIR, "b"))
    assert again.comparison is first.comparison


def test_a_broken_off_comparison_frees_its_work_and_is_not_remembered():
    async def leave():
        long = replace(PAIR, replicates=400)
        async with aclosing(compare(long, "a")) as taken:
            async for step in taken:
                if step.comparison:
                    break
        assert module.WORKSHOP.waiting == 0
        assert module.MEMORY.get(long) is None

    asyncio.run(leave())


def test_the_server_remembers_only_the_latest(taken):
    for seed in range(KEPT + 5):
        pair = Pair(seed=seed)
        module.MEMORY.put(pair, replace(taken[-1].comparison, pair=pair))
    assert len(module.MEMORY) == KEPT
    assert module.MEMORY.get(Pair(seed=0)) is None


def test_two_sides_of_one_scheme_do_not_differ():
    side = Side("voluntary")
    pair = Pair(side, side, PAIR.shared, weeks=26, replicates=2)
    [*_, last] = asyncio.run(steps(pair))
    assert last.comparison.effects[pair.labels[1], "output", "whole"].effect == 0.0


def test_more_work_than_is_allowed_is_refused_before_anything_is_made(monkeypatch):
    monkeypatch.setattr(Pair, "design", None)
    with pytest.raises(UserError, match="employee-weeks; one visitor may ask for"):
        asyncio.run(steps(Pair(shared=(("organisation.employees", 10_000),))))


def test_a_band_is_students_interval_of_the_mean():
    values = np.array([[1.0, 5.0], [3.0, 5.0]])
    mean, low, high = band(values)
    np.testing.assert_allclose(mean, [2.0, 5.0])
    # t(0.975, 1) = 12.706; the standard error of 1 and 3 is 1.
    np.testing.assert_allclose(high - mean, [12.7062047, 0.0], rtol=1e-6)
    np.testing.assert_allclose(mean - low, high - mean)


def test_one_run_has_no_band():
    assert np.isnan(band(np.ones((1, 3))).low).all()


def test_too_much_work_gets_fewer_replicates():
    large = Pair(shared=(("organisation.employees", 5000),), replicates=16)
    assert fitted(large).replicates == 2
    assert fitted(replace(large, replicates=1)).replicates == 1
    assert fitted(replace(PAIR, replicates=100_000)).replicates < 1_000
    assert fitted(Pair()) == Pair()


def test_what_does_not_fit_with_two_replicates_is_refused():
    with pytest.raises(UserError, match="one visitor may ask for 3,000,000"):
        fitted(Pair(shared=(("organisation.employees", 20_000),)))
