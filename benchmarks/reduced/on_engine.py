"""The engine, configured to the reduced rules by its ordinary parameters."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from typing import Any
from unittest import mock

from benchmarks.reduced.rules import Means, Rules
from experiments import compose
from experiments.studies.verification.reduced import FROZEN
from model import simulation
from model.incentives import Quota, Review
from model.outcomes import NAMES
from model.peers import Peers
from model.people import People
from model.scenario import Scenario
from model.technology import Technology

LIVED = frozenset(field.name for field in fields(Rules))
"""Parameters that the reduced rules know."""
PLIANT: dict[str, Any] = {
    "conscience_floor": 0.1,
    "conscience_scale": 0.1,
    "never_gamers": 0.2,
}
"""Who pads more readily than by default."""
PULL = 1.0
"""Worth of padding where everybody pads [half-days].

With it, and with people who pad readily, the norm moves the means by several times
what the comparison allows: a framework that had it wrong would be found out.
"""


def scenario(employees: int, weeks: int) -> Scenario:
    """The reduced rules as a scenario of the engine."""
    made = Scenario(
        weeks=max(weeks, 4),
        people=People(**left_out("people"), **PLIANT),
        technology=Technology(**left_out("technology")),
        peers=Peers(**left_out("peers"), norm_pull=PULL),
        review=Review(stake=0.0),
        quota=Quota(penalty=0.10, shame=0.05, visible=True),
    )
    return sized(made, employees)


def left_out(group: str) -> dict[str, Any]:
    """What switches off all of a group that the reduced rules do not know."""
    return {key: off for key, off in FROZEN[group].items() if key not in LIVED}


def sized(scenario: Scenario, employees: int) -> Scenario:
    """The same with so many employees."""
    size = scenario.organisation.model_copy(update={"employees": employees})
    return scenario.varied(organisation=size)


def rules(warm_up: int) -> Rules:
    """The numbers of that scenario, for the other frameworks."""
    made = scenario(1, 4)
    groups = (made.people, made.technology, made.peers, made.quota, made.organisation)
    values = {"warm_up": warm_up}
    for field in fields(Rules):
        for group in groups:
            if field.name not in values and field.name in type(group).model_fields:
                values[field.name] = getattr(group, field.name)
    return Rules(**values)


class Office:
    """An organisation of the engine that is stepped by some threads.

    With ``warm_up`` 0 people are hired and the scheme is in force at once, as nobody
    would run the model, so that hiring can be timed alone.
    """

    def __init__(
        self, scenario: Scenario, seed: int, threads: int = 1, warm_up: int = 12
    ) -> None:
        self.threads = threads
        self.pool = ThreadPoolExecutor(threads) if threads > 1 else None
        with mock.patch.object(simulation, "WARM_UP", warm_up):
            self.simulation = simulation.Simulation(
                scenario, seed, 0, self.pool, threads
            )

    def week(self) -> Means:
        """Let a week pass, and tell its means."""
        by_name = dict(
            zip(NAMES, self.simulation.step(self.pool, self.threads), strict=True)
        )
        return Means(
            by_name["manual_share"],
            by_name["genuine_share"],
            by_name["padding_share"],
            by_name["output"],
            by_name["genuine_tokens"] + by_name["padded_tokens"],
            by_name["active_share"],
            by_name["norm"],
        )


def full(scheme: str, threads: int) -> Callable[[Rules, int, int], Office]:
    """The engine with all its rules under a shipped scheme."""
    made = compose([f"scheme={scheme}"])

    def organisation(rules: Rules, employees: int, seed: int) -> Office:
        return Office(sized(made, employees), seed, threads, rules.warm_up)

    return organisation


def reduced(threads: int) -> Callable[[Rules, int, int], Office]:
    """The engine under the reduced rules, as other frameworks' organisations."""

    def organisation(rules: Rules, employees: int, seed: int) -> Office:
        return Office(scenario(employees, 52), seed, threads, rules.warm_up)

    return organisation
