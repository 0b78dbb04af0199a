"""Best response: the limit itself, its remainder, and the engine close to it."""

import numpy as np
import pytest
from scipy.integrate import quad

from experiments.runs.trial import Trial
from experiments.studies.verification.results import best_response as verification
from model.theory import best_response as theory
from model.theory import choice_shares

TRIAL = Trial(seed=1, people=300, replicates=4)
EXACT = choice_shares.Setting(
    own_value=0.5, choice_noise=0.0, judgement_noise=0.0, loss=0.3, padding_loss=0.5
)
PEOPLE = choice_shares.People(
    productivity=np.array([1.0, 1.2, 0.8, 1.0]),
    top_gain=np.array([0.7, 0.6, 0.8, 0.7]),
    belief=np.zeros(4),
    reluctance=np.array([0.0, 0.1, 0.1, -0.3]),
    conscience=np.array([0.6, 0.6, 0.1, 0.1]),
    may_pad=np.array([True, True, True, False]),
)
PAY = choice_shares.Pay(np.full(4, 0.05), np.full(4, 0.5))
"""Two with cut-offs inside, one who pads on bad tasks, one who always uses AI."""


def reds(checks):
    return [check.quantity for check in checks if not check.holds]


def logit_shares(i, tau):
    """Shares and output of person i at a choice noise, by adaptive quadrature."""
    setting = EXACT._replace(choice_noise=tau)
    one = choice_shares.People(*(column[i : i + 1] for column in PEOPLE))
    paid = choice_shares.Pay(*(column[i : i + 1] for column in PAY))
    gain = PEOPLE.top_gain[i]
    lost = EXACT.padding_loss
    cutoff = float(theory.best_response(PEOPLE, EXACT, PAY).cutoff[i])
    middle = [cutoff] if 0.0 < cutoff < 1.0 else None

    def integral(f):
        def at(x):
            p = choice_shares.chances(one, setting, paid, np.array([[x]]))[:, 0, 0]
            return f(p, gain * x - 0.3 * (1.0 - x))

        return quad(at, 0.0, 1.0, points=middle, epsabs=1e-12, limit=400)[0]

    shares = [integral(lambda p, g, a=a: p[a]) for a in range(3)]
    added = integral(lambda p, g: p[1] * g - p[2] * lost)
    return shares, PEOPLE.productivity[i] * (1.0 + added)


@pytest.mark.parametrize("i", range(4))
@pytest.mark.parametrize("tau", [0.02, 0.005])
def test_shares_with_little_noise_are_within_the_bound(i, tau):
    best = theory.best_response(PEOPLE, EXACT, PAY)
    bound = theory.share_bound(PEOPLE, EXACT, PAY, best, tau)[i]
    shares, _ = logit_shares(i, tau)
    limit = [best.manual[i], best.genuine[i], best.padding[i]]
    np.testing.assert_allclose(shares, limit, atol=bound + 1e-10, rtol=0.0)


def test_everybody_is_where_the_cutoff_says():
    best = theory.best_response(PEOPLE, EXACT, PAY)
    assert best.pads.tolist() == [0.0, 0.0, 1.0, 0.0]
    assert ((best.cutoff[:3] > 0.0) & (best.cutoff[:3] < 1.0)).all()
    assert best.genuine[3] == 1.0
    # Manual 0.5; genuine 0.5 (1 + 0.7 x - 0.3 (1 - x)) + 0.05
    assert best.cutoff[0] == pytest.approx((0.3 - 0.05 / 0.5) / 1.0)


@pytest.mark.parametrize("i", range(3))
def test_output_is_short_by_the_second_order(i):
    tau = 0.005
    best = theory.best_response(PEOPLE, EXACT, PAY)
    _, output = logit_shares(i, tau)
    short = output - theory.output(PEOPLE, EXACT, best)[i]
    expected = theory.output_remainder(PEOPLE, EXACT, best, tau)[i]
    assert short == pytest.approx(expected, rel=1e-3)


def test_error_of_judgement_blurs_the_cutoff():
    x, error = np.random.default_rng(3).random(2_000_000), 0.12
    judged = x + error * np.random.default_rng(4).standard_normal(len(x))
    for cutoff in (-0.1, 0.05, 0.5, 1.1):
        share = theory.share_above(np.array([cutoff]), error)[0]
        assert np.mean(judged > cutoff) == pytest.approx(share, abs=4 * 0.5 / 1414)


def test_the_engine_is_on_the_right_side_of_every_cutoff():
    assert reds(verification.check(TRIAL)) == []


def test_a_cutoff_that_lies_elsewhere_turns_the_check_red(monkeypatch):
    right = verification.traits

    def bolder(staff):
        return right(staff)._replace(reluctance=staff["reluctance"] - 0.02)

    monkeypatch.setattr(verification, "traits", bolder)
    assert reds(verification.limit(0.0, TRIAL))
    assert reds(verification.limit(0.12, TRIAL))


@pytest.mark.parametrize("name", ["wrong_side", "output_remainder"])
def test_a_remainder_of_another_size_turns_the_check_red(monkeypatch, name):
    right = getattr(verification, name)
    monkeypatch.setattr(verification, name, lambda *given: 0.7 * right(*given))
    checks, _ = verification.measured(verification.NOISES[0], TRIAL)
    assert reds(checks)


def test_wrong_sides_fall_as_the_noise_and_lost_output_as_its_square():
    gaps = verification.converge(Trial(seed=1, people=1000, replicates=4))
    for name, factor in (("half-days on", 4.0), ("output less", 16.0)):
        first, _, last = (gap.gap for gap in gaps if gap.quantity.startswith(name))
        assert factor / 1.5 < first / last < factor * 1.5
