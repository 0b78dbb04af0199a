"""Real output of the heaviest users beside a voluntary organisation.

People differ in skill and in token intensity (lognormal, heavy-tailed), nobody pads,
and nothing hangs on the score. Compared is the mean real output over half a year of
those who lead over that half-year, people of all replicates ranked together: by theory,
which is told the distribution of traits and the choice rule, and as simulated.

By tokens, log U = log(intensity) + log(share of use): a normal with a shift that goes
with skill. By a blend of output and tokens, U = V + X with X lognormal, the case in
which the very top says nothing of V. ``golden`` are the general forms of C11, for which
nothing is simulated.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import lognorm, norm, pareto

from experiments.runs.trial import Trial, runs
from experiments.statistics.check import Check, Result
from experiments.studies.verification.reduced import frozen, setting
from model import Measure, Run, Scenario
from model.measure import REFERENCE_OUTPUT, REFERENCE_TOKENS
from model.theory.choice_shares import Pay, People, shares
from model.theory.selection import Floats, Tail, normal_types, top

WEEKS = 26
SKILL, INTENSITY = 0.25, 1.25
"""Log-sd of productivity and of tokens, as usual."""
TOKENS = Measure(tokens=1.0)
BLEND = Measure(tokens=0.08, output=1.0)
"""Tokens spread the score one and a half times as much as output, as in C11's table."""
TOPS = (0.5, 0.1, 0.01, 0.001)


class Case(NamedTuple):
    """A score, and how far intensity goes with skill."""

    name: str
    measure: Measure
    correlation: float


CASES = (
    Case("tokens", TOKENS, 0.0),
    Case("tokens, which the skilled use more of", TOKENS, 0.5),
    Case("tokens, which the skilled use less of", TOKENS, -0.5),
    Case("output and some tokens", BLEND, 0.0),
)


class Expected(NamedTuple):
    """What theory knows of the types of people; each of shape (k,)."""

    weight: Floats
    output: Floats  # of a week [half-days]
    base: Floats  # score of a week that intensity does not change [reference weeks]
    median: Floats  # median of what tokens add to it [reference weeks]
    log_sd: Floats  # log-sd of that, luck with tokens included
    token_luck: Floats  # log-sd by luck alone
    luck: Floats  # sd of a half-year's mean weekly output, given the type [half-days]


def scenario_of(case: Case) -> Scenario:
    """Make people who do not adapt or pad; skill and token intensity differ."""
    return frozen(
        people={
            "skill_sd": SKILL,
            "intensity_sd": INTENSITY,
            "intensity_skill": case.correlation,
            "never_gamers": 1.0,
            "judgement_noise": 0.12,
        },
        technology={"token_noise": 0.5},
        measure=case.measure,
        weeks=WEEKS,
    )


def expected(case: Case) -> Expected:
    """Compute output and score by skill, for people of average proficiency.

    Intensity given skill is lognormal; the luck of half a year, in how often somebody
    uses AI and in tokens, adds a little to its variance.
    """
    scenario, (z, weight) = scenario_of(case), normal_types()
    people, technology = scenario.people, scenario.technology
    theta = np.exp(SKILL * z - 0.5 * SKILL**2)
    best = people.ceiling_a / (people.ceiling_a + people.ceiling_b)
    started = people.start_a / (people.start_a + people.start_b)
    same = np.ones_like(z)
    traits = People(
        productivity=theta,
        top_gain=best * started * technology.gain * same,
        belief=people.belief_mean * same,
        reluctance=people.reluctance_mean * same,
        conscience=same,
        may_pad=np.zeros_like(z, bool),
    )
    chosen = shares(traits, setting(scenario), Pay(0.0 * z, 0.0 * z))
    use, half_days = chosen.genuine.mean, 10.0 * WEEKS
    relative = (np.exp(technology.token_noise**2) / use - 1.0) / half_days
    token_luck = np.sqrt(np.log1p(relative))
    rho = case.correlation
    intensity = people.intensity * np.exp(INTENSITY * rho * z)
    per_token = case.measure.tokens / REFERENCE_TOKENS
    return Expected(
        weight=weight,
        output=10.0 * chosen.output.mean,
        base=case.measure.output / REFERENCE_OUTPUT * 10.0 * chosen.output.mean,
        median=per_token * 10.0 * use * intensity,
        log_sd=np.hypot(INTENSITY * np.sqrt(1.0 - rho**2), token_luck),
        token_luck=token_luck,
        luck=10.0 * np.sqrt(chosen.output.variance / half_days),
    )


