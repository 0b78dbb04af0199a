"""The best plan of one employee before a quota, a yardstick for the rule of thumb.

One person, frozen: nothing is learnt and nobody else matters. A window has T half-days.
Each brings a task whose suitability they judge as j = x + sigma_x e, x ~ U(0, 1), and
a choice of manual work, genuine use and padding, with own payoffs less that of manual
work, and tokens, of

    manual 0, 0;   genuine base + slope j, kappa eps;   padding -cost, kappa_pad eps

with eps lognormal of mean 1. A stake B is paid at the end if the tokens reach the quota
Q. Payoffs are as the person judges them, so that what is measured is planning and not
misjudgement; what is settled later counts in full (patience 1).

The choice is a logit with noise tau, taken as tastes (Gumbel) that the person alone
knows. With r half-days left and G = Q - tokens so far, Bellman's equation is then

    V(r, G) = E_j tau log sum_a exp((u_a(j) + E V(r - 1, G - tokens_a)) / tau),

V(0, G) = B [G <= 0]; it depends on Q through G only, and for tau -> 0 it is that of
a planner without tastes. A rule of thumb chooses by u_a + W_a(r, G), with a worth W_a
in place of E V(r - 1, .), and is worth

    V(r, G) = E_j sum_a P_a (u_a + E V(r - 1, G - tokens_a) - tau log P_a),

where -tau log P_a is the mean taste for what was chosen. No rule is worth more than the
best plan: the loss of a rule measures the rule, and not the noise.

Solved backwards on a grid of gaps, on which V is linear between nodes and jumps at 0,
with tokens integrated exactly: the only error is that of the interpolation.

Source: Bellman (1957); Rust (1987, Econometrica 55, 999-1033), both to be checked. The
rule of thumb is that of ``model.measure.look``.
"""

import math
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import entr, expit, ndtr

Floats = NDArray[np.float64]

TABLE = 4001
"""Nodes of the tables by which a choice is averaged over judged suitability."""
REACH = 40.0
"""They reach so many tau beyond any lead that matters; exp(-40) is nothing."""
NEVER = 1e6
"""What padding costs somebody who never pads [half-days]."""


class Person(NamedTuple):
    """A half-day of one person; payoffs [half-days] are less that of manual work."""

    base: float  # own payoff of genuine use on a task judged as 0
    slope: float  # its rise to a task judged as 1, positive
    cost: float  # own loss by padding
    genuine: float  # expected tokens of a genuine half-day [M]
    padding: float  # expected tokens of a padded half-day [M]
    token_noise: float  # log-sd of tokens, positive
    judgement_noise: float  # sd of the error of judgement
    choice_noise: float  # tau, positive

    @property
    def most(self) -> float:
        """Tokens of the best half-day they would ever make [M]."""
        return max(self.genuine, self.padding if self.cost < NEVER else 0.0)


class Habit(NamedTuple):
    """What a rule of thumb goes by."""

    cramming: float  # zeta
    uncertainty: float  # c
    floor: float  # least pace for the uncertainty [M per half-day]


class Outcome(NamedTuple):
    """What a plan yields, by the gap before a window; each of shape (n, m)."""

    value: Floats  # payoff less that of manual work, tastes included [half-days]
    taste: Floats  # the part of it that is tastes [half-days]
    met: Floats  # probability to meet the quota
    tokens: Floats  # expected tokens of the window [M]


Rule = Callable[[int, Floats], tuple[Floats, Floats, Floats]]
"""Worth of manual, genuine and padding, each broadcast to (n, m), from the half-days
left and the gaps (n, 1)."""


def ignoring(left: int, gaps: Floats) -> tuple[Floats, Floats, Floats]:
    """A person who knows of no quota."""
    nothing = np.zeros_like(gaps)
    return nothing, nothing, nothing


def narrow_rule(person: Person, habit: Habit, pace: Floats, stake: Floats) -> Rule:
    """The rule of somebody who thinks they know how much they will do.

    W = B Phi((S - Q) / sigma) with S - Q = D + (r - 1) p - G, where p = pace + zeta
    room, room = max(0, best increment - pace), and sigma = c sqrt(r) max(p, floor), the
    luck with tokens. Pace [M per half-day] and stake have shape (m,).
    """
    counted_on = pace + habit.cramming * room(person, pace)

    def worths(left: int, gaps: Floats) -> tuple[Floats, Floats, Floats]:
        ahead = (left - 1.0) * counted_on - gaps
        sigma = luck(habit, counted_on, left)
        return each(person, lambda tokens: stake * ndtr((ahead + tokens) / sigma))

    return worths


