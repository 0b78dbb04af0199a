"""How technology changes over a run: drift from year to year, and releases.

A release on the timeline sets a quantity anew, drift moves it on. In week w of the run
a quantity that was last set in week r, to a value v (without a release: r = 0 and the
value as declared), is

    v exp(rate (w - r) / 52)

What a task lacks to be fully suitable for AI, 1 - x, shrinks in the same way,

    1 - x(w) = (1 - x) exp(-rate w / 52)

so that x stays between 0 and 1, keeps its order, and tends to 1. The warm-up has the
technology of week 0.
"""

from typing import NamedTuple

from model.compiled import plain, rule
from model.elementary import exp
from model.scenario import Scenario

WEEKS_A_YEAR = 52.0


class Progress(NamedTuple):
    """The technology of a week, where not said otherwise over that of week 0."""

    gain: float  # of people at full proficiency
    lacking: float  # what tasks lack to be fully suitable, 1 - x
    tokens: float  # of a half-day with AI
    price: float  # of tokens
    loss: float  # relative loss on the least suitable task, as it is


def progress(scenario: Scenario, week: int) -> Progress:
    """The technology of a week of the run; before week 0, that of week 0."""
    tech, week = scenario.technology, max(week, 0)
    loss = tech.loss
    for phase in scenario.timeline:
        if phase.week <= week and phase.technology.loss is not None:
            loss = phase.technology.loss
    return Progress(
        gain=_over_start(scenario, "gain", tech.gain_drift, week),
        lacking=grown(-tech.suitability_drift, week),
        tokens=grown(tech.token_drift, week),
        price=_over_start(scenario, "price", tech.price_drift, week),
        loss=loss,
    )


def price(scenario: Scenario, week: int) -> float:
    """Price of tokens in a week of the run [$ per M tokens]."""
    return scenario.technology.price * progress(scenario, week).price


def grown(rate: float, weeks: int) -> float:
    """Factor by which a quantity grows in some weeks at a yearly log rate; 1 for 0."""
    return float(plain(exp)(rate * weeks / WEEKS_A_YEAR)) if rate != 0.0 else 1.0


def _over_start(scenario: Scenario, name: str, rate: float, week: int) -> float:
    """How much a quantity that releases set is of its value in week 0."""
    since, level = 0, 1.0
    for phase in scenario.timeline:
        new = getattr(phase.technology, name)
        if phase.week <= week and new is not None:
            start = getattr(scenario.technology, name)
            since, level = phase.week, new / start if start > 0.0 else 1.0
    return level * grown(rate, week - since)


@rule
def suited(suitability: float, lacking: float) -> float:
    """Suitability after drift, 1 - (1 - x) lacking; exactly x while nothing drifted."""
    drifted = 1.0 - (1.0 - suitability) * lacking
    return suitability if lacking == 1.0 else drifted
