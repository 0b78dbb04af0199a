import asyncio
import json

import pytest

from app.compare.charts import by_role, shares, strip
from app.comparison import compare
from experiments.config.roles import workforce
from experiments.designs.pair import Pair


@pytest.fixture(params=[shares, strip])
def draw(request, comparison):
    return lambda dark: request.param(comparison, dark)


@pytest.mark.parametrize("dark", [False, True])
def test_a_chart_is_plain_json_without_nan(draw, dark):
    json.dumps(draw(dark), allow_nan=False)


def test_a_screen_reader_reads_a_description_of_the_chart(draw):
    aria = draw(False)["aria"]
    assert aria["enabled"]
    assert len(aria["label"]["description"]) > 40


def test_light_and_dark_have_the_same_data(draw):
    def data(option):
        return [series["data"] for series in option["series"]]

    as_text = {dark: json.dumps(data(draw(dark))) for dark in (False, True)}
    assert len({text.replace("\\", "") for text in as_text.values()}) == 1
    assert draw(False) != draw(True)


def test_effects_by_role_are_drawn_with_everybody_first():
    pair = Pair(
        shared=(("organisation.employees", 24),),
        workforce=workforce({"developer": 0.5, "clerk": 0.5}),
        weeks=26,
        replicates=3,
    )

    async def last():
        return [step async for step in compare(pair, "roles")][-1].comparison

    made = by_role(asyncio.run(last()), False)
    json.dumps(made, allow_nan=False)
    assert made["yAxis"]["data"] == ["everybody", "developer", "clerk"]
    assert "clerk" in made["aria"]["label"]["description"]
    dots = [s["data"][0] for s in made["series"] if s["type"] == "scatter"]
    assert [row for _, row in dots] == [0, 1, 2]
