"""The gate: what is signed off reaches mates in part, and seniors lose the hours."""

import numpy as np
import pytest

from experiments import compose
from model.simulation import Simulation

TEAM, PEOPLE = 6, 33  # the last team has three
SIZE = [f"organisation.employees={PEOPLE}", f"organisation.team_size={TEAM}"]
GATE = ["gate.share=1", "gate.found=0.5"]
USED_ANYWAY = ["people.exhaustion_loss=0", "peers.rework_padding=0"]
USED_ANYWAY += ["people.quit_hazard=0"]


def first_week(*overrides):
    """Everybody after the first week of a scheme; all lived the same weeks before."""
    chores = ["technology.chore_worth=0.65", "technology.task_sd=0.5"]
    simulation = Simulation(
        compose([*USED_ANYWAY, *SIZE, *chores, "weeks=30", *overrides]), 3, 1
    )
    simulation.step()
    return simulation.staff


@pytest.mark.parametrize("law", ["below_break_even", "by_size", "any_use"])
def test_a_gate_that_finds_half_halves_rework_by_the_bit(law):
    plain = first_week(f"peers.rework_law={law}")
    gated = first_week(f"peers.rework_law={law}", *GATE, "gate.time=0")
    assert plain["rework"].max() > 0.0
    np.testing.assert_array_equal(gated["rework"], 0.5 * plain["rework"])
    np.testing.assert_array_equal(gated["output"], plain["output"])


def test_a_gate_takes_the_hours_of_seniors_and_nobody_elses():
    nothing_to_mend = ["peers.rework_misuse=0", "peers.rework_dressing=0"]
    staff = first_week(*GATE, "gate.time=0.2", "gate.share=0.6", *nothing_to_mend)
    hours = np.zeros(PEOPLE)
    for people in np.split(np.arange(PEOPLE), range(TEAM, PEOPLE, TEAM)):
        seniors = max(1, int(0.25 * len(people)))
        by_skill = people[np.argsort(-staff["skill"][people])]
        read = 0.6 * staff["ai_work"][people].sum()
        hours[by_skill[:seniors]] = 0.2 * read / seniors
    assert (hours > 0.0).any()
    np.testing.assert_allclose(10.0 * staff["rework"], hours, rtol=1e-12, atol=1e-15)


def test_who_works_alone_has_nobody_to_sign():
    staff = first_week(*GATE, "organisation.team_size=1")
    assert staff["ai_work"].max() > 0.0
    assert staff["rework"].max() == 0.0
