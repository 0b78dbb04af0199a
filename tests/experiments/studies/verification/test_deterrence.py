"""Becker's share gaming: closed forms, and its agreement with the engine."""

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import expit
from scipy.stats import gamma

from experiments.runs.trial import Trial
from experiments.studies.verification.results import deterrence as verification
from model.theory import deterrence as theory

TRIAL = Trial(seed=1, people=300, replicates=4)
CONSCIENCE = theory.Conscience(floor=0.3, shape=2.0, scale=0.25, never=0.4)
STAKES = theory.Temptation(gain=1.25, sanction=3.2, ambition_cv=0.0)


def reds(checks):
    return [check.quantity for check in checks if not check.holds]


def test_the_share_is_linear_in_audits_for_a_uniform_conscience():
    audited = np.linspace(0.05, 0.25, 5)
    share = theory.becker(lambda m: np.clip(m, 0.0, 1.0), 0.9, 3.0, audited)
    np.testing.assert_allclose(share, 0.9 - 3.0 * audited, rtol=1e-12)


def test_the_share_steps_at_gain_over_sanction_for_people_without_conscience():
    nobody = theory.Conscience(floor=0.0, shape=2.0, scale=0.0, never=0.0)
    p_star = theory.threshold(STAKES.gain, STAKES.sanction)
    assert p_star == 1.25 / 3.2
    assert theory.share_gaming(nobody, STAKES, p_star - 1e-9) == 1.0
    assert theory.share_gaming(nobody, STAKES, p_star + 1e-9) == 0.0


def test_the_share_is_the_distribution_of_conscience_at_the_net_gain():
    z = (1.25 - 0.1 * 3.2 - 0.3) / 0.25
    expected = 0.6 * (1.0 - (1.0 + z) * np.exp(-z))
    found = theory.share_gaming(CONSCIENCE, STAKES, 0.1)
    assert found == pytest.approx(expected, rel=1e-12)


def test_never_gamers_are_out_of_reach_of_any_gain():
    rich = STAKES._replace(gain=1e6)
    assert theory.share_gaming(CONSCIENCE, rich, 0.0) == pytest.approx(0.6)


@pytest.mark.parametrize("half_days", [1, 10])
def test_the_smooth_share_is_the_mean_logit_over_conscience(half_days):
    def ever(m):
        pads = expit((1.25 - 0.2 * 3.2 - 0.3 - m) / 0.12)
        return (1.0 - (1.0 - pads) ** half_days) * gamma.pdf(m, 2.0, scale=0.25)

    expected = 0.6 * quad(ever, 0.0, np.inf)[0]
    found = theory.smooth_share(CONSCIENCE, STAKES, 0.2, 0.12, half_days)
    assert found == pytest.approx(expected, abs=2e-5)


def test_the_smooth_share_becomes_beckers():
    sharp = theory.share_gaming(CONSCIENCE, STAKES, 0.2)
    smooth = theory.smooth_share(CONSCIENCE, STAKES, 0.2, 1e-4)
    assert smooth == pytest.approx(sharp, abs=1e-6)


def test_a_smooth_share_asks_for_people_who_differ():
    same = CONSCIENCE._replace(scale=0.0)
    with pytest.raises(ValueError, match="scale is 0"):
        theory.smooth_share(same, STAKES, 0.2, 0.12)


def test_the_engine_has_beckers_shares():
    assert reds(verification.check(TRIAL)) == []


@pytest.mark.parametrize(
    "wrong",
    [{"gain": 1.15}, {"sanction": 3.8}],
    ids=lambda wrong: next(iter(wrong)),
)
def test_stakes_that_differ_turn_the_check_red(monkeypatch, wrong):
    right = verification.temptation
    monkeypatch.setattr(
        verification, "temptation", lambda scenario: right(scenario)._replace(**wrong)
    )
    assert reds(verification.check(TRIAL))


def test_forgetting_never_gamers_turns_the_check_red(monkeypatch):
    def everybody(conscience, *given):
        return theory.share_gaming(conscience._replace(never=0.3), *given)

    monkeypatch.setattr(verification, "share_gaming", everybody)
    assert reds([verification.sharp(verification.VARIED, 0.0, TRIAL)])
