"""Targets of the calibration of the voluntary organisation, each with its estimator.

No target is an effect of a scheme: effects are results.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from experiments.statistics.there import stayed, there
from model import Run
from model.workforce import Floats, Ints

TOKENS = ("genuine_tokens", "trivial_tokens", "padded_tokens")
RECORD = ("genuine", "trivial", "padding", "dressing", *TOKENS)
"""Fields that the estimators need of every employee and week."""


class Target(NamedTuple):
    """An estimator, the range that its value should lie in, and the range's source."""

    name: str
    unit: str
    estimate: Callable[[Run], float]
    low: float
    high: float
    source: str


def mean(run: Run, outcome: str) -> float:
    """Average an outcome over the weeks with a value; NaN if there is none."""
    known = run.weeks[outcome][~np.isnan(run.weeks[outcome])]
    return float(known.mean()) if len(known) else float("nan")


def tokens(run: Run) -> Floats:
    """Sum tokens by week and employee, shape (T, N) [M]."""
    genuine, trivial, padded = (run.history(kind) for kind in TOKENS)
    used: Floats = genuine + trivial + padded
    return used


def ratio(above: float, below: float) -> float:
    """Divide; NaN by nothing."""
    return above / below if below else float("nan")


def median_tokens(run: Run) -> float:
    """Take the median over person-weeks with any use [M tokens a week]."""
    used = tokens(run)
    return float(np.median(used[used > 0])) if used.any() else float("nan")


def log_sd(run: Run) -> float:
    """Take the sd of log weekly tokens over the active people of a week."""
    return mean(run, "token_log_sd")


def gini(run: Run) -> float:
    """Take the Gini of weekly tokens over everybody."""
    return mean(run, "token_gini")


def active_share(run: Run) -> float:
    """Take the share of people who use AI in a week."""
    return mean(run, "active_share")


def unevenness(run: Run) -> float:
    """Divide the variance of people's shares of active weeks by that of coin tosses.

    Of those who were there all the time.
    """
    acts = [run.history(act) > 0 for act in ("genuine", "trivial", "padding")]
    active = np.any(acts, axis=0)[:, stayed(run)]
    by_person = active.mean(axis=0)
    share = by_person.mean()
    return ratio(float(by_person.var()), float(share * (1 - share) / len(active)))


def padded_share(run: Run) -> float:
    """Take the share of padded tokens in all tokens."""
    padded = run.history("padded_tokens").sum()
    return ratio(float(padded), float(tokens(run).sum()))


def misuse(run: Run) -> float:
    """Take the share of genuine half-days below break-even in all half-days."""
    return mean(run, "misuse_share")


def net_gain(run: Run) -> float:
    """Divide the gain from core work net of misuse by the yield of manual work."""
    gained = mean(run, "output_gain") + mean(run, "output_misuse")
    return ratio(gained, mean(run, "output_manual"))


def net_gain_in_use(run: Run) -> float:
    """Divide the net gain by the share of genuine half-days."""
    return ratio(net_gain(run), mean(run, "genuine_share"))


def rework(run: Run) -> float:
    """Divide rework by the gross gain."""
    return ratio(-mean(run, "output_rework"), mean(run, "output_gain"))


def novice_advantage(run: Run) -> float:
    """Subtract the net gain in use of the most skilled third from the least skilled's.

    Not divided by it: a ratio of two numbers that may be near 0 says nothing there.
    """
    here = there(run.employees, 1)
    e = {name: column[here] for name, column in run.employees.items()}
    order = np.argsort(e["skill"])
    third = len(order) // 3

    def gain(rows: Ints) -> float:
        manual = (e["by_hand"] * e["genuine"] / 10.0)[rows].sum()
        gained = (e["gained"] + e["misused"])[rows].sum()
        return ratio(float(gained), float(manual))

    return gain(order[:third]) - gain(order[-third:])


def dressing_up(run: Run) -> float:
    """Take the share of person-weeks in which output is dressed up."""
    return float((run.history("dressing") > 0.0).mean())


TARGETS = (
    Target(
        "Median weekly tokens of active people",
        "M tokens",
        median_tokens,
        24.0,
        40.0,
        "32 M, Jellyfish, 7,548 engineers, Q1 2026 (evidence 1.2); within 25 %",
    ),
    Target(
        "Log-sd of their tokens",
        "log",
        log_sd,
        1.1,
        1.8,
        "four unrelated sources (evidence 1.2, derived)",
    ),
    Target(
        "Gini of tokens over everybody",
        "Gini",
        gini,
        0.60,
        0.80,
        "0.72 to 0.77, Cursor (evidence 1.2)",
    ),
    Target(
        "Weekly active share",
        "share",
        active_share,
        0.60,
        0.80,
        "about 70 % of engineers tried Kiro by Jan 2026, Amazon (evidence 1.1)",
    ),
    Target(
        "Unevenness of activity across people",
        "variance ratio",
        unevenness,
        2.0,
        np.inf,
        "some use AI always, some never; 1 would be equals tossing coins (assumption)",
    ),
    Target(
        "Padded tokens",
        "share",
        padded_share,
        0.0,
        0.01,
        "nothing rewards them (assumption; no source measures it)",
    ),
    Target(
        "Genuine half-days below break-even",
        "share of half-days",
        misuse,
        0.03,
        0.15,
        "workers cannot tell the side of the frontier: Dell'Acqua et al. 2023, "
        "METR 2025 (evidence 2); the range is an assumption",
    ),
    Target(
        "Gain net of misuse, over all half-days",
        "share of manual output",
        net_gain,
        0.028,
        0.26,
        "2.8 % of hours (Humlum and Vestergaard 2025) to 26 % (Cui et al.; evidence 2)",
    ),
    Target(
        "Gain net of misuse, per genuine half-day",
        "share of manual output",
        net_gain_in_use,
        0.10,
        0.28,
        "log gain 0.10 to 0.25 for well-chosen use (evidence 2, reading)",
    ),
    Target(
        "Rework over gross gain",
        "share",
        rework,
        0.15,
        0.40,
        "37 % of saved time lost to rework, Workday 2026 (evidence 2)",
    ),
    Target(
        "Novices' gain less experts'",
        "share of manual output",
        novice_advantage,
        0.0,
        np.inf,
        "Brynjolfsson et al. 2025: novices +30-34 %, top skill about 0 (evidence 2)",
    ),
    Target(
        "People who dress up output in a week",
        "share",
        dressing_up,
        0.03,
        0.16,
        "3 % falsify time cards, 9 % embellish reports (Visier 2023), 16 % pretend to "
        "use AI (evidence 11)",
    ),
)
