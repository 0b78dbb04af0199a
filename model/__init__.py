"""The model: employees who choose each half-day how to respond to a scheme."""

from typing import TYPE_CHECKING, Any

from model.incentives import (
    Audit,
    Bonus,
    Budget,
    Guidance,
    Leaderboard,
    Participation,
    Quota,
    Review,
    TopBoard,
)
from model.people import People
from model.scenario import (
    Measure,
    Peers,
    Phase,
    Planning,
    Scenario,
    Scheme,
    Technology,
    Workplace,
)
from model.simulate import Job, Run, simulate, simulate_many
from model.simulation import Simulation

if TYPE_CHECKING:
    from model.organisation import Organisation

__all__ = [
    "Audit",
    "Bonus",
    "Budget",
    "Guidance",
    "Job",
    "Leaderboard",
    "Measure",
    "Organisation",
    "Participation",
    "Peers",
    "People",
    "Phase",
    "Planning",
    "Quota",
    "Review",
    "Run",
    "Scenario",
    "Scheme",
    "Simulation",
    "Technology",
    "TopBoard",
    "Workplace",
    "simulate",
    "simulate_many",
]


def __getattr__(name: str) -> Any:
    """Import the Mesa face when it is first asked for; Mesa takes a second to load."""
    if name == "Organisation":
        from model.organisation import Organisation

        return Organisation
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
