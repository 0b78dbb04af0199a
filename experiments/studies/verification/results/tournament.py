"""A board of the k best against the tournament of Lazear and Rosen."""

import math
from collections.abc import Sequence

import numpy as np

from experiments.runs.trial import Trial
from experiments.statistics.check import Check, Result
from experiments.studies.verification.reduced import frozen, warmed_up
from model import Scenario, Simulation, TopBoard
from model.measure import CUTS, REFERENCE_TOKENS
from model.outlook import GENUINE, PADDING
from model.scenario import ROW
from model.theory import tournament
from model.workforce import Floats

NOISE = 0.01
"""Log-sd of the tokens of a half-day: small, so that a week's score is normal."""
STEP = 1e-5
"""Extra tokens of a padded half-day over a genuine one, small for a derivative."""
BLOCKS = 6
"""Times at which people are asked, four weeks apart: each sees other cuts."""
META = 250.0 / 85_000.0
SHARES = {"10 %": 0.1, "2 %": 0.02, "250 of 85,000": META}
"""Boards by the share that they list."""
SPREAD = 2.0
"""Sd of abilities among unequal people, in standard deviations of a week's noise."""
BANDS = ((-3.0, -1.0), (-1.0, 0.0), (0.0, 1.0), (1.0, 3.0))
"""Expected scores less the cut, in standard deviations of a week's noise."""
MOST_CURVED = 1.0 / math.sqrt(2.0 * math.pi)
STEEPEST = MOST_CURVED * math.exp(-0.5)
"""Largest second and first derivative of the normal density, absolute."""

VARIATION = math.sqrt(math.expm1(NOISE**2))
"""Coefficient of variation of the tokens of a half-day."""
WEEKLY = VARIATION / math.sqrt(10.0)
"""Coefficient of variation of a week's score."""
SKEWNESS = (math.exp(NOISE**2) + 2.0) * WEEKLY
"""Skewness of a week's score, the sum of ten lognormals."""


def contest(share: float, spread: float = 0.0) -> Scenario:
    """Make people who use AI in every half-day; the board moves nobody.

    People are as uncertain of their score as they should be. ``spread`` is the sd of
    the log of abilities; padding stays a step ahead of genuine use for everybody.
    """
    return frozen(
        people={
            "reluctance_mean": -5.0,
            "intensity": REFERENCE_TOKENS / 10.0,
            "padding_intensity": REFERENCE_TOKENS / 10.0 * (1.0 + STEP),
            "intensity_sd": spread,
            "padding_sd": spread,
            "intensity_skill": 1.0,
            "padding_skill": 1.0,
            "uncertainty": VARIATION,
        },
        technology={"gain": 0.0, "loss": 0.0, "token_noise": NOISE},
        top_board=TopBoard(prize=0.1, share=share),
        weeks=BLOCKS * CUTS,
    )


def asked(simulation: Simulation, people: int) -> tuple[Floats, Floats]:
    """Compute expected scores, and the gain in the chance to be listed per unit of it.

    The first ``people`` are asked on Monday, about one half-day; they know their own
    pace. Each result has shape (people,).
    """
    staff = simulation.staff
    staff["pace_genuine"], staff["pace_padded"] = staff["intensity"], 0.0
    terms = simulation.note(0, people)["terms"][:, 0, ROW.top_board]
    stake = staff["status"] * simulation.scenario.top_board.prize * 10.0
    step = staff["intensity"] * STEP / REFERENCE_TOKENS
    rise = (terms[:, PADDING] - terms[:, GENUINE]) / (stake * step)[:people]
    return staff["intensity"][:people] * 10.0 / REFERENCE_TOKENS, rise


def equals(share: float, trial: Trial) -> tuple[Floats, Floats]:
    """Simulate cuts and marginal incentives among equals, in sd of a week's noise."""
    cuts, incentives = [], []
    for simulation in warmed_up(contest(share), trial):
        for _ in range(BLOCKS * CUTS):
            simulation.step()
            cuts.append(float(simulation.published["cuts"][ROW.top_board, -1]))
            if simulation.week % CUTS == 0:
                incentives.append(float(asked(simulation, 1)[1][0]))
    return (np.array(cuts) - 1.0) / WEEKLY, np.array(incentives) * WEEKLY


def unequals(trial: Trial) -> tuple[Floats, Floats]:
    """Compute theory's and the simulated marginal incentive by question and band."""
    theory, simulated = [], []
    for simulation in warmed_up(contest(SHARES["10 %"], SPREAD * WEEKLY), trial):
        for _ in range(BLOCKS):
            for _ in range(CUTS):
                simulation.step()
            score, rise = asked(simulation, trial.people)
            sigma = WEEKLY * score
            cut = tournament.cut_among(score, sigma, SHARES["10 %"])
            expected = tournament.marginal_at(score, cut, sigma)
            away = (score - cut) / WEEKLY
            rows = [(low <= away) & (away < high) for low, high in BANDS]
            theory.append([expected[row].mean() * WEEKLY for row in rows])
            simulated.append([rise[row].mean() * WEEKLY for row in rows])
    return np.array(theory), np.array(simulated)


