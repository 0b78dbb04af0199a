"""The chart of how an estimate settles as replicates are added."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text

from experiments.figures.halfwidth import (
    FEWEST,
    alternative,
    halfwidth,
    running,
    sample,
    shown,
)
from experiments.figures.save import rendered
from experiments.statistics.paired import interval


def runs(count, schemes=("voluntary", "a", "b", "c", "d", "e"), missing=()):
    rng = np.random.default_rng(4)
    luck = rng.normal(10.0, 0.3, size=count)
    rows = []
    for k, scheme in enumerate(schemes):
        own = luck + 0.1 * k + (0.05 * k * rng.normal(size=count) if k else 0.0)
        for replicate, output in enumerate(own):
            key = {"scheme": scheme, "point": 0, "replicate": replicate}
            known = (scheme, replicate) not in missing
            rows.append({**key, "output_mean": output if known else np.nan})
    return pd.DataFrame(rows)


def words(figure):
    found = [text.get_text() for text in figure.findobj(Text)]
    return " ".join(" ".join(found).split())


def test_the_running_interval_is_that_of_the_first_replicates():
    values = sample(runs(30), "voluntary", "b")
    n, mean, half = running(values)
    assert n.tolist() == list(range(FEWEST, 31))
    for k in (0, 7, 26):
        centre, low, high = interval(values[: int(n[k])])
        assert mean[k] == pytest.approx(centre, rel=1e-12)
        assert half[k] == pytest.approx((high - low) / 2, rel=1e-9)


def test_the_sample_is_a_paired_difference_in_percent():
    frame = runs(20)
    own, base = (
        frame[frame["scheme"] == name]["output_mean"].to_numpy()
        for name in ("c", "voluntary")
    )
    expected = 100 * (own - base) / base.mean()
    np.testing.assert_allclose(sample(frame, "voluntary", "c"), expected, rtol=1e-12)
    level = sample(frame, None, "c")
    np.testing.assert_allclose(level, 100 * own / own.mean(), rtol=1e-12)


def test_replicates_without_a_value_are_left_out_in_pairs():
    frame = runs(20, missing={("a", 3), ("voluntary", 5)})
    assert len(sample(frame, "voluntary", "a")) == 18


def test_first_last_and_widest_schemes_have_their_estimate_drawn():
    frame = runs(40)
    samples = {name: sample(frame, "voluntary", name) for name in "abcde"}
    assert shown(samples) == ["a", "d", "e"], "the spread grows from a to e"
    text = words(halfwidth(frame, "voluntary", list("abcde"), 0.2))
    assert "aim: ±0.2 %" in text
    assert "Grey: all other schemes." in text


def test_the_same_data_give_the_same_bytes():
    first, again = (
        rendered(halfwidth(runs(12), "voluntary", ["a", "b"]), "svg") for _ in range(2)
    )
    assert first == again


@pytest.mark.parametrize("count", [1, FEWEST - 1])
def test_few_replicates_are_said_and_not_drawn(count):
    frame = runs(count)
    assert "No data because" in words(halfwidth(frame, "voluntary", ["a"]))
    assert "fewer than 4" in alternative(frame, "voluntary", ["a"])


@pytest.mark.parametrize("count", [FEWEST, FEWEST + 1, 9, 700])
def test_any_larger_number_of_replicates_is_drawn(count):
    figure = halfwidth(runs(count), "voluntary", ["a"])
    assert rendered(figure, "png")
    ticks = [t.get_text() for t in figure.axes[-1].get_xticklabels()]
    assert ticks[-1] == str(count)
    assert len(ticks) == len(set(ticks))


def test_a_scheme_like_the_baseline_has_no_width():
    frame = runs(12, schemes=("voluntary", "voluntary2"))
    frame.loc[frame["scheme"] == "voluntary2", "output_mean"] = frame.loc[
        frame["scheme"] == "voluntary", "output_mean"
    ].to_numpy()
    assert rendered(halfwidth(frame, "voluntary", ["voluntary2"]), "png")


def test_what_the_chart_shows_is_said_in_words():
    text = alternative(runs(40), "voluntary", ["a", "b"])
    assert "a ±" in text
    assert "after 10" in text
    assert "after 40" in text
