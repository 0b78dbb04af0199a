"""One simulated company: the weeks of the panel, then every scheme from there on.

Weeks that several schemes have in common are lived once: the company is copied where
they part, so that all have the same people, past and luck.
"""

from copy import deepcopy
from typing import NamedTuple

import numpy as np

from experiments.store.dataset import Floats
from experiments.studies.fit.design import Design
from experiments.worlds.world import World, apply
from model.scenario import Scheme
from model.simulation import Simulation

HALF_DAYS = 10


class Totals(NamedTuple):
    """Sums over people and weeks."""

    tokens: float
    genuine: float
    padded_days: float
    output: float


class Company(NamedTuple):
    """What a simulated company shows, and what happens to it.

    Attributes
    ----------
    genuine, padded, output : array, shape (R, T)
        M tokens of use and of padding, and work as it is observed. A row is a person;
        NaN while they are not in the company.
    idle : float
        Share of half-days that were padded since the scheme is in force [%].
    answers : dict of str to tuple of float
        By scheme, how tokens, tokens without padding, and real output differ from those
        under the scheme in force [%]; the scheme in force itself from those before it.
    """

    genuine: Floats
    padded: Floats
    output: Floats
    idle: float
    answers: dict[str, tuple[float, float, float]]


def live(design: Design, world: World) -> Company:
    """Let a company live in a world."""
    scenario = apply(design.scenario, world)
    simulation = Simulation(scenario, design.seed, world.number)
    weeks: list[Floats] = []
    _pass(simulation, design.start, weeks)
    untouched = deepcopy(simulation)
    known = _pass(simulation, design.weeks - design.start, weeks)
    answers = {}
    if design.has_scheme:
        before = design.scenario.varied(**_parts(design.before), timeline=())
        untouched.enter_phase()
        untouched.adopt(apply(before, world).scheme)
        without = _pass(untouched, design.weeks - design.start, [])
        answers[""] = _percents(known, without)
    others = {}
    for name, other in design.others.items():
        forked = deepcopy(simulation)
        forked.adopt(apply(other, world).scheme)
        others[name] = _pass(forked, design.ahead, [])
    going_on = _pass(simulation, design.ahead, [])
    for name, totals in others.items():
        answers[name] = _percents(totals, going_on)
    days = design.people * (design.weeks - design.start) * HALF_DAYS
    return Company(*_by_person(weeks), 100.0 * known.padded_days / days, answers)


def _parts(scheme: Scheme) -> dict[str, object]:
    return {name: getattr(scheme, name) for name in Scheme.model_fields}


def _pass(simulation: Simulation, weeks: int, kept: list[Floats]) -> Totals:
    """Let weeks pass; keep (generation, genuine, padded, observed) of each, (4, N)."""
    sums = np.zeros(4)
    for _ in range(weeks):
        simulation.step()
        staff = simulation.staff
        genuine = staff["genuine_tokens"] + staff["trivial_tokens"]
        padded = staff["padded_tokens"]
        kept.append(np.stack([staff["generation"], genuine, padded, staff["observed"]]))
        for place, values in enumerate(
            (genuine + padded, genuine, staff["padding"], staff["output"])
        ):
            sums[place] += float(values.sum())
    return Totals(*sums.tolist())


def _percents(one: Totals, other: Totals) -> tuple[float, float, float]:
    """How much more one has than the other [%]; 0 where the other has nothing."""

    def percent(a: float, b: float) -> float:
        return 100.0 * (a / b - 1.0) if b > 0.0 else 0.0

    return (
        percent(one.tokens, other.tokens),
        percent(one.genuine, other.genuine),
        percent(one.output, other.output),
    )


def _by_person(weeks: list[Floats]) -> tuple[Floats, Floats, Floats]:
    """Give each person a row: who comes after another is another one."""
    history = np.stack(weeks, axis=2)  # (4, N, T)
    generation = history[0].astype(np.int64)
    rows = [
        np.where(generation == g, history[1:], np.nan)[:, (generation == g).any(axis=1)]
        for g in range(int(generation.min()), int(generation.max()) + 1)
    ]
    genuine, padded, output = np.concatenate(rows, axis=1)
    return genuine, padded, output
