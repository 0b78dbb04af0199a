import csv
import io

import numpy as np
import pyarrow as pa
import pytest
from scipy.special import stdtrit

from experiments.dataset import runs_schema
from experiments.design import RULE
from experiments.effects import (
    Panel,
    as_csv,
    effects,
    interval,
    saved_by_pairing,
    table,
)
from model.outcomes import OUTCOMES

HEADER = (
    "scheme,outcome,period,baseline,unit,baseline_mean,effect,low,high,percent,"
    "percent_low,percent_high,same_sign,worlds_agree,replicates,rules_agree"
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
    found = table(effects(runs(cells), "before"))
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
    assert effect.worlds_agree is None
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
        for point in range(9)
    }
    for row in effects(runs(cells), "before"):
        assert row[6:13] == (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0)
        assert "-" not in "".join(map(str, row[6:12]))
        assert row.worlds_agree == 9
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
    text = as_csv(effects(runs(cells), "before"))
    [row] = [
        row
        for row in csv.reader(io.StringIO(text))
        if row[1:3] == ["score_validity", "last"]
    ]
    assert row[5:] == [""] * 9 + ["0", ""]


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


def test_worlds_are_counted_by_the_sign_of_their_mean_difference():
    cells = {("before", point): {"output_mean": [1.0, 1.0]} for point in range(9)}
    signs = [1, 1, 1, -1, -1, 0, 1, -1, 1]
    for point, sign in enumerate(signs):
        cells["after", point] = {"output_mean": [1.0 + sign, 1.0 + sign]}
    assert effect_on_output(cells).worlds_agree == 5


def test_rules_of_choice_are_counted_beside_the_worlds():
    cells = {}
    for point, (rule, sign) in enumerate(
        [(0, 1), (0, -1), (1, 1), (2, -1), (3, 1), (4, 1)]
    ):
        factor = {RULE: [float(rule)] * 2}
        cells["before", point] = {"output_mean": [1.0, 1.0], **factor}
        cells["after", point] = {"output_mean": [1.0 + sign] * 2, **factor}
    found = table(effects(runs(cells, (RULE,)), "before"))["after", "output", "whole"]
    assert found.rules_agree == 4
    assert found.worlds_agree is None, "two worlds are not nine"


def test_pairing_saves_the_variance_that_both_share():
    luck = np.random.default_rng(3).normal(size=200)
    own = 0.1 * np.random.default_rng(4).normal(size=200)
    panel = Panel(
        runs(
            {
                ("before", 0): {"output_mean": luck.tolist()},
                ("after", 0): {"output_mean": (luck + own).tolist()},
            }
        )
    )
    saved = saved_by_pairing(panel, "after", "before")
    # var(x - y) = 0.01 and var(x) + var(y) = 2.01
    assert saved == pytest.approx(1 - 0.01 / 2.01, abs=0.003)


def test_the_csv_has_the_columns_of_the_contract_and_a_row_each():
    cells = {(s, 0): {"output": [1.0, 2.0]} for s in ("before", "after", "other")}
    lines = as_csv(effects(runs(cells), "before")).splitlines()
    assert lines[0] == HEADER
    assert len(lines) == 1 + 2 * len(OUTCOMES) * 3
    assert {line.split(",")[2] for line in lines[1:]} == {"early", "last", "whole"}
