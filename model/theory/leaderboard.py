"""Equilibrium of a full-rank leaderboard: everybody answers the table that they make.

Score is tokens of a week. Of each half-day a person makes manual work, genuine use or
padding, with own payoffs 0, u_g, u_p over manual work and tokens 0, kappa eps and
kappa_pad eps (eps lognormal with mean 1), by a logit with noise tau on own payoff plus

    10 status omega f(Standing),   f(p) = (1 - c) p + c (1/2 + (2 p - 1)^3 / 2),

omega their weight on rank. With r half-days left, X tokens so far and the pace p per
half-day, they expect a score S = X + tokens of the activity + (r - 1) p with standard
deviation s = c_s sqrt(r) max(p, least), and

    Standing = F(S - sqrt(3) s)/6 + 2 F(S)/3 + F(S + sqrt(3) s)/6,

F the distribution of last week's scores, ties counted half. The pace follows the own
scores, p' = (1 - m) p + m S / 10.

For a given F people are independent: a Markov chain in their pace, with a stationary
law for each omega (gamma with mean 1, integrated by Gauss and Laguerre). Its scores
have a distribution T(F); an equilibrium is F = T(F), found by iteration from no table
at all. That is the limit of many people, in which nobody's score moves the table.

In numbers: scores and paces live on grids; a lognormal amount, and a pace between two
nodes, is shared by two nodes so that the mean is exact. What that adds to a variance is
of second order in the step; ``Grid`` says how fine.

With N people a table is that of N - 1 others. Its noise does not cancel in a curved
answer: where two options differ by q in standing, the noise of their difference has
variance q (1 - q) / N, and a logit share moves by at most

    (1/2) (1 / (6 sqrt(3) tau^2)) (10 status)^2 E f'^2 E omega^2 q (1 - q) / N,

times 1 / (1 - feedback): order 1/N. q is at most kappa_pad times the highest density,
and E f'^2 = 1 + 0.8 c^2 over all standings.

The model's table has cells of equal width in score / (score + 32 M). Between their
nodes F is linear, off by at most F'' / 8 times the squared width; and an entry counts
by its place in the cell, which at a node adds 2 Int u (1/2 - u) / (1 - u) du from 0 to
1/2, = 3/4 - ln 2. ``Cells`` adds both everywhere, which bounds what they do.

Assumptions: people equal but for omega; nothing learnt; tasks do not matter; the board
is settled weekly; the organisation is large and has settled.

Source: the quantal response equilibrium of McKelvey and Palfrey (1995, Games Econ.
Behav. 10, 6-38) in the mean field of Lasry and Lions (2007, Jpn. J. Math. 2, 229-260),
to be checked; rank value after Gill et al. (2019), docs/evidence.md, F14.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.signal import fftconvolve
from scipy.special import ndtr, roots_genlaguerre, softmax

Floats = NDArray[np.float64]

HALF_DAYS = 10
SQRT_3 = math.sqrt(3.0)
MOST_CURVED = 1.0 / (6.0 * math.sqrt(3.0))
"""Largest second derivative of the logistic function."""
BLUR = 1.0 / 8.0 + 3.0 / 4.0 - math.log(2.0)
"""Most that a table of cells adds to F, in F'' times the squared width of a cell."""
FAR = 6.0
"""Standard deviations of luck beyond ten of the largest half-days on the grid."""
MOST_PACE = 1.5
"""Highest pace on the grid, in the largest half-days."""
EXACT, MOST_ROUNDS = 1e-7, 100
"""Change of F at which the equilibrium is reached, and rounds until it is given up."""


class Board(NamedTuple):
    """A leaderboard and the people before it; payoffs [half-days], tokens [M]."""

    status: float  # worth of the first place over the last, per half-day
    curvature: float  # c of f
    status_cv: float  # coefficient of variation of omega
    genuine: float  # u_g
    padding: float  # u_p
    genuine_tokens: float  # kappa, mean of a half-day
    padding_tokens: float  # kappa_pad, mean of a half-day
    token_noise: float  # log-sd of eps
    noise: float  # tau
    memory: float  # m, weight of the latest week in the pace
    uncertainty: float  # c_s
    least: float  # least pace for the uncertainty [M per half-day]


class Grid(NamedTuple):
    """How finely the equilibrium is computed."""

    step: float = 1.0  # of scores [M]
    pace_step: float = 0.6  # [M per half-day]
    weights: int = 6  # nodes over omega


FINE = Grid()


class Cells(NamedTuple):
    """A coarser table that people read: equal cells of score / (score + middle)."""

    number: int
    middle: float  # [M]


class Table(NamedTuple):
    """A distribution of weekly scores on a grid."""

    scores: Floats  # (n,), from 0 in equal steps [M]
    mass: Floats  # (n,), sums to 1

    @property
    def below(self) -> Floats:
        """F: share of people below each score, half of those tied; shape (n,)."""
        return np.cumsum(self.mass) - 0.5 * self.mass

    def at_most(self, score: float) -> float:
        """Share of people with at most a score [M]."""
        return float(np.interp(score, self.scores, self.below))

    def quantile(self, share: float) -> float:
        """Score below which a share of people lies [M]."""
        return float(np.interp(share, self.below, self.scores))

    @property
    def density(self) -> Floats:
        """Density at each score [1/M]; shape (n,)."""
        return self.mass / (self.scores[1] - self.scores[0])

    @property
    def mean(self) -> float:
        """Mean score [M]."""
        return float(self.scores @ self.mass)


class Equilibrium(NamedTuple):
    """Where everybody answers the table that everybody makes."""

    table: Table
    shares: Floats  # (3,), of half-days: manual, genuine, padding
    feedback: float  # part of a change of the table that is left after a round


def rank_value(standing: Floats, curvature: float) -> Floats:
    """Value f of a standing, 0 for the last to 1 for the first."""
    cubic = 0.5 + 0.5 * (2.0 * standing - 1.0) ** 3
    return (1.0 - curvature) * standing + curvature * cubic


def share_out(values: Floats, nodes: Floats) -> Floats:
    """Weights (values, nodes) that share each value between two equidistant nodes."""
    place = np.clip((values - nodes[0]) / (nodes[1] - nodes[0]), 0.0, len(nodes) - 1.0)
    return np.maximum(0.0, 1.0 - np.abs(place[:, None] - np.arange(len(nodes))))


def lognormal_on(nodes: Floats, mean: float, sd: float) -> Floats:
    """A lognormal amount shared between nodes 0, step, ...; what is beyond at the end.

    The node j has E max(0, 1 - |x / step - j|), a second difference of
    G(t) = E max(t - x, 0).
    """
    step = nodes[1] - nodes[0]
    ends = np.append(nodes, nodes[-1] + step)
    with np.errstate(divide="ignore"):
        z = (np.log(ends / mean) + 0.5 * sd**2) / sd
    short = ends * ndtr(z) - mean * ndtr(z - sd)
    weights = np.diff(np.diff(short, prepend=0.0)) / step
    weights[-1] += 1.0 - weights.sum()
    return weights


class World:
    """A board on a grid: from a table to what everybody does before it."""

    def __init__(self, board: Board, grid: Grid, cells: Cells | None) -> None:
        self.board = board
        highest = max(board.genuine_tokens, board.padding_tokens)
        luck = math.sqrt(HALF_DAYS * math.expm1(board.token_noise**2))
        self.scores = np.arange(0.0, highest * (HALF_DAYS + FAR * luck), grid.step)
        self.paces = np.arange(0.0, MOST_PACE * highest, grid.pace_step)
        self.status, self.weight = gamma_nodes(board.status_cv, grid.weights)
        self._genuine, self._padding = (
            lognormal_on(self.scores, mean, board.token_noise)
            for mean in (board.genuine_tokens, board.padding_tokens)
        )
        self._blur = np.zeros(len(self.scores))
        if cells:
            wide = (self.scores + cells.middle) ** 2 / (cells.number * cells.middle)
            self._blur = BLUR * wide**2

    def nobody(self) -> Table:
        """A table on which everybody is tied: it moves nobody."""
        return Table(self.scores, np.eye(1, len(self.scores))[0])

    def answer(self, table: Table) -> tuple[Table, Floats]:
        """Scores and shares of activities (3,) of people who settled to a table."""
        blurred = self._blur * np.gradient(table.density, self.scores)
        law, spent = self._week(table.below + blurred)
        memory, pace = self.board.memory, self.paces[:, None]
        latest = (1.0 - memory) * pace + memory * self.scores / HALF_DAYS
        moves = [share_out(after, self.paces) for after in latest]
        mass, shares = np.zeros(len(self.scores)), np.zeros(3)
        for k, weight in enumerate(self.weight):
            chain = np.stack([law[:, k, a] @ move for a, move in enumerate(moves)])
            settled = weight * stationary(chain)
            mass += law[:, k] @ settled
            shares += spent[:, k] @ settled
        return Table(self.scores, mass), shares

    def _week(self, below: Floats) -> tuple[Floats, Floats]:
        """Laws of a week's score, and shares of half-days by activity.

        The shapes are (scores, weights, paces) and (3, weights, paces).
        """
        law = np.zeros((len(self.scores), len(self.status), len(self.paces)))
        law[0] = 1.0
        spent = np.zeros((3, len(self.status), len(self.paces)))
        for left in range(HALF_DAYS, 0, -1):
            chosen = law * self._chances(below, left)
            spent += chosen.sum(axis=1) / HALF_DAYS
            law = chosen[0] + added(chosen[1], self._genuine)
            law += added(chosen[2], self._padding)
        return law, spent

    def _chances(self, below: Floats, left: int) -> Floats:
        """Chances of the activities, shape (3, scores so far, weights, paces)."""
        b = self.board
        spread = b.uncertainty * math.sqrt(left) * np.maximum(self.paces, b.least)
        rest = self.scores[:, None] + (left - 1) * self.paces
        amounts = (0.0, b.genuine_tokens, b.padding_tokens)
        standing = np.stack(
            [self._standing(below, rest + amount, spread) for amount in amounts]
        )
        own = np.array([0.0, b.genuine, b.padding]).reshape(3, 1, 1, 1)
        stake = HALF_DAYS * b.status * self.status[:, None]
        value = rank_value(standing, b.curvature)[:, :, None]
        return softmax((own + stake * value) / b.noise, axis=0)

    def _standing(self, below: Floats, score: Floats, spread: Floats) -> Floats:
        """Standing of an expected score with its standard deviation."""
        low, middle, high = (
            np.interp(score + side * SQRT_3 * spread, self.scores, below)
            for side in (-1.0, 0.0, 1.0)
        )
        return low / 6.0 + 2.0 * middle / 3.0 + high / 6.0


def equilibrium(
    board: Board, grid: Grid = FINE, cells: Cells | None = None
) -> Equilibrium:
    """The equilibrium reached from no table; with ``cells``, of a blurred table.

    Raises ``ValueError`` if the tables do not settle.
    """
    world = World(board, grid, cells)
    table, changes = world.nobody(), [1.0]
    while changes[-1] > EXACT and len(changes) <= MOST_ROUNDS:
        latest, shares = world.answer(table)
        changes.append(float(np.max(np.abs(latest.below - table.below))))
        table = latest
    if changes[-1] > EXACT:
        raise ValueError(
            f"the tables of {board} still change by {changes[-1]} after {MOST_ROUNDS} "
            "rounds; an equilibrium may exist that they do not tend to"
        )
    feedback = (changes[-1] / changes[1]) ** (1.0 / (len(changes) - 2))
    return Equilibrium(table, shares, feedback)


def finite_size(board: Board, found: Equilibrium) -> float:
    """N times the most that a share of half-days may lie off in a firm of N."""
    passed = board.padding_tokens * float(found.table.density.max())
    passed = min(passed, 0.5)
    steep = (1.0 + 0.8 * board.curvature**2) * (1.0 + board.status_cv**2)
    payoff = (HALF_DAYS * board.status / board.noise) ** 2 * steep
    varies = payoff * passed * (1.0 - passed)
    return 0.5 * MOST_CURVED * varies / (1.0 - found.feedback)


def gamma_nodes(cv: float, nodes: int) -> tuple[Floats, Floats]:
    """Nodes and weights (nodes,) of a gamma variable with mean 1."""
    shape = 1.0 / cv**2
    x, weight = roots_genlaguerre(nodes, shape - 1.0)
    return x / shape, weight / weight.sum()


def stationary(chain: Floats) -> Floats:
    """Stationary law of a Markov chain; rows of ``chain`` sum to 1."""
    n = len(chain)
    equations = np.vstack([(np.eye(n) - chain.T)[:-1], np.ones(n)])
    return np.linalg.solve(equations, np.eye(1, n, n - 1)[0])


def added(law: Floats, amount: Floats) -> Floats:
    """Law of scores (n, ...) after an independent amount (n,) is added.

    What goes beyond the grid stays at its end.
    """
    shape = (-1, *[1] * (law.ndim - 1))
    total: Floats = fftconvolve(law, amount.reshape(shape), axes=0)
    total[len(amount) - 1] += total[len(amount) :].sum(axis=0)
    return total[: len(amount)]
