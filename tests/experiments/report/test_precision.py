"""What a study says of its own precision."""

import numpy as np
import pyarrow as pa
import pytest

from experiments.report.precision import of_comparison, of_run
from experiments.statistics.effects import Panel, effects, lookup
from experiments.statistics.power import needed
from experiments.statistics.stopping import Target
from experiments.store.dataset import runs_schema


def panel_of(differences, base=10.0):
    """A panel of a baseline whose output never varies, and its runs."""
    schema = runs_schema(())
    columns = {name: [] for name in schema.names}
    given = {"voluntary": np.zeros_like(next(iter(differences.values())))}
    for scheme, values in (given | differences).items():
        n = len(values)
        row = {
            "scheme": [scheme] * n,
            "point": [0] * n,
            "replicate": list(range(n)),
            "seed": [1] * n,
            "output_mean": (base + np.asarray(values)).tolist(),
        }
        for name, column in columns.items():
            column += row.get(name, [1.0] * n)
    runs = pa.table(columns, schema=schema)
    return Panel(runs), runs


def said(differences, aim=None, seed=1, base=10.0):
    panel, runs = panel_of(differences, base)
    found = lookup(effects(runs, "voluntary", seed))
    return " ".join(of_comparison(panel, found, list(differences), "voluntary", aim))


def normal(mean, deviation, n=40, seed=3):
    """Values of exactly this mean and standard deviation."""
    z = np.random.default_rng(seed).normal(size=n)
    return mean + deviation * (z - z.mean()) / z.std(ddof=1)


def test_effects_that_only_single_looks_find_clear_are_named():
    # t = 2.3 and 30 of 39 degrees of freedom: p = 0.027 and 0.000
    weak = normal(2.3 / 40**0.5, 1.0)
    text = said({"weak": weak, "strong": weak + 5.0, "flat": normal(0.0, 1.0)})
    assert "Of 3 effects on output 2 are clear, each looked at alone" in text
    assert "after Holm's correction for all of them 1, without weak." in text


def test_effects_that_stay_clear_are_said_to():
    text = said({"a": normal(3.0, 1.0), "b": normal(-3.0, 1.0)})
    assert "2 are clear, each looked at alone, and still so after Holm's" in text


def test_one_effect_needs_no_correction():
    assert "Holm" not in said({"a": normal(3.0, 1.0)})


def test_a_bootstrap_interval_that_disagrees_is_named():
    skewed = np.random.default_rng(6).exponential(size=40) ** 3
    centred = skewed - skewed.mean() + 2.02 * skewed.std(ddof=1) / 40**0.5
    text = said({"odd": centred - 0.02, "plain": normal(3.0, 1.0)})
    assert "disagree on whether the effect is clear for odd." in text
    assert "agree on which" in said({"plain": normal(3.0, 1.0)})


def test_the_next_rounder_half_width_is_said_with_what_it_takes():
    text = said({"a": normal(0.3, 0.1), "b": normal(0.3, 0.2)})
    # 2 % of 10 half-days: t(39) * 2 / sqrt(40) = 0.64 %
    assert "The widest interval (b) of an effect on real output is ±0.64 %" in text
    assert f"±0.5 % would take about {needed(2.0, 0.5)} replicates" in text
    assert "study.until_halfwidth=0.5" in text


def test_heavy_skewness_is_warned_of():
    rare = np.zeros(40)
    rare[7] = -3.0
    assert "heavily skewed (skewness: rare -6.1)" in said({"rare": rare})
    assert "skewed" not in said({"a": normal(0.3, 0.1)})


def test_a_study_that_reached_its_aim_says_how():
    values = normal(0.3, 0.2, n=400)
    text = said({"a": values}, Target(0.4, 16, 400))
    assert "every effect on real output is known to ±0.4 % of the baseline's" in text
    assert "95 % are right about any one of them" in text
    enough = said({"a": values[:16]}, Target(5.0, 16, 400))
    assert "The first 16 replicates were enough: every effect on real output" in enough


def test_a_study_that_hit_its_cap_says_so():
    text = said({"a": normal(0.3, 0.2, n=60)}, Target(0.1, 16, 60))
    assert "The cap came first: 60 replicates (study.most_replicates)" in text
    assert "(a: ±0.52 %); that would take about" in text


def test_an_effect_without_a_percentage_is_named():
    text = said({"a": normal(0.3, 0.2, n=16)}, Target(5.0, 16, 60), base=0.0)
    assert "There is no percentage for a." in text


def test_one_replicate_has_nothing_to_say():
    assert said({"a": np.array([0.3])}) == ""
    panel, _ = panel_of({"a": np.array([0.3])})
    assert of_run(panel, "a", None) == []


@pytest.mark.parametrize("aim", [None, Target(1.0, 16, 40)])
def test_a_study_of_one_scheme_speaks_of_its_level(aim):
    panel, _ = panel_of({"a": normal(0.3, 0.2)})
    [text] = of_run(panel, "a", aim)
    assert "real output" in text
    assert "of its mean" in text
    assert "effect" not in text


def test_what_never_varies_says_nothing_of_intervals():
    assert "interval of" not in said({"same": np.zeros(40)})
