"""Summaries of a panel: what they do not depend on, and what they must show."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from experiments.studies.fit.design import Window
from experiments.studies.fit.seen import Seen, seen
from experiments.studies.fit.summaries import OUTPUT, averaged, summaries

WINDOW = Window(4, 40.0)
START = 12


def panel(people=120, weeks=40, seed=1, output=True):
    luck = np.random.default_rng(seed)
    usual = luck.normal(2.0, 1.0, (people, 1))
    tokens = np.exp(usual + 0.5 * luck.standard_normal((people, weeks)))
    tokens *= luck.random((people, weeks)) < 0.7
    work = 9.0 + luck.standard_normal((people, weeks)) if output else None
    return seen(tokens, work)


def values(given, start=START, window=WINDOW):
    found = summaries(given, start, window)
    return dict(zip(found.names, found.values, strict=True))


def test_the_order_of_people_does_not_matter():
    given = panel()
    order = np.random.default_rng(2).permutation(given.people)
    one, other = values(given), values(given.some(order))
    assert one == pytest.approx(other, rel=1e-9, abs=1e-9)


def test_the_unit_of_output_does_not_matter():
    given = panel()
    assert given.output is not None
    one, other = values(given), values(given._replace(output=given.output * 400.0))
    assert one == pytest.approx(other, abs=1e-9)


def test_tokens_in_another_unit_move_levels_and_the_minimum_alone():
    given = panel()
    one, other = values(given), values(given._replace(tokens=given.tokens * 10.0))
    moved = {name for name in one if abs(one[name] - other[name]) > 1e-6}
    assert moved
    assert all("(log)" in name or "minimum" in name for name in moved)


def test_output_stands_in_a_block_of_its_own():
    with_output = summaries(panel(), START, WINDOW)
    without = summaries(panel(output=False), START, WINDOW)
    both = zip(with_output.names, with_output.blocks, strict=True)
    own = [name for name, block in both if block != OUTPUT]
    assert own == without.names


@pytest.mark.parametrize("start", [0, START])
@pytest.mark.parametrize(
    "tokens",
    [
        np.zeros((0, 40)),
        np.full((3, 40), 5.0),
        np.eye(40),
        np.where(np.arange(40) < START, 1.0, np.nan)[None].repeat(30, axis=0),
        np.full((30, 40), 1e9),
    ],
)
def test_every_panel_has_finite_summaries(tokens, start):
    found = summaries(Seen(tokens, tokens), start, WINDOW)
    assert np.isfinite(found.values).all()


def test_growth_spikes_and_bunching_show_where_they_should():
    given = panel()
    t = np.arange(40)
    grown = values(given._replace(tokens=given.tokens * np.exp(0.05 * t)))
    plain = values(given)
    course = "tokens in part 6 of 6 (log), since the scheme"
    assert grown[course] > plain[course] + 0.3
    last = np.where(t % 4 == 3, 3.0, 1.0)
    spiked = values(given._replace(tokens=given.tokens * last))
    part = "tokens in part 4 of a window (log), since the scheme"
    assert spiked[part] > plain[part] + 0.5
    per_week = np.where(np.isfinite(given.tokens), 10.4, np.nan)
    bunched = values(given._replace(tokens=per_week))
    at = "windows at 0.95 to 1.1 times the minimum, since the scheme"
    assert bunched[at] == pytest.approx(1.0)


def test_a_large_panel_is_averaged_over_groups():
    large = panel(people=900)
    whole = dict(zip(*summaries(large, START, WINDOW)[1:], strict=True))
    groups = averaged(large, 3, START, WINDOW, 1)
    middle = "tokens of the person at 50 % (log), since the scheme"
    told = dict(zip(groups.names, groups.values, strict=True))
    assert told[middle] == pytest.approx(whole[middle], abs=0.1)
    small = averaged(large, 1, START, WINDOW, 1)
    np.testing.assert_allclose(small.values, list(whole.values()), atol=1e-9)


def test_threads_at_work_side_by_side_warn_of_nothing():
    empty = Seen(np.full((30, 40), np.nan), np.full((30, 40), np.nan))
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: summaries(empty, START, WINDOW), range(16)))
    assert all(np.isfinite(one.values).all() for one in found)
