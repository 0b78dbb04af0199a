"""Spread by contact in weekly steps: growth, decay and what remains.

The share s_i that person i has of something (savvy) changes in a week by

    s_i' = (1 - d) s_i + c (1 - s_i) sum_j M_ij s_j,   M_ij = A_ij p_j,

with A_ij the attention that i gives to j (rows sum to 1), p_j what j shows (the share
of their half-days that they pad), c the contact rate and d the decay.

- While it is rare the map is linear. It grows by the factor 1 - d + c rho in a week,
  with rho the spectral radius of M: it spreads if and only if c rho > d. Weighed by the
  left eigenvector l of M the growth is that from the first week on, whoever starts:
  l s' = (1 - d + c rho) l s.
- What remains is the largest solution of d s_i = c (1 - s_i) sum_j M_ij s_j. With
  everybody alike, p for all, it is s = 1 - d / (c p).

Attention: a team-mate has the weight w / (mates), a peer outside (1 - w) / (outside).
Never-gamers show nothing: their column of M is 0, so that rho depends on who sits with
whom, and teams without them keep the thing alive.

The weekly SIS epidemic on a k-regular network in mean field,

    i' = i (1 - g) + (1 - i) (1 - (1 - b i)^k),   threshold b k > g,

is the same map for k = 1, with b = c p and g = d: savvy is learnt in proportion to the
mean of what is seen, as if from one contact a week. For k > 1 contacts saturate, and
the discrete steady state lies below the 1 - g / (b k) of continuous time.

Around the steady state the shares wander, since what is shown in a week is a matter of
luck. A deviation x follows

    x' = B x + xi,   B = diag(1 - d - c M s) + c diag(1 - s) M,
    xi_i = c (1 - s_i) sum_j A_ij s_j (shown_j - p_j),

so that a mean w x over W weeks has the variance |z|^2 / W with z the response to luck,
z_j = c sd_j s_j sum_i y_i (1 - s_i) A_ij and y = (1 - B')^-1 w. Who has learnt more by
luck has more to show and less to learn: s lies below the steady state by y C, where C_i
= c sum_j M_ij Cov(s_i, s_j) is of second order in luck. Covariances are taken as no
larger than variances, and these as if all luck lasted as long as the slowest mode of B.

Assumptions: synchronous weeks; what is shown is independent of the own share and fixed
in the mean; shares of different people as good as uncorrelated (mean field by person).

Source: Van Mieghem, Omic and Kooij (2009, IEEE/ACM Trans. Netw. 17, 1-14) for the map
by person, to be checked; docs/evidence.md, C10.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.sparse import csr_array, diags_array, eye_array
from scipy.sparse.linalg import eigs, spsolve

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

EXACT = 1e-13
"""Change of a share below which the steady state is reached."""
MOST_STEPS = 100_000


class Mode(NamedTuple):
    """The leading mode of a non-negative contact matrix."""

    radius: float  # rho, the spectral radius
    left: Floats  # l, shape (n,), sums to 1


class Wander(NamedTuple):
    """How a mean of shares wanders around its steady state."""

    sd: float  # of its mean over W weeks, times root W
    below: float  # how far its mean over time lies below, at most


def attention(team: Ints, outside: Ints, team_weight: float) -> csr_array:
    """Attention A of each person to each other, shape (n, n).

    ``team`` (n,) numbers the teams of two or more; ``outside`` (n, m) holds the rows of
    the m peers of each person outside the team, which may repeat.
    """
    n, peers = outside.shape
    size = np.bincount(team)
    weight = team_weight if peers else 1.0
    mates = [np.flatnonzero(team == t) for t in range(len(size))]
    near = np.repeat(np.arange(n), size[team] - 1)
    to = np.concatenate([mates[t][mates[t] != i] for i, t in enumerate(team)])
    values = np.full(len(near), weight) / (size[team[near]] - 1)
    rows = np.concatenate([near, np.repeat(np.arange(n), peers)])
    columns = np.concatenate([to, outside.ravel()])
    far = np.full(n * peers, (1.0 - weight) / max(peers, 1))
    data = np.concatenate([values, far])
    return csr_array((data, (rows, columns)), shape=(n, n))


def shown(attention: csr_array, padding: Floats) -> csr_array:
    """M: attention times what each person shows, ``padding`` of shape (n,)."""
    return csr_array(attention.multiply(padding[None, :]))


def next_week(share: Floats, m: csr_array, contact: float, decay: float) -> Floats:
    """Shares after a week, shape (n,)."""
    learnt: Floats = contact * (m @ share)
    return (1.0 - decay) * share + (1.0 - share) * learnt


def leading(m: csr_array) -> Mode:
    """Spectral radius and left eigenvector of a non-negative matrix."""
    values, vectors = eigs(m.T.tocsr(), k=1, which="LR", v0=np.ones(m.shape[0]))
    left = np.abs(vectors[:, 0].real)
    return Mode(float(values[0].real), left / left.sum())


def growth(radius: float, contact: float, decay: float) -> float:
    """Factor of a week while the thing is rare, 1 - d + c rho."""
    return 1.0 - decay + contact * radius


def remains(m: csr_array, contact: float, decay: float) -> Floats:
    """Steady shares, shape (n,): the largest solution, 0 below the threshold.

    From everybody having all of it, s -> c M s / (d + c M s) falls to it.
    Raises ``ValueError`` so near to the threshold that it hardly does.
    """
    share = np.ones(m.shape[0])
    for _ in range(MOST_STEPS):
        learnt = contact * (m @ share)
        latest = learnt / (decay + learnt)
        if np.max(np.abs(latest - share)) < EXACT:
            return latest
        share = latest
    raise ValueError(
        f"contact {contact} and decay {decay} are so near to the threshold that the "
        f"shares still fall after {MOST_STEPS} steps"
    )


def wander(
    steady: Floats,
    attention: csr_array,
    padding: Floats,
    sd: Floats,
    of: Floats,
    *,
    contact: float,
    decay: float,
) -> Wander:
    """How a mean of shares wanders around the steady state.

    ``padding`` and ``sd`` are mean and standard deviation of what each person shows in
    a week; ``of`` are the weights of the mean; all have shape (n,).
    """
    m = shown(attention, padding)
    stays = diags_array(1.0 - decay - contact * (m @ steady))
    back = csr_array(stays + contact * (diags_array(1.0 - steady) @ m))
    response = spsolve((eye_array(len(of)) - back).T.tocsc(), of)
    luck = steady * sd
    z = contact * luck * (attention.T @ (response * (1.0 - steady)))
    shocks = (contact * (1.0 - steady)) ** 2 * (attention.power(2) @ luck**2)
    variance = shocks / (1.0 - leading(back).radius ** 2)
    return Wander(
        float(np.linalg.norm(z)), float(contact * (response @ (m @ variance)))
    )


def infected_next(infected: float, infect: float, recover: float, k: int) -> float:
    """Share infected after a week of the SIS epidemic with k contacts each."""
    caught = 1.0 - (1.0 - infect * infected) ** k
    return infected * (1.0 - recover) + (1.0 - infected) * caught


def endemic(infect: float, recover: float, k: int) -> float:
    """Share that stays infected in the SIS epidemic; 0 at or below the threshold."""
    if infect * k <= recover:
        return 0.0

    def rise(i: float) -> float:
        return infected_next(i, infect, recover, k) - i

    return float(brentq(rise, 1e-12, 1.0, xtol=1e-14))
