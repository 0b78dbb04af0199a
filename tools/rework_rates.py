"""Rates at which all laws of rework cost the voluntary organisation the same.

    python -m tools.rework_rates

prints what each law costs as declared, and the rate that would make it cost what the
law in force does. Nothing but voluntary use is looked at: no rate is chosen by what a
scheme does under it.
"""

import sys
from collections.abc import Mapping
from typing import NamedTuple

from experiments.statistics.calibration import mean
from model import Job, Scenario, simulate_many
from model.peers import Law, Peers

RATES: Mapping[Law, str] = {
    Law.BELOW_BREAK_EVEN: "rework_misuse",
    Law.BY_SIZE: "rework_size",
    Law.ANY_USE: "rework_use",
    Law.QUEUE: "rework_queue",
}
"""The parameter of ``Peers`` that each law takes its price from."""
TOLERANCE = 0.05
"""How far the rework of a law may lie from that of the law in force, relative."""
REPLICATES = 6


class Cost(NamedTuple):
    """What a law costs in the voluntary organisation.

    Attributes
    ----------
    rework : float
        Output lost to rework [half-days per employee-week].
    rate : float
        As declared.
    equal : float
        The rate at which it would cost what the law in force does, if rework were in
        proportion to it.
    """

    rework: float
    rate: float
    equal: float


def costs(scenario: Scenario, replicates: int = REPLICATES) -> dict[Law, Cost]:
    """Let the organisation of a scenario live under each law."""
    lost = {law: rework(scenario, law, replicates) for law in Law}
    wanted = lost[scenario.peers.rework_law]
    rates = {law: float(getattr(scenario.peers, RATES[law])) for law in Law}
    return {
        law: Cost(lost[law], rates[law], rates[law] * wanted / lost[law]) for law in Law
    }


def rework(scenario: Scenario, law: Law, replicates: int) -> float:
    """Output lost to rework under a law, the mean of some replicates."""
    peers = Peers(**(dict(scenario.peers) | {"rework_law": law}))
    jobs = [Job(scenario.varied(peers=peers), 1, r) for r in range(replicates)]
    lost = [-mean(run, "output_rework") for run in simulate_many(jobs)]
    return sum(lost) / replicates


def main() -> int:
    """Print the costs; the exit code is 1 if a law is out of tolerance."""
    found = costs(Scenario())
    wanted = found[Scenario().peers.rework_law].rework
    for law, cost in found.items():
        print(
            f"{law.name.lower():18}{cost.rework:.4f} half-days a week at "
            f"peers.{RATES[law]}={cost.rate:g}; the same at {cost.equal:.3g}"
        )
    return int(
        any(abs(cost.rework / wanted - 1.0) > TOLERANCE for cost in found.values())
    )


if __name__ == "__main__":
    sys.exit(main())
