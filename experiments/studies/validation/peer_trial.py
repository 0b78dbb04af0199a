"""A trial of peers: half of those who would ever pad are kept from it by a coin.

In the field some people are treated, and what happens to their colleagues is watched. A
scheme of the model is for everybody, but who would pad at all is a trait. So two
organisations of the same people, tasks and luck live under one scheme; in the second a
coin has made half of the willing into never-gamers after the warm-up. How somebody whom
the coin has spared differs between the two is due to the others alone. What everybody
feels (standings, a forum) is in the constant of a regression on the share of the own
peers who were kept, and the slope is the effect of the peers. Taking differences of the
same person takes out traits and luck. Those are compared who stay in both; whoever
comes in the slot of somebody who was kept is kept, too.
"""

from typing import NamedTuple

import numpy as np

from experiments.runs.trial import Trial
from experiments.statistics.estimators.estimate import Floats
from experiments.statistics.estimators.peers import mates_mean, outside_mean, teams
from experiments.statistics.there import Flags, there
from experiments.studies.validation.stepwise import watch
from model import Scenario, Simulation
from model.workforce import Ints

SETTLED = 26
"""Weeks until the spread of padding has settled."""


class Half(NamedTuple):
    """Means over the settled weeks of one organisation, (N,) each."""

    kept: Flags  # were kept from padding, or would never pad
    stayed: Flags  # all the time
    padding: Floats  # share of half-days
    output: Floats  # half-days a week


class PeerTrial(NamedTuple):
    """One replicate: two organisations of the same people.

    A difference is that of peers who may pad over peers who are kept from it.
    """

    spared: Flags  # by the coin, and there all the time
    willing: Flags  # spared, and would ever pad
    mates: Floats  # share of mates who are kept
    outsiders: Floats  # share of the peers seen outside who are kept
    team: Ints
    padding: Floats  # difference in share of half-days
    mates_padding: Floats  # the same, mean over mates
    output: Floats  # difference in log output


def peer_trials(scenario: Scenario, trial: Trial) -> list[PeerTrial]:
    """Carry the trial out under a scheme, in every replicate."""
    free, part = (watch(scenario, trial, live) for live in (_free, _kept))
    lived = trial.sized(scenario)
    return [
        _compare(lived, trial.seed, replicate, *halves)
        for replicate, *halves in zip(trial.numbers, free, part, strict=True)
    ]


def _free(simulation: Simulation) -> Half:
    never = simulation.staff["never_gamer"].astype(np.bool_)
    return _settled(simulation, np.zeros(len(never), bool))._replace(kept=never)


def _kept(simulation: Simulation) -> Half:
    willing = ~simulation.staff["never_gamer"]
    coin = np.random.default_rng((simulation.seed, simulation.replicate))
    return _settled(simulation, willing & (coin.random(len(willing)) < 0.5))


def _settled(simulation: Simulation, kept: Flags) -> Half:
    weeks, people = simulation.scenario.weeks, len(simulation.staff)
    padding, output = np.zeros((2, people))
    for week in range(weeks):
        simulation.staff["never_gamer"][kept] = True
        simulation.step()
        if week >= SETTLED:
            padding += simulation.staff["padding"] / 10.0
            output += simulation.staff["output"]
    settled = weeks - SETTLED
    here = there(simulation.staff, weeks)
    return Half(kept, here, padding / settled, output / settled)


def _compare(
    scenario: Scenario, seed: int, replicate: int, free: Half, part: Half
) -> PeerTrial:
    size = scenario.organisation.team_size
    share = part.kept.astype(float)
    mates = mates_mean(share, size)
    outsiders = outside_mean(share, scenario, seed, replicate)
    stayed = free.stayed & part.stayed
    spared = stayed & ~part.kept & np.isfinite(mates + outsiders)
    padding = free.padding - part.padding
    return PeerTrial(
        spared=spared,
        willing=spared & ~free.kept,
        mates=mates,
        outsiders=outsiders,
        team=teams(len(share), size),
        padding=padding,
        mates_padding=mates_mean(padding, size),
        output=np.log(free.output / part.output),
    )
