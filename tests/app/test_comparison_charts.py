import json

import pytest

from app.activities import told
from app.comparison_charts import CHANNELS, banded, channels, half_days, trajectories
from experiments.store.dataset import SUFFIX


@pytest.fixture(params=["trajectories", "channels"])
def draw(request, comparison):
    if request.param == "trajectories":
        return lambda dark: trajectories(comparison, "output", "half-days", dark)
    return lambda dark: channels(comparison, dark)


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


def test_trajectories_draw_the_means_of_both_sides(comparison):
    option = trajectories(comparison, "output", "half-days", False)
    lines = {s["name"]: s["data"] for s in option["series"] if "name" in s}
    assert set(lines) == set(comparison.pair.labels)
    for label, data in lines.items():
        expected = comparison.weeks[label]["output"].mean
        assert data == pytest.approx(expected.tolist(), rel=1e-4)


def test_a_band_stands_on_its_foot(comparison):
    label = comparison.pair.labels[0]
    band = comparison.weeks[label]["output"]
    foot, height, _ = banded(band, label, "#000000")
    top = [low + more for low, more in zip(foot["data"], height["data"], strict=True)]
    assert top == pytest.approx(band.high.tolist(), rel=1e-3)


def test_the_channels_sum_to_the_change_of_output(comparison):
    [series] = channels(comparison, False)["series"]
    second, first = comparison.pair.labels[1], comparison.pair.labels[0]
    whole = comparison.panel.mean(first, "output" + SUFFIX["whole"])
    exact = {n: comparison.effects[second, n, "whole"].effect for n in CHANNELS}
    parts = sum(v for n, v in exact.items() if n != "output")
    assert parts == pytest.approx(exact["output"], abs=1e-9)
    drawn = [entry["value"] for entry in series["data"]]
    moved = [100.0 * exact[name] / whole for name in reversed(CHANNELS) if exact[name]]
    assert drawn == pytest.approx(moved, rel=0.05)


def test_genuine_use_is_told_as_a_whole_and_in_its_parts():
    half_days = {"manual": 0.5, "genuine": 0.2, "misuse": 0.1, "trivial": 0.15}
    assert told({**half_days, "padding": 0.05}, "{:.0%}".format) == (
        "manual work 50%, genuine AI use 45% (AI on core work 20%, AI where it harms "
        "10%, trivial use 15%), padding 5%"
    )


def test_shares_of_half_days_sum_to_one(comparison):
    for label in comparison.pair.labels:
        assert sum(half_days(comparison, label).values()) == pytest.approx(1.0)