def check(trial: Trial) -> Sequence[Check]:
    """Check cuts and incentives of three boards; and who is moved among unequals."""
    checks: list[Check] = []
    n, incentives = trial.people, {}
    for name, share in SHARES.items():
        cuts, incentives[name] = equals(share, trial)
        checks += [_cut(name, share, cuts, n), _incentive(name, share, incentives, n)]
    checks.append(_ratio(incentives, n))
    theory, simulated = unequals(trial)
    return [*checks, *_bands(theory, simulated, n)]


def listed(share: float, people: int) -> float:
    """Count the places on a board."""
    return max(1.0, share * people)


def skewed(cut: float) -> float:
    """Compute how far skewness moves a quantile of a week's score (Edgeworth) [sd]."""
    return abs(cut**2 - 1.0) / 6.0 * SKEWNESS


def left_out(share: float, people: int) -> float:
    """Bound the relative error of judging a board by mean and sd of four cuts.

    The cut is not normal and includes oneself; its variance is itself estimated, from
    four windows (second order); and a week's score is a little skewed.
    """
    k = listed(share, people)
    cut, sd = tournament.cut_mean(people, k), tournament.cut_sd(people, k)
    exact = tournament.marginal(people, k)
    rule = abs(tournament.near_normal(cut, sd) / exact - 1.0)
    estimated = 0.1875 * sd**4 * abs(cut**4 - 6.0 * cut**2 + 3.0) / 4.0
    return rule + estimated + cut * skewed(cut)


def _cut(name: str, share: float, cuts: Floats, n: int) -> Check:
    k = listed(share, n)
    theory = tournament.cut_mean(n, k)
    return Check(
        f"Cut of a board that lists {name}, above the mean score",
        "sd of a score",
        theory,
        float(cuts.mean()),
        tournament.cut_sd(n, k) / math.sqrt(len(cuts)),
        skewed(theory),
        "ten lognormal half-days are a little skewed (Edgeworth's first term)",
    )


def _incentive(name: str, share: float, incentives: dict[str, Floats], n: int) -> Check:
    theory = tournament.marginal(n, listed(share, n))
    return Check(
        f"Chance to be listed gained per sd of score, board of {name}",
        "1/sd",
        theory,
        float(incentives[name].mean()),
        _error(incentives[name]),
        theory * left_out(share, n),
        "people take the cut as normal, from four windows and themselves included",
    )


def _ratio(incentives: dict[str, Floats], n: int) -> Check:
    large, small = "10 %", "250 of 85,000"
    means = {name: float(incentives[name].mean()) for name in (large, small)}
    theory = {name: tournament.marginal(n, listed(SHARES[name], n)) for name in means}
    relative = [_error(incentives[name]) / means[name] for name in means]
    ratio = theory[large] / theory[small]
    return Check(
        "How much weaker a board of 250 of 85,000 pulls than one of 10 %",
        "times",
        ratio,
        means[large] / means[small],
        ratio * math.hypot(*relative),
        ratio * sum(left_out(SHARES[name], n) for name in means),
        "as for the two incentives; 19.5 in a large organisation",
    )


def _bands(theory: Floats, simulated: Floats, n: int) -> list[Check]:
    """Check by band; arrays (questions asked, bands)."""
    share = SHARES["10 %"]
    density = tournament.marginal_in_a_large_field(share, math.hypot(1.0, SPREAD))
    place = 1.0 / (n * density)
    variance = share * (1.0 - share) / (n * density**2)
    allowance = STEEPEST * place + 0.5 * MOST_CURVED * variance
    return [
        Check(
            "Chance to be listed gained per sd of score, by people who expect "
            f"{low:+.0f} to {high:+.0f} sd from the cut",
            "1/sd",
            float(theory[:, k].mean()),
            float(simulated[:, k].mean()),
            _error(simulated[:, k] - theory[:, k]),
            allowance,
            "order 1/N: the cut is uncertain by its variance and one place",
        )
        for k, (low, high) in enumerate(BANDS)
    ]


def _error(values: Floats) -> float:
    return float(values.std(ddof=1) / math.sqrt(len(values)))


RESULT = Result(
    name="tournament",
    title="A board of the k best is a tournament, felt only close to the cut",
    source="Lazear and Rosen (1981); closed form C4",
    reduced="everybody uses AI in every half-day; scores differ by the luck of tokens "
    "(and by ability, among unequals), and a board is only weighed",
    check=check,
)
