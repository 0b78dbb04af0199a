"""How far a measure is aligned with real work: Baker's cosine and a time budget.

**C2.** Effort a_i on several activities costs |a|^2 / 2, is worth f.a to the principal
and is measured as g.a. A bonus b on the measure makes a risk-neutral employee choose
a = b g, so that the surplus is b f.g - b^2 |g|^2 / 2, and

    best rate b* = f.g / |g|^2 = |f| cos(theta) / |g|,
    share of the first-best surplus |f|^2 / 2 that it reaches: cos(theta)^2.

Beyond 2 b* a bonus destroys surplus; where the cosine is negative, any bonus does.

**Under a time budget** an activity is done instead of another, and only differences
count. Let e_i be how easily activity i takes up time (1 / k_i for quadratic costs k_i
as in C3; the probability P_i under a logit choice with noise 1). A bonus then moves the
real output by

    slope = sum_i e_i (f_i - f_mean) (g_i - g_mean),   means weighted by e,

which is C3's exact slope, and the compass needle times tau. Its sign is that of the
budget cosine, the e-weighted correlation of f and g over activities: the phase boundary
of "does a bonus help?" is where it is 0. With equal e it depends on technology alone,
not on what people do now.

Source: Baker (2002, Journal of Human Resources 37, 728-751) for C2; evidence C3.
"""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def cosine(real: Floats, measured: Floats) -> Floats:
    """Cosine of the angle between marginal products; both (..., activities)."""
    product = (real * measured).sum(axis=-1)
    lengths = np.sqrt((real**2).sum(axis=-1) * (measured**2).sum(axis=-1))
    nothing = np.full_like(product, np.nan)
    return np.divide(product, lengths, out=nothing, where=lengths > 0.0)


def best_rate(real: Floats, measured: Floats) -> Floats:
    """The bonus b* per unit of the measure that yields the largest surplus."""
    rate: Floats = (real * measured).sum(axis=-1) / (measured**2).sum(axis=-1)
    return rate


def surplus(real: Floats, measured: Floats, rate: Floats | float) -> Floats:
    """Worth to the principal less cost of effort, under a bonus of some rate."""
    effort = np.asarray(rate)[..., None] * measured
    total: Floats = (real * effort - 0.5 * effort**2).sum(axis=-1)
    return total


def efficiency(real: Floats, measured: Floats) -> Floats:
    """Share of the first-best surplus that the best bonus reaches, cos^2."""
    share: Floats = np.maximum(cosine(real, measured), 0.0) ** 2
    return share


def centred(values: Floats, ease: Floats) -> Floats:
    """Values less their mean over activities, weighted by ease."""
    mean = (ease * values).sum(axis=-1, keepdims=True) / ease.sum(axis=-1)[..., None]
    less: Floats = values - mean
    return less


def slope(real: Floats, measured: Floats, ease: Floats) -> Floats:
    """By how much a bonus on the measure moves real output within a time budget."""
    moved: Floats = (ease * centred(real, ease) * centred(measured, ease)).sum(axis=-1)
    return moved


def budget_cosine(real: Floats, measured: Floats, ease: Floats) -> Floats:
    """Cosine within a time budget: the correlation over activities, weighted by ease.

    Null where all activities yield the same, or measure the same. An activity that is
    not open to somebody has ease 0.
    """
    root = np.sqrt(ease)
    return cosine(root * centred(real, ease), root * centred(measured, ease))
