import csv
import io

import numpy as np
import pyarrow as pa
import pytest
from scipy.special import stdtrit
from scipy.stats import ttest_rel
from statsmodels.stats.multitest import multipletests

from experiments.statistics.effects import (
    EFFECTS,
    effects,
    holm,
    lookup,
    saved_by_pairing,
)
from experiments.statistics.paired import interval
from experiments.statistics.power import detectable
from experiments.statistics.resampling import bootstrap_intervals
from experiments.store.dataset import runs_schema
from model.outcomes import OUTCOMES

HEADER = (
    "scheme,outcome,period,baseline,unit,baseline_mean,effect,low,high,percent,"
    "percent_low,percent_high,same_sign,replicates,bootstrap_low,bootstrap_high,"
    "p_value,p_holm,saved_by_pairing,detectable"
)


def runs(cells, factors=()):
    """A table of runs from {(scheme, point): {column: values}}; other columns are 1."""
    schema = runs_schema(factors)
    columns = {name: [] for name in schema.names}
    for (scheme, point), given in cells.items():
        n = len(next(iter(given.values())))
        key = {"scheme": [scheme] * n, "point": [point] * n, "seed": [1] * n}
        key["replicate"] = list(range(n))
        for name, column in columns.items():
            column += (key | given).get(name, [1.0] * n)
    return pa.table(columns, schema=schema)


def effect_on_output(cells, period="whole"):
    found = lookup(effects(runs(cells), "before"))
    return found["after", "output", period]


@pytest.mark.parametrize(
    ("freedom", "quantile"),
    [
        (1, 12.706204736),
        (2, 4.302652730),
        (10, 2.228138852),
        (31, 2.039513446),
        (1000, 1.962339081),
    ],
)
def test_quantiles_are_those_of_the_printed_tables(freedom, quantile):
    assert stdtrit(freedom, 0.975) == pytest.approx(quantile, abs=1e-8)


def test_an_effect_and_its_interval_are_those_done_by_hand():
    effect = effect_on_output(
        {
            ("before", 0): {"output_mean": [10.0, 20.0, 30.0]},
            ("after", 0): {"output_mean": [11.0, 22.0, 33.0]},
        }
    )
    half = 4.302652730 / 3**0.5
    assert effect.baseline_mean == 20.0
    assert effect.effect == 2.0
    assert effect.low == pytest.approx(2.0 - half, abs=1e-8)
    assert effect.high == pytest.approx(2.0 + half, abs=1e-8)
    assert effect.percent == 10.0
    assert effect.percent_low == pytest.approx(5.0 * (2.0 - half), abs=1e-7)
    assert effect.same_sign == 1.0
    assert effect.replicates == 3
    assert not effect.is_clear


def test_each_period_reads_its_own_column():
    after = {"output": [2.0, 2.0], "output_mean": [3.0, 3.0], "output_early": [4.0] * 2}
    cells = {("before", 0): {"output": [1.0, 1.0]}, ("after", 0): after}
    found = {p: effect_on_output(cells, p).effect for p in ("early", "last", "whole")}
    assert found == {"early": 3.0, "last": 1.0, "whole": 2.0}


def test_a_scheme_like_the_baseline_changes_exactly_nothing():
    luck = np.random.default_rng(7).normal(size=5).tolist()
    cells = {
        (scheme, point): {"output_mean": luck, "audit_hits": [0.0] * 5}
        for scheme in ("before", "after")
        for point in range(2)
    }
    for row in effects(runs(cells), "before"):
        assert row[6:13] == (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0)
        assert "-" not in "".join(map(str, row[6:12]))
        assert row.is_nothing


def test_one_replicate_has_no_interval():
    effect = effect_on_output(
        {("before", 0): {"output_mean": [2.0]}, ("after", 0): {"output_mean": [1.0]}}
    )
    assert effect.effect == -1.0
    assert effect.low is None
    assert effect.percent_high is None
    assert interval(np.array([3.0])) == (3.0, None, None)


def test_replicates_without_a_value_are_left_out_in_pairs():
    effect = effect_on_output(
        {
            ("before", 0): {"output_mean": [1.0, None, 3.0, 5.0]},
            ("after", 0): {"output_mean": [2.0, 9.0, None, 8.0]},
        }
    )
    assert effect.replicates == 2
    assert effect.baseline_mean == 3.0
    assert effect.effect == 2.0


def test_what_has_no_value_at_all_has_empty_fields():
    cells = {
        ("before", 0): {"score_validity": [None, None]},
        ("after", 0): {"score_validity": [0.1, 0.2]},
    }
    text = EFFECTS.text(effects(runs(cells), "before"))
    [row] = [
        row
        for row in csv.reader(io.StringIO(text))
        if row[1:3] == ["score_validity", "last"]
    ]
    assert row[5:] == [""] * 8 + ["0"] + [""] * 6


def test_a_percentage_has_the_sign_of_the_effect_also_for_a_loss():
    effect = effect_on_output(
        {
            ("before", 0): {"output_mean": [-4.0, -4.0]},
            ("after", 0): {"output_mean": [-5.0, -5.0]},
        }
    )
    assert effect.percent == -25.0


def test_nothing_is_no_baseline_for_a_percentage():
    effect = effect_on_output(
        {
            ("before", 0): {"output_mean": [0.0, 0.0]},
            ("after", 0): {"output_mean": [1.0, 2.0]},
        }
    )
    assert effect.effect == 1.5
    assert effect.percent is None


