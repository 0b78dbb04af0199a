"""Multitask agency: what a bonus on output is worth where output can be dressed up.

**C1.** Efforts e on several tasks cost C(e) with the Hessian [C_ij] and are worth B.e
to the principal, who sees e + noise with the covariance Sigma. Somebody with risk
aversion r to whom alpha is paid for what is seen chooses C_i(e) = alpha_i, and the best
pay is

    alpha* = (I + r [C_ij] Sigma)^-1 B.

If task 2 cannot be seen, alpha_2 = 0 and

    alpha_1* = (B_1 - B_2 C_12 / C_22) / (1 + r Sigma_1 (C_11 - C_12^2 / C_22)),

negative where the tasks are substitutes and C_12 / C_22 > B_1 / B_2: paying for the
task that can be seen takes too much from the one that cannot.

**The model** has real work q, which costs m-bar q^2 / 2 at an elasticity of 1, and
dressing up delta, which costs c delta^2 / 2 and the time t. Without own value and
scruple, what is done and what is seen of it are

    real output  y = q - t delta,     in view  o = q + (1 - t) delta.

The principal is paid by y alone and can pay for o alone. So (o, y) are two tasks, o
seen and y not, with B = (0, 1) and the cost of getting there,

    C_11 = c + m-bar t^2,   C_12 = m-bar t (1 - t) - c,   C_22 = c + m-bar (1 - t)^2.

People are risk-neutral: r = 0, and noise in o does not matter. The best bonus per
half-day in view is

    b* = -C_12 / C_22 = (c - m-bar t (1 - t)) / (c + m-bar (1 - t)^2).

Over (q, delta) this is Baker's best rate (C2, ``model.theory.alignment``) with
f = (1, -t), g = (1, 1 - t) and the costs m-bar and c. The surplus that it reaches is

    (f.g)^2 / (2 |g|^2) = cos^2 |f|^2 / 2   in units in which both costs are 1.

If nobody can dress up o is y, b* = 1, and the surplus is 1 / (2 m-bar). Where dressing
up takes much time and is easy, m-bar t (1 - t) > c, any bonus on output lowers it: more
is dressed up than done.

Below an elasticity of 1 effort costs m-bar q^(1 + 1 / eta) / (1 + 1 / eta): surplus is
no parabola any more, and b* only the limit for small changes.

Source: Holmström and Milgrom (1991, Journal of Law, Economics, & Organization 7,
24-52) and Baker (1992, Journal of Political Economy 100, 598-614), both to be checked;
evidence C1 and C2.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def best_pay(benefit: Floats, hessian: Floats, risk: float, noise: Floats) -> Floats:
    """C1: alpha* if all tasks are seen; ``noise`` holds the variances."""
    cost = np.eye(len(benefit)) + risk * hessian @ np.diag(noise)
    return np.asarray(np.linalg.solve(cost, benefit), dtype=np.float64)


def best_pay_of_one(
    benefit: Floats, hessian: Floats, risk: float, noise: float
) -> float:
    """C1: alpha_1* of two tasks if the second cannot be seen."""
    aside = hessian[0, 1] / hessian[1, 1]
    steepness = hessian[0, 0] - hessian[0, 1] * aside
    return float((benefit[0] - benefit[1] * aside) / (1.0 + risk * noise * steepness))


class Work(NamedTuple):
    """Costs of real work and of dressing up."""

    reference: float  # m-bar: q costs m-bar q^2 / 2
    hardness: float  # c: delta costs c delta^2 / 2
    time: float  # t, of real work that a delta takes


def substitutes(work: Work) -> Floats:
    """The Hessian [C_ij] of what is in view and real output."""
    m, c, t = work
    across = m * t * (1.0 - t) - c
    return np.array([[c + m * t**2, across], [across, c + m * (1.0 - t) ** 2]])


def efforts(work: Work, bonus: Floats) -> tuple[Floats, Floats]:
    """Real work q and dressing up delta under a bonus per half-day in view."""
    return bonus / work.reference, bonus * (1.0 - work.time) / work.hardness


def cost(work: Work, effort: Floats, dressing: Floats) -> Floats:
    """What people bear for it [half-days per half-day]."""
    borne: Floats = 0.5 * (work.reference * effort**2 + work.hardness * dressing**2)
    return borne


def products(work: Work) -> tuple[Floats, Floats]:
    """Marginal products (f, g) of q and delta in units in which costs are alike.

    f is real output and g what is in view.
    """
    per_cost = 1.0 / np.sqrt([work.reference, work.hardness])
    real, seen = np.array([1.0, -work.time]), np.array([1.0, 1.0 - work.time])
    return real * per_cost, seen * per_cost


def best_bonus(work: Work) -> float:
    """The bonus b* per half-day in view."""
    return best_pay_of_one(np.array([0.0, 1.0]), substitutes(work), 0.0, 0.0)


def vertex(bonus: Floats, surplus: Floats) -> tuple[float, float]:
    """Bonus and surplus at the top of the parabola through three points."""
    square, slope, level = np.polyfit(bonus, surplus, 2)
    top = -slope / (2.0 * square)
    return float(top), float(level + 0.5 * slope * top)
