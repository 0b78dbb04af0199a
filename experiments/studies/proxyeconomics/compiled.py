"""Proxyeconomics compiled: the same decisions as on Mesa, some hundred times faster.

The rules are those of ``rules``; random numbers come from the same two
generators in the same order. T needs no new sort: it is the own
proxy, clipped to the range from rank - 1 to rank of the others' sorted proxies.

Nothing is cached on disk, since Numba would not notice an edit of the rules. Compiling
takes some seconds in each process.
"""

import math
import random
from collections.abc import Callable
from typing import Any, NamedTuple, TypeVar, cast

import numba
import numpy as np
from numpy.typing import NDArray

from experiments.studies.proxyeconomics import rules as rules
from experiments.studies.proxyeconomics.rules import (
    START_EFFORT,
    STATISTICS,
    Floats,
    OwnProxy,
    Setting,
    founders,
)

CHUNK = 500
"""Steps between two returns to Python, which then notices a Ctrl-C."""
TRIES = np.array(rules.TRIES)
LAST_TRIED, TRIED = int(OwnProxy.LAST_TRIED), int(OwnProxy.TRIED)
DEGREES = math.degrees(1.0)

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Compile a function so that threads run it at the same time."""
    return cast(Function, numba.njit(nogil=True)(function))


proxy_of = compiled(rules.proxy_of)
goal_of = compiled(rules.goal_of)
utility = compiled(rules.utility)
wrapped = compiled(rules.wrapped)
talent = compiled(rules.talent)


class Terms(NamedTuple):
    """A setting as compiled code takes it."""

    rank: int
    moral_weight: float
    goal_angle: float
    death: float
    mutation: float
    own_proxy: int
    newborns_wait: bool
    dies_at_threshold: bool


class Society(NamedTuple):
    """Agents as columns, shape (agents,), and their proxies in rising order."""

    effort: Floats
    angle: Floats
    talent: Floats
    proxy: Floats
    goal: Floats
    ranked: Floats


def trajectory(setting: Setting, seed: int, steps: int) -> Floats:
    """Simulate a run: means over agents after each step, (steps, 4): ``STATISTICS``."""
    rng, shuffler = np.random.default_rng(seed), random.Random(seed)
    society, terms = _first_society(setting, rng), _terms(setting)
    means = np.empty((steps, len(STATISTICS)))
    for first in range(0, steps, CHUNK):
        chunk = means[first : first + CHUNK]
        orders = [_order(shuffler, setting.agents) for _ in chunk]
        _advance(society, terms, np.array(orders), rng, chunk)
    return means


def _order(shuffler: random.Random, agents: int) -> list[int]:
    """Order the rows as Mesa's ``shuffle_do`` would call them."""
    rows = list(range(agents))
    shuffler.shuffle(rows)
    return rows


def _first_society(setting: Setting, rng: np.random.Generator) -> Society:
    angle, talents = founders(setting, rng)
    effort = np.full(setting.agents, START_EFFORT)
    proxy = np.array([rules.proxy_of(START_EFFORT, a) for a in angle])
    goal = np.array([rules.goal_of(START_EFFORT, a, setting.goal_angle) for a in angle])
    return Society(effort, angle, talents, proxy, goal, np.sort(proxy))


def _terms(setting: Setting) -> Terms:
    reading = setting.reading
    return Terms(
        setting.rank,
        float(setting.moral_weight),
        float(setting.goal_angle),
        float(setting.death),
        float(setting.mutation),
        int(reading.own_proxy),
        reading.newborns_wait,
        reading.dies_at_threshold,
    )


@compiled
def _advance(
    society: Society,
    terms: Terms,
    orders: NDArray[np.int64],
    rng: np.random.Generator,
    means: Floats,
) -> None:
    """Carry out a step for each order and record its means in ``means``."""
    for step in range(len(orders)):
        for i in orders[step]:
            _act(i, society, terms)
        _select(society, terms, rng)
        means[step, 0] = society.proxy.mean()
        means[step, 1] = society.goal.mean()
        means[step, 2] = society.effort.mean()
        means[step, 3] = society.angle.mean() * DEGREES


@compiled
def _act(i: int, society: Society, terms: Terms) -> None:
    """Let one agent try eleven efforts and keep the best."""
    _take_out(society.ranked, society.proxy[i])
    others = society.ranked[:-1]
    low = others[terms.rank - 1] if terms.rank > 0 else -np.inf
    high = others[terms.rank] if terms.rank < len(others) else np.inf
    angle, own = society.angle[i], society.proxy[i]
    chosen, most = society.effort[i], -np.inf
    for change in TRIES:
        effort = society.effort[i] + change
        if effort <= 0.0:
            continue
        proxy = proxy_of(effort, angle)
        goal = goal_of(effort, angle, terms.goal_angle)
        if terms.own_proxy == TRIED:
            own = proxy
        threshold = min(max(own, low), high)
        worth = utility(
            proxy, threshold, goal, effort, society.talent[i], terms.moral_weight
        )
        if terms.own_proxy == LAST_TRIED:
            own = proxy
        if worth > most:
            chosen, most = effort, worth
    society.effort[i] = chosen
    _show(i, society, terms)
    _put_in(society.ranked, society.proxy[i])


@compiled
def _show(i: int, society: Society, terms: Terms) -> None:
    """Publish the proxy and goal of an agent's effort."""
    society.proxy[i] = proxy_of(society.effort[i], society.angle[i])
    society.goal[i] = goal_of(society.effort[i], society.angle[i], terms.goal_angle)


@compiled
def _take_out(ranked: Floats, value: float) -> None:
    """Remove a value from a sorted array; its last place is free afterwards."""
    for j in range(np.searchsorted(ranked, value), len(ranked) - 1):
        ranked[j] = ranked[j + 1]


@compiled
def _put_in(ranked: Floats, value: float) -> None:
    """Insert a value into a sorted array, whose last place is free."""
    j = len(ranked) - 1
    while j > 0 and ranked[j - 1] > value:
        ranked[j] = ranked[j - 1]
        j -= 1
    ranked[j] = value


@compiled
def _select(society: Society, terms: Terms, rng: np.random.Generator) -> None:
    """Replace some of the losers by copies of winners."""
    threshold = society.ranked[terms.rank]
    winners = np.flatnonzero(society.proxy >= threshold)
    losers = society.proxy < threshold
    if terms.dies_at_threshold:
        losers |= society.proxy == threshold
    for i in np.flatnonzero(losers):
        if rng.random() < terms.death:
            parent = winners[rng.integers(0, len(winners))]
            society.effort[i] = society.effort[parent]
            mutated = society.angle[parent] + rng.normal(0.0, terms.mutation)
            society.angle[i] = wrapped(mutated)
            society.talent[i] = talent(rng)
            if not terms.newborns_wait:
                _show(int(i), society, terms)
    if not terms.newborns_wait:
        society.ranked[:] = np.sort(society.proxy)
