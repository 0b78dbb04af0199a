"""Deterrence: who games, given conscience, under a random audit.

A padded half-day gains B (pay less what is lost of own value), is found out with
probability p and then costs S. With conscience m (C8, Becker), a person games if and
only if m < B - p S, so that, with H the distribution of conscience,

    share gaming = H(B - p S)

is linear in p for a uniform H and a step for a homogeneous one, at p* = (B - m) / S,
or B / S without conscience. Never-gamers are a mass of people that nothing moves.
Here conscience is h0 + scale x Gamma(shape), and S is multiplied by ambition, a gamma
variable with mean 1, over which the share is averaged.

With choice noise tau, somebody with conscience m pads each half-day with probability
L = 1 / (1 + exp(-(B - p S - m) / tau)), independently; among n half-days

    padded share of half-days = E L,   people who pad at all = E [1 - (1 - L)^n].

Both are computed as shares of Becker's people with tastes: a logit choice is that of
somebody who best responds to a logistic taste with scale tau, and the largest of n
tastes decides whether they ever pad.

Assumes: no genuine use (reluctance forbids it), pay and sanction per half-day, nothing
changes. Source: Becker (1968, Journal of Political Economy 76, 169-217); evidence C8;
never-gamers: Nagin et al. (2002), evidence F17.
"""

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import logit, roots_legendre
from scipy.stats import gamma

Floats = NDArray[np.float64]

NODES = 200
"""Nodes over a distribution, by its quantiles."""


class Conscience(NamedTuple):
    """How the moral cost of a padded half-day is distributed."""

    floor: float  # h0 [half-days]
    shape: float
    scale: float  # [half-days]; 0: the same for everybody
    never: float  # share of people who never pad

    def below(self, limit: Floats) -> Floats:
        """H: share of those who may pad whose conscience is below a limit."""
        if self.scale == 0.0:
            return (self.floor < limit).astype(float)
        share: Floats = gamma.cdf((limit - self.floor) / self.scale, self.shape)
        return share


class Temptation(NamedTuple):
    """What a padded half-day brings and risks."""

    gain: float  # B [half-days]
    sanction: float  # S for ambition 1, times the chance to be recognised [half-days]
    ambition_cv: float


def becker(
    below: Callable[[Floats], Floats], gain: float, sanction: float, audited: Floats
) -> Floats:
    """C8: share gaming by probability of an audit, for any distribution of conscience.

    ``below`` gives the share of people whose conscience is below a limit.
    """
    return below(gain - audited * sanction)


def threshold(gain: float, sanction: float, conscience: float = 0.0) -> float:
    """Chance p* of an audit above which somebody with this conscience stops."""
    return (gain - conscience) / sanction


def share_gaming(
    conscience: Conscience, temptation: Temptation, audited: float
) -> float:
    """Share of people who pad, in the limit tau -> 0; audited with probability p."""
    gain, sanction, cv = temptation
    if conscience.scale == 0.0 and cv > 0.0 and audited > 0.0:
        bold = threshold(gain, sanction, conscience.floor) / audited
        return float((1.0 - conscience.never) * gamma.cdf(bold / cv**2, 1.0 / cv**2))
    ambition, weight = ambitions(cv)
    share = becker(conscience.below, gain, sanction, audited * ambition)
    return float((1.0 - conscience.never) * share @ weight)


def smooth_share(
    conscience: Conscience,
    temptation: Temptation,
    audited: float,
    choice_noise: float,
    half_days: int = 1,
) -> float:
    """Share of people who pad at least once in so many half-days, with choice noise.

    For one half-day it is the share of half-days that are padded.
    Raises ``ValueError`` if conscience does not differ: L itself is the share then.
    """
    if conscience.scale == 0.0:
        raise ValueError("scale is 0; a smooth share averages over a conscience")
    places, weight = _quantiles()
    tastes = choice_noise * logit(places ** (1.0 / half_days))  # the largest of them
    ambition, per_ambition = ambitions(temptation.ambition_cv)
    gains = temptation.gain + tastes[:, None]
    share = conscience.below(gains - audited * temptation.sanction * ambition)
    return float((1.0 - conscience.never) * weight @ share @ per_ambition)


def ambitions(cv: float) -> tuple[Floats, Floats]:
    """Nodes and weights of a gamma variable with mean 1; ``cv`` 0 is one node at 1."""
    if cv == 0.0:
        return np.ones(1), np.ones(1)
    places, weight = _quantiles()
    return gamma.ppf(places, 1.0 / cv**2, scale=cv**2), weight


def _quantiles() -> tuple[Floats, Floats]:
    """Places in (0, 1) of the quantiles to average over, and their weights."""
    node, weight = roots_legendre(NODES)
    return 0.5 + 0.5 * node, 0.5 * weight
