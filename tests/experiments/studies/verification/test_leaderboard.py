"""A full-rank leaderboard in its equilibrium of many people."""

import numpy as np
import pytest
from scipy.special import softmax
from scipy.stats import gamma

from experiments.runs.trial import Trial
from experiments.studies.verification.results import leaderboard as verification
from experiments.studies.verification.results.leaderboard import BOARD, COARSE
from model.theory import leaderboard
from model.theory.leaderboard import Grid, World, equilibrium

TRIAL = Trial(seed=11, people=400, replicates=4)


@pytest.fixture(scope="module")
def theory():
    return verification.solved(BOARD)


def test_without_status_shares_are_those_of_a_logit():
    found = equilibrium(BOARD._replace(status=0.0), COARSE)
    payoffs = np.array([0.0, BOARD.genuine, BOARD.padding])
    np.testing.assert_allclose(found.shares, softmax(payoffs / BOARD.noise), rtol=1e-9)


def test_scores_add_up_to_the_tokens_of_all_half_days(theory):
    for found in theory:
        tokens = [0.0, BOARD.genuine_tokens, BOARD.padding_tokens]
        expected = 10.0 * float(found.shares @ tokens)
        assert found.table.mean == pytest.approx(expected, rel=1e-6)


def test_everybody_answers_the_table_that_they_make():
    found = equilibrium(BOARD, COARSE)
    again, shares = World(BOARD, COARSE, None).answer(found.table)
    np.testing.assert_allclose(again.below, found.table.below, atol=1e-7)
    np.testing.assert_allclose(shares, found.shares, atol=1e-7)


def test_more_status_makes_more_padding():
    padding = [
        equilibrium(BOARD._replace(status=status), COARSE).shares[2]
        for status in (0.0, 0.03, 0.06)
    ]
    assert padding == sorted(padding)
    assert padding[-1] > 1.3 * padding[0]


def test_finer_grid_changes_little(theory):
    finer = equilibrium(BOARD, Grid(step=0.8, pace_step=0.4, weights=8))
    np.testing.assert_allclose(finer.shares, theory.fine.shares, atol=1e-4)


def test_coarser_table_of_the_model_changes_little(theory):
    np.testing.assert_allclose(theory.cells.shares, theory.fine.shares, atol=5e-5)


def test_race_of_nearly_best_responses_does_not_settle():
    race = BOARD._replace(status=0.1, noise=0.02)
    with pytest.raises(ValueError, match="still change by"):
        equilibrium(race, COARSE)


def test_lognormal_on_a_grid_keeps_mass_and_mean():
    nodes = np.arange(0.0, 200.0, 0.7)
    weights = leaderboard.lognormal_on(nodes, 9.0, 0.5)
    assert weights.min() > -1e-12
    assert weights.sum() == pytest.approx(1.0, rel=1e-12)
    assert weights @ nodes == pytest.approx(9.0, rel=1e-9)


def test_sharing_out_keeps_values_in_the_mean():
    values, nodes = np.array([0.0, 0.3, 1.9, 2.0]), np.arange(0.0, 3.0, 0.5)
    np.testing.assert_allclose(leaderboard.share_out(values, nodes) @ nodes, values)


def test_weights_on_rank_have_the_moments_of_a_gamma():
    nodes, weights = leaderboard.gamma_nodes(0.8, 6)
    law = gamma(1.0 / 0.64, scale=0.64)
    for power in range(1, 12):
        assert weights @ nodes**power == pytest.approx(law.moment(power), rel=1e-9)


def test_simulation_agrees(theory):
    checks = verification.compared(theory, TRIAL)
    assert [check for check in checks if not check.holds] == []


@pytest.mark.parametrize(
    "wrong",
    [{"status": 0.065}, {"curvature": 0.0}, {"status_cv": 0.3}, {"uncertainty": 2.0}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_wrong_board_would_be_noticed(wrong):
    found = equilibrium(BOARD._replace(**wrong), COARSE)
    theory = verification.Solved(found, found, found)
    assert not all(check.holds for check in verification.compared(theory, TRIAL))


def test_organisation_comes_closer_as_it_grows():
    gaps = verification.converge(TRIAL._replace(replicates=6))
    for quantity in verification.GROWING:
        by_size = {g.size: g.gap for g in gaps if g.quantity == quantity}
        assert by_size[400] < 0.6 * by_size[50]