def wider_rule(person: Person, habit: Habit, pace: Floats, stake: Floats) -> Rule:
    """The rule of thumb of the model: how much they will cram, they do not know.

    As the narrow rule, but they count on a part zeta of the room, give or take as much:
    sigma^2 = (c sqrt(r) max(p, floor))^2 + (zeta (r - 1) room)^2. Once the quota is met
    nothing hangs on it any more: W = B whatever they do.
    """
    crammed = habit.cramming * room(person, pace)
    counted_on = pace + crammed

    def worths(left: int, gaps: Floats) -> tuple[Floats, Floats, Floats]:
        met = reached(gaps)
        ahead = (left - 1.0) * counted_on - gaps
        sigma = np.hypot(luck(habit, counted_on, left), (left - 1.0) * crammed)
        chance = each(person, lambda tokens: ndtr((ahead + tokens) / sigma))
        manual, genuine, padding = (stake * np.where(met, 1.0, c) for c in chance)
        return manual, genuine, padding

    return worths


def ranging_rule(person: Person, habit: Habit, pace: Floats, stake: Floats) -> Rule:
    """A rule of somebody who will do as usual at least, and up to zeta room more.

    Any pace between is as likely to them: the mean of Phi over that range,

        (Psi(z + w) - Psi(z)) / w   with   Psi(x) = x Phi(x) + phi(x),

    z = (D + (r - 1) pace - G) / sigma, w = zeta (r - 1) room / sigma and sigma by the
    luck of the pace in the middle. Once the quota is met, W = B.
    """
    crammed = habit.cramming * room(person, pace)

    def worths(left: int, gaps: Floats) -> tuple[Floats, Floats, Floats]:
        met = reached(gaps)
        sigma = luck(habit, pace + 0.5 * crammed, left)
        usual = (left - 1.0) * pace - gaps
        wide = np.maximum((left - 1.0) * crammed / sigma, 1e-6)

        def chance(tokens: float) -> Floats:
            low = (usual + tokens) / sigma
            mean: Floats = (rising(low + wide) - rising(low)) / wide
            return stake * np.where(met, 1.0, mean)

        return each(person, chance)

    return worths


def room(person: Person, pace: Floats) -> Floats:
    """How much more than usual the best half-day brings [M]."""
    return np.maximum(person.most - pace, 0.0)


def luck(habit: Habit, pace: Floats, left: int) -> Floats:
    """Uncertainty by luck with tokens, c sqrt(r) max(p, floor) [M]."""
    sigma: Floats = habit.uncertainty * math.sqrt(left) * np.maximum(pace, habit.floor)
    return sigma


def rising(x: Floats) -> Floats:
    """The integral of Phi up to x, x Phi(x) + phi(x)."""
    density = np.exp(-0.5 * x**2) / math.sqrt(2.0 * math.pi)
    total: Floats = x * ndtr(x) + density
    return total


def each(
    person: Person, worth: Callable[[float], Floats]
) -> tuple[Floats, Floats, Floats]:
    """Worth of manual, genuine and padding by the tokens they are expected to bring."""
    return worth(0.0), worth(person.genuine), worth(person.padding)


@lru_cache(64)
def choice_of(person: Person) -> "Choice":
    """Tabulate the choices of a person; most of a plan's time, and always the same."""
    return Choice(person)


class Choice:
    """The choice of one half-day, averaged over judged suitability.

    All depends on the lead of genuine use, on a task judged as 0, over the other two
    activities together (their log-sum), and is tabulated by that lead.
    """

    def __init__(self, person: Person) -> None:
        tau, slope, error = person.choice_noise, person.slope, person.judgement_noise
        reach = REACH * tau + 8.0 * slope * error
        self._lead = np.linspace(-slope - reach, reach, TABLE)
        judged, weight = judgements(error, tau / slope)
        index = (self._lead[:, None] + slope * judged) / tau
        picked = expit(index)
        self._share = np.minimum(picked @ weight, 1.0)
        self._judged = (picked * judged) @ weight
        self._doubt = (entr(picked) + entr(expit(-index))) @ weight

    def share(self, lead: Floats) -> Floats:
        """Share of half-days that go to genuine use."""
        return np.interp(lead, self._lead, self._share)

    def judged(self, lead: Floats) -> Floats:
        """Mean of judged suitability times [genuine use]."""
        return np.interp(lead, self._lead, self._judged)

    def doubt(self, lead: Floats) -> Floats:
        """Mean entropy of the choice between genuine use and the other two."""
        return np.interp(lead, self._lead, self._doubt)


def judgements(error: float, width: float) -> tuple[Floats, Floats]:
    """Nodes and weights of x + error e with x uniform on (0, 1), e normal.

    The midpoint rule, fine enough for a step of the given width in the integrand.
    """
    reach = 8.0 * error
    cells = math.ceil((1.0 + 2.0 * reach) * max(100.0, 4.0 / width))
    judged = -reach + (1.0 + 2.0 * reach) * (np.arange(cells) + 0.5) / cells
    if error == 0.0:
        return judged, np.full(cells, 1.0 / cells)
    density = ndtr(judged / error) - ndtr((judged - 1.0) / error)
    return judged, density / density.sum()


