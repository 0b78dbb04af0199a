"""The model: employees who choose each half-day how to respond to a scheme."""

from typing import TYPE_CHECKING, Any

from model import incentives
from model.incentives import *  # noqa: F403 - whatever that folder exports
from model.peers import Peers
from model.people import People
from model.roles import Role, Workforce
from model.scenario import (
    Group,
    Measure,
    Phase,
    Planning,
    Release,
    Scenario,
    Scheme,
)
from model.simulate import Job, Run, simulate, simulate_many
from model.simulation import Simulation
from model.technology import Technology
from model.workplace import Workplace

if TYPE_CHECKING:
    from model.organisation import Organisation

__all__ = [
    "Group",
    "Job",
    "Measure",
    "Organisation",
    "Peers",
    "People",
    "Phase",
    "Planning",
    "Release",
    "Role",
    "Run",
    "Scenario",
    "Scheme",
    "Simulation",
    "Technology",
    "Workforce",
    "Workplace",
    "simulate",
    "simulate_many",
]
__all__ += incentives.__all__


def __getattr__(name: str) -> Any:
    """Import the Mesa face when it is first asked for; Mesa takes a second to load."""
    if name == "Organisation":
        from model.organisation import Organisation

        return Organisation
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