def test_pairing_saves_the_variance_that_both_share():
    luck = np.random.default_rng(3).normal(size=200)
    own = 0.1 * np.random.default_rng(4).normal(size=200)
    effect = effect_on_output(
        {
            ("before", 0): {"output_mean": luck.tolist()},
            ("after", 0): {"output_mean": (luck + own).tolist()},
        }
    )
    # var(x - y) = 0.01 and var(x) + var(y) = 2.01
    assert effect.saved_by_pairing == pytest.approx(1 - 0.01 / 2.01, abs=0.003)


def test_pairs_that_share_nothing_save_nothing():
    rng = np.random.default_rng(12)
    saved = saved_by_pairing(rng.normal(size=4000), rng.normal(size=4000))
    assert saved == pytest.approx(0.0, abs=0.05)
    assert saved_by_pairing(np.ones(4), np.ones(4)) is None
    assert saved_by_pairing(np.ones(1), np.ones(1)) is None


def test_the_csv_has_the_columns_of_the_contract_and_a_row_each():
    cells = {(s, 0): {"output": [1.0, 2.0]} for s in ("before", "after", "other")}
    lines = EFFECTS.text(effects(runs(cells), "before")).splitlines()
    assert lines[0] == HEADER
    assert len(lines) == 1 + 2 * len(OUTCOMES) * 3
    assert {line.split(",")[2] for line in lines[1:]} == {"early", "last", "whole"}


def three(replicates=12, seed=5):
    """Runs of a baseline and two schemes, whose luck is partly shared."""
    rng = np.random.default_rng(seed)
    luck = rng.normal(10.0, 1.0, size=replicates)
    cells = {("before", 0): {"output_mean": luck.tolist()}}
    for k, scheme in enumerate(("after", "other")):
        moved = luck + 0.1 * (k + 1) + rng.normal(0.0, 0.2, size=replicates)
        cells[scheme, 0] = {"output_mean": moved.tolist()}
    return cells


def outputs(cells, seed=None):
    found = lookup(effects(runs(cells), "before", seed))
    return {s: found[s, "output", "whole"] for s, _ in cells if s != "before"}


def test_a_p_value_is_that_of_the_paired_t_test():
    cells = three()
    base = cells["before", 0]["output_mean"]
    for scheme, effect in outputs(cells).items():
        expected = ttest_rel(cells[scheme, 0]["output_mean"], base).pvalue
        assert effect.p_value == pytest.approx(expected, rel=1e-9)
        assert (effect.p_value < 0.05) == effect.is_clear


def test_a_difference_that_never_varies_has_a_p_value_of_0_or_1():
    cells = {("before", 0): {"output_mean": [1.0, 2.0]}}
    cells["after", 0] = {"output_mean": [2.0, 3.0]}
    cells["other", 0] = {"output_mean": [1.0, 2.0]}
    found = outputs(cells)
    assert (found["after"].p_value, found["other"].p_value) == (0.0, 1.0)
    assert (found["after"].p_holm, found["other"].p_holm) == (0.0, 1.0)


@pytest.mark.parametrize("count", [1, 2, 13])
def test_holms_correction_is_that_of_statsmodels(count):
    raw = np.random.default_rng(count).uniform(0.0, 0.1, size=count)
    raw[: count // 2] = raw[0]
    expected = multipletests(raw, method="holm")[1]
    np.testing.assert_allclose(holm(raw), expected, rtol=1e-12)


def test_the_correction_is_made_over_the_schemes_of_one_outcome_and_period():
    found = outputs(three())
    raw = np.array([effect.p_value for effect in found.values()])
    adjusted = [effect.p_holm for effect in found.values()]
    np.testing.assert_allclose(adjusted, holm(raw), rtol=1e-12)


def test_a_bootstrap_interval_does_not_depend_on_the_other_schemes():
    cells = three()
    alone = {k: v for k, v in cells.items() if k[0] != "other"}
    both, one = outputs(cells, seed=4)["after"], outputs(alone, seed=4)["after"]
    assert both[14:16] == one[14:16]
    difference = np.subtract(
        *(np.array(cells[s, 0]["output_mean"]) for s in ("after", "before"))
    )
    low, high = bootstrap_intervals(difference[None, :], 4)
    assert both[14:16] == pytest.approx((low[0], high[0]), rel=1e-9)


def test_a_bootstrap_interval_leaves_out_pairs_without_a_value():
    cells = three(replicates=14)
    holes = {key: {"output_mean": list(v["output_mean"])} for key, v in cells.items()}
    holes["after", 0]["output_mean"][3] = None
    effect = outputs(holes, seed=4)["after"]
    assert effect.replicates == 13
    assert effect.bootstrap_low < effect.effect < effect.bootstrap_high


def test_without_a_seed_there_is_no_bootstrap_interval():
    assert outputs(three())["after"].bootstrap_low is None


def test_few_replicates_are_not_resampled():
    assert outputs(three(replicates=9), seed=4)["after"].bootstrap_low is None


def test_the_smallest_detectable_effect_is_that_of_the_spread_of_the_differences():
    cells = three()
    difference = np.subtract(
        *(np.array(cells[s, 0]["output_mean"]) for s in ("after", "before"))
    )
    effect = outputs(cells)["after"]
    expected = detectable(float(difference.std(ddof=1)), 12)
    assert effect.detectable == pytest.approx(expected, rel=1e-9)
    share = 100.0 * expected / effect.baseline_mean
    assert effect.percent_detectable == pytest.approx(share, rel=1e-9)
