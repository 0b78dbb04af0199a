import json

import pytest

from app.compare.charts import shares, strip


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
