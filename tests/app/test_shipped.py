"""What comes with the studio is what the model and the schemes say today."""

import asyncio

import numpy as np
import pytest

from app import shipped
from app.comparison import compare
from experiments.designs.pair import Pair, Side, named
from experiments.worlds.runs import outcomes, sized
from experiments.worlds.shipped import load

AGAIN = f"run {shipped.MAKE}, and commit what it writes"


def test_it_is_for_this_model_and_these_schemes():
    assert shipped.is_current(), AGAIN


def test_every_named_scheme_is_on_the_map_but_voluntary_use():
    assert {*shipped.schemes(), "voluntary"} == {*named()}


def test_a_dot_of_the_map_is_what_compare_shows():
    async def last():
        pair = Pair(second=Side("participation_80"))
        return [step async for step in compare(pair, "tests")][-1].comparison

    comparison = asyncio.run(last())
    row = shipped.schemes()["participation_80"]
    usage, output = map(comparison.effect, ("reported_tokens", "output"))
    assert row.usage == pytest.approx(usage.percent, rel=1e-5), AGAIN
    assert row.output_low == pytest.approx(output.percent_low, rel=1e-5), AGAIN
    assert row.worse_off == pytest.approx(
        comparison.fates.overall.worse_off, rel=1e-5
    ), AGAIN


@pytest.mark.parametrize(
    ("scheme", "weeks"), [("monthly_minimum", 78), ("amazon_2026", 104)]
)
def test_outputs_in_worlds_are_those_of_runs(scheme, weeks):
    some = load().first(3)
    scenarios = [sized(named()[name], weeks) for name in ("voluntary", scheme)]
    found = outcomes(scenarios, some, shipped.SEED, names=("output",))[:, :, 0]
    for column, name in enumerate(("voluntary", scheme)):
        values = shipped.outputs()[name, weeks]
        assert len(values) == shipped.WORLDS
        np.testing.assert_allclose(values[:3], found[:, column], rtol=1e-6)
