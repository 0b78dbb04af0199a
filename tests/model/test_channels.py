"""Output is the sum of its channels in every scheme, every week."""

import numpy as np

from model import simulate

CHANNELS = (
    *("manual", "gain", "misuse", "trivial", "padding", "dressing"),
    *("rework", "strain"),
)


def test_channels_sum_to_output(scenario):
    run = simulate(scenario, seed=11)
    channels = sum(run.weeks[f"output_{name}"] for name in CHANNELS)
    np.testing.assert_allclose(channels, run.weeks["output"], rtol=1e-9)


def test_channels_have_their_signs(scenario):
    run = simulate(scenario, seed=12)
    assert (run.weeks["output_manual"] > 0.0).all()
    assert (run.weeks["output_gain"] >= 0.0).all()
    for name in ("misuse", "padding", "dressing", "rework", "strain"):
        assert (run.weeks[f"output_{name}"] <= 0.0).all(), name


def test_people_lose_at_most_half_to_rework_and_strain(scenario):
    people = simulate(scenario, seed=13).employees
    lost = people["lost_to_rework"] + people["lost_to_strain"]
    assert (lost <= 0.5 + 1e-15).all()
    parts = ("by_hand", "gained", "misused", "by_chores", "padded", "wasted")
    produced = sum(people[name] for name in parts)
    np.testing.assert_allclose(people["output"], produced * (1.0 - lost), rtol=1e-12)