def grid(highest: float, lowest: float, step: float, growth: float) -> Floats:
    """Gaps from lowest (negative, of a quota overshot) to highest, shape (n,) [M].

    Cells are a step wide at 0 and grow by a part of their distance from there. There
    are two nodes at 0: at the lower one the quota is met, at the upper one it is missed
    by next to nothing.
    """

    def axis(end: float) -> Floats:
        nodes = [0.0]
        while nodes[-1] < end:
            nodes.append(nodes[-1] * (1.0 + growth) + step)
        return np.array(nodes)

    return np.concatenate([-axis(-lowest)[::-1], axis(highest)])


def reached(gaps: Floats) -> NDArray[np.bool_]:
    """Whether the quota is met at each node of a grid."""
    first_zero = np.flatnonzero(gaps == 0.0)[0]
    met = np.arange(gaps.size) <= first_zero
    return met.reshape(gaps.shape)


def transition(gaps: Floats, tokens: float, noise: float) -> Floats:
    """Tokens of one activity as a step on the grid of gaps, shape (n, n).

    Times V it is E V(G - tokens) at the nodes, for V linear between the nodes and
    constant below the lowest.
    """
    wide = np.diff(gaps)
    used = np.maximum(gaps[:, None] - gaps, 0.0)  # tokens that lead to a node
    with np.errstate(divide="ignore"):
        z = (np.log(used / tokens) + 0.5 * noise**2) / noise
    below, part = ndtr(z), tokens * ndtr(z - noise)  # probability and mean up to there
    mass, first = -np.diff(below), -np.diff(part)
    upper = mass * used[:, :-1] - first
    upper = np.divide(upper, wide, out=np.zeros_like(upper), where=wide > 0.0)
    matrix = np.zeros_like(used)
    matrix[:, 1:] += upper
    matrix[:, :-1] += mass - upper
    matrix[:, 0] += 1.0 - below[:, 0]
    return matrix


class Shares(NamedTuple):
    """How a half-day is spent on average over tasks, by state; each of shape (n, m)."""

    genuine: Floats
    padding: Floats
    own: Floats  # own payoff less that of manual work [half-days]
    taste: Floats  # mean taste for what is chosen [half-days]


class Planner:
    """A person before the gaps of a grid; what does not depend on stake or rule."""

    def __init__(self, person: Person, gaps: Floats) -> None:
        self.person, self.gaps = person, gaps
        self._choice = choice_of(person)
        self._genuine = transition(gaps, person.genuine, person.token_noise)
        self._padding = transition(gaps, person.padding, person.token_noise)

    def solve(self, half_days: int, stake: Floats, rule: Rule | None) -> Outcome:
        """What the best plan (no rule) or a rule yields; stake (m,) [half-days]."""
        person, gaps, m = self.person, self.gaps[:, None], len(stake)
        met = np.repeat(reached(gaps).astype(float), m, axis=1)
        none = np.zeros_like(met)
        ahead = np.hstack([stake * met, none, met, none])
        for left in range(1, half_days + 1):
            after = ahead, self._genuine @ ahead, self._padding @ ahead
            worths = rule(left, gaps) if rule else tuple(v[:, :m] for v in after)
            spent = self.spend(*(np.broadcast_to(w, met.shape) for w in worths))
            tokens = person.genuine * spent.genuine + person.padding * spent.padding
            now = np.hstack([spent.own + spent.taste, spent.taste, none, tokens])
            use, padding = np.tile(spent.genuine, 4), np.tile(spent.padding, 4)
            ahead = (1.0 - use - padding) * ahead + use * after[1] + padding * after[2]
            ahead = ahead + now
        return Outcome(*np.hsplit(ahead, 4))

    def spend(self, manual: Floats, genuine: Floats, padding: Floats) -> Shares:
        """Choose by own payoffs and the worths given, each of shape (n, m)."""
        person, tau = self.person, self.person.choice_noise
        odds = expit((padding - person.cost - manual) / tau)
        others = tau * np.logaddexp(manual / tau, (padding - person.cost) / tau)
        lead = person.base + genuine - others
        use = self._choice.share(lead)
        padded = (1.0 - use) * odds
        own = person.base * use + person.slope * self._choice.judged(lead)
        doubt = self._choice.doubt(lead) + (1.0 - use) * (entr(odds) + entr(1.0 - odds))
        return Shares(use, padded, own - person.cost * padded, tau * doubt)


def voluntary_pace(person: Person) -> float:
    """Expected tokens of a half-day on which nothing hangs [M]."""
    gaps = grid(person.genuine, -person.genuine, person.genuine, 0.0)
    outcome = Planner(person, gaps).solve(1, np.zeros(1), ignoring)
    return float(outcome.tokens[0, 0])


def before(values: Floats, gaps: Floats, quotas: Floats) -> Floats:
    """Values (n, m) at the start of a window, column k under quota k; shape (m,)."""
    missed = ~reached(gaps)
    columns = np.broadcast_to(values, (len(gaps), len(quotas))).T
    return np.array(
        [
            np.interp(quota, gaps[missed], column[missed])
            for quota, column in zip(quotas, columns, strict=True)
        ]
    )