def tail_of(types: Expected) -> Tail:
    """Make the function P(score > t) of each type."""

    def tail(threshold: float) -> Floats:
        over = np.maximum(threshold - types.base, 0.0)
        with np.errstate(divide="ignore"):
            z = np.log(over / types.median) / types.log_sd
        beyond: Floats = norm.sf(z)
        return beyond

    return tail


def check(trial: Trial) -> Sequence[Check]:
    """Check mean real output of the top shares by score, for each case."""
    simulated = runs([scenario_of(c) for c in CASES], trial, ["score", "output"])
    return [
        row
        for case, done in zip(CASES, simulated, strict=True)
        for row in compare(case, expected(case), done)
    ]


def compare(case: Case, types: Expected, done: Sequence[Run]) -> Iterator[Check]:
    """Check one case; tops of fewer than ten people are left out."""
    score, output = (
        np.concatenate([run.history(name).mean(axis=0) for run in done])
        for name in ("score", "output")
    )
    order = np.argsort(-score, kind="stable")
    for share in TOPS:
        count = round(share * len(score))
        if count < 10:
            continue
        theory = top(types.output, types.weight, tail_of(types), share)
        luck = float(types.weight @ types.luck**2)
        variance = theory.variance_of_mean(share, len(score)) + luck / count
        yield Check(
            f"weekly output of the top {100 * share:g} % by {case.name}",
            "half-days",
            theory.mean,
            float(output[order[:count]].mean()),
            float(np.sqrt(variance)),
            lucky(types, share),
            "luck in output that goes with luck in tokens, bounded",
        )


def lucky(types: Expected, share: float) -> float:
    """Bound what the top owes to luck in output that goes with the score.

    Theory takes luck in output as independent of luck in tokens. If both were the same,
    selecting the top share would add: the sd of luck, times luck's share in the log
    score, times the selection differential phi(z_q) / q.
    """
    differential = norm.pdf(norm.isf(share)) / share
    by_luck = types.token_luck / types.log_sd
    return float(types.weight @ (by_luck * types.luck) * differential)


ADDED = {
    "normal": norm(scale=1.5),
    "lognormal": lognorm(1.65, scale=1.5 / np.sqrt(lognorm.var(1.65))),
    "Pareto": pareto(1.5),
}
"""What C11 adds to a standard normal V: sd 1.5, and a tail index of 1.5."""
C11_TOPS = (0.5, 0.1, 0.01, 0.001, 0.0001)


def golden() -> pd.DataFrame:
    """Compute C11: mean V in the top shares of U = V + X, by what is added.

    Columns: added, share, mean [sd of V].
    """
    z, weight = normal_types()

    def beyond(name: str) -> Tail:
        return lambda threshold: np.asarray(ADDED[name].sf(threshold - z))

    rows = [
        (name, share, top(z, weight, beyond(name), share).mean)
        for name in ADDED
        for share in C11_TOPS
    ]
    return pd.DataFrame(rows, columns=["added", "share", "mean"])


RESULT = Result(
    name="selection",
    title="Who leads a score that has a heavy tail",
    source="Manheim and Garrabrant (2018); Kwa et al.; evidence C11",
    reduced=(
        "Voluntary use without a review, half a year; nobody adapts or pads; only "
        "skill and token intensity differ."
    ),
    check=check,
)
