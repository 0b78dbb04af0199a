"""The model: employees who choose each half-day how to respond to a scheme."""

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
from model.simulate import Job, Run, Simulation, simulate, simulate_many

__all__ = [
    "Audit",
    "Bonus",
    "Budget",
    "Guidance",
    "Job",
    "Leaderboard",
    "Measure",
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
