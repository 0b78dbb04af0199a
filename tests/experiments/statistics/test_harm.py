"""When a harm ends: found in made-up series where it does, silent where it does not."""

import numpy as np
import pyarrow as pa
import pytest

from experiments.statistics.harm import (
    BY_HAND,
    COLUMNS,
    QUARTER,
    harm_end,
    harms,
    harms_by_hand,
)

WEEKS, REPLICATES = 104, 16


def series(effect, noise=0.1, replicates=REPLICATES, weeks=WEEKS, seed=1):
    """A baseline of about 10, and the same plus an effect by week plus noise."""
    rng = np.random.default_rng(seed)
    without = 10.0 + rng.normal(0.0, 1.0, (replicates, 1))
    without = without + rng.normal(0.0, 0.2, (replicates, weeks))
    shape = np.broadcast_to(effect(np.arange(weeks)), (replicates, weeks))
    return without + shape + rng.normal(0.0, noise, (replicates, weeks)), without


def test_a_harm_that_turns_into_a_gain_ends_where_it_turns():
    ended = harm_end(*series(lambda week: 0.01 * (week - 60.0)))
    assert ended.first == 0
    assert 50 <= ended.last <= 60  # seen a little less long than it lasts
    assert ended.during_percent < 0.0 < ended.after_low
    assert ended.after_low < ended.after_percent < ended.after_high
    assert ended.replicates == REPLICATES


def test_a_harm_that_just_stops_ends_there():
    ended = harm_end(*series(lambda week: -0.3 * (week < 40)))
    assert ended.last == pytest.approx(40, abs=QUARTER // 2 + 1)
    assert ended.after_low < 0.0 < ended.after_high
    assert ended.during_percent == pytest.approx(-3.0, abs=0.5)


def test_a_harm_that_comes_later_says_so():
    ended = harm_end(*series(lambda week: -0.3 * ((week >= 30) & (week < 60))))
    assert ended.first == pytest.approx(30, abs=QUARTER // 2 + 1)
    assert ended.last == pytest.approx(60, abs=QUARTER // 2 + 1)


def test_of_two_harms_the_last_end_counts():
    twice = harm_end(*series(lambda w: -0.4 * ((w < 25) | ((w >= 50) & (w < 75)))))
    assert twice.first == 0
    assert twice.last == pytest.approx(75, abs=QUARTER // 2 + 1)


SILENT = {
    "to the end": lambda week: -0.3 + 0.0 * week,
    "worse and worse": lambda week: -0.01 * week,
    "nearly to the end": lambda week: -0.3 * (week < WEEKS - 8),
    "less, but on": lambda week: -0.3 * (week < 40) - 0.06,
    "fading, but on": lambda week: -0.6 * np.exp(-week / 40.0),
    "again at the end": lambda week: -0.3 * ((week < 30) | (week >= 80)),
    "never": lambda week: 0.0 * week,
    "a gain": lambda week: 0.2 + 0.0 * week,
    "a gain that ends": lambda week: 0.3 * (week < 40),
}


@pytest.mark.parametrize("name", SILENT)
def test_without_an_end_nothing_is_said(name):
    for seed in range(5):
        assert harm_end(*series(SILENT[name], seed=seed)) is None


def test_what_changes_nothing_is_silent_without_any_noise():
    _, without = series(lambda week: 0.0 * week)
    assert harm_end(without, without) is None


def test_without_noise_a_stop_is_found():
    with_it, without = series(lambda week: -1.0 * (week < 50), noise=0.0)
    ended = harm_end(with_it, without)
    # The last quarter that holds a week of harm is in the middle of 49 to 61.
    assert ended.last == 55
    assert ended.after_percent == pytest.approx(0.0, abs=0.1)


@pytest.mark.parametrize(("replicates", "weeks"), [(1, 104), (16, 25)])
def test_too_little_to_tell(replicates, weeks):
    pair = series(lambda w: -0.5 * (w < 10), replicates=replicates, weeks=weeks)
    assert harm_end(*pair) is None


def test_a_failed_replicate_is_left_out():
    with_it, without = series(lambda week: -0.3 * (week < 40))
    with_it[3] = np.nan
    assert harm_end(with_it, without).replicates == REPLICATES - 1


def test_noise_alone_hardly_ever_has_a_harm_that_ends():
    """At most 2.5 in a hundred by construction; luck of one person lasts for weeks."""
    rng = np.random.default_rng(7)
    said = 0
    studies = 400
    for _ in range(studies):
        shocks = rng.normal(0.0, 0.1, (8, WEEKS))
        for week in range(1, WEEKS):
            shocks[:, week] += 0.6 * shocks[:, week - 1]
        said += harm_end(10.0 + shocks, np.full_like(shocks, 10.0)) is not None
    assert said <= 0.04 * studies


def rows(outputs, manual=10.0):
    """Weekly rows of a comparison, with a world beside the centre."""
    made = {name: [] for name in COLUMNS}
    for scheme, series_ in outputs.items():
        for point in (0, 1):
            for replicate in series_:
                for week, output in enumerate(replicate):
                    cells = (scheme, point, week, output - 5.0 * point, manual)
                    for name, cell in zip(COLUMNS, cells, strict=True):
                        made[name].append(cell)
    return pa.table(made)


def test_harms_of_a_study_are_those_at_its_centre():
    bad, base = series(lambda week: -0.3 * (week < 40))
    worse = bad - 0.5
    table = rows({"base": base, "bad": bad, "worse": worse})
    [found] = harms(table, "base")
    assert (found.scheme, found.baseline) == ("bad", "base")
    assert found[2:] == harm_end(bad, base)


def test_without_a_baseline_the_same_work_by_hand_stands_for_it():
    output = 10.0 + series(lambda week: 0.02 * (week - 50.0))[0]
    output -= output.mean(axis=1, keepdims=True) - 10.0
    [found] = harms_by_hand(rows({"alone": output}))
    assert (found.scheme, found.baseline) == ("alone", BY_HAND)
    assert 40 <= found.last <= 52
