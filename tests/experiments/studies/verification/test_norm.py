"""A norm of padding: roots, folds and hysteresis of its mean field."""

import numpy as np
import pytest

from experiments.figures.save import rendered
from experiments.runs.trial import Trial
from experiments.studies.verification.figures.hysteresis import hysteresis
from experiments.studies.verification.results import norm as verification
from model.theory import norm

TRIAL = Trial(seed=11, people=500, replicates=4)
PULL, NOISE = 3.0, 0.5


@pytest.fixture(scope="module")
def checks():
    return verification.RESULT.check(TRIAL)


def test_roots_have_their_golden_values():
    golden = (0.07072, 0.5, 0.92928)
    assert norm.roots(-1.5, PULL, NOISE) == pytest.approx(golden, abs=5e-6)


def test_folds_have_their_golden_values():
    loop = norm.loop(PULL, NOISE)
    assert loop.up.payoff == pytest.approx(-1.2925, abs=5e-5)
    assert loop.down.payoff == pytest.approx(-1.7075, abs=5e-5)
    assert loop.width == pytest.approx(0.4151, abs=5e-5)


@pytest.mark.parametrize("pull", [0.5, 2.0, 2.4, 3.0, 6.0])
@pytest.mark.parametrize("payoff", [-3.0, -1.4, -1.0, 0.5])
def test_roots_are_where_the_map_stays(pull, payoff):
    for root in norm.roots(payoff, pull, NOISE):
        assert norm.share(root, payoff, pull, NOISE) == pytest.approx(root, abs=1e-10)


def test_outer_roots_attract_and_the_middle_one_repels():
    low, middle, high = norm.roots(-1.5, PULL, NOISE)
    assert norm.slope(low, PULL, NOISE) < 1.0
    assert norm.slope(middle, PULL, NOISE) > 1.0
    assert norm.slope(high, PULL, NOISE) < 1.0


@pytest.mark.parametrize("side", [-1e-6, 1e-6])
def test_a_root_appears_at_each_fold(side):
    loop = norm.loop(PULL, NOISE)
    for fold, towards in ((loop.up, -1.0), (loop.down, 1.0)):
        number = len(norm.roots(fold.payoff + side * towards, PULL, NOISE))
        assert number == (3 if side > 0.0 else 1)


def test_weak_pull_has_no_folds():
    with pytest.raises(ValueError, match=r"folds need a pull above 2\.0"):
        norm.loop(2.0, NOISE)


def test_genuine_use_takes_its_log_sum_from_padding():
    genuine, padding, noise = 0.3, 0.2, 0.4
    odds = np.exp(padding / noise) / (1.0 + np.exp(genuine / noise))
    alone = norm.share(0.0, norm.against_the_rest(genuine, padding, noise), 1.0, noise)
    assert alone == pytest.approx(odds / (1.0 + odds), rel=1e-12)


@pytest.mark.parametrize("speed", [1e-4, 1e-5])
def test_slow_ramp_is_late_as_airy_says(speed):
    fold = norm.loop(PULL, NOISE).up
    payoffs = np.arange(fold.payoff - 0.05, fold.payoff + 0.05, speed)
    start = norm.roots(float(payoffs[0]), PULL, NOISE)[0]
    path = norm.ramped(start, payoffs, PULL, NOISE)
    late = payoffs[np.argmax(path > 0.5)] - fold.payoff
    assert late == pytest.approx(norm.delay(fold, speed), rel=0.1)


def test_noise_moves_a_root_as_much_as_stated():
    root = norm.roots(-1.5, PULL, NOISE)[0]
    people, weeks = 20, 400_000
    rng = np.random.default_rng(5)
    shares = np.full(200, root)
    total = 0.0
    for _ in range(weeks // 200):
        chance = norm.share(shares, -1.5, PULL, NOISE)
        shares = rng.binomial(10 * people, chance) / (10.0 * people)
        total += shares.mean()
    away = total / (weeks // 200) - root
    stated = norm.finite_size(root, PULL, NOISE, people)
    assert away == pytest.approx(stated, rel=0.15)


def test_simulation_agrees(checks):
    assert [check for check in checks if not check.holds] == []


def test_low_and_high_start_end_apart_where_there_are_folds(checks):
    low, high, one_low, one_high = (check.simulated for check in checks[:4])
    assert high - low > 0.8
    assert abs(one_high - one_low) < 0.02


def test_theory_that_forgets_never_gamers_would_be_noticed(monkeypatch):
    monkeypatch.setattr(verification.System, "pull", verification.STRENGTH)
    noticed = [check.quantity for check in verification.check(TRIAL) if not check.holds]
    assert "Padding by those who may, from a high start, with folds" in noticed
    assert "Payoff at which it falls again, against the map so ramped" in noticed


def test_one_organisation_comes_closer_as_it_grows():
    small, *_, large = verification.converge(TRIAL._replace(people=400, replicates=6))
    assert (small.size, large.size) == (50, 400)
    assert large.gap < 0.6 * small.gap


def test_loop_is_drawn_with_its_folds():
    up, down = verification.swept(TRIAL._replace(people=250, replicates=2))
    pull, noise = verification.STRENGTH, verification.NOISE
    figure = hysteresis(up, down, pull, noise, verification.HOLD)
    words = {text.get_text() for text in figure.axes[0].texts}
    assert words == {"fold at −1.325", "fold at −1.833"}
    assert rendered(figure, "png") == rendered(figure, "png")


def test_chart_without_steps_is_refused():
    nothing = verification.Sweep(*[np.zeros(0)] * 4)
    with pytest.raises(ValueError, match="the sweep up has no steps"):
        hysteresis(nothing, nothing, PULL, NOISE, 6)
