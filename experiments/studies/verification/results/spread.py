"""Savvy spreads by contact: growth, decay and steady state on the actual network."""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from scipy.sparse import csr_array

from experiments.runs.trial import Trial
from experiments.statistics.check import Check, Result
from experiments.studies.verification.reduced import frozen, warmed_up
from model import Bonus, Scenario, Simulation
from model.measure import REFERENCE_TOKENS
from model.network import outside_peer
from model.theory import spread
from model.workforce import Floats

PADDING = 0.5
"""Share of half-days that people pad if they ever do: the bonus outweighs the cost."""
VARIANCE = PADDING * (1.0 - PADDING) / 10.0
"""Variance of the share that a person pads in a week."""
COST = 5.0
"""Conscience [half-days]: without a bonus nobody pads."""
OWN_VALUE, PADDING_TIME = 0.5, 0.5
EARLY = 12
"""Weeks over which growth and decay are measured."""
SETTLING, MEASURED = 100, 100
"""Weeks until the steady state is reached, and weeks over which it is measured."""


GROUPS = ("mean", "tenth expected to have least", "tenth expected to have most")


class Rates(NamedTuple):
    """Rates at which savvy moves in a week."""

    contact: float
    decay: float


GROWING, FADING, LASTING = Rates(1.0, 0.2), Rates(1.0, 0.5), Rates(0.5, 0.08)


class Network(NamedTuple):
    """Who sees whom, and the padding that they see."""

    attention: csr_array  # (n, n), rows sum to 1
    padding: Floats  # (n,), mean share that each person pads

    @property
    def shown(self) -> csr_array:
        """What each person sees of the others' savvy."""
        return spread.shown(self.attention, self.padding)


def office(rates: Rates, start: tuple[float, float], weeks: int) -> Scenario:
    """Make teams with never-gamers and outside peers; savvy starts as Beta(*start)."""
    return frozen(
        people={
            "own_value": OWN_VALUE,
            "never_gamers": 0.4,
            "conscience_floor": COST,
            "reluctance_mean": 5.0,
            "intensity": 0.001,
            "padding_intensity": REFERENCE_TOKENS,
            "savvy_a": start[0],
            "savvy_b": start[1],
            "savvy_contact": rates.contact,
            "savvy_decay": rates.decay,
        },
        technology={"gain": 0.0, "loss": 0.0, "padding_time": PADDING_TIME},
        peers={"outside": 4, "team_weight": 0.7, "norm_relief": 0.0},
        bonus=Bonus(rate=COST + OWN_VALUE * PADDING_TIME, weeks=1),
        weeks=weeks,
    )


def network(simulation: Simulation) -> Network:
    """Rebuild the network of a simulation by the rules that made it."""
    size, peers = simulation.scenario.organisation, simulation.scenario.peers
    n, team = size.employees, size.team_size
    draw = (team, n, simulation.seed, simulation.replicate)
    outside = [
        [outside_peer(i, k, *draw) for k in range(peers.outside)] for i in range(n)
    ]
    attention = spread.attention(
        np.arange(n) // team, np.array(outside), peers.team_weight
    )
    may = ~simulation.staff["never_gamer"]
    return Network(attention, PADDING * may.astype(float))


def weeks(simulation: Simulation) -> Iterator[Floats]:
    """Yield the savvy of everybody before each week, and after the last."""
    yield simulation.staff["savvy"].copy()
    for _ in range(simulation.scenario.weeks):
        simulation.step()
        yield simulation.staff["savvy"].copy()


def check(trial: Trial) -> Sequence[Check]:
    """Check growth above the threshold, decay below it, and the steady state."""
    return [
        _factor("Weekly growth of rare savvy", GROWING, trial),
        _factor("Weekly decay of rare savvy below the threshold", FADING, trial),
        *_steady(trial),
    ]


def _factor(quantity: str, rates: Rates, trial: Trial) -> Check:
    """Check the weekly factor of savvy, weighted by the left eigenvector."""
    theory, simulated, variance, saturated = [], [], [], []
    for simulation in warmed_up(office(rates, (1.0, 100.0), EARLY), trial):
        net = network(simulation)
        mode = spread.leading(net.shown)
        path = [*weeks(simulation)]
        theory.append(spread.growth(mode.radius, *rates))
        weighed = np.array([mode.left @ savvy for savvy in path])
        simulated.append(weighed[1:].sum() / weighed[:-1].sum())
        seen = rates.contact * (net.attention.T @ mode.left) * (net.padding > 0.0)
        shocks = sum(float(np.sum((seen * savvy) ** 2)) for savvy in path[:-1])
        variance.append(VARIANCE * shocks / weighed[:-1].sum() ** 2)
        saturated.append(_saturation(path[0], net.shown, mode, rates))
    return Check(
        quantity,
        "times",
        float(np.mean(theory)),
        float(np.mean(simulated)),
        math.sqrt(sum(variance)) / trial.replicates,
        float(np.mean(saturated)),
        "savvy is not rare to the last: the map with saturation, less the linear one",
    )


def _saturation(start: Floats, m: csr_array, mode: spread.Mode, rates: Rates) -> float:
    """Compute how far the weekly factor of the full map is from the linear one."""
    savvy, weighed = start, [mode.left @ start]
    for _ in range(EARLY):
        savvy = spread.next_week(savvy, m, *rates)
        weighed.append(mode.left @ savvy)
    factor = sum(weighed[1:]) / sum(weighed[:-1])
    return abs(float(factor) - spread.growth(mode.radius, *rates))


def _steady(trial: Trial) -> list[Check]:
    """Check steady savvy: of all, and of those expected to have least and most."""
    scenario = office(LASTING, (50.0, 1.0), SETTLING + MEASURED)
    rows = []
    for simulation in warmed_up(scenario, trial):
        net = network(simulation)
        steady = spread.remains(net.shown, *LASTING)
        latest = np.mean([*weeks(simulation)][-MEASURED:], axis=0)
        rows.append(
            [
                (of @ steady, of @ latest, *_wander(steady, net, of))
                for of in _groups(steady)
            ]
        )
    values = np.array(rows)  # (replicates, groups, 4)
    theory, simulated, _, below = values.mean(axis=0).T
    error = np.sqrt(np.sum(values[:, :, 2] ** 2, axis=0) / MEASURED) / len(values)
    return [
        Check(
            f"Savvy that remains, {who}",
            "0 to 1",
            float(theory[k]),
            float(simulated[k]),
            float(error[k]),
            float(below[k]),
            "who has learnt more by luck has less to learn: second order in luck",
        )
        for k, who in enumerate(GROUPS)
    ]


def _groups(steady: Floats) -> list[Floats]:
    """Make weights of means over all, and over the tenths with least and most."""
    n = len(steady)
    ranks, tenth = np.argsort(np.argsort(steady, kind="stable")), n // 10
    members = (ranks >= 0, ranks < tenth, ranks >= n - tenth)
    return [of / of.sum() for of in members]


def _wander(steady: Floats, net: Network, of: Floats) -> spread.Wander:
    sd = np.where(net.padding > 0.0, math.sqrt(VARIANCE), 0.0)
    return spread.wander(
        steady, net.attention, net.padding, sd, of, **LASTING._asdict()
    )


RESULT = Result(
    name="spread",
    title="Savvy spreads by contact: its growth is that of the network",
    source="Mean field by person of an epidemic on a network, Van Mieghem, Omic and "
    "Kooij (2009); weekly SIS in closed form C10",
    reduced="everybody who may pads half of their half-days, whatever they know; savvy "
    "is learnt from teams of eight and four peers outside only, and changes nothing",
    check=check,
)
